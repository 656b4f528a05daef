//! Each stage alone and the whole, on invented pages: English, Korean and mixed, small, usual and long.
//! `cargo bench --bench stages`

mod support;

use copydesk::classify::model::Model;
use copydesk::config::Config;
use copydesk::document::{Document, Units};
use copydesk::label::Labels;
use copydesk::output::jsonl;
use copydesk::{Cleaner, classify, layout, metadata, segment, sentences};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use support::{Length, Script, pages};

fn main() {
    divan::main();
}

const BYTES: usize = 400_000;

const WHAT: [(Script, Length); 5] = [
    (Script::English, Length::Usual),
    (Script::Korean, Length::Usual),
    (Script::Mixed, Length::Usual),
    (Script::Mixed, Length::Small),
    (Script::Mixed, Length::Long),
];

/// What each stage hands to the next.
struct Stages {
    document: Document,
    units: Units,
    labels: Labels,
}

fn documents((script, length): (Script, Length)) -> Vec<Document> {
    let document = |text| Document {
        text,
        ..Document::default()
    };
    pages(BYTES, script, length)
        .into_iter()
        .map(document)
        .collect()
}

fn stages(what: (Script, Length)) -> Vec<Stages> {
    let judge = |document: Document| {
        let units = layout::units(&document.text);
        let labels = classify::classify(&document.text, &units, Model::shipped());
        Stages {
            document,
            units,
            labels,
        }
    };
    documents(what).into_iter().map(judge).collect()
}

fn bytes<'a>(documents: impl IntoIterator<Item = &'a Document>) -> BytesCount {
    let sizes = documents.into_iter().map(|document| document.text.len());
    BytesCount::new(sizes.sum::<usize>())
}

#[divan::bench(args = WHAT, max_time = 3)]
fn layout_units(bencher: Bencher<'_, '_>, what: (Script, Length)) {
    let documents = documents(what);
    bencher.counter(bytes(&documents)).bench_local(|| {
        for document in &documents {
            black_box(layout::units(&document.text));
        }
    });
}

#[divan::bench(args = WHAT, max_time = 3)]
fn classify_units(bencher: Bencher<'_, '_>, what: (Script, Length)) {
    let stages = stages(what);
    bencher
        .counter(bytes(stages.iter().map(|stage| &stage.document)))
        .bench_local(|| {
            for stage in &stages {
                let text = &stage.document.text;
                black_box(classify::classify(text, &stage.units, Model::shipped()));
            }
        });
}

#[divan::bench(args = WHAT, max_time = 3)]
fn metadata_fields(bencher: Bencher<'_, '_>, what: (Script, Length)) {
    let stages = stages(what);
    let config = Config::default();
    bencher
        .counter(bytes(stages.iter().map(|stage| &stage.document)))
        .bench_local(|| {
            for stage in &stages {
                black_box(metadata::extract(
                    &stage.document,
                    &stage.units,
                    &stage.labels,
                    &config,
                    metadata::Rankers::shipped(),
                ));
            }
        });
}

#[divan::bench(args = WHAT, max_time = 3)]
fn segment_blocks(bencher: Bencher<'_, '_>, what: (Script, Length)) {
    let stages = stages(what);
    bencher
        .counter(bytes(stages.iter().map(|stage| &stage.document)))
        .bench_local(|| {
            for stage in &stages {
                black_box(segment::segment(
                    &stage.document,
                    &stage.units,
                    &stage.labels,
                    &segment::Seams::default(),
                ));
            }
        });
}

#[divan::bench(args = WHAT, max_time = 3)]
fn sentence_spans(bencher: Bencher<'_, '_>, what: (Script, Length)) {
    let documents = documents(what);
    let language = if what.0 == Script::Korean { "ko" } else { "en" };
    bencher.counter(bytes(&documents)).bench_local(|| {
        for document in &documents {
            for line in document.text.lines() {
                black_box(sentences::spans(line, language));
            }
        }
    });
}

#[divan::bench(args = WHAT, max_time = 3)]
fn json_line(bencher: Bencher<'_, '_>, what: (Script, Length)) {
    let documents = documents(what);
    let cleaner = Cleaner::new(Config::default());
    let articles: Vec<_> = documents
        .iter()
        .map(|document| cleaner.clean(document))
        .collect();
    bencher.counter(bytes(&documents)).bench_local(|| {
        for article in &articles {
            let mut line = Vec::new();
            let _ = jsonl::record(&mut line, article);
            black_box(line);
        }
    });
}

#[divan::bench(args = WHAT, max_time = 3)]
fn the_whole(bencher: Bencher<'_, '_>, what: (Script, Length)) {
    let documents = documents(what);
    let cleaner = Cleaner::new(Config::default());
    bencher.counter(bytes(&documents)).bench_local(|| {
        for document in &documents {
            black_box(cleaner.clean(document));
        }
    });
}
