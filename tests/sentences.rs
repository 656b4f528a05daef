//! Sentence splitting from outside: the invented Korean news set, and what must hold for any text.
//!
//! In `fixtures/sentences/ko-news.jsonl` a quotation that holds its own mark and is followed by a clause of its own
//! (`"…합니다." 주민은 말했다.`) is a sentence; one that a verb takes up (`"…합니다."라고 말했다`) is none.

use copydesk::sentences::spans;
use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

#[test]
fn the_korean_news_set_comes_back() {
    let gold = include_str!("../fixtures/sentences/ko-news.jsonl");
    let (mut sentences, mut exact) = (0, 0);
    for line in gold.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = row["text"].as_str().unwrap();
        let got: Vec<&str> = spans(text, "ko")
            .into_iter()
            .map(|(start, end)| &text[start as usize..end as usize])
            .collect();
        for want in row["sentences"].as_array().unwrap() {
            sentences += 1;
            exact += usize::from(got.contains(&want.as_str().unwrap()));
        }
    }
    assert!(sentences >= 150, "{sentences} sentences");
    assert!(
        exact as f64 >= 0.98 * sentences as f64,
        "{exact} of {sentences} exact"
    );
}

#[test]
fn a_quotation_mark_is_not_torn_from_the_sentence_it_closes() {
    let text = "הם חיכו (בנמל). אחר כך באו. \"הם אמרו כך.\" בינתיים ירד גשם.";
    let last = spans(text, "he").pop().unwrap();
    assert!(!text[last.0 as usize..].starts_with('"'));
}

const LANGUAGES: [&str; 8] = ["ko", "ja", "zh", "en", "de", "und", "xx", ""];

fn check(text: &str, language: &str) {
    let mut at = 0;
    for (start, end) in spans(text, language) {
        let (start, end) = (start as usize, end as usize);
        assert!(
            at <= start && start < end && end <= text.len(),
            "{language}: {text:?}"
        );
        assert!(
            text[at..start].chars().all(char::is_whitespace),
            "{language}: {text:?}"
        );
        at = end;
    }
    assert!(
        text[at..].chars().all(char::is_whitespace),
        "{language}: {text:?}"
    );
}

proptest! {
    #[test]
    fn sentences_cover_any_text_in_order(text in any::<String>(), language in 0..LANGUAGES.len()) {
        check(&text, LANGUAGES[language]);
    }

    #[test]
    fn sentences_cover_texts_of_marks(
        words in prop::collection::vec("[다요음임가a1 ]{0,3}[.!?…。！？\"'()「」\\[\\]<>“”~ㅋ^ \n]{0,4}", 0..24),
        language in 0..LANGUAGES.len(),
    ) {
        check(&words.concat(), LANGUAGES[language]);
    }

    #[test]
    fn splitting_is_deterministic(text in "\\PC{0,80}") {
        prop_assert_eq!(spans(&text, "ko"), spans(&text, "ko"));
        prop_assert!(spans("", "ko").is_empty());
    }
}
