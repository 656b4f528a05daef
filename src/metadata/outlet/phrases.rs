//! Names that return in the furniture of a page, each time among other words: `Follow Harbour Post`, `Harbour Post Shop`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::{Span, is_alphanumeric};
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

/// The names that return most in `units`.
pub(super) fn recurring<'a>(
    page: &Page<'a>,
    units: impl Iterator<Item = usize>,
) -> Vec<Phrase<'a>> {
    let mut seen: FxHashMap<u64, Seen> = FxHashMap::default();
    let mut lines: FxHashSet<u64> = FxHashSet::default();
    for i in units {
        let facts = page.facts[i];
        let span = page.span(i);
        if facts.words > LINE_WORDS || span.len() > LINE || !lines.insert(facts.hash) {
            continue;
        }
        each_name(page.raw(i), |hash, start, end, words| {
            let at = span.start as usize;
            let entry = seen.entry(hash).or_insert(Seen {
                unit: i,
                last: usize::MAX,
                span: Span::at(at + start, at + end),
                words,
                lines: 0,
                line_words: 0,
                above: false,
                below: false,
            });
            if entry.last != i {
                entry.lines += 1;
                entry.line_words += u32::from(facts.words);
            }
            entry.last = i;
            entry.above |= i < page.body.start;
            entry.below |= i >= page.body.start;
        });
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

/// A hash of letters in lower case that is the same however they are parted into words.
#[derive(Clone, Copy, Default)]
struct Letters(u64);

impl Letters {
    fn push(&mut self, c: char) {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        self.0 = (self.0.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(MIX);
    }
}

/// Calls `each` for every run of words that may be a name: the hash of its letters, where it begins and ends, its words.
fn each_name(raw: &str, mut each: impl FnMut(u64, usize, usize, usize)) {
    let mut runs: [Option<(Letters, usize)>; WORDS] = [None; WORDS];
    let mut at = 0;
    for word in raw.split_inclusive(char::is_whitespace) {
        let begin = at;
        at += word.len();
        let inner = word.trim_matches(|c| !is_alphanumeric(c));
        let Some(first) = inner.chars().next() else {
            // A mark between blanks ends a name.
            if !word.trim().is_empty() {
                runs = [None; WORDS];
            }
            continue;
        };
        let start = begin + (inner.as_ptr() as usize - word.as_ptr() as usize);
        let end = start + inner.len();
        runs.rotate_right(1);
        runs[0] = Some((Letters::default(), start));
        let mut push = |c: char| {
            for (letters, _) in runs.iter_mut().flatten() {
                letters.push(c);
            }
        };
        for c in inner.chars().filter(|c| is_alphanumeric(*c)) {
            if c.is_ascii() {
                push(c.to_ascii_lowercase());
            } else {
                c.to_lowercase().for_each(&mut push);
            }
        }
        let named = !first.is_lowercase();
        if named {
            for (n, run) in runs.iter().enumerate() {
                if let Some((letters, from)) = run {
                    each(letters.0, *from, end, n + 1);
                }
            }
        } else {
            // A name begins with a capital.
            runs[0] = None;
        }
        // A mark at the end of a word ends the name.
        if word.trim_end().ends_with(|c| !is_alphanumeric(c)) {
            runs = [None; WORDS];
        }
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
