//! What people are who sign a Korean story: endings of words such as `도시사회학자`, from `data/callings_ko.tsv`.

use std::sync::LazyLock;

use super::table;

const CALLINGS: &str = include_str!("data/callings_ko.tsv");

/// Endings of a kind.
fn endings(kind: &str) -> Vec<&'static str> {
    table::rows::<2>(CALLINGS)
        .flatten()
        .filter(|(_, [_, of])| *of == kind)
        .map(|(_, [ending, _])| ending)
        .collect()
}

static GUESTS: LazyLock<Vec<&str>> = LazyLock::new(|| endings("guest"));
static REPORTERS: LazyLock<Vec<&str>> = LazyLock::new(|| endings("reporter"));
static ABROAD: LazyLock<Vec<&str>> = LazyLock::new(|| endings("abroad"));
static DESKS: LazyLock<Vec<&str>> = LazyLock::new(|| endings("desk"));

fn any(endings: &[&str], word: &str) -> bool {
    endings.iter().any(|ending| word.ends_with(ending))
}

/// Whether the word is a calling: of a guest or of somebody of the outlet.
#[must_use]
pub fn ends_in_one(word: &str) -> bool {
    any(&GUESTS, word) || is_reporter(word)
}

/// Whether the word says that somebody reports for the outlet; several may share it.
#[must_use]
pub fn is_reporter(word: &str) -> bool {
    any(&REPORTERS, word) || is_abroad(word)
}

/// Whether the word says that somebody reports from abroad.
#[must_use]
pub fn is_abroad(word: &str) -> bool {
    any(&ABROAD, word)
}

/// Whether the word is a desk of the outlet: `사회부`.
#[must_use]
pub fn is_desk(word: &str) -> bool {
    DESKS
        .iter()
        .any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{CALLINGS, table};

    #[test]
    fn the_file_is_sorted_and_unique() {
        let rows: Vec<_> = table::rows::<2>(CALLINGS)
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        let kinds = ["abroad", "desk", "guest", "reporter"];
        assert!(rows.iter().all(|(_, [_, kind])| kinds.contains(kind)));
    }
}
