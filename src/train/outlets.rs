//! Which names are those of a gold page's outlet.

use crate::lexicon::{name_parts, outlets};
use crate::train::corpus::comparable;
use crate::train::gold::GoldPage;

/// Articles that names of outlets go with and without.
const ARTICLES: [&str; 19] = [
    "the", "der", "die", "das", "le", "la", "les", "el", "los", "il", "lo", "o", "a", "as", "os",
    "de", "den", "det", "het",
];
/// Letters of the shortest name by which a domain alone is matched.
const STEM: usize = 3;

/// Whether `name` is that of the page's outlet: as the gold has it, but for article, company form and what stands in
/// brackets or behind a mark; its domain; or another name of it in the outlet table.
pub(crate) fn is_outlet(page: &GoldPage, name: &str) -> bool {
    let Some(publisher) = page.publisher.as_deref() else {
        return false;
    };
    let said = bare(name);
    if said.is_empty() {
        return false;
    }
    let domain = page.domain.as_deref().unwrap_or_default();
    let stem = comparable(domain.split('.').next().unwrap_or_default());
    let by_domain =
        said == comparable(domain) || stem.len() >= STEM && said == stem && !is_host(domain);
    let listed = || {
        let gold = outlets::by_name(publisher).or_else(|| outlets::by_domain(domain));
        gold.is_some() && outlets::by_name(name) == gold
    };
    let mut names = publisher
        .split(['(', ')', '|', '•'])
        .chain(publisher.split(" - "))
        .chain(publisher.split(" – "))
        .chain([publisher]);
    names.any(|gold| said == bare(gold)) || by_domain || listed()
}

/// Whether the outlet table knows the page's outlet.
pub(crate) fn is_listed(page: &GoldPage) -> bool {
    let name = page.publisher.as_deref().and_then(outlets::by_name);
    let domain = page.domain.as_deref().and_then(outlets::by_domain);
    name.or(domain).is_some()
}

/// Whether blogs of many owners share a domain.
fn is_host(domain: &str) -> bool {
    let hosts = [
        "wordpress",
        "blogspot",
        "hypotheses",
        "medium",
        "tumblr",
        "substack",
    ];
    hosts.iter().any(|host| domain.starts_with(host))
}

/// The letters of a name, without its article and the form of the company.
fn bare(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let article = words
        .first()
        .is_some_and(|word| ARTICLES.contains(&word.to_lowercase().as_str()));
    let words = if article && words.len() > 1 {
        &words[1..]
    } else {
        &words[..]
    };
    let company = words
        .last()
        .is_some_and(|word| name_parts::is_company(word.trim_end_matches('.')));
    let words = if company && words.len() > 1 {
        &words[..words.len() - 1]
    } else {
        words
    };
    comparable(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::is_outlet;
    use crate::train::gold::GoldPage;

    #[test]
    fn an_outlet_goes_by_several_names() {
        let page = GoldPage {
            publisher: Some("The Harbour Post (HP)".to_owned()),
            domain: Some("harbourpost.example".to_owned()),
            ..GoldPage::default()
        };
        for name in [
            "Harbour Post",
            "THE HARBOUR POST",
            "Harbour Post Ltd",
            "HP",
            "harbourpost.example",
        ] {
            assert!(is_outlet(&page, name), "{name}");
        }
        for name in ["Post", "Harbour", "News", ""] {
            assert!(!is_outlet(&page, name), "{name}");
        }
        assert!(!is_outlet(&GoldPage::default(), "Harbour Post"));
    }
}
