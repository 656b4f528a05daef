//! Plain text and HTML pages: one document, whole.

use super::decode::Known;
use super::scope::{Body, Found, Halt, Scope};
use super::sniff;
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
    if known.forced.is_none_or(|e| e == encoding_rs::UTF_8) && head.starts_with(b"\xef\xbb\xbf") {
        stream.consume(3);
    }
    let start = stream.offset();
    let Some(bytes) = stream.rest(scope.options.max_document_bytes) else {
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
