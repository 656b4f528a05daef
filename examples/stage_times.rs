use copydesk::{Cleaner, classify, config::Config, document::Document, layout, metadata, segment};
use std::time::Instant;
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let docs: Vec<Document> = text
        .split('\u{c}')
        .map(|t| Document {
            text: t.to_owned(),
            ..Document::default()
        })
        .collect();
    let model = std::sync::Arc::new(
        classify::model::Model::read(&std::fs::read(std::env::args().nth(2).unwrap()).unwrap())
            .unwrap(),
    );
    let config = Config::default();
    let cleaner = Cleaner::with_model(Config::default(), model.clone());
    for d in docs.iter().take(20) {
        cleaner.clean(d);
    }
    let mut t = [0u128; 8];
    let mut lines = 0;
    for d in &docs {
        let a = Instant::now();
        let units = layout::units(&d.text);
        let b = Instant::now();
        let mut labels = classify::classify(&d.text, &units, &model);
        let c = Instant::now();
        let md = metadata::extract(d, &units, &labels, &config);
        let e = Instant::now();
        labels.claim(&md.claims);
        let roles = segment::roles(d, &units, &labels);
        labels.claim(&roles);
        let f = Instant::now();
        let s = segment::segment(d, &units, &labels);
        let g = Instant::now();
        std::hint::black_box(s);
        let art = cleaner.clean(d);
        let h = Instant::now();
        let j = serde_json::to_string(&art).unwrap();
        std::hint::black_box(j);
        let i = Instant::now();
        lines += units.units.len();
        for (k, x) in [b - a, c - b, e - c, f - e, g - f, h - g, i - h]
            .into_iter()
            .enumerate()
        {
            t[k] += x.as_nanos();
        }
    }
    let n = text.len() as f64;
    for (name, x) in [
        "layout", "classify", "metadata", "roles", "segment", "whole", "json",
    ]
    .iter()
    .zip(t)
    {
        println!(
            "{name:10} {:8.2} ns/byte {:8.0} ns/unit {:8.1} ms",
            x as f64 / n,
            x as f64 / lines as f64,
            x as f64 / 1e6
        );
    }
    println!("{} docs {} units {} bytes", docs.len(), lines, text.len());
}
