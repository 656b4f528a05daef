//! The runs of words that are names: where they end.

use std::ops::RangeInclusive;

use super::words::Word;
use super::{DATED, PLACE};
use crate::document::{is_alphabetic, is_blank, lower};
use crate::lexicon::{bylines, date_labels, months, name_parts, names};
use crate::metadata::byline::settle::clock_follows;

/// Words of the longest name.
const LONGEST: usize = 9;
/// Bytes of the shortest pseudonym in lower case that nothing follows.
const SHORTEST: usize = 3;
/// Letters of the longest short form of an outlet.
const OUTLET: usize = 4;
/// What the second word of `Arab and international` begins with in Arabic, and the bytes of the longest name that does.
const AND: char = 'و';
const SHORT_AND: usize = 6;
/// Words of a name in a script without capitals that is all of its line.
const CASELESS: RangeInclusive<usize> = 2..=4;
/// Words of the longest title.
const TITLE: usize = 3;
/// Words of the longest pseudonym that its time of day tells.
const POSTED: usize = 4;

/// The end of the run of name words that begins at word `i`, where there is one.
pub(super) fn run(raw: &str, words: &[Word<'_>], i: usize, strong: bool) -> Option<usize> {
    let cased = |w: &Word<'_>| is_name_word(w) || strong && is_caseless_name(w);
    if !cased(&words[i]) {
        // A pseudonym in lower case, after a cue alone.
        let word = &words[i];
        if !strong || word.capital || word.digit || word.address || word.caseless {
            return None;
        }
        let lower = lower(word.text);
        let mut end = i + 1;
        while words.get(end).is_some_and(|next| next.glued) {
            end += 1;
        }
        let last = words[end - 1];
        let single = words.get(end).is_none_or(|next| {
            let gap = &raw[last.end..next.start];
            gap.contains(['|', '·', ',', '•', '/', '(', '\n'])
                || next.digit
                || next.capital && raw.len() <= DATED
                || gap.len() > 1
                || name_parts::is_behind(next.text)
        });
        // `by jo on 3 May`
        let behind = words
            .get(end)
            .filter(|next| name_parts::is_behind(next.text));
        let long = word.text.len() >= SHORTEST - usize::from(behind.is_some());
        return (single
            && long
            && !names::is_stop(&lower)
            && bylines::cue(&lower).is_none()
            && !bylines::is_title(&lower))
        .then_some(end);
    }
    let mut end = i + 1;
    let mut k = i + 1;
    while k < words.len() && k - i < LONGEST {
        let gap = &raw[words[end - 1].end..words[k].start];
        let only_space = if k == end {
            gap.chars()
                .all(|c| crate::document::is_blank(c) || matches!(c, '"' | '“' | '”'))
        } else {
            true
        };
        let between = &raw[words[k - 1].end..words[k].start];
        if !only_space
            || !between
                .chars()
                .all(|c| crate::document::is_blank(c) || matches!(c, '"' | '“' | '”'))
            || words[k].glued
        {
            break;
        }
        // A surname that is also a job title: `Jörg Staff`.
        let titled = end - i == 1
            && words[k].capital
            && names::is_given(&words[i].text.to_lowercase())
            && bylines::is_title(&words[k].text.to_lowercase());
        if cased(&words[k]) || titled {
            k += 1;
            end = k;
        } else if is_particle(&words[k]) || is_capital_particle(words, i, k) {
            k += 1;
        } else {
            break;
        }
    }
    // A pseudonym written as one, after a cue alone: `Marianne7`, `KleineBlaueEule`.
    let own =
        |next: &Word<'_>| next.glued && !next.address && !names::is_stop(&next.text.to_lowercase());
    while strong && end - i < LONGEST && joined(words, i, end) && words.get(end).is_some_and(own) {
        end += 1;
    }
    // And with a dot: `Mira.Fuchs`.
    let dotted = |next: &Word<'_>| {
        raw[words[i].end..next.start] == *"." && next.text.chars().all(is_alphabetic)
    };
    if strong && end == i + 1 && words.get(end).is_some_and(dotted) {
        end += 1;
        while words.get(end).is_some_and(own) {
            end += 1;
        }
    }
    // A word of the language glued to a single one makes it an outlet's: `HarbourNews`.
    if strong
        && end == i + 1
        && words
            .get(end)
            .is_some_and(|next| next.glued && !next.address)
    {
        return None;
    }
    // An office of an outlet, behind the word for a reporter.
    if words[i].caseless && end - i > *CASELESS.end() {
        return None;
    }
    let quoted = raw[words[i].start..words[end - 1].end].contains(['"', '“']);
    if let Some(cut) = glued_list(&words[i..end]).filter(|_| !quoted) {
        end = i + cut;
    }
    // A name printed twice in a row counts once.
    let half = (end - i) / 2;
    if half > 1
        && (end - i).is_multiple_of(2)
        && (0..half).all(|k| words[i + k].text == words[i + half + k].text)
    {
        end = i + half;
    }
    Some(end)
}

/// The end of a pseudonym of several words that a cue which begins at byte `cue` announces, and the time of day follows:
/// `Posted by the old seal at 21:11`.
pub(super) fn posted(raw: &str, words: &[Word<'_>], i: usize, cue: usize) -> Option<usize> {
    if !raw[cue..words[i].start].trim().contains(' ') {
        return None;
    }
    let text = |word: &&Word<'_>| !word.digit && !word.address && !name_parts::is_behind(word.text);
    let end = i + words[i..].iter().take(POSTED + 1).take_while(text).count();
    let at = words
        .get(end)
        .filter(|word| name_parts::is_behind(word.text))?;
    let blank = |pair: &[Word<'_>]| raw[pair[0].end..pair[1].start].chars().all(is_blank);
    let whole = (i + 1..=i + POSTED).contains(&end) && words[i..end].windows(2).all(blank);
    (whole && clock_follows(&raw[at.start..])).then_some(end)
}

/// The end of a pseudonym that begins at word `i` with a given name: `MiraFuchs`.
pub(super) fn pseudonym(words: &[Word<'_>], i: usize) -> usize {
    let given = names::is_given(&words[i].text.to_lowercase());
    let part = |word: &&Word<'_>| given && word.glued && !word.digit && !word.address;
    i + 1 + words[i + 1..].iter().take_while(part).count()
}

/// Whether words `i` to `end` were cut from one.
fn joined(words: &[Word<'_>], i: usize, end: usize) -> bool {
    words[i + 1..end].iter().all(|word| word.glued)
}

/// The words of the first name of several that nothing separates: `Ada Holm Jan Peter Wick`.
fn glued_list(words: &[Word<'_>]) -> Option<usize> {
    let given = |k: usize| names::is_common(&words[k].text.to_lowercase());
    let rare = |k: usize| names::is_given(&words[k].text.to_lowercase());
    if words.len() == 4
        && rare(0)
        && !rare(1)
        && rare(2)
        && !rare(3)
        && !words.iter().any(is_particle)
    {
        return Some(2);
    }
    (words.len() >= 4 && given(0)).then_some(())?;
    (2..words.len() - 1).find(|k| given(*k) && !given(k - 1) && !is_particle(&words[k - 1]))
}

/// Whether words `i` to `end` are a name and, before a title in small letters, what its owner reports on or from where:
/// `Anna Holm Wales correspondent`.
pub(super) fn ends_in_desk(words: &[Word<'_>], i: usize, end: usize) -> bool {
    let known = |word: &Word<'_>| {
        let word = lower(word.text);
        names::is_given(&word) || names::is_family(&word)
    };
    let titled = words.get(end).is_some_and(|next| {
        next.text.starts_with(char::is_lowercase) && bylines::is_title(&lower(next.text))
    });
    let long = end - i >= 3 && !is_particle(&words[end - 2]);
    titled && long && names::is_given(&lower(words[i].text)) && !known(&words[end - 1])
}

/// Whether words `i` to `end` are a name and the first word of a title: `Anna Holm Senior Reporter`.
pub(super) fn ends_in_title(raw: &str, words: &[Word<'_>], i: usize, end: usize) -> bool {
    let title = |next: &Word<'_>| {
        let text = &raw[words[end - 1].start..next.end];
        bylines::is_title(&lower(
            &text.split_whitespace().collect::<Vec<_>>().join(" "),
        ))
    };
    end - i >= 3 && words[end..].iter().take(TITLE - 1).any(title)
}

/// Whether words `i` to `end` are a name and the short form of the outlet in capitals: `Anna Holm HRB`.
pub(super) fn ends_in_initials(words: &[Word<'_>], i: usize, end: usize) -> bool {
    let last = words[end - 1].text;
    let short = (2..=OUTLET).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_uppercase());
    let rest = &words[i..end - 1];
    let printed = |word: &Word<'_>| word.text.contains(|c: char| c.is_lowercase());
    short
        && rest.len() > 1
        && rest.iter().all(printed)
        && !name_parts::is_ordinal(last)
        && !names::is_given(&lower(last))
        && !names::is_family(&lower(last))
}

/// Whether the word can be part of a name.
fn is_name_word(word: &Word<'_>) -> bool {
    if !word.capital || !may_name(word) {
        return false;
    }
    let lower = lower(word.text);
    let other = || {
        names::is_stop(&lower)
            || date_labels::is_label(&lower)
            || bylines::cue(&lower).is_some()
            || months::month(&lower, "und").is_some()
    };
    !word.caseless && !bylines::is_title(&lower) && (names::is_given(&lower) || !other())
}

/// Whether a word of a script without capitals can be part of a name, as only one behind a cue can.
fn is_caseless_name(word: &Word<'_>) -> bool {
    let lower = lower(word.text);
    word.caseless && may_name(word) && !names::is_stop(&lower) && bylines::cue(&lower).is_none()
}

/// Whether a line is a name of a script without capitals and nothing else but a place behind a dash, as the given name tells that
/// opens it.
pub(super) fn is_caseless_line(raw: &str, words: &[Word<'_>]) -> bool {
    let raw = match raw.split_once(" - ") {
        Some((name, place)) if place.split_whitespace().count() <= PLACE => name,
        _ => raw,
    };
    let words = &words[..words
        .iter()
        .take_while(|word| word.end <= raw.len())
        .count()];
    let letters = |c: char| {
        is_alphabetic(c) || is_blank(c) || matches!(u32::from(c), 0x300..=0x36f | 0x64b..=0x652)
    };
    let words_fit = CASELESS.contains(&words.len());
    words_fit
        && names::is_given(words[0].text)
        && words.iter().all(is_caseless_name)
        && !words[1..]
            .iter()
            .any(|word| word.text.starts_with(AND) && word.text.len() > SHORT_AND)
        && raw.chars().all(letters)
}

/// Whether the word is neither a number nor an address nor what somebody owns: `Anna Holm’s Harbour`.
fn may_name(word: &Word<'_>) -> bool {
    let owns = word.text.ends_with("’s") || word.text.ends_with("'s");
    let number = || word.digit || word.text.chars().any(char::is_numeric);
    !(word.address || owns || number())
}

fn is_particle(word: &Word<'_>) -> bool {
    name_parts::is_particle(word.text)
}

/// Whether a particle is printed in capitals, as the surname behind it is: `Gwenn LE BIHAN`.
fn is_capital_particle(words: &[Word<'_>], i: usize, k: usize) -> bool {
    let capitals = |word: &Word<'_>| {
        word.text.chars().count() > 1 && !word.text.contains(|c: char| c.is_lowercase())
    };
    let next = words.get(k + 1);
    !capitals(&words[i])
        && capitals(&words[k])
        && next.is_some_and(|next| capitals(next) && is_name_word(next))
        && name_parts::is_particle(&lower(words[k].text))
}
