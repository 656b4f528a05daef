//! Korean sentence endings: `data/sentences_ko.tsv`, and the words that go on after a quotation:
//! `data/sentences_quoting.tsv`.

use rustc_hash::{FxHashMap as HashMap, FxHashSet};
use std::sync::LazyLock;

use super::marks::Marks;
use super::table;

const ENDINGS: &str = include_str!("data/sentences_ko.tsv");
const QUOTING: &str = include_str!("data/sentences_quoting.tsv");

/// How surely a word ends a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Only in a text most of whose sentences end without a mark.
    Casual,
    /// Only with a mark, or where most of the text's sentences end without one.
    Plain,
    /// A verb made a noun: where other sentences of the text end without a mark.
    Nominal,
    /// Even without a mark.
    Polite,
}

struct Suffix {
    /// The syllables in front of the last, from the last backwards.
    rest: Vec<char>,
    ending: Option<Ending>,
}

/// The last syllables of suffixes: most words end otherwise.
static LASTS: LazyLock<Marks> = LazyLock::new(|| SUFFIXES.keys().copied().collect());

/// By the last syllable, the longest first.
static SUFFIXES: LazyLock<HashMap<char, Vec<Suffix>>> = LazyLock::new(|| {
    let mut by_last: HashMap<char, Vec<Suffix>> = HashMap::default();
    for (_, [suffix, class]) in table::rows::<2>(ENDINGS).filter_map(Result::ok) {
        let mut reversed = suffix.chars().rev();
        let Some(last) = reversed.next() else {
            continue;
        };
        by_last.entry(last).or_default().push(Suffix {
            rest: reversed.collect(),
            ending: parse(class).flatten(),
        });
    }
    for suffixes in by_last.values_mut() {
        suffixes.sort_by_key(|suffix| std::cmp::Reverse(suffix.rest.len()));
    }
    by_last
});

fn parse(class: &str) -> Option<Option<Ending>> {
    match class {
        "polite" => Some(Some(Ending::Polite)),
        "nominal" => Some(Some(Ending::Nominal)),
        "casual" => Some(Some(Ending::Casual)),
        "plain" => Some(Some(Ending::Plain)),
        "none" => Some(None),
        _ => None,
    }
}

/// How surely `word` ends a sentence, if it does.
#[must_use]
pub fn ending(word: &str) -> Option<Ending> {
    let mut reversed = word.chars().rev();
    let last = reversed.next()?;
    if !LASTS.may_hold(last) {
        return None;
    }
    let suffixes = SUFFIXES.get(&last)?;
    suffixes
        .iter()
        .find(|suffix| {
            let mut word = reversed.clone();
            suffix.rest.iter().all(|want| {
                word.next()
                    .is_some_and(|c| c == *want || closes_with(c, *want))
            })
        })
        .and_then(|suffix| suffix.ending)
}

/// Whether the syllable `c` closes with the letter `letter`.
fn closes_with(c: char, letter: char) -> bool {
    let closing = match letter {
        'ㄴ' => 4,
        'ㄹ' => 8,
        'ㅁ' => 16,
        'ㅂ' => 17,
        'ㅄ' => 18,
        'ㅆ' => 20,
        _ => return false,
    };
    matches!(c, '가'..='힣') && (c as u32 - 0xac00) % 28 == closing
}

/// Whether `word`, the first after a quotation, carries the sentence on that the quotation belongs to.
#[must_use]
pub fn carries_on(word: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
        table::rows::<1>(QUOTING)
            .filter_map(Result::ok)
            .map(|(_, [word])| word)
            .collect()
    });
    WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::{ENDINGS, Ending, QUOTING, carries_on, ending, parse};
    use crate::lexicon::table;

    #[test]
    fn the_files_are_sorted_unique_and_valid() {
        let rows: Vec<_> = table::rows::<2>(ENDINGS).collect::<Result<_, _>>().unwrap();
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        assert!(rows.iter().all(|(_, [_, class])| parse(class).is_some()));
        let rows: Vec<_> = table::rows::<1>(QUOTING).collect::<Result<_, _>>().unwrap();
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        assert!(carries_on("라고"));
    }

    #[test]
    fn the_longest_suffix_decides() {
        assert_eq!(ending("갔습니다"), Some(Ending::Polite));
        assert_eq!(ending("합니까"), Some(Ending::Polite));
        assert_eq!(ending("갔음"), Some(Ending::Nominal));
        assert_eq!(ending("필요"), None);
        assert_eq!(ending("항구"), None);
    }
}
