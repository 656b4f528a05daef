//! Where documents come from: files, folders, standard input, their encodings, and (in later files) containers,
//! compression and splitting. Yields events in input order and never judges text.

use crate::document::Document;
use crate::error::Error;

/// What reading yields, in input order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A document.
    Document(Box<Document>),
    /// A document, or the rest of an input, that could not be read.
    Error(Error),
    /// An input came to its end.
    End {
        /// The path as given; `-` for standard input.
        path: String,
        /// How it went.
        outcome: Outcome,
    },
}

/// How the reading of one input went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every document was read.
    Whole,
    /// Some documents came out before the damage.
    Partial,
    /// Nothing came out.
    Failed,
}

/// How inputs are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Overrides the detection of the encoding.
    pub encoding: Option<&'static encoding_rs::Encoding>,
}

/// An input as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder that is read recursively in sorted order.
    Path(std::path::PathBuf),
    /// Standard input.
    Stdin,
}
