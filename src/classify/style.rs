//! Company: what the pass before thinks of the other units of the page that look like this one. A template prints its
//! paragraphs alike and its teasers alike, so a page says itself which of its looks is the body's.

use crate::classify::columns::Column;
use crate::classify::features::Page;
use crate::classify::shape::Shape;
use crate::document::Unit;

/// Ways in which two units can look alike.
pub(crate) const LOOKS: usize = 5;
/// Slots that the looks are hashed into; a power of two.
const SLOTS: usize = 1 << 10;

/// For each way of looking alike, the mean marginal of the other units that share the look, drawn towards the page's
/// own mean where there are few.
pub(crate) fn company(page: &Page, marginals: &[u8]) -> [Column; LOOKS] {
    let rows = marginals.len() as u32;
    let all: u32 = marginals.iter().map(|p| u32::from(*p)).sum();
    let mean = all / rows.max(1);
    std::array::from_fn(|look| {
        let keys: Vec<u16> = (0..marginals.len()).map(|i| key(page, i, look)).collect();
        let mut slots = vec![(0_u32, 0_u32); SLOTS];
        for (key, p) in keys.iter().zip(marginals) {
            let slot = &mut slots[*key as usize];
            *slot = (slot.0 + u32::from(*p), slot.1 + 1);
        }
        keys.iter()
            .zip(marginals)
            .map(|(key, p)| {
                let (sum, count) = slots[*key as usize];
                ((sum - u32::from(*p) + mean) / count) as u8
            })
            .collect()
    })
}

fn key(page: &Page, i: usize, look: usize) -> u16 {
    let shape = page.shape(i);
    let words = page.words.of(i);
    let key = match look {
        0 => spacing(page, i),
        1 => outline(shape) | u64::from(page.spacing[i].1) << 20,
        2 => words.first().map_or(0, |word| word | 1),
        3 => words.last().map_or(0, |word| word | 1),
        _ => spacing(page, i) | outline(shape) << 20,
    };
    (key.wrapping_add(look as u64)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        >> 48) as u16
        & (SLOTS - 1) as u16
}

/// Indentation and blank lines around.
fn spacing(page: &Page, i: usize) -> u64 {
    let (indent, before) = page.spacing[i];
    let after = page.spacing.get(i + 1).map_or(7, |next| next.1);
    u64::from(indent) << 8 | u64::from(before) << 4 | u64::from(after)
}

/// How it begins and ends, and about how long it is.
fn outline(shape: &Shape) -> u64 {
    let length = 32 - shape.words.leading_zeros();
    u64::from(shape.start as u8) << 12 | u64::from(shape.end as u8) << 4 | u64::from(length.min(15))
}

/// Indentation of a unit, and blank lines before it as far as they tell.
pub(crate) fn spaced(unit: &Unit) -> (u8, u8) {
    (unit.indent, unit.blank_before.min(3))
}
