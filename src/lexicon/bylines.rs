//! Words around the name of an author, from `data/byline_cues.tsv` and `data/job_titles.tsv`.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

use super::index::{Index, built_index};
use super::marks::Marks;
use super::table;

const CUES: &str = include_str!("data/byline_cues.tsv");
const TITLES: &str = include_str!("data/job_titles.tsv");

/// What a cue says of the person named after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// The author.
    Author,
    /// Somebody else: a photographer, an editor, a contact, who published a book.
    Other,
}

static BEFORE: Index = built_index!("byline_cues", CUES);
static ENDS: Index = built_index!(
    "byline_cue_ends",
    include_str!(concat!(env!("OUT_DIR"), "/byline_cue_ends.tsv"))
);
static LAST_WORDS: Index = built_index!(
    "byline_cue_words",
    include_str!(concat!(env!("OUT_DIR"), "/byline_cue_words.tsv"))
);
static ROLES: Index = built_index!("job_titles", TITLES);

static KOREAN_TITLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| titles_of("ko"));
static CHINESE_TITLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| titles_of("zh"));
static JAPANESE_TITLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| titles_of("ja"));

/// What `phrase`, in lower case, says of the name after it.
#[must_use]
pub fn cue(phrase: &str) -> Option<Cue> {
    let (kind, _) = BEFORE.get(phrase)?.split_once('\t')?;
    Some(if kind == "author" {
        Cue::Author
    } else {
        Cue::Other
    })
}

/// Whether `phrase`, in lower case, labels data of a book: `publisher`. Who is named among such lines wrote that book.
#[must_use]
pub fn is_of_work(phrase: &str) -> bool {
    BEFORE
        .get(phrase)
        .is_some_and(|row| row.starts_with("work\t"))
}

/// Whether `phrase` is a cue in `language`.
#[must_use]
pub fn is_cue_of(phrase: &str, language: &str) -> bool {
    BEFORE
        .get(phrase)
        .and_then(|row| row.split_once('\t'))
        .is_some_and(|(_, languages)| languages.split(',').any(|tag| tag == language))
}

/// Whether `phrase`, in lower case, is what a person who writes for news is called.
#[must_use]
pub fn is_title(phrase: &str) -> bool {
    ROLES.contains(phrase)
}

/// The Korean titles that begin with `c`, each with its place among all of them, the longest of which comes first.
#[must_use]
pub fn korean_titles(c: char) -> &'static [(usize, &'static str)] {
    type Titles = Vec<(usize, &'static str)>;
    static BY_FIRST: LazyLock<FxHashMap<char, Titles>> = LazyLock::new(|| {
        let mut titles: FxHashMap<char, Titles> = FxHashMap::default();
        for (place, title) in glued_titles("ko").iter().enumerate() {
            if let Some(first) = title.chars().next() {
                titles.entry(first).or_default().push((place, title));
            }
        }
        titles
    });
    static FIRSTS: LazyLock<Marks> = LazyLock::new(|| BY_FIRST.keys().copied().collect());
    if !FIRSTS.may_hold(c) {
        return &[];
    }
    BY_FIRST.get(&c).map_or(&[], Vec::as_slice)
}

/// Whether a cue may end as `text` does, which is in lower case: by their last three characters.
#[must_use]
pub fn may_end_cue(text: &str) -> bool {
    let end = text.char_indices().rev().nth(2);
    end.is_none_or(|(at, _)| ENDS.contains(&text[at..]))
}

/// Whether a cue may end in `word`, which is in lower case and has a space, a mark or nothing before it.
#[must_use]
pub fn is_last_word(word: &str) -> bool {
    LAST_WORDS.contains(word)
}

/// The titles of Korean (`ko`), Chinese (`zh`) or Japanese (`ja`), longest first; they stand glued to names.
#[must_use]
pub fn glued_titles(language: &str) -> &'static [&'static str] {
    match language {
        "ko" => &KOREAN_TITLES,
        "zh" => &CHINESE_TITLES,
        "ja" => &JAPANESE_TITLES,
        _ => &[],
    }
}

fn titles_of(language: &str) -> Vec<&'static str> {
    let mut titles: Vec<_> = table::rows::<2>(TITLES)
        .flatten()
        .filter(|(_, [_, languages])| languages.split(',').any(|tag| tag == language))
        .map(|(_, [title, _])| title)
        .collect();
    titles.sort_by_key(|title| (std::cmp::Reverse(title.len()), *title));
    titles
}

#[cfg(test)]
mod tests {
    use super::{
        CUES, Cue, TITLES, cue, glued_titles, is_cue_of, is_last_word, is_title, may_end_cue, table,
    };

    #[test]
    fn the_files_are_sorted_unique_and_lower_case() {
        let cues: Vec<_> = table::rows::<3>(CUES).collect::<Result<_, _>>().unwrap();
        assert!(cues.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        for (line, [word, kind, _]) in cues {
            assert!(
                word == word.to_lowercase() && matches!(kind, "author" | "other" | "work"),
                "line {line}"
            );
            assert!(may_end_cue(word) && is_last_word(word), "line {line}");
            assert!(
                word.split(' ')
                    .all(|last| !word.ends_with(last) || is_last_word(last))
            );
        }
        let titles: Vec<_> = table::rows::<2>(TITLES).collect::<Result<_, _>>().unwrap();
        assert!(titles.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
    }

    #[test]
    fn a_photographer_is_no_author() {
        assert_eq!(cue("photo by"), Some(Cue::Other));
        assert_eq!(cue("von"), Some(Cue::Author));
        assert!(!may_end_cue("seldom") && may_end_cue("om"));
        assert!(is_cue_of("von", "de") && is_title("특파원"));
        assert!(glued_titles("ko")[0].len() >= "전문기자".len());
    }
}
