//! Plain text: one document, whole.

use super::decode::Known;
use super::scope::{Found, Halt, Scope};
use super::sniff;
use super::stream::Stream;

/// Everything in `stream` as text.
pub(super) fn read(stream: &mut Stream<'_>, scope: &mut Scope<'_>) -> Result<(), Halt> {
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
    let limit = scope.options.max_document_bytes;
    let Some(bytes) = stream.rest(limit) else {
        let message =
            format!("a document of more than {limit} bytes; --max-document-bytes raises the limit");
        return scope.error(Some(start), "too-large", message);
    };
    if let Some(failure) = stream.failure() {
        let message = failure.to_string();
        scope.error(Some(stream.offset()), "damaged", message)?;
        return Err(Halt::Damaged);
    }
    let span = (start, stream.offset());
    scope.document(Found {
        bytes,
        span,
        known,
        ..Found::default()
    })
}
