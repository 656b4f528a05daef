//! The spans that fields were read from, to be laid over the labels before the body is segmented.

use super::byline::{Author, Form, Mention};
use super::date::pick::Picked;
use super::headline::Headline;
use super::page::Page;
use super::{reach, stated};
use crate::document::{Span, is_alphanumeric};
use crate::front::{self, Front};
use crate::label::{Claim, LineKind, Reason};
use crate::lexicon::front_matter::Field;

/// Units above and below the body in which an export writes its fields.
const EXPORT: usize = 12;

/// The share of a line's letters that a byline must fill for the whole line to be one.
const WHOLE_LINE: f32 = 0.5;

/// Units from the first paragraph on in which a bracket may open the story: captions and summaries are printed above it.
const LEAD: usize = 4;

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

    /// The fields that a scraper wrote above the text.
    pub(super) fn front(&mut self, front: &Front) {
        for (field, span) in front.lines() {
            let kind = match field {
                Field::Title => LineKind::Headline,
                Field::Standfirst => LineKind::Standfirst,
                Field::Author => LineKind::Byline,
                Field::Published | Field::Modified => LineKind::Timestamp,
                Field::Outlet => LineKind::Masthead,
                Field::Section => LineKind::Section,
                Field::Url | Field::Body | Field::Other => LineKind::Widget,
            };
            self.add(span, kind, Reason::FrontMatter, stated::SURE);
        }
    }

    /// The outlet's name at `span`, where it is all of a line outside the story.
    pub(super) fn outlet(&mut self, page: &Page<'_>, span: Span, probability: f32) {
        let units = &page.units.units;
        let unit = units.partition_point(|unit| unit.span.end <= span.start);
        let Some(facts) = page.facts.get(unit) else {
            return;
        };
        if page.span(unit) == span && facts.kind != LineKind::Body {
            self.add(span, LineKind::Masthead, Reason::OutletName, probability);
        }
    }

    /// The fields of an export around the body, of which the record makes no use.
    pub(super) fn export(&mut self, page: &Page<'_>) {
        let (start, end) = (page.body.start, page.body.end);
        let above = start.saturating_sub(EXPORT)..start;
        let below = end..(end + EXPORT).min(page.len());
        for i in above.chain(below) {
            if matches!(
                front::of_export(page.raw(i)),
                Some(Field::Other | Field::Section)
            ) {
                self.add(
                    page.span(i),
                    LineKind::Widget,
                    Reason::FrontMatter,
                    stated::SURE,
                );
            }
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
            self.byline(page, mention, mention.unit > start && !leads, leads);
        }
    }

    /// `leads` where the byline may open the story.
    fn byline(&mut self, page: &Page<'_>, mention: &Mention, tail: bool, leads: bool) {
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
        let claim = reach::widened(page, mention, hull);
        let end = reach::end(page, claim, hull, mention);
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
            if reach::goes_on(Span::new(span.end, hull.end).of(page.text)) {
                return;
            }
            self.add(
                span,
                LineKind::Byline,
                Reason::RunInByline,
                mention.probability,
            );
        } else if let Some(deck) = reach::glued_deck(page, claim, hull).filter(|_| leads) {
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

/// A probability in per cent.
pub(super) fn percent(probability: f32) -> u8 {
    (probability.clamp(0.0, 1.0) * 100.0).round() as u8
}
