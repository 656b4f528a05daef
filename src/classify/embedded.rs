//! Articles that a page embeds whole, each on a line of its own that is longer than a page of print.

use crate::classify::features::Page;
use crate::classify::shape::Shape;
use crate::document::Units;

/// Columns of ordinary paragraphs from which on a page has its article outside its huge lines.
const SET_IN_PARAGRAPHS: u32 = 1000;
/// Ordinary paragraphs, likewise.
const FEWEST_PARAGRAPHS: usize = 4;
/// Columns; a line this long that also holds an address and a date is an article with its own sign-off.
const WHOLE_ARTICLE: u32 = 1200;

/// The units that may belong to an embedded article: pieces of huge lines, and lines that sign off themselves.
pub(crate) fn suspects(units: &Units, shapes: &[Shape]) -> Vec<bool> {
    let suspect = |(i, shape): (usize, &Shape)| {
        let whole = shape.columns >= WHOLE_ARTICLE && shape.addresses > 0 && shape.dates >= 2;
        whole
            || units.units[i].continues
            || units.units.get(i + 1).is_some_and(|next| next.continues)
    };
    shapes.iter().enumerate().map(suspect).collect()
}

/// The units of embedded articles: a page whose own article, by `is_body`, is set in paragraphs does not go on with it
/// on a huge line.
pub(crate) fn embedded(page: &Page, is_body: &[bool]) -> Vec<bool> {
    let (mut columns, mut paragraphs) = (0, 0);
    for (i, body) in is_body.iter().enumerate() {
        if *body && !page.suspects[i] {
            columns += page.shapes[i].columns;
            paragraphs += 1;
        }
    }
    if columns >= SET_IN_PARAGRAPHS && paragraphs >= FEWEST_PARAGRAPHS {
        page.suspects.clone()
    } else {
        vec![false; is_body.len()]
    }
}

/// Marginals of rows with nothing left to those of embedded articles, so that a later pass takes none of them for the
/// run of the body.
pub(crate) fn without(page: &Page, marginals: &[u8]) -> Vec<u8> {
    let mut left = marginals.to_vec();
    if page.suspects.contains(&true) {
        let is_body: Vec<bool> = page
            .by_unit(marginals, 0)
            .into_iter()
            .map(|p| p >= 128)
            .collect();
        let embedded = embedded(page, &is_body);
        for (p, unit) in left.iter_mut().zip(&page.rows) {
            if embedded[*unit as usize] {
                *p = 0;
            }
        }
    }
    left
}
