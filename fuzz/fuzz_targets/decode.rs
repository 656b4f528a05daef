//! Any bytes, in an encoding that is detected, declared by a mark or forced.
#![no_main]

use copydesk::input::{Options, Split};
use libfuzzer_sys::fuzz_target;

const LABELS: [&str; 8] = [
    "utf-8", "euc-kr", "shift_jis", "gb18030", "windows-1252", "utf-16le", "iso-2022-jp", "big5",
];

fuzz_target!(|data: &[u8]| {
    let (options, data) = copydesk_fuzz::options(data);
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    let label = LABELS.get(usize::from(*choice));
    let options = Options {
        encoding: label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes())),
        split: Split::None,
        ..options
    };
    copydesk_fuzz::read("page.txt", bytes, &options);
});
