//! Boosted oblivious trees: every node of one depth asks the same question, so a tree is a handful of comparisons of
//! byte columns, done for all units of a page at once and without a branch, and a table of leaves.

use crate::classify::columns::{self, Column, Feature};

/// Questions in a tree.
pub(crate) const DEPTH: usize = 6;
/// Leaves of a tree.
pub(crate) const LEAVES: usize = 1 << DEPTH;
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
    /// The score of every unit, in units of 1/[`LOGIT`] of a logit.
    pub(crate) fn scores(&self, columns: &[Column]) -> Vec<i32> {
        let rows = columns.first().map_or(0, Vec::len);
        let mut scores = vec![self.bias; rows];
        let mut views: Vec<Column> = vec![Column::new(); self.features.len()];
        for (feature, view) in self.features.iter().zip(&mut views) {
            columns::read(columns, *feature, view);
        }
        let mut leaves = vec![0_u8; rows];
        for tree in &self.trees {
            leaves.fill(0);
            for (depth, (feature, threshold)) in tree.splits.iter().enumerate() {
                let view = &views[*feature as usize];
                for (leaf, value) in leaves.iter_mut().zip(view) {
                    *leaf |= u8::from(*value > *threshold) << depth;
                }
            }
            for (score, leaf) in scores.iter_mut().zip(&leaves) {
                *score += i32::from(tree.leaves[*leaf as usize & (LEAVES - 1)]);
            }
        }
        scores
    }
}

/// The probability behind a score, as a byte. Made of additions, multiplications and divisions alone, which every
/// machine rounds alike.
pub(crate) fn probability(score: i32) -> u8 {
    (logistic(f64::from(score) / f64::from(LOGIT)) * 255.0).round() as u8
}

/// 1 / (1 + e⁻ˣ).
pub(crate) fn logistic(x: f64) -> f64 {
    let magnitude = x.abs().min(30.0);
    // e^-m = (e^-(m/64))^64, the inner one by its series, which converges at once for small arguments.
    let step = -magnitude / 64.0;
    let mut inner = 1.0
        + step * (1.0 + step / 2.0 * (1.0 + step / 3.0 * (1.0 + step / 4.0 * (1.0 + step / 5.0))));
    for _ in 0..6 {
        inner *= inner;
    }
    if x >= 0.0 {
        1.0 / (1.0 + inner)
    } else {
        inner / (1.0 + inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{DEPTH, Forest, LEAVES, Tree, logistic, probability};
    use crate::classify::columns::{Feature, View};

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
        assert_eq!(
            forest.scores(&[vec![0, 11, 0, 11], vec![0, 0, 21, 21]]),
            [100, 105, 107, 111]
        );
    }

    #[test]
    fn the_logistic_function_is_the_one_of_the_books() {
        for x in [-20.0, -3.0, -0.5, 0.0, 0.1, 2.0, 9.0] {
            let want: f64 = 1.0 / (1.0 + f64::exp(-x));
            assert!((logistic(x) - want).abs() < 1e-6, "{x}");
        }
        assert_eq!(probability(0), 128);
        assert_eq!(probability(i32::MAX), 255);
    }
}
