//! Which of the page's dates is the date of publication, and which that of the last change.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::value::Clock;
use super::{Dates, Day, Found, Shape, Zone};
use crate::document::{Span, is_alphanumeric};
use crate::label::LineKind;
use crate::lexicon::date_labels::{self, DateLabel};
use crate::lexicon::rankers::Ranker;
use crate::metadata::byline;
use crate::metadata::headline::Headline;
use crate::metadata::page::Page;
use crate::metadata::rank;

/// Bytes before a date in which its label is looked for.
const LABEL_REACH: usize = 64;
/// The probability from which a day is given. Out of fold it gives a recall of 0.97 at a precision of 0.98 on pages of
/// newspapers, and of 0.91 at 0.95 where most are blogs; from 0.5 on it is 0.97 at 0.97, and 0.93 at 0.95.
const LEAST: f32 = 0.65;
/// The same for a day whose own line says that it is that of publication: blogs print those of their comments too, and
/// share the probability out. Out of fold .002 to .006 more days in each rendering, precision within .002.
const LEAST_STATED: f32 = 0.4;
/// Units around a date in which a byline says that it is that of publication: all 13 days that are given for it, in four
/// renderings, are right out of fold; of as likely days without one, half are.
const BESIDE: usize = 2;
/// Bytes of the longest such line.
const BYLINE: usize = 200;
/// Bytes before a date, in a line with a credit, from which they are a picture's caption.
const CAPTION: usize = 24;
/// Number of features.
pub(in crate::metadata) const FEATURES: usize = 50;

/// The names of the features, in order.
pub(in crate::metadata) const NAMES: [&str; FEATURES] = [
    "published",
    "modified",
    "other",
    "label-line",
    "label-after",
    "any-published",
    "clock",
    "zone",
    "year-first",
    "named",
    "numeric",
    "either",
    "before-headline",
    "distance-before",
    "head",
    "distance-after-headline",
    "distance-to-body",
    "in-body",
    "into-body",
    "after-body",
    "distance-after-body",
    "cover",
    "unit-words",
    "unit-long",
    "index-in-unit",
    "dates-in-unit",
    "same-day",
    "same-day-share",
    "latest",
    "earliest",
    "first-in-head",
    "first-after-body",
    "order",
    "days-to-latest",
    "days-to-earliest",
    "body-kind",
    "related-kind",
    "removed-kind",
    "next-date",
    "previous-date",
    "dates-near",
    "unit-start",
    "unit-end",
    "blank-before",
    "copyright",
    "repeats",
    "brackets",
    "top",
    "years-old",
    "colon-before",
];

/// A date of the page that may be the article's.
#[derive(Clone, Copy, Debug)]
pub(in crate::metadata) struct Candidate {
    /// The unit that holds it.
    pub(in crate::metadata) unit: usize,
    /// Its place among the dates of the unit.
    index: usize,
    /// Its place in the document text.
    pub(in crate::metadata) span: Span,
    pub(in crate::metadata) day: Date,
    pub(in crate::metadata) clock: Option<Clock>,
    pub(in crate::metadata) zone: Option<Zone>,
    /// What stands beside it.
    pub(in crate::metadata) label: Option<DateLabel>,
    /// Whether the label stands on the line before.
    label_above: bool,
    label_after: bool,
    shape: Shape,
    /// Whether day and month could change places.
    pub(in crate::metadata) either: bool,
}

/// The dates chosen.
#[derive(Clone, Debug, Default)]
pub(in crate::metadata) struct Picked {
    pub(in crate::metadata) published: Option<(Candidate, f32)>,
    pub(in crate::metadata) modified: Option<Candidate>,
    /// Other days that were weighed, best first.
    pub(in crate::metadata) alternatives: Vec<String>,
    /// Whether a date was left out because the order of its day and month is not known.
    pub(in crate::metadata) ambiguous: bool,
}

/// What is known of the page from elsewhere and helps to read its dates.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::metadata) struct Context {
    /// When the page was collected.
    pub(in crate::metadata) collected: Option<Date>,
    /// Whether the outlet's country writes the month first.
    pub(in crate::metadata) month_first: Option<bool>,
}

/// Chooses among the dates of the page.
pub(in crate::metadata) fn pick(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
    context: Context,
    ranker: &Ranker,
) -> Picked {
    let (candidates, ambiguous) = candidates(page, dates, context);
    let rows = features(page, &candidates, headline);
    let mut probabilities = rank::softmax(&rank::scores(ranker, &rows));
    pass_on(&candidates, &mut probabilities);
    let p = |k: usize| probabilities.get(k + 1).copied().unwrap_or_default();
    let mut picked = Picked {
        ambiguous,
        ..Picked::default()
    };
    // Prints of one day share their probability; the best print of the best day stands for it.
    let mut by_day: Vec<(Date, f32, usize)> = Vec::new();
    let mut places: FxHashMap<Date, usize> = FxHashMap::default();
    for (k, c) in candidates.iter().enumerate() {
        let place = *places.entry(c.day).or_insert(by_day.len());
        match by_day.get_mut(place) {
            Some(entry) => {
                entry.1 += p(k);
                let (old, new) = (&candidates[entry.2], c);
                // A print with a time says more, if it is not much less likely.
                let better = p(k)
                    > p(entry.2)
                        * if old.clock.is_some() && new.clock.is_none() {
                            8.0
                        } else {
                            1.0
                        };
                let fuller = new.clock.is_some()
                    && old.clock.is_none()
                    && p(k) * 8.0 > p(entry.2)
                    && new.label != Some(DateLabel::Modified);
                // A day may hold both dates; the first one is that of publication.
                let timed = old.clock.is_some() && new.clock.is_some();
                let labels = (old.label, new.label);
                let first =
                    timed && labels == (Some(DateLabel::Modified), Some(DateLabel::Published));
                let second =
                    timed && labels == (Some(DateLabel::Published), Some(DateLabel::Modified));
                if (better || fuller || first) && !second {
                    entry.2 = k;
                }
            }
            None => by_day.push((c.day, p(k), k)),
        }
    }
    by_day.sort_by(|a, b| b.1.total_cmp(&a.1));
    if let Some((_, probability, k)) = by_day.first()
        && (*probability > least(&candidates[*k])
            || *probability > LEAST_STATED && is_beside_byline(page, candidates[*k].unit))
    {
        picked.published = Some((candidates[*k], *probability));
    }
    picked.alternatives = by_day
        .iter()
        .skip(1)
        .take(4)
        .map(|(day, ..)| day.to_string())
        .collect();
    picked.modified = modified(&candidates, picked.published.as_ref().map(|(c, _)| c));
    picked
}

/// What speaks for a date of the last change speaks for the date of publication on its line: `Updated 6 March, published 5
/// March`. The first of `probabilities` is that of no date.
fn pass_on(candidates: &[Candidate], probabilities: &mut [f32]) {
    for (k, changed) in candidates.iter().enumerate() {
        if changed.label != Some(DateLabel::Modified) {
            continue;
        }
        let line = |c: &Candidate| c.unit == changed.unit && !c.label_above;
        let published = |c: &Candidate| line(c) && c.label == Some(DateLabel::Published);
        if let Some(to) = candidates.iter().position(published) {
            probabilities[to + 1] += std::mem::take(&mut probabilities[k + 1]);
        }
    }
}

/// How likely a day has to be to be given.
fn least(candidate: &Candidate) -> f32 {
    if candidate.label == Some(DateLabel::Published) && !candidate.label_above {
        LEAST_STATED
    } else {
        LEAST
    }
}

/// Whether a line that opens with the words of a byline, short enough to be one, stands at unit `unit` or beside it.
fn is_beside_byline(page: &Page<'_>, unit: usize) -> bool {
    let near = unit.saturating_sub(BESIDE)..(unit + BESIDE + 1).min(page.len());
    let byline = |i: usize| page.span(i).len() <= BYLINE && byline::opens_with_cue(page.raw(i));
    near.into_iter().any(byline)
}

/// The date labelled as that of the last change, nearest to the date of publication.
fn modified(candidates: &[Candidate], published: Option<&Candidate>) -> Option<Candidate> {
    let published = published?;
    candidates
        .iter()
        .filter(|c| c.label == Some(DateLabel::Modified) && c.unit.abs_diff(published.unit) <= 6)
        .filter(|c| c.span != published.span && (c.clock.is_some() || c.day != published.day))
        .filter(|c| c.day >= published.day)
        .min_by_key(|c| (c.unit.abs_diff(published.unit), c.span.start))
        .copied()
}

/// The dates that may be the article's, and whether one was left out for its order of day and month.
pub(in crate::metadata) fn candidates(
    page: &Page<'_>,
    dates: &Dates,
    context: Context,
) -> (Vec<Candidate>, bool) {
    let month_first = order(page, dates, context);
    let mut candidates = Vec::new();
    let mut ambiguous = false;
    for &unit in &dates.units {
        let raw = page.raw(unit);
        let credited = raw.contains(['©', 'ⓒ']);
        let base = page.span(unit).start;
        let found = dates.of(unit);
        let first = candidates.len();
        for (index, f) in found.iter().enumerate() {
            let (day, either) = match f.day {
                Day::Known(day) => (day, false),
                Day::Either {
                    day_first,
                    month_first: other,
                } => match month_first {
                    Some(true) => (other, true),
                    Some(false) => (day_first, true),
                    None => {
                        ambiguous = true;
                        continue;
                    }
                },
                Day::Yearless(month, day) => match yearless(context.collected, month, day) {
                    Some(day) => (day, false),
                    None => continue,
                },
            };
            if day.year() < 1990
                || context
                    .collected
                    .is_some_and(|c| super::zone::utc_day(day, f.clock, f.zone) > c)
            {
                continue;
            }
            let from = if index == 0 {
                0
            } else {
                found[index - 1].end as usize
            };
            let to = found
                .get(index + 1)
                .map_or(raw.len(), |next| next.start as usize);
            let (label, label_above, label_after) = label(page, unit, raw, f, from, to);
            // A picture's date: what the picture shows stands before it, and its credit behind.
            if credited && label.is_none() && f.start as usize > CAPTION {
                continue;
            }
            candidates.push(Candidate {
                unit,
                index,
                span: Span::new(base + f.start, base + f.end),
                day,
                clock: f.clock,
                zone: f.zone,
                label,
                label_above,
                label_after,
                shape: f.shape,
                either,
            });
        }
        publish_before(&mut candidates[first..]);
    }
    (candidates, ambiguous)
}

/// Where a line gives two dates and only the later one a label, that of the last change, the other is the date of
/// publication: `3 May 2019 / Updated 5 May 2019`.
fn publish_before(line: &mut [Candidate]) {
    if let [published, changed] = line
        && published.label.is_none()
        && changed.label == Some(DateLabel::Modified)
        && !changed.label_after
        && published.day <= changed.day
    {
        published.label = Some(DateLabel::Published);
    }
}

/// The day of a date without a year: the latest one not after the collection date.
fn yearless(collected: Option<Date>, month: u8, day: u8) -> Option<Date> {
    let collected = collected?;
    (0..2).find_map(|back| {
        Date::new(collected.year() - back, month as i8, day as i8)
            .ok()
            .filter(|date| *date <= collected)
    })
}

/// Whether the page writes the month first, by its own unequivocal dates, else by its outlet, else by its language.
fn order(page: &Page<'_>, dates: &Dates, context: Context) -> Option<bool> {
    let (mut day, mut month) = (0, 0);
    for f in dates.units.iter().flat_map(|u| dates.of(*u)) {
        day += usize::from(f.shape == Shape::DayFirst);
        month += usize::from(f.shape == Shape::MonthFirst);
    }
    if day != month {
        return Some(month > day);
    }
    context.month_first.or(match page.language {
        "en" | "und" | "fil" => None,
        _ => Some(false),
    })
}

/// The label of a date: before it on its line, on the line above where that holds nothing else, or right behind it.
fn label(
    page: &Page<'_>,
    unit: usize,
    raw: &str,
    f: &Found,
    from: usize,
    to: usize,
) -> (Option<DateLabel>, bool, bool) {
    let near = raw
        .floor_char_boundary((f.start as usize).saturating_sub(LABEL_REACH))
        .max(from);
    let before = raw
        .get(near..f.start as usize)
        .unwrap_or_default()
        .to_lowercase();
    if let Some((kind, _, end)) = date_labels::find(&before).last()
        && before[*end..]
            .chars()
            .filter(|c| is_alphanumeric(*c))
            .count()
            <= 12
    {
        return (Some(*kind), false, false);
    }
    let after_end = raw.floor_char_boundary(f.end as usize + 32).min(to);
    let after = raw
        .get(f.end as usize..after_end)
        .unwrap_or_default()
        .to_lowercase();
    if let Some((kind, start, end)) = date_labels::find(&after).first()
        && after[..*start]
            .chars()
            .filter(|c| is_alphanumeric(*c))
            .count()
            == 0
        && !after[..*start].contains(['|', '•', '·'])
        && !leads_on(&after[*end..], after_end == to && to < raw.len())
    {
        return (Some(*kind), false, true);
    }
    let bare = before.chars().filter(|c| is_alphanumeric(*c)).count() <= 3 && from == 0;
    if bare && unit > 0 && page.facts[unit - 1].chars < 40 && !page.facts[unit - 1].digit {
        let above = page.raw(unit - 1).to_lowercase();
        let trimmed = above.trim_end_matches(|c: char| !is_alphanumeric(c));
        if let Some((kind, _, end)) = date_labels::find(&above).last()
            && *end >= trimmed.len()
        {
            return (Some(*kind), true, false);
        }
    }
    (None, false, false)
}

/// Whether a label behind a date is that of the next one: `3 May 2019 / Updated on 5 May 2019`. `gap` is what stands behind
/// the label, up to the next date where `next`.
fn leads_on(gap: &str, next: bool) -> bool {
    next && !gap.contains([')', ']', ',', ';', '|', '•', '·', '/'])
}

/// One row for each candidate.
pub(in crate::metadata) fn features(
    page: &Page<'_>,
    candidates: &[Candidate],
    headline: Option<&Headline>,
) -> Vec<[f32; FEATURES]> {
    let mut days: FxHashMap<Date, usize> = FxHashMap::default();
    for c in candidates {
        *days.entry(c.day).or_default() += 1;
    }
    let (Some(latest), Some(earliest)) = (days.keys().max(), days.keys().min()) else {
        return Vec::new();
    };
    let head = headline.map_or(page.body.start, |h| h.last);
    let (start, end) = (page.body.start, page.body.end);
    let in_head = |c: &Candidate| c.unit >= head && c.unit < start + 2;
    let first_in_head = candidates.iter().position(in_head);
    let first_after = candidates.iter().position(|c| c.unit >= end);
    let any_published = candidates.iter().any(|c| {
        c.label == Some(DateLabel::Published) && c.unit + 3 >= head && c.unit <= start + 3
    });
    let flag = |on: bool| f32::from(u8::from(on));
    let ln = |n: usize| (n as f32 + 1.0).ln();
    // Candidates stand in the order of their units.
    let within = |first: usize, last: usize| {
        candidates.partition_point(|o| o.unit <= last)
            - candidates.partition_point(|o| o.unit < first)
    };
    let span_days =
        |a: Date, b: Date| -> usize { a.duration_since(b).as_hours().unsigned_abs() as usize / 24 };
    candidates
        .iter()
        .enumerate()
        .map(|(k, c)| {
            let facts = page.facts[c.unit];
            let raw = page.raw(c.unit);
            let hull = page.span(c.unit);
            let before = &raw[..(c.span.start - hull.start) as usize];
            let after = &raw[(c.span.end - hull.start) as usize..];
            let letters = |s: &str| s.chars().filter(|c| is_alphanumeric(*c)).count();
            let (left, right) = (letters(before), letters(after));
            let same = days.get(&c.day).copied().unwrap_or(1);
            let in_unit = within(c.unit, c.unit);
            let near = within(c.unit.saturating_sub(8), c.unit + 8);
            let above = c.unit < head;
            let in_body = c.unit > start && c.unit < end;
            [
                flag(c.label == Some(DateLabel::Published)),
                flag(c.label == Some(DateLabel::Modified)),
                flag(c.label == Some(DateLabel::Other)),
                flag(c.label_above),
                flag(c.label_after),
                flag(any_published),
                // What counts hours back stands where others print a time.
                flag(c.clock.is_some() || c.shape == Shape::Relative),
                flag(c.zone.is_some()),
                flag(c.shape == Shape::YearFirst),
                flag(matches!(c.shape, Shape::Named | Shape::Relative)),
                flag(matches!(
                    c.shape,
                    Shape::Numeric | Shape::DayFirst | Shape::MonthFirst
                )),
                flag(c.either),
                flag(above),
                if above { ln(head - c.unit) } else { 0.0 },
                flag(!above && c.unit < start),
                if !above && c.unit < start {
                    ln(c.unit - head)
                } else {
                    0.0
                },
                if c.unit < start {
                    ln(start - c.unit)
                } else {
                    0.0
                },
                flag(in_body),
                if in_body { ln(c.unit - start) } else { 0.0 },
                flag(c.unit >= end),
                if c.unit >= end { ln(c.unit - end) } else { 0.0 },
                c.span.len() as f32 / hull.len().max(1) as f32,
                ln(usize::from(facts.words)),
                flag(hull.len() > super::LONG),
                ln(c.index),
                ln(in_unit),
                ln(same),
                same as f32 / candidates.len() as f32,
                flag(c.day == *latest),
                flag(c.day == *earliest),
                flag(first_in_head == Some(k)),
                flag(first_after == Some(k)),
                ln(k),
                ln(span_days(*latest, c.day)),
                ln(span_days(c.day, *earliest)),
                flag(facts.kind == LineKind::Body),
                flag(facts.kind == LineKind::Related),
                flag(facts.kind.is_removed()),
                candidates
                    .get(k + 1)
                    .map_or(0.0, |o| 1.0 / (1.0 + (o.unit - c.unit) as f32)),
                if k > 0 {
                    1.0 / (1.0 + (c.unit - candidates[k - 1].unit) as f32)
                } else {
                    0.0
                },
                ln(near),
                ln(left),
                ln(right),
                f32::from(page.units.units[c.unit].blank_before.min(3)),
                flag(raw.contains('©') || raw.contains('ⓒ')),
                ln(page.repeats(c.unit).saturating_sub(1).into()),
                flag(before.trim_end().ends_with(['(', '[', '<'])),
                flag(c.unit < 8),
                ln(usize::try_from(latest.year() - c.day.year()).unwrap_or_default()),
                flag(before.trim_end().ends_with([':', '：', '|'])),
            ]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Candidate, DateLabel, Shape, leads_on, least, pass_on, publish_before};
    use crate::document::Span;
    use crate::lexicon::date_labels;

    fn labelled(label: Option<DateLabel>, label_above: bool) -> Candidate {
        Candidate {
            unit: 0,
            index: 0,
            span: Span::new(0, 10),
            day: date(2021, 3, 5),
            clock: None,
            zone: None,
            label,
            label_above,
            label_after: false,
            shape: Shape::DayFirst,
            either: false,
        }
    }

    #[test]
    fn only_a_label_on_its_own_line_makes_a_day_stated() {
        let bare = least(&labelled(None, false));
        assert!(least(&labelled(Some(DateLabel::Published), false)) < bare);
        for (label, above) in [
            (DateLabel::Published, true),
            (DateLabel::Modified, false),
            (DateLabel::Other, false),
        ] {
            assert!((least(&labelled(Some(label), above)) - bare).abs() < f32::EPSILON);
        }
    }

    #[test]
    fn a_change_speaks_for_the_publication_on_its_line() {
        let changed = labelled(Some(DateLabel::Modified), false);
        let published = labelled(Some(DateLabel::Published), false);
        let below = Candidate {
            unit: 1,
            ..published
        };
        let mut probabilities = [0.1, 0.4, 0.1, 0.4];
        pass_on(&[changed, below, published], &mut probabilities);
        assert_eq!(probabilities, [0.1, 0.0, 0.1, 0.8]);
        pass_on(&[changed, below], &mut probabilities[..3]);
        assert_eq!(probabilities, [0.1, 0.0, 0.1, 0.8]);
    }

    #[test]
    fn the_day_before_that_of_the_change_is_that_of_publication() {
        let label = |first, second| {
            let mut line = [labelled(first, false), labelled(second, false)];
            publish_before(&mut line);
            line[0].label
        };
        let (published, modified) = (Some(DateLabel::Published), Some(DateLabel::Modified));
        assert_eq!(label(None, modified), published);
        assert_eq!(label(None, None), None);
        assert_eq!(
            label(Some(DateLabel::Other), modified),
            Some(DateLabel::Other)
        );
        let mut alone = [labelled(None, false)];
        publish_before(&mut alone);
        assert_eq!(alone[0].label, None);
        // `3 May / Updated on 5 May`, `3 May (updated), 5 May`
        assert!(leads_on(" on ", true) && !leads_on("), ", true) && !leads_on(" on ", false));
    }

    #[test]
    fn who_wrote_it_labels_the_day_behind() {
        let found = date_labels::find("geschrieben von jan am ");
        assert_eq!(found.last().map(|f| f.0), Some(DateLabel::Published));
    }
}
