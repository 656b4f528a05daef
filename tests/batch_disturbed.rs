//! A batch whose inputs and outputs are disturbed while it runs: files that change, vanish or are damaged, folders that
//! may not be written, two runs at once.

#![cfg(unix)]

mod support;

use std::fs;
use std::io::Write;
use std::num::NonZeroUsize;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use copydesk::Cleaner;
use copydesk::batch::{Batch, Compare, Compression, Failed, Gone, Notice, Outdated, Report};
use copydesk::config::Config;
use copydesk::document::Document;
use copydesk::input::Options;
use copydesk::output::jsonl;
use copydesk::pipeline::workers::Limits;
use support::{copydesk, finish, folder, page, run};

/// Runs a batch of `folder/in` on this thread, one document after the other, `meddle` before each is judged.
fn meddled(
    folder: &Path,
    meddle: impl Fn(&Document) + Send + Sync + 'static,
) -> (Report, Vec<String>) {
    let batch = Batch {
        ins: vec![folder.join("in")],
        out: folder.join("out"),
        options: Options::default(),
        settings: "test".to_owned(),
        limits: Limits {
            jobs: NonZeroUsize::MIN,
            time: None,
        },
        compare: Compare::default(),
        outdated: Outdated::default(),
        failed: Failed::default(),
        gone: Gone::default(),
        compression: Compression::None,
        quarantine: None,
    };
    let cleaner = Cleaner::new(Config::default());
    let mut said = Vec::new();
    let report = batch
        .run(
            move |document| {
                meddle(document);
                let mut line = Vec::new();
                jsonl::record(&mut line, &cleaner.clean(document)).unwrap();
                Some(line)
            },
            || false,
            &mut |notice| {
                said.push(match notice {
                    Notice::Failed(error) => error.to_string(),
                    Notice::OldFailure(failure) => format!("before: {}", failure.message),
                    Notice::Rebuilt(why) => why.to_owned(),
                });
            },
        )
        .unwrap();
    (report, said)
}

fn headline(output: &Path) -> String {
    let line = fs::read_to_string(output).unwrap();
    let record: serde_json::Value = serde_json::from_str(&line).unwrap();
    record["articleBody"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn pages(folder: &Path, names: &[&str]) {
    fs::create_dir_all(folder.join("in")).unwrap();
    for name in names {
        fs::write(folder.join("in").join(name), page(name, 3)).unwrap();
    }
    // Older than the clock's grain.
    std::thread::sleep(std::time::Duration::from_millis(40));
}

#[test]
fn an_input_that_vanishes_before_it_is_opened_is_one_failure() {
    let folder = folder("vanishes");
    pages(&folder, &["a.txt", "b.txt", "c.txt"]);
    let victim = folder.join("in/b.txt");
    let (report, said) = meddled(&folder, {
        let victim = victim.clone();
        move |document| {
            if document.source.path.ends_with("a.txt") {
                fs::remove_file(&victim).unwrap();
            }
        }
    });
    assert_eq!((report.accounts.whole, report.accounts.failed), (2, 1));
    assert_eq!((report.accounts.records, report.accounts.errors), (2, 1));
    assert!(said.len() == 1 && said[0].contains("b.txt"), "{said:?}");
    assert!(!folder.join("out/b.txt.jsonl").exists());
    // It comes back.
    fs::write(&victim, page("b.txt", 3)).unwrap();
    let (report, said) = meddled(&folder, |_| ());
    assert_eq!((report.accounts.whole, report.accounts.failed), (3, 0));
    assert_eq!((report.done, said), (1, Vec::new()));
}

#[test]
fn an_input_that_changes_while_it_is_read_is_read_again_by_the_next_run() {
    let folder = folder("changes");
    pages(&folder, &["a.txt", "b.txt"]);
    let victim = folder.join("in/a.txt");
    // As long as before, and made to look as old: only the time of the last change of the inode tells.
    let other = page("a.txt", 3).replace("weeks", "years");
    assert_eq!(other.len(), page("a.txt", 3).len());
    let old = victim.metadata().unwrap().modified().unwrap();
    let (report, said) = meddled(&folder, {
        let (victim, other) = (victim.clone(), other.clone());
        move |document| {
            if document.source.path.ends_with("a.txt") {
                fs::write(&victim, &other).unwrap();
                let file = fs::File::options().write(true).open(&victim).unwrap();
                file.set_modified(old).unwrap();
            }
        }
    });
    assert_eq!((report.accounts.whole, said), (2, Vec::new()));
    assert!(headline(&folder.join("out/a.txt.jsonl")).contains("weeks"));
    let (report, _) = meddled(&folder, |_| ());
    assert_eq!((report.done, report.unchanged), (1, 1));
    assert!(headline(&folder.join("out/a.txt.jsonl")).contains("years"));
    let (report, _) = meddled(&folder, |_| ());
    assert_eq!((report.done, report.unchanged), (0, 2));
}

#[test]
fn an_input_that_is_deleted_while_it_is_read_leaves_its_output_and_is_gone() {
    let folder = folder("deleted");
    pages(&folder, &["a.txt", "b.txt"]);
    let victim = folder.join("in/a.txt");
    let (report, said) = meddled(&folder, move |document| {
        if document.source.path.ends_with("a.txt") {
            fs::remove_file(&victim).unwrap();
        }
    });
    assert_eq!((report.accounts.whole, said), (2, Vec::new()));
    assert!(folder.join("out/a.txt.jsonl").exists());
    let (report, _) = meddled(&folder, |_| ());
    assert_eq!((report.done, report.unchanged, report.gone), (0, 1, 1));
}

#[test]
fn a_damaged_input_gives_a_partial_output_until_it_is_whole() {
    let folder = folder("partial");
    fs::create_dir_all(folder.join("in")).unwrap();
    let line = |n: usize| {
        format!(
            "{}\n",
            serde_json::json!({ "text": page(&format!("Page {n}"), 2) })
        )
    };
    let lines: String = (0..20).map(line).collect();
    // Cut in the middle of a line.
    let input = folder.join("in/dump.jsonl");
    let cut = lines.len() / 2 + 40;
    fs::write(&input, &lines[..cut]).unwrap();
    let batch = |extra: &[&str]| run(&folder, [&["batch", "in", "--out", "out"], extra].concat());
    let first = batch(&[]);
    assert_eq!(first.code, Some(1));
    assert!(
        first
            .err
            .contains("1 input = 0 whole + 1 partial + 0 failed"),
        "{}",
        first.err
    );
    let partial = folder.join("out/dump.jsonl.partial.jsonl");
    let whole = folder.join("out/dump.jsonl.jsonl");
    let records = fs::read_to_string(&partial).unwrap().lines().count();
    assert!((5..20).contains(&records), "{records}");
    assert!(!whole.exists());
    // Nothing has changed: it is still named and not tried again.
    let second = batch(&[]);
    assert_eq!(second.code, Some(1));
    assert!(
        second
            .err
            .starts_with("copydesk: failed before: in/dump.jsonl"),
        "{}",
        second.err
    );
    assert!(
        second.err.contains("0 done now, 1 unchanged"),
        "{}",
        second.err
    );
    // A lost manifest does not make a partial output whole.
    fs::remove_file(folder.join("out/.copydesk/manifest.redb")).unwrap();
    assert_eq!(batch(&[]).code, Some(1));
    assert!(partial.exists() && !whole.exists());
    fs::write(&input, &lines).unwrap();
    let healed = batch(&[]);
    assert_eq!((healed.code, healed.err.as_str()), (Some(0), ""));
    assert_eq!(fs::read_to_string(&whole).unwrap().lines().count(), 20);
    assert!(!partial.exists(), "the partial output is gone");
    // Damaged again: the whole output of what was makes way, so that nobody takes it for the input's.
    fs::write(&input, &lines[..cut]).unwrap();
    assert_eq!(batch(&[]).code, Some(1));
    assert!(partial.exists() && !whole.exists());
}

#[test]
fn what_a_killed_run_left_is_swept_and_foreign_files_stay() {
    let folder = folder("sweep");
    pages(&folder, &["a.txt", "b.txt"]);
    fs::create_dir_all(folder.join("out/.copydesk")).unwrap();
    fs::write(folder.join("out/.copydesk-a.txt.jsonl"), "{\"half").unwrap();
    fs::write(folder.join("out/notes.md"), "mine").unwrap();
    // A note of a holder that no longer lives.
    fs::write(
        folder.join("out/.copydesk/lock"),
        "{\"pid\":4194304,\"host\":null,\"since\":\"2024-01-01T00:00:00Z\"}",
    )
    .unwrap();
    let run = run(&folder, ["batch", "in", "--out", "out"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(!folder.join("out/.copydesk-a.txt.jsonl").exists());
    assert_eq!(
        fs::read_to_string(folder.join("out/notes.md")).unwrap(),
        "mine"
    );
    assert!(folder.join("out/a.txt.jsonl").exists());
}

#[test]
fn a_loop_of_folders_and_an_empty_folder_end() {
    let folder = folder("loop");
    pages(&folder, &["a.txt"]);
    fs::create_dir_all(folder.join("in/sub/empty")).unwrap();
    symlink("..", folder.join("in/sub/up")).unwrap();
    symlink(".", folder.join("in/self")).unwrap();
    let run = run(&folder, ["batch", "in", "--out", "out"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(folder.join("out/a.txt.jsonl").exists());
    assert!(!folder.join("out/self").exists() && !folder.join("out/sub").exists());
}

#[test]
fn two_runs_at_once_do_the_work_once() {
    let folder = folder("twice");
    let names: Vec<String> = (0..24).map(|n| format!("{n:03}.txt")).collect();
    pages(
        &folder,
        &names.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let start = |extra: &[&str]| {
        let mut command = copydesk();
        command
            .current_dir(&folder)
            .args([&["batch", "in", "--out", "out"], extra].concat());
        command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let runs = [start(&[]), start(&[]), start(&["--skip-if-locked"])];
    let ended = runs.map(|child| child.wait_with_output().unwrap());
    let codes: Vec<_> = ended
        .iter()
        .map(|output| output.status.code().unwrap())
        .collect();
    assert_eq!(codes[2], 0, "{codes:?}");
    for output in &ended {
        let said = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => assert_eq!(said, ""),
            code => {
                assert_eq!(code, Some(2), "{said}");
                assert!(said.contains("another run holds the lock"), "{said}");
            }
        }
    }
    let outputs = fs::read_dir(folder.join("out")).unwrap();
    let visible = outputs.filter(|entry| {
        !entry
            .as_ref()
            .unwrap()
            .file_name()
            .as_encoded_bytes()
            .starts_with(b".")
    });
    assert_eq!(visible.count(), 24);
    let status = run(&folder, ["batch", "--status", "out"]);
    assert!(
        status.out.starts_with("24 inputs = 24 whole"),
        "{}",
        status.out
    );
}

/// The binary as a user who is not root, in a folder that this user may enter; none where that cannot be had.
fn as_nobody(folder: &Path) -> Option<(PathBuf, Vec<String>)> {
    let root = Command::new("id").arg("-u").output().ok()?;
    if root.stdout != b"0\n" {
        return Some((env!("CARGO_BIN_EXE_copydesk").into(), Vec::new()));
    }
    let binary = folder.join("copydesk");
    fs::copy(env!("CARGO_BIN_EXE_copydesk"), &binary).unwrap();
    fs::set_permissions(&binary, fs::Permissions::from_mode(0o755)).unwrap();
    let args = ["--reuid=65534", "--regid=65534", "--clear-groups"].map(str::to_owned);
    let mut probe = Command::new("setpriv");
    probe
        .args(&args)
        .arg(&binary)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if !probe.status().is_ok_and(|status| status.success()) {
        return None;
    }
    let mut args = args.to_vec();
    args.push(binary.to_string_lossy().into_owned());
    Some(("setpriv".into(), args))
}

#[test]
fn without_rights_nothing_is_half_done_and_everything_is_said() {
    // Below the folder for temporary files, which everybody may enter, unlike perhaps the one of the checkout.
    let folder = std::env::temp_dir().join(format!("copydesk-rights-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mode = |path: &str, mode: u32| {
        fs::set_permissions(folder.join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    pages(&folder, &["a.txt", "secret.txt"]);
    let Some((program, args)) = as_nobody(&folder) else {
        let _ = writeln!(
            std::io::stderr(),
            "not run: no way to be another user than root here"
        );
        fs::remove_dir_all(&folder).unwrap();
        return;
    };
    let batch = || {
        let mut command = Command::new(&program);
        command
            .args(&args)
            .current_dir(&folder)
            .stdin(Stdio::null());
        finish(command.args(["batch", "in", "--out", "out"]))
    };
    mode("", 0o755);
    // OUT cannot be made, then cannot be written.
    if !args.is_empty() {
        let refused = batch();
        assert_eq!(refused.code, Some(2), "{}", refused.err);
        assert!(refused.err.contains("Permission denied"), "{}", refused.err);
    }
    fs::create_dir(folder.join("out")).unwrap();
    mode("out", 0o555);
    let refused = batch();
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(
        refused.err.contains("out") && refused.err.contains("Permission denied"),
        "{}",
        refused.err
    );
    assert_eq!(fs::read_dir(folder.join("out")).unwrap().count(), 0);
    // A file and a folder that may not be read are errors of their own.
    mode("out", 0o777);
    mode("in/secret.txt", 0o000);
    fs::create_dir(folder.join("in/closed")).unwrap();
    mode("in/closed", 0o000);
    let run = batch();
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.err.contains("in/secret.txt: Permission denied"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("in/closed: Permission denied"),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains("3 inputs = 1 whole + 0 partial + 2 failed"),
        "{}",
        run.err
    );
    assert!(folder.join("out/a.txt.jsonl").exists());
    // OUT that became read-only after it was begun: old outputs stay as they are.
    let before = fs::read(folder.join("out/a.txt.jsonl")).unwrap();
    fs::write(folder.join("in/a.txt"), page("other", 2)).unwrap();
    mode("in/secret.txt", 0o644);
    mode("out", 0o555);
    let refused = batch();
    assert_eq!(refused.code, Some(2), "{}", refused.err);
    assert!(refused.err.contains("Permission denied"), "{}", refused.err);
    assert_eq!(fs::read(folder.join("out/a.txt.jsonl")).unwrap(), before);
    mode("out", 0o777);
    mode("in/closed", 0o755);
    let healed = batch();
    assert_eq!((healed.code, healed.err.as_str()), (Some(0), ""));
    assert_ne!(fs::read(folder.join("out/a.txt.jsonl")).unwrap(), before);
    fs::remove_dir_all(&folder).unwrap();
}
