//! Lines torn out of their paragraph at a link, a bold word or another inline element.
//!
//! A line that begins with a comma continues the line before, whatever the language; so does, in scripts with
//! cases, a lower-case word after a line that was not ended. Everything else is left as it is: a wrong join costs
//! two units, a missed one costs little, because neighbours are judged together anyway.
//!
//! The rules were weighed on pairs of lines of the torn pages of the corpus, by whether both belong to one paragraph
//! of the gold; a rule stayed that joined at least two right pairs for a wrong one.

use crate::document::{Join, Line, is_alphabetic, is_alphanumeric, lower};
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::name_parts;

/// Bytes; a line this long that does not end a sentence was cut, a shorter one may be a menu entry.
const CUT_LINE: usize = 40;
/// Bytes; a torn-out element is no longer.
const TORN_ELEMENT: usize = 90;
/// Bytes; after the first words of a paragraph a torn-out name is no longer than this: a longer line may be the
/// paragraph itself, and what stands before it a heading.
const TORN_NAME: usize = 30;
/// Bytes of the longest line that is nothing but the words that announce an author, and of the longest name behind it.
const CUE: usize = 24;
const NAME: usize = 48;
/// So many lines must go on with the sentence of the line before: then the page was torn.
const TORN_LINES: usize = 2;

/// Adds to `joins` the lines that continue the line before in the middle of a sentence.
pub(crate) fn join(text: &str, lines: &[Line], joins: &mut [Option<Join>]) {
    let torn = is_torn(text, lines);
    let byline = |i: usize| torn.then(|| byline(text, lines, i)).flatten();
    let mut paragraph = Paragraph::default();
    let mut coming = byline(1);
    for i in 1..lines.len() {
        let (before, after) = (lines[i - 1].text.of(text), lines[i].text.of(text));
        if joins[i - 1].is_none() {
            paragraph = Paragraph::default();
        }
        paragraph.length += before.len();
        if torn {
            paragraph.quote(before);
        }
        let here = std::mem::replace(&mut coming, byline(i + 1));
        if joins[i].is_some() || after.is_empty() {
            continue;
        }
        if let Some(here) = here {
            if here == Byline::Torn {
                joins[i + 1] = Some(Join::Space);
            }
        } else if !before.is_empty() {
            joins[i] = if torn {
                // What stands before a byline does not go on with it.
                let next = lines.get(i + 1).filter(|_| coming.is_none());
                let next = next.map_or("", |line| line.text.of(text));
                continues(before, paragraph, after, next)
            } else {
                let closed = closes(after) && !opens_in_dutch(before, after);
                (closed && paragraph.length >= CUT_LINE).then_some(Join::Nothing)
            };
        }
    }
}

/// What is known of the paragraph that ends in a line.
#[derive(Clone, Copy, Default)]
struct Paragraph {
    /// Bytes of its lines so far.
    length: usize,
    /// Whether a straight quotation mark stands open in it, on a torn page.
    quoted: bool,
}

impl Paragraph {
    /// Looks for the quotation marks of the next line.
    fn quote(&mut self, line: &str) {
        self.quoted ^= memchr::memchr_iter(b'"', line.as_bytes()).count() % 2 == 1;
    }
}

/// Whether the page as a whole was torn: blank lines are rare, and lines that go on with a sentence are not.
fn is_torn(text: &str, lines: &[Line]) -> bool {
    let blank = lines.iter().filter(|line| line.text.is_empty()).count();
    if blank * 12 > lines.len() {
        return false;
    }
    let goes_on = |pair: &&[Line]| {
        let (before, after) = (pair[0].text.of(text), pair[1].text.of(text));
        let broken = before.len() >= CUT_LINE && starts_low(after);
        !before.is_empty()
            && (closes(after) || broken && !ended(before) && !before.ends_with([':', ';']))
    };
    lines.windows(2).filter(goes_on).take(TORN_LINES).count() == TORN_LINES
}

/// How a byline that opens in lower case stands on a torn page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byline {
    /// `von Anna Holm`
    Whole,
    /// `von` over `Anna Holm`
    Torn,
}

/// The byline that begins in line `i`. The same words are torn out of sentences as well, but there the sentence goes on
/// behind them.
fn byline(text: &str, lines: &[Line], i: usize) -> Option<Byline> {
    let line = |k: usize| lines.get(k).map_or("", |line| line.text.of(text));
    let head = line(i);
    let is_cue = |cue: &str| {
        let last = cue.rsplit(' ').next().unwrap_or_default();
        let opens = OPEN_WORDS.binary_search(&&*lower(last)).is_ok();
        opens && bylines::cue(&lower(cue)) == Some(Cue::Author)
    };
    let ends = |name: &str, behind: &str| {
        // `von` over `Anna Holm` over `um 10:52`
        let (word, rest) = behind.split_once(' ').unwrap_or((behind, ""));
        let stops = rest.is_empty()
            || rest.len() <= TORN_NAME && rest.starts_with(|c: char| c.is_ascii_digit());
        let told = name_parts::is_joint(behind) || stops && name_parts::is_behind(word);
        !ended(name) && !closes(behind) && (told || !starts_low(behind))
    };
    if head.len() <= CUE && is_cue(head) {
        let name = line(i + 1);
        let named = name.len() <= NAME && name.starts_with(is_alphabetic);
        return (named && ends(name, line(i + 2))).then_some(Byline::Torn);
    }
    let (cue, name) = head.split_once(' ')?;
    let named = name.len() <= NAME && name.starts_with(char::is_uppercase);
    (named && starts_low(cue) && is_cue(cue) && ends(name, line(i + 1))).then_some(Byline::Whole)
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
        ')' | ']' | '”' | '»' => second.is_none_or(|c| !is_alphanumeric(c)),
        // The end of a German quotation.
        '“' => second.is_some_and(|c| c == ' ' || is_closing(c) || c == ','),
        // So does a possessive or a contraction: `’s`, `’ll`.
        '’' => line
            .chars()
            .skip(1)
            .take_while(|c| is_alphanumeric(*c))
            .nth(2)
            .is_none(),
        '，' | '。' | '、' | '；' | '：' | '）' | '」' | '』' => true,
        _ => false,
    }
}

/// Whether a sentence ends in `before` and the next one opens with a word that lost its vowel, as in Dutch, where the second
/// word has the capital: `’s Avonds`.
fn opens_in_dutch(before: &str, after: &str) -> bool {
    let mut words = after.split(' ');
    let lost = words.next().is_some_and(|word| word.starts_with('’'));
    let second = words.next().unwrap_or_default();
    lost && second.starts_with(char::is_uppercase) && ended(before)
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '"' | '”' | '»' | '’' | '\'' | '.' | '」' | '』' | '）'
    )
}

/// Whether a line ends in a mark that opens: a bracket, or a quotation mark with nothing before it.
fn opens(line: &str) -> bool {
    let mut chars = line.chars().rev();
    let last = chars.next().unwrap_or(' ');
    match last {
        '(' | '[' | '（' | '「' | '『' | '„' | '‚' => true,
        '“' | '‘' | '«' | '‹' | '»' | '"' => chars
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[')),
        _ => false,
    }
}

/// How `after` continues the paragraph that ends in `before`, on a torn page.
fn continues(before: &str, paragraph: Paragraph, after: &str, next: &str) -> Option<Join> {
    let mut chars = after.chars();
    let (first, second) = (chars.next().unwrap_or(' '), chars.next());
    if closes(after) && !opens_in_dutch(before, after) || opens(before) {
        return Some(Join::Nothing);
    }
    if first == '"' && paragraph.quoted && second.is_none_or(|c| !is_alphanumeric(c)) {
        return Some(Join::Nothing);
    }
    // A large initial opens its paragraph, whatever stands above.
    if ended(before) || is_initial(after) && starts_low(next) {
        return None;
    }
    let glued = before.ends_with(['-', '\'']) && before.len() > 1
        || matches!(first, '-' | '/') && second.is_some_and(is_alphabetic);
    let how = Some(if glued || is_initial(before) {
        Join::Nothing
    } else {
        Join::Space
    });
    if first.is_lowercase() {
        return how;
    }
    if before.ends_with(':') {
        // `Price: ` in bold at the head of a paragraph.
        let label = before.len() <= TORN_NAME && paragraph.length == before.len();
        return if label && ended(after) { how } else { None };
    }
    let goes_on = starts_low(next) || !next.is_empty() && closes(next);
    let wanted = before.ends_with(',')
        || ends_open(before) && !ends_item(before) && (goes_on || after.len() < TORN_ELEMENT);
    let dash = matches!(first, '-' | '–' | '—' | '/' | '&' | '+') && second.is_some();
    if wanted || dash && paragraph.length >= CUT_LINE {
        return how;
    }
    // A torn-out name: its paragraph breaks off before it and goes on in lower case after it.
    let name = after.len() < TORN_ELEMENT && paragraph.length >= CUT_LINE
        || after.len() <= TORN_NAME && paragraph.length >= CUT_LINE / 2 && !ends_open(after);
    if goes_on && name { how } else { None }
}

/// Whether a line is a large initial, torn off its word. Vowels alone are words in too many languages.
fn is_initial(line: &str) -> bool {
    line.len() == 1 && line.starts_with(|c: char| c.is_ascii_uppercase() && !"AEIOUY".contains(c))
}

/// Whether a line ends a sentence, or is something in brackets of its own.
fn ended(line: &str) -> bool {
    let bracketed = line.starts_with('[') && line.ends_with(']')
        || line.starts_with('(') && line.ends_with(')');
    if bracketed {
        return true;
    }
    line.trim_end_matches(|c| is_closing(c) && c != '.' || c == '“')
        .ends_with(['.', '!', '?', '。', '！', '？', '…'])
}

/// Whether a line is an item of an enumeration that runs on: `…; and`.
fn ends_item(line: &str) -> bool {
    line.rsplit(' ')
        .nth(1)
        .is_some_and(|word| word.ends_with(';'))
}

fn starts_low(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

/// Whether a line ends in a word after which a sentence hardly ends, in the languages of most pages.
fn ends_open(line: &str) -> bool {
    let word = line.rsplit(' ').next().unwrap_or("");
    // Alone on a line such a word is the start of a sentence, or an entry of a menu in lower case.
    word.len() <= 8
        && (line.len() > word.len() || !starts_low(word))
        && OPEN_WORDS
            .binary_search(&word.to_lowercase().as_str())
            .is_ok()
}

/// Articles, prepositions and conjunctions of the larger languages that are written with Latin letters; sorted.
const OPEN_WORDS: &[&str] = &[
    "a", "about", "after", "agli", "ai", "al", "alla", "alle", "allo", "als", "am", "an", "and",
    "ao", "aos", "as", "at", "att", "auf", "aus", "aux", "av", "avec", "before", "bei", "beim",
    "between", "by", "ces", "chez", "com", "como", "con", "da", "dal", "dalla", "dalle", "dans",
    "das", "dass", "de", "degli", "dei", "del", "della", "delle", "dello", "dem", "den", "der",
    "des", "desde", "det", "di", "die", "diese", "dieser", "dieses", "do", "dos", "du", "durch",
    "during", "e", "een", "ein", "eine", "einem", "einen", "einer", "el", "em", "en", "entre",
    "esta", "este", "et", "for", "fra", "from", "für", "gegen", "gli", "hasta", "he", "her", "het",
    "his", "ihre", "ihrem", "ihren", "ihrer", "il", "im", "in", "ins", "into", "its", "la", "las",
    "le", "les", "leur", "leurs", "lo", "los", "med", "met", "mit", "na", "nach", "nel", "nella",
    "nelle", "no", "o", "oder", "of", "og", "om", "on", "or", "oraz", "os", "ou", "our", "par",
    "para", "per", "por", "pour", "på", "que", "qui", "sans", "seine", "seinem", "seinen",
    "seiner", "ses", "she", "sich", "sin", "since", "sobre", "som", "sous", "sowie", "su", "sul",
    "sulla", "sur", "sus", "than", "that", "the", "their", "these", "this", "those", "til", "to",
    "tra", "um", "un", "una", "und", "une", "uno", "unter", "van", "ved", "vom", "von", "voor",
    "vor", "w", "when", "which", "while", "who", "wie", "with", "y", "your", "z", "ze", "zu",
    "zum", "zur", "zwischen", "à", "über", "że",
];

#[cfg(test)]
mod tests {
    use super::OPEN_WORDS;

    #[test]
    fn open_words_are_sorted_for_the_search() {
        assert!(OPEN_WORDS.is_sorted());
    }
}
