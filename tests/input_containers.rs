//! The same articles from every container, compression and encoding: the same texts, so the same records.

mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use copydesk::document::Document;
use copydesk::input::{self, Event, Input, Options, Outcome};

const ARTICLES: usize = 500;

/// Judging five hundred articles twenty times over takes a minute without optimisation.
const JUDGED: usize = if cfg!(debug_assertions) { 50 } else { ARTICLES };

/// An invented article, Korean or English, in the layout of a scraped page.
fn article(n: usize) -> String {
    let (day, hour) = (n % 28 + 1, n % 24);
    if n.is_multiple_of(2) {
        format!(
            "나루일보\n\n홈\n정치\n경제\n\n가람시, 낡은 다리 {n}곳 고친다\n\n2024.03.{day:02} {hour:02}:30 입력\n\
             도란희 기자 doran{n}@naru.example\n\n가람시는 올해 안에 낡은 다리 {n}곳을 고치기로 했다고 {day}일 밝혔다. \
             시민들은 오래 기다린 일이라며 반겼다.\n\n시는 예산 {n}억 원을 들여 안전 진단을 마친 다리부터 차례로 \
             공사를 시작한다. 공사는 내년 봄까지 이어진다.\n\nⓒ 나루일보 무단 전재 및 재배포 금지\n"
        )
    } else {
        format!(
            "Harbour Post\n\nHome\nNews\nSport\n\nNorhaven to mend {n} old bridges\n\nBy Ada Quill\n\
             {day} March 2024, {hour:02}:30\n\nThe council of Norhaven will mend {n} of its old bridges this year, it said on \
             Monday. Residents had waited for the work since the winter of the great flood.\n\nThe work costs {n} million \
             crowns & begins in spring, the mayor told reporters. \"We owe this to the town,\" she said.\n\n\
             Copyright 2024 Harbour Post. All rights reserved.\n"
        )
    }
}

fn articles(count: usize) -> Vec<String> {
    (0..count).map(article).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("containers")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn name(n: usize) -> String {
    format!("pages/{n:04}.txt")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn tar(count: usize) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (n, text) in articles(count).iter().enumerate() {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append_data(&mut header, name(n), text.as_bytes())
            .unwrap();
    }
    tar.into_inner().unwrap()
}

fn zip(count: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (n, text) in articles(count).iter().enumerate() {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name(n), options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn jsonl(count: usize) -> Vec<u8> {
    let line = |text: &String| format!("{}\n", serde_json::json!({ "text": text }));
    articles(count)
        .iter()
        .map(line)
        .collect::<String>()
        .into_bytes()
}

fn json_array(count: usize) -> Vec<u8> {
    let values: Vec<_> = articles(count)
        .iter()
        .map(|text| serde_json::json!({ "body": text, "views": [1, { "x": "}" }] }))
        .collect();
    serde_json::to_vec_pretty(&values).unwrap()
}

fn csv(count: usize) -> Vec<u8> {
    let mut csv = b"id,content\r\n".to_vec();
    for (n, text) in articles(count).iter().enumerate() {
        write!(csv, "{n},\"{}\"\r\n", text.replace('"', "\"\"")).unwrap();
    }
    csv
}

fn wet(count: usize) -> Vec<u8> {
    let mut wet =
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n".to_vec();
    for (n, text) in articles(count).iter().enumerate() {
        write!(
            wet,
            "WARC/1.0\r\nContent-Length: {}\r\nWARC-Date: 2024-03-01T00:00:00Z\r\nWARC-Type: conversion\r\n\
             WARC-Record-ID: <urn:uuid:{n}>\r\nContent-Type: text/plain\r\n\r\n{text}\r\n\r\n",
            text.len()
        )
        .unwrap();
    }
    wet
}

fn form_feeds(count: usize) -> Vec<u8> {
    articles(count).join("\x0c").into_bytes()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Every container, as one file each.
fn containers(count: usize) -> Vec<(&'static str, Vec<u8>)> {
    let zstd = |bytes: &[u8]| zstd::stream::encode_all(bytes, 1).unwrap();
    let wet_by_record: Vec<u8> = wet(count)
        .split_inclusive(|b| *b == b'\n')
        .collect::<Vec<_>>()
        .chunks(1000)
        .flat_map(|lines| gzip(&lines.concat()))
        .collect();
    vec![
        ("pages.tar.gz", gzip(&tar(count))),
        ("pages.tar.zst", zstd(&tar(count))),
        ("pages.zip", zip(count)),
        ("pages.jsonl", jsonl(count)),
        ("pages.jsonl.gz", gzip(&jsonl(count))),
        ("pages.json.bz2", bzip2(&json_array(count))),
        ("pages.csv", csv(count)),
        ("pages.wet.gz", wet_by_record),
        ("pages.txt", form_feeds(count)),
    ]
}

fn read(path: &Path) -> Vec<Document> {
    let options = Options::default();
    let mut documents = Vec::new();
    for event in input::read([Input::Path(path.to_owned())], &options) {
        match event {
            Event::Document(document) => documents.push(*document),
            Event::Error(error) => panic!("{error}"),
            Event::End { outcome, .. } => assert_eq!(outcome, Outcome::Whole),
        }
    }
    documents
}

#[test]
fn every_container_gives_the_same_texts() {
    let root = folder("files");
    for (n, text) in articles(ARTICLES).iter().enumerate() {
        let path = root.join("folder").join(name(n));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut paths = vec![root.join("folder")];
    for (name, bytes) in containers(ARTICLES) {
        paths.push(root.join(name));
        fs::write(root.join(name), bytes).unwrap();
    }
    for path in paths {
        let documents = read(&path);
        assert_eq!(documents.len(), ARTICLES, "{}", path.display());
        for (document, text) in documents.iter().zip(articles(ARTICLES)) {
            assert_eq!(document.text, text, "{}", path.display());
            assert!(document.source.sha256.is_some());
        }
    }
}

#[test]
fn every_encoding_gives_the_same_texts() {
    let root = folder("encodings");
    for (n, text) in articles(ARTICLES).iter().enumerate() {
        let (bytes, _, unmapped) = encoding_rs::EUC_KR.encode(text);
        // U+24D2 is in CP949 too.
        assert!(!unmapped, "{text}");
        fs::write(root.join(format!("{n:04}.txt")), bytes).unwrap();
    }
    let documents = read(&root);
    assert_eq!(documents.len(), ARTICLES);
    for (document, text) in documents.iter().zip(articles(ARTICLES)) {
        assert_eq!(document.text, text);
    }
    let mut utf_16: Vec<u8> = vec![0xff, 0xfe];
    let dump = articles(ARTICLES).join("\x0c");
    utf_16.extend(dump.encode_utf16().flat_map(u16::to_le_bytes));
    fs::write(root.join("dump.txt"), &utf_16).unwrap();
    let documents = read(&root.join("dump.txt"));
    assert_eq!(documents.len(), ARTICLES);
    for (document, text) in documents.iter().zip(articles(ARTICLES)) {
        assert_eq!(
            (document.text.as_str(), document.source.encoding),
            (text.as_str(), "UTF-16LE")
        );
        let (start, end) = document.source.span;
        let stored: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(utf_16[start as usize..end as usize], stored);
    }
}

/// A UTF-16 file that ends in half a code unit was said to reach one byte beyond its end.
#[test]
fn no_span_ends_beyond_a_utf_16_file_of_an_odd_number_of_bytes() {
    let root = folder("odd");
    for (name, mark) in [("little", [0xff, 0xfe]), ("big", [0xfe, 0xff])] {
        let mut bytes = mark.to_vec();
        let unit = |u: u16| {
            if name == "big" {
                u.to_be_bytes()
            } else {
                u.to_le_bytes()
            }
        };
        let text = "The harbour reopens.\n\x0cThe ferry sails again.\n";
        bytes.extend(text.encode_utf16().flat_map(unit));
        bytes.push(0x41);
        let path = root.join(name);
        fs::write(&path, &bytes).unwrap();
        let documents = read(&path);
        assert_eq!(documents.len(), 2, "{name}");
        assert_eq!(documents[1].source.span.1, bytes.len() as u64, "{name}");
    }
}

/// What of a record must not depend on where its document came from.
fn gist(record: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(record).unwrap();
    format!(
        "{} {} {}",
        record["id"], record["headline"], record["blocks"]
    )
}

fn records(arguments: &[&Path], stdin: Option<&Path>) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(arguments).stdout(Stdio::piped());
    if let Some(path) = stdin {
        command.stdin(fs::File::open(path).unwrap());
    }
    let output = command.output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(gist).collect()
}

#[test]
fn every_container_gives_the_same_records_from_a_file_and_from_standard_input() {
    let root = folder("records");
    let plain = root.join("plain");
    fs::create_dir_all(&plain).unwrap();
    for (n, text) in articles(JUDGED).iter().enumerate() {
        fs::write(plain.join(format!("{n:04}.txt")), text).unwrap();
    }
    let want = records(&[&plain], None);
    assert_eq!(want.len(), JUDGED);
    for (name, bytes) in containers(JUDGED) {
        let path = root.join(name);
        fs::write(&path, bytes).unwrap();
        assert!(records(&[&path], None) == want, "{name}");
        assert!(
            records(&[], Some(&path)) == want,
            "{name} on standard input"
        );
    }
}

#[test]
fn containers_nest() {
    let root = folder("nested");
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in containers(ARTICLES) {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        tar.append_data(&mut header, name, bytes.as_slice())
            .unwrap();
    }
    let path = root.join("all.tar.gz");
    fs::write(&path, gzip(&tar.into_inner().unwrap())).unwrap();
    let documents = read(&path);
    assert_eq!(documents.len(), ARTICLES * containers(ARTICLES).len());
    let last = documents.last().unwrap();
    assert_eq!(last.source.member.as_deref(), Some("pages.txt"));
    assert_eq!(last.source.index, ARTICLES as u64 - 1);
    let member = documents[ARTICLES / 2].source.member.as_deref();
    assert_eq!(member, Some("pages.tar.gz/pages/0250.txt"));
}

#[test]
fn outside_evidence_goes_with_the_document() {
    let root = folder("evidence");
    let path = root.join("pages.jsonl");
    let line = serde_json::json!({
        "id": 7, "url": "https://post.example/7", "title": "Bridge closed", "publisher": "Harbour Post",
        "date": "2024-03-01", "collected": "2024-03-02T01:00:00Z", "article": "The bridge is closed.",
    });
    fs::write(&path, line.to_string()).unwrap();
    let document = read(&path).remove(0);
    assert_eq!(document.text, "The bridge is closed.");
    assert_eq!(document.source.id.as_deref(), Some("7"));
    assert_eq!(
        document.source.url.as_deref(),
        Some("https://post.example/7")
    );
    assert_eq!(
        document.source.collected.as_deref(),
        Some("2024-03-02T01:00:00Z")
    );
    assert_eq!(document.hints.title.as_deref(), Some("Bridge closed"));
    assert_eq!(document.hints.outlet.as_deref(), Some("Harbour Post"));
    assert_eq!(document.hints.date.as_deref(), Some("2024-03-01"));
}

/// The record of one JSON line.
fn record(line: &serde_json::Value) -> serde_json::Value {
    let run = support::pipe(["--evidence"], line.to_string().as_bytes());
    run.records().remove(0)
}

const BODY: &str = "The harbour board voted on Wednesday night to dredge the main channel before the first winter \
                    storms, ending a dispute of eight months.\n\nThe work will cost 1.4 million crowns, of which the \
                    county pays half, and it should take three weeks, the board said.\n";

#[test]
fn outside_evidence_fills_in_what_the_page_does_not_print() {
    let got = record(&serde_json::json!({
        "title": "Channel to be dredged", "outlet": "Bay Courier", "date": "2024-03-01 00:00:00", "text": BODY,
    }));
    assert_eq!(got["headline"], "Channel to be dredged");
    assert_eq!(got["datePublished"], "2024-03-01");
    assert_eq!(got["publisher"]["name"], "Bay Courier");
    for field in ["headline", "datePublished", "publisher"] {
        assert_eq!(got["evidence"][field]["rule"], "container", "{field}");
        assert!(got["evidence"][field]["span"].is_null(), "{field}");
    }
    assert_eq!(got["source"]["title"], "Channel to be dredged");
    assert_eq!(got["source"]["outlet"], "Bay Courier");
    assert_eq!(got["source"]["date"], "2024-03-01 00:00:00");
    assert_eq!(got["warnings"], serde_json::json!([]));
    assert!(
        got["articleBody"]
            .as_str()
            .unwrap()
            .starts_with("The harbour board")
    );
}

#[test]
fn outside_evidence_points_at_what_the_page_prints() {
    let text = format!(
        "Home\nNews\n\nFerry fares to rise\n\nChannel to be dredged\n\n2 November\n\n{BODY}"
    );
    let got = record(&serde_json::json!({
        "title": "CHANNEL TO BE DREDGED | The Bay Courier", "date": "2023-11-03", "text": text,
    }));
    assert_eq!(got["headline"], "Channel to be dredged");
    let at = text.find("Channel to").unwrap();
    assert_eq!(got["evidence"]["headline"]["span"][0], at);
    // The day without a year is of the year that the container says.
    assert_eq!(got["datePublished"], "2023-11-02");
    assert_eq!(got["evidence"]["datePublished"]["raw"], "2 November");
}

#[test]
fn replaced_characters_are_counted() {
    let line = b"{\"text\":\"caf\xe9 one \\ud83d two \xc3\xa9t\xc3\xa9 \xed\x95\x9c\xea\xb8\x80 \xec\x9e\x85\xeb\x8b\x88\xeb\x8b\xa4\"}\n";
    let run = support::pipe(["-q"], line);
    let got = run.records().remove(0);
    assert!(
        got["warnings"]
            .as_array()
            .unwrap()
            .contains(&"decode-replaced".into()),
        "{got}"
    );
    assert_eq!(got["source"]["replaced"], 2, "{got}");
    let whole = support::pipe(["-q"], b"{\"text\":\"whole \\ud83d\\ude00\"}\n");
    assert!(whole.records()[0]["source"].get("replaced").is_none());
}

#[test]
fn containers_without_rows_hold_no_documents_and_say_so() {
    let root = folder("empty");
    for (name, bytes) in [
        ("a.json", "[]\n"),
        ("b.csv", "id,text\n"),
        ("c.json", " [ \n ]"),
    ] {
        fs::write(root.join(name), bytes).unwrap();
        let run = support::run(&root, [name]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{name}");
        assert_eq!(
            run.err,
            "copydesk: 1 input = 1 whole + 0 partial + 0 failed; 0 documents = 0 records + 0 skipped + 0 errors\n"
        );
    }
}

#[test]
fn one_document_of_an_archive_is_inspected_by_member_and_index() {
    let root = folder("member");
    let mut archive = tar::Builder::new(Vec::new());
    let dump = format!("{}\x0c{}", article(1), article(2));
    for (name, text) in [("d/one.txt", article(0)), ("d/dump.txt", dump)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        archive
            .append_data(&mut header, name, text.as_bytes())
            .unwrap();
    }
    fs::write(root.join("a.tar.gz"), gzip(&archive.into_inner().unwrap())).unwrap();
    let args = ["a.tar.gz", "--member", "d/dump.txt", "--index", "1"];
    let text = support::run(&root, [&["text"][..], &args].concat());
    assert_eq!((text.code, text.out), (Some(0), article(2)));
    let inspected = support::run(&root, [&["inspect", "--json"][..], &args].concat());
    assert_eq!(inspected.code, Some(0), "{}", inspected.err);
    let inspected: serde_json::Value = serde_json::from_str(&inspected.out).unwrap();
    let source = &inspected["record"]["source"];
    assert_eq!(source["member"], "d/dump.txt");
    assert_eq!(source["index"], 1);
    let absent = support::run(&root, ["inspect", "a.tar.gz", "--member", "d/none.txt"]);
    assert_eq!(absent.code, Some(2));
    assert!(absent.err.contains("d/none.txt"), "{}", absent.err);
}

#[test]
fn pages_in_warc_responses_are_rendered() {
    let root = folder("warc");
    let page = "<html><head><meta charset=euc-kr><title>x</title></head><body><h1>낡은 다리</h1><p>고친다.</p></body></html>";
    let (page, _, _) = encoding_rs::EUC_KR.encode(page);
    let mut http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    let body = gzip(&page);
    write!(http, "{:x}\r\n", body.len()).unwrap();
    http.extend_from_slice(&body);
    http.extend_from_slice(b"\r\n0\r\n\r\n");
    let record = |kind: &str, block: &[u8]| {
        let mut record = format!(
            "WARC/1.1\r\nWARC-Target-URI: <https://naru.example/1>\r\nwarc-type: {kind}\r\nContent-Length: {}\r\n\
             WARC-Date: 2016-09-26T13:18:00Z\r\n\r\n",
            block.len()
        )
        .into_bytes();
        record.extend_from_slice(block);
        record.extend_from_slice(b"\r\n\r\n");
        record
    };
    let redirect = b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<html>moved</html>";
    let path = root.join("pages.warc");
    let warc = [
        record("request", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", redirect),
        record("response", &http),
    ];
    fs::write(&path, warc.concat()).unwrap();
    let documents = read(&path);
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].text, "낡은 다리\n\n고친다.\n");
    assert_eq!(documents[0].source.encoding, "EUC-KR");
    assert_eq!(
        documents[0].source.url.as_deref(),
        Some("https://naru.example/1")
    );
    assert_eq!(
        documents[0].source.collected.as_deref(),
        Some("2016-09-26T13:18:00Z")
    );
}
