//! Words around the name of an author, from `data/byline_cues.tsv` and `data/job_titles.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table;

const CUES: &str = include_str!("data/byline_cues.tsv");
const TITLES: &str = include_str!("data/job_titles.tsv");

type Table = HashMap<&'static str, &'static str>;

fn load(data: &'static str) -> Table {
    table::rows::<2>(data)
        .filter_map(|row| row.ok().map(|(_, [word, languages])| (word, languages)))
        .collect()
}

static BEFORE: LazyLock<Table> = LazyLock::new(|| load(CUES));
static ROLES: LazyLock<Table> = LazyLock::new(|| load(TITLES));

/// Whether `phrase`, in lower case, stands before the name of an author in some language.
#[must_use]
pub fn is_cue(phrase: &str) -> bool {
    BEFORE.contains_key(phrase)
}

/// Whether `phrase` is a cue in `language`.
#[must_use]
pub fn is_cue_of(phrase: &str, language: &str) -> bool {
    BEFORE
        .get(phrase)
        .is_some_and(|languages| languages.split(',').any(|tag| tag == language))
}

/// Whether `phrase`, in lower case, is what a person who writes for news is called.
#[must_use]
pub fn is_title(phrase: &str) -> bool {
    ROLES.contains_key(phrase)
}

/// The titles of `language`, longest first.
#[must_use]
pub fn titles_of(language: &str) -> Vec<&'static str> {
    let mut titles: Vec<_> = ROLES
        .iter()
        .filter(|(_, languages)| languages.split(',').any(|tag| tag == language))
        .map(|(title, _)| *title)
        .collect();
    titles.sort_by_key(|title| (std::cmp::Reverse(title.len()), *title));
    titles
}

#[cfg(test)]
mod tests {
    use super::{CUES, TITLES, is_cue_of, is_title, table, titles_of};

    #[test]
    fn the_files_are_sorted_unique_and_lower_case() {
        for data in [CUES, TITLES] {
            let rows: Vec<_> = table::rows::<2>(data).collect::<Result<_, _>>().unwrap();
            assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
            assert!(rows.iter().all(|(_, [word, _])| *word == word.to_lowercase()));
        }
        assert!(is_cue_of("von", "de") && is_title("특파원"));
        assert!(titles_of("ko")[0].len() >= "전문기자".len());
    }
}
