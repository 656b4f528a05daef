//! The one byline of a page whose head and sign-off name nobody for sure: a line that says who wrote or posted it and
//! hardly anything else, wherever it stands, or the name beside the date of publication. Small pages have no body to look
//! around, and a headline taken wrongly leads elsewhere; where the page has two such lines, they are of teasers or of
//! comments.

use std::ops::{Range, RangeInclusive};

use super::settle::{clock_follows, is_outlet};
use super::teasers::is_teaser;
use super::told::{PREPOSITION, behind, is_no_byline};
use super::{Cue, Cued, Dates, Mention, line, spaced};
use crate::document::{is_alphabetic, lower};
use crate::label::LineKind;
use crate::lexicon::cues::{self, Cues};
use crate::lexicon::{bylines, name_parts, outlets};
use crate::metadata::page::Page;

/// Bytes of the longest such line, and of the head of a longer one that goes on behind the time of day.
const LINE: usize = 200;
/// Words of the longest cue.
const CUE_WORDS: usize = 4;
/// Bytes of the longest line that the name beside its date is all of.
const BESIDE: usize = 90;
/// Letters and digits that may stand beside cue and name: none to speak of.
const MARKS: usize = 2;
/// Bytes of the longest line below the name that is a date and its time.
const DATE_LINE: usize = 40;
/// Bytes of the shortest nickname that nothing announces but its date.
const NICKNAME: usize = 4;
/// Units below the text in which a post is signed, words of the longest nickname there, and bytes of the longest time of day.
const CLOSING: usize = 3;
const NICKNAME_WORDS: usize = 3;
const CLOCK: usize = 12;
/// Characters of a name in a script without blanks.
const SIGNATURE: RangeInclusive<usize> = 3..=6;
/// How sure such a name is.
const LONE: f32 = 0.6;

/// The names of that line; none where the page has no such line, or several that name others.
pub(super) fn lone(page: &Page<'_>, dates: &Dates) -> Vec<Mention> {
    let mut lone: Vec<Mention> = Vec::new();
    for unit in 0..page.len() {
        let raw = page.raw(unit);
        let comment = page.facts[unit].kind == LineKind::Comments;
        if comment || !opens_with_cue(raw) {
            continue;
        }
        let mut found = Vec::new();
        let head = &raw[..raw.floor_char_boundary(LINE)];
        let mut places = places(dates, unit);
        places.retain(|(_, end)| *end <= head.len());
        line(page, unit, head, 0, None, &places, &mut found);
        found.retain(|m| matches!(m.cued, Cued::Line(Cue::Author) | Cued::List(Cue::Author)));
        // Tags may follow the name and the time: `Posted by Anna Holm at 18:52 Tagged with: …`
        let timed = |m: &Mention| clock_follows(behind(page, m));
        if head.len() < raw.len() && !found.first().is_some_and(timed) {
            continue;
        }
        if !is_signed(page, dates, &found) {
            continue;
        }
        let names = |mentions: &[Mention]| -> Vec<String> {
            mentions.iter().map(|m| m.name.clone()).collect()
        };
        if lone.is_empty() {
            lone = found;
        } else if names(&lone) != names(&found) {
            return Vec::new();
        }
    }
    if lone.is_empty() {
        let signed = closing(page, dates)
            .or_else(|| filed(page))
            .or_else(|| closes_in_name(page));
        lone.extend(signed.or_else(|| account(page, dates)));
    }
    for mention in &mut lone {
        mention.probability = LONE;
    }
    lone
}

/// Who signs the post where it ends, before the word that leads to a time of day, and a date: `Das alte Boot um 3.5.19, 21:14`. No
/// sentence puts a date there.
fn closing(page: &Page<'_>, dates: &Dates) -> Option<Mention> {
    let end = page.body.end;
    (end.saturating_sub(1)..(end + CLOSING).min(page.len())).find_map(|unit| {
        let raw = page.raw(unit);
        let mut words = raw.split(' ').take(NICKNAME_WORDS + 1);
        let at = words.position(name_parts::is_clock).filter(|at| *at > 0)?;
        let (_, place) = raw
            .match_indices(' ')
            .nth(at)
            .map(|(k, _)| raw.split_at(k))?;
        let from = raw.len() - place.trim_start().len();
        let (behind, _) = raw.match_indices(' ').nth(at - 1)?;
        let date = places(dates, unit)
            .first()
            .is_some_and(|(start, _)| *start == from);
        let signed = date && place.contains(':') && raw.len() <= BESIDE;
        let capital = raw.starts_with(char::is_uppercase);
        (signed && capital).then(|| signature(page, unit, 0..behind, at))
    })
}

/// Who filed the post, and at what time: `Filed under: Boats — mira @ 21:14`.
fn filed(page: &Page<'_>) -> Option<Mention> {
    (0..page.len()).find_map(|unit| {
        let raw = page.raw(unit);
        let (before, clock) = raw.rsplit_once(" @ ")?;
        let (label, name) = before.rsplit_once(" — ")?;
        let words = name.split(' ').count();
        let timed = clock_follows(clock) && clock.len() <= CLOCK;
        let labelled = label.contains(':') && raw.len() <= LINE;
        let from = label.len() + " — ".len();
        let range = from..from + name.len();
        let named = timed && labelled && words <= NICKNAME_WORDS && !name.is_empty();
        named.then(|| signature(page, unit, range, words))
    })
}

/// Whose name closes the text in a bracket and is a line of its own elsewhere, whatever it is made of: `…。（燈野壮）`.
fn closes_in_name(page: &Page<'_>) -> Option<Mention> {
    let end = page.body.end;
    (end.saturating_sub(CLOSING)..(end + CLOSING).min(page.len())).find_map(|unit| {
        let raw = page.raw(unit).trim_end();
        let inside = raw.strip_suffix(['）', ')'])?;
        let name = &inside[inside.rfind(['（', '('])?..];
        let name = name.trim_start_matches(['（', '(']);
        let han = |c: char| matches!(u32::from(c), 0x3041..=0x30ff | 0x3400..=0x9fff | 0x3005);
        let fits = SIGNATURE.contains(&name.chars().count()) && name.chars().all(han);
        let at = fits.then(|| (0..page.len()).find(|i| page.trimmed(*i) == name))??;
        let from = page.raw(at).find(name)?;
        Some(signature(page, at, from..from + name.len(), 2))
    })
}

/// The bytes `name` of unit `unit`, of so many words, as the name of who posted.
fn signature(page: &Page<'_>, unit: usize, name: Range<usize>, words: usize) -> Mention {
    let (raw, base) = (page.raw(unit), page.span(unit).start);
    let printed = raw[name.clone()].to_owned();
    let mut mention = Mention::in_line(raw, base, unit, &name, name.clone(), printed);
    mention.words = words as u8;
    mention
}

/// Whose account the page gives on a line of its own, where a date follows the nickname elsewhere: `id:mira_3`, and
/// `mira_3 2019-05-03 20:31`.
fn account(page: &Page<'_>, dates: &Dates) -> Option<Mention> {
    let mut accounts = (0..page.len()).filter_map(|unit| page.raw(unit).trim().strip_prefix("id:"));
    let name = accounts.find(|name| name.len() >= NICKNAME && !name.contains(' '))?;
    let signs = |unit: &usize| {
        let behind = page.raw(*unit).trim_start().strip_prefix(name);
        behind.is_some_and(|behind| behind.starts_with(' ')) && !dates.of(*unit).is_empty()
    };
    let unit = (0..page.len()).find(signs)?;
    let from = page.raw(unit).find(name)?;
    let base = page.span(unit).start + from as u32;
    let mut found = spaced::mentions(name, base, unit, Some(Cue::Author), &[], page.language);
    found.pop().filter(|mention| mention.name == name)
}

/// The name right beside the date of publication, which unit `unit` prints at the head of the body.
pub(super) fn beside(page: &Page<'_>, dates: &Dates, unit: usize) -> Option<Mention> {
    let raw = page.raw(unit);
    if raw.len() > BESIDE
        || unit > page.body.start + 1
        || page.facts[unit].kind == LineKind::Comments
    {
        return None;
    }
    let places = places(dates, unit);
    let mut found = Vec::new();
    line(page, unit, raw, 0, None, &places, &mut found);
    let mut names = found.into_iter().filter(|m| {
        // A single name is one where a mark parts it from its date: `Anna · 3 May 2019`.
        let parted = behind(page, m)
            .trim_start()
            .starts_with(['·', '|', '•', '—', '–']);
        let bare = m.cued == Cued::None && m.given_first && (m.words > 1 || parted);
        let dated = m.before_date && m.unit_start || m.after_date && m.right <= MARKS;
        bare && dated && !is_no_byline(page, m) && outlets::by_name(&m.name).is_none()
    });
    let mut name = match names.next() {
        Some(name) => names.next().is_none().then_some(name)?,
        None => nickname(page, unit, places.last()?.1)?,
    };
    name.probability = LONE;
    Some(name)
}

/// The nickname in small letters between the last date of unit `unit`, which ends at byte `at`, and the end of the line or
/// what calls for comments: `3 May 2019 mira Leave a comment`.
fn nickname(page: &Page<'_>, unit: usize, at: usize) -> Option<Mention> {
    let mut found = Vec::new();
    let line_end = &page.raw(unit)[at..];
    line(page, unit, line_end, at, Some(Cue::Author), &[], &mut found);
    let name = found.into_iter().next()?;
    let rest = behind(page, &name).trim_start_matches(|c: char| !is_alphabetic(c));
    let ends = rest.is_empty() || Cues::shipped().is_whole(rest, cues::Cue::Comments);
    let whole = name.unit_start && name.lower && !name.name.contains(' ');
    (whole && ends && name.name.len() >= NICKNAME).then_some(name)
}

/// Where the dates of unit `unit` stand in it, in bytes.
fn places(dates: &Dates, unit: usize) -> Vec<(usize, usize)> {
    let places = dates.of(unit).iter();
    places.map(|f| (f.start as usize, f.end as usize)).collect()
}

/// Whether the first words of `raw` announce an author.
pub(in crate::metadata) fn opens_with_cue(raw: &str) -> bool {
    let raw = raw.trim_start();
    let ends = raw.match_indices([' ', ':', '：']).take(CUE_WORDS);
    let author = |end: usize| bylines::cue(&lower(&raw[..end])) == Some(Cue::Author);
    ends.map(|(end, _)| end).any(author)
}

/// Whether the line is a byline by all that stands around its names: a cue before the first of them, nothing, an outlet or a
/// date behind the last.
fn is_signed(page: &Page<'_>, dates: &Dates, names: &[Mention]) -> bool {
    let (Some(first), Some(last)) = (names.first(), names.last()) else {
        return false;
    };
    let cued = first.cued == Cued::Line(Cue::Author) && first.cue_of_language;
    let opens = first.left <= first.cue_letters(page) + MARKS;
    let rest = behind(page, last);
    let dated = |unit: usize| {
        let short = unit < page.len() && page.span(unit).len() <= DATE_LINE;
        short && !dates.of(unit).is_empty()
    };
    let timed = last.before_date || clock_follows(rest);
    let timed = timed || last.right <= MARKS && dated(last.unit + 1);
    let full = first.given_first && (first.words > 1 && last.right <= MARKS || is_outlet(rest));
    let says = first.given_first || first.cue_letters(page) > PREPOSITION;
    let other = is_no_byline(page, first) || is_teaser(page, first);
    cued && opens && (full || timed && says) && !other
}
