//! Names of somebody who did not write: who took a picture, whom the story is about, who speaks, who holds the rights, who answers
//! the telephone.

use super::features::letters;
use super::settle::{LEDE_UNITS, WORDS};
use super::told::behind;
use super::{Cued, Form, Mention, korean};
use crate::document::{Span, is_alphabetic, lower};
use crate::lexicon::agencies::is_agency;
use crate::lexicon::{callings, captions};
use crate::metadata::headline::Headline;
use crate::metadata::page::Page;

/// Words from which on a line is long.
const LONG: u16 = 12;
/// Letters of the shortest sentence before the name of who took its picture.
const SENTENCE: usize = 20;
/// Letters of what may stand behind a name in the credit of a picture, and what ends a sentence.
const CREDITED: usize = 12;
const STOPS: [char; 8] = ['.', '!', '?', '。', '…', '”', '"', '’'];
/// The digits of a whole date.
const DATE_DIGITS: usize = 8;
/// Bytes before a name in which the mark of its picture's credit stands.
const CREDIT: usize = 32;
/// Units below the name of whom to call within which the number stands, and its digits.
const CONTACT: usize = 4;
const NUMBER: usize = 6;

/// Whether the name is of somebody who took a picture, whom the story is about, who speaks next, or who holds the rights.
pub(super) fn names_another(
    page: &Page<'_>,
    headline: Option<&Headline>,
    notice: Option<&str>,
    m: &Mention,
    filled: bool,
) -> bool {
    // `© Agency / NAME`, unless it is a notice, which opens its line or gives its year.
    let before = Span::new(page.span(m.unit).start, m.span.start).of(page.text);
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(CREDIT))..];
    let year = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let leads = before.trim_start().len() <= 'ⓒ'.len_utf8() + 1 || before.contains("opyright");
    let owns = m.unit >= page.body.end && (leads || year(before) || year(behind(page, m)));
    if near.contains(['©', 'ⓒ']) && (m.surname || !owns && m.cued == Cued::None) {
        return true;
    }
    let claim = m.claim.of(page.text);
    let pictured = claim.trim_end().ends_with('=') && m.place.is_some();
    if pictured && ends_in_date(page.raw(m.unit)) {
        return true;
    }
    if is_photographer(page, m, claim) || took_pictures(page, m) {
        return true;
    }
    let uncalled = m.role.as_deref().is_none_or(is_agency);
    if !matches!(m.cued, Cued::Line(_)) && uncalled && !filled && credited(page, m) {
        return true;
    }
    // `A call by Anna Holm, and the boats turn round.`
    let within = matches!(m.cued, Cued::Line(_)) && m.claim.start > page.span(m.unit).start + 1;
    if within && page.facts[m.unit].words > LONG && told_of(page, m) {
        return true;
    }
    if m.cued != Cued::None || m.role.is_some() || m.spoken {
        return false;
    }
    if opens_in_capitals(m) {
        return true;
    }
    // `In a statement, its president, Anna Holm said`, `The president, Anna Holm, said`
    if m.speech && m.left > SENTENCE || is_apposition(before, behind(page, m), m) {
        return true;
    }
    if is_behind_text(before, m) && m.unit + 2 < page.body.end || is_pictures(page, m) {
        return true;
    }
    if m.email.is_none() && (m.colon || told_of(page, m)) {
        return true;
    }
    // Who holds the rights is an outlet, unless it is called as persons are.
    let holds = notice.is_some_and(|notice| notice.contains(&m.name)) && !m.given_first;
    holds || headline.is_some_and(|h| h.line.contains(&m.name) && !heads_column(page, h, m))
}

/// Whether the byline of a Korean name is a picture's: `(사진=NAME 기자`, or behind whom it shows, in a text that stands below it
/// and in it as well: `배우 NAME/NAME 기자`.
fn is_photographer(page: &Page<'_>, m: &Mention, claim: &str) -> bool {
    if !m.surname || m.email.is_some() {
        return false;
    }
    let named = claim.trim_start_matches(['(', '[', '<']);
    let shown = || {
        let before = page
            .raw(m.unit)
            .split_once('/')
            .map(|(before, _)| before.trim());
        let words = before.and_then(|before| before.rsplit_once(' '));
        words.is_some_and(|(calling, name)| {
            korean::is_name(name) && !calling.contains(['[', '(', '=']) && !korean::is_name(calling)
        })
    };
    named.starts_with("사진=") || m.role.is_some() && page.repeats(m.unit) > 1 && shown()
}

/// Whether a guest's name and calling stand between two paragraphs, as above what they say: `NAME 대표`. Guests who write sign
/// at the head or the end.
pub(super) fn speaks_next(page: &Page<'_>, m: &Mention) -> bool {
    let within = m.unit > page.body.start + 1 && m.unit + 2 < page.body.end;
    let guest = |role: &str| role.starts_with(korean::is_hangul) && !callings::is_reporter(role);
    let called = m.role.as_deref().is_some_and(guest);
    within && called && m.left == 0 && matches!(m.form, Form::Alone | Form::Role)
}

/// Whether the bracket behind the name says that its owner took the pictures: `Anna Holm (text) e Jan Wick (fotos)`.
fn took_pictures(page: &Page<'_>, m: &Mention) -> bool {
    let inside = behind(page, m).trim_start().strip_prefix('(');
    let word = inside.and_then(|inside| inside.split_once(')'));
    word.is_some_and(|(word, _)| captions::place(word.trim()) == Some(captions::Place::Open))
}

/// Whether the short form of an outlet opens what looks like a name: `HRB Harbours`.
fn opens_in_capitals(m: &Mention) -> bool {
    let mut words = m.name.split(' ');
    let capitals = |word: &str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    // `HOLM Anna`
    !m.given_any && words.next().is_some_and(capitals) && words.any(|word| !capitals(word))
}

/// Whether an agency and a stroke stand beside the name, as in the credit of a picture: `Agency/Ann Lee`, `Ann Lee / Agency`,
/// `Pool / Agency | Ann Lee`.
fn credited(page: &Page<'_>, m: &Mention) -> bool {
    let before = Span::new(page.span(m.unit).start, m.span.start).of(page.text);
    let agency = before.trim_end().strip_suffix('/').map(str::trim_end);
    let in_bracket = before.rfind('(') > before.rfind(')');
    let strokes = ['/', '|'];
    let after = behind(page, m).trim_start().strip_prefix(strokes);
    let ends = before.trim_end().strip_suffix('|');
    let ends = ends.and_then(|before| before.rsplit(strokes).next());
    let by_agency = [after, ends].into_iter().flatten();
    (m.left < 30 || in_bracket) && agency.is_some_and(|agency| agency.ends_with(is_alphabetic))
        || m.cued == Cued::None && by_agency.map(str::trim).any(is_agency)
}

/// Whether a paragraph of the body, other than at its very ends, names the person.
fn told_of(page: &Page<'_>, m: &Mention) -> bool {
    let body = page.body.start..page.body.end.saturating_sub(1);
    // Who is named at the end of a line without a stop took its picture.
    let goes_on = |rest: &str| letters(rest) > CREDITED || rest.trim_end().ends_with(STOPS);
    body.take(LEDE_UNITS)
        .filter(|i| *i != m.unit && page.facts[*i].words > WORDS)
        .any(|i| {
            let raw = page.raw(i);
            // Short lines that begin with a name tell who that is: `Anna Holm writes about harbours.`
            if page.facts[i].words <= LONG && raw.trim_start().starts_with(m.name.as_str()) {
                return false;
            }
            raw.match_indices(m.name.as_str())
                .any(|(at, name)| goes_on(&raw[at + name.len()..]))
        })
}

/// Whether `m` signs a column that is headed by its author: `Anna Holm: Leave the boats alone`, and a line of the name
/// between the headline and the body or at the end of that.
pub(super) fn heads_column(page: &Page<'_>, headline: &Headline, m: &Mention) -> bool {
    let behind = headline.line.strip_prefix(m.name.as_str());
    let ends = m.unit + 1 >= page.body.end && m.unit <= page.body.end + 1;
    let edge = m.unit > headline.last && m.unit <= page.body.start || ends;
    // `Anna Holm, professor at Dawn, dawn.example 3 May 2019, 12:30`
    let raw = page.raw(m.unit).trim_end();
    let dated = m.left == 0 && raw.ends_with(|c: char| c.is_ascii_digit());
    let alone = (m.left + m.right == 0 || dated) && edge;
    alone && behind.is_some_and(|behind| behind.starts_with([':', '：', '.', ' ']))
}

/// Whether a sentence says who the name is between two commas, and goes on: `The president of the port, Anna Holm, will sail`.
fn is_apposition(before: &str, behind: &str, m: &Mention) -> bool {
    let goes_on = behind
        .strip_prefix(", ")
        .is_some_and(|next| next.starts_with(char::is_lowercase));
    before.trim_end().ends_with(',') && goes_on && m.right > SENTENCE
}

/// Whether a sentence stands before the name that ends its line, as in the text of a picture: `The boats at dawn. Anna Holm`.
fn is_behind_text(before: &str, m: &Mention) -> bool {
    let sentence = before.trim_end().ends_with(['.', '。', '!', '?']);
    sentence && m.left > SENTENCE && m.right == 0 && m.email.is_none()
}

/// Whether a name alone ends the credit of a picture right above it as well: `The boats at dawn. (HRB Photo/Anna Holm)`.
fn is_pictures(page: &Page<'_>, m: &Mention) -> bool {
    let above = m.unit.checked_sub(1).map_or("", |unit| page.raw(unit));
    let credit = above.trim_end().trim_end_matches([')', ']', '.']);
    let before = credit.strip_suffix(m.name.as_str()).unwrap_or_default();
    m.left + m.right == 0 && before.ends_with('/') && letters(before) > SENTENCE
}

/// Whether `m` is whom the press may call, as below what a company or an association has written: a name and its number.
pub(super) fn is_contact(page: &Page<'_>, m: &Mention) -> bool {
    let owns = page.raw(m.unit).contains(['©', 'ⓒ']);
    let below = m.unit + 1 >= page.body.end && m.cued == Cued::None && !owns;
    let next = (m.unit + 1..page.len()).take(CONTACT);
    below && next.map(|unit| page.raw(unit)).any(is_telephone)
}

/// Whether a line is a telephone number, with its label or by itself: `Tel. 030 123456`, `+49 30 123456`, `030 123456-7`.
fn is_telephone(line: &str) -> bool {
    let line = lower(line.trim());
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    let labels = ["tel", "fon", "phone", "mobil", "+"];
    let labelled = labels.iter().any(|label| line.starts_with(label));
    let bare = line.starts_with('0')
        && line
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '/' | '(' | ')'));
    digits >= NUMBER && (labelled || bare)
}

/// Whether a whole date in digits ends `raw`, the address of who took the picture and the notice of rights aside:
/// `2019.05.03. jane@dawn.example *재판매 및 DB 금지`.
pub(super) fn ends_in_date(raw: &str) -> bool {
    let words = captions::without_rights(raw.trim_end())
        .split_whitespace()
        .rev()
        .filter(|word| !word.contains('@'));
    let date = |word: &&str| {
        word.bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/'))
    };
    let digits = words.take_while(date).flat_map(str::bytes);
    digits.filter(u8::is_ascii_digit).count() == DATE_DIGITS
}
