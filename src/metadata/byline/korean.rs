//! Korean names: before a role word, in the bracket that opens a story, before an e-mail address at its end.

mod after;
mod alone;
mod brackets;

use std::ops::{Range, RangeInclusive};

use super::{Cued, Form, Mention, near_letters};
use crate::document::{hangul_run, is_alphanumeric};
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::{callings, names, outlets};
use after::{After, after_role};
use alone::Alone;
use brackets::{bracket_parts, claim, opens_bracket, outlet_before};

pub(super) fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Bytes of a line for each of its words, about.
const WORD_BYTES: usize = 6;

#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

/// Runs of Hangul, and runs of what belongs to an e-mail address.
fn words(raw: &str) -> Vec<Word<'_>> {
    let is_address =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'.' | b'_' | b'-');
    let bytes = raw.as_bytes();
    let mut words = Vec::with_capacity(raw.len() / WORD_BYTES + 1);
    let mut start = 0;
    while start < bytes.len() {
        let rest = &bytes[start..];
        let mut length = hangul_run(rest);
        if length == 0 {
            length = rest.iter().take_while(|byte| is_address(byte)).count();
        }
        if length == 0 {
            start = raw.ceil_char_boundary(start + 1);
            continue;
        }
        let end = start + length;
        words.push(Word {
            text: &raw[start..end],
            start,
            end,
        });
        start = end;
    }
    words
}

/// Whether `text` has the shape of a Korean person's name.
pub(super) fn is_name(text: &str) -> bool {
    let count = text.len() / '가'.len_utf8();
    (2..=4).contains(&count) && text.chars().all(is_hangul) && !names::is_stop(text) && {
        let surname = names::surname(text, "ko");
        surname > 0 && count > surname && (count - surname <= 2 || count <= 3)
    }
}

fn is_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && (host.contains('.') || host.is_empty()))
}

/// The label that many sites print before the name of who wrote.
const SIGNED: &str = "기자명";
/// Syllables of a pen name.
const PEN_NAME: RangeInclusive<usize> = 2..=6;

/// Whether `text` may be the pen name of a person, behind a label that says so: no desk, no outlet.
fn is_pen_name(text: &str) -> bool {
    let syllables = text.chars().filter(|c| is_hangul(*c)).count();
    let whole = syllables == text.chars().count() && PEN_NAME.contains(&syllables);
    let called = callings::ends_in_one(text) || callings::is_desk(text);
    whole && !called && !names::is_stop(text) && !outlets::is_like_name(text, "ko")
}

/// The names in `raw`, which begins at byte `base` of the document.
pub(super) fn mentions(
    raw: &str,
    base: u32,
    unit: usize,
    dates: &[(usize, usize)],
) -> Vec<Mention> {
    let words = words(raw);
    let mut line = Line {
        raw,
        base,
        unit,
        dates,
        found: Vec::new(),
    };
    if let Some(alone) = alone::alone(raw, &words) {
        line.add_alone(&alone);
        return line.found;
    }
    if let Some(name) = alone::posted(raw, dates) {
        let end = name.end;
        line.add(name, end, None, After::Boundary);
        if let Some(mention) = line.found.last_mut() {
            mention.cued = Cued::Line(Cue::Author);
            mention.surname = false;
        }
        return line.found;
    }
    if let Some((names, title)) = alone::list(raw) {
        for name in names {
            line.add(
                name,
                title.end,
                Some(raw[title.clone()].to_owned()),
                After::Boundary,
            );
        }
        return line.found;
    }
    for (i, word) in words.iter().enumerate() {
        if !word.text.starts_with(is_hangul) {
            continue;
        }
        let next = words.get(i + 1);
        let gap = next.map_or("", |n| &raw[word.end..n.start]);
        let is_light = |gap: &str| {
            let mut chars = gap.chars();
            chars.all(|c| c.is_whitespace() || matches!(c, '(' | '<' | '·' | '[' | '=' | '（'))
        };
        if let Some((name, role, after)) = name_with_role(raw, &words, i) {
            // `NAME (ORGANISATION ROLE)`: what stands before the role is no name.
            let holder = i.checked_sub(1).map(|k| words[k]).filter(|holder| {
                raw[holder.end..word.start].trim_matches(' ') == "(" && is_name(holder.text)
            });
            let own = word.start..word.start + name.len();
            let name = holder.map_or(own, |holder| holder.start..holder.end);
            line.add(name, role.1, Some(role.0), after);
            continue;
        }
        if let Some((outlet, role, after)) = role_at_outlet(raw, &words, i) {
            line.add(word.start..word.end, role.1, Some(role.0), after);
            if let Some(mention) = line.found.last_mut() {
                mention.affiliation = Some(outlet.to_owned());
            }
            continue;
        }
        // No run of Hangul is an address.
        let is_mail = |text: &str| !text.starts_with(is_hangul) && is_email(text);
        if next.is_some_and(|n| is_mail(n.text)) && is_light(gap) && is_name(word.text) {
            line.add_bare(word.start..word.end, After::Boundary);
            continue;
        }
        // `[OUTLET NAME]`, at the head of a paragraph or at its end.
        let closes = raw[word.end..].trim_start().starts_with([']', '】']);
        if closes && i > 0 && is_name(word.text) && outlet_before(raw, word.start) {
            line.add_bare(word.start..word.end, After::Boundary);
            continue;
        }
        // `KBS 뉴스 NAME입니다.`
        if let Some(name) = word.text.strip_suffix("입니다").filter(|n| is_name(n))
            && i > 0
            && raw.len() < 80
            && at_end_of(raw, word.end)
        {
            let end = word.start + name.len();
            line.add_bare(word.start..end, After::Spoken);
            continue;
        }
        // `글 NAME`, `글·사진 NAME`
        if i > 0 && raw.len() < 90 {
            let label = raw[..word.start]
                .trim_end_matches([' ', '=', ':', '：', '|', '/'])
                .trim();
            let signed = label.ends_with(SIGNED) && is_pen_name(word.text);
            if bylines::cue(label) == Some(Cue::Author) && is_name(word.text) || signed {
                let title = next.filter(|next| callings::is_reporter(next.text) && gap == " ");
                let end = title.map_or(word.end, |title| title.end);
                let role = title.map(|title| title.text.to_owned());
                line.add(word.start..word.end, end, role, After::Boundary);
                if let Some(m) = line.found.last_mut() {
                    m.cued = Cued::Line(Cue::Author);
                }
            }
        }
    }
    line.share_roles(&words);
    let mut found = line.found;
    found.sort_by_key(|m| m.span.start);
    // `글 NAME 기자 사진 NAME 작가`
    for m in &mut found {
        let before = raw[..(m.span.start - base) as usize].trim_end();
        let label = before.strip_suffix(PICTURES).unwrap_or("-");
        if label.is_empty() || label.ends_with([' ', ',', '/', '|', '.']) {
            m.cued = Cued::Line(Cue::Other);
        }
    }
    found
}

/// The word before the name of who took the pictures.
const PICTURES: &str = "사진";

fn at_end_of(raw: &str, end: usize) -> bool {
    raw[end..].chars().all(|c| !is_alphanumeric(c))
}

/// Whether `text` begins with `title`. Most titles are told from it by their first syllable.
fn opens_with(text: &[u8], title: &[u8]) -> bool {
    let first = title.first_chunk::<3>();
    first.is_none_or(|first| text.first_chunk() == Some(first)) && text.starts_with(title)
}

/// What ends like a title, and is none.
const CAR_PARK: &str = "주차장";

/// Where `title` first stands in a run of Hangul, if that is right after two to four syllables, as names have.
fn find_title(word: &str, title: &str) -> Option<usize> {
    const SYLLABLE: usize = '가'.len_utf8();
    const BEFORE: [usize; 2] = [0, SYLLABLE];
    const BEHIND: [usize; 3] = [2 * SYLLABLE, 3 * SYLLABLE, 4 * SYLLABLE];
    if word.len() < title.len() + 2 * SYLLABLE {
        return None;
    }
    // A car park (`공영주차장`) is no deputy head.
    if word.contains(CAR_PARK) {
        return None;
    }
    let (word, title) = (word.as_bytes(), title.as_bytes());
    let stands = |at: &usize| word.get(*at..).is_some_and(|rest| opens_with(rest, title));
    // Nearly always none stands anywhere, which the fewer places tell first.
    let found = BEHIND.into_iter().find(stands)?;
    (!BEFORE.iter().any(stands)).then_some(found)
}

/// The longest title that `word` begins with.
fn opening_title(word: &str) -> Option<&'static str> {
    let titles = bylines::korean_titles(word.chars().next()?).iter();
    let mut titles = titles.map(|(_, title)| *title);
    titles.find(|title| word.starts_with(title))
}

/// A name at word `i` with the role glued to it or in the next word: the name, the role with its end, and what follows.
fn name_with_role<'a>(
    raw: &'a str,
    words: &[Word<'a>],
    i: usize,
) -> Option<(&'a str, (String, usize), After)> {
    let word = words[i];
    // Where a name of two to four syllables may end and its title begin.
    let behind_name = word.text.chars().skip(2).take(3);
    let glued = behind_name.flat_map(|first| {
        let titles = bylines::korean_titles(first).iter();
        titles.filter_map(|(place, title)| Some((place, title, find_title(word.text, title)?)))
    });
    // The longest title is the one that is meant: `강원본부장` is no 부장.
    let glued = glued.min_by_key(|(place, ..)| **place);
    if let Some((_, title, at)) = glued.filter(|(_, _, at)| is_name(&word.text[..*at])) {
        let rest = &word.text[at + title.len()..];
        let end = word.start + at + title.len();
        let tail = raw.get(word.end..).unwrap_or_default();
        return Some((
            &word.text[..at],
            ((*title).to_owned(), end),
            after_role(rest, &tail.chars().take(8).collect::<String>()),
        ));
    }
    let next = words.get(i + 1)?;
    let gap = &raw[word.end..next.start];
    if gap.len() > 3 || !gap.chars().all(|c| c.is_whitespace() || c == '/') {
        return None;
    }
    let title = opening_title(next.text)?;
    if !is_name(word.text) {
        return None;
    }
    let rest = &next.text[title.len()..];
    let tail: String = raw[next.end..].chars().take(8).collect();
    // A compound such as `논설위원 겸` keeps its first title.
    Some((
        word.text,
        (title.to_owned(), next.start + title.len()),
        after_role(rest, &tail),
    ))
}

/// `NAME OUTLET ROLE`, the name at word `i`: the outlet, the role with its end, and what follows.
fn role_at_outlet<'a>(
    raw: &'a str,
    words: &[Word<'a>],
    i: usize,
) -> Option<(&'a str, (String, usize), After)> {
    let (name, outlet, title) = (words[i], words.get(i + 1)?, words.get(i + 2)?);
    let apart = |left: &Word<'_>, right: &Word<'_>| {
        let gap = &raw[left.end..right.start];
        gap.len() <= 3 && !gap.is_empty() && gap.trim().is_empty()
    };
    // Nearly always there is none.
    let role = opening_title(title.text)?;
    if !is_name(name.text) {
        return None;
    }
    let fits = apart(&name, outlet) && apart(outlet, title);
    let known = outlets::by_name(outlet.text).is_some() || outlets::is_like_name(outlet.text, "ko");
    let tail: String = raw[title.end..].chars().take(8).collect();
    let after = after_role(&title.text[role.len()..], &tail);
    (fits && known && after == After::Boundary).then(|| {
        let end = title.start + role.len();
        (outlet.text, (role.to_owned(), end), after)
    })
}

/// A line whose names are being collected.
struct Line<'a> {
    raw: &'a str,
    /// Where it begins in the document.
    base: u32,
    unit: usize,
    /// Where its dates stand, in bytes of the line.
    dates: &'a [(usize, usize)],
    found: Vec<Mention>,
}

impl Line<'_> {
    /// Adds the name of a line that holds little else.
    fn add_alone(&mut self, alone: &Alone) {
        let text = |range: &Range<usize>| self.raw[range.clone()].to_owned();
        let role = alone.calling.as_ref().map(text);
        let organisation = alone.organisation.as_ref().map(text);
        let place = alone.place.as_ref().map(text);
        let titled = alone.calling.as_ref().filter(|c| c.start > alone.name.end);
        let end = titled.map_or(alone.name.end, |calling| calling.end);
        self.add(alone.name.clone(), end, role, After::Boundary);
        if let Some(mention) = self.found.last_mut() {
            mention.affiliation = organisation.or(mention.affiliation.take());
            mention.place = place.or(mention.place.take());
            mention.form = Form::Alone;
        }
    }

    /// Adds a name without a role, the bytes `name` of the line.
    fn add_bare(&mut self, name: Range<usize>, after: After) {
        let end = name.end;
        self.add(name, end, None, after);
    }

    /// Adds the name that is the bytes `name` of the line, with its role up to byte `end`; a word that goes on as a
    /// sentence was none.
    fn add(&mut self, name: Range<usize>, end: usize, role: Option<String>, after: After) {
        if after == After::Sentence {
            return;
        }
        let (raw, start) = (self.raw, name.start);
        let rest = &raw[end..];
        let before = raw[..start].trim_end();
        let bracket = opens_bracket(raw, start)
            || raw[..start]
                .rfind(['(', '<', '〈'])
                .is_some_and(|k| !raw[k..start].contains([')', '>', '〉']));
        let (affiliation, place) = bracket_parts(raw, start);
        let form = if after == After::Spoken {
            Form::Spoken
        } else if bracket {
            Form::Bracket
        } else {
            Form::Role
        };
        let claim = claim(raw, start, end);
        let printed = raw[name.clone()].to_owned();
        let mention = Mention {
            after_date: self.dates.iter().any(|d| d.1 <= start && start - d.1 <= 6),
            before_date: self.dates.iter().any(|d| d.0 >= end && d.0 - end <= 40),
            separated: before.ends_with(['/', '|', '=', 'ㅣ', '·', ',']),
            right: near_letters(rest),
            surname: true,
            role,
            email: email_after(rest),
            affiliation,
            place,
            colon: rest.trim_start().starts_with([':', '：']),
            spoken: after == After::Spoken,
            bracket,
            form,
            ..Mention::in_line(raw, self.base, self.unit, &name, claim.0..claim.1, printed)
        };
        self.found.push(mention);
    }

    /// `A·B 기자`, `A, B, C 기자`, `A B 기자`: names before one that has a role.
    fn share_roles(&mut self, words: &[Word<'_>]) {
        let raw = self.raw;
        let firsts: Vec<(usize, Option<String>, Form)> = self
            .found
            .iter()
            .filter(|m| m.role.is_some() && m.form != Form::Spoken)
            .map(|m| (self.start_of(m), m.role.clone(), m.form))
            .collect();
        for (start, role, form) in firsts {
            let Some(mut i) = words.iter().position(|w| w.start == start) else {
                continue;
            };
            let mut right = start;
            let mut shared: Vec<Word<'_>> = Vec::new();
            let mut spaced = false;
            while i > 0 {
                // `A/PLACE=B 기자`: the place of the one is no name between the two.
                if raw[words[i - 1].end..right].trim() == "="
                    && i > 1
                    && is_joint(raw, words, i - 1)
                {
                    i -= 1;
                    right = words[i].start;
                }
                let word = words[i - 1];
                let gap = &raw[word.end..right];
                let bare_space = gap.trim().is_empty();
                let joined = gap.len() <= 6 && gap.trim().chars().all(is_joint_mark);
                let known = self.found.iter().any(|m| self.start_of(m) == word.start);
                if !joined
                    || known
                    || !is_name(word.text)
                    || word.text.chars().count() < 3 && bare_space
                {
                    break;
                }
                spaced |= bare_space;
                shared.push(word);
                right = word.start;
                i -= 1;
            }
            // Bare spaces join names only inside a bracket, after one, or on a line of names.
            let before = raw[..right].trim_end();
            let room = form == Form::Bracket
                || before.is_empty()
                || before.ends_with([')', ']', '】', '=', '.']);
            if spaced && !room {
                continue;
            }
            for word in shared {
                self.add(
                    word.start..word.end,
                    word.end,
                    role.clone(),
                    After::Boundary,
                );
            }
        }
    }

    /// Where a mention begins in the line.
    fn start_of(&self, mention: &Mention) -> usize {
        (mention.span.start - self.base) as usize
    }
}

/// Marks between names that share a role.
fn is_joint_mark(c: char) -> bool {
    matches!(c, '·' | ',' | 'ㆍ' | '/' | '‧' | '、' | 'ᆞ' | '・')
}

/// Whether such a mark stands before word `i`.
fn is_joint(raw: &str, words: &[Word<'_>], i: usize) -> bool {
    let gap = raw[words[i - 1].end..words[i].start].trim();
    !gap.is_empty() && gap.chars().all(is_joint_mark)
}

/// Bytes behind a name that may hold its address.
const EMAIL_REACH: usize = 200;

/// The e-mail address that follows a name within a few characters.
fn email_after(rest: &str) -> Option<String> {
    let words = words(&rest[..rest.floor_char_boundary(EMAIL_REACH)]);
    let word = words.iter().take(2).find(|w| w.text.contains('@'))?;
    let gap = &rest[..word.start];
    (gap.len() <= 24)
        .then(|| word.text.trim_matches(['.', '-', '_']).to_owned())
        .filter(|e| is_email(e) && !e.ends_with('@'))
}

#[cfg(test)]
mod tests {
    use super::mentions;

    /// Name, role, e-mail, affiliation and place.
    type Found = (
        String,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    );

    fn found(raw: &str) -> Vec<Found> {
        mentions(raw, 0, 0, &[])
            .into_iter()
            .map(|m| (m.name, m.role, m.email, m.affiliation, m.place))
            .collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn bylines_that_open_a_story() {
        assert_eq!(
            found("[베이징=가람뉴스] 최하늘 특파원 = 오늘 발표했다."),
            [(
                "최하늘".to_owned(),
                some("특파원"),
                None,
                some("가람뉴스"),
                some("베이징")
            )]
        );
        assert_eq!(
            found("[가람일보 김하늘 기자] 오늘 발표했다.")[0].0,
            "김하늘"
        );
        let two = found("(서울=가람뉴스) 김하늘 박바다 기자 = 오늘");
        assert_eq!(
            two.iter().map(|m| m.0.as_str()).collect::<Vec<_>>(),
            ["김하늘", "박바다"]
        );
    }

    #[test]
    fn bylines_at_the_end() {
        assert_eq!(
            found("김하늘 기자 sky@garam.example"),
            [(
                "김하늘".to_owned(),
                some("기자"),
                some("sky@garam.example"),
                None,
                None
            )]
        );
        assert_eq!(
            found("경주=이바다 sea@garam.example /최하늘·박바다 기자 x@garam.example").len(),
            3
        );
        let apart = found("최하늘/경주=이바다 기자 sky@garam.example");
        assert_eq!(apart.len(), 2);
        assert_eq!(apart[0].0, "최하늘");
        assert_eq!(found("강바다기자 , 이하늘기자").len(), 2);
        let (name, role, _, affiliation, _) = found("최하늘 가람일보 기자").remove(0);
        assert_eq!(
            (name.as_str(), role, affiliation),
            ("최하늘", some("기자"), some("가람일보"))
        );
        let (name, role, ..) = found("최하늘 (가람대 교수)").remove(0);
        assert_eq!((name.as_str(), role), ("최하늘", some("교수")));
    }

    #[test]
    fn a_bracket_gives_its_outlet_to_all_and_its_place_to_none() {
        let two = found("[가람경제 최하늘·김바다 기자] 오늘");
        assert!(two.iter().all(|m| m.3 == some("가람경제")));
        let placed = found("<부산=최하늘 기자> 오늘").remove(0);
        assert_eq!((placed.3, placed.4), (None, some("부산")));
    }

    #[test]
    fn a_reporter_in_a_sentence_is_no_byline() {
        assert!(found("이날 김하늘 기자는 현장을 찾았다.").is_empty());
        assert!(found("뉴스를 전해드립니다.").is_empty());
    }
}
