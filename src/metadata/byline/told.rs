//! Names that are no byline wherever they stand: in a sentence, in a phrase, under a comment, among the data of a book.

use super::{Cued, Mention};
use crate::document::{Span, lower};
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::cues::{self, Cues};
use crate::lexicon::name_parts;
use crate::metadata::page::Page;
use crate::metadata::sheet;

/// Letters and digits of what may stand beside a cue that opens its line.
const MARKS: usize = 2;
/// Characters behind a name among which its date begins.
const DATE_REACH: usize = 24;
/// Letters of a sentence that goes on behind a name.
const SENTENCE: usize = 20;
/// Letters of the longest preposition that is a cue by itself; a pseudonym wants a cue that says more: `posted by`.
pub(super) const PREPOSITION: usize = 4;
/// Words of the shortest phrase that a preposition ties a name to.
const PHRASE: usize = 4;

/// Whether the words are no byline, wherever they stand.
pub(super) fn is_no_byline(page: &Page<'_>, m: &Mention) -> bool {
    if m.words == 1 && m.cued == Cued::Line(Cue::Author) && !m.surname && is_cut(page, m) {
        return true;
    }
    let line = behind(page, m);
    let last = m.name.split(' ').next_back().unwrap_or_default();
    let next = line.split_whitespace().next().unwrap_or_default();
    let next = next.trim_end_matches(['.', ',', ')']);
    // `Co` is a surname as well.
    let person = m.given_first && m.words == 2 && m.cued == Cued::Line(Cue::Author);
    if name_parts::is_company(last) && !person || name_parts::is_company(next) {
        return true;
    }
    // A post shown from elsewhere, `Mira (@mira) 3 May`, and the author of a book whose data are listed.
    let dated = line.bytes().any(|b| b.is_ascii_digit());
    let raw = page.raw(m.unit).trim_start();
    let inside = m.unit > page.body.start || raw.starts_with(['—', '–']);
    let shown = line.trim_start().starts_with("(@") && dated && inside;
    // The stories before and after this one.
    let shown = shown || raw.starts_with(['←', '→']);
    let cued = m.cued == Cued::Line(Cue::Author);
    let told = || is_told_in_a_sentence(page, m, line) || is_of_a_phrase(page, m);
    shown
        || line.starts_with('?')
        || cued && (sheet::around(page, m.unit) > 0 || told() || is_comment(page, m, line))
}

/// What stands behind the name in its line.
pub(super) fn behind<'a>(page: &Page<'a>, m: &Mention) -> &'a str {
    Span::new(m.span.end, page.span(m.unit).end).of(page.text)
}

/// Whether a single word behind a cue is the beginning of something longer: of an office (`By Harbour Court Reporter`), or
/// of a sentence (`Von Booten und ihren Fischern`).
fn is_cut(page: &Page<'_>, m: &Mention) -> bool {
    let Some(next) = behind(page, m).strip_prefix(' ') else {
        return false;
    };
    let word = next.split([' ', ',', '|']).next().unwrap_or_default();
    let phrase = |c: char| c.is_lowercase() && !date_follows(next);
    match word.chars().next() {
        // Nouns of German have capitals: `von Mira Kommentare`.
        Some(c) if c.is_uppercase() => page.language != "de" || bylines::is_title(&lower(word)),
        Some(c) => !m.lower && phrase(c),
        None => false,
    }
}

/// Whether the cue is a preposition inside a sentence that goes on behind the name: `the boats of Anna Holm are back`.
fn is_told_in_a_sentence(page: &Page<'_>, m: &Mention, line: &str) -> bool {
    let goes_on = line.strip_prefix(' ').is_some_and(|next| {
        next.starts_with(char::is_lowercase) && !next.chars().take(DATE_REACH).any(char::is_numeric)
    });
    // `Aus Lyon berichten Anna Holm und Jan Wick`
    let next = line.split_whitespace().next().unwrap_or_default();
    let listed = m.cue_letters(page) > PREPOSITION && name_parts::is_joint(next);
    goes_on && !listed && m.right > SENTENCE && m.left > m.cue_letters(page) + MARKS
}

/// Whether the cue is a preposition that ties the name to a phrase: `Police found the boats of Anna Holm`. A date before it
/// makes it a byline.
fn is_of_a_phrase(page: &Page<'_>, m: &Mention) -> bool {
    if m.before_date || m.after_date || m.claim.start >= m.span.start {
        return false;
    }
    let cue = Span::new(m.claim.start, m.span.start).of(page.text).trim();
    let before = Span::new(page.span(m.unit).start, m.claim.start).of(page.text);
    let parted = before
        .trim_end()
        .ends_with(|c: char| c.is_ascii_punctuation() && c != '"' || "–—·•»…©ⓒ".contains(c));
    let single = !cue.contains([' ', ':', '：']);
    let digit = before.bytes().any(|b| b.is_ascii_digit());
    single && !parted && !digit && before.split_whitespace().count() >= PHRASE
}

/// Whether the line heads a comment, which a button behind the name answers: `Comment by Mira — 3 May 2019 | Reply`.
fn is_comment(page: &Page<'_>, m: &Mention, line: &str) -> bool {
    let cue = Span::new(m.claim.start.min(m.span.start), m.span.start).of(page.text);
    let button = line.rsplit_once('|').map(|(_, button)| button.trim());
    let answers = |button| Cues::shipped().is_whole(button, cues::Cue::Comments);
    // A column is a comment as well, and is signed above its text.
    let below = m.unit >= page.body.end && (m.before_date || m.after_date);
    lower(cue).contains("omment") && (below || button.is_some_and(answers))
}

/// Whether a digit stands among the next characters, as where a date or a number of comments follows, or a word that puts
/// the post in its section: `under News`.
fn date_follows(next: &str) -> bool {
    let word = next.split(' ').next().unwrap_or_default();
    next.chars().take(DATE_REACH).any(|c| c.is_ascii_digit()) || name_parts::is_behind(word)
}
