//! The persons whom a field names, above the text or of a container: `Ann Holm; Bo Roe, political editor`, `홍길순 기자 hong@…`. The field says
//! that they are authors; what is left to tell is where one name ends, and what is none.

use super::spaced;
use crate::document::lower;
use crate::lexicon::{agencies, bylines, name_parts, names};
use crate::metadata::outlet;
use crate::record::Person;

/// What stands between names.
const BETWEEN: [char; 15] = [
    '\n', ',', ';', '/', '|', '、', '，', '；', '·', '(', ')', '[', ']', '（', '）',
];
/// Words of the longest and the shortest name in a script that separates words.
const WORDS: std::ops::RangeInclusive<usize> = 2..=5;
/// Characters of names in Hangul or Chinese characters, which have no spaces.
const DENSE: std::ops::RangeInclusive<usize> = 2..=5;

/// The persons that `value` names, in its order; an agency only where it names no person.
pub(in crate::metadata) fn persons(value: &str, language: &str) -> Vec<Person> {
    let mut persons: Vec<Person> = Vec::new();
    let mut agency = None;
    for piece in value.split(BETWEEN) {
        let mut words: Vec<&str> = Vec::new();
        for word in piece.split_whitespace().chain([""]) {
            let mail = word.contains('@');
            if !(mail || word.is_empty() || name_parts::is_joint(&lower(word))) {
                words.push(word);
                continue;
            }
            let phrase = words.join(" ");
            if agencies::is_agency(&phrase) {
                agency.get_or_insert_with(|| phrase.clone());
            }
            take(&std::mem::take(&mut words), language, &mut persons);
            if let Some(last) = persons.last_mut().filter(|_| mail) {
                let address = word.trim_matches(['<', '>']);
                last.email.get_or_insert_with(|| address.to_owned());
            }
        }
    }
    if persons.is_empty() {
        persons.extend(agency.map(|name| Person {
            name,
            kind: Some("Organization"),
            ..Person::default()
        }));
    }
    persons
}

/// Takes `words` for what they are: a person with or without a title, or the title or the outlet of the one before.
fn take(words: &[&str], language: &str, persons: &mut Vec<Person>) {
    let phrase = words.join(" ");
    if let Some(last) = persons.last_mut() {
        if bylines::is_title(&lower(&phrase)) {
            last.job_title.get_or_insert(phrase);
            return;
        }
        if outlet::is_known(&phrase) {
            last.affiliation.get_or_insert(phrase);
            return;
        }
    }
    let cue = words
        .first()
        .is_some_and(|first| words.len() > *WORDS.start() && bylines::cue(&lower(first)).is_some());
    let words = if cue { &words[1..] } else { words };
    let (name, title) = titled(words, language);
    let bare = name.join(" ");
    let known = persons.iter().any(|person| person.name == bare);
    if is_name(&name, title.is_some(), language) && !known && !outlet::is_name(&bare, language) {
        persons.push(Person {
            name: spaced::printed(&bare),
            job_title: title,
            ..Person::default()
        });
    }
}

/// The words of a name, and the title behind it: `Ann Holm staff writer`, `홍길순 기자`, `홍길순기자`.
fn titled<'a>(words: &[&'a str], language: &str) -> (Vec<&'a str>, Option<String>) {
    for at in 1..words.len() {
        let behind = words[at..].join(" ");
        if bylines::is_title(&lower(&behind)) {
            return (words[..at].to_vec(), Some(behind));
        }
    }
    if let [word] = words {
        for title in bylines::glued_titles(language) {
            if let Some(name) = word.strip_suffix(title).filter(|name| !name.is_empty()) {
                return (vec![name], Some((*title).to_owned()));
            }
        }
    }
    (words.to_vec(), None)
}

/// Whether `words` can be the name of a person; behind a dense one a title says that it is, else its surname has to.
fn is_name(words: &[&str], titled: bool, language: &str) -> bool {
    let letters = |word: &&str| {
        word.chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
    };
    let stop = |word: &&str| !name_parts::is_particle(word) && names::is_stop(&lower(word));
    if !words.iter().all(letters) || words.iter().any(stop) {
        return false;
    }
    if let [word] = words {
        let dense = word
            .chars()
            .all(|c| matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3));
        return dense
            && DENSE.contains(&word.chars().count())
            && (titled || names::surname(word, language) > 0);
    }
    let capital = |word: &&str| {
        let caseless = |c: char| !c.is_lowercase();
        word.chars().next().is_some_and(caseless) || name_parts::is_particle(word)
    };
    WORDS.contains(&words.len()) && words.iter().all(capital)
}

#[cfg(test)]
mod tests {
    use super::persons;

    fn read(value: &str, language: &str) -> Vec<String> {
        let told = |text: Option<String>| text.map_or(String::new(), |text| format!(" | {text}"));
        persons(value, language)
            .into_iter()
            .map(|p| p.name + &told(p.job_title) + &told(p.email) + &told(p.affiliation))
            .collect()
    }

    #[test]
    fn names_are_told_apart() {
        for (value, language, want) in [
            ("Ann Holm", "en", &["Ann Holm"] as &[&str]),
            (
                "By Ann Holm and Bo van Roe",
                "en",
                &["Ann Holm", "Bo van Roe"],
            ),
            (
                "Ann Holm; Bo Roe | Cy Dee",
                "en",
                &["Ann Holm", "Bo Roe", "Cy Dee"],
            ),
            (
                "Ann Holm, political editor, Bo Roe",
                "en",
                &["Ann Holm | political editor", "Bo Roe"],
            ),
            (
                "ANN HOLM <holm@post.example>",
                "en",
                &["Ann Holm | holm@post.example"],
            ),
            ("Ann Holm (Reuters)", "en", &["Ann Holm | Reuters"]),
            (
                "홍길순 기자 hong@hanbit.example",
                "ko",
                &["홍길순 | 기자 | hong@hanbit.example"],
            ),
            (
                "홍길순기자, 김다솜 특파원",
                "ko",
                &["홍길순 | 기자", "김다솜 | 특파원"],
            ),
            ("홍길순", "ko", &["홍길순"]),
            ("Reuters", "en", &["Reuters"]),
        ] {
            assert_eq!(read(value, language), want, "{value}");
        }
    }

    #[test]
    fn what_is_no_person_is_left_out() {
        for (value, language) in [
            ("admin", "en"),
            ("Staff", "en"),
            ("ann holm", "en"),
            ("The harbour board of the whole island", "en"),
            ("편집부", "ko"),
            ("user123 x", "en"),
            ("", "en"),
        ] {
            assert!(read(value, language).is_empty(), "{value}");
        }
    }
}
