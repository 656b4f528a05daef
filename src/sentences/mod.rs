//! Sentence boundaries. A leaf: text in, spans out.

mod alphabetic;
mod cjk;
mod continued;
mod korean;
mod plain;
mod quotes;

use crate::record::Bytes;

/// The sentences of `text` by the habits of `language` (BCP 47), in bytes of it, without the white space between
/// them. Every byte that is not white space is in exactly one. A language that is not known is read by what its
/// letters say, or else as English.
#[must_use]
pub fn spans(text: &str, language: &str) -> Vec<Bytes> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    match primary {
        "ko" => korean::spans(text),
        "ja" | "zh" | "yue" | "wuu" | "cmn" => cjk::spans(text),
        "und" | "" => match script(text) {
            Script::Hangul => korean::spans(text),
            Script::Han => cjk::spans(text),
            Script::Other => alphabetic::spans(text, "en"),
        },
        other => alphabetic::spans(text, other),
    }
}

enum Script {
    Hangul,
    Han,
    Other,
}

/// The script of the first letters of a text.
fn script(text: &str) -> Script {
    let (mut hangul, mut han) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(64) {
        match c {
            '가'..='힣' => hangul += 1,
            '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => han += 1,
            _ => {}
        }
    }
    match (hangul, han) {
        (0..=8, 0..=8) => Script::Other,
        _ if hangul >= han => Script::Hangul,
        _ => Script::Han,
    }
}

/// Adds `start..end` of `text` without the white space at its ends, if anything is left.
fn push_trimmed(text: &str, found: &mut Vec<Bytes>, start: usize, end: usize) {
    let slice = text.get(start..end).unwrap_or_default();
    let from = end - slice.trim_start().len().min(end);
    let to = start + slice.trim_end().len();
    if from < to {
        found.push((from as u64, to as u64));
    }
}

/// A paragraph that is one quotation is as many sentences as were said: those of its inside, the marks at its ends
/// added to the first and the last.
fn inside_quotation(text: &str, spans: impl Fn(&str) -> Vec<Bytes>) -> Vec<Bytes> {
    let open = text.chars().next().map_or(0, char::len_utf8);
    let close = text.chars().next_back().map_or(0, char::len_utf8);
    let whole = vec![(0, text.len() as u64)];
    if open + close > text.len() {
        return whole;
    }
    let mut found = spans(&text[open..text.len() - close]);
    for span in &mut found {
        *span = (span.0 + open as u64, span.1 + open as u64);
    }
    let (Some(first), true) = (found.first_mut(), !text.is_empty()) else {
        return whole;
    };
    first.0 = 0;
    if let Some(last) = found.last_mut() {
        last.1 = text.len() as u64;
    }
    found
}
