//! Month names of many languages, from `data/months.tsv`.

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use super::table;

const DATA: &str = include_str!("data/months.tsv");

/// A name and the month it stands for in some languages.
#[derive(Clone, Copy, Debug)]
struct Entry {
    month: u8,
    languages: &'static str,
}

static MONTHS: LazyLock<HashMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut months: HashMap<&'static str, Vec<Entry>> =
        HashMap::with_capacity_and_hasher(2048, rustc_hash::FxBuildHasher);
    for (_, [name, month, languages]) in table::rows::<3>(DATA).flatten() {
        if let Ok(month) = month.parse() {
            months
                .entry(name)
                .or_default()
                .push(Entry { month, languages });
        }
    }
    months
});

/// The month, 1 to 12, that `name` stands for: in `language` where that language has the name, else in whichever
/// has it. `name` is in lower case without full stops.
#[must_use]
pub fn month(name: &str, language: &str) -> Option<u8> {
    let entries = MONTHS.get(name)?;
    entries
        .iter()
        .find(|entry| speaks(entry.languages, language))
        .or_else(|| entries.iter().max_by_key(|entry| entry.languages.len()))
        .map(|entry| entry.month)
}

/// Whether the month name is one of `language`'s.
#[must_use]
pub fn is_of(name: &str, language: &str) -> bool {
    MONTHS.get(name).is_some_and(|entries| {
        entries
            .iter()
            .any(|entry| speaks(entry.languages, language))
    })
}

fn speaks(languages: &str, language: &str) -> bool {
    languages.split(',').any(|tag| tag == language)
}

#[cfg(test)]
mod tests {
    use super::{DATA, month, table};

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
