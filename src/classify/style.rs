//! Company: what the pass before thinks of the other units of the page that look like this one. A template prints its
//! paragraphs alike and its teasers alike, so a page says itself which of its looks is the body's.

use crate::classify::shape::Shape;
use crate::classify::words::Words;
use crate::document::Unit;

/// Ways in which two units can look alike.
pub(crate) const LOOKS: usize = 5;
/// Slots that the looks are hashed into; a power of two.
const SLOTS: usize = 1 << 10;

/// The slot of every row by one way of looking alike.
pub(crate) type Look = Vec<u16>;

/// What the pass before thinks of the units that share a look.
pub(crate) struct Company<'a> {
    marginals: &'a [u8],
    /// The page's own mean.
    mean: u32,
    /// By slot, the sum of the marginals and their number.
    slots: Vec<(u32, u32)>,
}

impl<'a> Company<'a> {
    /// What the pass before thinks of each unit.
    pub(crate) fn new(marginals: &'a [u8]) -> Self {
        let all: u32 = marginals.iter().map(|p| u32::from(*p)).sum();
        Self {
            marginals,
            mean: all / (marginals.len() as u32).max(1),
            slots: vec![(0, 0); SLOTS],
        }
    }

    /// The mean marginal of the other units that share each unit's look, drawn towards the page's own mean where there
    /// are few.
    pub(crate) fn fill(&mut self, look: &Look, column: &mut [u8]) {
        for slot in look {
            self.slots[usize::from(*slot)] = (0, 0);
        }
        for (slot, p) in look.iter().zip(self.marginals) {
            let (sum, count) = &mut self.slots[usize::from(*slot)];
            *sum += u32::from(*p);
            *count += 1;
        }
        for ((slot, p), company) in look.iter().zip(self.marginals).zip(column) {
            let (sum, count) = self.slots[usize::from(*slot)];
            *company = ((sum - u32::from(*p) + self.mean) / count) as u8;
        }
    }
}

/// The looks of every row.
pub(crate) fn looks(shapes: &[Shape], words: &Words, spacing: &[(u8, u8)]) -> [Look; LOOKS] {
    let mut looks = std::array::from_fn(|_| Vec::with_capacity(shapes.len()));
    for (i, shape) in shapes.iter().enumerate() {
        let (around, outline) = (around(spacing, i), outline(shape));
        let words = words.of(i);
        let keys = [
            around,
            outline | u64::from(spacing[i].1) << 20,
            words.first().map_or(0, |word| word | 1),
            words.last().map_or(0, |word| word | 1),
            around | outline << 20,
        ];
        for (n, (key, look)) in (0_u64..).zip(keys.into_iter().zip(&mut looks)) {
            let hash = key.wrapping_add(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            look.push((hash >> 48) as u16 & (SLOTS - 1) as u16);
        }
    }
    looks
}

/// Indentation and blank lines around.
fn around(spacing: &[(u8, u8)], i: usize) -> u64 {
    let (indent, before) = spacing[i];
    let after = spacing.get(i + 1).map_or(7, |next| next.1);
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
