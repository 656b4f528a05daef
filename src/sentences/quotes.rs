//! Quotations and brackets, inside which no sentence of the surrounding text ends.

use std::ops::Range;

/// Longer ones are taken for a mark that was never closed, in bytes.
const LONGEST: usize = 3000;

/// A bracket is looked for among so many open ones.
const DEPTH: usize = 12;

const fn closer(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '【' => '】',
        '〔' => '〕',
        '（' => '）',
        '［' => '］',
        '«' => '»',
        '<' => '>',
        _ => return None,
    })
}

/// Whether `c` closes a quotation or bracket; the straight quotation marks do too.
pub(super) const fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '”'
            | '’'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '】'
            | '〕'
            | '）'
            | '］'
            | '»'
            | '>'
            | '"'
            | '\''
    )
}

/// Whether a mark that [`closer`] or [`is_closer`] knows may begin with each byte: nearly no letter does.
const OPENS_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"([{<>}])\"'";
    let mut n = 0;
    while n < marks.len() {
        table[marks[n] as usize] = true;
        n += 1;
    }
    // «, quotation marks, brackets of Han, full-width ones.
    table[0xc2] = true;
    table[0xe2] = true;
    table[0xe3] = true;
    table[0xef] = true;
    table
};

/// The outermost quotations and brackets of `text` that are closed, their marks included, in order.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut closed: Vec<Range<usize>> = Vec::new();
    let marks = text.bytes().enumerate();
    for (at, _) in marks.filter(|(_, byte)| OPENS_MARK[usize::from(*byte)]) {
        let mut chars = text[at..].chars();
        let c = chars.next().unwrap_or(' ');
        let before = || text[..at].chars().next_back().unwrap_or(' ');
        let after = chars.next().unwrap_or(' ');
        let close = match c {
            '"' => opens_not(&open, '"', before(), after).then_some('"'),
            '\'' if before().is_ascii_alphanumeric() && after.is_ascii_alphanumeric() => continue,
            '\'' => opens_not(&open, '\'', before(), after).then_some('\''),
            '<' if after.is_whitespace()
                || after.is_ascii_digit()
                || matches!(after, '<' | '-' | '=') =>
            {
                continue;
            }
            _ if closer(c).is_some() => None,
            _ if is_closer(c) => Some(c),
            _ => continue,
        };
        match close {
            None => open.push((closer(c).unwrap_or(c), at)),
            Some(close) => {
                let from = open.len().saturating_sub(DEPTH);
                if let Some(found) = open[from..].iter().rposition(|(want, _)| *want == close) {
                    let start = open[from + found].1;
                    open.truncate(from + found);
                    let range = start..at + c.len_utf8();
                    if range.len() <= LONGEST {
                        while closed.last().is_some_and(|last| last.start > range.start) {
                            closed.pop();
                        }
                        closed.push(range);
                    }
                }
            }
        }
    }
    closed
}

/// Whether a straight quotation mark closes the one that is open, rather than opening another.
fn opens_not(open: &[(char, usize)], mark: char, before: char, after: char) -> bool {
    let from = open.len().saturating_sub(DEPTH);
    let is_open = open[from..].iter().any(|(want, _)| *want == mark);
    is_open && !(before.is_whitespace() && !after.is_whitespace() && !is_closer(after))
}

#[cfg(test)]
mod tests {
    use super::{OPENS_MARK, closer, is_closer, ranges};

    fn slices(text: &str) -> Vec<&str> {
        ranges(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn the_outermost_closed_ranges_are_found() {
        assert_eq!(
            slices("a (b [c] d) \"e 'f' g\" h"),
            ["(b [c] d)", "\"e 'f' g\""]
        );
        assert_eq!(slices("a ( b \"c\" d"), ["\"c\""]);
        assert_eq!(slices("It's 5 < 6 > 4 don't"), [""; 0]);
        assert_eq!(slices("앵커> \"가자\"고 했다"), ["\"가자\""]);
    }

    #[test]
    fn every_mark_is_found_by_its_first_byte() {
        let marks = ('\0'..=char::MAX).filter(|c| closer(*c).is_some() || is_closer(*c));
        for mark in marks {
            assert!(
                OPENS_MARK[usize::from(mark.to_string().as_bytes()[0])],
                "{mark}"
            );
        }
    }

    #[test]
    fn a_mark_left_open_does_not_turn_the_others_inside_out() {
        assert_eq!(slices("\"a b \"c d\" e"), ["\"c d\""]);
    }
}
