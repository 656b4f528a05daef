//! WARC files and their plain-text form WET, as web archives and Common Crawl write them. Of the records, the
//! conversions to text are documents, and the responses and resources that are text or HTML; the others (requests,
//! metadata, redirects, pictures) are none.

use std::io::Read;

use encoding_rs::Encoding;

use super::compression;
use super::decode::Known;
use super::fields::moment;
use super::html;
use super::scope::{Body, Found, Halt, Scope};
use super::stream::Stream;

/// The head of a record is at most this long, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// Whether `head` is the beginning of a WARC file.
pub(super) fn is_warc(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"WARC/")
}

/// Every document in the records.
pub(super) fn read(stream: &mut Stream<'_>, scope: &mut Scope<'_>) -> Result<(), Halt> {
    loop {
        while matches!(stream.peek(1).first(), Some(b'\r' | b'\n')) {
            stream.consume(1);
        }
        let at = stream.offset();
        let head = stream.peek(LONGEST_HEAD);
        if head.is_empty() {
            return scope.check(stream);
        }
        let Some((head, length)) = head_of(head) else {
            if is_warc(head) && head.len() < LONGEST_HEAD {
                return scope.broken_off(stream, "the WARC file ends in the head of a record");
            }
            scope.error(
                Some(at),
                "damaged",
                "damaged WARC file: no head of a record",
            )?;
            return Err(Halt::Damaged);
        };
        let size = head
            .get("content-length")
            .and_then(|v| v.parse::<u64>().ok());
        let Some(size) = size.filter(|_| head.first.starts_with("WARC/")) else {
            scope.error(
                Some(at),
                "damaged",
                "damaged WARC file: a record without its length",
            )?;
            return Err(Halt::Damaged);
        };
        let head = head.into_owned();
        stream.consume(length);
        let kind = head.get("warc-type").unwrap_or_default();
        if !matches!(kind, "conversion" | "response" | "resource") {
            stream.skip(size);
            continue;
        }
        let start = stream.offset();
        let end = start.saturating_add(size);
        if size > scope.options.limits.document_bytes as u64 {
            scope.too_large(start)?;
            stream.skip(size);
        } else {
            let size = size as usize;
            if stream.peek(size).len() < size {
                return scope.broken_off(stream, "the WARC file ends in the middle of a record");
            }
            let block = stream.take(size);
            read_record(&head, kind, block, (start, end), scope)?;
        }
    }
}

fn read_record(
    head: &Head<String>,
    kind: &str,
    block: Vec<u8>,
    span: (u64, u64),
    scope: &mut Scope<'_>,
) -> Result<(), Halt> {
    let url = head
        .get("warc-target-uri")
        .map(|url| url.trim_matches(['<', '>']).to_owned());
    let mut found = Found {
        span,
        id: head.get("warc-record-id").map(str::to_owned),
        url: url.clone(),
        collected: head.get("warc-date").and_then(moment),
        ..Found::default()
    };
    let mut media = head.get("content-type").unwrap_or_default().to_owned();
    let mut block = block;
    if kind == "response" {
        let Some(page) = http_body(&block, scope.options.limits.document_bytes) else {
            return Ok(());
        };
        media = page.media;
        found.span.0 += page.start as u64;
        block = page.body.unwrap_or_else(|| block.split_off(page.start));
    }
    let (essence, charset) = media_type(&media);
    found.html = match essence.as_str() {
        "text/html" | "application/xhtml+xml" => true,
        "text/plain" => false,
        "" => html::is_html(&block),
        _ => return Ok(()),
    };
    found.known = Known {
        forced: scope.options.encoding,
        declared: charset,
        url: url.as_deref(),
        ..Known::default()
    };
    found.body = Body::Bytes(block);
    scope.document(found)
}

/// `text/html; charset="euc-kr"` in its parts.
fn media_type(value: &str) -> (String, Option<&'static Encoding>) {
    let mut parts = value.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let label = value.trim().trim_matches(['"', '\'']);
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| Encoding::for_label(label.as_bytes()))?
    });
    (essence, charset)
}

struct Page {
    media: String,
    /// Where the body begins in the block.
    start: usize,
    /// The body, if it is not the rest of the block as it stands.
    body: Option<Vec<u8>>,
}

/// The page that an HTTP response carries, unless it carries none (a redirect, a body that cannot be read).
fn http_body(block: &[u8], limit: usize) -> Option<Page> {
    let (head, start) = head_of(block)?;
    let status = head.first.split(' ').nth(1)?;
    if status.starts_with('3') {
        return None;
    }
    let mut body = None;
    let chunked = head
        .get("transfer-encoding")
        .is_some_and(|v| v.to_ascii_lowercase().contains("chunked"));
    if chunked {
        body = dechunk(&block[start..]);
    }
    let stored = body.as_deref().unwrap_or(&block[start..]);
    if head.get("content-encoding").is_some()
        && let Some(packed) = compression::sniff(stored)
    {
        let mut stream = Stream::memory(stored.to_vec());
        let mut unpacked = Vec::new();
        let decoder = packed.decoder(&mut stream).ok()?;
        decoder.take(limit as u64).read_to_end(&mut unpacked).ok()?;
        body = Some(unpacked);
    }
    Some(Page {
        media: head.get("content-type").unwrap_or_default().to_owned(),
        start,
        body,
    })
}

/// The body without its chunk sizes, or `None` if it has none: many archives took them out and left the header.
fn dechunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(64)])?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let digits = line.split(';').next()?.trim();
        let size = usize::from_str_radix(digits, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(&rest[..size.min(rest.len())]);
        if size >= rest.len() {
            return Some(body);
        }
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n"))?;
    }
}

/// The head of a record or a response: its first line, and its fields by name.
#[derive(Debug)]
struct Head<S> {
    first: S,
    fields: Vec<(S, S)>,
}

impl<S: AsRef<str>> Head<S> {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key.as_ref().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_ref())
    }

    fn into_owned(self) -> Head<String> {
        Head {
            first: self.first.as_ref().to_owned(),
            fields: self
                .fields
                .iter()
                .map(|(key, value)| (key.as_ref().to_owned(), value.as_ref().to_owned()))
                .collect(),
        }
    }
}

/// The head that `bytes` begin with, and its length with the blank line behind it.
fn head_of(bytes: &[u8]) -> Option<(Head<std::borrow::Cow<'_, str>>, usize)> {
    let bytes = &bytes[..bytes.len().min(LONGEST_HEAD)];
    let mut at = 0;
    let mut lines = Vec::new();
    loop {
        let end = at + memchr::memchr(b'\n', &bytes[at..])?;
        let line = bytes[at..end].trim_ascii_end();
        at = end + 1;
        if line.is_empty() {
            break;
        }
        lines.push(String::from_utf8_lossy(line));
    }
    let mut lines = lines.into_iter();
    let first = lines.next()?;
    let fields = lines.filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        Some((key.trim().to_owned().into(), value.trim().to_owned().into()))
    });
    Some((
        Head {
            first,
            fields: fields.collect(),
        },
        at,
    ))
}

#[cfg(test)]
mod tests {
    use super::{dechunk, head_of, media_type};

    #[test]
    fn heads_are_read_by_name_in_any_case() {
        let (head, length) =
            head_of(b"WARC/1.0\r\nwarc-type: response\r\nX:1\r\n\r\nbody").unwrap();
        assert_eq!(
            (head.first.as_ref(), head.get("WARC-Type"), length),
            ("WARC/1.0", Some("response"), 38)
        );
        assert!(head_of(b"WARC/1.0\r\nno end").is_none());
    }

    #[test]
    fn chunks_are_joined_and_plain_bodies_known() {
        assert_eq!(
            dechunk(b"4\r\nabcd\r\n2;x\r\nef\r\n0\r\n\r\n").as_deref(),
            Some(&b"abcdef"[..])
        );
        assert_eq!(dechunk(b"<html>\n"), None);
    }

    #[test]
    fn a_media_type_gives_its_encoding() {
        let (essence, charset) = media_type("Text/HTML; charset=\"euc-kr\"");
        assert_eq!(
            (essence.as_str(), charset),
            ("text/html", Some(encoding_rs::EUC_KR))
        );
    }
}
