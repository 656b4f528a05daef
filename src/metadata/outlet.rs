//! The outlet: gathered from the page's address, e-mail addresses, copyright notice, bylines and masthead.

use super::byline::Author;
use super::page::Page;
use crate::document::is_alphabetic;
use crate::lexicon::agencies;
use crate::lexicon::outlets::{self, Outlet};
use crate::record::Publisher;

/// Units at the head of the page that may be a masthead.
const MASTHEAD: usize = 14;
/// Units after the last paragraph in which addresses are looked for.
const BELOW: usize = 60;
/// The weight of evidence from which an outlet of the table is believed: one strong sign, or three weak ones.
const ENOUGH: u32 = 4;

/// The outlet found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) publisher: Publisher,
    /// Its entry in the outlet table.
    pub(super) outlet: Option<Outlet>,
    /// Country by the domain, where the outlet is not in the table.
    pub(super) country: Option<String>,
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
    authors: &[Author],
    copyright: Option<&str>,
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
        .filter_map(mail_domain)
        .next();
    if let Some(own) = &own {
        votes.add(outlets::by_domain(own), 6, "email");
    }
    let holder = copyright.map(holder).filter(|name| !name.is_empty());
    if let Some(name) = &holder {
        votes.add(known_name(name), 4, "copyright");
    }
    masthead(page, &mut votes);
    let printed = addresses(page, &mut votes);

    votes.known.sort_by_key(|vote| std::cmp::Reverse(vote.1));
    if let Some((outlet, weight, rule)) = votes.known.first().copied()
        && weight >= ENOUGH
    {
        let of_outlet = |d: &String| outlets::by_domain(d) == Some(outlet);
        let domain = domain
            .filter(of_outlet)
            .or(own.filter(of_outlet))
            .or_else(|| printed.into_iter().find(of_outlet));
        return Some(Found {
            publisher: Publisher {
                name: Some(outlet.name.to_owned()),
                domain: domain.map(|d| registered(&d)),
            },
            outlet: Some(outlet),
            country: None,
            rule,
            confidence: if weight > 6 { 0.98 } else { 0.9 },
        });
    }
    // An outlet that the table does not know: as its byline or its copyright notice calls it.
    let affiliation = people().find_map(|m| m.affiliation.clone());
    let name = outside
        .outlet
        .map(str::to_owned)
        .or(affiliation)
        .or_else(|| holder.filter(|h| plausible(h)));
    let domain = domain.or(own);
    if name.is_none() && domain.is_none() {
        return None;
    }
    let country = domain.as_deref().and_then(country);
    Some(Found {
        publisher: Publisher {
            name,
            domain: domain.map(|d| registered(&d)),
        },
        outlet: None,
        country,
        rule: outside.outlet.map_or("byline", |_| outside.rule),
        confidence: 0.7,
    })
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
        if short {
            let long = line.chars().count() > 5 || !line.is_ascii() && line.chars().count() > 3;
            votes.add(
                outlets::by_name(&line),
                if long { 2 } else { 1 },
                "masthead",
            );
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

/// The addresses printed near the ends of the page, by their domains.
fn addresses(page: &Page<'_>, votes: &mut Votes) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    let first = page.body.start.saturating_sub(30);
    let last = (page.foot + BELOW).min(page.len());
    for i in first..last {
        let raw = page.raw(i);
        let inside = page.body.contains(&i) && i > page.body.start + 1 && i + 2 < page.body.end;
        if inside || raw.len() > 400 || !raw.contains('.') {
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
                mail_domain(word)
            } else if word.contains("www.") || word.contains("://") {
                host(word).map(|h| h.trim_start_matches("www.").to_owned())
            } else {
                None
            };
            if let Some(domain) = found
                && !domains.contains(&domain)
            {
                votes.add(outlets::by_domain(&domain), 2, "address");
                domains.push(domain);
            }
        }
    }
    domains
}

/// The domain of an e-mail address, unless anybody can have one there.
fn mail_domain(address: &str) -> Option<String> {
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
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
        .unwrap_or(rest.len());
    let host = rest[..end].trim_matches(['.', '-']);
    host.contains('.').then_some(host)
}

/// A domain without `www`, `m` and the like in front.
fn registered(domain: &str) -> String {
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
fn country(domain: &str) -> Option<String> {
    let label = domain.rsplit('.').next()?;
    match label {
        "uk" => Some("gb".to_owned()),
        "tv" | "me" | "io" | "co" | "ai" | "fm" | "cc" | "ws" | "to" | "eu" => None,
        _ if label.len() == 2 => Some(label.to_owned()),
        _ => None,
    }
}

/// The name of who holds the rights, out of a copyright notice.
fn holder(notice: &str) -> String {
    let after = ["©", "ⓒ", "(c)", "(C)", "ⓒ️"]
        .iter()
        .filter_map(|mark| notice.find(mark).map(|at| &notice[at + mark.len()..]))
        .next()
        .or_else(|| {
            let lower = notice
                .find("opyright")
                .map(|at| &notice[at + "opyright".len()..]);
            lower.or_else(|| {
                notice
                    .find("저작권자")
                    .map(|at| &notice[at + "저작권자".len()..])
            })
        })
        .unwrap_or(notice);
    let rest = after.trim_start_matches(|c: char| {
        c.is_whitespace()
            || c.is_numeric()
            || matches!(c, '-' | '–' | ':' | ',' | '.' | '(' | ')' | '©' | 'ⓒ')
    });
    let rest = rest
        .strip_prefix("by ")
        .or_else(|| rest.strip_prefix("By "))
        .or_else(|| rest.strip_prefix("Copyright "))
        .unwrap_or(rest);
    // A slogan in quotation marks may stand before the name.
    let rest = match rest.strip_prefix(['‘', '\'', '"', '“']) {
        Some(quoted) => quoted
            .split_once(['’', '\'', '"', '”'])
            .map_or(quoted, |(_, tail)| tail),
        None => rest,
    };
    let mut end = rest
        .find([
            '.', ',', '|', '>', ']', ')', '•', '·', '무', '版', '無', '&', '/', '(', '，', '。',
        ])
        .unwrap_or(rest.len());
    for stop in [
        " All ",
        " all ",
        "All Rights",
        " - ",
        " – ",
        " Inc",
        " and ",
        " 19",
        " 20",
        " Alle ",
        " Tous ",
        " Todos ",
    ] {
        if let Some(at) = rest.find(stop) {
            end = end.min(at);
        }
    }
    rest[..end].trim().to_owned()
}

/// The outlet by a name as copyright notices write it.
fn known_name(name: &str) -> Option<Outlet> {
    outlets::by_name(name)
        .or_else(|| outlets::by_name(name.strip_prefix("The ")?))
        .or_else(|| outlets::by_name(name.split_once(' ')?.1))
        .or_else(|| outlets::by_name(name.rsplit_once(' ')?.0))
}

fn plausible(name: &str) -> bool {
    let words = name.split(' ').count();
    (2..=40).contains(&name.chars().count()) && words <= 5 && name.chars().any(is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::{country, holder, mail_domain, registered};

    #[test]
    fn the_holder_is_cut_out_of_the_notice() {
        assert_eq!(
            holder("<저작권자 © 가람뉴스e, 무단 전재 및 재배포 금지>"),
            "가람뉴스e"
        );
        assert_eq!(
            holder("Copyright ⓒ 가람일보. All rights reserved. 무단 전재"),
            "가람일보"
        );
        assert_eq!(holder("© 2010-2020 Harbour Post, Inc."), "Harbour Post");
        assert_eq!(
            holder("저작권자 © ‘오늘의 경제’ 가람경제 무단전재"),
            "가람경제"
        );
        assert_eq!(
            holder("Copyright © 2021 Harbour Post All rights reserved"),
            "Harbour Post"
        );
    }

    #[test]
    fn a_domain_is_an_outlets_own() {
        assert_eq!(
            mail_domain("a.b@news.garam.example)").as_deref(),
            Some("news.garam.example")
        );
        assert_eq!(mail_domain("a@gmail.com"), None);
        assert_eq!(mail_domain("@handle"), None);
        assert_eq!(registered("www.garam.example"), "garam.example");
        assert_eq!(country("bbc.co.uk").as_deref(), Some("gb"));
        assert_eq!(country("garam.tv"), None);
    }
}
