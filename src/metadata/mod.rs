//! Who wrote it, when, where and for whom. Looks near the headline and at the ends of the body only; each field comes with
//! the text it was read from and a probability, and its span becomes a claim over the labels.

mod byline;
mod claims;
mod date;
mod headline;
mod hints;
mod lead;
mod notes;
mod outlet;
mod page;
mod rank;
mod reach;
mod reading;
mod section;
mod sheet;
mod sign_off;
mod stated;
#[cfg(feature = "train")]
pub mod training;
mod words;

pub use rank::Rankers;

use crate::config::Config;
use crate::document::{Document, Units};
use crate::label::Labels;
use crate::record::Metadata;
use byline::Author;
use claims::{Claims, percent};
use date::Dates;
use date::relative::Collected;
use page::Page;
use reading::Reading;
use stated::Stated;

/// Reads the metadata of a document. Total: what the text does not support is left out.
#[must_use]
pub fn extract(
    document: &Document,
    units: &Units,
    labels: &Labels,
    config: &Config,
    rankers: &Rankers,
) -> Metadata {
    let stated = Stated::new(&document.text);
    let labels = stated.over(labels);
    let page = Page::new(&document.text, units, &labels).below(stated.end());
    let collected = collected(document, config);
    let dates = Dates::new(&page, collected);
    let mut reading = Reading {
        document,
        page: &page,
        dates: &dates,
        stated: &stated,
        rankers,
        metadata: Metadata::default(),
        claims: Claims::default(),
    };
    let headline = reading.headline();
    let headline = headline.as_ref();
    let copyright = notes::copyright(&page);
    let notice = copyright.as_ref().map(|c| c.value.as_str());
    let mut authors = reading.authors(headline, notice);
    let outlet = reading.outlet(headline, &authors, notice);
    let picked = reading.dates(headline, outlet.as_ref(), collected);
    if let Some((c, _)) = &picked.published
        && authors.is_empty()
    {
        authors = byline::beside(&page, &dates, c.unit);
    }
    // Where claims overlap, the later one wins.
    reading.around_headline(headline, &authors);
    reading.place(&authors);
    reading.signatures(&authors);
    reading.notices(copyright);
    if authors.is_empty() {
        reading.agencies(headline, outlet.as_ref());
    }
    reading.people(sure(authors, config));
    reading.claims.export(&page);
    reading.claims.claims.extend(stated.claims().claims);

    let mut metadata = reading.metadata;
    metadata.claims = reading.claims.claims;
    hints::fill(&document.hints, page.language, &mut metadata);
    leave_out(&mut metadata, config);
    metadata
}

/// The authors that are as sure as asked.
fn sure(mut authors: Vec<Author>, config: &Config) -> Vec<Author> {
    if let Some(least) = config.min_confidence.get("author") {
        authors.retain(|author| percent(author.probability) >= *least);
    }
    authors
}

/// Takes out the fields that are less sure than asked.
fn leave_out(metadata: &mut Metadata, config: &Config) {
    for (field, least) in &config.min_confidence {
        if metadata
            .confidence
            .get(field)
            .is_some_and(|sure| sure < least)
        {
            metadata.remove(field);
        }
    }
    if metadata.date_published.is_none() && !metadata.warnings.contains(&"date-absent") {
        metadata.warnings.push("date-absent");
    }
    if metadata.date_published.is_none() && metadata.date_modified.is_none() {
        metadata
            .warnings
            .retain(|warning| *warning != "zone-assumed");
    }
}

/// When the page was collected: as the input says, else as was given for all.
fn collected(document: &Document, config: &Config) -> Option<Collected> {
    let own = document
        .source
        .collected
        .as_deref()
        .and_then(Collected::read);
    own.or(config.collected.map(Collected::Day))
}
