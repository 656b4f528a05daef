//! Tells article from everything else, unit by unit.
//!
//! | file | owns |
//! | --- | --- |
//! | `shape` | one pass over the characters of a unit: counts, marks, word hashes |
//! | `features` | base columns of a page: shapes, place, repetition, cues, distances |
//! | `vocabulary` | cohesion: how much of a unit's vocabulary returns in the likely body |
//! | `evidence` | learned weights of words and pairs of words, hashed |
//! | `columns` | columns of bytes, neighbours and windows of them |
//! | `trees` | boosted oblivious trees on these columns |
//! | `context` | what a later pass sees: earlier marginals, the main run, stretches, cohesion with them |
//! | `model` | the passes in order; the weights file |
//! | `echo` | runs of words that another unit prints too |
//! | `style` | what an earlier pass thinks of the units that look alike |
//! | `embedded` | whole articles on lines of their own |
//! | `copies` | an article that the page prints twice |
//! | `body` | from marginals to the set of body units |
//! | `kinds` | what everything else is, and why |
//! | `language` | the language of the body |
//!
//! # What was compared
//! Body F1 on the plain rendering of the 289 pages with gold, out-of-fold by publisher (five folds; a later pass
//! learns from marginals of models that had seen neither the row's publisher nor the scored one's):
//!
//! | model | body F1 | log loss |
//! | --- | --- | --- |
//! | oblivious trees of depth 6, one pass, no cues, no word weights | 0.929 | |
//! | with cues and word weights, one pass of 120 trees | 0.933 | 0.148 |
//! | a second pass that knows the first | 0.937 | 0.139 |
//! | smoothing, hysteresis or dropping of small islands on top | 0.936 to 0.938 | |
//!
//! Oblivious trees were chosen for their cost: a tree is six comparisons of byte columns for all units of a page at
//! once, without a branch and without quantising anything. Decoding by rules on top of the marginals gained nothing,
//! so a marginal of one half decides.

mod body;
pub(crate) mod columns;
pub(crate) mod context;
mod copies;
pub(crate) mod echo;
mod embedded;
pub(crate) mod evidence;
pub(crate) mod features;
mod kinds;
mod language;
pub mod model;
pub(crate) mod shape;
mod style;
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
    let mut labels = kinds::label(text, units, &page, &marginals, &model.calibration);
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
