//! Fixtures and containers made of them, mutated and read: the invariants of the fuzz targets, for every `cargo test`.
//! `COPYDESK_MUTATIONS=100000` tries more than the usual.

#[path = "support/dice.rs"]
mod dice;

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use copydesk::Cleaner;
use copydesk::config::Config;
use copydesk::input::{self, Event, Limits, Options, Outcome};
use copydesk::output::sanitize;
use dice::Dice;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn tar(texts: &[Vec<u8>]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (n, text) in texts.iter().enumerate() {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        tar.append_data(&mut header, format!("{n}.txt"), text.as_slice())
            .unwrap();
    }
    tar.into_inner().unwrap()
}

fn zip(texts: &[Vec<u8>]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (n, text) in texts.iter().enumerate() {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("{n}.txt"), options).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What is mutated: pages in many encodings, and every container of some of them.
fn seeds() -> Vec<Vec<u8>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut pages = Vec::new();
    for folder in ["readme", "encodings", "pages"] {
        let mut paths: Vec<_> = fs::read_dir(fixtures.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        pages.extend(paths.iter().step_by(3).map(|path| fs::read(path).unwrap()));
    }
    let few: Vec<Vec<u8>> = pages.iter().take(3).cloned().collect();
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let line = |page| {
        format!(
            "{}\n",
            serde_json::json!({ "id": 1, "text": text(page), "title": "x" })
        )
    };
    let lines: String = few.iter().map(line).collect();
    let row = |page| format!("1,\"{}\"\n", text(page).replace('"', "\"\""));
    let rows: String = few.iter().map(row).collect();
    let record = |page: &Vec<u8>| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Date: 2024-03-01T00:00:00Z\r\nContent-Length: {}\r\n\r\n",
            page.len()
        );
        [head.as_bytes(), page, b"\r\n\r\n"].concat()
    };
    let wet: Vec<u8> = few.iter().flat_map(record).collect();
    let html = "<!doctype html><title>A &amp; B</title><h1>Bridge</h1><ul><li>One<li>Two</ul><p>It &quot;closed&quot;.";
    pages.extend([
        few.join(&b'\x0c'),
        few.join(&b"\n----------\n"[..]),
        format!("[{}]", lines.trim().replace('\n', ",\n")).into_bytes(),
        format!("id,text\n{rows}").into_bytes(),
        html.as_bytes().to_vec(),
        tar(&few),
        zip(&few),
        gzip(&tar(&few)),
        zstd::stream::encode_all(lines.as_bytes(), 1).unwrap(),
        gzip(&wet),
        wet,
        lines.into_bytes(),
    ]);
    pages
}

fn mutate(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.roll(seeds.len())].clone();
    for _ in 0..1 + dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + 1 + dice.roll(64)).min(bytes.len());
        match dice.roll(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end.max(at))),
            2 => {
                let copy = bytes[at..end.max(at)].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => {
                const ODD: [&[u8]; 10] = [
                    b"\n\n",
                    b"\0",
                    b"\xff\xfe",
                    b"\xed\xa0\x80",
                    b"\"",
                    b"]}",
                    b"\x0c",
                    b"\r",
                    b"&#x110000;",
                    b"\\ud800",
                ];
                let odd = ODD[dice.roll(ODD.len())];
                bytes.splice(at..at, odd.iter().copied());
            }
            4 => {
                let other = &seeds[dice.roll(seeds.len())];
                let from = dice.roll(other.len());
                let piece = &other[from..(from + dice.roll(500)).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.roll(256) as u8;
                }
            }
        }
    }
    bytes
}

#[test]
fn whatever_the_bytes_reading_ends_and_says_how_it_went() {
    let tries = std::env::var("COPYDESK_MUTATIONS").ok();
    let tries = tries.and_then(|tries| tries.parse().ok()).unwrap_or(400);
    let (seeds, mut dice) = (seeds(), Dice(1));
    let cleaner = Cleaner::new(Config {
        ledger: true,
        ..Config::default()
    });
    for round in 0..tries {
        let bytes = mutate(&seeds, &mut dice);
        let options = Options {
            fix_mojibake: round % 2 == 0,
            limits: Limits {
                document_bytes: [60, 2000, 1 << 20][round % 3],
                ..Limits::default()
            },
            ..Options::default()
        };
        let (mut documents, mut errors, mut ends) = (0, 0, Vec::new());
        let _ = input::visit_bytes("any", bytes, &options, &mut |event| {
            assert!(ends.is_empty(), "an event behind the end, round {round}");
            match event {
                Event::Document(document) => {
                    let (start, end) = document.source.span;
                    assert!(start <= end, "round {round}");
                    let warned = document.warnings.contains(&"decode-replaced");
                    assert_eq!(warned, document.source.replaced > 0, "round {round}");
                    if documents == 0 && round % 40 == 0 {
                        let article = cleaner.clean(&document);
                        let mut ends = article.ledger.iter().flatten().map(|entry| entry.span.1);
                        assert_eq!(ends.next_back().unwrap_or(0), document.text.len() as u64);
                    }
                    documents += 1;
                }
                Event::Error(error) => {
                    let shown = sanitize::line(&error.to_string()).to_string();
                    // Four bytes of an escape for each byte of the longest name of a member, twice nested.
                    assert!(
                        !shown.contains('\n') && shown.len() < 50_000,
                        "round {round}"
                    );
                    errors += 1;
                }
                Event::End { outcome, .. } => ends.push(outcome),
            }
            ControlFlow::Continue(())
        });
        let want = match (errors, documents) {
            (0, _) => Outcome::Whole,
            (_, 0) => Outcome::Failed,
            _ => Outcome::Partial,
        };
        assert_eq!(ends, [want], "round {round}");
    }
}
