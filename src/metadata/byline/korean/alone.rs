//! Lines that are nothing but a Korean name and what its owner is: `NAME 마루대 경영학과 교수`, `NAME | 마루대 교수`, `NAME(시인)`,
//! `편집국장 NAME`, `사회부 NAME`, `NAME(writer07)`. Guests and columnists sign so, whose callings are too many to be titles that
//! are looked for everywhere.

use std::ops::{Range, RangeInclusive};

use super::{Word, is_hangul, is_name, opening_title};
use crate::document::is_alphanumeric;
use crate::lexicon::{bylines, callings, names, outlets};

/// Bytes of the longest such line.
const LINE: usize = 90;
/// Words of the longest one.
const WORDS: usize = 7;
/// What parts the names of a list.
const JOINTS: [char; 4] = [',', '·', 'ㆍ', '、'];
/// Syllables of a name in one.
const LETTERS: RangeInclusive<usize> = 2..=8;

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
        // `NAME 소방청장 직무대행` is one person.
        let listed = (middle.windows(2))
            .any(|pair| callings::ends_in_one(pair[0].text) && is_name(pair[1].text));
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

/// Reads a line that is nothing but a list of reporters and the word for them: the names and that word, as bytes of the line.
/// Where one is called as Koreans are, the others may be foreign or of rare surnames: `문하린, 응우옌 투이 기자`.
pub(super) fn list(raw: &str) -> Option<(Vec<Range<usize>>, Range<usize>)> {
    let line = raw.trim_end();
    if line.len() > LINE || !line.contains(JOINTS) {
        return None;
    }
    let titles = bylines::glued_titles("ko");
    let names = titles.iter().find_map(|title| line.strip_suffix(title))?;
    let mut at = 0;
    let mut found = Vec::new();
    for part in names.split(JOINTS) {
        let name = part.trim();
        let start = at + part.len() - part.trim_start().len();
        at += part.len()
            + raw[at + part.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        let letters = name.chars().filter(|c| is_hangul(*c)).count();
        let blanks = name.chars().filter(|c| *c == ' ').count();
        let fits =
            LETTERS.contains(&letters) && blanks < 2 && letters + blanks == name.chars().count();
        let called = |word: &str| callings::ends_in_one(word) || opening_title(word).is_some();
        if !fits || names::is_stop(name) || name.split(' ').any(called) {
            return None;
        }
        found.push(start..start + name.len());
    }
    let known = found.iter().any(|name| is_name(&raw[name.clone()]));
    (known && found.len() > 1).then_some((found, names.len()..line.len()))
}

/// The nickname of who posted, between the word for that and the date: `by 마루고양이 2021. 10. 17.`
pub(super) fn posted(raw: &str, dates: &[(usize, usize)]) -> Option<Range<usize>> {
    let rest = raw.trim_start().strip_prefix("by ")?;
    let from = raw.len() - rest.len();
    let (to, _) = *dates.first()?;
    let name = raw.get(from..to)?.trim_matches([' ', '·', '|']);
    let start = from + raw[from..].find(name)?;
    let letters = name.chars().all(is_alphanumeric);
    (letters && LETTERS.contains(&name.chars().count())).then(|| start..start + name.len())
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
    // `…를 점검하는 차관` says what somebody does, as the text of a picture does.
    let does = |word: &Word<'_>| word.text.ends_with(['는', '던', '을', '를']);
    gaps.any(|gap| gap.contains([',', '.', ':', '"', '“', '‘', '\'', '?', '!', '…', '=']))
        || words
            .iter()
            .any(|word| !word.text.contains(is_hangul) || does(word))
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
    use super::{alone, list, posted};

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
            said("문하린 마루소방서장 직무대행"),
            guest("문하린", "직무대행", "마루소방서장")
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
    fn a_nickname_stands_before_its_date() {
        let name = |raw: &'static str, at| posted(raw, &[(at, raw.len())]).map(|name| &raw[name]);
        assert_eq!(name("by 마루고양이 2021. 10. 17.", 19), Some("마루고양이"));
        assert_eq!(name("by the harbour 2021. 10. 17.", 15), None);
        assert_eq!(name("마루고양이 2021. 10. 17.", 16), None);
    }

    #[test]
    fn one_known_name_makes_a_list_of_names() {
        let names = |raw: &'static str| {
            let (names, title) = list(raw)?;
            let of = |range: std::ops::Range<usize>| &raw[range];
            Some((names.into_iter().map(of).collect::<Vec<_>>(), &raw[title]))
        };
        let listed = Some((vec!["문하린", "뷁도윤", "응우옌 투이"], "기자"));
        assert_eq!(names("문하린, 뷁도윤, 응우옌 투이기자"), listed);
        assert_eq!(names("문하린, 은하시 지하상가 상인회장 기자"), None);
        assert_eq!(names("뷁도윤, 뷁하린 기자"), None);
        assert_eq!(names("문하린 교수, 도윤재 기자"), None);
        assert_eq!(names("문하린 기자"), None);
    }

    #[test]
    fn lists_of_names_and_sentences_are_none() {
        for line in [
            "홍서진 이하람 기자",
            "문하린 교수, 고민재 연구원",
            "문하린 씨가 말했다",
            "마루시 은하동 지하상가",
            "문하린 살펴보는 은하시 교수",
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
