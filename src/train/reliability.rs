//! Whether a confidence means what it says: of the things it gave so many per cent, how many were right.

use std::fmt;

/// Bins of equal width.
const BINS: usize = 10;

/// Pages whose body F1 is below this count as bad.
const BAD: f64 = 0.8;

/// Confidences and outcomes by bins of confidence.
#[derive(Default)]
pub(crate) struct Reliability {
    /// Weight, and sums of confidence and of outcome by it.
    bins: [[f64; 3]; BINS],
}

impl Reliability {
    /// Adds one judgement; all three from 0 to 1.
    pub(crate) fn add(&mut self, confidence: f64, outcome: f64, weight: f64) {
        let bin = &mut self.bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin[0] += weight;
        bin[1] += confidence * weight;
        bin[2] += outcome * weight;
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: f64 = self.bins.iter().map(|bin| bin[0]).sum();
        for (i, [weight, said, was]) in self.bins.iter().enumerate() {
            if *weight > 0.0 {
                writeln!(
                    f,
                    "  {:.1} to {:.1}  share {:.3}  said {:.3}  was {:.3}",
                    i as f64 / BINS as f64,
                    (i + 1) as f64 / BINS as f64,
                    weight / all,
                    said / weight,
                    was / weight
                )?;
            }
        }
        Ok(())
    }
}

/// Of the bad pages, the share that the tenth of all pages with the lowest confidence holds; with the number of bad
/// pages. `pages` are confidence and body F1, both from 0 to 1.
pub(crate) fn worst_decile(pages: &[(f64, f64)]) -> (f64, usize) {
    let mut order: Vec<&(f64, f64)> = pages.iter().collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bad = |pages: &[&(f64, f64)]| pages.iter().filter(|page| page.1 < BAD).count();
    let all = bad(&order);
    let worst = bad(&order[..order.len().div_ceil(10)]);
    (worst as f64 / all.max(1) as f64, all)
}

#[cfg(test)]
mod tests {
    use super::{Reliability, worst_decile};

    #[test]
    fn the_last_bin_holds_certainty() {
        let mut reliability = Reliability::default();
        reliability.add(1.0, 1.0, 2.0);
        reliability.add(0.95, 0.0, 2.0);
        let printed = reliability.to_string();
        assert!(
            printed.contains("share 1.000  said 0.975  was 0.500"),
            "{printed}"
        );
    }

    #[test]
    fn the_worst_decile_is_the_tenth_with_the_lowest_confidence() {
        let pages: Vec<(f64, f64)> = (0..20)
            .map(|i| {
                (
                    f64::from(i) / 20.0,
                    if i == 1 || i == 10 { 0.1 } else { 0.9 },
                )
            })
            .collect();
        assert_eq!(worst_decile(&pages), (0.5, 2));
    }
}
