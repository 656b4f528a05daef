//! Bylines: names near the headline, at the head of the first paragraph and after the last one, weighed by a small
//! learned model, and put together to persons.

pub(super) mod agency;
mod han;
mod korean;
mod spaced;

use super::date::Dates;
use super::headline::Headline;
use super::page::Page;
use crate::document::{Span, lower};
use crate::label::LineKind;
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::rankers::Ranker;
use crate::record::Person;

/// Units before the headline in which bylines are looked for.
const ABOVE: usize = 5;
/// Units after the last paragraph in which bylines are looked for.
const BELOW: usize = 20;
/// Bytes of the longest line that is searched whole.
const LINE: usize = 260;
/// Bytes of a paragraph's head or tail that are searched.
const EDGE: usize = 160;
/// Units of the body that tell who the story is about.
const LEDE_UNITS: usize = 12;
/// Words of the longest line inside the body that may be a byline.
const CUED_WORDS: u16 = 8;
/// Letters of a cue that opens its line.
const CUE_LETTERS: usize = 24;
/// Number of features.
pub(super) const FEATURES: usize = 66;

/// The names of the features, in order.
pub(super) const NAMES: [&str; FEATURES] = [
    "cue",
    "cue-above",
    "cue-other",
    "cue-language",
    "listed",
    "listed-other",
    "unit-start",
    "after-date",
    "before-date",
    "separated",
    "unit-date",
    "share",
    "left",
    "right",
    "words",
    "single",
    "two",
    "many",
    "given-first",
    "given-any",
    "surname",
    "capitals",
    "initial",
    "lower",
    "role",
    "email",
    "handle",
    "affiliation",
    "place",
    "colon",
    "spoken",
    "bracket",
    "speech",
    "form-role",
    "form-bracket",
    "form-words",
    "above-headline",
    "distance-above",
    "head",
    "after-headline",
    "before-body",
    "in-body",
    "tail",
    "after-body",
    "kind-body",
    "kind-removed",
    "kind-caption",
    "kind-related",
    "next-date",
    "previous-date",
    "words-before",
    "words-after",
    "blank-before",
    "repeated",
    "cued-elsewhere",
    "in-headline",
    "in-lede",
    "mentions",
    "photo",
    "first",
    "korean",
    "dense",
    "role-next",
    "into-body",
    "near-date",
    "next-long",
];

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
    /// In a bracket.
    Bracket,
    /// Spoken: text, not a byline, though it names the author.
    Spoken,
}

/// A name that may be an author's.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) unit: usize,
    /// That it names an author, 0 to 1; set once it was weighed.
    pub(super) probability: f32,
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

/// The authors of the article, in printed order.
pub(super) fn authors(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
    ranker: &Ranker,
) -> Vec<Author> {
    let mentions = mentions(page, dates, headline);
    let rows = features(page, dates, headline, &mentions);
    let mut authors: Vec<Author> = Vec::new();
    for (mut mention, row) in mentions.into_iter().zip(&rows) {
        let weighed = 1.0 / (1.0 + (-ranker.score(row)).exp());
        let probability = settled(page, headline, &mention, weighed);
        mention.probability = probability;
        let key = key(&mention.name);
        if let Some(author) = authors
            .iter_mut()
            .find(|a| self::key(&a.person.name) == key)
        {
            author.probability = author.probability.max(probability);
            let person = &mut author.person;
            person.job_title = person.job_title.take().or_else(|| mention.role.clone());
            person.email = person.email.take().or_else(|| mention.email.clone());
            person.affiliation = person
                .affiliation
                .take()
                .or_else(|| mention.affiliation.clone());
            author.mentions.push(mention);
        } else {
            authors.push(Author {
                person: Person {
                    name: mention.name.clone(),
                    kind: None,
                    job_title: mention.role.clone(),
                    email: mention.email.clone(),
                    affiliation: mention.affiliation.clone(),
                },
                mentions: vec![mention],
                probability,
            });
        }
    }
    authors.retain(|a| a.probability > 0.5);
    nearest(page, &mut authors);
    authors
}

/// The probability of a mention, where its form leaves no doubt; else as weighed.
fn settled(page: &Page<'_>, headline: Option<&Headline>, m: &Mention, weighed: f32) -> f32 {
    let (start, end) = (page.body.start, page.body.end);
    if matches!(m.cued, Cued::Line(Cue::Other) | Cued::Above(Cue::Other)) {
        return 0.0;
    }
    let opens = m.form == Form::Bracket && m.unit >= start && m.unit <= start + 1 && m.left < 16;
    if opens && (m.role.is_some() && m.unit_start || m.place.is_some()) {
        return weighed.max(0.95);
    }
    let closes = m.unit + 2 >= end && m.unit <= end + 2;
    if closes && m.surname && m.role.is_some() && m.email.is_some() {
        return weighed.max(0.95);
    }
    let head = headline.is_some_and(|h| m.unit > h.last && m.unit <= h.last + 8) && m.unit <= start;
    if head
        && m.cued == Cued::Line(Cue::Author)
        && m.cue_of_language
        && m.left <= CUE_LETTERS
        && m.right < 60
        && m.words > 1
    {
        return weighed.max(0.9);
    }
    // A line that says nothing else, above the body or where it begins or ends.
    let edge = headline.is_some_and(|h| m.unit > h.last && m.unit <= start + 2)
        || m.unit + 2 >= end && m.unit <= end + 1;
    if edge
        && matches!(m.cued, Cued::Line(Cue::Author) | Cued::List(Cue::Author))
        && m.cue_of_language
        && (m.cued != Cued::Line(Cue::Author) || m.claim.start <= page.span(m.unit).start + 2)
        && (!m.lower || m.left > 8)
        && m.right <= 2
    {
        return weighed.max(0.85);
    }
    // A line that is nothing but a reporter and the word for one.
    let named = m.form == Form::Role && m.surname && m.role.is_some();
    let within = headline.is_some_and(|h| m.unit > h.last) && m.unit <= end + 2;
    if named && within && m.left == 0 && m.right <= 2 && !m.spoken {
        return weighed.max(0.85);
    }
    // Who the story is about, under a picture or in a heading; who speaks next; who took a picture.
    let bare = m.cued == Cued::None && m.role.is_none() && m.email.is_none();
    if bare && (m.colon || told_of(page, m)) {
        return weighed.min(0.3);
    }
    if !matches!(m.cued, Cued::Line(_)) && m.role.is_none() && credited(page, m) {
        return weighed.min(0.3);
    }
    let named = headline.is_some_and(|h| h.line.contains(&m.name));
    if named && m.cued == Cued::None && m.role.is_none() {
        return weighed.min(0.3);
    }
    weighed
}

/// Whether an agency and a stroke stand before the name, as in the credit of a picture: `Agency/Ann Lee`.
fn credited(page: &Page<'_>, m: &Mention) -> bool {
    let before = Span::new(page.span(m.unit).start, m.span.start).of(page.text);
    let agency = before.trim_end().strip_suffix('/').map(str::trim_end);
    let in_bracket = before.rfind('(') > before.rfind(')');
    (m.left < 30 || in_bracket)
        && agency.is_some_and(|agency| agency.ends_with(char::is_alphabetic))
}

/// Whether a paragraph of the body, other than at its very ends, names the person.
fn told_of(page: &Page<'_>, m: &Mention) -> bool {
    let body = page.body.start..page.body.end.saturating_sub(1);
    body.take(LEDE_UNITS)
        .filter(|i| *i != m.unit && page.facts[*i].words > 12)
        .any(|i| page.raw(i).contains(m.name.as_str()))
}

/// Leaves the authors of teasers and of other stories out: where the head or the sign-off names an author, one who is
/// named further below alone is not the article's.
fn nearest(page: &Page<'_>, authors: &mut Vec<Author>) {
    let end = page.body.end;
    let near = |m: &Mention| m.probability > 0.5 && m.unit <= end + 2;
    if authors.iter().any(|a| a.mentions.iter().any(near)) {
        authors.retain(|a| a.mentions.iter().any(near));
        return;
    }
    let first = |a: &Author| {
        a.mentions
            .iter()
            .filter(|m| m.probability > 0.5)
            .map(|m| m.unit)
            .min()
    };
    if let Some(top) = authors.iter().filter_map(first).min() {
        authors.retain(|a| first(a).is_some_and(|unit| unit <= top + 2));
    }
}

/// What two prints of one name have in common.
pub(super) fn key(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
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
    let first = first.max(start.saturating_sub(120));
    let last = (end + BELOW).min(page.len());
    let skip = headline.map_or(usize::MAX..usize::MAX, |h| h.first..h.last + 1);
    let mut found = Vec::new();
    for unit in first..last {
        if skip.contains(&unit) {
            continue;
        }
        let raw = page.raw(unit);
        let above = unit.checked_sub(1).and_then(|above| cue_line(page, above));
        let places: Vec<(usize, usize)> = dates
            .of(unit)
            .iter()
            .map(|f| (f.start as usize, f.end as usize))
            .collect();
        let inside = unit > start + 1 && unit + 2 < end && page.facts[unit].kind == LineKind::Body;
        if raw.len() <= LINE && !inside {
            line(page, unit, raw, 0, above, &places, &mut found);
        } else if inside && page.facts[unit].words <= CUED_WORDS {
            // A byline that the line model took for text: between a standfirst and the body, say.
            let cut = found.len();
            line(page, unit, raw, 0, None, &places, &mut found);
            let announced =
                |m: &Mention| m.cued == Cued::Line(Cue::Author) && m.left <= CUE_LETTERS;
            if !found[cut..].iter().any(announced) {
                found.truncate(cut);
            }
        } else if !inside {
            let head = super::floor_boundary(raw, EDGE);
            if unit <= start + 1 {
                line(page, unit, &raw[..head], 0, above, &[], &mut found);
            }
            if unit + 2 >= end {
                let tail = super::floor_boundary(raw, raw.len() - EDGE.min(raw.len() - head));
                line(page, unit, &raw[tail..], tail, None, &[], &mut found);
            }
        }
    }
    found
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
    let hangul = raw.chars().any(|c| ('가'..='힣').contains(&c));
    let han = raw.chars().any(|c| matches!(u32::from(c), 0x4e00..=0x9fff));
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
        // A paragraph's edge is searched for what a cue or a bracket announces, not for names in sentences.
        if raw.len() < page.span(unit).len() || raw.len() > 200 {
            let mut k = cut;
            while k < found.len() {
                let m = &found[k];
                let announced = matches!(m.cued, Cued::Line(_) | Cued::List(_))
                    && (m.left < 40 || shift > 0)
                    || m.bracket && shift > 0;
                if announced {
                    k += 1;
                } else {
                    found.remove(k);
                }
            }
        }
    }
}

/// What unit `i` says of the name on the next line, where it is nothing but a cue.
fn cue_line(page: &Page<'_>, i: usize) -> Option<Cue> {
    if page.facts[i].chars > 40 {
        return None;
    }
    let line = lower(&page.line(i));
    bylines::cue(line.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// One row for each mention.
pub(super) fn features(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
    mentions: &[Mention],
) -> Vec<[f32; FEATURES]> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let (start, end) = (page.body.start, page.body.end);
    let head_first = headline.map_or(start, |h| h.first);
    let head_last = headline.map_or(start, |h| h.last);
    let title = headline.map(|h| h.line.to_lowercase()).unwrap_or_default();
    let lede = page.body.clone().take(12).map(|i| page.raw(i));
    let lede = lower(&lede.collect::<Vec<_>>().join(" "));
    let keys: Vec<String> = mentions.iter().map(|m| key(&m.name)).collect();
    let has_date = |i: usize| !dates.of(i).is_empty();
    let flag = |on: bool| f32::from(u8::from(on));
    let ln = |n: usize| (n as f32 + 1.0).ln();
    let words = |i: usize| f32::from(page.facts[i].words.min(40));
    mentions
        .iter()
        .enumerate()
        .map(|(k, m)| {
            let facts = page.facts[m.unit];
            let raw = page.raw(m.unit);
            let lower = lower(&m.name);
            let same: Vec<usize> = (0..mentions.len())
                .filter(|o| *o != k && keys[*o] == keys[k])
                .collect();
            let author = |c: Cued| {
                matches!(
                    c,
                    Cued::Line(Cue::Author) | Cued::Above(Cue::Author) | Cued::List(Cue::Author)
                )
            };
            let letters = m.left + m.right + keys[k].chars().count();
            let mean = |range: std::ops::Range<usize>| {
                let n = range.len().max(1) as f32;
                range.map(words).sum::<f32>() / n
            };
            let next = m.unit + 1;
            let above = m.unit < head_first;
            let head = !above && m.unit < start.max(head_last + 1);
            let tail = m.unit >= end;
            let near = (m.unit.saturating_sub(4)..(m.unit + 5).min(page.len()))
                .filter(|i| has_date(*i))
                .map(|i| i.abs_diff(m.unit))
                .min();
            let photo = {
                let text = crate::document::lower(raw);
                [
                    "foto",
                    "photo",
                    "getty",
                    "©",
                    "ⓒ",
                    "사진",
                    "写真",
                    "摄",
                    "image",
                    "bild:",
                    "fot.",
                    "shutterstock",
                ]
                .iter()
                .any(|w| text.contains(w))
            };
            let role_next = next < page.len()
                && page.facts[next].words <= 5
                && bylines::is_title(&page.line(next).to_lowercase());
            [
                flag(m.cued == Cued::Line(Cue::Author)),
                flag(m.cued == Cued::Above(Cue::Author)),
                flag(matches!(
                    m.cued,
                    Cued::Line(Cue::Other) | Cued::Above(Cue::Other)
                )),
                flag(m.cue_of_language),
                flag(m.cued == Cued::List(Cue::Author)),
                flag(matches!(m.cued, Cued::List(Cue::Other) | Cued::Bare)),
                flag(m.unit_start),
                flag(m.after_date),
                flag(m.before_date),
                flag(m.separated),
                flag(has_date(m.unit)),
                keys[k].chars().count() as f32 / letters.max(1) as f32,
                ln(m.left),
                ln(m.right),
                f32::from(m.words),
                flag(m.words == 1),
                flag(m.words == 2),
                flag(m.words > 3),
                flag(m.given_first),
                flag(m.given_any),
                flag(m.surname),
                flag(m.capitals),
                flag(m.initial),
                flag(m.lower),
                flag(m.role.is_some()),
                flag(m.email.is_some()),
                flag(m.handle),
                flag(m.affiliation.is_some()),
                flag(m.place.is_some()),
                flag(m.colon),
                flag(m.spoken),
                flag(m.bracket),
                flag(m.speech),
                flag(m.form == Form::Role),
                flag(m.form == Form::Bracket),
                flag(m.form == Form::Words),
                flag(above),
                if above { ln(head_first - m.unit) } else { 0.0 },
                flag(head),
                if head {
                    ln(m.unit.saturating_sub(head_last))
                } else {
                    0.0
                },
                if m.unit < start {
                    ln(start - m.unit)
                } else {
                    0.0
                },
                flag(m.unit >= start && m.unit < end),
                flag(tail),
                if tail { ln(m.unit - end) } else { 0.0 },
                flag(facts.kind == LineKind::Body),
                flag(facts.kind.is_removed()),
                flag(facts.kind == LineKind::Caption),
                flag(facts.kind == LineKind::Related),
                flag(next < page.len() && has_date(next)),
                flag(m.unit > 0 && has_date(m.unit - 1)),
                (1.0 + mean(m.unit.saturating_sub(3)..m.unit)).ln(),
                (1.0 + mean(next.min(page.len())..(next + 3).min(page.len()))).ln(),
                f32::from(page.units.units[m.unit].blank_before.min(3)),
                ln(same.len()),
                flag(
                    same.iter()
                        .any(|o| author(mentions[*o].cued) || mentions[*o].role.is_some()),
                ),
                flag(title.contains(&lower)),
                flag(m.unit >= end || m.unit < start) * flag(lede.contains(&lower)),
                ln(mentions.len()),
                flag(photo),
                flag(k == 0),
                flag(m.surname && m.name.chars().any(|c| ('가'..='힣').contains(&c))),
                flag(m.surname && m.name.chars().any(super::page::is_dense)),
                flag(role_next),
                if m.unit >= start && m.unit < end {
                    ln(m.unit - start)
                } else {
                    0.0
                },
                near.map_or(0.0, |n| 1.0 / (1.0 + n as f32)),
                if next < page.len() {
                    (1.0 + words(next)).ln()
                } else {
                    0.0
                },
            ]
        })
        .collect()
}
