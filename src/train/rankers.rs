//! The rankers of the metadata stage, trained on the candidates of gold pages, that of outlets on those of annotated ones
//! too. The line model that labels a page, and the headline ranker from whose headline its dates and names are seen, have
//! not seen the page's publisher.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::classify::model::Model;
use crate::document::Units;
use crate::label::Labels;
use crate::lexicon::rankers::Ranker;
use crate::lexicon::spelling::Spelling;
use crate::metadata::Rankers;
use crate::metadata::training::{self, Row};
use crate::train::corpus::{comparable, fold_of};
use crate::train::gold::{GoldPage, RENDERINGS};
use crate::train::outlets::is_outlet;
use crate::train::rank::{self, Contest, Group};
use crate::train::spelling;
use crate::{classify, layout};

/// Trees of the ranker of headlines.
const HEADLINE_TREES: usize = 220;
/// Trees of the ranker of dates.
const DATE_TREES: usize = 150;
/// Trees of the ranker of authors.
const AUTHOR_TREES: usize = 200;
/// Trees of the one that looks again.
const AGAIN_TREES: usize = 120;

/// Trees of the ranker of outlets.
const OUTLET_TREES: usize = 220;

/// Features of lines that announce an author, whatever the gold says.
const ANNOUNCED: [&str; 4] = ["cue", "cue-above", "listed", "role"];
/// Features of what looks like the name of a person.
const PERSONAL: [&str; 3] = ["given-first", "family", "surname"];
/// The feature of what the page uses as words of the language.
const COMMON: &str = "common";

/// A page in one rendering, and its candidates.
struct Sample {
    fold: usize,
    gold: usize,
    text: String,
    units: Units,
    labels: Labels,
    headline: Option<Group>,
    date: Option<Group>,
    author: Option<Group>,
    author_again: Option<Group>,
    outlet: Option<Group>,
}

/// Rankers that have not seen one fold each, and rankers that have seen all.
pub(crate) struct Fitted {
    /// The rankers without fold `k` at index `k`.
    pub folds: Vec<Arc<Rankers>>,
    /// Those trained on every page.
    pub all: Rankers,
}

/// Trains on the pages under `dir`; `models` are the line models, each without the fold of its index.
pub(crate) fn fit(gold: &[GoldPage], dir: &Path, models: &[Arc<Model>]) -> Fitted {
    let folds = models.len();
    let mut samples = samples(gold, dir, models);
    for sample in met(gold, &mut samples) {
        let rows = training::rows(&sample.text, &sample.units, &sample.labels, None);
        sample.headline = headlines(&gold[sample.gold], rows.headline);
    }
    let [names, dates, authors, again, outlets] = training::names();
    let headline = |without: Option<usize>| {
        let groups = pick(&samples, without, |sample| sample.headline.as_ref());
        rank::grow(&groups, names, Contest::One, HEADLINE_TREES)
    };
    // Each without one fold, and one of all at the end; what follows sees a page through those without its fold.
    let without = || (0..folds).map(Some).chain([None]);
    let headlines: Vec<Ranker> = without().map(headline).collect();
    let spellings: Vec<Spelling> = without()
        .map(|without| spelling(gold, &samples, without))
        .collect();
    for sample in met(gold, &mut samples) {
        let rankers = Rankers {
            headline: headlines[sample.fold].clone(),
            spelling: spellings[sample.fold].clone(),
            ..Rankers::default()
        };
        let rows = training::rows(&sample.text, &sample.units, &sample.labels, Some(&rankers));
        let page = &gold[sample.gold];
        sample.date = days(page, rows.date);
        sample.author = names_of(page, rows.author.clone(), &rows.author);
    }
    let mut rankers: Vec<Rankers> = without()
        .zip(headlines)
        .zip(spellings)
        .map(|((without, headline), spelling)| Rankers {
            headline,
            spelling,
            date: {
                let groups = pick(&samples, without, |sample| sample.date.as_ref());
                rank::grow(&groups, dates, Contest::One, DATE_TREES)
            },
            author: {
                let groups = pick(&samples, without, |sample| sample.author.as_ref());
                rank::grow(&groups, authors, Contest::Each, AUTHOR_TREES)
            },
            ..Rankers::default()
        })
        .collect();
    for sample in met(gold, &mut samples) {
        let seen = Some(&rankers[sample.fold]);
        let rows = training::rows(&sample.text, &sample.units, &sample.labels, seen);
        sample.author_again = names_of(&gold[sample.gold], rows.author_again, &rows.author);
    }
    for (without, rankers) in without().zip(&mut rankers) {
        let groups = pick(&samples, without, |sample| sample.author_again.as_ref());
        rankers.author_again = rank::grow(&groups, again, Contest::Each, AGAIN_TREES);
    }
    for sample in &mut samples {
        let page = &gold[sample.gold];
        if page.publisher.is_some() {
            let seen = &rankers[sample.fold];
            let rows = training::outlets(&sample.text, &sample.units, &sample.labels, seen);
            sample.outlet = Some(group(rows, |name| is_outlet(page, name)));
        }
    }
    for (without, rankers) in without().zip(&mut rankers) {
        let groups = pick(&samples, without, |sample| sample.outlet.as_ref());
        rankers.outlet = rank::grow(&groups, outlets, Contest::One, OUTLET_TREES);
    }
    let all = rankers.pop().unwrap_or_default();
    Fitted {
        folds: rankers.into_iter().map(Arc::new).collect(),
        all,
    }
}

/// The samples of pages that were met.
fn met<'a>(gold: &[GoldPage], samples: &'a mut [Sample]) -> impl Iterator<Item = &'a mut Sample> {
    samples
        .iter_mut()
        .filter(|sample| gold[sample.gold].is_met())
}

/// How names are spelt, as against the words of the pages that are not of fold `without`.
fn spelling(gold: &[GoldPage], samples: &[Sample], without: Option<usize>) -> Spelling {
    let seen = |sample: &&Sample| without != Some(sample.fold) && gold[sample.gold].is_met();
    let texts = samples
        .iter()
        .filter(seen)
        .map(|sample| sample.text.as_str());
    spelling::learn(texts)
}

fn pick(
    samples: &[Sample],
    without: Option<usize>,
    group: impl Fn(&Sample) -> Option<&Group>,
) -> Vec<&Group> {
    samples
        .iter()
        .filter(|sample| without != Some(sample.fold))
        .filter_map(group)
        .filter(|group| !group.rows.is_empty())
        .collect()
}

fn samples(gold: &[GoldPage], dir: &Path, models: &[Arc<Model>]) -> Vec<Sample> {
    let mut samples = Vec::new();
    for (g, page) in gold.iter().enumerate() {
        let fold = fold_of(page, models.len());
        for name in RENDERINGS {
            let Some(text) = page.text(name, dir) else {
                continue;
            };
            let units = layout::units(&text);
            let labels = classify::classify(&text, &units, &models[fold]);
            samples.push(Sample {
                fold,
                gold: g,
                text,
                units,
                labels,
                headline: None,
                date: None,
                author: None,
                author_again: None,
                outlet: None,
            });
        }
    }
    samples
}

fn group(rows: Vec<Row>, right: impl Fn(&str) -> bool) -> Group {
    Group {
        right: rows.iter().map(|(value, _)| right(value)).collect(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

/// Pages on which no candidate is the gold's headline teach only where the gold says that there is none.
fn headlines(page: &GoldPage, rows: Vec<Row>) -> Option<Group> {
    let wanted = page.title.as_deref().map(comparable);
    let group = group(rows, |line| {
        wanted
            .as_ref()
            .is_some_and(|wanted| comparable(line) == *wanted)
    });
    let known = group.right.contains(&true) || wanted.is_none() && page.is_read();
    known.then_some(group)
}

fn days(page: &GoldPage, rows: Vec<Row>) -> Option<Group> {
    let days = page.days();
    let known = !days.is_empty() || page.is_read();
    known.then(|| group(rows, |day| days.contains(&day)))
}

/// Names that the gold lists but that are outlets, or that the page does not show, teach nothing. Where the gold knows of no
/// author there may be one all the same: there, what no cue announces and what does not look like a person teaches that
/// it is none, and the rest nothing. `looks` are the first look's rows of the same names.
fn names_of(page: &GoldPage, rows: Vec<Row>, looks: &[Row]) -> Option<Group> {
    let keys =
        |names: &[String]| -> BTreeSet<String> { names.iter().map(|n| comparable(n)).collect() };
    let gold = keys(&page.visible.authors);
    let listed = keys(&page.authors);
    let organisations = keys(&page.authors_org);
    let open = gold.is_empty() && !page.is_read();
    let [_, _, names, ..] = training::names();
    let any = |look: &[f32], asked: &[&str]| {
        let mut values = names.iter().zip(look);
        values.any(|(name, value)| asked.contains(name) && *value > 0.0)
    };
    let may_be =
        |look: &[f32]| any(look, &ANNOUNCED) || any(look, &PERSONAL) && !any(look, &[COMMON]);
    let rows = rows
        .into_iter()
        .zip(looks)
        .filter(|((name, _), (_, look))| {
            let key = comparable(name);
            let known =
                gold.contains(&key) || !listed.contains(&key) && !organisations.contains(&key);
            known && !(open && may_be(look))
        })
        .map(|(row, _)| row)
        .collect();
    Some(group(rows, |name| gold.contains(&comparable(name))))
}
