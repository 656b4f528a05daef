//! Grows the rankers of the metadata stage: boosted oblivious trees over the candidates of pages. Deterministic.

use crate::classify::trees::LOGIT;
use crate::lexicon::rankers::{Ranker, Tree};
use crate::train::boost::{self, Options, Random, Rows};

/// The candidates of one page: their features, and whether each is right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    /// One row a candidate.
    pub rows: Vec<Vec<f32>>,
    /// One a row.
    pub right: Vec<bool>,
}

/// How candidates of a page compete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contest {
    /// One of them, or none, is chosen.
    One,
    /// Each is judged by itself.
    Each,
}

/// Forests that are grown on draws of their own and averaged: what one owes to its draws the others do not share. Out of fold,
/// headlines gained most by it, where a hair's breadth between two candidates decides; then headings and paragraphs, a point
/// or half of one; authors half a point.
const VOICES: u64 = 3;
/// Where the draws of the first voice begin.
const FIRST_SEED: u64 = 29;

/// Cuts of a feature at most: its values are compared as bytes while trees grow.
const CUTS: usize = 254;

fn options(trees: usize) -> Options {
    Options {
        trees,
        rate: 0.06,
        features: 0.35,
        pages: 0.6,
        rows: 1.0,
        ridge: 3.0,
    }
}

/// Grows a ranker on `groups`; `names` names the features.
pub(crate) fn grow(groups: &[&Group], names: &[&str], contest: Contest, trees: usize) -> Ranker {
    let count: usize = groups.iter().map(|group| group.rows.len()).sum();
    let cuts: Vec<Vec<f32>> = (0..names.len()).map(|f| cuts(groups, f)).collect();
    let columns: Vec<Vec<u8>> = cuts
        .iter()
        .enumerate()
        .map(|(f, cuts)| {
            groups
                .iter()
                .flat_map(|group| &group.rows)
                .map(|row| cuts.partition_point(|cut| row[f] > *cut) as u8)
                .collect()
        })
        .collect();
    let right: Vec<bool> = groups
        .iter()
        .flat_map(|g| g.right.iter().copied())
        .collect();
    let rows = Rows {
        columns: &columns,
        targets: &right,
        weights: &[],
        pages: &[],
    };
    let hits = right.iter().filter(|right| **right).count() as f32;
    let bias = match contest {
        Contest::One => 0.0,
        Contest::Each => ((hits + 1.0) / (count as f32 - hits + 1.0)).ln(),
    };
    let bias = (bias * LOGIT as f32) as i32;
    let trees: Vec<Tree> = (0..VOICES)
        .flat_map(|voice| grow_voice(groups, &rows, contest, trees, bias, FIRST_SEED + voice))
        .map(|tree| Tree {
            splits: tree
                .splits
                .iter()
                .map(|(feature, byte)| {
                    let cut = cuts
                        .get(usize::from(*feature))
                        .and_then(|c| c.get(usize::from(*byte)));
                    (*feature, cut.copied().unwrap_or(f32::MAX))
                })
                .collect(),
            leaves: tree
                .leaves
                .iter()
                .map(|leaf| (f32::from(*leaf) / VOICES as f32).round() as i16)
                .collect(),
        })
        .collect();
    // `CUTS`, the depth of trees and the number of features are such that it always fits; a test refuses to ship an empty one.
    Ranker::new(names, &trees, bias).unwrap_or_default()
}

/// The trees of one voice, whose draws of pages and features begin with `seed`.
fn grow_voice(
    groups: &[&Group],
    rows: &Rows<'_>,
    contest: Contest,
    trees: usize,
    bias: i32,
    seed: u64,
) -> Vec<crate::classify::trees::Tree> {
    let options = options(trees);
    let count = rows.targets.len();
    let mut grown = Vec::with_capacity(options.trees);
    let mut scores = vec![bias as f32 / LOGIT as f32; count];
    let mut gradients = vec![(0.0_f32, 0.0_f32); count];
    let mut random = Random(seed);
    for _ in 0..options.trees {
        let mut sample: Vec<u32> = Vec::with_capacity(count);
        let mut at = 0;
        for group in groups {
            let range = at..at + group.rows.len();
            at = range.end;
            if random.chance(options.pages) {
                slopes(
                    contest,
                    &rows.targets[range.clone()],
                    &scores[range.clone()],
                    &mut gradients[range.clone()],
                );
                sample.extend(range.map(|row| row as u32));
            }
        }
        let asked: Vec<usize> = (0..rows.columns.len())
            .filter(|_| random.chance(options.features))
            .collect();
        if sample.is_empty() || asked.is_empty() {
            continue;
        }
        let tree = boost::grow_tree(rows, &sample, &asked, &gradients, options);
        for (row, score) in scores.iter_mut().enumerate() {
            *score += f32::from(tree.leaves[boost::leaf(&tree, rows.columns, row)]) / LOGIT as f32;
        }
        grown.push(tree);
    }
    grown
}

/// First and second derivatives of the log-likelihood of one page.
fn slopes(contest: Contest, right: &[bool], scores: &[f32], out: &mut [(f32, f32)]) {
    match contest {
        Contest::Each => {
            for ((out, score), right) in out.iter_mut().zip(scores).zip(right) {
                let p = 1.0 / (1.0 + (-score).exp());
                *out = (f32::from(u8::from(*right)) - p, (p * (1.0 - p)).max(1e-4));
            }
        }
        Contest::One => {
            // The choice that none is right scores 0.
            let top = scores.iter().copied().fold(0.0_f32, f32::max);
            let parts: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
            let sum = parts.iter().sum::<f32>() + (-top).exp();
            let hits: f32 = parts
                .iter()
                .zip(right)
                .filter(|(_, r)| **r)
                .map(|(p, _)| *p)
                .sum();
            for ((out, part), right) in out.iter_mut().zip(&parts).zip(right) {
                let p = part / sum;
                let wanted = if *right {
                    part / hits.max(f32::MIN_POSITIVE)
                } else {
                    0.0
                };
                *out = (wanted - p, (p * (1.0 - p)).max(1e-4));
            }
        }
    }
}

/// The cuts of a feature: between neighbouring values, at most [`CUTS`] of them, at even ranks.
fn cuts(groups: &[&Group], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = groups
        .iter()
        .flat_map(|g| g.rows.iter().map(|row| row[feature]))
        .collect();
    values.sort_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    let middle = |pair: &[f32]| f32::midpoint(pair[0], pair[1]);
    if distinct.len() <= CUTS {
        return distinct.windows(2).map(middle).collect();
    }
    let mut cuts: Vec<f32> = (1..CUTS)
        .filter_map(|k| {
            let value = values[k * values.len() / CUTS];
            let next = distinct.partition_point(|v| *v <= value);
            distinct.get(next).map(|next| f32::midpoint(value, *next))
        })
        .collect();
    cuts.dedup();
    cuts
}

#[cfg(test)]
mod tests {
    use super::{Contest, Group, grow};

    #[test]
    fn a_ranker_learns_which_candidate_of_a_page_is_right() {
        let groups: Vec<Group> = (0..60_u16)
            .map(|page| {
                let rows: Vec<Vec<f32>> = (0..9_u16)
                    .map(|k| vec![f32::from((page * 7 + k * 5) % 9), f32::from(k * page % 11)])
                    .collect();
                let right = rows.iter().map(|row| row[0] > 7.5).collect();
                Group { rows, right }
            })
            .collect();
        let all: Vec<&Group> = groups.iter().collect();
        let ranker = grow(&all, &["a", "b"], Contest::One, 60);
        for group in &groups {
            let best = (0..9).max_by(|a, b| {
                ranker
                    .score(&group.rows[*a])
                    .total_cmp(&ranker.score(&group.rows[*b]))
            });
            assert!(group.right[best.unwrap()]);
        }
        assert_eq!(grow(&all, &["a", "b"], Contest::One, 60), ranker);
    }
}
