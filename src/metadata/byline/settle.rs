//! What no ranker is asked: what the form and the place of a name say by themselves.

use super::features::letters;
use super::others::{ends_in_date, heads_column, is_contact, names_another, speaks_next};
use super::persons::opens_as_outlet;
use super::placed::{PLACED, PLACED_FROM, placed, titled};
use super::teasers::{is_commenter, is_teaser};
use super::told::{behind, is_no_byline};
use super::{BELOW, CUE_LETTERS, Cued, Form, Mention};
use crate::document::{Span, lower};
use crate::lexicon::bylines::Cue;
use crate::lexicon::{agencies::is_agency, outlets};
use crate::metadata::date::Dates;
use crate::metadata::headline::Headline;
use crate::metadata::page::Page;

/// Units of the body that tell who the story is about.
pub(super) const LEDE_UNITS: usize = 12;
/// Words of the shortest line that tells of somebody.
pub(super) const WORDS: u16 = 5;
/// Units of the body's head in which a story opens, pictures before it.
pub(super) const OPENS: usize = 3;
/// Letters behind a name in the bracket that signs a story: another name.
const SIGNED: usize = 12;
/// The most that a name has which is ruled out.
pub(super) const RULED_OUT: f32 = 0.3;
/// Letters and digits of what may stand beside a name that is a byline: none to speak of, or a date with its label.
pub(super) const MARKS: usize = 2;
pub(super) const DATE_LINE: usize = 40;
/// Letters of the names that follow the first one of a labelled list.
const LISTED: usize = 60;
/// The share of a line's letters that names have which are all of it.
const FILLED: f32 = 0.93;
/// Units around the article in which the line may stand that says who posted it, and when: after the body, above the
/// headline, and at the end of the body.
const POSTED: usize = 4;
const POSTED_ABOVE: usize = 3;
const POSTED_WITHIN: usize = 2;

/// What the form of a mention says by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Standing {
    /// Nothing: as weighed.
    Open,
    /// An author, at least this likely, where it was weighed above the second figure.
    Stated(f32, f32),
    /// No author: at most this likely.
    Out(f32),
}

impl Standing {
    /// The probability of a mention that was weighed so.
    pub(super) fn of(self, weighed: f32) -> f32 {
        match self {
            Self::Stated(least, from) if weighed > from => weighed.max(least),
            Self::Open | Self::Stated(..) => weighed,
            Self::Out(most) => weighed.min(most),
        }
    }
}

/// What names are judged by: the page, its dates, its headline and its notice.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a, 'p> {
    pub(super) page: &'a Page<'p>,
    pub(super) dates: &'a Dates,
    pub(super) headline: Option<&'a Headline>,
    /// The copyright notice.
    pub(super) notice: Option<&'a str>,
}

/// What the form of each mention says, in their order; `filled` is whether their lines are names and nothing else.
pub(super) fn standings(
    setting: Setting<'_, '_>,
    mentions: &[Mention],
    filled: &[bool],
) -> Vec<Standing> {
    let mentions = mentions.iter().zip(filled);
    mentions
        .map(|(m, filled)| standing(setting, m, *filled))
        .collect()
}

/// For each mention, whether the names of its line are all that this says, and none is an agency's: `Anna Holm / Jan Wick`.
pub(super) fn filled(page: &Page<'_>, mentions: &[Mention]) -> Vec<bool> {
    let lines = mentions.chunk_by(|a, b| a.unit == b.unit);
    lines
        .flat_map(|line| std::iter::repeat_n(are_all(page, line), line.len()))
        .collect()
}

fn are_all(page: &Page<'_>, line: &[Mention]) -> bool {
    let agency = |m: &Mention| is_agency(&m.name) || outlets::by_name(&m.name).is_some();
    if line.iter().any(agency) {
        return false;
    }
    let names: usize = line.iter().map(|m| letters(&m.name)).sum();
    let all = line.first().map_or(0, |m| letters(page.raw(m.unit)));
    names as f32 > FILLED * all as f32
}

fn standing(setting: Setting<'_, '_>, m: &Mention, filled: bool) -> Standing {
    let page = setting.page;
    if matches!(m.cued, Cued::Line(Cue::Other) | Cued::Above(Cue::Other)) {
        Standing::Out(0.0)
    } else if is_no_byline(page, m)
        || is_teaser(page, m)
        || is_contact(page, m)
        || is_commenter(setting, m)
        || speaks_next(page, m)
        || opens_as_outlet(&m.name) && m.cued != Cued::Line(Cue::Author)
    {
        Standing::Out(RULED_OUT)
    } else if let Some(least) = stated(page, setting.headline, m) {
        Standing::Stated(least, 0.0)
    } else if names_another(page, setting.headline, setting.notice, m, filled) {
        Standing::Out(RULED_OUT)
    } else if filled && titled(setting, m) {
        Standing::Stated(PLACED, 0.0)
    } else if placed(setting, m, filled) {
        Standing::Stated(PLACED, PLACED_FROM)
    } else {
        Standing::Open
    }
}

/// The least probability of a name whose byline stands where bylines do and reads like nothing else.
fn stated(page: &Page<'_>, headline: Option<&Headline>, m: &Mention) -> Option<f32> {
    let (start, end) = (page.body.start, page.body.end);
    let opens = m.form == Form::Bracket && m.unit >= start && m.unit <= start + 1 && m.left < 16;
    // `本报讯（记者 NAME 通讯员 NAME）`
    let han = m.surname && m.cued == Cued::Line(Cue::Author);
    if opens && (m.role.is_some() && m.unit_start || m.place.is_some() || han) {
        return Some(0.95);
    }
    // `[PLACE=OUTLET] NAME 기자 = `
    let claim = m.claim.of(page.text);
    let datelined = claim.starts_with(['[', '(']) && claim.trim_end().ends_with('=');
    if datelined && m.role.is_some() && m.place.is_some() && is_opening(page, m) {
        return Some(0.95);
    }
    // `NAME/PLACE, (AGENCY) - `
    let dashed = m.form == Form::Bracket && claim.trim_end().ends_with(['-', '–', '—']);
    if dashed && m.place.is_some() && is_opening(page, m) {
        return Some(0.95);
    }
    let closes = m.unit + 2 >= end && m.unit <= end + 2;
    let below = headline.is_none_or(|h| m.unit > h.last);
    let heads = below && m.unit <= start + 1 && m.left == 0;
    if (closes || heads) && m.surname && m.role.is_some() && m.email.is_some() {
        return Some(0.95);
    }
    if closes && m.form == Form::Credited {
        return Some(0.85);
    }
    // `（记者 NAME NAME）`, at the end of the story.
    let called = m.role.is_some() || m.cued == Cued::Line(Cue::Author);
    if closes && called && m.surname && m.form == Form::Bracket && m.right <= SIGNED {
        return Some(0.85);
    }
    let head = headline.is_some_and(|h| m.unit > h.last && m.unit <= h.last + 8) && m.unit <= start;
    if head
        && m.cued == Cued::Line(Cue::Author)
        && m.cue_of_language
        && m.left <= CUE_LETTERS
        && m.right < 60
        && m.words > 1
    {
        return Some(0.9);
    }
    // Below a cue of its own line.
    if head && m.cued == Cued::Above(Cue::Author) && m.left + m.right == 0 && m.words > 1 {
        return Some(0.85);
    }
    // `Posted by mira on 3 May 2019`: who posts is named as they like.
    let above = |h: &Headline| m.unit < h.first && m.unit + POSTED_ABOVE >= h.first;
    let posted = headline.is_some_and(|h| m.unit > h.last && m.unit <= start + 1 || above(h))
        || m.unit + POSTED_WITHIN >= end && m.unit <= end + POSTED;
    if posted
        && m.cued == Cued::Line(Cue::Author)
        && (m.before_date || m.after_date || clock_follows(behind(page, m)))
        && m.left <= 2 * CUE_LETTERS
    {
        return Some(0.8);
    }
    let addressed = || m.unit + 1 < page.len() && page.raw(m.unit + 1).contains('@');
    if headline.is_some_and(|h| heads_column(page, h, m)) && addressed() {
        return Some(0.85);
    }
    // A dash and a name below the last paragraph, and who that is: `— Anna Holm`, `Anna Holm writes about harbours.`
    let dash = page.raw(m.unit).trim_start().starts_with(['—', '–', '―']);
    if dash && closes && m.left + m.right == 0 && m.words > 1 {
        let next = m.unit + 1;
        let tells = next < page.len() && page.raw(next).trim_start().starts_with(&m.name);
        if tells || m.given_first {
            return Some(0.8);
        }
    }
    // A line that says nothing else, above the body or where it begins or ends.
    let edge = headline.is_some_and(|h| m.unit > h.last && m.unit <= start + 2)
        || m.unit + 2 >= end && m.unit <= end + 1;
    if edge
        && matches!(m.cued, Cued::Line(Cue::Author) | Cued::List(Cue::Author))
        && m.cue_of_language
        && (m.cued != Cued::Line(Cue::Author) || m.claim.start <= page.span(m.unit).start + 2)
        && (!m.lower || m.left > 8)
        && (m.right <= MARKS || is_outlet(behind(page, m)))
    {
        return Some(0.85);
    }
    // A box below the text: `Author`, `Anna Holm is a captain at Dawn.`
    let boxed = m.cued == Cued::Above(Cue::Author) && (end..end + BELOW).contains(&m.unit);
    let tells = behind(page, m)
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_lowercase));
    if boxed && m.left == 0 && m.words > 1 && m.given_first && (m.right <= MARKS || tells) {
        return Some(0.75);
    }
    // `Author: Anna Holm, Jan Wick`, further below the text.
    let cue = Span::new(m.claim.start.min(m.span.start), m.span.start).of(page.text);
    let opens = m.claim.start <= page.span(m.unit).start + 1;
    let labels = m.cued == Cued::Line(Cue::Author) && m.cue_of_language && opens;
    let alone = m.right <= MARKS || m.right < LISTED && behind(page, m).starts_with([',', ';']);
    if labels
        && (end..end + BELOW).contains(&m.unit)
        && cue.trim_end().ends_with([':', '：'])
        && alone
        && m.words > 1
    {
        return Some(0.8);
    }
    // A line that is nothing but a reporter and the word for one.
    let named = m.form == Form::Role && m.surname && m.role.is_some();
    let within = headline.is_some_and(|h| m.unit > h.last) && m.unit <= end + 2;
    (named && within && m.left == 0 && m.right <= 2 && !m.spoken).then_some(0.85)
}

/// Whether the line of `m` begins with its byline where stories do, and does not end in a date, as the text of a picture does
/// that an agency sends.
fn is_opening(page: &Page<'_>, m: &Mention) -> bool {
    let start = page.body.start;
    let opens = m.claim.start <= page.span(m.unit).start + 1;
    opens && (start..=start + OPENS).contains(&m.unit) && !ends_in_date(page.raw(m.unit))
}

/// Whether what stands behind a name is the outlet it writes for: ` / harbour.example`, `, Dawn Herald`.
pub(super) fn is_outlet(line: &str) -> bool {
    let name =
        line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '|' | '(' | ')'));
    let for_it = name
        .split_once(' ')
        .filter(|(word, _)| lower(word) == "for");
    let name = for_it.map_or(name, |(_, name)| name);
    let domain = name.contains('.') && !name.contains(char::is_whitespace) && !name.ends_with('.');
    domain || outlets::by_name(name).is_some()
}

/// Whether the time of day is what follows, behind a word at most: ` um 10:52`.
pub(super) fn clock_follows(line: &str) -> bool {
    let digits = |part: &str| part.bytes().take(2).all(|b| b.is_ascii_digit());
    let is_clock = |word: &str| {
        let clock = word.split_once([':', '.']);
        clock.is_some_and(|(hour, minute)| {
            matches!(hour.len(), 1 | 2) && digits(hour) && minute.len() >= 2 && digits(minute)
        })
    };
    line.split_whitespace().take(2).any(is_clock)
}
