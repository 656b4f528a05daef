//! JSON: one object a line, an array of objects, or objects one behind the other, each with its text in a field.

use serde_json::{Map, Value};
use std::borrow::Cow;

use super::decode::{Decoded, Known, count_replaced, decode};
use super::fields::{Fields, TEXT};
use super::scope::{Body, Found, Halt, Scope};
use super::stream::{LineEnd, Stream};

/// How many field names an error lists.
const NAMES_SHOWN: usize = 8;

/// Whether `head` is the beginning of JSON objects. News texts begin with brackets too, but not with `{"` or `[{`.
pub(super) fn is_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = head.trim_ascii_start();
    // An array without rows: a crawler that found nothing writes one.
    if head
        .trim_ascii_end()
        .strip_prefix(b"[")
        .is_some_and(|rest| rest.trim_ascii_start() == b"]")
    {
        return true;
    }
    let object = |text: &[u8]| {
        text.trim_ascii_start()
            .strip_prefix(b"{")
            .is_some_and(|inner| inner.trim_ascii_start().starts_with(b"\""))
    };
    object(head) || head.strip_prefix(b"[").is_some_and(object)
}

/// Everything in `stream`. Where the first line is a whole object every line is one, so that a damaged line costs no
/// other.
pub(super) fn read(stream: &mut Stream<'_>, scope: &mut Scope<'_>) -> Result<(), Halt> {
    if stream.peek(3).starts_with(b"\xef\xbb\xbf") {
        stream.consume(3);
    }
    let limit = scope.options.limits.document_bytes;
    let first = match stream.line(0, limit) {
        LineEnd::Found(end) | LineEnd::Last(end) => end,
        LineEnd::Over => 0,
    };
    let first = stream.buffered()[..first].trim_ascii();
    if first.starts_with(b"{") && first.ends_with(b"}") {
        read_lines(stream, scope)
    } else {
        read_values(stream, scope)
    }
}

fn read_lines(stream: &mut Stream<'_>, scope: &mut Scope<'_>) -> Result<(), Halt> {
    let limit = scope.options.limits.document_bytes;
    loop {
        let at = stream.offset();
        match stream.line(0, limit) {
            LineEnd::Over => {
                scope.too_large(at)?;
                stream.skip_line();
            }
            LineEnd::Last(0) => return scope.check(stream),
            // The end of a line that was broken off is not known.
            LineEnd::Last(_) if stream.failure().is_some() => return scope.check(stream),
            LineEnd::Last(end) | LineEnd::Found(end) => {
                let line = stream.take(end);
                if !line.trim_ascii().is_empty() {
                    let line = line.trim_ascii_end();
                    read_object(line, (at, at + line.len() as u64), scope)?;
                }
            }
        }
    }
}

fn read_values(stream: &mut Stream<'_>, scope: &mut Scope<'_>) -> Result<(), Halt> {
    let limit = scope.options.limits.document_bytes;
    let mut arrays = 0_usize;
    loop {
        let Some(byte) = stream.peek(1).first().copied() else {
            scope.check(stream)?;
            if arrays > 0 {
                scope.error(
                    Some(stream.offset()),
                    "truncated",
                    "the JSON array ends without its bracket",
                )?;
            }
            return Ok(());
        };
        let at = stream.offset();
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => stream.consume(1),
            b'[' => {
                arrays += 1;
                stream.consume(1);
            }
            b']' => {
                arrays = arrays.saturating_sub(1);
                stream.consume(1);
            }
            b'{' => match object_end(stream, limit) {
                ObjectEnd::Found(end) => {
                    let object = stream.take(end);
                    read_object(&object, (at, at + end as u64), scope)?;
                }
                ObjectEnd::Over => scope.too_large(at)?,
                ObjectEnd::Broken(end) => {
                    let message = "damaged JSON: a line end within a string";
                    scope.error(Some(at + end as u64), "damaged", message)?;
                    stream.consume(end + 1);
                }
                ObjectEnd::Missing => {
                    return scope.broken_off(stream, "the JSON object has no end");
                }
            },
            _ => {
                scope.error(Some(at), "damaged", "not a JSON object")?;
                stream.skip_line();
            }
        }
    }
}

enum ObjectEnd {
    /// One past its brace.
    Found(usize),
    /// It is larger than allowed, and was passed over.
    Over,
    /// Where the line ends that should not.
    Broken(usize),
    Missing,
}

/// Where the object that begins at the next byte ends.
fn object_end(stream: &mut Stream<'_>, limit: usize) -> ObjectEnd {
    let (mut at, mut depth, mut quoted, mut over) = (0_usize, 0_usize, false, false);
    loop {
        let rest = &stream.buffered()[at..];
        let found = if quoted {
            memchr::memchr3(b'"', b'\\', b'\n', rest)
        } else {
            memchr::memchr3(b'"', b'{', b'}', rest)
        };
        let Some(found) = found else {
            at += rest.len();
            if at > limit {
                over = true;
                stream.consume(at);
                at = 0;
            }
            if stream.peek(at + 1).len() <= at {
                return ObjectEnd::Missing;
            }
            continue;
        };
        let byte = rest[found];
        at += found;
        match byte {
            b'\n' => return ObjectEnd::Broken(at),
            b'\\' => {
                // The escaped byte is passed over too, unless it has yet to be read.
                if stream.peek(at + 2).len() < at + 2 {
                    return ObjectEnd::Missing;
                }
                at += 1;
            }
            b'"' => quoted = !quoted,
            b'{' => depth += 1,
            _ => depth = depth.saturating_sub(1),
        }
        at += 1;
        if depth == 0 && !quoted {
            if over || at > limit {
                stream.consume(at);
                return ObjectEnd::Over;
            }
            return ObjectEnd::Found(at);
        }
    }
}

/// Fields that hold what is known of the text in fields of their own.
const METADATA: [&str; 2] = ["metadata", "meta"];

/// A value as text: some corpora keep a text as the list of its paragraphs, and persons and outlets by their names.
fn printed(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(value) => Some(value.into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Array(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(printed).collect();
            parts.map(|parts| parts.join("\n").into())
        }
        Value::Object(inside) => inside.get("name")?.as_str().map(Cow::from),
        Value::Bool(_) | Value::Null => None,
    }
}

fn read_object(bytes: &[u8], span: (u64, u64), scope: &mut Scope<'_>) -> Result<(), Halt> {
    let (object, encoding, lossy) = match parse(bytes, scope) {
        Ok(parsed) => parsed,
        Err(error) => {
            let at = span.0 + (error.column() as u64).saturating_sub(1);
            let error = error.to_string();
            // Line and column within the object would only mislead.
            let cause = error.split(" at line ").next().unwrap_or_default();
            return scope.error(Some(at), "damaged", format!("damaged JSON: {cause}"));
        }
    };
    let text_field = scope.options.text_field.as_deref();
    let mut fields = Fields::default();
    for (name, value) in &object {
        match value {
            Value::Object(inside) if METADATA.contains(&name.as_str()) => {
                for (name, value) in inside {
                    if let Some(value) = printed(value) {
                        fields.offer_evidence(name, &value);
                    }
                }
            }
            value => {
                if let Some(value) = printed(value) {
                    fields.offer(name, &value, text_field);
                }
            }
        }
    }
    let evidence = fields.evidence();
    let Some(text) = evidence.text else {
        let wanted = text_field.map_or_else(|| TEXT.join(", "), str::to_owned);
        let names: Vec<&str> = object
            .keys()
            .take(NAMES_SHOWN)
            .map(String::as_str)
            .collect();
        let message = format!(
            "no text in a field {wanted} (fields here: {}); --text-field names another",
            names.join(", ")
        );
        return scope.error(Some(span.0), "no-text-field", message);
    };
    scope.document(Found {
        body: Body::Decoded(Decoded {
            replaced: if lossy { count_replaced(&text) } else { 0 },
            text,
            encoding,
        }),
        span,
        hints: evidence.hints,
        id: evidence.id,
        url: evidence.url,
        collected: evidence.collected,
        ..Found::default()
    })
}

/// An object, its encoding, and whether anything in it was replaced.
type Object = (Map<String, Value>, &'static encoding_rs::Encoding, bool);

/// The object in `bytes`, in whatever encoding; halves of surrogate pairs, which some writers leave, are replaced.
fn parse(bytes: &[u8], scope: &Scope<'_>) -> Result<Object, serde_json::Error> {
    let error = match serde_json::from_slice(bytes) {
        Ok(object) => return Ok((object, encoding_rs::UTF_8, false)),
        Err(error) => error,
    };
    let known = Known {
        forced: scope.options.encoding,
        ..Known::default()
    };
    let decoded = decode(bytes.to_vec(), known);
    let mended = mend_surrogates(&decoded.text);
    match serde_json::from_str(&mended) {
        Ok(object) => {
            let lossy = decoded.replaced > 0 || mended != decoded.text;
            Ok((object, decoded.encoding, lossy))
        }
        Err(_) => Err(error),
    }
}

fn mend_surrogates(json: &str) -> String {
    let mut mended = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                mended.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            (Some(_), _) => 6,
            // A backslash and what it escapes, which may be a backslash.
            _ => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        mended.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    mended.push_str(rest);
    mended
}

/// The code unit that `json` begins with, written `\uXXXX`.
fn unit(json: &str) -> Option<u16> {
    let digits = json.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{is_json, mend_surrogates};

    #[test]
    fn brackets_of_news_are_not_json() {
        assert!(is_json(b"\xef\xbb\xbf [\n {\"text\": 1}]"));
        assert!(is_json(b"{ \"text\": \"\"}"));
        assert!(!is_json("[가람=나루통신] 아무개 기자".as_bytes()));
        assert!(!is_json(b"[1] {x}"));
        assert!(is_json(b" [\n]\n"));
        assert!(!is_json(b"[] a ballot paper"));
    }

    #[test]
    fn halves_of_pairs_are_replaced_and_pairs_kept() {
        assert_eq!(
            mend_surrogates(r#"a\ud83d\ude00 \ud83d \\ud83d \"\udc00"#),
            r#"a\ud83d\ude00 \ufffd \\ud83d \"\ufffd"#
        );
    }
}
