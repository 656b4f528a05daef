//! What may be the headline: a unit, two units torn apart, or a piece of a unit.

use std::borrow::Cow;

use super::super::date::Dates;
use super::super::page::{Page, is_dense};
use crate::document::{Holds, is_alphabetic, is_alphanumeric, lower};
use crate::label::LineKind;
use crate::lexicon::captions::{self, Place};
use crate::lexicon::{date_labels, names};

/// Units before the first paragraph among which the headline is looked for: galleries and share bars stand between.
const BEFORE: usize = 140;
/// Units after the first paragraph: a lede that is printed over the headline.
const AFTER: usize = 12;
/// Units whose pieces, and joins with a neighbour, are candidates as well.
const LIKELY: usize = 8;
/// Words of a section or kicker that may stand glued before the headline.
const GLUED_WORDS: usize = 4;
/// Words of the longest kicker before a mark that says it is one, and of the shortest headline behind.
pub(super) const KICKER_WORDS: usize = 8;
pub(super) const OWN_WORDS: usize = 3;
/// Bytes of the longest label of a date.
const STAMP_LABEL: usize = 40;
/// Marks of the rights in a picture, and the word that ends its text in Japanese: who took it.
const RIGHTS: [char; 2] = ['©', 'ⓒ'];
const TAKEN: &str = "撮影";
/// What points to another page.
const ARROWS: [char; 6] = ['←', '→', '⟵', '⟶', '⇐', '⇒'];
/// Bytes of the longest headline.
const LONGEST: usize = 600;

/// A candidate.
#[derive(Clone, Debug)]
pub(in crate::metadata) struct Candidate<'a> {
    /// First unit.
    pub(in crate::metadata) first: usize,
    /// Last unit.
    pub(in crate::metadata) last: usize,
    /// White space folded.
    pub(in crate::metadata) line: Cow<'a, str>,
    pub(in crate::metadata) form: Form,
    /// How a piece was cut out.
    pub(in crate::metadata) cut: Option<Cut>,
}

/// How a piece was cut out of its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) struct Cut {
    pub(in crate::metadata) at: Mark,
    /// Words that were cut off.
    pub(in crate::metadata) words: usize,
    /// Whether the page prints what was cut off as a line of its own.
    pub(in crate::metadata) known: bool,
}

/// Where a unit is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::metadata) enum Mark {
    /// Before the last part of a breadcrumb.
    Crumb = 1,
    /// Behind the last dash or bar.
    Tail,
    /// Before it.
    Head,
    /// Behind the first colon.
    Colon,
    /// Behind a section, a kicker or a button that stands glued before it.
    Known,
    /// Behind a date that stands glued before it.
    Date,
}

/// How a candidate relates to its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metadata) enum Form {
    /// The whole unit.
    Whole,
    /// A piece of it.
    Piece,
    /// It and the next one.
    Torn,
}

/// What may be the headline.
pub(in crate::metadata) fn candidates<'a>(page: &Page<'a>, dates: &Dates) -> Vec<Candidate<'a>> {
    let start = page.body.start;
    let window = start.saturating_sub(BEFORE).max(page.top)..(start + AFTER).min(page.len());
    let fits = |i: usize| {
        let raw = page.trimmed(i);
        // To the post before or after.
        let leads_on = raw.starts_with(ARROWS) || raw.ends_with(ARROWS);
        let long = page.facts[i].chars >= 2 && raw.len() <= LONGEST;
        // Marks alone (`-`, `* * *`) part what stands around them.
        let says = raw.contains(is_alphanumeric);
        long && says && !leads_on && !date_only(page, dates, i) && !opens_with_stamp(page, dates, i)
    };
    let likely = likely(page, window.clone());
    // A line without such a byte has no pieces.
    let parts = |byte: u8| matches!(byte, b'/' | b'>' | b'|' | b'-' | b':') || !byte.is_ascii();
    let mut found = Vec::new();
    for i in window.clone().filter(|i| fits(*i)) {
        let line = own_line(page, dates, i);
        let odds = page.facts[i].odds;
        if odds >= likely {
            let cut = line.bytes().any(parts).then(|| pieces(&line));
            let cut = cut.into_iter().flatten();
            found.extend(
                cut.chain(glued(page, dates, i, &line))
                    .map(|(at, piece, rest)| Candidate {
                        first: i,
                        last: i,
                        line: piece.to_owned().into(),
                        form: Form::Piece,
                        cut: Some(Cut {
                            at,
                            words: rest.split_whitespace().count(),
                            known: page.prints(rest) > 0,
                        }),
                    }),
            );
        }
        let mut add = |last: usize, line: Cow<'a, str>, form: Form| {
            found.push(Candidate {
                first: i,
                last,
                line,
                form,
                cut: None,
            });
        };
        let next = i + 1;
        let torn = next < window.end
            && odds.max(page.facts[next].odds) >= likely
            && fits(next)
            && page.facts[i].kind != LineKind::Body
            && page.facts[next].kind != LineKind::Body
            && page.units.units[next].blank_before <= page.units.units[i].blank_before.max(1)
            && page.span(i).len() + page.span(next).len() < 220;
        if torn {
            add(
                next,
                [&*line, " ", &*page.line(next)].concat().into(),
                Form::Torn,
            );
        }
        add(i, line, Form::Whole);
    }
    found
}

/// The text of unit `i` without what layouts put before a headline: a date right before a capital, a kicker before a colon
/// that stands between blanks, which French alone writes in sentences, and a kicker glued to quotation marks.
fn own_line<'a>(page: &Page<'a>, dates: &Dates, i: usize) -> Cow<'a, str> {
    let line = page.line(i);
    let dated = dates.of(i).first().filter(|date| date.start == 0);
    let dated = dated
        .filter(|_| page.raw(i).starts_with(&*line))
        .map(|date| date.end as usize)
        .filter(|end| {
            line.get(*end..)
                .is_some_and(|rest| rest.starts_with(char::is_uppercase))
        });
    let at = dated.or_else(|| {
        let cased = line.contains(char::is_uppercase) && !matches!(page.language, "fr" | "und");
        cased.then(|| spaced_colon(&line).or(glued_quote(&line)))?
    });
    match (at, line) {
        (None, line) => line,
        (Some(at), Cow::Borrowed(line)) => Cow::Borrowed(&line[at..]),
        (Some(at), Cow::Owned(line)) => Cow::Owned(line[at..].to_owned()),
    }
}

/// Where the text behind a colon between blanks begins.
fn spaced_colon(line: &str) -> Option<usize> {
    const MARK: &str = " : ";
    let at = line.find(MARK)?;
    let (before, behind) = (&line[..at], &line[at + MARK.len()..]);
    let words = |text: &str| {
        text.split(' ')
            .filter(|w| w.contains(is_alphabetic))
            .count()
    };
    let fits = (1..=KICKER_WORDS).contains(&words(before)) && words(behind) >= OWN_WORDS;
    fits.then_some(at + MARK.len())
}

/// Where the quotation begins that ends the line and has a letter right before its only opening mark.
fn glued_quote(line: &str) -> Option<usize> {
    let quote = |c: char| matches!(c, '"' | '„' | '“' | '”');
    let inner = line.strip_suffix(quote)?;
    let (at, mark) = inner.char_indices().find(|(_, c)| quote(*c))?;
    let (before, behind) = (&line[..at], &inner[at + mark.len_utf8()..]);
    let letter = |c: Option<char>| c.is_some_and(is_alphabetic);
    let glued = letter(before.chars().next_back()) && letter(behind.chars().next());
    let words = behind.split(' ').count();
    (glued && !behind.contains(quote) && words >= OWN_WORDS).then_some(at)
}

/// Whether a picture's credit ends the line, or the word for one: `Ferry at dawn. Photo: Jane Doe`, `Ferry at dawn (file photo)`,
/// `Ferry at dawn. © Jane Doe`, `…＝文芽花子撮影`.
pub(super) fn is_credited(line: &str) -> bool {
    // A headline may end in that word as well, but names no place behind a mark.
    if line.contains(RIGHTS) || line.ends_with(TAKEN) && line.contains(['＝', '=']) {
        return true;
    }
    let bracket = line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once('('));
    if bracket.is_some_and(|(_, word)| captions::place(word) == Some(Place::Open)) {
        return true;
    }
    let before = line.rsplit_once([':', '：', '=']).map(|(before, _)| before);
    let word = before.and_then(|before| before.rsplit([' ', '(', '[', '|', '/']).next());
    word.is_some_and(|word| captions::place(own_word(word)) == Some(Place::Open))
}

/// The word that is glued to the end of another, or all of it: `Bild`, of `HafensBild`.
fn own_word(word: &str) -> &str {
    let mut before = None;
    let mut at = 0;
    for (k, c) in word.char_indices() {
        if c.is_uppercase() && before.is_some_and(char::is_lowercase) {
            at = k;
        }
        before = Some(c);
    }
    &word[at..]
}

/// The log-odds that only the likeliest units of the window reach, whose pieces and neighbours are candidates as well.
fn likely(page: &Page<'_>, window: std::ops::Range<usize>) -> f32 {
    let mut odds: Vec<f32> = window.map(|i| page.facts[i].odds).collect();
    odds.sort_unstable_by(|a, b| b.total_cmp(a));
    odds.get(LIKELY)
        .or(odds.last())
        .copied()
        .unwrap_or_default()
}

/// A piece of a line: where it was cut, the piece, and what was cut off.
type Piece<'a> = (Mark, &'a str, &'a str);

/// The headline inside a breadcrumb (`Home / News / HEADLINE`), a browser title (`HEADLINE | Outlet`), or behind its kicker
/// (`KICKER - HEADLINE`, `KICKER: HEADLINE`).
fn pieces(line: &str) -> impl Iterator<Item = Piece<'_>> {
    let line = Holds::new(line);
    let crumb = [" / ", " > ", " » ", " › ", " → "]
        .iter()
        .find_map(|mark| line.rsplit_once(mark))
        .map(|(rest, last)| (Mark::Crumb, last, rest));
    let (mut head, mut tail) = (None, None);
    for mark in [" | ", " - ", " – ", " — ", " :: ", "｜"] {
        if let Some((left, right)) = line.rsplit_once(mark) {
            head = head.or(Some((Mark::Head, left, right)));
            tail = tail.or(Some((Mark::Tail, right, left)));
        }
    }
    let told = line
        .split_once(": ")
        .map(|(kicker, rest)| (Mark::Colon, rest, kicker));
    [crumb, head, tail, told]
        .into_iter()
        .flatten()
        .filter_map(long)
}

/// The headline behind a date, or behind a few words that the page prints as a line of their own, with no mark between.
fn glued<'a>(
    page: &Page<'_>,
    dates: &Dates,
    i: usize,
    line: &'a str,
) -> impl Iterator<Item = Piece<'a>> {
    let known = line
        .match_indices(' ')
        .take(GLUED_WORDS)
        .map(|(at, _)| line.split_at(at))
        .filter(|(before, _)| before.len() > 3 && page.prints(before) > 0)
        .last()
        .map(|(before, rest)| (Mark::Known, rest, before));
    // Places of dates are those of the unit as it stands.
    let date = dates
        .of(i)
        .first()
        .filter(|date| date.start == 0 && page.raw(i).starts_with(line))
        .and_then(|date| line.split_at_checked(date.end as usize))
        .map(|(before, rest)| (Mark::Date, rest, before));
    [known, date].into_iter().flatten().filter_map(long)
}

/// The piece, where it is long enough for a headline.
fn long((mark, piece, rest): Piece<'_>) -> Option<Piece<'_>> {
    let piece = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | ':'));
    let long = piece.split(' ').count() > if mark >= Mark::Known { 1 } else { 3 }
        || piece.chars().filter(|c| is_dense(*c)).count() > 8;
    long.then_some((mark, piece, rest.trim()))
}

/// The share of the words of a line that are words of menus, offices and buttons.
pub(in crate::metadata) fn menu_share(line: &str) -> f32 {
    // All words at once, where the case of a letter hangs on no other.
    let ascii = line.is_ascii();
    let line = if ascii {
        lower(line)
    } else {
        Cow::Borrowed(line)
    };
    let words = line
        .split(|c: char| !is_alphanumeric(c) && c != '-')
        .filter(|w| !w.is_empty())
        .take(12);
    let (mut menu, mut all) = (0.0_f32, 0.0_f32);
    for word in words {
        all += 1.0;
        let stop = if ascii {
            names::is_stop(word)
        } else {
            names::is_stop(&lower(word))
        };
        menu += f32::from(u8::from(stop));
    }
    if all > 0.0 { menu / all } else { 0.0 }
}

/// Whether unit `i` opens with the label of a date and its date: `Published on 3 May 2019 by Anna Holm`.
fn opens_with_stamp(page: &Page<'_>, dates: &Dates, i: usize) -> bool {
    let Some(date) = dates.of(i).first() else {
        return false;
    };
    let raw = page.raw(i);
    let before = raw.get(..date.start as usize).unwrap_or_default();
    let before = before.trim_matches(|c: char| !is_alphanumeric(c));
    before.len() <= STAMP_LABEL && date_labels::is_label(&lower(before))
}

/// Whether unit `i` is a date and hardly anything else.
pub(in crate::metadata) fn date_only(page: &Page<'_>, dates: &Dates, i: usize) -> bool {
    page.facts[i].digit && page.facts[i].chars < 60 && dates.cover(page, i) > 0.6
}

#[cfg(test)]
mod tests {
    use super::{glued_quote, spaced_colon};

    #[test]
    fn a_kicker_ends_at_a_colon_between_blanks() {
        let own = |line: &'static str| spaced_colon(line).map(|at| &line[at..]);
        let line = "Fähren und Häfen : Wie die Boote sicher bleiben";
        assert_eq!(own(line), Some("Wie die Boote sicher bleiben"));
        assert_eq!(own("18 : 20 im zweiten Spiel der Boote"), None);
        assert_eq!(own("Häfen: Wie die Boote sicher bleiben"), None);
        assert_eq!(own("Häfen : Boote"), None);
    }

    #[test]
    fn a_quotation_glued_to_its_kicker_is_the_headline() {
        let own = |line: &'static str| glued_quote(line).map(|at| &line[at..]);
        let line = "Die Zukunft der Häfen\"Wir zählen jeden Tag die Boote\"";
        assert_eq!(own(line), Some("\"Wir zählen jeden Tag die Boote\""));
        assert_eq!(own("Er sagt \"Wir zählen die Boote\""), None);
        assert_eq!(own("Die \"alte\" Fähre und die \"neue\""), None);
    }
}
