//! Tells article from everything else, unit by unit.
//!
//! | file | owns |
//! | --- | --- |
//! | `shape` | one pass over the characters of a unit: counts, marks, word hashes |
//! | `edges` | how a unit begins and ends |
//! | `words` | the words of a page, hashed and numbered |
//! | `repeats` | units that print the same |
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
//! Out-of-fold by publisher (five folds; a later pass learns from marginals of models that had seen neither the row's
//! publisher nor the scored one's), plain rendering. The body F1 is that of 289 pages with gold, as the reference scorer
//! counts it (runs of four words), of the marginals alone or, in the last line, of the whole program:
//!
//! | model | body F1 | log loss |
//! | --- | --- | --- |
//! | oblivious trees of depth 6, one pass, no cues, no word weights | 0.929 | |
//! | with cues and word weights, one pass of 120 trees | 0.933 | 0.148 |
//! | a second pass that knows the first | 0.937 | 0.139 |
//! | refrains left out, company of look-alikes, ties to head, lede and neighbours, echoes | 0.945 | 0.130 |
//! | labels, credits, dates in windows, first and last words as evidence | 0.945 | 0.126 |
//! | texts printed twice judged once | 0.948 | 0.128 |
//! | 300 trees instead of 200, at a lower rate | 0.945 | 0.134 |
//! | 150 trees with three times the ridge | 0.943 | 0.128 |
//! | the whole program, `body` on top | 0.950 | |
//!
//! Decoders on top of the same out-of-fold marginals, here with F1 of words by unit, a gentler measure:
//!
//! | decoder | F1 | log loss |
//! | --- | --- | --- |
//! | trees, first pass, half and half | 0.942 | 0.135 |
//! | trees, second pass | 0.941 | 0.124 |
//! | a chain CRF on the first pass, transitions by whether a blank line stands between | 0.916 | 0.149 |
//! | the same on the second pass | 0.918 | 0.138 |
//! | a convolution over 13 lines (32 hidden units) on the first pass | 0.940 | 0.140 |
//!
//! The chain loses because what breaks a body, one line of furniture between two paragraphs, is what it smooths away; the
//! trees' windows hold what it could add. Smoothing, hysteresis, and dropping small islands gained nothing either. So a
//! threshold decides, and what it cannot see (`body`) is said in rules about the page as a whole.
//!
//! Oblivious trees were chosen for their cost: a tree is six comparisons of byte columns for a block of units at once,
//! without a branch and without quantising anything. After the first pass three units of four are clear for good, and
//! the second one leaves them alone. By instructions 56% here go into shapes, cues and base columns, 18%
//! into both contexts, 16% into the trees of all passes and the columns that they read, the rest into naming kinds and
//! language.
//! The weights are 156 kB.

mod body;
pub(crate) mod columns;
pub(crate) mod context;
mod copies;
pub(crate) mod echo;
mod edges;
mod embedded;
pub(crate) mod evidence;
pub(crate) mod features;
mod kinds;
mod language;
pub mod model;
mod repeats;
pub(crate) mod shape;
mod style;
pub(crate) mod trees;
mod vocabulary;
mod words;

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
    // Each unit is a piece here.
    let pieces = labels.pieces.iter();
    let is_body: Vec<bool> = pieces
        .map(|piece| piece.verdict.kind == LineKind::Body)
        .collect();
    labels.language = language::language(text, units, &page, &is_body);
    labels.first_print = page.first_print;
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
    Cow::Owned([&slice[..head], " \n ", &slice[tail..]].concat())
}
