//! Words that tell a date of publication from a date of change, from `data/date_labels.tsv`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::table;

const DATA: &str = include_str!("data/date_labels.tsv");

/// What a label says of the date beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateLabel {
    /// The date of publication.
    Published,
    /// The date of the last change.
    Modified,
    /// The date of something else.
    Other,
}

struct Labels {
    automaton: AhoCorasick,
    kinds: Vec<DateLabel>,
}

static LABELS: LazyLock<Option<Labels>> = LazyLock::new(|| {
    let rows: Vec<[&str; 3]> = table::rows::<3>(DATA)
        .filter_map(|row| row.ok().map(|(_, row)| row))
        .collect();
    let automaton = AhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(rows.iter().map(|row| row[0]))
        .ok()?;
    let kinds = rows
        .iter()
        .filter_map(|row| kind(row[1]))
        .collect::<Vec<_>>();
    (kinds.len() == rows.len()).then_some(Labels { automaton, kinds })
});

fn kind(name: &str) -> Option<DateLabel> {
    Some(match name {
        "published" => DateLabel::Published,
        "modified" => DateLabel::Modified,
        "other" => DateLabel::Other,
        _ => return None,
    })
}

/// The labels in `text`, which is in lower case, in order: kind, first byte, one past the last byte. A label in a
/// script with spaces counts as a whole word only.
#[must_use]
pub fn find(text: &str) -> Vec<(DateLabel, usize, usize)> {
    let Some(labels) = LABELS.as_ref() else {
        return Vec::new();
    };
    labels
        .automaton
        .find_iter(text)
        .filter(|found| {
            let before = text[..found.start()].chars().next_back();
            let after = text[found.end()..].chars().next();
            let first = text[found.start()..].chars().next();
            let last = text[..found.end()].chars().next_back();
            !glued(before, first) && !glued(last, after)
        })
        .map(|found| (labels.kinds[found.pattern()], found.start(), found.end()))
        .collect()
}

/// Whether `word`, in lower case, is a label.
#[must_use]
pub fn is_label(word: &str) -> bool {
    matches!(find(word).as_slice(), [(_, 0, end)] if *end == word.len())
}

/// Whether two neighbouring characters belong to one word of a script that separates its words.
fn glued(a: Option<char>, b: Option<char>) -> bool {
    let spaced = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}');
    spaced(a) && spaced(b)
}

#[cfg(test)]
mod tests {
    use super::{DATA, DateLabel, find, kind, table};

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        let rows: Vec<_> = table::rows::<3>(DATA).collect::<Result<_, _>>().unwrap();
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        for (line, [phrase, name, _]) in rows {
            assert!(kind(name).is_some(), "line {line}");
            assert_eq!(phrase, phrase.to_lowercase(), "line {line}");
        }
    }

    #[test]
    fn a_label_is_a_whole_word() {
        assert_eq!(find("unpublished"), []);
        assert_eq!(find("published:")[0].0, DateLabel::Published);
        assert_eq!(find("기사입력 2020 최종수정")[1].0, DateLabel::Modified);
    }
}
