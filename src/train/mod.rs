//! Training and scoring of the line model on gold pages.

mod align;
mod annotated;
mod bodies;
mod boost;
mod corpus;
mod fields;
mod fit;
mod gold;
mod onto;
mod outlets;
mod rank;
mod rankers;
mod reliability;
mod score;
mod seams;
mod spelling;
mod strays;
mod structure;
mod structures;
mod words;

pub use corpus::Sources;
pub use fit::Plan;

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::classify::model::{Marginals, Model};
use crate::config::Config;
use crate::document::Document;
use crate::error::{Error, Position};
use crate::lexicon::rankers::Ranker;
use crate::pipeline::Cleaner;
use crate::record::{Article, BlockKind};
use crate::train::bodies::Bodies;
use crate::train::corpus::{Corpus, Sample, Target};
use crate::train::fit::Fitter;
use crate::train::gold::{GoldPage, RENDERINGS};
use crate::train::reliability::Reliability;
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
/// When the pages cannot be read.
pub fn train(sources: Sources<'_>, plan: Plan, log: &mut dyn FnMut(&str)) -> Result<Model, Error> {
    let corpus = Corpus::read(sources, plan.folds)?;
    let mut fitter = Fitter::new(&corpus.samples, plan, log);
    let mut model = model(&mut fitter, plan, 0);
    model.provenance = format!(
        "{}\nplan: {} passes of {} trees, {} folds",
        provenance(&corpus, sources),
        plan.passes,
        plan.trees,
        plan.folds
    );
    Ok(model)
}

/// Adds trees to `base` that are grown on these pages alone.
///
/// # Errors
/// When the gold cannot be read or holds no page with a text.
pub fn train_onto(
    base: &Model,
    sources: Sources<'_>,
    plan: Plan,
    log: &mut dyn FnMut(&str),
) -> Result<Model, Error> {
    let corpus = Corpus::read(sources, plan.folds)?;
    if corpus.samples.is_empty() {
        let position = Position::path(sources.folder().display().to_string());
        let what = "no page with a body has a text there";
        return Err(Error::new(position, "bad-gold", what));
    }
    log(&format!(
        "{} pages in {} renderings onto the base",
        corpus.gold.len(),
        corpus.samples.len()
    ));
    let mut model = onto::extend(base, &corpus.samples, plan.trees);
    model.provenance = format!(
        "{}\nadded {}\nadded plan: {} trees a pass",
        base.provenance,
        provenance(&corpus, sources),
        plan.trees
    );
    Ok(model)
}

/// What the weights were made of; the date only where the caller's environment sets one, so that the same pages give
/// the same bytes.
fn provenance(corpus: &Corpus, sources: Sources<'_>) -> String {
    let mut out = format!(
        "corpus: {} pages, {} renderings, sha256 {}\nmade by: copydesk {} train",
        corpus.gold.len(),
        corpus.samples.len(),
        digest(sources),
        env!("CARGO_PKG_VERSION"),
    );
    let date = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.parse().ok())
        .and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    if let Some(date) = date {
        let _ = write!(out, "\ndate: {date}");
    }
    out
}

/// Trains the rankers of the metadata and the segmenting stage on all pages, labelled by models that had not seen the page's publisher:
/// those kept in `models`, or new ones. Gives the rankers' files by name.
///
/// # Errors
/// When the gold cannot be read, or kept weights are of other columns.
pub fn train_rankers(
    sources: Sources<'_>,
    plan: Plan,
    models: Option<&Path>,
    log: &mut dyn FnMut(&str),
) -> Result<[(&'static str, Vec<u8>); 9], Error> {
    let corpus = Corpus::read(sources, plan.folds)?;
    let mut fitter = Fitter::new(&corpus.samples, plan, log);
    let models = (0..plan.folds)
        .map(|fold| fold_model(&mut fitter, plan, fold, models).map(Arc::new))
        .collect::<Result<Vec<_>, _>>()?;
    let rankers::Fitted { folds, all } = rankers::fit(&corpus.gold, sources.folder(), &models);
    let structure = structures::fit(&corpus.gold, sources.folder(), &models, &folds).all;
    let comment = format!(
        "Weights of a ranker, written by `copydesk train --rankers`; see lexicon/rankers.rs.\n\
         Trained on all {} pages of the evaluation corpus, labelled by models of these and the annotated pages (sha256 {}),\n\
         so that no figure on that corpus made with this file counts: `copydesk eval` gives figures out of fold.\n\
         part, values separated by spaces",
        corpus.gold.iter().filter(|page| page.is_met()).count(),
        digest(sources)
    );
    let file = |ranker: &Ranker| ranker.write(&comment).into_bytes();
    Ok([
        ("headline.ranker.tsv", file(&all.headline)),
        ("date.ranker.tsv", file(&all.date)),
        ("author.ranker.tsv", file(&all.author)),
        ("author-again.ranker.tsv", file(&all.author_again)),
        ("outlet.ranker.tsv", file(&all.outlet)),
        (
            "spelling.weights",
            all.spelling.write(&provenance(&corpus, sources)),
        ),
        ("heading.ranker.tsv", file(&structure.heading)),
        ("seam.ranker.tsv", file(&structure.seam)),
        ("stray.ranker.tsv", file(&structure.stray)),
    ])
}

fn digest(sources: Sources<'_>) -> String {
    use sha2::{Digest, Sha256};
    let mut digest = Sha256::new();
    let pages = sources.pages.map(annotated::files);
    let files = pages.and_then(Result::ok).unwrap_or_default();
    for path in sources
        .gold
        .into_iter()
        .chain(files.iter().map(PathBuf::as_path))
    {
        digest.update(std::fs::read(path).unwrap_or_default());
    }
    digest
        .finalize()
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

/// Cross-validates: tables of body and metadata scores of models that had not seen the page's publisher.
///
/// # Errors
/// When the gold cannot be read, kept weights are of other columns, or a file cannot be written.
pub fn cross_validate(
    sources: Sources<'_>,
    plan: Plan,
    folders: Folders<'_>,
    log: &mut dyn FnMut(&str),
) -> Result<String, Error> {
    let predictions = folders.predictions;
    let corpus = Corpus::read(sources, plan.folds)?;
    let mut stages: Vec<Vec<Vec<u8>>> = vec![Vec::new(); corpus.samples.len()];
    let mut said: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    let mut counts = Counts::default();
    let mut units = Reliability::default();
    let mut pages = Vec::new();
    let mut structure = Structure::default();
    let mut fitter = Fitter::new(&corpus.samples, plan, log);
    let mut models = Vec::with_capacity(plan.folds);
    for fold in 0..plan.folds {
        let model = Arc::new(fold_model(&mut fitter, plan, fold, folders.models)?);
        for (s, sample) in corpus
            .samples
            .iter()
            .enumerate()
            .filter(|(_, sample)| sample.fold == fold && corpus.gold[sample.gold].is_met())
        {
            let mut page = sample.page.clone();
            let judged = model.judge(&mut page);
            if sample.rendering == 0 {
                counts.add(sample, &judged);
            }
            if corpus.gold[sample.gold].has_body() {
                add_units(&mut units, sample, &judged.body);
            }
            stages[s] = judged.stages;
        }
        models.push(model);
    }
    let mut fields = fields::Report::default();
    let mut bodies = Bodies::default();
    let mut sure: BTreeMap<&str, Reliability> = BTreeMap::new();
    let rankers = rankers::fit(&corpus.gold, sources.folder(), &models).folds;
    let weights = structures::fit(&corpus.gold, sources.folder(), &models, &rankers).folds;
    let judges = models.into_iter().zip(rankers).zip(weights);
    for (fold, ((model, rankers), weights)) in judges.enumerate() {
        let cleaner = Cleaner::with_model(Config::default(), model)
            .rankers(rankers)
            .structure(weights);
        let gold = corpus
            .gold
            .iter()
            .filter(|page| page.is_met() && corpus::fold_of(page, plan.folds) == fold);
        predict(
            gold,
            sources.folder(),
            &cleaner,
            |page, rendering, text, article| {
                let name = RENDERINGS[rendering];
                let tally = fields::score(page, name, text, &fields::Given::of(article));
                fields.add(page, name, rendering == 0, &tally);
                for (field, right) in tally.judged() {
                    let said = article.confidence.get(field).copied().unwrap_or_default();
                    let right = f64::from(u8::from(right));
                    sure.entry(field).or_default().add(said, right, 1.0);
                }
                structure.add(rendering, page, article);
                let lines = said.entry(rendering).or_default();
                lines.extend(prediction(&page.id, article).to_string().into_bytes());
                lines.push(b'\n');
                let score = bodies.add(page, rendering, &article.article_body);
                if rendering == 0
                    && let Some(score) = score
                {
                    let confidence = article.confidence.get("body").copied();
                    pages.push((confidence.unwrap_or_default(), score.f1()));
                }
            },
        );
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
            .map(|stages| stages.get(pass).map_or(&[][..], Vec::as_slice))
            .collect();
        let name = format!("lines by pass {} alone", pass + 1);
        out += &report(&corpus, &of_pass, &name);
    }
    let _ = write!(out, "== bodies of the whole program\n{bodies}");
    out += "== confidence of lines\n";
    out += &units.to_string();
    if !pages.is_empty() {
        let mut reliability = Reliability::default();
        for (confidence, f1) in &pages {
            reliability.add(*confidence, *f1, 1.0);
        }
        let (share, bad) = reliability::worst_decile(&pages);
        let _ = write!(
            out,
            "== confidence of plain bodies, as against their F1\n{reliability}of {bad} bodies below 0.8, the tenth with the lowest confidence holds {share:.3}\n"
        );
    }
    for (field, reliability) in &sure {
        let _ = write!(
            out,
            "== confidence of {field}, in all renderings\n{reliability}"
        );
    }
    out += &fields.to_string();
    Ok(out)
}

fn add_units(reliability: &mut Reliability, sample: &Sample, body: &[u8]) {
    for ((p, target), weight) in body.iter().zip(&sample.targets).zip(&sample.weights) {
        let outcome = if target.is_body() { 1.0 } else { 0.0 };
        reliability.add(f64::from(*p) / 255.0, outcome, f64::from(*weight));
    }
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

/// Runs the program on pages, those without a gold body too.
fn predict<'a>(
    pages: impl Iterator<Item = &'a GoldPage>,
    dir: &Path,
    cleaner: &Cleaner,
    mut each: impl FnMut(&GoldPage, usize, &str, &Article),
) {
    for page in pages {
        for (rendering, name) in RENDERINGS.iter().enumerate() {
            let Some(text) = page.text(name, dir) else {
                continue;
            };
            let document = Document {
                text,
                ..Document::default()
            };
            let article = cleaner.clean(&document);
            each(page, rendering, &document.text, &article);
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
        "publisher": article.publisher.as_ref().and_then(|p| p.name.as_ref()),
        "confidence": article.confidence,
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

fn report(corpus: &Corpus, marginals: &[&[u8]], name: &str) -> String {
    let mut bodies = Bodies::default();
    let (mut loss, mut weight) = (0.0_f64, 0.0_f64);
    let scored = |sample: &Sample| corpus.gold[sample.gold].is_met();
    let judged = corpus.samples.iter().zip(marginals);
    for (sample, p) in judged.filter(|(sample, _)| scored(sample)) {
        for ((p, t), w) in p.iter().zip(&sample.targets).zip(&sample.weights) {
            let p = (f64::from(*p) / 255.0).clamp(0.002, 0.998);
            loss -= f64::from(*w) * if t.is_body() { p.ln() } else { (1.0 - p).ln() };
            weight += f64::from(*w);
        }
        let page = &corpus.gold[sample.gold];
        bodies.add(page, sample.rendering, &body(sample, p));
    }
    let loss = loss / weight.max(1.0);
    format!("== {name}: log loss {loss:.4}\n{bodies}")
}
