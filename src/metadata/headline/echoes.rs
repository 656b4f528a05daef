//! Where else on the page the words of a candidate stand: in the heading of the comments, on a button, in a breadcrumb, in
//! the title of the browser, behind its kicker.

use rustc_hash::FxHashMap;

use super::super::page::Page;
use super::candidates::Candidate;

/// Bytes by which a place that may hold a candidate is found; shorter candidates are not looked for.
const KEY: usize = 8;
/// Bytes of the longest unit that is searched.
const LONGEST: usize = 400;
/// Candidates of one key that are looked for.
const ALIKE: usize = 12;

/// Other units that hold a candidate and more than it, by where in them it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Echo {
    /// At their beginning.
    pub(super) begin: u16,
    /// At their end.
    pub(super) end: u16,
    /// Between quotation marks.
    pub(super) quoted: u16,
    /// All of them that are printed before the candidate.
    pub(super) above: u16,
    /// All of them that are printed behind it.
    pub(super) below: u16,
}

/// The echoes of those candidates that are `wanted`, in one pass over the short units of the page.
pub(super) fn echoes(
    page: &Page<'_>,
    candidates: &[Candidate<'_>],
    wanted: impl Fn(&Candidate<'_>) -> bool,
) -> Vec<Echo> {
    let mut echoes = vec![Echo::default(); candidates.len()];
    let mut keys: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut marks = Marks::default();
    for (k, candidate) in candidates.iter().enumerate().filter(|(_, c)| wanted(c)) {
        if let Some(key) = key_at(candidate.line.as_bytes(), 0) {
            let alike = keys.entry(key).or_default();
            if alike.len() < ALIKE {
                alike.push(k);
                marks.set(key);
            }
        }
    }
    for unit in 0..page.len() {
        if page.span(unit).len() > LONGEST {
            continue;
        }
        let raw = page.trimmed(unit);
        let bytes = raw.as_bytes();
        marks.each(bytes, |at| {
            let alike = key_at(bytes, at).and_then(|key| keys.get(&key));
            for k in alike.into_iter().flatten() {
                let candidate = &candidates[*k];
                let line = candidate.line.as_bytes();
                let own = (candidate.first..=candidate.last).contains(&unit);
                if own || line.len() == bytes.len() || !bytes[at..].starts_with(line) {
                    continue;
                }
                let (before, after) = (&raw[..at], &raw[at + line.len()..]);
                let echo = &mut echoes[*k];
                let count = |n: &mut u16, on: bool| *n = n.saturating_add(u16::from(on));
                count(&mut echo.begin, at == 0);
                count(&mut echo.end, after.is_empty());
                count(&mut echo.quoted, opens(before) && closes(after));
                count(&mut echo.above, unit < candidate.first);
                count(&mut echo.below, unit > candidate.last);
            }
        });
    }
    echoes
}

/// The key that stands in `bytes` from `at` on.
fn key_at(bytes: &[u8], at: usize) -> Option<u64> {
    let key = bytes.get(at..)?.first_chunk::<KEY>()?;
    Some(u64::from_le_bytes(*key))
}

/// A bit for the hash of each quarter of a key, whichever of its first bytes that begins with: wherever a key stands in a
/// text, one of them stands at a multiple of four. Most places of a page are told by it that no candidate stands there.
struct Marks([u64; 64]);

impl Default for Marks {
    fn default() -> Self {
        Self([0; _])
    }
}

/// Bytes of a quarter.
const STEP: usize = 4;

impl Marks {
    fn place(quarter: u32) -> (usize, u64) {
        let bit = quarter.wrapping_mul(0x9e37_79b9) >> 20;
        ((bit >> 6) as usize, 1 << (bit & 63))
    }

    fn set(&mut self, key: u64) {
        for first in 0..STEP {
            let (word, bit) = Self::place((key >> (8 * first)) as u32);
            self.0[word] |= bit;
        }
    }

    /// Calls `each` with the places of `bytes` where a key may stand.
    fn each(&self, bytes: &[u8], mut each: impl FnMut(usize)) {
        for (n, quarter) in bytes.as_chunks::<STEP>().0.iter().enumerate() {
            let (word, bit) = Self::place(u32::from_le_bytes(*quarter));
            if self.0[word] & bit != 0 {
                let at = n * STEP;
                (at.saturating_sub(STEP - 1)..=at).for_each(&mut each);
            }
        }
    }
}

fn opens(before: &str) -> bool {
    before.ends_with([
        '"', '“', '”', '„', '«', '‘', '‚', '\'', '»', '「', '『', '《',
    ])
}

fn closes(after: &str) -> bool {
    after.starts_with(['"', '“', '”', '»', '«', '’', '‘', '\'', '」', '』', '》'])
}

#[cfg(test)]
mod tests {
    use super::{Marks, key_at};

    #[test]
    fn a_key_is_found_wherever_it_stands() {
        let mut marks = Marks::default();
        let key = key_at(b"harbour closed", 0).unwrap();
        marks.set(key);
        for before in 0..9 {
            let text = format!("{}harbour closed", "-".repeat(before));
            let mut found = Vec::new();
            marks.each(text.as_bytes(), |at| {
                if key_at(text.as_bytes(), at) == Some(key) {
                    found.push(at);
                }
            });
            assert_eq!(found, [before]);
        }
    }
}
