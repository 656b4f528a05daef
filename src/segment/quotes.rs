//! Pull quotes: sentences of the body that are printed again for display.

use crate::document::{Units, trim};
use crate::label::{Claim, LineKind, Piece, Reason};

/// So many lines are looked up in the body; a page with more of them is none that an editor made.
pub(super) const PULL_QUOTES: usize = 32;

/// Bytes; shorter words are printed twice by chance.
const SHORTEST: usize = 48;

/// Bytes; a longer text is no display line.
const LONGEST: usize = 400;

/// Bytes by which the paragraph that holds the sentence is longer, at least: two copies of one paragraph are no quote
/// of each other.
const MORE: usize = 40;

/// Probability, in per cent, that a paragraph that stands word for word inside another one is its pull quote.
const LIKELY: u8 = 88;

/// Finds the paragraphs that repeat a part of another one.
pub(super) fn pull_quotes(text: &str, units: &Units, pieces: &[Piece]) -> Vec<Claim> {
    let body = |piece: &&Piece| piece.verdict.kind == LineKind::Body;
    let slice = |piece: &Piece| trim(text, piece.span).of(text);
    let whole = |piece: &&Piece| units.units[piece.unit as usize].span == piece.span;
    let display = |piece: &&Piece| {
        (SHORTEST..=LONGEST).contains(&piece.span.len())
            && (slice(piece).starts_with(['"', '“', '„', '«', '»', '‘', '”', '「'])
                || !slice(piece).ends_with(['.', '。', ':', ',']))
    };
    let mut claims = Vec::new();
    for piece in pieces
        .iter()
        .filter(body)
        .filter(whole)
        .filter(display)
        .take(PULL_QUOTES)
    {
        let words = bare(slice(piece));
        if words.len() < SHORTEST {
            continue;
        }
        let finder = memchr::memmem::Finder::new(words);
        let holds = |other: &Piece| {
            other.unit != piece.unit
                && other.span.len() >= piece.span.len() + MORE
                && finder.find(slice(other).as_bytes()).is_some()
        };
        if pieces.iter().filter(body).any(holds) {
            claims.push(Claim {
                span: piece.span,
                kind: LineKind::PullQuote,
                reason: Reason::RepeatedQuote,
                confidence: LIKELY,
            });
        }
    }
    claims
}

/// The words of a quotation without its marks.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '「' | '」' | '…'
            )
    })
}
