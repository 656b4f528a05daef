//! What the fields above a text give, for the stage that would else have to find it.

use std::borrow::Cow;

use super::claims::Claims;
use crate::document::Span;
use crate::front::Front;
use crate::label::Labels;
use crate::lexicon::front_matter::Field;

/// The rule of what they give.
pub(super) const RULE: &str = "front-matter";

/// How sure that is.
pub(super) const SURE: f32 = 0.98;

/// The fields above a text, if a scraper wrote any.
#[derive(Debug)]
pub(super) struct Stated<'a> {
    text: &'a str,
    front: Option<Front>,
}

impl<'a> Stated<'a> {
    /// Those of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            front: Front::find(text),
        }
    }

    /// Where the value of a field stands.
    pub(super) fn span(&self, field: Field) -> Option<Span> {
        self.front.as_ref()?.get(self.text, field)
    }

    /// The value of a field.
    pub(super) fn value(&self, field: Field) -> Option<&'a str> {
        self.span(field).map(|span| span.of(self.text))
    }

    /// One past the last byte of the fields; 0 where there are none.
    pub(super) fn end(&self) -> u32 {
        self.front.as_ref().map_or(0, |front| front.end)
    }

    /// What their lines are.
    pub(super) fn claims(&self) -> Claims {
        let mut claims = Claims::default();
        if let Some(front) = &self.front {
            claims.front(front);
        }
        claims
    }

    /// `labels` that know of the fields: their lines are no body.
    pub(super) fn over<'l>(&self, labels: &'l Labels) -> Cow<'l, Labels> {
        if self.front.is_none() {
            return Cow::Borrowed(labels);
        }
        let mut labels = labels.clone();
        labels.claim(&self.claims().claims);
        Cow::Owned(labels)
    }
}
