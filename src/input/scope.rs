//! What is being read: counts documents and errors of one input and hands both on with their place.

use std::ops::ControlFlow;

use super::decode::{Known, decode};
use super::{Event, Options, Outcome};
use crate::document::{Document, Hints, Source};
use crate::error::{Error, Position};

/// Why reading an input goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// The sink wants no more events.
    Stopped,
    /// The input is damaged from here on; the error was handed on.
    Damaged,
}

/// One input while it is read.
pub(super) struct Scope<'s> {
    pub(super) options: &'s Options,
    sink: &'s mut dyn FnMut(Event) -> ControlFlow<()>,
    path: String,
    /// Of the input as stored.
    pub(super) sha256: Option<String>,
    index: u64,
    documents: u64,
    errors: u64,
}

/// A document as found, before it is decoded.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    pub(super) bytes: Vec<u8>,
    /// Where they stand in the (decompressed) input or member.
    pub(super) span: (u64, u64),
    pub(super) known: Known<'a>,
    pub(super) hints: Hints,
    pub(super) url: Option<String>,
    pub(super) collected: Option<String>,
}

impl<'s> Scope<'s> {
    pub(super) fn new(
        path: String,
        options: &'s Options,
        sink: &'s mut dyn FnMut(Event) -> ControlFlow<()>,
    ) -> Self {
        Self {
            options,
            sink,
            path,
            sha256: None,
            index: 0,
            documents: 0,
            errors: 0,
        }
    }

    /// Decodes a document and hands it on.
    pub(super) fn document(&mut self, found: Found<'_>) -> Result<(), Halt> {
        let decoded = decode(found.bytes, found.known);
        let mut warnings = Vec::new();
        if decoded.replaced > 0 {
            warnings.push("decode-replaced");
        }
        let document = Document {
            text: decoded.text,
            source: Source {
                path: self.path.clone(),
                member: None,
                index: self.index,
                span: found.span,
                encoding: decoded.encoding.name(),
                sha256: self.sha256.clone(),
                url: found.url,
                collected: found.collected,
            },
            hints: found.hints,
            warnings,
        };
        self.index += 1;
        self.documents += 1;
        self.send(Event::Document(Box::new(document)))
    }

    /// Hands on that something at `byte` could not be read.
    pub(super) fn error(
        &mut self,
        byte: Option<u64>,
        code: &'static str,
        message: impl Into<String>,
    ) -> Result<(), Halt> {
        let position = Position {
            byte,
            ..Position::path(self.path.clone())
        };
        self.refuse(Error::new(position, code, message))
    }

    /// Hands on what the operating system said about the input.
    pub(super) fn io(&mut self, error: &std::io::Error) -> Result<(), Halt> {
        self.refuse(Error::io(Position::path(self.path.clone()), error))
    }

    /// Hands on an error.
    pub(super) fn refuse(&mut self, error: Error) -> Result<(), Halt> {
        self.errors += 1;
        self.send(Event::Error(error))
    }

    /// Hands on that the input is over.
    pub(super) fn end(self, read: Result<(), Halt>) -> ControlFlow<()> {
        if read == Err(Halt::Stopped) {
            return ControlFlow::Break(());
        }
        let outcome = match (self.errors, self.documents) {
            (0, _) => Outcome::Whole,
            (_, 0) => Outcome::Failed,
            _ => Outcome::Partial,
        };
        (self.sink)(Event::End {
            path: self.path,
            outcome,
        })
    }

    fn send(&mut self, event: Event) -> Result<(), Halt> {
        match (self.sink)(event) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Halt::Stopped),
        }
    }
}
