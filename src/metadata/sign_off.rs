//! The sign-off behind the last sentence of a Korean, Japanese or Chinese story, glued to it: `… 밝혔다. 가람일보 / 김하늘
//! 기자 sky@…`, `…した。（山田太郎）`, `……。（责编：李明）`.

use super::byline::{Author, han};
use super::outlet;
use super::page::Page;
use crate::document::{Span, closing, is_alphanumeric};
use crate::label::LineKind;
use crate::lexicon::bylines;

/// Paragraphs at the end of a story in which it is looked for.
const PARAGRAPHS: usize = 2;
/// Bytes of the longest.
const LONGEST: usize = 120;
/// Bytes of the longest outside of brackets, in Japanese and Chinese.
const ALONE: usize = 40;
/// Bytes of the longest list of names.
const NAMES: usize = 72;

/// Where sign-offs stand: from the end of a sentence to that of its paragraph, or on the line below the last.
pub(super) fn find(page: &Page<'_>, authors: &[Author]) -> Vec<Span> {
    let language = page.language;
    if !matches!(language, "ko" | "ja" | "zh") {
        return Vec::new();
    }
    let signs = |words: &str| match language {
        "ko" => signs(words),
        _ => signs_han(words, language),
    };
    let body = page.body.clone().rev();
    let mut last = body
        .filter(|i| page.facts[*i].kind == LineKind::Body)
        .take(PARAGRAPHS)
        .peekable();
    let below = last.peek().map(|i| i + 1).filter(|i| *i < page.len());
    let below = below
        .filter(|i| page.span(*i).len() <= LONGEST && signs(page.raw(*i).trim()))
        .map(|i| page.span(i));
    let glued = last.find_map(|i| {
        let (text, start) = (page.raw(i).trim_end(), page.span(i).start);
        let from = behind_sentence(text, language)?;
        let span = Span::new(start + from as u32, start + text.len() as u32);
        let named = authors
            .iter()
            .flat_map(|author| &author.mentions)
            .any(|mention| span.contains(mention.span));
        (named || signs(text[from..].trim())).then_some(span)
    });
    below.into_iter().chain(glued).collect()
}

/// Where the words behind the last sentence begin, in bytes, if they are few.
fn behind_sentence(text: &str, language: &str) -> Option<usize> {
    let within = text.floor_char_boundary(text.len().saturating_sub(LONGEST));
    let korean = language == "ko";
    let ends = |c: char| match c {
        '.' | '!' | '?' => korean,
        _ => !korean && matches!(c, '。' | '！' | '？'),
    };
    let mut stops = text[within..].rmatch_indices(ends);
    let end = stops.find_map(|(at, stop)| {
        let before = text[..within + at].chars().next_back()?;
        (!korean || ('가'..='힣').contains(&before)).then_some(within + at + stop.len())
    })?;
    let behind = text[end..].trim_start_matches(['"', '”', '’', '\'', ')', '」', '』', '）']);
    behind
        .contains(is_alphanumeric)
        .then(|| text.len() - behind.len())
}

/// Whether Japanese or Chinese words sign a story: who wrote or edited it, or its outlet, in brackets or alone.
fn signs_han(words: &str, language: &str) -> bool {
    let open = words.chars().next();
    let inside = open.and_then(|open| {
        let close = closing(open)?;
        words.strip_prefix(open)?.strip_suffix(close)
    });
    // Outside of brackets, a sentence may begin so.
    if inside.is_none() && words.len() > ALONE {
        return false;
    }
    let inside = inside.unwrap_or(words);
    let whole = !inside.contains(['（', '(', '【', '[', '、', '，']) || inside.len() <= NAMES;
    whole && (outlet::is_name(inside, language) || han::signs(inside, language))
}

/// Whether words sign a story: with an address, an outlet alone in its bracket, or a title at their end.
fn signs(words: &str) -> bool {
    let address = |word: &str| {
        let word = word.trim_matches(|c: char| !is_alphanumeric(c));
        word.split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
    };
    let bracketed = words
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|name| outlet::is_name(name, "ko"));
    let last = words.rsplit(' ').next().unwrap_or(words);
    let titled = bylines::glued_titles("ko")
        .iter()
        .any(|title| last.ends_with(title));
    bracketed || titled || words.split([' ', '(', ')', '/', '[', ']']).any(address)
}

#[cfg(test)]
mod tests {
    use super::{behind_sentence, signs, signs_han};

    #[test]
    fn words_behind_the_last_sentence_sign_a_story() {
        for words in [
            "부산=김하늘·이바다 기자 sky@garam.example",
            "/sky@garam.example",
            "[가람일보]",
            "취재 김하늘 기자",
        ] {
            let text = format!("배가 다시 뜬다. “다행이다.” {words}");
            let from = behind_sentence(&text, "ko").unwrap();
            assert_eq!(text[from..].trim(), words);
            assert!(signs(words), "{words}");
        }
    }

    #[test]
    fn brackets_behind_japanese_and_chinese_stories_sign_them() {
        for (words, language) in [
            ("（山田太郎）", "ja"),
            ("（編集委員\u{3000}山田太郎）", "ja"),
            ("（共同）", "ja"),
            ("（责编：李明）", "zh"),
            ("本报记者 王小明", "zh"),
        ] {
            let text = format!("船が出た。{words}");
            let from = behind_sentence(&text, language).unwrap();
            assert_eq!(&text[from..], words);
            assert!(signs_han(words, language), "{words}");
        }
        assert!(!signs_han("（次の便は6日）", "ja"));
        assert!(!signs_han("（见下图）", "zh"));
    }

    #[test]
    fn what_goes_on_is_no_sign_off() {
        assert_eq!(behind_sentence("배가 다시 뜬다.", "ko"), None);
        assert_eq!(behind_sentence("배가 다시 뜬다.”", "ko"), None);
        assert!(!signs("배가 다시 뜬다"));
        assert!(!signs("(자료=가람시)"));
    }
}
