//! The short way for texts that raise no question: no mark but at the end, or English whose full stops stand after
//! ordinary words. What it finds is what `sentencex` would; everything else is left to that.

use sentencex::languages::{English, Language};

use crate::record::Bytes;

/// Shorter words may be units, initials or abbreviations, in bytes.
const ORDINARY_WORD: usize = 4;

/// Longer ones are not looked back through.
const LONGEST_WORD: usize = 28;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    /// `.`, `!` or `?`.
    Mark,
    /// Raises no question inside a word.
    Apostrophe,
    /// `"`, which opens and closes.
    Straight,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// Another mark that pairs or stands for something: a question where the text holds several sentences.
    Odd,
    /// The first byte of a character of two bytes, none of them a mark.
    Latin,
    /// The first byte of a dash or a curly quotation mark, if the next two say so.
    General,
    /// Left to `sentencex`.
    Rare,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Plain; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'.' | b'!' | b'?' => Class::Mark,
            b'\'' => Class::Apostrophe,
            b'"' => Class::Straight,
            b'(' => Class::Open,
            b')' => Class::Close,
            b'[' | b']' | b'{' | b'}' | b'<' | b'>' | b'`' | b'@' | b'*' => Class::Odd,
            b'\n' | b'\r' => Class::Rare,
            // U+0080 to U+033F, of which U+0085 and « » matter.
            0xc3..=0xcc => Class::Latin,
            0xe2 => Class::General,
            0x80.. => Class::Rare,
            _ => Class::Plain,
        };
        byte += 1;
    }
    table
};

/// The sentences of `text`, or nothing where it takes more to tell.
pub(super) fn spans(text: &str, language: &str) -> Option<Vec<Bytes>> {
    let bytes = text.as_bytes();
    let mut odd = false;
    // The mark that closes the quotation or bracket in which `at` stands.
    let mut open = None;
    let mut found = Vec::new();
    // Whether a sentence begins with a quotation, which then has to be closed.
    let mut quoted = false;
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match CLASSES[byte as usize] {
            Class::Plain => {}
            Class::Apostrophe => odd |= !inside_word(bytes, at, 1),
            Class::Straight => odd |= !turn(&mut open, Some('"'), '"'),
            Class::Open => odd |= !turn(&mut open, None, ')'),
            Class::Close => odd |= !turn(&mut open, Some(')'), ')'),
            Class::Odd => odd = true,
            Class::Latin => {
                at += 2;
                continue;
            }
            Class::General => {
                match (bytes.get(at + 1), bytes.get(at + 2)) {
                    (Some(0x80), Some(0x99)) => odd |= !inside_word(bytes, at, 3),
                    (Some(0x80), Some(0x9c)) => odd |= !turn(&mut open, None, '”'),
                    (Some(0x80), Some(0x9d)) => odd |= !turn(&mut open, Some('”'), '”'),
                    (Some(0x80), Some(0x98..=0x9f)) => odd = true,
                    (Some(0x80), Some(0x90..=0x97)) => {}
                    _ => return None,
                }
                at += 3;
                continue;
            }
            Class::Rare => return None,
            Class::Mark => {
                if is_end(&text[at..]) {
                    if open == Some('”') && text[at..].contains('”') {
                        open = None;
                    }
                    break;
                }
                if odd || open.is_some() || language != "en" {
                    return None;
                }
                if goes_on(text, at) {
                    at += 1;
                    continue;
                }
                if !ends_sentence(text, at) {
                    return None;
                }
                quoted |= text[at + 1..].starts_with(" “");
                super::push_trimmed(text, &mut found, start, at + 1);
                start = at + 1;
            }
        }
        at += 1;
    }
    // A mark that raises a question after the first sentence raises it for the whole text.
    if odd && !found.is_empty() || quoted && open.is_some() {
        return None;
    }
    super::push_trimmed(text, &mut found, start, text.len());
    Some(found)
}

/// Opens or closes a pair at a mark: `closes` is the mark it closes, if it may, and `opened` the one it waits for
/// otherwise. Whether that leaves no question.
fn turn(open: &mut Option<char>, closes: Option<char>, opened: char) -> bool {
    match (*open, closes) {
        (Some(want), Some(mark)) if want == mark => *open = None,
        (None, None) => *open = Some(opened),
        (None, Some('"')) => *open = Some('"'),
        _ => return false,
    }
    true
}

/// Whether letters stand on both sides of the mark of `len` bytes at `at`.
fn inside_word(bytes: &[u8], at: usize, len: usize) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    at > 0 && letter(bytes.get(at - 1)) && letter(bytes.get(at + len))
}

/// Whether nothing but marks and what closes after them is left.
fn is_end(rest: &str) -> bool {
    rest.trim_end_matches(['.', '!', '?', '"', '\'', '”', '’', ')', ' '])
        .is_empty()
}

/// Knows the abbreviations, in lower case.
static ENGLISH: English = English {};

/// Whether the single mark at `at` ends nothing: `4.2`, `Feb. 21`.
fn goes_on(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if at == 0 || bytes[at] != b'.' {
        return false;
    }
    if digit(at - 1) {
        return digit(at + 1);
    }
    if bytes.get(at + 1) != Some(&b' ') || !digit(at + 2) {
        return false;
    }
    let Some([first, rest @ ..]) = word_before(bytes, at) else {
        return false;
    };
    let mut lower = [0; LONGEST_WORD];
    let lower = &mut lower[..=rest.len()];
    lower[0] = first.to_ascii_lowercase();
    lower[1..].copy_from_slice(rest);
    first.is_ascii_uppercase()
        && rest.len() > 1
        && rest.iter().all(u8::is_ascii_lowercase)
        && is_abbreviation(lower)
}

fn is_abbreviation(word: &[u8]) -> bool {
    std::str::from_utf8(word).is_ok_and(|word| ENGLISH.get_abbreviations().contains(word))
}

/// The bytes between the last blank and the mark at `at`, if they are not too many.
fn word_before(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let from = at.saturating_sub(LONGEST_WORD);
    let blank = memchr::memrchr(b' ', &bytes[from..at])?;
    Some(&bytes[from + blank + 1..at])
}

/// Whether the single mark at `at` stands after an ordinary word and before a blank and a capital or a quotation that
/// begins with one.
fn ends_sentence(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let Some(rest) = text[at + 1..].strip_prefix(' ') else {
        return false;
    };
    let next = rest.strip_prefix('“').unwrap_or(rest);
    next.starts_with(|c: char| c.is_ascii_uppercase())
        && word_before(bytes, at).is_some_and(|word| {
            word.len() >= ORDINARY_WORD
                && word.iter().all(u8::is_ascii_lowercase)
                && !is_abbreviation(word)
        })
}

#[cfg(test)]
mod tests {
    use super::spans;
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    #[test]
    fn ordinary_english_takes_the_short_way() {
        let text = "The ferry sailed at dawn. It's late again! Nobody waited.";
        assert_eq!(spans(text, "en").map(|found| found.len()), Some(3));
        assert_eq!(spans("Die Fähre fuhr um 7.30 Uhr ab", "de"), None);
        let text = "It fell 4.2 percent on Feb. 21 at dawn. “Nobody knew,” she said. “They slept.”";
        assert_eq!(spans(text, "en").map(|found| found.len()), Some(3));
        assert_eq!(spans("They slept. “Nobody knew.", "en"), None);
        assert_eq!(spans("She lives in the U.S. Today she left.", "en"), None);
    }

    proptest! {
        #[test]
        fn the_short_way_leads_where_the_long_way_does(
            words in prop::collection::vec(
                "[a-zA-Z]{1,6}[.!?,]{0,2}|[0-9]{1,3}[.!?][0-9]{1,2}[.,]?|(Feb|Jan|No|St|Sept|Gen|Fig|Vol|Etc|feb)[.]|[0-9]{1,4}|it's|don’t|\"?[A-Z][a-z]{3,5}[,.]?|[(][a-z]{4,5}[)]|“[a-z]{4,5},?”|“[A-Z][a-z]{3,4}|[a-z]{3,5}[.,]”",
                0..12,
            ),
        ) {
            let text = words.join(" ");
            if let Some(short) = spans(&text, "en") {
                prop_assert_eq!(short, crate::sentences::alphabetic::the_long_way(&text, "en"));
            }
        }
    }
}
