//! Bylines: names near the headline, at the head of the first paragraph and after the last one, weighed by a small
//! learned model, and put together to persons.

mod addresses;
mod again;
pub(super) mod agency;
mod datelined;
mod features;
pub(super) mod field;
pub(super) mod han;
mod korean;
mod lone;
mod others;
mod persons;
mod pictured;
mod placed;
mod settle;
mod spaced;
mod teasers;
mod told;

use std::ops::{Range, RangeInclusive};

use super::date::{Dates, relative};
use super::headline::Headline;
use super::page::Page;
use super::rank::Rankers;
use super::stated::SURE;
use crate::document::{Span, is_alphabetic, is_alphanumeric, lower};
use crate::label::LineKind;
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::captions::{self, Place};
use crate::lexicon::{callings, name_parts, names};
use crate::record::Person;
pub(super) use again::{AGAIN_NAMES, again};
use datelined::datelined;
pub(super) use features::{NAMES, features};
use lone::lone;
pub(super) use lone::opens_with_cue;
use persons::stacked;
use pictured::pictured;
use settle::{MARKS, OPENS, Setting, Standing, filled, standings};

/// Units before the headline in which bylines are looked for.
const ABOVE: usize = 5;
/// Units after the last paragraph in which bylines are looked for.
const BELOW: usize = 20;
/// Units at the foot of the page in which a copyright notice is looked for.
const FOOT: usize = 30;
/// Bytes of the longest of these.
const NOTICE: usize = 160;
/// Bytes of the longest line that is searched whole.
const LINE: usize = 260;
/// Bytes of a paragraph's head or tail that are searched.
const EDGE: usize = 160;
/// Letters that may stand beside the name in a line that is nothing but a byline: a place, the word for a reporter.
const PLACE_LETTERS: usize = 4;
/// And where it gives a date.
const DATE_LETTERS: usize = 20;
/// Words of the longest line inside the body that may be a byline.
const CUED_WORDS: u16 = 8;
/// Units that may stand between the names of one byline: what the first does, and for whom.
const LIST_REACH: usize = 4;
/// Words of a name in a list whose names stand one above the other.
const STACKED_WORDS: RangeInclusive<usize> = 2..=4;
/// Letters and digits that are counted on each side of a name.
const COUNTED: usize = 200;
/// Letters of a cue that opens its line.
const CUE_LETTERS: usize = 24;

/// Letters and digits of `text`, as far as they are counted beside a name.
fn near_letters(text: &str) -> usize {
    let letters = text.chars().filter(|c| is_alphanumeric(*c));
    letters.take(COUNTED).count()
}

/// What announces a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cued {
    /// Nothing.
    None,
    /// A cue right before it.
    Line(Cue),
    /// A cue that is the whole line before.
    Above(Cue),
    /// It continues a list that a cue opened.
    List(Cue),
    /// It continues a list without a cue.
    Bare,
}

impl Cued {
    fn continued(self) -> Self {
        match self {
            Self::None | Self::Bare => Self::Bare,
            Self::Line(cue) | Self::Above(cue) | Self::List(cue) => Self::List(cue),
        }
    }
}

/// In what form a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Words in a line.
    Words,
    /// With a role word.
    Role,
    /// In a Korean line that holds nothing but the name and what its owner is.
    Alone,
    /// In a bracket.
    Bracket,
    /// Spoken: text, not a byline, though it names the author.
    Spoken,
    /// Behind the agency that holds the rights, at the end of the story.
    Credited,
}

/// A name that may be an author's.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) unit: usize,
    /// That it names an author, 0 to 1; set once it was weighed.
    pub(super) probability: f32,
    /// Whether its form says that it names none; set with it.
    ruled_out: bool,
    /// The name in the document text.
    pub(super) span: Span,
    /// The byline it stands in, cue, bracket and role included.
    pub(super) claim: Span,
    /// As printed; in capitals as names are printed.
    pub(super) name: String,
    cued: Cued,
    cue_of_language: bool,
    unit_start: bool,
    after_date: bool,
    before_date: bool,
    separated: bool,
    /// Letters and digits before it in its line.
    left: usize,
    /// And after it.
    right: usize,
    words: u8,
    given_first: bool,
    given_any: bool,
    surname: bool,
    capitals: bool,
    initial: bool,
    lower: bool,
    pub(super) role: Option<String>,
    pub(super) email: Option<String>,
    handle: bool,
    pub(super) affiliation: Option<String>,
    pub(super) place: Option<String>,
    colon: bool,
    spoken: bool,
    bracket: bool,
    speech: bool,
    pub(super) form: Form,
}

impl Mention {
    /// The bytes `name` of a line that begins at byte `base` of the document, in a byline that is the bytes `claim` of it: what
    /// every script says of it, and nothing that needs a look at its words.
    fn in_line(
        raw: &str,
        base: u32,
        unit: usize,
        name: &Range<usize>,
        claim: Range<usize>,
        printed: String,
    ) -> Self {
        let span =
            |range: &Range<usize>| Span::new(base + range.start as u32, base + range.end as u32);
        let (left, right) = (
            near_letters(&raw[..name.start]),
            near_letters(&raw[name.end..]),
        );
        Self {
            probability: 0.0,
            ruled_out: false,
            unit,
            span: span(name),
            claim: span(&claim),
            name: printed,
            cued: Cued::None,
            cue_of_language: false,
            unit_start: left == 0,
            after_date: false,
            before_date: false,
            separated: false,
            left,
            right,
            words: 2,
            given_first: false,
            given_any: false,
            surname: false,
            capitals: false,
            initial: false,
            lower: false,
            role: None,
            email: None,
            handle: false,
            affiliation: None,
            place: None,
            colon: false,
            spoken: false,
            bracket: false,
            speech: false,
            form: Form::Words,
        }
    }

    /// Letters and digits of the cue or the place that stands before the name in its byline.
    fn cue_letters(&self, page: &Page<'_>) -> usize {
        let cue = Span::new(self.claim.start.min(self.span.start), self.span.start);
        features::letters(cue.of(page.text))
    }

    /// Whether the words of a byline stand right before the name.
    pub(super) fn is_announced(&self) -> bool {
        matches!(self.cued, Cued::Line(Cue::Author))
    }
}

/// An author, and where the page names them.
#[derive(Clone, Debug)]
pub(super) struct Author {
    pub(super) person: Person,
    /// The mentions that were taken for this author's byline.
    pub(super) mentions: Vec<Mention>,
    /// 0 to 1.
    pub(super) probability: f32,
}

/// The authors of the article, in printed order: each name is scored by itself, then again among the others.
/// `notice` is the copyright notice.
pub(super) fn authors(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
    notice: Option<&str>,
    rankers: &Rankers,
) -> Vec<Author> {
    let mut mentions = mentions(page, dates, headline);
    let rows = features(page, dates, headline, &mentions, &rankers.spelling);
    let first = rankers.author.scores(&rows);
    let setting = Setting {
        page,
        dates,
        headline,
        notice,
    };
    let filled = filled(page, &mentions);
    let standings = standings(setting, &mentions, &filled);
    for (mention, standing) in mentions.iter_mut().zip(&standings) {
        mention.ruled_out = matches!(standing, Standing::Out(_));
    }
    let second = rankers.author_again.scores(&again(&mentions, &first));
    let weighed: Vec<f32> = (second.iter().zip(&standings))
        .map(|(score, standing)| standing.of(1.0 / (1.0 + (-score).exp())))
        .collect();
    let weighed = stacked(setting, &mentions, &filled, &first, weighed);
    let weighed = pictured(setting, &mentions, &filled, weighed);
    let weighed = persons::sharing(&mentions, weighed);
    let weighed = persons::listed(page, &mentions, &filled, weighed);
    let persons = persons::persons(page, mentions, weighed);
    let owner = persons::owner(&persons, notice);
    let mut given = persons::given(page, persons);
    addresses::attach(page, &mut given);
    if !persons::are_doubtful(&given) {
        return given;
    }
    let lone = persons::named(page, lone(page, dates));
    if !lone.is_empty() {
        lone
    } else if !given.is_empty() {
        given
    } else {
        owner.into_iter().collect()
    }
}

/// The authors whom the field above the text names that stands at `span`.
pub(super) fn stated(page: &Page<'_>, span: Span) -> Vec<Author> {
    field::persons(span.of(page.text), page.language)
        .into_iter()
        .map(|person| Author {
            person,
            mentions: Vec::new(),
            probability: SURE,
        })
        .collect()
}

/// Who is named beside the date of publication, which unit `unit` prints; asked where nothing else names an author.
pub(super) fn beside(page: &Page<'_>, dates: &Dates, unit: usize) -> Vec<Author> {
    let mention = lone::beside(page, dates, unit);
    persons::named(page, mention.into_iter().collect())
}

/// The names of the page that may be an author's, in reading order.
pub(super) fn mentions(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
) -> Vec<Mention> {
    let (start, end) = (page.body.start, page.body.end);
    let first = headline.map_or(start.saturating_sub(12), |h| {
        h.first.min(start).saturating_sub(ABOVE)
    });
    let first = first.max(start.saturating_sub(120)).max(page.top);
    let last = (page.foot + BELOW).min(page.len());
    let skip = headline.map_or(usize::MAX..usize::MAX, |h| h.first..h.last + 1);
    let mut found = Vec::new();
    for unit in first..last {
        if skip.contains(&unit) {
            continue;
        }
        let raw = page.raw(unit);
        let above = unit.checked_sub(1).and_then(|above| {
            cue_line(page, above)
                .or_else(|| list_goes_on(page, above, &found))
                .or_else(|| stack_goes_on(page, unit, &found))
        });
        let mut places: Vec<(usize, usize)> = dates
            .of(unit)
            .iter()
            .map(|f| (f.start as usize, f.end as usize))
            .collect();
        if places.is_empty() && raw.len() <= LINE && page.facts[unit].digit {
            // Told from the day of collection, whether that is known or not: `2 minutes ago`.
            places.extend(relative::phrase(raw).map(|phrase| (phrase.start, phrase.end)));
        }
        let opens = (start..=start + OPENS).contains(&unit);
        let before = found.len();
        found.extend(opens.then(|| datelined(page, unit)).into_iter().flatten());
        if found.len() > before {
            continue;
        }
        let inside = unit > start + 1 && unit + 2 < end && page.facts[unit].kind == LineKind::Body;
        if let Some(at) = list_opens(page, unit, raw, &found) {
            places.retain(|(start, _)| *start >= at);
            let places: Vec<_> = places
                .iter()
                .map(|(from, to)| (from - at, to - at))
                .collect();
            let cue = Some(Cue::Author);
            line(page, unit, &raw[at..], at, cue, &places, &mut found);
        } else if raw.len() <= LINE && !inside {
            line(page, unit, raw, 0, above, &places, &mut found);
        } else if inside && page.facts[unit].words <= CUED_WORDS {
            // A byline that the line model took for text: between a standfirst and the body, say.
            let cut = found.len();
            line(page, unit, raw, 0, None, &places, &mut found);
            let announced =
                |m: &Mention| m.cued == Cued::Line(Cue::Author) && m.left <= CUE_LETTERS;
            if !found[cut..].iter().any(|m| announced(m) || signs_part(m)) {
                found.truncate(cut);
            }
        } else if !inside {
            let head = raw.floor_char_boundary(EDGE);
            if unit <= start + 1 {
                line(page, unit, &raw[..head], 0, above, &[], &mut found);
            }
            if unit + 2 >= end {
                let tail = raw.floor_char_boundary(raw.len() - EDGE.min(raw.len() - head));
                line(page, unit, &raw[tail..], tail, None, &[], &mut found);
                found.extend(credited(page, unit, &raw[tail..], tail));
            }
        }
    }
    // Who owns a page without a byline is often its author: the copyright notice at its foot says it.
    for unit in page.len().saturating_sub(FOOT).max(last)..page.len() {
        let raw = page.raw(unit);
        if raw.len() <= NOTICE && (raw.contains(['©', 'ⓒ']) || raw.contains("opyright")) {
            line(page, unit, raw, 0, None, &[], &mut found);
        }
    }
    found
}

/// Whether unit `i` is a byline and hardly anything else: `By Anna Holm on 3 May 2019`, `서울=한빛군 기자`, and its e-mail
/// address.
pub(super) fn is_alone(page: &Page<'_>, dates: &Dates, i: usize) -> bool {
    if page.facts[i].words > CUED_WORDS || page.span(i).len() > LINE {
        return false;
    }
    let mut found = Vec::new();
    line(page, i, page.raw(i), 0, None, &[], &mut found);
    let behind = if dates.of(i).is_empty() {
        PLACE_LETTERS
    } else {
        DATE_LETTERS
    };
    found.iter().any(|m| {
        let cued = m.cued == Cued::Line(Cue::Author) && m.given_first && m.words > 1;
        let called = m.role.is_some() && m.surname;
        let mail = m.email.as_deref().map_or(0, features::letters);
        let beside = m.left <= PLACE_LETTERS.max(m.cue_letters(page)) && m.right <= behind + mail;
        (cued || called) && beside
    })
}

/// The names in a line or a slice of one that begins at byte `shift` of unit `unit`.
fn line(
    page: &Page<'_>,
    unit: usize,
    raw: &str,
    shift: usize,
    above: Option<Cue>,
    dates: &[(usize, usize)],
    found: &mut Vec<Mention>,
) {
    let base = page.span(unit).start + shift as u32;
    let before = found.len();
    let ascii = raw.is_ascii();
    let hangul = !ascii && raw.chars().any(|c| ('가'..='힣').contains(&c));
    let han = !ascii && raw.chars().any(|c| matches!(u32::from(c), 0x4e00..=0x9fff));
    if hangul || page.language == "ko" {
        found.extend(korean::mentions(raw, base, unit, dates));
    } else if han {
        let kana = raw.chars().any(|c| matches!(u32::from(c), 0x3041..=0x30ff));
        let language = if page.language == "ja" || kana && page.language != "zh" {
            "ja"
        } else {
            "zh"
        };
        found.extend(han::mentions(raw, base, unit, above, dates, language));
    }
    if found.len() == before && !hangul && !han {
        let cut = found.len();
        found.extend(spaced::mentions(
            raw,
            base,
            unit,
            above,
            dates,
            page.language,
        ));
        for mention in &mut found[cut..] {
            without_outlet(page, raw, base, mention);
        }
        // A paragraph's edge is searched for what a cue or a bracket announces, not for names in sentences.
        if raw.len() < page.span(unit).len() || raw.len() > 200 {
            let mut k = cut;
            while k < found.len() {
                let m = &found[k];
                let announced = matches!(m.cued, Cued::Line(_) | Cued::List(_))
                    && (m.left < 40 || shift > 0)
                    || (m.bracket || matches!(m.cued, Cued::Above(_))) && shift > 0;
                if announced {
                    k += 1;
                } else {
                    found.remove(k);
                }
            }
        }
    }
}

/// Cuts the outlet or the section off that stands behind an announced name with no mark between, and that the page prints as
/// a line of its own: `by Anna Holm Harbour Herald`, `von Anna Holm Allgemeines`.
fn without_outlet(page: &Page<'_>, raw: &str, base: u32, mention: &mut Mention) {
    if mention.cued != Cued::Line(Cue::Author) || mention.words < 3 {
        return;
    }
    let Span { start, end } = mention.span;
    let (from, to) = ((start - base) as usize, (end - base) as usize);
    let name = &raw[from..to];
    let rest = raw[to..].find(|c: char| !(is_alphabetic(c) || c == ' '));
    let rest = rest.map_or(raw.len(), |at| to + at);
    let is_outlet = |cut: &usize| {
        let outlet = raw[from + cut..rest].trim();
        // A single word is more often a surname.
        let other = || !names::is_family(&lower(outlet)) && !names::is_given(&lower(outlet));
        page.prints(outlet) > 0 && (outlet.contains(' ') || other())
    };
    // A name has two words at least.
    let mut cuts = name.match_indices(' ').skip(1).map(|(at, _)| at);
    let Some(cut) = cuts.find(is_outlet) else {
        return;
    };
    let left = name[..cut].trim_end();
    let words = left.split_whitespace().count();
    let kept: Vec<&str> = mention.name.split(' ').take(words).collect();
    mention.name = kept.join(" ");
    mention.words = words as u8;
    mention.span.end = start + left.len() as u32;
    mention.right += features::letters(&name[cut..]);
}

/// Whether a line is a reporter and the word for one, and nothing else: each part of a long story may be signed so.
fn signs_part(m: &Mention) -> bool {
    let reporter = || m.role.as_deref().is_some_and(callings::is_reporter);
    m.form == Form::Role && m.surname && m.left + m.right <= MARKS && reporter()
}

/// Who wrote a story for the agency whose mark of rights ends it; `tail` begins at byte `shift` of unit `i`.
fn credited(page: &Page<'_>, i: usize, tail: &str, shift: usize) -> Option<Mention> {
    let (sign, at) = agency::credited(tail)?;
    let base = page.span(i).start + shift as u32;
    let cue = Some(Cue::Author);
    let name = &tail[at..];
    let mut found = spaced::mentions(name, base + at as u32, i, cue, &[], page.language);
    let alone = found.len() == 1 && found[0].unit_start && found[0].right == 0;
    let mut mention = found.pop().filter(|m| alone && m.words > 1)?;
    mention.claim.start = base + sign as u32;
    mention.form = Form::Credited;
    Some(mention)
}

/// The cue of a list torn into lines, where unit `i` ends in the word that joins its names, or is nothing but that: `and`.
fn list_goes_on(page: &Page<'_>, i: usize, found: &[Mention]) -> Option<Cue> {
    let before = found.last().filter(|m| m.unit == i || m.unit + 1 == i)?;
    let joint = Span::new(before.span.end.max(page.span(i).start), page.span(i).end).of(page.text);
    if joint.trim().is_empty() || !spaced::joins(joint) {
        return None;
    }
    match before.cued {
        Cued::Line(cue) | Cued::Above(cue) | Cued::List(cue) => Some(cue),
        Cued::None | Cued::Bare => None,
    }
}

/// The cue of a list whose names stand one above the other, where unit `i` goes on with it: it is words with capitals and
/// nothing else, like the line before.
fn stack_goes_on(page: &Page<'_>, i: usize, found: &[Mention]) -> Option<Cue> {
    let before = found.last().filter(|m| m.unit + 1 == i)?;
    let named = before.cued == Cued::Above(Cue::Author) && before.left + before.right == 0;
    let part = |word: &str| {
        let capital = word.starts_with(char::is_uppercase);
        capital && !word.contains(|c: char| c.is_numeric()) || name_parts::is_particle(word)
    };
    let words = || page.raw(i).split_whitespace();
    let name = STACKED_WORDS.contains(&words().count()) && words().all(part);
    (named && before.words > 1 && name).then_some(Cue::Author)
}

/// Where the names of unit `i` begin, if it goes on with the list of a byline above, a line or two between:
/// `By Anna Holm`, `and Jan Wick`.
fn list_opens(page: &Page<'_>, i: usize, raw: &str, found: &[Mention]) -> Option<usize> {
    let (word, rest) = raw.trim_start().split_once(' ')?;
    let short =
        page.facts[i].words <= CUED_WORDS && rest.trim_start().starts_with(char::is_uppercase);
    let joins = || {
        name_parts::is_joint(word) && !name_parts::is_behind(word) && bylines::cue(word).is_none()
    };
    let before = found
        .last()
        .filter(|m| m.unit + LIST_REACH >= i && m.unit < i)?;
    let announced = matches!(
        before.cued,
        Cued::Line(Cue::Author) | Cued::List(Cue::Author)
    );
    (short && announced && joins()).then(|| raw.len() - rest.trim_start().len())
}

/// What unit `i` says of the name on the next line, where it is nothing but a cue.
fn cue_line(page: &Page<'_>, i: usize) -> Option<Cue> {
    if page.facts[i].chars > 40 {
        return None;
    }
    let line = page.line(i);
    let line = lower(&line);
    let cue = line.trim_matches(|c: char| !is_alphanumeric(c));
    // An agency by itself ends the credit of a picture; who stands below it may have written.
    if captions::place(cue) == Some(Place::Agency) {
        return None;
    }
    bylines::cue(cue)
}

#[cfg(test)]
mod tests;
