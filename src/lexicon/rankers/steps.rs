//! Trees over steps instead of numbers: a value is replaced, once for all trees, by how many of the thresholds of its
//! feature it passes. Many candidates then answer a question in a few instructions, with the same answers.
//!
//! All of it lies in tables of bytes, so that what `build.rs` made is used where it stands in the program.

use std::borrow::Cow;

use super::Tree;

/// Questions of a tree at most; fewer are filled up with questions that nothing passes.
const DEPTH: usize = 6;

const LEAVES: usize = 1 << DEPTH;

/// Candidates that are worked on at once. Few blocks or one: with blocks of sixteen, which the compiler unrolls into single
/// lanes, a headline's forty took four times as long.
const BLOCK: usize = 64;

/// Candidates that are sooner worked on one by one: a date has five rivals.
const FEW: usize = 5;

/// Candidates whose leaves are looked up at once: as many as a register holds.
const GROUP: usize = 8;

/// A step that no value passes: there are at most so many.
const NEVER: u8 = u8::MAX;

/// Values that are compared with one threshold at once.
const COMPARED: usize = 8;

/// A feature that is asked for, and how many thresholds it has.
type Asked = [u8; 3];

/// A threshold.
type Threshold = [u8; 4];

/// A tree of whole depth: for each question the place among the features that are asked for and the steps that have to
/// be passed, then its leaves.
type Whole = [u8; 2 * DEPTH + 2 * LEAVES];

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
            let (splits, leaves) = halves_mut(&mut whole);
            splits.fill([0, NEVER]);
            for (of_whole, (feature, threshold)) in splits.iter_mut().zip(&tree.splits) {
                let at = place(feature);
                let step = thresholds[at].partition_point(|t| t < threshold);
                let at = u8::try_from(at).map_err(|_| "the trees ask for too many features")?;
                *of_whole = [at, step as u8];
            }
            for (of_whole, leaf) in leaves.iter_mut().zip(&tree.leaves) {
                *of_whole = leaf.to_le_bytes();
            }
            Ok(whole)
        };
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
            let (splits, leaves) = halves(whole);
            let splits: Vec<(u16, f32)> = splits
                .iter()
                .filter(|[_, step]| *step != NEVER)
                .map(|[at, step]| {
                    let (feature, thresholds) = features[usize::from(*at)];
                    (feature, f32::from_le_bytes(thresholds[usize::from(*step)]))
                })
                .collect();
            let leaves = leaves[..1 << splits.len()].iter();
            let leaves = leaves.map(|leaf| i16::from_le_bytes(*leaf)).collect();
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
        if rows.len() <= FEW {
            let rows = rows.iter();
            rows.map(|row| self.sum(bias, row.as_ref())).collect()
        } else {
            self.sums_of_many(bias, rows)
        }
    }

    /// The same, many rows at once.
    fn sums_of_many<R: AsRef<[f32]>>(&self, bias: i32, rows: &[R]) -> Vec<i32> {
        let blocks = rows.len().div_ceil(BLOCK);
        let mut steps = vec![[0; BLOCK]; self.asked.len() * blocks];
        let mut values = vec![[0.0; COMPARED]; rows.len().div_ceil(COMPARED)];
        for (steps, (feature, thresholds)) in steps.chunks_mut(blocks).zip(self.features()) {
            let feature = usize::from(feature);
            for (value, row) in values.as_flattened_mut().iter_mut().zip(rows) {
                *value = row.as_ref().get(feature).copied().unwrap_or_default();
            }
            passed(&values, thresholds, steps.as_flattened_mut());
        }
        let mut sums = vec![[bias; GROUP]; rows.len().div_ceil(GROUP)];
        for tree in self.trees.iter() {
            let (splits, of_tree) = halves(tree);
            let columns = splits.map(|[at, _]| &steps[usize::from(at) * blocks..][..blocks]);
            let least = splits.map(|[_, step]| step);
            for (block, sums) in sums.chunks_mut(BLOCK / GROUP).enumerate() {
                let steps = columns.map(|column| &column[block]);
                // Comparisons and masks of whole vectors: no value is branched on.
                let leaves: [u8; BLOCK] = std::array::from_fn(|row| {
                    (0..DEPTH).fold(0, |leaf, depth| {
                        let bit = 1 << depth;
                        leaf | if steps[depth][row] > least[depth] {
                            bit
                        } else {
                            0
                        }
                    })
                });
                for (sums, leaves) in sums.iter_mut().zip(leaves.as_chunks().0) {
                    // A group is read at once: this is most of what the trees cost.
                    let mut leaves = u64::from_le_bytes(*leaves);
                    for sum in sums {
                        *sum += value_of(of_tree, leaves as u8);
                        leaves >>= 8;
                    }
                }
            }
        }
        let mut sums = sums.into_flattened();
        sums.truncate(rows.len());
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
            let (splits, leaves) = halves(tree);
            let answers = splits.iter().enumerate();
            let leaf = answers.fold(0, |leaf, (depth, [at, step])| {
                leaf | u8::from(steps[usize::from(*at)] > *step) << depth
            });
            value_of(leaves, leaf)
        });
        bias + values.sum::<i32>()
    }
}

/// The questions and the leaves of a tree.
fn halves(whole: &Whole) -> (&[[u8; 2]; DEPTH], &[[u8; 2]; LEAVES]) {
    let pairs = whole.as_chunks().0;
    let (splits, leaves) = pairs.split_first_chunk().unwrap_or((&[[0, NEVER]; _], &[]));
    (splits, leaves.first_chunk().unwrap_or(&[[0; 2]; _]))
}

fn halves_mut(whole: &mut Whole) -> (&mut [[u8; 2]], &mut [[u8; 2]]) {
    whole.as_chunks_mut().0.split_at_mut(DEPTH)
}

/// The value of a leaf.
fn value_of(leaves: &[[u8; 2]; LEAVES], leaf: u8) -> i32 {
    i32::from(i16::from_le_bytes(leaves[usize::from(leaf) & (LEAVES - 1)]))
}

/// How many of the thresholds, which rise, the value is greater than.
fn step_of(value: f32, thresholds: &[Threshold]) -> u8 {
    thresholds.partition_point(|t| value > f32::from_le_bytes(*t)) as u8
}

/// The same for each of several values.
fn passed(values: &[[f32; COMPARED]], thresholds: &[Threshold], steps: &mut [u8]) {
    for (values, steps) in values.iter().zip(steps.as_chunks_mut().0) {
        let mut counts = [0_u32; COMPARED];
        for threshold in thresholds {
            let threshold = f32::from_le_bytes(*threshold);
            for (count, value) in counts.iter_mut().zip(values) {
                *count += u32::from(*value > threshold);
            }
        }
        *steps = counts.map(|count| count as u8);
    }
}
