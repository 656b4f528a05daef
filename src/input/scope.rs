//! What is being read: counts documents and errors of one input and hands both on with their place.

use std::ops::ControlFlow;

use super::container::has_extension;
use super::decode::{Decoded, Known, decode};
use super::limits::Unpacked;
use super::stream::Stream;
use super::{Event, Format, Options, Outcome, entities, html, markdown, mojibake};
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
    member: Option<String>,
    index: u64,
    documents: u64,
    errors: u64,
    layers: usize,
    pub(super) unpacked: Unpacked,
}

/// What a document is found as.
#[derive(Debug)]
pub(super) enum Body {
    Bytes(Vec<u8>),
    /// A text that was decoded with its container.
    Decoded(Decoded),
}

impl Default for Body {
    fn default() -> Self {
        Self::Bytes(Vec::new())
    }
}

/// A document as found, before it is decoded.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    pub(super) body: Body,
    /// Whether it is an HTML page.
    pub(super) html: bool,
    /// Where it stands in the (decompressed) input or member.
    pub(super) span: (u64, u64),
    pub(super) known: Known<'a>,
    pub(super) hints: Hints,
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) collected: Option<String>,
    pub(super) warnings: Vec<&'static str>,
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
            member: None,
            index: 0,
            documents: 0,
            errors: 0,
            layers: 0,
            unpacked: Unpacked::default(),
        }
    }

    /// Decodes a document, renders it if it is HTML, and hands it on.
    pub(super) fn document(&mut self, found: Found<'_>) -> Result<(), Halt> {
        let Decoded {
            mut text,
            encoding,
            replaced,
        } = match found.body {
            Body::Decoded(decoded) => decoded,
            Body::Bytes(bytes) => {
                let declared = found.html.then(|| html::declared(&bytes)).flatten();
                let known = Known {
                    declared: found.known.declared.or(declared),
                    ..found.known
                };
                decode(bytes, known)
            }
        };
        let mut hints = found.hints;
        if found.html {
            let rendered = html::render(&text);
            text = rendered.text;
            hints.page_title = rendered.title;
        } else if self.shows_markdown(&text) {
            text = markdown::render(&text);
        }
        let mut warnings = found.warnings;
        if replaced > 0 {
            warnings.push("decode-replaced");
        }
        if let Some(kind) = mojibake::recognise(&text) {
            warnings.push("mojibake");
            if self.options.fix_mojibake {
                text = mojibake::repair(&text, kind);
            }
        }
        if let Some(unescaped) = entities::unescape(&text) {
            text = unescaped;
        }
        if let Some((code, message)) = self.options.limits.lines_of(&text) {
            return self.error(Some(found.span.0), code, message);
        }
        let document = Document {
            text,
            source: Source {
                path: self.path.clone(),
                member: self.member.clone(),
                index: self.index,
                id: found.id,
                span: found.span,
                encoding: encoding.name(),
                sha256: self.sha256.clone(),
                url: found.url,
                collected: found.collected,
                replaced: replaced as u64,
            },
            hints,
            warnings,
        };
        self.index += 1;
        self.documents += 1;
        self.send(Event::Document(Box::new(document)))
    }

    /// Whether a document is written in Markdown, as far as that is not said of all.
    fn shows_markdown(&self, text: &str) -> bool {
        match self.options.from {
            Some(Format::Text | Format::Html) => false,
            Some(Format::Markdown) => true,
            _ => has_extension(self.name(), &["md", "markdown"]) || markdown::is_markdown(text),
        }
    }

    /// The path or, within an archive, the name of what is being read.
    pub(super) fn name(&self) -> &str {
        self.member.as_deref().unwrap_or(&self.path)
    }

    /// Reads the member `name` of an archive; its documents count from 0.
    pub(super) fn member(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Self) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let full = match &self.member {
            Some(outer) => format!("{outer}/{name}"),
            None => name.to_owned(),
        };
        let outer = self.member.replace(full);
        let index = std::mem::take(&mut self.index);
        let read = read(self);
        self.member = outer;
        self.index = index;
        read
    }

    /// Reads what is within one more layer of compression or archive; a file that holds itself ends at some layer.
    pub(super) fn layer(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<(), Halt>,
    ) -> Result<(), Halt> {
        let most = self.options.limits.nesting;
        if self.layers >= most {
            let message = format!(
                "compressed or packed more than {most} times over; --max-nesting raises the limit"
            );
            return self.error(Some(0), "too-nested", message);
        }
        self.layers += 1;
        let read = read(self);
        self.layers -= 1;
        read
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
            member: self.member.clone(),
            ..Position::path(self.path.clone())
        };
        self.refuse(Error::new(position, code, message))
    }

    /// Hands on that the document at `byte` is larger than allowed.
    pub(super) fn too_large(&mut self, byte: u64) -> Result<(), Halt> {
        let limit = self.options.limits.document_bytes;
        let message =
            format!("a document of more than {limit} bytes; --max-document-bytes raises the limit");
        self.error(Some(byte), "too-large", message)
    }

    /// Hands on the failure that ended `stream`, if one did.
    pub(super) fn check(&mut self, stream: &Stream<'_>) -> Result<(), Halt> {
        let Some(failure) = stream.failure() else {
            return Ok(());
        };
        let code = match failure.kind() {
            std::io::ErrorKind::UnexpectedEof => "truncated",
            std::io::ErrorKind::QuotaExceeded => "too-compressed",
            _ => "damaged",
        };
        self.error(Some(stream.known_end()), code, failure.to_string())?;
        Err(Halt::Damaged)
    }

    /// Hands on that `stream` ended too early: by its failure, else as `message` says.
    pub(super) fn broken_off(&mut self, stream: &Stream<'_>, message: &str) -> Result<(), Halt> {
        self.check(stream)?;
        self.error(Some(stream.known_end()), "truncated", message)?;
        Err(Halt::Damaged)
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
