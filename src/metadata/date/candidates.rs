//! The dates that may be the article's: with the label beside each, and day and month told apart.

use jiff::civil::Date;

use super::value::Clock;
use super::{Dates, Day, Found, Shape, Zone, zone};
use crate::document::{Span, is_alphanumeric};
use crate::lexicon::date_labels::{self, DateLabel};
use crate::metadata::page::Page;
use crate::metadata::sheet;

/// Bytes before a date in which its label is looked for.
const LABEL_REACH: usize = 64;
/// Bytes before a date, in a line with a credit, from which they are a picture's caption.
const CAPTION: usize = 24;

/// A date of the page that may be the article's.
#[derive(Clone, Copy, Debug)]
pub(in crate::metadata) struct Candidate {
    /// The unit that holds it.
    pub(in crate::metadata) unit: usize,
    /// Its place among the dates of the unit.
    pub(super) index: usize,
    /// Its place in the document text.
    pub(in crate::metadata) span: Span,
    pub(in crate::metadata) day: Date,
    pub(in crate::metadata) clock: Option<Clock>,
    pub(in crate::metadata) zone: Option<Zone>,
    /// What stands beside it.
    pub(in crate::metadata) label: Option<DateLabel>,
    /// Whether the label stands on the line before.
    pub(super) label_above: bool,
    pub(super) label_after: bool,
    pub(super) shape: Shape,
    /// Whether day and month could change places.
    pub(in crate::metadata) either: bool,
}

/// Units between a date without a year and the whole one that tells it, and the days by which this may be later.
const BESIDE: usize = 2;
const LATER: i32 = 31;

/// What is known of the page from elsewhere and helps to read its dates.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::metadata) struct Context {
    /// When the page was collected.
    pub(in crate::metadata) collected: Option<Date>,
    /// Whether the outlet's country writes the month first.
    pub(in crate::metadata) month_first: Option<bool>,
    /// Where the fields above the text give the date of publication, and that of the last change.
    pub(in crate::metadata) published: Option<Span>,
    pub(in crate::metadata) modified: Option<Span>,
    /// Where the text begins below those fields; their other dates are not the article's.
    pub(in crate::metadata) top: u32,
}

impl Context {
    /// What the fields above the text say of a date at `span`; `None` where it stands below them.
    fn stated(&self, span: Span) -> Option<DateLabel> {
        let inside = |field: Option<Span>| field.is_some_and(|field| field.contains(span));
        if inside(self.published) {
            Some(DateLabel::Published)
        } else if inside(self.modified) {
            Some(DateLabel::Modified)
        } else {
            (span.end <= self.top).then_some(DateLabel::Other)
        }
    }
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
        let of_work = sheet::dates_work(page, unit);
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
                Day::Yearless(month, day) => {
                    let told = beside(dates, unit, month, day);
                    match told.or_else(|| yearless(context.collected, month, day)) {
                        Some(day) => (day, false),
                        None => continue,
                    }
                }
            };
            if day.year() < 1990
                || context
                    .collected
                    .is_some_and(|c| zone::utc_day(day, f.clock, f.zone) > c)
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
            let span = Span::new(base + f.start, base + f.end);
            let (label, label_above, label_after) = match context.stated(span) {
                Some(DateLabel::Other) => continue,
                None if of_work => continue,
                Some(stated) => (Some(stated), false, false),
                None => label(page, unit, raw, f, from, to),
            };
            // A picture's date: what the picture shows stands before it, and its credit behind.
            if credited && label.is_none() && f.start as usize > CAPTION {
                continue;
            }
            candidates.push(Candidate {
                unit,
                index,
                span,
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

/// The day of a date without a year of unit `unit`, where a whole date stands beside it that is not much later: `17.9. 06:02`,
/// `Updated 17.9.2024 08:15`.
fn beside(dates: &Dates, unit: usize, month: u8, day: u8) -> Option<Date> {
    let known = |found: &Found| match found.day {
        Day::Known(day) => Some(day),
        _ => None,
    };
    let mut near = (unit.saturating_sub(BESIDE)..=unit + BESIDE)
        .flat_map(|unit| dates.of(unit))
        .filter_map(known);
    near.find_map(|whole| {
        let day = yearless(Some(whole), month, day)?;
        let days = day.until(whole).ok()?.get_days();
        (days <= LATER).then_some(day)
    })
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

#[cfg(test)]
impl Candidate {
    /// A candidate of which nothing but its label is known.
    pub(super) fn labelled(label: Option<DateLabel>, label_above: bool) -> Self {
        Self {
            unit: 0,
            index: 0,
            span: Span::new(0, 10),
            day: jiff::civil::date(2021, 3, 5),
            clock: None,
            zone: None,
            label,
            label_above,
            label_after: false,
            shape: Shape::DayFirst,
            either: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, beside, leads_on, publish_before};
    use crate::lexicon::date_labels::{self, DateLabel};
    use crate::metadata::date::{Dates, value};

    #[test]
    fn the_day_before_that_of_the_change_is_that_of_publication() {
        let label = |first, second| {
            let mut line = [
                Candidate::labelled(first, false),
                Candidate::labelled(second, false),
            ];
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
        let mut alone = [Candidate::labelled(None, false)];
        publish_before(&mut alone);
        assert_eq!(alone[0].label, None);
        // `3 May / Updated on 5 May`, `3 May (updated), 5 May`
        assert!(leads_on(" on ", true) && !leads_on("), ", true) && !leads_on(" on ", false));
    }

    #[test]
    fn a_whole_date_beside_one_without_a_year_tells_it() {
        let day = |whole: &str| {
            let mut dates = Dates::default();
            dates.by_unit.insert(3, value::scan(whole, "fi"));
            beside(&dates, 2, 12, 30).map(|day| day.to_string())
        };
        assert_eq!(
            day("Päivitetty 31.12.2024 08:15").as_deref(),
            Some("2024-12-30")
        );
        assert_eq!(day("Päivitetty 2.1.2025").as_deref(), Some("2024-12-30"));
        assert_eq!(day("Päivitetty 1.12.2024"), None);
    }

    #[test]
    fn who_wrote_it_labels_the_day_behind() {
        let found = date_labels::find("geschrieben von jan am ");
        assert_eq!(found.last().map(|f| f.0), Some(DateLabel::Published));
    }
}
