//! The same articles from every container, compression and encoding: the same texts, so the same records.

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
