//! The cron job: it resumes, accounts for every input, and never shows half an output.

#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use support::{Run, copydesk, folder, page, run};

/// Makes `count` pages in `folder/in`, older than the clock's grain.
fn inputs(folder: &Path, count: usize) {
    for i in 0..count {
        let sub = folder.join(format!("in/{}", i % 3));
        fs::create_dir_all(&sub).unwrap();
        fs::write(
            sub.join(format!("{i:04}.txt")),
            page(&format!("Page {i}"), i % 9),
        )
        .unwrap();
    }
    std::thread::sleep(Duration::from_millis(40));
}

fn batch(folder: &Path, extra: &[&str]) -> Run {
    run(folder, [&["batch", "in", "--out", "out"], extra].concat())
}

/// Everything under `folder`, hidden files included, but not the state of the batch.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(at) = pending.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap() == ".copydesk" {
                continue;
            }
            if path.is_dir() {
                pending.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn modified(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let time = |name: PathBuf| {
        let time = folder.join(&name).metadata().unwrap().modified().unwrap();
        (name, time)
    };
    tree(folder).into_keys().map(time).collect()
}

#[test]
fn outputs_mirror_the_inputs_and_are_what_the_filter_says() {
    let folder = folder("mirror");
    inputs(&folder, 7);
    let run = batch(&folder, &[]);
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (Some(0), "", "")
    );
    let outputs = tree(&folder.join("out"));
    assert_eq!(outputs.len(), 7);
    let filter = support::run(&folder, ["in/1/0004.txt"]);
    assert_eq!(
        outputs[Path::new("1/0004.txt.jsonl")],
        filter.out.as_bytes()
    );
}

#[test]
fn only_what_is_new_or_changed_is_done_again() {
    let folder = folder("resume");
    inputs(&folder, 6);
    batch(&folder, &[]);
    let before = modified(&folder.join("out"));
    assert_eq!(batch(&folder, &[]).code, Some(0));
    assert_eq!(modified(&folder.join("out")), before);

    fs::write(folder.join("in/0/0003.txt"), page("Other", 2)).unwrap();
    fs::write(folder.join("in/2/new.txt"), page("New", 2)).unwrap();
    // The same contents under a new time are no change.
    fs::write(folder.join("in/1/0001.txt"), page("Page 1", 1)).unwrap();
    assert_eq!(batch(&folder, &[]).code, Some(0));
    let after = modified(&folder.join("out"));
    let changed: Vec<_> = after
        .iter()
        .filter(|(name, time)| before.get(*name) != Some(time))
        .map(|(name, _)| name.to_str().unwrap())
        .collect();
    assert_eq!(changed, ["0/0003.txt.jsonl", "2/new.txt.jsonl"]);

    // An output that somebody removed or cut is made again.
    fs::remove_file(folder.join("out/2/new.txt.jsonl")).unwrap();
    fs::write(folder.join("out/0/0003.txt.jsonl"), "{").unwrap();
    batch(&folder, &[]);
    let records = fs::read_to_string(folder.join("out/0/0003.txt.jsonl")).unwrap();
    assert!(records.ends_with("}\n"));
    assert!(folder.join("out/2/new.txt.jsonl").exists());
}

#[test]
fn other_options_do_everything_again_unless_old_outputs_are_to_stay() {
    let folder = folder("settings");
    inputs(&folder, 3);
    batch(&folder, &[]);
    let before = tree(&folder.join("out"));
    batch(&folder, &["--ledger", "--keep-old"]);
    assert_eq!(tree(&folder.join("out")), before);
    batch(&folder, &["--ledger"]);
    let after = tree(&folder.join("out"));
    assert!(
        after
            .values()
            .all(|output| String::from_utf8_lossy(output).contains("\"ledger\""))
    );
}

#[test]
fn thirty_files_and_a_dangling_link_are_thirty_records_and_one_error() {
    let folder = folder("dangling");
    inputs(&folder, 30);
    std::os::unix::fs::symlink("nowhere", folder.join("in/dangling.txt")).unwrap();
    let first = batch(&folder, &["--errors", "errors.jsonl"]);
    assert_eq!(first.code, Some(1));
    assert_eq!(tree(&folder.join("out")).len(), 30);
    let lines: Vec<_> = first.err.lines().collect();
    assert_eq!(lines.len(), 2, "{}", first.err);
    assert!(lines[0].starts_with("copydesk: in/dangling.txt: "));
    assert!(lines[1].contains("31 inputs = 30 whole + 0 partial + 1 failed"));
    assert!(lines[1].contains("31 documents = 30 records + 0 skipped + 1 error"));

    let second = batch(&folder, &[]);
    assert_eq!(second.code, Some(1));
    assert!(
        second
            .err
            .starts_with("copydesk: failed before: in/dangling.txt"),
        "{}",
        second.err
    );
    assert!(
        second
            .err
            .contains("0 done now, 31 unchanged, 1 of them failed before")
    );
    assert!(
        batch(&folder, &["--retry-failed"])
            .err
            .contains("1 done now")
    );

    fs::write(folder.join("in/nowhere"), page("Found", 2)).unwrap();
    let healed = batch(&folder, &[]);
    assert_eq!((healed.code, healed.err.as_str()), (Some(0), ""));
    assert_eq!(tree(&folder.join("out")).len(), 32);
}

#[test]
fn failed_inputs_are_kept_with_their_reason() {
    let folder = folder("quarantine");
    inputs(&folder, 2);
    let binary: Vec<u8> = [b"\x7fELF".to_vec(), vec![0; 5000]].concat();
    fs::write(folder.join("in/0/bad.txt"), &binary).unwrap();
    let run = batch(&folder, &["--quarantine", "kept"]);
    assert_eq!(run.code, Some(1));
    let kept = tree(&folder.join("kept"));
    assert_eq!(kept[Path::new("0/bad.txt")], binary);
    let reason: serde_json::Value =
        serde_json::from_slice(&kept[Path::new("0/bad.txt.reason.jsonl")]).unwrap();
    assert_eq!(reason["path"], "in/0/bad.txt");
    fs::write(folder.join("in/0/bad.txt"), page("Good", 2)).unwrap();
    assert_eq!(batch(&folder, &["--quarantine", "kept"]).code, Some(0));
    assert!(tree(&folder.join("kept")).is_empty());
}

#[test]
fn outputs_without_an_input_are_marked_or_pruned() {
    let folder = folder("prune");
    inputs(&folder, 4);
    batch(&folder, &[]);
    fs::remove_file(folder.join("in/1/0001.txt")).unwrap();
    assert_eq!(batch(&folder, &[]).code, Some(0));
    assert!(folder.join("out/1/0001.txt.jsonl").exists());
    assert!(
        run(&folder, ["batch", "--status", "out"])
            .out
            .contains("1 with their input gone")
    );
    batch(&folder, &["--prune"]);
    assert!(!folder.join("out/1/0001.txt.jsonl").exists());
    let status = run(&folder, ["batch", "--status", "out", "--json"]);
    assert_eq!(status.records().len(), 3);
}

#[test]
fn a_second_run_says_who_holds_the_lock() {
    let folder = folder("lock");
    inputs(&folder, 2);
    fs::create_dir_all(folder.join("out/.copydesk")).unwrap();
    let lock = copydesk::batch::Lock::take(&folder.join("out/.copydesk")).unwrap();
    let refused = batch(&folder, &[]);
    assert_eq!(refused.code, Some(2));
    let pid = std::process::id();
    assert!(
        refused.err.contains(&format!("process {pid}")),
        "{}",
        refused.err
    );
    assert!(refused.err.contains(" since 20"));
    let skipped = batch(&folder, &["--skip-if-locked"]);
    assert_eq!((skipped.code, skipped.err.as_str()), (Some(0), ""));
    // Dropped without being released, as by a killed process: the next run takes it over.
    drop(lock);
    assert_eq!(batch(&folder, &[]).code, Some(0));
}

#[test]
fn a_lost_or_damaged_manifest_is_rebuilt_from_the_outputs() {
    let folder = folder("rebuild");
    inputs(&folder, 5);
    batch(&folder, &[]);
    let before = modified(&folder.join("out"));
    let manifest = folder.join("out/.copydesk/manifest.redb");
    fs::remove_file(&manifest).unwrap();
    let lost = batch(&folder, &[]);
    assert_eq!(lost.code, Some(0), "{}", lost.err);
    assert!(lost.err.contains("manifest rebuilt"));
    assert_eq!(modified(&folder.join("out")), before);
    let whole = fs::read(&manifest).unwrap();
    let halves = [
        b"not a database".to_vec(),
        whole[..whole.len() / 2].to_vec(),
    ];
    for damaged in halves {
        fs::write(&manifest, damaged).unwrap();
        let rebuilt = batch(&folder, &[]);
        assert_eq!(rebuilt.code, Some(0), "{}", rebuilt.err);
        assert!(rebuilt.err.contains("manifest rebuilt"), "{}", rebuilt.err);
        assert_eq!(modified(&folder.join("out")), before);
    }
}

#[test]
fn inputs_that_make_no_sense_are_usage_errors() {
    let folder = folder("usage");
    inputs(&folder, 3);
    for args in [
        &["batch", "in"][..],
        &["batch", "in", "--out", "in"],
        &["batch", "in", "in", "--out", "out"],
        &["batch", "--status", "in"],
        &["batch", "in", "--out", "/proc/nothing"],
    ] {
        let run = run(&folder, args);
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.err);
    }
    // OUT inside IN is no input.
    for _ in 0..2 {
        let run = run(&folder, ["batch", "in", "--out", "in/out"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_eq!(tree(&folder.join("in/out")).len(), 3);
    }
}

#[test]
fn names_that_are_not_utf_8_are_inputs_like_others() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("names");
    inputs(&folder, 1);
    for name in [&b"caf\xe9.txt"[..], b"caf\xe8.txt"] {
        let name = std::ffi::OsStr::from_bytes(name);
        if fs::write(folder.join("in").join(name), page("Cafe", 2)).is_err() {
            let _ = writeln!(std::io::stderr(), "not run: names here must be UTF-8");
            return;
        }
    }
    for _ in 0..2 {
        let run = batch(&folder, &["--prune"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_eq!(tree(&folder.join("out")).len(), 3);
    }
}

#[test]
fn a_report_adds_up_what_was_made() {
    let folder = folder("report");
    inputs(&folder, 20);
    fs::write(folder.join("in/bad.txt"), [0; 4096]).unwrap();
    let json = batch(&folder, &["--report", "report.json"]);
    assert_eq!(json.code, Some(1));
    let report = fs::read(folder.join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(report["accounts"]["records"], 20);
    assert_eq!(report["accounts"]["failed"], 1);
    assert_eq!(report["failures"].as_array().unwrap().len(), 1);
    let sum = |key: &str| -> u64 {
        let values = report[key].as_object().unwrap().values();
        values.filter_map(serde_json::Value::as_u64).sum()
    };
    assert_eq!(sum("recordsByDay"), 20);
    assert_eq!(sum("failuresByCause"), 1);
    let lowest = report["lowest"].as_array().unwrap();
    assert!(
        lowest
            .iter()
            .all(|record| record["inspection"]["rows"].is_array())
    );
    batch(&folder, &["--report", "report.html"]);
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
}

fn start(folder: &Path) -> std::process::Child {
    copydesk()
        .current_dir(folder)
        .args(["batch", "in", "--out", "out"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How often a batch of how many files is killed; `COPYDESK_KILLS=2000,50` runs the whole test.
fn kills() -> (usize, u32) {
    let asked = std::env::var("COPYDESK_KILLS").unwrap_or_default();
    asked
        .split_once(',')
        .and_then(|(files, kills)| Some((files.parse().ok()?, kills.parse().ok()?)))
        .unwrap_or((300, 12))
}

#[test]
fn killed_at_any_moment_it_resumes_to_the_same_outputs() {
    let (files, kills) = kills();
    let folder = folder("killed");
    inputs(&folder, files);
    fs::create_dir(folder.join("out")).unwrap();
    run(&folder, ["batch", "in", "--out", "calm"]);
    let calm = tree(&folder.join("calm"));
    let time = std::time::Instant::now();
    run(&folder, ["batch", "in", "--out", "timed"]);
    let whole = time.elapsed();
    for kill in 0..kills {
        let mut child = start(&folder);
        // Spread over the run without a random generator: the golden ratio never meets itself again.
        let share = (f64::from(kill) * 0.618_034).fract();
        std::thread::sleep(whole.mul_f64(share * 0.9));
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, output) in tree(&folder.join("out")) {
            if !name
                .file_name()
                .unwrap()
                .as_encoded_bytes()
                .starts_with(b".")
            {
                assert_eq!(calm.get(&name), Some(&output), "{}", name.display());
            }
        }
    }
    let last = batch(&folder, &[]);
    assert_eq!((last.code, last.err.as_str()), (Some(0), ""));
    assert!(
        tree(&folder.join("out")) == calm,
        "outputs differ from an undisturbed run"
    );
}

#[test]
fn a_signal_ends_it_in_good_order() {
    let folder = folder("signals");
    inputs(&folder, 600);
    for (signal, code) in [("-TERM", 143), ("-INT", 130)] {
        let mut child = start(&folder);
        std::thread::sleep(Duration::from_millis(30));
        let pid = child.id().to_string();
        Command::new("kill").args([signal, &pid]).status().unwrap();
        let ended = child.wait().unwrap().code();
        // The run may have been faster than the signal.
        assert!(ended == Some(code) || ended == Some(0), "{ended:?}");
        let hidden = |name: &PathBuf| {
            name.file_name()
                .unwrap()
                .as_encoded_bytes()
                .starts_with(b".")
        };
        assert!(
            !tree(&folder.join("out")).keys().any(hidden),
            "temporary files left"
        );
    }
    assert_eq!(batch(&folder, &[]).code, Some(0));
    assert_eq!(tree(&folder.join("out")).len(), 600);
}

#[test]
fn a_full_disk_ends_the_run_and_the_next_one_goes_on() {
    let folder = folder("full");
    inputs(&folder, 40);
    fs::create_dir_all(folder.join("out")).unwrap();
    let mount = |size: &str| {
        let options = format!("size={size},remount");
        let options = if size == "3m" { "size=3m" } else { &options };
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", options, "tmpfs"]);
        let status = command
            .arg(folder.join("out"))
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    if !mount("3m") {
        let _ = writeln!(
            std::io::stderr(),
            "not run: this user may not mount a small disk"
        );
        return;
    }
    fs::write(folder.join("out/.filler"), vec![0; 1 << 20]).unwrap();
    for i in 0..4 {
        fs::write(folder.join(format!("in/large{i}.txt")), page("Large", 2000)).unwrap();
    }
    let full = batch(&folder, &["--ledger"]);
    let roomy = mount("64m").then(|| batch(&folder, &["--ledger"]));
    let outputs = tree(&folder.join("out"));
    let _ = Command::new("umount").arg(folder.join("out")).status();
    assert_eq!(full.code, Some(2), "{}", full.err);
    assert!(full.err.contains("No space left"), "{}", full.err);
    if let Some(roomy) = roomy {
        assert_eq!((roomy.code, roomy.err.as_str()), (Some(0), ""));
        assert_eq!(outputs.len(), 44 + 1);
    }
}
