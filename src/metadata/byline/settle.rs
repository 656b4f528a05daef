//! What no ranker is asked: forms and places of bylines that leave no doubt, and names that are told of.

use super::features::letters;
use super::teasers::is_teaser;
use super::told::{behind, is_no_byline};
use super::{CUE_LETTERS, Cued, Form, Mention, korean};
use crate::document::{Span, is_alphabetic, lower};
use crate::label::LineKind;
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::{agencies::is_agency, outlets};
use crate::metadata::date::Dates;
use crate::metadata::headline::Headline;
use crate::metadata::page::Page;

/// Units of the body that tell who the story is about.
const LEDE_UNITS: usize = 12;
/// Words of the shortest line that tells of somebody, and from which on one is long.
const WORDS: u16 = 5;
const LONG: u16 = 12;
/// Letters of what may stand behind a name in the credit of a picture, and what ends a sentence.
const CREDITED: usize = 12;
const STOPS: [char; 8] = ['.', '!', '?', '。', '…', '”', '"', '’'];
/// Units of the body's head in which a story opens, pictures before it; and the digits of a whole date.
pub(super) const OPENS: usize = 3;
const DATE_DIGITS: usize = 8;
/// Letters behind a name in the bracket that signs a story: another name.
const SIGNED: usize = 12;
/// Bytes before a name in which the mark of its picture's credit stands.
const CREDIT: usize = 32;
/// The most that a name has which is ruled out.
pub(super) const RULED_OUT: f32 = 0.3;
/// How sure a name is that its place makes an author's, and how likely it must look otherwise: of 300 names of the corpus
/// that stand so, out of fold, three are no author's; of a dozen that look less likely, none is.
const PLACED: f32 = 0.8;
const PLACED_FROM: f32 = 0.05;
/// Units of the body's head below which such a name may stand.
const BENEATH: usize = 2;
/// Letters and digits of what may stand beside such a name: none to speak of, or a date with its label.
const MARKS: usize = 2;
const DATE_LINE: usize = 40;
/// Units below the name of whom to call within which the number stands, and its digits.
const CONTACT: usize = 4;
const NUMBER: usize = 6;
/// Units below the headline within which the name of a person alone is a byline: menus may stand further below.
pub(super) const NEAR: usize = 8;
/// How often the line of an author is printed at most, below the text again: a person that tags name is printed oftener.
const PRINTS: u16 = 2;
/// The share of a line's letters that names have which are all of it.
const FILLED: f32 = 0.93;
/// Units around the article in which the line may stand that says who posted it, and when: after the body, above the
/// headline, and at the end of the body.
const POSTED: usize = 4;
const POSTED_ABOVE: usize = 3;
const POSTED_WITHIN: usize = 2;

/// What the form of a mention says by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Standing {
    /// Nothing: as weighed.
    Open,
    /// An author, at least this likely, where it was weighed above the second figure.
    Stated(f32, f32),
    /// No author: at most this likely.
    Out(f32),
}

impl Standing {
    /// The probability of a mention that was weighed so.
    pub(super) fn of(self, weighed: f32) -> f32 {
        match self {
            Self::Stated(least, from) if weighed > from => weighed.max(least),
            Self::Open | Self::Stated(..) => weighed,
            Self::Out(most) => weighed.min(most),
        }
    }
}

/// What names are judged by: the page, its dates, its headline and its notice.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a, 'p> {
    pub(super) page: &'a Page<'p>,
    pub(super) dates: &'a Dates,
    pub(super) headline: Option<&'a Headline>,
    /// The copyright notice.
    pub(super) notice: Option<&'a str>,
}

/// What the form of each mention says, in their order; `filled` is whether their lines are names and nothing else.
pub(super) fn standings(
    setting: Setting<'_, '_>,
    mentions: &[Mention],
    filled: &[bool],
) -> Vec<Standing> {
    let mentions = mentions.iter().zip(filled);
    mentions
        .map(|(m, filled)| standing(setting, m, *filled))
        .collect()
}

/// For each mention, whether the names of its line are all that this says, and none is an agency's: `Anna Holm / Jan Wick`.
pub(super) fn filled(page: &Page<'_>, mentions: &[Mention]) -> Vec<bool> {
    let lines = mentions.chunk_by(|a, b| a.unit == b.unit);
    lines
        .flat_map(|line| std::iter::repeat_n(are_all(page, line), line.len()))
        .collect()
}

fn are_all(page: &Page<'_>, line: &[Mention]) -> bool {
    let agency = |m: &Mention| is_agency(&m.name) || outlets::by_name(&m.name).is_some();
    if line.iter().any(agency) {
        return false;
    }
    let names: usize = line.iter().map(|m| letters(&m.name)).sum();
    let all = line.first().map_or(0, |m| letters(page.raw(m.unit)));
    names as f32 > FILLED * all as f32
}

fn standing(setting: Setting<'_, '_>, m: &Mention, filled: bool) -> Standing {
    let page = setting.page;
    if matches!(m.cued, Cued::Line(Cue::Other) | Cued::Above(Cue::Other)) {
        Standing::Out(0.0)
    } else if is_no_byline(page, m) || is_teaser(page, m) || is_contact(page, m) {
        Standing::Out(RULED_OUT)
    } else if let Some(least) = stated(page, setting.headline, m) {
        Standing::Stated(least, 0.0)
    } else if names_another(page, setting.headline, setting.notice, m, filled) {
        Standing::Out(RULED_OUT)
    } else if placed(setting, m, filled) {
        Standing::Stated(PLACED, PLACED_FROM)
    } else {
        Standing::Open
    }
}

/// Whether a name that nothing announces stands where names of authors do and little else: between the headline and the
/// body, with a date beside it on its line or on the next, in a list that is the whole line, or called as persons are.
fn placed(setting: Setting<'_, '_>, m: &Mention, filled: bool) -> bool {
    let Setting {
        page,
        dates,
        headline,
        ..
    } = setting;
    let start = page.body.start;
    // Below a standfirst that was taken for the first paragraph as well.
    let beneath = m.unit <= start + BENEATH && page.facts[m.unit].kind != LineKind::Body;
    let head = headline.is_some_and(|h| m.unit > h.last) && (m.unit < start || beneath);
    let bare = matches!(m.cued, Cued::None | Cued::Bare | Cued::Above(Cue::Other));
    if !head || !bare || !(2..=3).contains(&m.words) {
        return false;
    }
    let alone = m.right <= MARKS;
    let next_dated = m.unit + 1 < page.len() && !dates.of(m.unit + 1).is_empty();
    let before = m.unit_start && m.before_date && m.right <= DATE_LINE;
    let behind = m.after_date && alone && m.left <= DATE_LINE;
    let above = m.unit_start && alone && next_dated && m.cued == Cued::None;
    let listed = filled && (m.cued == Cued::Bare || !alone);
    let person = filled && alone && m.given_first && page.repeats(m.unit) <= PRINTS;
    let surname = m.name.rsplit(' ').next().unwrap_or_default();
    let told = || headline.is_none_or(|h| h.line.contains(surname)) || tells_of(page, surname);
    let near = headline.is_some_and(|h| m.unit <= h.last + NEAR);
    let named = person && near && m.unit < start && !told();
    let placed = next_dated && names_place(page, m);
    let titled = filled && alone && tells_of_name(page, m.unit + 1);
    before
        || behind
        || above
        || listed
        || named
        || placed
        || titled
        || alone && follows_agency(page, m)
}

/// Whether unit `i` says what the person above it is, or where to write to them: `Reporter`, `anna@harbour.example`.
fn tells_of_name(page: &Page<'_>, i: usize) -> bool {
    let line = if i < page.len() {
        page.raw(i).trim()
    } else {
        ""
    };
    bylines::is_title(&lower(line)) || line.contains('@') && !line.contains(' ')
}

/// Whether a paragraph at the head of the body names `surname`.
fn tells_of(page: &Page<'_>, surname: &str) -> bool {
    let body = page.body.start..page.body.end;
    let mut lines = body
        .take(LEDE_UNITS)
        .filter(|i| page.facts[*i].words > WORDS);
    lines.any(|i| page.raw(i).contains(surname))
}

/// Whether the line of `m` ends in a place in capitals and the agency: `Anna Holm - Jan Wick / LYON, (HRB)`.
fn names_place(page: &Page<'_>, m: &Mention) -> bool {
    let line = page.raw(m.unit);
    let Some((names, place)) = line.rsplit_once('/') else {
        return false;
    };
    let opens = m.unit_start || m.cued == Cued::Bare;
    let capitals = place.chars().filter(|c| is_alphabetic(*c)).count() > 2
        && !place.contains(|c: char| c.is_lowercase() || c.is_numeric());
    opens && capitals && letters(place) <= DATE_LINE && names.contains(m.name.as_str())
}

/// Whether an agency and a comma are all that stands before the name: `Reuters, Ann Lee`.
fn follows_agency(page: &Page<'_>, m: &Mention) -> bool {
    let before = Span::new(page.span(m.unit).start, m.span.start).of(page.text);
    let agency = before.trim().strip_suffix(',');
    agency.is_some_and(|agency| is_agency(agency.trim()))
}

/// The least probability of a name whose byline stands where bylines do and reads like nothing else.
fn stated(page: &Page<'_>, headline: Option<&Headline>, m: &Mention) -> Option<f32> {
    let (start, end) = (page.body.start, page.body.end);
    let opens = m.form == Form::Bracket && m.unit >= start && m.unit <= start + 1 && m.left < 16;
    // `本报讯（记者 NAME 通讯员 NAME）`
    let han = m.surname && m.cued == Cued::Line(Cue::Author);
    if opens && (m.role.is_some() && m.unit_start || m.place.is_some() || han) {
        return Some(0.95);
    }
    // `[PLACE=OUTLET] NAME 기자 = `
    let claim = m.claim.of(page.text);
    let datelined = claim.starts_with(['[', '(']) && claim.trim_end().ends_with('=');
    if datelined && m.role.is_some() && m.place.is_some() && is_opening(page, m) {
        return Some(0.95);
    }
    // `NAME/PLACE, (AGENCY) - `
    let dashed = m.form == Form::Bracket && claim.trim_end().ends_with(['-', '–', '—']);
    if dashed && m.place.is_some() && is_opening(page, m) {
        return Some(0.95);
    }
    let closes = m.unit + 2 >= end && m.unit <= end + 2;
    let below = headline.is_none_or(|h| m.unit > h.last);
    let heads = below && m.unit <= start + 1 && m.left == 0;
    if (closes || heads) && m.surname && m.role.is_some() && m.email.is_some() {
        return Some(0.95);
    }
    if closes && m.form == Form::Credited {
        return Some(0.85);
    }
    // `（记者 NAME NAME）`, at the end of the story.
    let called = m.role.is_some() || m.cued == Cued::Line(Cue::Author);
    if closes && called && m.surname && m.form == Form::Bracket && m.right <= SIGNED {
        return Some(0.85);
    }
    let head = headline.is_some_and(|h| m.unit > h.last && m.unit <= h.last + 8) && m.unit <= start;
    if head
        && m.cued == Cued::Line(Cue::Author)
        && m.cue_of_language
        && m.left <= CUE_LETTERS
        && m.right < 60
        && m.words > 1
    {
        return Some(0.9);
    }
    // Below a cue of its own line.
    if head && m.cued == Cued::Above(Cue::Author) && m.left + m.right == 0 && m.words > 1 {
        return Some(0.85);
    }
    // `Posted by mira on 3 May 2019`: who posts is named as they like.
    let above = |h: &Headline| m.unit < h.first && m.unit + POSTED_ABOVE >= h.first;
    let posted = headline.is_some_and(|h| m.unit > h.last && m.unit <= start + 1 || above(h))
        || m.unit + POSTED_WITHIN >= end && m.unit <= end + POSTED;
    if posted
        && m.cued == Cued::Line(Cue::Author)
        && (m.before_date || m.after_date || clock_follows(behind(page, m)))
        && m.left <= 2 * CUE_LETTERS
    {
        return Some(0.8);
    }
    let addressed = || m.unit + 1 < page.len() && page.raw(m.unit + 1).contains('@');
    if headline.is_some_and(|h| heads_column(page, h, m)) && addressed() {
        return Some(0.85);
    }
    // A dash and a name below the last paragraph, and who that is: `— Anna Holm`, `Anna Holm writes about harbours.`
    let dash = page.raw(m.unit).trim_start().starts_with(['—', '–', '―']);
    if dash && closes && m.left + m.right == 0 && m.words > 1 {
        let next = m.unit + 1;
        let tells = next < page.len() && page.raw(next).trim_start().starts_with(&m.name);
        if tells || m.given_first {
            return Some(0.8);
        }
    }
    // A line that says nothing else, above the body or where it begins or ends.
    let edge = headline.is_some_and(|h| m.unit > h.last && m.unit <= start + 2)
        || m.unit + 2 >= end && m.unit <= end + 1;
    if edge
        && matches!(m.cued, Cued::Line(Cue::Author) | Cued::List(Cue::Author))
        && m.cue_of_language
        && (m.cued != Cued::Line(Cue::Author) || m.claim.start <= page.span(m.unit).start + 2)
        && (!m.lower || m.left > 8)
        && (m.right <= MARKS || is_outlet(behind(page, m)))
    {
        return Some(0.85);
    }
    // A line that is nothing but a reporter and the word for one.
    let named = m.form == Form::Role && m.surname && m.role.is_some();
    let within = headline.is_some_and(|h| m.unit > h.last) && m.unit <= end + 2;
    (named && within && m.left == 0 && m.right <= 2 && !m.spoken).then_some(0.85)
}

/// Whether the line of `m` begins with its byline where stories do, and does not end in a date, as the text of a picture does
/// that an agency sends.
fn is_opening(page: &Page<'_>, m: &Mention) -> bool {
    let start = page.body.start;
    let opens = m.claim.start <= page.span(m.unit).start + 1;
    opens && (start..=start + OPENS).contains(&m.unit) && !ends_in_date(page.raw(m.unit))
}

/// Whether a whole date in digits ends `raw`, the address of who took the picture and the notice of rights aside:
/// `2019.05.03. jane@dawn.example *재판매 및 DB 금지`.
fn ends_in_date(raw: &str) -> bool {
    let text = raw.split_once("재판매").map_or(raw, |(text, _)| text);
    let words = text
        .trim_end_matches(['*', ' '])
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

/// Whether `m` is whom the press may call, as below what a company or an association has written: a name and its number.
fn is_contact(page: &Page<'_>, m: &Mention) -> bool {
    let below = m.unit + 1 >= page.body.end && m.cued == Cued::None;
    let next = (m.unit + 1..page.len()).take(CONTACT);
    below && next.map(|unit| page.raw(unit)).any(is_telephone)
}

/// Whether a line is a telephone number with its label, or one of another country: `Tel. 030 123456`, `+49 30 123456`.
fn is_telephone(line: &str) -> bool {
    let line = lower(line.trim());
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    let labels = ["tel", "fon", "phone", "mobil", "+"];
    digits >= NUMBER && labels.iter().any(|label| line.starts_with(label))
}

/// Whether the name is of somebody who took a picture, whom the story is about, who speaks next, or who holds the rights.
fn names_another(
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
    if is_photographer(page, m, claim) {
        return true;
    }
    let uncalled = m.role.as_deref().is_none_or(is_agency);
    if !matches!(m.cued, Cued::Line(_)) && uncalled && !filled && credited(page, m) {
        return true;
    }
    if m.cued != Cued::None || m.role.is_some() || m.spoken {
        return false;
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

/// Whether what stands behind a name is the outlet it writes for: ` / harbour.example`, `, Dawn Herald`.
pub(super) fn is_outlet(line: &str) -> bool {
    let name =
        line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '|' | '(' | ')'));
    let for_it = name
        .split_once(' ')
        .filter(|(word, _)| lower(word) == "for");
    let name = for_it.map_or(name, |(_, name)| name);
    let domain = name.contains('.') && !name.contains(char::is_whitespace) && !name.ends_with('.');
    domain || outlets::by_name(name).is_some()
}

/// Whether the time of day is what follows, behind a word at most: ` um 10:52`.
pub(super) fn clock_follows(line: &str) -> bool {
    let digits = |part: &str| part.bytes().take(2).all(|b| b.is_ascii_digit());
    let is_clock = |word: &str| {
        let clock = word.split_once([':', '.']);
        clock.is_some_and(|(hour, minute)| {
            matches!(hour.len(), 1 | 2) && digits(hour) && minute.len() >= 2 && digits(minute)
        })
    };
    line.split_whitespace().take(2).any(is_clock)
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
fn heads_column(page: &Page<'_>, headline: &Headline, m: &Mention) -> bool {
    let behind = headline.line.strip_prefix(m.name.as_str());
    let ends = m.unit + 1 >= page.body.end && m.unit <= page.body.end + 1;
    let edge = m.unit > headline.last && m.unit <= page.body.start || ends;
    let alone = m.left + m.right == 0 && edge;
    alone && behind.is_some_and(|behind| behind.starts_with([':', '：', '.', ' ']))
}
