//! Korean sentences. Words are read one by one with the marks that follow them; a word ends a sentence by its mark,
//! by its ending, or by both, as [`decide`] argues. Nothing inside a quotation or bracket ends one.

use std::ops::Range;

use super::quotes;
use crate::document::hangul_run;
use crate::lexicon::sentences::{Ending, carries_on, ending};
use crate::record::Bytes;

/// A bracket of at most so many bytes after a full stop belongs to the sentence before it.
const ASIDE_BYTES: usize = 60;
/// Bytes of a text for each of its words, about.
const WORD_BYTES: usize = 8;

/// What follows the letters of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tail {
    /// One full stop.
    stop: bool,
    /// A question or exclamation mark.
    exclaimed: bool,
    /// Dots: how many, `…` counting as three.
    dots: u8,
    /// ㅋㅋ, ㅠㅠ, ^^ or an emoji.
    emoticon: bool,
    /// A tilde.
    tilde: bool,
    /// A comma or another mark after which a sentence goes on.
    goes_on: bool,
    /// A quotation mark or bracket that was closed.
    closed: bool,
}

/// A word between white space that stands outside quotations and brackets, with what they hold.
#[derive(Clone, Debug)]
struct Word {
    /// All of it.
    range: Range<usize>,
    /// Where its letters end and its tail begins.
    core_end: usize,
    tail: Tail,
    ending: Option<Ending>,
    /// The quotation or bracket that ends with it, if any.
    protected: Option<Range<usize>>,
}

impl Word {
    /// Whether it is nothing but marks.
    fn is_marks(&self) -> bool {
        self.core_end == self.range.start
    }
}

/// The sentences of a Korean text, in bytes of it.
pub(super) fn spans(text: &str) -> Vec<Bytes> {
    let protected = quotes::ranges(text);
    if let [whole] = protected.as_slice()
        && whole.start == 0
        && whole.end == text.len()
        && text.starts_with(['"', '“'])
    {
        return super::inside_quotation(text, spans);
    }
    let words = words(text, &protected);
    let casual = Casual::of(&words);
    let mut found = Vec::new();
    let mut start = None;
    let mut pending = false;
    for (index, word) in words.iter().enumerate() {
        let first = *start.get_or_insert(word.range.start);
        let next = words.get(index + 1);
        let ends = (pending && word.is_marks_or_aside(text))
            || decide(text, first, words[..index].last(), word, next, casual);
        pending = false;
        let Some(next) = next else {
            break;
        };
        if !ends {
            continue;
        }
        if next.is_marks_or_aside(text) && !next.opens_list(text) {
            pending = true;
            continue;
        }
        found.push((first as u64, word.range.end as u64));
        start = None;
    }
    if let (Some(first), Some(last)) = (start, words.last()) {
        found.push((first as u64, last.range.end as u64));
    }
    found
}

/// Cuts the text into words; white space inside quotations and brackets cuts none, and a sentence end without white
/// space after it (`했다.그는`, `했다.[한빛=새벽통신]`) cuts one.
fn words(text: &str, protected: &[Range<usize>]) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / WORD_BYTES + 1);
    let mut protected = protected.iter().peekable();
    let mut start: Option<usize> = None;
    let mut last_protected: Option<Range<usize>> = None;
    let mut before = ' ';
    let mut at = 0;
    loop {
        // Most of a text are syllables that no sentence ended right before.
        let syllables = hangul_run(&text.as_bytes()[at..]);
        if syllables > 0 && !matches!(before, '.' | '!' | '?') {
            start.get_or_insert(at);
            before = '가';
            at += syllables;
            continue;
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if let Some(range) = protected.next_if(|range| range.start == at) {
            if let Some(from) = start
                && glued(text, from, at, c)
            {
                words.push(word(text, from..at, last_protected.take()));
                start = None;
            }
            start.get_or_insert(at);
            at = range.end;
            last_protected = Some(range.clone());
            before = '"';
            continue;
        }
        if c.is_whitespace() {
            if let Some(from) = start.take() {
                words.push(word(text, from..at, last_protected.take()));
            }
        } else {
            if matches!(before, '.' | '!' | '?')
                && let Some(from) = start
                && matches!(c, '가'..='힣')
                && glued(text, from, at, c)
            {
                words.push(word(text, from..at, last_protected.take()));
                start = None;
            }
            start.get_or_insert(at);
        }
        before = c;
        at += c.len_utf8();
    }
    if let Some(from) = start {
        words.push(word(text, from..text.len(), last_protected));
    }
    words
}

/// Whether a sentence ends right before `at`, where the next one follows without white space.
fn glued(text: &str, from: usize, at: usize, next: char) -> bool {
    let marked = &text[from..at];
    let core = marked.trim_end_matches(['.', '!', '?']);
    if core.len() == marked.len() {
        return false;
    }
    let follows = &text[at..];
    let quoting = ["라고", "라는", "라며", "라면서", "고 ", "며 ", "는 "];
    let note = follows[next.len_utf8()..].starts_with(|c: char| c.is_ascii_digit() || c == '*');
    core.ends_with(['다', '요', '죠', '까'])
        && (marked.len() == core.len() + 1 || ending(core).is_some())
        && next != '('
        && !(next == '[' && note)
        && !quoting.iter().any(|word| follows.starts_with(word))
}

fn word(text: &str, range: Range<usize>, protected: Option<Range<usize>>) -> Word {
    let mut tail = Tail::default();
    let mut core_end = range.end;
    let slice = &text[range.clone()];
    // So do most words end: with a syllable, no mark behind it.
    if slice
        .as_bytes()
        .last_chunk::<3>()
        .is_some_and(|last| hangul_run(last) > 0)
    {
        return Word {
            ending: ending(slice),
            range,
            core_end,
            tail,
            protected: protected.filter(|protected| protected.end > core_end),
        };
    }
    let mut chars = slice.char_indices().rev().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '가'..='힣' => break,
            '.' | '。' => {
                if tail.stop || tail.dots > 0 {
                    tail.stop = false;
                    tail.dots = tail.dots.max(1).saturating_add(1);
                } else {
                    tail.stop = true;
                }
            }
            '…' | '⋯' => {
                tail.stop = false;
                tail.dots = tail.dots.saturating_add(3);
            }
            '!' | '?' | '！' | '？' => tail.exclaimed = true,
            '~' | '～' => tail.tilde = true,
            ',' | ':' | ';' | '·' | '、' => {
                tail.goes_on |= core_end == range.end;
            }
            'ㄱ'..='ㅣ' | '^' | '☆' | '★' | '♡' | '♥' | '♪' => tail.emoticon = true,
            _ if is_emoji(c) => tail.emoticon = true,
            ']' => {
                // A reference mark: `했다.[12]`
                let mut ahead = chars.clone();
                let mut opened = None;
                let mut digits = 0;
                for (open, c) in ahead.by_ref() {
                    match c {
                        '[' => {
                            opened = Some(open);
                            break;
                        }
                        c if c.is_ascii_digit() => digits += 1,
                        _ => break,
                    }
                }
                match opened {
                    Some(_) if digits > 0 => chars = ahead,
                    _ => tail.closed = true,
                }
                core_end = range.start + opened.filter(|_| digits > 0).unwrap_or(at);
                continue;
            }
            _ if quotes::is_closer(c) => tail.closed = true,
            _ => break,
        }
        core_end = range.start + at;
    }
    let core = &text[range.start..core_end];
    let ends_word = protected.filter(|protected| protected.end > core_end);
    Word {
        ending: ending(core),
        range,
        core_end,
        tail,
        protected: ends_word,
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c as u32, 0x1f000..=0x1faff | 0x2600..=0x27bf | 0xfe0f | 0x200d)
}

impl Word {
    /// Nothing but marks, or a short bracket without a sentence in it, after a sentence that has ended.
    fn is_marks_or_aside(&self, text: &str) -> bool {
        if self.is_marks() {
            return self.protected.is_none();
        }
        let slice = &text[self.range.clone()];
        slice.starts_with('(')
            && slice.ends_with(')')
            && slice.len() <= ASIDE_BYTES
            && self.ending.is_none()
            && !self.tail.stop
            && self.tail.dots == 0
            && !slice.contains(['.', '…', 'ㅋ'])
    }

    /// Whether the marks open an item: `- `, `–`, `▶`.
    fn opens_list(&self, text: &str) -> bool {
        text[self.range.clone()]
            .starts_with(['-', '–', '▶', '■', '◆', '*', '▲', '△', '○', '●', '·', 'ㆍ'])
    }
}

/// Whether the text is casual: sentences in it end without a mark, which news never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Casual {
    No,
    Somewhat,
    Very,
}

impl Casual {
    fn of(words: &[Word]) -> Self {
        let bare = |word: &&Word| {
            word.tail == Tail::default()
                && matches!(word.ending, Some(Ending::Polite | Ending::Nominal))
        };
        let unmarked = words.iter().filter(bare).count();
        let marked = words
            .iter()
            .filter(|word| word.tail.stop && word.ending.is_some())
            .count();
        match unmarked {
            0 => Self::No,
            _ if unmarked >= 2 && unmarked > marked => Self::Very,
            _ => Self::Somewhat,
        }
    }
}

/// Whether `word` ends a sentence that began at byte `first`.
fn decide(
    text: &str,
    first: usize,
    previous: Option<&Word>,
    word: &Word,
    next: Option<&Word>,
    casual: Casual,
) -> bool {
    let tail = word.tail;
    let Some(next) = next else {
        return true;
    };
    // Most words have neither a mark nor an ending.
    if tail.goes_on || tail == Tail::default() && word.ending.is_none() {
        return false;
    }
    let opens_quote = next
        .protected
        .as_ref()
        .is_some_and(|range| range.start == next.range.start);
    // After a full stop of its own a sentence goes on for no word.
    let may_go_on = !tail.stop || tail.closed;
    if may_go_on && !opens_quote && carries_on(&text[next.range.start..next.core_end]) {
        return false;
    }
    if tail.closed
        && let Some(protected) = &word.protected
    {
        return closed_quotation(text, first, word, protected);
    }
    let core = &text[word.range.start..word.core_end];
    if tail.exclaimed {
        return true;
    }
    if tail.dots > 0 {
        let alone = word.range.start == first;
        return word.ending.is_some() || (tail.dots == 2 && !alone);
    }
    if tail.stop {
        return full_stop(text, first, core, previous, next);
    }
    if tail.emoticon {
        let laughs = text[word.core_end..word.range.end].chars().count() >= 2;
        return word.ending.is_some() || laughs;
    }
    match word.ending {
        Some(Ending::Polite) => true,
        Some(Ending::Nominal) => casual != Casual::No && !tail.tilde,
        Some(Ending::Plain | Ending::Casual) => casual == Casual::Very && !tail.tilde,
        None => false,
    }
}

/// Whether a quotation or bracket that ends with the word ends the sentence: it holds the mark, and stands for
/// itself.
fn closed_quotation(text: &str, first: usize, word: &Word, protected: &Range<usize>) -> bool {
    let inside = &text[word.core_end..protected.end.clamp(word.core_end, word.range.end)];
    let marked_inside = inside.contains(['.', '!', '?', '…', '。']);
    let after = &text[protected.end.min(word.range.end)..word.range.end];
    if after.contains(['.', '!', '?']) {
        return true;
    }
    // `"…했다."(한빛서 3:13)`
    let before = &text[..protected.start];
    if [".\"", ".”"].iter().any(|end| before.ends_with(end)) {
        return true;
    }
    if text[protected.clone()].ends_with([')', ']', '}', '）']) {
        protected.start == first && (marked_inside || word.ending.is_some())
    } else {
        marked_inside
    }
}

/// Whether one full stop after `core` ends a sentence.
fn full_stop(text: &str, first: usize, core: &str, previous: Option<&Word>, next: &Word) -> bool {
    let begins = text[first..].starts_with(core) && first + core.len() < text.len() && {
        let start = core.as_ptr() as usize - text.as_ptr() as usize;
        start == first
    };
    let Some(last) = core.chars().next_back() else {
        return false;
    };
    if last.is_ascii_digit() {
        // A numbered item, a date (`2023. 1. 31.`), an ordinal.
        let dated = previous.is_some_and(|word| word.tail.stop && word.ending.is_none());
        let next_digit = text[next.range.clone()].starts_with(|c: char| c.is_ascii_digit());
        return !begins
            && !dated
            && !next_digit
            && core.chars().all(|c| !c.is_ascii_digit() || c == last);
    }
    if last.is_ascii_alphabetic() {
        let letters = core.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
        return letters.len() > 1 && !letters.contains('.') && !is_abbreviation(letters);
    }
    // `가. 개요`, `전. 부. 다.`
    let single = core.chars().count() == 1;
    let listed = matches!(last, '가' | '나' | '다' | '라' | '마' | '바' | '사');
    let next_single = next.tail.stop && text[next.range.start..next.core_end].chars().count() == 1;
    !(single && (begins && listed || next_single))
}

fn is_abbreviation(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "St"
            | "vs"
            | "Vs"
            | "VS"
            | "No"
            | "no"
            | "Vol"
            | "vol"
            | "Jr"
            | "Sr"
            | "Prof"
            | "feat"
            | "ft"
            | "etc"
            | "cf"
            | "pp"
            | "Gen"
            | "Sen"
            | "Rep"
            | "Fig"
            | "Inc"
            | "Co"
            | "Corp"
            | "Ltd"
    )
}
