//! Learns how names are spelt: the names of the lexicon against the words that pages print in lower case, by logistic
//! regression (AdaGrad). No gold goes into it.

use std::collections::BTreeSet;

use crate::classify::trees::logistic;
use crate::document::lower;
use crate::lexicon::names;
use crate::lexicon::spelling::{LOGIT, SLOTS, Spelling, each_slot, words};

/// Passes over the words.
const EPOCHS: u64 = 4;
/// First step size.
const STEP: f32 = 0.3;
/// Pull of every weight towards nothing.
const DECAY: f32 = 2e-5;
/// Neighbours in the order of learning stand so far apart in that of the alphabet; a prime.
const STRIDE: u64 = 7919;

/// Learns from the lexicon and the lower-case words of `texts`.
pub(crate) fn learn<'a>(texts: impl Iterator<Item = &'a str>) -> Spelling {
    let named: BTreeSet<&str> = names::of_persons().collect();
    let mut common: BTreeSet<&str> = BTreeSet::new();
    for text in texts {
        // A word with a capital is none of `lower`'s words in the text as it stands.
        let printed = text.split_whitespace().filter(|word| lower(word) == **word);
        common.extend(printed.flat_map(words));
    }
    let common = common.difference(&named).map(|word| (*word, false));
    let examples: Vec<(&str, bool)> = named
        .iter()
        .map(|name| (*name, true))
        .chain(common)
        .collect();
    let mut weights = vec![0.0_f32; SLOTS];
    let mut squares = vec![1e-3_f32; SLOTS];
    let mut bias = 0.0_f32;
    let mut slots = Vec::new();
    let count = examples.len() as u64;
    for n in 0..EPOCHS * count {
        let (word, target) = examples[(n * STRIDE % count) as usize];
        slots.clear();
        each_slot(word, |slot| slots.push(slot));
        let score = bias + slots.iter().map(|slot| weights[*slot]).sum::<f32>();
        let error = if target { 1.0 } else { 0.0 } - logistic(f64::from(score)) as f32;
        bias += 0.001 * error;
        for slot in &slots {
            let (weight, square) = (&mut weights[*slot], &mut squares[*slot]);
            let pulled = error - DECAY * *weight;
            *square += pulled * pulled;
            *weight += STEP * pulled / (square.sqrt() + 1.0);
        }
    }
    let quantised = |weight: f32| (weight * LOGIT).round().clamp(-127.0, 127.0) as i8;
    Spelling::new(
        weights.into_iter().map(quantised).collect(),
        quantised(bias),
    )
}

#[cfg(test)]
mod tests {
    use super::learn;

    #[test]
    fn unknown_names_are_told_from_words() {
        let page = "the handball board read more comments on sport and weather, said the newspaper on thursday in \
                    parliament, where members voted against further spending on roads and schools this year";
        let spelling = learn([page].into_iter());
        let score = |name: &str| spelling.of(name).mean;
        assert!(score("Oberhuberova") > score("spending"));
        assert_eq!(learn([page].into_iter()), spelling);
    }
}
