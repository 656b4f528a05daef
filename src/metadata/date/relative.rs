//! Dates that are told from the day the page was collected: `2 hours ago`, `어제`. Looked for only where that day is known.

use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Span, Timestamp, ToSpan};

use super::value::{Day, Found, Shape};
use crate::document::lower;
use crate::lexicon::outlets;
use crate::lexicon::relative_dates::{self, Phrase, Unit};

/// Hours back that surely lie within the day of collection, where its time is not known: most pages are collected
/// later in the day than so.
const SAME_DAY_HOURS: u32 = 6;
/// Days back that are told in days: what is said of a longer time is rounded.
const DAYS: u32 = 14;
/// Characters of the longest line that `today` and `yesterday` may open.
const WORD_LINE: usize = 28;

/// When the page was collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Collected {
    /// The day alone.
    Day(Date),
    /// To the second.
    Moment(Timestamp),
}

impl Collected {
    /// Reads a stamp as inputs give it: RFC 3339, as far as it goes.
    pub(in crate::metadata) fn read(stamp: &str) -> Option<Self> {
        if let Ok(moment) = stamp.parse() {
            return Some(Self::Moment(moment));
        }
        Some(Self::Day(stamp.get(..10)?.parse().ok()?))
    }

    /// The day, in UTC where the moment is known.
    pub(in crate::metadata) fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Moment(moment) => moment.to_zoned(TimeZone::UTC).date(),
        }
    }

    /// The day that lies `count` of `unit` back, as readers of `language` count days; `None` where that is not sure.
    fn back(self, count: u32, unit: Unit, language: &str) -> Option<Date> {
        let count = i64::from(count);
        let span: Span = match unit {
            Unit::Minute => Span::new().try_minutes(count).ok()?,
            Unit::Hour => Span::new().try_hours(count).ok()?,
            Unit::Day if count > i64::from(DAYS) => return None,
            Unit::Day => Span::new().try_days(count).ok()?,
            Unit::Today => 0.days(),
            Unit::Yesterday => 1.day(),
        };
        match self {
            Self::Moment(moment) => {
                let home = outlets::home_zone(language)
                    .and_then(|name| TimeZoneDatabase::bundled().get(name).ok())
                    .unwrap_or(TimeZone::UTC);
                Some(moment.to_zoned(home).checked_sub(span).ok()?.date())
            }
            Self::Day(day) => match unit {
                Unit::Minute if count > i64::from(60 * SAME_DAY_HOURS) => None,
                Unit::Hour if count > i64::from(SAME_DAY_HOURS) => None,
                Unit::Minute | Unit::Hour => Some(day),
                _ => day.checked_sub(span).ok(),
            },
        }
    }
}

/// The words by which `raw` tells a date, whatever the day of collection.
pub(in crate::metadata) fn phrase(raw: &str) -> Option<Phrase> {
    let lower = lower(raw);
    let phrase = relative_dates::find(&lower)?;
    // Places in the lower-case line are places in the line, but for a few letters whose lower case is longer or shorter.
    let printed = raw.get(phrase.start..phrase.end)?;
    (printed.to_lowercase() == lower[phrase.start..phrase.end]).then_some(phrase)
}

/// The date that `raw` tells from the day of collection.
pub(super) fn scan(raw: &str, collected: Collected, language: &str) -> Option<Found> {
    let phrase = phrase(raw)?;
    let word = matches!(phrase.unit, Unit::Today | Unit::Yesterday);
    if word && (phrase.start > 0 || raw.chars().count() > WORD_LINE) {
        return None;
    }
    Some(Found {
        start: phrase.start as u32,
        end: phrase.end as u32,
        day: Day::Known(collected.back(phrase.count, phrase.unit, language)?),
        shape: Shape::Relative,
        clock: None,
        zone: None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Collected, scan};
    use crate::metadata::date::value::Day;

    fn told(raw: &str, collected: &str, language: &str) -> Option<String> {
        let found = scan(raw, Collected::read(collected)?, language)?;
        match found.day {
            Day::Known(day) => Some(day.to_string()),
            _ => None,
        }
    }

    #[test]
    fn hours_cross_midnight_where_the_moment_is_known() {
        let early = "2024-03-01T01:30:00Z";
        assert_eq!(
            told("2 hours ago", early, "en").as_deref(),
            Some("2024-02-29")
        );
        assert_eq!(
            told("45 minutes ago", early, "en").as_deref(),
            Some("2024-03-01")
        );
        // Half past ten in the morning, in Korea.
        assert_eq!(told("2시간 전", early, "ko").as_deref(), Some("2024-03-01"));
    }

    #[test]
    fn a_day_alone_answers_what_it_can() {
        assert_eq!(
            told("Vor 3 Stunden", "2024-03-01", "de").as_deref(),
            Some("2024-03-01")
        );
        assert_eq!(told("Vor 20 Stunden", "2024-03-01", "de"), None);
        assert_eq!(
            told("3 days ago", "2024-03-01", "en").as_deref(),
            Some("2024-02-27")
        );
        assert_eq!(
            told("Yesterday, 14:05", "2024-03-01", "en").as_deref(),
            Some("2024-02-29")
        );
        assert_eq!(told("The council met yesterday", "2024-03-01", "en"), None);
        // Lower cases of other lengths that make the line as long as it was.
        assert!(told("\u{212a}\u{130}\u{130} 3 days ago", "2024-03-01", "en").is_some());
        assert_eq!(
            told("\u{130} 3 hours ago \u{212a}", "2024-03-01", "en"),
            None
        );
        assert_eq!(
            Collected::read("2024-03-01").map(Collected::day),
            Some(date(2024, 3, 1))
        );
    }
}
