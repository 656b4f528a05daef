//! Time zones: offsets of a zone of the tz database at a day, and a stamp written as far as the text goes.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use super::Zone;
use super::value::Clock;

/// Writes a moment as RFC 3339 as far as it is known.
pub(in crate::metadata) fn stamp(day: Date, clock: Option<Clock>, zone: Option<Zone>) -> String {
    let Some(clock) = clock else {
        return day.to_string();
    };
    let (hour, minute) = (clock.hour, clock.minute);
    if let Some(seconds) = zone.and_then(|zone| offset(day, clock, zone)) {
        let sign = if seconds < 0 { '-' } else { '+' };
        let (h, m) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
        let second = clock.second.unwrap_or(0);
        return format!("{day}T{hour:02}:{minute:02}:{second:02}{sign}{h:02}:{m:02}");
    }
    match clock.second {
        Some(second) => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
        None => format!("{day}T{hour:02}:{minute:02}"),
    }
}

/// Seconds east of UTC at that wall-clock time.
fn offset(day: Date, clock: Clock, zone: Zone) -> Option<i32> {
    match zone {
        Zone::Fixed(seconds) => Some(seconds),
        Zone::Named(name) => {
            let zone = named(name)?;
            let wall: DateTime = day.at(clock.hour as i8, clock.minute as i8, 0, 0);
            let zoned = wall.to_zoned(zone).ok()?;
            Some(zoned.offset().seconds())
        }
    }
}

/// A zone of the tz database that is bundled with the binary, whatever the machine holds.
fn named(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// The day of a moment in UTC, to compare it with a collection date.
pub(in crate::metadata) fn utc_day(day: Date, clock: Option<Clock>, zone: Option<Zone>) -> Date {
    let Some((clock, seconds)) = clock.and_then(|c| Some((c, offset(day, c, zone?)?))) else {
        return day;
    };
    let wall = day.at(clock.hour as i8, clock.minute as i8, 0, 0);
    Offset::from_seconds(seconds)
        .ok()
        .and_then(|offset| offset.to_timestamp(wall).ok())
        .map_or(day, |moment| moment.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::value::Clock;
    use super::{Zone, stamp};

    #[test]
    fn a_stamp_goes_as_far_as_the_text() {
        let clock = Clock {
            hour: 15,
            minute: 47,
            second: None,
        };
        let berlin = Some(Zone::Named("Europe/Berlin"));
        assert_eq!(stamp(date(2022, 5, 30), None, berlin), "2022-05-30");
        assert_eq!(
            stamp(date(2022, 5, 30), Some(clock), None),
            "2022-05-30T15:47"
        );
        assert_eq!(
            stamp(date(2022, 5, 30), Some(clock), berlin),
            "2022-05-30T15:47:00+02:00"
        );
        assert_eq!(
            stamp(date(2022, 12, 30), Some(clock), berlin),
            "2022-12-30T15:47:00+01:00"
        );
        assert_eq!(
            stamp(date(2022, 5, 30), Some(clock), Some(Zone::Fixed(-9000))),
            "2022-05-30T15:47:00-02:30"
        );
    }
}
