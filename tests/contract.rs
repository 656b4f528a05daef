//! The record's contract: every record validates against the schema, the ledger accounts for every byte, every block
//! is its parts folded, and neither line ends nor threads change what is found.

use std::path::Path;
use std::sync::LazyLock;

use copydesk::Cleaner;
use copydesk::config::Config;
use copydesk::document::{Document, is_blank};
use copydesk::input::{self, Event, Input, Outcome};
use copydesk::label::LineKind;
use copydesk::output::schema;
use copydesk::record::Article;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof};
use proptest::{collection, proptest};
use serde_json::Value;

fn document(text: &str) -> Document {
    Document {
        text: text.to_owned(),
        ..Document::default()
    }
}

fn cleaner() -> Cleaner {
    Cleaner::new(Config {
        ledger: true,
        evidence: true,
        ..Config::default()
    })
}

static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(schema::record()).unwrap());
static VALIDATOR: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::validator_for(&SCHEMA).unwrap());

/// Every key in the record is one that the schema names, at every depth that it describes.
fn unknown_keys(schema: &Value, root: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let schema = schema["$ref"]
        .as_str()
        .and_then(|target| root.pointer(target.trim_start_matches('#')))
        .unwrap_or(schema);
    for alternative in schema["anyOf"].as_array().into_iter().flatten() {
        if alternative["type"] != "null" && !value.is_null() {
            unknown_keys(alternative, root, value, path, found);
        }
    }
    match value {
        Value::Object(members) if schema["properties"].is_object() => {
            for (key, member) in members {
                let path = format!("{path}.{key}");
                match schema["properties"].get(key) {
                    Some(property) => unknown_keys(property, root, member, &path, found),
                    None => found.push(path),
                }
            }
        }
        Value::Array(items) if schema["items"].is_object() => {
            for item in items {
                unknown_keys(&schema["items"], root, item, path, found);
            }
        }
        _ => {}
    }
}

fn assert_valid(article: &Article) {
    let record = serde_json::to_value(article).unwrap();
    let errors: Vec<_> = VALIDATOR
        .iter_errors(&record)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut unknown = Vec::new();
    unknown_keys(&SCHEMA, &SCHEMA, &record, "", &mut unknown);
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The ledger covers every byte exactly once, in order, on character boundaries, and `removed` sums it up.
fn assert_tiled(text: &str, article: &Article) {
    let mut at = 0;
    let mut removed = 0;
    for entry in article.ledger.as_ref().unwrap() {
        assert_eq!(entry.span.0, at, "a gap or an overlap");
        assert!(entry.span.1 > entry.span.0, "an empty entry");
        let slice = text
            .get(entry.span.0 as usize..entry.span.1 as usize)
            .expect("on character boundaries");
        let kind = LineKind::ALL
            .iter()
            .find(|kind| kind.code() == entry.kind)
            .unwrap();
        if kind.is_removed() {
            let printed = slice.chars().filter(|c| !c.is_whitespace());
            removed += printed.map(char::len_utf8).sum::<usize>() as u64;
        }
        if *kind == LineKind::Blank {
            assert!(slice.chars().all(is_blank), "{slice:?} is not blank");
        }
        at = entry.span.1;
    }
    assert_eq!(at, text.len() as u64, "the end is not accounted for");
    assert_eq!(article.removed.bytes, removed);
    assert_eq!(article.removed.by_reason.values().sum::<u64>(), removed);
}

/// Each block's text is its parts with white space folded and hyphens at wraps mended, and nothing else.
fn assert_folded(text: &str, article: &Article) {
    for block in &article.blocks {
        let parts = if block.parts.is_empty() {
            vec![block.span]
        } else {
            block.parts.clone()
        };
        assert!(parts.is_sorted() && parts.windows(2).all(|two| two[0].1 <= two[1].0));
        for part in &parts {
            assert!(
                block.span.0 <= part.0 && part.1 <= block.span.1,
                "a part outside the hull"
            );
        }
        let slices: Vec<&str> = parts
            .iter()
            .map(|part| &text[part.0 as usize..part.1 as usize])
            .collect();
        assert_eq!(block.text, refold(&slices, &block.text), "{slices:?}");
        let refolded = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(block.text, refolded, "white space left");
        for &(start, end) in &block.sentences {
            assert!(block.text.get(start as usize..end as usize).is_some());
        }
        assert!(block.sentences.windows(2).all(|two| two[0].1 <= two[1].0));
    }
    let body: Vec<&str> = article
        .blocks
        .iter()
        .filter(|block| block.is_body())
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(article.article_body, body.join("\n\n"));
}

/// Folds `slices` the only ways that the contract allows, following `wanted` where it leaves a choice: at a line end
/// or between parts a space may be missing (Han and kana, mended hyphens), and a hyphen before it may be taken off.
fn refold(slices: &[&str], wanted: &str) -> String {
    let mut folded = String::new();
    let joined = slices.join("\n");
    let mut pieces = joined
        .split(['\n', '\r', '\x0c'])
        .filter(|piece| !piece.trim().is_empty());
    if let Some(first) = pieces.next() {
        folded = first.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    for piece in pieces {
        let piece = piece.split_whitespace().collect::<Vec<_>>().join(" ");
        let spaced = format!("{folded} {piece}");
        let tight = format!("{folded}{piece}");
        let mended = folded
            .strip_suffix(['-', '\u{ad}', '\u{2010}'])
            .map(|head| format!("{head}{piece}"));
        folded = [Some(spaced.clone()), Some(tight), mended]
            .into_iter()
            .flatten()
            .find(|way| {
                // The hyphen at its end may be taken off by the next piece.
                let head = way.strip_suffix(['-', '\u{ad}', '\u{2010}']);
                wanted.starts_with(way.as_str())
                    || head.is_some_and(|head| wanted.starts_with(head))
            })
            .unwrap_or(spaced);
    }
    folded
}

fn assert_contract(text: &str) -> Article {
    let article = cleaner().clean(&document(text));
    assert_valid(&article);
    assert_tiled(text, &article);
    assert_folded(text, &article);
    article
}

/// Lines that pages are made of, so that random pages reach the rules and not only the noise around them.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        3 => proptest::sample::select(&[
            "Home", "World", "Sport", "Menu", "Share", "Print", "Subscribe", "Most read", "Related stories",
            "Comments (12)", "Advertisement", "By JANE ROE", "By Ann Lee and Tom Oak", "[서울=뉴스터] 김가람 기자 =",
            "기사입력 : 2023년05월30일 15:47", "입력 2024.01.02 10:00 수정 2024.01.02 11:30", "■ 소제목", "[앵커]",
            "기자> 네, 저는 지금 항구에 나와 있습니다.", "사진=가람일보 제공", "무단 전재 및 재배포 금지",
            "Published 3 March 2024, 10:15 CET", "Von Eva Muster", "© 2024 The Bay Courier", "Read more",
            "(c) photographer / agency", "garam@example.co.kr", "2024年5月1日 10時30分", "责任编辑：王某",
            "fore-", "man in the har-", "bour, he said", "…", "Q. 왜?", "A. 그냥요.",
        ][..]).prop_map(str::to_owned),
        3 => "([A-Z][a-z]{2,9} )([a-z]{1,9} ){5,30}[a-z]{3,9}\\.",
        2 => "([가-힣]{1,6} ){5,20}[가-힣]{1,4}다\\.",
        1 => "[一-龥ぁ-ん]{10,60}。",
        1 => "[ \t\u{a0}\u{3000}\u{200b}]{0,4}\\PC{0,40}[ \u{ad}]{0,2}",
        1 => any::<String>(),
    ]
}

fn page() -> impl Strategy<Value = String> {
    let end = prop_oneof![8 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\x0c")];
    collection::vec((line(), end), 0..60).prop_map(|lines| {
        let lines = lines.into_iter();
        lines.map(|(line, end)| line + end).collect::<String>()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_page_keeps_the_contract(text in page()) {
        assert_contract(&text);
    }

    #[test]
    fn any_text_keeps_the_contract(text in any::<String>()) {
        assert_contract(&text);
    }

    #[test]
    fn any_bytes_are_read_and_accounted_for(
        bytes in prop_oneof![
            collection::vec(any::<u8>(), 0..600),
            page().prop_map(String::into_bytes),
            page().prop_map(|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ],
    ) {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contract-bytes");
        std::fs::write(&path, &bytes).unwrap();
        let (mut documents, mut errors, mut ends) = (0, 0, Vec::new());
        for event in input::read([Input::Path(path)], &input::Options::default()) {
            match event {
                Event::Document(document) => {
                    documents += 1;
                    let article = cleaner().clean(&document);
                    assert_tiled(&document.text, &article);
                    assert_folded(&document.text, &article);
                }
                Event::Error(_) => errors += 1,
                Event::End { outcome, .. } => ends.push(outcome),
            }
        }
        let want = match (documents, errors) {
            (_, 0) => Outcome::Whole,
            (0, _) => Outcome::Failed,
            _ => Outcome::Partial,
        };
        assert_eq!(ends, [want]);
    }

    #[test]
    fn carriage_returns_change_nothing_but_spans(text in page()) {
        let unix = text.replace("\r\n", "\n").replace('\r', "\n");
        let dos = unix.replace('\n', "\r\n");
        let (unix, dos) = (assert_contract(&unix), assert_contract(&dos));
        assert_eq!(without_spans(&unix), without_spans(&dos));
    }
}

/// The record without its id, its source and everything that counts bytes of the document text.
fn without_spans(article: &Article) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|key, _| !matches!(key.as_str(), "span" | "parts"));
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut record = serde_json::to_value(article).unwrap();
    if let Some(members) = record.as_object_mut() {
        members.retain(|key, _| !matches!(key.as_str(), "id" | "source"));
        // Where lines are blank the ledger's entries may be cut otherwise; the rest of it must agree.
        if let Some(Value::Array(entries)) = members.get_mut("ledger") {
            entries.retain(|entry| entry["kind"] != "blank");
        }
    }
    strip(&mut record);
    record
}

#[test]
fn every_kind_and_reason_is_in_the_schema() {
    let listed = |name: &str| {
        let known = &SCHEMA["$defs"]["LedgerEntry"]["properties"][name]["enum"];
        known.as_array().map_or(0, Vec::len)
    };
    assert_eq!(listed("kind"), LineKind::ALL.len());
    assert_eq!(listed("reason"), copydesk::label::Reason::ALL.len());
}

/// Pages of one thing repeated, each of which once took time in the square of its length or might: seeds of the fuzz
/// targets too.
#[test]
fn hostile_pages_keep_the_contract() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile");
    let pages = std::fs::read_dir(folder).unwrap();
    let paths: Vec<_> = pages.map(|entry| entry.unwrap().path()).collect();
    assert!(paths.len() >= 20);
    for path in paths {
        assert_contract(&std::fs::read_to_string(path).unwrap());
    }
}
