//! News agencies as bylines print them, from `data/agencies.tsv`.

use super::index::{Index, built_index};

const DATA: &str = include_str!("data/agencies.tsv");

/// The longest name, in bytes.
const LONGEST: usize = 48;

static NAMES: Index = built_index!("agencies", DATA);

/// Whether `name`, in any case, is a news agency.
#[must_use]
pub fn is_agency(name: &str) -> bool {
    name.len() <= LONGEST && NAMES.contains(&name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{DATA, LONGEST, is_agency};
    use crate::lexicon::table;

    #[test]
    fn the_file_is_sorted_unique_and_lower_case() {
        let rows: Vec<_> = table::rows::<1>(DATA).collect::<Result<_, _>>().unwrap();
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        for (line, [name]) in rows {
            assert_eq!(name, name.to_lowercase(), "line {line}");
            assert!(is_agency(name) && name.len() <= LONGEST, "line {line}");
        }
    }
}
