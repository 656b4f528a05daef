//! Learns the weights of words and pairs of words by logistic regression (AdaGrad), one page after the other.

use crate::classify::evidence::{Evidence, SLOTS, each_slot};
use crate::classify::trees::logistic;

/// Passes over the pages.
const EPOCHS: usize = 6;
/// First step size.
const STEP: f32 = 0.35;
/// Pull of every weight towards nothing.
const DECAY: f32 = 2e-5;

/// A unit to learn from.
pub(crate) struct Example<'a> {
    /// Its words.
    pub words: &'a [u64],
    /// Whether it is article text.
    pub target: bool,
    /// Its weight.
    pub weight: f32,
}

/// Learns from `examples`, in their order.
pub(crate) fn learn(examples: &[Example<'_>]) -> Evidence {
    let mut weights = vec![0.0_f32; SLOTS];
    let mut squares = vec![1e-3_f32; SLOTS];
    let mut bias = 0.0_f32;
    let mut active = Vec::new();
    for _ in 0..EPOCHS {
        for example in examples.iter().filter(|example| example.weight > 0.0) {
            active.clear();
            each_slot(example.words, |slot| active.push(slot));
            if active.is_empty() {
                continue;
            }
            let scale = 1.0 / (active.len() as f32).sqrt();
            let score = bias + 2.0 * scale * active.iter().map(|slot| weights[*slot]).sum::<f32>();
            let p = logistic(f64::from(score)) as f32;
            let error = (if example.target { 1.0 } else { 0.0 } - p) * example.weight;
            bias += 0.01 * error;
            let gradient = error * 2.0 * scale;
            for slot in &active {
                let (weight, square) = (&mut weights[*slot], &mut squares[*slot]);
                let pulled = gradient - DECAY * *weight;
                *square += pulled * pulled;
                *weight += STEP * pulled / (square.sqrt() + 1.0);
            }
        }
    }
    Evidence {
        weights: weights
            .iter()
            .map(|weight| (weight * 32.0).round().clamp(-127.0, 127.0) as i8)
            .collect(),
    }
}
