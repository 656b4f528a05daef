//! The rules by which a text is cut, applied line by line.

use std::ops::Range;

use crate::front;
use crate::input::fields::{Evidence, Fields};
use crate::input::stream::{LineEnd, Stream};

/// A block of field lines, or a line of a masthead, is looked for no further than this many bytes.
const BLOCK_BYTES: usize = 16 << 10;

/// Fields that say something of the export rather than of the article; compared like the names of evidence.
const BOOKKEEPING: [&str; 9] = [
    "loaddate",
    "length",
    "wordcount",
    "language",
    "publicationtype",
    "documenttype",
    "journalcode",
    "accessionnumber",
    "copyrightstatus",
];

/// What parts documents.
#[derive(Clone, Debug)]
pub(in crate::input) enum Rule {
    /// Nothing: the text is one document.
    Whole,
    /// This byte, anywhere.
    Byte(u8),
    /// This many blank lines or more.
    BlankLines(usize),
    /// Blank lines of exactly these bytes: what one writer puts between documents is always the same, what stands
    /// within pages seldom is.
    Blank(Vec<u8>),
    /// Lines that match.
    Matching(regex::bytes::Regex),
    /// This line.
    Line(Vec<u8>),
    /// A line of this beginning and end with a number between them.
    Numbered {
        prefix: Vec<u8>,
        tail: Vec<u8>,
        /// How many documents the line says there are.
        announced: Option<u64>,
    },
    /// `==> name <==`, as head and tail write it.
    Heading,
    /// `<doc …>`, as corpus tools write it.
    Tag,
    /// A block of field lines of these names.
    Fields(Vec<Vec<u8>>),
    /// A line that begins in the first way, and the next one, a blank one aside, in the second: the fields above each
    /// document, which they belong to.
    Front(Vec<u8>, Vec<u8>),
    /// These lines one behind the other, blank ones aside; they belong to the document that they begin.
    Masthead(Vec<Vec<u8>>),
}

/// A separator.
#[derive(Debug, Default)]
pub(in crate::input) struct Cut {
    /// How many bytes it takes, from the line on at which it was found.
    pub(super) length: usize,
    /// What it says of the document behind it.
    pub(super) evidence: Evidence,
}

impl Rule {
    /// How many documents the separators say there are.
    pub(super) fn announced(&self) -> Option<u64> {
        match self {
            Self::Numbered { announced, .. } => *announced,
            _ => None,
        }
    }

    /// Whether a run of blank lines parts documents.
    pub(super) fn parts_at_blank(&self, run: &[u8], lines: usize) -> bool {
        match self {
            Self::BlankLines(least) => lines >= *least,
            Self::Blank(exactly) => run == exactly,
            _ => false,
        }
    }

    /// The separator that begins with the line from `at` to `end` of what `stream` has at hand.
    pub(super) fn cut(&self, stream: &mut Stream<'_>, at: usize, end: usize) -> Option<Cut> {
        let line = stream.buffered()[at..end].trim_ascii();
        let whole = Cut {
            length: end - at,
            ..Cut::default()
        };
        match self {
            Self::Whole | Self::Byte(_) | Self::BlankLines(_) | Self::Blank(_) => None,
            Self::Matching(pattern) => {
                let line = &stream.buffered()[at..end];
                let line = line.strip_suffix(b"\n").unwrap_or(line);
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                pattern.is_match(line).then_some(whole)
            }
            Self::Line(separator) => (line == separator).then_some(whole),
            Self::Numbered { prefix, tail, .. } => {
                let number = line.strip_prefix(prefix.as_slice())?;
                let number = number.strip_suffix(tail.as_slice())?;
                let digits = !number.is_empty() && number.iter().all(u8::is_ascii_digit);
                digits.then_some(whole)
            }
            Self::Heading => {
                let name = heading(line)?;
                let mut cut = whole;
                cut.evidence.id = Some(String::from_utf8_lossy(name).into_owned());
                Some(cut)
            }
            Self::Tag => {
                let mut cut = whole;
                if is_tag(line, b"</doc") {
                    return Some(cut);
                }
                is_tag(line, b"<doc").then(|| {
                    cut.evidence = attributes(line);
                    cut
                })
            }
            Self::Fields(names) => {
                let (first, value) = field(line)?;
                if first != names.first()?.as_slice() {
                    return None;
                }
                let mut values = vec![(first.to_vec(), value.to_vec())];
                let mut stop = end;
                while let LineEnd::Found(next) | LineEnd::Last(next) =
                    stream.line(stop, BLOCK_BYTES)
                {
                    let line = stream.buffered()[stop..next].trim_ascii();
                    let Some((name, value)) = field(line) else {
                        break;
                    };
                    values.push((name.to_vec(), value.to_vec()));
                    stop = next;
                }
                (values.len() >= 2).then(|| field_block(&values, stop - at))
            }
            Self::Front(first, second) => {
                if !opens(line, first) {
                    return None;
                }
                let (_, next) = next_line(stream, end)?;
                let next = stream.buffered()[next].trim_ascii();
                next.starts_with(second).then(Cut::default)
            }
            Self::Masthead(lines) => {
                let mut lines = lines.iter();
                if line != lines.next()?.as_slice() {
                    return None;
                }
                let mut stop = end;
                for wanted in lines {
                    let (behind, next) = next_line(stream, stop)?;
                    let whole = behind - end <= BLOCK_BYTES;
                    if !whole || stream.buffered()[next].trim_ascii() != wanted.as_slice() {
                        return None;
                    }
                    stop = behind;
                }
                Some(Cut::default())
            }
        }
    }
}

/// The next line behind `from` that is not blank, and where it ends with its line break.
fn next_line(stream: &mut Stream<'_>, from: usize) -> Option<(usize, Range<usize>)> {
    let mut at = from;
    loop {
        let (LineEnd::Found(end) | LineEnd::Last(end)) = stream.line(at, BLOCK_BYTES) else {
            return None;
        };
        if end == at || end - from > BLOCK_BYTES {
            return None;
        }
        if !stream.buffered()[at..end].trim_ascii().is_empty() {
            return Some((end, at..end));
        }
        at = end;
    }
}

/// Whether `line` begins as the first line of a document does; a fence is a whole line.
pub(super) fn opens(line: &[u8], first: &[u8]) -> bool {
    line == first || !front::is_fence(first) && line.starts_with(first)
}

/// A block whose every field is evidence or bookkeeping is taken off; any other stays with the document, so that
/// nothing it says is lost.
fn field_block(values: &[(Vec<u8>, Vec<u8>)], length: usize) -> Cut {
    let mut fields = Fields::default();
    let mut known = true;
    for (name, value) in values {
        let name = String::from_utf8_lossy(name).replace(' ', "-");
        known &= fields.offer_evidence(&name, &String::from_utf8_lossy(value))
            || BOOKKEEPING.contains(&name.replace(['-', '_'], "").to_lowercase().as_str());
    }
    Cut {
        length: if known { length } else { 0 },
        evidence: fields.evidence(),
    }
}

/// `NAME: value`, the name in capitals.
pub(super) fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', &line[..line.len().min(32)])?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    let capitals = name.len() >= 2
        && name[0].is_ascii_uppercase()
        && name
            .iter()
            .all(|b| b.is_ascii_uppercase() || matches!(b, b' ' | b'-' | b'_'));
    let apart = value.is_empty() || value[0].is_ascii_whitespace();
    (capitals && apart).then(|| (name, value.trim_ascii()))
}

/// The name in `==> name <==`.
pub(super) fn heading(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"==> ")?.strip_suffix(b" <==")
}

/// Whether `line` is the tag that begins as `tag` does, alone on its line.
pub(super) fn is_tag(line: &[u8], tag: &[u8]) -> bool {
    line.len() > tag.len()
        && line[..tag.len()].eq_ignore_ascii_case(tag)
        && matches!(line[tag.len()], b' ' | b'>')
        && line.ends_with(b">")
}

/// What the attributes of a tag say.
fn attributes(tag: &[u8]) -> Evidence {
    let tag = String::from_utf8_lossy(tag);
    let mut fields = Fields::default();
    let mut rest = tag.as_ref();
    while let Some((name, behind)) = rest.split_once('=') {
        let name = name
            .rsplit(|c: char| c.is_ascii_whitespace())
            .next()
            .unwrap_or(name);
        let Some(quote @ ('"' | '\'')) = behind.chars().next() else {
            break;
        };
        let Some((value, behind)) = behind[1..].split_once(quote) else {
            break;
        };
        fields.offer_evidence(name, value);
        rest = behind;
    }
    fields.evidence()
}

#[cfg(test)]
mod tests {
    use super::{attributes, field, heading, is_tag};

    #[test]
    fn separators_are_told_from_text() {
        assert_eq!(
            field(b"LOAD-DATE: 2024-01-05"),
            Some((&b"LOAD-DATE"[..], &b"2024-01-05"[..]))
        );
        assert_eq!(field(b"Note: nothing"), None);
        assert_eq!(field(b"BBC:news"), None);
        assert_eq!(heading(b"==> a/b.txt <=="), Some(&b"a/b.txt"[..]));
        assert!(is_tag(b"<DOC id=\"1\">", b"<doc"));
        assert!(!is_tag(b"<docs>", b"<doc"));
    }

    #[test]
    fn a_tag_gives_its_evidence() {
        let got =
            attributes(b"<doc id=\"7\" url='https://post.example/7' title=\"Bridge closed\">");
        assert_eq!(got.id.as_deref(), Some("7"));
        assert_eq!(got.url.as_deref(), Some("https://post.example/7"));
        assert_eq!(got.hints.title.as_deref(), Some("Bridge closed"));
    }
}
