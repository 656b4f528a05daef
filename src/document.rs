//! The nouns of the input side: a document, where it came from, its lines, and the units that are
//! judged. No stage is used here and every stage may use these.
//!
//! All spans are in UTF-8 bytes of the *document text*: the text of one document after it was taken out
//! of its container and decoded, with no white space touched.

mod code;
mod holds;
mod letters;
pub mod remains;

use std::borrow::Cow;

use serde::Serialize;

pub(crate) use code::is_code;
pub use holds::Holds;
pub use letters::{each_lower, hangul, hangul_run, is_alphabetic, is_alphanumeric, key, lower};

/// A half-open range of bytes of the document text. Documents are limited to 4 GiB by this type and
/// to far less by `--max-document-bytes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The same span from `usize` offsets; both fit because documents are smaller than 4 GiB.
    #[must_use]
    pub const fn at(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The slice of `text` under the span.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// The common part of two spans, if it holds a byte.
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        let both = Self::new(self.start.max(other.start), self.end.min(other.end));
        (!both.is_empty()).then_some(both)
    }

    /// Whether `other` lies wholly within this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

/// Where a document came from; becomes `source` of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The path as given; `-` for standard input.
    pub path: String,
    /// The name inside an archive.
    pub member: Option<String>,
    /// Counts the documents of one input (or member) from 0.
    pub index: u64,
    /// The name that the container gives the document, such as the `id` field of a JSON object.
    pub id: Option<String>,
    /// Bytes of the decompressed input or member that the document was taken from.
    pub span: (u64, u64),
    /// Name of the encoding by the WHATWG Encoding Standard, such as `UTF-8` or `EUC-KR`.
    pub encoding: &'static str,
    /// Lower-case hex SHA-256 of the input file as stored; absent for standard input.
    pub sha256: Option<String>,
    /// Address of the page, where the container knows it.
    pub url: Option<String>,
    /// When the page was collected, RFC 3339 as far as it is known.
    pub collected: Option<String>,
    /// How many bytes or sequences of them could not be decoded and were replaced by U+FFFD.
    pub replaced: u64,
}

/// What the container or the command line says about a document beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// The title that the container gives.
    pub title: Option<String>,
    /// The title of an HTML page as browsers show it, which often names the outlet too.
    pub page_title: Option<String>,
    /// The outlet that the container gives.
    pub outlet: Option<String>,
    /// Who wrote it, as the container gives it.
    pub author: Option<String>,
    /// The host that the page was found on, where the container gives it beside the address or without.
    pub host: Option<String>,
    /// The date of publication that the container gives, as it is written there.
    pub date: Option<String>,
}

/// One document: its text and all that is known of it from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The document text; every span but `source.span` refers to it.
    pub text: String,
    /// Where it came from.
    pub source: Source,
    /// What the container says about it.
    pub hints: Hints,
    /// Codes of warnings raised while reading, such as `decode-replaced`.
    pub warnings: Vec<&'static str>,
}

/// A physical line: the text between two line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line without its terminator and without white space at either end.
    pub text: Span,
    /// White space before the text, in columns (a tab counts to the next multiple of eight, a full-width
    /// space as two), saturating at 255.
    pub indent: u8,
}

/// How a part of a unit is joined to the part before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Join {
    /// With one space (a hard-wrapped line, a torn-out link).
    #[default]
    Space,
    /// With nothing (Han or kana on both sides, punctuation torn from its word).
    Nothing,
    /// With nothing, after the hyphen that ends the part before is taken off.
    Hyphen,
}

impl Join {
    /// How a line that ends in `head` is continued by one that begins with `tail`: a hyphen between lower-case letters
    /// is mended, scripts without spaces take none.
    #[must_use]
    pub fn between(head: &str, tail: &str) -> Self {
        let mut ends = head.chars().rev();
        let (last, last_but_one) = (ends.next().unwrap_or(' '), ends.next().unwrap_or(' '));
        let first = tail.chars().next().unwrap_or(' ');
        if matches!(last, '-' | '\u{ad}' | '\u{2010}')
            && last_but_one.is_lowercase()
            && first.is_lowercase()
        {
            Self::Hyphen
        } else if is_spaceless(last) && is_spaceless(first) {
            Self::Nothing
        } else {
            Self::Space
        }
    }
}

/// Whether `c` is Han, kana or their punctuation: scripts that are written without spaces and broken anywhere.
#[must_use]
pub const fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Brackets that labels, names and credits stand in, each with the one that closes it.
const BRACKETS: [(char, char); 8] = [
    ('(', ')'),
    ('[', ']'),
    ('<', '>'),
    ('（', '）'),
    ('【', '】'),
    ('［', '］'),
    ('〔', '〕'),
    ('〈', '〉'),
];

/// The bracket that closes what `open` opens.
#[must_use]
pub fn closing(open: char) -> Option<char> {
    let pair = BRACKETS.iter().find(|pair| pair.0 == open);
    pair.map(|pair| pair.1)
}

/// The bracket that opens what `close` closes.
#[must_use]
pub fn opening(close: char) -> Option<char> {
    let pair = BRACKETS.iter().find(|pair| pair.1 == close);
    pair.map(|pair| pair.0)
}

/// How a program that cuts lines counts: some give wide characters two columns, many count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Display columns.
    Columns,
    /// Characters.
    Chars,
}

impl Measure {
    /// The width of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> usize {
        match self {
            Self::Columns => columns(text),
            Self::Chars if text.is_ascii() => text.len(),
            Self::Chars => text.chars().count(),
        }
    }
}

/// Bytes of `text`, of which a line break is one: pages that differ in nothing else have the same.
#[must_use]
pub fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let pairs = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) == Some(&b'\n'));
    text.len() - pairs.count()
}

/// `text` with line breaks of one byte.
#[must_use]
pub fn one_byte_breaks(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n"))
}

/// Display columns of `text`: East Asian wide characters count two.
#[must_use]
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    columns_by_byte(text.as_bytes()).unwrap_or_else(|| {
        let width = |c: char| if is_wide(c) { 2 } else { 1 };
        text.chars().map(width).sum()
    })
}

/// The columns of a text whose characters are all told by their first two bytes: what the compiler makes vectors of.
fn columns_by_byte(bytes: &[u8]) -> Option<usize> {
    // A first byte, never a last one, has another behind it.
    let behind = bytes.get(1..)?;
    let (mut columns, mut told) = (usize::from(is_first(*bytes.last()?)), true);
    // Sums of so many bytes, each two at most, fit a byte; the compiler takes sixteen at once, and none is left over.
    for (bytes, behind) in bytes.chunks(112).zip(behind.chunks(112)) {
        let (mut sum, mut unsure) = (0, 0);
        for (byte, next) in bytes.iter().zip(behind) {
            let wide = u8::from(matches!(byte, 0xe5..=0xe9 | 0xeb | 0xec))
                | u8::from(*byte == 0xea) & u8::from(*next >= 0xb0)
                | u8::from(*byte == 0xed) & u8::from(*next < 0x9e);
            let narrow = u8::from(*byte < 0xe1) | u8::from(*byte == 0xe2) & u8::from(*next < 0xba);
            sum += u8::from(is_first(*byte)) + wide;
            unsure |= !(wide | narrow) & 1;
        }
        columns += usize::from(sum);
        told &= unsure == 0;
    }
    told.then_some(columns)
}

/// How many of `bytes` are such, many at a time.
#[must_use]
pub fn count_bytes(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    // Sums of so many fit a byte; the compiler takes sixteen at once, and none is left over.
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(is(*byte))).sum::<u8>();
    bytes.chunks(240).map(|bytes| usize::from(sum(bytes))).sum()
}

/// Whether a byte of UTF-8 is the first of its character.
fn is_first(byte: u8) -> bool {
    byte.cast_signed() >= -0x40
}

/// Whether `c` takes two columns.
fn is_wide(c: char) -> bool {
    c >= '\u{1100}'
        && (matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{115f}') || is_spaceless(c))
}

/// A slice of the document text that belongs to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands; neither end is white space.
    pub span: Span,
    /// How it continues the part before it; means nothing on the first part.
    pub join: Join,
}

/// What is judged as one: a line, several lines that were one paragraph, or a sentence of a huge line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Hull of the parts.
    pub span: Span,
    /// Range of its parts in [`Units::parts`].
    pub parts: (u32, u32),
    /// Number of the physical line on which it starts, from 0.
    pub line: u32,
    /// Columns of white space before its first line, saturating at 255.
    pub indent: u8,
    /// Blank lines right before it, saturating at 255; 0 for the first unit and for units that share a line.
    pub blank_before: u8,
    /// Whether it was cut out of a longer line, so that it continues the paragraph of the unit before.
    pub continues: bool,
}

/// The units of one document, in reading order; together they cover every byte that is not white space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// In reading order.
    pub units: Vec<Unit>,
    /// The parts of all units, in reading order.
    pub parts: Vec<Part>,
    /// How many physical lines the document has.
    pub lines: u32,
}

impl Units {
    /// The parts of unit `i`.
    #[must_use]
    pub fn parts(&self, i: usize) -> &[Part] {
        let (start, end) = self.units[i].parts;
        &self.parts[start as usize..end as usize]
    }

    /// The text of unit `i`: its parts joined, white space folded.
    #[must_use]
    pub fn text(&self, text: &str, i: usize) -> String {
        fold(text, self.parts(i).iter().copied())
    }

    /// The same, borrowed where it stands so in `text`, as nearly all lines do.
    #[must_use]
    pub fn line<'a>(&self, text: &'a str, i: usize) -> Cow<'a, str> {
        match self.parts(i) {
            [part] if is_folded(part.span.of(text)) => Cow::Borrowed(part.span.of(text)),
            parts => Cow::Owned(fold(text, parts.iter().copied())),
        }
    }

    /// The parts of unit `i` as far as they lie within `span`, their ends trimmed of white space.
    pub fn parts_within<'a>(
        &'a self,
        text: &'a str,
        i: usize,
        span: Span,
    ) -> impl Iterator<Item = Part> + 'a {
        // A unit of thousands of lines may be cut into as many pieces.
        let parts = self.parts(i);
        let first = parts.partition_point(|part| part.span.end <= span.start);
        let near = parts[first..].iter();
        let near = near.take_while(move |part| part.span.start < span.end);
        near.filter_map(move |part| {
            let span = trim(text, part.span.intersect(span)?);
            (!span.is_empty()).then_some(Part {
                span,
                join: part.join,
            })
        })
    }
}

/// Whether a character prints nothing and may be taken off the ends of a line: Unicode white space, the
/// zero-width space, the word joiner and the byte order mark.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether both ends of `text` are told to print something by a byte each, as nearly all are: no character from U+4000 to
/// U+DFFF is blank.
#[must_use]
pub fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [0x21..=0x7e | 0xe4..=0xed, ..])
        && matches!(bytes, [.., 0x21..=0x7e] | [.., 0xe4..=0xed, _, _])
}

/// `span` without what prints nothing at its ends (see [`is_blank`]).
#[must_use]
pub fn trim(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    if is_clean(slice) {
        return span;
    }
    let start = slice.len() - slice.trim_start_matches(is_blank).len();
    let end = start + slice[start..].trim_end_matches(is_blank).len();
    Span::new(span.start + start as u32, span.start + end as u32)
}

/// Joins parts of the document text and folds white space: any run of it becomes one space, none is left at
/// the ends. A byte of the result is a byte of a part, or the one space that a run or a join became.
#[must_use]
pub fn fold(text: &str, parts: impl IntoIterator<Item = Part>) -> String {
    let mut folded = String::new();
    for part in parts {
        let slice = part.span.of(text);
        if !folded.is_empty() {
            match part.join {
                Join::Space => folded.push(' '),
                Join::Nothing => {}
                Join::Hyphen => {
                    if folded.ends_with(['-', '\u{ad}', '\u{2010}']) {
                        folded.pop();
                    }
                }
            }
        }
        if folded.is_empty() {
            folded.reserve_exact(slice.len());
        }
        push_folded(&mut folded, slice);
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The length of the white space beyond ASCII at `at`, where `byte` stands; 0 where there is none.
#[inline]
fn wide_blank(text: &str, at: usize, byte: u8) -> usize {
    if !matches!(byte, 0xc2 | 0xe1..=0xe3) {
        return 0;
    }
    let c = text[at..].chars().next();
    c.filter(|c| c.is_whitespace()).map_or(0, char::len_utf8)
}

/// How many bytes of `text` are not white space.
#[must_use]
pub fn ink(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ascii = count_bytes(bytes, |byte| matches!(byte, b'\t'..=b'\r' | b' '));
    let wide: usize = if may_hold_wide_blank(text) {
        let lengths = bytes.iter().enumerate();
        lengths
            .map(|(at, byte)| wide_blank(text, at, *byte))
            .sum::<usize>()
    } else {
        0
    };
    bytes.len() - ascii - wide
}

/// Whether no white space stands at the ends and none inside but single spaces. May say no where it could say yes.
fn is_folded(slice: &str) -> bool {
    let bytes = slice.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    if *first == b' ' || *last == b' ' {
        return false;
    }
    // Nothing is left early: the compiler makes vectors of that.
    let odd = bytes.iter().zip(&bytes[1..]).fold(0, |odd, (a, b)| {
        odd | u8::from(*a < b' ') | u8::from((*a == b' ') & (*b == b' '))
    });
    odd == 0 && *last >= b' ' && !may_hold_wide_blank(slice)
}

/// Whether white space beyond ASCII may stand in `text`, by the first bytes of every character: rarely wrong.
pub(crate) fn may_hold_wide_blank(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let bytes = text.as_bytes();
    let opens = |byte: u8| u8::from(byte == 0xc2) | u8::from(byte.wrapping_sub(0xe1) < 3);
    if bytes.iter().fold(0, |any, byte| any | opens(*byte)) == 0 {
        return false;
    }
    // U+0085 and U+00A0; of three bytes U+1680, U+2000 to U+205F but for quotation marks and dashes, U+3000.
    let latin = |a: u8, b: u8| u8::from(a == 0xc2) & (u8::from(b == 0x85) | u8::from(b == 0xa0));
    let pairs = bytes.iter().zip(&bytes[1..]);
    let triples = pairs.clone().zip(&bytes[2..]);
    let narrow = pairs.fold(0, |any, (a, b)| any | latin(*a, *b));
    let wide = triples.fold(0, |any, ((a, b), c)| {
        let ogham = u8::from(*a == 0xe1) & u8::from(*b == 0x9a);
        let mark = u8::from(c.wrapping_sub(0x8b) < 0x1d) | u8::from(c.wrapping_sub(0xb0) < 0x10);
        let general = u8::from(*b == 0x81) | (u8::from(*b == 0x80) & (mark ^ 1));
        let dense = u8::from(*b == 0x80) & u8::from(*c == 0x80);
        any | ogham | (u8::from(*a == 0xe2) & general) | (u8::from(*a == 0xe3) & dense)
    });
    narrow | wide != 0
}

fn push_folded(folded: &mut String, slice: &str) {
    if is_folded(slice) {
        folded.push_str(slice);
        return;
    }
    for word in slice.split_whitespace() {
        if !folded.is_empty()
            && !folded.ends_with(' ')
            && !std::ptr::eq(word.as_ptr(), slice.as_ptr())
        {
            folded.push(' ');
        }
        folded.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Join, Part, Span, columns, fold, ink, is_folded, is_wide, length, one_byte_breaks, trim,
    };

    fn part(start: u32, end: u32, join: Join) -> Part {
        Part {
            span: Span::new(start, end),
            join,
        }
    }

    #[test]
    fn a_line_break_is_one_byte_long() {
        assert_eq!(length("a\r\nb\rc\n"), length("a\nb\rc\n"));
        assert_eq!(one_byte_breaks("a\r\nb"), "a\nb");
        assert_eq!(length(&one_byte_breaks("a\r\nb")), 3);
    }

    #[test]
    fn a_character_is_as_wide_as_it_is_said_to_be() {
        for c in '\0'..=char::MAX {
            let width = if is_wide(c) { 2 } else { 1 };
            assert_eq!(columns(&format!("é{c}")), 1 + width, "{c:?}");
            assert_eq!(columns(&format!("é{c}.")), 2 + width, "{c:?}");
        }
    }

    #[test]
    fn fold_turns_every_run_of_white_space_into_one_space() {
        let text = "a\u{a0}\u{a0}b\u{3000}c\t\nd";
        assert_eq!(
            fold(text, [part(0, text.len() as u32, Join::Space)]),
            "a b c d"
        );
    }

    #[test]
    fn fold_joins_parts_as_they_say() {
        let text = "fore-\nman walks\n, slowly";
        let parts = [
            part(0, 5, Join::Space),
            part(6, 15, Join::Hyphen),
            part(16, 24, Join::Nothing),
        ];
        assert_eq!(fold(text, parts), "foreman walks, slowly");
    }

    #[test]
    fn ink_is_what_unicode_does_not_call_white() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}");
            let all: usize = text
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(char::len_utf8)
                .sum();
            assert_eq!(ink(&text), all, "{c:?}");
            if c.is_whitespace() && c != ' ' {
                assert!(!is_folded(&format!("{text}b")), "{c:?}");
            }
        }
    }

    #[test]
    fn what_is_folded_already_is_told() {
        for (text, folded) in [
            ("a b", true),
            ("’t is", true),
            ("a  b", false),
            ("a\tb", false),
            ("a\u{a0}b", false),
            ("a ", false),
            (" a", false),
            ("", false),
        ] {
            assert_eq!(is_folded(text), folded, "{text:?}");
        }
    }

    #[test]
    fn trim_takes_white_space_off_both_ends() {
        let text = " \u{3000}기자 ";
        let span = trim(text, Span::at(0, text.len()));
        assert_eq!(span.of(text), "기자");
        assert!(trim("   ", Span::new(0, 3)).is_empty());
    }
}
