//! Physical lines of a document text.

use crate::document::{Line, Span, trim};

/// The lines of `text`: LF, CRLF, a lone CR and a form feed end one. A line end at the very end of the text starts no further line.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        let (end, next) = line_end(bytes, start);
        at = next;
        let text_span = trim(text, Span::at(start, end));
        Some(Line {
            text: text_span,
            indent: indent(&text[start..text_span.start as usize]),
        })
    })
}

/// Where the line that begins at `start` ends, and where the next one begins.
fn line_end(bytes: &[u8], start: usize) -> (usize, usize) {
    let Some(found) = memchr::memchr3(b'\n', b'\r', 0x0c, &bytes[start..]) else {
        return (bytes.len(), bytes.len());
    };
    let end = start + found;
    let crlf = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
    (end, end + if crlf { 2 } else { 1 })
}

fn indent(white: &str) -> u8 {
    let columns = white.chars().fold(0_usize, |column, c| match c {
        '\t' => (column / 8 + 1) * 8,
        '\u{3000}' => column + 2,
        '\u{200b}' | '\u{2060}' | '\u{feff}' => column,
        _ => column + 1,
    });
    columns.min(255) as u8
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let text = "a\r\n\tb\n\nc\rd\x0ce\n";
        let got: Vec<_> = lines(text)
            .map(|line| (line.text.of(text), line.indent))
            .collect();
        assert_eq!(
            got,
            [("a", 0), ("b", 8), ("", 0), ("c", 0), ("d", 0), ("e", 0)]
        );
    }
}
