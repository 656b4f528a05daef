//! How the tables made at build time are laid out: hashes of words, keys and pairs of characters. The build script and
//! the library share this file.

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Cleared in every word hash, so that users can keep a flag there.
pub const FREE_BIT: u64 = 1 << 63;

/// The hash of a word given in lower case: FNV-1a over its UTF-8 bytes, the top bit cleared.
#[must_use]
pub fn word_hash(word: &str) -> u64 {
    let mut hasher = WordHasher::default();
    for &byte in word.as_bytes() {
        hasher.push_byte(byte);
    }
    hasher.finish()
}

/// Builds the same hash as [`word_hash`] bit by bit, folding case on the way.
#[derive(Clone, Copy, Debug)]
pub struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(FNV_OFFSET)
    }
}

impl WordHasher {
    /// Appends a byte of a word in lower case.
    #[inline]
    pub fn push_byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
    }

    /// Appends a character, its first lower-case one where it has several (`İ` becomes `i`).
    #[inline]
    pub fn push_char(&mut self, c: char) {
        if c.is_ascii() {
            self.push_byte((c as u8).to_ascii_lowercase());
            return;
        }
        let lower = c.to_lowercase().next().unwrap_or(c);
        for &byte in lower.encode_utf8(&mut [0; 4]).as_bytes() {
            self.push_byte(byte);
        }
    }

    /// The hash of what was appended.
    #[inline]
    #[must_use]
    pub fn finish(self) -> u64 {
        self.0 & !FREE_BIT
    }
}

/// The hash of a key of an index. Reads eight bytes at a time, the last of them again where the length is no multiple:
/// no byte is copied and no length branched on but once.
#[inline]
#[must_use]
pub(super) fn key_hash(key: &[u8]) -> u64 {
    let mut hash = key.len() as u64;
    let mut add = |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(MIX);
    if let Some(last) = key.last_chunk::<8>() {
        for word in key.as_chunks::<8>().0 {
            add(u64::from_le_bytes(*word));
        }
        add(u64::from_le_bytes(*last));
    } else if let (Some(first), Some(last)) = (key.first_chunk::<4>(), key.last_chunk::<4>()) {
        let halves = [first, last].map(|half| u64::from(u32::from_le_bytes(*half)));
        add(halves[0] << 32 | halves[1]);
    } else {
        add(key
            .iter()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }
    hash ^ (hash >> 32)
}

/// Where the search for a key begins in a table of `slots`, a power of two.
#[inline]
pub(super) const fn home(hash: u64, slots: usize) -> usize {
    hash as usize & (slots - 1)
}

/// Where the search for a word's hash begins in a table of `slots`, a power of two.
#[inline]
pub(super) const fn word_home(hash: u64, slots: usize) -> usize {
    (hash ^ (hash >> 32)) as usize & (slots - 1)
}

/// The word and the bit that stand for `hash` in a table of so many `words` of bits, a power of two.
#[inline]
pub(super) const fn mark(hash: u64, words: usize) -> (usize, u64) {
    let bit = (hash >> 24) as usize;
    (bit >> 6 & (words - 1), 1 << (bit & 63))
}

/// Bits of a table of first words or first pairs, as a power of two: 8 KiB stay in the fastest cache.
pub(super) const FIRSTS_BITS: u32 = 16;

/// The word and the bit of such a table that stand for `hash`.
#[inline]
pub(super) const fn first_bit(hash: u64) -> (usize, u64) {
    let bit = (hash >> (64 - FIRSTS_BITS)) as usize;
    (bit >> 6, 1 << (bit & 63))
}

/// Highest bits of the hash of a pair, by which phrases are found.
pub(super) const BUCKET_BITS: u32 = 12;

/// What follows a phrase of one character.
pub(super) const NOTHING: char = '\0';

/// What a character brings into the hash of a pair, as its first and as its second: a text is hashed with one
/// multiplication for each character.
#[derive(Clone, Copy)]
pub(super) struct Half(u64);

impl Half {
    #[inline]
    pub(super) fn of(c: char) -> Self {
        Self(u64::from(c as u32).wrapping_mul(MIX))
    }

    /// The hash of this character and another, as [`pair_hash`] has it.
    #[inline]
    pub(super) fn before(self, second: Self) -> u32 {
        (self.0 as u32).wrapping_add((second.0 >> 32) as u32)
    }
}

#[inline]
pub(super) fn pair_hash(first: char, second: char) -> u32 {
    Half::of(first).before(Half::of(second))
}

#[inline]
pub(super) const fn bucket(hash: u32) -> usize {
    (hash >> (32 - BUCKET_BITS)) as usize
}

/// What two prints of an outlet's name have in common.
pub(super) fn outlet_key(name: &str) -> String {
    let spaced = is_spaced(name);
    if spaced && name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let mut key = String::with_capacity(name.len());
    if spaced {
        key.push_str(name);
    } else {
        for word in name.split_whitespace() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
    }
    if key
        .chars()
        .all(|c| c.is_ascii() || matches!(c, '가'..='힣'))
    {
        key.make_ascii_lowercase();
        key
    } else {
        key.to_lowercase()
    }
}

/// Whether `name` has no space at its ends, and no white space inside but single spaces: nearly every line has none. May say
/// no where it could say yes.
fn is_spaced(name: &str) -> bool {
    let bytes = name.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return true;
    };
    // What opens white space beyond ASCII: U+0085, U+00A0, and what lies from U+1000 to U+3FFF.
    let opens = |byte: u8| u8::from(byte == 0xc2) | u8::from(byte.wrapping_sub(0xe1) < 3);
    // Nothing is left early: the compiler makes vectors of that.
    let odd = bytes.iter().zip(&bytes[1..]).fold(0, |odd, (a, b)| {
        odd | u8::from(*a < b' ') | u8::from((*a == b' ') & (*b == b' ')) | opens(*a)
    });
    odd == 0 && *first != b' ' && *last > b' '
}
