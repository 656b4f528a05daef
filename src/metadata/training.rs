//! What the rankers of this stage see of a page, for training them.

use super::date::Dates;
use super::date::candidates::{self, Context};
use super::date::features as date_features;
use super::page::Page;
use super::rank::Rankers;
use super::{byline, headline, notes, outlet};
use crate::document::Units;
use crate::label::Labels;

/// A candidate: what it stands for, and its features.
pub type Row = (String, Vec<f32>);

/// The candidates of one page for each field.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Lines that may be the headline.
    pub headline: Vec<Row>,
    /// Dates, as `YYYY-MM-DD`.
    pub date: Vec<Row>,
    /// Names that may be an author's, each by itself.
    pub author: Vec<Row>,
    /// The same among each other, where the rankers hold one for them by themselves.
    pub author_again: Vec<Row>,
}

/// The names of the features of headline, date and author candidates, of the second look at those, and of outlets.
#[must_use]
pub fn names() -> [&'static [&'static str]; 5] {
    [
        headline::NAMES,
        date_features::NAMES,
        &byline::NAMES,
        &byline::AGAIN_NAMES,
        outlet::NAMES,
    ]
}

/// The candidates of a page. Those for dates and authors are seen from the headline that `rankers` find; without
/// rankers they are left out.
#[must_use]
pub fn rows(text: &str, units: &Units, labels: &Labels, rankers: Option<&Rankers>) -> Rows {
    let page = Page::new(text, units, labels);
    let dates = Dates::new(&page, None);
    let mut rows = Rows::default();
    let Some(rankers) = rankers else {
        let candidates = headline::candidates(&page, &dates);
        let features = headline::features(&page, &dates, &candidates, |_| true, |_| true);
        rows.headline = candidates
            .into_iter()
            .map(|c| c.line.into_owned())
            .zip(features)
            .collect();
        return rows;
    };
    let found = headline::find(&page, &dates, &rankers.headline);
    let (candidates, _) = candidates::candidates(&page, &dates, Context::default());
    let features = date_features::features(&page, &candidates, found.as_ref());
    rows.date = candidates
        .iter()
        .zip(features)
        .map(|(c, row)| (c.day.to_string(), row.to_vec()))
        .collect();
    let mentions = byline::mentions(&page, &dates, found.as_ref());
    let features = byline::features(&page, &dates, found.as_ref(), &mentions, &rankers.spelling);
    if !rankers.author.is_empty() {
        let scores = rankers.author.scores(&features);
        rows.author_again = mentions
            .iter()
            .zip(byline::again(&mentions, &scores))
            .map(|(m, row)| (m.name.clone(), row.to_vec()))
            .collect();
    }
    rows.author = mentions
        .into_iter()
        .zip(features)
        .map(|(m, row)| (m.name, row.to_vec()))
        .collect();
    rows
}

/// The names that may be the outlet's, seen from the headline and the authors that `rankers` find.
#[must_use]
pub fn outlets(text: &str, units: &Units, labels: &Labels, rankers: &Rankers) -> Vec<Row> {
    let page = Page::new(text, units, labels);
    let dates = Dates::new(&page, None);
    let found = headline::find(&page, &dates, &rankers.headline);
    let found = found.as_ref();
    let notice = notes::copyright(&page);
    let notice = notice.as_ref().map(|notice| notice.value.as_str());
    let authors = byline::authors(&page, &dates, found, notice, rankers);
    outlet::rows(outlet::Setting {
        page: &page,
        dates: &dates,
        headline: found,
        authors: &authors,
        copyright: notice,
    })
}
