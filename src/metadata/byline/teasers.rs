//! Bylines of other stories and of comments: in teasers below the text, and between its paragraphs.

use super::settle::{Setting, clock_follows};
use super::told::behind;
use super::{Cued, Form, Mention, features};
use crate::document::Span;
use crate::label::LineKind;
use crate::lexicon::bylines::Cue;
use crate::lexicon::cues::{self, Cues};
use crate::lexicon::{callings, sections};
use crate::metadata::page::Page;

/// Units below the heading of a list of stories that it rules, where no text stands between.
const LIST: usize = 12;
/// How often somebody comments at most who did not write the story.
const ANSWERS: u16 = 2;
/// Characters of the longest such heading.
const HEADING: u16 = 40;
/// Letters and digits of the shortest headline that stands before a byline or behind it in its line.
const TITLE: usize = 8;
/// And where nothing but its length tells it.
const LONG_TITLE: usize = 24;
/// Words of the shortest one before a mark.
const TITLE_WORDS: usize = 3;

/// Whether the line of `m` is the teaser of another story, wherever else authors are named.
pub(super) fn is_teaser(page: &Page<'_>, m: &Mention) -> bool {
    // Who owns the page is named below the text as well, `Harbour blog, 2009-2020 by Anna Holm`, and a story has its own date
    // on the line above its byline.
    let owns = page.text[..m.claim.start as usize]
        .trim_end()
        .ends_with(|c: char| c.is_ascii_digit());
    if m.unit < page.body.end || m.email.is_some() || owns {
        return false;
    }
    let announced = m.cued == Cued::Line(Cue::Author);
    let titled = announced && m.colon && features::letters(behind(page, m)) >= TITLE;
    let signed = m.form == Form::Role && m.left + m.right == 0;
    let titled =
        titled || announced && is_told(page, m) || heads_title(page, m) || is_filed(page, m);
    // `Posted by mira at 18:52` ends the text of a blog; lists of stories give days.
    let closes = announced && clock_follows(behind(page, m));
    titled
        || heads_byline(page, m)
        || leads_on(page, m)
        || (announced && !closes || m.role.is_some() && !signed) && is_listed(page, m.unit)
}

/// Whether `m` stands where the byline of a teaser does on pages that name their author at the head: between paragraphs on a
/// line of its own, or behind a headline below the text.
pub(super) fn is_elsewhere(page: &Page<'_>, m: &Mention) -> bool {
    let inside = m.unit > page.body.start + 2 && m.unit + 1 < page.body.end;
    let announced = m.cued == Cued::Line(Cue::Author);
    let titled = m.unit >= page.body.end && m.left > m.cue_letters(page) + LONG_TITLE;
    announced && (inside || titled)
}

/// Whether a sentence leads to the name and goes on behind it: `News for the ears: author Anna Holm on birds`.
fn is_told(page: &Page<'_>, m: &Mention) -> bool {
    let goes_on = behind(page, m)
        .strip_prefix(' ')
        .is_some_and(|next| next.starts_with(char::is_lowercase));
    goes_on && m.left > m.cue_letters(page) + LONG_TITLE && !m.before_date && !m.after_date
}

/// Whether a reporter is whom a headline tells of: `NAME 기자, 올해의 기자상`.
fn heads_title(page: &Page<'_>, m: &Mention) -> bool {
    let rest = Span::new(m.claim.end, page.span(m.unit).end).of(page.text);
    let title = rest.trim().strip_prefix(',').unwrap_or_default();
    let last = title.split_whitespace().next_back().unwrap_or_default();
    m.form == Form::Role
        && m.left == 0
        && title.split_whitespace().count() > 1
        && !callings::ends_in_one(last)
        && !title.contains('@')
}

/// Whether the section of a story stands before its reporter, as in a list of stories: `사회 | NAME 기자`.
fn is_filed(page: &Page<'_>, m: &Mention) -> bool {
    let before = Span::new(page.span(m.unit).start, m.span.start).of(page.text);
    let section = before.trim_end().strip_suffix(['|', 'ㅣ', '｜']);
    m.form == Form::Role && section.is_some_and(|label| sections::of(label.trim()).is_some())
}

/// Whether a headline and a mark stand before a reporter: `[Column] The boats are back - NAME 기자`.
fn heads_byline(page: &Page<'_>, m: &Mention) -> bool {
    let before = Span::new(page.span(m.unit).start, m.span.start).of(page.text);
    let marks = ['/', '-', '–', '—', '|'];
    let title = before.trim_end().strip_suffix(marks).unwrap_or_default();
    m.form == Form::Role
        && m.left >= TITLE
        && title.split_whitespace().count() >= TITLE_WORDS
        && !title.contains(['=', '@'])
}

/// Whether the label of the story before or after opens the line of a name that nothing announces: `이전글 : NAME 교수 …`.
fn leads_on(page: &Page<'_>, m: &Mention) -> bool {
    let raw = page.raw(m.unit);
    let label = raw.split_once(':').map_or("", |(label, _)| label.trim());
    let leads = |cue| Cues::shipped().is_whole(label, cue);
    let labelled = || leads(cues::Cue::Navigation) || leads(cues::Cue::Related);
    !matches!(m.cued, Cued::Line(_)) && !label.is_empty() && m.left > 0 && labelled()
}

/// Whether a name that nothing announces stands before its date below the heading of the comments: `Comments`, `mira`,
/// `3 May 2019`, or says something: `mira says:`. Who answers again and again there may have written the story.
pub(super) fn is_commenter(setting: Setting<'_, '_>, m: &Mention) -> bool {
    let Setting { page, dates, .. } = setting;
    let bare = matches!(m.cued, Cued::None | Cued::Bare) && m.role.is_none();
    let dated = m.before_date || m.unit + 1 < page.len() && !dates.of(m.unit + 1).is_empty();
    let comments = |unit: usize| {
        page.facts[unit].chars <= HEADING
            && Cues::shipped().is_whole(page.raw(unit), cues::Cue::Comments)
    };
    let once = page.repeats(m.unit) <= ANSWERS;
    if !bare || !dated || !once {
        return false;
    }
    // Comments look like text, and a link to them may stand above the byline.
    let headed = || (m.unit.saturating_sub(LIST)..m.unit).any(comments);
    m.unit >= page.body.end && m.speech || m.unit > page.body.start + 2 && headed()
}

/// Whether unit `i` stands in a list of stories below the text.
fn is_listed(page: &Page<'_>, i: usize) -> bool {
    let heading = |unit: &usize| {
        let line = page.raw(*unit);
        let whole = |cue| Cues::shipped().is_whole(line, cue);
        page.facts[*unit].chars <= HEADING
            && (whole(cues::Cue::Related) || whole(cues::Cue::Ranking))
    };
    let above = (page.body.end..i).rev().take(LIST);
    above
        .take_while(|unit| page.facts[*unit].kind != LineKind::Body)
        .any(|unit| heading(&unit))
}
