//! What the words of a unit say for and against its being article text: the sum of the learned weights of its words
//! and pairs of words, in one hashed table. `newsletter` and `sign up` speak against, whatever the outlet.

use crate::classify::words::TELLING;

/// Slots of the table; a power of two.
pub(crate) const SLOTS: usize = 1 << 16;
/// Words of a unit beyond this are not looked at: the score has settled.
const MOST_WORDS: usize = 64;
/// Slots that a unit has at most: words, pairs and ends.
const MOST_SLOTS: usize = 2 * MOST_WORDS + 3;

/// Learned weights by hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// One weight a slot, in units of 1/32 of a logit.
    pub weights: Vec<i8>,
}

impl Evidence {
    /// The evidence of a unit's words as a byte: 128 says nothing, less speaks against article text.
    pub(crate) fn of(&self, words: &[u64]) -> u8 {
        let (mut sum, mut count) = (0_i32, 0_u32);
        each_slot(words, |slot| {
            sum += i32::from(self.weights[slot]);
            count += 1;
        });
        if count == 0 {
            return 128;
        }
        // The sum of n weights grows with n where the mean shrinks; their root keeps short and long units comparable.
        let scaled = sum * ROOTS[(count as usize).min(MOST_SLOTS)] / 256;
        (128 + scaled).clamp(0, 255) as u8
    }
}

/// Calls `each` with the slots of the words and pairs of words of a unit, and of its first and last ones as such.
pub(crate) fn each_slot(words: &[u64], mut each: impl FnMut(usize)) {
    /// Keep the slots of pairs, first words, first pairs and last words apart.
    const SALTS: [u64; 4] = [0x5bd1_e995, 0x27d4_eb2f, 0x1656_67b1, 0x9e37_79b1];
    let pair = |a: u64, b: u64| a.rotate_left(21) ^ b;
    let mut before = 0_u64;
    for hash in words.iter().take(MOST_WORDS) {
        let hash = hash & !TELLING;
        each(slot(hash));
        each(slot(pair(before, hash) ^ SALTS[0]));
        before = hash;
    }
    if let [first, ..] = words {
        each(slot((first & !TELLING) ^ SALTS[1]));
    }
    if let [first, second, ..] = words {
        each(slot(pair(first & !TELLING, second & !TELLING) ^ SALTS[2]));
    }
    if let [.., last] = words {
        each(slot((last & !TELLING) ^ SALTS[3]));
    }
}

fn slot(hash: u64) -> usize {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize & (SLOTS - 1)
}

/// 256 × 2 / √n: what a sum of n weights is scaled by.
const ROOTS: [i32; MOST_SLOTS + 1] = {
    let mut table = [0; MOST_SLOTS + 1];
    let mut n = 1;
    while n <= MOST_SLOTS {
        // The integer square root of 2²⁰ / n.
        let square = (1_u64 << 20) / n as u64;
        let mut root = 0_u64;
        while (root + 1) * (root + 1) <= square {
            root += 1;
        }
        table[n] = (root / 2) as i32;
        n += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::{Evidence, ROOTS, SLOTS, each_slot};

    #[test]
    fn no_words_say_nothing() {
        assert_eq!(
            Evidence {
                weights: vec![1; SLOTS]
            }
            .of(&[]),
            128
        );
    }

    #[test]
    fn a_word_speaks_by_its_weight() {
        let mut evidence = Evidence {
            weights: vec![0; SLOTS],
        };
        each_slot(&[42], |slot| evidence.weights[slot] = -20);
        assert!(evidence.of(&[42]) < 110);
        assert_eq!((ROOTS[1], ROOTS[4]), (512, 256));
    }
}
