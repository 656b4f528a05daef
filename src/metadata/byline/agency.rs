//! The agency of a story that names no person: `By Reuters`, `BERLIN (dpa) - …`, `[서울=뉴시스] …`, a last line `AFP`.

use super::super::date::Dates;
use super::super::headline::Headline;
use super::super::page::Page;
use crate::document::{Span, is_alphanumeric};
use crate::lexicon::agencies;
use crate::lexicon::bylines::{self, Cue};

/// Bytes of the first paragraph in which a bracket with an agency is looked for.
const HEAD: usize = 90;
/// Bytes of the longest line that is an agency's byline.
const LINE: usize = 80;
/// Bytes of the end of the last paragraph in which an agency signs.
const TAIL: usize = 40;

/// An agency as printed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::metadata) struct Agency {
    pub(in crate::metadata) name: String,
    pub(in crate::metadata) span: Span,
}

/// The agencies that the story is from: those of its byline, else of its dateline, else of its sign-off.
pub(in crate::metadata) fn find(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
) -> Vec<Agency> {
    if page.body.is_empty() {
        return Vec::new();
    }
    let (start, end) = (page.body.start, page.body.end);
    let head = headline.map_or(start, |h| h.last + 1).min(start);
    let line = |i: usize| {
        let span = page.span(i);
        if span.len() > LINE {
            return Vec::new();
        }
        byline(
            page.raw(i),
            span.start,
            dates.of(i).first().map(|f| f.start as usize),
        )
    };
    let mut found = (head..start).map(line).find(|found| !found.is_empty());
    if found.is_none() {
        let raw = page.raw(start);
        let cut = raw.floor_char_boundary(HEAD);
        found = Some(dateline(&raw[..cut], page.span(start).start)).filter(|f| !f.is_empty());
    }
    if found.is_none() {
        let last = end - 1;
        let raw = page.raw(last);
        let cut = raw.floor_char_boundary(raw.len().saturating_sub(TAIL));
        let signed = signature(&raw[cut..], page.span(last).start + cut as u32);
        found = Some(signed).filter(|f| !f.is_empty()).or_else(|| {
            (last..page.len().min(end + 1))
                .map(line)
                .find(|f| !f.is_empty())
        });
    }
    found.unwrap_or_default()
}

/// The agencies of a line that holds nothing but them, a cue and a date, which begins at byte `dated`.
fn byline(raw: &str, base: u32, dated: Option<usize>) -> Vec<Agency> {
    let cut = dated
        .filter(|at| raw.is_char_boundary(*at))
        .unwrap_or(raw.len());
    let text = raw[..cut].trim_end_matches(|c: char| !is_alphanumeric(c) && c != ')');
    let mut from = 0;
    let lower = text.to_lowercase();
    for (at, c) in lower.char_indices().take(40) {
        let word_ends = matches!(c, ' ' | ':' | '：');
        if word_ends && bylines::cue(lower[..at].trim()) == Some(Cue::Author) {
            from = at + c.len_utf8();
        }
    }
    // A lower case of another length has other places.
    let rest = text.get(from..).unwrap_or_default();
    listed(rest, base + from as u32).unwrap_or_default()
}

/// The agencies that `text` lists, where it holds nothing else.
fn listed(text: &str, base: u32) -> Option<Vec<Agency>> {
    let agency = |name: &str, at: usize| {
        let start = base + (at + text[at..].find(name).unwrap_or_default()) as u32;
        Agency {
            name: name.to_owned(),
            span: Span::new(start, start + name.len() as u32),
        }
    };
    let mut found = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(['/', ',', '&', '+', '·', '|']) {
        let name = part
            .trim_end_matches(['/', ',', '&', '+', '·', '|'])
            .trim_matches(|c: char| {
                c.is_whitespace()
                    || matches!(c, '(' | ')' | '[' | ']' | '-' | '–' | '—' | '*' | ':')
            });
        if !agencies::is_agency(name) {
            // `Reuters/AP` is one list, and the whole of it may be a name too.
            return agencies::is_agency(text.trim()).then(|| vec![agency(text.trim(), 0)]);
        }
        found.push(agency(name, at));
        at += part.len();
    }
    Some(found)
}

/// The agencies in the bracket at the head of a paragraph: `BERLIN (dpa) -`, `(Reuters) -`, `[서울=뉴시스]`.
fn dateline(head: &str, base: u32) -> Vec<Agency> {
    let Some(open) = head.find(['(', '[', '（', '【']) else {
        return Vec::new();
    };
    // What stands before the bracket is a place: a few words, the first with a capital or without case.
    let before = &head[..open];
    if before.split_whitespace().count() > 6 || before.contains(['.', '"', '“', ':', '!', '?']) {
        return Vec::new();
    }
    let inside = open + head[open..].chars().next().map_or(1, char::len_utf8);
    let Some(close) = head[inside..]
        .find([')', ']', '）', '】'])
        .map(|at| inside + at)
    else {
        return Vec::new();
    };
    // A dash behind the bracket, or a place and a sign of equality within it, make it a dateline.
    let behind = head[close..].chars().skip(1).find(|c| !c.is_whitespace());
    let (from, equals) = match head[inside..close].find(['=', '＝']) {
        Some(at) => {
            let mark = head[inside + at..].chars().next().map_or(1, char::len_utf8);
            (inside + at + mark, true)
        }
        None => (inside, false),
    };
    if !equals && !matches!(behind, Some('-' | '–' | '—' | '―' | '−')) {
        return Vec::new();
    }
    listed(&head[from..close], base + from as u32).unwrap_or_default()
}

/// The agencies in the bracket that ends the last paragraph: `… . (AFP)`.
fn signature(tail: &str, base: u32) -> Vec<Agency> {
    let text = tail.trim_end();
    let Some(inner) = text.strip_suffix([')', ']', '）']) else {
        return Vec::new();
    };
    let Some(open) = inner.rfind(['(', '[', '（']) else {
        return Vec::new();
    };
    let from = open + inner[open..].chars().next().map_or(1, char::len_utf8);
    listed(&inner[from..], base + from as u32).unwrap_or_default()
}

/// Who wrote a paragraph for the agency that holds the rights: where in its end the mark of rights begins, and where the
/// person behind it: `… . (c)AFP/Anna HOLM`.
pub(super) fn credited(tail: &str) -> Option<(usize, usize)> {
    let (slash, mark) = tail.match_indices(['/', '／']).next_back()?;
    let before = &tail[..slash];
    let signs = ["(c)", "(C)", "（c）", "©", "ⓒ"].iter();
    let (sign, len) = signs
        .filter_map(|sign| Some((before.rfind(sign)?, sign.len())))
        .max()?;
    agencies::is_agency(before[sign + len..].trim()).then_some((sign, slash + mark.len()))
}

#[cfg(test)]
mod tests {
    use super::{byline, credited, dateline, signature};

    fn names(found: Vec<super::Agency>) -> Vec<String> {
        found.into_iter().map(|a| a.name).collect()
    }

    #[test]
    fn agencies_are_read_from_bylines_datelines_and_brackets() {
        assert_eq!(names(byline("By Reuters", 0, None)), ["Reuters"]);
        assert_eq!(names(byline("Von dpa", 0, None)), ["dpa"]);
        assert_eq!(names(byline("AFP/Reuters", 0, None)), ["AFP", "Reuters"]);
        assert_eq!(names(byline("dpa, 12.03.2024", 0, Some(5))), ["dpa"]);
        assert_eq!(names(dateline("BERLIN (dpa) - Der Rat", 0)), ["dpa"]);
        assert_eq!(
            names(dateline("PORT ALDER, March 3 (Reuters) - The", 0)),
            ["Reuters"]
        );
        assert_eq!(names(dateline("[서울=뉴시스] 항만", 0)), ["뉴시스"]);
        assert_eq!(names(signature("and left. (AFP)", 0)), ["AFP"]);
    }

    #[test]
    fn who_wrote_for_an_agency_follows_its_mark_of_rights() {
        let name = |tail: &'static str| credited(tail).map(|(_, at)| &tail[at..]);
        assert_eq!(name("と述べた。(c)AFP/Anna HOLM"), Some("Anna HOLM"));
        assert_eq!(name("said so. © dpa / Ben Aust"), Some(" Ben Aust"));
        assert_eq!(name("said so. (c)AFP"), None);
        assert_eq!(name("said so. AFP/Anna Holm"), None);
        assert_eq!(name("(c) the harbour/Anna Holm"), None);
    }

    #[test]
    fn what_only_mentions_an_agency_is_none() {
        assert!(byline("Reuters reports losses", 0, None).is_empty());
        assert!(byline("By Ann Lee, Reuters", 0, None).is_empty());
        assert!(dateline("The agency (AP) said on Monday", 0).is_empty());
        assert!(dateline("[서울=뉴시스]나루 기자 = 항만", 0).len() == 1);
        assert!(signature("so he said (laughing)", 0).is_empty());
    }
}
