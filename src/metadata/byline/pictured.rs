//! Who took the picture that a text stands below: a name alone under that text, where somebody else has written the story.

use super::placed::NEAR;
use super::settle::{RULED_OUT, Setting};
use super::{Cued, Mention};
use crate::metadata::page::Page;

/// Words of the shortest text of a picture.
const TEXT: u16 = 7;
/// Authors at most that stand below who took the picture.
const SIGNERS: usize = 3;
/// How sure the other name must be.
const SURE: f32 = 0.8;

/// Probabilities, where a picture's text and a name alone stand below the author and their date (`Anna Holm`, `3 May 2019`, `The boats
/// at dawn.`, `Jan Wick`), or between the standfirst and the author.
pub(super) fn pictured(
    setting: Setting<'_, '_>,
    mentions: &[Mention],
    filled: &[bool],
    mut weighed: Vec<f32>,
) -> Vec<f32> {
    let Setting {
        page,
        dates,
        headline,
        ..
    } = setting;
    let Some(headline) = headline else {
        return weighed;
    };
    let alone = |k: usize| {
        let m = &mentions[k];
        filled[k] && m.cued == Cued::None && m.role.is_none() && m.left + m.right == 0
    };
    let dated = |unit: usize| unit < page.len() && !dates.of(unit).is_empty();
    // Who stands above their date, or with it on one line.
    let signs = |k: usize| {
        let m = &mentions[k];
        weighed[k] >= SURE && (alone(k) && dated(m.unit + 1) || m.before_date || m.after_date)
    };
    let mut signers: Vec<usize> = (0..mentions.len()).filter(|k| signs(*k)).collect();
    signers.sort_by_key(|k| mentions[*k].unit);
    for k in (0..mentions.len()).filter(|k| alone(*k)) {
        let unit = mentions[k].unit;
        let other = |s: &&usize| mentions[**s].name != mentions[k].name;
        let below = |s: &usize| {
            let signer = mentions[*s].unit;
            signer + 1 < unit && unit <= signer + NEAR && is_text(page, unit - 1)
        };
        // Below the standfirst.
        let between = |s: &usize| {
            let text = unit > headline.last + 2 && is_text(page, unit - 1);
            (unit + 1..=unit + SIGNERS).contains(&mentions[*s].unit)
                && text
                && page.facts[unit - 2].words >= TEXT
        };
        let from = signers.partition_point(|s| mentions[*s].unit + NEAR < unit);
        let near = signers[from..].iter();
        let mut near = near.take_while(|s| mentions[**s].unit <= unit + SIGNERS);
        if near.any(|s| other(&s) && (below(s) || between(s))) {
            weighed[k] = weighed[k].min(RULED_OUT);
        }
    }
    weighed
}

/// Whether unit `i` is a sentence with its stop.
fn is_text(page: &Page<'_>, i: usize) -> bool {
    page.facts[i].words >= TEXT
        && page
            .raw(i)
            .trim_end()
            .ends_with(['.', '。', '!', '?', '”', '"'])
}
