//! Times of day and zones beside a date: `오후 3시 5분`, `3.05 p.m. CET`, `+09:00`.

use super::{Clock, Scanner, Zone};
use crate::lexicon::zones;

impl Scanner<'_> {
    /// A time of day after a date that ends before token `i`.
    pub(super) fn clock_after(&self, i: usize) -> Option<(Clock, Option<Zone>, usize)> {
        let mut at = i;
        let mut words = 0;
        let mut marks = 0;
        while at < i + 9 {
            if let Some((clock, next)) = self.clock(at) {
                let (zone, next) = self.zone(next);
                return Some((clock, zone, next));
            }
            if self.t.number(at).is_some() {
                return None;
            }
            if self.t.mark(at).is_some() {
                marks += 1;
            } else if self.t.word(at).is_some() {
                words += 1;
            } else {
                return None;
            }
            if words > 2 || marks > 4 {
                return None;
            }
            at += 1;
        }
        None
    }

    /// A time of day before a date that begins at token `i`, not before token `free`.
    pub(super) fn clock_before(
        &self,
        free: usize,
        i: usize,
    ) -> Option<(Clock, Option<Zone>, usize)> {
        let first = free.max(i.saturating_sub(11));
        for at in first..i {
            if self.t.number(at).is_none() && self.half_of(at).is_none() {
                continue;
            }
            let Some((clock, next)) = self.clock(at) else {
                continue;
            };
            let (zone, next) = self.zone(next);
            if next > i {
                continue;
            }
            let words = (next..i).filter(|k| self.t.is_word(*k)).count();
            let numbers = (next..i).any(|k| self.t.number(k).is_some());
            return (words <= 2 && !numbers).then_some((clock, zone, at));
        }
        None
    }

    /// Morning or afternoon at token `i`: whether it is the afternoon, and the token after it.
    pub(super) fn half_of(&self, i: usize) -> Option<(bool, usize)> {
        let word = self.t.word(i)?;
        match &*word {
            "am" | "오전" | "πμ" | "ص" | "sa" | "öö" => return Some((false, i + 1)),
            "pm" | "오후" | "μμ" | "م" | "ch" | "ös" => return Some((true, i + 1)),
            _ => {}
        }
        match (&*word, self.t.of(i + 1)) {
            ("午", "前") | ("上", "午") => return Some((false, i + 2)),
            ("午", "後" | "后") | ("下", "午") => return Some((true, i + 2)),
            _ => {}
        }
        let afternoon = match &*word {
            "a" | "π" => false,
            "p" | "μ" => true,
            _ => return None,
        };
        let m = self.t.word(i + 2)?;
        if self.t.mark(i + 1) != Some('.') || !(m == "m" || m == "μ") {
            return None;
        }
        let closed = self.t.mark(i + 3) == Some('.') && !self.t.spaced(i + 3);
        Some((afternoon, i + 3 + usize::from(closed)))
    }

    /// A time of day at token `i`, and the token after it.
    pub(super) fn clock(&self, i: usize) -> Option<(Clock, usize)> {
        let mut at = i;
        let mut half = self.half_of(at);
        if let Some((_, next)) = half {
            at = next;
        }
        let (hour, digits) = self.t.number(at)?;
        if hour > 24 || digits > 2 {
            return None;
        }
        let minute_at = |k: usize| {
            self.t
                .number(k)
                .filter(|(value, digits)| *value < 60 && *digits == 2 && !self.t.spaced(k))
                .map(|(value, _)| value)
        };
        let mut minute = 0;
        let mut second = None;
        let mut written = half.is_some();
        match (self.t.mark(at + 1), self.t.word(at + 1).as_deref()) {
            (Some(':' | '：' | '∶'), _) => {
                minute = minute_at(at + 2)?;
                at += 3;
                written = true;
                if matches!(self.t.mark(at), Some(':' | '：' | '∶'))
                    && let Some(value) = minute_at(at + 1)
                {
                    second = Some(value as u8);
                    at += 2;
                    if self.t.mark(at) == Some('.')
                        && self.t.number(at + 1).is_some()
                        && !self.t.spaced(at + 1)
                    {
                        at += 2;
                    }
                }
            }
            (Some('.'), _)
                if minute_at(at + 2).is_some()
                    && self.t.mark(at + 3) != Some('.')
                    && !self.t.spaced(at + 1) =>
            {
                minute = minute_at(at + 2)?;
                at += 3;
                written |= digits == 2 || self.half_of(at).is_some();
            }
            (_, Some("h" | "시" | "時" | "时" | "點" | "点" | "giờ" | "г" | "ч" | "uhr" | "g")) =>
            {
                at += 2;
                written = true;
                if let Some((value, 1..=2)) = self.t.number(at)
                    && value < 60
                    && (!self.t.spaced(at) || matches!(self.t.of(at + 1), "분" | "分"))
                {
                    minute = value;
                    at += 1;
                    if matches!(self.t.of(at), "분" | "分" | "min" | "m") {
                        at += 1;
                    }
                    if let Some((value, 1..=2)) = self.t.number(at)
                        && value < 60
                        && matches!(self.t.of(at + 1), "초" | "秒")
                    {
                        second = Some(value as u8);
                        at += 2;
                    }
                }
            }
            _ => at += 1,
        }
        if half.is_none()
            && let Some((afternoon, next)) = self.half_of(at)
        {
            half = Some((afternoon, next));
            written = true;
            at = next;
        }
        if !written {
            return None;
        }
        let hour = match half {
            Some((true, _)) if hour < 12 => hour + 12,
            Some((false, _)) if hour == 12 => 0,
            _ => hour,
        };
        if self.t.word(at).as_deref() == Some("uhr") {
            at += 1;
        }
        (hour < 24).then_some((
            Clock {
                hour: hour as u8,
                minute: minute as u8,
                second,
            },
            at,
        ))
    }

    /// A zone at token `i`, and the token after it; `i` where none is written.
    pub(super) fn zone(&self, i: usize) -> (Option<Zone>, usize) {
        let mut at = i;
        if self.t.mark(at) == Some('(') {
            at += 1;
        }
        let upper = self.t.of(at);
        let spelt = !upper.is_empty() && upper.bytes().all(|b| b.is_ascii_uppercase());
        if spelt && let Some(zone) = zones::zone(upper) {
            if zone == "+00:00"
                && let Some((offset, next)) = self.offset(at + 1)
            {
                return (Some(Zone::Fixed(offset)), next);
            }
            return (Some(named(zone)), at + 1);
        }
        if !self.t.spaced(i)
            && let Some((offset, next)) = self.offset(i)
        {
            return (Some(Zone::Fixed(offset)), next);
        }
        (None, i)
    }

    /// `+09:00`, `-0500`, `+9`
    fn offset(&self, i: usize) -> Option<(i32, usize)> {
        let sign = match self.t.mark(i)? {
            '+' => 1,
            '-' | '−' => -1,
            _ => return None,
        };
        let (value, digits) = self.t.number(i + 1).filter(|_| !self.t.spaced(i + 1))?;
        let (hours, minutes, next) = match digits {
            4 => (value / 100, value % 100, i + 2),
            _ if self.t.mark(i + 2) == Some(':') => (value, self.t.number(i + 3)?.0, i + 4),
            _ => (value, 0, i + 2),
        };
        (hours <= 14 && minutes < 60)
            .then_some((sign * (hours as i32 * 3600 + minutes as i32 * 60), next))
    }
}

fn named(zone: &'static str) -> Zone {
    fixed(zone).map_or(Zone::Named(zone), Zone::Fixed)
}

/// The seconds of a fixed offset such as `-02:30`.
fn fixed(zone: &str) -> Option<i32> {
    let sign = match zone.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let hours: i32 = zone.get(1..3)?.parse().ok()?;
    let minutes: i32 = zone.get(4..6)?.parse().ok()?;
    Some(sign * (hours * 3600 + minutes * 60))
}
