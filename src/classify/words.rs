//! The words of all units of a page, as hashes and as numbers.

use std::ops::Range;

/// Set in the hash of a word that says something: long enough, or of a script without spaces. Cohesion counts these.
pub(crate) const TELLING: u64 = 1 << 63;

/// The words of all units of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Hashes of the words of lower-cased letters and digits, in reading order.
    pub hashes: Vec<u64>,
    /// Where each unit's words begin in `hashes`; one entry more than units.
    pub starts: Vec<u32>,
    /// The telling words alone, each as a number that equal words of the page share; empty until [`Words::number`] is
    /// called.
    numbers: Vec<u32>,
    /// Where each unit's telling words begin in `numbers`, and where those of its first [`NEAR_WORDS`] words end.
    telling: Vec<(u32, u32)>,
    /// How many numbers there are.
    pub distinct: u32,
}

/// Words of a unit that are looked at for what stands near.
const NEAR_WORDS: usize = 80;

impl Words {
    /// No words yet, and room for those of so many units.
    pub(crate) fn with_room(units: usize, words: usize) -> Self {
        Self {
            hashes: Vec::with_capacity(words),
            starts: Vec::with_capacity(units + 1),
            ..Self::default()
        }
    }

    /// Numbers the telling words, so that whatever counts them later needs an array, no hashing, and no look at the rest.
    pub(crate) fn number(&mut self) {
        let telling = |hash: &&u64| **hash & TELLING != 0;
        let count = self.hashes.iter().filter(telling).count();
        let mask = (count * 2).next_power_of_two().max(16) - 1;
        // Of each number, counted from 1; the hash that it stands for lies apart, so that the table stays small.
        let mut slots = vec![0_u32; mask + 1];
        let mut numbered: Vec<u64> = Vec::with_capacity(count);
        self.numbers = Vec::with_capacity(count);
        self.telling = Vec::with_capacity(self.starts.len());
        for unit in self.starts.windows(2) {
            let words = &self.hashes[unit[0] as usize..unit[1] as usize];
            let start = self.numbers.len() as u32;
            let near = words.iter().take(NEAR_WORDS).filter(telling).count() as u32;
            self.telling.push((start, start + near));
            for hash in words.iter().filter(telling) {
                // A slot is always free: the table is at most half full.
                let mut at = (hash ^ (hash >> 29)) as usize & mask;
                let number = loop {
                    let Some(number) = slots[at].checked_sub(1) else {
                        numbered.push(*hash);
                        slots[at] = numbered.len() as u32;
                        break slots[at] - 1;
                    };
                    if numbered[number as usize] == *hash {
                        break number;
                    }
                    at = (at + 1) & mask;
                };
                self.numbers.push(number);
            }
        }
        self.distinct = numbered.len() as u32;
        let end = self.numbers.len() as u32;
        self.telling.push((end, end));
    }

    /// The numbers of the telling words of unit `i`.
    pub(crate) fn telling(&self, i: usize) -> &[u32] {
        &self.numbers[self.telling[i].0 as usize..self.telling[i + 1].0 as usize]
    }

    /// The same, of its first [`NEAR_WORDS`] words.
    pub(crate) fn telling_near(&self, i: usize) -> &[u32] {
        &self.numbers[self.telling_near_range(i)]
    }

    /// Where [`Words::telling_near`] stand among the telling words of all units.
    pub(crate) fn telling_near_range(&self, i: usize) -> Range<usize> {
        self.telling[i].0 as usize..self.telling[i].1 as usize
    }

    /// How many telling words all units have.
    pub(crate) fn all_telling(&self) -> usize {
        self.numbers.len()
    }

    /// The words of unit `i`.
    pub(crate) fn of(&self, i: usize) -> &[u64] {
        &self.hashes[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// Adds a unit with the words of unit `i`.
    pub(crate) fn repeat(&mut self, i: usize) {
        let words = self.starts[i] as usize..self.starts[i + 1] as usize;
        self.hashes.extend_from_within(words);
        self.starts.push(self.hashes.len() as u32);
    }

    /// The words of some units alone, in the order of `rows`.
    pub(crate) fn of_rows(&self, rows: &[u32]) -> Self {
        let mut words = Self::with_room(rows.len(), self.hashes.len());
        words.starts.push(0);
        for row in rows {
            words.hashes.extend_from_slice(self.of(*row as usize));
            words.starts.push(words.hashes.len() as u32);
        }
        words
    }
}
