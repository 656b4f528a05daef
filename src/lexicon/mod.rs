//! Words, outlets, patterns and model weights: data files and their one loader. Adding a language or an outlet
//! touches the files under `data/` only.

pub mod captions;
pub mod numbering;
pub mod sentences;
pub mod speakers;
pub mod table;
