//! The words by which a line is held against the body: every word of some length, as a hash of its first letters.

use super::page::is_dense;
use crate::document::{hangul, hangul_run, is_alphanumeric};
use crate::lexicon::words::LOWER;

/// Bytes of a Hangul syllable.
const SYLLABLE: usize = 3;

/// Calls `each` with a hash of every word of four characters and more of `text`, every pair of neighbours in scripts without
/// spaces, and every two first syllables of a Korean word, whose endings change.
pub(super) fn each_word(text: &str, mut each: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let mut word = Word::default();
    let mut last: Option<char> = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            if LOWER[usize::from(*byte)] == 0 {
                word.end(&mut each);
                at += 1;
            } else {
                let run = Run::opening(&bytes[at..]);
                word.push_run(run);
                at += run.length;
            }
            last = None;
            continue;
        }
        if let Some(c) = hangul(&bytes[at..]) {
            word.push(c);
            last = None;
            at += SYLLABLE;
            if word.is_told() {
                at += hangul_run(&bytes[at..]);
            }
            continue;
        }
        let c = text[at..].chars().next().unwrap_or(' ');
        at += c.len_utf8();
        if is_dense(c) {
            word.end(&mut each);
            if let Some(before) = last {
                each(add(add(0, 0, before), 1, c));
            }
            last = Some(c);
            continue;
        }
        last = None;
        if is_alphanumeric(c) {
            c.to_lowercase().for_each(|c| word.push(c));
        } else if !matches!(c, '\u{ad}' | '\u{200b}') {
            word.end(&mut each);
        }
    }
    word.end(&mut each);
}

/// Letters and digits of ASCII that a text begins with, told eight bytes at a time.
#[derive(Clone, Copy)]
struct Run {
    /// In lower case, the first in the lowest byte; 0 behind the last.
    letters: u64,
    /// At most eight.
    length: usize,
    digits: bool,
}

impl Run {
    #[inline]
    fn opening(bytes: &[u8]) -> Self {
        const EACH: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = 0x80 * EACH;
        let word = bytes.first_chunk().copied().unwrap_or_else(|| {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            word
        });
        let word = u64::from_le_bytes(word);
        let ascii = word & !HIGH;
        let lower = ascii | (0x20 * EACH);
        // The highest bit of each byte from `first` on up to `last`.
        let within = |ascii: u64, first: u8, last: u8| {
            let from = ascii + u64::from(0x80 - first) * EACH;
            let behind = ascii + u64::from(0x7f - last) * EACH;
            from & !behind & !word & HIGH
        };
        let digits = within(ascii, b'0', b'9');
        let inside = within(lower, b'a', b'z') | digits;
        // The bits of a run are followed by one that is not set.
        let bits = (!inside & HIGH).trailing_zeros() & !7;
        let run = 1_u64.checked_shl(bits).map_or(u64::MAX, |bit| bit - 1);
        Self {
            letters: lower & run,
            length: bits as usize / 8,
            digits: digits & run != 0,
        }
    }
}

/// Characters of a word that its hash is made of.
const TELLING: usize = 6;

/// The hash of characters and one more, which has so many before it: those of ASCII stand beside each other.
fn add(hash: u64, nth: usize, c: char) -> u64 {
    if c.is_ascii() {
        hash ^ (u64::from(u32::from(c)) << (8 * nth))
    } else {
        (hash ^ u64::from(u32::from(c)))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(32)
    }
}

/// The word that [`each_word`] reads.
#[derive(Default)]
struct Word {
    chars: usize,
    korean: bool,
    numeric: bool,
    /// Of the first two characters of a Korean word, and of the first [`TELLING`] of any.
    two: u64,
    six: u64,
}

impl Word {
    /// Whether nothing that follows changes what is told of it: beyond its first two characters nothing of a Korean word does.
    #[inline]
    fn is_told(&self) -> bool {
        self.korean && self.chars >= 2
    }

    #[inline]
    fn push(&mut self, c: char) {
        if self.is_told() {
            return;
        }
        if self.chars == 0 {
            self.korean = ('가'..='힣').contains(&c);
        }
        self.numeric |= !matches!(c, 'a'..='z' | '가'..='힣') && c.is_numeric();
        if self.chars < TELLING {
            self.six = add(self.six, self.chars, c);
        }
        self.chars += 1;
        if self.chars == 2 {
            self.two = self.six;
        }
    }

    #[inline]
    fn push_run(&mut self, run: Run) {
        if self.korean && self.chars < 2 {
            let letters = run.letters.to_le_bytes();
            for letter in &letters[..run.length] {
                self.push(char::from(*letter));
            }
            return;
        }
        if self.chars < TELLING {
            let telling = run.letters << (8 * self.chars);
            self.six ^= telling & ((1 << (8 * TELLING)) - 1);
        }
        self.chars += run.length;
        self.numeric |= run.digits;
    }

    #[inline]
    fn end(&mut self, each: &mut impl FnMut(u64)) {
        if self.chars == 0 {
            return;
        }
        if self.is_told() {
            each(self.two);
        } else if self.chars >= 4 || self.chars >= 2 && self.numeric {
            each(self.six);
        }
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::Run;

    #[test]
    fn a_run_ends_before_what_is_no_letter_and_no_digit_of_ascii() {
        for length in 0..=9 {
            for c in ('\0'..='\u{ff}').chain(['가', '\u{20ac}']) {
                let text = format!("{}{c}b", &"aZ09yBc1M"[..length]);
                let letters: String = text
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .take(8)
                    .map(|c| c.to_ascii_lowercase())
                    .collect();
                let run = Run::opening(text.as_bytes());
                assert_eq!(run.length, letters.len(), "{text}");
                assert_eq!(&run.letters.to_le_bytes()[..run.length], letters.as_bytes());
                let digits = letters.contains(|c: char| c.is_ascii_digit());
                assert_eq!(run.digits, digits, "{text}");
            }
        }
    }
}
