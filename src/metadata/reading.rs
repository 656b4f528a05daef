//! The reading of one page: each field is looked for, and what is found is kept with its evidence and laid over the labels.

use super::byline::agency::Agency;
use super::byline::{self, Author};
use super::claims::{Claims, percent};
use super::date::candidates::Context;
use super::date::pick::Picked;
use super::date::relative::Collected;
use super::date::{self, Dates, Zone};
use super::headline::{self, Headline};
use super::notes::{self, Read};
use super::outlet::{self, Found, Outside};
use super::page::Page;
use super::rank::Rankers;
use super::stated::{self, Stated};
use super::{hints, lead, section, sign_off};
use crate::document::{Document, Span};
use crate::label::{LineKind, Reason};
use crate::lexicon::front_matter::Field;
use crate::lexicon::outlets;
use crate::record::{Evidence, Metadata, Person, bytes};

/// How sure the agency of a story without a named author is.
const AGENCY: f32 = 0.9;

/// A page, and what was read of it so far.
pub(super) struct Reading<'a> {
    pub(super) document: &'a Document,
    pub(super) page: &'a Page<'a>,
    pub(super) dates: &'a Dates,
    pub(super) stated: &'a Stated<'a>,
    pub(super) rankers: &'a Rankers,
    pub(super) metadata: Metadata,
    pub(super) claims: Claims,
}

impl Reading<'_> {
    /// Keeps the evidence of a field, a value read at `span`, and how sure it is.
    fn note(&mut self, field: &'static str, span: Span, rule: &'static str, probability: f32) {
        self.metadata
            .note(field, read(self.page, span, rule, probability));
    }

    /// The headline: as the fields above the text give it, else as the page prints it.
    pub(super) fn headline(&mut self) -> Option<Headline> {
        let page = self.page;
        let found = headline::find(page, self.dates, &self.rankers.headline);
        let title = self.stated.span(Field::Title);
        let found = match title {
            Some(title) => hints::stated(title, page, found),
            None => hints::headline(&self.document.hints, page, found)?,
        };
        let rule = title.map_or("headline-rank", |_| stated::RULE);
        let printed = page.span(found.first);
        let span = title
            .filter(|title| printed.contains(*title))
            .unwrap_or(printed);
        let evidence = Evidence {
            alternatives: found.alternatives.clone(),
            ..read(page, span, rule, found.probability)
        };
        self.metadata.note("headline", evidence);
        self.metadata.headline = Some(found.line.clone());
        self.claims.headline(page, &found);
        Some(found)
    }

    /// The authors; `notice` is the copyright notice.
    pub(super) fn authors(
        &mut self,
        headline: Option<&Headline>,
        notice: Option<&str>,
    ) -> Vec<Author> {
        if let Some(names) = self.stated.span(Field::Author) {
            let authors = byline::stated(self.page, names);
            if !authors.is_empty() {
                self.note("author", names, stated::RULE, stated::SURE);
                return authors;
            }
        }
        byline::authors(self.page, self.dates, headline, notice, self.rankers)
    }

    /// The outlet, and the address where the page says it.
    pub(super) fn outlet(
        &mut self,
        headline: Option<&Headline>,
        authors: &[Author],
        notice: Option<&str>,
    ) -> Option<Found> {
        let url = self.stated.value(Field::Url);
        let address = url.filter(|url| url.contains("://"));
        self.metadata.url = address.map(str::to_owned);
        let given = self.document.hints.outlet.as_deref();
        let outside = Outside {
            url: (self.document.source.url.as_deref())
                .or(self.document.hints.host.as_deref())
                .or(url),
            outlet: given.or(self.stated.value(Field::Outlet)),
            rule: given.map_or(stated::RULE, |_| hints::RULE),
        };
        let setting = outlet::Setting {
            page: self.page,
            dates: self.dates,
            headline,
            authors,
            copyright: notice,
        };
        let found = outlet::find(outside, setting, &self.rankers.outlet)?;
        let evidence = Evidence {
            raw: found.publisher.name.clone().unwrap_or_default(),
            span: found.span.map(bytes),
            rule: found.rule,
            confidence: f64::from(percent(found.confidence)) / 100.0,
            alternatives: Vec::new(),
        };
        self.metadata.note("publisher", evidence);
        if let Some(span) = found.span {
            self.claims.outlet(self.page, span, found.confidence);
        }
        self.metadata.publisher = Some(found.publisher.clone());
        Some(found)
    }

    /// The dates of publication and of the last change.
    pub(super) fn dates(
        &mut self,
        headline: Option<&Headline>,
        outlet: Option<&Found>,
        collected: Option<Collected>,
    ) -> Picked {
        let context = Context {
            collected: collected
                .map(Collected::day)
                .or_else(|| hints::day(&self.document.hints)),
            month_first: outlet.and_then(month_first),
            published: self.stated.span(Field::Published),
            modified: self.stated.span(Field::Modified),
            top: self.stated.end(),
        };
        let ranker = &self.rankers.date;
        let picked = date::pick::pick(self.page, self.dates, headline, context, ranker);
        let zone = zone(outlet, self.page.language);
        if let Some((c, probability)) = &picked.published {
            let given = context.published.is_some_and(|at| at.contains(c.span));
            let rule = if given { stated::RULE } else { "date-rank" };
            let evidence = Evidence {
                alternatives: picked.alternatives.clone(),
                ..read(self.page, c.span, rule, *probability)
            };
            self.metadata.note("datePublished", evidence);
            self.metadata.date_published = Some(date::zone::stamp(c.day, c.clock, c.zone.or(zone)));
            if c.clock.is_some() && c.zone.is_none() && zone.is_some() {
                self.metadata.warnings.push("zone-assumed");
            }
        } else {
            self.metadata.warnings.push("date-absent");
        }
        if let Some(c) = &picked.modified {
            self.note("dateModified", c.span, "date-label", 0.95);
            self.metadata.date_modified = Some(date::zone::stamp(c.day, c.clock, c.zone.or(zone)));
        }
        if picked.ambiguous && picked.published.is_none() {
            self.metadata.warnings.push("date-ambiguous");
        }
        self.claims.dates(self.page, &picked);
        picked
    }

    /// What stands around the headline: standfirst, section and kicker.
    pub(super) fn around_headline(&mut self, headline: Option<&Headline>, authors: &[Author]) {
        self.stated_standfirst_and_section();
        let Some(headline) = headline else { return };
        let (page, top) = (self.page, self.stated.end());
        let standfirsts = notes::standfirst(page, self.dates, headline, authors);
        for line in standfirsts.into_iter().filter(|s| s.span.start >= top) {
            let (kind, reason) = (LineKind::Standfirst, Reason::BelowHeadline);
            self.claims.add(line.span, kind, reason, 0.8);
            self.note("alternativeHeadline", line.span, "below-headline", 0.8);
            self.metadata.alternative_headline.push(line.value);
        }
        if self.metadata.article_section.is_empty()
            && let Some(section) = section::find(page, self.dates, headline)
            && section.span.start >= top
        {
            let (kind, reason) = (LineKind::Section, Reason::BreadcrumbLine);
            self.claims.add(section.span, kind, reason, 0.9);
            self.note("articleSection", section.span, "breadcrumb", 0.9);
            self.metadata.article_section = section.value;
        }
        if let Some(kicker) = notes::kicker(page, headline) {
            let (kind, reason) = (LineKind::Kicker, Reason::BracketedKicker);
            let sure = headline.probability;
            self.claims.add(kicker.span, kind, reason, sure);
            self.note("kicker", kicker.span, "bracketed-kicker", sure);
            self.metadata.kicker = Some(kicker.value);
        }
    }

    fn stated_standfirst_and_section(&mut self) {
        if let Some(span) = self.stated.span(Field::Standfirst) {
            let evidence = read(self.page, span, stated::RULE, stated::SURE);
            let line = evidence.raw.clone();
            self.metadata.note("alternativeHeadline", evidence);
            self.metadata.alternative_headline.push(line);
        }
        if let Some(span) = self.stated.span(Field::Section) {
            let evidence = read(self.page, span, stated::RULE, stated::SURE);
            let steps = evidence.raw.split(['>', '/']).map(str::trim);
            let steps = steps.filter(|step| !step.is_empty());
            self.metadata.article_section = steps.map(str::to_owned).collect();
            self.metadata.note("articleSection", evidence);
        }
    }

    /// The dateline: the place in a byline's bracket, else the one at the head of the first paragraph.
    pub(super) fn place(&mut self, authors: &[Author]) {
        const SURE: f32 = 0.9;
        let claim = |claims: &mut Claims, span: Span| {
            claims.add(span, LineKind::Dateline, Reason::DatelinePlace, SURE);
        };
        let lead = lead::find(self.page);
        if let Some(found) = &lead {
            claim(&mut self.claims, found.span);
        }
        let led = lead.and_then(|lead| Some((lead.place?, lead.span)));
        let printed = authors
            .iter()
            .flat_map(|a| &a.mentions)
            .filter(|m| m.probability > 0.5)
            .find_map(|m| Some((m.place.clone()?, m.claim)));
        let found = printed.or(led).or_else(|| {
            let found = notes::dateline(self.page)?;
            claim(&mut self.claims, found.span);
            Some((found.value, found.span))
        });
        if let Some((place, span)) = found {
            self.note("dateline", span, "dateline-place", SURE);
            self.metadata.dateline = Some(place);
        }
    }

    /// Who signs the story, where, and the marks of its end.
    pub(super) fn signatures(&mut self, authors: &[Author]) {
        for span in sign_off::find(self.page, authors) {
            self.claims
                .add(span, LineKind::Tagline, Reason::SignOff, 0.9);
        }
        self.claims.bylines(self.page, authors);
        for mark in notes::marks(self.page) {
            self.claims
                .add(mark, LineKind::Tagline, Reason::StoryMark, 0.95);
        }
    }

    /// The notices of copyright and of corrections.
    pub(super) fn notices(&mut self, copyright: Option<Read<String>>) {
        if let Some(notice) = copyright {
            let (kind, reason) = (LineKind::Copyright, Reason::CopyrightNotice);
            self.claims.add(notice.span, kind, reason, 0.9);
            self.note("copyrightNotice", notice.span, "copyright", 0.9);
            self.metadata.copyright_notice = Some(notice.value);
        }
        for correction in notes::corrections(self.page) {
            let (kind, reason) = (LineKind::Correction, Reason::CorrectionNotice);
            self.claims.add(correction.span, kind, reason, 0.9);
            self.note("correction", correction.span, "correction-notice", 0.9);
            self.metadata.correction.push(correction.value);
        }
    }

    /// The agencies of a story that names no person, but for the outlet itself.
    pub(super) fn agencies(&mut self, headline: Option<&Headline>, outlet: Option<&Found>) {
        let own = |agency: &Agency| {
            let known = outlets::by_name(&agency.name);
            known.is_some_and(|o| outlet.and_then(|found| found.outlet) == Some(o))
        };
        for agency in byline::agency::find(self.page, self.dates, headline) {
            if own(&agency) {
                continue;
            }
            self.note("author", agency.span, "agency", AGENCY);
            let authors = &mut self.metadata.author;
            if authors.iter().all(|person| person.name != agency.name) {
                authors.push(Person {
                    name: agency.name,
                    kind: Some("Organization"),
                    ..Person::default()
                });
            }
        }
    }

    /// The authors; the outlet of the bracket that they stand in is their affiliation.
    pub(super) fn people(&mut self, authors: Vec<Author>) {
        let sure = authors.iter().map(|a| a.probability);
        let least = sure.fold(1.0_f32, f32::min);
        if let Some(mention) = authors.first().and_then(|a| a.mentions.first()) {
            self.note("author", mention.span, "byline-model", least);
        }
        // Reporters of one outlet share it, printed once.
        let shared: Option<String> = authors.iter().find_map(|a| a.person.affiliation.clone());
        self.metadata
            .author
            .extend(authors.into_iter().map(|a| Person {
                affiliation: a.person.affiliation.or_else(|| shared.clone()),
                ..a.person
            }));
    }
}

/// Evidence for a value read at `span`.
pub(super) fn read(page: &Page<'_>, span: Span, rule: &'static str, probability: f32) -> Evidence {
    Evidence {
        raw: span
            .of(page.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        span: Some(bytes(span)),
        rule,
        confidence: f64::from(percent(probability)) / 100.0,
        alternatives: Vec::new(),
    }
}

/// The zone of times that are printed without one.
fn zone(outlet: Option<&Found>, language: &str) -> Option<Zone> {
    let named = |zone: &'static str| (!zone.is_empty()).then_some(Zone::Named(zone));
    let entry = outlet.and_then(|o| o.outlet);
    if let Some(entry) = entry {
        return named(entry.zone);
    }
    outlet
        .and_then(|o| o.country.as_deref())
        .and_then(outlets::country_zone)
        .or_else(|| outlets::home_zone(language))
        .and_then(named)
}

/// Whether the outlet's country writes the month before the day.
fn month_first(outlet: &Found) -> Option<bool> {
    let country = outlet
        .outlet
        .map(|o| o.country)
        .or(outlet.country.as_deref())?;
    match country {
        "" | "ca" => None,
        "us" | "ph" | "pr" => Some(true),
        _ => Some(false),
    }
}
