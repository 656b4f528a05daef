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

/// A page of an outlet that no table knows, and whose stamp says how long ago it appeared.
const UNKNOWN: &str = "Sandhorn Bote\n\
    Harbour board agrees to dredge the channel before winter\n\
    By Marta Ellwood\n\
    3 hours ago\n\
    The harbour board voted on Wednesday night to dredge the main channel before the first winter storms, ending a dispute \
    that has kept a third of the fleet at its moorings since March.\n\
    The work will cost 1.4 million crowns, of which the county pays half, and is to begin in the second week of October.\n\
    \"We could not wait for a third boat on the sand,\" said the chair of the board after the vote on the quay.\n\
    © 2024 Sandhorn Bote. All rights reserved.\n";

#[test]
fn dates_told_from_now_need_the_day_of_collection() {
    let now = pipe(["--collected", "2024-03-01"], UNKNOWN.as_bytes());
    assert_eq!(now.records()[0]["datePublished"], "2024-03-01");
    let unknown = pipe(&[] as &[&str], UNKNOWN.as_bytes());
    assert!(unknown.records()[0]["datePublished"].is_null());
    // The time of a JSON line's own stamp crosses midnight.
    let line = serde_json::json!({"text": UNKNOWN, "collected": "2024-03-01T01:00:00Z"});
    let own = pipe(&[] as &[&str], line.to_string().as_bytes());
    assert_eq!(own.records()[0]["datePublished"], "2024-02-29");
}

#[test]
fn fields_less_sure_than_asked_are_left_out() {
    let all = &pipe(["--collected", "2024-03-01"], UNKNOWN.as_bytes()).records()[0];
    assert_eq!(all["author"][0]["name"], "Marta Ellwood");
    assert!(!all["headline"].is_null());
    let args = [
        "--collected",
        "2024-03-01",
        "--evidence",
        "--min-confidence",
        "author=1",
        "--min-confidence",
        "headline=1",
        "--min-confidence",
        "datePublished=1",
    ];
    let sure = &pipe(args, UNKNOWN.as_bytes()).records()[0];
    assert_eq!(sure["author"], serde_json::json!([]));
    for field in ["headline", "datePublished"] {
        assert!(sure[field].is_null(), "{field}");
        assert!(sure["confidence"].get(field).is_none(), "{field}");
        assert!(sure["evidence"].get(field).is_none(), "{field}");
    }
    assert!(
        sure["warnings"]
            .as_array()
            .unwrap()
            .contains(&"date-absent".into())
    );
    // What the page prints is no paragraph for that.
    assert_eq!(sure["articleBody"], all["articleBody"]);
}

#[test]
fn a_least_confidence_names_a_field_and_a_share() {
    for (value, says) in [
        ("body=0.5", "jq"),
        ("title=0.5", "one of headline"),
        ("author", "FIELD=X"),
        ("author=80", "0 to 1"),
    ] {
        let run = pipe(["--min-confidence", value], b"");
        assert_eq!(run.code, Some(2), "{value}");
        assert!(run.err.contains(says), "{value}: {}", run.err);
    }
}

#[test]
fn an_outlet_that_no_table_knows_is_called_as_the_page_calls_it() {
    let record = |text: &str| pipe(["--evidence"], text.as_bytes()).records()[0].clone();
    let titled = "Harbour board agrees to dredge the channel before winter - Sandhorn Bote\n";
    let page = record(&format!("{titled}{UNKNOWN}"));
    assert_eq!(page["publisher"]["name"], "Sandhorn Bote");
    assert_eq!(page["evidence"]["publisher"]["rule"], "outlet-rank");
    // Neither who holds the rights nor what says that they are reserved.
    let held = UNKNOWN.replace("Sandhorn Bote. All", "Quay Holdings GmbH & Co. KG. Alle");
    let page = record(&format!("{titled}{held}"));
    assert_eq!(page["publisher"]["name"], "Sandhorn Bote");
    let nameless: String = UNKNOWN
        .lines()
        .skip(1)
        .take(6)
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(record(&nameless)["publisher"].is_null());
}

#[test]
fn outlets_of_ones_own_go_before_the_shipped_ones() {
    let folder = folder("lexicon");
    fs::write(
        folder.join("page.txt"),
        UNKNOWN.replace("3 hours ago", "1 March 2024, 10:00"),
    )
    .unwrap();
    fs::create_dir(folder.join("mine")).unwrap();
    let rows = |row: &str| format!("name\tother names\tdomains\tcountry\tzone\tlanguage\n{row}\n");
    let table = folder.join("mine/outlets.tsv");
    let row = "The Sandhorn Messenger\tSandhorn Bote\tsandhorn.example\tgb\tEurope/London\ten";
    fs::write(&table, rows(row)).unwrap();
    let known = run(&folder, ["--lexicon", "mine", "page.txt"]);
    let record = &known.records()[0];
    assert_eq!(record["publisher"]["name"], "The Sandhorn Messenger");
    assert_eq!(record["datePublished"], "2024-03-01T10:00:00+00:00");
    let without = run(&folder, ["page.txt"]);
    assert_eq!(without.records()[0]["datePublished"], "2024-03-01T10:00");
    for (row, says) in [
        ("A\tB", "line 2"),
        (
            "A\t\ta.example\tgb\tEurope/Nowhere\ten",
            "no zone Europe/Nowhere",
        ),
        ("A\t\ta.example\tGBR\t\ten", "GBR"),
    ] {
        fs::write(&table, rows(row)).unwrap();
        let wrong = run(&folder, ["--lexicon", "mine", "page.txt"]);
        assert_eq!(wrong.code, Some(2), "{row}");
        assert!(
            wrong.err.contains("outlets.tsv") && wrong.err.contains(says),
            "{}",
            wrong.err
        );
    }
    let missing = run(&folder, ["--lexicon", "yours", "page.txt"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("outlets.tsv"), "{}", missing.err);
}

#[test]
fn an_agency_is_the_author_where_no_person_is() {
    let page = UNKNOWN.replace("By Marta Ellwood", "By Reuters");
    let record = &pipe(&[] as &[&str], page.as_bytes()).records()[0];
    assert_eq!(
        record["author"],
        serde_json::json!([{"name": "Reuters", "type": "Organization"}])
    );
}

#[test]
fn a_dump_is_cut_at_the_fields_above_each_text() {
    let korean = include_str!("../fixtures/pages/ko-front-matter.txt");
    let english = include_str!("../fixtures/pages/en-front-matter.txt");
    for page in [korean, english] {
        let run = pipe(&[] as &[&str], page.repeat(3).as_bytes());
        let records = run.records();
        assert_eq!(records.len(), 3);
        for record in &records {
            assert_eq!(record["headline"], records[0]["headline"]);
            assert_eq!(record["id"], records[0]["id"]);
            assert!(record["source"]["url"].is_string());
        }
    }
}

#[test]
fn a_table_may_name_its_columns_in_korean() {
    let table = "일자,언론사,기고자,제목,본문\n20240301,다솜타임스,홍길순,여객선 운항 재개,\"린드항의 여객선이 월요일부터 \
                 다시 운항한다고 항만청이 5일 밝혔다. 승객들은 석 달 동안 버스를 이용해야 했다.\"\n";
    let record = &pipe(&[] as &[&str], table.as_bytes()).records()[0];
    assert_eq!(record["headline"], "여객선 운항 재개");
    assert_eq!(record["author"][0]["name"], "홍길순");
    assert_eq!(record["datePublished"], "2024-03-01");
    assert_eq!(record["publisher"]["name"], "다솜타임스");
    assert_eq!(record["source"]["author"], "홍길순");
    // A line of prose with the name of a column in it is no table.
    let prose = "본문,사진\n린드항의 여객선이,다시 운항한다.\n";
    let record = &pipe(&[] as &[&str], prose.as_bytes()).records()[0];
    assert!(record["source"].get("date").is_none());
    assert_eq!(record["source"]["span"][0], 0);
}

#[test]
fn what_other_extractors_write_is_read() {
    let text = "The harbour board said on Friday that the second ferry will sail again from Monday on.\n\n\
                Commuters had to take the bus around the bay for three months.";
    for line in [
        serde_json::json!({"text": text, "title": "Ferry sails", "author": "Ann Holm; Bo Roe", "date": "2024-03-01",
            "source": "https://www.post.example/1", "source-hostname": "Harbour Post", "hostname": "post.example"}),
        serde_json::json!({"maintext": text, "title": "Ferry sails", "authors": ["Ann Holm", "Bo Roe"],
            "date_publish": "2024-03-01 00:00:00", "source_domain": "post.example", "publisher": "Harbour Post"}),
        serde_json::json!({"markdown": text, "metadata": {"title": "Ferry sails", "author": ["Ann Holm", "Bo Roe"],
            "publishedDate": "2024-03-01", "sourceURL": "https://post.example/1", "site_name": "Harbour Post"}}),
        serde_json::json!({"body": text, "headline": "Ferry sails", "datePublished": "2024-03-01",
            "author": [{"@type": "Person", "name": "Ann Holm"}, {"@type": "Person", "name": "Bo Roe"}],
            "publisher": {"@type": "Organization", "name": "Harbour Post"}, "url": "https://post.example/1"}),
    ] {
        let record = &pipe(&[] as &[&str], line.to_string().as_bytes()).records()[0];
        assert_eq!(record["headline"], "Ferry sails", "{line}");
        assert_eq!(record["author"][1]["name"], "Bo Roe", "{line}");
        assert_eq!(record["datePublished"], "2024-03-01", "{line}");
        let publisher = serde_json::json!({"name": "Harbour Post", "domain": "post.example"});
        assert_eq!(record["publisher"], publisher, "{line}");
    }
}
