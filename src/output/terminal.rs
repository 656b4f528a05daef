//! An inspection for a person: a margin beside every line of the page, then the metadata and the blocks.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde_json::Value;
use unicode_width::UnicodeWidthChar;

use super::explain::{Field, Inspection, Row};
use super::sanitize;
use crate::label::{LineKind, Reason};
use crate::record::{Block, BlockKind};

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Whether colours are understood.
    pub color: bool,
    /// Columns of the terminal; long lines are wrapped at them. None: lines are left whole.
    pub columns: Option<usize>,
}

/// Columns that the text of a block may take where the paper has no width of its own.
const BLOCK_COLUMNS: usize = 100;

/// Lines of the terminal that a line found may take.
const EXCERPT_ROWS: usize = 3;

/// Fewest columns for text beside the margin; a narrower terminal wraps by itself.
const TEXT_COLUMNS: usize = 20;

/// Writes the whole page with its margin, then the metadata, the blocks and what was removed.
///
/// # Errors
/// What `out` says.
pub fn page(out: &mut impl Write, inspection: &Inspection, paper: Paper) -> io::Result<()> {
    let margin = Margin::new(inspection);
    margin.head(out, paper)?;
    let mut line = 0;
    for row in &inspection.rows {
        margin.row(out, row, &row.text, paper, row.line != line)?;
        line = row.line;
    }
    writeln!(out)?;
    fields(out, &inspection.fields, paper)?;
    writeln!(out)?;
    blocks(out, inspection, paper)?;
    writeln!(out)?;
    rest(out, inspection, paper)
}

/// Writes the rows `found` to hold `wanted` with `context` lines around them, and below each what became of it and
/// why. Long lines are cut, so that the answer fits one screen.
///
/// # Errors
/// What `out` says.
pub fn found(
    out: &mut impl Write,
    inspection: &Inspection,
    found: &[usize],
    wanted: &str,
    context: usize,
    paper: Paper,
) -> io::Result<()> {
    let margin = Margin::new(inspection);
    let room = margin.room(paper).unwrap_or(TEXT_COLUMNS * 4);
    margin.head(out, paper)?;
    let line = |row: usize| inspection.rows[row].line;
    let mut shown: Option<usize> = None;
    for (at, row) in inspection.rows.iter().enumerate() {
        let next = found.partition_point(|&hit| hit < at);
        let near = |hit: &usize| line(*hit).abs_diff(row.line) <= context;
        let shows = found.get(next).is_some_and(near) || next > 0 && near(&found[next - 1]);
        if !shows {
            continue;
        }
        if shown.is_some_and(|last| last + 1 < at) {
            writeln!(out, "{:>1$}", "⋯", margin.number)?;
        }
        let starts_line = shown.is_none_or(|last| line(last) != row.line);
        if found.get(next) == Some(&at) {
            let text = excerpt(&row.text, wanted, room * EXCERPT_ROWS);
            margin.row(out, row, &text, paper, starts_line)?;
            margin.why(out, row, paper)?;
        } else {
            margin.row(out, row, &clipped(&row.text, room), paper, starts_line)?;
        }
        shown = Some(at);
    }
    Ok(())
}

/// The columns left of the text.
struct Margin {
    number: usize,
    kind: usize,
    reason: usize,
}

impl Margin {
    fn new(inspection: &Inspection) -> Self {
        let rows = || inspection.rows.iter();
        let last = rows().next_back().map_or(1, |row| row.line);
        Self {
            number: last.to_string().len().max(4),
            kind: rows().map(|row| row.kind.len()).max().unwrap_or(0).max(4),
            reason: rows().map(|row| row.reason.len()).max().unwrap_or(0).max(6),
        }
    }

    fn columns(&self) -> usize {
        self.number + 1 + self.kind + 1 + self.reason + 1 + 4 + 3
    }

    fn head(&self, out: &mut impl Write, paper: Paper) -> io::Result<()> {
        let (number, kind, reason) = (self.number, self.kind, self.reason);
        let style = dimmed(paper);
        writeln!(
            out,
            "{style}{:>number$} {:kind$} {:reason$} conf │{style:#}",
            "line", "kind", "reason"
        )
    }

    /// Columns left for the text, where the paper has an edge.
    fn room(&self, paper: Paper) -> Option<usize> {
        paper
            .columns
            .map(|columns| columns.saturating_sub(self.columns()).max(TEXT_COLUMNS))
    }

    fn row(
        &self,
        out: &mut impl Write,
        row: &Row,
        text: &str,
        paper: Paper,
        first: bool,
    ) -> io::Result<()> {
        let (number, kind, reason) = (self.number, self.kind, self.reason);
        let (margin, style) = styles(row.line_kind, paper);
        let shown = if first {
            row.line.to_string()
        } else {
            String::new()
        };
        if row.line_kind == LineKind::Blank {
            let blank = number + 1 + kind + 1 + reason + 1 + 4;
            return writeln!(
                out,
                "{margin}{shown:>number$}{:1$} │{margin:#}",
                "",
                blank - number
            );
        }
        let safe = sanitize::line(text);
        for (i, piece) in wrapped(&safe, self.room(paper)).into_iter().enumerate() {
            if i == 0 {
                write!(
                    out,
                    "{margin}{shown:>number$} {:kind$} {:reason$} {:.2} │{margin:#}",
                    row.kind, row.reason, row.confidence
                )?;
            } else {
                write!(out, "{margin}{:1$}│{margin:#}", "", self.columns() - 2)?;
            }
            writeln!(out, " {style}{piece}{style:#}")?;
        }
        Ok(())
    }

    fn why(&self, out: &mut impl Write, row: &Row, paper: Paper) -> io::Result<()> {
        let style = paint(paper, Style::new().bold());
        let indent = self.number + 1;
        let was = row
            .was
            .map(|was| format!("; an earlier pass had taken it for {was}"))
            .unwrap_or_default();
        writeln!(
            out,
            "{:indent$}{style}└ {}: {}{was}{style:#}",
            "", row.goes_to, row.explanation,
        )
    }
}

fn fields(out: &mut impl Write, fields: &[Field], paper: Paper) -> io::Result<()> {
    heading(out, "metadata", paper)?;
    let width = fields
        .iter()
        .map(|field| field.name.len())
        .max()
        .unwrap_or(0);
    let (present, absent): (Vec<_>, Vec<_>) =
        fields.iter().partition(|field| !is_empty(&field.value));
    let style = dimmed(paper);
    for field in present {
        write!(out, "  {:width$} ", field.name)?;
        match field.confidence {
            Some(confidence) => write!(out, " {confidence:.2}")?,
            None => write!(out, "     ")?,
        }
        let mut value = String::new();
        show(&field.value, &mut value);
        write!(out, "  {}", sanitize::line(&value))?;
        let line = field.line.map(|line| format!("line {line}"));
        let rule = field.rule.map(ToOwned::to_owned);
        let from: Vec<String> = line.into_iter().chain(rule).collect();
        if !from.is_empty() {
            write!(out, "  {style}({}){style:#}", from.join(", "))?;
        }
        if !field.alternatives.is_empty() {
            let others = field.alternatives.join("; ");
            write!(out, "  {style}not: {}{style:#}", sanitize::line(&others))?;
        }
        writeln!(out)?;
    }
    if !absent.is_empty() {
        let names: Vec<_> = absent.iter().map(|field| field.name).collect();
        writeln!(out, "  {style}absent: {}{style:#}", names.join(", "))?;
    }
    Ok(())
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// A value as a person would write it down.
fn show(value: &Value, shown: &mut String) {
    match value {
        Value::String(text) => shown.push_str(text),
        Value::Array(values) => {
            for (i, value) in values.iter().enumerate() {
                if i > 0 {
                    shown.push_str(" · ");
                }
                show(value, shown);
            }
        }
        Value::Object(members) => {
            // A person or an outlet begins with the name.
            let named = members.get("name").into_iter();
            let others = members.iter().filter(|(key, _)| *key != "name");
            for (i, value) in named.chain(others.map(|(_, value)| value)).enumerate() {
                if i > 0 {
                    shown.push_str(", ");
                }
                show(value, shown);
            }
        }
        other => {
            let _ = write!(shown, "{other}");
        }
    }
}

fn blocks(out: &mut impl Write, inspection: &Inspection, paper: Paper) -> io::Result<()> {
    let all = &inspection.record.blocks;
    heading(out, &format!("blocks ({})", all.len()), paper)?;
    let number = all.len().saturating_sub(1).to_string().len();
    for (i, block) in all.iter().enumerate() {
        let lines = (
            inspection.line_of(block.span.0),
            inspection.line_of(block.span.1.saturating_sub(1)),
        );
        let lines = if lines.0 == lines.1 {
            lines.0.to_string()
        } else {
            format!("{}-{}", lines.0, lines.1)
        };
        let mut said = String::new();
        for (label, value) in [("", &block.speaker), ("credit ", &block.credit)] {
            if let Some(value) = value {
                let _ = write!(said, "[{label}{value}] ");
            }
        }
        if let Some(repeats) = block.repeats {
            let _ = write!(said, "[repeats {repeats}] ");
        }
        let head = format!("  {i:>number$} {:9} {lines:>9}  ", block_kind(block));
        said.push_str(&block.text);
        let room = paper
            .columns
            .unwrap_or(BLOCK_COLUMNS)
            .saturating_sub(head.len())
            .max(TEXT_COLUMNS);
        let style = paint(paper, block_style(block.kind));
        let safe = sanitize::line(&said);
        writeln!(out, "{head}{style}{}{style:#}", clipped(&safe, room))?;
    }
    Ok(())
}

fn block_kind(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading => "heading",
        BlockKind::ListItem => "listItem",
        BlockKind::Quote => "quote",
        BlockKind::Turn => "turn",
        BlockKind::Caption => "caption",
        BlockKind::Table => "table",
    }
}

/// What was removed, by reason, and the warnings.
fn rest(out: &mut impl Write, inspection: &Inspection, paper: Paper) -> io::Result<()> {
    let record = &inspection.record;
    let removed = &record.removed;
    heading(out, &format!("removed ({} bytes)", removed.bytes), paper)?;
    let mut reasons: Vec<(&str, u64)> = removed.by_reason.iter().map(|(r, n)| (*r, *n)).collect();
    reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), *reason));
    for (code, count) in reasons {
        let explanation = Reason::ALL
            .iter()
            .find(|reason| reason.code() == code)
            .map_or("", |reason| reason.explanation());
        writeln!(out, "  {count:>7}  {code:20}  {explanation}")?;
    }
    writeln!(out)?;
    let body = record.confidence.get("body").copied().unwrap_or_default();
    write!(
        out,
        "{} words, {} of {} blocks in the body, confidence {body:.2}",
        record.word_count,
        record.blocks.iter().filter(|block| block.is_body()).count(),
        record.blocks.len(),
    )?;
    if !record.warnings.is_empty() {
        write!(out, "; warnings: {}", record.warnings.join(", "))?;
        if record.source.replaced > 0 {
            write!(out, " ({} replaced)", record.source.replaced)?;
        }
    }
    writeln!(out)
}

fn heading(out: &mut impl Write, text: &str, paper: Paper) -> io::Result<()> {
    let style = paint(paper, Style::new().bold());
    writeln!(out, "{style}{text}{style:#}")
}

fn paint(paper: Paper, style: Style) -> Style {
    if paper.color { style } else { Style::new() }
}

fn dimmed(paper: Paper) -> Style {
    paint(paper, Style::new().dimmed())
}

/// How the margin and the text of a kind look: the article plain beside green, fields cyan, what stands beside the
/// article yellow, what was removed dim beside red.
fn styles(kind: LineKind, paper: Paper) -> (Style, Style) {
    let plain = Style::new();
    let (margin, text) = match kind {
        LineKind::Body => (AnsiColor::Green.on_default(), plain),
        LineKind::Crosshead => (AnsiColor::Green.on_default(), plain.bold()),
        LineKind::Caption | LineKind::PullQuote | LineKind::Related => {
            (AnsiColor::Yellow.on_default(), plain)
        }
        LineKind::Headline => (AnsiColor::Cyan.on_default(), plain.bold()),
        LineKind::Blank => (plain.dimmed(), plain),
        kind if kind.is_removed() => (AnsiColor::Red.on_default(), plain.dimmed()),
        _ => (AnsiColor::Cyan.on_default(), plain),
    };
    (paint(paper, margin), paint(paper, text))
}

fn block_style(kind: BlockKind) -> Style {
    match kind {
        BlockKind::Heading => Style::new().bold(),
        BlockKind::Caption => AnsiColor::Yellow.on_default(),
        _ => Style::new(),
    }
}

/// Columns that `c` takes: two for Han, kana, Hangul and other wide characters.
fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// `text` in lines of at most `room` columns, broken at spaces where there are some, and before wide characters.
fn wrapped(text: &str, room: Option<usize>) -> Vec<&str> {
    let Some(room) = room else {
        return vec![text];
    };
    let mut lines = Vec::new();
    let (mut start, mut used) = (0, 0);
    let mut chance: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let width = columns(c);
        // A space that does not fit may hang over the edge: it is trimmed away.
        if used + width > room && at > start && c != ' ' {
            let end = chance.filter(|&chance| chance > start).unwrap_or(at);
            lines.push(text[start..end].trim_end());
            start = end;
            used = text[start..at].chars().map(columns).sum();
            chance = None;
        }
        used += width;
        if c == ' ' {
            chance = Some(at + 1);
        }
    }
    lines.push(&text[start..]);
    lines
}

/// `text` cut to `room` columns, with an ellipsis where something was cut off.
fn clipped(text: &str, room: usize) -> Cow<'_, str> {
    let mut used = 0;
    let mut fits = 0;
    for (at, c) in text.char_indices() {
        used += columns(c);
        if used < room {
            fits = at + c.len_utf8();
        }
        if used > room {
            return Cow::Owned(format!("{}…", &text[..fits]));
        }
    }
    Cow::Borrowed(text)
}

/// At most `room` columns of `text` around the first place where it holds `wanted`.
fn excerpt<'a>(text: &'a str, wanted: &str, room: usize) -> Cow<'a, str> {
    let at = text
        .find(wanted)
        .or_else(|| text.to_ascii_lowercase().find(&wanted.to_ascii_lowercase()))
        .unwrap_or(0);
    let mut start = at;
    let mut before = 0;
    for (i, c) in text[..at].char_indices().rev() {
        before += columns(c);
        if before > room / 3 {
            break;
        }
        start = i;
    }
    if start == 0 {
        return clipped(text, room);
    }
    Cow::Owned(format!(
        "…{}",
        clipped(&text[start..], room.saturating_sub(1))
    ))
}

#[cfg(test)]
mod tests {
    use super::{clipped, excerpt, wrapped};

    #[test]
    fn an_excerpt_shows_what_was_asked_for() {
        let text = format!("{} Needle {}", "hay ".repeat(90), "stack ".repeat(90));
        let shown = excerpt(&text, "needle", 60);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("Needle"));
        assert!(shown.chars().count() <= 60);
        assert_eq!(excerpt("İstanbul", "istanbul", 60), "İstanbul");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(wrapped("가나다라마", Some(6)), ["가나다", "라마"]);
        assert_eq!(
            wrapped("한국 은행이 말했다", Some(10)),
            ["한국", "은행이", "말했다"]
        );
        assert_eq!(clipped("가나다라", 5), "가나…");
        assert_eq!(clipped("가나", 4), "가나");
    }

    #[test]
    fn lines_break_at_spaces_and_words_too_long_for_one_inside() {
        assert_eq!(wrapped("one two three", Some(8)), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh ij", Some(4)), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", Some(4)), [""]);
    }
}
