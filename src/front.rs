//! Front matter: the fields that a scraper wrote above the text, one a line, between fences or not. They are the surest
//! metadata there is, and no part of the article; a dump in which every document opens with them is parted there.
//!
//! ```text
//! ---                          제목: …
//! title: "…"                   기자: …
//! date: 2024-03-01             입력: 2024.03.01 10:30
//! ---
//! ```

use crate::document::{Span, is_alphanumeric};
use crate::lexicon::front_matter::{self, Field, LONGEST};

/// Lines at the top of a document among which fields are looked for.
const LINES: usize = 60;
/// Letters of the shortest title that makes a lone `Title: …` a field, not the first words of a text.
const LONE_TITLE: usize = 8;
/// What opens and closes a fenced head, and what may stand between a key and its value there.
const FENCES: [(&str, &[char]); 2] = [("---", &COLONS), ("+++", &['='])];
/// What stands between a key and its value where nothing fences them in.
const COLONS: [char; 2] = [':', '：'];
/// Brackets that keys stand in: `[제목] …`.
const BRACKETS: [(char, char); 4] = [('[', ']'), ('【', '】'), ('［', '］'), ('<', '>')];

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    field: Field,
    /// What belongs to it, key included.
    whole: Span,
    /// Its value without quotation marks and white space at the ends; empty where there is none.
    value: Span,
}

/// The fields above a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Front {
    entries: Vec<Entry>,
    /// One past its last byte.
    pub(crate) end: u32,
}

impl Front {
    /// The fields at the top of `text`.
    pub(crate) fn find(text: &str) -> Option<Self> {
        let first = lines(text).find(|line| !is_blank(line.of(text)))?;
        let opening = first.of(text).trim();
        match FENCES.into_iter().find(|(fence, _)| *fence == opening) {
            Some(fence) => fenced(text, first, fence),
            None => plain(text),
        }
        .filter(|front| front.holds_enough(text))
    }

    /// Whether the fields are such as only a scraper writes: two that a record has a use for, or an address, or a title
    /// that could not be anything else.
    fn holds_enough(&self, text: &str) -> bool {
        let mut known: Vec<Field> = Vec::new();
        for entry in &self.entries {
            if !matches!(entry.field, Field::Other | Field::Body) && !known.contains(&entry.field) {
                known.push(entry.field);
            }
        }
        let lone = || {
            let long = |c: &str| c.chars().filter(|c| is_alphanumeric(*c)).count() >= LONE_TITLE;
            let title = self
                .get(text, Field::Title)
                .is_some_and(|v| long(v.of(text)));
            let address = self
                .get(text, Field::Url)
                .is_some_and(|v| v.of(text).contains("://"));
            let below = text[self.end as usize..].trim_start_matches([' ', '\t', '\r']);
            address || title && below.strip_prefix('\n').is_some_and(opens_blank)
        };
        known.len() > 1 || known.len() == 1 && lone()
    }

    /// The value of the first such field that has one.
    pub(crate) fn get(&self, text: &str, field: Field) -> Option<Span> {
        let values = self.entries.iter().filter(|entry| entry.field == field);
        values
            .map(|entry| entry.value)
            .find(|value| !value.is_empty() && !front_matter::is_nothing(value.of(text)))
    }

    /// The lines of each field, key included, in reading order; the fences are fields without a use.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (Field, Span)> {
        self.entries.iter().map(|entry| (entry.field, entry.whole))
    }

    fn push(&mut self, entry: Entry) {
        self.end = entry.whole.end;
        self.entries.push(entry);
    }

    /// Lets the last field go on to the end of `line`.
    fn go_on(&mut self, text: &str, line: Span) {
        if let Some(last) = self.entries.last_mut() {
            let from = if last.value.is_empty() {
                line.start
            } else {
                last.value.start
            };
            last.whole.end = line.end;
            last.value = trimmed(text, Span::new(from, line.end));
            self.end = line.end;
        }
    }
}

/// The lines of a text, their line feeds left out.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len() as u32;
        Span::new(start, start + line.trim_end_matches('\n').len() as u32)
    })
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The fields between two fences: whatever stands there is one, goes on with one, or makes it no front matter.
fn fenced(text: &str, first: Span, (fence, marks): (&str, &[char])) -> Option<Front> {
    let mut front = Front::default();
    let fence_line = |whole: Span| Entry {
        field: Field::Other,
        whole,
        value: Span::new(whole.end, whole.end),
    };
    let inside = lines(text).skip_while(|line| line.start <= first.start);
    front.push(fence_line(first));
    for line in inside.take(LINES) {
        let raw = line.of(text);
        if raw.trim() == fence {
            front.push(fence_line(line));
            return Some(front);
        }
        if is_blank(raw) {
            continue;
        }
        if raw.starts_with([' ', '\t', '-']) && front.entries.len() > 1 {
            front.go_on(text, line);
            continue;
        }
        let (key, value) = keyed(text, line, marks)?;
        let field = front_matter::field(key.of(text)).unwrap_or(Field::Other);
        front.push(Entry {
            field,
            whole: line,
            value: unquoted(text, value),
        });
    }
    None
}

/// The fields at the top of a text without fences: known keys alone, with a blank line between at most.
fn plain(text: &str) -> Option<Front> {
    let known = |line: Span| {
        let (key, value) = bracketed(text, line).or_else(|| keyed(text, line, &COLONS))?;
        let field = front_matter::field(key.of(text))?;
        Some((field, value))
    };
    let mut front = Front::default();
    let mut lines = lines(text).take(LINES).peekable();
    let mut blank = true;
    while let Some(line) = lines.next() {
        if let Some((field, value)) = known(line) {
            let whole = if field == Field::Body {
                Span::new(line.start, value.start)
            } else {
                line
            };
            front.push(Entry {
                field,
                whole,
                value,
            });
            if field == Field::Body {
                break;
            }
            blank = false;
        } else if is_blank(line.of(text)) {
            if blank && !front.entries.is_empty() {
                break;
            }
            blank = true;
        } else {
            // A long title is cut at the right edge, as the text below it is.
            let title = front
                .entries
                .last()
                .is_some_and(|e| e.field == Field::Title);
            let goes_on = line.of(text).starts_with([' ', '\t'])
                || title && lines.peek().is_some_and(|next| known(*next).is_some());
            if blank || front.entries.is_empty() || !goes_on {
                break;
            }
            front.go_on(text, line);
        }
    }
    (!front.entries.is_empty()).then_some(front)
}

/// What a document is known by that opens with `line` and `next`, when both are fields or the first is a fence: how each of
/// them begins, key and mark included.
pub(crate) fn opening<'a>(line: &'a str, next: &'a str) -> Option<(&'a str, &'a str)> {
    let (of_next, key) = head(next)?;
    if is_fence(line.trim().as_bytes()) {
        return Some((line, key));
    }
    let (of_line, first) = head(line)?;
    let useful = |field| !matches!(field, Field::Other | Field::Body);
    (useful(of_line) && useful(of_next) && of_line != of_next).then_some((first, key))
}

/// Whether `line` opens and closes a fenced head.
pub(crate) fn is_fence(line: &[u8]) -> bool {
    FENCES.iter().any(|(fence, _)| fence.as_bytes() == line)
}

/// The field of a line of an export that stands among those of the page: `LENGTH: 623 words`, its key in capitals.
pub(crate) fn of_export(line: &str) -> Option<Field> {
    let (key, _) = line.split_once(':')?;
    let capital = |c: char| c.is_ascii_uppercase() || matches!(c, '-' | ' ');
    let named = key.len() > 1 && key.chars().all(capital);
    named.then(|| front_matter::field(key)).flatten()
}

/// The field of a line, and the line as far as its key and the mark behind it go.
fn head(line: &str) -> Option<(Field, &str)> {
    let whole = Span::new(0, line.len() as u32);
    let marks = [&COLONS[..], &['=']].concat();
    let (key, value) = bracketed(line, whole).or_else(|| keyed(line, whole, &marks))?;
    let field = front_matter::field(key.of(line))?;
    Some((field, line[..value.start as usize].trim_end()))
}

/// Key and value of a line with the first of `marks` between; both may stand in stars or behind number signs, as Markdown has them.
fn keyed(text: &str, line: Span, marks: &[char]) -> Option<(Span, Span)> {
    let raw = line.of(text);
    let head = &raw[..raw.floor_char_boundary(2 * LONGEST)];
    let (at, mark) = head.char_indices().find(|(_, c)| marks.contains(c))?;
    let decorated = |c: char| c.is_whitespace() || matches!(c, '*' | '#');
    let key = raw[..at].trim_matches(decorated);
    if key.is_empty() || key.len() > LONGEST {
        return None;
    }
    let start = line.start + (raw.len() - raw.trim_start_matches(decorated).len()) as u32;
    let value = Span::new(line.start + (at + mark.len_utf8()) as u32, line.end);
    Some((
        Span::new(start, start + key.len() as u32),
        trimmed(text, value),
    ))
}

/// Key and value of a line that begins with its key in brackets.
fn bracketed(text: &str, line: Span) -> Option<(Span, Span)> {
    let raw = line.of(text);
    let (open, close) = BRACKETS
        .into_iter()
        .find(|(open, _)| raw.starts_with(*open))?;
    let end = raw.find(close)?;
    let key = Span::new(line.start + open.len_utf8() as u32, line.start + end as u32);
    let behind = end + close.len_utf8();
    let behind =
        behind + (raw[behind..].len() - raw[behind..].trim_start_matches([' ', ':', '：']).len());
    let value = Span::new(line.start + behind as u32, line.end);
    Some((trimmed(text, key), trimmed(text, value)))
}

/// `span` without white space at its ends, and without the stars that close a key in bold type.
fn trimmed(text: &str, span: Span) -> Span {
    let raw = span.of(text);
    let opened = raw.trim_start_matches(|c: char| c.is_whitespace() || c == '*');
    let start = span.start + (raw.len() - opened.len()) as u32;
    Span::new(start, start + opened.trim_end().len() as u32)
}

/// `span` without the quotation marks around it.
fn unquoted(text: &str, span: Span) -> Span {
    let raw = span.of(text);
    let quoted = |mark: char| raw.len() > 1 && raw.starts_with(mark) && raw.ends_with(mark);
    if quoted('"') || quoted('\'') {
        Span::new(span.start + 1, span.end - 1)
    } else {
        span
    }
}

/// Whether `text` begins with a blank line, or is none.
fn opens_blank(text: &str) -> bool {
    text.lines()
        .next()
        .is_none_or(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Field, Front, of_export, opening};

    /// What is read at the top of a text: title, author, date, and what is left of the text.
    fn read(text: &str) -> Option<[&str; 4]> {
        let front = Front::find(text)?;
        let get = |field| front.get(text, field).map_or("", |value| value.of(text));
        Some([
            get(Field::Title),
            get(Field::Author),
            get(Field::Published),
            text[front.end as usize..].trim(),
        ])
    }

    #[test]
    fn fields_are_read_with_and_without_fences() {
        for text in [
            "Title: Ferry sails\nAuthor: Ann Holm\nDate: 2024-03-01\n\nAt dawn.",
            "\n제목: Ferry sails\n\n기자: Ann Holm\n\n입력 : 2024-03-01\n\nAt dawn.",
            "【标题】Ferry sails\n[作者] Ann Holm\n[日期]：2024-03-01\nAt dawn.",
            "**Title:** Ferry sails\r\n**Author**: Ann Holm\r\n**Date:** 2024-03-01\r\n\r\nAt dawn.",
            "---\ntitle: \"Ferry sails\"\nslug: x-1\ntags:\n- harbour\n  - boats\nauthor: 'Ann Holm'\ndate: 2024-03-01\n---\nAt dawn.",
            "+++\ntitle = \"Ferry sails\"\nauthor = \"Ann Holm\"\ndate = 2024-03-01\n+++\n\nAt dawn.",
            "标题：Ferry sails\n作者：Ann Holm\n发布时间：2024-03-01\n链接：https://post.example/1\nAt dawn.",
            "Title: Ferry\n  sails\nAuthor: Ann Holm\nDate: 2024-03-01\nURL: None\nText: At dawn.",
        ] {
            let got = read(text).map(|fields| {
                fields.map(|field| field.split_whitespace().collect::<Vec<_>>().join(" "))
            });
            assert_eq!(
                got,
                Some(["Ferry sails", "Ann Holm", "2024-03-01", "At dawn."].map(str::to_owned)),
                "{text}"
            );
        }
    }

    #[test]
    fn an_address_or_a_title_over_a_blank_line_is_enough() {
        assert!(read("URL: https://post.example/1\nThe ferry sailed.").is_some());
        assert!(read("Title: The ferry sails again\n\nAt dawn.").is_some());
        assert!(read("Title: The ferry sails again\nAt dawn.").is_none());
        assert!(read("Date: 2024-03-01\n\nAt dawn.").is_none());
    }

    #[test]
    fn a_text_is_no_front_matter() {
        for text in [
            "",
            "---\n",
            "---\nThe ferry sailed: nobody waited.\n---\nAt dawn.",
            "---\ntitle: Ferry sails\n\nAt dawn.",
            "Olaf Brandt: We sail at dawn.\nAnn Holm: Who?\n\nAt dawn.",
            "Home\nTitle: Ferry sails\nAuthor: Ann Holm\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_value_of_nothing_is_none() {
        let text =
            "title: Ferry sails\nauthor: None\ndate:\nurl: https://post.example/1\n\nAt dawn.";
        assert_eq!(read(text), Some(["Ferry sails", "", "", "At dawn."]));
    }

    #[test]
    fn fields_of_an_export_have_keys_in_capitals() {
        assert_eq!(of_export("LENGTH: 623 words"), Some(Field::Other));
        assert_eq!(of_export("LOAD-DATE: March 5, 2021"), Some(Field::Other));
        for line in [
            "Length: 623 words",
            "BREAKING: Ferry sails",
            "LENGTH",
            "A: B",
        ] {
            assert_eq!(of_export(line), None, "{line}");
        }
    }

    #[test]
    fn documents_of_one_writer_open_alike() {
        for (line, next, want) in [
            ("Title: A", "Date: 2024-03-01", Some(("Title:", "Date:"))),
            ("제목 : A", "[기자] B", Some(("제목 :", "[기자]"))),
            (
                "标题：A",
                "时间：2024-03-01 10:30",
                Some(("标题：", "时间：")),
            ),
            ("+++", "title = \"A: B\"", Some(("+++", "title ="))),
            ("---", "title: A", Some(("---", "title:"))),
            ("Title: A", "Title: B", None),
            ("Title: A", "Tags: B", None),
            ("Olaf: A", "Ann: B", None),
            ("---", "The ferry sailed.", None),
        ] {
            assert_eq!(opening(line, next), want, "{line}");
        }
    }
}
