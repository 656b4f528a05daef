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
    let keys = keys(page, marginals.len());
    let mut slots = vec![(0_u32, 0_u32); SLOTS];
    keys.map(|keys| {
        for key in &keys {
            slots[*key as usize] = (0, 0);
        }
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

/// The slots of each look of every row.
fn keys(page: &Page, rows: usize) -> [Vec<u16>; LOOKS] {
    let mut keys = std::array::from_fn(|_| Vec::with_capacity(rows));
    for i in 0..rows {
        let (spacing, outline) = (spacing(page, i), outline(page.shape(i)));
        let words = page.words.of(i);
        let looks = [
            spacing,
            outline | u64::from(page.spacing[i].1) << 20,
            words.first().map_or(0, |word| word | 1),
            words.last().map_or(0, |word| word | 1),
            spacing | outline << 20,
        ];
        for (n, (look, keys)) in (0_u64..).zip(looks.into_iter().zip(&mut keys)) {
            let hash = look.wrapping_add(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            keys.push((hash >> 48) as u16 & (SLOTS - 1) as u16);
        }
    }
    keys
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
