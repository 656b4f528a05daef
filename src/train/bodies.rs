//! Scores of bodies, by rendering, set and language.

use std::collections::BTreeMap;
use std::fmt;

use crate::train::gold::{GoldPage, RENDERINGS};
use crate::train::score::{Overlap, f1};

/// Pages by group.
#[derive(Default)]
pub(crate) struct Bodies {
    groups: BTreeMap<String, Vec<Overlap>>,
}

impl Bodies {
    /// Adds what was given for the body of a page, if its gold has one, and returns its score. Sets and languages are
    /// told apart for the plain rendering alone.
    pub(crate) fn add(
        &mut self,
        page: &GoldPage,
        rendering: usize,
        given: &str,
    ) -> Option<Overlap> {
        let score = score(page, given)?;
        let name = RENDERINGS[rendering];
        let mut keys = vec![format!("{name}: all")];
        if rendering == 0 {
            keys.push(format!("{name}: {}", page.set));
            keys.push(format!("{name}: {}", page.language_group()));
        }
        for key in keys {
            self.groups.entry(key).or_default().push(score);
        }
        Some(score)
    }
}

impl fmt::Display for Bodies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (key, rows) in &self.groups {
            let given = rows.iter().filter(|row| row.given > 0);
            let precision = mean(given.map(|row| row.precision()));
            let wanted = rows.iter().filter(|row| row.wanted > 0);
            let recall = mean(wanted.map(|row| row.recall()));
            let bad = rows.iter().filter(|row| row.f1() < 0.5).count();
            writeln!(
                f,
                "{key:28} n {:4}  F1 {:.4}  P {precision:.4}  R {recall:.4}  below 0.5: {bad}",
                rows.len(),
                f1(precision, recall)
            )?;
        }
        Ok(())
    }
}

/// The score against the best of the gold's variants.
fn score(page: &GoldPage, given: &str) -> Option<Overlap> {
    let Some(blocks) = page.blocks.as_ref().filter(|blocks| !blocks.is_empty()) else {
        return page.body.as_deref().map(|gold| Overlap::new(gold, given));
    };
    let mut best: Option<Overlap> = None;
    for (summary, optional) in [(true, true), (true, false), (false, true), (false, false)] {
        let kept: Vec<&str> = blocks
            .iter()
            .filter(|block| (summary || block.kind != "summary") && (optional || !block.optional))
            .map(|block| block.text.as_str())
            .collect();
        if kept.is_empty() {
            continue;
        }
        let overlap = Overlap::new(&kept.join("\n\n"), given);
        if best.is_none_or(|best| overlap.f1() > best.f1()) {
            best = Some(overlap);
        }
    }
    best
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0_f64), |(sum, count), value| {
        (sum + value, count + 1.0)
    });
    sum / count.max(1.0)
}
