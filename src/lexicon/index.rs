//! Rows of a lexicon file by their first column, from tables made at build time: nothing is read when a run starts.

use super::hash::{home, key_hash, mark};

/// A file and where the rows of each key begin.
pub(super) struct Index {
    /// A bit for the hash of each key, eight times as many: most words that are no key are told without the slots, which
    /// lie in slower memory.
    pub(super) bits: &'static [[u8; 8]],
    /// Open addressing; the length is a power of two, half of the slots are free. The upper half of a slot is that of
    /// the key's hash, the lower half an offset into `text`, 0 where the slot is free.
    pub(super) slots: &'static [[u8; 8]],
    /// The file. Rows of one key stand together.
    pub(super) text: &'static str,
}

/// The index `$name` over `$text`, as the build script made it.
macro_rules! built_index {
    ($name:literal, $text:expr) => {
        $crate::lexicon::index::Index {
            bits: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".marks"))
                .as_chunks()
                .0,
            slots: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".slots"))
                .as_chunks()
                .0,
            text: $text,
        }
    };
}
pub(super) use built_index;

impl Index {
    /// The other columns of the rows with this key, in the order of the file.
    #[inline]
    pub(super) fn rows(&self, key: &str) -> impl Iterator<Item = &'static str> + use<> {
        let found = self.find(key);
        let length = key.len();
        let mut rest = found.unwrap_or("");
        let first = rest.get(..length).unwrap_or("");
        std::iter::from_fn(move || {
            let after = rest.strip_prefix(first).filter(|_| !rest.is_empty())?;
            let line = after.split_once('\n').map_or(after, |(line, _)| line);
            let columns = match line.strip_prefix('\t') {
                Some(columns) => columns,
                None if line.is_empty() => "",
                None => return None,
            };
            rest = after.get(line.len() + 1..).unwrap_or("");
            Some(columns)
        })
    }

    /// The other columns of the first row with this key.
    #[inline]
    pub(super) fn get(&self, key: &str) -> Option<&'static str> {
        let row = self.find(key)?.get(key.len()..)?;
        let line = row.split_once('\n').map_or(row, |(line, _)| line);
        Some(line.strip_prefix('\t').unwrap_or(line))
    }

    /// Whether a row has this key.
    #[inline]
    pub(super) fn contains(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The file from the first row with this key on.
    #[inline]
    fn find(&self, key: &str) -> Option<&'static str> {
        let hash = key_hash(key.as_bytes());
        let (word, bit) = mark(hash, self.bits.len());
        if u64::from_le_bytes(self.bits[word]) & bit == 0 {
            return None;
        }
        let mut at = home(hash, self.slots.len());
        loop {
            let stored = u64::from_le_bytes(self.slots[at]);
            if stored == 0 {
                return None;
            }
            if stored >> 32 == hash >> 32 {
                let row = self.text.get(stored as u32 as usize..)?;
                if row
                    .strip_prefix(key)
                    .is_some_and(|after| after.starts_with(['\t', '\n']))
                {
                    return Some(row);
                }
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, home, key_hash, mark};

    fn index(slots: &'static mut [[u8; 8]], text: &'static str, offsets: &[(&str, u32)]) -> Index {
        let bits = Box::leak(Box::new([[0; 8]; 2]));
        for (key, offset) in offsets {
            let hash = key_hash(key.as_bytes());
            let (word, bit) = mark(hash, bits.len());
            bits[word] = (u64::from_le_bytes(bits[word]) | bit).to_le_bytes();
            let mut at = home(hash, slots.len());
            while slots[at] != [0; 8] {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = (hash >> 32 << 32 | u64::from(*offset)).to_le_bytes();
        }
        Index { bits, slots, text }
    }

    #[test]
    fn all_rows_of_a_key_are_found_and_none_of_a_longer_one() {
        let text = "key\tn\nab\t1\nab\t2\nabc\t3\nd\t4";
        let slots = Box::leak(Box::new([[0; 8]; 8]));
        let index = index(slots, text, &[("ab", 6), ("abc", 16), ("d", 22)]);
        let rows = |key| index.rows(key).collect::<Vec<_>>();
        assert_eq!(rows("ab"), ["1", "2"]);
        assert_eq!(rows("abc"), ["3"]);
        assert_eq!(rows("d"), ["4"]);
        assert!(rows("a").is_empty() && rows("").is_empty() && rows("key").is_empty());
        assert_eq!(index.get("ab"), Some("1"));
    }

    #[test]
    fn a_file_of_one_column_has_rows_without_columns() {
        let slots = Box::leak(Box::new([[0; 8]; 4]));
        let index = index(slots, "word\na\nb\n", &[("a", 5), ("b", 7)]);
        assert!(index.contains("a") && index.contains("b") && !index.contains("word"));
        assert_eq!(index.rows("b").collect::<Vec<_>>(), [""]);
    }
}
