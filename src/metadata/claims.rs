//! The spans that fields were read from, to be laid over the labels before the body is segmented.

use super::byline::{Author, Form, Mention};
use super::date::pick::Picked;
use super::headline::Headline;
use super::page::Page;
use crate::document::{Span, is_alphabetic, is_alphanumeric};
use crate::label::{Claim, LineKind, Reason};
use crate::lexicon::outlets;

/// The share of a line's letters that a byline must fill for the whole line to be one.
const WHOLE_LINE: f32 = 0.5;

/// Units from the first paragraph on in which a bracket may open the story: captions and summaries are printed above it.
const LEAD: usize = 4;

/// Characters of the longest line of a deck.
const DECK: usize = 60;

/// Collects claims; a later one wins where two overlap.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) claims: Vec<Claim>,
}

impl Claims {
    pub(super) fn add(&mut self, span: Span, kind: LineKind, reason: Reason, probability: f32) {
        if !span.is_empty() {
            self.claims.push(Claim {
                span,
                kind,
                reason,
                confidence: percent(probability),
            });
        }
    }

    /// The headline, and its other prints above the body.
    pub(super) fn headline(&mut self, page: &Page<'_>, headline: &Headline) {
        let window = headline.first.saturating_sub(60)..page.body.start.min(headline.last + 30);
        for i in window {
            if i != headline.first && page.facts[i].hash == page.facts[headline.first].hash {
                self.add(
                    page.span(i),
                    LineKind::Headline,
                    Reason::RepeatedHeadline,
                    headline.probability,
                );
            }
        }
        for i in headline.first..=headline.last {
            self.add(
                page.span(i),
                LineKind::Headline,
                Reason::BestHeadline,
                headline.probability,
            );
        }
    }

    /// The bylines, as far as they are not spoken and do not stand inside the body.
    pub(super) fn bylines(&mut self, page: &Page<'_>, authors: &[Author]) {
        for mention in authors.iter().flat_map(|a| &a.mentions) {
            let (start, end) = (page.body.start, page.body.end);
            let leads = mention.form == Form::Bracket && mention.unit < start + LEAD;
            let inside = mention.unit > start && mention.unit + 2 < end && !leads;
            // An author named again behind a cue is signed, however unlikely a name is at that place.
            let named = mention.probability >= 0.5 || mention.is_announced();
            if !named || mention.form == Form::Spoken || inside {
                continue;
            }
            self.byline(page, mention, mention.unit > start && !leads);
        }
    }

    fn byline(&mut self, page: &Page<'_>, mention: &Mention, tail: bool) {
        let hull = page.span(mention.unit);
        let letters = |span: Span| {
            span.of(page.text)
                .chars()
                .filter(|c| is_alphanumeric(*c))
                .count()
        };
        let (kind, reason) = if tail {
            (LineKind::Tagline, Reason::SignOff)
        } else {
            (LineKind::Byline, Reason::BylineLine)
        };
        let claim = widened(page, mention, hull);
        let end = sign_off_end(page, claim, hull, mention);
        let span = Span::new(claim.start, end);
        let share = letters(span) as f32 / letters(hull).max(1) as f32;
        let paragraph = hull.len() > 200;
        // `(Reporting by ANN LEE and JO DOE in PLACE; Editing by BO ROE)`: all of it signs off.
        let signs_off = tail
            && mention.unit + 2 >= page.body.end
            && mention.is_announced()
            && claim.start <= hull.start + 2;
        if (share > WHOLE_LINE || signs_off) && !paragraph {
            self.add(hull, kind, reason, mention.probability);
        } else if !paragraph && page.facts[mention.unit].kind != LineKind::Body {
            self.add(span, kind, reason, mention.probability);
        } else if claim.start == hull.start {
            if goes_on(Span::new(span.end, hull.end).of(page.text)) {
                return;
            }
            self.add(
                span,
                LineKind::Byline,
                Reason::RunInByline,
                mention.probability,
            );
        } else if let Some(deck) = glued_deck(page, claim, hull, mention) {
            self.add(
                deck,
                LineKind::Standfirst,
                Reason::BelowHeadline,
                mention.probability,
            );
            self.add(
                span,
                LineKind::Byline,
                Reason::RunInByline,
                mention.probability,
            );
        } else if end == hull.end {
            self.add(
                span,
                LineKind::Tagline,
                Reason::SignOff,
                mention.probability,
            );
        }
    }

    /// The dates chosen; a date inside a paragraph is left to it.
    pub(super) fn dates(&mut self, page: &Page<'_>, picked: &Picked) {
        let published = picked.published.as_ref();
        let probability = published.map_or(0.0, |(_, p)| *p);
        for candidate in published
            .map(|(c, _)| c)
            .into_iter()
            .chain(&picked.modified)
        {
            let hull = page.span(candidate.unit);
            if hull.len() < 200 && !(page.body.contains(&candidate.unit) && hull.len() > 100) {
                let reason = if candidate.label.is_some() {
                    Reason::DateLabel
                } else {
                    Reason::DateShape
                };
                let whole = candidate.span.len() * 3 > hull.len();
                self.add(
                    if whole { hull } else { candidate.span },
                    LineKind::Timestamp,
                    reason,
                    probability,
                );
            }
        }
    }
}

/// The byline of a name with what belongs to it in its line: the bracket around it, a place or an outlet before it, the
/// outlet and the dash behind it, the dash of a sign-off.
fn widened(page: &Page<'_>, mention: &Mention, hull: Span) -> Span {
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
    let open = before.chars().next_back();
    if let Some(at) = open.and_then(|open| "（(【[<〈".chars().position(|c| c == open)) {
        let close = "）)】]>〉".chars().nth(at);
        let closed = behind.chars().next().filter(|c| Some(*c) == close);
        let len = |c: Option<char>| c.map_or(0, char::len_utf8) as u32;
        return Span::new(start - len(open), end + len(closed));
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

/// Bytes of the longest outlet between a byline that opens a paragraph and its dash.
const OUTLET: usize = 48;

/// How many bytes behind a byline that opens a paragraph belong to it: `, Dawn Herald — `, ` 报道：`.
fn report(behind: &str) -> u32 {
    let head = &behind[..behind.floor_char_boundary(OUTLET)];
    let words = head.trim_start();
    let verb = ["报道", "報道", "报导", "報導"]
        .iter()
        .find_map(|verb| words.strip_prefix(verb));
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
fn goes_on(rest: &str) -> bool {
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
fn glued_deck(page: &Page<'_>, claim: Span, hull: Span, mention: &Mention) -> Option<Span> {
    let deck = Span::new(hull.start, claim.start);
    let text = deck.of(page.text);
    let opens = claim.of(page.text).starts_with(['[', '【']);
    let short = text.chars().count() <= DECK && !text.ends_with(['.', '。']);
    let leads = mention.form == Form::Bracket && mention.unit < page.body.start + LEAD;
    (opens && short && leads && claim.end < hull.end).then_some(deck)
}

/// Where a byline ends: an e-mail address, a handle or an outlet after the name belong to it, up to the end of the line
/// where hardly anything else follows.
fn sign_off_end(page: &Page<'_>, claim: Span, hull: Span, mention: &Mention) -> u32 {
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

/// A probability in per cent.
pub(super) fn percent(probability: f32) -> u8 {
    (probability.clamp(0.0, 1.0) * 100.0).round() as u8
}
