//! The byte files of fixtures/encodings: each gives its text, whatever it is written in.

use std::fs;
use std::path::{Path, PathBuf};

use copydesk::document::Document;
use copydesk::input::{self, Event, Input, Options};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/encodings")
}

fn read(path: &Path) -> Document {
    let options = Options::default();
    let mut documents =
        input::read([Input::Path(path.to_owned())], &options).filter_map(|event| match event {
            Event::Document(document) => Some(*document),
            Event::Error(error) => panic!("{error}"),
            Event::End { .. } => None,
        });
    let document = documents.next().unwrap();
    assert!(documents.next().is_none(), "{}", path.display());
    document
}

/// What `ko-1.euc-kr.txt` is called: text and encoding.
fn names(path: &Path) -> (String, String) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let (text, encoding) = name.strip_suffix(".txt").unwrap().split_once('.').unwrap();
    (text.to_owned(), encoding.to_owned())
}

fn paths() -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_file_gives_its_text() {
    let paths = paths();
    assert!(paths.len() >= 60, "{}", paths.len());
    let mut encodings: Vec<String> = paths.iter().map(|path| names(path).1).collect();
    encodings.sort();
    encodings.dedup();
    assert!(encodings.len() >= 12, "{encodings:?}");
    for path in paths {
        let (text, encoding) = names(&path);
        if encoding == "utf-8-bad" {
            continue;
        }
        let mut want = fs::read_to_string(fixtures().join(format!("{text}.utf-8.txt"))).unwrap();
        if matches!(encoding.as_str(), "iso-8859-2" | "koi8-r") {
            want = want
                .replace(['„', '”', '“', '«', '»'], "\"")
                .replace('—', "-");
        }
        let got = read(&path);
        assert_eq!(
            got.text,
            want,
            "{} as {}",
            path.display(),
            got.source.encoding
        );
        assert!(got.warnings.is_empty(), "{}", path.display());
    }
}

#[test]
fn bad_bytes_are_replaced_and_said_so() {
    for path in paths().iter().filter(|path| names(path).1 == "utf-8-bad") {
        let got = read(path);
        assert_eq!(got.source.encoding, "UTF-8", "{}", path.display());
        assert_eq!(got.warnings, ["decode-replaced"]);
        let replaced = got.text.matches('\u{fffd}').count();
        assert!((2..=6).contains(&replaced));
        assert_eq!(got.source.replaced, replaced as u64);
    }
}

/// 300 characters of Korean are enough, wherever they are cut out.
#[test]
fn korean_is_detected_from_any_300_characters() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("korean");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("cut.txt");
    let texts: Vec<String> = (1..=3)
        .map(|n| fs::read_to_string(fixtures().join(format!("ko-{n}.utf-8.txt"))).unwrap())
        .collect();
    let all: Vec<char> = texts.concat().chars().collect();
    let cuts: Vec<String> = (0..all.len() - 300)
        .step_by(7)
        .map(|at| all[at..at + 300].iter().collect())
        .collect();
    let right = cuts
        .iter()
        .filter(|cut| {
            fs::write(&path, encoding_rs::EUC_KR.encode(cut).0).unwrap();
            read(&path).text == **cut
        })
        .count();
    assert!(right * 100 >= cuts.len() * 98, "{right} of {}", cuts.len());
}
