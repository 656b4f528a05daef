//! Pages annotated line by line: what each line is stands before it. They are read as gold pages with the renderings of
//! their text, so that pages written for the purpose, or by somebody with a page to teach, need no HTML and no scraper.
//!
//! A file opens with fields (`title: …`, `authors: A; B`, `published: 2025-03-02T05:31`), then `---`, then the lines:
//! a code, `| `, and the line as printed. README names the codes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::{Error, Position};
use crate::train::gold::{ANNOTATED, GoldBlock, GoldPage, GoldPerson, Visible};

mod render;

/// The ending of a file with an annotated page.
const ENDING: &str = "page";

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    /// Not the article.
    Other,
    /// An item of a list that is not the article.
    Item,
    Headline,
    Standfirst,
    Paragraph,
    Heading,
    /// An item of a list in the text.
    Listed,
    Caption,
}

impl Code {
    fn of(code: &str) -> Option<Self> {
        Some(match code {
            "." => Self::Other,
            "-" => Self::Item,
            "T" => Self::Headline,
            "S" => Self::Standfirst,
            "P" => Self::Paragraph,
            "H" => Self::Heading,
            "L" => Self::Listed,
            "C" => Self::Caption,
            _ => return None,
        })
    }

    /// The kind of the gold's block, where the line is one.
    fn block(self) -> Option<&'static str> {
        match self {
            Self::Standfirst => Some("summary"),
            Self::Heading => Some("heading"),
            Self::Paragraph | Self::Listed => Some("paragraph"),
            Self::Other | Self::Item | Self::Headline | Self::Caption => None,
        }
    }
}

/// A line of the page, none for an empty one.
struct Line {
    code: Code,
    /// Its text with the marks of links, bold and what is no text.
    marked: String,
    /// Levels that it is nested.
    depth: usize,
}

/// Reads the pages of a folder, in the order of their names.
///
/// # Errors
/// When the folder or a file cannot be read, or a line is not an annotated one; the error names the line.
pub(crate) fn read(folder: &Path) -> Result<Vec<GoldPage>, Error> {
    files(folder)?
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).map_err(|error| failed(path, &error))?;
            let id = path.file_stem().unwrap_or_default().to_string_lossy();
            page(&id, &text).map_err(|(line, what)| {
                let position = Position {
                    line: Some(line as u64),
                    ..Position::path(path.display().to_string())
                };
                Error::new(position, "bad-gold", what)
            })
        })
        .collect()
}

/// The files of annotated pages in a folder, sorted by name.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.map_err(|error| failed(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == ENDING));
    paths.sort();
    Ok(paths)
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::io(Position::path(path.display().to_string()), error)
}

/// One page; the error is the number of a line and what is wrong with it.
fn page(id: &str, text: &str) -> Result<GoldPage, (usize, String)> {
    let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
    let mut numbered = text.lines().enumerate().map(|(i, line)| (i + 1, line));
    for (number, line) in numbered.by_ref() {
        if line.trim_end() == "---" {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            return Err((number, "not a field, such as `title: …`".to_owned()));
        };
        fields.insert(key.trim(), value.trim());
    }
    let mut lines = Vec::new();
    for (number, line) in numbered {
        lines.push(parsed(line).ok_or_else(|| {
            let what = "a line opens with its code and a bar: . - T S P H L or C, as in `P| …`";
            (number, what.to_owned())
        })?);
    }
    let field = |name: &str| fields.get(name).copied().filter(|value| !value.is_empty());
    let authors: Vec<String> = listed(field("authors"));
    let people = listed(field("people"));
    Ok(GoldPage {
        id: id.to_owned(),
        set: ANNOTATED.to_owned(),
        group: field("domain").or(field("outlet")).unwrap_or(id).to_owned(),
        publisher: field("outlet").map(str::to_owned),
        domain: field("domain").map(str::to_owned),
        lang: field("lang").unwrap_or_default().to_owned(),
        title: field("title").map(str::to_owned),
        visible: Visible {
            title: field("title").is_some(),
            authors: authors.clone(),
            published: field("published").is_some(),
        },
        authors,
        published: field("published").map(str::to_owned),
        modified: field("modified").map(str::to_owned),
        dateline: field("dateline").map(str::to_owned),
        section: field("section").map(str::to_owned),
        copyright: field("copyright").map(str::to_owned),
        people: people.iter().map(|person| self::person(person)).collect(),
        blocks: Some(blocks(&lines)),
        captions: texts(&lines, Code::Caption),
        subtitle: Some(texts(&lines, Code::Standfirst).join("\n"))
            .filter(|subtitle| !subtitle.is_empty()),
        rendered: render::all(&lines, field("browser")),
        ..GoldPage::default()
    })
}

/// A line of the page: the line or none where it is empty; nothing where it is no annotated line.
fn parsed(line: &str) -> Option<Option<Line>> {
    if line.trim().is_empty() {
        return Some(None);
    }
    let (code, text) = line.split_once('|')?;
    let code = Code::of(code)?;
    let text = text.strip_prefix(' ').unwrap_or(text);
    let marked = text.trim().to_owned();
    if marked.is_empty() {
        return Some(None);
    }
    let depth = (text.len() - text.trim_start_matches(' ').len()) / 2;
    Some(Some(Line {
        code,
        marked,
        depth,
    }))
}

fn listed(field: Option<&str>) -> Vec<String> {
    field
        .unwrap_or_default()
        .split(';')
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect()
}

/// `NAME | role | address`.
fn person(text: &str) -> GoldPerson {
    let mut parts = text.split('|').map(str::trim);
    let mut next = || {
        parts
            .next()
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
    };
    GoldPerson {
        name: next(),
        role: next(),
        email: next(),
    }
}

fn blocks(lines: &[Option<Line>]) -> Vec<GoldBlock> {
    let lines = lines.iter().flatten();
    lines
        .filter_map(|line| {
            Some(GoldBlock {
                kind: line.code.block()?.to_owned(),
                text: render::without_asides(&line.marked),
                optional: false,
            })
        })
        .filter(|block| !block.text.is_empty())
        .collect()
}

fn texts(lines: &[Option<Line>], code: Code) -> Vec<String> {
    let lines = lines.iter().flatten();
    lines
        .filter(|line| line.code == code)
        .map(|line| render::bare(&line.marked))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
lang: ko
domain: hanbit.example
title: 다리가 놓였다
browser: 다리가 놓였다 - 한빛일보
authors: 윤서하; 고민재
people: 윤서하 | 기자 | seoha@hanbit.example
published: 2025-03-02T05:31
---
-| 정치
-|   국회

T| 다리가 놓였다
.| 윤서하 고민재 기자
P| {{[한빛일보=윤서하 기자] }}은하천에 <a>새 다리</a>가 놓였다.
H| 걸어서 5분
";

    #[test]
    fn a_page_is_gold_with_the_renderings_of_its_text() {
        let page = page("one", PAGE).unwrap();
        assert_eq!(page.authors, ["윤서하", "고민재"]);
        assert_eq!(page.people[0].role.as_deref(), Some("기자"));
        assert_eq!(page.days(), ["2025-03-02"]);
        assert!(page.is_read());
        let blocks = page.blocks.as_deref().unwrap();
        assert_eq!(blocks[0].text, "은하천에 새 다리가 놓였다.");
        assert_eq!(blocks[1].kind, "heading");
        assert_eq!(
            page.rendered["plain"],
            "정치\n  국회\n\n다리가 놓였다\n윤서하 고민재 기자\n[한빛일보=윤서하 기자] 은하천에 새 다리가 놓였다.\n걸어서 5분\n"
        );
        assert!(
            page.rendered["fragments"]
                .starts_with("다리가 놓였다 - 한빛일보\n정치\n국회\n다리가 놓였다\n")
        );
        assert!(
            page.rendered["fragments"]
                .contains("[한빛일보=윤서하 기자] 은하천에\n새 다리\n가 놓였다.\n")
        );
    }

    #[test]
    fn what_is_no_annotated_line_is_an_error_with_its_number() {
        let (line, what) = page("one", "title: A\n---\nP| Text.\nNo code\n").unwrap_err();
        assert_eq!(line, 4);
        assert!(what.contains("P| "));
        assert_eq!(page("one", "title\n---\n").unwrap_err().0, 1);
    }
}
