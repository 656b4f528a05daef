//! Names in scripts that separate words: runs of capitalised words near a cue, a date, or the ends of a line.

mod cues;
mod runs;
mod words;

use super::{Cued, Mention, near_letters};
use crate::document::{is_alphabetic, is_alphanumeric, lower};
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::{name_parts, names};
use cues::{cue_at, cue_before, phrase};
use runs::{
    ends_in_desk, ends_in_initials, ends_in_title, is_caseless_line, posted, pseudonym, run,
};
use words::{Word, words};
/// Bytes of the longest bracket between two names of a list.
const BRACKET: usize = 60;
/// Bytes of the longest joint of a list.
const JOINT: usize = 12;
/// Bytes of the longest line that a single name and a date, or a button, may make up: in a paragraph `neun von zehn
/// Mitgliedern` are no author's.
const DATED: usize = 90;
/// Words of the longest place that stands behind a name.
const PLACE: usize = 2;

/// The names in `raw`, which begins at byte `base` of the document. `above` is what the line before says where it is
/// nothing but a cue; `dates` are the places of the dates in `raw`.
pub(super) fn mentions(
    raw: &str,
    base: u32,
    unit: usize,
    above: Option<Cue>,
    dates: &[(usize, usize)],
    language: &str,
) -> Vec<Mention> {
    let words = words(raw);
    let mut found: Vec<Mention> = Vec::new();
    let mut i = 0;
    // Where the last accepted name ended, for lists: `By A, B and C`.
    let mut last: Option<(usize, Cued)> = None;
    let first_word = words.iter().position(|w| !w.address);
    let caseless = is_caseless_line(raw, &words);
    while i < words.len() {
        if let Some(count) = cue_at(raw, &words, i) {
            i += count;
            continue;
        }
        let (cue, cue_start) = cue_before(raw, &words, i, language);
        let strong = cue.is_some() || (above.is_some() || caseless) && first_word == Some(i);
        let begin = words[i].start;
        let at_start = !raw[..begin].contains(is_alphanumeric);
        let announced = cue.is_some() || above.is_some() || last.is_some();
        // So stand most words of a line: where no name would be kept.
        if !strong && !words[i].capital
            || !announced && dates.is_empty() && !at_start && !is_separated(&raw[..begin])
        {
            i += 1;
            continue;
        }
        let posted = cue_start.and_then(|at| posted(raw, &words, i, at));
        let Some(end) = posted.or_else(|| run(raw, &words, i, strong)) else {
            i += 1;
            continue;
        };
        let single = end - i == 1;
        let end = if single && !strong && !dates.is_empty() {
            pseudonym(&words, i)
        } else {
            let extra = ends_in_desk(&words, i, end)
                || ends_in_initials(&words, i, end)
                || ends_in_title(raw, &words, i, end);
            end - usize::from(extra)
        };
        // A word of a menu, as most runs are: nothing below would make it a name.
        if single && !announced && dates.is_empty() {
            i += 1;
            continue;
        }
        let stop = words[end - 1].end;
        let after_date = dates
            .iter()
            .any(|d| d.1 <= begin && gap_is_light(&raw[d.1..begin]));
        let before_date = dates
            .iter()
            .any(|d| d.0 >= stop && gap_is_light(&raw[stop..d.0]));
        let separated = is_separated(&raw[..begin]);
        let listed = last.filter(|(at, cued)| {
            let bare = matches!(cued, Cued::None | Cued::Bare);
            raw.get(*at..begin)
                .map(|gap| without_place(without_bracket(gap)))
                .is_some_and(|gap| joins(gap) || bare && is_dash(gap))
        });
        let cued = match (cue, listed) {
            (Some(cue), _) => Cued::Line(cue),
            (None, Some((_, cued))) => cued.continued(),
            // A credit above, the name of an agency say, is not the cue of a line that has a date of its own.
            (None, None) if at_start && !(before_date && !single && above == Some(Cue::Other)) => {
                above.map_or(Cued::None, Cued::Above)
            }
            _ => Cued::None,
        };
        let placed = at_start || after_date || separated || before_date;
        // A name of one word stands before its date alone: `MiraFuchs 18.10.2019`, not `Harbour Times 18.10.2019`.
        let next = dates
            .iter()
            .find(|d| d.0 >= stop)
            .map_or("", |d| &raw[stop..d.0]);
        let goes_on = next.contains(char::is_uppercase);
        let dated = single && at_start && before_date && !goes_on && raw.len() <= DATED;
        if cued == Cued::None && (single && !dated || !placed)
            || single && listed.is_some() && cue.is_none() && !strong
        {
            i += 1;
            continue;
        }
        let name = raw[begin..stop]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let (role, after_role) = role_after(raw, &words, end);
        let email = words[end.min(words.len())..]
            .iter()
            .take(8)
            .find(|w| w.address && w.text.contains('@') && w.text.contains('.'))
            .map(|w| {
                w.text
                    .trim_matches(|c: char| !is_alphanumeric(c))
                    .to_owned()
            });
        let handle = words.get(end).is_some_and(|w| w.address);
        let head = cue_start.unwrap_or(begin);
        let claim = head..after_role.max(stop);
        let given = |word: &Word<'_>| names::is_given(&word.text.to_lowercase());
        // `Dipl.-Ing. Anna Holm`
        let degree =
            |word: &&Word<'_>| name_parts::is_abbreviation(word.text.trim_end_matches('.'));
        let degrees = words[i..end - 1].iter().take_while(degree).count();
        found.push(Mention {
            cued,
            cue_of_language: cue_start
                .is_some_and(|at| bylines::is_cue_of(&phrase(&raw[at..begin]), language)),
            after_date,
            before_date,
            separated,
            words: (end - i) as u8,
            given_first: given(&words[i + degrees]),
            given_any: words[i..end].iter().any(given),
            capitals: name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase),
            initial: words[i..end].iter().any(|w| w.text.ends_with('.')),
            lower: !words[i].capital,
            role,
            email,
            handle,
            colon: raw[stop..].trim_start().starts_with([':', '：']),
            bracket: raw[..begin]
                .trim_end()
                .ends_with(['(', '[', '<', '（', '【']),
            speech: speech_after(&words, end),
            ..Mention::in_line(raw, base, unit, &(begin..stop), claim, printed(&name))
        });
        last = Some((after_role.max(stop), cued));
        i = end;
    }
    found
}

/// Whether a mark behind `before` parts it from a name: a bar, the mark of who holds the rights, the comma of a short line.
fn is_separated(before: &str) -> bool {
    let text = before.trim_end();
    text.ends_with(['|', '·', '•', '—', '–', '~', '/', '●', '▪'])
        || owned(before)
        || text.ends_with(',') && near_letters(before) <= 25
}

/// Whether `before` ends in the mark of who holds the rights, a year or two behind it.
fn owned(before: &str) -> bool {
    let rest = before
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | ',' | ':'));
    let rest = rest.strip_suffix("by").map_or(rest, str::trim_end);
    rest.ends_with(['©', 'ⓒ'])
        || rest.ends_with("(c)")
        || rest.ends_with("(C)")
        || rest.ends_with("opyright")
}

/// A name as printed; one in capitals alone as names are printed.
pub(super) fn printed(name: &str) -> String {
    let letters = name.chars().filter(|c| is_alphabetic(*c)).count();
    if letters < 4 || name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        inside = is_alphabetic(c);
    }
    out
}

/// Whether what lies between a name and a date is light: marks, or a word or two such as `on` or `am`.
fn gap_is_light(gap: &str) -> bool {
    gap.len() <= 24
        && gap
            .split(|c: char| !is_alphabetic(c))
            .filter(|w| !w.is_empty())
            .count()
            <= 1
}

/// Whether `gap` joins two names of a list.
pub(super) fn joins(gap: &str) -> bool {
    let word = gap.trim();
    if word.len() > JOINT || word.contains('.') {
        return false;
    }
    let bare = word.trim_matches([',', '/', '|', ' ']);
    bare.is_empty() || name_parts::is_joint(&lower(bare))
}

/// `gap` without the bracket that opens it and says who the name before it is: ` (Lyon, correspondent) and `.
fn without_bracket(gap: &str) -> &str {
    let inside = gap.trim_start().strip_prefix('(');
    let parts = inside.and_then(|inside| inside.split_once(')'));
    let digit = |inside: &str| inside.bytes().any(|b| b.is_ascii_digit());
    let short = parts.filter(|(inside, _)| inside.len() <= BRACKET && !digit(inside));
    short.map_or(gap, |(_, behind)| behind)
}

/// `gap` without the place that stands in commas behind the name before it: `, Lyon, and `.
fn without_place(gap: &str) -> &str {
    let place = |text: &str| {
        let mut words = text.split(' ');
        words.clone().count() <= PLACE
            && words
                .all(|word| word.starts_with(char::is_uppercase) && word.chars().all(is_alphabetic))
    };
    let parts = gap
        .strip_prefix(", ")
        .and_then(|rest| rest.trim_end().rsplit_once(' '));
    match parts {
        Some((before, joint)) if place(before.trim_end_matches(',')) => joint,
        _ => gap,
    }
}

/// Whether `gap` is a dash between two names that nothing announces: elsewhere an outlet or a place follows it.
fn is_dash(gap: &str) -> bool {
    matches!(gap.trim(), "-" | "–" | "•" | "·")
}

fn speech_after(words: &[Word<'_>], end: usize) -> bool {
    words
        .get(end)
        .is_some_and(|word| name_parts::is_speech(&lower(word.text)))
}

/// The job title after word `end`, and where it ends.
fn role_after(raw: &str, words: &[Word<'_>], end: usize) -> (Option<String>, usize) {
    let Some(last) = end.checked_sub(1).and_then(|k| words.get(k)) else {
        return (None, 0);
    };
    let Some(next) = words.get(end) else {
        return (None, 0);
    };
    let gap = &raw[last.end..next.start];
    if gap.len() > 6 || gap.contains(['.', ';']) {
        return (None, 0);
    }
    for count in (1..=4.min(words.len() - end)).rev() {
        let tail = &words[end + count - 1];
        let text = raw[next.start..tail.end]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        // What its owner reports on, or from where, may stand before it: `Wales correspondent`.
        // `North of England correspondent`
        let of_desk = text.match_indices(' ').any(|(at, _)| {
            let (desk, title) = (&text[..at], &text[at + 1..]);
            let name =
                |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "of" | "and");
            let place = desk.starts_with(char::is_uppercase) && desk.split(' ').all(name);
            let letters = desk.chars().all(|c| is_alphabetic(c) || c == ' ');
            place && letters && title.starts_with(char::is_lowercase) && bylines::is_title(title)
        });
        if bylines::is_title(&lower(&text)) || of_desk {
            return (Some(text), tail.end);
        }
    }
    (None, 0)
}

#[cfg(test)]
mod tests {
    use super::mentions;
    use crate::lexicon::bylines::Cue;

    fn names(raw: &str) -> Vec<String> {
        mentions(raw, 0, 0, None, &[], "en")
            .into_iter()
            .map(|m| m.name)
            .collect()
    }

    #[test]
    fn names_after_a_cue() {
        assert_eq!(
            names("By Sam Kolar and Vera Step The Wire Press"),
            ["Sam Kolar", "Vera Step"]
        );
        assert_eq!(
            names("Von Anna von der Heide, Jörg-Peter O’Brien"),
            ["Anna von der Heide", "Jörg-Peter O’Brien"]
        );
        assert_eq!(names("byAuli Gilard"), ["Auli Gilard"]);
        assert_eq!(names("Veröffentlicht von lupa"), ["lupa"]);
        assert_eq!(names("by jo on December 4, 2006"), ["jo"]);
        assert_eq!(names("By J.R. STONE"), ["J.R. Stone"]);
        assert_eq!(names("Oprac. Hanna Wrzos"), ["Hanna Wrzos"]);
        assert_eq!(names("ANNA HOLM - JAN WICK"), ["Anna Holm", "Jan Wick"]);
        assert_eq!(names("Autor:in Kim Wex"), ["Kim Wex"]);
        assert!(names("Die Autor/innen werden gebeten").is_empty());
        assert_eq!(names("Veröffentlicht von HansG"), ["HansG"]);
        assert_eq!(names("1. Januar 2016 von MiraFuchs"), ["MiraFuchs"]);
        assert_eq!(names("Eingestellt von Lupa um 10:52"), ["Lupa"]);
        assert_eq!(names("Von Mira.DeFuchs am Samstag"), ["Mira.DeFuchs"]);
        assert_eq!(
            names("Par Anna Holm (Lyon, correspondante) et Jan Wick (Brest)"),
            ["Anna Holm", "Jan Wick"]
        );
        assert_eq!(
            names("Anna Holm Wales correspondent and Jan Wick in Lyon"),
            ["Anna Holm", "Jan Wick"]
        );
        assert_eq!(
            names("Anna Holm North of Wales correspondent and Jan Wick"),
            ["Anna Holm", "Jan Wick"]
        );
        assert_eq!(
            names("Von Anna Holm, Lyon, und Jan Wick, Hafen"),
            ["Anna Holm", "Jan Wick"]
        );
        assert_eq!(names("By Anna Holm Senior Reporter"), ["Anna Holm"]);
        assert_eq!(names("رهام الميناء - وادي الزيتون"), ["رهام الميناء"]);
        assert_eq!(names("Anna LE WEX"), ["Anna LE WEX"]);
        assert_eq!(names("محمد ولد الميناء"), ["محمد ولد الميناء"]);
        assert!(names("الميناء القديم").is_empty());
        assert!(names("محمد والميناء").is_empty());
        assert_eq!(names("Anna Holm HRB"), ["Anna Holm"]);
        assert_eq!(names("Anna Holm III"), ["Anna Holm III"]);
        assert_eq!(names("Sjoerd Wex Anna Tuin"), ["Sjoerd Wex", "Anna Tuin"]);
        assert_eq!(names("Eingestellt von der Fuchs um 21:11"), ["der Fuchs"]);
        assert_eq!(names("Posted by The Old Seal at 9:14 PM"), ["The Old Seal"]);
        assert_eq!(
            names("By Anna Holm Peter Wick"),
            ["Anna Holm", "Peter Wick"]
        );
        assert_eq!(
            names("By Anna \"Peter Joe\" Wick May 3"),
            ["Anna \"Peter Joe\" Wick"]
        );
    }

    #[test]
    fn a_glued_word_ends_a_name() {
        assert_eq!(names("By Sarah LaveraTwitter"), ["Sarah Lavera"]);
        assert_eq!(names("Nilaar Kinwick2 minutes ago"), ["Nilaar Kinwick"]);
        assert_eq!(names("By Ronan McBride"), ["Ronan McBride"]);
        assert!(names("By HarbourNews").is_empty());
    }

    #[test]
    fn a_pseudonym_before_its_date_is_whole() {
        let raw = "MiraFuchs 18.10.2019, 15:07 Uhr";
        let found = mentions(raw, 0, 0, None, &[(10, 20)], "de");
        assert_eq!(found[0].name, "MiraFuchs");
    }

    #[test]
    fn what_somebody_owns_is_no_name() {
        assert!(names("Anna Holm’s Harbour Model").is_empty());
        assert_eq!(names("By Anna D’Souza"), ["Anna D’Souza"]);
    }

    #[test]
    fn a_photographer_or_the_author_of_a_book_keeps_his_cue() {
        for raw in ["Foto von Ben Aust", "Das neue Buch von Ben Aust"] {
            let found = mentions(raw, 0, 0, None, &[], "de");
            assert_eq!(found[0].cued, super::Cued::Line(Cue::Other), "{raw}");
        }
    }

    #[test]
    fn a_role_follows_the_name() {
        let found = mentions("Kate Brill, Political Editor", 0, 0, None, &[], "en");
        assert_eq!(found[0].role.as_deref(), Some("Political Editor"));
    }
}
