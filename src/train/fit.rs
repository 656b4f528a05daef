//! Fits the passes of the line model. A later pass learns from marginals of the earlier ones that were made by models
//! which had not seen the row's publisher; to keep that honest in cross-validation too, models are fitted for
//! every set of folds that has to be left out, each once.

use std::collections::BTreeMap;

use crate::classify::columns::{Columns, Feature, View, Views, WINDOWS};
use crate::classify::context;
use crate::classify::evidence::Evidence;
use crate::classify::features::{self, Base, Reach};
use crate::classify::trees::{self, Forest};
use crate::train::boost::{self, Options, Rows};
use crate::train::corpus::{Sample, Target};
use crate::train::words;

/// How the passes are grown.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Number of passes.
    pub passes: usize,
    /// Trees in each.
    pub trees: usize,
    /// Folds.
    pub folds: usize,
}

/// A set of folds that a model must not see, one bit a fold.
type Without = u32;

/// The models fitted without a set of folds.
#[derive(Clone)]
pub(crate) struct Fitted {
    /// Weights of words.
    pub evidence: Evidence,
    /// Forests of the passes.
    pub passes: Vec<Forest>,
}

/// Fits models on demand and keeps them.
pub(crate) struct Fitter<'a> {
    samples: &'a [Sample],
    plan: Plan,
    fitted: BTreeMap<Without, Fitted>,
    log: &'a mut dyn FnMut(&str),
}

/// The features that a pass may ask for.
pub(crate) fn feature_list(with_context: bool) -> Vec<Feature> {
    let base = features::columns();
    let mut features = Vec::new();
    for (i, (_, reach)) in base.iter().enumerate() {
        views(i, *reach, &mut features);
    }
    if with_context {
        for (i, (_, reach)) in context::CONTEXT.iter().enumerate() {
            views(base.len() + i, *reach, &mut features);
        }
    }
    features
}

fn views(column: usize, reach: Reach, features: &mut Vec<Feature>) {
    let column = column as u8;
    let near: &[i8] = match reach {
        Reach::Own => &[0],
        Reach::Near => &[0, -1, 1, -2, 2],
        Reach::Wide => &[0, -1, 1, -2, 2, -3, 3, -4, 4],
    };
    features.extend(near.iter().map(|shift| Feature {
        column,
        view: View::Neighbour(*shift),
    }));
    if reach == Reach::Wide {
        for window in WINDOWS {
            features.push(Feature {
                column,
                view: View::Above(window),
            });
            features.push(Feature {
                column,
                view: View::Below(window),
            });
        }
    }
}

impl<'a> Fitter<'a> {
    pub(crate) fn new(samples: &'a [Sample], plan: Plan, log: &'a mut dyn FnMut(&str)) -> Self {
        Self {
            samples,
            plan,
            fitted: BTreeMap::new(),
            log,
        }
    }

    /// The models without the folds of `without`, with at least `passes` passes.
    pub(crate) fn fit(&mut self, without: Without, passes: usize) -> Fitted {
        if let Some(found) = self
            .fitted
            .get(&without)
            .filter(|found| found.passes.len() >= passes)
        {
            return found.clone();
        }
        // The rows' own evidence and marginals come from models that left their fold out as well.
        let inner: BTreeMap<usize, Fitted> = (0..self.plan.folds)
            .filter(|fold| passes > 0 && without & 1 << fold == 0)
            .map(|fold| (fold, self.fit_lower(without | 1 << fold, passes)))
            .collect();
        let mut fitted = self
            .fitted
            .get(&without)
            .cloned()
            .unwrap_or_else(|| Fitted {
                evidence: self.learn_words(without),
                passes: Vec::new(),
            });
        while fitted.passes.len() < passes {
            let pass = fitted.passes.len();
            let forest = self.grow(without, pass, &inner);
            (self.log)(&format!(
                "pass {} without folds {without:05b}: {} trees",
                pass + 1,
                forest.trees.len()
            ));
            fitted.passes.push(forest);
        }
        self.fitted.insert(without, fitted.clone());
        fitted
    }

    fn fit_lower(&mut self, without: Without, passes: usize) -> Fitted {
        if passes > 0 {
            self.fit(without, passes - 1)
        } else {
            self.fit(without, 0)
        }
    }

    fn learn_words(&self, without: Without) -> Evidence {
        let examples: Vec<words::Example<'_>> = self
            .samples
            .iter()
            .filter(|sample| without & 1 << sample.fold == 0 && sample.rendering == 0)
            .flat_map(|sample| {
                sample
                    .rows()
                    .enumerate()
                    .map(move |(row, i)| words::Example {
                        words: sample.page.words.of(row),
                        target: sample.targets[i].is_body(),
                        weight: sample.weights[i],
                    })
            })
            .collect();
        words::learn(&examples)
    }

    fn grow(&self, without: Without, pass: usize, inner: &BTreeMap<usize, Fitted>) -> Forest {
        let used: Vec<&Sample> = self
            .samples
            .iter()
            .filter(|sample| without & 1 << sample.fold == 0)
            .collect();
        let list = feature_list(pass > 0);
        let table = Table::new(&used, &list, |sample| {
            complete(sample, &inner[&sample.fold], pass)
        });
        let targets: Vec<bool> = used
            .iter()
            .flat_map(|sample| sample.rows().map(|i| sample.targets[i].is_body()))
            .collect();
        let weights: Vec<f32> = used
            .iter()
            .flat_map(|sample| sample.rows().map(|i| sample.weights[i]))
            .collect();
        let rows = Rows {
            columns: &table.columns,
            targets: &targets,
            weights: &weights,
            pages: &table.pages,
        };
        boost::grow(&rows, &list, options(self.plan.trees), 17 + pass as u64)
    }

    /// Grows a forest that tells `target` among the rows that `weigh` gives a weight, on the marginals of all passes.
    pub(crate) fn grow_kind(
        &mut self,
        without: Without,
        trees: usize,
        target: fn(Target) -> bool,
        weigh: fn(&Sample, usize, u8) -> f32,
    ) -> Forest {
        let passes = self.plan.passes;
        let inner: BTreeMap<usize, Fitted> = (0..self.plan.folds)
            .filter(|fold| without & 1 << fold == 0)
            .map(|fold| (fold, self.fit_lower(without | 1 << fold, passes)))
            .collect();
        let used: Vec<&Sample> = self
            .samples
            .iter()
            .filter(|sample| without & 1 << sample.fold == 0)
            .collect();
        let list = feature_list(true);
        let marginal = features::count();
        let mut weights: Vec<f32> = Vec::new();
        // Inner models have one pass fewer than the shipped ones: their last marginals stand for the last pass's.
        let table = Table::new(&used, &list, |sample| {
            let columns = complete(sample, &inner[&sample.fold], passes.max(2) - 1);
            let body = columns.of(marginal).iter().zip(sample.rows());
            weights.extend(body.map(|(p, i)| weigh(sample, i, *p)));
            columns
        });
        let targets: Vec<bool> = used
            .iter()
            .flat_map(|sample| sample.rows().map(|i| target(sample.targets[i])))
            .collect();
        let rows = Rows {
            columns: &table.columns,
            targets: &targets,
            weights: &weights,
            pages: &table.pages,
        };
        boost::grow(&rows, &list, options(trees), 91)
    }
}

/// The options of every forest of the line model.
pub(crate) fn options(trees: usize) -> Options {
    Options {
        trees,
        rate: 0.08,
        features: 0.2,
        pages: 0.35,
        rows: 0.4,
        ridge: 3.0,
    }
}

/// The columns of a sample as pass `pass` sees them: evidence, and context from the passes before.
fn complete(sample: &Sample, fitted: &Fitted, pass: usize) -> Columns {
    let mut columns = sample.page.columns.clone();
    let evidence = columns.of_mut(Base::Evidence as usize);
    for (i, weight) in evidence.iter_mut().enumerate() {
        *weight = fitted.evidence.of(sample.page.words.of(i));
    }
    for forest in fitted.passes.iter().take(pass) {
        let marginals: Vec<u8> = forest
            .scores(&mut Views::new(&mut columns))
            .into_iter()
            .map(trees::probability)
            .collect();
        context::extend(&sample.page, &marginals, &mut columns);
    }
    columns
}

/// Features of many samples, column by column.
struct Table {
    columns: Vec<Vec<u8>>,
    /// One number a sample: renderings of one page count as pages of their own when trees draw pages.
    pages: Vec<u32>,
}

impl Table {
    fn new(
        samples: &[&Sample],
        list: &[Feature],
        mut complete: impl FnMut(&Sample) -> Columns,
    ) -> Self {
        let rows = samples.iter().map(|sample| sample.page.rows.len()).sum();
        let mut columns: Vec<Vec<u8>> = list.iter().map(|_| Vec::with_capacity(rows)).collect();
        let mut pages = Vec::with_capacity(rows);
        for (number, sample) in samples.iter().enumerate() {
            let mut all = complete(sample);
            let mut views = Views::new(&mut all);
            views.prepare(list);
            for (feature, column) in list.iter().zip(&mut columns) {
                column.extend_from_slice(&views.of(*feature)[..views.rows()]);
            }
            pages.resize(pages.len() + sample.page.rows.len(), number as u32);
        }
        Self { columns, pages }
    }
}
