//! Cohesion: how much of a unit's vocabulary returns in the likely body of the page. It tells a paragraph from a
//! teaser of another story, which looks the same.

use crate::classify::columns::{log, share};
use crate::classify::words::Words;

/// The telling words of a page with the weight of the units that hold them, for each of `N` ways to weigh the units.
pub(crate) struct Vocabulary<const N: usize> {
    /// By the word's number, the ways side by side. They saturate far above what is asked of any.
    weights: Vec<[u16; N]>,
}

impl<const N: usize> Vocabulary<N> {
    /// The words of a page whose units weigh nothing yet.
    pub(crate) fn new(words: &Words) -> Self {
        Self {
            weights: vec![[0; N]; words.distinct as usize],
        }
    }

    /// Weighs the words of every unit, the `way`th way, by how likely the unit is body, 0 to 255.
    pub(crate) fn weigh(&mut self, way: usize, words: &Words, weights: &[u8]) {
        for (i, weight) in weights.iter().enumerate().filter(|(_, w)| **w > 0) {
            for number in words.telling(i) {
                let sum = &mut self.weights[*number as usize][way];
                *sum = sum.saturating_add(u16::from(*weight));
            }
        }
    }

    /// Of the telling words of unit `i`, for each way and what the unit itself weighs by it: the share that returns
    /// elsewhere with at least half a body unit's weight, and the number of those, logarithmic; both as bytes.
    pub(crate) fn ties(&self, words: &Words, i: usize, own: [u8; N]) -> [(u8, u8); N] {
        let telling = words.telling(i);
        let mut returning = [0_u32; N];
        let least = own.map(|own| u16::from(own) + 128);
        for number in telling {
            let weights = &self.weights[*number as usize];
            for way in 0..N {
                returning[way] += u32::from(weights[way] >= least[way]);
            }
        }
        let telling = telling.len() as u32;
        returning.map(|returning| match returning {
            // Of most units: neither a division nor a logarithm.
            0 => (0, 0),
            returning => (share(returning, telling), log(returning, 36)),
        })
    }
}

/// Units of likely body on either side that count as near.
const NEAR: u32 = 3;
/// For each unit the share of its telling words that stand in the units of likely body right above and below it.
pub(crate) fn near(words: &Words, marginals: &[u8]) -> Vec<u8> {
    let rows = marginals.len();
    let mut found = vec![false; words.all_telling()];
    // Going down and then up: for each word the likely unit that held it last, counted from 1, and as many as are near.
    let mut last = vec![0_u32; words.distinct as usize];
    let mut sweep = |order: &mut dyn Iterator<Item = usize>| {
        last.fill(0);
        let mut likely = 0_u32;
        for i in order {
            let numbers = words.telling_near(i);
            if likely > 0 {
                for (number, found) in numbers.iter().zip(&mut found[words.telling_near_range(i)]) {
                    *found |= last[*number as usize] > likely;
                }
            }
            if marginals[i] >= 128 {
                likely += 1;
                for number in numbers {
                    last[*number as usize] = likely + NEAR;
                }
            }
        }
    };
    sweep(&mut (0..rows));
    sweep(&mut (0..rows).rev());
    (0..rows)
        .map(|i| {
            let found = &found[words.telling_near_range(i)];
            let returning = found.iter().filter(|found| **found).count();
            share(returning as u32, found.len() as u32)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, near};
    use crate::classify::words::{TELLING, Words};

    fn words(units: &[&[u64]]) -> Words {
        let mut words = Words::default();
        words.starts.push(0);
        for unit in units {
            words.hashes.extend(unit.iter().map(|word| TELLING | word));
            words.starts.push(words.hashes.len() as u32);
        }
        words.number();
        words
    }

    #[test]
    fn a_word_ties_only_when_it_returns_elsewhere() {
        let words = words(&[&[1, 2], &[1, 3], &[3]]);
        let mut vocabulary = Vocabulary::new(&words);
        vocabulary.weigh(0, &words, &[255, 255, 0]);
        assert_eq!(vocabulary.ties(&words, 0, [255])[0].0, 127);
        assert_eq!(vocabulary.ties(&words, 2, [0])[0].0, 255);
    }

    #[test]
    fn near_is_what_stands_in_the_next_three_likely_units() {
        let words = words(&[&[1], &[2], &[3], &[4], &[1, 2]]);
        assert_eq!(near(&words, &[255, 255, 255, 255, 0]), [0, 0, 0, 0, 127]);
        assert_eq!(near(&words, &[255, 255, 255, 0, 0]), [0, 0, 0, 0, 255]);
    }
}
