//! The most frequent function words of each language (`data/function_words.tsv`), by which running prose is told from
//! lists of names and headings, and one language from another.

pub use super::hash::{FREE_BIT, WordHasher, word_hash};

use super::hash::{mark, word_home};

/// Letters and digits of ASCII in lower case; 0 for other bytes.
pub static LOWER: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The function words of up to 64 languages that write spaces between words, as the build script laid them out.
#[derive(Clone, Copy, Debug)]
pub struct FunctionWords {
    /// A line each.
    codes: &'static str,
    /// Open addressing by hash, which is 0 where a slot is free, then the bits of the languages. The length is a power
    /// of two, and at least half of the slots are free.
    slots: &'static [[u8; 16]],
    /// A bit for the hash of each word, eight times as many as slots: most other words are told without the slots, which
    /// do not fit the fastest cache.
    marks: &'static [[u8; 8]],
}

impl FunctionWords {
    /// The shipped lexicon.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: FunctionWords = FunctionWords {
            codes: include_str!(concat!(env!("OUT_DIR"), "/function_words.codes")),
            slots: include_bytes!(concat!(env!("OUT_DIR"), "/function_words.slots"))
                .as_chunks()
                .0,
            marks: include_bytes!(concat!(env!("OUT_DIR"), "/function_words.marks"))
                .as_chunks()
                .0,
        };
        &SHIPPED
    }

    /// The languages that have the word with this [`word_hash`] among their function words: bit `n` stands for
    /// [`code`](Self::code)`(n)`. 0 for any other word.
    #[inline]
    #[must_use]
    pub fn languages(&self, hash: u64) -> u64 {
        let (word, bit) = mark(hash, self.marks.len());
        if u64::from_le_bytes(self.marks[word]) & bit == 0 {
            return 0;
        }
        let mask = self.slots.len() - 1;
        let mut at = word_home(hash, self.slots.len());
        loop {
            let [word, languages] = halves(&self.slots[at]);
            if word == hash || word == 0 {
                return languages;
            }
            at = (at + 1) & mask;
        }
    }

    /// The BCP 47 code of a language by its bit, `und` beyond the last one.
    #[must_use]
    pub fn code(&self, index: usize) -> &'static str {
        self.codes.lines().nth(index).unwrap_or("und")
    }

    /// The bit of a language by its BCP 47 code.
    #[must_use]
    pub fn bit(&self, code: &str) -> Option<usize> {
        self.codes.lines().position(|known| known == code)
    }
}

#[inline]
fn halves(slot: &[u8; 16]) -> [u64; 2] {
    let (halves, _) = slot.as_chunks();
    [u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1])]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{FREE_BIT, FunctionWords, WordHasher, word_hash};
    use crate::lexicon::table;

    const DATA: &str = include_str!("data/function_words.tsv");

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        let rows = table::sorted_lower_rows::<2>(DATA);
        assert_eq!(FunctionWords::shipped().code(rows.len()), "und");
        for (n, (line, [code, words])) in rows.into_iter().enumerate() {
            assert_eq!(FunctionWords::shipped().code(n), code);
            assert_eq!(FunctionWords::shipped().bit(code), Some(n));
            let mut seen = HashSet::new();
            for word in words.split(' ') {
                assert!(!word.is_empty(), "line {line}: two spaces");
                assert!(seen.insert(word), "line {line}: {word} twice");
                assert_eq!(word, word.to_lowercase(), "line {line}");
                let languages = FunctionWords::shipped().languages(word_hash(word));
                assert!(languages >> n & 1 == 1, "line {line}: {word}");
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
