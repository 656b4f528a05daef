//! Seams: where a line of the body meets the next, and whether its paragraph goes on there.
//!
//! Layout joins lines before anything is judged, so only where the lines themselves leave little doubt. Here the body is
//! known, and how its page was set: whether lines are cut at a right edge, torn at links and bold words, or whole
//! paragraphs. A ranker weighs all of it, and what layout joined is one of its reasons.

use crate::document::{Part, Units};
use crate::label::{Labels, LineKind};
use crate::lexicon::rankers::Ranker;

pub(crate) mod features;

/// Score, in logits, from which on a paragraph goes on where layout did not join the lines: more likely than not.
const JOINED: f32 = 0.0;

/// The same where layout joined them: its rules are right in 99 of 100 seams of wrapped pages.
const KEPT: f32 = -0.85;

/// The same on both sides of a line that was not taken for body text, which is body text if a paragraph goes on in it.
const TAKEN: f32 = 0.4;

/// The same on one side alone, where the line begins or ends its paragraph.
const TAKEN_ALONE: f32 = 2.2;

/// The seams that were judged; those of a page that is neither wrapped nor torn are not.
#[derive(Clone, Debug, Default)]
pub struct Seams {
    /// Index of the part below the seam among [`Units::parts`], rising; the score; and whether layout joined it.
    judged: Vec<(u32, f32, bool)>,
}

impl Seams {
    /// Judges the seams in and around the body.
    pub(crate) fn judge(text: &str, units: &Units, labels: &Labels, ranker: &Ranker) -> Self {
        if ranker.is_empty() {
            return Self::default();
        }
        let candidates = features::candidates(text, units, labels);
        let rows: Vec<&[f32]> = candidates.iter().map(|c| c.row.as_slice()).collect();
        let scores = ranker.scores(&rows);
        let judged = candidates.iter().zip(scores);
        Self {
            judged: judged
                .map(|(candidate, score)| {
                    let score = if candidate.opens { f32::MIN } else { score };
                    (candidate.part, score, candidate.joined)
                })
                .collect(),
        }
    }

    fn find(&self, part: u32) -> Option<(f32, bool)> {
        let at = self.judged.binary_search_by_key(&part, |seam| seam.0);
        at.ok().map(|at| (self.judged[at].1, self.judged[at].2))
    }

    /// The parts of unit `unit`, or of a piece of it, as the paragraphs that they make.
    pub(super) fn split(&self, units: &Units, unit: u32, parts: Vec<Part>) -> Vec<Vec<Part>> {
        let (first, end) = units.units[unit as usize].parts;
        let all = &units.parts[first as usize..end as usize];
        let from = self.judged.partition_point(|seam| seam.0 <= first);
        let mut over = self.judged[from..]
            .iter()
            .take_while(|seam| seam.0 < end)
            .filter(|(_, score, joined)| *joined && *score < KEPT)
            .map(|(part, ..)| all[(part - first) as usize].span.start)
            .peekable();
        if over.peek().is_none() {
            return vec![parts];
        }
        let mut paragraphs = vec![Vec::new()];
        for part in parts {
            while over.next_if(|start| *start < part.span.start).is_some() {}
            let parted = over.next_if(|start| *start == part.span.start).is_some();
            match paragraphs.last_mut() {
                Some(open) if !parted || open.is_empty() => open.push(part),
                _ => paragraphs.push(vec![part]),
            }
        }
        paragraphs
    }

    /// Whether unit `unit` goes on with the paragraph of the unit before.
    pub(super) fn continues(&self, units: &Units, unit: u32) -> bool {
        self.above(units, unit).is_some_and(|score| score >= JOINED)
    }

    /// The score of the seam over unit `unit`.
    pub(super) fn above(&self, units: &Units, unit: u32) -> Option<f32> {
        let unit = units.units.get(unit as usize)?;
        self.find(unit.parts.0).map(|(score, _)| score)
    }

    /// Units that were not taken for body text, but stand inside one of its paragraphs: `… said`, `Jane Doe`, `, who …`
    /// on three lines of a torn page.
    pub(super) fn torn_out(&self, units: &Units, labels: &Labels) -> Vec<u32> {
        if self.judged.is_empty() {
            return Vec::new();
        }
        let body = |unit: u32| {
            let mut pieces = labels.of_unit(unit).iter();
            pieces.any(|piece| matches!(piece.verdict.kind, LineKind::Body | LineKind::Crosshead))
        };
        let holds = |unit: u32, floor: f32| self.above(units, unit).is_some_and(|s| s >= floor);
        let count = units.units.len() as u32;
        (1..count)
            .filter(|unit| {
                let above = |floor| holds(*unit, floor) && body(*unit - 1);
                let below = |floor| *unit + 1 < count && holds(*unit + 1, floor) && body(*unit + 1);
                let alone = above(TAKEN_ALONE) || below(TAKEN_ALONE);
                !body(*unit) && (alone || above(TAKEN) && below(TAKEN))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Seams, features};
    use crate::document::Units;
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::layout;
    use crate::lexicon::rankers::Ranker;
    use crate::segment::Weights;

    fn judged(text: &str, ranker: &Ranker) -> (Units, Labels, Seams) {
        let units = layout::units(text);
        let count = units.units.len();
        let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 95);
        let mut labels = Labels::new(&units, vec![verdict; count]);
        labels.body_odds = vec![250; count];
        labels.crosshead_odds = vec![2; count];
        labels.language = "en";
        let seams = Seams::judge(text, &units, &labels, ranker);
        (units, labels, seams)
    }

    /// A ranker that says the same of every seam.
    fn constant(score: i32) -> Ranker {
        let names = features::NAMES.join(" ");
        let text =
            format!("part\tvalues\nfeatures\t{names}\nbias\t{score}\nsplits\t0:9\nleaves\t0 0\n");
        Ranker::read(&text).unwrap()
    }

    const WRAPPED: &str = "The ferry sailed at dawn and nobody who had\nwaited on the quay since the evening before was\n\
                           left behind, though some had given up hope and\ngone home. The harbour board said that a second\n\
                           ferry would sail at noon, if the weather let it\nout.\n\nIn the end nobody had to wait any longer than a\n\
                           week, which was less than the board had feared,\nand the last boat went out half empty.\n";

    #[test]
    fn the_shipped_ranker_knows_the_features_of_this_version() {
        let ranker = &Weights::shipped().seam;
        assert!(!ranker.is_empty());
        assert!(ranker.features().eq(features::NAMES.iter().copied()));
    }

    #[test]
    fn paragraphs_on_lines_of_their_own_stay_apart() {
        let text = "The ferry sailed at dawn.\nNobody waited for the second one.\nSo it stayed.\n";
        let (units, _, seams) = judged(text, &Weights::shipped().seam);
        assert!((0..units.units.len() as u32).all(|unit| !seams.continues(&units, unit)));
    }

    #[test]
    fn a_wrapped_paragraph_stays_whole() {
        let (units, _, seams) = judged(WRAPPED, &Weights::shipped().seam);
        assert_eq!(units.units.len(), 2);
        let parts = units.parts(0).to_vec();
        assert_eq!(seams.split(&units, 0, parts).len(), 1);
        assert!(!seams.continues(&units, 1));
    }

    #[test]
    fn what_layout_joined_is_parted_where_the_ranker_is_sure() {
        let (units, _, seams) = judged(WRAPPED, &constant(-512));
        let parts = units.parts(0).to_vec();
        assert_eq!(seams.split(&units, 0, parts.clone()).len(), parts.len());
        // A piece that begins in the middle of the unit is cut at the seams behind its start alone.
        assert_eq!(
            seams.split(&units, 0, parts[2..].to_vec()).len(),
            parts.len() - 2
        );
    }

    #[test]
    fn a_page_of_whole_paragraphs_has_no_seams_to_judge() {
        let text =
            "The ferry sailed at dawn.\n\nNobody waited for the second one.\n\nSo it stayed.\n";
        let (.., seams) = judged(text, &constant(512));
        assert!(seams.judged.is_empty());
    }

    #[test]
    fn a_large_initial_opens_a_paragraph() {
        let text = "Where the second ferry of the island goes\nT\nhe ferry sails at noon, and at six in the evening\n, \
                    as it always did. The second\none\n, a smaller ship, stays.\n";
        let (units, _, seams) = judged(text, &constant(512));
        assert_eq!(units.units.len(), 2);
        assert!(!seams.continues(&units, 1));
    }

    #[test]
    fn an_item_of_a_list_never_goes_on() {
        let text = "The board decided, and\n* that the ferry sails, and\n* that it waits, and\n* that it returns\n";
        let (units, _, seams) = judged(text, &constant(512));
        assert!((0..units.units.len() as u32).all(|unit| !seams.continues(&units, unit)));
    }

    #[test]
    fn a_name_torn_out_of_a_sentence_is_text() {
        let text = "The ferry sailed at dawn, said the harbour master,\nIngrid Solheim\n, who had waited.\nNobody came.\n";
        let (units, mut labels, _) = judged(text, &constant(0));
        let torn = (0..units.units.len())
            .find(|unit| units.text(text, *unit) == "Ingrid Solheim")
            .unwrap();
        labels.pieces[torn].verdict = Verdict::new(LineKind::Unknown, Reason::ModelNotBody, 60);
        let found =
            |score| Seams::judge(text, &units, &labels, &constant(score)).torn_out(&units, &labels);
        assert_eq!(found(256), [torn as u32]);
        assert!(found(-256).is_empty());
    }
}
