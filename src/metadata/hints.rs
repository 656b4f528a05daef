//! What the container says of headline and day, held against the page: a printed line that it names is the headline,
//! and what the page does not print is taken from it.

use jiff::civil::Date;

use super::byline;
use super::date::{self, zone};
use super::headline::Headline;
use super::page::Page;
use super::stated;
use crate::document::{Hints, Span, is_alphanumeric};
use crate::record::{Evidence, Metadata};

/// Units after the first paragraph among which a title is looked for, as those of the headline are.
const AFTER: usize = 12;
/// Letters of the shortest line that may stand for a title that goes on behind it, as browser titles do with the name
/// of the outlet.
const SHORTEST_HEAD: usize = 8;
/// How sure a line is that the container names too.
const NAMED: f32 = 0.98;
/// A headline less sure than this gives way to a title that the page does not print: texts without their headline are
/// common in JSON lines, and what is then found is a lede or a crosshead.
const FIRM: f32 = 0.8;
/// How sure a title or a day is that only the container gives.
const OUTSIDE: f64 = 0.8;
/// The rule of what only the container gives.
pub(super) const RULE: &str = "container";

/// The headline by page and container; `found` is the page's own.
pub(super) fn headline(
    hints: &Hints,
    page: &Page<'_>,
    found: Option<Headline>,
) -> Option<Headline> {
    let titles = [hints.title.as_deref(), hints.page_title.as_deref()];
    for title in titles.into_iter().flatten() {
        let title = letters(title);
        if found
            .as_ref()
            .is_some_and(|found| names(&title, &found.line))
        {
            return found.map(|found| Headline {
                probability: found.probability.max(NAMED),
                ..found
            });
        }
        if let Some(i) = printed(&title, page) {
            return Some(Headline {
                first: i,
                last: i,
                line: page.line(i).into_owned(),
                probability: NAMED,
                alternatives: found.map(|found| found.line).into_iter().collect(),
            });
        }
    }
    found.filter(|found| hints.title.is_none() || found.probability >= FIRM)
}

/// The headline that the fields above the text give at `span`: where the page prints it again, that print; `found` is the
/// page's own.
pub(super) fn stated(span: Span, page: &Page<'_>, found: Option<Headline>) -> Headline {
    let title = span.of(page.text);
    let unit = page
        .units
        .units
        .partition_point(|unit| unit.span.end <= span.start);
    let print = printed(&letters(title), page).filter(|i| *i > unit);
    let line = match print {
        Some(i) => page.line(i).into_owned(),
        None => title.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    Headline {
        first: print.unwrap_or(unit),
        last: print.unwrap_or(unit),
        probability: stated::SURE,
        alternatives: found
            .map(|found| found.line)
            .filter(|other| *other != line)
            .into_iter()
            .collect(),
        line,
    }
}

/// The unit nearest before the body, else behind its beginning, that prints the title whose letters are `title`.
fn printed(title: &str, page: &Page<'_>) -> Option<usize> {
    let start = page.body.start;
    let named = |i: &usize| names(title, &page.line(*i));
    let behind = start..page.len().min(start + AFTER);
    (0..start.min(page.len()))
        .rev()
        .find(named)
        .or_else(|| behind.into_iter().find(named))
}

/// Whether the title whose letters are `title` is `line`, or goes on behind it.
fn names(title: &str, line: &str) -> bool {
    if line.len() > 2 * title.len() + 64 {
        return false;
    }
    let line = letters(line);
    if line.is_empty() {
        return false;
    }
    let head = line.chars().count() >= SHORTEST_HEAD && 2 * line.len() >= title.len();
    title == line || (head && title.starts_with(&line))
}

/// Letters and digits in lower case: spaces, dashes and quotation marks differ between a page and its container.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| is_alphanumeric(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The day that the container gives: a date of the page without a year is near it.
pub(super) fn day(hints: &Hints) -> Option<Date> {
    Some(moment(hints)?.0)
}

fn moment(hints: &Hints) -> Option<(Date, Option<date::Clock>, Option<date::Zone>)> {
    let written = hints.date.as_deref()?;
    let read = date::written(written).or_else(|| Some((written.parse().ok()?, None, None)));
    // Midnight to the second is how a database writes that it knows the day alone.
    let midnight = |clock: &date::Clock| clock.hour == 0 && clock.minute == 0;
    read.map(|(day, clock, zone)| match clock {
        Some(clock) if midnight(&clock) && clock.second.unwrap_or(0) == 0 => (day, None, None),
        clock => (day, clock, zone),
    })
}

/// Fills in what the page, whose body is in `language`, did not give.
pub(super) fn fill(hints: &Hints, language: &str, metadata: &mut Metadata) {
    let outside = |raw: &str| Evidence {
        raw: raw.to_owned(),
        rule: RULE,
        confidence: OUTSIDE,
        ..Evidence::default()
    };
    if metadata.headline.is_none()
        && let Some(title) = &hints.title
    {
        let folded = title.split_whitespace().collect::<Vec<_>>().join(" ");
        metadata.note("headline", outside(title));
        metadata.headline = (!folded.is_empty()).then_some(folded);
    }
    if metadata.author.is_empty()
        && let Some(names) = &hints.author
    {
        let persons = byline::field::persons(names, language);
        if !persons.is_empty() {
            metadata.note("author", outside(names));
            metadata.author = persons;
        }
    }
    if metadata.date_published.is_none()
        && let Some((day, clock, zone)) = moment(hints)
    {
        let raw = hints.date.as_deref().unwrap_or_default();
        metadata.note("datePublished", outside(raw));
        metadata.date_published = Some(zone::stamp(day, clock, zone));
        metadata
            .warnings
            .retain(|warning| !matches!(*warning, "date-absent" | "date-ambiguous"));
    }
}

#[cfg(test)]
mod tests {
    use super::{letters, moment, names};
    use crate::document::Hints;

    #[test]
    fn a_title_names_the_line_that_it_begins_with() {
        let title = letters("Bridge at Alder Point closed \u{2013} The Bay Courier");
        assert!(names(&title, "Bridge at Alder Point closed"));
        assert!(names(&title, "BRIDGE AT ALDER POINT  CLOSED"));
        assert!(!names(&title, "Bridge"), "too little of it");
        assert!(!names(&title, "Alder Point closed"));
        assert!(!names(&title, "***"));
    }

    #[test]
    fn a_day_is_given_as_far_as_it_is_known() {
        let read = |date: &str| {
            let hints = Hints {
                date: Some(date.to_owned()),
                ..Hints::default()
            };
            moment(&hints)
                .map(|(day, clock, zone)| crate::metadata::date::zone::stamp(day, clock, zone))
        };
        for (written, want) in [
            ("2024-03-01", Some("2024-03-01")),
            ("20240301", Some("2024-03-01")),
            ("2024-03-01 00:00:00", Some("2024-03-01")),
            (
                "2024-03-01T09:30:00+09:00",
                Some("2024-03-01T09:30:00+09:00"),
            ),
            ("2024-03-01 09:30", Some("2024-03-01T09:30")),
            ("March 1, 2024", Some("2024-03-01")),
            ("yesterday", None),
        ] {
            assert_eq!(read(written).as_deref(), want, "{written}");
        }
    }
}
