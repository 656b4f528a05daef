//! Trees over steps instead of numbers: a value is replaced, once for all trees, by how many of the thresholds of its
//! feature it passes. Sixteen candidates then answer a question in a few instructions, with the same answers.

use super::Tree;

/// Questions of a tree at most; fewer are filled up with questions that nothing passes.
const DEPTH: usize = 6;

/// Candidates that are scored at once: those of a headline. The compiler makes vectors of so many.
const LANES: usize = 48;

/// A threshold that no value passes: there are at most so many steps.
const NEVER: u8 = u8::MAX;

/// Fewer candidates are sooner scored one by one.
pub(super) const MANY: usize = 4;

/// Values of which each is sooner compared with all thresholds, many at once, than looked up among them.
const COMPARED: usize = 12;

/// The trees of a ranker.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    /// The features that are asked for, with their thresholds from the least to the greatest.
    features: Vec<(u16, Vec<f32>)>,
    trees: Vec<Whole>,
}

/// A tree of whole depth; splits name an entry of [`Steps::features`] and a number of steps that has to be passed.
#[derive(Clone, Debug)]
struct Whole {
    splits: [(u8, u8); DEPTH],
    leaves: [i16; 1 << DEPTH],
}

impl Steps {
    /// The same trees; `None` where one is deeper, or where a byte does not hold the features or the thresholds of one.
    pub(super) fn new(trees: &[Tree]) -> Option<Self> {
        let splits = || trees.iter().flat_map(|tree| &tree.splits);
        let mut asked: Vec<u16> = splits().map(|(feature, _)| *feature).collect();
        asked.sort_unstable();
        asked.dedup();
        let mut features: Vec<(u16, Vec<f32>)> =
            asked.iter().map(|feature| (*feature, Vec::new())).collect();
        for (feature, threshold) in splits() {
            let at = asked.binary_search(feature).ok()?;
            features[at].1.push(*threshold);
        }
        for (_, thresholds) in &mut features {
            thresholds.sort_unstable_by(f32::total_cmp);
            thresholds.dedup();
            if thresholds.len() >= usize::from(NEVER) || thresholds.iter().any(|t| t.is_nan()) {
                return None;
            }
        }
        let whole = |tree: &Tree| {
            let mut whole = Whole {
                splits: [(0, NEVER); DEPTH],
                leaves: [0; 1 << DEPTH],
            };
            whole
                .leaves
                .get_mut(..tree.leaves.len())?
                .copy_from_slice(&tree.leaves);
            for (i, (feature, threshold)) in tree.splits.iter().enumerate() {
                let at = asked.binary_search(feature).ok()?;
                let step = features[at].1.partition_point(|t| t < threshold);
                *whole.splits.get_mut(i)? = (u8::try_from(at).ok()?, u8::try_from(step).ok()?);
            }
            Some(whole)
        };
        let trees = trees.iter().map(whole).collect::<Option<_>>()?;
        Some(Self { features, trees })
    }

    /// The sum of each row's leaves, from `bias` on. Values that a row does not have are 0.
    pub(super) fn sums<R: AsRef<[f32]>>(&self, bias: i32, rows: &[R]) -> Vec<i32> {
        let mut columns = vec![[0_u8; LANES]; self.features.len().max(1)];
        let mut all = Vec::with_capacity(rows.len());
        for rows in rows.chunks(LANES) {
            for ((feature, thresholds), column) in self.features.iter().zip(&mut columns) {
                let value = |row: &R| row.as_ref().get(usize::from(*feature)).copied();
                let mut values = [0.0; LANES];
                for (value_of, row) in values.iter_mut().zip(rows) {
                    *value_of = value(row).unwrap_or_default();
                }
                passed(&values, rows.len(), thresholds, column);
            }
            let mut sums = [bias; LANES];
            for tree in &self.trees {
                tree.add(&columns, &mut sums[..rows.len()]);
            }
            all.extend_from_slice(&sums[..rows.len()]);
        }
        all
    }
}

/// How many of the thresholds, which rise, each of the first `count` values is greater than.
fn passed(values: &[f32; LANES], count: usize, thresholds: &[f32], steps: &mut [u8; LANES]) {
    if count < COMPARED {
        for (step, value) in steps[..count].iter_mut().zip(values) {
            *step = thresholds.partition_point(|t| value > t) as u8;
        }
        return;
    }
    let mut all = [0_u32; LANES];
    for threshold in thresholds {
        for (step, value) in all.iter_mut().zip(values) {
            *step += u32::from(value > threshold);
        }
    }
    *steps = all.map(|step| step as u8);
}

impl Whole {
    /// Adds the leaf of each candidate to its sum, of as many as there are sums.
    fn add(&self, columns: &[[u8; LANES]], sums: &mut [i32]) {
        let values = self
            .splits
            .map(|(feature, _)| &columns[usize::from(feature)]);
        let steps = self.splits.map(|(_, step)| step);
        // In this order of loops the compiler makes vectors of them.
        let leaves: [u8; LANES] = std::array::from_fn(|lane| {
            (0..DEPTH).fold(0, |leaf, depth| {
                let bit = 1 << depth;
                leaf | if values[depth][lane] > steps[depth] {
                    bit
                } else {
                    0
                }
            })
        });
        for (sum, leaf) in sums.iter_mut().zip(leaves) {
            *sum += i32::from(self.leaves[usize::from(leaf) & ((1 << DEPTH) - 1)]);
        }
    }
}
