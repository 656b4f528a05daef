//! Scores of structure: paragraphs and sub-headings as the reference scorer counts them; turns, captions and
//! standfirsts against what the annotated pages say of them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use crate::record::{Article, BlockKind};
use crate::train::gold::{GoldBlock, GoldPage, RENDERINGS};
use crate::train::score::{f1, visible};

/// Sets whose pages have no sub-heading where the gold gives none.
const HEADING_SETS: [&str; 3] = ["fundus", "korean", "cjk"];
/// Sets that were annotated by reading: what they don't give is not on the page.
const READ_SETS: [&str; 2] = ["korean", "cjk"];
/// A set whose gold gives sub-headings among its paragraphs: it counts for bodies alone.
const BODY_SET: &str = "fundus-eval";

/// Scores of the pages seen so far.
#[derive(Default)]
pub(crate) struct Structure {
    by_rendering: BTreeMap<usize, Scores>,
}

#[derive(Default)]
struct Scores {
    paragraphs: Mean,
    headings: Mean,
    /// Sub-headings given on each page that has none.
    invented_headings: Mean,
    turns: Mean,
    captions: Mean,
    /// Captions given on each page that has none.
    invented_captions: Mean,
    standfirsts: Mean,
    /// Standfirsts given on each page that has none.
    invented_standfirsts: Mean,
}

/// A mean in the making.
#[derive(Default)]
struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }
}

impl fmt::Display for Mean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count == 0 {
            return f.write_str("-");
        }
        write!(f, "{:.3} of {}", self.sum / self.count as f64, self.count)
    }
}

impl Structure {
    /// Scores what the program said of a page in one rendering.
    pub(crate) fn add(&mut self, rendering: usize, page: &GoldPage, article: &Article) {
        let scores = self.by_rendering.entry(rendering).or_default();
        let blocks = page.blocks.as_deref().unwrap_or_default();
        scores.blocks(page, blocks, article);
        if READ_SETS.contains(&page.set.as_str()) {
            scores.annotated(page, article);
        }
    }
}

impl Scores {
    fn blocks(&mut self, page: &GoldPage, blocks: &[GoldBlock], article: &Article) {
        let given = |heading: bool| {
            article
                .blocks
                .iter()
                .filter(|block| block.is_body() && (block.kind == BlockKind::Heading) == heading)
                .map(|block| block.text.as_str())
                .collect::<Vec<_>>()
        };
        let has = |kind: &str| blocks.iter().any(|block| block.kind == kind);
        if page.set != BODY_SET {
            if has("paragraph") {
                self.paragraphs
                    .add(best_variant(blocks, "paragraph", &given(false)));
            }
            if has("heading") {
                self.headings
                    .add(best_variant(blocks, "heading", &given(true)));
            }
        }
        let countable = HEADING_SETS.contains(&page.set.as_str()) && !blocks.is_empty();
        if countable && !has("heading") {
            self.invented_headings.add(given(true).len() as f64);
        }
    }

    fn annotated(&mut self, page: &GoldPage, article: &Article) {
        let turn = |speaker: &str, text: &str| format!("{}\t{}", clean(speaker), clean(text));
        if !page.turns.is_empty() {
            let given = article.blocks.iter().filter_map(|block| {
                let speaker = block.speaker.as_deref()?;
                Some(turn(speaker, &block.text))
            });
            let gold = page
                .turns
                .iter()
                .map(|gold| turn(gold.speaker.as_deref().unwrap_or_default(), &gold.text));
            self.turns.add(multiset_f1(gold, given));
        }
        let captions = || {
            article
                .blocks
                .iter()
                .filter(|block| block.kind == BlockKind::Caption)
                .map(|block| clean(&block.text))
        };
        if page.captions.is_empty() {
            self.invented_captions.add(captions().count() as f64);
        } else {
            let gold = page.captions.iter().map(|caption| clean(caption));
            self.captions.add(multiset_f1(gold, captions()));
        }
        let standfirst = clean(&article.alternative_headline.join("\n"));
        match page.subtitle.as_deref().map(clean) {
            Some(gold) if !gold.is_empty() => {
                self.standfirsts
                    .add(f64::from(u8::from(gold == standfirst)));
            }
            _ => self
                .invented_standfirsts
                .add(f64::from(u8::from(!standfirst.is_empty()))),
        }
    }
}

/// The score against the best of the gold's variants: with and without its summary and its optional blocks.
fn best_variant(blocks: &[GoldBlock], kind: &str, given: &[&str]) -> f64 {
    let mut best = 0.0_f64;
    for (summary, optional) in [(true, true), (true, false), (false, true), (false, false)] {
        let gold: Vec<&GoldBlock> = blocks
            .iter()
            .filter(|block| (summary || block.kind != "summary") && (optional || !block.optional))
            .filter(|block| block.kind == kind)
            .collect();
        if !gold.is_empty() {
            let given = given.iter().map(|text| clean(text));
            let gold = gold.iter().map(|block| clean(&block.text));
            best = best.max(multiset_f1(gold, given.filter(|text| !text.is_empty())));
        }
    }
    best
}

/// F1 of two multisets of texts.
fn multiset_f1(gold: impl Iterator<Item = String>, given: impl Iterator<Item = String>) -> f64 {
    let mut wanted: HashMap<String, usize> = HashMap::new();
    let (mut golds, mut givens, mut hits) = (0_usize, 0_usize, 0_usize);
    for text in gold {
        *wanted.entry(text).or_default() += 1;
        golds += 1;
    }
    for text in given {
        givens += 1;
        if let Some(left) = wanted.get_mut(&text).filter(|left| **left > 0) {
            *left -= 1;
            hits += 1;
        }
    }
    let share = |of: usize| {
        if of == 0 {
            0.0
        } else {
            hits as f64 / of as f64
        }
    };
    f1(share(givens), share(golds))
}

/// The text without what prints nothing, its white space folded.
fn clean(text: &str) -> String {
    visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

impl fmt::Display for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.by_rendering.is_empty() {
            writeln!(f, "== structure: mean of pages")?;
        }
        for (rendering, scores) in &self.by_rendering {
            let Scores {
                paragraphs,
                headings,
                invented_headings,
                turns,
                captions,
                invented_captions,
                standfirsts,
                invented_standfirsts,
            } = scores;
            writeln!(
                f,
                "{:10} paragraphs F1 {paragraphs}; sub-headings F1 {headings}, invented a page {invented_headings}",
                RENDERINGS[*rendering]
            )?;
            writeln!(
                f,
                "{:10} turns F1 {turns}; captions F1 {captions}, invented a page {invented_captions}; \
                 standfirsts exact {standfirsts}, invented {invented_standfirsts}",
                ""
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{best_variant, multiset_f1};
    use crate::train::gold::GoldBlock;

    fn texts(words: &[&str]) -> impl Iterator<Item = String> {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
            .into_iter()
    }

    #[test]
    fn a_text_given_twice_counts_once_where_the_gold_has_it_once() {
        let score = multiset_f1(texts(&["a", "b"]), texts(&["a", "a"]));
        assert!((score - 0.5).abs() < 1e-9);
        assert_eq!(multiset_f1(texts(&["a"]), texts(&[])), 0.0);
    }

    #[test]
    fn optional_blocks_may_be_left_out() {
        let block = |text: &str, optional| GoldBlock {
            kind: "paragraph".to_owned(),
            text: text.to_owned(),
            optional,
        };
        let gold = [
            block("The  ferry\u{ad} sailed.", false),
            block("More soon.", true),
        ];
        assert_eq!(
            best_variant(&gold, "paragraph", &["The ferry sailed."]),
            1.0
        );
        assert_eq!(
            best_variant(&gold, "paragraph", &["The ferry sailed.", "More soon."]),
            1.0
        );
    }
}
