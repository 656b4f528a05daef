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

/// Common characters beyond ASCII that are their own lower case: letters of scripts without case, small letters, marks.
const fn is_low(c: char) -> bool {
    matches!(c, '가'..='힣' | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fa5}' | '\u{80}'..='\u{bf}'
        | '\u{df}'..='\u{ff}' | '\u{430}'..='\u{45f}' | '\u{2000}'..='\u{206f}')
}

/// Bytes; of a shorter text, which most words are, vectors cost more than they save.
const SHORT: usize = 32;

/// The same as [`str::to_lowercase`], the text itself where nothing in it has an upper case.
#[must_use]
pub fn lower(text: &str) -> Cow<'_, str> {
    let (wide, upper) = if text.len() < SHORT {
        let upper = |byte: u8| byte.is_ascii_uppercase();
        (
            !text.bytes().all(|byte| byte.is_ascii()),
            text.bytes().any(upper),
        )
    } else {
        // Nothing is left early: the compiler makes vectors of that.
        let (wide, upper) = text.bytes().fold((0, 0), |(wide, upper), byte| {
            (
                wide | byte & 0x80,
                upper | u8::from(byte.is_ascii_uppercase()),
            )
        });
        (wide != 0, upper != 0)
    };
    if wide && !text.chars().all(|c| c.is_ascii() || is_low(c)) {
        Cow::Owned(text.to_lowercase())
    } else if upper {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{is_alphabetic, is_alphanumeric, lower};

    #[test]
    fn the_short_cuts_say_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            for text in [format!("a{c}"), format!("A{c}")] {
                assert_eq!(lower(&text), text.to_lowercase(), "{c:?}");
            }
        }
    }
}
