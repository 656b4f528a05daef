//! How many words a text holds by UAX #29. Plain runs of letters, Hangul, kana, Han and figures are counted by a small
//! state machine over the rules that touch them; a word with any other character is left to
//! `unicode-segmentation`, to which the count is equal on every text.

use unicode_segmentation::UnicodeSegmentation;

use crate::document::{hangul_run, may_hold_wide_blank};

/// What the word boundary rules make of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Anything that ends a word: white space, most marks.
    Other,
    /// `ALetter`.
    Letter,
    /// `Numeric`.
    Digit,
    /// `ExtendNumLet`, the underscore.
    Joiner,
    /// `MidLetter`: holds letters together.
    MidLetter,
    /// `MidNum`: holds figures together.
    MidDigit,
    /// `MidNumLet` and the straight quotation mark: holds either together.
    Mid,
    /// A Han or hiragana character, a word of its own.
    Ideograph,
    /// Holds together with its like.
    Katakana,
    /// Left to `unicode-segmentation`.
    Rare,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Joiner,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidDigit,
            b'.' | b'\'' => Class::Mid,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
};

const fn kind(c: char) -> Class {
    if c.is_ascii() {
        ASCII[c as usize]
    } else {
        wide(c)
    }
}

const fn wide(c: char) -> Class {
    match c {
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' => Class::Letter,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '가'..='힣' => Class::Letter,
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}' => Class::Katakana,
        '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => {
            Class::Ideograph
        }
        '\u{2018}' | '\u{2019}' => Class::Mid,
        '\u{b7}' => Class::MidLetter,
        '\u{ff10}'..='\u{ff19}' => Class::Digit,
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => Class::Letter,
        '\u{ff0c}' | '\u{ff1b}' => Class::MidDigit,
        '\u{ff1a}' => Class::MidLetter,
        '\u{ff0e}' => Class::Mid,
        '\u{a0}'
        | '\u{ab}'
        | '\u{bb}'
        | '\u{2013}'
        | '\u{2014}'
        | '\u{201c}'..='\u{201e}'
        | '\u{2026}'
        | '\u{3000}'..='\u{3002}'
        | '\u{3008}'..='\u{3011}'
        | '\u{30fb}'
        | '\u{ff01}'
        | '\u{ff05}'
        | '\u{ff08}'
        | '\u{ff09}'
        | '\u{ff1f}' => Class::Other,
        _ => Class::Rare,
    }
}

/// Whether the characters that begin with this byte have no case: those from U+3000 to U+D7FF, Han, kana and Hangul among
/// them, but for the few that [`may_hold_rare_case`] finds.
const fn opens_caseless(byte: u8) -> bool {
    matches!(byte, 0xe3..=0xed)
}

/// Whether a character from U+A640 to U+A7FF may stand in the text: rare letters of Latin and Cyrillic, which have a case.
fn may_hold_rare_case(bytes: &[u8]) -> bool {
    let rare = |a: u8, b: u8| u8::from(a == 0xea) & u8::from(b.wrapping_sub(0x99) < 7);
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(0, |any, (a, b)| any | rare(*a, *b)) != 0
}

/// The words of `text` between white space, and how many of them begin with a capital.
pub(super) fn between_blanks(text: &str) -> (usize, usize) {
    if may_hold_wide_blank(text) {
        let words = text.split_whitespace();
        let capitals = words
            .clone()
            .filter(|word| word.starts_with(char::is_uppercase));
        return (words.count(), capitals.count());
    }
    let bytes = text.as_bytes();
    let blank = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let Some((first, rest)) = bytes.split_first() else {
        return (0, 0);
    };
    let mut words = usize::from(!blank(*first));
    let mut capitals = usize::from(text.starts_with(char::is_uppercase));
    let mut wide = false;
    // Sums of so many bytes fit a byte; the compiler takes sixteen at once, and none is left over.
    for (before, bytes) in bytes.chunks(240).zip(rest.chunks(240)) {
        let (mut begun, mut capital, mut beyond) = (0, 0, 0);
        for (before, byte) in before.iter().zip(bytes) {
            let begins = u8::from(blank(*before)) & u8::from(!blank(*byte));
            begun += begins;
            capital += begins & u8::from(byte.is_ascii_uppercase());
            beyond |= begins & u8::from(!byte.is_ascii()) & u8::from(!opens_caseless(*byte));
        }
        words += usize::from(begun);
        capitals += usize::from(capital);
        wide |= beyond != 0;
    }
    if wide || may_hold_rare_case(bytes) {
        let starts = bytes.iter().zip(rest).enumerate();
        let starts = starts.filter(|(_, (before, byte))| blank(**before) && !byte.is_ascii());
        let capital = |(at, _): &(usize, _)| text[at + 1..].starts_with(char::is_uppercase);
        capitals += starts.filter(capital).count();
    }
    (words, capitals)
}

/// How many bytes of ASCII letters and Hangul `bytes` begins with.
#[inline]
fn letters(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let syllables = hangul_run(&bytes[at..]);
        if syllables == 0 {
            break;
        }
        at += syllables;
    }
    at
}

/// The number of words of `text` by UAX #29: of its segments between word boundaries, those that hold a letter or a
/// figure.
#[must_use]
pub fn count(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut words = 0;
    let mut at = 0;
    while at < bytes.len() {
        let (count, next) = plain_run(text, at);
        words += count;
        at = next;
    }
    words
}

/// Counts from `start`, where a word may begin, to the end of the text, or to the end of the first stretch that holds
/// a rare character: from one mark or blank that ends words to the next. The count, and where to go on.
fn plain_run(text: &str, start: usize) -> (u64, usize) {
    let bytes = text.as_bytes();
    let mut words = 0;
    // Words before the stretch that `at` stands in, and where it begins.
    let mut before = 0;
    let mut stretch = start;
    let mut last = Class::Other;
    // The letter or figure, and the mark after it that may hold it together with the next.
    let mut held: Option<(Class, Class)> = None;
    let mut counted = false;
    let mut at = start;
    while at < bytes.len() {
        // No rule ends a word between letters.
        let run = letters(&bytes[at..]);
        let found = if run > 0 {
            at += run;
            // Most of a text are words with a space on either side.
            if !counted && bytes.get(at) == Some(&b' ') {
                at += 1;
                words += 1;
                (before, stretch) = (words, at);
                (last, held) = (Class::Other, None);
                continue;
            }
            Class::Letter
        } else if let Some(class) = ASCII.get(usize::from(bytes[at])) {
            at += 1;
            *class
        } else {
            let c = text[at..].chars().next().unwrap_or(' ');
            at += c.len_utf8();
            wide(c)
        };
        match found {
            Class::Letter | Class::Digit => {
                let holds = match (held, found) {
                    (Some((Class::Letter, Class::MidLetter | Class::Mid)), Class::Letter) => true,
                    (Some((Class::Digit, Class::MidDigit | Class::Mid)), Class::Digit) => true,
                    _ => matches!(last, Class::Letter | Class::Digit | Class::Joiner),
                };
                counted &= holds;
                if !counted {
                    words += 1;
                    counted = true;
                }
                last = found;
                held = None;
            }
            Class::Katakana => {
                counted &= matches!(last, Class::Katakana | Class::Joiner);
                if !counted {
                    words += 1;
                    counted = true;
                }
                last = found;
                held = None;
            }
            Class::Joiner => {
                counted &= matches!(
                    last,
                    Class::Letter | Class::Digit | Class::Joiner | Class::Katakana
                );
                last = Class::Joiner;
                held = None;
            }
            Class::MidLetter | Class::MidDigit | Class::Mid => {
                held = matches!(last, Class::Letter | Class::Digit).then_some((last, found));
                last = Class::Other;
            }
            Class::Ideograph => {
                words += 1;
                last = Class::Other;
                held = None;
                counted = false;
            }
            Class::Other => {
                last = Class::Other;
                held = None;
                counted = false;
                before = words;
                stretch = at;
            }
            Class::Rare => {
                let end = text[at..]
                    .char_indices()
                    .find(|(_, c)| kind(*c) == Class::Other)
                    .map_or(bytes.len(), |(end, _)| at + end);
                let rest = text[stretch..end].unicode_words().count() as u64;
                return (before + rest, end);
            }
        }
    }
    (words, bytes.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use unicode_segmentation::UnicodeSegmentation;

    use super::{between_blanks, count, may_hold_rare_case, opens_caseless};

    #[test]
    fn the_rules_for_marks_between_letters_and_figures() {
        for text in [
            "can't 3.14 1,000 a.b 1.a a:b 1:2 a,b _ __a a_1 a__ 'a' a'' .a a. 12;3 l’été",
            "5월 26일 알리윈(阿里雲) 7,000억원 51.8%로 A·B AI·스마트카 e메일 2022.05.30",
            "Привет, мир-то… «да» naïve façade",
            "コーヒー 東京都で・・・ ไทย e\u{301}a \u{200d} a\u{ad}b ㄱㄴ ㆍ각 👍🏽 1\u{a0}2",
        ] {
            assert_eq!(count(text), text.unicode_words().count() as u64, "{text}");
        }
    }

    #[test]
    fn what_is_told_to_have_no_case_has_none() {
        for c in '\u{80}'..=char::MAX {
            let text = format!("a {c}");
            let told = opens_caseless(text.as_bytes()[2]) && !may_hold_rare_case(text.as_bytes());
            assert!(!told || !c.is_uppercase(), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn what_stands_between_blanks_is_what_splitting_gives(text in "[aÉé 가A\n\u{a0}\u{3000}\u{2028}“漢ж.]{0,40}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
            prop_assert_eq!(between_blanks(&text), (words.len(), capitals));
        }

        #[test]
        fn the_count_is_that_of_unicode_segmentation(text in any::<String>()) {
            prop_assert_eq!(count(&text), text.unicode_words().count() as u64);
        }

        #[test]
        fn the_count_of_mixed_runs_too(text in "[a1_.,:;' \n’·가漢éжＡ１，：．％©カーあ\u{301}\u{200d}ㄱ“…-]{0,60}") {
            prop_assert_eq!(count(&text), text.unicode_words().count() as u64);
        }
    }
}
