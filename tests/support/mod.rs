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

/// A page with an article of `paragraphs` paragraphs.
pub(crate) fn page(title: &str, paragraphs: usize) -> String {
    let mut page = format!("Home\nNews\nSport\n\n{title}\n\n");
    for i in 0..paragraphs {
        page.push_str(&format!(
            "The harbour board of Ostrava Bay met on day {i} and agreed to dredge the channel before winter. \
             Fishermen had asked for it since spring, when two boats ran aground within a week.\n\n"
        ));
    }
    page.push_str("Share this story\nSubscribe to our newsletter\n\u{a9} The Bay Courier\n");
    page
}
