//! Quotations that stand as blocks of their own: pull quotes, which print a sentence of the body again for display, and
//! quotations with the name of who said it on the line below.

use super::Draft;
use crate::document::{Part, Units, trim};
use crate::label::{Claim, LineKind, Piece, Reason};
use crate::record::BlockKind;

/// So many lines are looked up in the body; a page with more of them is none that an editor made.
pub(super) const PULL_QUOTES: usize = 32;

/// Bytes; shorter words are printed twice by chance.
const SHORTEST: usize = 48;

/// Bytes by which a place that may hold the words is found: a searcher of all of them costs more to make than to use.
const HEAD: usize = 16;

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
        let finder = memchr::memmem::Finder::new(&words.as_bytes()[..HEAD]);
        let holds = |other: &Piece| {
            other.unit != piece.unit
                && other.span.len() >= piece.span.len() + MORE
                && stands_in(words, &finder, slice(other))
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

/// Whether `words` stand in `text`; `finder` finds their head, and where that deceives, all of them are looked for.
fn stands_in(words: &str, finder: &memchr::memmem::Finder<'_>, text: &str) -> bool {
    let (words, text) = (words.as_bytes(), text.as_bytes());
    finder.find(text).is_some_and(|at| {
        text[at..].starts_with(words) || memchr::memmem::find(&text[at + 1..], words).is_some()
    })
}

/// Bytes; a longer line below a quotation is no name.
const NAME_BYTES: usize = 120;

/// Makes one quote of a paragraph in quotation marks and the line `— NAME` below it, which stays in the text.
pub(super) fn attribute(text: &str, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(quote) = joined.last_mut()
            && quote.kind == BlockKind::Paragraph
            && draft.kind == BlockKind::Paragraph
            && let [part] = draft.parts.as_slice()
            && is_name(part.span.of(text))
            && is_quotation(text, &quote.parts)
        {
            quote.kind = BlockKind::Quote;
            quote.parts.push(*part);
            quote.unit = draft.unit;
        } else {
            joined.push(draft);
        }
    }
    joined
}

/// Whether the parts begin and end with quotation marks.
fn is_quotation(text: &str, parts: &[Part]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let first = first.span.of(text);
    let last = last.span.of(text).trim_end_matches('.');
    first.starts_with(['"', '“', '„', '«', '»', '「', '『', '‘'])
        && last.ends_with(['"', '”', '“', '»', '«', '」', '』', '’'])
}

/// Whether a line is a dash and a name: `— Jane Doe, fisher`.
fn is_name(line: &str) -> bool {
    let Some(name) = line.strip_prefix(['—', '―', '–']).map(str::trim) else {
        return false;
    };
    name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && name.len() <= NAME_BYTES
        && !name.ends_with(['.', '?', '!', ':', '"', '”', '。'])
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
