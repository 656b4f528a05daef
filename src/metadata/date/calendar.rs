//! Years and days of other calendars than the Gregorian one.

use jiff::civil::Date;

/// The Gregorian year before the first of an era, by the two characters that name it.
pub(super) fn era(first: &str, second: &str) -> Option<u32> {
    Some(match (first, second) {
        ("令", "和") => 2018,
        ("平", "成") => 1988,
        ("昭", "和") => 1925,
        ("民", "國" | "国") => 1911,
        _ => return None,
    })
}

/// A day of the Solar Hijri calendar of Iran and Afghanistan. Leap years by the 33-year rule, which agrees with
/// the observed calendar from 1210 to 1500.
pub(super) fn solar_hijri(year: u32, month: u32, day: u32) -> Option<Date> {
    let longest = match month {
        1..=6 => 31,
        7..=12 => 30,
        _ => return None,
    };
    if day == 0 || day > longest || !(1210..=1500).contains(&year) {
        return None;
    }
    let year = i64::from(year);
    // Days from 1 Farvardin of `year` back to that of 1400, which was 21 March 2021.
    let leap = |y: i64| matches!(y.rem_euclid(33), 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30);
    let (low, high) = (year.min(1400), year.max(1400));
    let days = (low..high)
        .map(|y| if leap(y) { 366 } else { 365 })
        .sum::<i64>();
    let months = i64::from(month - 1);
    let in_year = months * 31 - (months - 6).max(0) + i64::from(day - 1);
    let offset = if year < 1400 { -days } else { days } + in_year;
    Date::constant(2021, 3, 21)
        .checked_add(jiff::Span::new().try_days(offset).ok()?)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::solar_hijri;

    #[test]
    fn solar_hijri_new_years_fall_in_march() {
        let day = |y, m, d| solar_hijri(y, m, d).map(|date| date.to_string());
        assert_eq!(day(1400, 1, 1).as_deref(), Some("2021-03-21"));
        assert_eq!(day(1399, 1, 1).as_deref(), Some("2020-03-20"));
        assert_eq!(day(1403, 1, 1).as_deref(), Some("2024-03-20"));
        assert_eq!(day(1399, 6, 15).as_deref(), Some("2020-09-05"));
        assert_eq!(day(1402, 12, 29).as_deref(), Some("2024-03-19"));
        assert_eq!(day(1399, 13, 1), None);
    }
}
