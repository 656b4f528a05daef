//! What no ranker is asked: lines whose form says that they are no headline, and which of two lines is the headline where the
//! other says more of the same story.

use super::candidates::{Candidate, Form, KICKER_WORDS, Mark, OWN_WORDS, is_credited};
use crate::document::{is_alphanumeric, is_code};
use crate::label::LineKind;
use crate::lexicon::{agencies::is_agency, outlets};
use crate::metadata::byline;
use crate::metadata::date::Dates;
use crate::metadata::page::Page;

/// How likely a line must be that is taken for the likeliest one, and units that may stand between the two.
const LEAST: f32 = 0.03;
const BETWEEN: usize = 10;
/// The same where a byline stands between them: buttons may as well.
const BUTTONS: usize = 20;
/// How often a headline is printed at most; what a page prints oftener is the name of the site or a section's.
const REFRAIN: u16 = 2;
/// Steps of a line that is nothing but a breadcrumb, and units above a headline in which it stands.
const STEPS: usize = 3;
const CRUMBS: usize = 6;
/// Characters of the longest name of an outlet in scripts whose outlets' names end alike: `海港新聞`.
const OUTLET: usize = 8;
/// Single words of the shortest list of tags.
const TAGS: usize = 5;

/// Whether the line is a byline, a breadcrumb, tags, a line of a program or the text of a picture, which stand where headlines do.
pub(super) fn is_other(page: &Page<'_>, dates: &Dates, candidate: &Candidate<'_>) -> bool {
    let line = &*candidate.line;
    let whole = candidate.form == Form::Whole;
    let named = || line.chars().count() <= OUTLET && outlets::is_like_name(line, page.language);
    let listed = || is_breadcrumb(line) || are_tags(line) || is_code(line) || named();
    is_credited(line) || whole && (listed() || byline::is_alone(page, dates, candidate.first))
}

fn is_breadcrumb(line: &str) -> bool {
    [" > ", " » ", " › ", " → "]
        .iter()
        .any(|mark| line.split(mark).count() >= STEPS)
}

/// Whether the line is single words between commas: `boats, Ferry, harbour, tides, weather`.
fn are_tags(line: &str) -> bool {
    let single = |part: &str| !part.is_empty() && part.chars().all(is_alphanumeric);
    line.split(", ").count() >= TAGS && line.split(", ").all(single)
}

/// The headline in `line`, which begins at unit `first`, without the kicker that stands glued before it: what is left ends a
/// breadcrumb, or the kicker does.
pub(super) fn unglued<'a>(page: &Page<'_>, first: usize, line: &'a str) -> &'a str {
    let above = (first.saturating_sub(CRUMBS)..first).rev();
    let ends = above.filter_map(|unit| {
        let crumbs = page.trimmed(unit);
        let marks = [" / ", " > ", " » ", " › ", " → "];
        let mark = marks
            .iter()
            .find(|mark| crumbs.matches(**mark).count() + 1 >= STEPS)?;
        crumbs.rsplit_once(mark).map(|(_, last)| last.trim())
    });
    let mut rests = ends.filter_map(|last| {
        let whole = line.strip_suffix(last).map(|kicker| (kicker, last));
        let rest = || line.strip_prefix(last).filter(|_| last.contains(' '));
        let (kicker, rest) = whole.or_else(|| rest().map(|rest| (last, rest)))?;
        let parted = kicker.ends_with(' ') != rest.starts_with(' ');
        let rest = rest.trim_start();
        let words = |text: &str| text.split_whitespace().count();
        let fits = (1..=KICKER_WORDS).contains(&words(kicker)) && words(rest) >= OWN_WORDS;
        let opens = rest.starts_with(|c: char| !c.is_lowercase());
        (parted && fits && opens).then(|| &line[line.len() - rest.len()..])
    });
    rests.next().unwrap_or(line)
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
    // The text of a picture, its agency, and only then the headline.
    let next = best.last + 1;
    let pictured = next < page.len() && is_agency(page.trimmed(next));
    let is_better = |i: &&usize| {
        let other = &candidates[**i];
        let near = |reach| other.last < best.first && best.first - other.last <= reach;
        let reads = is_text(&best.line) && !is_text(&other.line);
        let shorter = other.line.len() < best.line.len();
        let signed =
            || (other.last + 1..best.first).any(|unit| byline::is_alone(page, dates, unit));
        // Blogs sign above the headline.
        let likely = 2.0 * probability(**i) >= probability(first);
        let refrain = page.repeats(other.first) > REFRAIN;
        let text = reads && shorter && near(BETWEEN);
        let above = !refrain && (text || likely && near(BUTTONS) && signed());
        let cut = best.cut.is_some_and(|cut| cut.at == Mark::Crumb);
        let whole = cut && other.first > best.last && other.line.starts_with(&*best.line);
        // `Anna Holm, captain:`
        let leads = best.line.ends_with(':') && other.first == best.last + 1;
        let behind = pictured && other.first == best.last + 2;
        let behind = behind && page.facts[other.first].kind != LineKind::Body;
        let better = (above || leads || behind) && probability(**i) >= LEAST || whole;
        other.form == Form::Whole && better
    };
    let is_line = |i: &&usize| is_better(i) && !is_other(page, dates, &candidates[**i]);
    Some(order[1..].iter().find(is_line).copied().unwrap_or(first))
}

/// Whether the line is a sentence with its stop, or several.
fn is_text(line: &str) -> bool {
    let ends = line.ends_with(['.', '。']) && !line.ends_with("..");
    let goes_on = |(at, stop): (usize, &str)| {
        let word = line[..at].rsplit(' ').next().unwrap_or_default();
        let next = line[at + stop.len()..].chars().next();
        // `Gov. Holm`, `U.S. Pact`
        let short = if word.starts_with(char::is_uppercase) {
            4
        } else {
            2
        };
        let whole = word.chars().count() > short && !word.contains('.');
        whole && next.is_some_and(char::is_uppercase)
    };
    ends || line.contains('。') || line.match_indices(". ").any(goes_on)
}

#[cfg(test)]
mod tests {
    use super::{are_tags, is_breadcrumb, is_text, unglued};
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::layout;
    use crate::metadata::page::Page;

    #[test]
    fn single_words_between_commas_are_tags() {
        assert!(are_tags("boats, Ferry, harbour, tides, weather"));
        assert!(!are_tags("Boats, ferries, tides"));
        assert!(!are_tags("Boats, ferries, tides, weather, and what now"));
    }

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
    fn a_kicker_is_cut_off_that_the_breadcrumb_tells() {
        let own = |crumbs: &str, line: &str| {
            let text = format!("{crumbs}\n\n{line}\n");
            let units = layout::units(&text);
            let verdicts = units.units.iter();
            let labels = Labels::new(
                &units,
                verdicts.map(|_| Verdict::new(LineKind::Unknown, Reason::ModelNotBody, 90)),
            );
            unglued(&Page::new(&text, &units, &labels), 1, line).to_owned()
        };
        let (kicker, headline) = ("Safer boats", "Ferries sail at dawn again");
        let line = format!("{kicker} {headline}");
        assert_eq!(
            own(&format!("Home > Harbour > {headline}"), &line),
            headline
        );
        assert_eq!(own(&format!("Home > Harbour > {kicker}"), &line), headline);
        assert_eq!(own(&format!("Home > {headline}"), &line), line);
        assert_eq!(own("Home > Harbour > Safer", &line), line);
    }

    #[test]
    fn three_steps_make_a_breadcrumb() {
        assert!(is_breadcrumb("Home > Harbour > The ferry is back"));
        assert!(!is_breadcrumb("Harbour > The ferry is back"));
    }
}
