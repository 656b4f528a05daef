//! How a unit begins and how it ends, told by its first and its last characters alone.

use crate::document::is_alphabetic;

/// How a unit ends, from the least to the most like a sentence; trees split on the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum End {
    /// A letter.
    #[default]
    Letter,
    /// A digit.
    Digit,
    /// A mark that separates, such as `|` or `>`.
    Separator,
    /// Any other mark.
    Mark,
    /// A closing bracket.
    Bracket,
    /// A dash.
    Dash,
    /// A comma or semicolon.
    Comma,
    /// A colon.
    Colon,
    /// A quotation mark after no stop.
    Quote,
    /// An ellipsis.
    Ellipsis,
    /// A question or exclamation mark.
    Question,
    /// A full stop.
    Stop,
    /// A stop and a closing quotation mark or bracket.
    StopQuote,
}

/// How a unit begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Start {
    /// A mark that is none of the following.
    #[default]
    Mark,
    /// A list bullet or an arrow.
    Bullet,
    /// A copyright sign.
    Copyright,
    /// An opening bracket.
    Bracket,
    /// A digit.
    Digit,
    /// A lower-case letter.
    Lower,
    /// A letter of a script without cases.
    Caseless,
    /// An upper-case letter.
    Upper,
    /// A quotation mark or a dash that opens speech.
    Quote,
}

/// How a line begins.
pub(crate) fn start(line: &str) -> Start {
    let Some(c) = line.chars().next() else {
        return Start::Mark;
    };
    match c {
        '•' | '·' | '*' | '-' | '▶' | '▷' | '►' | '☞' | '→' | '>' | '»' | '›' | '■' | '□' | '◆'
        | '◇' | '○' | '●' | '▲' | '△' | '▼' | '※' | '★' | '#' | '+' | '|' => {
            Start::Bullet
        }
        '©' | 'ⓒ' => Start::Copyright,
        '(' | '[' | '<' | '【' | '（' | '〔' | '〈' | '{' => Start::Bracket,
        '"' | '“' | '„' | '«' | '「' | '『' | '‘' | '\'' | '–' | '—' | '¿' | '¡' => {
            Start::Quote
        }
        '가'..='힣' => Start::Caseless,
        _ if c.is_numeric() => Start::Digit,
        _ if c.is_uppercase() => Start::Upper,
        _ if c.is_lowercase() => Start::Lower,
        _ if is_alphabetic(c) => Start::Caseless,
        _ => Start::Mark,
    }
}

/// How a line ends.
pub(crate) fn end(line: &str) -> End {
    let mut chars = line.chars().rev();
    let Some(last) = chars.next() else {
        return End::Letter;
    };
    let closing = matches!(
        last,
        '"' | '”' | '“' | '’' | '\'' | '»' | '」' | '』' | ')' | ']' | '）' | '】' | '>'
    );
    if closing {
        let before =
            chars.find(|c| !matches!(c, '"' | '”' | '’' | '\'' | '»' | '」' | '』' | ')' | '）'));
        return match before {
            Some('.' | '!' | '?' | '。' | '！' | '？' | '…') => End::StopQuote,
            _ if matches!(last, ')' | ']' | '）' | '】') => End::Bracket,
            _ if last == '>' => End::Separator,
            _ => End::Quote,
        };
    }
    match last {
        '.' if line.ends_with("..") => End::Ellipsis,
        '.' | '。' | '।' | '۔' | '։' => End::Stop,
        '!' | '?' | '！' | '？' | '؟' => End::Question,
        '…' => End::Ellipsis,
        ':' | '：' => End::Colon,
        ',' | ';' | '，' | '、' | '；' => End::Comma,
        '-' | '–' | '—' => End::Dash,
        '|' | '/' | '·' | '›' | '→' | '▶' => End::Separator,
        'a'..='z' | '가'..='힣' => End::Letter,
        _ if last.is_numeric() => End::Digit,
        _ if is_alphabetic(last) => End::Letter,
        _ => End::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::{End, end};

    #[test]
    fn the_end_looks_through_closing_quotes() {
        assert_eq!(end("said “no.”"), End::StopQuote);
        assert_eq!(end("the so-called “end”"), End::Quote);
        assert_eq!(end("(photo)"), End::Bracket);
    }
}
