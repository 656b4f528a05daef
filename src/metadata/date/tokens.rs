//! Cuts a line into the tokens that dates are made of: numbers, words and marks.

use std::borrow::Cow;

use crate::document::{hangul_run, is_alphabetic, lower};

/// Bytes of a line for each of its tokens, about; a date has more.
const TOKEN_BYTES: usize = 4;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits of any script, and how many of them.
    Number(u32, u8),
    /// Letters.
    Word,
    /// Anything else that prints.
    Mark(char),
}

/// A token and where it stands, in bytes of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether white space stands before it.
    pub(super) space: bool,
}

/// A line cut into tokens.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
}

/// The value of a decimal digit of any script that news is written in.
fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 16] = [
        '0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
        '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{1040}', '\u{17e0}', '\u{ff10}',
    ];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    // Of Han, kana and Hangul.
    if matches!(c, '\u{2000}'..='\u{feff}') {
        return None;
    }
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).wrapping_sub(u32::from(*zero));
        (value < 10).then_some(value)
    })
}

/// Whether `text` holds a digit of any script.
pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        || (!text.is_ascii() && text.chars().any(|c| !c.is_ascii() && digit(c).is_some()))
}

fn is_letter(c: char) -> bool {
    is_alphabetic(c) || matches!(u32::from(c), 0x300..=0x36f | 0x900..=0xdff | 0xe31..=0xe4e)
}

/// Whether a letter is a token of its own: Han, whose date marks stand between digits without spaces.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9fff | 0xf900..=0xfaff)
}

/// Whether digits begin with a year that something is glued to: `17/11/201917/11/2019`, `28. Juni 20199. Juli 2019`,
/// `9 May 202021:25`, where a page prints two stamps without a space.
fn glued_year(digits: &str, before: &[Token]) -> bool {
    let run = digits.bytes().take_while(u8::is_ascii_digit).count();
    if !matches!(run, 5 | 6 | 7 | 9) {
        return false;
    }
    let year = digits.get(..4).and_then(|year| year.parse().ok());
    let day = |token: &Token| matches!(token.kind, Kind::Number(1..=31, 1 | 2));
    year.is_some_and(|year: u32| (1990..=2039).contains(&year))
        && before.iter().rev().take(4).any(day)
}

impl<'a> Tokens<'a> {
    /// Cuts `text`, at most `limit` tokens of it.
    pub(super) fn new(text: &'a str, limit: usize) -> Self {
        let mut tokens: Vec<Token> = Vec::with_capacity(limit.min(text.len() / TOKEN_BYTES + 4));
        let mut space = false;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if tokens.len() >= limit {
                break;
            }
            let start = at;
            at += c.len_utf8();
            if crate::document::is_blank(c) || c.is_control() {
                space = true;
                continue;
            }
            let kind = if let Some(first) = digit(c) {
                let mut value = first;
                let mut count = 1_u8;
                let year = glued_year(&text[start..], &tokens);
                while let Some(next) = text[at..].chars().next() {
                    let Some(d) = digit(next) else { break };
                    if year && count == 4 {
                        break;
                    }
                    value = value.saturating_mul(10).saturating_add(d);
                    count = count.saturating_add(1);
                    at += next.len_utf8();
                }
                Kind::Number(value, count)
            } else if is_letter(c) {
                let after_number = matches!(
                    tokens.last(),
                    Some(Token {
                        kind: Kind::Number(..),
                        ..
                    })
                );
                let unit = after_number && matches!(c, '년' | '월' | '일' | '시' | '분' | '초');
                if !unit && !stands_alone(c) {
                    let mut before = c;
                    loop {
                        let small = text[at..].bytes().take_while(u8::is_ascii_lowercase);
                        let small = small.count();
                        if small > 0 {
                            at += small;
                            before = 'a';
                        }
                        let syllables = hangul_run(&text.as_bytes()[at..]);
                        if syllables > 0 {
                            at += syllables;
                            before = '가';
                        }
                        let Some(next) = text[at..].chars().next() else {
                            break;
                        };
                        // `The PostNovember 21`: what was set in boxes of their own.
                        let glued = before.is_lowercase() && next.is_uppercase();
                        if !is_letter(next) || stands_alone(next) || glued {
                            break;
                        }
                        before = next;
                        at += next.len_utf8();
                    }
                }
                Kind::Word
            } else {
                Kind::Mark(c)
            };
            tokens.push(Token {
                kind,
                start: start as u32,
                end: at as u32,
                space,
            });
            space = false;
        }
        Self { text, tokens }
    }

    pub(super) fn get(&self, i: usize) -> Option<Token> {
        self.tokens.get(i).copied()
    }

    /// The text of token `i`, empty past the end.
    pub(super) fn of(&self, i: usize) -> &'a str {
        self.tokens
            .get(i)
            .map_or("", |t| &self.text[t.start as usize..t.end as usize])
    }

    /// The number at token `i` and how many digits it has.
    pub(super) fn number(&self, i: usize) -> Option<(u32, u8)> {
        match self.get(i)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// The mark at token `i`.
    pub(super) fn mark(&self, i: usize) -> Option<char> {
        match self.get(i)?.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    /// Whether token `i` is a word.
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.tokens
            .get(i)
            .is_some_and(|token| token.kind == Kind::Word)
    }

    /// The word at token `i`, in lower case.
    pub(super) fn word(&self, i: usize) -> Option<Cow<'a, str>> {
        self.is_word(i).then(|| lower(self.of(i)))
    }

    /// Whether white space stands before token `i`.
    pub(super) fn spaced(&self, i: usize) -> bool {
        self.get(i).is_none_or(|t| t.space)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Tokens, has_digit};

    #[test]
    fn korean_date_units_are_cut_from_the_words_that_follow_them() {
        let tokens = Tokens::new("2022년05월30일오후 3시", 99);
        let got: Vec<_> = (0..tokens.tokens.len()).map(|i| tokens.of(i)).collect();
        assert_eq!(
            got,
            ["2022", "년", "05", "월", "30", "일", "오후", "3", "시"]
        );
    }

    #[test]
    fn a_year_is_cut_from_the_stamp_glued_to_it() {
        let cut = |text| {
            let tokens = Tokens::new(text, 99);
            let years = tokens
                .tokens
                .iter()
                .filter(|t| matches!(t.kind, Kind::Number(_, 4)));
            years.count()
        };
        assert_eq!(cut("17/11/201918/11/2019"), 2);
        assert_eq!(cut("28. Juni 20194. Januar 2020"), 2);
        assert_eq!(cut("3 de mayo de 202021:25"), 1);
        assert_eq!(cut("Order 201914 of 20190412"), 0);
    }

    #[test]
    fn digits_of_other_scripts_count() {
        let tokens = Tokens::new("२२ ٠٣", 99);
        assert_eq!(tokens.tokens[0].kind, Kind::Number(22, 2));
        assert_eq!(tokens.tokens[1].kind, Kind::Number(3, 2));
        assert!(has_digit("الساعة ٣"));
        assert!(!has_digit("no digit"));
    }
}
