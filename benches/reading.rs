//! Reading the same invented pages from files and from dumps, the texts counted and dropped; `the_whole_run` is what
//! judging them costs on one core, which reading from anything is to add at most 15 % to. Decompression is left out.
//! `cargo bench --bench reading`

mod support;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use copydesk::Cleaner;
use copydesk::config::Config;
use copydesk::input::{self, Event, Input, Options};
use divan::Bencher;
use divan::counter::BytesCount;
use support::{Length, Script};

fn main() {
    divan::main();
}

const BYTES: usize = 4_000_000;

fn pages() -> Vec<String> {
    support::pages(BYTES, Script::Mixed, Length::Usual)
}

/// Writes `bytes` to a file of that name and returns the path.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("reading")
        .join(name);
    let folder = path.parent().unwrap_or(&path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, bytes))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    path
}

/// Reads everything at `path`; how many bytes of text that is.
fn read(path: &Path, mut see: impl FnMut(&copydesk::document::Document)) -> usize {
    let mut bytes = 0;
    let _ = input::visit(
        [Input::Path(path.to_owned())],
        &Options::default(),
        &mut |event| {
            if let Event::Document(document) = event {
                see(&document);
                bytes += document.text.len();
            }
            ControlFlow::Continue(())
        },
    );
    bytes
}

fn bench(bencher: Bencher<'_, '_>, path: &Path) {
    bencher
        .counter(BytesCount::new(read(path, |_| ())))
        .bench_local(|| read(path, |_| ()));
}

fn folder() -> PathBuf {
    let mut path = PathBuf::new();
    for (n, page) in pages().iter().enumerate() {
        path = file(&format!("pages/{n:04}.txt"), page.as_bytes());
    }
    path.parent().unwrap_or(&path).to_owned()
}

#[divan::bench(max_time = 5)]
fn files(bencher: Bencher<'_, '_>) {
    bench(bencher, &folder());
}

#[divan::bench(max_time = 5)]
fn form_feeds(bencher: Bencher<'_, '_>) {
    bench(bencher, &file("pages.txt", pages().join("\x0c").as_bytes()));
}

#[divan::bench(max_time = 5)]
fn rules(bencher: Bencher<'_, '_>) {
    let rule = format!("\n{}\n", "=".repeat(40));
    bench(bencher, &file("rules.txt", pages().join(&rule).as_bytes()));
}

#[divan::bench(max_time = 5)]
fn json_lines(bencher: Bencher<'_, '_>) {
    let line = |page: &String| format!("{}\n", serde_json::json!({ "id": 7, "text": page }));
    let dump: String = pages().iter().map(line).collect();
    bench(bencher, &file("pages.jsonl", dump.as_bytes()));
}

#[divan::bench(max_time = 5)]
fn table(bencher: Bencher<'_, '_>) {
    let row = |page: &String| format!("7,\"{}\"\n", page.replace('"', "\"\""));
    let rows: String = pages().iter().map(row).collect();
    bench(
        bencher,
        &file("pages.csv", format!("id,text\n{rows}").as_bytes()),
    );
}

#[divan::bench(max_time = 5)]
fn wet(bencher: Bencher<'_, '_>) {
    let head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: ";
    let record = |page: &String| format!("{head}{}\r\n\r\n{page}\r\n\r\n", page.len());
    let dump: String = pages().iter().map(record).collect();
    bench(bencher, &file("pages.wet", dump.as_bytes()));
}

#[divan::bench(max_time = 5)]
fn tar(bencher: Bencher<'_, '_>) {
    let mut tar = tar::Builder::new(Vec::new());
    for (n, text) in pages().iter().enumerate() {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_cksum();
        let _ = tar.append_data(&mut header, format!("{n:04}.txt"), text.as_bytes());
    }
    bench(
        bencher,
        &file("pages.tar", &tar.into_inner().unwrap_or_default()),
    );
}

#[divan::bench(max_time = 5)]
fn legacy_encoding(bencher: Bencher<'_, '_>) {
    let mut path = PathBuf::new();
    for (n, page) in pages().iter().enumerate() {
        let bytes = encoding_rs::EUC_KR.encode(page).0;
        path = file(&format!("euc-kr/{n:04}.txt"), &bytes);
    }
    bench(bencher, path.parent().unwrap_or(&path));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn the_whole_run(bencher: Bencher<'_, '_>) {
    let path = folder();
    let cleaner = Cleaner::new(Config::default());
    let whole = || {
        read(&path, |document| {
            divan::black_box(cleaner.clean(document));
        })
    };
    bencher.counter(BytesCount::new(whole())).bench_local(whole);
}
