//! Reading: which files are found, what becomes of each, and that the accounts balance.

use std::fs;
use std::path::{Path, PathBuf};

use copydesk::document::Document;
use copydesk::error::Error;
use copydesk::input::{self, Event, Input, Limits, Options, Outcome};

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("input")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Documents, errors and outcomes, in order.
#[derive(Debug, Default)]
struct Read {
    documents: Vec<Document>,
    errors: Vec<Error>,
    outcomes: Vec<Outcome>,
}

fn read(path: &Path, options: &Options) -> Read {
    let mut read = Read::default();
    for event in input::read([Input::Path(path.to_owned())], options) {
        match event {
            Event::Document(document) => read.documents.push(*document),
            Event::Error(error) => read.errors.push(error),
            Event::End { outcome, .. } => read.outcomes.push(outcome),
        }
    }
    read
}

#[test]
fn a_folder_is_read_in_the_byte_order_of_whole_paths_without_hidden_files() {
    let root = folder("order");
    for name in [
        "b.txt",
        "a.txt",
        "a/z.txt",
        "B.txt",
        ".hidden",
        ".git/x.txt",
        "가.txt",
    ] {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(&root, root.join("loop")).unwrap();
    let texts = |options: &Options| -> Vec<String> {
        let read = read(&root, options);
        assert_eq!(read.outcomes.len(), read.documents.len());
        read.documents.into_iter().map(|d| d.text).collect()
    };
    let seen = ["B.txt", "a.txt", "a/z.txt", "b.txt", "가.txt"];
    assert_eq!(texts(&Options::default()), seen);
    let hidden = Options {
        hidden: true,
        ..Options::default()
    };
    assert_eq!(texts(&hidden).len(), seen.len() + 2);
}

#[test]
fn an_empty_file_is_a_document_and_a_binary_one_an_error() {
    let root = folder("kinds");
    fs::write(root.join("empty.txt"), "").unwrap();
    fs::write(root.join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let read = read(&root, &Options::default());
    assert_eq!(read.outcomes, [Outcome::Whole, Outcome::Failed]);
    assert_eq!(read.documents[0].text, "");
    assert_eq!(read.errors[0].code, "not-text");
}

#[test]
fn a_missing_file_is_one_error_and_reading_goes_on() {
    let root = folder("missing");
    fs::write(root.join("there.txt"), "text").unwrap();
    let inputs = [root.join("absent.txt"), root.join("there.txt")].map(Input::Path);
    let options = Options::default();
    let events: Vec<_> = input::read(inputs, &options).collect();
    assert!(matches!(&events[0], Event::Error(error) if error.code == "not-found"));
    assert!(matches!(
        &events[1],
        Event::End {
            outcome: Outcome::Failed,
            ..
        }
    ));
    assert!(matches!(&events[2], Event::Document(document) if document.text == "text"));
}

#[test]
fn a_document_knows_its_place_its_encoding_and_the_hash_of_its_file() {
    let root = folder("source");
    let path = root.join("bom.txt");
    fs::write(&path, "\u{feff}abc").unwrap();
    let document = read(&path, &Options::default()).documents.remove(0);
    assert_eq!(document.text, "abc");
    assert_eq!(document.source.span, (3, 6));
    assert_eq!(document.source.encoding, "UTF-8");
    assert_eq!(
        document.source.sha256.as_deref(),
        Some("1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c")
    );
}

#[test]
fn white_space_of_every_kind_stays_as_it_was() {
    let root = folder("white");
    let text = "a\r\nb\rc\n\u{a0}d\u{3000}\0\n";
    fs::write(root.join("a.txt"), text).unwrap();
    assert_eq!(read(&root, &Options::default()).documents[0].text, text);
}

#[test]
fn a_document_over_the_limit_is_an_error_that_names_the_option() {
    let root = folder("limit");
    fs::write(root.join("a.txt"), "12345678").unwrap();
    let options = |document_bytes| Options {
        limits: Limits {
            document_bytes,
            ..Limits::default()
        },
        ..Options::default()
    };
    assert_eq!(read(&root, &options(8)).outcomes, [Outcome::Whole]);
    let over = read(&root, &options(7));
    assert_eq!(over.outcomes, [Outcome::Failed]);
    assert_eq!(over.errors[0].code, "too-large");
    assert!(over.errors[0].message.contains("--max-document-bytes"));
}

#[test]
fn reading_ends_early_when_nobody_listens() {
    let root = folder("early");
    for n in 0..100 {
        fs::write(root.join(format!("{n:03}.txt")), "text").unwrap();
    }
    let options = Options::default();
    let first: Vec<_> = input::read([Input::Path(root)], &options).take(3).collect();
    assert_eq!(first.len(), 3);
}
