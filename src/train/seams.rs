//! Which seams of a page stand inside a paragraph of its gold, and which between two.

use crate::document::{Span, Units};
use crate::label::Labels;
use crate::segment::seams::features;
use crate::train::gold::GoldPage;
use crate::train::rank::Group;
use crate::train::score::visible;

/// A text without white space, without what prints nothing, and without hyphens, which wraps add: what renderings of it
/// agree in. For each of its bytes the byte of the text.
fn squeeze(text: &str) -> (String, Vec<u32>) {
    let mut squeezed = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let hidden =
            c.is_whitespace() || c == '-' || visible(c.encode_utf8(&mut [0; 4])).is_empty();
        if !hidden {
            squeezed.push(c);
            places.resize(squeezed.len(), at as u32);
        }
    }
    (squeezed, places)
}

/// The spans of the gold's blocks in the text of a page, in the order of the blocks; those that stand there word for word.
pub(crate) fn spans(page: &GoldPage, text: &str) -> Vec<Span> {
    let (squeezed, places) = squeeze(text);
    let mut spans = Vec::new();
    let mut from = 0;
    for block in page.blocks.iter().flatten() {
        let (words, _) = squeeze(&block.text);
        if words.is_empty() {
            continue;
        }
        let later = squeezed[from..].find(&words).map(|at| from + at);
        let Some(at) = later.or_else(|| squeezed.find(&words)) else {
            continue;
        };
        let end = at + words.len();
        from = from.max(end);
        spans.push(Span::new(places[at], places[end - 1] + 1));
    }
    spans.sort_unstable_by_key(|span| span.start);
    spans
}

/// The seams of a page of which the gold says whether a paragraph goes on there.
pub(crate) fn group(page: &GoldPage, text: &str, units: &Units, labels: &Labels) -> Group {
    let spans = spans(page, text);
    let mut group = Group::default();
    for candidate in features::candidates(text, units, labels) {
        let below = units.parts[candidate.part as usize].span;
        let above = units.parts[candidate.part as usize - 1].span;
        let around = |at: u32| {
            let next = spans.partition_point(|span| span.start <= at);
            next.checked_sub(1).filter(|block| spans[*block].end > at)
        };
        let right = match (around(above.end - 1), around(below.start)) {
            (None, None) => continue,
            (before, after) => before == after,
        };
        group.rows.push(candidate.row);
        group.right.push(right);
    }
    group
}

#[cfg(test)]
mod tests {
    use super::spans;
    use crate::train::gold::{GoldBlock, GoldPage};

    #[test]
    fn blocks_are_found_in_wrapped_text() {
        let block = |text: &str| GoldBlock {
            kind: "paragraph".to_owned(),
            text: text.to_owned(),
            optional: false,
        };
        let page = GoldPage {
            blocks: Some(vec![block("The ferry sailed."), block("Nobody waited.")]),
            ..GoldPage::default()
        };
        let text = "Menu\nThe fer-\nry sailed.\n\nNobody\nwaited.\n";
        let found: Vec<&str> = spans(&page, text).iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["The fer-\nry sailed.", "Nobody\nwaited."]);
    }
}
