//! What stands behind the word for a reporter: the end of a byline, speech, or a sentence.

/// What follows a role word: nothing, or speech such as `기자입니다`, `기자의 보도입니다`, `기자가 전합니다`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Boundary,
    Spoken,
    Sentence,
}

pub(super) fn after_role(rest: &str, tail: &str) -> After {
    if rest.is_empty() {
        return After::Boundary;
    }
    let spoken = |text: &str| {
        [
            "입니다",
            "의 보도",
            "의 단독",
            "가 보도",
            "가 취재",
            "가 전해",
            "가 전합",
            "의 취재",
            "가 단독",
        ]
        .iter()
        .any(|form| text.starts_with(form))
    };
    if spoken(rest) || spoken(&format!("{rest}{tail}")) {
        After::Spoken
    } else {
        After::Sentence
    }
}
