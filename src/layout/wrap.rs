//! Hard-wrapped pages: whether a page was broken at a fixed width, and which lines continue the line before.
//!
//! A program that wraps text breaks a line only where the next word would not have fitted. So, once the width is
//! known, the break itself tells: a line whose successor's first word would have fitted was ended on purpose.

use crate::document::{Join, Line, columns, is_spaceless};

/// Columns; below this nothing is wrapped text, but a menu or a table.
const NARROWEST: usize = 36;
/// Columns; above this, lines are long because paragraphs are.
const WIDEST: usize = 200;
/// At least so many lines must break for want of room before a page counts as wrapped.
const FEWEST_BREAKS: usize = 4;
/// Columns by which the longest line may pass the next ones and still be of the same width.
const RAGGED: usize = 12;
/// Lines in bytes beyond this are not measured: no wrapped line is so long.
const LONGEST_BYTES: usize = 4 * WIDEST;

/// For each line, how it is joined to the line before; `None` where it starts a unit.
pub(crate) fn joins(text: &str, lines: &[Line]) -> Vec<Option<Join>> {
    let mut joins = vec![None; lines.len()];
    let widths: Vec<Option<usize>> = lines.iter().map(|line| measure(text, line)).collect();
    let Some(width) = page_width(text, lines, &widths) else {
        return joins;
    };
    for i in 1..lines.len() {
        if breaks_for_room(text, lines, &widths, i, width) {
            joins[i] = Some(Join::between(
                lines[i - 1].text.of(text),
                lines[i].text.of(text),
            ));
        }
    }
    joins
}

/// The right edge of a line in columns, indentation included; nothing for blank and for very long lines.
fn measure(text: &str, line: &Line) -> Option<usize> {
    if line.text.is_empty() || line.text.len() > LONGEST_BYTES {
        return None;
    }
    Some(usize::from(line.indent) + columns(line.text.of(text)))
}

/// The width at which the page was wrapped: the narrowest that hardly a line passes, if enough lines break there.
fn page_width(text: &str, lines: &[Line], widths: &[Option<usize>]) -> Option<usize> {
    let mut histogram = [0_usize; WIDEST + 2];
    let mut count = 0;
    for (line, width) in lines.iter().zip(widths) {
        if line.text.is_empty() {
            continue;
        }
        count += 1;
        histogram[width.unwrap_or(WIDEST + 1).min(WIDEST + 1)] += 1;
    }
    // A line without a space cannot be wrapped: one in fifty, and two in all, may stick out.
    let allowed = (count / 50).max(2).min(count / 8);
    let mut over = histogram[WIDEST + 1];
    if over > allowed {
        return None;
    }
    let mut width = WIDEST;
    while width > NARROWEST && over + histogram[width] <= allowed {
        over += histogram[width];
        width -= 1;
    }
    // Lines a little wider than the rest do not stick out: the rest broke early.
    let widest = widths.iter().flatten().copied().max().unwrap_or(0);
    if widest <= width + RAGGED {
        width = widest;
    }
    let (mut broken, mut ended) = (0, 0);
    for i in 1..lines.len() {
        let Some(before) = widths[i - 1] else {
            continue;
        };
        if lines[i].text.is_empty() || widths[i].is_none() || before + 24 < width {
            continue;
        }
        if breaks_for_room(text, lines, widths, i, width)
            && !ends_sentence(lines[i - 1].text.of(text))
        {
            broken += 1;
        } else {
            ended += 1;
        }
    }
    (width > NARROWEST && broken >= FEWEST_BREAKS && broken > ended).then_some(width)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', '」', '』', '）'])
        .ends_with(['.', '!', '?', '。', '！', '？', '…', ':'])
}

/// Whether line `i` stands where it does only because its first word had no room on the line before.
fn breaks_for_room(
    text: &str,
    lines: &[Line],
    widths: &[Option<usize>],
    i: usize,
    width: usize,
) -> bool {
    let (Some(before), Some(_)) = (widths[i - 1], widths[i]) else {
        return false;
    };
    let (head, tail) = (&lines[i - 1], &lines[i]);
    // The continuation of a list item hangs under its text, that of an indented paragraph's first line stands left
    // of it: anything between is allowed, a new bullet is not.
    let hang = usize::from(tail.indent).abs_diff(usize::from(head.indent));
    if hang > 8 || starts_item(tail.text.of(text)) {
        return false;
    }
    let first_word = tail.text.of(text);
    let first = first_word.chars().next().unwrap_or(' ');
    let need = if is_spaceless(first) {
        2
    } else {
        let word = first_word.split_whitespace().next().unwrap_or("");
        // A wrapper may break after a hyphen inside the word.
        let breakable = word.find('-').map_or(word, |at| &word[..=at]);
        1 + columns(breakable)
    };
    before + need > width
}

fn starts_item(line: &str) -> bool {
    line.starts_with([
        '*', '•', '·', '+', '◦', '▪', '●', '■', '◆', '▶', '▲', '☞', '※',
    ]) || line.starts_with("- ")
        || line.starts_with("o ")
}
