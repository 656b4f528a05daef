//! What goes wrong while reading and writing, with the place where it did. Only `input`, `lexicon`, `output`,
//! `batch`, `train` and `pipeline` can fail; judging text cannot.

use std::fmt;

/// Where in the inputs something went wrong; every part is filled in as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The path as given; `-` for standard input.
    pub path: String,
    /// The name inside an archive.
    pub member: Option<String>,
    /// Byte offset in the decompressed input or member.
    pub byte: Option<u64>,
    /// Line number, from 1.
    pub line: Option<u64>,
}

impl Position {
    /// A whole input.
    #[must_use]
    pub fn path(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..Self::default()
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.path == "-" {
            "standard input"
        } else {
            &self.path
        };
        f.write_str(name)?;
        if let Some(member) = &self.member {
            write!(f, ": {member}")?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(byte) = self.byte {
            write!(f, " at byte {byte}")?;
        }
        Ok(())
    }
}

/// An input, or one document of it, that gave no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where.
    pub position: Position,
    /// A stable kebab-case name of the cause, such as `not-found` or `not-text`.
    pub code: &'static str,
    /// The cause and, where there is one, the remedy; one sentence without the full stop.
    pub message: String,
}

impl Error {
    /// An error at `position`.
    #[must_use]
    pub fn new(position: Position, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            position,
            code,
            message: message.into(),
        }
    }

    /// What the operating system said about `position`.
    #[must_use]
    pub fn io(position: Position, error: &std::io::Error) -> Self {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => "not-found",
            std::io::ErrorKind::PermissionDenied => "permission-denied",
            _ => "io",
        };
        Self::new(position, code, error.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.position, self.message)
    }
}

impl std::error::Error for Error {}
