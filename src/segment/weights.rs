//! The rankers of this stage: weights fitted to gold pages, which `copydesk train` writes.

use std::sync::LazyLock;

use crate::lexicon::rankers::Ranker;

/// The rankers of all questions that this stage asks.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Whether a line in or around the body is a sub-heading.
    pub heading: Ranker,
    /// Whether a paragraph goes on from one line to the next.
    pub seam: Ranker,
    /// Whether a line that was taken for body text is.
    pub stray: Ranker,
}

impl Weights {
    /// The shipped weights; a test reads their files.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Weights> = LazyLock::new(|| {
            let heading = include_bytes!(concat!(env!("OUT_DIR"), "/heading.ranker"));
            let seam = include_bytes!(concat!(env!("OUT_DIR"), "/seam.ranker"));
            let stray = include_bytes!(concat!(env!("OUT_DIR"), "/stray.ranker"));
            Weights {
                heading: Ranker::unpack(heading).unwrap_or_default(),
                seam: Ranker::unpack(seam).unwrap_or_default(),
                stray: Ranker::unpack(stray).unwrap_or_default(),
            }
        });
        &SHIPPED
    }
}
