//! How much a word is spelt like the name of a person: learned weights of runs of letters, in one hashed table. No list of
//! names is complete, but `Oberholzer` is spelt as names are, and `Handball` is not, whatever the list holds.

use crate::document::{is_alphabetic, lower};

/// Slots of the table; a power of two.
pub(crate) const SLOTS: usize = 1 << 14;
/// Weights are in units of 1/16 of a logit.
pub(crate) const LOGIT: f32 = 16.0;
/// Letters of the longest run that is looked at.
const RUN: usize = 4;
/// Letters of a word beyond this are not looked at.
const LETTERS: usize = 24;
/// Letters of the shortest word that is judged: initials tell nothing.
const SHORTEST: usize = 2;
/// Stands before the first letter and behind the last.
const EDGE: char = '^';
/// First line of a weights file; the number rises with every change of its layout or of what is hashed.
const MAGIC: &str = "copydesk spelling 1";

/// Learned weights by hash; without any, every word scores 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    weights: Vec<i8>,
    bias: i8,
}

/// How the words of a name are spelt: the least, the greatest and the mean score, in logits; above 0 is like a name.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spelt {
    /// Of the word that is least like a name.
    pub least: f32,
    /// Of the one that is most like one.
    pub most: f32,
    /// Of all.
    pub mean: f32,
}

impl Spelling {
    /// From weights in units of 1/16 of a logit, one for each slot.
    #[cfg(feature = "train")]
    pub(crate) fn new(weights: Vec<i8>, bias: i8) -> Self {
        Self { weights, bias }
    }

    /// How the words of `name` are spelt; scripts without capitals have no words that could be told by their letters.
    #[must_use]
    pub fn of(&self, name: &str) -> Spelt {
        let mut spelt = Spelt {
            least: f32::MAX,
            most: f32::MIN,
            mean: 0.0,
        };
        let mut count = 0.0;
        if !self.weights.is_empty() {
            for word in words(&lower(name)) {
                let score = self.score(word);
                spelt.least = spelt.least.min(score);
                spelt.most = spelt.most.max(score);
                spelt.mean += score;
                count += 1.0;
            }
        }
        if count == 0.0 {
            return Spelt::default();
        }
        Spelt {
            mean: spelt.mean / count,
            ..spelt
        }
    }

    fn score(&self, word: &str) -> f32 {
        let mut sum = i32::from(self.bias);
        each_slot(word, |slot| {
            sum += self
                .weights
                .get(slot)
                .map_or(0, |weight| i32::from(*weight));
        });
        sum as f32 / LOGIT
    }

    /// Reads a weights file: the line that names its form, lines that say where it comes from, a blank line, the weights.
    /// None where it is no such file.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let end = memchr::memmem::find(bytes, b"\n\n")?;
        let (header, rest) = (&bytes[..end], &bytes[end + 2..]);
        let (bias, weights) = rest.split_first()?;
        let known = header.starts_with(MAGIC.as_bytes()) && weights.len() == SLOTS;
        known.then(|| Self {
            weights: weights.iter().map(|weight| weight.cast_signed()).collect(),
            bias: bias.cast_signed(),
        })
    }

    /// Writes a weights file; `provenance` are lines that say where it comes from.
    #[cfg(feature = "train")]
    pub(crate) fn write(&self, provenance: &str) -> Vec<u8> {
        let mut out = format!("{MAGIC}\n{provenance}\n\n").into_bytes();
        out.push(self.bias.cast_unsigned());
        out.extend(self.weights.iter().map(|weight| weight.cast_unsigned()));
        out
    }
}

/// The words of a text in lower case that can be judged.
pub(crate) fn words(lower: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| is_alphabetic(c) || matches!(c, '\'' | '’');
    let cased = |word: &str| word.chars().any(char::is_lowercase);
    let long = |word: &str| word.chars().nth(SHORTEST - 1).is_some();
    lower
        .split(move |c: char| !inside(c))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(move |word| long(word) && cased(word))
}

/// Calls `each` with the slot of every run of up to [`RUN`] letters of `word`, its edges counting as letters.
pub(crate) fn each_slot(word: &str, mut each: impl FnMut(usize)) {
    let mut runs = [0_u32; RUN];
    let letters = word.chars().take(LETTERS);
    for (at, c) in std::iter::once(EDGE)
        .chain(letters)
        .chain([EDGE])
        .enumerate()
    {
        // Run k holds k + 1 letters; each is the one before with another letter.
        for k in (0..RUN).rev() {
            let before = if k > 0 { runs[k - 1] } else { 0x811c_9dc5 };
            runs[k] = (before ^ u32::from(c))
                .wrapping_mul(0x0100_0193)
                .rotate_left(5);
            if at >= k {
                each((runs[k].wrapping_mul(0x9e37_79b1) >> 18) as usize & (SLOTS - 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SLOTS, Spelling, each_slot, words};

    #[test]
    fn a_word_is_its_runs_of_letters() {
        let slots = |word: &str| {
            let mut slots = Vec::new();
            each_slot(word, |slot| slots.push(slot));
            slots
        };
        // ^ a b ^: four single letters, three pairs, two runs of three, one of four.
        assert_eq!(slots("ab").len(), 10);
        assert_ne!(slots("ab"), slots("ba"));
        assert!(slots("ὀδυσσεύς").iter().all(|slot| *slot < SLOTS));
    }

    #[test]
    fn only_words_with_cased_letters_are_judged() {
        let found: Vec<_> = words("jean-luc d’arc 3 j. 김철수 o'hara").collect();
        assert_eq!(found, ["jean", "luc", "d’arc", "o'hara"]);
    }

    #[test]
    fn without_weights_nothing_is_said() {
        assert_eq!(Spelling::default().of("Anna Holm"), super::Spelt::default());
        assert!(Spelling::read(b"something else\n\n").is_none());
    }
}
