//! What is said of all candidates of a page at once: how they look alike, what they say again, where they stand.

use rustc_hash::FxHashMap;

use super::{LONGEST, LONGEST_BYTES, Line};
use crate::document::{Units, is_alphanumeric};

/// What is said of all candidates at once.
pub(super) struct Totals {
    pub(super) body_lines: f32,
    pub(super) airy: f32,
    pub(super) candidates: f32,
    pub(super) both: f32,
    /// Of the candidates of each outline: how many, and the sum of their products.
    pub(super) outlines: FxHashMap<u32, (f32, f32)>,
    /// For each line, the bytes of body above it, and the lines of body.
    pub(super) above: Vec<(usize, usize)>,
    pub(super) bytes: usize,
}

impl Totals {
    pub(super) fn find(lines: &[Line], found: &[usize]) -> Self {
        let mut outlines: FxHashMap<u32, (f32, f32)> = FxHashMap::default();
        let mut both = 0.0;
        for at in found {
            let line = &lines[*at];
            let entry = outlines.entry(line.outline).or_default();
            entry.0 += 1.0;
            entry.1 += line.odds * line.crosshead;
            both += line.odds * line.crosshead;
        }
        let (mut bytes, mut count, mut apart) = (0, 0, 0);
        let above = lines
            .iter()
            .map(|line| {
                let so_far = (bytes, count);
                if line.body {
                    bytes += line.span.len();
                    count += 1;
                    apart += usize::from(line.blank_before > 0);
                }
                so_far
            })
            .collect();
        Self {
            body_lines: count as f32,
            airy: apart as f32 / (count.max(1)) as f32,
            candidates: found.len() as f32,
            both,
            outlines,
            above,
            bytes,
        }
    }
}

/// How many of the body's longer lines hold each word of the candidates.
pub(super) struct Returns(FxHashMap<u64, u32>);

impl Returns {
    pub(super) fn find(text: &str, lines: &[Line], found: &[usize]) -> Self {
        let mut words: FxHashMap<u64, u32> = FxHashMap::default();
        for at in found {
            words.extend(stems(lines[*at].span.of(text)).map(|stem| (stem, 0)));
        }
        if !words.is_empty() {
            for line in lines
                .iter()
                .filter(|line| line.body && line.columns > LONGEST / 2)
            {
                for stem in stems(line.span.of(text)) {
                    if let Some(count) = words.get_mut(&stem) {
                        *count += 1;
                    }
                }
            }
        }
        Self(words)
    }

    pub(super) fn share(&self, line: &Line, slice: &str) -> f32 {
        let own = u32::from(line.body && line.columns > LONGEST / 2);
        let (mut all, mut back) = (0_u32, 0_u32);
        for stem in stems(slice) {
            all += 1;
            back += u32::from(self.0.get(&stem).copied().unwrap_or_default() > own);
        }
        if all == 0 {
            -1.0
        } else {
            back as f32 / all as f32
        }
    }
}

pub(super) fn printed<'a>(
    text: &'a str,
    lines: &[Line],
    found: &[usize],
) -> FxHashMap<&'a str, u32> {
    let mut printed: FxHashMap<&str, u32> = FxHashMap::default();
    for at in found {
        *printed.entry(lines[*at].span.of(text)).or_default() += 1;
    }
    printed
}

/// How many units of the whole page say what each candidate says.
pub(super) fn on_page<'a>(
    text: &'a str,
    units: &Units,
    lines: &[Line],
    found: &[usize],
) -> FxHashMap<&'a str, u32> {
    let spans = || found.iter().map(|at| lines[*at].span);
    let mut times: FxHashMap<&str, u32> = spans().map(|span| (span.of(text), 0)).collect();
    // Most lengths belong to no candidate.
    let lengths = spans().fold(0_u64, |lengths, span| lengths | 1 << (span.len() % 64));
    for span in units.units.iter().map(|unit| unit.span) {
        if span.len() <= LONGEST_BYTES
            && lengths >> (span.len() % 64) & 1 == 1
            && let Some(times) = times.get_mut(span.of(text))
        {
            *times += 1;
        }
    }
    times
}

/// The first bytes of every longer word, as a number; so a Korean noun is found again under another particle.
pub(super) fn stems(slice: &str) -> impl Iterator<Item = u64> {
    slice
        .split(|c: char| !is_alphanumeric(c))
        .filter(|word| word.len() >= 5)
        .map(|word| {
            word.bytes().take(6).fold(0, |stem, byte| {
                stem << 8 | u64::from(byte.to_ascii_lowercase())
            })
        })
}
