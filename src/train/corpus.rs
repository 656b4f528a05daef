//! Gold pages as rows to train on: every rendering of every page, its units, their columns and their targets.

use std::path::Path;

use crate::classify::features::{self, Page};
use crate::document::Units;
use crate::error::Error;
use crate::layout;
use crate::train::gold::{self, GoldPage, RENDERINGS};
use crate::train::{align, annotated};

/// A page in one rendering.
pub(crate) struct Sample {
    /// Index in [`Corpus::gold`].
    pub gold: usize,
    /// Index in [`RENDERINGS`].
    pub rendering: usize,
    /// Its fold.
    pub fold: usize,
    /// Its text.
    pub text: String,
    /// Its units.
    pub units: Units,
    /// Their columns.
    pub page: Page,
    /// What each unit is by the gold.
    pub targets: Vec<Target>,
    /// The weight of each unit for the body model.
    pub weights: Vec<f32>,
    /// Whether the gold tells paragraphs from sub-headings.
    pub has_kinds: bool,
}

impl Sample {
    /// The units that the model judges, row by row.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        self.page.rows.iter().map(|unit| *unit as usize)
    }
}

/// What a unit is by the gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Not body.
    Other,
    /// A paragraph.
    Paragraph,
    /// A sub-heading.
    Heading,
    /// A summary, which may stand in the body or not.
    Summary,
    /// The headline.
    Headline,
}

impl Target {
    /// Whether it is body.
    pub(crate) fn is_body(self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading)
    }
}

/// Where pages to learn from and to be scored on are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'a> {
    /// The gold, one JSON object a line.
    pub gold: Option<&'a Path>,
    /// The folder of its texts, `RENDERING/ID.txt`.
    pub text: Option<&'a Path>,
    /// A folder of annotated pages, which are learned from and never scored.
    pub pages: Option<&'a Path>,
}

impl Sources<'_> {
    /// All pages: the gold's, then the annotated ones.
    fn read(&self) -> Result<Vec<GoldPage>, Error> {
        let gold = self.gold.map(gold::read).transpose()?;
        let pages = self.pages.map(annotated::read).transpose()?;
        Ok(gold.into_iter().chain(pages).flatten().collect())
    }

    /// The folder of the gold's texts, or the annotated pages' where there is no gold.
    pub(crate) fn folder(&self) -> &Path {
        self.text.or(self.pages).unwrap_or(Path::new(""))
    }
}

/// Gold pages and their renderings.
pub(crate) struct Corpus {
    /// The gold.
    pub gold: Vec<GoldPage>,
    /// Pages that have a body or a silver body, in every rendering that exists.
    pub samples: Vec<Sample>,
}

/// Everything a page weighs in training, whatever its length.
const PAGE_WEIGHT: f32 = 100.0;
/// How a unit's weight within its page grows with its words.
const LENGTH_POWER: f32 = 0.6;

impl Corpus {
    /// Reads pages and texts, and aligns them; pages of one publisher share a fold.
    ///
    /// # Errors
    /// When the pages cannot be read. A rendering that a page lacks is left out.
    pub(crate) fn read(sources: Sources<'_>, folds: usize) -> Result<Self, Error> {
        let gold = sources.read()?;
        let mut samples = Vec::new();
        for (g, page) in gold.iter().enumerate() {
            for (rendering, name) in RENDERINGS.iter().enumerate() {
                let Some(text) = page.text(name, sources.folder()) else {
                    continue;
                };
                if let Some(sample) = sample(g, page, rendering, text, fold_of(page, folds)) {
                    samples.push(sample);
                }
            }
        }
        Ok(Self { gold, samples })
    }
}

/// The blocks to align with: kind and text.
fn blocks(page: &GoldPage) -> Option<(Vec<(&str, &str)>, bool)> {
    if let Some(blocks) = page.blocks.as_ref().filter(|blocks| !blocks.is_empty()) {
        return Some((
            blocks
                .iter()
                .map(|block| (block.kind.as_str(), block.text.as_str()))
                .collect(),
            page.set != "fundus-eval",
        ));
    }
    let body = page.body.as_ref().or(page.silver_body.as_ref())?;
    Some((
        body.lines().map(|line| ("paragraph", line)).collect(),
        false,
    ))
}

fn sample(
    g: usize,
    page: &GoldPage,
    rendering: usize,
    text: String,
    fold: usize,
) -> Option<Sample> {
    let (blocks, has_kinds) = blocks(page)?;
    let units = layout::units(&text);
    let shaped = features::page(&text, &units);
    let texts: Vec<&str> = blocks.iter().map(|block| block.1).collect();
    let mut targets: Vec<Target> = align::align(&text, &units, &texts)
        .into_iter()
        .map(|block| match block.map(|b| blocks[b].0) {
            None => Target::Other,
            Some("summary") => Target::Summary,
            Some("heading") => Target::Heading,
            Some(_) => Target::Paragraph,
        })
        .collect();
    if let Some(i) = headline(page, &text, &units, &targets) {
        targets[i] = Target::Headline;
    }
    let raw: Vec<f32> = shaped
        .shapes
        .iter()
        .map(|shape| (shape.words as f32 + 2.0).powf(LENGTH_POWER))
        .collect();
    let scale = PAGE_WEIGHT / raw.iter().sum::<f32>().max(1.0);
    let weights = raw
        .iter()
        .zip(&targets)
        .map(|(w, t)| {
            if *t == Target::Summary {
                0.0
            } else {
                w * scale
            }
        })
        .collect();
    Some(Sample {
        gold: g,
        rendering,
        fold,
        text,
        units,
        page: shaped,
        targets,
        weights,
        has_kinds,
    })
}

/// The unit that prints the gold headline: of several, the last one before the body's first unit.
fn headline(page: &GoldPage, text: &str, units: &Units, targets: &[Target]) -> Option<usize> {
    let wanted = comparable(page.title.as_deref()?);
    let first = targets
        .iter()
        .position(|target| target.is_body())
        .unwrap_or(targets.len());
    let printed =
        |i: &usize| targets[*i] != Target::Paragraph && comparable(&units.text(text, *i)) == wanted;
    (0..first)
        .rev()
        .find(printed)
        .or_else(|| (first..targets.len().min(first + 12)).find(printed))
}

/// Letters and digits alone, in lower case.
pub(crate) fn comparable(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// FNV-1a of the publisher, so that a page keeps its fold when others come or go.
pub(crate) fn fold_of(page: &GoldPage, folds: usize) -> usize {
    let hash = page
        .group
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    ((hash >> 20) % folds.max(1) as u64) as usize
}
