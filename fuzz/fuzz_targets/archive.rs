//! Archives: as they come, and tar archives with good checksums around parts of the data, nested and damaged.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (options, data) = copydesk_fuzz::options(data);
    let Some((choice, bytes)) = data.split_first() else {
        return;
    };
    if choice & 1 == 0 {
        copydesk_fuzz::read("pages.zip", bytes, &options);
        return;
    }
    let mut packed = Vec::new();
    for (n, part) in bytes.chunks(300).enumerate() {
        let mut header = tar::Header::new_gnu();
        let kind = part.first().copied().unwrap_or(b'0');
        header.set_entry_type(tar::EntryType::new(if kind & 3 == 0 { kind } else { b'0' }));
        header.set_size(if kind == 255 { u64::MAX >> 30 } else { part.len() as u64 });
        let name = header.as_old_mut().name.iter_mut();
        name.zip(format!("{n}.txt").bytes()).for_each(|(to, byte)| *to = byte);
        header.set_cksum();
        packed.extend_from_slice(header.as_bytes());
        packed.extend_from_slice(part);
        packed.resize(packed.len().next_multiple_of(512), 0);
    }
    if choice & 2 == 2 {
        packed.truncate(packed.len() - packed.len() / 7);
    }
    copydesk_fuzz::read("pages.tar", &packed, &options);
});
