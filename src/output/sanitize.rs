//! Scraped text made safe for a terminal: nothing in it may move the cursor, change colours, ring the bell or turn
//! the reading direction of what we print.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a terminal could take `c` for an order: controls, bidi and other invisible format characters, line and
/// paragraph separators.
#[must_use]
pub const fn is_unsafe(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// `text` on one line, every character that [`is_unsafe`] written as its escape: `\n`, `\t`, `\u{202e}`.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_unsafe) else {
        return Cow::Borrowed(text);
    };
    let mut safe = String::with_capacity(text.len() + 16);
    safe.push_str(&text[..first]);
    for c in text[first..].chars() {
        match c {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            c if is_unsafe(c) => {
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn escape_sequences_and_bidi_marks_lose_their_power() {
        let text = "\u{1b}[31mred\u{1b}[0m \u{202e}gpj.exe\u{9b}2J 한국\n";
        assert_eq!(
            line(text),
            "\\u{1b}[31mred\\u{1b}[0m \\u{202e}gpj.exe\\u{9b}2J 한국\\n"
        );
        assert_eq!(line("plain 漢字 é"), "plain 漢字 é");
    }
}
