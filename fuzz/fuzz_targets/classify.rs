//! Every unit gets a verdict, whatever the text.
#![no_main]

use copydesk::classify::model::Model;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let units = copydesk::layout::units(text);
    let labels = copydesk::classify::classify(text, &units, Model::shipped());
    for piece in &labels.pieces {
        assert!(text.get(piece.span.start as usize..piece.span.end as usize).is_some());
        assert!(piece.verdict.confidence <= 100);
    }
    assert!(units.units.is_empty() || !labels.pieces.is_empty());
});
