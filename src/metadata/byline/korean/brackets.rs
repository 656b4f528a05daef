//! What stands around a Korean name in brackets and before them: outlet, place, and the bytes that the byline takes up.

use super::{is_hangul, is_name};
use crate::lexicon::outlets;

/// Whether the bracket that opens the line holds an outlet and nothing else before byte `at`: `[OUTLET NAME]`.
pub(super) fn outlet_before(raw: &str, at: usize) -> bool {
    let before = raw[..at].trim();
    let Some(content) = before.strip_prefix(['[', '【']) else {
        return false;
    };
    let name = content.trim_end_matches(['=', '/', '|', 'ㅣ', ' ']);
    !name.is_empty()
        && !name.contains([']', '】'])
        && (outlets::by_name(name).is_some()
            || outlets::is_like_name(name, "ko")
            || name.is_ascii())
}

pub(super) fn opens_bracket(raw: &str, at: usize) -> bool {
    let before = &raw[..at];
    match before.rfind(['[', '【', ']', '】']) {
        Some(k) => before[k..].starts_with(['[', '【']) && before.len() - k <= 60,
        None => false,
    }
}

/// Outlet and place of the bracket that opens the story: `[PLACE=OUTLET] NAME`, `[OUTLET=NAME]`, `(PLACE=OUTLET) NAME`,
/// `[OUTLET NAME]`, and `PLACE=NAME`.
pub(super) fn bracket_parts(raw: &str, start: usize) -> (Option<String>, Option<String>) {
    let before = &raw[..start];
    let open = before.rfind(['[', '(', '【', '<', '〈']);
    let Some(k) = open else {
        // `베이징= NAME` at the end of the story.
        let place = before
            .trim_end()
            .strip_suffix('=')
            .map(str::trim)
            .filter(|p| !p.is_empty() && p.chars().count() <= 6 && p.chars().all(is_hangul));
        return (None, place.map(str::to_owned));
    };
    let open_len = before[k..].chars().next().map_or(1, char::len_utf8);
    let inside = &before[k + open_len..];
    if inside.len() > 90 || k > 12 && !raw[..k].trim().is_empty() && before.len() - k > 90 {
        return (None, None);
    }
    let closed = inside.find([']', ')', '】', '>', '〉']);
    let content = without_names(closed.map_or(inside, |c| &inside[..c]));
    let mut parts: Vec<&str> = content
        .split(['=', '/', '|', 'ㅣ', '＝'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let equals = content.contains(['=', '＝']);
    match (parts.len(), closed.is_some(), equals) {
        (2, _, true) => {
            let outlet = parts.pop().map(str::to_owned);
            (outlet, parts.pop().map(str::to_owned))
        }
        // `<부산=NAME>` names a place, `[가람일보=NAME]` an outlet.
        (1, false, true) if !before[k..].starts_with(['[', '【']) => {
            (None, parts.pop().map(str::to_owned))
        }
        (1, _, _) => (parts.pop().map(str::to_owned), None),
        (2, false, false) => (parts.first().map(|p| (*p).to_owned()), None),
        _ => (None, None),
    }
}

/// What a bracket says before the first of several names: `가람일보` of `가람일보 김하늘·`.
fn without_names(content: &str) -> &str {
    const JOINTS: [char; 4] = ['·', ',', 'ㆍ', '、'];
    let mut rest = content;
    while let Some(listed) = rest.trim_end().strip_suffix(JOINTS) {
        let listed = listed.trim_end();
        let name = listed.rsplit([' ', '=', '/']).next().unwrap_or(listed);
        let before = &listed[..listed.len() - name.len()];
        if !name.split(JOINTS).all(is_name) {
            return rest;
        }
        rest = before;
    }
    rest
}

/// The bytes of the line that a byline takes up: its bracket, the name, the role, the mark that closes it.
pub(super) fn claim(raw: &str, start: usize, end: usize) -> (usize, usize) {
    let before = &raw[..start];
    let first = match before.rfind(['[', '(', '【', '<', '〈', '/']) {
        Some(k) if before.len() - k <= 60 && !before[k..].contains(". ") => k,
        _ => start,
    };
    let mut last = end;
    for (at, c) in raw[end..].char_indices() {
        if c.is_whitespace() || matches!(c, ']' | ')' | '】' | '>' | '〉' | '=' | '＝') {
            last = end + at + c.len_utf8();
            if matches!(c, '=' | '＝') {
                break;
            }
        } else {
            break;
        }
    }
    (first, last)
}
