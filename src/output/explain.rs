//! Why a page became the record it became: every line with its verdict, every field with the line it came from.
//! Gathers the facts; `terminal` shows them and serde writes them as JSON.

use serde::Serialize;
use serde_json::Value;

use crate::document::{Document, Span, Units};
use crate::label::{Labels, LineKind, Reason, Verdict};
use crate::record::{Article, Bytes, Metadata, bytes};

/// Everything that is known about one document.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    /// The document text, line by line; a line of several pieces has several rows.
    pub rows: Vec<Row>,
    /// The metadata, in the order of the record, absent ones included.
    pub fields: Vec<Field>,
    /// The record.
    pub record: Article,
}

/// A line, or a piece of one that was judged otherwise than the rest.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Number of the line, from 1.
    pub line: usize,
    /// Its place in the document text, without white space at either end.
    pub span: Bytes,
    /// What it was taken for.
    pub kind: &'static str,
    /// Why, as a code.
    pub reason: &'static str,
    /// Why, as a sentence.
    pub explanation: &'static str,
    /// 0 to 1, two decimals.
    pub confidence: f64,
    /// What an earlier pass had taken it for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<&'static str>,
    /// Where it went in the record, such as `blocks[3]`, `author` or `removed`.
    pub goes_to: String,
    /// As printed.
    pub text: String,
    /// Number of the unit that was judged; none on a blank line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<u32>,
    /// The kind again, for programs that hold it against others.
    #[serde(skip)]
    pub line_kind: LineKind,
}

/// A metadata field.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name in the record.
    pub name: &'static str,
    /// Its value; null where it is absent.
    pub value: Value,
    /// Number of the line that it was read from, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The rule that read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// 0 to 1, two decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Other values that were weighed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
}

/// Where text of `kind` goes in the record; blocks and removed text are told apart by the caller.
#[must_use]
pub const fn destination(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Headline => "headline",
        LineKind::Kicker => "kicker",
        LineKind::Standfirst => "alternativeHeadline",
        LineKind::Byline | LineKind::Tagline => "author",
        LineKind::Timestamp => "datePublished, dateModified",
        LineKind::Dateline => "dateline",
        LineKind::Section => "articleSection",
        LineKind::Masthead => "publisher",
        LineKind::Correction => "correction",
        LineKind::Copyright => "copyrightNotice",
        LineKind::SpeakerLabel => "blocks[].speaker",
        LineKind::Body | LineKind::Crosshead | LineKind::Caption | LineKind::PullQuote => "blocks",
        LineKind::Related => "related",
        LineKind::Blank => "nowhere",
        LineKind::Navigation
        | LineKind::ShareBar
        | LineKind::Newsletter
        | LineKind::Advertisement
        | LineKind::Comments
        | LineKind::Ranking
        | LineKind::Footer
        | LineKind::CookieNotice
        | LineKind::Paywall
        | LineKind::Widget
        | LineKind::Unknown => "removed",
    }
}

impl Inspection {
    /// Gathers what is known about `document`, of which the others were made; the record should have its evidence.
    #[must_use]
    pub fn new(document: &Document, units: &Units, labels: &Labels, record: Article) -> Self {
        let lines = Lines::new(&document.text);
        Self {
            rows: rows(&document.text, &lines, units, labels, &record),
            fields: fields(&lines, &record),
            record,
        }
    }

    /// Number of the line that holds byte `at` of the document text, from 1.
    #[must_use]
    pub fn line_of(&self, at: u64) -> usize {
        let after = self.rows.partition_point(|row| row.span.0 <= at);
        self.rows[..after].last().map_or(1, |row| row.line)
    }

    /// Which rows hold `wanted`, upper and lower case and white space being equal; a text that runs over the lines
    /// of one unit is found too.
    #[must_use]
    pub fn find(&self, document: &Document, wanted: &str) -> Vec<usize> {
        let wanted = folded(wanted);
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.rows.len() {
            let unit = self.rows[at].unit;
            let end = at
                + self.rows[at..]
                    .iter()
                    .position(|row| row.unit != unit)
                    .unwrap_or(self.rows.len() - at);
            let end = if unit.is_none() { at + 1 } else { end };
            let before = found.len();
            found.extend((at..end).filter(|&i| folded(&self.rows[i].text).contains(&wanted)));
            if found.len() == before && end - at > 1 {
                let hull = Span::at(
                    self.rows[at].span.0 as usize,
                    self.rows[end - 1].span.1 as usize,
                );
                if folded(hull.of(&document.text)).contains(&wanted) {
                    found.extend(at..end);
                }
            }
            at = end;
        }
        found
    }
}

fn folded(text: &str) -> String {
    let mut folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
        folded
    } else {
        folded.to_lowercase()
    }
}

/// Where the lines of a text begin, by the line ends that `layout` knows: LF, CRLF, CR, form feed.
struct Lines {
    starts: Vec<usize>,
    length: usize,
}

impl Lines {
    fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(
            memchr::memchr3_iter(b'\n', b'\r', 0x0c, bytes)
                .filter(|&at| bytes[at] != b'\r' || bytes.get(at + 1) != Some(&b'\n'))
                .map(|at| at + 1),
        );
        starts.pop_if(|start| *start == bytes.len());
        Self {
            starts,
            length: bytes.len(),
        }
    }

    /// Index of the line that holds byte `at`.
    fn index(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    fn end(&self, index: usize) -> usize {
        self.starts.get(index + 1).copied().unwrap_or(self.length)
    }
}

fn rows(text: &str, lines: &Lines, units: &Units, labels: &Labels, record: &Article) -> Vec<Row> {
    let mut rows = Vec::with_capacity(lines.starts.len());
    let mut next = 0;
    for piece in &labels.pieces {
        for part in labels.parts(text, units, piece) {
            let mut start = part.span.start as usize;
            let end = part.span.end as usize;
            while start < end {
                let line = lines.index(start);
                blank_rows(&mut rows, lines, &mut next, line);
                let stop = end.min(lines.end(line));
                let span = crate::document::trim(text, Span::at(start, stop));
                if !span.is_empty() {
                    rows.push(Row {
                        unit: Some(piece.unit),
                        goes_to: goes_to(record, piece.verdict.kind, span),
                        ..Row::new(line, span, piece.verdict, span.of(text))
                    });
                }
                next = line + 1;
                start = stop;
            }
        }
    }
    blank_rows(&mut rows, lines, &mut next, lines.starts.len());
    rows
}

fn blank_rows(rows: &mut Vec<Row>, lines: &Lines, next: &mut usize, before: usize) {
    let verdict = Verdict::new(LineKind::Blank, Reason::WhiteSpace, 100);
    while *next < before {
        let start = lines.starts[*next];
        rows.push(Row::new(*next, Span::at(start, start), verdict, ""));
        *next += 1;
    }
}

impl Row {
    fn new(line: usize, span: Span, verdict: Verdict, text: &str) -> Self {
        Self {
            line: line + 1,
            span: bytes(span),
            kind: verdict.kind.code(),
            reason: verdict.reason.code(),
            explanation: verdict.reason.explanation(),
            confidence: f64::from(verdict.confidence) / 100.0,
            was: verdict.was.map(LineKind::code),
            goes_to: destination(verdict.kind).to_owned(),
            text: text.to_owned(),
            unit: None,
            line_kind: verdict.kind,
        }
    }
}

/// How many blocks before the nearest one may still hold a byte: a caption or two inside a torn paragraph.
const NESTED_BLOCKS: usize = 8;

fn goes_to(article: &Article, kind: LineKind, span: Span) -> String {
    if !kind.is_block() {
        return destination(kind).to_owned();
    }
    let at = u64::from(span.start);
    let holds = |place: &Bytes| place.0 <= at && at < place.1;
    let after = article.blocks.partition_point(|block| block.span.0 <= at);
    (after.saturating_sub(NESTED_BLOCKS)..after)
        .rev()
        .find(|&index| {
            let block = &article.blocks[index];
            if block.parts.is_empty() {
                holds(&block.span)
            } else {
                block.parts.iter().any(holds)
            }
        })
        .map_or_else(|| "no block".to_owned(), |index| format!("blocks[{index}]"))
}

fn fields(lines: &Lines, article: &Article) -> Vec<Field> {
    let record = serde_json::to_value(article).unwrap_or_default();
    Metadata::FIELDS
        .iter()
        .map(|&name| {
            let evidence = article.evidence.as_ref().and_then(|all| all.get(name));
            Field {
                name,
                value: record.get(name).cloned().unwrap_or_default(),
                line: evidence
                    .and_then(|evidence| evidence.span)
                    .map(|span| lines.index(span.0 as usize) + 1),
                rule: evidence.map(|evidence| evidence.rule),
                confidence: article.confidence.get(name).copied(),
                alternatives: evidence.map_or_else(Vec::new, |e| e.alternatives.clone()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Inspection;
    use crate::config::Config;
    use crate::document::Document;
    use crate::pipeline::Cleaner;

    fn inspect(text: &str) -> (Document, Inspection) {
        let document = Document {
            text: text.to_owned(),
            ..Document::default()
        };
        let cleaned = Cleaner::new(Config::default()).inspect(&document);
        let inspection =
            Inspection::new(&document, &cleaned.units, &cleaned.labels, cleaned.article);
        (document, inspection)
    }

    #[test]
    fn every_line_has_a_row_whatever_its_end() {
        let (_, inspection) = inspect("\r\none\r\n\r\ntwo\rthree\x0c\nfour");
        let got: Vec<_> = inspection
            .rows
            .iter()
            .map(|row| (row.line, row.text.as_str()))
            .collect();
        assert_eq!(
            got,
            [
                (1, ""),
                (2, "one"),
                (3, ""),
                (4, "two"),
                (5, "three"),
                (6, ""),
                (7, "four")
            ]
        );
    }

    #[test]
    fn a_text_is_found_whatever_its_case_and_white_space() {
        let (document, inspection) = inspect("Menu\n\nThe  Mayor\tspoke. Again.\n");
        assert_eq!(inspection.find(&document, "the mayor SPOKE"), [2]);
        assert!(inspection.find(&document, "the minister").is_empty());
    }
}
