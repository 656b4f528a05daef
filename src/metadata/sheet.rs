//! The data of a book that an article lists: its publisher, its pages. Its author and its day of publication are not the
//! article's.

use super::page::Page;
use crate::document::lower;
use crate::lexicon::bylines;

/// Units around a line among which other lines of its list stand, and the bytes of the longest.
const AROUND: usize = 4;
const LINE: usize = 120;
/// Other lines of a list that tell that a date is part of it.
const LISTED: usize = 2;

/// Lines of such a list around unit `unit`, itself left out.
pub(super) fn around(page: &Page<'_>, unit: usize) -> usize {
    let around = unit.saturating_sub(AROUND)..(unit + AROUND + 1).min(page.len());
    around
        .filter(|i| *i != unit && is_of_work(page, *i))
        .count()
}

/// Whether a date on unit `unit` is the book's: `Publication date: 3 May 2019`.
pub(super) fn dates_work(page: &Page<'_>, unit: usize) -> bool {
    let least = if is_of_work(page, unit) { 1 } else { LISTED };
    page.span(unit).len() <= LINE && around(page, unit) >= least
}

fn is_of_work(page: &Page<'_>, unit: usize) -> bool {
    let raw = page.raw(unit);
    let label = raw.split_once([':', '：']).map(|(label, _)| label);
    raw.len() <= LINE && label.is_some_and(|label| bylines::is_of_work(&lower(label.trim())))
}

#[cfg(test)]
mod tests {
    use super::dates_work;
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::layout;
    use crate::metadata::page::Page;

    #[test]
    fn a_book_has_a_day_of_its_own() {
        let dates = |text: &str, unit: usize| {
            let units = layout::units(text);
            let verdict = || Verdict::new(LineKind::Unknown, Reason::ModelNotBody, 90);
            let labels = Labels::new(&units, units.units.iter().map(|_| verdict()));
            dates_work(&Page::new(text, &units, &labels), unit)
        };
        let list = "Seiten: 448\n\nErscheinungsdatum: 14.08.2017\n\nVerlag: Hafenbuch\n\n9. September 2017\n";
        assert!(dates(list, 1));
        assert!(dates("Seiten: 448\n\n14.08.2017\n\nVerlag: Hafenbuch\n", 1));
        assert!(!dates(
            "Erscheinungsdatum: 14.08.2017\n\nVon Anna Holm\n",
            0
        ));
        assert!(!dates("Verlag: Hafenbuch\n\nStand: 14.08.2017\n", 1));
    }
}
