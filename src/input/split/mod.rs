//! Many documents in one text: what parts them, and cutting there while the text streams by.
//!
//! `learn` finds the rule of a dump in its first part; `rule` says where a rule cuts; here the text is cut.

mod learn;
mod rule;

use std::cell::Cell;
use std::str::FromStr;

use super::decode::Known;
use super::fields::Evidence;
use super::scope::{Body, Found, Halt, Scope};
use super::stream::{LineEnd, Stream};
use rule::Cut;
pub(super) use rule::Rule;

/// How much of a text is looked at to learn what parts its documents, in bytes: some hundred pages.
const LEARN_BYTES: usize = 1 << 20;

/// How a text is cut into documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// As the text itself shows: form feeds, repeated separator lines, numbered or `==> name <==` lines, blocks of
    /// field lines in capitals, the fields of a scraper above each text, the same blank lines or the same masthead over and
    /// over; else it is one document.
    #[default]
    Auto,
    /// Not at all.
    None,
    /// At this many blank lines or more.
    BlankLines(usize),
    /// At lines that match.
    Regex(Pattern),
    /// At form feeds (U+000C).
    FormFeed,
    /// At zero bytes.
    Nul,
}

/// A regular expression for lines; equal to another if both are written alike.
#[derive(Clone, Debug)]
pub struct Pattern(regex::bytes::Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Pattern {}

impl FromStr for Split {
    type Err = String;

    fn from_str(value: &str) -> Result<Self, String> {
        match value.split_once('=') {
            None => match value {
                "auto" => Ok(Self::Auto),
                "none" => Ok(Self::None),
                "form-feed" => Ok(Self::FormFeed),
                "nul" => Ok(Self::Nul),
                _ => Err("one of auto, none, blank-lines=N, regex=…, form-feed, nul".to_owned()),
            },
            Some(("blank-lines", count)) => match count.parse() {
                Ok(count) if count > 0 => Ok(Self::BlankLines(count)),
                _ => Err("blank-lines wants a number from 1 on".to_owned()),
            },
            Some(("regex", pattern)) => regex::bytes::Regex::new(pattern)
                .map(|pattern| Self::Regex(Pattern(pattern)))
                .map_err(|error| error.to_string()),
            Some((other, _)) => Err(format!("{other} takes no value")),
        }
    }
}

/// The rule by which `stream` is to be cut, if by any.
pub(super) fn rule(stream: &mut Stream<'_>, split: &Split) -> Option<Rule> {
    match split {
        Split::Auto => learn::rule(stream.peek(LEARN_BYTES)),
        Split::None => None,
        Split::BlankLines(count) => Some(Rule::BlankLines(*count)),
        Split::Regex(pattern) => Some(Rule::Matching(pattern.0.clone())),
        Split::FormFeed => Some(Rule::Byte(0x0c)),
        Split::Nul => Some(Rule::Byte(0)),
    }
}

/// Cuts `stream` by `rule` and hands every document on as soon as its end is known.
pub(super) fn read(
    stream: &mut Stream<'_>,
    scope: &mut Scope<'_>,
    rule: &Rule,
    known: Known<'_>,
    place: Place<'_>,
) -> Result<(), Halt> {
    let mut splitter = Splitter {
        stream,
        rule,
        known,
        place,
        begin: 0,
        evidence: Evidence::default(),
        over: false,
        found: 0,
        announced: rule.announced(),
    };
    match rule {
        Rule::Byte(byte) => splitter.read_bytes(*byte, scope),
        _ => splitter.read_lines(scope),
    }
}

/// Where a text stands in what is stored, when that is not UTF-8 byte for byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// Bytes as stored.
    pub(super) offset: u64,
    /// Where the stored bytes are UTF-16 and the text was made of them: how far they have been read.
    pub(super) utf_16: Option<&'a Cell<u64>>,
}

impl Place<'_> {
    fn pass(&mut self, bytes: &[u8]) {
        let Some(read) = self.utf_16 else {
            self.offset += bytes.len() as u64;
            return;
        };
        // A character from four bytes is two code units.
        let units = bytes.iter().map(|b| match b {
            0x80..=0xbf => 0,
            0xf0.. => 2,
            _ => 1,
        });
        // Half a unit at the very end became a whole U+FFFD: no place is beyond what was read.
        self.offset = (self.offset + 2 * units.sum::<u64>()).min(read.get());
    }
}

struct Splitter<'a, 'r> {
    stream: &'a mut Stream<'r>,
    rule: &'a Rule,
    known: Known<'a>,
    place: Place<'a>,
    /// Where the document began whose bytes are the next of the stream.
    begin: u64,
    /// What its separator said of it.
    evidence: Evidence,
    /// Whether it is larger than allowed, which was said, and its bytes are passed over.
    over: bool,
    found: u64,
    announced: Option<u64>,
}

impl Splitter<'_, '_> {
    fn read_bytes(&mut self, byte: u8, scope: &mut Scope<'_>) -> Result<(), Halt> {
        self.begin = self.place.offset;
        let mut at = 0;
        loop {
            let bytes = self.stream.buffered();
            let length = bytes.len();
            match memchr::memchr(byte, &bytes[at..]) {
                Some(found) => {
                    self.flush(at + found, false, scope)?;
                    self.pass(1);
                    self.begin = self.place.offset;
                    at = 0;
                }
                None => {
                    at = self.check_size(length, scope)?;
                    let left = self.stream.buffered().len();
                    if self.stream.peek(left + 1).len() == left {
                        return self.end(scope);
                    }
                }
            }
        }
    }

    fn read_lines(&mut self, scope: &mut Scope<'_>) -> Result<(), Halt> {
        let limit = scope.options.limits.document_bytes;
        self.begin = self.place.offset;
        let mut at = 0;
        let mut blank: Option<usize> = None;
        let mut blank_lines = 0;
        loop {
            let end = match self.stream.line(at, limit) {
                LineEnd::Over => {
                    // A line without end is passed over with the document it belongs to.
                    self.say_over(scope)?;
                    self.pass(at);
                    self.skip_line();
                    (at, blank) = (0, None);
                    continue;
                }
                LineEnd::Last(end) if end == at => return self.end(scope),
                LineEnd::Last(end) | LineEnd::Found(end) => end,
            };
            let line = &self.stream.buffered()[at..end];
            if line.trim_ascii().is_empty() {
                blank = blank.or(Some(at));
                blank_lines += 1;
                at = end;
                if at - blank.unwrap_or(at) > limit {
                    at = self.check_size(at, scope)?;
                    blank = None;
                }
                continue;
            }
            if let Some(start) = blank.take() {
                let lines = std::mem::take(&mut blank_lines);
                let run = &self.stream.buffered()[start..at];
                if self.rule.parts_at_blank(run, lines) {
                    self.flush(start, true, scope)?;
                    let length = at - start;
                    self.pass(length);
                    self.begin = self.place.offset;
                    at = 0;
                    continue;
                }
            }
            match self.rule.cut(self.stream, at, end) {
                Some(Cut { length, evidence }) => {
                    self.flush(at, true, scope)?;
                    self.pass(length);
                    if length > 0 {
                        self.pass_blank_lines();
                    }
                    self.begin = self.place.offset;
                    self.evidence = evidence;
                    // A masthead belongs to the document that it begins.
                    at = if length == 0 { end - at } else { 0 };
                }
                None => at = self.check_size(end, scope)?,
            }
        }
    }

    /// Hands on the next `length` bytes as a document, unless they are blank or it was too large.
    fn flush(&mut self, length: usize, more: bool, scope: &mut Scope<'_>) -> Result<(), Halt> {
        let evidence = std::mem::take(&mut self.evidence);
        let bytes = &self.stream.buffered()[..length];
        if std::mem::take(&mut self.over) {
            self.pass(length);
            self.found += 1;
            return Ok(());
        }
        if length > scope.options.limits.document_bytes {
            self.pass(length);
            self.found += 1;
            return scope.too_large(self.begin);
        }
        if bytes.trim_ascii().is_empty() {
            self.pass(length);
            return Ok(());
        }
        self.found += 1;
        let mut warnings = Vec::new();
        if !more
            && self
                .announced
                .is_some_and(|announced| announced != self.found)
        {
            warnings.push("count-differs");
        }
        let bytes = bytes.to_vec();
        self.pass(length);
        scope.document(Found {
            body: Body::Bytes(bytes),
            span: (self.begin, self.place.offset),
            known: self.known,
            hints: evidence.hints,
            id: evidence.id,
            url: evidence.url,
            collected: evidence.collected,
            warnings,
            ..Found::default()
        })
    }

    /// Hands on the last document, if its end is known, and how the stream ended.
    fn end(&mut self, scope: &mut Scope<'_>) -> Result<(), Halt> {
        if self.stream.failure().is_none() {
            let length = self.stream.buffered().len();
            self.flush(length, false, scope)?;
            if self.found == 0 {
                scope.document(Found {
                    span: (self.place.offset, self.place.offset),
                    known: self.known,
                    ..Found::default()
                })?;
            }
        }
        scope.check(self.stream)
    }

    /// Says once that a document is too large, and passes over what there is of it. Where to go on in the stream.
    fn check_size(&mut self, length: usize, scope: &mut Scope<'_>) -> Result<usize, Halt> {
        if length <= scope.options.limits.document_bytes && !self.over {
            return Ok(length);
        }
        self.say_over(scope)?;
        self.pass(length);
        Ok(0)
    }

    fn say_over(&mut self, scope: &mut Scope<'_>) -> Result<(), Halt> {
        if std::mem::replace(&mut self.over, true) {
            return Ok(());
        }
        scope.too_large(self.begin)
    }

    fn pass(&mut self, length: usize) {
        let bytes = self.stream.buffered();
        self.place.pass(&bytes[..length.min(bytes.len())]);
        self.stream.consume(length);
    }

    fn pass_blank_lines(&mut self) {
        while let LineEnd::Found(end) | LineEnd::Last(end) = self.stream.line(0, LEARN_BYTES) {
            if end == 0 || !self.stream.buffered()[..end].trim_ascii().is_empty() {
                return;
            }
            self.pass(end);
        }
    }

    fn skip_line(&mut self) {
        loop {
            let bytes = self.stream.peek(1);
            let found = memchr::memchr(b'\n', bytes);
            let count = found.map_or(bytes.len(), |end| end + 1);
            self.pass(count);
            if found.is_some() || count == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Split;

    #[test]
    fn every_way_of_splitting_can_be_written() {
        assert_eq!("auto".parse(), Ok(Split::Auto));
        assert_eq!("blank-lines=3".parse(), Ok(Split::BlankLines(3)));
        assert!(matches!("regex=^# ".parse(), Ok(Split::Regex(_))));
        for wrong in ["blank-lines=0", "regex=(", "auto=1", "lines"] {
            assert!(wrong.parse::<Split>().is_err(), "{wrong}");
        }
    }
}
