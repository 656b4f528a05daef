//! The outlet: one of the table by what the page's address, e-mail addresses, copyright notice, bylines and masthead say
//! together, else the likeliest of the names that stand where outlets print theirs.

mod addresses;
mod candidates;
mod features;
mod phrases;
mod rights;

use super::byline::Author;
use super::date::Dates;
use super::headline::{Headline, menu_share};
use super::page::Page;
use super::rank;
use crate::document::Span;
use crate::lexicon::agencies;
use crate::lexicon::outlets::{self, Outlet};
use crate::lexicon::rankers::Ranker;
use crate::lexicon::sections;
use crate::record::Publisher;
use addresses::{Spelt, country, host, of_mail, registered, stem};
use candidates::{Candidate, candidates, key};
pub(super) use features::NAMES;
use features::features;

/// Units at the head of the page that may be a masthead.
const MASTHEAD: usize = 14;
/// Units after the story that may be an imprint.
const BELOW: usize = 60;
/// The weight of evidence from which an outlet of the table is believed: one strong sign, or three weak ones.
const ENOUGH: u32 = 4;
/// How likely a name must be the outlet's to be given, and to speak for an outlet of the table.
const LEAST: f32 = 0.5;
const LISTED: f32 = 0.2;
/// Letters by which an outlet's name and what a page calls it may differ: an article.
const ARTICLE: usize = 3;
/// The rule of a name that was weighed.
const RULE: &str = "outlet-rank";
/// How much of a printed domain a name must be to own it.
const ITS_OWN: f32 = 0.6;
/// How sure a name or a domain is that the page does not print as its outlet's.
const OUTSIDE: f32 = 0.7;

/// The outlet found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) publisher: Publisher,
    /// Its entry in the outlet table.
    pub(super) outlet: Option<Outlet>,
    /// Country by the domain, where the outlet is not in the table.
    pub(super) country: Option<String>,
    /// Where its name is printed, if it was read there.
    pub(super) span: Option<Span>,
    /// What it was read from.
    pub(super) rule: &'static str,
    /// 0 to 1.
    pub(super) confidence: f32,
}

/// Whether `name` is an outlet or agency that the tables know.
pub(super) fn is_known(name: &str) -> bool {
    agencies::is_agency(name) || outlets::by_name(name).is_some()
}

/// Whether `name` is one, or sounds like one in `language`.
pub(super) fn is_name(name: &str, language: &str) -> bool {
    is_known(name) || outlets::is_like_name(name, language)
}

#[derive(Default)]
struct Votes {
    known: Vec<(Outlet, u32, &'static str)>,
}

impl Votes {
    fn add(&mut self, outlet: Option<Outlet>, weight: u32, rule: &'static str) {
        let Some(outlet) = outlet else { return };
        match self.known.iter_mut().find(|(o, ..)| *o == outlet) {
            Some(entry) => entry.1 += weight,
            None => self.known.push((outlet, weight, rule)),
        }
    }
}

/// What is said of the outlet beside the story itself: by the container, or by the fields above the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outside<'a> {
    /// The address of the page, or its host.
    pub(super) url: Option<&'a str>,
    /// The outlet's name, and the rule by which it is known.
    pub(super) outlet: Option<&'a str>,
    pub(super) rule: &'static str,
}

/// Finds the outlet. `copyright` is the notice found on the page.
pub(super) fn find(
    outside: Outside<'_>,
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
    authors: &[Author],
    copyright: Option<&str>,
    ranker: &Ranker,
) -> Option<Found> {
    let mut votes = Votes::default();
    let mut domain: Option<String> = None;
    if let Some(host) = outside.url.and_then(host) {
        votes.add(outlets::by_domain(host), 12, "url");
        domain = Some(host.trim_start_matches("www.").to_owned());
    }
    if let Some(name) = outside.outlet {
        votes.add(outlets::by_name(name), 8, outside.rule);
    }
    let people = || authors.iter().flat_map(|a| &a.mentions);
    for mention in people() {
        if let Some(name) = &mention.affiliation {
            votes.add(outlets::by_name(name), 4, "byline");
        }
    }
    let own = authors
        .iter()
        .filter_map(|a| a.person.email.as_deref())
        .filter_map(of_mail)
        .next();
    if let Some(own) = &own {
        votes.add(outlets::by_domain(own), 6, "email");
    }
    let holder = copyright.and_then(|notice| rights::names(notice).last());
    if let Some(name) = holder {
        votes.add(known_name(name, page.language), 4, "copyright");
    }
    masthead(page, &mut votes);
    let printed = addresses::domains(page);
    for domain in &printed {
        votes.add(outlets::by_domain(domain), 2, "address");
    }
    let domains: Vec<String> = domain.iter().chain(&own).chain(&printed).cloned().collect();
    let names = if outside.outlet.is_none() {
        let candidates = candidates(page, dates, headline, authors, &domains);
        weighed(page, headline, authors, &domains, candidates, ranker)
    } else {
        Vec::new()
    };
    for name in names.iter().filter(|name| name.probability >= LISTED) {
        let weight = if name.probability >= LEAST { 6 } else { 4 };
        let listed = outlets::by_name(&name.name).filter(|outlet| calls(*outlet, &name.name, page));
        votes.add(listed, weight, RULE);
    }

    votes.known.sort_by_key(|vote| std::cmp::Reverse(vote.1));
    if let Some((outlet, weight, rule)) = votes.known.first().copied()
        && weight >= ENOUGH
    {
        let of_outlet = |d: &String| outlets::by_domain(d) == Some(outlet);
        let domain = domains.into_iter().find(of_outlet);
        return Some(Found {
            publisher: Publisher {
                name: Some(outlet.name.to_owned()),
                domain: domain.map(|d| registered(&d)),
            },
            outlet: Some(outlet),
            country: None,
            span: names
                .iter()
                .find(|n| outlets::by_name(&n.name) == Some(outlet))
                .map(|n| n.span),
            rule,
            confidence: if weight > 6 { 0.98 } else { 0.9 },
        });
    }
    // A bracket such as `[가람일보=은하]` says it, however unlikely else.
    let in_byline = |named: &Named| {
        let said = people().any(|m| m.affiliation.as_deref() == Some(named.name.as_str()));
        let mut words = named.name.split(' ');
        said && words.any(|word| outlets::is_like_name(word, page.language))
    };
    let named = names
        .into_iter()
        .find(|named| named.probability >= LEAST || in_byline(named));
    let of_named = |named: &Named| {
        let name = Spelt::of(&named.name);
        let fits = |domain: &&String| stem(domain).is_some_and(|stem| name.fit(&stem) >= ITS_OWN);
        printed.iter().find(fits).cloned()
    };
    let domain = domain.or(own).or_else(|| named.as_ref().and_then(of_named));
    let country = domain.as_deref().and_then(country);
    let publisher = |name| Publisher {
        name,
        domain: domain.as_deref().map(registered),
    };
    if let Some(name) = outside.outlet {
        return Some(Found {
            publisher: publisher(Some(name.to_owned())),
            outlet: None,
            country,
            span: None,
            rule: outside.rule,
            confidence: OUTSIDE,
        });
    }
    if let Some(named) = named {
        return Some(Found {
            publisher: publisher(Some(named.name)),
            outlet: None,
            country,
            span: Some(named.span),
            rule: RULE,
            confidence: named.probability,
        });
    }
    domain.is_some().then(|| Found {
        publisher: publisher(None),
        outlet: None,
        country,
        span: None,
        rule: "address",
        confidence: OUTSIDE,
    })
}

/// The candidates of a page that nothing but the page itself is known of: name and features.
#[cfg(feature = "train")]
pub(super) fn rows(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
    authors: &[Author],
) -> Vec<(String, Vec<f32>)> {
    let own = authors.iter().filter_map(|a| a.person.email.as_deref());
    let own = own.filter_map(of_mail).next();
    let domains: Vec<String> = own.into_iter().chain(addresses::domains(page)).collect();
    let candidates = candidates(page, dates, headline, authors, &domains);
    let rows = features(page, headline, authors, &candidates, &domains);
    let names = candidates.into_iter().map(|c| c.name);
    names
        .zip(rows.into_iter().map(|row| row.to_vec()))
        .collect()
}

/// A name that is the outlet's.
struct Named {
    name: String,
    span: Span,
    /// 0 to 1.
    probability: f32,
}

/// The candidates by how likely they are the outlet's, the likeliest first.
fn weighed(
    page: &Page<'_>,
    headline: Option<&Headline>,
    authors: &[Author],
    domains: &[String],
    candidates: Vec<Candidate>,
    ranker: &Ranker,
) -> Vec<Named> {
    let rows = features(page, headline, authors, &candidates, domains);
    let probabilities = rank::softmax(&rank::scores(ranker, &rows));
    let mut names: Vec<Named> = candidates
        .into_iter()
        .zip(probabilities.into_iter().skip(1))
        .map(|(candidate, probability)| Named {
            name: candidate.name,
            span: candidate.span,
            probability,
        })
        .collect();
    names.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    names
}

/// Lines at the head and the foot of the page that are nothing but an outlet's name, and the tails of browser titles.
fn masthead(page: &Page<'_>, votes: &mut Votes) {
    let head = 0..page.body.start.min(MASTHEAD);
    let foot = page.foot..(page.foot + BELOW).min(page.len());
    for i in head.chain(foot) {
        if page.facts[i].words > 24 || page.span(i).len() > 300 {
            continue;
        }
        let marked = || memchr::memchr3(b'-', b'|', b':', page.raw(i).as_bytes()).is_some();
        let short = page.facts[i].words <= 6;
        if !short && !marked() {
            continue;
        }
        let line = page.line(i);
        // Sections are called like some outlets: `Polityka`, `Panorama`.
        let named = short
            .then(|| outlets::by_name(&line))
            .flatten()
            .filter(|_| sections::of(&line).is_none() && menu_share(&line) < 0.5);
        if let Some(outlet) = named {
            let long = line.chars().count() > 5 || !line.is_ascii() && line.chars().count() > 3;
            votes.add(Some(outlet), if long { 2 } else { 1 }, "masthead");
        }
        if !marked() {
            continue;
        }
        if let Some((_, tail)) = line
            .rsplit_once(" - ")
            .or_else(|| line.rsplit_once(" | "))
            .or_else(|| line.rsplit_once(" :: "))
        {
            votes.add(outlets::by_name(tail.trim()), 4, "browser-title");
        }
    }
}

/// Whether a page whose language the outlet writes calls it by its own name: other names are shared by many (`The Nation`).
fn calls(outlet: Outlet, name: &str, page: &Page<'_>) -> bool {
    let (own, said) = (key(outlet.name), key(name));
    outlet.language == page.language
        && (own.ends_with(&said) || said.ends_with(&own))
        && own.len().abs_diff(said.len()) <= ARTICLE
}

/// The outlet by a name as copyright notices of a page in `language` write it: with an article or the form of a company, which
/// what is left is believed without in the outlet's own language alone.
fn known_name(name: &str, language: &str) -> Option<Outlet> {
    let cut = || {
        let bare = name.strip_prefix("The ").and_then(outlets::by_name);
        bare.or_else(|| outlets::by_name(name.split_once(' ')?.1))
            .or_else(|| outlets::by_name(name.rsplit_once(' ')?.0))
            .filter(|outlet| outlet.language == language)
    };
    outlets::by_name(name).or_else(cut)
}
