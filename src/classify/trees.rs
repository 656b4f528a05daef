//! Boosted oblivious trees: a tree is a handful of comparisons of byte columns, done for a block of a page's units at once,
//! and a table of leaves.

use crate::classify::columns::{Feature, Views};
use crate::lexicon::oblivious::{self, BLOCK};
pub(crate) use crate::lexicon::oblivious::{DEPTH, LEAVES};

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

/// The values of a feature in blocks of rows.
type Column<'a> = &'a [[u8; BLOCK]];

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

    /// The score of every row that is `wanted`, and of those around it; where the others start, of the rest.
    pub(crate) fn scores_where(
        &self,
        views: &mut Views,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<i32> {
        let rows = views.rows();
        let mut scores = vec![self.bias; rows];
        let of_block = |block: usize| block * BLOCK..((block + 1) * BLOCK).min(rows);
        let blocks: Vec<usize> = (0..rows.div_ceil(BLOCK))
            .filter(|block| of_block(*block).any(&wanted))
            .collect();
        if blocks.is_empty() {
            return scores;
        }
        views.prepare(&self.features);
        let columns: Vec<Column> = self
            .features
            .iter()
            .map(|feature| views.of(*feature).as_chunks().0)
            .collect();
        for (block, sums) in blocks.iter().zip(sums(&self.trees, &columns, &blocks)) {
            for (score, sum) in scores[of_block(*block)].iter_mut().zip(sums) {
                *score += i32::from(sum);
            }
        }
        scores
    }
}

/// What the trees add up to for each row of these blocks, held within sixteen bits, which is 128 logits.
fn sums(trees: &[Tree], columns: &[Column], blocks: &[usize]) -> Vec<[i16; BLOCK]> {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = fearless_simd::Level::new().as_avx2() {
        return wide::sums(avx2, trees, columns, blocks);
    }
    portable_sums(trees, columns, blocks)
}

fn portable_sums(trees: &[Tree], columns: &[Column], blocks: &[usize]) -> Vec<[i16; BLOCK]> {
    let mut sums = vec![[0; BLOCK]; blocks.len()];
    for tree in trees {
        let asked = tree.asked(columns);
        for (sums, block) in sums.iter_mut().zip(blocks) {
            let question = |depth: usize| (&asked[depth][*block], tree.splits[depth].1);
            oblivious::add(sums, std::array::from_fn(question), |leaf| {
                tree.leaves[leaf]
            });
        }
    }
    sums
}

impl Tree {
    /// The columns that are asked for.
    #[inline]
    fn asked<'a>(&self, columns: &[Column<'a>]) -> [Column<'a>; DEPTH] {
        std::array::from_fn(|depth| columns[usize::from(self.splits[depth].0)])
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        _mm256_broadcastsi128_si256, _mm256_permute4x64_epi64, _mm256_shuffle_epi8,
    };

    use fearless_simd::{SimdBase, i16x16, kernel, u8x16};

    use super::{BLOCK, Column, Tree};
    use crate::lexicon::oblivious::wide::{Sums, TABLE, fails};

    /// Puts the lower bytes of eight leaves before the upper ones.
    const PARTED: [u8; 16] = [0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15];

    kernel!(
        pub(super) fn sums(
            avx2: Avx2,
            trees: &[Tree],
            columns: &[Column<'_>],
            blocks: &[usize],
        ) -> Vec<[i16; BLOCK]> {
            let parted = _mm256_broadcastsi128_si256(u8x16::from_slice(avx2, &PARTED).into());
            let mut sums = vec![Sums::new(); blocks.len()];
            for tree in trees {
                let asked = tree.asked(columns);
                // Of eight leaves in each half of a register.
                let parted = |n: usize| {
                    let leaves = &tree.leaves[n * TABLE..][..TABLE];
                    _mm256_shuffle_epi8(i16x16::from_slice(avx2, leaves).into(), parted)
                };
                let parted = [parted(0), parted(1), parted(2), parted(3)];
                let low = parted.map(|leaves| _mm256_permute4x64_epi64::<0b10_00_10_00>(leaves));
                let high = parted.map(|leaves| _mm256_permute4x64_epi64::<0b11_01_11_01>(leaves));
                for (sums, block) in sums.iter_mut().zip(blocks) {
                    let fails =
                        |depth: usize| fails(avx2, (&asked[depth][*block], tree.splits[depth].1));
                    let fails = [fails(0), fails(1), fails(2), fails(3), fails(4), fails(5)];
                    sums.add(fails, &low, &high);
                }
            }
            sums.into_iter().map(|sums| sums.in_order(avx2)).collect()
        }
    );
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
    use super::{
        BLOCK, DEPTH, Forest, LEAVES, LOGIT, Tree, logistic, portable_sums, probability, sums,
    };
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
    fn every_machine_finds_the_same_sums() {
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(0x0019_660d).wrapping_add(0x3c6e_f35f);
            (state >> 24) as u8
        };
        let values: [[[u8; BLOCK]; 3]; 9] =
            std::array::from_fn(|_| std::array::from_fn(|_| std::array::from_fn(|_| next() / 4)));
        let columns = values.each_ref().map(<[_; 3]>::as_slice);
        // Leaves of one byte, and of so much that sums meet their bounds.
        for scale in [1, 90] {
            let trees: Vec<Tree> = (0..40)
                .map(|_| Tree {
                    splits: std::array::from_fn(|_| (u16::from(next() % 9), next() / 4)),
                    leaves: std::array::from_fn(|_| scale * i16::from(next().cast_signed())),
                })
                .collect();
            let found = sums(&trees, &columns, &[0, 2]);
            assert_eq!(found, portable_sums(&trees, &columns, &[0, 2]));
            assert_eq!(found.as_flattened().contains(&i16::MAX), scale > 1);
        }
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
