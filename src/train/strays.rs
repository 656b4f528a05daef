//! Which lines of a page's body its gold has, and which it has not.

use crate::document::Units;
use crate::label::Labels;
use crate::segment::seams::Seams;
use crate::segment::{near_body, strays};
use crate::train::gold::GoldPage;
use crate::train::rank::Group;
use crate::train::seams;

/// The lines that were taken for body text; right are those that blocks of the gold hold more than half of.
pub(crate) fn group(
    page: &GoldPage,
    text: &str,
    units: &Units,
    labels: &Labels,
    judged: &Seams,
) -> Group {
    let spans = seams::spans(page, text);
    let near = near_body(labels);
    let mut group = Group::default();
    for candidate in strays::candidates(text, units, labels, near, judged) {
        let line = near[candidate.index].span;
        let held = spans.iter().filter_map(|span| span.intersect(line));
        let held: usize = held.map(crate::document::Span::len).sum();
        group.rows.push(candidate.row);
        group.right.push(held * 2 > line.len());
    }
    group
}
