//! Boosted oblivious trees: every node of one depth asks the same question, so a tree is a handful of comparisons of
//! byte columns, done for all units of a page at once and without a branch, and a table of leaves.

use crate::classify::columns::{BLOCK, Feature, Views};

/// Questions in a tree.
pub(crate) const DEPTH: usize = 6;
/// Leaves of a tree.
pub(crate) const LEAVES: usize = 1 << DEPTH;
/// Rows whose leaves are looked up at once: as many as a register holds.
const GROUP: usize = 8;
/// Leaf values and scores are in units of 1/256 of a logit.
pub(crate) const LOGIT: i32 = 256;

/// A tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tree {
    /// Index of a feature in [`Forest::features`] and a threshold: the question is whether the value is greater.
    pub splits: [(u16, u8); DEPTH],
    /// The value of each combination of answers; the first question is the lowest bit.
    pub leaves: [i16; LEAVES],
}

/// Trees whose sum is the log-odds of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forest {
    /// The features that the trees ask for.
    pub features: Vec<Feature>,
    /// The trees.
    pub trees: Vec<Tree>,
    /// Where the sum starts.
    pub bias: i32,
}

impl Forest {
    /// The score of every row, in units of 1/[`LOGIT`] of a logit.
    pub(crate) fn scores(&self, views: &mut Views) -> Vec<i32> {
        self.scores_where(views, |_| true)
    }

    /// The score of every row that is `wanted`, and of a few around it; where the others start, of the rest.
    pub(crate) fn scores_where(
        &self,
        views: &mut Views,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<i32> {
        let rows = views.rows();
        let groups: Vec<bool> = (0..rows.next_multiple_of(BLOCK) / GROUP)
            .map(|group| (group * GROUP..((group + 1) * GROUP).min(rows)).any(&wanted))
            .collect();
        let groups: &[[bool; BLOCK / GROUP]] = groups.as_chunks().0;
        let blocks: Vec<usize> = (0..groups.len())
            .filter(|block| groups[*block].contains(&true))
            .collect();
        if blocks.is_empty() {
            return vec![self.bias; rows];
        }
        views.prepare(&self.features);
        let columns: Vec<&[[u8; BLOCK]]> = self
            .features
            .iter()
            .map(|feature| views.of(*feature).as_chunks().0)
            .collect();
        let mut scores = vec![[[self.bias; GROUP]; BLOCK / GROUP]; groups.len()];
        for tree in &self.trees {
            // `from_fn`, for `map` is a call for each of them.
            let columns: [_; DEPTH] =
                std::array::from_fn(|depth| columns[usize::from(tree.splits[depth].0)]);
            let thresholds: [_; DEPTH] = std::array::from_fn(|depth| tree.splits[depth].1);
            for block in &blocks {
                let values: [_; DEPTH] = std::array::from_fn(|depth| &columns[depth][*block]);
                // Comparisons and masks of whole vectors: no value is branched on.
                let leaves: [u8; BLOCK] = std::array::from_fn(|row| {
                    (0..DEPTH).fold(0, |leaf, depth| {
                        let bit = 1 << depth;
                        leaf | if values[depth][row] > thresholds[depth] {
                            bit
                        } else {
                            0
                        }
                    })
                });
                let leaves = leaves.as_chunks::<GROUP>().0;
                let scores = scores[*block].iter_mut().zip(leaves);
                for ((scores, leaves), _) in scores.zip(&groups[*block]).filter(|(_, on)| **on) {
                    // A group is read at once: this is most of what a forest costs.
                    let mut leaves = u64::from_le_bytes(*leaves);
                    for score in scores {
                        *score += i32::from(tree.leaves[leaves as usize & (LEAVES - 1)]);
                        leaves >>= 8;
                    }
                }
            }
        }
        let mut scores = scores.into_flattened().into_flattened();
        scores.truncate(rows);
        scores
    }
}

/// The probability behind a score, as a byte. Looked up: a page asks for it three times a row, and the divisions took
/// nearly one per cent of a run.
pub(crate) fn probability(score: i32) -> u8 {
    PROBABILITIES[(score.clamp(-CERTAIN, CERTAIN) + CERTAIN) as usize]
}

/// Scores this far from 0 give 0 or 255.
const CERTAIN: i32 = 7 * LOGIT;

/// By score, from -[`CERTAIN`] on. Made of additions, multiplications and divisions alone, which every machine rounds
/// alike.
static PROBABILITIES: [u8; 2 * CERTAIN as usize + 1] = {
    let mut table = [0; 2 * CERTAIN as usize + 1];
    let mut i = 0;
    while i < table.len() {
        let score = (i as i32 - CERTAIN) as f64;
        table[i] = (logistic(score / LOGIT as f64) * 255.0).round() as u8;
        i += 1;
    }
    table
};

/// 1 / (1 + e⁻ˣ).
pub(crate) const fn logistic(x: f64) -> f64 {
    let magnitude = x.abs().min(30.0);
    // e^-m = (e^-(m/64))^64, the inner one by its series, which converges at once for small arguments.
    let step = -magnitude / 64.0;
    let mut inner = 1.0
        + step * (1.0 + step / 2.0 * (1.0 + step / 3.0 * (1.0 + step / 4.0 * (1.0 + step / 5.0))));
    let mut doublings = 0;
    while doublings < 6 {
        inner *= inner;
        doublings += 1;
    }
    if x >= 0.0 {
        1.0 / (1.0 + inner)
    } else {
        inner / (1.0 + inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{DEPTH, Forest, LEAVES, LOGIT, Tree, logistic, probability};
    use crate::classify::columns::{Columns, Feature, View, Views};

    #[test]
    fn a_tree_adds_the_leaf_that_its_answers_name() {
        let feature = |column| Feature {
            column,
            view: View::Neighbour(0),
        };
        let mut splits = [(0, 255); DEPTH];
        splits[0] = (0, 10);
        splits[1] = (1, 20);
        let mut leaves = [0; LEAVES];
        leaves[1] = 5;
        leaves[2] = 7;
        leaves[3] = 11;
        let forest = Forest {
            features: vec![feature(0), feature(1)],
            trees: vec![Tree { splits, leaves }],
            bias: 100,
        };
        let mut columns = Columns::from([vec![0, 11, 0, 11], vec![0, 0, 21, 21]].as_slice());
        assert_eq!(
            forest.scores(&mut Views::new(&mut columns)),
            [100, 105, 107, 111]
        );
    }

    #[test]
    fn the_logistic_function_is_the_one_of_the_books() {
        for x in [-20.0, -3.0, -0.5, 0.0, 0.1, 2.0, 9.0] {
            let want: f64 = 1.0 / (1.0 + f64::exp(-x));
            assert!((logistic(x) - want).abs() < 1e-6, "{x}");
        }
        for score in -5000..5000 {
            let want = logistic(f64::from(score) / f64::from(LOGIT)) * 255.0;
            assert_eq!(probability(score), want.round() as u8, "{score}");
        }
        assert_eq!(probability(0), 128);
        assert_eq!(probability(i32::MAX), 255);
    }
}
