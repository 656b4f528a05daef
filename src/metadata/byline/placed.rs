//! Names that their place makes an author's, though nothing announces them: near the headline, with little else on their lines.

use super::features::letters;
use super::settle::{DATE_LINE, LEDE_UNITS, MARKS, Setting, WORDS};
use super::told::behind;
use super::{Cue, Cued, Mention};
use crate::document::{Span, is_alphabetic, lower};
use crate::label::LineKind;
use crate::lexicon::agencies::is_agency;
use crate::lexicon::bylines;
use crate::lexicon::cues::{self, Cues};
use crate::metadata::headline::Headline;
use crate::metadata::page::Page;

/// How sure a name is that its place makes an author's, and how likely it must look otherwise: of 300 names of the corpus
/// that stand so, out of fold, three are no author's; of a dozen that look less likely, none is.
pub(super) const PLACED: f32 = 0.8;
pub(super) const PLACED_FROM: f32 = 0.05;
/// Units of the body's head below which such a name may stand.
const BENEATH: usize = 2;
/// Bytes of the longest line that ends in what the person above it is.
const TITLE: usize = 50;
/// Units below the headline within which the name of a person alone is a byline: menus may stand further below.
pub(super) const NEAR: usize = 8;
/// How often the line of an author is printed at most, below the text again: a person that tags name is printed oftener.
const PRINTS: u16 = 2;

/// Whether a name that nothing announces stands where names of authors do and little else: between the headline and the
/// body, with a date beside it on its line or on the next, in a list that is the whole line, or called as persons are.
pub(super) fn placed(setting: Setting<'_, '_>, m: &Mention, filled: bool) -> bool {
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
    let near = headline.is_some_and(|h| m.unit > h.last && m.unit <= h.last + NEAR);
    let alone = m.right <= MARKS || is_button(behind(page, m));
    let bare = matches!(m.cued, Cued::None | Cued::Bare | Cued::Above(Cue::Other));
    if !head || !bare || !(2..=3).contains(&m.words) {
        return false;
    }
    let next_dated = m.unit + 1 < page.len() && !dates.of(m.unit + 1).is_empty();
    let before = m.unit_start && m.before_date && m.right <= DATE_LINE;
    let after = m.after_date && alone && m.left <= DATE_LINE;
    let above = m.unit_start && alone && next_dated && m.cued == Cued::None;
    let listed = filled && (m.cued == Cued::Bare || !alone);
    let person =
        (filled || alone && m.left == 0) && m.given_first && page.repeats(m.unit) <= PRINTS;
    let surname = m.name.rsplit(' ').next().unwrap_or_default();
    let told = || headline.is_none_or(|h| h.line.contains(surname)) || tells_of(page, surname);
    let named = person && near && m.unit < start && !told();
    let placed = next_dated && names_place(page, m);
    before || after || above || listed || named || placed || alone && follows_agency(page, m)
}

/// Whether what stands behind a name is a button: `Anna Holm Follow`.
fn is_button(behind: &str) -> bool {
    let whole = |cue| Cues::shipped().is_whole(behind, cue);
    behind.starts_with(' ')
        && behind.len() <= TITLE
        && (whole(cues::Cue::Share) || whole(cues::Cue::Newsletter))
}

/// Whether the name that is all of its line stands near the headline, and the next line says what its owner is; a picture and its
/// text may stand above it.
pub(super) fn titled(setting: Setting<'_, '_>, m: &Mention) -> bool {
    let near = |h: &Headline| m.unit > h.last && m.unit <= h.last + 2 * NEAR;
    let bare = m.cued == Cued::None && m.left + m.right == 0 && (2..=3).contains(&m.words);
    bare && setting.headline.is_some_and(near) && tells_of_name(setting.page, m.unit + 1)
}

/// Whether unit `i` says what the person above it is, or where to write to them: `Reporter`, `anna@harbour.example`.
fn tells_of_name(page: &Page<'_>, i: usize) -> bool {
    let line = if i < page.len() {
        page.raw(i).trim()
    } else {
        ""
    };
    let title = |text: &str| bylines::is_title(&lower(text));
    // `Highlands and islands correspondent`
    let last = line.rsplit(' ').next().unwrap_or_default();
    let ends = line.len() <= TITLE && title(last);
    ends || title(line) || line.contains('@') && !line.contains(' ')
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
