//! Which of the page's dates is the date of publication, and which that of the last change.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::Dates;
use super::candidates::{Candidate, Context, candidates};
use super::features::features;
use crate::lexicon::date_labels::DateLabel;
use crate::lexicon::rankers::Ranker;
use crate::metadata::byline;
use crate::metadata::headline::Headline;
use crate::metadata::page::Page;
use crate::metadata::rank;
use crate::metadata::stated;

/// The probability from which a day is given. Out of fold it gives a recall of 0.97 at a precision of 0.98 on pages of
/// newspapers, and of 0.91 at 0.95 where most are blogs; from 0.5 on it is 0.97 at 0.97, and 0.93 at 0.95.
const LEAST: f32 = 0.65;
/// The same for a day whose own line says that it is that of publication: blogs print those of their comments too, and
/// share the probability out. Out of fold .002 to .006 more days in each rendering, precision within .002.
const LEAST_STATED: f32 = 0.4;
/// Units around a date in which a byline says that it is that of publication: all 13 days that are given for it, in four
/// renderings, are right out of fold; of as likely days without one, half are.
const BESIDE: usize = 2;
/// How likely a date must be by itself that takes over what speaks for the date of the last change on the line beside it.
const BESIDE_CHANGE: f32 = 0.1;
/// How much likelier a print without a time has to be than one with it.
const MUCH: f32 = 8.0;
/// Bytes of the longest such line.
const BYLINE: usize = 200;

/// The dates chosen.
#[derive(Clone, Debug, Default)]
pub(in crate::metadata) struct Picked {
    pub(in crate::metadata) published: Option<(Candidate, f32)>,
    pub(in crate::metadata) modified: Option<Candidate>,
    /// Other days that were weighed, best first.
    pub(in crate::metadata) alternatives: Vec<String>,
    /// Whether a date was left out because the order of its day and month is not known.
    pub(in crate::metadata) ambiguous: bool,
}

/// Chooses among the dates of the page.
pub(in crate::metadata) fn pick(
    page: &Page<'_>,
    dates: &Dates,
    headline: Option<&Headline>,
    context: Context,
    ranker: &Ranker,
) -> Picked {
    let (candidates, ambiguous) = candidates(page, dates, context);
    let rows = features(page, &candidates, headline);
    let mut probabilities = rank::softmax(&rank::scores(ranker, &rows));
    pass_on(&candidates, &mut probabilities);
    let by_day = by_day(&candidates, &probabilities);
    let mut picked = Picked {
        ambiguous,
        ..Picked::default()
    };
    if let Some((_, probability, k)) = by_day.first()
        && (*probability > least(&candidates[*k])
            || *probability > LEAST_STATED && is_beside_byline(page, candidates[*k].unit))
    {
        picked.published = Some((candidates[*k], *probability));
    }
    let given = |c: &&Candidate| context.published.is_some_and(|s| s.contains(c.span));
    if let Some(candidate) = candidates.iter().find(given) {
        picked.published = Some((*candidate, stated::SURE));
    }
    picked.alternatives = by_day
        .iter()
        .skip(1)
        .take(4)
        .map(|(day, ..)| day.to_string())
        .collect();
    picked.modified = modified(&candidates, picked.published.as_ref().map(|(c, _)| c));
    picked
}

/// The days of the candidates, the most likely first, each with its probability and the candidate that stands for it: its
/// best print. The first of `probabilities` is that of no date; prints of one day share theirs.
fn by_day(candidates: &[Candidate], probabilities: &[f32]) -> Vec<(Date, f32, usize)> {
    let p = |k: usize| probabilities.get(k + 1).copied().unwrap_or_default();
    let mut by_day: Vec<(Date, f32, usize)> = Vec::new();
    let mut places: FxHashMap<Date, usize> = FxHashMap::default();
    for (k, c) in candidates.iter().enumerate() {
        let place = *places.entry(c.day).or_insert(by_day.len());
        match by_day.get_mut(place) {
            Some((_, sum, best)) => {
                *sum += p(k);
                if replaces(&candidates[*best], c, p(k) / p(*best)) {
                    *best = k;
                }
            }
            None => by_day.push((c.day, p(k), k)),
        }
    }
    by_day.sort_by(|a, b| b.1.total_cmp(&a.1));
    by_day
}

/// Whether the print `new` of a day stands for it rather than `old` above it, when it is `times` as likely.
fn replaces(old: &Candidate, new: &Candidate, times: f32) -> bool {
    let (published, modified) = (Some(DateLabel::Published), Some(DateLabel::Modified));
    match (old.clock.is_some(), new.clock.is_some()) {
        // A day may hold both moments; the first one is that of publication.
        (true, true) if (old.label, new.label) == (published, modified) => false,
        (true, true) if (old.label, new.label) == (modified, published) => true,
        // A print with a time says more, if it is not much less likely.
        (true, false) => times > MUCH,
        (false, true) if new.label != modified => times > 1.0 / MUCH,
        _ => times > 1.0,
    }
}

/// What speaks for a date of the last change speaks for the date of publication on its line (`Updated 6 March, published 5
/// March`), or on the line beside it that is likely by itself. The first of `probabilities` is that of no date.
fn pass_on(candidates: &[Candidate], probabilities: &mut [f32]) {
    for (k, changed) in candidates.iter().enumerate() {
        if changed.label != Some(DateLabel::Modified) {
            continue;
        }
        let published = |c: &Candidate| c.label == Some(DateLabel::Published);
        let line = |c: &Candidate| c.unit == changed.unit && !c.label_above && published(c);
        let beside = |i: &usize| {
            let c = &candidates[*i];
            let near = c.unit.abs_diff(changed.unit) == 1 && c.day <= changed.day;
            let stands = c.label.is_none() || published(c);
            near && stands && !changed.label_above && probabilities[i + 1] > BESIDE_CHANGE
        };
        let to = candidates.iter().position(line).or_else(|| {
            let beside = (0..candidates.len()).filter(beside);
            beside.max_by(|a, b| {
                let said = published(&candidates[*a]).cmp(&published(&candidates[*b]));
                said.then(probabilities[a + 1].total_cmp(&probabilities[b + 1]))
            })
        });
        if let Some(to) = to {
            probabilities[to + 1] += std::mem::take(&mut probabilities[k + 1]);
        }
    }
}

/// How likely a day has to be to be given.
fn least(candidate: &Candidate) -> f32 {
    if candidate.label == Some(DateLabel::Published) && !candidate.label_above {
        LEAST_STATED
    } else {
        LEAST
    }
}

/// Whether a line that opens with the words of a byline, short enough to be one, stands at unit `unit` or beside it.
fn is_beside_byline(page: &Page<'_>, unit: usize) -> bool {
    let near = unit.saturating_sub(BESIDE)..(unit + BESIDE + 1).min(page.len());
    let byline = |i: usize| page.span(i).len() <= BYLINE && byline::opens_with_cue(page.raw(i));
    near.into_iter().any(byline)
}

/// The date labelled as that of the last change, nearest to the date of publication.
fn modified(candidates: &[Candidate], published: Option<&Candidate>) -> Option<Candidate> {
    let published = published?;
    candidates
        .iter()
        .filter(|c| c.label == Some(DateLabel::Modified) && c.unit.abs_diff(published.unit) <= 6)
        .filter(|c| c.span != published.span && (c.clock.is_some() || c.day != published.day))
        .filter(|c| c.day >= published.day)
        .min_by_key(|c| (c.unit.abs_diff(published.unit), c.span.start))
        .copied()
}

#[cfg(test)]
mod tests {
    use super::{Candidate, DateLabel, least, pass_on};

    #[test]
    fn only_a_label_on_its_own_line_makes_a_day_stated() {
        let bare = least(&Candidate::labelled(None, false));
        assert!(least(&Candidate::labelled(Some(DateLabel::Published), false)) < bare);
        for (label, above) in [
            (DateLabel::Published, true),
            (DateLabel::Modified, false),
            (DateLabel::Other, false),
        ] {
            assert!((least(&Candidate::labelled(Some(label), above)) - bare).abs() < f32::EPSILON);
        }
    }

    #[test]
    fn a_change_speaks_for_the_publication_on_its_line() {
        let changed = Candidate::labelled(Some(DateLabel::Modified), false);
        let published = Candidate::labelled(Some(DateLabel::Published), false);
        let below = Candidate {
            unit: 1,
            ..published
        };
        let mut probabilities = [0.1, 0.4, 0.1, 0.4];
        pass_on(&[changed, below, published], &mut probabilities);
        assert_eq!(probabilities, [0.1, 0.0, 0.1, 0.8]);
        pass_on(&[changed, below], &mut probabilities[..3]);
        assert_eq!(probabilities, [0.1, 0.0, 0.1, 0.8]);
        // On the line beside it, where that is likely by itself.
        let mut probabilities = [0.1, 0.5, 0.4];
        pass_on(&[changed, below], &mut probabilities);
        assert_eq!(probabilities, [0.1, 0.0, 0.9]);
        let later = Candidate {
            day: below.day.tomorrow().unwrap(),
            ..below
        };
        let mut probabilities = [0.1, 0.5, 0.4];
        pass_on(&[changed, later], &mut probabilities);
        assert_eq!(probabilities, [0.1, 0.5, 0.4]);
    }
}
