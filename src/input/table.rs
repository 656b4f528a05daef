//! Tables: CSV and TSV with a head line and a column that holds the text.

use super::decode::{Known, decode};
use super::fields::{Fields, TEXT, is_known, text_rank};
use super::scope::{Body, Found, Halt, Scope};
use super::stream::Stream;

/// A table of more columns is not read.
const MOST_COLUMNS: usize = 4096;

/// A name of a column is at most this long, in bytes.
const LONGEST_NAME: usize = 64;

/// What may part columns, the likeliest first where a head line has only one.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// What parts the columns if `head` is the beginning of a table: a head line of short, different names, one of which
/// may hold the text, and a row of as many columns. A table by name needs no more than its name.
pub(super) fn sniff(head: &[u8], by_name: Option<u8>, text_field: Option<&str>) -> Option<u8> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let line = head.split(|b| *b == b'\n').next()?.trim_ascii();
    let fits = |delimiter: &u8| {
        let Ok(line) = std::str::from_utf8(line) else {
            return false;
        };
        let mut names: Vec<&str> = line
            .split(char::from(*delimiter))
            .map(|name| name.trim_matches('"'))
            .collect();
        let rank = names.iter().filter_map(|n| text_rank(n, text_field)).min();
        // A word that is the name of a text column in some language may stand in a line of prose; hardly beside another.
        let known = || names.iter().filter(|n| is_known(n)).count() > 1;
        let text = rank.is_some_and(|rank| rank < TEXT.len() || known());
        let short = names
            .iter()
            .all(|n| !n.is_empty() && n.len() <= LONGEST_NAME && !n.starts_with(' '));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        text && short
            && names.len() == count
            && count > 1
            && second_row_fits(head, *delimiter, count)
    };
    DELIMITERS.into_iter().find(fits).or(by_name)
}

/// Whether the second row has `count` columns, as far as `head` shows it; a table may have no second row.
fn second_row_fits(head: &[u8], delimiter: u8, count: usize) -> bool {
    let mut core = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let mut fields = vec![0; head.len()];
    let mut ends = vec![0; count + 2];
    let (_, read, _, _) = core.read_record(head, &mut fields, &mut ends);
    let (result, _, _, columns) = core.read_record(&head[read..], &mut fields, &mut ends);
    match result {
        csv_core::ReadRecordResult::Record => columns == count,
        csv_core::ReadRecordResult::InputEmpty => columns < count,
        csv_core::ReadRecordResult::End => true,
        _ => false,
    }
}

/// Everything in a table whose columns `delimiter` parts.
pub(super) fn read(
    stream: &mut Stream<'_>,
    scope: &mut Scope<'_>,
    delimiter: u8,
) -> Result<(), Halt> {
    let mut rows = Rows {
        core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
        fields: vec![0; 64 << 10],
        ends: vec![0; 64],
    };
    let limit = scope.options.limits.document_bytes;
    let text_field = scope.options.text_field.clone();
    let text_field = text_field.as_deref();
    let known = Known {
        forced: scope.options.encoding,
        ..Known::default()
    };
    let Row::Read(count) = rows.next(stream, limit) else {
        scope.check(stream)?;
        return scope.error(Some(0), "no-text-field", "the table has no head line");
    };
    let names: Vec<String> = (0..count)
        .map(|column| {
            decode(rows.field(column).to_vec(), known)
                .text
                .trim()
                .to_owned()
        })
        .collect();
    let text = names
        .iter()
        .enumerate()
        .filter_map(|(column, name)| Some((text_rank(name, text_field)?, column)))
        .min();
    let Some((_, text)) = text else {
        let wanted = text_field.map_or_else(|| TEXT.join(", "), str::to_owned);
        let message = format!(
            "no column {wanted} (columns here: {}); --text-field names another",
            names.join(", ")
        );
        return scope.error(Some(0), "no-text-field", message);
    };
    loop {
        let at = stream.offset();
        match rows.next(stream, limit) {
            Row::End => return scope.check(stream),
            Row::Over => scope.too_large(at)?,
            Row::Open => return scope.broken_off(stream, "the table ends within quotation marks"),
            Row::Read(_) if stream.failure().is_some() && stream.peek(1).is_empty() => {
                return scope.check(stream);
            }
            Row::Read(count) if text < count => {
                let mut fields = Fields::default();
                for (column, name) in names.iter().enumerate().take(count) {
                    if column != text {
                        let value = decode(rows.field(column).to_vec(), known).text;
                        fields.offer_evidence(name, &value);
                    }
                }
                let evidence = fields.evidence();
                scope.document(Found {
                    body: Body::Bytes(rows.field(text).to_vec()),
                    span: (at, stream.offset()),
                    known: Known {
                        url: evidence.url.as_deref(),
                        ..known
                    },
                    hints: evidence.hints,
                    id: evidence.id,
                    url: evidence.url.clone(),
                    collected: evidence.collected,
                    ..Found::default()
                })?;
            }
            Row::Read(count) => {
                let message = format!(
                    "a row of {count} columns, the text should be in column {}",
                    text + 1
                );
                scope.error(Some(at), "damaged", message)?;
            }
        }
    }
}

enum Row {
    /// How many columns it has.
    Read(usize),
    /// It was larger than allowed, and passed over.
    Over,
    /// The table ended within its quotation marks.
    Open,
    End,
}

struct Rows {
    core: csv_core::Reader,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl Rows {
    fn field(&self, column: usize) -> &[u8] {
        let start = if column == 0 {
            0
        } else {
            self.ends[column - 1]
        };
        &self.fields[start..self.ends[column]]
    }

    fn next(&mut self, stream: &mut Stream<'_>, limit: usize) -> Row {
        let (mut length, mut columns, mut over) = (0, 0, false);
        let mut quotes = 0;
        loop {
            let input = stream.peek(1);
            let last = input.is_empty();
            let (result, read, written, ended) =
                self.core
                    .read_record(input, &mut self.fields[length..], &mut self.ends[columns..]);
            quotes += memchr::memchr_iter(b'"', &input[..read]).count();
            stream.consume(read);
            length += written;
            columns += ended;
            match result {
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::OutputFull => {
                    if over || self.fields.len() > limit {
                        over = true;
                        length = 0;
                    } else {
                        self.fields.resize(self.fields.len() * 2, 0);
                    }
                }
                csv_core::ReadRecordResult::OutputEndsFull => {
                    if over || self.ends.len() >= MOST_COLUMNS {
                        over = true;
                        columns = 0;
                    } else {
                        self.ends.resize(self.ends.len() * 2, 0);
                    }
                }
                csv_core::ReadRecordResult::Record if last && quotes % 2 == 1 => return Row::Open,
                csv_core::ReadRecordResult::Record if over || length > limit => return Row::Over,
                csv_core::ReadRecordResult::Record => return Row::Read(columns),
                csv_core::ReadRecordResult::End => return Row::End,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sniff;

    #[test]
    fn a_head_line_with_a_text_column_makes_a_table() {
        assert_eq!(sniff(b"id,url,\"text\"\r\n1,", None, None), Some(b','));
        assert_eq!(sniff(b"id,text\n", None, None), Some(b','));
        assert_eq!(
            sniff(
                b"Text,Photo\nBy Ada Quill, in Norhaven, 1 May\n",
                None,
                None
            ),
            None
        );
        assert_eq!(sniff(b"Title\tBody\nx\ty\n", None, None), Some(b'\t'));
        assert_eq!(sniff(b"id;page\n1;", None, Some("page")), Some(b';'));
        assert_eq!(
            sniff(b"Content, context, and a body of evidence\n", None, None),
            None
        );
        assert_eq!(sniff(b"text\nA bridge, closed\n", None, None), None);
        assert_eq!(
            sniff(b"text\nA bridge, closed\n", Some(b','), None),
            Some(b',')
        );
    }
}
