//! What no ranker is asked: lines whose form says that they are no headline, and which of two lines is the headline where the
//! other says more of the same story.

use super::candidates::{Candidate, Form, Mark, is_credited};
use crate::metadata::byline;
use crate::metadata::date::Dates;
use crate::metadata::page::Page;

/// How likely a line must be that is taken for the likeliest one, and units that may stand between the two.
const LEAST: f32 = 0.05;
const BETWEEN: usize = 10;
/// How often a headline is printed at most; what a page prints oftener is the name of the site or a section's.
const REFRAIN: u16 = 2;
/// Steps of a line that is nothing but a breadcrumb.
const STEPS: usize = 3;

/// Whether the line is a byline, a breadcrumb or the text of a picture, which stand where headlines do.
pub(super) fn is_other(page: &Page<'_>, dates: &Dates, candidate: &Candidate<'_>) -> bool {
    let line = &*candidate.line;
    let whole = candidate.form == Form::Whole;
    is_credited(line)
        || whole && (is_breadcrumb(line) || byline::is_alone(page, dates, candidate.first))
}

fn is_breadcrumb(line: &str) -> bool {
    [" > ", " » ", " › ", " → "]
        .iter()
        .any(|mark| line.split(mark).count() >= STEPS)
}

/// Which of `order`, the candidates by their likelihood, is the headline: the likeliest, unless that is the text below another,
/// stands below another and its byline, or is the headline cut short.
pub(super) fn settled(
    page: &Page<'_>,
    dates: &Dates,
    candidates: &[Candidate<'_>],
    order: &[usize],
    probability: impl Fn(usize) -> f32,
) -> Option<usize> {
    let first = *order.first()?;
    let best = &candidates[first];
    let is_better = |i: &&usize| {
        let other = &candidates[**i];
        let near = other.last < best.first && best.first - other.last <= BETWEEN;
        let reads = is_text(&best.line) && !is_text(&other.line);
        let shorter = other.line.len() < best.line.len();
        let signed =
            || (other.last + 1..best.first).any(|unit| byline::is_alone(page, dates, unit));
        // Blogs sign above the headline.
        let likely = 2.0 * probability(**i) >= probability(first);
        let refrain = page.repeats(other.first) > REFRAIN;
        let above = near && !refrain && (reads && shorter || likely && signed());
        let cut = best.cut.is_some_and(|cut| cut.at == Mark::Crumb);
        let whole = cut && other.first > best.last && other.line.starts_with(&*best.line);
        other.form == Form::Whole && (above && probability(**i) >= LEAST || whole)
    };
    let is_line = |i: &&usize| is_better(i) && !is_other(page, dates, &candidates[**i]);
    Some(order[1..].iter().find(is_line).copied().unwrap_or(first))
}

/// Whether the line is a sentence with its stop, or several.
fn is_text(line: &str) -> bool {
    let stops = ['.', '。'];
    let ends = line.ends_with(stops) && !line.ends_with("..");
    let goes_on = |(at, stop): (usize, &str)| {
        let word = line[..at].rsplit(' ').next().unwrap_or_default();
        let next = line[at + stop.len()..].chars().next();
        // `Gov. Holm`, `U.S. Pact`
        let short = if word.starts_with(char::is_uppercase) {
            4
        } else {
            2
        };
        let ends = word.chars().count() > short && !word.contains('.');
        ends && next.is_some_and(char::is_uppercase)
    };
    ends || line.contains('。') || line.match_indices(". ").any(goes_on)
}

#[cfg(test)]
mod tests {
    use super::{is_breadcrumb, is_text};

    #[test]
    fn sentences_are_told_from_headlines() {
        assert!(is_text("The ferry sailed at dawn. Nobody was on board."));
        assert!(is_text("A ferry, a dog and a very long night."));
        assert!(!is_text("The ferry that sailed at dawn"));
        assert!(!is_text("St. Anne's ferry sails again..."));
        assert!(!is_text("Gov. Holm dodges questions on U.S. Pact"));
        assert!(!is_text("Who sails the ferry? Nobody"));
    }

    #[test]
    fn three_steps_make_a_breadcrumb() {
        assert!(is_breadcrumb("Home > Harbour > The ferry is back"));
        assert!(!is_breadcrumb("Harbour > The ferry is back"));
    }
}
