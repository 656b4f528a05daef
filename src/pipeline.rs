//! The one file that names every stage: a document goes in, an article comes out.

pub mod workers;

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::classify::model::Model;
use crate::config::Config;
use crate::document::{Document, Span, Units, ink};
use crate::label::{Labels, LineKind, Reason};
use crate::metadata::Rankers;
use crate::record::{Article, LedgerEntry, Metadata, Removed, SCHEMA_VERSION, SourceRecord, bytes};
use crate::segment::Weights;
use crate::{classify, layout, metadata, segment};

/// Cleans documents, one at a time.
#[derive(Clone, Debug, Default)]
pub struct Cleaner {
    config: Config,
    model: Option<Arc<Model>>,
    rankers: Option<Arc<Rankers>>,
    structure: Option<Arc<Weights>>,
}

/// What the stages made of one document; `inspect` shows it.
#[derive(Clone, Debug)]
pub struct Cleaned {
    /// The units that were judged.
    pub units: Units,
    /// The final labels, claims of the metadata stage included.
    pub labels: Labels,
    /// The record.
    pub article: Article,
}

impl Cleaner {
    /// A cleaner with the shipped lexicon and weights.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self {
            config,
            model: None,
            rankers: None,
            structure: None,
        }
    }

    /// A cleaner with other weights than the shipped ones.
    #[must_use]
    pub fn with_model(config: Config, model: Arc<Model>) -> Self {
        Self {
            config,
            model: Some(model),
            rankers: None,
            structure: None,
        }
    }

    /// The same cleaner with other rankers of the metadata's candidates than the shipped ones.
    #[must_use]
    pub fn rankers(self, rankers: Arc<Rankers>) -> Self {
        Self {
            rankers: Some(rankers),
            ..self
        }
    }

    /// The same cleaner with other weights of the body's structure than the shipped ones.
    #[must_use]
    pub fn structure(self, weights: Arc<Weights>) -> Self {
        Self {
            structure: Some(weights),
            ..self
        }
    }

    fn model(&self) -> &Model {
        self.model.as_deref().unwrap_or_else(|| Model::shipped())
    }

    /// The record of one document.
    #[must_use]
    pub fn clean(&self, document: &Document) -> Article {
        self.inspect(document).article
    }

    /// What is known of a document before its body is segmented.
    pub(crate) fn judge(&self, document: &Document) -> (Units, Labels, Metadata) {
        let text = document.text.as_str();
        let units = layout::units(text);
        let mut labels = classify::classify(text, &units, self.model());
        let rankers = self
            .rankers
            .as_deref()
            .unwrap_or_else(|| Rankers::shipped());
        let metadata = metadata::extract(document, &units, &labels, &self.config, rankers);
        labels.claim(&metadata.claims);
        (units, labels, metadata)
    }

    /// The record of one document, and how it came to be.
    #[must_use]
    pub fn inspect(&self, document: &Document) -> Cleaned {
        let text = document.text.as_str();
        let (units, mut labels, mut metadata) = self.judge(document);
        let weights = self
            .structure
            .as_deref()
            .unwrap_or_else(|| Weights::shipped());
        let roles = segment::roles(document, &units, &labels, weights);
        labels.claim(&roles.claims);
        for claim in &roles.claims {
            let unit = || {
                let unit = units
                    .units
                    .partition_point(|u| u.span.end <= claim.span.start);
                units.text(text, unit)
            };
            let standfirsts = &mut metadata.alternative_headline;
            match claim.kind {
                LineKind::Standfirst => standfirsts.push(unit()),
                // A standfirst that turned out to be a caption.
                LineKind::Caption if !standfirsts.is_empty() => {
                    let caption = unit();
                    standfirsts.retain(|line| *line != caption);
                }
                _ => {}
            }
        }
        let segmented = segment::segment(document, &units, &labels, &roles.seams);

        let body: Vec<&str> = segmented
            .blocks
            .iter()
            .filter(|b| b.is_body())
            .map(|b| b.text.as_str())
            .collect();
        let article_body = body.join("\n\n");
        let source = &document.source;
        let mut warnings: Vec<String> = document
            .warnings
            .iter()
            .chain(&metadata.warnings)
            .map(ToString::to_string)
            .collect();
        if article_body.is_empty() {
            warnings.push("no-article".to_owned());
        }
        let mut confidence: BTreeMap<&'static str, f64> = metadata
            .confidence
            .iter()
            .map(|(field, percent)| (*field, share(*percent)))
            .collect();
        confidence.insert("body", share(labels.body_confidence));
        let article = Article {
            schema_version: SCHEMA_VERSION,
            id: digest(text),
            body_id: (!article_body.is_empty()).then(|| digest(&article_body)),
            headline: metadata.headline,
            kicker: metadata.kicker,
            alternative_headline: metadata.alternative_headline,
            author: metadata.author,
            dateline: metadata.dateline,
            date_published: metadata.date_published,
            date_modified: metadata.date_modified,
            publisher: metadata.publisher,
            article_section: metadata.article_section,
            in_language: labels.language.to_owned(),
            copyright_notice: metadata.copyright_notice,
            correction: metadata.correction,
            word_count: segment::words::count(&article_body),
            article_body,
            blocks: segmented.blocks,
            related: segmented.related,
            source: SourceRecord {
                path: source.path.clone(),
                member: source.member.clone(),
                index: source.index,
                id: source.id.clone(),
                span: source.span,
                encoding: source.encoding,
                sha256: source.sha256.clone(),
                url: source.url.clone().or(metadata.url),
                collected: source.collected.clone(),
                title: document.hints.title.clone(),
                outlet: document.hints.outlet.clone(),
                author: document.hints.author.clone(),
                date: document.hints.date.clone(),
                replaced: source.replaced,
            },
            removed: removed(text, &units, &labels),
            confidence,
            evidence: self.config.evidence.then_some(metadata.evidence),
            ledger: self.config.ledger.then(|| ledger(text, &units, &labels)),
            warnings,
        };
        Cleaned {
            units,
            labels,
            article,
        }
    }
}

fn share(percent: u8) -> f64 {
    f64::from(percent) / 100.0
}

fn digest(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        for half in [byte >> 4, byte & 15] {
            hex.push(char::from(DIGITS[usize::from(half)]));
        }
    }
    hex
}

/// Tiles the document text: the pieces, and blank spans between them.
fn ledger(text: &str, units: &Units, labels: &Labels) -> Vec<LedgerEntry> {
    let blank = |start: u32, end: u32| LedgerEntry {
        span: bytes(Span::new(start, end)),
        kind: LineKind::Blank.code(),
        reason: Reason::WhiteSpace.code(),
        confidence: 1.0,
        was: None,
    };
    let mut entries = Vec::with_capacity(labels.pieces.len() * 2 + 1);
    let mut at = 0;
    for piece in &labels.pieces {
        for part in labels.parts(text, units, piece) {
            if part.span.start > at {
                entries.push(blank(at, part.span.start));
            }
            let verdict = piece.verdict;
            entries.push(LedgerEntry {
                span: bytes(part.span),
                kind: verdict.kind.code(),
                reason: verdict.reason.code(),
                confidence: share(verdict.confidence),
                was: verdict.was.map(LineKind::code),
            });
            at = part.span.end;
        }
    }
    if at < text.len() as u32 {
        entries.push(blank(at, text.len() as u32));
    }
    entries
}

fn removed(text: &str, units: &Units, labels: &Labels) -> Removed {
    let mut sums = [0; Reason::ALL.len()];
    for piece in &labels.pieces {
        if piece.verdict.kind.is_removed() {
            let parts = labels.parts(text, units, piece);
            let counts = parts.map(|part| ink(part.span.of(text)) as u64);
            sums[piece.verdict.reason as usize] += counts.sum::<u64>();
        }
    }
    let found = Reason::ALL.iter().zip(sums).filter(|(_, sum)| *sum > 0);
    Removed {
        bytes: sums.iter().sum(),
        by_reason: found.map(|(reason, sum)| (reason.code(), sum)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Model, classify, layout};

    #[test]
    fn the_line_model_hands_over_odds_for_every_unit() {
        let text = include_str!("../fixtures/readme/harbour.txt");
        let units = layout::units(text);
        let labels = classify::classify(text, &units, Model::shipped());
        assert_eq!(labels.body_odds.len(), units.units.len());
        assert_eq!(labels.crosshead_odds.len(), units.units.len());
        let odds = |words: &str| {
            let unit = (0..units.units.len())
                .find(|unit| units.text(text, *unit).contains(words))
                .unwrap();
            (labels.body_odds[unit], labels.crosshead_odds[unit])
        };
        let (paragraph, _) = odds("The harbour board voted");
        let (_, crosshead) = odds("What happens next");
        let (menu, _) = odds("County budget");
        assert!(paragraph > 200 && menu < 50, "{paragraph} {menu}");
        assert!(crosshead > 100, "{crosshead}");
    }
}
