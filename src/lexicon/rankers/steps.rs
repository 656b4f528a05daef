//! Trees over steps instead of numbers: a value is replaced, once for all trees, by how many of the thresholds of its
//! feature it passes. Many candidates then answer a question in a few instructions, with the same answers.
//!
//! All of it lies in tables of bytes, so that what `build.rs` made is used where it stands in the program.

mod machine;

use std::borrow::Cow;

use super::super::oblivious::{self, BLOCK, DEPTH, LEAVES, Question};
use super::Tree;
use machine::Machine;

/// Values that are compared at once where no register holds a block.
const GROUP: usize = 8;

/// A step that no value passes: there are at most so many. Questions for it fill up a tree that asks fewer than six.
const NEVER: u8 = u8::MAX;

/// The steps of a block of candidates, a column for each feature that may be asked for.
type Columns = [[u8; BLOCK]; 1 << u8::BITS];

/// A feature that is asked for, and how many thresholds it has.
type Asked = [u8; 3];

/// A threshold.
type Threshold = [u8; 4];

/// A tree of whole depth: for each question the place among the features that are asked for and the steps that have to
/// be passed, then the lower bytes of its leaves, then the upper ones.
type Whole = [u8; 2 * DEPTH + 2 * LEAVES];

/// The questions of a tree, and the lower and the upper bytes of its leaves.
type Parts<'a> = (&'a [[u8; 2]; DEPTH], &'a [u8; LEAVES], &'a [u8; LEAVES]);

/// The trees of a ranker.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Steps {
    /// In rising order.
    asked: Cow<'static, [Asked]>,
    /// Of each feature from the least to the greatest, one feature after the other.
    thresholds: Cow<'static, [Threshold]>,
    trees: Cow<'static, [Whole]>,
}

impl Steps {
    /// The same trees, or why they do not fit.
    pub(super) fn new(trees: &[Tree]) -> Result<Self, &'static str> {
        let splits = || trees.iter().flat_map(|tree| &tree.splits);
        let mut asked: Vec<u16> = splits().map(|(feature, _)| *feature).collect();
        asked.sort_unstable();
        asked.dedup();
        let place = |feature: &u16| asked.binary_search(feature).unwrap_or_default();
        let mut thresholds = vec![Vec::new(); asked.len()];
        for (feature, threshold) in splits() {
            thresholds[place(feature)].push(*threshold);
        }
        for thresholds in &mut thresholds {
            thresholds.sort_unstable_by(f32::total_cmp);
            thresholds.dedup();
            if thresholds.len() >= usize::from(NEVER) || thresholds.iter().any(|t| t.is_nan()) {
                return Err("too many thresholds of one feature, or one that is no number");
            }
        }
        let whole = |tree: &Tree| {
            if tree.splits.len() > DEPTH || tree.leaves.len() != 1 << tree.splits.len() {
                return Err("a tree asks at most six questions and has a leaf for each answer");
            }
            let mut whole = [0; _];
            let (splits, leaves) = whole.split_at_mut(2 * DEPTH);
            let splits = splits.as_chunks_mut().0;
            splits.fill([0, NEVER]);
            for (of_whole, (feature, threshold)) in splits.iter_mut().zip(&tree.splits) {
                let at = place(feature);
                let step = thresholds[at].partition_point(|t| t < threshold);
                let at = u8::try_from(at).map_err(|_| "the trees ask for too many features")?;
                *of_whole = [at, step as u8];
            }
            for (n, leaf) in tree.leaves.iter().enumerate() {
                [leaves[n], leaves[LEAVES + n]] = leaf.to_le_bytes();
            }
            Ok(whole)
        };
        if !fits(trees) {
            return Err("the leaves of all trees may add up to more than 127 logits");
        }
        let trees = trees.iter().map(whole).collect::<Result<_, _>>()?;
        let counts = asked.iter().zip(&thresholds).map(|(feature, thresholds)| {
            let [low, high] = feature.to_le_bytes();
            [low, high, thresholds.len() as u8]
        });
        Ok(Self {
            asked: counts.collect(),
            thresholds: thresholds
                .iter()
                .flatten()
                .map(|t| t.to_le_bytes())
                .collect(),
            trees,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// The trees that it was made from.
    pub(super) fn trees(&self) -> impl Iterator<Item = Tree> {
        let features: Vec<(u16, &[Threshold])> = self.features().collect();
        self.trees.iter().map(move |whole| {
            let parts = parts(whole);
            let splits: Vec<(u16, f32)> = parts
                .0
                .iter()
                .filter(|[_, step]| *step != NEVER)
                .map(|[at, step]| {
                    let (feature, thresholds) = features[usize::from(*at)];
                    (feature, f32::from_le_bytes(thresholds[usize::from(*step)]))
                })
                .collect();
            let leaves = 0..1 << splits.len();
            let leaves = leaves.map(|leaf| value_of(parts, leaf)).collect();
            Tree { splits, leaves }
        })
    }

    /// Whether a feature is asked for.
    pub(super) fn asks(&self, feature: usize) -> bool {
        let number = |[low, high, _]: &Asked| usize::from(u16::from_le_bytes([*low, *high]));
        self.asked.binary_search_by_key(&feature, number).is_ok()
    }

    /// Each feature that is asked for, with its thresholds.
    fn features(&self) -> impl Iterator<Item = (u16, &[Threshold])> {
        let mut rest = &self.thresholds[..];
        self.asked.iter().map(move |[low, high, count]| {
            let (thresholds, behind) = rest.split_at(usize::from(*count));
            rest = behind;
            (u16::from_le_bytes([*low, *high]), thresholds)
        })
    }

    /// Writes what [`Steps::unpack`] reads.
    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        for count in [self.asked.len(), self.thresholds.len()] {
            out.extend((count as u32).to_le_bytes());
        }
        out.extend(self.asked.as_flattened());
        out.extend(self.thresholds.as_flattened());
        out.extend(self.trees.as_flattened());
    }

    /// The trees in the bytes that [`Steps::pack`] wrote.
    pub(super) fn unpack(bytes: &'static [u8]) -> Option<Self> {
        let (asked, bytes) = bytes.split_first_chunk()?;
        let (thresholds, bytes) = bytes.split_first_chunk()?;
        let size = |count: &[u8; 4], of_one: usize| {
            let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
            count.checked_mul(of_one)
        };
        let (asked, bytes) = bytes.split_at_checked(size(asked, size_of::<Asked>())?)?;
        let (thresholds, trees) =
            bytes.split_at_checked(size(thresholds, size_of::<Threshold>())?)?;
        let (asked, (trees, rest)) = (asked.as_chunks().0, trees.as_chunks());
        let steps = Self {
            asked: asked.into(),
            thresholds: thresholds.as_chunks().0.into(),
            trees: trees.into(),
        };
        let known: usize = asked.iter().map(|[.., count]| usize::from(*count)).sum();
        (rest.is_empty() && known == steps.thresholds.len()).then_some(steps)
    }

    /// The sum of each row's leaves, from `bias` on. Values that a row does not have are 0.
    pub(super) fn sums<R: AsRef<[f32]>>(&self, bias: i32, rows: &[R]) -> Vec<i32> {
        let machine = Machine::new();
        if rows.len() <= machine.few() {
            let rows = rows.iter();
            return rows.map(|row| self.sum(bias, row.as_ref())).collect();
        }
        let mut columns: Columns = [[0; BLOCK]; _];
        let mut sums = Vec::with_capacity(rows.len());
        for rows in rows.chunks(BLOCK) {
            let mut values = [0.0; BLOCK];
            for (column, (feature, thresholds)) in columns.iter_mut().zip(self.features()) {
                let feature = usize::from(feature);
                for (value, row) in values.iter_mut().zip(rows) {
                    *value = row.as_ref().get(feature).copied().unwrap_or_default();
                }
                machine.passed(&values, thresholds, column);
            }
            let leaves = machine.leaves(&self.trees, &columns).into_iter();
            sums.extend(leaves.take(rows.len()).map(|sum| bias + i32::from(sum)));
        }
        sums
    }

    /// The same for one row.
    fn sum(&self, bias: i32, row: &[f32]) -> i32 {
        let steps: Vec<u8> = self
            .features()
            .map(|(feature, thresholds)| {
                let value = row.get(usize::from(feature)).copied().unwrap_or_default();
                step_of(value, thresholds)
            })
            .collect();
        let values = self.trees.iter().map(|tree| {
            let parts = parts(tree);
            let answers = parts.0.iter().enumerate();
            let leaf = answers.fold(0, |leaf, (depth, [at, step])| {
                leaf | usize::from(steps[usize::from(*at)] > *step) << depth
            });
            i32::from(value_of(parts, leaf))
        });
        bias + values.sum::<i32>()
    }
}

/// Whether what the trees add up to, and any part of it, fits sixteen bits.
fn fits(trees: &[Tree]) -> bool {
    let sum = |best: fn(i32, i32) -> i32| {
        let leaves = trees.iter().map(|tree| tree.leaves.iter().copied());
        let of_tree = leaves.map(|leaves| leaves.map(i32::from).fold(0, best));
        of_tree.sum::<i32>()
    };
    i16::try_from(sum(i32::min)).is_ok() && i16::try_from(sum(i32::max)).is_ok()
}

#[inline]
fn parts(whole: &Whole) -> Parts<'_> {
    let (splits, leaves) = whole.split_at(2 * DEPTH);
    let (low, high) = leaves.split_at(LEAVES);
    (
        splits
            .as_chunks()
            .0
            .first_chunk()
            .unwrap_or(&[[0, NEVER]; _]),
        low.first_chunk().unwrap_or(&[0; _]),
        high.first_chunk().unwrap_or(&[0; _]),
    )
}

/// What a tree asks of a block, question by question.
#[inline]
fn question<'a>(parts: Parts<'_>, columns: &'a Columns, depth: usize) -> Question<'a> {
    let [at, step] = parts.0[depth];
    (&columns[usize::from(at)], step)
}

/// The value of a leaf.
fn value_of((_, low, high): Parts<'_>, leaf: usize) -> i16 {
    let leaf = leaf & (LEAVES - 1);
    i16::from_le_bytes([low[leaf], high[leaf]])
}

/// How many of the thresholds, which rise, the value is greater than.
fn step_of(value: f32, thresholds: &[Threshold]) -> u8 {
    thresholds.partition_point(|t| value > f32::from_le_bytes(*t)) as u8
}

/// The same for each of the values of a block.
fn passed(values: &[f32; BLOCK], thresholds: &[Threshold], steps: &mut [u8; BLOCK]) {
    let groups = steps.as_chunks_mut().0;
    for (values, steps) in values.as_chunks::<GROUP>().0.iter().zip(groups) {
        let mut counts = [0_u32; GROUP];
        for threshold in thresholds {
            let threshold = f32::from_le_bytes(*threshold);
            for (count, value) in counts.iter_mut().zip(values) {
                *count += u32::from(*value > threshold);
            }
        }
        *steps = counts.map(|count| count as u8);
    }
}

/// What the leaves of all trees add up to for each candidate of a block.
fn leaves(trees: &[Whole], columns: &Columns) -> [i16; BLOCK] {
    let mut sums = [0; BLOCK];
    for tree in trees {
        let parts = parts(tree);
        oblivious::add(
            &mut sums,
            std::array::from_fn(|depth| question(parts, columns, depth)),
            |leaf| value_of(parts, leaf),
        );
    }
    sums
}
