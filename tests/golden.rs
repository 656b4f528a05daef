//! The invented pages of `fixtures/pages` against their expected records.
//!
//! `NAME.txt` is a page as it would be found, `NAME.json` what its record must hold: the fields of [`fields`], each
//! absent from the file where the record must not have it. `publisher.name` and `inLanguage` may be lists of values
//! that are all right, `relatedHeadlines` are headlines that must be in `related`, and `blocks` hold `kind`, `text`,
//! `speaker` and `repeats`. What fails today is a line `NAME field` of `known-failures.txt`; a line there that passes
//! is an error too, so that the list can only shrink. `GOLDEN_SHOW_ALL=1 cargo test --test golden` shows the
//! differences of all; with `GOLDEN_SHRINK=1` the lines that pass are taken off the list.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use copydesk::Cleaner;
use copydesk::config::Config;
use copydesk::document::Document;
use copydesk::input::{self, Event, Input, Options};
use copydesk::record::Metadata;
use serde_json::{Value, json};

/// What is compared beside the metadata. `articleBody` follows from the expected blocks: it tells a wrong text from blocks
/// that are only cut or named wrongly.
const TEXT: [&str; 3] = ["articleBody", "blocks", "related"];

/// What is compared, in the order of the record.
fn fields() -> impl Iterator<Item = &'static str> {
    Metadata::FIELDS.into_iter().chain(TEXT)
}

/// In characters. Some pages print a list of headlines with nothing between them, so an expected one may be part of
/// what was found; a whole story taken for a headline would be longer than this.
const LONGEST_HEADLINE: usize = 200;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages")
}

/// The names of the files with this extension, sorted.
fn names(extension: &str) -> BTreeSet<String> {
    fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .filter(|path| !path.ends_with("known-failures.txt"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

fn document(name: &str) -> Document {
    let path = folder().join(format!("{name}.txt"));
    let mut documents = Vec::new();
    for event in input::read([Input::Path(path)], &Options::default()) {
        match event {
            Event::Document(document) => documents.push(*document),
            Event::Error(error) => panic!("{name}: {error}"),
            Event::End { .. } => {}
        }
    }
    assert_eq!(documents.len(), 1, "{name} is one document");
    documents.remove(0)
}

fn expected(name: &str) -> Value {
    let text = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
    for key in expected.as_object().unwrap().keys() {
        let known = fields().any(|field| field == key) || key == "relatedHeadlines";
        assert!(known, "{name}: {key} is not compared");
    }
    expected
}

fn record(name: &str) -> Value {
    let article = Cleaner::new(Config::default()).clean(&document(name));
    serde_json::to_value(article).unwrap()
}

/// The pairs `NAME field` that are known to fail.
fn known_failures() -> BTreeSet<String> {
    let text = fs::read_to_string(folder().join("known-failures.txt")).unwrap();
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(lines.is_sorted(), "known-failures.txt is sorted");
    let pages = names("txt");
    for line in &lines {
        let (name, field) = line.split_once(' ').expect("NAME field");
        assert!(pages.contains(name), "{line}: no such page");
        assert!(
            fields().any(|known| known == field),
            "{line}: no such field"
        );
    }
    lines.into_iter().map(ToOwned::to_owned).collect()
}

/// Takes the lines that pass off the list; adds none.
fn shrink(failing: &BTreeSet<String>) {
    let path = folder().join("known-failures.txt");
    let kept: String = fs::read_to_string(&path)
        .unwrap()
        .split_inclusive('\n')
        .filter(|line| line.starts_with('#') || failing.contains(line.trim_end()))
        .collect();
    fs::write(path, kept).unwrap();
}

fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The block with nothing but what is compared.
fn bare(block: &Value) -> Value {
    let mut bare = serde_json::Map::new();
    for key in ["kind", "text", "speaker", "repeats"] {
        if !block[key].is_null() {
            bare.insert(key.to_owned(), block[key].clone());
        }
    }
    Value::Object(bare)
}

fn article_body(blocks: &[Value]) -> String {
    let body: Vec<&str> = blocks
        .iter()
        .filter(|block| block["kind"] != "caption" && block["repeats"].is_null())
        .map(|block| text(block, "text"))
        .collect();
    body.join("\n\n")
}

/// What differs in one field, for people to read; `None` where nothing does.
fn difference(field: &str, want: &Value, have: &Value) -> Option<String> {
    match field {
        "articleBody" => {
            let wanted = article_body(array(want, "blocks"));
            let paragraphs =
                |body: &str| -> Vec<String> { body.split("\n\n").map(ToOwned::to_owned).collect() };
            (wanted != text(have, field))
                .then(|| lines(&paragraphs(&wanted), &paragraphs(text(have, field))))
        }
        "blocks" => {
            let shown = |blocks: &[Value]| -> Vec<String> {
                blocks.iter().map(|b| bare(b).to_string()).collect()
            };
            let (want, have) = (shown(array(want, field)), shown(array(have, field)));
            (want != have).then(|| lines(&want, &have))
        }
        "related" => {
            let mut missing = String::new();
            for headline in array(want, "relatedHeadlines") {
                let headline = headline.as_str().unwrap();
                let shows = |related: &Value| {
                    let found = text(related, "headline");
                    found.contains(headline) && found.chars().count() <= LONGEST_HEADLINE
                };
                if !array(have, field).iter().any(shows) {
                    let _ = writeln!(missing, "    - {headline}");
                }
            }
            if missing.is_empty() {
                return None;
            }
            for related in array(have, field) {
                let _ = writeln!(
                    missing,
                    "    + {}",
                    excerpt(&related["headline"].to_string())
                );
            }
            Some(missing)
        }
        "publisher" => {
            let right = any_of(&want[field]["name"], &have[field]["name"])
                && want[field]["domain"] == have[field]["domain"];
            (!right).then(|| values(&want[field], &have[field]))
        }
        "inLanguage" => {
            (!any_of(&want[field], &have[field])).then(|| values(&want[field], &have[field]))
        }
        _ => (want[field] != have[field]).then(|| values(&want[field], &have[field])),
    }
}

/// Whether a value is the expected one, or one of several that are all right.
fn any_of(want: &Value, have: &Value) -> bool {
    match want {
        Value::Array(any) => any.contains(have),
        one => one == have,
    }
}

fn values(want: &Value, have: &Value) -> String {
    format!("    - {want}\n    + {have}\n")
}

fn excerpt(line: &str) -> String {
    if line.chars().count() <= 160 {
        return line.to_owned();
    }
    let start: String = line.chars().take(110).collect();
    let end: Vec<char> = line.chars().rev().take(40).collect();
    format!("{start} … {}", end.into_iter().rev().collect::<String>())
}

/// The lines that only one side has, in order, by a longest common subsequence.
fn lines(want: &[String], have: &[String]) -> String {
    let mut common = vec![vec![0_u32; have.len() + 1]; want.len() + 1];
    for (i, wanted) in want.iter().enumerate().rev() {
        for (j, found) in have.iter().enumerate().rev() {
            common[i][j] = if wanted == found {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut shown) = (0, 0, String::new());
    while i < want.len() || j < have.len() {
        if i < want.len() && j < have.len() && want[i] == have[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == have.len() || (i < want.len() && common[i + 1][j] >= common[i][j + 1]) {
            let _ = writeln!(shown, "    - {}", excerpt(&want[i]));
            i += 1;
        } else {
            let _ = writeln!(shown, "    + {}", excerpt(&have[j]));
            j += 1;
        }
    }
    shown
}

#[test]
fn every_page_gives_the_record_that_is_expected_of_it() {
    assert_eq!(names("txt"), names("json"));
    let known = match std::env::var_os("GOLDEN_SHOW_ALL") {
        Some(_) => BTreeSet::new(),
        None => known_failures(),
    };
    let mut report = String::new();
    let mut failing = BTreeSet::new();
    for name in names("txt") {
        let (want, have) = (expected(&name), record(&name));
        for field in fields() {
            let pair = format!("{name} {field}");
            let listed = known.contains(&pair);
            match difference(field, &want, &have) {
                Some(difference) => {
                    if !listed {
                        let _ = write!(report, "{pair} (- expected, + found)\n{difference}");
                    }
                    failing.insert(pair);
                }
                None if listed => {
                    let _ = writeln!(report, "{pair} passes: take it off known-failures.txt");
                }
                None => {}
            }
        }
    }
    if std::env::var_os("GOLDEN_SHRINK").is_some() {
        shrink(&failing);
    }
    assert!(failing == known, "\n{report}\nfailing now:\n{}", {
        failing.into_iter().collect::<Vec<_>>().join("\n")
    });
}

#[test]
fn a_difference_shows_only_what_one_side_lacks() {
    let side = |words: &str| words.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>();
    let shown = lines(&side("a b c d"), &side("a x c d e"));
    assert_eq!(shown, "    - b\n    + x\n    + e\n");
    let publisher = |name: Value| json!({ "publisher": { "name": name } });
    let (any, one) = (publisher(json!(["a", "b"])), publisher(json!("b")));
    assert_eq!(difference("publisher", &any, &one), None);
}
