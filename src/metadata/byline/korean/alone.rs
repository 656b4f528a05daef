//! Lines that are nothing but a Korean name and what its owner is: `NAME 마루대 경영학과 교수`, `NAME | 마루대 교수`, `NAME(시인)`,
//! `편집국장 NAME`, `사회부 NAME`, `NAME(writer07)`. Guests and columnists sign so, whose callings are too many to be titles that
//! are looked for everywhere.

use std::ops::Range;

use super::{Word, is_hangul, is_name, opening_title};
use crate::document::is_alphanumeric;
use crate::lexicon::callings;
use crate::lexicon::outlets;

/// Bytes of the longest such line.
const LINE: usize = 90;
/// Words of the longest one.
const WORDS: usize = 7;

/// What such a line says, as bytes of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Alone {
    pub(super) name: Range<usize>,
    pub(super) calling: Option<Range<usize>>,
    /// Where the person works.
    pub(super) organisation: Option<Range<usize>>,
    /// Where a correspondent is.
    pub(super) place: Option<Range<usize>>,
}

/// Reads the line that these are the words of, if it is such a one and no plain `NAME TITLE`, which stands in longer lines too.
pub(super) fn alone(raw: &str, words: &[Word<'_>]) -> Option<Alone> {
    if raw.len() > LINE {
        return None;
    }
    let [first, second, ..] = words else {
        return None;
    };
    let marks = |text: &str| !text.contains(is_alphanumeric);
    let closed = words.last().is_some_and(|last| marks(&raw[last.end..]));
    if words.len() > WORDS || !closed || !marks(&raw[..first.start]) {
        return None;
    }
    if words.len() == 2 {
        return pair(raw, *first, *second);
    }
    is_name(first.text).then_some(())?;
    let last = words.last()?;
    let between = first.end..last.start;
    let parted = raw[first.end..words[1].start].trim();
    let separators = matches!(parted, "" | "|" | "ㅣ" | "/" | "(" | "·" | ",");
    if !separators || !callings::ends_in_one(last.text) || reads_on(raw, &words[1..]) {
        return None;
    }
    let organisation = trimmed(raw, between);
    let text = &raw[organisation.clone()];
    let middle = &words[1..words.len() - 1];
    if !callings::is_reporter(last.text) {
        let listed = middle.iter().any(|word| callings::ends_in_one(word.text));
        return (!listed).then_some(Alone {
            name: first.start..first.end,
            calling: Some(last.start..last.end),
            organisation: Some(organisation),
            place: None,
        });
    }
    // Two reporters may share the word for their calling.
    let [desk] = middle else {
        return None;
    };
    let outlet = outlets::by_name(text).is_some() || outlets::is_like_name(text, "ko");
    let abroad = callings::is_abroad(last.text) && parted.is_empty();
    (outlet || abroad || callings::is_desk(desk.text)).then(|| Alone {
        name: first.start..first.end,
        calling: Some(last.start..last.end),
        organisation: outlet.then(|| organisation.clone()),
        place: (abroad && !outlet).then_some(organisation),
    })
}

/// A line of two words, one of which is the name.
fn pair(raw: &str, first: Word<'_>, second: Word<'_>) -> Option<Alone> {
    let gap = raw[first.end..second.start].trim();
    let bracketed = gap == "(" && raw[second.end..].trim_start().starts_with(')');
    let of = |name: Word<'_>, calling: Option<Word<'_>>| Alone {
        name: name.start..name.end,
        calling: calling.map(|word| word.start..word.end),
        organisation: None,
        place: None,
    };
    if is_name(first.text) {
        let account = second.text.starts_with(|c: char| c.is_ascii_alphabetic())
            && !second.text.contains(['@', '.']);
        if bracketed && account && second.text.len() > 2 {
            return Some(of(first, None));
        }
        let fits = gap.is_empty() || bracketed || matches!(gap, "|" | "ㅣ" | "/" | ",");
        let plain = gap.is_empty() && opening_title(second.text).is_some();
        if fits && !plain && callings::ends_in_one(second.text) {
            return Some(of(first, Some(second)));
        }
    }
    let called = |word: &str| callings::ends_in_one(word) || callings::is_desk(word);
    let person = gap.is_empty()
        && is_name(second.text)
        && second.text.chars().count() == 3
        && !called(second.text);
    (person && called(first.text)).then(|| of(second, Some(first)))
}

/// Whether marks between the words say that they are a list or a sentence.
fn reads_on(raw: &str, words: &[Word<'_>]) -> bool {
    let mut gaps = words
        .windows(2)
        .map(|pair| &raw[pair[0].end..pair[1].start]);
    gaps.any(|gap| gap.contains([',', '.', ':', '"', '“', '‘', '\'', '?', '!', '…', '=']))
        || words.iter().any(|word| !word.text.contains(is_hangul))
}

/// The bytes of `range` without marks and blanks around them.
fn trimmed(raw: &str, range: Range<usize>) -> Range<usize> {
    let text = &raw[range.clone()];
    let inner = text.trim_matches(|c: char| !is_alphanumeric(c));
    let start = range.start + text.find(inner).unwrap_or(0);
    start..start + inner.len()
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::alone;

    /// Name, calling, organisation and place.
    fn said(raw: &str) -> Option<[&str; 4]> {
        let found = alone(raw, &words(raw))?;
        let of = |range: Option<std::ops::Range<usize>>| range.map_or("", |range| &raw[range]);
        Some([
            of(Some(found.name)),
            of(found.calling),
            of(found.organisation),
            of(found.place),
        ])
    }

    #[test]
    fn guests_sign_with_their_calling_and_where_they_work() {
        let guest = |name, calling, organisation| Some([name, calling, organisation, ""]);
        assert_eq!(
            said("문하린 마루대 경영학과 교수"),
            guest("문하린", "교수", "마루대 경영학과")
        );
        assert_eq!(
            said("문하린 | 마루대 교수"),
            guest("문하린", "교수", "마루대")
        );
        assert_eq!(
            said("문하린 도시사회학자"),
            guest("문하린", "도시사회학자", "")
        );
        assert_eq!(said("문하린(시인)"), guest("문하린", "시인", ""));
        assert_eq!(said("편집국장 문하린"), guest("문하린", "편집국장", ""));
    }

    #[test]
    fn reporters_sign_with_their_desk_or_place() {
        assert_eq!(
            said("문하린 도쿄 특파원"),
            Some(["문하린", "특파원", "", "도쿄"])
        );
        assert_eq!(
            said("문하린 탐사보도부 선임기자"),
            Some(["문하린", "선임기자", "", ""])
        );
        assert_eq!(said("사회부 문하린"), Some(["문하린", "사회부", "", ""]));
        assert_eq!(said("도윤재(writer07)"), Some(["도윤재", "", "", ""]));
    }

    #[test]
    fn lists_of_names_and_sentences_are_none() {
        for line in [
            "홍서진 이하람 기자",
            "문하린 교수, 고민재 연구원",
            "문하린 씨가 말했다",
            "마루시 은하동 지하상가",
            "문하린(54)",
            "기획국 홍보팀",
            // These are read where they stand in longer lines.
            "문하린 기자",
            "문하린 교수",
        ] {
            assert_eq!(said(line), None, "{line}");
        }
    }
}
