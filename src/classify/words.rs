//! The words of all units of a page, as hashes and as numbers.

/// Set in the hash of a word that says something: long enough, or of a script without spaces. Cohesion counts these.
pub(crate) const TELLING: u64 = 1 << 63;

/// The words of all units of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Hashes of the words of lower-cased letters and digits, in reading order.
    pub hashes: Vec<u64>,
    /// Where each unit's words begin in `hashes`; one entry more than units.
    pub starts: Vec<u32>,
    /// For each word a number that equal telling words of the page share, [`Words::SILENT`] for the rest; empty until
    /// [`Words::number`] is called.
    pub numbers: Vec<u32>,
    /// How many numbers there are.
    pub distinct: u32,
}

impl Words {
    /// The number of a word that tells nothing.
    pub(crate) const SILENT: u32 = u32::MAX;

    /// Numbers the telling words, so that whatever counts them later needs an array and no hashing.
    pub(crate) fn number(&mut self) {
        let telling = |hash: &u64| *hash & TELLING != 0;
        let count = self.hashes.iter().filter(|hash| telling(hash)).count();
        let mask = (count * 2).next_power_of_two().max(16) - 1;
        let mut slots = vec![(0_u64, 0_u32); mask + 1];
        self.distinct = 0;
        self.numbers.clear();
        self.numbers.reserve(self.hashes.len());
        for hash in &self.hashes {
            if !telling(hash) {
                self.numbers.push(Self::SILENT);
                continue;
            }
            // A slot is always free: the table is at most half full. No telling hash is 0.
            let mut at = (hash ^ (hash >> 29)) as usize & mask;
            while slots[at].0 != *hash && slots[at].0 != 0 {
                at = (at + 1) & mask;
            }
            if slots[at].0 == 0 {
                slots[at] = (*hash, self.distinct);
                self.distinct += 1;
            }
            self.numbers.push(slots[at].1);
        }
    }

    /// The numbers of the telling words of unit `i`.
    pub(crate) fn telling(&self, i: usize) -> impl Iterator<Item = u32> {
        self.telling_of_first(i, usize::MAX)
    }

    /// The same, of its first `most` words.
    pub(crate) fn telling_of_first(&self, i: usize, most: usize) -> impl Iterator<Item = u32> {
        let range = self.starts[i] as usize..self.starts[i + 1] as usize;
        let end = range.end.min(range.start.saturating_add(most));
        self.numbers[range.start..end]
            .iter()
            .copied()
            .filter(|number| *number != Self::SILENT)
    }

    /// The words of unit `i`.
    pub(crate) fn of(&self, i: usize) -> &[u64] {
        &self.hashes[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// The words of some units alone, in the order of `rows`.
    pub(crate) fn of_rows(&self, rows: &[u32]) -> Self {
        let mut words = Self {
            hashes: Vec::with_capacity(self.hashes.len()),
            starts: vec![0],
            ..Self::default()
        };
        for row in rows {
            words.hashes.extend_from_slice(self.of(*row as usize));
            words.starts.push(words.hashes.len() as u32);
        }
        words
    }
}
