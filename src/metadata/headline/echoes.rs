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
        let bytes = candidate.line.as_bytes();
        if let Some(key) = bytes.first_chunk::<KEY>() {
            let alike = keys.entry(u64::from_le_bytes(*key)).or_default();
            if alike.len() < ALIKE {
                alike.push(k);
                marks.set(u64::from_le_bytes(*key));
            }
        }
    }
    for unit in 0..page.len() {
        if page.span(unit).len() > LONGEST {
            continue;
        }
        let raw = page.raw(unit).trim();
        let bytes = raw.as_bytes();
        for (at, window) in bytes.windows(KEY).enumerate() {
            let Some(key) = window.first_chunk::<KEY>() else {
                continue;
            };
            let key = u64::from_le_bytes(*key);
            if !marks.may_hold(key) {
                continue;
            }
            let Some(alike) = keys.get(&key) else {
                continue;
            };
            for k in alike {
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
        }
    }
    echoes
}

/// A bit for the hash of each key: most places of a page are told by it that no candidate stands there.
struct Marks([u64; 64]);

impl Default for Marks {
    fn default() -> Self {
        Self([0; _])
    }
}

impl Marks {
    fn place(key: u64) -> (usize, u64) {
        let bit = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 52;
        ((bit >> 6) as usize, 1 << (bit & 63))
    }

    fn set(&mut self, key: u64) {
        let (word, bit) = Self::place(key);
        self.0[word] |= bit;
    }

    fn may_hold(&self, key: u64) -> bool {
        let (word, bit) = Self::place(key);
        self.0[word] & bit != 0
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
