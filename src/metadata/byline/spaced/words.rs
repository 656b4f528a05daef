//! Cuts a line into the words that names are made of.

use crate::document::{is_alphabetic, is_alphanumeric};
use crate::lexicon::name_parts;

/// Bytes of a line for each of its words, about.
const WORD_BYTES: usize = 6;

/// A word of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Begins with a capital, or its script has none.
    pub(super) capital: bool,
    /// Its script has no capitals.
    pub(super) caseless: bool,
    pub(super) digit: bool,
    /// Cut from the word before without anything between.
    pub(super) glued: bool,
    /// An e-mail address, a handle or a web address.
    pub(super) address: bool,
}

fn is_part(c: char) -> bool {
    is_alphanumeric(c) || matches!(u32::from(c), 0x300..=0x36f | 0x900..=0xdff | 0xe31..=0xe4e)
}

/// Cuts `raw` into words; dots stay on initials and titles, hyphens and apostrophes inside words.
pub(super) fn words(raw: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::with_capacity(raw.len() / WORD_BYTES + 1);
    let mut at = 0;
    let mut handle = false;
    while let Some(c) = raw[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        if !is_part(c) {
            handle = c == '@';
            continue;
        }
        let mut previous = c;
        let mut address = handle;
        loop {
            if previous.is_ascii_alphabetic() {
                let small = raw[at..].bytes().take_while(u8::is_ascii_lowercase);
                at += small.count();
                previous = char::from(raw.as_bytes()[at - 1]);
            }
            let Some(next) = raw[at..].chars().next() else {
                break;
            };
            let following = || raw[at + next.len_utf8()..].chars().next();
            let inside = if is_part(next) {
                if !address && boundary(&raw[start..at], previous, next) {
                    break;
                }
                true
            } else {
                match next {
                    '\'' | '’' | '-' | '‐' | '‑' => {
                        // `Dipl.-Ing. Anna Holm`
                        let before = is_alphabetic(previous) || previous == '.' && next == '-';
                        following().is_some_and(is_alphabetic) && before
                    }
                    '.' => {
                        let word = &raw[start..at];
                        let initial = word.rsplit('.').next().is_some_and(|tail| {
                            tail.chars().filter(|c| is_alphabetic(*c)).count() == 1
                        });
                        let known = initial || name_parts::is_abbreviation(word);
                        known
                            || following().is_some_and(is_alphanumeric)
                                && (address
                                    || raw[at..]
                                        .chars()
                                        .take(40)
                                        .take_while(|c| !c.is_whitespace())
                                        .any(|c| c == '@'))
                    }
                    '@' | '_' => following().is_some_and(is_alphanumeric) || address,
                    '*' | ':' | '/' => {
                        let rest = &raw.as_bytes()[at + 1..];
                        rest.starts_with(b"in")
                            && !rest.get(2).is_some_and(u8::is_ascii_lowercase)
                            && previous.is_lowercase()
                            && next != '/'
                            || previous.is_lowercase() && rest.starts_with(b"innen")
                    }
                    _ => false,
                }
            };
            if !inside {
                break;
            }
            address |= next == '@';
            previous = next;
            at += next.len_utf8();
        }
        let end = at;
        let text = &raw[start..end];
        let caseless = !c.is_uppercase() && !c.is_lowercase();
        words.push(Word {
            text,
            start,
            end,
            capital: c.is_uppercase() || caseless && is_alphabetic(c),
            caseless: caseless && is_alphabetic(c),
            digit: c.is_numeric(),
            glued: words.last().is_some_and(|w| w.end == start),
            address,
        });
        handle = false;
    }
    words
}

/// Whether a new word begins between `a` and `b`, which nothing separates: `LaveraTwitter`, `vonElsa`, `Jones5`.
fn boundary(word: &str, a: char, b: char) -> bool {
    if a.is_numeric() != b.is_numeric() && is_alphabetic(a) != is_alphabetic(b) {
        return true;
    }
    a.is_lowercase() && b.is_uppercase() && !name_parts::is_prefix(word)
}
