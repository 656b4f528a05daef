//! Units that go on with the paragraph of the unit before. Layout joins lines before anything is judged, so only
//! where the lines themselves leave no doubt; here the body is known, and a sentence of it that breaks off at a link
//! or a bold word goes on in the next of its lines.

use crate::document::Units;
use crate::label::{Labels, LineKind};

/// Bytes; a longer unit is no torn-out name.
const TORN_BYTES: usize = 90;

/// So many lines must break in the middle of a sentence before a body counts as torn.
const BREAKS: usize = 3;

/// What is known of the unit's place in the body.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Whether it begins, and whether it ends, in body text.
    begins: bool,
    ends: bool,
    /// Whether all of it was taken for nothing in particular.
    unknown: bool,
}

/// For each unit, whether it goes on with the paragraph of the unit before; empty where none does.
pub(super) fn continuations(text: &str, units: &Units, labels: &Labels) -> Vec<bool> {
    let page = Page::new(text, units, labels);
    if !page.is_torn() {
        return Vec::new();
    }
    (0..page.places.len())
        .map(|unit| {
            page.neighbours(unit)
                && !starts_item(units.units[unit].span.of(text))
                && (goes_on_low(text, units, unit)
                    || page.is_torn_out(unit)
                    || page.was_torn(unit - 1))
        })
        .collect()
}

/// Units that were not taken for body text, but stand inside one of its sentences: `… said`, `Jane Doe`, `, who …`
/// on three lines of a torn page.
pub(super) fn torn_out(text: &str, units: &Units, labels: &Labels) -> Vec<usize> {
    let page = Page::new(text, units, labels);
    if !page.is_torn() {
        return Vec::new();
    }
    let places = &page.places;
    (1..places.len().saturating_sub(1))
        .filter(|unit| {
            let unit = *unit;
            places[unit].unknown
                && places[unit - 1].ends
                && places[unit + 1].begins
                && units.units[unit].blank_before == 0
                && units.units[unit + 1].blank_before == 0
                && page.is_torn_out(unit)
        })
        .collect()
}

/// The units and where they stand in the body.
struct Page<'a> {
    text: &'a str,
    units: &'a Units,
    places: Vec<Place>,
}

impl<'a> Page<'a> {
    fn new(text: &'a str, units: &'a Units, labels: &Labels) -> Self {
        let mut places = vec![Place::default(); units.units.len()];
        for piece in &labels.pieces {
            let unit = &units.units[piece.unit as usize];
            let place = &mut places[piece.unit as usize];
            let body = piece.verdict.kind == LineKind::Body;
            place.begins |= body && piece.span.start == unit.span.start;
            place.ends = body;
            place.unknown = piece.span == unit.span && piece.verdict.kind == LineKind::Unknown;
        }
        Self {
            text,
            units,
            places,
        }
    }

    /// Whether the unit follows the one before in the body, on the next line.
    fn neighbours(&self, unit: usize) -> bool {
        let Some(before) = unit.checked_sub(1) else {
            return false;
        };
        let (this, last) = (&self.units.units[unit], &self.units.units[before]);
        self.places[unit].begins
            && self.places[before].ends
            && this.blank_before == 0
            && !this.continues
            && this.line > last.line
    }

    /// Whether sentences of the body break off at line ends: some still do, or layout joined some that did.
    fn is_torn(&self) -> bool {
        (1..self.places.len())
            .filter(|unit| {
                let joined = self.places[*unit].begins && self.units.parts(*unit).len() > 1;
                joined || self.neighbours(*unit) && goes_on_low(self.text, self.units, *unit)
            })
            .take(BREAKS)
            .count()
            == BREAKS
    }

    /// Whether the unit was put together from torn lines and still breaks off in the middle of a sentence.
    fn was_torn(&self, unit: usize) -> bool {
        self.units.parts(unit).len() > 1
            && !ends_sentence(self.units.units[unit].span.of(self.text))
    }

    /// Whether the unit is a name or a link between two halves of a sentence.
    fn is_torn_out(&self, unit: usize) -> bool {
        unit > 0
            && unit + 1 < self.places.len()
            && self.units.units[unit].span.len() <= TORN_BYTES
            && self.units.units[unit + 1].blank_before == 0
            && self.places[unit + 1].begins
            && !ends_sentence(self.units.units[unit - 1].span.of(self.text))
            && goes_on_low(self.text, self.units, unit + 1)
    }
}

/// Whether the unit before breaks off in the middle of a sentence that this one goes on with.
fn goes_on_low(text: &str, units: &Units, unit: usize) -> bool {
    let before = units.units[unit - 1].span.of(text);
    let after = units.units[unit].span.of(text);
    let first = after.chars().next().unwrap_or(' ');
    let mut last = before.chars().rev();
    let open = match last.next() {
        Some(',' | '(' | '„') => true,
        // With something before it the mark closes, as in German and Danish.
        Some('“' | '«' | '»') => last.next().is_none_or(char::is_whitespace),
        _ => false,
    };
    !ends_sentence(before)
        && (first.is_lowercase() || matches!(first, ',' | '.' | ';' | ')' | '”' | '»') || open)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '“', '’', '»', ')', ']', '」', '』', '）'])
        .ends_with(['.', '!', '?', '。', '！', '？', '…', ':'])
}

fn starts_item(line: &str) -> bool {
    line.starts_with([
        '*', '•', '·', '+', '◦', '▪', '●', '■', '◆', '▶', '▲', '☞', '※', '―',
    ]) || line.starts_with("- ")
        || line.starts_with("– ")
}

#[cfg(test)]
mod tests {
    use super::continuations;
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::layout;

    fn joined(text: &str) -> Vec<bool> {
        let units = layout::units(text);
        let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 90);
        let labels = Labels::new(&units, vec![verdict; units.units.len()]);
        continuations(text, &units, &labels)
    }

    #[test]
    fn paragraphs_on_lines_of_their_own_stay_apart() {
        let text = "The ferry sailed at dawn.\nNobody waited for the second one\nSo it stayed.\n";
        assert!(joined(text).iter().all(|joined| !joined));
    }

    #[test]
    fn a_body_with_a_right_edge_of_its_own_is_joined() {
        let menu = "A menu line that is wider than all of the body, because it stands outside of the column\n\n";
        let body = "   The ferry sailed at dawn and nobody who had\n   waited on the quay since the evening before was\n   \
                    left behind, though some had given up hope and\n   gone home. The harbour board said that a second\n   \
                    ferry would sail at noon, if the weather let it\n   out.\n";
        let text = format!("{menu}{body}");
        let units = layout::units(&text);
        let joins = joined(&text);
        let paragraphs = (0..units.units.len())
            .filter(|unit| !joins.get(*unit).copied().unwrap_or(false))
            .count();
        assert_eq!(paragraphs, 2);
    }
}
