//! The small rankers of the metadata and segment stages: boosted trees over named numeric features, from
//! `data/*.ranker.tsv`, which `copydesk train` writes.

mod steps;

use std::borrow::Cow;
use std::fmt::Write;

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

/// Trees whose sum is a candidate's score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranker {
    /// Names of the features in the order of a row, with a space between.
    names: Cow<'static, str>,
    /// Where the sum starts.
    bias: i32,
    steps: Steps,
}

impl Ranker {
    /// A ranker of these trees; `features` names the features of a row.
    ///
    /// # Errors
    /// A tree asks more than six questions or has another number of leaves than combinations of answers, or the trees
    /// ask for more than 256 features or compare one of them with more than 254 thresholds.
    pub fn new(features: &[&str], trees: &[Tree], bias: i32) -> Result<Self, &'static str> {
        Ok(Self {
            names: features.join(" ").into(),
            bias,
            steps: Steps::new(trees)?,
        })
    }

    /// Reads a ranker; rows are `part` and its values separated by spaces.
    ///
    /// # Errors
    /// What is wrong with the file, with its line where one is to blame.
    pub fn read(text: &str) -> Result<Self, String> {
        let (mut features, mut bias) = (Vec::new(), 0);
        let mut trees: Vec<Tree> = Vec::new();
        for row in table::rows::<2>(text) {
            let (line, [part, values]) = row?;
            let wrong = |what: &str| format!("line {line}: {what}");
            let number = |v: &str| v.parse::<i16>().map_err(|e| wrong(&e.to_string()));
            match part {
                "features" => features = values.split(' ').collect(),
                "bias" => {
                    bias = values
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
                        if usize::from(feature) >= features.len() {
                            return Err(wrong("no such feature"));
                        }
                        Ok((feature, threshold))
                    });
                    trees.push(Tree {
                        splits: splits.collect::<Result<_, String>>()?,
                        leaves: Vec::new(),
                    });
                }
                "leaves" => {
                    let Some(tree) = trees.last_mut() else {
                        return Err(wrong("leaves before splits"));
                    };
                    tree.leaves = values.split(' ').map(number).collect::<Result<_, _>>()?;
                }
                _ => return Err(wrong("unknown part")),
            }
        }
        Ok(Self::new(&features, &trees, bias)?)
    }

    /// The file that [`Ranker::read`] reads; `comment` says where the weights come from.
    #[must_use]
    pub fn write(&self, comment: &str) -> String {
        let mut out = String::new();
        for line in comment.lines() {
            let _ = writeln!(out, "# {line}");
        }
        let _ = writeln!(out, "part\tvalues");
        let _ = writeln!(out, "features\t{}", self.names);
        let _ = writeln!(out, "bias\t{}", self.bias);
        for tree in self.steps.trees() {
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

    /// The ranker in bytes, which [`Ranker::unpack`] takes as they are.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut out = self.bias.to_le_bytes().to_vec();
        out.extend((self.names.len() as u16).to_le_bytes());
        out.extend(self.names.as_bytes());
        self.steps.pack(&mut out);
        out
    }

    /// What [`Ranker::pack`] packed; `None` for bytes that it did not write.
    #[must_use]
    pub fn unpack(bytes: &'static [u8]) -> Option<Self> {
        let (bias, bytes) = bytes.split_first_chunk()?;
        let (length, bytes) = bytes.split_first_chunk()?;
        let (names, bytes) = bytes.split_at_checked(u16::from_le_bytes(*length).into())?;
        Some(Self {
            names: std::str::from_utf8(names).ok()?.into(),
            bias: i32::from_le_bytes(*bias),
            steps: Steps::unpack(bytes)?,
        })
    }

    /// The names of the features, in the order of a row.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.names.split(' ')
    }

    /// Whether it asks for a feature, by its place in a row.
    #[must_use]
    pub fn asks(&self, feature: usize) -> bool {
        self.steps.asks(feature)
    }

    /// Whether it has no trees, so that all candidates score the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The scores of candidates, in logits, from their features in the order of [`Ranker::features`].
    #[must_use]
    pub fn scores<R: AsRef<[f32]>>(&self, rows: &[R]) -> Vec<f32> {
        let sums = self.steps.sums(self.bias, rows);
        sums.into_iter().map(|sum| sum as f32 / LOGIT).collect()
    }

    /// The score of a candidate, in logits, from its features in the order of [`Ranker::features`].
    #[must_use]
    pub fn score(&self, row: &[f32]) -> f32 {
        self.scores(&[row]).first().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{LOGIT, Ranker, Tree};

    fn trees() -> Vec<Tree> {
        vec![
            Tree {
                splits: vec![(0, 0.5), (1, -1.25)],
                leaves: vec![0, 256, -512, 128],
            },
            Tree {
                splits: vec![(2, 1e9), (0, 1.5), (1, -1.25), (0, f32::MAX)],
                leaves: (0..16).collect(),
            },
            Tree {
                splits: (0..6_u8).map(|n| (2, f32::from(n))).collect(),
                leaves: (0..64).map(|n| n * 7 - 99).collect(),
            },
        ]
    }

    fn ranker() -> Ranker {
        Ranker::new(&["a", "b", "c"], &trees(), 64).unwrap()
    }

    /// As the trees say it, one question after the other.
    fn told(row: &[f32]) -> f32 {
        let leaf = |tree: &Tree| {
            let answers = tree.splits.iter().enumerate();
            let answers = answers.map(|(depth, (feature, threshold))| {
                let value = row.get(usize::from(*feature)).copied().unwrap_or_default();
                usize::from(value > *threshold) << depth
            });
            i32::from(tree.leaves[answers.sum::<usize>()])
        };
        (64 + trees().iter().map(leaf).sum::<i32>()) as f32 / LOGIT
    }

    #[test]
    fn a_ranker_survives_writing_and_packing() {
        let ranker = ranker();
        assert_eq!(
            Ranker::read(&ranker.write("from a test")).as_ref(),
            Ok(&ranker)
        );
        let bytes: &'static [u8] = ranker.pack().leak();
        assert_eq!(Ranker::unpack(bytes).as_ref(), Some(&ranker));
        assert_eq!(Ranker::unpack(&bytes[1..]), None);
        assert_eq!(Ranker::unpack(&bytes[..bytes.len() - 1]), None);
        assert!(ranker.features().eq(["a", "b", "c"]));
        assert!((0..3).all(|feature| ranker.asks(feature)) && !ranker.asks(3));
    }

    #[test]
    fn few_candidates_and_many_score_what_the_trees_say() {
        let rows: Vec<[f32; 3]> = (0..100_u8)
            .map(|n| {
                let c = [f32::from(n % 7), f32::NAN, f32::INFINITY, -0.0][usize::from(n % 4)];
                [f32::from(n % 3), -1.0 - f32::from(n % 2), c]
            })
            .collect();
        for count in [0, 1, 2, 3, 4, 5, 11, 12, 40, 48, 49, 100] {
            let want: Vec<f32> = rows[..count].iter().map(|row| told(row)).collect();
            assert_eq!(ranker().scores(&rows[..count]), want, "{count}");
        }
        assert_eq!(ranker().score(&[1.0]), told(&[1.0]));
    }

    #[test]
    fn a_tree_with_too_few_leaves_or_too_many_questions_is_refused() {
        let text = "part\tvalues\nfeatures\ta\nbias\t0\nsplits\t0:1\nleaves\t3\n";
        assert!(Ranker::read(text).is_err());
        assert!(Ranker::read(&text.replace("3", "3 4")).is_ok());
        let deep = Tree {
            splits: vec![(0, 0.0); 7],
            leaves: vec![0; 128],
        };
        assert!(Ranker::new(&["a"], &[deep], 0).is_err());
    }
}
