//! The headline: candidates near the first paragraph, ranked by a small learned model.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::date::Dates;
use super::page::{Page, is_dense};
use super::rank;
use crate::label::LineKind;
use crate::lexicon::bylines;
use crate::lexicon::names;
use crate::lexicon::weights::Weights;

/// Units before the first paragraph among which the headline is looked for: galleries and share bars stand between.
const BEFORE: usize = 140;
/// Units after the first paragraph: a lede that is printed over the headline.
const AFTER: usize = 12;
/// Bytes of the longest headline.
const LONGEST: usize = 600;
/// Number of features.
pub(super) const FEATURES: usize = 61;

/// The names of the features, in order.
pub(super) const NAMES: [&str; FEATURES] = [
    "distance",
    "after",
    "gap-bytes",
    "chars",
    "words",
    "tiny",
    "huge",
    "stop",
    "query",
    "colon",
    "ellipsis",
    "comma-end",
    "repeats",
    "begins-longer",
    "holds-shorter",
    "pipe",
    "dash",
    "overlap",
    "overlap-words",
    "overlap-top",
    "digit",
    "date",
    "date-only",
    "date-next",
    "byline-next",
    "byline",
    "blank-before",
    "blank-after",
    "words-before",
    "words-after",
    "words-next",
    "body",
    "caption",
    "crosshead",
    "removed",
    "quotes",
    "capitals",
    "title-case",
    "lower-first",
    "breadcrumb",
    "at-or-url",
    "bracket",
    "long-between",
    "rank-long",
    "longest-near",
    "printed-above",
    "printed-below",
    "dense",
    "first-unit",
    "first-long-overlap",
    "korean",
    "standfirst-next",
    "in-top",
    "word-before",
    "like-above",
    "like-below",
    "overlap-before",
    "overlap-next",
    "menu-words",
    "cut",
    "byline-inside",
];

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    Weights::read(include_str!("../lexicon/data/headline.weights.tsv")).unwrap_or_default()
});

/// A candidate: a unit, or a piece of one.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// First unit.
    pub(super) first: usize,
    /// Last unit.
    pub(super) last: usize,
    /// White space folded.
    pub(super) line: String,
    /// Whether it is a piece of its line.
    pub(super) cut: bool,
}

/// The headline found, and how sure that is.
#[derive(Clone, Debug)]
pub(super) struct Headline {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) line: String,
    /// 0 to 1.
    pub(super) probability: f32,
    /// Other lines that were weighed, best first.
    pub(super) alternatives: Vec<String>,
}

/// The best candidate, where one is likelier than that the page prints none.
pub(super) fn find(page: &Page<'_>, dates: &Dates) -> Option<Headline> {
    let candidates = candidates(page, dates);
    let rows = features(page, dates, &candidates);
    let probabilities = rank::softmax(&rank::scores(&WEIGHTS, &rows));
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| {
        let p = |i: usize| probabilities.get(i + 1).copied().unwrap_or_default();
        p(*b).total_cmp(&p(*a)).then(a.cmp(b))
    });
    let best = &candidates[*order.first()?];
    let none = probabilities.first().copied().unwrap_or(1.0);
    // Two prints of one headline share their probability.
    let probability = candidates
        .iter()
        .zip(probabilities.iter().skip(1))
        .filter(|(candidate, _)| candidate.line == best.line)
        .map(|(_, p)| *p)
        .sum::<f32>();
    if probability <= none {
        return None;
    }
    let mut alternatives: Vec<String> = Vec::new();
    for i in order.iter().skip(1) {
        let line = &candidates[*i].line;
        if *line != best.line && !alternatives.contains(line) {
            alternatives.push(line.clone());
        }
        if alternatives.len() == 4 {
            break;
        }
    }
    Some(Headline {
        first: best.first,
        last: best.last,
        line: best.line.clone(),
        probability,
        alternatives,
    })
}

/// What may be the headline.
pub(super) fn candidates(page: &Page<'_>, dates: &Dates) -> Vec<Candidate> {
    let start = page.body.start;
    let window = start.saturating_sub(BEFORE)..(start + AFTER).min(page.len());
    let mut found = Vec::new();
    for i in window.clone() {
        if page.facts[i].chars < 2 || page.span(i).len() > LONGEST || date_only(page, dates, i) {
            continue;
        }
        let line = page.line(i);
        let piece = piece(&line);
        found.push(Candidate {
            first: i,
            last: i,
            line,
            cut: false,
        });
        if let Some(line) = piece {
            found.push(Candidate {
                first: i,
                last: i,
                line,
                cut: true,
            });
        }
    }
    found
}

/// The headline inside a breadcrumb (`Home / News / HEADLINE`) or a browser title (`HEADLINE | Outlet`).
fn piece(line: &str) -> Option<String> {
    let words = |text: &str| text.split(' ').count();
    for separator in [" / ", " > ", " » ", " › "] {
        if line.matches(separator).count() >= 2
            && let Some((_, last)) = line.rsplit_once(separator)
            && (words(last) > 3 || last.chars().filter(|c| is_dense(*c)).count() > 8)
        {
            return Some(last.to_owned());
        }
    }
    let (title, outlet) = line
        .rsplit_once(" | ")
        .or_else(|| line.rsplit_once(" - "))?;
    (words(title) > 3 && words(outlet) <= 4).then(|| title.to_owned())
}

/// The share of the words of a line that are words of menus, offices and buttons.
pub(super) fn menu_share(line: &str) -> f32 {
    let words = line
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty())
        .take(12);
    let (mut menu, mut all) = (0.0_f32, 0.0_f32);
    for word in words {
        all += 1.0;
        menu += f32::from(u8::from(names::is_stop(&word.to_lowercase())));
    }
    if all > 0.0 { menu / all } else { 0.0 }
}

/// Whether a cue stands inside a short line, a capital after it: `Kolumne von Lena Brück`.
fn byline_inside(line: &str) -> bool {
    let mut cue = false;
    line.split(' ').take(8).any(|word| {
        let named = cue && word.starts_with(char::is_uppercase);
        cue = bylines::cue(&word.to_lowercase()) == Some(bylines::Cue::Author);
        named
    })
}

/// Whether unit `i` is a date and hardly anything else.
fn date_only(page: &Page<'_>, dates: &Dates, i: usize) -> bool {
    page.facts[i].digit && page.facts[i].chars < 60 && dates.cover(page, i) > 0.6
}

/// Facts of the units of the window that several candidates ask for.
struct Around {
    date: Vec<bool>,
    byline: Vec<bool>,
    first: usize,
}

impl Around {
    fn new(page: &Page<'_>, dates: &Dates, first: usize, last: usize) -> Self {
        let units = first..(last + 8).min(page.len());
        Self {
            date: units
                .clone()
                .map(|i| {
                    page.facts[i].digit && page.span(i).len() < 200 && dates.cover(page, i) > 0.0
                })
                .collect(),
            byline: units.map(|i| has_byline_cue(page, i)).collect(),
            first,
        }
    }

    fn next(flags: &[bool], from: usize) -> f32 {
        let n = flags.iter().skip(from + 1).take(8).position(|x| *x);
        n.map_or(0.0, |n| 1.0 / (1.0 + n as f32))
    }
}

fn has_byline_cue(page: &Page<'_>, i: usize) -> bool {
    if page.facts[i].words > 14 || page.facts[i].chars > 90 {
        return false;
    }
    let line = page.line(i).to_lowercase();
    let mut words = line.split([' ', ':', '：', '/']);
    let first = words.next().unwrap_or_default();
    if bylines::cue(first) == Some(bylines::Cue::Author) {
        return true;
    }
    line.split([' ', ',', '|'])
        .any(|word| bylines::is_title(word) || word.ends_with("기자") || word.ends_with("記者"))
}

/// One row for each candidate.
pub(super) fn features(
    page: &Page<'_>,
    dates: &Dates,
    candidates: &[Candidate],
) -> Vec<[f32; FEATURES]> {
    let (Some(head), Some(tail)) = (candidates.first(), candidates.last()) else {
        return Vec::new();
    };
    let start = page.body.start;
    let around = Around::new(page, dates, head.first, tail.last);
    let overlaps: Vec<(f32, usize)> = candidates
        .iter()
        .map(|c| page.overlap(c.first, &c.line))
        .collect();
    let top = overlaps
        .iter()
        .filter(|(_, n)| *n > 2)
        .map(|(share, _)| *share)
        .fold(0.0_f32, f32::max);
    let strong = overlaps
        .iter()
        .position(|(share, n)| *n > 2 && *share > 0.5 * top);
    let mut by_prefix: HashMap<String, Vec<usize>> = HashMap::new();
    let key = |line: &str| {
        line.chars()
            .filter(|c| c.is_alphanumeric())
            .take(10)
            .collect::<String>()
    };
    for (k, c) in candidates.iter().enumerate() {
        by_prefix.entry(key(&c.line)).or_default().push(k);
    }
    let top_lines: Vec<String> = (0..page.len().min(4)).map(|i| page.line(i)).collect();
    let words = |i: usize| f32::from(page.facts[i].words.min(40));
    let mean = |range: std::ops::Range<usize>| {
        let n = range.len().max(1) as f32;
        range.map(words).sum::<f32>() / n
    };
    // Lines of some length that are neither article text nor a date.
    let like = |range: std::ops::Range<usize>| {
        range
            .filter(|u| page.facts[*u].words > 3 && page.facts[*u].words < 30)
            .filter(|u| page.facts[*u].kind != LineKind::Body && !date_only(page, dates, *u))
            .count()
    };
    candidates
        .iter()
        .enumerate()
        .map(|(k, c)| {
            let (i, line) = (c.first, c.line.as_str());
            let facts = page.facts[i];
            let chars = line.chars().count();
            let dense = line.chars().filter(|c| is_dense(*c)).count();
            let korean = line.chars().any(|c| ('가'..='힣').contains(&c));
            let last = line.chars().next_back().unwrap_or(' ');
            let letters = line.chars().filter(|c| c.is_alphabetic()).count().max(1) as f32;
            let upper = line.chars().filter(|c| c.is_uppercase()).count() as f32;
            let initials = line
                .split(' ')
                .filter_map(|w| w.chars().next())
                .filter(|c| c.is_alphabetic());
            let (caps, all) = initials.fold((0.0_f32, 0.0_f32), |(caps, all), c| {
                (caps + f32::from(u8::from(c.is_uppercase())), all + 1.0)
            });
            let same = by_prefix.get(&key(line)).map_or(&[][..], Vec::as_slice);
            let begins =
                |long: &str, short: &str| long.len() > short.len() && long.starts_with(short);
            let begins_longer = same.iter().any(|o| begins(&candidates[*o].line, line))
                || top_lines.iter().any(|o| begins(o, line));
            let holds_shorter = same
                .iter()
                .any(|o| candidates[*o].line.len() > 8 && begins(line, &candidates[*o].line));
            let above = same.iter().any(|o| *o < k && candidates[*o].line == line)
                || top_lines
                    .iter()
                    .enumerate()
                    .any(|(n, o)| n < i && o == line);
            let below = same.iter().any(|o| *o > k && candidates[*o].line == line);
            let at = i - around.first;
            let next_unit = c.last + 1;
            let between = if next_unit < start {
                next_unit..start
            } else {
                start..start
            };
            let gap: usize = between.clone().map(|u| page.span(u).len()).sum();
            let long_between = between.clone().filter(|u| page.facts[*u].words > 7).count();
            let rank = between.filter(|u| page.facts[*u].words > 4).count();
            let near = i.saturating_sub(6)..(i + 7).min(page.len());
            let longest = near
                .filter(|u| *u != i && page.facts[*u].kind != LineKind::Body)
                .map(words)
                .fold(0.0, f32::max);
            let flag = |on: bool| f32::from(u8::from(on));
            let ln = |n: usize| (n as f32 + 1.0).ln();
            let next_words = if next_unit < page.len() {
                words(next_unit)
            } else {
                0.0
            };
            [
                if i < start { ln(start - i) } else { 0.0 },
                if i >= start { ln(i - start + 1) } else { 0.0 },
                ln(gap),
                ln(chars),
                ln(usize::from(facts.words)),
                flag(facts.words < 3),
                flag(chars > 160),
                flag(matches!(last, '.' | '。') && !line.ends_with("...")),
                flag(matches!(last, '?' | '!' | '？' | '！')),
                flag(matches!(last, ':' | '：')),
                flag(line.ends_with("...") || last == '…'),
                flag(matches!(last, ',' | ';' | '-')),
                ln(page.repeats(i).saturating_sub(1).into()),
                flag(begins_longer),
                flag(holds_shorter),
                flag(line.contains('|') || line.contains('｜') || line.contains(" :: ")),
                flag(line.contains(" - ") || line.contains(" – ") || line.contains(" — ")),
                overlaps[k].0,
                ln((overlaps[k].0 * overlaps[k].1 as f32) as usize),
                if overlaps[k].1 > 2 {
                    overlaps[k].0 - top
                } else {
                    -1.0
                },
                flag(facts.digit),
                flag(around.date[at]),
                if facts.digit {
                    dates.cover(page, i)
                } else {
                    0.0
                },
                Around::next(&around.date, at),
                Around::next(&around.byline, at),
                flag(around.byline[at]),
                f32::from(page.units.units[i].blank_before.min(3)),
                if next_unit < page.len() {
                    f32::from(page.units.units[next_unit].blank_before.min(3))
                } else {
                    0.0
                },
                (1.0 + mean(i.saturating_sub(4)..i)).ln(),
                (1.0 + mean(next_unit.min(page.len())..(next_unit + 4).min(page.len()))).ln(),
                (1.0 + next_words).ln(),
                flag(facts.kind == LineKind::Body),
                flag(facts.kind == LineKind::Caption),
                flag(facts.kind == LineKind::Crosshead || facts.kind == LineKind::Headline),
                flag(facts.kind.is_removed()),
                flag(line.contains(['"', '“', '”', '«', '„', '‘', '「'])),
                upper / letters,
                if all > 0.0 { caps / all } else { 0.0 },
                flag(line.chars().next().is_some_and(char::is_lowercase)),
                flag(
                    line.contains('>')
                        || line.contains('›')
                        || line.contains('»') && !line.contains('«')
                        || line.contains(" / "),
                ),
                flag(line.contains('@') || line.contains("http") || line.contains("www.")),
                flag(line.starts_with(['[', '【', '<', '(', '［'])),
                ln(long_between),
                ln(rank),
                (1.0 + words(i)).ln() - (1.0 + longest).ln(),
                flag(above),
                flag(below),
                dense as f32 / chars.max(1) as f32,
                flag(i == 0),
                flag(strong == Some(k)),
                flag(korean),
                flag(
                    next_unit < page.len()
                        && page.facts[next_unit].words > 10
                        && page.facts[next_unit].kind != LineKind::Body,
                ),
                flag(i < 12),
                if i > 0 {
                    (1.0 + words(i - 1)).ln()
                } else {
                    0.0
                },
                ln(like(i.saturating_sub(3)..i)),
                ln(like(
                    next_unit.min(page.len())..(next_unit + 3).min(page.len()),
                )),
                if k > 0 { overlaps[k - 1].0 } else { 0.0 },
                overlaps.get(k + 1).map_or(0.0, |o| o.0),
                menu_share(line),
                flag(c.cut),
                flag(byline_inside(line)),
            ]
        })
        .collect()
}
