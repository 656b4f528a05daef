//! Sentences of the languages that the `sentencex` crate covers, with its mistakes mended.

use crate::record::Bytes;

/// `sentencex` looks back to the last white space at every mark: texts with longer words than this, in bytes, are
/// cut at their marks alone, so that the time stays linear.
const LONGEST_WORD: usize = 1024;

/// It also compares every end of a sentence with all brackets and quotations of a text: longer ones, in bytes, are cut
/// in the same way. No paragraph is half as long.
const LONGEST_TEXT: usize = 1 << 16;

/// The sentences of `text`, in bytes of it.
pub(super) fn spans(text: &str, language: &str) -> Vec<Bytes> {
    super::plain::spans(text, language).unwrap_or_else(|| the_long_way(text, language))
}

/// The sentences of `text` by `sentencex`.
pub(super) fn the_long_way(text: &str, language: &str) -> Vec<Bytes> {
    let mut found = Vec::new();
    if text.len() > LONGEST_TEXT || has_endless_word(text) {
        at_marks(text, &mut found);
        return found;
    }
    for sentence in super::continued::segment(language, text) {
        let start = (sentence.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        let end = start.saturating_add(sentence.len());
        if end <= text.len() {
            let start = start + closing_marks(text, &mut found, start, end);
            super::push_trimmed(text, &mut found, start, end);
        }
    }
    found
}

/// Gives the marks that close a quotation back to the sentence they were torn from: `… it." | Then` comes as
/// `… it. | " Then` where the crate pairs straight quotation marks the wrong way round. The number of bytes given.
fn closing_marks(text: &str, found: &mut [Bytes], start: usize, end: usize) -> usize {
    let Some(last) = found.last_mut() else {
        return 0;
    };
    let slice = &text[start..end];
    let rest = slice.trim_start_matches(['"', '”', '»', ')']);
    let len = slice.len() - rest.len();
    if len == 0 || last.1 as usize != start || !rest.starts_with(char::is_whitespace) {
        return 0;
    }
    last.1 += len as u64;
    len
}

/// Whether some stretch of more than [`LONGEST_WORD`] bytes holds no blank.
fn has_endless_word(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start + LONGEST_WORD < bytes.len() {
        let window = &bytes[start..=start + LONGEST_WORD];
        let Some(blank) = memchr::memrchr2(b' ', b'\n', window) else {
            return true;
        };
        start += blank + 1;
    }
    false
}

/// Cuts after every full stop, question or exclamation mark that white space or a wide character follows.
fn at_marks(text: &str, found: &mut Vec<Bytes>) {
    let mut start = 0;
    let mut marked = false;
    for (at, c) in text.char_indices() {
        if marked && (c.is_whitespace() || c > '\u{2e80}') && at > start {
            super::push_trimmed(text, found, start, at);
            start = at;
        }
        marked = matches!(
            c,
            '.' | '!' | '?' | '。' | '！' | '？' | '…' | '।' | '؟' | '۔'
        );
    }
    super::push_trimmed(text, found, start, text.len());
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_TEXT, the_long_way};

    #[test]
    fn a_text_of_brackets_without_end_is_cut_at_its_marks_alone() {
        let text = "(c) 2020 All rights. ".repeat(LONGEST_TEXT / 16);
        let found = the_long_way(&text, "en");
        assert_eq!(found.len(), LONGEST_TEXT / 16);
        assert_eq!(found[1], (21, 41));
    }
}
