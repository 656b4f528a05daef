//! What the rankers of this stage see of a page, for training their weights.

use super::date::Dates;
use super::date::pick::{self, Context};
use super::page::Page;
use super::{byline, date, headline};
use crate::document::Units;
use crate::label::Labels;

/// A candidate: what it stands for, and its features.
pub type Row = (String, Vec<f32>);

/// The candidates of one page, and the names of their features.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Headline candidates.
    pub headline: Vec<Row>,
    /// Dates, as `YYYY-MM-DD`.
    pub date: Vec<Row>,
    /// Names that may be an author's.
    pub author: Vec<Row>,
}

/// The names of the features of headline and date candidates.
#[must_use]
pub fn names() -> [(&'static str, Vec<&'static str>); 3] {
    [
        ("headline", headline::NAMES.to_vec()),
        ("date", pick::NAMES.to_vec()),
        ("author", byline::NAMES.to_vec()),
    ]
}

/// The candidates of a page.
#[must_use]
pub fn rows(text: &str, units: &Units, labels: &Labels) -> Rows {
    let page = Page::new(text, units, labels);
    let dates = Dates::new(&page);
    let candidates = headline::candidates(&page, &dates);
    let features = headline::features(&page, &dates, &candidates);
    let headline = candidates
        .iter()
        .zip(features)
        .map(|(c, f)| (c.line.clone(), f.to_vec()))
        .collect();
    let found = headline::find(&page, &dates);
    let (candidates, _) = date::pick::candidates(&page, &dates, Context::default());
    let features = pick::features(&page, &candidates, found.as_ref());
    let date = candidates
        .iter()
        .zip(features)
        .map(|(c, f)| (c.day.to_string(), f.to_vec()))
        .collect();
    let mentions = byline::mentions(&page, &dates, found.as_ref());
    let features = byline::features(&page, &dates, found.as_ref(), &mentions);
    let author = mentions
        .into_iter()
        .zip(features)
        .map(|(m, f)| (m.name, f.to_vec()))
        .collect();
    Rows {
        headline,
        date,
        author,
    }
}
