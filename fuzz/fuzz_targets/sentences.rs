//! Sentences of any text in any language: in order, on character boundaries, nothing but white space between.
#![no_main]

use libfuzzer_sys::fuzz_target;

const LANGUAGES: [&str; 8] = ["en", "ko", "ja", "zh", "de", "fr", "und", "ar"];

fuzz_target!(|data: (u8, &str)| {
    let (choice, text) = data;
    let language = LANGUAGES[usize::from(choice) % LANGUAGES.len()];
    let mut last = 0;
    for (start, end) in copydesk::sentences::spans(text, language) {
        let (start, end) = (start as usize, end as usize);
        assert!(start >= last && start < end);
        assert!(text.get(start..end).is_some());
        assert!(text[last..start].trim().is_empty(), "text between sentences");
        last = end;
    }
    assert!(text[last..].trim().is_empty(), "text behind the sentences");
});
