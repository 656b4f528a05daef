//! Paragraphs glued together on one line, where the mark that opened the second one still stands.

use crate::document::{Part, Span, is_alphanumeric, trim};

/// Bytes; a shorter text holds no two paragraphs.
const GLUED: usize = 120;

/// Splits the parts of a paragraph where another begins: at a mark of sections that follows the end of a sentence. A
/// mark inside a sentence enumerates. Most paragraphs come back whole.
pub(super) fn split(text: &str, parts: Vec<Part>) -> Vec<Vec<Part>> {
    let mut paragraphs: Vec<Vec<Part>> = Vec::with_capacity(1);
    let mut open: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        let mut start = part.span.start;
        for at in marks(part.span.of(text)) {
            let at = part.span.start + at as u32;
            let head = trim(text, Span::new(start, at));
            if !head.is_empty() {
                open.push(Part { span: head, ..part });
                paragraphs.push(std::mem::take(&mut open));
            }
            start = at;
        }
        let span = trim(text, Span::new(start, part.span.end));
        open.push(Part { span, ..part });
    }
    if !open.is_empty() {
        paragraphs.push(open);
    }
    paragraphs
}

/// Where in a text a paragraph begins that was glued to the one before.
fn marks(slice: &str) -> impl Iterator<Item = usize> {
    let searched = if slice.len() < GLUED { "" } else { slice };
    // All marks begin with this byte, as do typographic quotation marks and dashes.
    memchr::memchr_iter(0xe2, searched.as_bytes()).filter(move |at| {
        let (head, tail) = slice.split_at(*at);
        tail.starts_with(['◆', '◇', '■', '□', '▲', '△', '▶', '▷'])
            && tail.chars().skip(1).any(is_alphanumeric)
            && head
                .trim_end_matches([' ', '\u{a0}', '"', '”', '’', '\'', ')'])
                .ends_with(['.', '!', '?', '。'])
    })
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::document::{Join, Part, Span, fold};

    #[test]
    fn paragraphs_glued_at_a_mark_are_parted() {
        let text = "항만 노조는 10일 파업을 끝냈다고 밝혔다. 노조는 이날 총회를 열었다. ◆ 항만의 내일 배는 다시 뜬다. \
                    조사 항목은 ▲임금 ▲안전 ▲휴일 등이다.";
        let part = Part {
            span: Span::at(0, text.len()),
            join: Join::Space,
        };
        let got: Vec<_> = split(text, vec![part])
            .into_iter()
            .map(|parts| fold(text, parts))
            .collect();
        assert_eq!(got.len(), 2, "{got:#?}");
        assert!(got[0].ends_with("열었다."));
        assert!(got[1].starts_with("◆ 항만의 내일"));
    }
}
