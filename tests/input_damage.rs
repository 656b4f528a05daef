//! Damaged and hostile inputs: every whole document before the damage, then one error with its place, and no harm.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use copydesk::document::Document;
use copydesk::error::Error;
use copydesk::input::{self, Event, Input, Limits, Options, Outcome, Split};

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("damage");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

struct Got {
    documents: Vec<Document>,
    errors: Vec<Error>,
    outcome: Outcome,
}

impl Got {
    /// Texts, error codes with their offsets, and how it went.
    fn gist(&self) -> (usize, Vec<(&'static str, Option<u64>)>, Outcome) {
        let errors = self.errors.iter().map(|e| (e.code, e.position.byte));
        (self.documents.len(), errors.collect(), self.outcome)
    }
}

fn read_with(path: &Path, options: &Options) -> Got {
    let mut got = Got {
        documents: Vec::new(),
        errors: Vec::new(),
        outcome: Outcome::Failed,
    };
    for event in input::read([Input::Path(path.to_owned())], options) {
        match event {
            Event::Document(document) => got.documents.push(*document),
            Event::Error(error) => got.errors.push(error),
            Event::End { outcome, .. } => got.outcome = outcome,
        }
    }
    got
}

fn read(name: &str, bytes: &[u8]) -> Got {
    read_with(&file(name, bytes), &Options::default())
}

fn limited(document_bytes: usize) -> Options {
    Options {
        limits: Limits {
            document_bytes,
            ..Limits::default()
        },
        ..Options::default()
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Text that does not compress to nothing.
fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut out = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn text(n: usize) -> String {
    (0..60)
        .map(|k| {
            format!(
                "Line {k} of page {n}: {} were counted.\n",
                (n * 7919 + k * 104_729) % 99_991
            )
        })
        .collect()
}

fn jsonl(count: usize) -> String {
    (0..count)
        .map(|n| format!("{}\n", serde_json::json!({ "text": text(n) })))
        .collect()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        tar.append_data(&mut header, name, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

#[test]
fn truncated_compression_gives_what_was_whole() {
    // bzip2 gives nothing of a block that is cut, and its blocks are of 100 kB at least.
    let lines = jsonl(200);
    // Of a chunk of xz data that is cut nothing is decoded, and one holds up to 64 KiB as stored.
    let many = jsonl(1000);
    let cuts: [(&str, Vec<u8>); 5] = [
        ("gz", gzip(lines.as_bytes())),
        ("bz2", bzip2(lines.as_bytes())),
        ("xz", xz(many.as_bytes())),
        (
            "zst",
            zstd::stream::encode_all(lines.as_bytes(), 1).unwrap(),
        ),
        ("lz4", {
            let mut info = lz4_flex::frame::FrameInfo::new();
            info = info.block_size(lz4_flex::frame::BlockSize::Max64KB);
            let mut out = lz4_flex::frame::FrameEncoder::with_frame_info(info, Vec::new());
            out.write_all(lines.as_bytes()).unwrap();
            out.finish().unwrap()
        }),
    ];
    for (kind, bytes) in cuts {
        let got = read(&format!("cut.jsonl.{kind}"), &bytes[..bytes.len() * 2 / 3]);
        assert_eq!(got.errors.len(), 1, "{kind}");
        assert_eq!(got.outcome, Outcome::Partial, "{kind}");
        assert!(got.documents.len() > 20, "{kind}");
        for (n, document) in got.documents.iter().enumerate() {
            assert_eq!(document.text, text(n), "{kind}");
        }
        let last = got.documents.last().map(|d| d.source.span.1);
        assert!(got.errors[0].position.byte >= last, "{kind}");
        assert_eq!(got.errors[0].code, "truncated", "{kind}: {}", got.errors[0]);
    }
}

#[test]
fn a_truncated_page_is_no_document() {
    let bytes = gzip(text(1).as_bytes());
    let got = read("cut.txt.gz", &bytes[..bytes.len() / 2]);
    assert_eq!(
        (got.documents.len(), got.errors.len(), got.outcome),
        (0, 1, Outcome::Failed)
    );
}

#[test]
fn flipped_bits_are_seen() {
    let lines = jsonl(200);
    let packed: [(&str, Vec<u8>); 3] = [
        ("gz", gzip(lines.as_bytes())),
        ("bz2", bzip2(lines.as_bytes())),
        ("xz", xz(lines.as_bytes())),
    ];
    for (kind, mut bytes) in packed {
        let middle = bytes.len() / 2;
        bytes[middle..middle + 8].fill(0xa5);
        let got = read(&format!("flipped.jsonl.{kind}"), &bytes);
        // What the bits became is read until it no longer makes sense, at the latest by the checksum.
        let code = got.errors.last().map(|e| e.code);
        assert_eq!(
            (code, got.outcome),
            (Some("damaged"), Outcome::Partial),
            "{kind}"
        );
        assert_eq!(got.documents[0].text, text(0), "{kind}");
    }
}

#[test]
fn junk_behind_gzip_data_costs_nothing() {
    let mut bytes = gzip(b"A whole page.");
    bytes.extend_from_slice(b"junk");
    let length = bytes.len() as u64;
    let got = read("junk.txt.gz", &bytes);
    assert_eq!(
        got.gist(),
        (1, vec![("damaged", Some(length - 4))], Outcome::Partial)
    );
}

#[test]
fn a_truncated_tar_gives_the_files_before() {
    let pages: Vec<String> = (0..3).map(text).collect();
    let members: Vec<(&str, &[u8])> = ["0", "1", "2"]
        .into_iter()
        .zip(pages.iter().map(String::as_bytes))
        .collect();
    let bytes = tar(&members);
    let second = 512 + pages[0].len().next_multiple_of(512);
    let got = read("cut.tar", &bytes[..second + 512 + 100]);
    assert_eq!(
        got.gist(),
        (1, vec![("truncated", Some(100))], Outcome::Partial)
    );
    assert_eq!(got.errors[0].position.member.as_deref(), Some("1"));
    let got = read("cut-head.tar", &bytes[..second + 100]);
    assert_eq!(
        got.gist(),
        (
            1,
            vec![("truncated", Some(second as u64 + 100))],
            Outcome::Partial
        )
    );
    let mut broken = bytes.clone();
    broken[second..second + 100].fill(b'x');
    let got = read("broken.tar", &broken);
    assert_eq!(
        got.gist(),
        (1, vec![("damaged", Some(second as u64))], Outcome::Partial)
    );
}

#[test]
fn a_damaged_member_costs_no_other() {
    let good = gzip(b"A whole page.");
    let bytes = tar(&[
        ("a.gz", &good[..good.len() / 2]),
        ("b.gz", &good),
        ("c.png", b"\x89PNG\r\n\x1a\n"),
        ("d.txt", b"d"),
    ]);
    let got = read("members.tar", &bytes);
    assert_eq!(got.documents.len(), 2);
    let members: Vec<_> = got
        .errors
        .iter()
        .map(|e| (e.code, e.position.member.as_deref()))
        .collect();
    assert_eq!(
        members,
        [("truncated", Some("a.gz")), ("not-text", Some("c.png"))]
    );
}

#[test]
fn paths_links_and_devices_in_a_tar_do_nothing() {
    let mut tar = tar::Builder::new(Vec::new());
    let mut entry = |name: &[u8], kind: tar::EntryType, text: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name);
        header.set_entry_type(kind);
        header.set_size(text.len() as u64);
        header.set_cksum();
        tar.append(&header, text).unwrap();
    };
    entry(b"../../etc/evil.txt", tar::EntryType::Regular, b"climbs");
    entry(b"/etc/evil.txt", tar::EntryType::Regular, b"absolute");
    entry(b"link", tar::EntryType::Symlink, b"");
    entry(b"hard", tar::EntryType::Link, b"");
    entry(b"device", tar::EntryType::Char, b"");
    entry(b"pipe", tar::EntryType::Fifo, b"");
    let got = read("tricks.tar", &tar.into_inner().unwrap());
    let names: Vec<_> = got
        .documents
        .iter()
        .map(|d| d.source.member.as_deref())
        .collect();
    assert_eq!(names, [Some("../../etc/evil.txt"), Some("/etc/evil.txt")]);
    assert!(got.errors.is_empty());
}

#[test]
fn a_zip_without_its_directory_gives_the_files_before() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..4 {
        zip.start_file(format!("{n}.txt"), zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text(n).as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let got = read("cut.zip", &bytes[..bytes.len() / 2]);
    assert_eq!(got.outcome, Outcome::Partial);
    assert!(
        (1..4).contains(&got.documents.len()),
        "{}",
        got.documents.len()
    );
    for (n, document) in got.documents.iter().enumerate() {
        assert_eq!(document.text, text(n));
    }
    assert!(!got.errors.is_empty() && got.errors.iter().all(|e| e.position.byte.is_some()));
}

#[test]
fn a_bad_line_of_json_costs_no_other() {
    let lines = "{\"text\":\"a\"}\n{\"text\":\"b\n{\"title\":\"no text\"}\n\nnot json\n{\"text\":\"c\"}\n{\"text\":\"\\ud83d!\"}\n";
    let got = read("lines.jsonl", lines.as_bytes());
    let texts: Vec<_> = got.documents.iter().map(|d| d.text.as_str()).collect();
    assert_eq!(texts, ["a", "c", "\u{fffd}!"]);
    let codes: Vec<_> = got.errors.iter().map(|e| e.code).collect();
    assert_eq!(codes, ["damaged", "no-text-field", "damaged"]);
}

#[test]
fn a_broken_array_gives_the_objects_before() {
    let got = read(
        "cut.json",
        b"[\n{\"text\":\"a\"},\n{\"text\":\"b }\"},\n{\"text\":\"c",
    );
    assert_eq!(
        got.gist(),
        (2, vec![("truncated", Some(42))], Outcome::Partial)
    );
    let got = read("open.json", b"[\n {\"text\": \"a\"}\n");
    assert_eq!(
        got.gist(),
        (1, vec![("truncated", Some(17))], Outcome::Partial)
    );
}

/// Found by mutating fixtures: half a zip archive stood in the error as the name of a member.
#[test]
fn the_name_of_a_member_is_no_longer_than_a_path() {
    let long = "n".repeat(60_000);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file(long.as_str(), options).unwrap();
    zip.write_all(b"A page.").unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let got = read("name.zip", &bytes);
    assert_eq!(got.outcome, Outcome::Whole);
    assert_eq!(got.documents[0].source.member, Some("n".repeat(4096)));
}

#[test]
fn a_table_cut_within_a_cell_gives_the_rows_before() {
    let table = "id,text\n1,\"One \"\"page\"\"\"\n2,\"Cut off,\nhere";
    let got = read("cut.csv", table.as_bytes());
    let end = table.len() as u64;
    assert_eq!(
        got.gist(),
        (1, vec![("truncated", Some(end))], Outcome::Partial)
    );
    assert_eq!(got.documents[0].text, "One \"page\"");
    let whole = read("whole.csv", b"id,text\n1,\"One\"\n2,\"Two\"");
    assert_eq!(whole.gist(), (2, vec![], Outcome::Whole));
}

#[test]
fn a_truncated_warc_gives_the_records_before() {
    let record = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello\r\n\r\n";
    let whole = record.repeat(2);
    let got = read("cut.wet", &whole.as_bytes()[..whole.len() - 6]);
    assert_eq!(
        got.gist(),
        (
            1,
            vec![("truncated", Some(whole.len() as u64 - 6))],
            Outcome::Partial
        )
    );
    let got = read("junk.wet", format!("{record}junk\r\n\r\n").as_bytes());
    assert_eq!(
        got.gist(),
        (
            1,
            vec![("damaged", Some(record.len() as u64))],
            Outcome::Partial
        )
    );
}

#[test]
fn what_is_too_large_is_said_and_the_rest_read() {
    let big = "x".repeat(5_000);
    let lines = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{big}\"}}\n{{\"text\":\"b\"}}\n");
    let got = read_with(&file("big.jsonl", lines.as_bytes()), &limited(1_000));
    assert_eq!(
        got.gist(),
        (2, vec![("too-large", Some(13))], Outcome::Partial)
    );
    let array = format!("[ {{\"text\":\"a\"}}, {{\"text\":\"{big}\"}}, {{\"text\":\"b\"}}]");
    let got = read_with(&file("big.json", array.as_bytes()), &limited(1_000));
    assert_eq!(
        got.gist(),
        (2, vec![("too-large", Some(16))], Outcome::Partial)
    );
    let dump = format!("a\n\x0c{big}\n{big}\n\x0cb\n");
    let got = read_with(&file("big.txt", dump.as_bytes()), &limited(1_000));
    assert_eq!(
        got.gist(),
        (2, vec![("too-large", Some(3))], Outcome::Partial)
    );
    let table = format!("id,text\n1,a\n2,{big}\n3,b\n");
    let got = read_with(&file("big.csv", table.as_bytes()), &limited(1_000));
    assert_eq!(
        got.gist(),
        (2, vec![("too-large", Some(12))], Outcome::Partial)
    );
    let dump = format!("# 1\na\n# 2\n{big}\n{big}\n# 3\nb\n");
    let split = Options {
        split: "regex=^# ".parse::<Split>().unwrap(),
        ..limited(1_000)
    };
    let got = read_with(&file("big-lines.txt", dump.as_bytes()), &split);
    assert_eq!(
        got.gist(),
        (2, vec![("too-large", Some(10))], Outcome::Partial)
    );
}

#[test]
fn a_line_of_fifty_megabytes_is_read_when_the_limit_allows() {
    let line = "가".repeat(17_000_000);
    let path = file("line.txt", line.as_bytes());
    assert_eq!(
        read_with(&path, &Options::default()).errors[0].code,
        "too-large"
    );
    let got = read_with(&path, &limited(60 << 20));
    assert_eq!(
        (got.documents.len(), got.documents[0].text.len()),
        (1, 51_000_000)
    );
    fs::remove_file(path).unwrap();
}

#[test]
fn bombs_are_errors() {
    let mut bytes = Vec::new();
    let zeros = flate2::read::GzEncoder::new(
        std::io::repeat(b'a').take(20 << 20),
        flate2::Compression::fast(),
    );
    let mut zeros = zeros;
    zeros.read_to_end(&mut bytes).unwrap();
    let got = read("bomb.txt.gz", &bytes);
    assert_eq!(
        got.gist(),
        (0, vec![("too-large", Some(0))], Outcome::Failed)
    );
    let mut nested = b"A page.".to_vec();
    for _ in 0..6 {
        nested = gzip(&nested);
    }
    let got = read("nested.gz", &nested);
    assert_eq!(
        got.gist(),
        (0, vec![("too-nested", Some(0))], Outcome::Failed)
    );
    // A long name in a header is no reason to take memory.
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(u64::from(u32::MAX));
    header.set_cksum();
    let got = read("name.tar", &[header.as_bytes().as_slice(), b"x"].concat());
    assert_eq!((got.documents.len(), got.errors.len()), (0, 1));
}

#[test]
fn odd_bytes_of_every_kind_do_no_harm() {
    let heads: [&[u8]; 16] = [
        b"\x1f\x8b\x08",
        b"BZh91AY&SY",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"\x04\x22\x4d\x18",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"WARC/1.0\r\n",
        b"{\"",
        b"[{\"",
        b"id,text\n1,",
        b"<html",
        b"\xff\xfe",
        b"\xfe\xff\xd8",
        b"\xef\xbb\xbf",
        b"==> a <==\n",
    ];
    for (n, head) in heads.iter().enumerate() {
        for tail in [
            &b""[..],
            b"\0",
            b"\xff\xff\xff\xff",
            b"\n\n",
            b"\"",
            b"x\xed\xa0",
        ] {
            let got = read(&format!("odd-{n}"), &[head, tail].concat());
            assert!(
                got.documents.len() + got.errors.len() > 0,
                "{head:?} {tail:?}"
            );
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever the bytes are, reading ends, says how it went, and says the same again.
    #[test]
    fn any_bytes_are_read_to_an_end(
        head in proptest::sample::select(vec![
            &b""[..], b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"PK\x03\x04\x14\0\0\0\0\0", b"{\"text\":\"", b"[{\"text\":\"a\"},{",
            b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 9\r\n\r\n", b"<!doctype html><p>", b"id,text\n",
            b"<doc id=\"1\">\n", b"==> a <==\n", b"TITLE: a\nSOURCE: b\n", b"# 1\n", b"\xff\xfe",
        ]),
        tail in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400),
        limit in 1..500_usize,
    ) {
        let path = file("any", &[head, &tail].concat());
        let got = read_with(&path, &limited(limit));
        let again = read_with(&path, &limited(limit));
        let want = match (got.errors.len(), got.documents.len()) {
            (0, _) => Outcome::Whole,
            (_, 0) => Outcome::Failed,
            _ => Outcome::Partial,
        };
        proptest::prop_assert_eq!(got.outcome, want);
        proptest::prop_assert_eq!(got.documents, again.documents);
        proptest::prop_assert_eq!(got.errors, again.errors);
    }
}
