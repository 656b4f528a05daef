//! Copies: articles that a page prints twice, once under the film and once under the picture. Printings that agree line
//! by line are found before anything is judged, since a line that stands twice reads like furniture; of those that
//! agree in part, the fuller one stays.

use crate::classify::features::Page;
use crate::classify::shape::Shape;

/// Share of its runs of words, as a byte, from which on a unit is a copy of another.
const COPY: u8 = 230;
/// Words; a shorter unit may well be said twice.
const FEWEST_WORDS: u32 = 5;
/// Units that are not body within one printing of an article.
const GAP: usize = 4;
/// Per cent of a printing's words that are copies, from which on all of it goes.
const MOSTLY: u32 = 60;

/// Long units in a row that have to stand in the same order further up.
const FEWEST_UNITS: usize = 3;

/// The units of every later printing of a text; `first` gives the first unit that prints the same as each.
pub(crate) fn printings(shapes: &[Shape], first: &[u32]) -> Vec<bool> {
    let long: Vec<usize> = (0..shapes.len())
        .filter(|i| shapes[*i].words >= FEWEST_WORDS)
        .collect();
    let mut rank = vec![0; shapes.len()];
    for (k, i) in long.iter().enumerate() {
        rank[*i] = k;
    }
    // For each long unit that was printed before, the rank of where.
    let source: Vec<Option<usize>> = long
        .iter()
        .map(|i| ((first[*i] as usize) < *i).then(|| rank[first[*i] as usize]))
        .collect();
    let mut again = vec![false; shapes.len()];
    let mut start = 0;
    while start < long.len() {
        let mut end = start + 1;
        if let Some(origin) = source[start] {
            while end < long.len() && source[end] == Some(origin + end - start) {
                end += 1;
            }
            // A text that runs on into its own copy is a refrain within one text, not a printing of all of it.
            if end - start >= FEWEST_UNITS && origin + end - start <= start {
                again[long[start]..=long[end - 1]].fill(true);
            }
        }
        start = end;
    }
    again
}

/// The body units that only print again what a fuller stretch of the body prints.
pub(crate) fn copies(page: &Page, is_body: &[bool]) -> Vec<bool> {
    let mut copies = vec![false; is_body.len()];
    let stretch_of = stretches(is_body);
    let count = stretch_of.iter().flatten().max().map_or(0, |last| last + 1);
    if count < 2 {
        return copies;
    }
    let words = |unit: usize| page.shapes[unit].words;
    let mut mass = vec![0_u32; count];
    for (unit, stretch) in stretch_of.iter().enumerate() {
        if let Some(stretch) = stretch {
            mass[*stretch] += words(unit);
        }
    }
    let mut copied = vec![0_u32; count];
    for (row, echo) in page.echoes.iter().enumerate() {
        let unit = page.rows[row] as usize;
        let other = echo.other.map(|other| page.rows[other as usize] as usize);
        let (Some(own), Some(its)) = (stretch_of[unit], other.and_then(|other| stretch_of[other]))
        else {
            continue;
        };
        let fuller = (mass[its], std::cmp::Reverse(its)) > (mass[own], std::cmp::Reverse(own));
        if own != its && fuller && echo.share >= COPY && words(unit) >= FEWEST_WORDS {
            copies[unit] = true;
            copied[own] += words(unit);
        }
    }
    for (unit, stretch) in stretch_of.iter().enumerate() {
        if let Some(stretch) = stretch {
            copies[unit] |= copied[*stretch] * 100 >= mass[*stretch].max(1) * MOSTLY;
        }
    }
    copies
}

/// For each body unit the number of its stretch: body units with few others between them.
fn stretches(is_body: &[bool]) -> Vec<Option<usize>> {
    let (mut number, mut last) = (0, None);
    is_body
        .iter()
        .enumerate()
        .map(|(i, body)| {
            if !body {
                return None;
            }
            if last.is_some_and(|last| i - last > GAP + 1) {
                number += 1;
            }
            last = Some(i);
            Some(number)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{printings, stretches};
    use crate::classify::shape::Shape;

    #[test]
    fn the_second_printing_is_found_with_what_stands_inside_it() {
        let long = Shape {
            words: 9,
            ..Shape::default()
        };
        let mut shapes = vec![long; 10];
        shapes[8] = Shape::default();
        // Units 0 to 2 are printed again as 6, 7 and 9.
        let first = [0, 1, 2, 3, 4, 5, 0, 1, 8, 2];
        let again = printings(&shapes, &first);
        assert_eq!(again, [[false; 6].as_slice(), &[true; 4]].concat());
        assert!(!printings(&shapes, &[0, 1, 2, 3, 4, 5, 0, 1, 8, 9]).contains(&true));
    }

    #[test]
    fn a_stretch_holds_a_few_other_units() {
        let mut is_body = [true; 14];
        is_body[2..6].fill(false);
        is_body[8..13].fill(false);
        let found = stretches(&is_body);
        assert_eq!((found[7], found[13], found[9]), (Some(0), Some(1), None));
    }
}
