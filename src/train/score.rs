//! The program's own scorer: body F1 on shingles of four tokens.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

/// Tokens as the scoring counts them: runs of letters, digits and underscores; in scripts without spaces, each
/// character.
pub(crate) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if is_word(c) && !is_charwise(c) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take() {
            tokens.push(&text[start..at]);
        }
        if is_charwise(c) {
            tokens.push(&text[at..at + c.len_utf8()]);
        }
    }
    if let Some(start) = start {
        tokens.push(&text[start..]);
    }
    tokens
}

/// Letters and numbers by general category, and the underscore; combining vowel signs, which are alphabetic but no
/// letters, are left out.
fn is_word(c: char) -> bool {
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[\p{L}\p{N}_]$").expect("a constant pattern"));
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || c == '_'
    } else {
        c.is_alphanumeric() && WORD.is_match(c.encode_utf8(&mut [0; 4]))
    }
}

fn is_charwise(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Without what prints nothing: soft hyphens, zero-width and direction marks would cut words in two.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}'))
        .collect()
}

/// A multiset of runs of four tokens; a text with fewer is one shorter run.
pub(crate) type Shingles<'a> = HashMap<Vec<&'a str>, u32>;

/// The shingles of `tokens`.
pub(crate) fn shingles<'a>(tokens: &[&'a str]) -> Shingles<'a> {
    let mut shingles = Shingles::new();
    if tokens.is_empty() {
        return shingles;
    }
    for run in tokens.windows(4.min(tokens.len())) {
        *shingles.entry(run.to_vec()).or_default() += 1;
    }
    shingles
}

/// Precision and recall of one page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Overlap {
    /// Shingles of both.
    pub hit: u32,
    /// Shingles of the prediction.
    pub given: u32,
    /// Shingles of the gold.
    pub wanted: u32,
}

impl Overlap {
    /// Compares two texts.
    pub(crate) fn new(gold: &str, given: &str) -> Self {
        let (gold, given) = (visible(gold), visible(given));
        let (gold, given) = (tokens(&gold), tokens(&given));
        let (gold, given) = (shingles(&gold), shingles(&given));
        let hit = given
            .iter()
            .map(|(run, count)| (*count).min(gold.get(run).copied().unwrap_or(0)))
            .sum();
        Self {
            hit,
            given: given.values().sum(),
            wanted: gold.values().sum(),
        }
    }

    /// Share of the given that was wanted.
    pub(crate) fn precision(self) -> f64 {
        ratio(self.hit, self.given, self.wanted)
    }

    /// Share of the wanted that was given.
    pub(crate) fn recall(self) -> f64 {
        ratio(self.hit, self.wanted, self.given)
    }

    /// Their harmonic mean.
    pub(crate) fn f1(self) -> f64 {
        f1(self.precision(), self.recall())
    }
}

fn ratio(hit: u32, of: u32, other: u32) -> f64 {
    if of == 0 && other == 0 {
        1.0
    } else if of == 0 {
        0.0
    } else {
        f64::from(hit) / f64::from(of)
    }
}

/// The harmonic mean of precision and recall.
pub(crate) fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 {
        0.0
    } else {
        2.0 * precision * recall / (precision + recall)
    }
}

#[cfg(test)]
mod tests {
    use super::{Overlap, tokens};

    #[test]
    fn shingles_are_counted_as_the_reference_scorer_counts_them() {
        let overlap = Overlap::new("a b c d e", "a b c d x");
        assert_eq!((overlap.hit, overlap.given, overlap.wanted), (1, 2, 2));
        assert_eq!(Overlap::new("a b", "a b c").f1(), 0.0);
        assert_eq!(
            tokens("It's 3.5 한국어 말 日本"),
            ["It", "s", "3", "5", "한국어", "말", "日", "本"]
        );
    }
}
