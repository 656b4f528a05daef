//! How far a byline reaches in its line: what stands around the name and belongs to it.

use super::byline::han::REPORTED;
use super::byline::{Form, Mention};
use super::page::Page;
use crate::document::{Span, closing, is_alphabetic, is_alphanumeric};
use crate::lexicon::outlets;

/// Bytes of the longest outlet between a byline that opens a paragraph and its dash.
const OUTLET: usize = 48;
/// Characters of the longest line of a deck.
const DECK: usize = 60;

/// The byline of a name with what belongs to it in its line: the bracket around it, a place or an outlet before it, the
/// outlet and the dash behind it, the dash of a sign-off.
pub(super) fn widened(page: &Page<'_>, mention: &Mention, hull: Span) -> Span {
    let start = mention.claim.start.max(hull.start);
    let end = mention.claim.end.min(hull.end);
    let before = Span::new(hull.start, start).of(page.text);
    let behind = Span::new(end, hull.end).of(page.text);
    if opens_line(before, page.language) {
        return Span::new(hull.start, end);
    }
    if start == hull.start {
        return Span::new(start, end + report(behind));
    }
    // `（记者宋明）`: the bracket that is closed behind the names is opened before their cue.
    if let Some(open) = before.chars().next_back()
        && let Some(close) = closing(open)
    {
        let closed = behind.starts_with(close);
        let behind = if closed { close.len_utf8() as u32 } else { 0 };
        return Span::new(start - open.len_utf8() as u32, end + behind);
    }
    // `… . — Ann Lee`
    let dashed = before.trim_end().trim_end_matches(['—', '–', '―']).len();
    let signs = behind.is_empty()
        && before[..dashed]
            .trim_end()
            .ends_with(['.', '!', '?', '”', '"']);
    Span::new(
        if signs {
            hull.start + dashed as u32
        } else {
            start
        },
        end,
    )
}

/// How many bytes behind a byline that opens a paragraph belong to it: `, Dawn Herald — `, ` 报道：`.
fn report(behind: &str) -> u32 {
    let head = &behind[..behind.floor_char_boundary(OUTLET)];
    let words = head.trim_start();
    let verb = REPORTED.iter().find_map(|verb| words.strip_prefix(verb));
    if let Some(rest) = verb.and_then(|rest| rest.strip_prefix(['：', ':', '，', ','])) {
        return (head.len() - rest.trim_start().len()) as u32;
    }
    if !words.starts_with([',', '—', '–', '-']) {
        return 0;
    }
    let dash = [" — ", " – ", " -- ", " - "]
        .iter()
        .filter_map(|dash| Some((head.find(dash)?, dash.len())))
        .min();
    dash.filter(|(at, _)| !head[..*at].contains(['.', ':', ';', '"', '“']))
        .map_or(0, |(at, len)| (at + len) as u32)
}

/// Whether a sentence goes on here: `Ann Lee is a reporter.` is no byline.
pub(super) fn goes_on(rest: &str) -> bool {
    let words = rest.trim_start();
    words.len() < rest.len() && words.starts_with(char::is_lowercase)
}

/// Whether nothing but a place or an outlet stands before a name at the head of a Korean line: `부산=`, `가람일보`.
fn opens_line(before: &str, language: &str) -> bool {
    let word = before.trim_end();
    let placed = word.strip_suffix('=').is_some_and(|place| {
        (1..=6).contains(&place.chars().count()) && place.chars().all(is_alphabetic)
    });
    let outlet = outlets::is_like_name(word, "ko") && !word.contains(' ');
    language == "ko" && (placed || outlet)
}

/// The line of a deck that stands glued before the bracket that opens the story: `새벽 항만 파업 끝나[가람일보 김하늘 기자]`.
pub(super) fn glued_deck(page: &Page<'_>, claim: Span, hull: Span) -> Option<Span> {
    let deck = Span::new(hull.start, claim.start);
    let text = deck.of(page.text);
    let opens = claim.of(page.text).starts_with(['[', '【']);
    let short = text.chars().count() <= DECK && !text.ends_with(['.', '。']);
    (opens && short && claim.end < hull.end).then_some(deck)
}

/// Where a byline ends: an e-mail address, a handle or an outlet after the name belong to it, up to the end of the line
/// where hardly anything else follows.
pub(super) fn end(page: &Page<'_>, claim: Span, hull: Span, mention: &Mention) -> u32 {
    let rest = Span::new(claim.end, hull.end).of(page.text);
    let Some(email) = mention
        .email
        .as_deref()
        .and_then(|e| rest.find(e).map(|at| at + e.len()))
    else {
        let letters = rest.chars().filter(|c| is_alphanumeric(*c)).count();
        let closes = letters <= 14 && (mention.form == Form::Bracket || letters == 0);
        return if closes { hull.end } else { claim.end };
    };
    let after = &rest[email..];
    let letters = after.chars().filter(|c| is_alphanumeric(*c)).count();
    if letters <= 12 {
        hull.end
    } else {
        claim.end + email as u32
    }
}

#[cfg(test)]
mod tests {
    use super::{goes_on, opens_line, report};

    #[test]
    fn an_outlet_and_its_dash_belong_to_the_byline_before() {
        for (behind, rest) in [
            (", Dawn Herald — The ferry", "The ferry"),
            (" 报道：渡轮恢复航行", "渡轮恢复航行"),
            (" and the ferry — it sails", " and the ferry — it sails"),
            (", who said: no — it sails", ", who said: no — it sails"),
        ] {
            assert_eq!(&behind[report(behind) as usize..], rest);
        }
    }

    #[test]
    fn a_name_that_a_sentence_goes_on_from_is_no_byline() {
        assert!(goes_on(" is a reporter."));
        assert!(!goes_on(" The ferry sails."));
        assert!(!goes_on(""));
    }

    #[test]
    fn a_place_or_an_outlet_opens_a_korean_line() {
        assert!(opens_line("부산=", "ko") && opens_line("가람일보 ", "ko"));
        assert!(!opens_line("이날 가람일보 ", "ko") && !opens_line("부산=", "ja"));
    }
}
