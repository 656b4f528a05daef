//! The whole judgement on any text, held against the record's contract.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    copydesk_fuzz::clean(&copydesk_fuzz::document(text));
});
