//! Cohesion: how much of a unit's vocabulary returns in the likely body of the page. It tells a paragraph from a
//! teaser of another story, which looks the same.

use crate::classify::columns::{log, share};
use crate::classify::shape::{TELLING, Words};

/// The telling words of a page with the weight of the units that hold them.
pub(crate) struct Vocabulary {
    slots: Vec<(u64, u32)>,
    mask: usize,
}

impl Vocabulary {
    /// Weighs the words of every unit by how likely the unit is body, 0 to 255.
    pub(crate) fn new(words: &Words, weights: &[u8]) -> Self {
        let telling = words
            .hashes
            .iter()
            .filter(|hash| **hash & TELLING != 0)
            .count();
        let size = (telling * 2).next_power_of_two().max(16);
        let mut vocabulary = Self {
            slots: vec![(0, 0); size],
            mask: size - 1,
        };
        for (i, weight) in weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight > 0)
        {
            for hash in words.of(i).iter().filter(|hash| **hash & TELLING != 0) {
                let slot = vocabulary.slot(*hash);
                vocabulary.slots[slot].0 = *hash;
                vocabulary.slots[slot].1 += u32::from(*weight);
            }
        }
        vocabulary
    }

    /// The slot that holds `hash`, or the free one where it belongs. There is always a free one: the table is at
    /// most half full.
    fn slot(&self, hash: u64) -> usize {
        let mut at = (hash ^ (hash >> 29)) as usize & self.mask;
        while self.slots[at].0 != hash && self.slots[at].0 != 0 {
            at = (at + 1) & self.mask;
        }
        at
    }

    /// Of the telling words of a unit that itself weighs `own`: the share that returns elsewhere with at least half a
    /// body unit's weight, and the number of those, logarithmic; both as bytes.
    pub(crate) fn ties(&self, words: &[u64], own: u8) -> (u8, u8) {
        let (mut telling, mut returning) = (0_u32, 0_u32);
        for hash in words.iter().filter(|hash| **hash & TELLING != 0) {
            telling += 1;
            if self.slots[self.slot(*hash)].1 >= u32::from(own) + 128 {
                returning += 1;
            }
        }
        (share(returning, telling), log(returning, 36))
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::classify::shape::{TELLING, Words};

    #[test]
    fn a_word_ties_only_when_it_returns_elsewhere() {
        let (a, b, c) = (TELLING | 1, TELLING | 2, TELLING | 3);
        let words = Words {
            hashes: vec![a, b, a, c, c],
            starts: vec![0, 2, 4, 5],
        };
        let vocabulary = Vocabulary::new(&words, &[255, 255, 0]);
        assert_eq!(vocabulary.ties(words.of(0), 255).0, 127);
        assert_eq!(vocabulary.ties(words.of(2), 0).0, 255);
    }
}
