//! JSON Lines: one object a line, UTF-8, stable key order.

use std::io::{self, Write};

use serde::Serialize;

use crate::error::Error;
use crate::record::Article;

/// Writes a record and its line feed.
///
/// # Errors
/// What `out` says.
pub fn record(out: &mut impl Write, article: &Article) -> io::Result<()> {
    line(out, article)
}

/// Writes an error as an object of `{path, member?, byte?, line?, code, message}`, and its line feed.
///
/// # Errors
/// What `out` says.
pub fn error(out: &mut impl Write, error: &Error) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        path: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        member: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        byte: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u64>,
        code: &'a str,
        message: &'a str,
    }
    let position = &error.position;
    line(
        out,
        &Line {
            path: &position.path,
            member: position.member.as_deref(),
            byte: position.byte,
            line: position.line,
            code: error.code,
            message: &error.message,
        },
    )
}

/// Writes any value as one line.
pub(super) fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
