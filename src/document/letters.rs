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

/// Letters of common scripts that have no upper case.
const fn is_caseless(c: char) -> bool {
    matches!(c, '가'..='힣' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fa5}')
}

/// The same as [`str::to_lowercase`], the text itself where nothing in it has an upper case.
#[must_use]
pub fn lower(text: &str) -> Cow<'_, str> {
    let odd = |byte: &u8| !byte.is_ascii() || byte.is_ascii_uppercase();
    let Some(first) = text.as_bytes().iter().position(odd) else {
        return Cow::Borrowed(text);
    };
    let same = |c: char| {
        if c.is_ascii() {
            !c.is_ascii_uppercase()
        } else {
            is_caseless(c)
        }
    };
    if text.as_bytes()[first].is_ascii() {
        if text.is_ascii() {
            return Cow::Owned(text.to_ascii_lowercase());
        }
    } else if text[first..].chars().all(same) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{is_alphabetic, is_alphanumeric, lower};

    #[test]
    fn the_short_cuts_say_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let text = format!("a{c}");
            assert_eq!(lower(&text), text.to_lowercase(), "{c:?}");
        }
    }
}
