//! Tells article from everything else, unit by unit.

pub(crate) mod columns;
pub(crate) mod context;
pub(crate) mod evidence;
pub(crate) mod features;
mod kinds;
mod language;
pub mod model;
pub(crate) mod shape;
pub(crate) mod trees;
mod vocabulary;

use std::borrow::Cow;

use crate::classify::model::Model;
use crate::document::{Span, Units};
use crate::label::{Labels, LineKind};

/// Judges the units of a document. Total: any text gives labels.
#[must_use]
pub fn classify(text: &str, units: &Units, model: &Model) -> Labels {
    let mut page = features::page(text, units);
    let marginals = model.judge(&mut page);
    let mut labels = kinds::label(units, &page, &marginals, &model.calibration);
    let is_body: Vec<bool> = (0..units.units.len() as u32)
        .map(|i| labels.kind(i) == LineKind::Body)
        .collect();
    labels.language = language::language(text, units, &page, &is_body);
    labels
}

/// Bytes of a unit's head and of its tail in which cues are looked for.
const CUE_REACH: usize = 120;

/// The head and the tail of a unit, where cues stand.
pub(crate) fn head_and_tail(text: &str, hull: Span) -> Cow<'_, str> {
    let slice = hull.of(text);
    if slice.len() <= 2 * CUE_REACH {
        return Cow::Borrowed(slice);
    }
    let head = slice.floor_char_boundary(CUE_REACH);
    let tail = slice.ceil_char_boundary(slice.len() - CUE_REACH);
    Cow::Owned(format!("{} \n {}", &slice[..head], &slice[tail..]))
}
