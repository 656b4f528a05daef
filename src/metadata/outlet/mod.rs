//! The outlet: one of the table by what the page's address, e-mail addresses, copyright notice, bylines and masthead say
//! together, else the likeliest of the names that stand where outlets print theirs.

mod addresses;
mod candidates;
mod features;
mod listed;
mod phrases;
mod rights;

use super::byline::Author;
use super::date::Dates;
use super::headline::Headline;
use super::page::Page;
use super::rank;
use crate::document::Span;
use crate::lexicon::agencies;
use crate::lexicon::outlets::{self, Outlet};
use crate::lexicon::rankers::Ranker;
use crate::record::Publisher;
use addresses::{Spelt, country, host, of_mail, registered, stem};
use candidates::candidates;
pub(super) use features::NAMES;
use features::features;
use listed::Votes;

/// How likely a name must be the outlet's to be given.
const LEAST: f32 = 0.5;
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

/// What is said of the outlet beside the story itself: by the container, or by the fields above the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outside<'a> {
    /// The address of the page, or its host.
    pub(super) url: Option<&'a str>,
    /// The outlet's name, and the rule by which it is known.
    pub(super) outlet: Option<&'a str>,
    pub(super) rule: &'static str,
}

/// What the outlet is looked for in: the page and what was found on it.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a, 'p> {
    pub(super) page: &'a Page<'p>,
    pub(super) dates: &'a Dates,
    pub(super) headline: Option<&'a Headline>,
    pub(super) authors: &'a [Author],
    /// The notice of rights.
    pub(super) copyright: Option<&'a str>,
}

/// Finds the outlet.
pub(super) fn find(
    outside: Outside<'_>,
    setting: Setting<'_, '_>,
    ranker: &Ranker,
) -> Option<Found> {
    let host = outside.url.and_then(host);
    let host = host.map(|host| host.trim_start_matches("www.").to_owned());
    let mail = mail(setting.authors);
    let printed = addresses::domains(setting.page);
    let domains: Vec<String> = host.iter().chain(&mail).chain(&printed).cloned().collect();
    let mut votes = Votes::of(outside, setting, mail.as_deref(), &printed);
    let names = if outside.outlet.is_none() {
        weighed(setting, &domains, ranker)
    } else {
        Vec::new()
    };
    votes.hear(&names, setting.page);
    votes
        .winner(&names, &domains)
        .or_else(|| unlisted(outside, setting, host.or(mail), &printed, names))
}

/// The outlet that no table knows: as it is said outside the page, else the likeliest of `names`, else its domain alone.
fn unlisted(
    outside: Outside<'_>,
    setting: Setting<'_, '_>,
    domain: Option<String>,
    printed: &[String],
    names: Vec<Named>,
) -> Option<Found> {
    // A bracket such as `[가람일보=은하]` says it, however unlikely else.
    let mentions = || setting.authors.iter().flat_map(|author| &author.mentions);
    let in_byline = |named: &Named| {
        let said = mentions().any(|m| m.affiliation.as_deref() == Some(named.name.as_str()));
        let mut words = named.name.split(' ');
        said && words.any(|word| outlets::is_like_name(word, setting.page.language))
    };
    let likely = |named: &Named| named.probability >= LEAST || in_byline(named);
    let named = names.into_iter().find(likely);
    let owns = |named: &Named| {
        let name = Spelt::of(&named.name);
        let fits = |domain: &&String| stem(domain).is_some_and(|stem| name.fit(&stem) >= ITS_OWN);
        printed.iter().find(fits).cloned()
    };
    let domain = domain.or_else(|| named.as_ref().and_then(owns));
    let (name, span, rule, confidence) = match (outside.outlet, named) {
        (Some(name), _) => (Some(name.to_owned()), None, outside.rule, OUTSIDE),
        (None, Some(named)) => (Some(named.name), Some(named.span), RULE, named.probability),
        (None, None) => (None, None, "address", OUTSIDE),
    };
    let country = domain.as_deref().and_then(country);
    let domain = domain.as_deref().map(registered);
    (name.is_some() || domain.is_some()).then_some(Found {
        publisher: Publisher { name, domain },
        outlet: None,
        country,
        span,
        rule,
        confidence,
    })
}

/// The domain of the authors' mail, if it is an outlet's.
fn mail(authors: &[Author]) -> Option<String> {
    let addresses = authors.iter().filter_map(|a| a.person.email.as_deref());
    addresses.filter_map(of_mail).next()
}

/// The candidates of a page that nothing but the page itself is known of: name and features.
#[cfg(feature = "train")]
pub(super) fn rows(setting: Setting<'_, '_>) -> Vec<(String, Vec<f32>)> {
    let mail = mail(setting.authors).into_iter();
    let domains: Vec<String> = mail.chain(addresses::domains(setting.page)).collect();
    let candidates = candidates(setting, &domains);
    let rows = features(setting, &candidates, &domains);
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

/// The names of the page by how likely they are the outlet's, the likeliest first; `domains` are those of its addresses.
fn weighed(setting: Setting<'_, '_>, domains: &[String], ranker: &Ranker) -> Vec<Named> {
    let candidates = candidates(setting, domains);
    let rows = features(setting, &candidates, domains);
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
