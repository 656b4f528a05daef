//! Words by which captions and credits are told: `data/captions.tsv`.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use super::table;
use crate::document::lower;

const DATA: &str = include_str!("data/captions.tsv");

/// The longest word of the lexicon, in characters.
pub const LONGEST: usize = 24;

/// Where a word of captions stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It opens a credit, as `Photo` and `사진`.
    Open,
    /// It opens a caption, as `사진설명`.
    Describe,
    /// It closes a credit, as `제공`.
    Close,
    /// It is a credit by itself, as the name of an agency.
    Agency,
    /// It reserves rights behind a credit, as `재판매 및 DB 금지`.
    Rights,
}

static WORDS: LazyLock<HashMap<&'static str, Place>> = LazyLock::new(|| {
    table::rows::<2>(DATA)
        .filter_map(Result::ok)
        .filter_map(|(_, [word, place])| Some((word, parse(place)?)))
        .collect()
});

/// What tells most words without a look at the table: marks of first characters, and the length of the longest one.
static FIRSTS: LazyLock<([bool; 256], usize)> = LazyLock::new(|| {
    let mut firsts = [false; 256];
    for first in WORDS.keys().filter_map(|word| word.chars().next()) {
        firsts[mark(first)] = true;
    }
    (
        firsts,
        WORDS.keys().map(|word| word.len()).max().unwrap_or(0),
    )
});

fn mark(first: char) -> usize {
    (first as usize ^ first as usize >> 8) & 255
}

fn parse(place: &str) -> Option<Place> {
    match place {
        "open" => Some(Place::Open),
        "describe" => Some(Place::Describe),
        "close" => Some(Place::Close),
        "agency" => Some(Place::Agency),
        "rights" => Some(Place::Rights),
        _ => None,
    }
}

/// Whether a word of captions may begin as `text` does.
#[must_use]
pub fn may_begin(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let lower = if first.is_ascii() {
        Some(first.to_ascii_lowercase())
    } else {
        first.to_lowercase().next()
    };
    let (firsts, _) = &*FIRSTS;
    firsts[mark(first)] || lower.is_some_and(|lower| firsts[mark(lower)])
}

/// Where `word` stands in captions; upper and lower case are one.
#[must_use]
pub fn place(word: &str) -> Option<Place> {
    // A character may be longer in upper case, but not by more than a byte.
    let (_, longest) = &*FIRSTS;
    if word.len() > 2 * longest || !may_begin(word) {
        return None;
    }
    if let Some(place) = WORDS.get(word) {
        return Some(*place);
    }
    let is_lower = |c| matches!(c, ' '..='@' | 'a'..='z' | '가'..='힣');
    if word.chars().all(is_lower) {
        return None;
    }
    WORDS.get(&*lower(word)).copied()
}

/// `credit` without the words that reserve rights at its end.
#[must_use]
pub fn without_rights(credit: &str) -> &str {
    static CLAUSES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let words = WORDS.iter().filter(|(_, place)| **place == Place::Rights);
        words.map(|(word, _)| *word).collect()
    });
    let ends = |clause: &&&str| {
        let at = credit.len().checked_sub(clause.len());
        let end = at.and_then(|at| credit.get(at..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(clause))
    };
    match CLAUSES.iter().find(ends) {
        Some(clause) => {
            credit[..credit.len() - clause.len()].trim_end_matches([' ', '.', ',', '*'])
        }
        None => credit,
    }
}

/// The words that close a credit.
pub fn closers() -> impl Iterator<Item = &'static str> {
    static CLOSERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut closers: Vec<_> = WORDS
            .iter()
            .filter(|(_, place)| **place == Place::Close)
            .map(|(word, _)| *word)
            .collect();
        closers.sort_unstable();
        closers
    });
    CLOSERS.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::{DATA, LONGEST, Place, parse, place};
    use crate::lexicon::table;

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        for (line, [word, kind]) in table::sorted_lower_rows::<2>(DATA) {
            assert!(parse(kind).is_some(), "line {line}: {kind}");
            assert!(word.chars().count() <= LONGEST, "line {line}");
        }
        assert_eq!(place("Getty Images"), Some(Place::Agency));
    }
}
