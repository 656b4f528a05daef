//! Thresholds and switches of a run, frozen after they are built.

use std::collections::BTreeMap;

/// What the stages may be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The collection date against which relative and year-less dates resolve, where the input gives none of its
    /// own.
    pub collected: Option<jiff::civil::Date>,
    /// Whether records carry the ledger.
    pub ledger: bool,
    /// Whether records carry the evidence of their metadata.
    pub evidence: bool,
    /// How sure a metadata field must be to be given, in per cent, by its name in the record; see
    /// [`crate::record::Metadata::FIELDS`].
    pub min_confidence: BTreeMap<&'static str, u8>,
}
