//! Compressed data of every kind behind a good magic number.
#![no_main]

use libfuzzer_sys::fuzz_target;

const HEADS: [&[u8]; 6] = [
    b"",
    b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
    b"\x28\xb5\x2f\xfd",
    b"BZh91AY&SY",
    b"\xfd7zXZ\0",
    b"\x04\x22\x4d\x18",
];

fuzz_target!(|data: &[u8]| {
    let (options, data) = copydesk_fuzz::options(data);
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    let head = HEADS[usize::from(*choice) % HEADS.len()];
    copydesk_fuzz::read("pages", &[head, bytes].concat(), &options);
});
