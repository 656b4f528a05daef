//! Days whose month is a name: `30. Mai 2022`, `May 30, 2022`.

use super::{Day, DayAt, Scanner, Shape, date};
use crate::lexicon::months;

/// Tokens from the first of a month's name to the number behind it at most: words and full stops, and a mark.
const REACH: usize = 5;

impl Scanner<'_> {
    /// `30. Mai 2022`, `3rd of May, 2021`, `5 de mayo de 2020`, `22 tháng 9 năm 2020`
    pub(super) fn day_named(&self, i: usize, value: u32, digits: u8) -> Option<DayAt> {
        if digits > 2 || !(1..=31).contains(&value) {
            return None;
        }
        let mut at = i + 1;
        let suffix = self.t.word(at);
        if suffix.as_deref().is_some_and(|w| {
            !self.t.spaced(at)
                && matches!(
                    w,
                    "st" | "nd"
                        | "rd"
                        | "th"
                        | "er"
                        | "ère"
                        | "º"
                        | "ª"
                        | "ième"
                        | "e"
                        | "a"
                        | "o"
                        | "η"
                        | "ης"
                        | "го"
                )
        }) {
            at += 1;
        }
        let mut skipped = 0;
        while skipped < 2 {
            let joins = match self.t.mark(at) {
                Some('.' | '-' | '/' | '°' | ',' | '–' | '’' | '\'') => true,
                Some(_) => false,
                None => self.t.word(at).is_some_and(|w| {
                    matches!(
                        &*w,
                        "de" | "of"
                            | "d"
                            | "den"
                            | "di"
                            | "del"
                            | "ng"
                            | "da"
                            | "do"
                            | "mis"
                            | "a"
                            | "na"
                            | "día"
                            | "ta"
                    )
                }),
            };
            if !joins {
                break;
            }
            at += 1;
            skipped += 1;
        }
        let (month, next) = self.month_name(at)?;
        at = next;
        // The same month by two names: `نيسان / أبريل`.
        if self.t.mark(at) == Some('/')
            && let Some((again, next)) = self.month_name(at + 1)
            && again == month
        {
            at = next;
        }
        let mut skipped = 0;
        let mut tight = false;
        while skipped < 3 {
            let joins = match self.t.mark(at) {
                Some(c @ ('.' | ',' | '-' | '/' | '’' | '\'' | '،' | '–')) => {
                    tight |= matches!(c, '-' | '/' | '’' | '\'');
                    true
                }
                Some(_) => false,
                None => self.t.word(at).is_some_and(|w| {
                    matches!(
                        &*w,
                        "de" | "del"
                            | "of"
                            | "năm"
                            | "do"
                            | "da"
                            | "di"
                            | "des"
                            | "พ"
                            | "ศ"
                            | "ค"
                            | "anno"
                            | "in"
                            | "d"
                            | "al"
                    )
                }),
            };
            if !joins {
                break;
            }
            at += 1;
            skipped += 1;
        }
        if let Some(year) = self.year(at, tight) {
            return Some((
                Day::Known(self.gregorian(year, month, value)?),
                Shape::Named,
                at + 1,
            ));
        }
        date(2024, month, value)?;
        Some((Day::Yearless(month as u8, value as u8), Shape::Named, next))
    }

    /// `May 30, 2022`, `Mai 30. 2022`, `mai 30`
    pub(super) fn month_named(&self, i: usize) -> Option<DayAt> {
        // Most words are told here, before anything is looked up.
        if !(i + 1..=i + REACH).any(|at| self.t.number(at).is_some()) {
            return None;
        }
        let (month, next) = self.month_name(i)?;
        let mut at = next;
        if matches!(self.t.mark(at), Some('.' | '-' | '/' | ',')) {
            at += 1;
        }
        let (value, digits) = self.t.number(at)?;
        if digits > 2 || !(1..=31).contains(&value) || self.t.mark(at + 1) == Some(':') {
            return None;
        }
        if self.is_whole(at, value, digits) {
            return None;
        }
        at += 1;
        if self.t.word(at).is_some_and(|w| {
            !self.t.spaced(at) && matches!(&*w, "st" | "nd" | "rd" | "th" | "º" | "일" | "日")
        }) {
            at += 1;
        }
        let after = at;
        let mut tight = false;
        let mut skipped = 0;
        while skipped < 3 {
            let joins = match self.t.mark(at) {
                Some(c @ (',' | '.' | '-' | '/' | '’' | '\'' | '،')) => {
                    tight |= matches!(c, '/' | '’' | '\'');
                    true
                }
                Some(_) => false,
                None => self
                    .t
                    .word(at)
                    .is_some_and(|w| matches!(&*w, "de" | "del" | "of" | "m")),
            };
            if !joins {
                break;
            }
            at += 1;
            skipped += 1;
        }
        if let Some(year) = self
            .year(at, tight)
            .filter(|_| self.t.mark(at + 1) != Some(':'))
        {
            return Some((
                Day::Known(self.gregorian(year, month, value)?),
                Shape::Named,
                at + 1,
            ));
        }
        date(2024, month, value)?;
        Some((Day::Yearless(month as u8, value as u8), Shape::Named, after))
    }

    /// Whether a date with its year begins at the number `value` of token `i`: what stands before it is a day of the week, though a
    /// month of some language is called so: `Sat 2 Jul 2022`.
    fn is_whole(&self, i: usize, value: u32, digits: u8) -> bool {
        let found = self.day_named(i, value, digits);
        let found = found.or_else(|| self.numeric(i, value, digits));
        found.is_some_and(|(day, ..)| !matches!(day, Day::Yearless(..)))
    }

    /// A month name at token `i`, of one word, two words, or a word cut by a full stop, and the token after it.
    pub(super) fn month_name(&self, i: usize) -> Option<(u32, usize)> {
        let first = self.t.word(i)?;
        if first == "tháng" || first == "thg" {
            let (m, digits) = self.t.number(i + 1)?;
            return (digits <= 2 && (1..=12).contains(&m)).then_some((m, i + 2));
        }
        if months::opens(&first)
            && let Some(second) = self.t.word(i + 1)
            && let Some(m) = months::month(&format!("{first} {second}"), self.language)
        {
            return Some((m.into(), i + 2));
        }
        if self.t.mark(i + 1) == Some('.')
            && !self.t.spaced(i + 2)
            && let Some(second) = self.t.word(i + 2)
            && let Some(m) = months::month(&format!("{first}{second}"), self.language)
        {
            let closed = self.t.mark(i + 3) == Some('.');
            return Some((m.into(), i + 3 + usize::from(closed)));
        }
        months::month(&first, self.language).map(|m| (m.into(), i + 1))
    }
}
