//! Items of lists: told by the bullet that opens them, which is a label and not part of their text.

use crate::document::{Part, is_alphanumeric, trim};
use crate::record::BlockKind;

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
    use super::{kind, strip};
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
