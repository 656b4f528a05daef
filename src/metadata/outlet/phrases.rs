//! Names that return in the furniture of a page, each time among other words: `Follow Harbour Post`, `Harbour Post Shop`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::{Span, each_lower, hangul, is_alphanumeric};
use crate::lexicon::words::LOWER;
use crate::metadata::headline::menu_share;
use crate::metadata::page::Page;

/// Words of the longest name, and words and bytes of the longest line in which one is looked for.
const WORDS: usize = 4;
const LINE_WORDS: u16 = 14;
const LINE: usize = 160;
/// Other lines that must hold a name, and those that must hold one of a single word.
const OFTEN: u16 = 2;
const OFTENER: u16 = 3;
/// The share of words of menus from which a name is none.
const MENU: f32 = 0.5;
/// Runs of words that there is room for at first.
const RUNS: usize = 1024;
/// Names that are given, the most frequent ones.
const MOST: usize = 10;

/// A name, where it stands first, and how many other lines hold it.
pub(super) struct Phrase<'a> {
    pub(super) unit: usize,
    pub(super) span: Span,
    pub(super) name: &'a str,
    pub(super) lines: u16,
    /// The words of these lines together, and whether they stand above the story as well as below it.
    pub(super) words: u32,
    pub(super) both: bool,
}

struct Seen {
    unit: usize,
    last: usize,
    span: Span,
    words: usize,
    lines: u16,
    line_words: u32,
    above: bool,
    below: bool,
}

/// A run of words on a line.
struct Run {
    hash: u64,
    span: Span,
    unit: u32,
    words: u32,
}

/// The names that return most in `units`.
pub(super) fn recurring<'a>(
    page: &Page<'a>,
    units: impl Iterator<Item = usize>,
) -> Vec<Phrase<'a>> {
    let mut runs: Vec<Run> = Vec::with_capacity(RUNS);
    let mut sketch = Sketch::default();
    let mut lines: FxHashSet<u64> = FxHashSet::default();
    for i in units {
        let facts = page.facts[i];
        let span = page.span(i);
        if facts.words > LINE_WORDS || span.len() > LINE || !lines.insert(facts.hash) {
            continue;
        }
        let at = span.start as usize;
        each_name(page.raw(i), |hash, start, end, words| {
            sketch.add(hash);
            runs.push(Run {
                hash,
                span: Span::at(at + start, at + end),
                unit: i as u32,
                words: words as u32,
            });
        });
    }
    // Most runs of words are printed once.
    let mut seen: FxHashMap<u64, Seen> = FxHashMap::default();
    for run in runs.into_iter().filter(|run| sketch.is_again(run.hash)) {
        let unit = run.unit as usize;
        let entry = seen.entry(run.hash).or_insert(Seen {
            unit,
            last: usize::MAX,
            span: run.span,
            words: run.words as usize,
            lines: 0,
            line_words: 0,
            above: false,
            below: false,
        });
        if entry.last != unit {
            entry.lines = entry.lines.saturating_add(1);
            entry.line_words += u32::from(page.facts[unit].words);
        }
        entry.last = unit;
        entry.above |= unit < page.body.start;
        entry.below |= unit >= page.body.start;
    }
    let often = |seen: &Seen| seen.lines >= if seen.words > 1 { OFTEN } else { OFTENER };
    let mut found: Vec<Seen> = seen.into_values().filter(often).collect();
    found.sort_unstable_by_key(|s| {
        (
            std::cmp::Reverse(usize::from(s.lines) * (s.words + 1)),
            s.span.start,
            s.span.end,
        )
    });
    let mut names: Vec<Phrase<'a>> = Vec::new();
    for s in found {
        let name = s.span.of(page.text);
        // Part of a name that returns about as often says nothing of its own.
        let part =
            |longer: &Phrase<'_>| longer.name.contains(name) && 4 * longer.lines >= 3 * s.lines;
        if menu_share(name) >= MENU || names.iter().any(part) {
            continue;
        }
        names.retain(|shorter| !(name.contains(shorter.name) && 4 * s.lines >= 3 * shorter.lines));
        names.push(Phrase {
            unit: s.unit,
            span: s.span,
            name,
            lines: s.lines,
            words: s.line_words,
            both: s.above && s.below,
        });
        if names.len() == MOST {
            break;
        }
    }
    names
}

/// Which hashes were seen, and which again: two bits for each, which few others share.
struct Sketch {
    once: Vec<u64>,
    again: Vec<u64>,
}

impl Default for Sketch {
    fn default() -> Self {
        Self {
            once: vec![0; Self::CELLS],
            again: vec![0; Self::CELLS],
        }
    }
}

impl Sketch {
    const CELLS: usize = 512;

    fn cell(hash: u64) -> (usize, u64) {
        // The high bits of a product hang on all bits below.
        let mixed = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 49;
        (mixed as usize / 64, 1 << (mixed % 64))
    }

    fn add(&mut self, hash: u64) {
        let (cell, bit) = Self::cell(hash);
        self.again[cell] |= self.once[cell] & bit;
        self.once[cell] |= bit;
    }

    /// Whether `hash` may have been seen twice.
    fn is_again(&self, hash: u64) -> bool {
        let (cell, bit) = Self::cell(hash);
        self.again[cell] & bit != 0
    }
}

/// A hash of letters in lower case that is the same however they are parted into words: a polynomial in [`Letters::BASE`],
/// so that hashes of words make those of names.
#[derive(Clone, Copy)]
struct Letters {
    sum: u64,
    /// The base to the power of the letters' count.
    shift: u64,
}

impl Letters {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    const NONE: Self = Self { sum: 0, shift: 1 };

    fn push(&mut self, c: char) {
        let code = u64::from(u32::from(c));
        self.sum = self.sum.wrapping_mul(Self::BASE).wrapping_add(code);
        self.shift = self.shift.wrapping_mul(Self::BASE);
    }

    fn then(self, next: Self) -> Self {
        Self {
            sum: self.sum.wrapping_mul(next.shift).wrapping_add(next.sum),
            shift: self.shift.wrapping_mul(next.shift),
        }
    }
}

/// A word from its first to its last letter or digit.
struct Word {
    start: usize,
    end: usize,
    letters: Letters,
    /// Whether it begins with a small letter.
    small: bool,
}

/// The last words of a line: for each the name that would begin there.
#[derive(Default)]
struct Runs([Option<(Letters, usize)>; WORDS]);

impl Runs {
    /// Goes on with `word`, which ends a name unless it is a small one.
    fn push(&mut self, word: &Word, mut each: impl FnMut(u64, usize, usize, usize)) {
        let [first, second, third, _] = self.0;
        self.0 = [Some((Letters::NONE, word.start)), first, second, third];
        for (letters, _) in self.0.iter_mut().flatten() {
            *letters = letters.then(word.letters);
        }
        if word.small {
            // A name begins with a capital as well.
            self.0[0] = None;
            return;
        }
        for (n, run) in self.0.iter().enumerate() {
            if let Some((letters, from)) = run {
                each(letters.sum, *from, word.end, n + 1);
            }
        }
    }
}

/// Calls `each` for every run of words that may be a name: the hash of its letters, where it begins and ends, its words.
fn each_name(raw: &str, mut each: impl FnMut(u64, usize, usize, usize)) {
    let bytes = raw.as_bytes();
    let mut runs = Runs::default();
    let mut word: Option<Word> = None;
    let mut marked = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (low, length, blank, small) = if byte.is_ascii() {
            let low = LOWER[usize::from(*byte)];
            let low = (low != 0).then_some(char::from(low));
            let blank = matches!(byte, b'\t'..=b'\r' | b' ');
            (low, 1, blank, byte.is_ascii_lowercase())
        } else if let Some(syllable) = hangul(&bytes[at..]) {
            (Some(syllable), syllable.len_utf8(), false, false)
        } else {
            let c = raw[at..].chars().next().unwrap_or(' ');
            let letter = is_alphanumeric(c).then_some(c);
            let blank = c.is_whitespace();
            (letter, c.len_utf8(), blank, c.is_lowercase())
        };
        if let Some(c) = low {
            let word = word.get_or_insert(Word {
                start: at,
                end: at,
                letters: Letters::NONE,
                small,
            });
            if matches!(c, '\0'..='\x7f' | '가'..='힣') {
                word.letters.push(c);
            } else {
                each_lower(c, |c| word.letters.push(c));
            }
            word.end = at + length;
            marked = false;
        } else if blank {
            if let Some(word) = word.take() {
                runs.push(&word, &mut each);
            }
            // A mark at the end of a word, or between blanks, ends the name.
            if marked {
                runs = Runs::default();
            }
            marked = false;
        } else {
            marked = true;
        }
        at += length;
    }
    if let Some(word) = word {
        runs.push(&word, each);
    }
}

#[cfg(test)]
mod tests {
    use super::each_name;

    #[test]
    fn names_begin_and_end_with_capitals() {
        let mut found = Vec::new();
        let line = "Follow the Harbour Post, daily";
        each_name(line, |_, start, end, words| {
            found.push((&line[start..end], words))
        });
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            names,
            [
                "Follow",
                "Harbour",
                "Follow the Harbour",
                "Post",
                "Harbour Post",
                "Follow the Harbour Post"
            ]
        );
        assert!(
            found
                .iter()
                .all(|(name, words)| name.split(' ').count() == *words)
        );
    }
}
