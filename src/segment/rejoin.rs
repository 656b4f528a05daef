//! Units that go on with the paragraph of the unit before. Layout joins lines before anything is judged, so only
//! where the page as a whole leaves no doubt; here the body is known, and its own lines show how it was broken: at a
//! width of its own (a renderer gives each indentation its own right edge), or at every link and bold word.

use crate::document::{Span, Units, columns};
use crate::label::{Labels, LineKind};

/// Columns; longer lines are no wrapped ones.
const WIDEST: usize = 200;

/// Columns; narrower bodies are lists.
const NARROWEST: usize = 36;

/// Columns by which a full line may fall short of the right edge.
const RAGGED: usize = 16;

/// Bytes; a longer unit is no torn-out name.
const TORN_BYTES: usize = 90;

/// So many lines must break in the middle of a sentence before a body counts as wrapped, or as torn.
const BREAKS: usize = 3;

/// What is known of the unit's place in the body.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Whether it begins, and whether it ends, in body text.
    begins: bool,
    ends: bool,
}

/// For each unit, whether it goes on with the paragraph of the unit before; empty where none does.
pub(super) fn continuations(text: &str, units: &Units, labels: &Labels) -> Vec<bool> {
    let mut places = vec![Place::default(); units.units.len()];
    for piece in &labels.pieces {
        let unit = piece.unit as usize;
        let body = piece.verdict.kind == LineKind::Body;
        places[unit].begins |= body && piece.span.start == units.units[unit].span.start;
        places[unit].ends = body;
    }
    let page = Page {
        text,
        units,
        places: &places,
    };
    let edges = Edges::of(text, units, &places);
    let torn = page.is_torn();
    if edges.is_none() && !torn {
        return Vec::new();
    }
    (0..places.len())
        .map(|unit| {
            page.neighbours(unit)
                && !starts_item(units.units[unit].span.of(text))
                && (goes_on_low(text, units, unit)
                    || torn && page.is_torn_out(unit)
                    || edges
                        .as_ref()
                        .is_some_and(|edges| edges.broke_for_room(text, units, unit)))
        })
        .collect()
}

/// Units that were not taken for body text, but stand inside one of its sentences: `… said`, `Jane Doe`, `, who …`
/// on three lines of a torn page.
pub(super) fn torn_out(text: &str, units: &Units, labels: &Labels) -> Vec<usize> {
    let count = units.units.len();
    let mut places = vec![Place::default(); count];
    let mut unknown = vec![false; count];
    for piece in &labels.pieces {
        let unit = piece.unit as usize;
        let body = piece.verdict.kind == LineKind::Body;
        let whole = piece.span == units.units[unit].span;
        unknown[unit] = whole && piece.verdict.kind == LineKind::Unknown;
        places[unit].begins |= body && piece.span.start == units.units[unit].span.start;
        places[unit].ends = body;
    }
    let page = Page {
        text,
        units,
        places: &places,
    };
    if !page.is_torn() {
        return Vec::new();
    }
    (1..count.saturating_sub(1))
        .filter(|unit| {
            let unit = *unit;
            unknown[unit]
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
    places: &'a [Place],
}

impl Page<'_> {
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
    let open = matches!(
        before.chars().next_back(),
        Some(',' | '(' | '„' | '“' | '«')
    );
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

/// The right edges at which a body was wrapped, by indentation.
struct Edges {
    by_indent: [u8; 256],
    /// How the program that wrapped it counted: columns, or characters.
    measure: fn(&str) -> usize,
    /// Full lines that end in the middle of a sentence.
    broken: usize,
    /// Whether it broke words at their hyphens.
    hyphens: bool,
}

fn characters(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

impl Edges {
    /// The edges of a body whose lines break for want of room; nothing for any other.
    fn of(text: &str, units: &Units, places: &[Place]) -> Option<Self> {
        let by_columns = Self::measured(text, units, places, columns);
        let by_characters = Self::measured(text, units, places, characters);
        match (by_columns, by_characters) {
            (Some(columns), Some(characters)) if characters.broken > columns.broken => {
                Some(characters)
            }
            (columns, characters) => columns.or(characters),
        }
    }

    fn measured(
        text: &str,
        units: &Units,
        places: &[Place],
        measure: fn(&str) -> usize,
    ) -> Option<Self> {
        let mut edges = [0_u8; 256];
        let body = |unit: &usize| places[*unit].begins || places[*unit].ends;
        let (mut lines, mut long) = (0, 0);
        for unit in (0..places.len()).filter(body) {
            for part in units.parts(unit) {
                lines += 1;
                match right_edge(text, part.span, measure) {
                    Some((indent, edge)) => {
                        let known = &mut edges[indent as usize];
                        *known = (*known).max(edge);
                    }
                    None => long += 1,
                }
            }
        }
        if long * 20 > lines {
            return None;
        }
        let mut edges = Self {
            by_indent: edges,
            measure,
            broken: 0,
            hyphens: (0..places.len())
                .filter(body)
                .flat_map(|unit| units.parts(unit))
                .any(|part| part.span.of(text).ends_with('-')),
        };
        edges.broken = (0..places.len())
            .filter(body)
            .flat_map(|unit| units.parts(unit))
            .filter(|part| edges.is_full(text, part.span) && !ends_sentence(part.span.of(text)))
            .count();
        (edges.broken >= BREAKS && edges.broken * 4 >= lines).then_some(edges)
    }

    fn is_full(&self, text: &str, span: Span) -> bool {
        right_edge(text, span, self.measure).is_some_and(|(indent, edge)| {
            let width = usize::from(self.by_indent[indent as usize]);
            width >= NARROWEST && usize::from(edge) + RAGGED >= width
        })
    }

    /// Whether the first word of the unit would not have fitted on the line before.
    fn broke_for_room(&self, text: &str, units: &Units, unit: usize) -> bool {
        let (Some(before), Some(after)) = (units.parts(unit - 1).last(), units.parts(unit).first())
        else {
            return false;
        };
        let Some((indent, edge)) = right_edge(text, before.span, self.measure) else {
            return false;
        };
        let hang = usize::from(units.units[unit].indent).abs_diff(usize::from(indent));
        let width = usize::from(self.by_indent[indent as usize]);
        let word = after.span.of(text).split_whitespace().next().unwrap_or("");
        let breakable = match word.find('-') {
            Some(at) if self.hyphens => &word[..=at],
            _ => word,
        };
        width >= NARROWEST && hang <= 8 && usize::from(edge) + 1 + (self.measure)(breakable) > width
    }
}

/// The indentation and the right edge of the physical line that `span` ends on, in columns; nothing for lines that
/// are too long to be wrapped ones.
fn right_edge(text: &str, span: Span, measure: fn(&str) -> usize) -> Option<(u8, u8)> {
    if span.len() > 4 * WIDEST {
        return None;
    }
    let start = span.start as usize;
    let from = start - start.min(256);
    let line =
        memchr::memrchr(b'\n', &text.as_bytes()[from..start]).map_or(from, |at| from + at + 1);
    let lead = text.get(line..start)?;
    let indent = columns(lead);
    let edge = indent + measure(span.of(text));
    (edge <= WIDEST).then_some((u8::try_from(indent).ok()?, u8::try_from(edge).ok()?))
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
