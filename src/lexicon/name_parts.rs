//! Words in and around the names of persons in scripts that separate words, from `data/name_parts.tsv`.

use super::index::{Index, built_index};

const DATA: &str = include_str!("data/name_parts.tsv");

static PARTS: Index = built_index!("name_parts", DATA);

/// Whether `text`, in lower case, joins the names of a list: `and`.
#[must_use]
pub fn is_joint(text: &str) -> bool {
    is(text, "joint")
}

/// Whether `word` stands inside names in lower case: `von`.
#[must_use]
pub fn is_particle(word: &str) -> bool {
    is(word, "particle")
}

/// Whether names go on with a capital right behind `word`: `Mc`.
#[must_use]
pub fn is_prefix(word: &str) -> bool {
    is(word, "prefix")
}

/// Whether the dot behind `word` belongs to it: `Dr`.
#[must_use]
pub fn is_abbreviation(word: &str) -> bool {
    is(word, "abbreviation")
}

/// Whether `word`, in lower case, follows the name of somebody who is told of or comments: `says`.
#[must_use]
pub fn is_speech(word: &str) -> bool {
    is(word, "speech")
}

/// Whether `word` leads from a name to its date or section: `on`.
#[must_use]
pub fn is_behind(word: &str) -> bool {
    is(word, "behind")
}

/// Whether `word` leads to the time of day: `um`.
#[must_use]
pub fn is_clock(word: &str) -> bool {
    is(word, "clock")
}

/// Whether `word` tells which of a family's bearers of a name is meant: `III`.
#[must_use]
pub fn is_ordinal(word: &str) -> bool {
    is(word, "ordinal")
}

/// Whether `word` follows the name of a company: `Limited`.
#[must_use]
pub fn is_company(word: &str) -> bool {
    is(word, "company")
}

fn is(text: &str, kind: &str) -> bool {
    PARTS
        .get(text)
        .is_some_and(|kinds| kinds.split(',').any(|k| k == kind))
}

#[cfg(test)]
mod tests {
    use super::{DATA, is, is_joint, is_particle, is_prefix};
    use crate::lexicon::table;

    const KINDS: [&str; 9] = [
        "abbreviation",
        "behind",
        "clock",
        "company",
        "joint",
        "ordinal",
        "particle",
        "prefix",
        "speech",
    ];

    #[test]
    fn the_file_is_sorted_and_unique_and_its_kinds_are_known() {
        let rows: Vec<_> = table::rows::<2>(DATA).collect::<Result<_, _>>().unwrap();
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        for (line, [text, kinds]) in rows {
            for kind in kinds.split(',') {
                assert!(KINDS.contains(&kind) && is(text, kind), "line {line}");
            }
        }
    }

    #[test]
    fn a_word_may_be_several_things() {
        assert!(is_joint("de") && is_particle("de") && !is_prefix("de") && is_prefix("De"));
    }
}
