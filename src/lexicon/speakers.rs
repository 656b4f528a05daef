//! Words that name a speaker's part: `data/speakers.tsv`.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use super::table;

const DATA: &str = include_str!("data/speakers.tsv");

/// How much a speaker's word says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A part in a broadcast script, such as `앵커`.
    Role,
    /// A side of an interview, such as `Q`.
    QuestionOrAnswer,
    /// A word that opens the last line a reporter speaks, such as `지금까지`.
    SignOff,
}

/// What a reporter's outlet ends in where it stands before the name: `새벽 뉴스 한가람입니다.`
pub const NEWS: &str = "뉴스";

static PARTS: LazyLock<HashMap<&'static str, Part>> = LazyLock::new(|| {
    table::rows::<2>(DATA)
        .filter_map(Result::ok)
        .map(|(_, [word, kind])| {
            let part = match kind {
                "role" => Part::Role,
                "sign-off" => Part::SignOff,
                _ => Part::QuestionOrAnswer,
            };
            (word, part)
        })
        .collect()
});

/// What `word`, printed without white space, says of who speaks.
#[must_use]
pub fn part(word: &str) -> Option<Part> {
    PARTS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::{DATA, Part, part};
    use crate::lexicon::table;

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        for (line, [word, kind]) in table::sorted_rows::<2>(DATA) {
            assert!(
                matches!(kind, "role" | "qa" | "sign-off"),
                "line {line}: {kind}"
            );
            assert!(!word.contains(char::is_whitespace), "line {line}");
        }
        assert_eq!(part("앵커"), Some(Part::Role));
    }
}
