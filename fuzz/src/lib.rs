//! What must hold of any input: the oracles of the fuzz targets. A target that finds a violation panics.

use std::ops::ControlFlow;

use copydesk::Cleaner;
use copydesk::config::Config;
use copydesk::document::{Document, Source, is_blank};
use copydesk::input::{self, Event, Limits, Options, Outcome};
use copydesk::label::LineKind;
use copydesk::output::sanitize;
use copydesk::record::Article;

/// What reading gave.
#[derive(Debug, PartialEq, Eq)]
pub struct Got {
    pub documents: Vec<Document>,
    pub errors: usize,
}

/// Small, so that the limit is met.
pub const LARGEST_DOCUMENT: usize = 1 << 16;

/// Reads `bytes` as the file `name` and holds the events against the contract: one end, which says how it went; every
/// document within its limit and its span within reason; the same again when read again.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Got {
    let got = read_once(name, bytes, options);
    assert_eq!(got, read_once(name, bytes, options), "not deterministic");
    got
}

fn read_once(name: &str, bytes: &[u8], options: &Options) -> Got {
    let mut got = Got {
        documents: Vec::new(),
        errors: 0,
    };
    let mut ends = Vec::new();
    let _ = input::visit_bytes(name, bytes.to_vec(), options, &mut |event| {
        assert!(ends.is_empty(), "an event behind the end");
        match event {
            Event::Document(document) => {
                assert!(document.source.span.0 <= document.source.span.1);
                let replaced = document.warnings.contains(&"decode-replaced");
                assert_eq!(replaced, document.source.replaced > 0);
                got.documents.push(*document);
            }
            Event::Error(error) => {
                let shown = sanitize::line(&error.to_string()).to_string();
                assert!(!shown.contains('\n'), "an error of several lines");
                got.errors += 1;
            }
            Event::End { outcome, .. } => ends.push(outcome),
        }
        ControlFlow::Continue(())
    });
    let want = match (got.errors, got.documents.len()) {
        (0, _) => Outcome::Whole,
        (_, 0) => Outcome::Failed,
        _ => Outcome::Partial,
    };
    assert_eq!(ends, [want]);
    got
}

/// Options that the first bytes of `data` choose, and the rest of it.
pub fn options(data: &[u8]) -> (Options, &[u8]) {
    let options = Options {
        limits: Limits {
            document_bytes: LARGEST_DOCUMENT,
            ..Limits::default()
        },
        ..Options::default()
    };
    match data.split_first() {
        Some((choice, rest)) => (
            Options {
                fix_mojibake: choice & 1 == 1,
                limits: Limits {
                    document_bytes: if choice & 2 == 2 { 64 } else { LARGEST_DOCUMENT },
                    line_bytes: if choice & 4 == 4 { 40 } else { LARGEST_DOCUMENT },
                    lines: if choice & 8 == 8 { 5 } else { LARGEST_DOCUMENT },
                    members: if choice & 16 == 16 { 2 } else { 100 },
                    ..Limits::default()
                },
                ..options
            },
            rest,
        ),
        None => (options, data),
    }
}

/// A document of nothing but `text`.
pub fn document(text: &str) -> Document {
    Document {
        text: text.to_owned(),
        source: Source {
            path: "fuzz.txt".to_owned(),
            span: (0, text.len() as u64),
            encoding: "UTF-8",
            ..Source::default()
        },
        ..Document::default()
    }
}

/// Cleans `document` and holds the record against the contract.
pub fn clean(document: &Document) -> Article {
    let config = Config {
        ledger: true,
        evidence: true,
        ..Config::default()
    };
    let article = Cleaner::new(config).clean(document);
    tiled(&document.text, &article);
    article
        .evidence
        .iter()
        .flatten()
        .filter_map(|(_, evidence)| evidence.span)
        .for_each(|span| slice(&document.text, span));
    for block in &article.blocks {
        slice(&document.text, block.span);
        block.parts.iter().for_each(|part| slice(&document.text, *part));
        block.sentences.iter().for_each(|span| slice(&block.text, *span));
        let folded = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(block.text, folded, "white space left");
    }
    let body: Vec<&str> = article
        .blocks
        .iter()
        .filter(|block| block.is_body())
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(article.article_body, body.join("\n\n"));
    article
}

fn slice(text: &str, span: (u64, u64)) {
    assert!(
        text.get(span.0 as usize..span.1 as usize).is_some(),
        "a span outside the text or within a character"
    );
}

/// The ledger covers every byte once, in order, on character boundaries, and `removed` sums it up.
fn tiled(text: &str, article: &Article) {
    let (mut at, mut removed) = (0, 0);
    for entry in article.ledger.iter().flatten() {
        assert_eq!(entry.span.0, at, "a gap or an overlap");
        assert!(entry.span.1 > entry.span.0, "an empty entry");
        slice(text, entry.span);
        let slice = &text[entry.span.0 as usize..entry.span.1 as usize];
        let kind = LineKind::ALL.iter().find(|kind| kind.code() == entry.kind);
        let kind = kind.expect("a kind");
        if kind.is_removed() {
            let printed = slice.chars().filter(|c| !c.is_whitespace());
            removed += printed.map(char::len_utf8).sum::<usize>() as u64;
        }
        assert!(*kind != LineKind::Blank || slice.chars().all(is_blank));
        at = entry.span.1;
    }
    assert_eq!(at, text.len() as u64, "the end is not accounted for");
    assert_eq!(article.removed.bytes, removed);
}
