//! Gradient boosting of oblivious trees on byte features, with logistic loss. Deterministic: the same rows and
//! options give the same trees, whatever the number of threads.

use crate::classify::columns::Feature;
use crate::classify::trees::{DEPTH, Forest, LEAVES, LOGIT, Tree, logistic};

/// What a training run may be told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Number of trees.
    pub trees: usize,
    /// Shrinkage of each tree.
    pub rate: f32,
    /// Share of the features that each tree may ask for.
    pub features: f32,
    /// Share of the pages that each tree is grown on.
    pub pages: f32,
    /// Share of their rows: the more wrong a row still is, the likelier it is drawn.
    pub rows: f32,
    /// Added to the second derivative of each leaf.
    pub ridge: f32,
}

/// Rows to train on: columns of features, and for each row its target, weight and page.
pub(crate) struct Rows<'a> {
    /// One column a feature.
    pub columns: &'a [Vec<u8>],
    /// Whether the row is what is looked for.
    pub targets: &'a [bool],
    /// Weight; rows of weight 0 teach nothing.
    pub weights: &'a [f32],
    /// Number of the page the row belongs to.
    pub pages: &'a [u32],
}

/// A small generator of pseudo-random numbers (SplitMix64): sampling must not depend on a library's version.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn chance(&mut self, share: f32) -> bool {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32 <= share
    }
}

/// Grows a forest; `features` names the columns.
pub(crate) fn grow(rows: &Rows<'_>, features: &[Feature], options: Options, seed: u64) -> Forest {
    // Rows of no weight add nothing to either sum.
    let weights = || rows.weights.iter().map(|weight| f64::from(*weight));
    let total: f64 = weights().sum();
    let hits: f64 = weights()
        .zip(rows.targets)
        .filter(|(_, target)| **target)
        .map(|(weight, _)| weight)
        .sum();
    let bias = ((hits + 1.0) / (total - hits + 1.0)).ln();
    let bias = (bias * f64::from(LOGIT)) as i32;
    let start = vec![bias; rows.targets.len()];
    let mut forest = grow_onto(rows, features, options, seed, &start);
    forest.bias = bias;
    forest
}

/// Grows a forest that corrects scores which exist, one a row in units of 1/[`LOGIT`]; its own sum starts at nothing.
pub(crate) fn grow_onto(
    rows: &Rows<'_>,
    features: &[Feature],
    options: Options,
    seed: u64,
    start: &[i32],
) -> Forest {
    let used: Vec<u32> = (0..rows.targets.len() as u32)
        .filter(|r| rows.weights[*r as usize] > 0.0)
        .collect();
    let mut scores: Vec<f32> = start.iter().map(|s| *s as f32 / LOGIT as f32).collect();
    let mut forest = Forest {
        features: features.to_vec(),
        trees: Vec::new(),
        bias: 0,
    };
    let mut random = Random(seed);
    let page_count = rows.pages.iter().max().map_or(0, |page| *page as usize + 1);
    let mut gradients = vec![(0.0_f32, 0.0_f32); rows.targets.len()];
    for _ in 0..options.trees {
        let page_in: Vec<bool> = (0..page_count)
            .map(|_| random.chance(options.pages))
            .collect();
        let mut sample: Vec<u32> = used
            .iter()
            .copied()
            .filter(|r| page_in[rows.pages[*r as usize] as usize])
            .collect();
        let asked: Vec<usize> = (0..features.len())
            .filter(|_| random.chance(options.features))
            .collect();
        if sample.is_empty() || asked.is_empty() {
            continue;
        }
        for r in &sample {
            let r = *r as usize;
            let p = logistic(f64::from(scores[r])) as f32;
            let target = if rows.targets[r] { 1.0 } else { 0.0 };
            gradients[r] = (
                (target - p) * rows.weights[r],
                (p * (1.0 - p)).max(1e-4) * rows.weights[r],
            );
        }
        draw(&mut sample, &mut gradients, options.rows, &mut random);
        let tree = grow_tree(rows, &sample, &asked, &gradients, options);
        for r in &used {
            let r = *r as usize;
            scores[r] += f32::from(tree.leaves[leaf(&tree, rows.columns, r)]) / LOGIT as f32;
        }
        forest.trees.push(tree);
    }
    forest.keep_used_features();
    forest
}

/// Minimal variance sampling: draws about `share` of the rows, each with a chance that grows with its gradient, and
/// scales the drawn ones up by what they stand for.
fn draw(sample: &mut Vec<u32>, gradients: &mut [(f32, f32)], share: f32, random: &mut Random) {
    let weight =
        |(gradient, hessian): (f32, f32)| (gradient * gradient + 0.1 * hessian * hessian).sqrt();
    let wanted = sample.len() as f32 * share;
    let (mut low, mut high) = (
        0.0_f32,
        sample
            .iter()
            .map(|r| weight(gradients[*r as usize]))
            .fold(0.0, f32::max)
            / share,
    );
    // The level at which the expected number of rows is the one wanted, by bisection.
    for _ in 0..20 {
        let level = f32::midpoint(low, high);
        let expected: f32 = sample
            .iter()
            .map(|r| (weight(gradients[*r as usize]) / level).min(1.0))
            .sum();
        if expected > wanted {
            low = level;
        } else {
            high = level;
        }
    }
    sample.retain(|r| {
        let row = &mut gradients[*r as usize];
        let chance = weight(*row) / high;
        if chance >= 1.0 {
            return true;
        }
        let drawn = random.chance(chance);
        if drawn {
            *row = (row.0 / chance, row.1 / chance);
        }
        drawn
    });
}

pub(crate) fn leaf(tree: &Tree, columns: &[Vec<u8>], row: usize) -> usize {
    tree.splits
        .iter()
        .enumerate()
        .fold(0, |leaf, (depth, (feature, threshold))| {
            leaf | usize::from(columns[*feature as usize][row] > *threshold) << depth
        })
}

pub(crate) fn grow_tree(
    rows: &Rows<'_>,
    sample: &[u32],
    asked: &[usize],
    gradients: &[(f32, f32)],
    options: Options,
) -> Tree {
    let mut leaves = vec![0_u8; sample.len()];
    let sampled: Vec<(f32, f32)> = sample.iter().map(|r| gradients[*r as usize]).collect();
    let mut splits = [(0_u16, 255_u8); DEPTH];
    for (depth, split) in splits.iter_mut().enumerate() {
        let Some((feature, threshold)) =
            best_split(rows, sample, &sampled, &leaves, asked, depth, options.ridge)
        else {
            break;
        };
        *split = (feature as u16, threshold);
        let column = &rows.columns[feature];
        for (leaf, r) in leaves.iter_mut().zip(sample) {
            *leaf |= u8::from(column[*r as usize] > threshold) << depth;
        }
    }
    let mut sums = [(0.0_f64, 0.0_f64); LEAVES];
    for (leaf, (gradient, hessian)) in leaves.iter().zip(&sampled) {
        sums[*leaf as usize].0 += f64::from(*gradient);
        sums[*leaf as usize].1 += f64::from(*hessian);
    }
    let value = |(gradient, hessian): (f64, f64)| {
        let step = f64::from(options.rate) * gradient / (hessian + f64::from(options.ridge));
        (step.clamp(-4.0, 4.0) * f64::from(LOGIT)).round() as i16
    };
    Tree {
        splits,
        leaves: sums.map(value),
    }
}

/// The question that best splits all leaves of a depth at once.
fn best_split(
    rows: &Rows<'_>,
    sample: &[u32],
    gradients: &[(f32, f32)],
    leaves: &[u8],
    asked: &[usize],
    depth: usize,
    ridge: f32,
) -> Option<(usize, u8)> {
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(asked.len());
    let chunk = asked.len().div_ceil(threads);
    let mut best: Option<(f64, usize, u8)> = None;
    std::thread::scope(|scope| {
        let work: Vec<_> = asked
            .chunks(chunk)
            .map(|features| {
                scope
                    .spawn(move || best_of(rows, sample, gradients, leaves, features, depth, ridge))
            })
            .collect();
        for found in work
            .into_iter()
            .filter_map(|thread| thread.join().ok().flatten())
        {
            // Features rise with the chunks, so a tie goes to the lowest one, whatever the number of threads.
            if best.is_none_or(|best| found.0 > best.0) {
                best = Some(found);
            }
        }
    });
    best.map(|(_, feature, threshold)| (feature, threshold))
}

fn best_of(
    rows: &Rows<'_>,
    sample: &[u32],
    gradients: &[(f32, f32)],
    leaves: &[u8],
    features: &[usize],
    depth: usize,
    ridge: f32,
) -> Option<(f64, usize, u8)> {
    let nodes = 1 << depth;
    let mut histogram = vec![(0.0_f32, 0.0_f32); nodes * 256];
    let mut best: Option<(f64, usize, u8)> = None;
    let ridge = f64::from(ridge);
    for feature in features {
        histogram.fill((0.0, 0.0));
        let column = &rows.columns[*feature];
        for ((r, leaf), (gradient, hessian)) in sample.iter().zip(leaves).zip(gradients) {
            let slot = &mut histogram[(*leaf as usize) << 8 | column[*r as usize] as usize];
            slot.0 += gradient;
            slot.1 += hessian;
        }
        let mut gains = [0.0_f64; 255];
        for node in histogram.chunks_exact(256) {
            let total = node.iter().fold((0.0, 0.0), |sum, s| {
                (sum.0 + f64::from(s.0), sum.1 + f64::from(s.1))
            });
            if total.1 == 0.0 {
                continue;
            }
            let mut left = (0.0, 0.0);
            for (gain, slot) in gains.iter_mut().zip(node) {
                left = (left.0 + f64::from(slot.0), left.1 + f64::from(slot.1));
                let right = (total.0 - left.0, total.1 - left.1);
                *gain += left.0 * left.0 / (left.1 + ridge)
                    + right.0 * right.0 / (right.1.max(0.0) + ridge);
            }
        }
        for (threshold, gain) in gains.iter().enumerate() {
            if best.is_none_or(|best| *gain > best.0) {
                best = Some((*gain, *feature, threshold as u8));
            }
        }
    }
    best
}

impl Forest {
    /// Drops the features that no tree asks for.
    fn keep_used_features(&mut self) {
        let mut used: Vec<u16> = self
            .trees
            .iter()
            .flat_map(|tree| tree.splits.iter().map(|split| split.0))
            .collect();
        used.sort_unstable();
        used.dedup();
        for split in self.trees.iter_mut().flat_map(|tree| &mut tree.splits) {
            split.0 = used.binary_search(&split.0).unwrap_or(0) as u16;
        }
        self.features = used
            .iter()
            .map(|feature| self.features[*feature as usize])
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, Rows, grow};
    use crate::classify::columns::{Columns, Feature, View, Views};

    #[test]
    fn a_forest_learns_an_exclusive_or() {
        let a: Vec<u8> = (0..400).map(|i| (i % 2) as u8 * 200).collect();
        let b: Vec<u8> = (0..400).map(|i| (i / 2 % 2) as u8 * 200).collect();
        let noise: Vec<u8> = (0..400_u32).map(|i| (i * 37 % 251) as u8).collect();
        let targets: Vec<bool> = a.iter().zip(&b).map(|(a, b)| a != b).collect();
        let columns = [a, b, noise];
        let pages: Vec<u32> = (0..400).map(|i| i / 10).collect();
        let rows = Rows {
            columns: &columns,
            targets: &targets,
            weights: &vec![1.0; 400],
            pages: &pages,
        };
        let features: Vec<Feature> = (0..3)
            .map(|column| Feature {
                column,
                view: View::Neighbour(0),
            })
            .collect();
        let options = Options {
            trees: 20,
            rate: 0.3,
            features: 1.0,
            pages: 0.8,
            rows: 0.5,
            ridge: 1.0,
        };
        let forest = grow(&rows, &features, options, 1);
        let mut columns = Columns::from(columns.as_slice());
        let scores = forest.scores(&mut Views::new(&mut columns));
        assert!(
            scores
                .iter()
                .zip(&targets)
                .all(|(score, target)| (*score > 0) == *target)
        );
        assert_eq!(grow(&rows, &features, options, 1), forest);
    }
}
