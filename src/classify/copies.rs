//! Copies: articles that a page prints twice, once under the film and once under the picture. The fuller one stays.

use crate::classify::features::Page;

/// Share of its runs of words, as a byte, from which on a unit is a copy of another.
const COPY: u8 = 230;
/// Words; a shorter unit may well be said twice.
const FEWEST_WORDS: u32 = 5;
/// Units that are not body within one printing of an article.
const GAP: usize = 4;
/// Per cent of a printing's words that are copies, from which on all of it goes.
const MOSTLY: u32 = 60;

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
    use super::stretches;

    #[test]
    fn a_stretch_holds_a_few_other_units() {
        let mut is_body = [true; 14];
        is_body[2..6].fill(false);
        is_body[8..13].fill(false);
        let found = stretches(&is_body);
        assert_eq!((found[7], found[13], found[9]), (Some(0), Some(1), None));
    }
}
