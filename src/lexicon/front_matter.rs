//! The names of the fields that scrapers write above a text, from `data/front_matter.tsv`.

use super::index::{Index, built_index};

const DATA: &str = include_str!("data/front_matter.tsv");

/// The longest key that is looked up, in bytes.
pub const LONGEST: usize = 48;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The headline.
    Title,
    /// A line that sums the story up.
    Standfirst,
    /// Who wrote it.
    Author,
    /// When it was published.
    Published,
    /// When it was last changed.
    Modified,
    /// Who published it.
    Outlet,
    /// Where it was found: an address, or a host.
    Url,
    /// The section.
    Section,
    /// The text itself follows.
    Body,
    /// What the record has no use for.
    Other,
}

static ROWS: Index = built_index!("front_matter", DATA);

fn named(field: &str) -> Option<Field> {
    Some(match field {
        "title" => Field::Title,
        "standfirst" => Field::Standfirst,
        "author" => Field::Author,
        "published" => Field::Published,
        "modified" => Field::Modified,
        "outlet" => Field::Outlet,
        "url" => Field::Url,
        "section" => Field::Section,
        "body" => Field::Body,
        "other" => Field::Other,
        _ => return None,
    })
}

/// What the field `key` holds; case, `_` and `-` make no difference.
#[must_use]
pub fn field(key: &str) -> Option<Field> {
    if key.len() > LONGEST {
        return None;
    }
    let spaced = key.to_lowercase().replace(['_', '-'], " ");
    named(ROWS.get(&spaced)?)
}

/// Whether a value says that there is none: `None`, `n/a`, `없음`.
#[must_use]
pub fn is_nothing(value: &str) -> bool {
    value.len() <= LONGEST && ROWS.get(&value.to_lowercase()) == Some("nothing")
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::{DATA, Field, LONGEST, field, is_nothing, named};

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        for (line, [key, kind]) in table::sorted_lower_rows::<2>(DATA) {
            assert!(named(kind).is_some() || kind == "nothing", "line {line}");
            assert!(key.len() <= LONGEST, "line {line}");
        }
    }

    #[test]
    fn keys_are_known_in_any_spelling() {
        for (key, want) in [
            ("Title", Some(Field::Title)),
            ("date_published", Some(Field::Published)),
            ("DatePublished", Some(Field::Published)),
            ("제목", Some(Field::Title)),
            ("Tags", Some(Field::Other)),
            ("none", None),
            ("Olaf Brandt", None),
        ] {
            assert_eq!(field(key), want, "{key}");
        }
        assert!(is_nothing("None") && is_nothing("없음") && !is_nothing("Nonette"));
    }
}
