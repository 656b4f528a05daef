//! Words of the numbered lines that part the documents of a dump: `data/numbering.tsv`.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use super::table;

const DATA: &str = include_str!("data/numbering.tsv");

static NOUNS: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    table::rows::<2>(DATA)
        .filter_map(Result::ok)
        .map(|(_, [word, kind])| (word, kind == "noun"))
        .collect()
});

/// Whether `word`, in lower case, names what is counted (`document`); `None` if it is no word of such a line.
#[must_use]
pub fn is_noun(word: &str) -> Option<bool> {
    NOUNS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::{DATA, is_noun};
    use crate::lexicon::table;

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        for (line, [word, kind]) in table::sorted_lower_rows::<2>(DATA) {
            assert!(
                matches!(kind, "noun" | "link"),
                "line {line}: {word} {kind}"
            );
        }
        assert_eq!(is_noun("document"), Some(true));
        assert_eq!(is_noun("bridge"), None);
    }
}
