//! Recognises dates and times of day in a line. Says what is written, with its doubts (which number is the day, which
//! year); what it means for the page is for `pick` to decide.

mod clock;
mod named;

use jiff::civil::Date;

use super::calendar;
use super::tokens::Tokens;

/// Tokens of a line that are looked at; dates stand near the ends of what is short.
const TOKEN_LIMIT: usize = 120;

/// A day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Day {
    /// Year, month and day, or numbers that can mean one day only.
    Known(Date),
    /// `3/4/2021`: two readings are possible, day first and month first.
    Either {
        /// Day before month.
        day_first: Date,
        /// Month before day.
        month_first: Date,
    },
    /// Month and day without a year.
    Yearless(u8, u8),
}

/// A time of day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) struct Clock {
    pub(in crate::metadata) hour: u8,
    pub(in crate::metadata) minute: u8,
    pub(in crate::metadata) second: Option<u8>,
}

/// A zone as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Zone {
    /// Seconds east of UTC.
    Fixed(i32),
    /// A name of the tz database.
    Named(&'static str),
}

/// How the numbers of a day were written; the order of day and month on a page is told from its other dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Shape {
    /// Year first.
    YearFirst,
    /// Day and month as numbers, the year last, that can only be read day first.
    DayFirst,
    /// Likewise, month first.
    MonthFirst,
    /// Day and month as numbers that can be read both ways.
    Numeric,
    /// The month is a word.
    Named,
    /// Told from the day of collection.
    Relative,
}

/// A date found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) struct Found {
    /// First byte in the line.
    pub(in crate::metadata) start: u32,
    /// One past the last byte in the line, time and zone included.
    pub(in crate::metadata) end: u32,
    pub(in crate::metadata) day: Day,
    pub(in crate::metadata) shape: Shape,
    pub(in crate::metadata) clock: Option<Clock>,
    pub(in crate::metadata) zone: Option<Zone>,
}

/// The dates written in `text`, in order; `language` helps where a word or a two-digit year has several readings.
pub(super) fn scan(text: &str, language: &str) -> Vec<Found> {
    let tokens = Tokens::new(text, TOKEN_LIMIT);
    let scanner = Scanner {
        t: &tokens,
        language,
    };
    let mut found: Vec<Found> = Vec::new();
    let mut i = 0;
    let mut free = 0;
    while i < tokens.tokens.len() {
        let Some((day, shape, next)) = scanner.day(i) else {
            i += 1;
            continue;
        };
        let (mut start, mut end) = (i, next);
        let mut clock = None;
        let mut zone = None;
        if let Some((time, written, after)) = scanner.clock_after(next) {
            (clock, zone, end) = (Some(time), written, after);
        } else if let Some((time, written, first)) = scanner.clock_before(free, i) {
            (clock, zone, start) = (Some(time), written, first);
        }
        if let (Some(first), Some(last)) = (tokens.get(start), tokens.get(end.max(1) - 1)) {
            found.push(Found {
                start: first.start,
                end: last.end,
                day,
                shape,
                clock,
                zone,
            });
        }
        i = end.max(i + 1);
        free = i;
    }
    found
}

struct Scanner<'a> {
    t: &'a Tokens<'a>,
    language: &'a str,
}

type DayAt = (Day, Shape, usize);

impl Scanner<'_> {
    /// A day that begins at token `i`, and the token after it.
    fn day(&self, i: usize) -> Option<DayAt> {
        if let Some((value, digits)) = self.t.number(i) {
            // Part of a longer number, a version or an amount: `1.2.3.4`, `12,345`.
            if i > 0
                && !self.t.spaced(i)
                && matches!(self.t.mark(i - 1), Some('$' | '€' | '#' | '£'))
            {
                return None;
            }
            return self
                .year_first(i, value, digits)
                .or_else(|| self.month_day_marks(i, value, digits))
                .or_else(|| self.day_named(i, value, digits))
                .or_else(|| self.numeric(i, value, digits));
        }
        if !self.t.is_word(i) {
            return None;
        }
        self.era(i).or_else(|| self.month_named(i))
    }

    /// `2022-05-30`, `2022년 5월 30일`, `2020. április 16.`, `2020 m. gegužės 5 d.`
    fn year_first(&self, i: usize, value: u32, digits: u8) -> Option<DayAt> {
        if digits == 8 {
            // Within an address it is the day of a file.
            if i > 0 && !self.t.spaced(i) && self.t.mark(i - 1) == Some('/') {
                return None;
            }
            let (y, m, d) = (value / 10_000, value / 100 % 100, value % 100);
            let date = (2000..2100).contains(&y).then(|| date(y, m, d))??;
            return Some((Day::Known(date), Shape::YearFirst, i + 1));
        }
        if let Some(found) = self.year_apart(i, value, digits) {
            return Some(found);
        }
        let plain = digits == 4 && (1900..=2100).contains(&value);
        let thai = digits == 4 && (2440..=2643).contains(&value);
        let solar = digits == 4 && (1300..=1450).contains(&value);
        if !(plain || thai || solar) {
            return None;
        }
        let (m, d, next) = self.month_and_day(i + 1)?;
        let date = if solar {
            calendar::solar_hijri(value, m, d)?
        } else {
            date(if thai { value - 543 } else { value }, m, d)?
        };
        Some((Day::Known(date), Shape::YearFirst, next))
    }

    /// `2022 05/30 15:47`, as a page prints it that gives the year larger, also glued: `202205/30 15:47`.
    fn year_apart(&self, i: usize, value: u32, digits: u8) -> Option<DayAt> {
        let (year, month, at) = match digits {
            6 => (value / 100, value % 100, i + 1),
            4 => {
                let at = i + 1 + usize::from(self.t.mark(i + 1) == Some('-'));
                (value, self.t.number(at).filter(|n| n.1 < 3)?.0, at + 1)
            }
            _ => return None,
        };
        let (day, digits) = self.t.number(at + 1)?;
        let timed = self.t.number(at + 2).is_some() && self.t.mark(at + 3) == Some(':');
        let fits = self.t.mark(at) == Some('/') && digits < 3 && timed;
        let day = date(year, month, day).filter(|_| fits && (1990..2100).contains(&year))?;
        Some((Day::Known(day), Shape::YearFirst, at + 2))
    }

    /// What follows a year: separator, month, separator, day.
    fn month_and_day(&self, i: usize) -> Option<(u32, u32, usize)> {
        let mut at = i;
        let mut mark = None;
        match (self.t.mark(at), self.t.of(at)) {
            (Some(c), _) if is_separator(c) || c == ',' => {
                mark = Some(c);
                at += 1;
            }
            (_, "年" | "년") => at += 1,
            (_, "m" | "g" | "г" | "р" | "r" | "ko" | "оны" | "ж") => {
                at += 1;
                if self.t.mark(at) == Some('.') {
                    at += 1;
                }
            }
            _ => {}
        }
        if let Some((m, digits)) = self.t.number(at) {
            if !(1..=12).contains(&m) || digits > 2 || at == i {
                return None;
            }
            at += 1;
            match (self.t.mark(at), self.t.of(at)) {
                (Some(c), _)
                    if is_separator(c)
                        && (mark.is_none() || mark.is_some_and(|first| same_kind(first, c))) =>
                {
                    at += 1
                }
                (_, "月" | "월") => at += 1,
                _ => return None,
            }
            let (d, digits) = self.t.number(at)?;
            if digits > 2 || d == 0 || d > 31 || self.t.mark(at + 1) == Some(':') {
                return None;
            }
            return Some((m, d, self.after_day(at + 1)));
        }
        let (m, next) = self.month_name(at)?;
        at = next;
        if matches!(self.t.mark(at), Some('.' | '-' | '/')) {
            at += 1;
        }
        let (d, digits) = self.t.number(at)?;
        (digits <= 2 && (1..=31).contains(&d) && self.t.mark(at + 1) != Some(':'))
            .then(|| (m, d, self.after_day(at + 1)))
    }

    fn after_day(&self, i: usize) -> usize {
        match (self.t.mark(i), self.t.of(i)) {
            (_, "일" | "日" | "号" | "號") => i + 1,
            (_, "d" | "a" | "án" | "én")
                if self.language == "lt" || self.language == "hu" || self.language == "eu" =>
            {
                i + 1
            }
            (Some('.'), _) if !self.t.spaced(i) => i + 1,
            _ => i,
        }
    }

    /// `5월 30일`, `5月30日`
    fn month_day_marks(&self, i: usize, value: u32, digits: u8) -> Option<DayAt> {
        if digits > 2 || !(1..=12).contains(&value) || !matches!(self.t.of(i + 1), "月" | "월") {
            return None;
        }
        let (d, digits) = self.t.number(i + 2)?;
        let whole = matches!(self.t.of(i + 3), "日" | "일" | "号" | "號");
        (whole && digits <= 2 && (1..=31).contains(&d)).then_some((
            Day::Yearless(value as u8, d as u8),
            Shape::Named,
            i + 4,
        ))
    }

    /// `30.05.2022`, `5/30/22`, and in East Asia and Hungary `22.05.30`
    fn numeric(&self, i: usize, a: u32, digits: u8) -> Option<DayAt> {
        if digits > 2 {
            return None;
        }
        let first = self.t.mark(i + 1).filter(|c| is_separator(*c))?;
        let (b, b_digits) = self.t.number(i + 2)?;
        let second = self.t.mark(i + 3).filter(|c| same_kind(first, *c))?;
        let (c, c_digits) = self.t.number(i + 4)?;
        if b_digits > 2 || !(second == '.' || second == '．' || !self.t.spaced(i + 4)) {
            return None;
        }
        // Four numbers in a row are an address or a version.
        if self.t.mark(i + 5).is_some_and(|c| same_kind(first, c))
            && self.t.number(i + 6).is_some()
            && !self.t.spaced(i + 6)
        {
            return None;
        }
        let next = i + 5;
        if c_digits == 4 && (1900..=2643).contains(&c) {
            let y = if c > 2400 { c - 543 } else { c };
            return self.order(a, b, y, next, first == '.');
        }
        if c_digits != 2 || digits != 2 && b_digits != 2 && first != '.' {
            return None;
        }
        // `17.9. 06:02`
        if self.t.mark(next) == Some(':') && self.t.number(next + 1).is_some() {
            date(2024, b, a).filter(|_| second == '.' && self.t.spaced(i + 4))?;
            return Some((Day::Yearless(b as u8, a as u8), Shape::DayFirst, i + 4));
        }
        if matches!(self.language, "ko" | "ja" | "zh" | "hu") {
            let day = date(2000 + a, b, c).filter(|_| digits == 2)?;
            return Some((Day::Known(day), Shape::YearFirst, next));
        }
        self.order(a, b, full_year(c), next, first == '.')
    }

    fn order(&self, a: u32, b: u32, year: u32, next: usize, dots: bool) -> Option<DayAt> {
        let day_first = date(year, b, a);
        let month_first = date(year, a, b).filter(|_| !dots);
        Some(match (day_first, month_first) {
            (Some(day), Some(_)) if a == b => (Day::Known(day), Shape::Numeric, next),
            (Some(day_first), Some(month_first)) => (
                Day::Either {
                    day_first,
                    month_first,
                },
                Shape::Numeric,
                next,
            ),
            (Some(day), None) => (Day::Known(day), Shape::DayFirst, next),
            (None, Some(day)) => (Day::Known(day), Shape::MonthFirst, next),
            (None, None) => return None,
        })
    }

    /// `令和6年5月3日`, `民國109年5月3日`
    fn era(&self, i: usize) -> Option<DayAt> {
        let base = calendar::era(self.t.of(i), self.t.of(i + 1))?;
        let (year, at) = match (self.t.number(i + 2), self.t.of(i + 2)) {
            (Some((year, 1..=3)), _) => (year, i + 3),
            (_, "元") => (1, i + 3),
            _ => return None,
        };
        if self.t.of(at) != "年" {
            return None;
        }
        let (m, d, next) = self.month_and_day(at)?;
        Some((Day::Known(date(base + year, m, d)?), Shape::YearFirst, next))
    }

    /// A year at token `i`: four digits, or two where what joins it says that it is one.
    fn year(&self, i: usize, tight: bool) -> Option<u32> {
        let (value, digits) = self.t.number(i)?;
        match digits {
            4 if (1900..=2100).contains(&value)
                || (2440..=2643).contains(&value)
                || (1300..=1450).contains(&value) =>
            {
                Some(value)
            }
            2 if tight => Some(full_year(value)),
            _ => None,
        }
    }

    fn gregorian(&self, year: u32, month: u32, day: u32) -> Option<Date> {
        match year {
            1300..=1450 => calendar::solar_hijri(year, month, day),
            2440.. => date(year - 543, month, day),
            _ => date(year, month, day),
        }
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '.' | '/' | '‐' | '‑' | '–' | '．' | '／' | '·')
}

fn same_kind(a: char, b: char) -> bool {
    let kind = |c| match c {
        '-' | '‐' | '‑' | '–' => '-',
        '.' | '．' => '.',
        '/' | '／' => '/',
        other => other,
    };
    kind(a) == kind(b)
}

/// A year of two digits: the window reaches from 1970 to 2069.
fn full_year(value: u32) -> u32 {
    if value < 70 {
        2000 + value
    } else {
        1900 + value
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::{Clock, Day, Zone, date, scan};

    fn day(text: &str, language: &str) -> String {
        match scan(text, language).first().map(|f| f.day) {
            Some(Day::Known(day)) => day.to_string(),
            Some(Day::Either { .. }) => "either".to_owned(),
            Some(Day::Yearless(m, d)) => format!("{m}-{d}"),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn written_forms_of_a_day() {
        for (text, language, want) in [
            ("기사입력 : 2022년05월30일 15:47", "ko", "2022-05-30"),
            ("2024. 2. 7. 오후 3:04", "ko", "2024-02-07"),
            ("22.05.30 11:00", "ko", "2022-05-30"),
            ("8.5.12", "de", "2012-05-08"),
            ("30. Mai 2022, 18 Uhr", "de", "2022-05-30"),
            (
                "Published Aug 28, 2024  •  4 minute read",
                "en",
                "2024-08-28",
            ),
            ("the 3rd of March, 1999", "en", "1999-03-03"),
            ("by The PostNovember 21, 202501747", "en", "2025-11-21"),
            ("20230415", "ko", "2023-04-15"),
            ("http://post.example/photos/20230415/a.jpg", "ko", "none"),
            ("3/4/2021", "en", "either"),
            ("4/28/2021", "en", "2021-04-28"),
            ("5 de setiembre de 2020", "es", "2020-09-05"),
            ("1er août 2019", "fr", "2019-08-01"),
            ("2020. április 16. 10:11", "hu", "2020-04-16"),
            ("2020 m. gegužės 5 d.", "lt", "2020-05-05"),
            ("ngày 22 tháng 9 năm 2020", "vi", "2020-09-22"),
            ("16 เม.ย. 2563", "th", "2020-04-16"),
            ("١٢ أغسطس ٢٠٢٣", "ar", "2023-08-12"),
            ("12 تشرين الثاني 2020", "ar", "2020-11-12"),
            ("令和6年5月3日", "ja", "2024-05-03"),
            ("۱۳۹۹/۰۶/۱۵", "fa", "2020-09-05"),
            ("6月24日 11時30分", "ja", "6-24"),
            ("Sat 2 Jul 2022 07.00 BST", "en", "2022-07-02"),
            ("mar. 4 juillet 2022", "fr", "2022-07-04"),
            ("Sen, 02/01/2022", "id", "either"),
            ("mar. 2. ene 2022", "es", "2022-01-02"),
            ("17.9. 06:02", "fi", "9-17"),
            ("2022 05/30 15:47:01", "zh", "2022-05-30"),
            ("202205/30 15:47", "zh", "2022-05-30"),
            ("2022 05/30", "zh", "none"),
            ("version 1.2.3.4", "en", "none"),
            ("May 15:30", "en", "none"),
            ("call 555-12-3456", "en", "none"),
        ] {
            assert_eq!(day(text, language), want, "{text}");
        }
    }

    #[test]
    fn thirteen_eighteen_stays_in_the_afternoon() {
        let clock = |text: &str| {
            scan(text, "en")
                .first()
                .and_then(|f| f.clock)
                .map(|c| (c.hour, c.minute))
        };
        for (text, want) in [
            ("2020-05-03 13:18", (13, 18)),
            ("2024. 2. 7. 오후 3:04", (15, 4)),
            ("May 3, 2020 at 12:05 a.m.", (0, 5)),
            ("May 3, 2020 12:05 PM ET", (12, 5)),
            ("10:52 AM EDT, Wed August 26, 2020", (10, 52)),
            ("2025年1月13日 20時01分", (20, 1)),
            ("26 mai 2020 à 9h05", (9, 5)),
            ("04.02.2022 | 15:33 Uhr | ", (15, 33)),
            ("2023.04.07 (19:13)", (19, 13)),
            ("14.9.2020 um 18.30", (18, 30)),
        ] {
            assert_eq!(clock(text), Some(want), "{text}");
        }
    }

    #[test]
    fn zones_are_read_as_printed() {
        let zone = |text: &str| scan(text, "en").first().and_then(|f| f.zone);
        assert_eq!(zone("2020-05-03T13:18:00+05:30"), Some(Zone::Fixed(19_800)));
        assert_eq!(zone("2020-05-03T13:18:00.000Z"), Some(Zone::Fixed(0)));
        assert_eq!(
            zone("May 3, 2020 12:05 PM ET"),
            Some(Zone::Named("America/New_York"))
        );
        assert_eq!(zone("3 May 2020 12:05 GMT+2"), Some(Zone::Fixed(7200)));
        assert_eq!(zone("3 May 2020 12:05 Uhr"), None);
    }

    #[test]
    fn a_date_keeps_its_place_and_seconds() {
        let found = scan("입력 2016.09.26 22:18:01 수정 : 2016.09.26 22:20:08", "ko");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].start, 7);
        assert_eq!(
            found[1].clock,
            Some(Clock {
                hour: 22,
                minute: 20,
                second: Some(8)
            })
        );
        assert_eq!(Some(found[0].day), date(2016, 9, 26).map(Day::Known));
    }
}
