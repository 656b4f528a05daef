//! The words before a name that say what its owner did.

use super::words::Word;
use crate::document::lower;
use crate::lexicon::bylines::{self, Cue};

/// Words of the longest cue.
const CUE_WORDS: usize = 4;

/// The words of the cue of several that begins at word `i` with a capital: `Written by`.
pub(super) fn cue_at(raw: &str, words: &[Word<'_>], i: usize) -> Option<usize> {
    let lower = |word: &Word<'_>| word.text.starts_with(char::is_lowercase);
    if !words[i].capital || words[i].caseless || !words.get(i + 1).is_some_and(lower) {
        return None;
    }
    (2..=CUE_WORDS.min(words.len() - i)).rev().find(|count| {
        let last = &words[i + count - 1];
        lower(last)
            && ends_cue(last)
            && bylines::cue(&phrase(&raw[words[i].start..last.end])).is_some()
    })
}

/// The cue that ends right before word `i`, and its first byte.
pub(super) fn cue_before(
    raw: &str,
    words: &[Word<'_>],
    i: usize,
    language: &str,
) -> (Option<Cue>, Option<usize>) {
    let Some(last) = i.checked_sub(1) else {
        return (None, None);
    };
    let gap = &raw[words[last].end..words[i].start];
    if gap.trim_end() == "." {
        // A cue cut short: `Oprac. Anna Holm`.
        let short = format!("{}.", lower(words[last].text));
        let cue = bylines::cue(&short);
        return (cue, cue.and(Some(words[last].start)));
    }
    if gap.len() > 8 || gap.contains([',', '.', ';', '(', ')', '"', '!', '?']) {
        return (None, None);
    }
    // Whatever stands before the last word, the cue ends with it.
    if !ends_cue(&words[last]) {
        return (None, None);
    }
    for count in (1..=CUE_WORDS.min(i)).rev() {
        let first = i - count;
        let text = phrase(&raw[words[first].start..words[last].end]);
        if let Some(cue) = bylines::cue(&text) {
            // `de` and `di` join the words of a name oftener than they tell its author.
            let weak = count == 1
                && matches!(
                    text.as_str(),
                    "de" | "di"
                        | "da"
                        | "do"
                        | "del"
                        | "a"
                        | "του"
                        | "της"
                        | "od"
                        | "av"
                        | "af"
                        | "with"
                        | "mit"
                        | "foto"
                        | "text"
                );
            // And `De` opens sentences of Dutch.
            let elsewhere = first > 0 || text == "de" && !bylines::is_cue_of(&text, language);
            if weak && elsewhere && !gap.contains([':', '：']) {
                return (None, None);
            }
            return (Some(cue), Some(words[first].start));
        }
    }
    (None, None)
}

/// Whether a cue may end in `word`.
fn ends_cue(word: &Word<'_>) -> bool {
    let end = word.text.trim_end_matches([':', '：', '-', '/', '|']);
    let end = lower(end);
    if word.glued {
        bylines::may_end_cue(&end)
    } else {
        bylines::is_last_word(&end)
    }
}

/// `text` as the keys of the cues are written.
pub(super) fn phrase(text: &str) -> String {
    let mut phrase = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(word);
    }
    phrase.truncate(
        phrase
            .trim_end_matches([':', '：', ' ', '-', '/', '|'])
            .len(),
    );
    lower(&phrase).into_owned()
}
