//! Mailboxes that belong to no person: words such as `redaktion` and `newsdesk`, from `data/mailboxes.tsv`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::table;

const MAILBOXES: &str = include_str!("data/mailboxes.tsv");

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let rows = table::rows::<1>(MAILBOXES).flatten();
    rows.map(|(_, [word])| word).collect()
});

/// Whether `user`, what stands before the `@` of an address, names a desk and no person: `jebo24`, `news-desk`,
/// `Redaktion.Nord`.
#[must_use]
pub fn is_shared(user: &str) -> bool {
    let user = user.to_ascii_lowercase();
    let mut parts = user.split(['.', '_', '-', '+']).map(undigited);
    WORDS.contains(undigited(&user)) || parts.any(|part| WORDS.contains(part))
}

fn undigited(word: &str) -> &str {
    word.trim_end_matches(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{MAILBOXES, is_shared, table};

    #[test]
    fn the_file_is_sorted_and_in_lower_case() {
        table::sorted_lower_rows::<1>(MAILBOXES);
    }

    #[test]
    fn a_box_is_shared_by_its_words() {
        for user in ["jebo", "jebo24", "Redaktion.Nord", "news-desk", "foto_1"] {
            assert!(is_shared(user), "{user}");
        }
        for user in ["edith", "tipton", "sky", "newsom.a", "h.mailer", "12"] {
            assert!(!is_shared(user), "{user}");
        }
    }
}
