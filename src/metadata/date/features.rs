//! What the ranker of dates sees of a candidate: its label and form, where it stands, and the other dates of the page.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::candidates::Candidate;
use super::{LONG, Shape};
use crate::document::{Span, is_alphanumeric};
use crate::label::LineKind;
use crate::lexicon::date_labels::DateLabel;
use crate::metadata::headline::Headline;
use crate::metadata::page::{Facts, Page};
use crate::metadata::rank::{flag, ln};

/// Units on either side in which other dates are counted.
const NEAR: usize = 8;

/// Defines the row of a candidate: the names of its features and their values.
macro_rules! row {
    ($page:ident, $all:ident, $c:ident, $v:ident; $($name:literal: $value:expr,)*) => {
        /// The names of the features, in order.
        pub(in crate::metadata) const NAMES: &[&str] = &[$($name),*];

        fn row($page: &Page<'_>, $all: &All<'_>, $c: &Candidate, $v: &View<'_>) -> [f32; NAMES.len()] {
            [$($value),*]
        }
    };
}

fn days_between(a: Date, b: Date) -> usize {
    a.duration_since(b).as_hours().unsigned_abs() as usize / 24
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| is_alphanumeric(*c)).count()
}

/// What all candidates of a page share.
struct All<'a> {
    candidates: &'a [Candidate],
    /// How often each day is printed.
    days: FxHashMap<Date, usize>,
    latest: Date,
    earliest: Date,
    /// The last unit of the headline; without one, the first of the body.
    head: usize,
    /// The first unit of the body, and the one behind its last.
    start: usize,
    end: usize,
    first_in_head: Option<usize>,
    first_after: Option<usize>,
    any_published: bool,
}

impl<'a> All<'a> {
    /// Of a page without dates, nothing.
    fn new(
        page: &Page<'_>,
        candidates: &'a [Candidate],
        headline: Option<&Headline>,
    ) -> Option<Self> {
        let mut days: FxHashMap<Date, usize> = FxHashMap::default();
        for c in candidates {
            *days.entry(c.day).or_default() += 1;
        }
        let (start, end) = (page.body.start, page.body.end);
        let head = headline.map_or(start, |h| h.last);
        Some(Self {
            candidates,
            latest: *days.keys().max()?,
            earliest: *days.keys().min()?,
            days,
            head,
            start,
            end,
            first_in_head: candidates
                .iter()
                .position(|c| c.unit >= head && c.unit < start + 2),
            first_after: candidates.iter().position(|c| c.unit >= end),
            any_published: candidates.iter().any(|c| {
                c.label == Some(DateLabel::Published) && c.unit + 3 >= head && c.unit <= start + 3
            }),
        })
    }

    /// How near the candidate `other` stands to `c`: 1 in the same unit, 0 where there is none.
    fn nearness(&self, c: &Candidate, other: Option<usize>) -> f32 {
        other
            .and_then(|k| self.candidates.get(k))
            .map_or(0.0, |o| 1.0 / (1.0 + o.unit.abs_diff(c.unit) as f32))
    }

    /// Candidates in the units from `first` to `last`; they stand in the order of their units.
    fn within(&self, first: usize, last: usize) -> usize {
        self.candidates.partition_point(|c| c.unit <= last)
            - self.candidates.partition_point(|c| c.unit < first)
    }
}

/// What is looked up for one candidate.
struct View<'a> {
    /// Its place among the candidates.
    k: usize,
    /// Its unit: the text, its place, and what is known of it.
    raw: &'a str,
    hull: Span,
    facts: Facts,
    /// What its unit prints before it.
    before: &'a str,
    /// Letters and digits of the unit before and behind it.
    left: usize,
    right: usize,
    /// Candidates of the same day, in the same unit and in the units around.
    same: usize,
    in_unit: usize,
    near: usize,
    /// Whether it stands above the headline, between headline and body, and in the body.
    above: bool,
    in_head: bool,
    in_body: bool,
}

impl<'a> View<'a> {
    fn new(page: &'a Page<'_>, all: &All<'_>, k: usize, c: &Candidate) -> Self {
        let raw = page.raw(c.unit);
        let hull = page.span(c.unit);
        let before = &raw[..(c.span.start - hull.start) as usize];
        let after = &raw[(c.span.end - hull.start) as usize..];
        Self {
            k,
            raw,
            hull,
            facts: page.facts[c.unit],
            before,
            left: letters(before),
            right: letters(after),
            same: all.days.get(&c.day).copied().unwrap_or(1),
            in_unit: all.within(c.unit, c.unit),
            near: all.within(c.unit.saturating_sub(NEAR), c.unit + NEAR),
            above: c.unit < all.head,
            in_head: c.unit >= all.head && c.unit < all.start,
            in_body: c.unit > all.start && c.unit < all.end,
        }
    }
}

row! { page, all, c, v;
    "published": flag(c.label == Some(DateLabel::Published)),
    "modified": flag(c.label == Some(DateLabel::Modified)),
    "other": flag(c.label == Some(DateLabel::Other)),
    "label-line": flag(c.label_above),
    "label-after": flag(c.label_after),
    "any-published": flag(all.any_published),
    // What counts hours back stands where others print a time.
    "clock": flag(c.clock.is_some() || c.shape == Shape::Relative),
    "zone": flag(c.zone.is_some()),
    "year-first": flag(c.shape == Shape::YearFirst),
    "named": flag(matches!(c.shape, Shape::Named | Shape::Relative)),
    "numeric": flag(matches!(c.shape, Shape::Numeric | Shape::DayFirst | Shape::MonthFirst)),
    "either": flag(c.either),
    "before-headline": flag(v.above),
    "distance-before": ln(all.head.saturating_sub(c.unit)),
    "head": flag(v.in_head),
    "distance-after-headline": if v.in_head { ln(c.unit - all.head) } else { 0.0 },
    "distance-to-body": ln(all.start.saturating_sub(c.unit)),
    "in-body": flag(v.in_body),
    "into-body": if v.in_body { ln(c.unit - all.start) } else { 0.0 },
    "after-body": flag(c.unit >= all.end),
    "distance-after-body": ln(c.unit.saturating_sub(all.end)),
    "cover": c.span.len() as f32 / v.hull.len().max(1) as f32,
    "unit-words": ln(usize::from(v.facts.words)),
    "unit-long": flag(v.hull.len() > LONG),
    "index-in-unit": ln(c.index),
    "dates-in-unit": ln(v.in_unit),
    "same-day": ln(v.same),
    "same-day-share": v.same as f32 / all.candidates.len() as f32,
    "latest": flag(c.day == all.latest),
    "earliest": flag(c.day == all.earliest),
    "first-in-head": flag(all.first_in_head == Some(v.k)),
    "first-after-body": flag(all.first_after == Some(v.k)),
    "order": ln(v.k),
    "days-to-latest": ln(days_between(all.latest, c.day)),
    "days-to-earliest": ln(days_between(c.day, all.earliest)),
    "body-kind": flag(v.facts.kind == LineKind::Body),
    "related-kind": flag(v.facts.kind == LineKind::Related),
    "removed-kind": flag(v.facts.kind.is_removed()),
    "next-date": all.nearness(c, Some(v.k + 1)),
    "previous-date": all.nearness(c, v.k.checked_sub(1)),
    "dates-near": ln(v.near),
    "unit-start": ln(v.left),
    "unit-end": ln(v.right),
    "blank-before": f32::from(page.units.units[c.unit].blank_before.min(3)),
    "copyright": flag(v.raw.contains('©') || v.raw.contains('ⓒ')),
    "repeats": ln(page.repeats(c.unit).saturating_sub(1).into()),
    "brackets": flag(v.before.trim_end().ends_with(['(', '[', '<'])),
    "top": flag(c.unit < 8),
    "years-old": ln(usize::try_from(all.latest.year() - c.day.year()).unwrap_or_default()),
    "colon-before": flag(v.before.trim_end().ends_with([':', '：', '|'])),
}

/// One row for each candidate.
pub(in crate::metadata) fn features(
    page: &Page<'_>,
    candidates: &[Candidate],
    headline: Option<&Headline>,
) -> Vec<[f32; NAMES.len()]> {
    let Some(all) = All::new(page, candidates, headline) else {
        return Vec::new();
    };
    candidates
        .iter()
        .enumerate()
        .map(|(k, c)| row(page, &all, c, &View::new(page, &all, k, c)))
        .collect()
}
