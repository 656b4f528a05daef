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
    Owner,
    /// Nothing: it says that rights are reserved.
    Reserved,
    /// Nothing: it makes a line with the mark of rights a picture's credit.
    Picture,
    /// The mark behind a story's last word.
    End,
    /// The mark before or behind a note of the editors.
    Editor,
    /// The label of a box that sums the story up.
    Summary,
}

/// The phrases of each kind, in the order of the kinds.
static ROWS: LazyLock<[Vec<&'static str>; 8]> = LazyLock::new(|| {
    let mut kinds = [const { Vec::new() }; 8];
    for (_, [phrase, kind]) in table::rows::<2>(DATA).flatten() {
        if let Some(kind) = notice(kind) {
            kinds[kind as usize].push(phrase);
        }
    }
    kinds
});

fn notice(kind: &str) -> Option<Notice> {
    Some(match kind {
        "home" => Notice::Home,
        "correction" => Notice::Correction,
        "owner" => Notice::Owner,
        "reserved" => Notice::Reserved,
        "picture" => Notice::Picture,
        "end" => Notice::End,
        "editor" => Notice::Editor,
        "summary" => Notice::Summary,
        _ => return None,
    })
}

/// The phrases of one kind, in lower case.
pub fn phrases(kind: Notice) -> impl Iterator<Item = &'static str> {
    ROWS[kind as usize].iter().copied()
}

/// Whether `text`, in any case, is the first step of a breadcrumb: `Startseite`.
#[must_use]
pub fn is_home(text: &str) -> bool {
    let lower = text.to_lowercase();
    phrases(Notice::Home).any(|phrase| phrase == lower)
}

/// The phrases of ASCII that tell of rights.
static RIGHTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    phrases(Notice::Owner)
        .chain(phrases(Notice::Reserved))
        .filter(|phrase| phrase.is_ascii())
        .collect()
});

/// Whether a phrase that opens a copyright notice or says that rights are reserved may stand in `text`, in any case: in a
/// text of ASCII all letters of one have to.
#[must_use]
pub fn may_hold_rights(text: &str) -> bool {
    if !text.is_ascii() {
        return true;
    }
    let mut held = [false; 128];
    for byte in text.bytes() {
        held[usize::from(byte.to_ascii_lowercase() & 0x7f)] = true;
    }
    let holds = |byte: u8| held[usize::from(byte & 0x7f)];
    RIGHTS.iter().any(|phrase| phrase.bytes().all(holds))
}

/// Whether `text`, in lower case, begins with a phrase of one kind.
#[must_use]
pub fn opens(kind: Notice, text: &str) -> bool {
    let first = text.as_bytes().first();
    phrases(kind).any(|phrase| phrase.as_bytes().first() == first && text.starts_with(phrase))
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
