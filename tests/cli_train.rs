//! `copydesk train` and `copydesk eval` on the invented pages: what is written, that it is written alike every time,
//! and that it can be used.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::{Run, folder, run};

/// Lays the invented pages out in `folder`: `gold.jsonl` and `text/plain`.
fn corpus(folder: &Path) {
    let text = folder.join("text");
    fs::create_dir_all(text.join("plain")).unwrap();
    let mut gold = String::new();
    let mut names: Vec<PathBuf> =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pages"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "json"))
            .collect();
    names.sort();
    for path in names {
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        let record: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let Some(blocks) = record["blocks"]
            .as_array()
            .filter(|blocks| !blocks.is_empty())
        else {
            continue;
        };
        // Texts for training are UTF-8; one invented page is there for its encoding.
        let Ok(page_text) = fs::read_to_string(path.with_extension("txt")) else {
            continue;
        };
        let blocks: Vec<Value> = blocks
            .iter()
            .filter(|block| block["kind"] != "caption")
            .map(|block| {
                let kind = if block["kind"] == "heading" {
                    "heading"
                } else {
                    "paragraph"
                };
                json!({"kind": kind, "text": block["text"]})
            })
            .collect();
        let body: Vec<&str> = blocks.iter().filter_map(|b| b["text"].as_str()).collect();
        let group = id.split('-').take(2).collect::<Vec<_>>().join("-");
        let page = json!({"id": id, "set": "invented", "group": group, "lang": record["inLanguage"].as_str().unwrap_or_default(),
            "title": record["headline"], "blocks": blocks, "body": body.join("\n\n")});
        gold += &format!("{page}\n");
        fs::write(text.join("plain").join(format!("{id}.txt")), page_text).unwrap();
    }
    fs::write(folder.join("gold.jsonl"), gold).unwrap();
}

/// Runs `copydesk train` with few trees in `folder`, which [`corpus`] has filled.
fn train(folder: &Path, out: &str, more: &[&str]) -> Run {
    let args = [
        "train",
        "--gold",
        "gold.jsonl",
        "--text",
        "text",
        "--trees",
        "4",
        "--out",
        out,
    ];
    run(folder, args.iter().chain(more))
}

/// The header of a weights file.
fn header(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
    String::from_utf8(bytes[..end].to_vec()).unwrap()
}

#[test]
fn training_twice_gives_the_same_weights_and_they_can_be_used() {
    let folder = folder("twice");
    corpus(&folder);
    for out in ["a.weights", "b.weights"] {
        let run = train(&folder, out, &[]);
        assert_eq!(run.code, Some(0), "{}", run.err);
    }
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    assert_eq!(read("a.weights"), read("b.weights"));
    let header = header(&folder.join("a.weights"));
    assert!(
        header.contains("corpus: ") && header.contains("sha256 "),
        "{header}"
    );
    assert!(!header.contains("date: "), "{header}");
    let run = run(
        &folder,
        ["--weights", "a.weights", "text/plain/en-us-agency.txt"],
    );
    assert_eq!((run.code, run.records().len()), (Some(0), 1), "{}", run.err);
}

#[test]
fn pages_of_ones_own_are_added_to_the_shipped_weights() {
    let folder = folder("onto");
    corpus(&folder);
    let run = train(&folder, "own.weights", &["--onto", "shipped"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let header = header(&folder.join("own.weights"));
    assert!(header.contains("\nadded corpus: "), "{header}");
    let shipped = copydesk::classify::model::Model::shipped();
    let own = fs::read(folder.join("own.weights")).unwrap();
    let own = copydesk::classify::model::Model::read(&own).unwrap();
    assert_ne!(&own, shipped);
    assert!(own.provenance.starts_with(&shipped.provenance));
}

#[test]
fn cross_validation_scores_every_page_by_models_that_have_not_seen_its_publisher() {
    let folder = folder("eval");
    corpus(&folder);
    let args = [
        "eval",
        "--gold",
        "gold.jsonl",
        "--text",
        "text",
        "--trees",
        "4",
        "--folds",
        "2",
    ];
    let first = run(
        &folder,
        args.iter()
            .chain(&["--predictions", "said", "--models", "kept"]),
    );
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(first.out.contains("plain: all"), "{}", first.out);
    let said = fs::read_to_string(folder.join("said/plain.jsonl")).unwrap();
    let pages = fs::read_to_string(folder.join("gold.jsonl")).unwrap();
    assert_eq!(said.lines().count(), pages.lines().count());
    // The kept models say the same without being trained again.
    let again = run(
        &folder,
        args.iter()
            .chain(&["--predictions", "again", "--models", "kept"]),
    );
    assert_eq!(again.out, first.out);
    assert_eq!(
        fs::read_to_string(folder.join("again/plain.jsonl")).unwrap(),
        said
    );
}

#[test]
fn gold_that_is_none_is_an_error_that_names_the_line() {
    let folder = folder("bad-gold");
    corpus(&folder);
    fs::write(folder.join("gold.jsonl"), "{\"id\": 3}\n").unwrap();
    let run = train(&folder, "a.weights", &[]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("gold.jsonl:1"), "{}", run.err);
}

#[test]
fn a_folder_that_cannot_be_made_is_said_before_anything_is_trained() {
    let folder = folder("blocked-rankers");
    corpus(&folder);
    fs::write(folder.join("file"), "").unwrap();
    let run = train(&folder, "a.weights", &["--rankers", "file/inner"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(
        run.err.contains("cannot write to file/inner"),
        "{}",
        run.err
    );
    assert!(!folder.join("a.weights").exists());
}

/// An annotated page with so many paragraphs.
fn annotated(paragraphs: usize) -> String {
    let head = "lang: en\ndomain: quay.example\ntitle: The bridge opens\nauthors: Anna Holm\npublished: 2025-03-02\n---\n";
    let body = "P| Nobody had walked across the <a>old bridge</a> for nine years, and the town had grown used to it.\n";
    let page = "-| News\n-| Sport\n.| Share\nT| The bridge opens\n.| By Anna Holm\n";
    format!(
        "{head}{page}{}.| Read also: more\n",
        body.repeat(paragraphs)
    )
}

#[test]
fn annotated_pages_are_learned_from_alone_and_beside_gold() {
    let folder = folder("annotated");
    corpus(&folder);
    fs::create_dir(folder.join("pages")).unwrap();
    for n in 1..4 {
        fs::write(folder.join(format!("pages/{n}.page")), annotated(n + 2)).unwrap();
    }
    let beside = train(&folder, "a.weights", &["--pages", "pages"]);
    assert_eq!(beside.code, Some(0), "{}", beside.err);
    let alone = run(
        &folder,
        [
            "train",
            "--pages",
            "pages",
            "--onto",
            "shipped",
            "--trees",
            "4",
            "--out",
            "b.weights",
        ],
    );
    assert_eq!(alone.code, Some(0), "{}", alone.err);
    let header = header(&folder.join("b.weights"));
    assert!(
        header.contains("added corpus: 3 pages, 15 renderings"),
        "{header}"
    );
    // They are never scored.
    let eval = run(
        &folder,
        [
            "eval",
            "--gold",
            "gold.jsonl",
            "--text",
            "text",
            "--pages",
            "pages",
            "--trees",
            "4",
            "--folds",
            "2",
            "--predictions",
            "said",
        ],
    );
    assert_eq!(eval.code, Some(0), "{}", eval.err);
    let lines = |name: &str| {
        fs::read_to_string(folder.join(name))
            .unwrap()
            .lines()
            .count()
    };
    assert_eq!(lines("said/plain.jsonl"), lines("gold.jsonl"));
}

#[test]
fn a_line_of_an_annotated_page_without_its_code_is_an_error_that_names_it() {
    let folder = folder("bad-page");
    corpus(&folder);
    fs::create_dir(folder.join("pages")).unwrap();
    fs::write(
        folder.join("pages/one.page"),
        "title: A\n---\nP| Text.\nText.\n",
    )
    .unwrap();
    let run = train(&folder, "a.weights", &["--pages", "pages"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("pages/one.page:4"), "{}", run.err);
}

#[test]
fn rankers_and_figures_are_of_gold_alone() {
    let folder = folder("no-gold");
    fs::create_dir(folder.join("pages")).unwrap();
    fs::write(folder.join("pages/one.page"), annotated(3)).unwrap();
    for args in [
        &["train", "--pages", "pages", "--rankers", "rankers"][..],
        &["eval", "--pages", "pages"][..],
    ] {
        let run = run(&folder, args);
        assert_eq!(run.code, Some(2), "{}", run.err);
        assert!(run.err.contains("--gold"), "{}", run.err);
    }
}
