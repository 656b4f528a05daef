//! What Unicode says of characters, from tables made at build time. The standard library walks through runs for
//! anything but ASCII, some hundred instructions for a character, which is most of the time in Korean text.

use std::borrow::Cow;

/// One bit for each character of the basic plane.
struct Plane(&'static [u8; 1 << 13]);

impl Plane {
    #[inline]
    fn has(&self, c: char) -> Option<bool> {
        let byte = self.0.get(c as usize >> 3)?;
        Some(byte >> (c as u32 & 7) & 1 == 1)
    }
}

static ALPHABETIC: Plane = Plane(include_bytes!(concat!(env!("OUT_DIR"), "/alphabetic.bits")));
static ALPHANUMERIC: Plane = Plane(include_bytes!(concat!(
    env!("OUT_DIR"),
    "/alphanumeric.bits"
)));

/// The same as [`char::is_alphabetic`].
#[inline]
#[must_use]
pub fn is_alphabetic(c: char) -> bool {
    ALPHABETIC.has(c).unwrap_or_else(|| c.is_alphabetic())
}

/// The same as [`char::is_alphanumeric`].
#[inline]
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    ALPHANUMERIC.has(c).unwrap_or_else(|| c.is_alphanumeric())
}

/// The Hangul syllable that UTF-8 text begins with, if it does.
#[inline]
#[must_use]
pub fn hangul(bytes: &[u8]) -> Option<char> {
    let &[a @ 0xea..=0xed, b, c] = bytes.first_chunk()? else {
        return None;
    };
    let code = u32::from(a & 0xf) << 12 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f);
    char::from_u32(code).filter(|c| matches!(c, '가'..='힣'))
}

/// How many bytes of Hangul syllables `bytes` begins with. What opens all but the first and the last of their rows is told
/// by its first byte.
#[inline]
#[must_use]
pub fn hangul_run(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(first) = bytes.get(at)
        && (matches!(first, 0xeb | 0xec)
            || matches!(first, 0xea | 0xed) && is_of_edge(&bytes[at..]))
    {
        at += 3;
    }
    at
}

/// Whether a syllable of the first or the last row opens `bytes`: one from 가 on, or up to 힣.
#[inline]
fn is_of_edge(bytes: &[u8]) -> bool {
    let Some([a, b, c]) = bytes.first_chunk() else {
        return false;
    };
    match u16::from_be_bytes([*a, *b]) {
        0xeab0.. if *a == 0xea => true,
        0xed9e => *c <= 0xa3,
        row => (0xed00..0xed9e).contains(&row),
    }
}

/// Common characters beyond ASCII that are their own lower case: letters of scripts without case, small letters, marks.
const fn is_low(c: char) -> bool {
    matches!(c, '가'..='힣' | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fa5}' | '\u{80}'..='\u{bf}'
        | '\u{df}'..='\u{ff}' | '\u{430}'..='\u{45f}' | '\u{2000}'..='\u{206f}')
}

/// Calls `each` with the lower case of `c`, mostly one character.
#[inline]
pub fn each_lower(c: char, each: impl FnMut(char)) {
    if c.is_ascii() {
        std::iter::once(c.to_ascii_lowercase()).for_each(each);
    } else if is_low(c) {
        std::iter::once(c).for_each(each);
    } else {
        c.to_lowercase().for_each(each);
    }
}

/// The letters and digits of `text` in lower case: what two prints of one name have in common.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_alphanumeric(*c)) {
        each_lower(c, |c| key.push(c));
    }
    key
}

/// Whether all characters of `text` beyond ASCII are common ones that are their own lower case: all of Korean.
fn is_low_beyond_ascii(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let syllables = hangul_run(&bytes[at..]);
        if syllables > 0 {
            at += syllables;
            continue;
        }
        let c = text[at..].chars().next().unwrap_or(' ');
        if !is_low(c) {
            return false;
        }
        at += c.len_utf8();
    }
    true
}

/// Whether a byte beyond ASCII, and whether a capital of ASCII stands in `text`: eight bytes at a time, for most texts that
/// are asked about are words.
fn wide_and_upper(text: &str) -> (bool, bool) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let bytes = text.as_bytes();
    let (mut wide, mut upper) = (0, 0);
    let mut see = |word: u64| {
        let low = word & (0x7f * EACH);
        // The highest bit of each byte, as far as it is none beyond ASCII: from `A` on, and behind `Z`.
        let from = low + (0x80 - u64::from(b'A')) * EACH;
        let behind = low + (0x7f - u64::from(b'Z')) * EACH;
        wide |= word;
        upper |= from & !behind & !word;
    };
    if let Some(last) = bytes.last_chunk::<8>() {
        for word in bytes.as_chunks::<8>().0 {
            see(u64::from_le_bytes(*word));
        }
        see(u64::from_le_bytes(*last));
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let halves = [first, last].map(|half| u64::from(u32::from_le_bytes(*half)));
        see(halves[0] << 32 | halves[1]);
    } else {
        see(bytes
            .iter()
            .fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }
    (wide & (0x80 * EACH) != 0, upper & (0x80 * EACH) != 0)
}

/// The same as [`str::to_lowercase`], the text itself where nothing in it has an upper case.
#[must_use]
pub fn lower(text: &str) -> Cow<'_, str> {
    let (wide, upper) = wide_and_upper(text);
    if wide && !is_low_beyond_ascii(text) {
        Cow::Owned(text.to_lowercase())
    } else if upper {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{each_lower, hangul_run, is_alphabetic, is_alphanumeric, lower, wide_and_upper};

    #[test]
    fn bytes_beyond_ascii_and_capitals_are_seen_wherever_they_stand() {
        for (length, at) in (1..20).flat_map(|length| (0..length).map(move |at| (length, at))) {
            for c in '\0'..'\u{80}' {
                let mut text = vec!['a'; length];
                text[at] = c;
                let text = String::from_iter(text);
                assert_eq!(
                    wide_and_upper(&text),
                    (false, c.is_ascii_uppercase()),
                    "{text:?}"
                );
                let wide = text.replacen('a', "é", 1);
                let expected = (wide != text, c.is_ascii_uppercase());
                assert_eq!(wide_and_upper(&wide), expected, "{wide:?}");
            }
        }
        assert_eq!(wide_and_upper(""), (false, false));
    }

    #[test]
    fn a_run_is_of_hangul_syllables_alone() {
        for c in '\0'..=char::MAX {
            let run = hangul_run(format!("한{c}").as_bytes());
            assert_eq!(run, if ('가'..='힣').contains(&c) { 6 } else { 3 }, "{c:?}");
        }
        assert_eq!(hangul_run(b""), 0);
    }

    #[test]
    fn the_short_cuts_say_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let mut low = String::new();
            each_lower(c, |c| low.push(c));
            assert_eq!(low, c.to_string().to_lowercase(), "{c:?}");
            for text in [format!("a{c}"), format!("A{c}")] {
                assert_eq!(lower(&text), text.to_lowercase(), "{c:?}");
            }
        }
    }
}
