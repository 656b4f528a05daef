//! The README tells the truth: its console blocks are run and compared, its tables are made of the vocabulary.
//! `COPYDESK_BLESS=1 cargo test --test readme` writes what is so into it; look at the difference before committing.

#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use copydesk::label::{LineKind, Reason};
use copydesk::output::explain::destination;

const README: &str = include_str!("../README.md");

/// Stands for any lines in an expected output.
const ANYTHING: &str = "…";

/// A command of a console block and what it prints.
struct Example {
    command: String,
    expected: String,
    /// Bytes of the README that `expected` stands in.
    place: std::ops::Range<usize>,
}

fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    let mut continued = false;
    let mut at = 0;
    for line in README.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.starts_with("```") {
            inside = line.trim_end() == "```console";
            continue;
        }
        if !inside {
            continue;
        }
        let command = line.strip_prefix("$ ");
        if let Some(last) = examples.last_mut().filter(|_| continued) {
            last.command.push_str(line);
            last.place = at..at;
        } else if command.is_some() {
            examples.push(Example {
                command: command.unwrap_or_default().to_owned(),
                expected: String::new(),
                place: at..at,
            });
        } else if let Some(last) = examples.last_mut() {
            last.expected.push_str(line);
            last.place.end = at;
            assert!(last.place.start <= start);
        }
        continued = line.ends_with("\\\n") && (command.is_some() || continued);
    }
    examples
}

/// A folder with the fixtures in it, for the commands to run in.
fn scratch() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::os::unix::fs::symlink(root.join("fixtures"), folder.join("fixtures")).unwrap();
    folder
}

fn output(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_copydesk"));
    let path = format!(
        "{}:{}",
        binary.parent().unwrap().display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn matches(expected: &str, got: &str) -> bool {
    let expected: Vec<&str> = expected.lines().collect();
    let got: Vec<&str> = got.lines().collect();
    // Each run of lines between two ellipses must follow somewhere behind the one before.
    let mut runs = expected.split(|line| line.trim() == ANYTHING).peekable();
    let mut at = 0;
    let mut first = true;
    while let Some(run) = runs.next() {
        let last = runs.peek().is_none();
        let found = if first && last {
            (got == run).then_some(0)
        } else if first {
            got.starts_with(run).then_some(0)
        } else if last {
            (got.len() >= at + run.len() && got.ends_with(run)).then(|| got.len() - run.len())
        } else {
            (at..=got.len().saturating_sub(run.len())).find(|&i| got[i..].starts_with(run))
        };
        let Some(found) = found else {
            return false;
        };
        at = found + run.len();
        first = false;
    }
    true
}

/// The README with `pieces` put in the place of their ranges.
fn with(mut pieces: Vec<(std::ops::Range<usize>, String)>) -> String {
    pieces.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
    let mut readme = README.to_owned();
    for (place, piece) in pieces {
        readme.replace_range(place, &piece);
    }
    readme
}

fn kinds() -> String {
    let mut table =
        "| kind | what it is | where it goes in the record |\n| --- | --- | --- |\n".to_owned();
    for kind in LineKind::ALL {
        let (is, goes) = (kind.description(), destination(*kind));
        let _ = writeln!(table, "| `{}` | {is} | {goes} |", kind.code());
    }
    table
}

fn reasons() -> String {
    let mut table = "| reason | what it means |\n| --- | --- |\n".to_owned();
    for reason in Reason::ALL {
        let _ = writeln!(table, "| `{}` | {} |", reason.code(), reason.explanation());
    }
    table
}

/// Where the table `name` stands: between `<!-- name -->` and the next comment.
fn table(name: &str) -> std::ops::Range<usize> {
    let mark = format!("<!-- {name} -->\n");
    let start = README.find(&mark).unwrap() + mark.len();
    start..start + README[start..].find("<!--").unwrap()
}

#[test]
fn the_readme_is_true() {
    let folder = scratch();
    let mut wrong = Vec::new();
    let mut pieces = Vec::new();
    for example in examples() {
        let needs_jq = example.command.contains("jq ");
        if needs_jq && Command::new("jq").arg("--version").output().is_err() {
            let _ = writeln!(
                std::io::stderr(),
                "not run, for want of jq: {}",
                example.command
            );
            continue;
        }
        let got = output(&example.command, &folder);
        if !matches(&example.expected, &got) {
            wrong.push(format!(
                "$ {}--- README\n{}--- now\n{got}",
                example.command, example.expected
            ));
            if !example.expected.lines().any(|line| line.trim() == ANYTHING) {
                pieces.push((example.place, got));
            }
        }
    }
    for (name, made) in [("kinds", kinds()), ("reasons", reasons())] {
        let place = table(name);
        if README[place.clone()] != made {
            wrong.push(format!("the table of {name}"));
            pieces.push((place, made));
        }
    }
    if std::env::var_os("COPYDESK_BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        fs::write(path, with(pieces)).unwrap();
        return;
    }
    assert!(
        wrong.is_empty(),
        "COPYDESK_BLESS=1 cargo test --test readme would write this:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn an_ellipsis_stands_for_any_lines() {
    assert!(matches("a\n…\nd\n", "a\nb\nc\nd\n"));
    assert!(matches("…\nc\n…\n", "a\nb\nc\nd\n"));
    assert!(!matches("a\n…\nc\n", "a\nb\nc\nd\n"));
    assert!(!matches("a\n", "a\nb\n"));
}
