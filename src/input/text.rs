//! Plain text, one document or many, and HTML pages.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::decode::{Known, utf_16_without_mark};
use super::scope::{Body, Found, Halt, Scope};
use super::sniff;
use super::split::{self, Place, Rule};
use super::stream::Stream;

/// Everything in `stream` as text, or as an HTML page.
pub(super) fn read(stream: &mut Stream<'_>, scope: &mut Scope<'_>, html: bool) -> Result<(), Halt> {
    let known = Known {
        forced: scope.options.encoding,
        ..Known::default()
    };
    let start = stream.offset();
    let head = stream.peek(sniff::WINDOW);
    if known.forced.is_none()
        && let Some(what) = sniff::not_text(head)
    {
        let message = format!("not text but {what}");
        return scope.error(Some(start), "not-text", message);
    }
    let marked = Encoding::for_bom(head).filter(|(e, _)| known.forced.is_none_or(|f| f == *e));
    if let Some((_, length)) = marked {
        stream.consume(length);
    }
    let encoding = known
        .forced
        .or(marked.map(|(encoding, _)| encoding))
        .or_else(|| utf_16_without_mark(stream.buffered()));
    match encoding {
        Some(encoding) if !html && (encoding == UTF_16LE || encoding == UTF_16BE) => {
            read_utf_16(stream, scope, encoding)
        }
        _ => {
            let utf_16 = encoding.filter(|e| *e != encoding_rs::UTF_8);
            let forced = known.forced.or(utf_16);
            read_bytes(stream, scope, Known { forced, ..known }, html)
        }
    }
}

fn read_bytes(
    stream: &mut Stream<'_>,
    scope: &mut Scope<'_>,
    known: Known<'_>,
    html: bool,
) -> Result<(), Halt> {
    let start = stream.offset();
    if !html && let Some(rule) = split::rule(stream, &scope.options.split) {
        let place = Place {
            offset: start,
            utf_16: None,
        };
        return split::read(stream, scope, &rule, known, place);
    }
    let Some(bytes) = stream.rest(scope.options.limits.document_bytes) else {
        return scope.too_large(start);
    };
    scope.check(stream)?;
    let span = (start, stream.offset());
    scope.document(Found {
        body: Body::Bytes(bytes),
        html,
        span,
        known,
        ..Found::default()
    })
}

/// UTF-16 is made UTF-8 as it streams, so that separators are found in it; the documents still say what they were.
fn read_utf_16(
    stream: &mut Stream<'_>,
    scope: &mut Scope<'_>,
    encoding: &'static Encoding,
) -> Result<(), Halt> {
    let read = Cell::new(stream.offset());
    let place = Place {
        offset: read.get(),
        utf_16: Some(&read),
    };
    let mut text = Stream::over(Transcoder {
        stream,
        read: &read,
        decoder: encoding.new_decoder_without_bom_handling(),
        over: false,
    });
    let known = Known {
        made_of: Some(encoding),
        ..Known::default()
    };
    let rule = split::rule(&mut text, &scope.options.split);
    split::read(&mut text, scope, &rule.unwrap_or(Rule::Whole), known, place)
}

/// Makes UTF-8 of what it reads.
struct Transcoder<'a, 'r> {
    stream: &'a mut Stream<'r>,
    /// How far `stream` has been read, in bytes.
    read: &'a Cell<u64>,
    decoder: encoding_rs::Decoder,
    over: bool,
}

impl Read for Transcoder<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.over {
            let input = self.stream.fill_buf()?;
            let last = input.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, out, last);
            self.stream.consume(read);
            self.read.set(self.stream.offset());
            self.over = last && result == encoding_rs::CoderResult::InputEmpty;
            if written > 0 || (result == encoding_rs::CoderResult::OutputFull && read == 0) {
                return Ok(written);
            }
        }
        Ok(0)
    }
}
