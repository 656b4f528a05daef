//! Names in scripts that separate words: runs of capitalised words near a cue, a date, or the ends of a line.

mod words;

use super::settle::clock_follows;
use super::{Cued, Mention};
use crate::document::{Span, is_alphabetic, is_alphanumeric, is_blank, lower};
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::{date_labels, months, name_parts, names};
use words::{Word, words};

/// Words of the longest name.
const LONGEST: usize = 9;
/// Bytes of the shortest pseudonym in lower case that nothing follows.
const SHORTEST: usize = 3;
/// Words of the longest cue.
const CUE_WORDS: usize = 4;
/// Letters of the longest short form of an outlet.
const OUTLET: usize = 4;
/// Bytes of the longest bracket between two names of a list.
const BRACKET: usize = 60;
/// Words of the longest pseudonym that its time of day tells.
const POSTED: usize = 4;
/// Bytes of the longest joint of a list.
const JOINT: usize = 12;
/// Bytes of the longest line that a single name and a date, or a button, may make up: in a paragraph `neun von zehn
/// Mitgliedern` are no author's.
const DATED: usize = 90;

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
    while i < words.len() {
        if let Some(count) = cue_at(raw, &words, i) {
            i += count;
            continue;
        }
        let (cue, cue_start) = cue_before(raw, &words, i);
        let strong = cue.is_some() || (above.is_some() && first_word == Some(i));
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
            let extra = ends_in_desk(&words, i, end) || ends_in_initials(&words, i, end);
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
                .map(without_bracket)
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
        // A name of one word stands before its date alone: `MiraFuchs 18.10.2019`.
        let dated = single && at_start && before_date && raw.len() <= DATED;
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
        let right = &raw[stop..];
        found.push(Mention {
            probability: 0.0,
            ruled_out: false,
            unit,
            span: Span::new(base + begin as u32, base + stop as u32),
            claim: Span::new(base + head as u32, base + after_role.max(stop) as u32),
            name: printed(&name),
            cued,
            cue_of_language: cue_start
                .is_some_and(|at| bylines::is_cue_of(&phrase(&raw[at..begin]), language)),
            unit_start: at_start,
            after_date,
            before_date,
            separated,
            left: letters(&raw[..begin]),
            right: letters(right),
            words: (end - i) as u8,
            given_first: names::is_given(&words[i].text.to_lowercase()),
            given_any: words[i..end]
                .iter()
                .any(|w| names::is_given(&w.text.to_lowercase())),
            surname: false,
            capitals: name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase),
            initial: words[i..end].iter().any(|w| w.text.ends_with('.')),
            lower: !words[i].capital,
            role,
            email,
            handle,
            affiliation: None,
            place: None,
            colon: right.trim_start().starts_with([':', '：']),
            spoken: false,
            bracket: raw[..begin]
                .trim_end()
                .ends_with(['(', '[', '<', '（', '【']),
            speech: speech_after(&words, end),
            form: super::Form::Words,
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
        || text.ends_with(',') && letters(before) <= 25
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

fn letters(text: &str) -> usize {
    text.chars()
        .filter(|c| is_alphanumeric(*c))
        .take(200)
        .count()
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

/// Whether words `i` to `end` are a name and, before a title in small letters, what its owner reports on or from where:
/// `Anna Holm Wales correspondent`.
fn ends_in_desk(words: &[Word<'_>], i: usize, end: usize) -> bool {
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

/// Whether `gap` is a dash between two names that nothing announces: elsewhere an outlet or a place follows it.
fn is_dash(gap: &str) -> bool {
    matches!(gap.trim(), "-" | "–" | "•" | "·")
}

fn speech_after(words: &[Word<'_>], end: usize) -> bool {
    words
        .get(end)
        .is_some_and(|word| name_parts::is_speech(&lower(word.text)))
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
fn is_capital_particle(words: &[Word<'_>], k: usize) -> bool {
    let capitals = |word: &Word<'_>| {
        word.text.chars().count() > 1 && !word.text.contains(|c: char| c.is_lowercase())
    };
    let next = words.get(k + 1);
    capitals(&words[k])
        && next.is_some_and(|next| capitals(next) && is_name_word(next))
        && name_parts::is_particle(&lower(words[k].text))
}

/// Whether words `i` to `end` are a name and the short form of the outlet in capitals: `Anna Holm HRB`.
fn ends_in_initials(words: &[Word<'_>], i: usize, end: usize) -> bool {
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

/// The end of the run of name words that begins at word `i`, where there is one.
fn run(raw: &str, words: &[Word<'_>], i: usize, strong: bool) -> Option<usize> {
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
        } else if is_particle(&words[k]) || is_capital_particle(words, k) {
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
fn posted(raw: &str, words: &[Word<'_>], i: usize, cue: usize) -> Option<usize> {
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
fn pseudonym(words: &[Word<'_>], i: usize) -> usize {
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

/// The words of the cue of several that begins at word `i` with a capital: `Written by`.
fn cue_at(raw: &str, words: &[Word<'_>], i: usize) -> Option<usize> {
    let lower = |word: &Word<'_>| word.text.starts_with(char::is_lowercase);
    if !words[i].capital || words[i].caseless || !words.get(i + 1).is_some_and(lower) {
        return None;
    }
    (2..=CUE_WORDS.min(words.len() - i)).rev().find(|count| {
        let last = &words[i + count - 1];
        lower(last)
            && ends_cue(last)
            && bylines::cue(&phrase(&raw[words[i].start..last.end])).is_some()
    })
}

/// The cue that ends right before word `i`, and its first byte.
fn cue_before(raw: &str, words: &[Word<'_>], i: usize) -> (Option<Cue>, Option<usize>) {
    let Some(last) = i.checked_sub(1) else {
        return (None, None);
    };
    let gap = &raw[words[last].end..words[i].start];
    if gap.trim_end() == "." {
        // A cue cut short: `Oprac. Anna Holm`.
        let short = format!("{}.", lower(words[last].text));
        let cue = bylines::cue(&short);
        return (cue, cue.and(Some(words[last].start)));
    }
    if gap.len() > 8 || gap.contains([',', '.', ';', '(', ')', '"', '!', '?']) {
        return (None, None);
    }
    // Whatever stands before the last word, the cue ends with it.
    if !ends_cue(&words[last]) {
        return (None, None);
    }
    for count in (1..=CUE_WORDS.min(i)).rev() {
        let first = i - count;
        let text = phrase(&raw[words[first].start..words[last].end]);
        if let Some(cue) = bylines::cue(&text) {
            // `de` and `di` join the words of a name oftener than they tell its author.
            let weak = count == 1
                && matches!(
                    text.as_str(),
                    "de" | "di"
                        | "da"
                        | "do"
                        | "del"
                        | "a"
                        | "του"
                        | "της"
                        | "od"
                        | "av"
                        | "af"
                        | "with"
                        | "mit"
                        | "foto"
                        | "text"
                );
            if weak && first > 0 && !gap.contains([':', '：']) {
                return (None, None);
            }
            return (Some(cue), Some(words[first].start));
        }
    }
    (None, None)
}

/// Whether a cue may end in `word`.
fn ends_cue(word: &Word<'_>) -> bool {
    let end = word.text.trim_end_matches([':', '：', '-', '/', '|']);
    let end = lower(end);
    if word.glued {
        bylines::may_end_cue(&end)
    } else {
        bylines::is_last_word(&end)
    }
}

/// `text` as the keys of the cues are written.
fn phrase(text: &str) -> String {
    let mut phrase = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(word);
    }
    phrase.truncate(
        phrase
            .trim_end_matches([':', '：', ' ', '-', '/', '|'])
            .len(),
    );
    lower(&phrase).into_owned()
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
        let desk = text.split_once(' ').filter(|(desk, title)| {
            let place = desk.starts_with(char::is_uppercase) && desk.chars().all(is_alphabetic);
            place && title.starts_with(char::is_lowercase)
        });
        let of_desk = |(_, title): (&str, &str)| bylines::is_title(&lower(title));
        if bylines::is_title(&lower(&text)) || desk.is_some_and(of_desk) {
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
        assert_eq!(names("Anna LE WEX"), ["Anna LE WEX"]);
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
