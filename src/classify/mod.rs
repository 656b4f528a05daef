//! Tells article from everything else, unit by unit.

use crate::document::Units;
use crate::label::{Labels, LineKind, Reason, Verdict};

/// Judges the units of a document. Total: any text gives labels.
#[must_use]
pub fn classify(text: &str, units: &Units) -> Labels {
    let verdicts = (0..units.units.len()).map(|i| {
        let line = units.text(text, i);
        let ends = line
            .trim_end_matches(['"', '”', '’', '\'', ')', '»', '」'])
            .ends_with(['.', '。', '!', '?', '！', '？']);
        let long =
            line.split(' ').count() >= 5 || line.chars().filter(|c| *c > '\u{2e80}').count() > 20;
        if ends && long {
            Verdict::new(LineKind::Body, Reason::ModelBody, 80)
        } else {
            Verdict::new(LineKind::Unknown, Reason::ModelNotBody, 60)
        }
    });
    let mut labels = Labels::new(units, verdicts.collect::<Vec<_>>());
    labels.language = "und";
    labels
}
