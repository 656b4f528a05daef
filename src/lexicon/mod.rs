//! Words, outlets, patterns and model weights: data files and their one loader. Adding a language or an outlet
//! touches the files under `data/` only; `build.rs` beside them, Cargo's build script, makes tables of the larger ones.

pub mod agencies;
pub mod bylines;
pub mod callings;
pub mod captions;
pub mod cues;
pub mod date_labels;
pub mod front_matter;
mod hash;
mod index;
pub mod mailboxes;
mod marks;
pub mod months;
pub mod name_parts;
pub mod names;
pub mod notices;
pub mod numbering;
pub(crate) mod oblivious;
pub mod outlets;
mod pairs;
pub mod rankers;
pub mod relative_dates;
pub mod sections;
pub mod sentences;
pub mod speakers;
pub mod spelling;
pub mod table;
pub mod words;
pub mod zones;

/// The weights of the line model, as `copydesk train` writes them.
pub const LINE_WEIGHTS: &[u8] = include_bytes!("data/line.weights");

/// How names are spelt, as `copydesk train --rankers` writes it.
pub const SPELLING: &[u8] = include_bytes!("data/spelling.weights");
