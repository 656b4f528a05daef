//! The most frequent function words of each language (`data/function_words.tsv`), by which running prose is told from
//! lists of names and headings, and one language from another.

use std::sync::LazyLock;

use super::table;

pub use super::hash::{FREE_BIT, WordHasher, word_hash};

const DATA: &str = include_str!("data/function_words.tsv");

#[derive(Clone, Copy, Default)]
struct Slot {
    /// 0 where the slot is free.
    hash: u64,
    languages: u64,
}

/// The function words of up to 64 languages that write spaces between words.
pub struct FunctionWords {
    codes: Vec<&'static str>,
    /// Open addressing; the length is a power of two.
    slots: Vec<Slot>,
}

impl FunctionWords {
    /// The shipped lexicon.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<FunctionWords> = LazyLock::new(|| FunctionWords::parse(DATA));
        &SHIPPED
    }

    fn parse(text: &'static str) -> Self {
        let rows: Vec<_> = table::rows::<2>(text)
            .filter_map(Result::ok)
            .take(64)
            .collect();
        let total: usize = rows
            .iter()
            .map(|(_, [_, words])| words.split(' ').count())
            .sum();
        let mut lexicon = Self {
            codes: rows.iter().map(|(_, [code, _])| *code).collect(),
            slots: vec![Slot::default(); (total * 2).next_power_of_two()],
        };
        for (index, (_, [_, words])) in rows.iter().enumerate() {
            for word in words.split(' ') {
                let hash = word_hash(word);
                let at = lexicon.position(hash);
                lexicon.slots[at].hash = hash;
                lexicon.slots[at].languages |= 1 << index;
            }
        }
        lexicon
    }

    /// Where `hash` stands or would stand. At least half of the slots are free, so the walk ends.
    #[inline]
    fn position(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash ^ (hash >> 32)) as usize & mask;
        while self.slots[at].hash != hash && self.slots[at].hash != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    /// The languages that have the word with this [`word_hash`] among their function words: bit `n` stands for
    /// [`code`](Self::code)`(n)`. 0 for any other word.
    #[inline]
    #[must_use]
    pub fn languages(&self, hash: u64) -> u64 {
        self.slots[self.position(hash)].languages
    }

    /// The BCP 47 code of a language by its bit, `und` beyond the last one.
    #[must_use]
    pub fn code(&self, index: usize) -> &'static str {
        self.codes.get(index).copied().unwrap_or("und")
    }

    /// How many languages there are, at most 64.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is no language at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{DATA, FREE_BIT, FunctionWords, WordHasher, word_hash};
    use crate::lexicon::table;

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        let rows = table::sorted_lower_rows::<2>(DATA);
        assert!(rows.len() <= 64);
        for (line, [_, words]) in rows {
            let mut seen = HashSet::new();
            for word in words.split(' ') {
                assert!(!word.is_empty(), "line {line}: two spaces");
                assert!(seen.insert(word), "line {line}: {word} twice");
                assert_eq!(word, word.to_lowercase(), "line {line}");
            }
        }
    }

    #[test]
    fn a_word_names_all_its_languages() {
        let lexicon = FunctionWords::shipped();
        let codes = |word: &str| -> Vec<_> {
            let mask = lexicon.languages(word_hash(word));
            (0..64)
                .filter(|n| mask >> n & 1 == 1)
                .map(|n| lexicon.code(n))
                .collect()
        };
        assert_eq!(codes("which"), ["en"]);
        assert_eq!(codes("zwischen"), ["de"]);
        assert!(codes("die").contains(&"de"));
        assert!(codes("xyzzy").is_empty());
    }

    #[test]
    fn the_hasher_folds_case() {
        let mut hasher = WordHasher::default();
        "ÜBER".chars().for_each(|c| hasher.push_char(c));
        assert_eq!(hasher.finish(), word_hash("über"));
        assert_eq!(word_hash("über") & FREE_BIT, 0);
    }
}
