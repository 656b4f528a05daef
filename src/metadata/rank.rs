//! The rankers of this stage: the weights that candidates for a field are scored with, and what their scores mean.

use std::sync::LazyLock;

use crate::lexicon::SPELLING;
use crate::lexicon::rankers::Ranker;
use crate::lexicon::spelling::Spelling;

/// The rankers of all fields.
#[derive(Clone, Debug, Default)]
pub struct Rankers {
    /// Which line is the headline.
    pub headline: Ranker,
    /// Which day is that of publication.
    pub date: Ranker,
    /// Whether a name is the author's, by itself.
    pub author: Ranker,
    /// Whether it is, among the other names of the page.
    pub author_again: Ranker,
    /// Which name is the outlet's.
    pub outlet: Ranker,
    /// How names are spelt.
    pub spelling: Spelling,
}

impl Rankers {
    /// The shipped rankers; a test reads their files.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Rankers> = LazyLock::new(|| {
            let read = |bytes: &'static [u8]| Ranker::unpack(bytes).unwrap_or_default();
            Rankers {
                headline: read(include_bytes!(concat!(env!("OUT_DIR"), "/headline.ranker"))),
                date: read(include_bytes!(concat!(env!("OUT_DIR"), "/date.ranker"))),
                author: read(include_bytes!(concat!(env!("OUT_DIR"), "/author.ranker"))),
                author_again: read(include_bytes!(concat!(
                    env!("OUT_DIR"),
                    "/author-again.ranker"
                ))),
                outlet: read(include_bytes!(concat!(env!("OUT_DIR"), "/outlet.ranker"))),
                spelling: Spelling::read(SPELLING).unwrap_or_default(),
            }
        });
        &SHIPPED
    }
}

/// A feature that holds or does not.
pub(super) fn flag(on: bool) -> f32 {
    f32::from(u8::from(on))
}

/// A feature that counts: the first few tell more than the hundredth.
pub(super) fn ln(n: usize) -> f32 {
    fn counted(n: usize) -> f32 {
        (n as f32 + 1.0).ln()
    }
    // Looked up: a candidate for a field asks a dozen times, for small numbers most often.
    static FIRST: LazyLock<[f32; 256]> = LazyLock::new(|| std::array::from_fn(counted));
    FIRST.get(n).copied().unwrap_or_else(|| counted(n))
}

/// A score for each candidate, whose features are in the order of the ranker's. The first score of the result belongs to
/// the choice that none of them is right.
pub(super) fn scores<R: AsRef<[f32]>>(ranker: &Ranker, rows: &[R]) -> Vec<f32> {
    std::iter::once(0.0).chain(ranker.scores(rows)).collect()
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
    use super::{Rankers, softmax};
    use crate::lexicon::rankers::Ranker;
    use crate::lexicon::spelling::Spelling;

    #[test]
    fn softmax_adds_up_to_one_for_scores_of_any_size() {
        let p = softmax(&[1000.0, 999.0, -1000.0]);
        assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(p[0] > p[1] && p[2] >= 0.0);
    }

    #[test]
    fn the_shipped_rankers_know_the_features_of_this_version() {
        let shipped = Rankers::shipped();
        assert!(shipped.spelling != Spelling::default());
        let known = |ranker: &Ranker, names: &[&str]| {
            assert!(!ranker.is_empty());
            assert!(ranker.features().eq(names.iter().copied()));
        };
        known(&shipped.headline, crate::metadata::headline::NAMES);
        known(&shipped.date, crate::metadata::date::features::NAMES);
        known(&shipped.author, &crate::metadata::byline::NAMES);
        known(&shipped.outlet, crate::metadata::outlet::NAMES);
        known(&shipped.author_again, &crate::metadata::byline::AGAIN_NAMES);
    }
}
