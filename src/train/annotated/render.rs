//! The five renderings of an annotated page, in the manner of the corpus's.

use std::collections::BTreeMap;
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{Code, Line};

/// Marks of links and bold; in `fragments`, what stands in one is a line of its own.
const INLINE: [&str; 4] = ["<a>", "</a>", "<b>", "</b>"];
/// What stands between these in a paragraph is no text: a run-in byline, a dateline, a sign-off.
const ASIDE: [&str; 2] = ["{{", "}}"];

/// Columns at which `wrapped` breaks lines, its indentation included.
const COLUMNS: usize = 97;
/// Blanks before each line of `wrapped` and of `indented`.
const MARGIN: [&str; 2] = ["   ", "        "];
/// Bullets of `wrapped` by depth.
const BULLETS: [&str; 3] = ["     * ", "          + ", "               o "];

/// All of them by name; the browser's title is the first line of all but the plain and the wrapped one.
pub(super) fn all(lines: &[Option<Line>], browser: Option<&str>) -> BTreeMap<&'static str, String> {
    let head = browser.map(|title| format!("{title}\n"));
    let headed = |rest: String| head.clone().unwrap_or_default() + &rest;
    BTreeMap::from([
        ("plain", plain(lines)),
        ("htmltext", headed(html_text(lines))),
        ("indented", headed(indented(lines))),
        ("wrapped", wrapped(lines)),
        ("fragments", headed(fragments(lines))),
    ])
}

/// The text without any mark.
pub(super) fn bare(marked: &str) -> String {
    let mut text = marked.to_owned();
    for mark in INLINE.iter().chain(&ASIDE) {
        text = text.replace(mark, "");
    }
    text
}

/// The text without marks and without what is no text of the article.
pub(super) fn without_asides(marked: &str) -> String {
    let mut text = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once(ASIDE[0]) {
        text += before;
        rest = after.split_once(ASIDE[1]).map_or("", |(_, after)| after);
    }
    bare(&(text + rest)).trim().to_owned()
}

/// As written: empty lines and nesting kept.
fn plain(lines: &[Option<Line>]) -> String {
    let mut out = String::new();
    for line in lines {
        if let Some(line) = line {
            let _ = write!(out, "{}{}", "  ".repeat(line.depth), bare(&line.marked));
        }
        out.push('\n');
    }
    out
}

/// No nesting, an empty line between blocks.
fn html_text(lines: &[Option<Line>]) -> String {
    let mut out = String::new();
    for line in lines.iter().flatten() {
        if line.code != Code::Item {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", bare(&line.marked));
    }
    out
}

/// A margin, bullets, an empty line between blocks.
fn indented(lines: &[Option<Line>]) -> String {
    let mut out = String::new();
    for line in lines.iter().flatten() {
        let text = bare(&line.marked);
        let margin = MARGIN[1];
        let _ = if line.code == Code::Item {
            writeln!(out, "{margin}  {}* {text}", "    ".repeat(line.depth))
        } else {
            writeln!(out, "\n{margin}{text}")
        };
    }
    out
}

/// Broken at a fixed width, headlines and headings at the margin, bullets by depth.
fn wrapped(lines: &[Option<Line>]) -> String {
    let mut out = String::new();
    let mut listed = false;
    for line in lines.iter().flatten() {
        let text = bare(&line.marked);
        let item = line.code == Code::Item;
        let loose = matches!(line.code, Code::Paragraph | Code::Headline | Code::Heading);
        if loose || item != listed {
            out.push('\n');
        }
        listed = item;
        let (first, next) = match line.code {
            Code::Headline | Code::Heading => ("", ""),
            Code::Item => (BULLETS[line.depth.min(2)], "            "),
            _ => (MARGIN[0], MARGIN[0]),
        };
        let mut column = first.width();
        out += first;
        let mut open = true;
        for word in text.split(' ') {
            let width = word.width();
            if !open && column + 1 + width > COLUMNS {
                out.push('\n');
                out += next;
                column = next.len();
            } else if !open {
                out.push(' ');
                column += 1;
            }
            out += word;
            column += width;
            open = false;
        }
        out.push('\n');
    }
    out
}

/// Every link and every bold run on a line of its own, no empty lines.
fn fragments(lines: &[Option<Line>]) -> String {
    let mut out = String::new();
    for line in lines.iter().flatten() {
        let mut text = line.marked.clone();
        for mark in INLINE {
            text = text.replace(mark, "\n");
        }
        for piece in bare(&text)
            .lines()
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
        {
            let _ = writeln!(out, "{piece}");
        }
    }
    out
}
