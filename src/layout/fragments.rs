//! Lines torn out of their paragraph at a link, a bold word or another inline element.
//!
//! A line that begins with a comma continues the line before, whatever the language; so does, in scripts with
//! cases, a lower-case word after a line that was not ended. Everything else is left as it is: a wrong join costs
//! two units, a missed one costs little, because neighbours are judged together anyway.

use crate::document::{Join, Line};

/// Bytes; a line this long that does not end a sentence was cut, a shorter one may be a menu entry.
const CUT_LINE: usize = 40;

/// Adds to `joins` the lines that continue the line before in the middle of a sentence.
pub(crate) fn join(text: &str, lines: &[Line], joins: &mut [Option<Join>]) {
    let torn = is_torn(text, lines);
    let mut length = 0;
    for i in 1..lines.len() {
        let (before, after) = (lines[i - 1].text.of(text), lines[i].text.of(text));
        length = if joins[i - 1].is_some() {
            length + before.len()
        } else {
            before.len()
        };
        if joins[i].is_none() && !before.is_empty() && !after.is_empty() {
            joins[i] = continues(
                before,
                length,
                after,
                lines.get(i + 1).map_or("", |line| line.text.of(text)),
                torn,
            );
        }
    }
}

/// Whether the page as a whole was torn: blank lines are rare, and lines that begin with a comma or full stop, or
/// consist of one, are not.
fn is_torn(text: &str, lines: &[Line]) -> bool {
    let blank = lines.iter().filter(|line| line.text.is_empty()).count();
    let marks = lines
        .iter()
        .filter(|line| closes(line.text.of(text)))
        .count();
    blank * 20 <= lines.len() && (marks >= 2 || lines.len() < 40)
}

/// Whether a line begins with a mark that never begins one.
fn closes(line: &str) -> bool {
    let mut chars = line.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return false;
    };
    match first {
        '.' | ',' | ';' | '!' | '?' => second.is_none_or(|c| c == ' ' || is_closing(c)),
        ':' => second.is_none_or(char::is_whitespace),
        ')' | ']' | '”' | '»' | '’' => second.is_none_or(|c| !c.is_alphanumeric()),
        '，' | '。' | '、' | '；' | '：' | '）' | '」' | '』' => true,
        _ => false,
    }
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '"' | '”' | '»' | '’' | '\'' | '.' | '」' | '』' | '）'
    )
}

fn continues(before: &str, length: usize, after: &str, next: &str, torn: bool) -> Option<Join> {
    let last = before.chars().next_back().unwrap_or(' ');
    let first = after.chars().next().unwrap_or(' ');
    if closes(after) {
        return (torn || length >= CUT_LINE).then_some(Join::Nothing);
    }
    if !torn {
        return None;
    }
    if matches!(
        last,
        '(' | '[' | '“' | '„' | '‘' | '«' | '「' | '『' | '（' | '/'
    ) && last != '/'
    {
        return Some(Join::Nothing);
    }
    if ended(before) {
        return None;
    }
    let long = length >= CUT_LINE;
    let wanted = last == ',' || ends_open(before);
    if first.is_lowercase() && (long || wanted || after.len() >= CUT_LINE) {
        return Some(Join::Space);
    }
    if wanted && (long || after.len() >= CUT_LINE || starts_low(next)) {
        return Some(Join::Space);
    }
    // A torn-out name: its paragraph breaks off before it and goes on in lower case after it.
    if long && (starts_low(next) || closes(next)) && after.len() < 2 * CUT_LINE {
        return Some(Join::Space);
    }
    None
}

fn ended(line: &str) -> bool {
    line.trim_end_matches(is_closing)
        .ends_with(['!', '?', '。', '！', '？', '…', ':', '.'])
        || line.ends_with(['.', ':'])
}

fn starts_low(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

/// Whether a line ends in a word after which a sentence cannot end, in the languages of most pages.
fn ends_open(line: &str) -> bool {
    let word = line.rsplit(' ').next().unwrap_or("");
    word.len() <= 8
        && line.len() > word.len()
        && OPEN_WORDS
            .binary_search(&word.to_lowercase().as_str())
            .is_ok()
}

/// Articles, prepositions and conjunctions of English, German, French, Spanish, Italian and Portuguese; sorted.
const OPEN_WORDS: &[&str] = &[
    "a", "al", "am", "an", "and", "as", "at", "auf", "aus", "aux", "bei", "by", "como", "con",
    "da", "das", "dass", "de", "dei", "del", "della", "dem", "den", "der", "des", "di", "die",
    "do", "du", "durch", "e", "ein", "eine", "einem", "einen", "einer", "el", "en", "et", "for",
    "from", "für", "gegen", "il", "im", "in", "la", "las", "le", "les", "los", "mit", "nach", "o",
    "oder", "of", "on", "or", "os", "ou", "par", "para", "por", "pour", "que", "qui", "sobre",
    "sowie", "su", "sur", "that", "the", "to", "um", "un", "una", "und", "une", "uno", "unter",
    "vom", "von", "vor", "which", "who", "with", "y", "zu", "zum", "zur", "à", "über",
];

#[cfg(test)]
mod tests {
    use super::OPEN_WORDS;

    #[test]
    fn open_words_are_sorted_for_the_search() {
        assert!(OPEN_WORDS.is_sorted());
    }
}
