//! Who wrote it, when, where and for whom. Looks near the headline and at the ends of the body only; each field comes with
//! the text it was read from and a probability, and its span becomes a claim over the labels.

mod byline;
mod claims;
mod date;
mod headline;
mod hints;
mod lead;
mod notes;
mod outlet;
mod page;
mod rank;
mod reach;
mod section;
mod sign_off;
#[cfg(feature = "train")]
pub mod training;
mod words;

pub use rank::Rankers;

use std::borrow::Cow;

use crate::config::Config;
use crate::document::{Document, Span, Units};
use crate::front::Front;
use crate::label::{Labels, LineKind, Reason};
use crate::lexicon::front_matter::Field;
use crate::lexicon::outlets;
use crate::record::{Evidence, Metadata, Person, bytes};
use byline::Author;
use byline::agency::Agency;
use claims::{Claims, STATED, percent};
use date::candidates::Context;
use date::relative::Collected;
use date::{Dates, Zone};
use outlet::Outside;
use page::Page;

/// Reads the metadata of a document. Total: what the text does not support is left out.
#[must_use]
pub fn extract(
    document: &Document,
    units: &Units,
    labels: &Labels,
    config: &Config,
    rankers: &Rankers,
) -> Metadata {
    let front = Front::find(&document.text);
    let mut fields = Claims::default();
    front.iter().for_each(|front| fields.front(front));
    let labels = if fields.claims.is_empty() {
        Cow::Borrowed(labels)
    } else {
        let mut labels = labels.clone();
        labels.claim(&fields.claims);
        Cow::Owned(labels)
    };
    let stated = |field| front.as_ref()?.get(&document.text, field);
    let below_front = |span: Span| front.as_ref().is_none_or(|front| span.start >= front.end);
    let mut page = Page::new(&document.text, units, &labels);
    page.top = front.as_ref().map_or(0, |front| {
        units
            .units
            .partition_point(|unit| unit.span.end <= front.end)
    });
    let mut metadata = Metadata::default();
    let mut claims = Claims::default();
    let collected = collected(document, config);
    let dates = Dates::new(&page, collected);

    let headline = headline::find(&page, &dates, &rankers.headline);
    let title = stated(Field::Title);
    let headline = match title {
        Some(title) => Some(hints::stated(title, &page, headline)),
        None => hints::headline(&document.hints, &page, headline),
    };
    if let Some(found) = &headline {
        let rule = title.map_or("headline-rank", |_| FRONT);
        let printed = page.span(found.first);
        let span = title
            .filter(|title| printed.contains(*title))
            .unwrap_or(printed);
        let evidence = Evidence {
            alternatives: found.alternatives.clone(),
            ..read(&page, span, rule, found.probability)
        };
        metadata.headline = Some(found.line.clone());
        note(&mut metadata, "headline", evidence);
        claims.headline(&page, found);
    }

    let copyright = notes::copyright(&page);
    let notice = copyright.as_ref().map(|c| c.value.as_str());
    let field = stated(Field::Author);
    let mut authors = field.map_or(Vec::new(), |names| byline::stated(&page, names));
    if authors.is_empty() {
        authors = byline::authors(&page, &dates, headline.as_ref(), notice, rankers);
    } else if let Some(names) = field {
        note(&mut metadata, "author", read(&page, names, FRONT, STATED));
    }
    let printed = |field| Some(stated(field)?.of(&document.text));
    let url = printed(Field::Url);
    metadata.url = url.filter(|url| url.contains("://")).map(str::to_owned);
    let outside = Outside {
        url: document.source.url.as_deref().or(url),
        outlet: document.hints.outlet.as_deref().or(printed(Field::Outlet)),
        rule: document
            .hints
            .outlet
            .as_ref()
            .map_or(FRONT, |_| hints::RULE),
    };
    let outlet = outlet::find(outside, &page, &authors, notice);

    let context = Context {
        collected: collected
            .map(Collected::day)
            .or_else(|| hints::day(&document.hints)),
        month_first: outlet.as_ref().and_then(month_first),
        published: stated(Field::Published),
        modified: stated(Field::Modified),
        top: front.as_ref().map_or(0, |front| front.end),
    };
    let picked = date::pick::pick(&page, &dates, headline.as_ref(), context, &rankers.date);
    let zone = zone(outlet.as_ref(), page.language);
    if let Some((c, probability)) = &picked.published {
        let given = context
            .published
            .is_some_and(|field| field.contains(c.span));
        let rule = if given { FRONT } else { "date-rank" };
        let assumed = c.clock.is_some() && c.zone.is_none() && zone.is_some();
        metadata.date_published = Some(date::zone::stamp(c.day, c.clock, c.zone.or(zone)));
        let evidence = Evidence {
            alternatives: picked.alternatives.clone(),
            ..read(&page, c.span, rule, *probability)
        };
        note(&mut metadata, "datePublished", evidence);
        if assumed {
            metadata.warnings.push("zone-assumed");
        }
    } else {
        metadata.warnings.push("date-absent");
    }
    if let Some((c, _)) = &picked.published
        && authors.is_empty()
    {
        authors = byline::beside(&page, &dates, c.unit);
    }
    if let Some(c) = &picked.modified {
        metadata.date_modified = Some(date::zone::stamp(c.day, c.clock, c.zone.or(zone)));
        note(
            &mut metadata,
            "dateModified",
            read(&page, c.span, "date-label", 0.95),
        );
    }
    if picked.ambiguous && picked.published.is_none() {
        metadata.warnings.push("date-ambiguous");
    }
    claims.dates(&page, &picked);

    if let Some(span) = stated(Field::Standfirst) {
        let evidence = read(&page, span, FRONT, STATED);
        metadata.alternative_headline.push(evidence.raw.clone());
        note(&mut metadata, "alternativeHeadline", evidence);
    }
    if let Some(span) = stated(Field::Section) {
        let evidence = read(&page, span, FRONT, STATED);
        let steps = evidence.raw.split(['>', '/']).map(str::trim);
        metadata.article_section = steps
            .filter(|step| !step.is_empty())
            .map(str::to_owned)
            .collect();
        note(&mut metadata, "articleSection", evidence);
    }
    if let Some(found) = &headline {
        let standfirsts = notes::standfirst(&page, &dates, found, &authors);
        for line in standfirsts
            .into_iter()
            .filter(|line| below_front(line.span))
        {
            claims.add(line.span, LineKind::Standfirst, Reason::BelowHeadline, 0.8);
            note(
                &mut metadata,
                "alternativeHeadline",
                read(&page, line.span, "below-headline", 0.8),
            );
            metadata.alternative_headline.push(line.value);
        }
        if metadata.article_section.is_empty()
            && let Some(section) = section::find(&page, &dates, found)
            && below_front(section.span)
        {
            claims.add(section.span, LineKind::Section, Reason::BreadcrumbLine, 0.9);
            note(
                &mut metadata,
                "articleSection",
                read(&page, section.span, "breadcrumb", 0.9),
            );
            metadata.article_section = section.value;
        }
        if let Some(kicker) = notes::kicker(&page, found) {
            claims.add(
                kicker.span,
                LineKind::Kicker,
                Reason::BracketedKicker,
                found.probability,
            );
            note(
                &mut metadata,
                "kicker",
                read(&page, kicker.span, "bracketed-kicker", found.probability),
            );
            metadata.kicker = Some(kicker.value);
        }
    }
    place(&page, &authors, &mut metadata, &mut claims);
    for span in sign_off::find(&page, &authors) {
        claims.add(span, LineKind::Tagline, Reason::SignOff, 0.9);
    }
    claims.bylines(&page, &authors);
    for mark in notes::marks(&page) {
        claims.add(mark, LineKind::Tagline, Reason::StoryMark, 0.95);
    }
    if let Some(notice) = copyright {
        claims.add(
            notice.span,
            LineKind::Copyright,
            Reason::CopyrightNotice,
            0.9,
        );
        note(
            &mut metadata,
            "copyrightNotice",
            read(&page, notice.span, "copyright", 0.9),
        );
        metadata.copyright_notice = Some(notice.value);
    }
    for correction in notes::corrections(&page) {
        claims.add(
            correction.span,
            LineKind::Correction,
            Reason::CorrectionNotice,
            0.9,
        );
        note(
            &mut metadata,
            "correction",
            read(&page, correction.span, "correction-notice", 0.9),
        );
        metadata.correction.push(correction.value);
    }
    if let Some(found) = &outlet {
        let evidence = Evidence {
            raw: found.publisher.name.clone().unwrap_or_default(),
            span: None,
            rule: found.rule,
            confidence: f64::from(percent(found.confidence)) / 100.0,
            alternatives: Vec::new(),
        };
        note(&mut metadata, "publisher", evidence);
        metadata.publisher = Some(found.publisher.clone());
    }
    if authors.is_empty() {
        let own = |name: &str| {
            outlets::by_name(name)
                .is_some_and(|o| outlet.as_ref().and_then(|f| f.outlet) == Some(o))
        };
        let mut agencies = byline::agency::find(&page, &dates, headline.as_ref());
        agencies.retain(|agency| !own(&agency.name));
        organisations(&page, &agencies, &mut metadata);
    }
    people(&page, sure(authors, config), &mut metadata);
    hints::fill(&document.hints, page.language, &mut metadata);
    leave_out(&mut metadata, config);
    claims.export(&page);
    claims.claims.append(&mut fields.claims);
    metadata.claims = claims.claims;
    metadata
}

/// The rule of what the fields above the text say.
const FRONT: &str = "front-matter";

/// How sure the agency of a story without a named author is.
const AGENCY: f32 = 0.9;

/// The agencies of a story that names no person.
fn organisations(page: &Page<'_>, agencies: &[Agency], metadata: &mut Metadata) {
    for agency in agencies {
        note(
            metadata,
            "author",
            read(page, agency.span, "agency", AGENCY),
        );
        if metadata
            .author
            .iter()
            .all(|person| person.name != agency.name)
        {
            metadata.author.push(Person {
                name: agency.name.clone(),
                kind: Some("Organization"),
                ..Person::default()
            });
        }
    }
}

/// The authors that are as sure as asked.
fn sure(mut authors: Vec<Author>, config: &Config) -> Vec<Author> {
    if let Some(least) = config.min_confidence.get("author") {
        authors.retain(|author| percent(author.probability) >= *least);
    }
    authors
}

/// Takes out the fields that are less sure than asked.
fn leave_out(metadata: &mut Metadata, config: &Config) {
    for (field, least) in &config.min_confidence {
        if metadata
            .confidence
            .get(field)
            .is_some_and(|sure| sure < least)
        {
            metadata.remove(field);
        }
    }
    if metadata.date_published.is_none() && !metadata.warnings.contains(&"date-absent") {
        metadata.warnings.push("date-absent");
    }
    if metadata.date_published.is_none() && metadata.date_modified.is_none() {
        metadata
            .warnings
            .retain(|warning| *warning != "zone-assumed");
    }
}

/// The authors; the outlet of the bracket that they stand in is their affiliation.
fn people(page: &Page<'_>, authors: Vec<Author>, metadata: &mut Metadata) {
    let least = authors
        .iter()
        .map(|a| a.probability)
        .fold(1.0_f32, f32::min);
    if let Some(mention) = authors.first().and_then(|a| a.mentions.first()) {
        note(
            metadata,
            "author",
            read(page, mention.span, "byline-model", least),
        );
    }
    // Reporters of one outlet share it, printed once.
    let shared: Option<String> = authors.iter().find_map(|a| a.person.affiliation.clone());
    metadata.author.extend(authors.into_iter().map(|a| Person {
        affiliation: a.person.affiliation.or_else(|| shared.clone()),
        ..a.person
    }));
}

/// The dateline: the place in a byline's bracket, else the one at the head of the first paragraph.
fn place(page: &Page<'_>, authors: &[Author], metadata: &mut Metadata, claims: &mut Claims) {
    let lead = lead::find(page);
    if let Some(found) = &lead {
        claims.add(found.span, LineKind::Dateline, Reason::DatelinePlace, 0.9);
    }
    let led = lead.and_then(|lead| Some((lead.place?, lead.span)));
    let printed = authors
        .iter()
        .flat_map(|a| &a.mentions)
        .filter(|m| m.probability > 0.5)
        .find_map(|m| Some((m.place.clone()?, m.claim)));
    if let Some((place, span)) = printed.or(led) {
        note(
            metadata,
            "dateline",
            read(page, span, "dateline-place", 0.9),
        );
        metadata.dateline = Some(place);
    } else if let Some(found) = notes::dateline(page) {
        claims.add(found.span, LineKind::Dateline, Reason::DatelinePlace, 0.9);
        note(
            metadata,
            "dateline",
            read(page, found.span, "dateline-place", 0.9),
        );
        metadata.dateline = Some(found.value);
    }
}

/// Evidence for a value read at `span`.
fn read(page: &Page<'_>, span: Span, rule: &'static str, probability: f32) -> Evidence {
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

/// Records the evidence of a field and how sure it is; the first print of a field that has several stands for it.
fn note(metadata: &mut Metadata, field: &'static str, evidence: Evidence) {
    metadata
        .confidence
        .entry(field)
        .or_insert((evidence.confidence * 100.0).round() as u8);
    metadata.evidence.entry(field).or_insert(evidence);
}

/// The zone of times that are printed without one.
fn zone(outlet: Option<&outlet::Found>, language: &str) -> Option<Zone> {
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
fn month_first(outlet: &outlet::Found) -> Option<bool> {
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

/// When the page was collected: as the input says, else as was given for all.
fn collected(document: &Document, config: &Config) -> Option<Collected> {
    let own = document
        .source
        .collected
        .as_deref()
        .and_then(Collected::read);
    own.or(config.collected.map(Collected::Day))
}
