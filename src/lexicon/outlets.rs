//! News outlets, from `data/outlets.tsv`; mail providers and home zones of languages, from the files beside it.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::{LazyLock, OnceLock};

use super::hash::outlet_key as key;
use super::index::{Index, built_index};
use super::table;

const DATA: &str = include_str!("data/outlets.tsv");
const FREE_MAIL: &str = include_str!("data/free_mail.tsv");
const HOMES: &str = include_str!("data/home_zones.tsv");
const ENDINGS: &str = include_str!("data/outlet_endings.tsv");
const WORDS: &str = include_str!("data/outlet_words.tsv");
const LABELS: &str = include_str!("data/outlet_labels.tsv");

/// Letters of the shortest word by whose end a compound is known.
const COMPOUND: usize = 6;

/// A news outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// As it calls itself.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2, lower case; empty for international ones.
    pub country: &'static str,
    /// Of the tz database; empty where unknown.
    pub zone: &'static str,
    /// BCP 47.
    pub language: &'static str,
}

#[derive(Default)]
struct Table {
    outlets: Vec<Outlet>,
    names: HashMap<String, u32>,
    domains: HashMap<&'static str, u32>,
}

/// Where the row of the shipped outlet begins that goes by a name or owns a domain.
static NAMES: Index = built_index!(
    "outlet_names",
    include_str!(concat!(env!("OUT_DIR"), "/outlet_names.tsv"))
);
static DOMAINS: Index = built_index!(
    "outlet_domains",
    include_str!(concat!(env!("OUT_DIR"), "/outlet_domains.tsv"))
);
/// The zone of each country whose outlets share one.
static ZONES: Index = built_index!(
    "country_zones",
    include_str!(concat!(env!("OUT_DIR"), "/country_zones.tsv"))
);

/// The shipped outlet whose row begins at this offset.
fn shipped(offset: &str) -> Option<Outlet> {
    let row = DATA.get(offset.parse().ok()?..)?.lines().next()?;
    let mut columns = row.split('\t');
    let name = columns.next()?;
    let mut columns = columns.skip(2);
    Some(Outlet {
        name,
        country: columns.next()?,
        zone: columns.next()?,
        language: columns.next()?,
    })
}

/// The user's own outlets, and the text they were read from.
static USER: OnceLock<(&'static str, Table)> = OnceLock::new();

impl Table {
    /// # Errors
    /// What is wrong with the text, with its line.
    fn read(text: &'static str) -> Result<Self, String> {
        let mut table = Self::default();
        for row in table::rows::<6>(text) {
            let (line, [name, others, domains, country, zone, language]) = row?;
            if name.is_empty() {
                return Err(format!("line {line}: an outlet without a name"));
            }
            let index = table.outlets.len() as u32;
            table.outlets.push(Outlet {
                name,
                country,
                zone,
                language,
            });
            for name in std::iter::once(name).chain(others.split('|').filter(|n| !n.is_empty())) {
                table.names.entry(key(name)).or_insert(index);
            }
            for domain in domains.split(' ').filter(|d| !d.is_empty()) {
                table.domains.entry(domain).or_insert(index);
            }
        }
        Ok(table)
    }

    fn by_name(&self, key: &str) -> Option<Outlet> {
        self.outlets.get(*self.names.get(key)? as usize).copied()
    }

    fn by_domain(&self, domain: &str) -> Option<Outlet> {
        self.outlets
            .get(*self.domains.get(domain)? as usize)
            .copied()
    }
}

/// Adds outlets in the form of `data/outlets.tsv`; they go before the shipped ones for the rest of the process. Adding the
/// same text again changes nothing.
///
/// # Errors
/// What is wrong with the text, with its line; or that another text was added before.
pub fn add(text: String) -> Result<(), String> {
    if let Some((before, _)) = USER.get() {
        return if *before == text {
            Ok(())
        } else {
            Err("outlets were added already".to_owned())
        };
    }
    // As long as the process lives, as the shipped table does.
    let text: &'static str = text.leak();
    let table = Table::read(text)?;
    for (number, outlet) in table.outlets.iter().enumerate() {
        let of = |what: String| format!("outlet {}, {}: {what}", number + 1, outlet.name);
        if !outlet.zone.is_empty()
            && jiff::tz::TimeZoneDatabase::bundled()
                .get(outlet.zone)
                .is_err()
        {
            return Err(of(format!("the tz database has no zone {}", outlet.zone)));
        }
        let code =
            outlet.country.len() == 2 && outlet.country.bytes().all(|b| b.is_ascii_lowercase());
        if !outlet.country.is_empty() && !code {
            return Err(of(format!(
                "the country {} is no two-letter code in lower case",
                outlet.country
            )));
        }
    }
    USER.set((text, table))
        .map_err(|_| "outlets were added already".to_owned())
}

static FREE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    table::rows::<1>(FREE_MAIL)
        .flatten()
        .map(|(_, [domain])| domain)
        .collect()
});

/// The outlet that goes by `name`, in any case.
#[must_use]
pub fn by_name(name: &str) -> Option<Outlet> {
    let key = key(name);
    let own = USER.get().and_then(|(_, table)| table.by_name(&key));
    own.or_else(|| NAMES.get(&key).and_then(shipped))
}

static NAME_ENDINGS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    table::rows::<2>(ENDINGS)
        .flatten()
        .map(|(_, [ending, language])| (ending, language))
        .collect()
});

/// Whether `name` ends as names of outlets do in `language`, a BCP 47 tag of two letters.
#[must_use]
pub fn is_like_name(name: &str, language: &str) -> bool {
    NAME_ENDINGS
        .iter()
        .any(|(ending, of)| *of == language && name.ends_with(ending))
}

static NAME_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let rows = table::rows::<1>(WORDS).flatten();
    rows.map(|(_, [word])| word).collect()
});

/// Whether names of outlets are made of words such as `word`, which is in lower case: `post`, `tagblatt`, `hafentagblatt`.
#[must_use]
pub fn is_name_word(word: &str) -> bool {
    NAME_WORDS.contains(word)
        || word
            .char_indices()
            .skip(1)
            .map(|(at, _)| &word[at..])
            .take_while(|end| end.chars().count() >= COMPOUND)
            .any(|end| NAME_WORDS.contains(end))
}

/// What a label of an outlet tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Where the story comes from.
    Source,
    /// What the publication is called.
    Imprint,
}

static LABELLED: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    let kind = |kind| match kind {
        "imprint" => Label::Imprint,
        _ => Label::Source,
    };
    let rows = table::rows::<2>(LABELS).flatten();
    rows.map(|(_, [label, of])| (label, kind(of))).collect()
});

/// What `text`, in lower case and without its colon, is the label of.
#[must_use]
pub fn label(text: &str) -> Option<Label> {
    LABELLED.get(text.trim()).copied()
}

/// The outlet that owns `domain` or a domain above it.
#[must_use]
pub fn by_domain(domain: &str) -> Option<Outlet> {
    let lower = domain.to_ascii_lowercase();
    let mut rest = lower.as_str();
    while rest.contains('.') {
        let own = USER.get().and_then(|(_, table)| table.by_domain(rest));
        if let Some(outlet) = own.or_else(|| DOMAINS.get(rest).and_then(shipped)) {
            return Some(outlet);
        }
        rest = rest.split_once('.')?.1;
    }
    None
}

/// Whether `domain` is a mail provider's that anybody can use.
#[must_use]
pub fn is_free_mail(domain: &str) -> bool {
    FREE.contains(domain.to_ascii_lowercase().as_str())
}

/// The zone of `country` (ISO 3166-1 alpha-2, lower case) where all its outlets share one.
#[must_use]
pub fn country_zone(country: &str) -> Option<&'static str> {
    ZONES.get(country)
}

/// The zone in which `language` is at home, where it is one only.
#[must_use]
pub fn home_zone(language: &str) -> Option<&'static str> {
    table::rows::<2>(HOMES)
        .flatten()
        .find_map(|(_, [tag, zone])| (tag == language).then_some(zone))
}

#[cfg(test)]
mod tests {
    use super::{
        DATA, ENDINGS, FREE_MAIL, HOMES, LABELS, WORDS, by_domain, by_name, country_zone,
        home_zone, is_free_mail, is_like_name, is_name_word, table,
    };
    use std::collections::HashSet;

    #[test]
    fn the_outlets_are_sorted_unique_and_their_zones_exist() {
        let rows: Vec<_> = table::rows::<6>(DATA).collect::<Result<_, _>>().unwrap();
        let korean = rows.iter().filter(|row| row.1[3] == "kr").count();
        assert!(korean >= 150 && rows.len() - korean >= 400);
        assert!(rows.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        let mut seen = HashSet::new();
        let database = jiff::tz::TimeZoneDatabase::bundled();
        for (line, [_, _, domains, country, zone, language]) in rows {
            assert!(
                domains.split(' ').all(|d| d.is_empty() || seen.insert(d)),
                "line {line}: domain twice"
            );
            assert!(
                zone.is_empty() || database.get(zone).is_ok(),
                "line {line}: {zone}"
            );
            assert!(country.is_empty() || country.len() == 2, "line {line}");
            assert!((2..=3).contains(&language.len()), "line {line}");
        }
    }

    #[test]
    fn the_other_files_are_sorted_and_valid() {
        let free: Vec<_> = table::rows::<1>(FREE_MAIL)
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(free.windows(2).all(|pair| pair[0].1 < pair[1].1));
        let homes: Vec<_> = table::rows::<2>(HOMES).collect::<Result<_, _>>().unwrap();
        assert!(homes.windows(2).all(|pair| pair[0].1[0] < pair[1].1[0]));
        let database = jiff::tz::TimeZoneDatabase::bundled();
        assert!(homes.iter().all(|row| database.get(row.1[1]).is_ok()));
        for (line, [ending, language]) in table::sorted_rows::<2>(ENDINGS) {
            assert!(is_like_name(ending, language), "line {line}");
        }
        table::sorted_lower_rows::<1>(WORDS);
        for (line, [label, kind]) in table::sorted_lower_rows::<2>(LABELS) {
            assert!(
                ["imprint", "source"].contains(&kind),
                "line {line}: {label}"
            );
        }
    }

    #[test]
    fn a_word_may_be_of_an_outlets_name() {
        for word in ["post", "tagblatt", "hafentagblatt"] {
            assert!(is_name_word(word), "{word}");
        }
        for word in ["outpost", "hafen", "입력"] {
            assert!(!is_name_word(word), "{word}");
        }
    }

    #[test]
    fn an_outlet_is_found_by_name_and_by_a_domain_below_its_own() {
        assert_eq!(by_name("the guardian").map(|o| o.country), Some("gb"));
        assert_eq!(by_domain("news.kbs.co.kr").map(|o| o.name), Some("KBS"));
        assert_eq!(by_domain("co.kr"), None);
        assert!(is_free_mail("gmail.com"));
        assert_eq!(country_zone("kr"), Some("Asia/Seoul"));
        assert_eq!(country_zone("us"), None);
        assert_eq!(home_zone("ja"), Some("Asia/Tokyo"));
        assert_eq!(home_zone("en"), None);
    }
}
