//! Addresses that the page prints: whose domains they are, and what a domain tells.

use crate::document::{is_alphanumeric, key};
use crate::lexicon::outlets;
use crate::metadata::page::Page;

/// Units before the first paragraph in which addresses are looked for.
const ABOVE: usize = 30;
/// Units after the story.
const BELOW: usize = 60;
/// Labels under which a country registers the domains of anybody.
const SECOND: [&str; 10] = [
    "ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org",
];
/// Letters of the shortest name that a domain may begin or end with.
const PART: usize = 4;
/// Domains that are remembered, the first ones.
const MOST: usize = 40;
/// Bytes of the longest line in which one is looked for.
const LINE: usize = 400;

/// The domains printed near the ends of the page, each once, in order.
pub(super) fn domains(page: &Page<'_>) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    let first = page.body.start.saturating_sub(ABOVE);
    let last = (page.foot + BELOW).min(page.len());
    for i in first..last {
        let raw = page.raw(i);
        let inside = page.body.contains(&i) && i > page.body.start + 1 && i + 2 < page.body.end;
        if inside || raw.len() > LINE || !raw.contains('.') {
            continue;
        }
        if memchr::memchr2(b'@', b':', raw.as_bytes()).is_none() && !raw.contains("www.") {
            continue;
        }
        for word in raw.split(|c: char| {
            c.is_whitespace()
                || matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | ',' | '|' | ';' | '"')
        }) {
            let found = if word.contains('@') {
                of_mail(word)
            } else if word.contains("www.") || word.contains("://") {
                host(word).map(|h| h.trim_start_matches("www.").to_owned())
            } else {
                None
            };
            if let Some(domain) = found
                && domains.len() < MOST
                && !domains.contains(&domain)
            {
                domains.push(domain);
            }
        }
    }
    domains
}

/// The domain of an e-mail address, unless anybody can have one there.
pub(super) fn of_mail(address: &str) -> Option<String> {
    let (_, host) = address.split_once('@')?;
    let end = host
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
        .unwrap_or(host.len());
    let domain = host[..end].trim_matches(['.', '-']).to_ascii_lowercase();
    let tld = domain.rsplit('.').next()?;
    (domain.contains('.')
        && tld.len() >= 2
        && tld.chars().all(|c| c.is_ascii_alphabetic())
        && !outlets::is_free_mail(&domain))
    .then_some(domain)
}

/// The host of a web address.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
        .unwrap_or(rest.len());
    let host = rest[..end].trim_matches(['.', '-']);
    host.contains('.').then_some(host)
}

/// A domain without `www`, `m` and the like in front.
pub(super) fn registered(domain: &str) -> String {
    ["www.", "m.", "news.", "mail.", "amp."]
        .iter()
        .find_map(|prefix| {
            domain
                .strip_prefix(prefix)
                .filter(|rest| rest.contains('.'))
        })
        .unwrap_or(domain)
        .to_owned()
}

/// The country of a domain by its last label.
pub(super) fn country(domain: &str) -> Option<String> {
    let label = domain.rsplit('.').next()?;
    match label {
        "uk" => Some("gb".to_owned()),
        "tv" | "me" | "io" | "co" | "ai" | "fm" | "cc" | "ws" | "to" | "eu" => None,
        _ if label.len() == 2 => Some(label.to_owned()),
        _ => None,
    }
}

/// The letters of a domain that name its owner: `garam-ilbo.co.kr`, `garamilbo`.
pub(super) fn stem(domain: &str) -> Option<String> {
    let mut labels = domain.rsplit('.').skip(1);
    let label = labels.find(|label| !SECOND.contains(label))?;
    Some(key(label))
}

/// A name as domains spell it.
pub(super) struct Spelt {
    /// Letters without their marks, and with umlauts as two letters.
    plain: String,
    wide: String,
    /// The first letters of its words.
    initials: String,
}

impl Spelt {
    pub(super) fn of(name: &str) -> Self {
        Self::new(name, &key(name))
    }

    /// `key` are the letters and digits of `name` in lower case.
    pub(super) fn new(name: &str, key: &str) -> Self {
        let first = |word: &str| word.chars().find(|c| is_alphanumeric(*c));
        Self {
            plain: key.chars().map(plain).collect(),
            wide: wide(key),
            initials: name
                .split(' ')
                .filter_map(first)
                .flat_map(char::to_lowercase)
                .collect(),
        }
    }

    /// How much of a domain's stem the name is: 1 for all of it, less for its begin, its initials and its end.
    pub(super) fn fit(&self, stem: &str) -> f32 {
        let long = stem.len() >= PART && self.plain.len() >= PART;
        if stem == self.plain || stem == self.wide {
            1.0
        } else if long && (self.plain.starts_with(stem) || stem.starts_with(&self.plain)) {
            0.8
        } else if self.initials.len() > 1 && stem == self.initials {
            0.7
        } else if long && (self.plain.ends_with(stem) || stem.ends_with(&self.plain)) {
            0.6
        } else {
            0.0
        }
    }
}

/// Umlauts as two letters.
fn wide(key: &str) -> String {
    if key.contains(['ä', 'ö', 'ü']) {
        key.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")
    } else {
        key.to_owned()
    }
}

/// A letter without its mark.
fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ś' | 'ş' | 'š' => 's',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ý' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{Spelt, country, of_mail, registered, stem};

    #[test]
    fn a_domain_has_a_stem() {
        assert_eq!(stem("garam-ilbo.co.kr").as_deref(), Some("garamilbo"));
        assert_eq!(
            stem("news.harbourpost.example").as_deref(),
            Some("harbourpost")
        );
        assert_eq!(stem("bbc.co.uk").as_deref(), Some("bbc"));
    }

    #[test]
    fn a_name_is_spelt_as_its_domain_is() {
        for (name, stem, fit) in [
            ("Hafen-Bote", "hafenbote", 1.0),
            ("Schöner Bote", "schoenerbote", 1.0),
            ("Schöner Bote", "schonerbote", 1.0),
            ("Harbour Post Online", "harbourpost", 0.8),
            ("Allgemeine Hafenpost", "ah", 0.7),
            ("The Harbour Post", "harbourpost", 0.6),
            ("Hafen", "garam", 0.0),
        ] {
            assert!(
                (Spelt::of(name).fit(stem) - fit).abs() < f32::EPSILON,
                "{name}"
            );
        }
    }

    #[test]
    fn a_domain_is_an_outlets_own() {
        assert_eq!(
            of_mail("a.b@news.garam.example)").as_deref(),
            Some("news.garam.example")
        );
        assert_eq!(of_mail("a@gmail.com"), None);
        assert_eq!(of_mail("@handle"), None);
        assert_eq!(registered("www.garam.example"), "garam.example");
        assert_eq!(country("bbc.co.uk").as_deref(), Some("gb"));
        assert_eq!(country("garam.tv"), None);
    }
}
