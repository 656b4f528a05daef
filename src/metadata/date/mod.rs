//! Dates of publication and change: recognised in lines near the article, ranked by a small learned model.

mod calendar;
pub(super) mod candidates;
pub(super) mod features;
pub(super) mod pick;
pub(super) mod relative;
mod tokens;
mod value;
pub(super) mod zone;

use rustc_hash::FxHashMap as HashMap;

use super::page::Page;
use crate::label::LineKind;
pub(super) use value::{Clock, Day, Found, Shape, Zone};

use jiff::civil::Date;
use relative::Collected;

/// Units before the first paragraph in which dates are looked for.
const BEFORE: usize = 160;
/// Units after the last paragraph in which dates are looked for.
const AFTER: usize = 60;
/// Bytes of a unit beyond which only its ends are looked at.
const LONG: usize = 240;
/// Bytes at either end of a long unit that are looked at.
const END: usize = 100;

/// Digits of a year.
const YEAR: usize = 4;

/// The dates near the article, by unit.
#[derive(Debug, Default)]
pub(super) struct Dates {
    by_unit: HashMap<usize, Vec<Found>>,
    /// The units that hold a date, in reading order.
    pub(super) units: Vec<usize>,
}

impl Dates {
    /// Those told from the day of collection are among them where that is known.
    pub(super) fn new(page: &Page<'_>, collected: Option<Collected>) -> Self {
        let mut dates = Self::default();
        let last = (page.body.end + AFTER).min(page.len());
        for i in page.body.start.saturating_sub(BEFORE)..last {
            let span = page.span(i);
            let short = span.len() <= LONG;
            // The middle of the body tells of other days.
            let inner = page.body.contains(&i)
                && i > page.body.start + 2
                && i + 2 < page.body.end
                && page.facts[i].kind == LineKind::Body;
            if inner && !short {
                continue;
            }
            let raw = page.raw(i);
            let mut found = if !short {
                ends(raw, page.language)
            } else if page.facts[i].digit && tokens::has_digit(raw) {
                value::scan(raw, page.language)
            } else {
                Vec::new()
            };
            if let Some(collected) = collected
                && found.is_empty()
                && short
            {
                found.extend(relative::scan(raw, collected, page.language));
            }
            if found.is_empty() && short && page.facts[i].digit {
                found.extend(torn(page, i));
            }
            if !found.is_empty() {
                dates.units.push(i);
                dates.by_unit.insert(i, found);
            }
        }
        dates
    }

    /// The dates of unit `i`.
    pub(super) fn of(&self, i: usize) -> &[Found] {
        self.by_unit.get(&i).map_or(&[], Vec::as_slice)
    }

    /// The share of unit `i` that dates cover, 0 to 1.
    pub(super) fn cover(&self, page: &Page<'_>, i: usize) -> f32 {
        let bytes: u32 = self.of(i).iter().map(|f| f.end - f.start).sum();
        bytes as f32 / page.span(i).len().max(1) as f32
    }
}

/// The date of unit `i` whose year is the line above and whose time the one below: `2022`, `05/30`, `15:47:01`.
fn torn(page: &Page<'_>, i: usize) -> Option<Found> {
    let raw = page.raw(i);
    let line = raw.trim();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let number = |text: &str| (1..=2).contains(&text.len()) && digits(text);
    let day = line.split_once('/').filter(|(m, d)| number(m) && number(d));
    if day.is_none() || i == 0 || i + 1 >= page.len() {
        return None;
    }
    let year = page.raw(i - 1).trim();
    let whole = format!("{year} {line} {}", page.raw(i + 1));
    let found = value::scan(&whole, page.language).into_iter().next()?;
    let start = raw.len() - raw.trim_start().len();
    (year.len() == YEAR && digits(year)).then_some(Found {
        start: start as u32,
        end: (start + line.len()) as u32,
        ..found
    })
}

/// The moment that `text` is nothing but the writing of, as far as it goes.
pub(super) fn written(text: &str) -> Option<(Date, Option<Clock>, Option<Zone>)> {
    value::scan(text, "und")
        .into_iter()
        .find_map(|found| match found.day {
            Day::Known(day) => Some((day, found.clock, found.zone)),
            _ => None,
        })
}

/// The dates at the ends of a long unit.
fn ends(raw: &str, language: &str) -> Vec<Found> {
    let head = raw.floor_char_boundary(END);
    let tail = raw.floor_char_boundary(raw.len() - END);
    let mut found = value::scan(&raw[..head], language);
    let shift = tail as u32;
    found.extend(
        value::scan(&raw[tail..], language)
            .into_iter()
            .map(|f| Found {
                start: f.start + shift,
                end: f.end + shift,
                ..f
            }),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::{Dates, Day};
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::layout;
    use crate::metadata::page::Page;

    #[test]
    fn a_date_torn_into_lines_is_read() {
        let day = |text: &str| {
            let units = layout::units(text);
            let verdict = || Verdict::new(LineKind::Unknown, Reason::ModelNotBody, 90);
            let labels = Labels::new(&units, units.units.iter().map(|_| verdict()));
            let dates = Dates::new(&Page::new(text, &units, &labels), None);
            let days = dates.units.iter().flat_map(|unit| dates.of(*unit));
            let day = days.map(|found| match found.day {
                Day::Known(day) => day.to_string(),
                _ => "another".to_owned(),
            });
            day.collect::<Vec<_>>()
        };
        assert_eq!(day("2023\n11/20\n08:31:07\n"), ["2023-11-20"]);
        assert!(day("2023\n11/20\nHarbour\n").is_empty());
        assert!(day("Harbour\n11/20\n08:31:07\n").is_empty());
    }
}
