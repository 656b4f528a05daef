//! Markdown.
#![no_main]

use copydesk::input::{Format, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (options, bytes) = copydesk_fuzz::options(data);
    let options = Options {
        from: Some(Format::Markdown),
        ..options
    };
    copydesk_fuzz::read("page.md", bytes, &options);
});
