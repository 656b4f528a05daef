//! Echoes: runs of words that another unit of the page prints too. A pull quote echoes a paragraph, a caption its copy
//! in a gallery, a teaser the page it leads to.

use crate::classify::columns::share;
use crate::classify::words::Words;

/// Words in a run.
const RUN: usize = 3;

/// What a row repeats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Echo {
    /// Share of its runs that other rows print, as a byte.
    pub share: u8,
    /// The row that prints most of them, by majority vote.
    pub other: Option<u32>,
}

/// The first and the last row that print a run.
#[derive(Clone, Copy, Default)]
struct Places {
    run: u64,
    first: u32,
    last: u32,
}

/// Finds the echoes of all rows.
pub(crate) fn echoes(words: &Words) -> Vec<Echo> {
    let rows = words.starts.len() - 1;
    let mask = (words.hashes.len() * 2).next_power_of_two().max(16) - 1;
    let mut table = vec![Places::default(); mask + 1];
    // Where in the table the runs of all rows stand, in order.
    let mut slots = Vec::with_capacity(words.hashes.len());
    for row in 0..rows {
        for run in runs(words.of(row)) {
            let at = slot(&table, mask, run);
            slots.push(at as u32);
            let places = &mut table[at];
            if places.run == 0 {
                *places = Places {
                    run,
                    first: row as u32,
                    last: row as u32,
                };
            }
            places.last = row as u32;
        }
    }
    let mut slots = slots.into_iter();
    (0..rows)
        .map(|row| {
            let all = words.of(row).len().saturating_sub(RUN - 1);
            let mut shared = 0;
            // Boyer and Moore's vote.
            let (mut other, mut lead) = (None, 0);
            for slot in slots.by_ref().take(all) {
                let places = table[slot as usize];
                let elsewhere = if places.first as usize == row {
                    places.last
                } else {
                    places.first
                };
                if elsewhere as usize == row {
                    continue;
                }
                shared += 1;
                if lead == 0 {
                    (other, lead) = (Some(elsewhere), 1);
                } else if other == Some(elsewhere) {
                    lead += 1;
                } else {
                    lead -= 1;
                }
            }
            Echo {
                share: share(shared, all as u32),
                other,
            }
        })
        .collect()
}

/// The hash of every run of words, never 0.
fn runs(words: &[u64]) -> impl Iterator<Item = u64> {
    words.windows(RUN).map(|run| {
        run.iter().fold(0_u64, |hash, word| {
            (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        }) | 1
    })
}

/// The slot that holds `run`, or the free one where it belongs; the table is at most half full.
fn slot(table: &[Places], mask: usize, run: u64) -> usize {
    let mut at = (run >> 20) as usize & mask;
    while table[at].run != run && table[at].run != 0 {
        at = (at + 1) & mask;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{Echo, echoes};
    use crate::classify::words::Words;

    #[test]
    fn a_pull_quote_echoes_its_paragraph() {
        let mut words = Words::default();
        words.hashes.extend([1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 9, 8]);
        words.starts.extend([0, 6, 10, 12]);
        let found = echoes(&words);
        assert_eq!(
            found[1],
            Echo {
                share: 255,
                other: Some(0)
            }
        );
        assert_eq!(found[0].other, Some(1));
        assert_eq!(found[2], Echo::default());
    }
}
