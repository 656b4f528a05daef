//! JSON lines, arrays, and what is almost one.
#![no_main]

use copydesk::input::{Format, Options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (options, bytes) = copydesk_fuzz::options(data);
    let options = Options {
        from: Some(Format::Json),
        ..options
    };
    copydesk_fuzz::read("page.json", bytes, &options);
});
