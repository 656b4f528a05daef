//! Phrases that open notices of a page about itself, from `data/notices.tsv`.

use std::sync::LazyLock;

use super::table;

const DATA: &str = include_str!("data/notices.tsv");

/// What a phrase opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The first step of a breadcrumb.
    Home,
    /// A printed correction.
    Correction,
    /// A copyright notice.
    Copyright,
}

static ROWS: LazyLock<Vec<(&'static str, Notice)>> = LazyLock::new(|| {
    table::rows::<2>(DATA)
        .flatten()
        .filter_map(|(_, [phrase, kind])| Some((phrase, notice(kind)?)))
        .collect()
});

fn notice(kind: &str) -> Option<Notice> {
    Some(match kind {
        "home" => Notice::Home,
        "correction" => Notice::Correction,
        "copyright" => Notice::Copyright,
        _ => return None,
    })
}

/// The phrases of one kind, in lower case.
pub fn phrases(kind: Notice) -> impl Iterator<Item = &'static str> {
    ROWS.iter()
        .filter(move |row| row.1 == kind)
        .map(|row| row.0)
}

#[cfg(test)]
mod tests {
    use super::{DATA, Notice, notice, phrases, table};

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        for (line, [phrase, kind]) in table::sorted_lower_rows::<2>(DATA) {
            assert!(notice(kind).is_some(), "line {line}: {phrase}");
        }
        assert!(phrases(Notice::Home).any(|phrase| phrase == "home"));
    }
}
