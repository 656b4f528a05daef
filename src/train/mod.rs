//! Training and scoring of the line model on gold pages.

mod align;
mod boost;
mod corpus;
mod fit;
mod gold;
mod score;
mod structure;
mod words;

pub use fit::Plan;

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crate::classify::model::{Marginals, Model};
use crate::config::Config;
use crate::document::Document;
use crate::error::{Error, Position};
use crate::pipeline::Cleaner;
use crate::record::{Article, BlockKind};
use crate::train::corpus::{Corpus, Sample, Target};
use crate::train::fit::Fitter;
use crate::train::gold::{GoldPage, RENDERINGS};
use crate::train::score::{Overlap, f1};
use crate::train::structure::Structure;

/// Trees of the forests that name kinds.
const KIND_TREES: usize = 100;

fn crosshead_weight(sample: &Sample, i: usize, marginal: u8) -> f32 {
    let known = sample.has_kinds && (sample.targets[i].is_body() || marginal > 128);
    if known && sample.page.shapes[i].words < 40 {
        1.0
    } else {
        0.0
    }
}

fn headline_weight(sample: &Sample, i: usize, _: u8) -> f32 {
    let known = sample.targets.contains(&Target::Headline);
    if known && sample.page.shapes[i].letters >= 2 {
        30.0 / sample.targets.len() as f32
            + if sample.targets[i] == Target::Headline {
                1.0
            } else {
                0.0
            }
    } else {
        0.0
    }
}

fn model(fitter: &mut Fitter<'_>, plan: Plan, without: u32) -> Model {
    let fitted = fitter.fit(without, plan.passes);
    let crosshead = fitter.grow_kind(
        without,
        KIND_TREES,
        |t| t == Target::Heading,
        crosshead_weight,
    );
    let headline = fitter.grow_kind(
        without,
        KIND_TREES,
        |t| t == Target::Headline,
        headline_weight,
    );
    Model {
        provenance: String::new(),
        evidence: fitted.evidence,
        passes: fitted.passes,
        crosshead,
        headline,
        calibration: (0..=255).collect(),
    }
}

/// Trains on all pages.
///
/// # Errors
/// When the gold cannot be read.
pub fn train(
    gold: &Path,
    dir: &Path,
    plan: Plan,
    log: &mut dyn FnMut(&str),
) -> Result<Model, Error> {
    let corpus = Corpus::read(gold, dir, plan.folds)?;
    let mut fitter = Fitter::new(&corpus.samples, plan, log);
    let mut model = model(&mut fitter, plan, 0);
    model.provenance = format!(
        "corpus: {} pages, {} renderings, sha256 {}\nplan: {} passes of {} trees, {} folds",
        corpus.gold.len(),
        corpus.samples.len(),
        digest(gold),
        plan.passes,
        plan.trees,
        plan.folds
    );
    Ok(model)
}

fn digest(path: &Path) -> String {
    use sha2::{Digest, Sha256};
    let bytes = std::fs::read(path).unwrap_or_default();
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// Where a cross-validation keeps things.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folders<'a> {
    /// Runs the whole program with the folds' models and writes what it says there, one file a rendering.
    pub predictions: Option<&'a Path>,
    /// Keeps the folds' weights there, `fold-N.weights`, and uses those that are there already.
    pub models: Option<&'a Path>,
}

/// Cross-validates: a table of body scores of models that had not seen the page's publisher.
///
/// # Errors
/// When the gold cannot be read, kept weights are of other columns, or a file cannot be written.
pub fn cross_validate(
    gold: &Path,
    dir: &Path,
    plan: Plan,
    folders: Folders<'_>,
    log: &mut dyn FnMut(&str),
) -> Result<String, Error> {
    let predictions = folders.predictions;
    let corpus = Corpus::read(gold, dir, plan.folds)?;
    let mut stages: Vec<Vec<Vec<u8>>> = vec![Vec::new(); corpus.samples.len()];
    let mut said: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    let mut counts = Counts::default();
    let mut structure = Structure::default();
    let mut fitter = Fitter::new(&corpus.samples, plan, log);
    for fold in 0..plan.folds {
        let model = Arc::new(fold_model(&mut fitter, plan, fold, folders.models)?);
        for (s, sample) in corpus
            .samples
            .iter()
            .enumerate()
            .filter(|(_, sample)| sample.fold == fold)
        {
            let mut page = sample.page.clone();
            let judged = model.judge(&mut page);
            if sample.rendering == 0 {
                counts.add(sample, &judged);
            }
            stages[s] = judged.stages;
        }
        if predictions.is_some() {
            let cleaner = Cleaner::with_model(Config::default(), model);
            let pages = corpus
                .gold
                .iter()
                .filter(|page| corpus::fold_of(page, plan.folds) == fold);
            predict(pages, dir, &cleaner, &mut said, &mut structure);
        }
    }
    if let Some(folder) = predictions {
        let write = |rendering: usize, lines: &[u8]| {
            std::fs::create_dir_all(folder)?;
            std::fs::write(
                folder.join(format!("{}.jsonl", RENDERINGS[rendering])),
                lines,
            )
        };
        for (rendering, lines) in &said {
            let position = Position::path(folder.display().to_string());
            write(*rendering, lines).map_err(|error| Error::io(position, &error))?;
        }
    }
    let mut out = format!("{counts}{structure}");
    for pass in 0..plan.passes {
        let of_pass: Vec<&[u8]> = stages
            .iter()
            .map(|stages| stages[pass].as_slice())
            .collect();
        out += &report(
            &corpus,
            &of_pass,
            &format!("pass {}", pass + 1),
            pass + 1 == plan.passes,
        );
    }
    Ok(out)
}

/// The model that has not seen a fold: the kept one, or a new one.
fn fold_model(
    fitter: &mut Fitter<'_>,
    plan: Plan,
    fold: usize,
    kept: Option<&Path>,
) -> Result<Model, Error> {
    let Some(folder) = kept else {
        return Ok(model(fitter, plan, 1 << fold));
    };
    let path = folder.join(format!("fold-{fold}.weights"));
    let position = || Position::path(path.display().to_string());
    if path.exists() {
        let bytes = std::fs::read(&path).map_err(|error| Error::io(position(), &error))?;
        return Model::read(&bytes).map_err(|what| Error::new(position(), "not-weights", what));
    }
    let model = model(fitter, plan, 1 << fold);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, model.write()))
        .map_err(|error| Error::io(position(), &error))?;
    Ok(model)
}

/// Runs the program on every page of a fold, those without a gold body too.
fn predict<'a>(
    pages: impl Iterator<Item = &'a GoldPage>,
    dir: &Path,
    cleaner: &Cleaner,
    said: &mut BTreeMap<usize, Vec<u8>>,
    structure: &mut Structure,
) {
    for page in pages {
        for (rendering, name) in RENDERINGS.iter().enumerate() {
            let Ok(text) = std::fs::read_to_string(dir.join(name).join(format!("{}.txt", page.id)))
            else {
                continue;
            };
            let article = cleaner.clean(&Document {
                text,
                ..Document::default()
            });
            structure.add(rendering, page, &article);
            let lines = said.entry(rendering).or_default();
            lines.extend(prediction(&page.id, &article).to_string().into_bytes());
            lines.push(b'\n');
        }
    }
}

/// A record in the form that the reference scorer reads.
fn prediction(id: &str, article: &Article) -> serde_json::Value {
    let authors: Vec<&str> = article
        .author
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    let blocks: Vec<serde_json::Value> = article
        .blocks
        .iter()
        .filter(|block| block.is_body())
        .map(|block| {
            let kind = if block.kind == BlockKind::Heading {
                "heading"
            } else {
                "paragraph"
            };
            serde_json::json!({"kind": kind, "text": block.text})
        })
        .collect();
    serde_json::json!({
        "id": id,
        "title": article.headline,
        "authors": authors,
        "published": article.date_published,
        "modified": article.date_modified,
        "body": article.article_body,
        "blocks": blocks,
    })
}

/// How often the forests that name kinds are right.
#[derive(Default)]
struct Counts {
    headlines: [usize; 2],
    crossheads: [usize; 3],
}

impl Counts {
    fn add(&mut self, sample: &Sample, judged: &Marginals) {
        let shapes = &sample.page.shapes;
        if let Some(right) = sample
            .targets
            .iter()
            .position(|target| *target == Target::Headline)
        {
            let best = (0..shapes.len())
                .max_by_key(|i| judged.headline[*i])
                .unwrap_or(0);
            self.headlines[0] += 1;
            self.headlines[1] += usize::from(shapes[best].fingerprint == shapes[right].fingerprint);
        }
        if sample.has_kinds {
            for (i, target) in sample.targets.iter().enumerate() {
                let said = judged.body[i] >= 128 && judged.crosshead[i] >= 128;
                let is = *target == Target::Heading;
                self.crossheads[0] += usize::from(said && is);
                self.crossheads[1] += usize::from(said);
                self.crossheads[2] += usize::from(is);
            }
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [all, right] = self.headlines;
        let [hits, given, wanted] = self.crossheads;
        writeln!(
            f,
            "headlines: {right} of {all}; sub-headings: {hits} right of {given} given, {wanted} in the gold"
        )
    }
}

fn body(sample: &Sample, marginals: &[u8]) -> String {
    let lines: Vec<String> = (0..marginals.len())
        .filter(|i| marginals[*i] >= 128)
        .map(|i| sample.units.text(&sample.text, i))
        .collect();
    lines.join("\n\n")
}

/// The score against the best of the gold's variants.
fn page_score(page: &GoldPage, given: &str) -> Option<Overlap> {
    let Some(blocks) = page.blocks.as_ref().filter(|blocks| !blocks.is_empty()) else {
        return page.body.as_deref().map(|gold| Overlap::new(gold, given));
    };
    let mut best: Option<Overlap> = None;
    for (summary, optional) in [(true, true), (true, false), (false, true), (false, false)] {
        let kept: Vec<&str> = blocks
            .iter()
            .filter(|block| (summary || block.kind != "summary") && (optional || !block.optional))
            .map(|block| block.text.as_str())
            .collect();
        if kept.is_empty() {
            continue;
        }
        let overlap = Overlap::new(&kept.join("\n\n"), given);
        if best.is_none_or(|best| overlap.f1() > best.f1()) {
            best = Some(overlap);
        }
    }
    best
}

fn report(corpus: &Corpus, marginals: &[&[u8]], name: &str, full: bool) -> String {
    let mut groups: BTreeMap<String, Vec<Overlap>> = BTreeMap::new();
    let (mut loss, mut weight) = (0.0_f64, 0.0_f64);
    for (sample, p) in corpus.samples.iter().zip(marginals) {
        for ((p, t), w) in p.iter().zip(&sample.targets).zip(&sample.weights) {
            let p = (f64::from(*p) / 255.0).clamp(0.002, 0.998);
            loss -= f64::from(*w) * if t.is_body() { p.ln() } else { (1.0 - p).ln() };
            weight += f64::from(*w);
        }
        let page = &corpus.gold[sample.gold];
        let Some(score) = page_score(page, &body(sample, p)) else {
            continue;
        };
        let language = match page.lang.as_str() {
            "en" => "en",
            "de" => "de",
            "ko" | "ja" | "zh" => "ko+ja+zh",
            _ => "others",
        };
        let rendering = RENDERINGS[sample.rendering];
        groups
            .entry(format!("{rendering}: all"))
            .or_default()
            .push(score);
        if full && sample.rendering == 0 {
            groups
                .entry(format!("{rendering}: {}", page.set))
                .or_default()
                .push(score);
            groups
                .entry(format!("{rendering}: {language}"))
                .or_default()
                .push(score);
        }
    }
    let mut out = format!("== {name}: log loss {:.4}\n", loss / weight.max(1.0));
    for (key, rows) in &groups {
        let precision = mean(
            rows.iter()
                .filter(|row| row.given > 0)
                .map(|row| row.precision()),
        );
        let recall = mean(
            rows.iter()
                .filter(|row| row.wanted > 0)
                .map(|row| row.recall()),
        );
        let bad = rows.iter().filter(|row| row.f1() < 0.5).count();
        let _ = writeln!(
            out,
            "{key:28} n {:4}  F1 {:.4}  P {precision:.4}  R {recall:.4}  below 0.5: {bad}",
            rows.len(),
            f1(precision, recall)
        );
    }
    out
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0_f64), |(sum, count), value| {
        (sum + value, count + 1.0)
    });
    sum / count.max(1.0)
}
