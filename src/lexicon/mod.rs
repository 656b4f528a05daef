//! Words, outlets, patterns and model weights: data files and their one loader. Adding a language or an outlet
//! touches the files under `data/` only.

pub mod bylines;
pub mod date_labels;
pub mod months;
pub mod names;
pub mod table;
pub mod weights;
pub mod zones;
