//! Where documents come from: files, folders, standard input; compression, archives and dumps; the encoding of what
//! they hold. Yields events in input order, one document at a time, and never judges text.
//!
//! One input goes through these files: `paths` finds it, `file` opens it, `stream` reads it and knows the place,
//! `container` sees what it is and gives it to `compression`, `archive`, `json`, `table`, `warc` or `text`, which
//! `split` cuts into documents; `decode` makes Unicode of every document found, `html` and `entities` plain text, and `scope` hands it on with its
//! [`Source`](crate::document::Source).

mod archive;
mod compression;
mod container;
mod decode;
mod entities;
mod fields;
mod file;
mod html;
mod json;
mod limits;
mod markdown;
mod mojibake;
mod paths;
mod pull;
mod scope;
mod sniff;
mod split;
mod stream;
mod table;
mod text;
mod warc;

use std::ops::ControlFlow;
use std::path::PathBuf;

pub use limits::{
    Limits, MAX_DOCUMENT_BYTES, MAX_LINE_BYTES, MAX_LINES, MAX_MEMBERS, MAX_NESTING, MAX_RATIO,
};
pub use paths::{expand, listed};
pub use pull::read;
pub use split::{Pattern, Split};

use crate::document::Document;
use crate::error::Error;

/// What reading yields, in input order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A document.
    Document(Box<Document>),
    /// A document, or the rest of an input, that could not be read.
    Error(Error),
    /// An input came to its end; the last event of that input.
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
    /// Some documents came out and at least one error.
    Partial,
    /// Nothing came out but errors.
    Failed,
}

/// How inputs are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Overrides the detection of the encoding, a byte order mark included.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// What the inputs hold, instead of what their first bytes say. Compression and archives are always known by
    /// their bytes; this is then said of the files in them.
    pub from: Option<Format>,
    /// The JSON field or table column that holds the text; else the first of `text`, `content`, `body`, `raw`,
    /// `article`, `markdown`, and what front matter calls it.
    pub text_field: Option<String>,
    /// How a text that holds many documents is cut.
    pub split: Split,
    /// Whether mojibake is repaired as far as it goes; it raises the warning `mojibake` either way.
    pub fix_mojibake: bool,
    /// Whether folders are searched for hidden files and folders too (those whose name begins with a dot).
    pub hidden: bool,
    /// How large an input may be.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            encoding: None,
            from: None,
            text_field: None,
            split: Split::Auto,
            fix_mojibake: false,
            hidden: false,
            limits: Limits::default(),
        }
    }
}

/// What a file, or a member of an archive, may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown; a text that is written in it is known by its links and headings too.
    Markdown,
    /// One HTML page.
    Html,
    /// JSON objects: one a line, in an array, or one behind the other.
    Json,
    /// A table whose columns are parted by commas (or semicolons).
    Csv,
    /// A table whose columns are parted by tabs.
    Tsv,
    /// WARC and WET records.
    Warc,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Json,
        Self::Csv,
        Self::Tsv,
        Self::Warc,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Warc => "warc",
        }
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "jsonl" | "ndjson" => return Ok(Self::Json),
            "wet" => return Ok(Self::Warc),
            _ => {}
        }
        let known = Self::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| format!("one of {}", Self::ALL.map(Self::name).join(", ")))
    }
}

/// An input as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder that is read recursively in sorted order.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

/// Reads `inputs` one after the other and gives every event to `sink`, on the thread of the caller; stops when the
/// sink breaks. [`read`] is the same as an iterator.
///
/// # Errors
/// None of its own: whatever goes wrong is an [`Event::Error`], and reading goes on behind it.
pub fn visit(
    inputs: impl IntoIterator<Item = Input>,
    options: &Options,
    sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for input in inputs {
        match input {
            Input::Stdin => file::read_stdin(options, sink)?,
            Input::Path(path) => {
                for found in expand(&path, options) {
                    match found {
                        Ok(file) => file::read_file(&file, options, sink)?,
                        Err(error) => file::refuse(error, sink)?,
                    }
                }
            }
        }
    }
    ControlFlow::Continue(())
}

/// Reads what is in memory already as the file `name` would be read, whose name may say what it holds.
///
/// # Errors
/// None of its own, as [`visit`].
pub fn visit_bytes(
    name: &str,
    bytes: Vec<u8>,
    options: &Options,
    sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> ControlFlow<()> {
    file::read_bytes(name, bytes, options, sink)
}
