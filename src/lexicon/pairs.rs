//! Phrases found anywhere in a text, from tables made at build time. Phrases are looked up by their first two characters:
//! an automaton over bytes takes ten times as long for Hangul, most of whose bytes are alike. Phrases of one character
//! count as followed by [`NOTHING`].

use super::hash::{bucket, first_bit};

pub(super) use super::hash::{Half, NOTHING, pair_hash};

/// Phrases, each with a number.
pub(super) struct Pairs {
    /// One bit for each hash of a pair that opens a phrase.
    pub(super) bits: &'static [[u8; 8]],
    /// Where in `entries` the hashes with each of the highest bits begin, and the end.
    pub(super) buckets: &'static [[u8; 4]],
    /// Sorted by the hash of their pair: the hash, where the phrase begins in `text`, its length, its last byte, its
    /// number.
    pub(super) entries: &'static [[u8; 12]],
    /// All phrases.
    pub(super) text: &'static str,
}

/// The table of `data/$name.tsv`, as the build script made it.
macro_rules! built_pairs {
    ($name:literal) => {
        $crate::lexicon::pairs::Pairs {
            bits: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bits"))
                .as_chunks()
                .0,
            buckets: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".buckets"))
                .as_chunks()
                .0,
            entries: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".entries"))
                .as_chunks()
                .0,
            text: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".text")),
        }
    };
}
pub(super) use built_pairs;

impl Pairs {
    /// Whether a phrase may begin with two characters that have this hash.
    #[inline]
    pub(super) fn may_open(&self, hash: u32) -> bool {
        let (word, bit) = first_bit(u64::from(hash) << 32);
        u64::from_le_bytes(self.bits[word]) & bit != 0
    }

    /// The phrases, with their numbers, whose first two characters have this hash and that `rest` may begin with, ASCII
    /// case aside: it is long enough, and the last byte agrees. Most phrases are told so without a look at their text.
    #[inline]
    pub(super) fn of<'a>(
        &'a self,
        hash: u32,
        rest: &'a str,
    ) -> impl Iterator<Item = (&'static str, u16)> + 'a {
        let range = if self.may_open(hash) {
            let at = |n: usize| u32::from_le_bytes(self.buckets[n]) as usize;
            at(bucket(hash))..at(bucket(hash) + 1)
        } else {
            0..0
        };
        self.entries[range].iter().filter_map(move |entry| {
            let [h0, h1, h2, h3, a0, a1, a2, a3, length, last, n0, n1] = *entry;
            let length = usize::from(length);
            let found = rest.as_bytes().get(length.wrapping_sub(1))?;
            if found.to_ascii_lowercase() != last || u32::from_le_bytes([h0, h1, h2, h3]) != hash {
                return None;
            }
            let start = u32::from_le_bytes([a0, a1, a2, a3]) as usize;
            let phrase = self.text.get(start..start + length)?;
            Some((phrase, u16::from_le_bytes([n0, n1])))
        })
    }
}
