//! The filter as a user meets it: what goes in, what comes out where, and the exit code.

mod support;

use std::fs;
use std::io::Write;
use std::process::Stdio;

use support::{copydesk, finish, folder, page, pipe, run};

#[test]
fn one_record_for_each_file_in_the_order_asked_for() {
    let folder = folder("order");
    for name in ["b.txt", "a.txt"] {
        fs::write(folder.join(name), page(name, 3)).unwrap();
    }
    let run = run(&folder, ["b.txt", "a.txt"]);
    assert_eq!(run.code, Some(0));
    let paths: Vec<_> = run
        .records()
        .iter()
        .map(|record| record["source"]["path"].clone())
        .collect();
    assert_eq!(paths, ["b.txt", "a.txt"]);
    assert_eq!(
        run.err,
        "copydesk: 2 inputs = 2 whole + 0 partial + 0 failed; 2 documents = 2 records + 0 skipped + 0 errors\n"
    );
}

#[test]
fn folders_are_read_recursively_in_sorted_order() {
    let folder = folder("folders");
    fs::create_dir_all(folder.join("in/sub")).unwrap();
    for name in ["in/z.txt", "in/sub/b.txt", "in/sub/a.txt", "in/a.txt"] {
        fs::write(folder.join(name), page(name, 1)).unwrap();
    }
    let run = run(&folder, ["in"]);
    let paths: Vec<_> = run
        .records()
        .iter()
        .map(|record| record["source"]["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        paths,
        ["in/a.txt", "in/sub/a.txt", "in/sub/b.txt", "in/z.txt"]
    );
}

#[test]
fn standard_input_is_the_default_and_the_dash() {
    let text = page("Dredging", 3);
    for args in [&[][..], &["-"][..]] {
        let run = pipe(args, text.as_bytes());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_eq!(run.records()[0]["source"]["path"], "-");
    }
}

#[test]
fn lists_of_paths_may_end_in_line_feeds_or_nul() {
    let folder = folder("lists");
    for name in ["a.txt", "two words.txt", "line\nfeed.txt"] {
        fs::write(folder.join(name), page(name, 1)).unwrap();
    }
    fs::write(folder.join("lines"), "two words.txt\na.txt\n").unwrap();
    fs::write(folder.join("nuls"), "line\nfeed.txt\0a.txt").unwrap();
    let paths = |args: &[&str]| -> Vec<String> {
        let run = run(&folder, args);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let path = |r: &serde_json::Value| r["source"]["path"].as_str().unwrap().to_owned();
        run.records().iter().map(path).collect()
    };
    assert_eq!(
        paths(&["--files-from", "lines"]),
        ["two words.txt", "a.txt"]
    );
    assert_eq!(
        paths(&["-0", "--files-from", "nuls"]),
        ["line\nfeed.txt", "a.txt"]
    );
    let list = pipe(
        ["--files-from", "-"],
        folder.join("a.txt").to_str().unwrap().as_bytes(),
    );
    assert_eq!(list.records().len(), 1);
    assert_eq!(run(&folder, ["--files-from", "absent"]).code, Some(2));
}

#[test]
fn a_missing_file_is_one_line_and_the_rest_goes_on() {
    let folder = folder("missing");
    fs::write(folder.join("a.txt"), page("a", 2)).unwrap();
    let run = run(&folder, ["absent.txt", "a.txt", "--errors", "errors.jsonl"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.records().len(), 1);
    let lines: Vec<_> = run.err.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.err);
    assert!(
        lines[0].starts_with("copydesk: absent.txt: "),
        "{}",
        lines[0]
    );
    assert!(lines[1].contains("2 inputs = 1 whole + 0 partial + 1 failed"));
    let errors = fs::read_to_string(folder.join("errors.jsonl")).unwrap();
    let error: serde_json::Value = serde_json::from_str(&errors).unwrap();
    assert_eq!(error["path"], "absent.txt");
    assert_eq!(error["code"], "not-found");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_an_error_and_a_loop_of_folders_ends() {
    let folder = folder("links");
    fs::create_dir(folder.join("in")).unwrap();
    for i in 0..30 {
        fs::write(folder.join(format!("in/{i:02}.txt")), page("page", 1)).unwrap();
    }
    std::os::unix::fs::symlink("nowhere", folder.join("in/dangling.txt")).unwrap();
    std::os::unix::fs::symlink(".", folder.join("in/loop")).unwrap();
    let run = run(&folder, ["in"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.records().len(), 30);
    assert!(run.err.contains("in/dangling.txt"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("unreadable");
    let path = folder.join("secret.txt");
    fs::write(&path, page("a", 1)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_ok() {
        let _ = writeln!(std::io::stderr(), "not run: this user may read everything");
        return;
    }
    let run = run(&folder, ["secret.txt"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.starts_with("copydesk: secret.txt: "));
}

#[test]
fn an_empty_file_is_a_record_without_an_article() {
    let folder = folder("empty");
    fs::write(folder.join("empty.txt"), "").unwrap();
    let kept = run(&folder, ["empty.txt"]);
    assert_eq!(kept.code, Some(0));
    let record = &kept.records()[0];
    assert_eq!(record["articleBody"], "");
    assert!(record["bodyId"].is_null());
    let warnings = record["warnings"].as_array().unwrap();
    assert!(warnings.contains(&"no-article".into()));
    let skipped = run(&folder, ["empty.txt", "--skip-empty"]);
    assert_eq!((skipped.code, skipped.out.as_str()), (Some(0), ""));
    assert!(skipped.err.contains("1 document = 0 records + 1 skipped"));
}

#[test]
fn a_binary_file_is_an_error() {
    let folder = folder("binary");
    let bytes: Vec<u8> = (0..4096_u32)
        .map(|i| (i * 31 % 251) as u8 & !0x60)
        .collect();
    fs::write(
        folder.join("image.bin"),
        [b"\x7fELF\0\0\0\0".to_vec(), bytes].concat(),
    )
    .unwrap();
    let run = run(&folder, ["image.bin"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.starts_with("copydesk: image.bin"), "{}", run.err);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder("closed");
    fs::write(folder.join("a.txt"), page("a", 2000)).unwrap();
    for jobs in ["1", "3"] {
        let mut child = copydesk()
            .current_dir(&folder)
            .args(["--jobs", jobs, "a.txt", "a.txt", "a.txt"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_ends_the_run() {
    let folder = folder("full");
    fs::write(folder.join("a.txt"), page("a", 3)).unwrap();
    let full = fs::File::create("/dev/full").unwrap();
    let run = finish(copydesk().current_dir(&folder).arg("a.txt").stdout(full));
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("standard output"), "{}", run.err);
}

#[test]
fn wrong_usage_is_exit_code_two() {
    let folder = folder("usage");
    for args in [
        &["--no-such-option"][..],
        &["--jobs", "0"],
        &["--encoding", "klingon"],
        &["--collected", "yesterday"],
        &["--to", "text", "--granularity", "sentence"],
        &["--errors", "no/such/folder/errors", "-"],
        &["inspect", "absent.txt"],
    ] {
        let run = run(&folder, args);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert_eq!(run.out, "");
        assert!(!run.err.is_empty());
    }
    assert_eq!(run(&folder, ["--help"]).code, Some(0));
}

#[test]
fn jobs_change_nothing() {
    let folder = folder("jobs");
    fs::create_dir(folder.join("in")).unwrap();
    for i in 0..60 {
        let paragraphs = if i % 7 == 0 { 300 } else { i % 5 };
        let name = folder.join(format!("in/{i:02}.txt"));
        fs::write(name, page(&format!("Page {i}"), paragraphs)).unwrap();
    }
    let outs: Vec<_> = ["1", "2", "8"]
        .iter()
        .map(|jobs| {
            run(
                &folder,
                ["--ledger", "--evidence", "-j", jobs, "in", "absent"],
            )
        })
        .collect();
    assert_eq!(outs[0].records().len(), 60);
    for other in &outs[1..] {
        assert_eq!(other.out, outs[0].out);
        assert_eq!(other.err, outs[0].err);
    }
}

#[test]
fn scraped_names_cannot_command_the_terminal() {
    let folder = folder("escapes");
    let run = run(&folder, ["bad\u{1b}]0;title\u{7}name.txt"]);
    assert_eq!(run.code, Some(1));
    assert!(!run.err.contains('\u{1b}'));
    assert!(run.err.contains("\\u{1b}]0;title\\u{7}name.txt"));
}

#[test]
fn views_hold_headline_and_paragraphs() {
    let text = page("Dredging", 2);
    let record = pipe([""; 0], text.as_bytes()).records().remove(0);
    let plain = pipe(["--to", "text"], text.as_bytes());
    let markdown = pipe(["--to", "markdown"], text.as_bytes());
    for block in record["blocks"].as_array().unwrap() {
        let text = block["text"].as_str().unwrap();
        assert!(plain.out.contains(text));
        assert!(markdown.out.contains(text));
    }
    let folder = folder("views");
    fs::write(folder.join("a.txt"), &text).unwrap();
    let two = run(&folder, ["--to", "text", "a.txt", "a.txt"]);
    assert_eq!(two.out, format!("{0}\x0c\n{0}", plain.out));
}

#[test]
fn pieces_point_into_the_document_text() {
    let text = page("Dredging", 6).replace("and it said", "and\r\nit said");
    let article = pipe([""; 0], text.as_bytes()).records().remove(0);
    for (granularity, key) in [("paragraph", "block"), ("sentence", "sentence")] {
        let run = pipe(["--granularity", granularity], text.as_bytes());
        assert!(!run.records().is_empty());
        for piece in run.records() {
            assert!(piece[key].is_u64());
            assert_eq!(piece["id"], article["id"]);
            assert_eq!(piece["source"], article["source"]);
            let at = |i: usize| piece["span"][i].as_u64().unwrap() as usize;
            let slice = &text[at(0)..at(1)];
            let folded = slice.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(piece["text"], folded.as_str());
        }
    }
}

#[test]
fn sentences_are_a_filter_of_their_own() {
    let plain = pipe(
        ["sentences", "--lang", "en"],
        b"It  rained.\n\nNobody came.\n",
    );
    assert_eq!(plain.out, "It rained.\nNobody came.\n");
    let asked = "{\"text\":\"It \\u0072ained.\",\"other\":1}\n";
    let json = pipe(["sentences", "--jsonl"], asked.as_bytes());
    assert_eq!(
        json.out,
        "{\"text\":\"It rained.\",\"sentences\":[[0,10]]}\n"
    );
    let wrong = pipe(["sentences", "--jsonl"], b"{\"txt\":1}\n");
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.err.starts_with("copydesk: standard input:1: "),
        "{}",
        wrong.err
    );
}

#[test]
fn completions_name_the_subcommands() {
    let folder = folder("completions");
    for shell in ["bash", "zsh", "fish"] {
        assert!(run(&folder, ["completions", shell]).out.contains("inspect"));
    }
}
