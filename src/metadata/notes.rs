//! What stands around the headline and after the story: kicker, standfirst, dateline, copyright notice, corrections.

use super::byline::Author;
use super::date::Dates;
use super::headline::{Headline, menu_share};
use super::outlet;
use super::page::{Page, is_dense};
use crate::document::{Holds, Span, closing, is_alphabetic, lower};
use crate::label::LineKind;
use crate::lexicon::bylines;
use crate::lexicon::notices::{self, Notice};

/// Lines of the longest standfirst.
const STANDFIRST_LINES: usize = 5;
/// Units after the last paragraph in which notices are looked for.
const BELOW: usize = 80;
/// Characters of the longest kicker.
const KICKER: usize = 20;
/// Bytes of the longest mark behind a story.
const MARK: usize = 24;
/// Bytes of the longest mark of an outlet's rights.
const OWNER: usize = 40;
/// Paragraphs that may be a note of the editors.
const NOTES: usize = 2;
/// Bytes of the first paragraph in which a dateline is looked for.
const DATELINE: usize = 60;
/// Units at the end of the body among which a correction stands: what the line model took for text may follow it.
const CORRECTED: usize = 10;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) span: Span,
}

/// The bracketed label at the head of the headline.
pub(super) fn kicker(page: &Page<'_>, headline: &Headline) -> Option<Read<String>> {
    let line = &headline.line;
    let open = line.chars().next()?;
    let close = closing(open).filter(|close| matches!(close, ']' | '】' | '］'))?;
    let at = line.find(close)?;
    let value = line[open.len_utf8()..at].trim();
    let rest = line[at + close.len_utf8()..].trim();
    if value.is_empty() || rest.is_empty() || value.chars().count() > KICKER {
        return None;
    }
    let start = page.span(headline.first).start;
    let raw = page.raw(headline.first);
    let end = raw.find(close).map(|k| k + close.len_utf8())?;
    Some(Read {
        value: value.to_owned(),
        span: Span::new(start, start + end as u32),
    })
}

/// The lines between headline and body that sum the story up: long enough to say something, about what the body is
/// about, and neither byline, date nor button.
pub(super) fn standfirst(
    page: &Page<'_>,
    dates: &Dates,
    headline: &Headline,
    authors: &[Author],
) -> Vec<Read<String>> {
    let mut lines: Vec<Read<String>> = Vec::new();
    let mut last = None;
    for i in headline.last + 1..page.body.start.min(headline.last + 40) {
        let facts = page.facts[i];
        let line = page.line(i);
        let dense = line.chars().filter(|c| is_dense(*c)).count();
        let korean = line.chars().any(|c| ('가'..='힣').contains(&c));
        let overlap = page.overlap(i, &line);
        let least = if korean || dense > 0 { 3 } else { 5 };
        let fits = facts.words >= least
            && page.span(i).len() < 600
            && facts.kind != LineKind::Caption
            && facts.kind != LineKind::Related
            && facts.kind != LineKind::Widget
            && dates.cover(page, i) < 0.2
            && !authors
                .iter()
                .flat_map(|a| &a.mentions)
                .any(|m| m.unit == i)
            && !line.contains(['@', '|', '©', 'ⓒ', '>'])
            && !(line.contains("사진") || line.contains("写真") || line.contains("摄"))
            && page.repeats(i) == 1
            && menu_share(&line) < 0.5
            && overlap.words >= 2
            && overlap.share >= if korean { 0.25 } else { 0.4 };
        if !fits {
            continue;
        }
        // A standfirst is one run of lines.
        if last.is_some_and(|last| i - last > 1) || lines.len() == STANDFIRST_LINES {
            break;
        }
        last = Some(i);
        lines.push(Read {
            value: line.into_owned(),
            span: page.span(i),
        });
    }
    lines
}

/// The copyright notice after the body: the nearest line that is one.
pub(super) fn copyright(page: &Page<'_>) -> Option<Read<String>> {
    let last = page.len();
    let near = page.body.end..(page.body.end + BELOW).min(last);
    let foot = last.saturating_sub(12).max(near.end)..last;
    near.chain(foot).find_map(|i| {
        let facts = page.facts[i];
        if page.span(i).len() > 300 || facts.kind == LineKind::Caption {
            return None;
        }
        let raw = page.raw(i);
        if !notices::may_hold_rights(raw) {
            return None;
        }
        let lower = lower(raw);
        let holds = Holds::new(&lower);
        let any = |kind: Notice| notices::phrases(kind).any(|phrase| holds.part(phrase));
        // What is done without leave is told in news too; forbidden it is in notices alone.
        let forbidden = holds.part("무단")
            && (["금지", "저작권"].iter().any(|word| holds.part(word)) || any(Notice::Owner));
        let reserved = forbidden || any(Notice::Reserved);
        if !reserved && !any(Notice::Owner) {
            return None;
        }
        // A notice has its mark in front, or says that rights are reserved; a credit has it inside.
        let front = notices::opens(Notice::Owner, &lower);
        let credit = any(Notice::Picture);
        let words = if front { 40 } else { 60 };
        ((front && !credit || reserved)
            && facts.words <= words
            && facts.chars > 3
            && (reserved || facts.words >= 2))
            .then(|| Read {
                value: page.line(i).into_owned(),
                span: page.span(i),
            })
    })
}

/// Printed corrections of this article, near its ends.
pub(super) fn corrections(page: &Page<'_>) -> Vec<Read<String>> {
    let (start, end) = (page.body.start, page.body.end);
    let head = start.saturating_sub(4)..(start + 2).min(end);
    let foot = end.saturating_sub(CORRECTED).max(head.end)..(end + 6).min(page.len());
    head.chain(foot)
        .filter(|i| page.span(*i).len() < 1200)
        .filter(|i| {
            let raw = page.raw(*i);
            let head = &raw[..raw.floor_char_boundary(60)];
            let head = head.trim_start_matches(['*', '-', '_', ' ', '(', '▲', '※', '■', '◇']);
            notices::opens(Notice::Correction, &lower(head))
        })
        .map(|i| Read {
            value: page.line(i).into_owned(),
            span: page.span(i),
        })
        .collect()
}

/// The mark behind the last word of the story, `(끝)`, and those of a note of the editors above it, `[편집자주]`.
pub(super) fn marks(page: &Page<'_>) -> Vec<Span> {
    let mut paragraphs = page
        .body
        .clone()
        .filter(|i| page.facts[*i].kind == LineKind::Body);
    let mut found = Vec::new();
    for i in paragraphs.clone().take(NOTES) {
        let (text, start) = (page.raw(i).trim_end(), page.span(i).start);
        let opened = notices::phrases(Notice::Editor).find(|mark| text.starts_with(mark));
        let closed = mark_behind(text, Notice::Editor).filter(|_| opened.is_none());
        found.extend(opened.map(|mark| Span::new(start, start + mark.len() as u32)));
        found.extend(closed.map(|from| Span::new(start + from, start + text.len() as u32)));
    }
    if let Some(last) = paragraphs.next_back() {
        let (text, start) = (page.raw(last).trim_end(), page.span(last).start);
        let closed = mark_behind(text, Notice::End).or_else(|| owned(text, page.language));
        found.extend(closed.map(|from| Span::new(start + from, start + text.len() as u32)));
    }
    found
}

/// Where the mark of an outlet's rights begins behind the last sentence, in bytes: `… . (c)AFP`.
fn owned(text: &str, language: &str) -> Option<u32> {
    let from = text.floor_char_boundary(text.len().saturating_sub(OWNER));
    let marks = ["(c)", "(C)", "（c）", "©", "ⓒ"].iter();
    let mark = marks.filter_map(|mark| Some((text[from..].rfind(mark)?, mark.len())));
    let (at, len) = mark.max()?;
    let owner = text[from + at + len..].trim();
    let is_outlet = outlet::is_name(owner, language);
    let sentence = text[..from + at].trim_end();
    let ended = sentence.ends_with(['.', '。', '!', '?', '！', '？', '"', '”', '」', ')', '）']);
    (is_outlet && ended).then_some(sentence.len() as u32)
}

/// Where a mark begins at the end of `text`, in bytes.
fn mark_behind(text: &str, kind: Notice) -> Option<u32> {
    let from = text.floor_char_boundary(text.len().saturating_sub(MARK));
    let tail = text[from..].to_ascii_lowercase();
    let mark = notices::phrases(kind).find(|mark| tail.ends_with(mark))?;
    Some((text.len() - mark.len()) as u32)
}

/// The place at the head of the first paragraph: `BEIRUT (Agency) — `, `WIEN - `. The span takes its dash in.
pub(super) fn dateline(page: &Page<'_>) -> Option<Read<String>> {
    let first = page
        .body
        .clone()
        .find(|i| page.facts[*i].kind == LineKind::Body)?;
    let raw = page.raw(first);
    let head = &raw[..raw.floor_char_boundary(DATELINE)];
    let holds = Holds::new(head);
    let (at, len) = [" — ", " – ", " -- ", " - ", "— ", "– ", ".— ", "_ "]
        .iter()
        .filter_map(|dash| Some((holds.split_once(dash)?.0.len(), dash.len())))
        .min()?;
    let left = &head[..at];
    let (place, agency) = match left.split_once('(') {
        Some((place, rest)) => (place.trim_end(), rest.strip_suffix(')')),
        None => (left, None),
    };
    // `PORT ALDER, March 3 (Agency) -`: the day is no part of the place.
    let dated = place
        .find(|c: char| c.is_ascii_digit())
        .map(|at| &place[..at]);
    let place = dated.map_or(place, |before| {
        before.rsplit_once(',').map_or(before, |(place, _)| place)
    });
    let place = place.trim_end_matches([',', '.', ' ']);
    let letters: Vec<char> = place.chars().filter(|c| is_alphabetic(*c)).collect();
    let spelt = place
        .split([' ', ',', '-', '/', '\''])
        .filter(|w| !w.is_empty())
        .count()
        <= 5
        && letters.len() >= 3
        && place
            .chars()
            .all(|c| is_alphabetic(c) || matches!(c, ' ' | ',' | '.' | '-' | '\'' | '’' | '/'));
    let cased = letters.iter().any(|c| c.is_lowercase() || c.is_uppercase());
    let town = place.split(',').next().unwrap_or_default();
    let capitals = cased && !town.chars().any(char::is_lowercase);
    let named = agency
        .is_some_and(|a| a.chars().count() <= 24 && !a.chars().any(|c| c.is_numeric()))
        && place.starts_with(char::is_uppercase);
    if !spelt || !(capitals || named) || bylines::cue(&place.to_lowercase()).is_some() {
        return None;
    }
    let start = page.span(first).start;
    Some(Read {
        value: place.to_owned(),
        span: Span::new(start, start + (at + len) as u32),
    })
}
