//! From the marginals of the last pass to the set of body units: the half decides, and then what a page's own order
//! says more surely than any single line does. Each correction here answers a case that the marginals of lines cannot
//! see, and was kept because out-of-fold scores did not fall.

use crate::classify::edges::{End, Start};
use crate::classify::features::Page;
use crate::classify::shape::Shape;
use crate::classify::{copies, embedded};
use crate::document::Units;
use crate::lexicon::cues::{Cue, CueCounts};
use crate::lexicon::speakers;

/// Marginals from here on, of 255, are body: a little below one half, since a page's score suffers more from a lost line
/// than from a stray one (out-of-fold, 100 to 128 give the same body F1, 112 the best paragraphs, and lower ones more
/// of the sub-headings).
pub(crate) const BODY: u8 = 112;
/// The same for sentences where no unit reaches [`BODY`].
const DOUBTFUL: u8 = 56;
/// Units of a page that is hardly more than its article.
const FEW_UNITS: usize = 12;
/// Units between the headline and the body that can be a standfirst.
pub(crate) const MOST_STANDFIRST: usize = 8;
/// Words; a credit or sign-off is not longer.
const CREDIT_WORDS: u32 = 12;
/// Words of the longest copyright notice that is told by its words alone.
const NOTICE_WORDS: u32 = 40;
/// Words; a line of a deck of short lines is not longer.
const DECK_WORDS: u32 = 15;
/// Words of a line that is prose even without a mark at its end, as in scripts that set none.
const PROSE_WORDS: u32 = 15;
/// Words of a sentence and of what is glued to it.
const GLUED_WORDS: u32 = 9;
/// Labels of speakers from which on a page is a script.
const FEWEST_LABELS: usize = 2;
/// Per cent of the body's words that stand above a sign-off, at least.
const BEFORE_SIGN_OFF: u64 = 30;

/// Which units are body, and why some that read like it are not.
pub(crate) struct Body {
    /// Whether each unit is body.
    pub is_body: Vec<bool>,
    /// Whether it belongs to an article that the page embeds.
    pub embedded: Vec<bool>,
    /// Whether it prints again what the body says.
    pub copies: Vec<bool>,
}

impl Body {
    /// Decides for every unit, given the marginals of the last pass.
    pub(crate) fn new(text: &str, units: &Units, page: &Page, marginals: &[u8]) -> Self {
        let mut is_body = likely(page, marginals);
        take_next(page, marginals, &mut is_body);
        let embedded = embedded::embedded(page, &is_body);
        for (i, body) in is_body.iter_mut().enumerate() {
            let (shape, cues) = (&page.shapes[i], &page.cues[i]);
            let of_page = is_furniture(cues) || is_credit(shape, cues) || is_notice(shape, cues);
            *body &= !embedded[i] && !of_page;
        }
        take_script(text, units, page, &mut is_body);
        let copies = copies::copies(page, &is_body);
        for (body, copy) in is_body.iter_mut().zip(&copies) {
            *body &= !copy;
        }
        end_at_sign_off(page, &mut is_body);
        begin_below_deck(units, page, &mut is_body);
        let prose = |(body, shape): (&bool, &Shape)| {
            *body && (shape.is_sentence() || shape.words >= PROSE_WORDS)
        };
        if !is_body.iter().zip(&page.shapes).any(prose) {
            // Price lists and menus are no article, however likely each line is.
            is_body.fill(false);
        }
        Self {
            is_body,
            embedded,
            copies,
        }
    }
}

/// Takes a paragraph right below one of the body, of which the marginals are not sure: what is glued to its last sentence,
/// a name or a credit, makes it look like something else.
fn take_next(page: &Page, marginals: &[u8], is_body: &mut [bool]) {
    // From below: one that was taken so vouches for no other.
    for i in (1..is_body.len()).rev() {
        let shape = &page.shapes[i];
        let glued = shape.stops >= 1 && shape.words >= GLUED_WORDS && !shape.is_sentence();
        let prose = shape.stops >= 2 && shape.words >= PROSE_WORDS || glued;
        // `…来看船。（编辑：李明）`: the foot of the page is in the bracket.
        let signed = shape.stops >= 2 && shape.end == End::Bracket;
        let furniture = if signed {
            page.cues[i].is_boilerplate_but(Cue::Footer)
        } else {
            page.cues[i].is_boilerplate()
        };
        if is_body[i - 1] && marginals[i] >= DOUBTFUL && prose && !furniture {
            is_body[i] = true;
        }
    }
}

/// The units that the marginals make body. Where they make none, what may be an article is better given with little
/// confidence than not at all: the doubtful sentences, and on a page of a few lines all of
/// its sentences.
fn likely(page: &Page, marginals: &[u8]) -> Vec<bool> {
    if marginals.iter().any(|p| *p >= BODY) {
        return marginals.iter().map(|p| *p >= BODY).collect();
    }
    let few = page.shapes.len() <= FEW_UNITS;
    let units = page.shapes.iter().zip(&page.cues).zip(marginals);
    units
        .map(|((shape, cues), p)| {
            shape.is_sentence() && (*p >= DOUBTFUL || few && !cues.is_boilerplate())
        })
        .collect()
}

/// Whether a line is nothing but a phrase of page furniture, of the kinds that no gold page has in its body.
fn is_furniture(cues: &CueCounts) -> bool {
    const NEVER_BODY: [Cue; 9] = [
        Cue::Advertisement,
        Cue::Newsletter,
        Cue::Paywall,
        Cue::Cookie,
        Cue::Related,
        Cue::Ranking,
        Cue::Caption,
        Cue::Copyright,
        Cue::DateLabel,
    ];
    !cues.is_empty() && NEVER_BODY.iter().any(|cue| cues.is_whole(*cue))
}

/// Whether a line is a copyright notice: it opens as one and goes on so.
fn is_notice(shape: &Shape, cues: &CueCounts) -> bool {
    shape.words <= NOTICE_WORDS && cues.opens(Cue::Copyright) && cues.count(Cue::Copyright) >= 2
}

/// Whether a line is a picture's credit: short, with the words of one or with the date and address of one.
fn is_credit(shape: &Shape, cues: &CueCounts) -> bool {
    if shape.words > CREDIT_WORDS || shape.is_sentence() {
        return false;
    }
    let bracketed =
        shape.start == Start::Bracket && matches!(shape.end, End::Bracket | End::Separator);
    let credited =
        cues.opens(Cue::Caption) && (bracketed || cues.strength(Cue::Caption, shape.words) >= 200);
    credited || (shape.addresses > 0 && shape.dates >= 2)
}

/// Whether a line is a sign-off: short, no sentence, with the address that an author gives.
fn is_sign_off(shape: &Shape) -> bool {
    shape.words <= CREDIT_WORDS && shape.mails > 0 && !shape.is_sentence()
}

/// In a script, what a speaker's label opens is body, and so is every sentence between two labels.
fn take_script(text: &str, units: &Units, page: &Page, is_body: &mut [bool]) {
    let labelled: Vec<usize> = (0..is_body.len())
        .filter(|i| opens_turn(units.units[*i].span.of(text)))
        .collect();
    let (Some(first), Some(last)) = (labelled.first(), labelled.last()) else {
        return;
    };
    if labelled.len() < FEWEST_LABELS {
        return;
    }
    for (body, shape) in is_body[*first..=*last]
        .iter_mut()
        .zip(&page.shapes[*first..])
    {
        *body |= shape.is_sentence();
    }
}

/// Whether a line begins with a speaker's label and goes on with what is said: `앵커> …`, `[기자] …`.
fn opens_turn(line: &str) -> bool {
    /// Bytes; a label is not longer.
    const LABEL: usize = 24;
    let head = &line[..line.floor_char_boundary(LABEL)];
    let label = match head.strip_prefix('[') {
        Some(inner) => inner.split_once(']').map(|(label, _)| label),
        None => memchr::memchr(b'>', head.as_bytes()).map(|at| &head[..at]),
    };
    label.is_some_and(|label| speakers::part(label.trim()) == Some(speakers::Part::Role))
}

/// Takes sign-offs out of the body. Where one stands below most of it and nothing but short lines and other signed
/// stories follows, those belong to the page.
fn end_at_sign_off(page: &Page, is_body: &mut [bool]) {
    let words = |i: &usize| u64::from(page.shapes[*i].words);
    let stray = |i: &usize| {
        let shape = &page.shapes[*i];
        shape.addresses > 0 || (shape.words <= CREDIT_WORDS && !shape.is_sentence())
    };
    let members: Vec<usize> = (0..is_body.len()).filter(|i| is_body[*i]).collect();
    let all: u64 = members.iter().map(words).sum();
    let tail = members.iter().rposition(|i| !stray(i)).map_or(0, |k| k + 1);
    let mut above = 0;
    for (k, i) in members.iter().enumerate() {
        above += words(i);
        let signed = is_sign_off(&page.shapes[*i]);
        let follows = i
            .checked_sub(1)
            .is_some_and(|before| is_sign_off(&page.shapes[before]));
        is_body[*i] &= !signed;
        let rest = k + usize::from(signed);
        if (signed || follows) && above * 100 >= all * BEFORE_SIGN_OFF && tail <= rest {
            for i in &members[rest..] {
                is_body[*i] = false;
            }
            break;
        }
    }
}

/// Takes the last lines of a deck out of the body: short lines without an end, set like the short line right above,
/// read no different from the first ones.
fn begin_below_deck(units: &Units, page: &Page, is_body: &mut [bool]) {
    let short = |i: usize| {
        let shape = &page.shapes[i];
        shape.words <= DECK_WORDS && shape.letters > 0 && !shape.is_sentence()
    };
    let set = |i: usize| (units.units[i].blank_before, units.units[i].indent);
    let Some(first) = is_body.iter().position(|body| *body).filter(|i| *i > 0) else {
        return;
    };
    for i in first..(first + MOST_STANDFIRST).min(is_body.len()) {
        if !is_body[i] || !short(i) || !short(i - 1) || set(i) != set(i - 1) {
            break;
        }
        is_body[i] = false;
    }
}
