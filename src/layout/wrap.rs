//! Hard-wrapped pages: whether a page was broken at a fixed width, and which lines continue the line before.
//!
//! A program that wraps text breaks a line only where the next word would not have fitted. So, once the width is
//! known, the break itself tells: a line whose successor's first word would have fitted was ended on purpose. The
//! width is read off the lines of one indentation, those of the text: a renderer may give a heading or a list an
//! edge of its own.

use crate::document::{Join, Line, Measure, is_alphabetic, is_spaceless};

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
/// Indentations that are told apart.
const INDENTS: usize = 256;
/// Lines in bytes beyond this are not measured: no wrapped line is so long.
const LONGEST_BYTES: usize = 4 * WIDEST;

/// The right edge of a line, indentation included; nothing for blank and for very long lines.
fn right_edge(measure: Measure, text: &str, line: &Line) -> Option<usize> {
    if line.text.is_empty() || line.text.len() > LONGEST_BYTES {
        return None;
    }
    Some(usize::from(line.indent) + measure.of(line.text.of(text)))
}

/// A page as one measure sees it.
struct Wrapped<'a> {
    text: &'a str,
    lines: &'a [Line],
    measure: Measure,
    widths: Vec<Option<usize>>,
    /// The right edge of the lines of each indentation, that of the text where it is further right.
    edges: Vec<usize>,
    /// Whether words are broken at their hyphens.
    hyphens: bool,
    /// Lines broken for want of room, less the lines of full width that were ended.
    evidence: usize,
}

/// For each line, how it is joined to the line before; `None` where it starts a unit.
pub(crate) fn joins(text: &str, lines: &[Line]) -> Vec<Option<Join>> {
    let mut joins = vec![None; lines.len()];
    let mut measures = vec![Measure::Columns];
    if may_hold_wide(text) {
        measures.push(Measure::Chars);
    }
    measures.retain(|measure| !is_ruled_out(text, lines, *measure));
    if measures.is_empty() {
        return joins;
    }
    let breakable: Vec<bool> = lines.iter().map(|line| is_breakable(text, line)).collect();
    let better = measures
        .into_iter()
        .filter_map(|measure| Wrapped::new(text, lines, &breakable, measure))
        .reduce(|best, other| {
            if other.evidence > best.evidence {
                other
            } else {
                best
            }
        });
    let Some(better) = better else {
        return joins;
    };
    for i in 1..lines.len() {
        if better.breaks_for_room(i) && !better.stands_alone(i) || better.breaks_off(i) {
            joins[i] = Some(Join::between(
                lines[i - 1].text.of(text),
                lines[i].text.of(text),
            ));
        }
    }
    joins
}

/// Whether no [`Wrapped`] can come of a page: of each indentation, there are fewer lines than breaks are asked for, all are
/// narrow, or so many are wide that none of them is a right edge. Most pages are told so by their paragraphs, and their
/// many short lines need no measuring.
fn is_ruled_out(text: &str, lines: &[Line], measure: Measure) -> bool {
    #[derive(Clone, Copy, Default)]
    struct Seen {
        lines: usize,
        wide: usize,
        longest: usize,
    }
    let mut seen = [Seen::default(); INDENTS];
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        let seen = &mut seen[usize::from(line.indent)];
        // No character has more columns than bytes.
        let furthest = usize::from(line.indent) + line.text.len();
        seen.lines += 1;
        seen.longest = seen.longest.max(furthest);
        if furthest > WIDEST
            && right_edge(measure, text, line).is_none_or(|edge| edge > WIDEST)
            && is_breakable(text, line)
        {
            seen.wide += 1;
        }
    }
    seen.iter().all(|seen| {
        seen.lines < FEWEST_BREAKS
            || seen.longest <= NARROWEST
            || seen.wide > sticking_out(seen.lines)
    })
}

/// Of so many lines of one indentation, how many may stick out at the right: lines that are kept as they are, in a table or
/// a program. One in fifty, and two in all.
fn sticking_out(lines: usize) -> usize {
    (lines / 50).max(2).min(lines / 8)
}

/// Whether a character of two columns may stand in `text`, by its first bytes: without one, both measures are one.
fn may_hold_wide(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Of those that begin with 0xe2, quotation marks and dashes have one column, and signs of Han that stand alone two.
    let opens = |byte: u8| u8::from(byte == 0xe1) | u8::from(byte >= 0xe3);
    let signs = |a: u8, b: u8| u8::from(a == 0xe2) & u8::from(b >= 0xba);
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let signs = pairs.fold(0, |any, (a, b)| any | signs(*a, *b));
    bytes.iter().fold(signs, |any, byte| any | opens(*byte)) != 0
}

impl<'a> Wrapped<'a> {
    /// The page, if enough of its lines break at one width.
    fn new(text: &'a str, lines: &'a [Line], breakable: &[bool], measure: Measure) -> Option<Self> {
        let widths: Vec<Option<usize>> = lines
            .iter()
            .map(|line| right_edge(measure, text, line))
            .collect();
        let edges = right_edges(lines, &widths, breakable);
        if edges.iter().all(|edge| *edge <= NARROWEST) {
            return None;
        }
        let mut page = Self {
            text,
            lines,
            measure,
            widths,
            edges,
            hyphens: false,
            evidence: 0,
        };
        let mut breaks = [(0_usize, 0_usize); INDENTS];
        for i in 1..lines.len() {
            let Some(before) = page.widths[i - 1] else {
                continue;
            };
            let indent = usize::from(lines[i - 1].indent);
            if page.widths[i].is_none() || before + FULL < page.edges[indent] {
                continue;
            }
            let (broken, ended) = &mut breaks[indent];
            if page.breaks_for_room(i) && !ends_sentence(lines[i - 1].text.of(text)) {
                *broken += 1;
            } else {
                *ended += 1;
            }
        }
        let (indent, (broken, ended)) =
            breaks
                .into_iter()
                .enumerate()
                .max_by_key(|(indent, (broken, ended))| {
                    (broken.saturating_sub(*ended), usize::MAX - indent)
                })?;
        page.evidence = broken.saturating_sub(ended);
        if broken < FEWEST_BREAKS || page.evidence == 0 {
            return None;
        }
        let width = page.edges[indent];
        for edge in &mut page.edges {
            *edge = if *edge > width + RAGGED {
                width
            } else {
                width.max(*edge)
            };
        }
        page.hyphens = page.breaks_words();
        Some(page)
    }

    /// Whether words with a hyphen are broken there: more lines end in one than would have had room for the first half
    /// of the word that begins the next line.
    fn breaks_words(&self) -> bool {
        let (mut broken, mut kept) = (0, 0);
        for i in 1..self.lines.len() {
            let Some(before) = self.widths[i - 1] else {
                continue;
            };
            let head = self.lines[i - 1].text.of(self.text);
            if before > NARROWEST && head.ends_with('-') {
                broken += usize::from(head[..head.len() - 1].ends_with(is_alphabetic));
            } else if self.breaks_for_room(i) {
                let tail = self.lines[i].text.of(self.text);
                let word = tail.split_whitespace().next().unwrap_or("");
                let edge = self.edges[usize::from(self.lines[i - 1].indent)];
                let room = |half: &str| before + 1 + self.measure.of(half) <= edge;
                kept += usize::from(word.find('-').is_some_and(|at| room(&word[..=at])));
            }
        }
        broken > kept
    }

    /// Whether line `i` stands where it does only because its first word had no room on the line before.
    fn breaks_for_room(&self, i: usize) -> bool {
        let (Some(before), Some(_)) = (self.widths[i - 1], self.widths[i]) else {
            return false;
        };
        let (head, tail) = (&self.lines[i - 1], &self.lines[i]);
        let edge = self.edges[usize::from(head.indent)];
        // The continuation of a list item hangs under its text, that of an indented paragraph's first line stands
        // left of it: anything between is allowed, a new bullet is not.
        let hang = usize::from(tail.indent).abs_diff(usize::from(head.indent));
        let tail = tail.text.of(self.text);
        if hang > 8 || before > edge || edge <= NARROWEST || starts_item(tail) {
            return false;
        }
        let first = tail.chars().next().unwrap_or(' ');
        let need = if is_spaceless(first) {
            self.measure.of(&tail[..first.len_utf8()])
        } else {
            let word = tail.split_whitespace().next().unwrap_or("");
            let breakable = match word.find('-') {
                Some(at) if self.hyphens => &word[..=at],
                _ => word,
            };
            1 + self.measure.of(breakable)
        };
        before + need > edge
    }

    /// Whether line `i` goes on in lower case with the sentence of an almost full line: a renderer's edge may be ragged.
    fn breaks_off(&self, i: usize) -> bool {
        let (Some(before), Some(_)) = (self.widths[i - 1], self.widths[i]) else {
            return false;
        };
        let (head, tail) = (&self.lines[i - 1], &self.lines[i]);
        let edge = self.edges[usize::from(head.indent)];
        let line = tail.text.of(self.text);
        edge > NARROWEST
            && (before..=before + FULL).contains(&edge)
            && line.starts_with(char::is_lowercase)
            && tail.indent == head.indent
            && !starts_item(line)
            && !ends_sentence(head.text.of(self.text))
    }

    /// Whether line `i` is a thing of its own after a line that happens to be full: a paragraph set in as in Japanese, a
    /// rule, the place of a picture, an item of a numbered list, or a short line without a mark after a sentence that
    /// was ended.
    fn stands_alone(&self, i: usize) -> bool {
        let (head, tail) = (&self.lines[i - 1], &self.lines[i]);
        let (before, line) = (head.text.of(self.text), tail.text.of(self.text));
        let indented = self.text[..tail.text.start as usize].ends_with('\u{3000}');
        if indented || line.starts_with("___") || line.starts_with("(BUTTON)") {
            return true;
        }
        let one_word = |line: &str| !line.contains(char::is_whitespace);
        if line.starts_with('[') && one_word(line) || before.ends_with(']') && one_word(before) {
            return true;
        }
        if !ends_sentence(before) {
            return false;
        }
        let short =
            self.widths[i].is_some_and(|width| width + FULL < self.edges[usize::from(tail.indent)]);
        is_numbered(line) || short && !ends_sentence(line)
    }
}

/// Whether a line could be broken; one that is a long word could not, and its width tells nothing.
fn is_breakable(text: &str, line: &Line) -> bool {
    let line = line.text.of(text);
    line.contains(char::is_whitespace) || line.chars().next_back().is_some_and(is_spaceless)
}

/// For each indentation, the right edge of its lines: the furthest that hardly one of them passes.
fn right_edges(lines: &[Line], widths: &[Option<usize>], breakable: &[bool]) -> Vec<usize> {
    let mut edges = vec![0; INDENTS];
    let measured = lines.iter().zip(widths).zip(breakable);
    let mut measured: Vec<(u8, usize)> = measured
        .filter(|(_, breakable)| **breakable)
        .map(|((line, width), _)| (line.indent, width.unwrap_or(WIDEST + 1).min(WIDEST + 1)))
        .collect();
    measured.sort_unstable_by_key(|(indent, _)| *indent);
    for of_indent in measured.chunk_by_mut(|a, b| a.0 == b.0) {
        let allowed = sticking_out(of_indent.len());
        let widest = of_indent.iter().map(|(_, width)| *width).max().unwrap_or(0);
        let (_, (indent, edge), _) =
            of_indent.select_nth_unstable_by(allowed, |(_, a), (_, b)| b.cmp(a));
        // Lines a little wider than the rest do not stick out: the rest broke early.
        let edge = if widest <= *edge + RAGGED {
            widest
        } else {
            *edge
        };
        edges[usize::from(*indent)] = if edge > WIDEST { 0 } else { edge };
    }
    edges
}

/// Whether a line opens with the number of a list: `1. `, `12) `.
fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    (1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "))
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches([
        '"', '\'', '”', '“', '’', '»', '«', '›', '‹', ')', '」', '』', '）',
    ])
    .ends_with(['.', '!', '?', '。', '！', '？', '…', ':'])
}

fn starts_item(line: &str) -> bool {
    line.starts_with([
        '*', '•', '·', '+', '◦', '▪', '●', '■', '◆', '▶', '▲', '☞', '※',
    ]) || line.starts_with("- ")
        || line.starts_with("o ")
}
