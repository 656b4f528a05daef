//! The weights of the line model and their file: a text header that says where they come from, a blank line, and
//! little-endian numbers.

use std::sync::LazyLock;

use crate::classify::body::BODY;
use crate::classify::columns::{Feature, View, Views};
use crate::classify::context;
use crate::classify::evidence::{Evidence, SLOTS};
use crate::classify::features::{self, Base, Page};
use crate::classify::trees::{self, DEPTH, Forest, LEAVES, Tree};

/// First line of a weights file; the number rises with every change of the file's layout.
const MAGIC: &str = "copydesk weights 1";
/// Key of the header line that says of which columns the weights are.
const COLUMNS: &str = "columns: ";

/// FNV-1a of the names of all columns in order: weights trained on other columns would be read as nonsense.
fn column_digest() -> String {
    let names = features::columns().into_iter().map(|(name, _)| name);
    let context = context::CONTEXT.iter().map(|(name, _)| (*name).to_owned());
    let hash = names
        .chain(context)
        .flat_map(|name| name.into_bytes().into_iter().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{COLUMNS}{hash:016x}")
}

/// The weights of all passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Where the weights come from, as `key: value` lines.
    pub provenance: String,
    /// Weights of words.
    pub(crate) evidence: Evidence,
    /// One forest a pass: the odds of body text. Each after the first sees the marginals of the one before.
    pub(crate) passes: Vec<Forest>,
    /// The odds that a body unit is a sub-heading.
    pub(crate) crosshead: Forest,
    /// The odds that a unit is the headline.
    pub(crate) headline: Forest,
    /// For each marginal of the last pass, the calibrated probability of body text, both as bytes.
    pub(crate) calibration: Vec<u8>,
}

/// Marginals of a pass up to this one, of 255, are final: of 120,000 units in cross-validation, 73 in a hundred lie
/// there after the first pass, and the second one raised none of them to one half (nor any below 14).
const CLEAR: u8 = 5;

/// Marginals from here on, of 255, leave it open whether a line is a sub-heading that the body lost. Below it the odds
/// are not worth their time.
const MAYBE: u8 = 16;

/// The score of what cannot be the headline.
const NO_HEADLINE: i32 = -20 * trees::LOGIT;
/// Rows from the body's first one on that may still be the headline: a lede is printed over it at times.
const BELOW_HEADLINE: usize = 13;

/// What the model says about a page.
pub(crate) struct Marginals {
    /// Probability that each unit is body text, 255 for certainty.
    pub body: Vec<u8>,
    /// Probability that each unit is a sub-heading, given that it is body text; 0 where that is unlikely.
    pub crosshead: Vec<u8>,
    /// Log-odds of being the headline, for ranking; far below all others for units well inside the body and below.
    pub headline: Vec<i32>,
    /// Marginals of every pass, the last one's included.
    pub stages: Vec<Vec<u8>>,
}

impl Model {
    /// The shipped weights.
    ///
    /// # Panics
    /// Never: a test reads the shipped file.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
            Model::read(crate::lexicon::LINE_WEIGHTS).expect("the shipped weights are well-formed")
        });
        &SHIPPED
    }

    /// Judges a page; its columns are completed and used up on the way.
    pub(crate) fn judge(&self, page: &mut Page) -> Marginals {
        self.weigh_words(page);
        let mut columns = std::mem::take(&mut page.columns);
        let base = features::count();
        let forests = self.passes.iter().chain([&self.crosshead, &self.headline]);
        let features = forests.flat_map(|forest| &forest.features);
        let means = features.filter(|feature| feature.is_mean()).count();
        let mut views = Views::with_room(&mut columns, means);
        let mut stages: Vec<Vec<u8>> = Vec::with_capacity(self.passes.len());
        for forest in &self.passes {
            let Some(before) = stages.last() else {
                let scores = forest.scores(&mut views);
                stages.push(scores.into_iter().map(trees::probability).collect());
                continue;
            };
            views.change_from(base, |columns| context::extend(page, before, columns));
            let scores = forest.scores_where(&mut views, |row| before[row] > CLEAR);
            let judged = before.iter().zip(scores).map(|(p, score)| {
                if *p > CLEAR {
                    trees::probability(score)
                } else {
                    *p
                }
            });
            stages.push(judged.collect());
        }
        let body: &[u8] = stages.last().map_or(&[], Vec::as_slice);
        views.change_from(base, |columns| context::extend(page, body, columns));
        let in_body = |row: usize| body[row] >= BODY;
        let may_be = |row: usize| body[row] >= MAYBE;
        let crosshead: Vec<u8> = self
            .crosshead
            .scores_where(&mut views, may_be)
            .into_iter()
            .enumerate()
            .map(|(row, score)| {
                if may_be(row) {
                    trees::probability(score)
                } else {
                    0
                }
            })
            .collect();
        let first = (0..body.len()).find(|row| in_body(*row));
        let above = |row: usize| first.is_none_or(|first| row < first + BELOW_HEADLINE);
        let mut headline = self.headline.scores_where(&mut views, above);
        for (row, score) in headline.iter_mut().enumerate() {
            if !above(row) {
                *score = NO_HEADLINE;
            }
        }
        Marginals {
            body: page.by_unit(body, 0),
            crosshead: page.by_unit(&crosshead, 0),
            headline: page.by_unit(&headline, NO_HEADLINE),
            stages: stages.iter().map(|stage| page.by_unit(stage, 0)).collect(),
        }
    }

    /// Fills the column that the weights of words give.
    pub(crate) fn weigh_words(&self, page: &mut Page) {
        let column = page.columns.of_mut(Base::Evidence as usize);
        for (i, weight) in column.iter_mut().enumerate() {
            *weight = self.evidence.of(page.words.of(i));
        }
    }

    /// Reads a weights file.
    ///
    /// # Errors
    /// What is wrong with the bytes, in a few words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let end = memchr::memmem::find(bytes, b"\n\n").ok_or("no header")?;
        let header = std::str::from_utf8(&bytes[..end]).map_err(|_| "the header is not text")?;
        let Some(provenance) = header.strip_prefix(MAGIC) else {
            return Err(format!("not weights of this version: want `{MAGIC}`"));
        };
        if !provenance.lines().any(|line| line == column_digest()) {
            return Err(
                "weights of other features than this version's: train them anew".to_owned(),
            );
        }
        let mut reader = Reader {
            bytes: &bytes[end + 2..],
        };
        let weights = reader
            .take(SLOTS)?
            .iter()
            .map(|byte| byte.cast_signed())
            .collect();
        let passes = (0..reader.u16()?)
            .map(|_| reader.forest())
            .collect::<Result<_, _>>()?;
        let model = Self {
            provenance: provenance
                .lines()
                .filter(|line| !line.starts_with(COLUMNS) && !line.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
            evidence: Evidence { weights },
            passes,
            crosshead: reader.forest()?,
            headline: reader.forest()?,
            calibration: reader.take(256)?.to_vec(),
        };
        if reader.bytes.is_empty() {
            Ok(model)
        } else {
            Err("bytes after the end".to_owned())
        }
    }

    /// Writes a weights file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut header = format!("{MAGIC}\n{}\n", column_digest());
        for line in self.provenance.lines().filter(|line| !line.is_empty()) {
            header.push_str(line);
            header.push('\n');
        }
        header.push('\n');
        let mut out = header.into_bytes();
        out.extend(
            self.evidence
                .weights
                .iter()
                .map(|weight| weight.cast_unsigned()),
        );
        out.extend((self.passes.len() as u16).to_le_bytes());
        for forest in self.passes.iter().chain([&self.crosshead, &self.headline]) {
            write_forest(forest, &mut out);
        }
        out.extend(&self.calibration);
        out
    }
}

fn write_forest(forest: &Forest, out: &mut Vec<u8>) {
    out.extend(forest.bias.to_le_bytes());
    out.extend((forest.features.len() as u16).to_le_bytes());
    for feature in &forest.features {
        let (view, by) = match feature.view {
            View::Neighbour(shift) => (0, shift.cast_unsigned()),
            View::Above(window) => (1, window),
            View::Below(window) => (2, window),
        };
        out.extend([feature.column, view, by]);
    }
    out.extend((forest.trees.len() as u16).to_le_bytes());
    for tree in &forest.trees {
        for (feature, threshold) in tree.splits {
            out.extend(feature.to_le_bytes());
            out.push(threshold);
        }
        for leaf in tree.leaves {
            out.extend(leaf.to_le_bytes());
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let (head, rest) = self
            .bytes
            .split_at_checked(count)
            .ok_or("the file is cut off")?;
        self.bytes = rest;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], String> {
        self.take(N)?
            .try_into()
            .map_err(|_| "the file is cut off".to_owned())
    }

    fn u16(&mut self) -> Result<u16, String> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    fn forest(&mut self) -> Result<Forest, String> {
        let bias = i32::from_le_bytes(self.array()?);
        let mut features = Vec::new();
        for _ in 0..self.u16()? {
            let [column, view, by] = self.array()?;
            let view = match view {
                0 => View::Neighbour(by.cast_signed()),
                1 => View::Above(by),
                2 => View::Below(by),
                _ => return Err("an unknown feature".to_owned()),
            };
            if !view.exists() {
                return Err("an unknown feature".to_owned());
            }
            if usize::from(column) >= crate::classify::features::count() + context::CONTEXT.len() {
                return Err("a feature of a column that does not exist".to_owned());
            }
            features.push(Feature { column, view });
        }
        let mut trees = Vec::new();
        for _ in 0..self.u16()? {
            let mut splits = [(0, 0); DEPTH];
            for split in &mut splits {
                *split = (self.u16()?, self.array::<1>()?[0]);
                if usize::from(split.0) >= features.len() {
                    return Err("a tree asks for a feature that does not exist".to_owned());
                }
            }
            let mut leaves = [0; LEAVES];
            for leaf in &mut leaves {
                *leaf = i16::from_le_bytes(self.array()?);
            }
            trees.push(Tree { splits, leaves });
        }
        Ok(Forest {
            features,
            trees,
            bias,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Model;

    #[test]
    fn the_shipped_weights_survive_reading_and_writing() {
        let model = Model::shipped();
        assert_eq!(Model::read(&model.write()).as_ref(), Ok(model));
        assert!(model.provenance.contains("corpus:"));
    }

    #[test]
    fn damaged_weights_are_refused() {
        let bytes = Model::shipped().write();
        for end in [0, 10, 100, bytes.len() - 1] {
            assert!(Model::read(&bytes[..end]).is_err());
        }
    }
}
