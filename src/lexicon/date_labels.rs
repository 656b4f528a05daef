//! Words that tell a date of publication from a date of change, from `data/date_labels.tsv`.

use super::pairs::{NOTHING, Pairs, built_pairs, pair_hash};

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

/// With the number of their kind.
static LABELS: Pairs = built_pairs!("date_labels");

/// By the number that the build script gives them.
const KINDS: [DateLabel; 3] = [DateLabel::Published, DateLabel::Modified, DateLabel::Other];

/// The labels in `text`, which is in lower case, in order: kind, first byte, one past the last byte. A label in a
/// script with spaces counts as a whole word only.
#[must_use]
pub fn find(text: &str) -> Vec<(DateLabel, usize, usize)> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let second = chars.peek().map_or(NOTHING, |(_, c)| *c);
        let Some((label, kind)) = longest(&text[start..], first, second) else {
            continue;
        };
        let end = start + label.len();
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let last = label.chars().next_back();
        if !glued(before, Some(first)) && !glued(last, after) {
            found.push((KINDS[usize::from(kind)], start, end));
        }
        while chars.next_if(|(at, _)| *at < end).is_some() {}
    }
    found
}

/// The longest label that `text` begins with, which begins with these two characters.
fn longest(text: &str, first: char, second: char) -> Option<(&'static str, u16)> {
    LABELS
        .of(pair_hash(first, second), text)
        .chain(LABELS.of(pair_hash(first, NOTHING), text))
        .filter(|(label, _)| text.starts_with(label))
        .max_by_key(|(label, _)| label.len())
}

/// Whether `word`, in lower case, is a label.
#[must_use]
pub fn is_label(word: &str) -> bool {
    let mut chars = word.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return false;
    };
    longest(word, first, second.unwrap_or(NOTHING)).is_some_and(|(label, _)| label == word)
}

/// Whether two neighbouring characters belong to one word of a script that separates its words.
fn glued(a: Option<char>, b: Option<char>) -> bool {
    let spaced = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}');
    spaced(a) && spaced(b)
}

#[cfg(test)]
mod tests {
    use super::{DateLabel, find};
    use crate::lexicon::table;

    const DATA: &str = include_str!("data/date_labels.tsv");

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        let rows: Vec<_> = table::rows::<3>(DATA).collect::<Result<_, _>>().unwrap();
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        for (line, [phrase, name, _]) in rows {
            let found = find(phrase);
            assert_eq!(found.len(), 1, "line {line}");
            let kind = format!("{:?}", found[0].0).to_lowercase();
            assert_eq!(
                (kind.as_str(), found[0].2),
                (name, phrase.len()),
                "line {line}"
            );
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
