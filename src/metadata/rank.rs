//! A small learned ranker: a network of one hidden layer that scores candidates from numeric features. Its weights
//! are lexicon files.

use crate::lexicon::weights::Weights;

/// A score for each candidate; each row holds one candidate's features in the order of `weights`. The first score of the
/// result belongs to the choice that none of them is right.
pub(super) fn scores<const N: usize>(weights: &Weights, rows: &[[f32; N]]) -> Vec<f32> {
    std::iter::once(weights.none)
        .chain(rows.iter().map(|row| weights.score(row)))
        .collect()
}

/// The probabilities of the scores' softmax.
pub(super) fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let parts: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = parts.iter().sum();
    parts.iter().map(|p| p / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::softmax;

    #[test]
    fn softmax_adds_up_to_one_for_scores_of_any_size() {
        let p = softmax(&[1000.0, 999.0, -1000.0]);
        assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(p[0] > p[1] && p[2] >= 0.0);
    }
}
