//! Which outlet of the table a page is of: what its address, its mail, its notice, its bylines and its masthead say together.

use super::addresses::host;
use super::rights;
use super::{Found, Named, Outside, RULE, Setting};
use crate::document::key;
use crate::lexicon::outlets::{self, Outlet};
use crate::lexicon::sections;
use crate::metadata::headline::menu_share;
use crate::metadata::page::Page;
use crate::record::Publisher;

/// Units at the head of the page that may be a masthead.
const MASTHEAD: usize = 14;
/// Units after the story that may be an imprint.
const BELOW: usize = 60;
/// Words and bytes of the longest line that may be either.
const WORDS: u16 = 24;
const LINE: usize = 300;
/// The weight of evidence from which an outlet of the table is believed: one strong sign, or three weak ones.
const ENOUGH: u32 = 4;
/// How likely a name must be the outlet's to speak for one of the table, and to speak loudly.
const LISTED: f32 = 0.2;
const LIKELY: f32 = 0.5;
/// Letters by which an outlet's name and what a page calls it may differ: an article.
const ARTICLE: usize = 3;

/// What was said for each outlet: its weight, and the rule of the first that said it.
#[derive(Default)]
pub(super) struct Votes(Vec<(Outlet, u32, &'static str)>);

impl Votes {
    /// What the page says besides the names that were weighed; `mail` is the domain of its authors' addresses, `printed` are
    /// the domains of all addresses on the page.
    pub(super) fn of(
        outside: Outside<'_>,
        setting: Setting<'_, '_>,
        mail: Option<&str>,
        printed: &[String],
    ) -> Self {
        let Setting { page, authors, .. } = setting;
        let mut votes = Self::default();
        if let Some(host) = outside.url.and_then(host) {
            votes.add(outlets::by_domain(host), 12, "url");
        }
        if let Some(name) = outside.outlet {
            votes.add(outlets::by_name(name), 8, outside.rule);
        }
        for mention in authors.iter().flat_map(|a| &a.mentions) {
            if let Some(name) = &mention.affiliation {
                votes.add(outlets::by_name(name), 4, "byline");
            }
        }
        if let Some(domain) = mail {
            votes.add(outlets::by_domain(domain), 6, "email");
        }
        let notice = setting.copyright;
        if let Some(name) = notice.and_then(|notice| rights::names(notice).last()) {
            votes.add(called(name, page.language), 4, "copyright");
        }
        votes.masthead(page);
        for domain in printed {
            votes.add(outlets::by_domain(domain), 2, "address");
        }
        votes
    }

    fn add(&mut self, outlet: Option<Outlet>, weight: u32, rule: &'static str) {
        let Some(outlet) = outlet else { return };
        match self.0.iter_mut().find(|(o, ..)| *o == outlet) {
            Some(entry) => entry.1 += weight,
            None => self.0.push((outlet, weight, rule)),
        }
    }

    /// Lines at the head and the foot of the page that are nothing but an outlet's name, and the tails of browser titles.
    fn masthead(&mut self, page: &Page<'_>) {
        let head = 0..page.body.start.min(MASTHEAD);
        let foot = page.foot..(page.foot + BELOW).min(page.len());
        for i in head.chain(foot) {
            if page.facts[i].words > WORDS || page.span(i).len() > LINE {
                continue;
            }
            let marked = memchr::memchr3(b'-', b'|', b':', page.raw(i).as_bytes()).is_some();
            let short = page.facts[i].words <= 6;
            if !short && !marked {
                continue;
            }
            let line = page.line(i);
            let named = short.then(|| outlets::by_name(&line)).flatten();
            // Sections are called like some outlets: `Polityka`, `Panorama`.
            let named = named.filter(|_| sections::of(&line).is_none() && menu_share(&line) < 0.5);
            let long = line.chars().count() > 5 || !line.is_ascii() && line.chars().count() > 3;
            self.add(named, if long { 2 } else { 1 }, "masthead");
            let tail = [" - ", " | ", " :: "]
                .iter()
                .filter(|_| marked)
                .find_map(|mark| line.rsplit_once(mark));
            if let Some((_, tail)) = tail {
                self.add(outlets::by_name(tail.trim()), 4, "browser-title");
            }
        }
    }

    /// Adds what the names say that were weighed.
    pub(super) fn hear(&mut self, names: &[Named], page: &Page<'_>) {
        for name in names.iter().filter(|name| name.probability >= LISTED) {
            let weight = if name.probability >= LIKELY { 6 } else { 4 };
            let listed = outlets::by_name(&name.name);
            let listed = listed.filter(|outlet| calls(*outlet, &name.name, page));
            self.add(listed, weight, RULE);
        }
    }

    /// The outlet that most is said for, if that is enough; `domains` are those that may be its own.
    pub(super) fn winner(mut self, names: &[Named], domains: &[String]) -> Option<Found> {
        self.0.sort_by_key(|vote| std::cmp::Reverse(vote.1));
        let (outlet, weight, rule) = self.0.into_iter().next()?;
        if weight < ENOUGH {
            return None;
        }
        let own = |domain: &&String| outlets::by_domain(domain) == Some(outlet);
        let name = |named: &&Named| outlets::by_name(&named.name) == Some(outlet);
        Some(Found {
            publisher: Publisher {
                name: Some(outlet.name.to_owned()),
                domain: domains.iter().find(own).map(|d| super::registered(d)),
            },
            outlet: Some(outlet),
            country: None,
            span: names.iter().find(name).map(|named| named.span),
            rule,
            confidence: if weight > 6 { 0.98 } else { 0.9 },
        })
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
fn called(name: &str, language: &str) -> Option<Outlet> {
    let cut = || {
        let bare = name.strip_prefix("The ").and_then(outlets::by_name);
        bare.or_else(|| outlets::by_name(name.split_once(' ')?.1))
            .or_else(|| outlets::by_name(name.rsplit_once(' ')?.0))
            .filter(|outlet| outlet.language == language)
    };
    outlets::by_name(name).or_else(cut)
}
