//! Many documents in one text: how they are cut, and what their separators say of them.

use std::fs;
use std::path::Path;

use copydesk::document::Document;
use copydesk::input::{self, Event, Input, Options};

fn read(name: &str, bytes: &[u8], split: &str) -> Vec<Document> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("split");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    let options = Options {
        split: split.parse().unwrap(),
        ..Options::default()
    };
    input::read([Input::Path(path)], &options)
        .filter_map(|event| match event {
            Event::Document(document) => Some(*document),
            Event::Error(error) => panic!("{error}"),
            Event::End { .. } => None,
        })
        .collect()
}

fn texts(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|d| d.text.as_str()).collect()
}

fn page(n: usize) -> String {
    format!(
        "Bridge {n} closed\n\n{}\n",
        "The council of Norhaven met again, and again nothing came of it. ".repeat(30)
    )
}

#[test]
fn every_way_of_splitting_does_what_it_says() {
    let text = b"a\n\nb\n\n\nc\x0cd\0# x\ne\n";
    for (split, want) in [
        ("none", &["a\n\nb\n\n\nc\x0cd\0# x\ne\n"][..]),
        ("blank-lines=2", &["a\n\nb\n", "c\x0cd\0# x\ne\n"]),
        ("blank-lines=1", &["a\n", "b\n", "c\x0cd\0# x\ne\n"]),
        ("form-feed", &["a\n\nb\n\n\nc", "d\0# x\ne\n"]),
        ("nul", &["a\n\nb\n\n\nc\x0cd", "# x\ne\n"]),
        ("regex=^b$", &["a\n\n", "c\x0cd\0# x\ne\n"]),
    ] {
        assert_eq!(texts(&read("ways.txt", text, split)), want, "{split}");
    }
}

#[test]
fn spans_point_at_the_documents() {
    let dump: String = (1..=4)
        .map(|n| format!("Document {n} of 4\n\n{}", page(n)))
        .collect();
    let documents = read("spans.txt", dump.as_bytes(), "auto");
    assert_eq!(documents.len(), 4);
    for (n, document) in documents.iter().enumerate() {
        let (start, end) = document.source.span;
        assert_eq!(document.source.index, n as u64);
        assert_eq!(document.text, page(n + 1));
        assert_eq!(dump[start as usize..end as usize], document.text);
        assert!(document.warnings.is_empty());
    }
}

#[test]
fn a_dump_that_announces_more_than_it_holds_is_warned_of() {
    let dump: String = (1..=3)
        .map(|n| format!("Document {n} of 120\n\n{}", page(n)))
        .collect();
    let documents = read("announced.txt", dump.as_bytes(), "auto");
    let warnings: Vec<_> = documents.iter().map(|d| d.warnings.clone()).collect();
    assert_eq!(warnings, [vec![], vec![], vec!["count-differs"]]);
}

#[test]
fn separators_give_their_evidence() {
    let dump: String = (1..=3)
        .map(|n| {
            format!(
                "TITLE: Bridge {n} closed\nSOURCE: Harbour Post\nLOAD-DATE: 2024-01-0{n}\n\n{}",
                page(n)
            )
        })
        .collect();
    let documents = read("export.txt", dump.as_bytes(), "auto");
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[1].text, page(2));
    assert_eq!(documents[1].hints.title.as_deref(), Some("Bridge 2 closed"));
    assert_eq!(documents[1].hints.outlet.as_deref(), Some("Harbour Post"));

    let dump: String = (1..=3)
        .map(|n| format!("==> {n}.txt <==\n{}\n", page(n)))
        .collect();
    let documents = read("head.txt", dump.as_bytes(), "auto");
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[2].source.id.as_deref(), Some("3.txt"));
}

#[test]
fn field_lines_that_say_more_than_is_kept_stay_in_the_text() {
    let dump: String = (1..=3)
        .map(|n| format!("TITLE: Bridge {n}\nDATELINE: Norhaven\n\n{}", page(n)))
        .collect();
    let documents = read("dateline.txt", dump.as_bytes(), "auto");
    assert_eq!(documents.len(), 3);
    assert!(
        documents[1]
            .text
            .starts_with("TITLE: Bridge 2\nDATELINE: Norhaven\n")
    );

    let dump = dump.replace("DATELINE: Norhaven", "BYLINE: Ada Quill");
    let documents = read("byline.txt", dump.as_bytes(), "auto");
    assert_eq!(documents[1].text, page(2));
    assert_eq!(documents[1].hints.author.as_deref(), Some("Ada Quill"));
}

#[test]
fn a_masthead_belongs_to_its_page() {
    let head = "Harbour Post\nHome | News | Sport\nSubscribe now\n";
    let dump: String = (1..=4).map(|n| format!("{head}{}", page(n))).collect();
    let documents = read("masthead.txt", dump.as_bytes(), "auto");
    assert_eq!(documents.len(), 4);
    assert_eq!(documents[3].text, format!("{head}{}", page(4)));
}

#[test]
fn one_dump_may_mix_encodings() {
    let korean = "가람시는 올해 안에 낡은 다리 세 곳을 고치기로 했다고 21일 밝혔다. 시민들은 오래 기다린 일이라며 반겼다.\n";
    let german = "Die Brücke über den Fluß bleibt für drei Tage geschlossen, hieß es am Montag.\n";
    let dump = [
        korean.as_bytes(),
        b"\x0c",
        &encoding_rs::EUC_KR.encode(korean).0,
        b"\x0c",
        &encoding_rs::WINDOWS_1252.encode(german).0,
        b"\x0c\xef\xbb\xbf",
        german.as_bytes(),
    ]
    .concat();
    let documents = read("mixed.txt", &dump, "auto");
    assert_eq!(texts(&documents), [korean, korean, german, german]);
    let encodings: Vec<_> = documents.iter().map(|d| d.source.encoding).collect();
    assert_eq!(encodings, ["UTF-8", "EUC-KR", "windows-1252", "UTF-8"]);
}

#[test]
fn a_page_with_other_stories_on_it_is_one_document() {
    let page = format!(
        "{}\nRelated\n\n---\n{}\n---\n{}\n---\nMore\n",
        page(1),
        page(2),
        page(3)
    );
    assert_eq!(read("related.txt", page.as_bytes(), "auto").len(), 1);
}

#[test]
fn mojibake_is_warned_of_and_repaired_if_asked() {
    let text = "가람시는 “낡은 다리”를 올해 안에 고치기로 했다고 밝혔다.";
    let (mojibake, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
    let documents = read("mojibake.txt", mojibake.as_bytes(), "auto");
    assert_eq!(documents[0].text, mojibake);
    assert_eq!(documents[0].warnings, ["mojibake"]);
    let options = Options {
        fix_mojibake: true,
        ..Options::default()
    };
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("split/mojibake.txt");
    let fixed = input::read([Input::Path(path)], &options).find_map(|event| match event {
        Event::Document(document) => Some(document.text),
        _ => None,
    });
    assert_eq!(fixed.as_deref(), Some(text));
}
