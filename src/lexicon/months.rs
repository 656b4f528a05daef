//! Month names of many languages, from `data/months.tsv`.

use super::index::{Index, built_index};

const DATA: &str = include_str!("data/months.tsv");

static MONTHS: Index = built_index!("months", DATA);

/// First words of names of several.
static OPENERS: Index = built_index!(
    "month_openers",
    include_str!(concat!(env!("OUT_DIR"), "/month_openers.tsv"))
);

/// Whether the name of a month may go on after `word`, which is in lower case.
#[must_use]
pub fn opens(word: &str) -> bool {
    OPENERS.contains(word)
}

/// The months that `name` stands for, each with its languages.
fn months(name: &str) -> impl Iterator<Item = (u8, &'static str)> {
    MONTHS.rows(name).filter_map(|row| {
        let (month, languages) = row.split_once('\t')?;
        Some((month.parse().ok()?, languages))
    })
}

/// The month, 1 to 12, that `name` stands for: in `language` where that language has the name, else in whichever
/// has it. `name` is in lower case without full stops.
#[must_use]
pub fn month(name: &str, language: &str) -> Option<u8> {
    if !MONTHS.contains(name) {
        return None;
    }
    months(name)
        .find(|(_, languages)| speaks(languages, language))
        .or_else(|| months(name).max_by_key(|(_, languages)| languages.len()))
        .map(|(month, _)| month)
}

/// Whether the month name is one of `language`'s.
#[must_use]
pub fn is_of(name: &str, language: &str) -> bool {
    months(name).any(|(_, languages)| speaks(languages, language))
}

fn speaks(languages: &str, language: &str) -> bool {
    languages.split(',').any(|tag| tag == language)
}

#[cfg(test)]
mod tests {
    use super::{DATA, month};
    use crate::lexicon::table;

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        let rows: Vec<_> = table::rows::<3>(DATA).collect::<Result<_, _>>().unwrap();
        assert!(rows.len() > 1000);
        for pair in rows.windows(2) {
            let key =
                |row: &(usize, [&'static str; 3])| (row.1[0], row.1[1].parse::<u8>().unwrap());
            assert!(key(&pair[0]) < key(&pair[1]), "line {}", pair[1].0);
        }
        for (line, [name, month, _]) in rows {
            assert!(
                !name.contains('.') && name == name.to_lowercase(),
                "line {line}"
            );
            assert!(
                (1..=12).contains(&month.parse::<u8>().unwrap()),
                "line {line}"
            );
        }
    }

    #[test]
    fn a_name_of_two_months_is_read_by_the_language() {
        assert_eq!(month("listopada", "hr"), Some(10));
        assert_eq!(month("listopada", "pl"), Some(11));
        assert_eq!(month("märz", "und"), Some(3));
        assert_eq!(month("monday", "en"), None);
    }
}
