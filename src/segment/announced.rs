//! Lists that a paragraph announces: short lines between one that ends in a colon and the next paragraph. The line model judges
//! lines by themselves and takes them for teasers oftener than not.

use std::ops::RangeInclusive;

use crate::document::{Units, trim};
use crate::label::{Claim, LineKind, Piece, Reason};

use super::captions;
use super::furniture;
use super::roles::is_whole;
use super::seams::Seams;

/// Lines of such a list, and bytes of the longest.
const ITEMS: RangeInclusive<usize> = 2..=12;
const LONGEST: usize = 240;
/// Probability, in per cent, that a line of such a list is text. Out of fold, the gold of dev pages has ten of thirteen lists; of
/// two of the others it says that it leaves items out.
const LIKELY: u8 = 80;

/// The claims of these lists among the pieces in and around the body.
pub(super) fn find(text: &str, units: &Units, near: &[Piece], seams: &Seams) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut at = 0;
    while at < near.len() {
        let opens = near[at].verdict.kind == LineKind::Body && announces(text, units, &near[at]);
        at += 1;
        if !opens {
            continue;
        }
        let item = |piece: &&Piece| is_item(text, units, piece, seams);
        let items = near[at..].iter().take_while(item).count();
        let list = &near[at..at + items];
        let closes = near.get(at + items);
        let closed = closes.is_some_and(|next| next.verdict.kind == LineKind::Body);
        // Sub-headings alone are none: `What now:` is one as well.
        let left_out = list
            .iter()
            .any(|item| item.verdict.kind == LineKind::Unknown);
        if ITEMS.contains(&items) && closed && left_out {
            claims.extend(list.iter().map(|item| Claim {
                span: item.span,
                kind: LineKind::Body,
                reason: Reason::ShortBetweenBody,
                confidence: LIKELY,
            }));
        }
        at += items;
    }
    claims
}

/// Whether the piece leads to what stands below it.
fn announces(text: &str, units: &Units, piece: &Piece) -> bool {
    let slice = trim(text, piece.span).of(text);
    is_whole(units, piece) && slice.ends_with([':', '：']) && furniture::notice(slice).is_none()
}

/// Whether the piece may be an item: a short line that no words of furniture mark.
fn is_item(text: &str, units: &Units, piece: &Piece, seams: &Seams) -> bool {
    let slice = trim(text, piece.span).of(text);
    let open = matches!(piece.verdict.kind, LineKind::Unknown | LineKind::Crosshead);
    let judged = matches!(
        piece.verdict.reason,
        Reason::ModelNotBody | Reason::ShortBetweenBody
    );
    open && judged
        && is_whole(units, piece)
        && (1..=LONGEST).contains(&slice.len())
        && !seams.continues(units, piece.unit)
        && furniture::label(slice).is_none()
        && furniture::notice(slice).is_none()
        && captions::credit(slice).is_none()
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::layout;
    use crate::segment::Seams;

    /// The lines that are claimed as text; sentences are the body.
    fn listed(text: &str) -> Vec<&str> {
        let units = layout::units(text);
        let verdicts = units.units.iter().map(|unit| {
            if unit.span.of(text).ends_with(['.', ':']) {
                Verdict::new(LineKind::Body, Reason::ModelBody, 90)
            } else {
                Verdict::new(LineKind::Unknown, Reason::ModelNotBody, 60)
            }
        });
        let labels = Labels::new(&units, verdicts);
        let claims = find(text, &units, &labels.pieces, &Seams::default());
        claims.iter().map(|claim| claim.span.of(text)).collect()
    }

    #[test]
    fn lines_between_a_colon_and_the_next_paragraph_are_a_list() {
        let (opens, closes) = ("The town wants three things:", "The port was silent.");
        let list = ["A lock that opens", "Two more tugs"];
        let text = [opens, list[0], list[1], closes].join("\n");
        assert_eq!(listed(&text), list);
        // Without an end, with a link among them, below a full stop, and one line alone.
        assert!(listed(&[opens, list[0], list[1]].join("\n")).is_empty());
        let link = [opens, list[0], "Related articles", list[1], closes];
        assert!(listed(&link.join("\n")).is_empty());
        assert!(listed(&[closes, list[0], list[1], closes].join("\n")).is_empty());
        assert!(listed(&[opens, list[0], closes].join("\n")).is_empty());
    }
}
