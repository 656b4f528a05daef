//! Spaces that a renderer set around links and bold words: `the mayor , who`, `“ we left`, `W hat was left`. Where none is
//! ever written they are left out of the text, the rest of them only on pages that show many; the parts of the block
//! say where.

use crate::document::{Join, Part, Span};
use crate::label::{Labels, LineKind};

/// So many spaces where none is ever written must stand in a body before any of them is left out.
const STRAY: usize = 3;

/// What the spaces of a body show.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spacing {
    /// Whether a renderer set spaces around inline elements.
    loose: bool,
    /// Whether it did so after large initials.
    initials: bool,
    /// Whether the language itself sets spaces before some marks.
    french: bool,
    /// Whether consonants are words in it.
    slavic: bool,
}

impl Spacing {
    /// Reads the body of a page.
    pub(super) fn find(text: &str, labels: &Labels) -> Self {
        let (mut stray, mut initials) = (0, 0);
        let body = labels
            .pieces
            .iter()
            .filter(|piece| piece.verdict.kind == LineKind::Body);
        for piece in body {
            let slice = piece.span.of(text);
            initials += usize::from(initial(slice).is_some_and(|_| !slice.starts_with(WORDS)));
            let bytes = slice.as_bytes();
            stray += memchr::memchr_iter(b' ', bytes)
                .filter(|at| {
                    matches!(bytes.get(at + 1), Some(b',' | b'.'))
                        && matches!(bytes.get(at + 2), None | Some(b' '))
                        && at.checked_sub(1).is_some_and(|before| {
                            bytes[before].is_ascii_alphanumeric() || bytes[before] >= 0x80
                        })
                })
                .count();
        }
        Self {
            loose: stray >= STRAY,
            initials: initials >= STRAY || stray >= STRAY,
            french: labels.language == "fr",
            slavic: SLAVIC.contains(&labels.language),
        }
    }

    /// The parts of a block without such spaces.
    pub(super) fn mend(self, text: &str, parts: &mut Vec<Part>) {
        if !parts
            .iter()
            .any(|part| self.may_be_stray(part.span.of(text)))
        {
            return;
        }
        let mut mended = Vec::with_capacity(parts.len());
        let straight: usize = parts
            .iter()
            .map(|part| part.span.of(text).matches('"').count())
            .sum();
        let mut block = Block {
            quotes: 0,
            balanced: straight.is_multiple_of(2),
            german: parts.iter().any(|part| part.span.of(text).contains('„')),
        };
        for (index, part) in parts.iter().enumerate() {
            let slice = part.span.of(text);
            let (mut start, mut join) = (0, part.join);
            let large = initial(slice).filter(|_| {
                index == 0 && self.initials && !(self.slavic && slice.starts_with(WORDS))
            });
            for (at, c) in slice.char_indices() {
                block.quotes += usize::from(c == '"');
                let stray = c == ' '
                    && (large == Some(at) || self.is_stray(&slice[..at], &slice[at + 1..], &block));
                if stray && at > start {
                    mended.push(piece(part, start, at, join));
                    (start, join) = (at + 1, Join::Nothing);
                }
            }
            if start < slice.len() {
                mended.push(piece(part, start, slice.len(), join));
            }
        }
        *parts = mended;
    }

    /// Whether the space between two halves of a line is one that nobody would write.
    fn is_stray(self, before: &str, after: &str, block: &Block) -> bool {
        let (mut left, mut right) = (before.chars().rev(), after.chars());
        let (Some(l), Some(r)) = (left.next(), right.next()) else {
            return false;
        };
        let (l2, r2) = (left.next().unwrap_or('\0'), right.next().unwrap_or(' '));
        let apart = |c: char| {
            c.is_whitespace() || matches!(c, '"' | '”' | '“' | '’' | '»' | ')' | '.' | ',')
        };
        let word = l.is_alphanumeric() || matches!(l, '"' | '”' | '“' | '’' | '»' | ')' | '%');
        match r {
            ',' | '.' | ')' | ']' if self.loose && word && apart(r2) => return true,
            ';' | ':' | '!' | '?' if self.loose && word && apart(r2) && !self.french => {
                return true;
            }
            '”' if self.loose && (word || matches!(l, ',' | '.' | '!' | '?')) => {
                return apart(r2);
            }
            // A possessive or a contraction.
            '’' if l.is_alphanumeric() && r2.is_lowercase() => {
                return right.next().is_none_or(|c| !c.is_alphabetic());
            }
            // The second half of a compound, whose first is a link.
            '-' if l.is_alphanumeric() && r2.is_uppercase() => return true,
            '"' if block.balanced && block.quotes % 2 == 1 => return apart(r2) && word,
            _ => {}
        }
        let opened = l2.is_whitespace() || l2 == '(' || l2 == '\0';
        match l {
            '„' => opened,
            '“' => !block.german && opened,
            '"' => block.balanced && block.quotes % 2 == 1 && opened,
            '(' | '[' => self.loose,
            '-' => self.loose && l2.is_lowercase() && r.is_uppercase(),
            // An elided article.
            '’' => {
                let word = before.rsplit(' ').next().unwrap_or("");
                matches!(word.len(), 4 | 5) && self.french && (r.is_alphabetic() || r == '«')
            }
            _ => false,
        }
    }

    /// Whether a space stands beside a mark, or after an initial: then it is worth a look.
    fn may_be_stray(self, slice: &str) -> bool {
        let bytes = slice.as_bytes();
        let mark = |byte: Option<&u8>| {
            byte.is_some_and(|b| {
                matches!(
                    b,
                    b',' | b'.'
                        | b')'
                        | b']'
                        | b';'
                        | b':'
                        | b'!'
                        | b'?'
                        | b'-'
                        | b'"'
                        | b'('
                        | b'['
                        | 0xe2
                )
            })
        };
        // The last byte of a typographic quotation mark.
        let quote = |byte: &u8| matches!(byte, 0x99 | 0x9c | 0x9e | b'"' | b'(' | b'[' | b'-');
        self.initials && initial(slice).is_some()
            || memchr::memchr_iter(b' ', bytes)
                .any(|at| mark(bytes.get(at + 1)) || at > 0 && quote(&bytes[at - 1]))
    }
}

/// What is known of the block at hand.
struct Block {
    /// Straight quotation marks so far.
    quotes: usize,
    /// Whether there is an even number of them.
    balanced: bool,
    /// Whether quotations begin low, so that the high mark ends them.
    german: bool,
}

fn piece(part: &Part, start: usize, end: usize, join: Join) -> Part {
    Part {
        span: Span::new(part.span.start + start as u32, part.span.start + end as u32),
        join,
    }
}

/// Consonants that are words in Slavic languages, and those languages.
const WORDS: [char; 5] = ['K', 'S', 'V', 'W', 'Z'];
const SLAVIC: [&str; 12] = [
    "be", "bg", "bs", "cs", "hr", "mk", "pl", "ru", "sk", "sl", "sr", "uk",
];

/// Where the space stands after a large initial that was torn off its word. Vowels alone are words in too many languages.
fn initial(slice: &str) -> Option<usize> {
    let bytes = slice.as_bytes();
    let [first, b' ', second, third, ..] = bytes else {
        return None;
    };
    (first.is_ascii_uppercase()
        && !b"AEIOUY".contains(first)
        && second.is_ascii_lowercase()
        && third.is_ascii_lowercase())
    .then_some(1)
}

#[cfg(test)]
mod tests {
    use super::Spacing;
    use crate::document::{Join, Part, Span, fold};

    fn mended(text: &str) -> String {
        let spacing = Spacing {
            loose: true,
            initials: true,
            french: false,
            slavic: false,
        };
        let mut parts = vec![Part {
            span: Span::at(0, text.len()),
            join: Join::Space,
        }];
        spacing.mend(text, &mut parts);
        fold(text, parts)
    }

    #[test]
    fn spaces_around_links_are_left_out() {
        assert_eq!(
            mended("The mayor , who said “ we left ”, met Ann Example ’s friends ( three ) ."),
            "The mayor, who said “we left”, met Ann Example’s friends (three)."
        );
        assert_eq!(
            mended("T he EU -Gipfel in \" Nordhafen \" endete."),
            "The EU-Gipfel in \"Nordhafen\" endete."
        );
    }

    #[test]
    fn spaces_that_are_written_stay() {
        for text in [
            "He paid 5 .50 - or so he said - for Vor- und Nachteile.",
            "A ferry sailed. \"We left.\" So it stayed.",
            "„Wir bleiben“ sagte er, „so lange es geht.“",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
