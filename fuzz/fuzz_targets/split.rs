//! Texts of many documents, cut in every way.
#![no_main]

use copydesk::input::Options;
use libfuzzer_sys::fuzz_target;

const WAYS: [&str; 6] = ["auto", "blank-lines=2", "form-feed", "nul", "regex=^##", "none"];

fuzz_target!(|data: &[u8]| {
    let (options, data) = copydesk_fuzz::options(data);
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    let way = WAYS[usize::from(*choice) % WAYS.len()];
    let options = Options {
        split: way.parse().expect("a way of splitting"),
        ..options
    };
    let got = copydesk_fuzz::read("dump.txt", bytes, &options);
    let mut last = 0;
    for document in &got.documents {
        let (start, end) = document.source.span;
        assert!(last <= start && end <= bytes.len() as u64, "spans overlap or leave the input");
        last = end;
    }
});
