//! A whole page or a whole embedded article on one line, cut at sentences so that each can be judged.

use crate::document::{Span, trim};
use crate::sentences;

/// Bytes; the longest paragraph is shorter, and a line beyond it holds more than one thing.
pub(crate) const LONG_LINE: usize = 3000;
/// Bytes; sentences are gathered up to this size, so that a piece has enough in it to be judged by.
const PIECE: usize = 400;
/// Bytes; a piece without a sentence end is cut at white space here, so that the work on it stays bounded.
const HARD_PIECE: usize = 6000;

/// The pieces of a long line, in order; together they cover what is not white space in it.
pub(crate) fn pieces(text: &str, line: Span) -> Vec<Span> {
    let slice = line.of(text);
    let mut pieces = Vec::new();
    let mut start = 0_usize;
    for (_, end) in sentences::spans(slice, "und") {
        let end = end as usize;
        if end - start >= PIECE {
            push(text, line, start, end, &mut pieces);
            start = end;
        }
    }
    push(text, line, start, slice.len(), &mut pieces);
    pieces
}

fn push(text: &str, line: Span, mut start: usize, end: usize, pieces: &mut Vec<Span>) {
    let slice = line.of(text);
    while end - start > HARD_PIECE {
        let limit = slice.floor_char_boundary(start + HARD_PIECE);
        let at = slice[start..limit]
            .rfind(char::is_whitespace)
            .filter(|at| *at > 0)
            .map_or(limit, |at| start + at);
        pieces.push(trim(
            text,
            Span::new(line.start + start as u32, line.start + at as u32),
        ));
        start = at;
    }
    pieces.push(trim(
        text,
        Span::new(line.start + start as u32, line.start + end as u32),
    ));
    pieces.retain(|span| !span.is_empty());
}
