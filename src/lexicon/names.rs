//! Names of persons, and words that are not part of one, from `data/names.tsv` and `data/not_names.tsv`.

use super::index::{Index, built_index};

const NAMES: &str = include_str!("data/names.tsv");
const NOT_NAMES: &str = include_str!("data/not_names.tsv");

static TABLE: Index = built_index!("names", NAMES);
static STOPS: Index = built_index!("not_names", NOT_NAMES);

/// Whether `name`, in lower case, is a given name.
#[must_use]
pub fn is_given(name: &str) -> bool {
    TABLE
        .rows(name)
        .any(|kind| matches!(kind, "given" | "rare"))
}

/// Whether `name`, in lower case, is a common given name; many rarer ones are family names oftener.
#[must_use]
pub fn is_common(name: &str) -> bool {
    TABLE.rows(name).any(|kind| kind == "given")
}

/// Whether `name`, in lower case, is a common family name of a language whose words stand apart.
#[must_use]
pub fn is_family(name: &str) -> bool {
    TABLE.rows(name).any(|kind| kind == "family")
}

/// The characters of the longest surname of `language` (`ko`, `zh` or `ja`) that `name` begins with; 0 for none.
#[must_use]
pub fn surname(name: &str, language: &str) -> usize {
    name.char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(3)
        .enumerate()
        .filter(|(_, end)| TABLE.rows(&name[..*end]).any(|kind| kind == language))
        .map(|(count, _)| count + 1)
        .last()
        .unwrap_or(0)
}

/// All names whose scripts have capitals, each as often as it has kinds.
#[cfg(feature = "train")]
pub(crate) fn of_persons() -> impl Iterator<Item = &'static str> {
    let rows = super::table::rows::<2>(NAMES).filter_map(Result::ok);
    rows.filter(|(_, [_, kind])| matches!(*kind, "given" | "rare" | "family"))
        .map(|(_, [name, _])| name)
}

/// Whether `word`, in lower case, is no part of a name.
#[must_use]
pub fn is_stop(word: &str) -> bool {
    STOPS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, NOT_NAMES, is_given, is_stop, surname};
    use crate::lexicon::table;

    #[test]
    fn the_files_are_sorted_unique_and_lower_case() {
        let names: Vec<_> = table::rows::<2>(NAMES).collect::<Result<_, _>>().unwrap();
        for pair in names.windows(2) {
            assert!(pair[0].1 < pair[1].1, "line {}", pair[1].0);
        }
        let stops: Vec<_> = table::rows::<1>(NOT_NAMES)
            .collect::<Result<_, _>>()
            .unwrap();
        for pair in stops.windows(2) {
            assert!(pair[0].1 < pair[1].1, "line {}", pair[1].0);
        }
    }

    #[test]
    fn the_longest_surname_counts() {
        assert_eq!(surname("남궁민수", "ko"), 2);
        assert_eq!(surname("김민수", "ko"), 1);
        assert_eq!(surname("佐々木一郎", "ja"), 3);
        assert_eq!(surname("기자", "zh"), 0);
        assert!(is_given("anna") && is_stop("newsletter"));
    }
}
