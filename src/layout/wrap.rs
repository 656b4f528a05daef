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
/// Columns short of the width up to which a line counts as full: a longer word than that is rare.
const FULL: usize = 24;
/// Lines in bytes beyond this are not measured: no wrapped line is so long.
const LONGEST_BYTES: usize = 4 * WIDEST;

/// How a program that wraps counts: some give wide characters two columns, many count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Columns,
    Chars,
}

impl Measure {
    fn of(self, text: &str) -> usize {
        match self {
            Self::Columns => columns(text),
            Self::Chars if text.is_ascii() => text.len(),
            Self::Chars => text.chars().count(),
        }
    }

    /// The right edge of a line, indentation included; nothing for blank and for very long lines.
    fn right_edge(self, text: &str, line: &Line) -> Option<usize> {
        if line.text.is_empty() || line.text.len() > LONGEST_BYTES {
            return None;
        }
        Some(usize::from(line.indent) + self.of(line.text.of(text)))
    }
}

/// A page as one measure sees it.
struct Wrapped<'a> {
    text: &'a str,
    lines: &'a [Line],
    measure: Measure,
    widths: Vec<Option<usize>>,
    width: usize,
    /// Lines broken for want of room, less the lines of full width that were ended.
    evidence: usize,
}

/// For each line, how it is joined to the line before; `None` where it starts a unit.
pub(crate) fn joins(text: &str, lines: &[Line]) -> Vec<Option<Join>> {
    let mut joins = vec![None; lines.len()];
    let found = Wrapped::new(text, lines, Measure::Columns);
    let other = (!text.is_ascii())
        .then(|| Wrapped::new(text, lines, Measure::Chars))
        .flatten();
    let better = match (found, other) {
        (Some(columns), Some(chars)) if chars.evidence > columns.evidence => chars,
        (Some(found), _) | (None, Some(found)) => found,
        (None, None) => return joins,
    };
    for i in 1..lines.len() {
        if better.breaks_for_room(i) {
            joins[i] = Some(Join::between(
                lines[i - 1].text.of(text),
                lines[i].text.of(text),
            ));
        }
    }
    joins
}

impl<'a> Wrapped<'a> {
    /// The page, if enough of its lines break at one width.
    fn new(text: &'a str, lines: &'a [Line], measure: Measure) -> Option<Self> {
        let widths: Vec<Option<usize>> = lines
            .iter()
            .map(|line| measure.right_edge(text, line))
            .collect();
        let width = page_width(lines, &widths)?;
        let mut page = Self {
            text,
            lines,
            measure,
            widths,
            width,
            evidence: 0,
        };
        let (mut broken, mut ended) = (0_usize, 0_usize);
        for i in 1..lines.len() {
            let Some(before) = page.widths[i - 1] else {
                continue;
            };
            if page.widths[i].is_none() || before + FULL < width {
                continue;
            }
            if page.breaks_for_room(i) && !ends_sentence(lines[i - 1].text.of(text)) {
                broken += 1;
            } else {
                ended += 1;
            }
        }
        page.evidence = broken.saturating_sub(ended);
        (broken >= FEWEST_BREAKS && page.evidence > 0).then_some(page)
    }

    /// Whether line `i` stands where it does only because its first word had no room on the line before.
    fn breaks_for_room(&self, i: usize) -> bool {
        let (Some(before), Some(_)) = (self.widths[i - 1], self.widths[i]) else {
            return false;
        };
        let (head, tail) = (&self.lines[i - 1], &self.lines[i]);
        // The continuation of a list item hangs under its text, that of an indented paragraph's first line stands
        // left of it: anything between is allowed, a new bullet is not.
        let hang = usize::from(tail.indent).abs_diff(usize::from(head.indent));
        let tail = tail.text.of(self.text);
        if hang > 8 || starts_item(tail) {
            return false;
        }
        let first = tail.chars().next().unwrap_or(' ');
        let need = if is_spaceless(first) {
            self.measure.of(&tail[..first.len_utf8()])
        } else {
            let word = tail.split_whitespace().next().unwrap_or("");
            // A wrapper may break after a hyphen inside the word.
            let breakable = word.find('-').map_or(word, |at| &word[..=at]);
            1 + self.measure.of(breakable)
        };
        before + need > self.width
    }
}

/// The width at which the page would have been wrapped: the narrowest that hardly a line passes.
fn page_width(lines: &[Line], widths: &[Option<usize>]) -> Option<usize> {
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
    (width > NARROWEST).then_some(width)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', '」', '』', '）'])
        .ends_with(['.', '!', '?', '。', '！', '？', '…', ':'])
}

fn starts_item(line: &str) -> bool {
    line.starts_with([
        '*', '•', '·', '+', '◦', '▪', '●', '■', '◆', '▶', '▲', '☞', '※',
    ]) || line.starts_with("- ")
        || line.starts_with("o ")
}
