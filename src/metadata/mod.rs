//! Who wrote it, when, where and for whom.

mod byline;
mod date;
mod headline;
mod page;
mod rank;
#[cfg(feature = "train")]
pub mod training;

use jiff::civil::Date;

use crate::config::Config;
use crate::document::{Document, Units};
use crate::label::Labels;
use crate::record::Metadata;
use date::Dates;
use date::pick::Context;
use page::Page;

/// Reads the metadata of a document. Total: what the text does not support is left out.
#[must_use]
pub fn extract(document: &Document, units: &Units, labels: &Labels, config: &Config) -> Metadata {
    let page = Page::new(&document.text, units, labels);
    let dates = Dates::new(&page);
    let headline = headline::find(&page, &dates);
    let context = Context {
        collected: collected(document, config),
        month_first: None,
    };
    let picked = date::pick::pick(&page, &dates, headline.as_ref(), context);
    let mut metadata = Metadata::default();
    if let Some(found) = &headline {
        metadata.headline = Some(found.line.clone());
    }
    if let Some((c, _)) = picked.published {
        metadata.date_published = Some(date::zone::stamp(c.day, c.clock, c.zone));
    }
    if let Some(c) = picked.modified {
        metadata.date_modified = Some(date::zone::stamp(c.day, c.clock, c.zone));
    }
    for author in byline::authors(&page, &dates, headline.as_ref()) {
        metadata.author.push(author.person);
    }
    metadata
}

/// The collection date: the input's own, else the one that was given for all.
fn collected(document: &Document, config: &Config) -> Option<Date> {
    document
        .source
        .collected
        .as_deref()
        .and_then(|stamp| stamp.get(..10)?.parse().ok())
        .or(config.collected)
}

/// The last character boundary of `text` at or before byte `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
