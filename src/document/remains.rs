//! What programs that turn pages into text leave of elements without any: `(BUTTON)`, `[ferry.jpg]`, `IFRAME: https://…`,
//! `[INS:`, the line of a form's field. None of it is the story's.

use std::ops::Range;

/// Marks that stand for an element, or for an end of one.
const MARKS: [&str; 8] = [
    "(BUTTON)", "[IMAGE]", "[INLINE]", "[EMBED]", "[INS:", ":INS]", "[DEL:", ":DEL]",
];
/// What the address of a frame follows.
const FRAME: &str = "IFRAME:";
/// Endings of the names of picture files.
const PICTURES: [&str; 8] = [
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".bmp", ".avif",
];
/// Bytes of the longest name of a picture.
const NAME: usize = 240;
/// Bytes of the shortest number that names a picture.
const KEY: usize = 16;
/// Underscores of the shortest field.
const FIELD: usize = 8;

/// Escaped bytes of the shortest address that is told by them.
const ESCAPES: usize = 4;

/// Whether any mark may stand in `text`: most text is told by single bytes that none does.
#[must_use]
pub fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let button = |at: usize| bytes[at..].starts_with(b"(BUTTON)");
    memchr::memchr2(b'[', b'_', bytes).is_some()
        || memchr::memchr_iter(b'(', bytes).any(button)
        || memchr::memchr_iter(b'I', bytes).any(|at| bytes[at..].starts_with(FRAME.as_bytes()))
        || text.starts_with(":INS]")
        || text.starts_with(":DEL]")
}

/// Where marks stand in `text`, in bytes, in order.
pub fn marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    let places = text.match_indices(['(', '[', ':', 'I', '_']);
    places.filter_map(move |(at, _)| {
        if at < end {
            return None;
        }
        let len = mark(&text[at..])?;
        end = at + len;
        Some(at..end)
    })
}

/// The bytes of the mark that `rest` begins with.
fn mark(rest: &str) -> Option<usize> {
    if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
        return Some(mark.len());
    }
    if let Some(address) = rest.strip_prefix(FRAME) {
        let words = address.trim_start();
        let end = words.find(char::is_whitespace).unwrap_or(words.len());
        return Some(rest.len() - words.len() + end);
    }
    let field = rest.len() - rest.trim_start_matches('_').len();
    if field >= FIELD {
        return Some(field);
    }
    let name = rest.strip_prefix('[')?;
    let name = &name[..name.floor_char_boundary(NAME)];
    let (name, _) = name.split_once(']')?;
    let file = name.split('?').next().unwrap_or(name).to_ascii_lowercase();
    let picture = PICTURES.iter().any(|ending| file.ends_with(ending))
        || file.contains(";base64,")
        || is_key(&file);
    (picture && !name.contains(char::is_whitespace)).then(|| name.len() + "[]".len())
}

/// Whether a name is a number in hexadecimal digits, as programs give pictures.
fn is_key(name: &str) -> bool {
    let digit = |b: u8| b.is_ascii_hexdigit() || matches!(b, b'-' | b'_');
    name.len() >= KEY && name.bytes().all(digit) && name.bytes().any(|b| b.is_ascii_digit())
}

/// The bytes of `text` that are left between the marks at its ends, if it has any there. Empty where it is nothing else.
#[must_use]
pub fn between(text: &str) -> Option<Range<usize>> {
    if is_escaped(text) {
        return Some(0..0);
    }
    // Hardly any line begins or ends as a mark does.
    let opens = matches!(
        text.as_bytes().first(),
        Some(b'(' | b'[' | b':' | b'I' | b'_')
    );
    let closes = matches!(text.as_bytes().last(), Some(b')' | b']' | b':' | b'_'));
    if !opens && !closes || !may_hold(text) {
        return None;
    }
    let marks: Vec<Range<usize>> = marks(text).collect();
    let blank = |range: Range<usize>| text[range].trim().is_empty();
    let mut start = 0;
    for mark in &marks {
        if blank(start..mark.start) {
            start = mark.end;
        }
    }
    let mut end = text.len();
    for mark in marks.iter().rev() {
        if mark.start >= start && blank(mark.end..end) {
            end = mark.start;
        }
    }
    let left = text[start..end].trim();
    let from = start + text[start..end].len() - text[start..end].trim_start().len();
    (start > 0 || end < text.len()).then(|| from..from + left.len())
}

/// Whether `text` is the escaped address of something, cut over several lines perhaps: `symbol%22%3A%22ABC%22%2C`.
fn is_escaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let escapes = memchr::memchr_iter(b'%', bytes).filter(|at| hex(at + 1) && hex(at + 2));
    let escapes = escapes.count();
    escapes >= ESCAPES && text.split_whitespace().count() <= escapes
}

#[cfg(test)]
mod tests {
    use super::{between, marks};

    #[test]
    fn marks_of_elements_are_found_in_order() {
        let text = "(BUTTON) Copy [ferry-1.jpg?w=605] ________ IFRAME: //sea.example/x.html [a note.png] [1] \
                    [6eef5bc5-c8a0-4da1] [deadbeef]";
        let found: Vec<&str> = marks(text).map(|range| &text[range]).collect();
        assert_eq!(
            found,
            [
                "(BUTTON)",
                "[ferry-1.jpg?w=605]",
                "________",
                "IFRAME: //sea.example/x.html",
                "[6eef5bc5-c8a0-4da1]"
            ]
        );
    }

    #[test]
    fn what_stands_between_marks_is_left() {
        let left = |text: &'static str| between(text).map(|range| &text[range]);
        assert_eq!(
            left("(BUTTON) (BUTTON) The ferry. [a.png]"),
            Some("The ferry.")
        );
        assert_eq!(left("[a.png] [b.png]"), Some(""));
        assert_eq!(left("The (BUTTON) ferry."), None);
        assert_eq!(left("The ferry."), None);
        let address = "#{symbol%22%3A%22ABC%22%2C%22width%22%3A\n350%2C%22theme%22%3A%22light%22";
        assert_eq!(left(address), Some(""));
        assert_eq!(left("Up by 5 %, 7 %, 8%, 9%20 or 12%ab."), None);
    }
}
