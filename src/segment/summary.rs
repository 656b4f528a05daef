//! The box that sums a story up before it begins, `In brief` and a few lines below: its label tells it, and that its lines
//! stand close together where paragraphs are set apart. What it says, the story says again.

use crate::document::{Units, is_alphanumeric, lower};
use crate::label::{Claim, Labels, LineKind, Piece, Reason};
use crate::lexicon::notices::{self, Notice};

/// Units of the story's head among which the label stands.
const HEAD: usize = 16;
/// Units between the label and the first line of the box: who made it.
const BETWEEN: usize = 2;
/// Lines of a box, at least and at most.
const LINES: std::ops::RangeInclusive<usize> = 2..=8;
/// Bytes of the shortest and of the longest line.
const LINE: std::ops::RangeInclusive<usize> = 25..=300;
/// Bytes of the longest label.
const LABEL: usize = 60;
/// Paragraphs that must follow.
const FEWEST: usize = 3;
/// Probability, in per cent.
const LIKELY: u8 = 88;

/// The lines of the box; `first` is the first piece of the body, which may be one of them.
pub(super) fn find(text: &str, units: &Units, labels: &Labels, first: usize) -> Vec<Claim> {
    let start = labels.pieces[first].unit as usize;
    let head = start.saturating_sub(HEAD)..=start;
    let label = head.rev().find(|unit| is_label(text, units, *unit));
    let Some((label, lines)) = label.and_then(|label| Some((label, lines(units, label)?))) else {
        return Vec::new();
    };
    let body = |piece: &&Piece| piece.verdict.kind == LineKind::Body;
    let behind = |piece: &&Piece| piece.unit as usize >= lines.end;
    let follow = labels.pieces.iter().filter(body).filter(behind);
    if label >= lines.start || follow.take(FEWEST).count() < FEWEST {
        return Vec::new();
    }
    let claims = lines.map(|unit| Claim {
        span: units.units[unit].span,
        kind: LineKind::Unknown,
        reason: Reason::RepeatsBody,
        confidence: LIKELY,
    });
    claims.collect()
}

/// Whether unit `unit` is the label of such a box and nothing else.
fn is_label(text: &str, units: &Units, unit: usize) -> bool {
    let line = units.units[unit].span.of(text);
    if line.len() > LABEL {
        return false;
    }
    let line = lower(line);
    let label = line.trim_matches(|c: char| !is_alphanumeric(c));
    notices::phrases(Notice::Summary).any(|phrase| phrase == label)
}

/// The units of the box below its label: lines with no blank between them, and one behind the last.
fn lines(units: &Units, label: usize) -> Option<std::ops::Range<usize>> {
    let unit = |i: usize| units.units.get(i);
    let fits = |i: usize| unit(i).is_some_and(|unit| LINE.contains(&unit.span.len()));
    let close = |i: usize| fits(i) && unit(i).is_some_and(|unit| unit.blank_before == 0);
    let from = (label + 1..=label + 1 + BETWEEN).find(|i| fits(*i) && close(i + 1))?;
    let end = (from + 1..).find(|i| !close(*i))?;
    let apart = unit(end).is_some_and(|unit| unit.blank_before > 0);
    (apart && LINES.contains(&(end - from))).then_some(from..end)
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::label::{Labels, LineKind, Reason, Verdict};

    fn claimed(text: &str) -> Vec<String> {
        let units = crate::layout::units(text);
        let verdicts = units.units.iter().map(|unit| {
            let long = unit.span.len() > 24;
            let kind = if long {
                LineKind::Body
            } else {
                LineKind::Widget
            };
            Verdict::new(kind, Reason::ModelBody, 90)
        });
        let labels = Labels::new(&units, verdicts);
        let body = |p: &crate::label::Piece| p.verdict.kind == LineKind::Body;
        let first = labels.pieces.iter().position(body).unwrap();
        let claims = find(text, &units, &labels, first);
        let lines = claims.iter().map(|claim| claim.span.of(text).to_owned());
        lines.collect()
    }

    const STORY: &str = "The ferry sailed at dawn with nobody on board.\n\nNobody waited for it on the other side.\n\n\
                         So it stayed there until the storm had gone.\n";

    #[test]
    fn the_lines_below_the_label_are_the_box() {
        let lines = "The ferry sailed without anybody.\nNobody waited for the ferry.\n";
        let text = format!("In brief:\n\n{lines}\n{STORY}");
        assert_eq!(claimed(&text).len(), 2);
        // Without a label they are what they look like.
        assert!(claimed(&format!("Ferries\n\n{lines}\n{STORY}")).is_empty());
    }

    #[test]
    fn paragraphs_below_the_label_are_no_box() {
        assert!(claimed(&format!("In brief\n\n{STORY}")).is_empty());
        let dense = STORY.replace("\n\n", "\n");
        assert!(claimed(&format!("In brief\n{dense}")).is_empty());
    }
}
