//! Any bytes from reading to the record, with the ledger's invariants and stable ids as oracle.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (options, bytes) = copydesk_fuzz::options(data);
    let got = copydesk_fuzz::read("any", bytes, &options);
    for document in got.documents.iter().take(4) {
        let article = format!("{:?}", copydesk_fuzz::clean(document));
        let again = format!("{:?}", copydesk_fuzz::clean(document));
        assert_eq!(article, again, "not deterministic");
    }
});
