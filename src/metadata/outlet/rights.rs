//! Who holds the rights, out of a copyright notice.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::is_alphanumeric;
use crate::lexicon::name_parts;
use crate::metadata::page::Page;

/// Bytes of the longest notice that is read, and how many are.
const LINE: usize = 320;
const NOTICES: usize = 4;

/// What marks a notice; the name stands behind it.
const MARKS: [&str; 8] = [
    "©",
    "ⓒ",
    "(c)",
    "(C)",
    "opyright",
    "저작권자",
    "著作権",
    "版权",
];
/// What may stand between mark and name.
const LEADS: [&str; 6] = [
    "by ",
    "By ",
    "Copyright ",
    "copyright ",
    "COPYRIGHT ",
    "속한 ",
];
/// Forms of companies, written with dots or as a word of the language besides those among the parts of names.
const FORMS: [&str; 30] = [
    "A.S", "A/S", "AS", "ApS", "B.V", "BV", "DAC", "Kft", "Ltda", "PT", "Pte", "Pty", "S.A",
    "S.A.S", "S.L", "S.L.U", "S.p.A", "S.r.l", "SA", "SAS", "Sp", "Tbk", "V", "e", "e.V", "eG",
    "gGmbH", "mbH", "o.o", "z",
];
/// What ends a name besides punctuation, all of it ASCII.
const STOPS: [&str; 14] = [
    " All ",
    " all ",
    "All Rights",
    " ALL ",
    " - ",
    " – ",
    " Inc",
    " and ",
    " 19",
    " 20",
    " Alle ",
    " Tous ",
    " Todos ",
    " Tutti ",
];

/// Whether a line has the mark of such a notice.
fn is_notice(line: &str) -> bool {
    static MARK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&MARKS.map(regex::escape).join("|")).ok());
    MARK.as_ref().is_some_and(|mark| mark.is_match(line))
}

/// The notices among `units`, the first ones.
pub(super) fn notices(
    page: &Page<'_>,
    units: impl Iterator<Item = usize>,
) -> impl Iterator<Item = usize> {
    let is_one = |i: &usize| page.span(*i).len() <= LINE && is_notice(page.raw(*i));
    units.filter(is_one).take(NOTICES)
}

/// Who holds the rights: one name or several.
fn holder(notice: &str) -> &str {
    let marked = MARKS
        .iter()
        .find_map(|mark| notice.find(mark).map(|at| &notice[at + mark.len()..]));
    let after = marked.unwrap_or(notice);
    let rest = after.trim_start_matches(|c: char| {
        c.is_whitespace()
            || c.is_numeric()
            || matches!(
                c,
                '-' | '–' | ':' | ',' | '.' | '(' | ')' | '©' | 'ⓒ' | '：'
            )
    });
    let rest = LEADS
        .iter()
        .find_map(|lead| rest.strip_prefix(lead))
        .unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_numeric() || matches!(c, '-' | '–' | ',' | '.' | '©' | 'ⓒ')
    });
    // A slogan in quotation marks may stand before the name.
    let rest = match rest.strip_prefix(['‘', '\'', '"', '“']) {
        Some(quoted) => quoted
            .split_once(['’', '\'', '"', '”'])
            .map_or(quoted, |(_, tail)| tail),
        None => rest,
    };
    let mut end = rest
        .find([
            '|', '>', ']', ')', '•', '·', '무', '版', '無', '(', '，', '。',
        ])
        .unwrap_or(rest.len());
    for stop in STOPS {
        if let Some(at) = rest.find(stop) {
            end = end.min(at);
        }
    }
    rest[..stop(&rest[..end])].trim()
}

/// Where the first sentence of `text` ends: its dot stands behind a word, not behind an initial.
fn stop(text: &str) -> usize {
    let dots = memchr::memchr_iter(b'.', text.as_bytes());
    let ends = |at: &usize| {
        let word = text[..*at].rsplit([' ', '.']).next().unwrap_or_default();
        let behind = text[at + 1..].chars().next();
        word.chars().count() > 2 && behind.is_none_or(char::is_whitespace)
    };
    dots.into_iter().find(ends).unwrap_or(text.len())
}

/// What the holder may be called: as the notice has it, and the first of several.
pub(super) fn names(notice: &str) -> impl Iterator<Item = &str> {
    let whole = holder(notice);
    let first = whole.find([',', '&', '/']).map(|at| whole[..at].trim());
    std::iter::once(whole).chain(first)
}

/// `name` without the years and the form of the company at its ends: `Harbour Post Ltd`, `주식회사 가람일보`.
pub(super) fn without_form(name: &str) -> &str {
    let mut rest = name;
    loop {
        let last = rest.rsplit_once(' ').filter(|(_, word)| {
            let word = word.trim_end_matches(['.', ',']);
            word == "&" || is_form(word) || is_year(word)
        });
        let first = rest
            .split_once(' ')
            .filter(|(word, _)| is_form(word.trim_end_matches('.')) || is_year(word));
        rest = match (last, first) {
            (Some((head, _)), _) => head.trim_end_matches([',', ' ', '-', '–']),
            (None, Some((_, tail))) => tail.trim_start_matches([',', ' ', '-', '–']),
            (None, None) => break,
        };
    }
    let glued = ["(주)", "㈜", "주식회사", "株式会社", "有限公司"];
    let bare = glued.iter().fold(rest, |name, form| {
        name.trim_start_matches(form).trim_end_matches(form).trim()
    });
    if bare.contains(is_alphanumeric) {
        bare
    } else {
        name
    }
}

/// Whether `word` says what kind of company it is: `GmbH`, `S.A`, `Verlagsges.m.b.H`.
fn is_form(word: &str) -> bool {
    name_parts::is_company(word)
        || FORMS.contains(&word)
        || word.ends_with("m.b.H")
        || word.ends_with("sgesellschaft")
}

fn is_year(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits >= 4
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '/'))
}

#[cfg(test)]
mod tests {
    use super::{names, without_form};

    #[test]
    fn the_holder_is_cut_out_of_the_notice() {
        for (notice, name) in [
            (
                "<저작권자 © 가람뉴스e, 무단 전재 및 재배포 금지>",
                "가람뉴스e",
            ),
            (
                "Copyright ⓒ 가람일보. All rights reserved. 무단 전재",
                "가람일보",
            ),
            ("© 2010-2020 Harbour Post, Inc.", "Harbour Post"),
            ("© garam.example", "garam.example"),
            (
                "© Landesverein Hafen e. V. 2024",
                "Landesverein Hafen e. V.",
            ),
            ("저작권자 © ‘오늘의 경제’ 가람경제 무단전재", "가람경제"),
            (
                "Copyright © 2021 Harbour Post All rights reserved",
                "Harbour Post",
            ),
        ] {
            assert_eq!(names(notice).last(), Some(name), "{notice}");
        }
    }

    #[test]
    fn the_form_of_a_company_is_no_part_of_its_name() {
        for (name, bare) in [
            ("Harbour Post Ltd", "Harbour Post"),
            ("2010-2020 Harbour Post", "Harbour Post"),
            ("Hafenblatt GmbH", "Hafenblatt"),
            ("주식회사 가람일보", "가람일보"),
            ("㈜가람일보", "가람일보"),
            ("Hafenblatt Medien GmbH & Co. KG", "Hafenblatt Medien"),
            ("Landesverein Hafen e. V.", "Landesverein Hafen"),
            ("GmbH", "GmbH"),
        ] {
            assert_eq!(without_form(name), bare, "{name}");
        }
    }
}
