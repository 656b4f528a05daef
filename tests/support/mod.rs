//! Running the binary, and folders to run it in.

#![allow(
    dead_code,
    reason = "each test binary uses its own part of these helpers"
)]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The records on standard output.
    pub(crate) fn records(&self) -> Vec<serde_json::Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// The binary under test.
pub(crate) fn copydesk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.stdin(Stdio::null());
    command
}

/// Runs the binary in `folder`.
pub(crate) fn run(folder: &Path, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
    finish(copydesk().current_dir(folder).args(args))
}

/// Runs the binary on `input` at standard input.
pub(crate) fn pipe(args: impl IntoIterator<Item = impl AsRef<OsStr>>, input: &[u8]) -> Run {
    let mut command = copydesk();
    command.args(args).stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A child that reads no input closes the pipe early, which is no failure of the test.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    said(output)
}

/// Waits for `command` and collects what it said.
pub(crate) fn finish(command: &mut Command) -> Run {
    said(command.output().unwrap())
}

fn said(output: std::process::Output) -> Run {
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// An empty folder for the test `name`, which must be unique.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(env!("CARGO_CRATE_NAME"))
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A page with an article of `paragraphs` paragraphs, no two of them equal.
pub(crate) fn page(title: &str, paragraphs: usize) -> String {
    const WHO: [&str; 8] = [
        "harbour board",
        "mayor",
        "county council",
        "fishing fleet",
        "ferry company",
        "coast guard",
        "town clerk",
        "school board",
    ];
    const DID: [&str; 7] = [
        "agreed to dredge",
        "refused to pay for",
        "voted to rebuild",
        "asked the court about",
        "promised to reopen",
        "had warned against",
        "will inspect",
    ];
    const WHAT: [&str; 9] = [
        "the main channel",
        "the old fish market",
        "a new breakwater",
        "the northern pier",
        "two flooded cellars",
        "the bridge at Alder Point",
        "the summer timetable",
        "a row of mooring posts",
        "the lighthouse road",
    ];
    const WHEN: [&str; 5] = [
        "before the winter storms",
        "after a long dispute with its neighbours",
        "because the money had run out in March",
        "although nobody had asked for it",
        "while the ministry was still looking for an answer",
    ];
    let mut page = format!("Home\nNews\nSport\n\n{title}\n\n");
    let mut state = 7_usize;
    let mut pick = |from: &[&'static str]| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        from[(state >> 33) % from.len()]
    };
    for i in 0..paragraphs {
        for sentence in 0..3 {
            let (who, did, what, when) = (pick(&WHO), pick(&DID), pick(&WHAT), pick(&WHEN));
            let number = i * 3 + sentence + 2;
            page.push_str(&format!(
                "The {who} {did} {what} {when}, and it said that this would take {number} weeks. "
            ));
        }
        page.truncate(page.trim_end().len());
        page.push_str("\n\n");
    }
    page.push_str("Share this story\nSubscribe to our newsletter\n\u{a9} The Bay Courier\n");
    page
}
