//! Fields of any text and of any outside evidence; the first line is what the container says.
#![no_main]

use copydesk::classify::model::Model;
use copydesk::config::Config;
use copydesk::metadata::Rankers;
use copydesk::document::Hints;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let (outside, text) = data.split_once('\n').unwrap_or(("", data));
    let mut outside = outside.split('\t').map(str::to_owned);
    let mut document = copydesk_fuzz::document(text);
    document.hints = Hints {
        title: outside.next(),
        outlet: outside.next(),
        date: outside.next(),
        ..Hints::default()
    };
    document.source.url = outside.next();
    document.source.collected = outside.next();
    let units = copydesk::layout::units(text);
    let labels = copydesk::classify::classify(text, &units, Model::shipped());
    let metadata =
        copydesk::metadata::extract(&document, &units, &labels, &Config::default(), Rankers::shipped());
    for claim in &metadata.claims {
        assert!(text.get(claim.span.start as usize..claim.span.end as usize).is_some());
    }
    for date in metadata.date_published.iter().chain(&metadata.date_modified) {
        assert!(date.get(..10).is_some_and(|day| day.as_bytes()[4] == b'-'), "{date}");
    }
});
