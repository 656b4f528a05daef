//! A standfirst that was taken for the first paragraph: what tells it is the line that names who wrote the story, or when,
//! between it and the rest.

use crate::document::Units;
use crate::label::{Claim, Labels, LineKind, Piece, Reason};

/// Bytes; a longer text is a lede.
const LONGEST: usize = 420;
/// Lines between a standfirst and the first paragraph.
const APART: usize = 5;
/// Paragraphs that must follow.
const FEWEST: usize = 3;
/// Probability, in per cent, that such a text is a standfirst: of eight on the corpus' dev pages seven are.
const LIKELY: u8 = 85;

/// The standfirst among the pieces, if the body begins with one.
pub(super) fn find(units: &Units, labels: &Labels, first: usize) -> Option<Claim> {
    let kind = |piece: &Piece| piece.verdict.kind;
    let piece = labels.pieces.get(first)?;
    let unit = &units.units[piece.unit as usize];
    let whole = unit.span == piece.span && !unit.continues && piece.span.len() <= LONGEST;
    let rest = &labels.pieces[first + 1..];
    let below = rest
        .iter()
        .position(|piece| kind(piece) == LineKind::Body)?;
    let named = rest[..below].iter().any(|other| {
        other.unit != piece.unit && matches!(kind(other), LineKind::Byline | LineKind::Timestamp)
    });
    // A byline run in at the head of the next paragraph is the paragraph's.
    let apart = rest[below].unit != rest[below.saturating_sub(1)].unit;
    let headed = labels
        .headline
        .iter()
        .any(|headline| *headline < piece.unit);
    let follow = rest.iter().filter(|piece| kind(piece) == LineKind::Body);
    (whole && named && apart && headed && below <= APART && follow.take(FEWEST).count() == FEWEST)
        .then_some(Claim {
            span: piece.span,
            kind: LineKind::Standfirst,
            reason: Reason::BelowHeadline,
            confidence: LIKELY,
        })
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::label::{Labels, LineKind, Reason, Verdict};

    fn claimed(between: LineKind) -> bool {
        let text = "Ferries sail again\n\nAfter a week of storm the harbour is open.\n\nBy Ann Example\n\nThe ferry sailed at \
                    dawn.\n\nNobody waited.\n\nSo it stayed.\n";
        let units = crate::layout::units(text);
        let kinds = [
            LineKind::Headline,
            LineKind::Body,
            between,
            LineKind::Body,
            LineKind::Body,
            LineKind::Body,
        ];
        let verdicts = kinds.map(|kind| Verdict::new(kind, Reason::ModelBody, 90));
        let mut labels = Labels::new(&units, verdicts);
        labels.headline = vec![0];
        find(&units, &labels, 1).is_some()
    }

    #[test]
    fn a_line_over_the_byline_is_a_standfirst_and_one_over_an_advertisement_is_not() {
        assert!(claimed(LineKind::Byline));
        assert!(!claimed(LineKind::Advertisement));
        assert!(!claimed(LineKind::Body));
    }
}
