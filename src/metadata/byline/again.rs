//! The second look at names: what each is among the others of its page, its line and the lines around it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Mention;
use crate::document::key;

/// Bytes between two names of one list.
const JOINT: u32 = 8;
/// Units above and below a name in which another one may belong to the same byline.
const BYLINE: usize = 3;
/// A logit below all that occur.
const NONE: f32 = -9.0;

/// Number of features of the second look.
pub(in crate::metadata) const AGAIN: usize = 14;

/// The names of the features of the second look, in order.
pub(in crate::metadata) const AGAIN_NAMES: [&str; AGAIN] = [
    "score",
    "best-other",
    "lead",
    "best-same",
    "likely",
    "from-best",
    "better",
    "likely-before",
    "best-beside",
    "mean-beside",
    "joined-before",
    "joined-behind",
    "best-above",
    "best-below",
];

/// One row for each mention of what it is among the others; `scores` are what the first look gave, in logits.
pub(in crate::metadata) fn again(mentions: &[Mention], scores: &[f32]) -> Vec<[f32; AGAIN]> {
    let keys: Vec<String> = mentions.iter().map(|m| key(&m.name)).collect();
    // The scores of each name, and of all, best first: how many are above one is found by halving.
    let sort = |scores: &mut Vec<f32>| scores.sort_by(|a, b| b.total_cmp(a));
    let above = |scores: &[f32], score: f32| scores.partition_point(|s| *s > score);
    let mut by_name: FxHashMap<&str, Vec<f32>> = FxHashMap::default();
    for (key, score) in keys.iter().zip(scores) {
        by_name.entry(key).or_default().push(*score);
    }
    by_name.values_mut().for_each(sort);
    let mut all = scores.to_vec();
    sort(&mut all);
    let mut best_names: Vec<(&str, f32)> = by_name
        .iter()
        .map(|(key, scores)| (*key, scores[0].max(NONE)))
        .collect();
    best_names.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    best_names.truncate(2);
    let top = (0..scores.len())
        .rev()
        .max_by(|a, b| scores[*a].total_cmp(&scores[*b]))
        .unwrap_or_default();
    let likely = above(&all, 0.0) as f32;
    let beside = beside(mentions, &keys, scores);
    let mut before = 0.0;
    keys.iter()
        .zip(scores)
        .enumerate()
        .map(|(k, (key, own))| {
            let named = &by_name[key.as_str()];
            let other = best_names.iter().find(|(name, _)| name != key);
            let best = other.map_or(NONE, |(_, best)| *best);
            // Its own score is one of them.
            let same = named[usize::from(named[0] == *own)..].first();
            let row = [
                *own,
                best,
                own - best,
                same.map_or(NONE, |same| same.max(NONE)),
                likely,
                k as f32 - top as f32,
                (above(&all, *own) - above(named, *own)) as f32,
                before,
                beside[k].best,
                beside[k].mean,
                beside[k].before,
                beside[k].behind,
                beside[k].above,
                beside[k].below,
            ];
            before += 1.0 / (1.0 + (-own).exp());
            row
        })
        .collect()
}

/// Scores of the names around a name, in logits, [`NONE`] where there is none: the best and the mean of others in its line,
/// those that a list joins to it, the best in the lines above and below.
#[derive(Clone, Copy, Debug)]
struct Beside {
    best: f32,
    mean: f32,
    before: f32,
    behind: f32,
    above: f32,
    below: f32,
}

/// What stands beside each mention; mentions are in reading order. Names are read from short lines and ends of paragraphs
/// alone, so that there are few in a line to be compared with each other.
fn beside(mentions: &[Mention], keys: &[String], scores: &[f32]) -> Vec<Beside> {
    let best = |range: Range<usize>| scores[range].iter().copied().fold(NONE, f32::max);
    let joined = |a: usize, b: usize| {
        let pair = mentions.get(a).zip(mentions.get(b));
        pair.is_some_and(|(a, b)| {
            a.unit == b.unit && b.span.start.saturating_sub(a.span.end) < JOINT
        })
    };
    let score = |k: usize| scores.get(k).copied().unwrap_or(NONE);
    let mut rows = Vec::with_capacity(mentions.len());
    let mut end = 0;
    for line in mentions.chunk_by(|a, b| a.unit == b.unit) {
        let start = end;
        end += line.len();
        let unit = line[0].unit;
        let first = mentions[..start].partition_point(|m| m.unit + BYLINE < unit);
        let last = end + mentions[end..].partition_point(|m| m.unit <= unit + BYLINE);
        let (above, below) = (best(first..start), best(end..last));
        for k in start..end {
            let others = (start..end).filter(|other| keys[*other] != keys[k]);
            let (best, sum, count) = others.fold((NONE, 0.0, 0), |(best, sum, count), other| {
                (best.max(scores[other]), sum + scores[other], count + 1)
            });
            let before = k.checked_sub(1).filter(|before| joined(*before, k));
            rows.push(Beside {
                best,
                mean: if count > 0 { sum / count as f32 } else { NONE },
                before: before.map_or(NONE, score),
                behind: if joined(k, k + 1) { score(k + 1) } else { NONE },
                above,
                below,
            });
        }
    }
    rows
}
