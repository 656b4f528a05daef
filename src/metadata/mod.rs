//! Who wrote it, when, where and for whom.

use crate::config::Config;
use crate::document::{Document, Units};
use crate::label::Labels;
use crate::record::Metadata;

/// Reads the metadata of a document. Total: what the text does not support is left out.
#[must_use]
pub fn extract(document: &Document, units: &Units, labels: &Labels, config: &Config) -> Metadata {
    let _ = (document, units, labels, config);
    Metadata::default()
}
