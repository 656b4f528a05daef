//! The small rankers of the metadata stage: boosted trees over named numeric features, from `data/*.ranker.tsv`, which
//! `copydesk train` writes.

mod steps;

use std::fmt::Write;
use std::sync::OnceLock;

use super::table;
use steps::Steps;

/// Leaf values and scores are in units of 1/256 of a logit.
pub const LOGIT: f32 = 256.0;

/// A tree in which every node of one depth asks the same question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// Index of a feature and a threshold; the question is whether the value is greater.
    pub splits: Vec<(u16, f32)>,
    /// The value of each combination of answers, the first question being the lowest bit: `1 << splits.len()`.
    pub leaves: Vec<i16>,
}

/// What [`Ranker::scores`] makes of the trees, `None` where they are too large for it. Says nothing that the trees do not
/// say, so all are equal.
#[derive(Clone, Debug, Default)]
struct Made(OnceLock<Option<Steps>>);

impl PartialEq for Made {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Trees whose sum is a candidate's score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranker {
    /// Names of the features, in the order of a row.
    pub features: Vec<String>,
    /// The trees.
    pub trees: Vec<Tree>,
    /// Where the sum starts.
    pub bias: i32,
    /// The trees as they are asked, made when they are first asked many at once; they must not change after that.
    steps: Made,
}

impl Ranker {
    /// A ranker without trees.
    #[must_use]
    pub fn new(features: Vec<String>, bias: i32) -> Self {
        Self {
            features,
            bias,
            ..Self::default()
        }
    }

    /// Reads a ranker; rows are `part` and its values separated by spaces.
    ///
    /// # Errors
    /// What is wrong with the file, with its line where one is to blame.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut ranker = Self::default();
        for row in table::rows::<2>(text) {
            let (line, [part, values]) = row?;
            let wrong = |what: &str| format!("line {line}: {what}");
            let number = |v: &str| v.parse::<i16>().map_err(|e| wrong(&e.to_string()));
            match part {
                "features" => ranker.features = values.split(' ').map(ToOwned::to_owned).collect(),
                "bias" => {
                    ranker.bias = values
                        .parse()
                        .map_err(|e| format!("line {line}: bias: {e}"))?;
                }
                "splits" => {
                    let splits = values.split(' ').map(|split| {
                        let (feature, threshold) = split
                            .split_once(':')
                            .ok_or_else(|| wrong("want feature:threshold"))?;
                        let feature: u16 = feature.parse().map_err(|_| wrong(feature))?;
                        let threshold: f32 = threshold.parse().map_err(|_| wrong(threshold))?;
                        if usize::from(feature) >= ranker.features.len() {
                            return Err(wrong("no such feature"));
                        }
                        Ok((feature, threshold))
                    });
                    let splits = splits.collect::<Result<Vec<_>, String>>()?;
                    ranker.trees.push(Tree {
                        splits,
                        leaves: Vec::new(),
                    });
                }
                "leaves" => {
                    let leaves = values
                        .split(' ')
                        .map(number)
                        .collect::<Result<Vec<_>, _>>()?;
                    let Some(tree) = ranker.trees.last_mut() else {
                        return Err(wrong("leaves before splits"));
                    };
                    if leaves.len() != 1 << tree.splits.len() {
                        return Err(wrong("as many leaves as combinations of answers"));
                    }
                    tree.leaves = leaves;
                }
                _ => return Err(wrong("unknown part")),
            }
        }
        if ranker.trees.iter().any(|tree| tree.leaves.is_empty()) {
            return Err("a tree without leaves".to_owned());
        }
        Ok(ranker)
    }

    /// The file that [`Ranker::read`] reads; `comment` says where the weights come from.
    #[must_use]
    pub fn write(&self, comment: &str) -> String {
        let mut out = String::new();
        for line in comment.lines() {
            let _ = writeln!(out, "# {line}");
        }
        let _ = writeln!(out, "part\tvalues");
        let _ = writeln!(out, "features\t{}", self.features.join(" "));
        let _ = writeln!(out, "bias\t{}", self.bias);
        for tree in &self.trees {
            let splits: Vec<String> = tree
                .splits
                .iter()
                .map(|(f, t)| format!("{f}:{t}"))
                .collect();
            let leaves: Vec<String> = tree.leaves.iter().map(ToString::to_string).collect();
            let _ = writeln!(out, "splits\t{}", splits.join(" "));
            let _ = writeln!(out, "leaves\t{}", leaves.join(" "));
        }
        out
    }

    /// The ranker in few bytes, which [`Ranker::unpack`] reads in no time.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let names = self.features.join(" ");
        let mut out = self.bias.to_le_bytes().to_vec();
        out.extend((names.len() as u16).to_le_bytes());
        out.extend(names.as_bytes());
        for tree in &self.trees {
            out.push(tree.splits.len() as u8);
            for (feature, threshold) in &tree.splits {
                out.extend(feature.to_le_bytes());
                out.extend(threshold.to_le_bytes());
            }
            out.extend(tree.leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
        }
        out
    }

    /// What [`Ranker::pack`] packed; `None` for bytes that it did not write.
    #[must_use]
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let (bias, bytes) = bytes.split_first_chunk()?;
        let (length, bytes) = bytes.split_first_chunk()?;
        let (names, mut bytes) = bytes.split_at_checked(u16::from_le_bytes(*length).into())?;
        let names = std::str::from_utf8(names).ok()?.split(' ');
        let features = names.map(ToOwned::to_owned).collect();
        let mut ranker = Self::new(features, i32::from_le_bytes(*bias));
        while let Some((depth, rest)) = bytes.split_first() {
            let depth = usize::from(*depth).min(16);
            let (splits, rest) = rest.split_at_checked(depth * 6)?;
            let (leaves, rest) = rest.split_at_checked(2 << depth)?;
            let split = |[f0, f1, t0, t1, t2, t3]: &[u8; 6]| {
                let threshold = f32::from_le_bytes([*t0, *t1, *t2, *t3]);
                (u16::from_le_bytes([*f0, *f1]), threshold)
            };
            ranker.trees.push(Tree {
                splits: splits.as_chunks().0.iter().map(split).collect(),
                leaves: leaves
                    .as_chunks()
                    .0
                    .iter()
                    .map(|leaf| i16::from_le_bytes(*leaf))
                    .collect(),
            });
            bytes = rest;
        }
        Some(ranker)
    }

    /// The scores of candidates, in logits, from their features in the order of [`Ranker::features`]: those that
    /// [`Ranker::score`] gives, many at once.
    #[must_use]
    pub fn scores<R: AsRef<[f32]>>(&self, rows: &[R]) -> Vec<f32> {
        let steps = self.steps.0.get_or_init(|| Steps::new(&self.trees));
        match steps {
            Some(steps) if rows.len() >= steps::MANY => steps
                .sums(self.bias, rows)
                .into_iter()
                .map(|sum| sum as f32 / LOGIT)
                .collect(),
            _ => rows.iter().map(|row| self.score(row.as_ref())).collect(),
        }
    }

    /// The score of a candidate, in logits, from its features in the order of [`Ranker::features`].
    #[must_use]
    pub fn score(&self, row: &[f32]) -> f32 {
        let sum: i32 = self
            .trees
            .iter()
            .map(|tree| {
                let leaf = tree
                    .splits
                    .iter()
                    .enumerate()
                    .fold(0, |leaf, (depth, split)| {
                        let value = row.get(usize::from(split.0)).copied().unwrap_or_default();
                        leaf | usize::from(value > split.1) << depth
                    });
                i32::from(tree.leaves.get(leaf).copied().unwrap_or_default())
            })
            .sum();
        (self.bias + sum) as f32 / LOGIT
    }
}

#[cfg(test)]
mod tests {
    use super::{Ranker, Tree};

    #[test]
    fn a_ranker_survives_writing_and_scores_as_written() {
        let ranker = Ranker {
            features: vec!["a".to_owned(), "b".to_owned()],
            trees: vec![Tree {
                splits: vec![(0, 0.5), (1, -1.25)],
                leaves: vec![0, 256, -512, 128],
            }],
            bias: 64,
            ..Ranker::default()
        };
        let text = ranker.write("from a test");
        assert_eq!(Ranker::read(&text).as_ref(), Ok(&ranker));
        assert_eq!(Ranker::unpack(&ranker.pack()).as_ref(), Some(&ranker));
        assert_eq!(Ranker::unpack(&ranker.pack()[1..]), None);
        assert!((ranker.score(&[1.0, -2.0]) - 1.25).abs() < 1e-6);
        assert!((ranker.score(&[0.5, 0.0]) + 1.75).abs() < 1e-6);
        let rows: Vec<[f32; 2]> = (0..40_u8)
            .map(|n| [f32::from(n % 3), -1.0 - f32::from(n % 2)])
            .collect();
        let alone: Vec<f32> = rows.iter().map(|row| ranker.score(row)).collect();
        assert_eq!(ranker.scores(&rows), alone);
    }

    #[test]
    fn a_tree_with_too_few_leaves_is_refused() {
        let text = "part\tvalues\nfeatures\ta\nbias\t0\nsplits\t0:1\nleaves\t3\n";
        assert!(Ranker::read(text).is_err());
    }
}
