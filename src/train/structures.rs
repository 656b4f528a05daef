//! The rankers of the segmenting stage, trained on gold pages whose blocks are known. Pages are judged by line models and
//! rankers that have not seen their publisher.

use std::path::Path;
use std::sync::Arc;

use crate::classify::model::Model;
use crate::config::Config;
use crate::document::{Document, Units};
use crate::label::Labels;
use crate::lexicon::rankers::Ranker;
use crate::metadata::Rankers;
use crate::pipeline::Cleaner;
use crate::segment::headings::features;
use crate::segment::seams::{Seams, features as seam_features};
use crate::segment::strays as stray;
use crate::segment::{Weights, near_body};
use crate::train::corpus::fold_of;
use crate::train::gold::{GoldPage, RENDERINGS};
use crate::train::rank::{self, Contest, Group};
use crate::train::score::visible;
use crate::train::{seams, strays};

/// Trees of the ranker of sub-headings.
const HEADING_TREES: usize = 160;
/// Trees of the ranker of seams.
const SEAM_TREES: usize = 200;

/// Trees of the ranker of strays.
const STRAY_TREES: usize = 130;

/// Sets that give sub-headings among their paragraphs.
const UNTOLD: &str = "fundus-eval";
/// A set whose pages may have sub-headings although the gold has none.
const UNSURE: &str = "readability";

/// A page in one rendering, as the stage gets it, and what is learned from it.
struct Sample {
    fold: usize,
    gold: usize,
    document: Document,
    units: Units,
    labels: Labels,
    seams: Group,
    headings: Option<Group>,
    strays: Group,
}

/// Weights that have not seen one fold each, and weights that have seen all.
pub(crate) struct Fitted {
    /// The weights without fold `k` at index `k`.
    pub folds: Vec<Arc<Weights>>,
    /// Those trained on every page.
    pub all: Weights,
}

/// Trains on the pages under `dir`; `models` and `rankers` are each without the fold of their index.
pub(crate) fn fit(
    gold: &[GoldPage],
    dir: &Path,
    models: &[Arc<Model>],
    rankers: &[Arc<Rankers>],
) -> Fitted {
    let mut samples = Vec::new();
    for (number, page) in gold.iter().enumerate() {
        if page.blocks.is_none() || !page.is_met() {
            continue;
        }
        let fold = fold_of(page, models.len());
        let cleaner = Cleaner::with_model(Config::default(), models[fold].clone())
            .rankers(rankers[fold].clone());
        for name in RENDERINGS {
            let Some(text) = page.text(name, dir) else {
                continue;
            };
            let document = Document {
                text,
                ..Document::default()
            };
            let (units, labels, _) = cleaner.judge(&document);
            samples.push(Sample {
                fold,
                gold: number,
                seams: seams::group(page, &document.text, &units, &labels),
                document,
                units,
                labels,
                headings: None,
                strays: Group::default(),
            });
        }
    }
    let without = || (0..models.len()).map(Some).chain([None]);
    let seams: Vec<Ranker> = without()
        .map(|without| {
            let names = seam_features::NAMES;
            grow(&samples, without, names, SEAM_TREES, |sample| {
                Some(&sample.seams)
            })
        })
        .collect();
    for sample in &mut samples {
        let (text, units) = (sample.document.text.as_str(), &sample.units);
        let seams = Seams::judge(text, units, &sample.labels, &seams[sample.fold]);
        sample.strays = strays::group(&gold[sample.gold], text, units, &sample.labels, &seams);
        sample.headings = headings(&gold[sample.gold], text, units, &sample.labels, &seams);
    }
    let headings: Vec<Ranker> = without()
        .map(|without| {
            grow(
                &samples,
                without,
                features::NAMES,
                HEADING_TREES,
                |sample| sample.headings.as_ref(),
            )
        })
        .collect();
    let strays = without().map(|without| {
        grow(&samples, without, stray::NAMES, STRAY_TREES, |sample| {
            Some(&sample.strays)
        })
    });
    let mut weights: Vec<Weights> = headings
        .into_iter()
        .zip(seams)
        .zip(strays)
        .map(|((heading, seam), stray)| Weights {
            heading,
            seam,
            stray,
        })
        .collect();
    let all = weights.pop().unwrap_or_default();
    Fitted {
        folds: weights.into_iter().map(Arc::new).collect(),
        all,
    }
}

fn grow(
    samples: &[Sample],
    without: Option<usize>,
    names: &[&str],
    trees: usize,
    group: impl Fn(&Sample) -> Option<&Group>,
) -> Ranker {
    let groups: Vec<&Group> = samples
        .iter()
        .filter(|sample| without != Some(sample.fold))
        .filter_map(group)
        .filter(|group| !group.rows.is_empty())
        .collect();
    rank::grow(&groups, names, Contest::Each, trees)
}

/// The letters and digits of a text: what renderings of it agree in.
fn bare(text: &str) -> String {
    visible(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The candidates for sub-headings, where the gold tells them from paragraphs.
fn headings(
    page: &GoldPage,
    text: &str,
    units: &Units,
    labels: &Labels,
    seams: &Seams,
) -> Option<Group> {
    let blocks = page.blocks.as_deref().unwrap_or_default();
    let wanted: Vec<String> = blocks
        .iter()
        .filter(|block| block.kind == "heading")
        .map(|block| bare(&block.text))
        .collect();
    if page.set == UNTOLD || blocks.is_empty() || page.set == UNSURE && wanted.is_empty() {
        return None;
    }
    let near = near_body(labels);
    let candidates = features::candidates(text, units, labels, near, seams);
    Some(Group {
        right: candidates
            .iter()
            .map(|candidate| {
                wanted.contains(&bare(
                    &units.text(text, near[candidate.index].unit as usize),
                ))
            })
            .collect(),
        rows: candidates
            .into_iter()
            .map(|candidate| candidate.row)
            .collect(),
    })
}
