//! The headline: candidates near the first paragraph, ranked by boosted trees.

mod candidates;
mod echoes;
mod features;
mod settle;

use rustc_hash::FxHashMap;

use super::date::Dates;
use super::page::Page;
use super::rank;
use crate::lexicon::rankers::Ranker;
use candidates::Candidate;
pub(super) use candidates::{candidates, menu_share};
pub(super) use features::{NAMES, features};
use settle::{is_other, settled, unglued};

/// Candidates that are weighed: the likeliest by the line model, among which nearly all headlines of the corpus are.
const WEIGHED: usize = 40;

/// Log-odds below which the line model did not judge a line at all, and those by which such a line is chosen to be weighed:
/// headlines that are printed in menus, in breadcrumbs and above comments as well look to it like labels of the page.
const UNJUDGED: f32 = -19.0;
const REFRAIN: f32 = -4.0;

/// Words or characters of the shortest line whose prints speak for each other.
const WORDS: usize = 3;
const LETTERS: usize = 15;

/// How likely it must be that the page prints no headline at all for none to be given.
const ABSENT: f32 = 0.5;

/// By how much the ranker is surer than right, in logits, alike from .5 to .99: measured by `copydesk eval` on publishers
/// that it had not seen.
const OVERSURE: f32 = 0.45;

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

/// The best candidate, where it is likelier than not that the page prints one.
pub(super) fn find(page: &Page<'_>, dates: &Dates, ranker: &Ranker) -> Option<Headline> {
    let candidates = candidates(page, dates);
    let odds = |c: &Candidate<'_>| {
        let odds = page.facts[c.first].odds.max(page.facts[c.last].odds);
        if odds < UNJUDGED { REFRAIN } else { odds }
    };
    let mut likeliest: Vec<f32> = candidates.iter().map(odds).collect();
    likeliest.sort_unstable_by(|a, b| b.total_cmp(a));
    let least = likeliest.get(WEIGHED).copied().unwrap_or(f32::MIN);
    let weighed = |c: &Candidate<'_>| odds(c) >= least;
    let asked = |feature| ranker.asks(feature);
    let rows = features(page, dates, &candidates, weighed, asked);
    let mut scored = ranker.scores(&rows).into_iter();
    let scores = candidates.iter().map(|c| {
        let score = if weighed(c) { scored.next() } else { None };
        score.unwrap_or(f32::MIN)
    });
    let probabilities = rank::softmax(&std::iter::once(0.0).chain(scores).collect::<Vec<_>>());
    let none = probabilities.first().copied().unwrap_or(1.0);
    let probabilities = probabilities.get(1..).unwrap_or_default();
    let (mut order, shared) = ordered(&candidates, probabilities);
    let is_other = |i: &usize| is_other(page, dates, &candidates[*i]);
    let others = order.iter().take_while(|i| is_other(i)).count();
    order.drain(..others);
    let best = settled(page, dates, &candidates, &order, |i| probabilities[i])?;
    let best = &candidates[best];
    if none > ABSENT {
        return None;
    }
    let mut alternatives: Vec<String> = Vec::new();
    for i in &order {
        let line = &candidates[*i].line;
        if *line != best.line && !alternatives.iter().any(|other| other == line) {
            alternatives.push(line.clone().into_owned());
        }
        if alternatives.len() == 4 {
            break;
        }
    }
    Some(Headline {
        first: best.first,
        last: best.last,
        line: unglued(page, best.first, &best.line).to_owned(),
        probability: calibrated(shared[&*best.line]),
        alternatives,
    })
}

/// The candidates that are likely at all, likeliest first, and how likely each line is: prints of one headline share their
/// probability. A word or two that are printed again are more often a section of the site.
fn ordered<'a>(
    candidates: &'a [Candidate<'_>],
    probabilities: &[f32],
) -> (Vec<usize>, FxHashMap<&'a str, f32>) {
    let likely = (0..candidates.len()).filter(|i| probabilities[*i] > 0.0);
    let mut shared: FxHashMap<&str, f32> = FxHashMap::default();
    for i in likely.clone() {
        let line = &*candidates[i].line;
        let share = shared.entry(line).or_default();
        *share = if says_something(line) {
            *share + probabilities[i]
        } else {
            share.max(probabilities[i])
        };
    }
    let mut order: Vec<(f32, f32, usize)> = likely
        .map(|i| (shared[&*candidates[i].line], probabilities[i], i))
        .collect();
    order.sort_by(|a, b| {
        let line = b.0.total_cmp(&a.0);
        line.then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2))
    });
    (order.into_iter().map(|(.., i)| i).collect(), shared)
}

/// Whether a line is longer than most names of sections.
fn says_something(line: &str) -> bool {
    line.split(' ').count() >= WORDS || line.chars().count() >= LETTERS
}

/// What a probability means: of the headlines that were as sure, out of fold, so many were right.
fn calibrated(probability: f32) -> f32 {
    let odds = probability / (1.0 - probability).max(f32::EPSILON);
    let odds = odds * (-OVERSURE).exp();
    odds / (1.0 + odds)
}
