//! Items of lists: told by the bullet that opens them, which is a label and not part of their text.

use super::Draft;
use crate::document::{Part, is_alphanumeric, trim};
use crate::record::BlockKind;

/// Blocks that may stand between two items of one numbered list: the rest of an item that runs over paragraphs.
const BETWEEN: usize = 2;

/// Bytes; a numbered text that is longer is a paragraph of its own.
const ITEM_BYTES: usize = 900;

/// Marks that renderers and editors print before an item. Dashes are none of them alone: in half of Europe a dash
/// opens what somebody says.
const BULLETS: [char; 9] = ['•', '◦', '▪', '‣', '∙', '●', '*', '+', 'ㆍ'];

/// What a paragraph is by the mark that opens it.
pub(super) fn kind(text: &str, parts: &[Part]) -> BlockKind {
    let Some(first) = parts.first() else {
        return BlockKind::Paragraph;
    };
    let slice = first.span.of(text);
    let mut chars = slice.chars();
    match (chars.next(), chars.next()) {
        (Some('①'..='⑳'), _) => BlockKind::ListItem,
        (Some('-'), Some(next)) if next.is_whitespace() && !is_said(text, parts) => {
            BlockKind::ListItem
        }
        _ if bullet(slice) > 0 => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
    }
}

/// Takes the bullet off an item; a number in a circle stays, for the text may refer to it.
pub(super) fn strip(text: &str, parts: &mut [Part]) {
    if let Some(first) = parts.first_mut() {
        first.span.start += bullet(first.span.of(text)) as u32;
        first.span = trim(text, first.span);
    }
}

/// Bytes of the bullet that opens `slice`; 0 where none does.
fn bullet(slice: &str) -> usize {
    let mut chars = slice.chars();
    let Some(first) = chars.next().filter(|first| BULLETS.contains(first)) else {
        return 0;
    };
    let rest = chars.as_str();
    // `*사진설명`, `**bold**`, `+49 30`: a mark of ASCII must stand apart.
    let apart = rest.starts_with(char::is_whitespace);
    if (apart || !first.is_ascii()) && rest.contains(is_alphanumeric) {
        first.len_utf8()
    } else {
        0
    }
}

/// Makes items of the paragraphs that are numbered in a row: `1.`, `2.`; `a)`, `b)`; `가.`, `나.` One number alone
/// says nothing: it may be a date's. The number stays, for the text may refer to it.
pub(super) fn number(text: &str, drafts: &mut [Draft]) {
    let mut last: Option<(usize, Number)> = None;
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        let Some(number) = (draft.kind == BlockKind::Paragraph)
            .then(|| draft.parts.first())
            .flatten()
            .filter(|part| part.span.len() <= ITEM_BYTES)
            .and_then(|part| Number::read(part.span.of(text)))
        else {
            continue;
        };
        if let Some((before, previous)) = last
            && previous.style == number.style
            && previous.value + 1 == number.value
            && at - before <= BETWEEN + 1
        {
            drafts[before].kind = BlockKind::ListItem;
            drafts[at].kind = BlockKind::ListItem;
        }
        last = Some((at, number));
    }
}

/// The number that opens an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    /// What it is written in, and the mark behind it.
    style: (char, char),
    value: u32,
}

impl Number {
    fn read(slice: &str) -> Option<Self> {
        let inside = slice.strip_prefix('(').unwrap_or(slice);
        let first = inside.chars().next()?;
        let (script, value, rest) = if first.is_ascii_digit() {
            let rest = inside.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = &inside[..inside.len() - rest.len()];
            ('1', digits.parse().ok().filter(|value| *value < 100)?, rest)
        } else {
            let rest = &inside[first.len_utf8()..];
            let found = SYLLABLES.iter().position(|c| *c == first);
            match found {
                Some(at) => ('가', at as u32 + 1, rest),
                None if first.is_ascii_lowercase() => ('a', u32::from(first) - 96, rest),
                None => return None,
            }
        };
        let mark = rest.chars().next().filter(|c| matches!(c, '.' | ')'))?;
        let behind = &rest[mark.len_utf8()..];
        (behind.starts_with(char::is_whitespace) && behind.contains(char::is_alphabetic)).then_some(
            Self {
                style: (script, mark),
                value,
            },
        )
    }
}

/// Syllables that Korean lists are counted by.
const SYLLABLES: [char; 10] = ['가', '나', '다', '라', '마', '바', '사', '아', '자', '차'];

/// Whether the last of the parts ends a sentence, as speech after a dash does.
fn is_said(text: &str, parts: &[Part]) -> bool {
    parts.last().is_some_and(|part| {
        part.span
            .of(text)
            .trim_end_matches(['"', '\'', '”', '’', '»', ')'])
            .ends_with(['.', '!', '?', '…'])
    })
}

#[cfg(test)]
mod tests {
    use super::{Number, kind, strip};
    use crate::document::{Join, Part, Span};
    use crate::record::BlockKind;

    fn item(text: &str) -> Option<&str> {
        let mut parts = [Part {
            span: Span::at(0, text.len()),
            join: Join::Space,
        }];
        if kind(text, &parts) != BlockKind::ListItem {
            return None;
        }
        strip(text, &mut parts);
        Some(parts[0].span.of(text))
    }

    #[test]
    fn the_bullet_of_an_item_is_not_its_text() {
        assert_eq!(item("* A second ferry"), Some("A second ferry"));
        assert_eq!(item("•\u{a0}A second ferry."), Some("A second ferry."));
        assert_eq!(item("- a second ferry"), Some("- a second ferry"));
        assert_eq!(item("① 두 번째 배"), Some("① 두 번째 배"));
    }

    #[test]
    fn numbers_of_items_are_read_with_their_style() {
        let read = |text: &str| Number::read(text).map(|number| (number.style, number.value));
        assert_eq!(read("2. Sign the form"), Some((('1', '.'), 2)));
        assert_eq!(read("(3) Sign the form"), Some((('1', ')'), 3)));
        assert_eq!(read("b) Sign the form"), Some((('a', ')'), 2)));
        assert_eq!(read("나. 신청서를 낸다"), Some((('가', '.'), 2)));
        for text in ["2.5 million", "2024. 3. 1.", "1.", "a. ", "I. Sign"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn speech_after_a_dash_and_words_with_a_mark_are_paragraphs() {
        for text in [
            "– We left at dawn.",
            "- We left at dawn.",
            "*Update: it left.",
            "+49 30 1234",
            "***",
        ] {
            assert_eq!(item(text), None, "{text}");
        }
    }
}
