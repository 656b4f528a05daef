//! What the first look sees of a name: how its line announces it, where it stands, and how the page prints it elsewhere.

use std::ops::Range;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::{Cued, Form, Mention};
use crate::document::{Holds, Span, is_alphanumeric, key, lower};
use crate::label::LineKind;
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::name_parts::is_speech;
use crate::lexicon::names;
use crate::lexicon::spelling::Spelling;
use crate::metadata::date::Dates;
use crate::metadata::headline::Headline;
use crate::metadata::page::Page;
use crate::metadata::rank::{flag, ln};

/// Prints of a name that are looked at.
const PRINTS: usize = 32;
/// Names whose prints are looked up, each through the whole page.
const NAMED: usize = 256;
/// Bytes before a print in which a cue is looked for.
const CUE_REACH: usize = 28;
/// Bytes of the longest line that tells who owns the page.
const NOTICE: usize = 200;
/// Units at the head of the page that may name who it belongs to.
const MASTHEAD: usize = 6;

/// Bytes of the shortest word of a name that is looked for in lower case, and of the text it is looked for in.
const COMMON: usize = 3;
const COMMON_TEXT: usize = 1 << 18;
/// Characters beside a name among which a digit is looked for.
const NEAR: usize = 16;
/// Words of a line of some length, and the units behind the body among which they are counted.
const LONG: u16 = 8;
const AFTER: usize = 64;

/// Number of features.
pub(in crate::metadata) const FEATURES: usize = 90;

/// The names of the features, in order.
pub(in crate::metadata) const NAMES: [&str; FEATURES] = [
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
    "form-alone",
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
    "unit-names",
    "printed",
    "printed-cued",
    "printed-said",
    "printed-alone",
    "owner",
    "masthead",
    "first-print",
    "family",
    "cue-letters",
    "cue-opens",
    "digit-before",
    "digit-after",
    "text",
    "text-before",
    "text-next",
    "stop",
    "long-after",
    "cued-before",
    "common",
    "spelt-least",
    "spelt-most",
    "spelt-mean",
];

/// How the page prints a name, wherever it does.
#[derive(Clone, Copy, Debug, Default)]
struct Prints {
    /// How often, up to [`PRINTS`].
    count: usize,
    /// How often behind a cue.
    cued: usize,
    /// How often before a word of speech or a colon, as commenters are.
    said: usize,
    /// How often on a line of its own.
    alone: usize,
    /// Whether a copyright notice names it.
    owner: bool,
    /// Whether the head of the page does.
    masthead: bool,
    /// Where the first print is, as a share of the units, 0 to 1.
    first: f32,
    /// The share of its words that the page prints in lower case as well, 0 to 1: words of the language, no names.
    common: f32,
}

impl Prints {
    fn of(page: &Page<'_>, name: &str) -> Self {
        let text = page.text;
        let mut prints = Self::default();
        let head = page
            .units
            .units
            .get(MASTHEAD.min(page.len().max(1)) - 1)
            .map_or(0, |unit| unit.span.end);
        for at in memmem::find_iter(text.as_bytes(), name.as_bytes()).take(PRINTS) {
            let end = at + name.len();
            if prints.count == 0 {
                // In units: line ends of two bytes move nothing.
                let unit = page
                    .units
                    .units
                    .partition_point(|unit| unit.span.end as usize <= at);
                prints.first = unit as f32 / page.len() as f32;
            }
            prints.count += 1;
            let before = &text[text.floor_char_boundary(at.saturating_sub(CUE_REACH))..at];
            let behind = &text[end..text.floor_char_boundary(end + CUE_REACH)];
            prints.cued += usize::from(ends_in_cue(before));
            let word = behind
                .split(|c: char| !is_alphanumeric(c))
                .find(|w| !w.is_empty());
            let spoken = behind.trim_start().starts_with([':', '：'])
                || word.is_some_and(|w| is_speech(&lower(w)));
            prints.said += usize::from(spoken);
            let opens = before.is_empty() || before.trim_end_matches([' ', '\t']).ends_with('\n');
            let closes = behind.is_empty()
                || behind
                    .trim_start_matches([' ', '\t', '\r'])
                    .starts_with('\n');
            prints.alone += usize::from(opens && closes);
            prints.masthead |= (at as u32) < head;
            if !prints.owner {
                let from = text.floor_char_boundary(at.saturating_sub(NOTICE));
                let line = text[from..at].rsplit('\n').next().unwrap_or_default();
                prints.owner = ["©", "ⓒ", "(c)", "(C)", "opyright"]
                    .iter()
                    .any(|mark| line.contains(mark));
            }
        }
        let words = name.split([' ', '-']).filter(|w| w.len() >= COMMON);
        let (common, all) = words.fold((0_u8, 0_u8), |(common, all), word| {
            (
                common.saturating_add(u8::from(is_common(text, word))),
                all.saturating_add(1),
            )
        });
        prints.common = f32::from(common) / f32::from(all.max(1));
        prints
    }
}

/// Whether `text` has a word that begins with a capital in lower case.
fn is_common(text: &str, word: &str) -> bool {
    let lower = lower(word);
    if *lower == *word {
        return false;
    }
    let text = &text[..text.floor_char_boundary(COMMON_TEXT)];
    let whole = |at: &usize| {
        let inside = |c: Option<char>| c.is_some_and(is_alphanumeric);
        !inside(text[..*at].chars().next_back()) && !inside(text[at + lower.len()..].chars().next())
    };
    memmem::find_iter(text.as_bytes(), lower.as_bytes())
        .take(PRINTS)
        .any(|at| whole(&at))
}

/// Whether the one or two words that end `text` are the cue of an author.
fn ends_in_cue(text: &str) -> bool {
    let trimmed = text.trim_end_matches([' ', ':', '：', '\t']);
    let line = trimmed.rsplit('\n').next().unwrap_or_default();
    let mut words = line.rsplit(' ');
    let (Some(last), before) = (words.next(), words.next()) else {
        return false;
    };
    let author = |phrase: &str| bylines::cue(&lower(phrase)) == Some(Cue::Author);
    !last.is_empty()
        && (author(last) || before.is_some_and(|before| author(&format!("{before} {last}"))))
}

/// Whether a digit stands among the next characters.
fn digit(mut chars: impl Iterator<Item = char>) -> bool {
    chars.by_ref().take(NEAR).any(char::is_numeric)
}

pub(super) fn letters(raw: &str) -> usize {
    raw.chars().filter(|c| is_alphanumeric(*c)).count()
}

/// One row for each mention.
pub(in crate::metadata) fn features(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
    mentions: &[Mention],
    spelling: &Spelling,
) -> Vec<[f32; FEATURES]> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let (start, end) = (page.body.start, page.body.end);
    let head_first = headline.map_or(start, |h| h.first);
    let head_last = headline.map_or(start, |h| h.last);
    let title = headline.map(|h| h.line.to_lowercase()).unwrap_or_default();
    let lede = page.body.clone().take(12).map(|i| page.raw(i));
    let lede = lede.collect::<Vec<_>>().join(" ");
    let lede = lower(&lede);
    let keys: Vec<String> = mentions.iter().map(|m| key(&m.name)).collect();
    let author = |c: Cued| {
        matches!(
            c,
            Cued::Line(Cue::Author) | Cued::Above(Cue::Author) | Cued::List(Cue::Author)
        )
    };
    let tells = |m: &Mention| author(m.cued) || m.role.is_some();
    // How often each name is printed, and how often so that it tells an author.
    let mut by_key: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for (m, key) in mentions.iter().zip(&keys) {
        let (named, told) = by_key.entry(key).or_default();
        *named += 1;
        *told += usize::from(tells(m));
    }
    let mut in_unit: FxHashMap<usize, usize> = FxHashMap::default();
    for (m, key) in mentions.iter().zip(&keys) {
        *in_unit.entry(m.unit).or_default() += key.chars().count();
    }
    // For each unit behind the body, the lines of some length that stand between.
    let long_after: Vec<usize> = (end..page.len().min(end + AFTER))
        .scan(0, |sum, i| {
            let before = *sum;
            *sum += usize::from(page.facts[i].words > LONG);
            Some(before)
        })
        .collect();
    let cued_before: Vec<usize> = mentions
        .iter()
        .scan(0, |sum, m| {
            let before = *sum;
            *sum += usize::from(m.cued == Cued::Line(Cue::Author));
            Some(before)
        })
        .collect();
    let mut prints: FxHashMap<&str, Prints> = FxHashMap::default();
    let has_date = |i: usize| !dates.of(i).is_empty();
    let words = |i: usize| f32::from(page.facts[i].words.min(40));
    mentions
        .iter()
        .enumerate()
        .map(|(k, m)| {
            let facts = page.facts[m.unit];
            let raw = page.raw(m.unit);
            let lower_name = lower(&m.name);
            let spelt = spelling.of(&m.name);
            let (named, told) = by_key.get(keys[k].as_str()).copied().unwrap_or_default();
            let unit_names = in_unit.get(&m.unit).copied().unwrap_or_default();
            let looked_up = prints.len();
            let prints = *prints.entry(keys[k].as_str()).or_insert_with(|| {
                if looked_up < NAMED {
                    Prints::of(page, m.span.of(page.text))
                } else {
                    Prints::default()
                }
            });
            let all_letters = m.left + m.right + keys[k].chars().count();
            let mean = |range: Range<usize>| {
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
                let text = lower(raw);
                let text = Holds::new(&text);
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
                .any(|w| text.part(w))
            };
            let span = page.span(m.unit);
            let before = Span::new(span.start, m.span.start).of(page.text);
            let behind = Span::new(m.span.end, span.end).of(page.text);
            let cue = m.cue_letters(page);
            let role_next = next < page.len()
                && page.facts[next].words <= 5
                && bylines::is_title(&lower(&page.line(next)));
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
                keys[k].chars().count() as f32 / all_letters.max(1) as f32,
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
                flag(m.form == Form::Alone),
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
                if tail {
                    ln(m.unit.saturating_sub(page.foot))
                } else {
                    0.0
                },
                flag(facts.kind == LineKind::Body),
                flag(facts.kind.is_removed()),
                flag(facts.kind == LineKind::Caption),
                flag(facts.kind == LineKind::Related),
                flag(next < page.len() && has_date(next)),
                flag(m.unit > 0 && has_date(m.unit - 1)),
                (1.0 + mean(m.unit.saturating_sub(3)..m.unit)).ln(),
                (1.0 + mean(next.min(page.len())..(next + 3).min(page.len()))).ln(),
                f32::from(page.units.units[m.unit].blank_before.min(3)),
                ln(named.saturating_sub(1)),
                flag(told > usize::from(tells(m))),
                flag(title.contains(&*lower_name)),
                flag((m.unit >= end || m.unit < start) && lede.contains(&*lower_name)),
                ln(mentions.len()),
                flag(photo),
                flag(k == 0),
                flag(m.surname && m.name.chars().any(|c| ('가'..='힣').contains(&c))),
                flag(m.surname && m.name.chars().any(crate::metadata::page::is_dense)),
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
                (unit_names as f32 / letters(raw).max(1) as f32).min(1.0),
                ln(prints.count),
                prints.cued as f32 / prints.count.max(1) as f32,
                prints.said as f32 / prints.count.max(1) as f32,
                prints.alone as f32 / prints.count.max(1) as f32,
                flag(prints.owner),
                flag(prints.masthead),
                prints.first,
                flag(
                    lower_name
                        .split([' ', '-'])
                        .next_back()
                        .is_some_and(names::is_family),
                ),
                ln(cue),
                flag(cue > 0 && cue == m.left),
                flag(digit(before.chars().rev())),
                flag(digit(behind.chars())),
                facts.text,
                m.unit.checked_sub(1).map_or(0.0, |i| page.facts[i].text),
                page.facts.get(next).map_or(0.0, |facts| facts.text),
                flag(raw.trim_end().ends_with(['.', '。', '!', '?'])),
                m.unit.checked_sub(end).map_or(0.0, |n| {
                    let lines = long_after.get(n).or(long_after.last());
                    ln(lines.copied().unwrap_or_default())
                }),
                ln(cued_before[k]),
                prints.common,
                spelt.least,
                spelt.most,
                spelt.mean,
            ]
        })
        .collect()
}
