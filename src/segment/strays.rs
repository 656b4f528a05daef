//! Strays: lines that the line model took for body text and that its page speaks against: a pitch, a teaser, a note on
//! who wrote it.
//!
//! The line model weighs a line by its words and by so many lines around it, each by its length. Here all that it said of
//! the page is known, so that a line can be held against the others that were taken, and every line counts alike. A
//! ranker weighs both.

use crate::document::{Units, columns, count_bytes, length, one_byte_breaks};
use crate::label::{Labels, LineKind, Piece};
use crate::lexicon::rankers::Ranker;

use super::headings::ends_sentence;
use super::seams::Seams;
use super::words::between_blanks;

/// Score, in logits, of being body text below which a line is left out: a probability of 0.45. Out of fold the F1 of
/// paragraphs is best here; at -0.45 it is .001 to .003 lower, and fewer pages lose by it.
const LEFT_OUT: f32 = -0.2;

/// A page doubted in so many places is hard to read, as one full of listings is, and not full of strays, unless they are so large a
/// share of its body: out of fold, on four such pages 84 lines of 91 are the text's.
const MANY: usize = 10;
const MOST: f32 = 0.3;

/// Bytes of a line whose columns and words are counted: no longer one is told from it.
const COUNTED_BYTES: usize = 1200;

features! {
    /// Probabilities, of 255, of body text and of a sub-heading if it is.
    Body,
    Crosshead,
    /// How much less sure it is than the page's body in the mean: one is as sure.
    Doubt,
    /// The mean of that probability over the page's body.
    PageBody,
    /// Columns, words, whether it ends a sentence, shares of words that begin with a capital and of digits.
    Columns,
    Words,
    Ends,
    Capitals,
    Digits,
    /// Blank lines before and after.
    BlankBefore,
    BlankAfter,
    /// Probabilities of the two lines above and below, and whether the nearer ones are body.
    Above,
    SecondAbove,
    Below,
    SecondBelow,
    AboveIsBody,
    BelowIsBody,
    /// Lines that are none between it and the body above and below.
    GapAbove,
    GapBelow,
    /// Lines of body in a row right above and right below.
    RunAbove,
    RunBelow,
    /// Lines of body above and below in all, and their share above.
    BodyAbove,
    BodyBelow,
    Place,
    /// Bytes of the body's middle line, and those of this line by it.
    PageMiddle,
    OfMiddle,
    /// Score of the seam above it: whether a paragraph goes on there; low where none was judged.
    Seam,
}

const COUNT: usize = NAMES.len();

/// Stands for the score of a seam that was not judged.
const UNJUDGED: f32 = -9.0;

/// A line of the body.
pub(crate) struct Candidate {
    /// Index among the pieces that were looked at.
    pub(crate) index: usize,
    /// Its features.
    pub(crate) row: Vec<f32>,
}

/// Whether each of `pieces` was taken for body text and is a stray.
pub(super) fn find(
    text: &str,
    units: &Units,
    labels: &Labels,
    pieces: &[Piece],
    seams: &Seams,
    ranker: &Ranker,
) -> Vec<bool> {
    let mut strays = vec![false; pieces.len()];
    if ranker.is_empty() {
        return strays;
    }
    let candidates = candidates(text, units, labels, pieces, seams);
    let rows: Vec<&[f32]> = candidates.iter().map(|c| c.row.as_slice()).collect();
    let scores = ranker.scores(&rows);
    let doubted = scores.iter().filter(|score| **score < LEFT_OUT).count();
    if doubted >= MANY && (doubted as f32) < MOST * candidates.len() as f32 {
        return strays;
    }
    for (candidate, score) in candidates.iter().zip(scores) {
        strays[candidate.index] = score < LEFT_OUT;
    }
    strays
}

/// The lines of the body among `pieces`, which are those in and around it, and their features.
pub(crate) fn candidates(
    text: &str,
    units: &Units,
    labels: &Labels,
    pieces: &[Piece],
    seams: &Seams,
) -> Vec<Candidate> {
    if labels.body_odds.is_empty() {
        return Vec::new();
    }
    let page = Page::new(text, units, labels, pieces, seams);
    (0..pieces.len())
        .filter(|index| page.body[*index])
        .map(|index| Candidate {
            index,
            row: page.row(index),
        })
        .collect()
}

fn is_body(piece: &Piece) -> bool {
    matches!(piece.verdict.kind, LineKind::Body | LineKind::Crosshead)
}

/// Everything that the features of a line are read off.
struct Page<'a> {
    text: &'a str,
    units: &'a Units,
    labels: &'a Labels,
    pieces: &'a [Piece],
    seams: &'a Seams,
    /// Whether each piece is body.
    body: Vec<bool>,
    /// For each piece the lines of body above it.
    above: Vec<usize>,
    /// Lines of body, the mean of their probabilities, and the bytes of the middle one.
    total: usize,
    mean: f32,
    middle: f32,
}

impl<'a> Page<'a> {
    fn new(
        text: &'a str,
        units: &'a Units,
        labels: &'a Labels,
        pieces: &'a [Piece],
        seams: &'a Seams,
    ) -> Self {
        let body: Vec<bool> = pieces.iter().map(is_body).collect();
        let mut total = 0;
        let above = body
            .iter()
            .map(|body| {
                let so_far = total;
                total += usize::from(*body);
                so_far
            })
            .collect();
        let taken = || pieces.iter().filter(|piece| is_body(piece));
        let mut lengths: Vec<usize> = taken().map(|piece| length(piece.span.of(text))).collect();
        lengths.sort_unstable();
        let odds = |piece: &Piece| labels.body_odds.get(piece.unit as usize).copied();
        let sum: u32 = taken().filter_map(odds).map(u32::from).sum();
        Self {
            text,
            units,
            labels,
            pieces,
            seams,
            body,
            above,
            total,
            mean: sum as f32 / total.max(1) as f32,
            middle: lengths.get(lengths.len() / 2).copied().unwrap_or(1) as f32,
        }
    }

    /// The probability of the piece `by` below `index`, or above it; 0 beyond the last.
    fn odds(&self, index: usize, by: isize) -> f32 {
        let piece = index
            .checked_add_signed(by)
            .and_then(|at| self.pieces.get(at));
        let odds = piece.and_then(|piece| self.labels.body_odds.get(piece.unit as usize));
        f32::from(odds.copied().unwrap_or_default())
    }

    fn row(&self, index: usize) -> Vec<f32> {
        let piece = &self.pieces[index];
        let unit = piece.unit as usize;
        let slice = &*one_byte_breaks(piece.span.of(self.text));
        let mut row = vec![0.0; COUNT];
        let mut set = |feature: Feature, value: f32| row[feature as usize] = value;
        let odds = self.odds(index, 0);
        let crosshead = self.labels.crosshead_odds.get(unit);
        set(Feature::Body, odds);
        set(
            Feature::Crosshead,
            f32::from(crosshead.copied().unwrap_or_default()),
        );
        set(Feature::Doubt, (256.0 - odds) / (256.0 - self.mean));
        set(Feature::PageBody, self.mean);
        let counted = &slice[..slice.floor_char_boundary(COUNTED_BYTES)];
        let (words, capitals) = between_blanks(counted);
        let words = words.max(1) as f32;
        let digits = count_bytes(counted.as_bytes(), |byte| byte.is_ascii_digit());
        set(Feature::Columns, columns(counted) as f32);
        set(Feature::Words, words);
        set(Feature::Ends, flag(ends_sentence(slice)));
        set(Feature::Capitals, capitals as f32 / words);
        set(Feature::Digits, digits as f32 / counted.len().max(1) as f32);
        let seam = self.seams.above(self.units, piece.unit);
        set(Feature::Seam, seam.unwrap_or(UNJUDGED));
        self.set_around(index, &mut set);
        self.set_place(index, &mut set);
        row
    }

    /// The lines above and below.
    fn set_around(&self, index: usize, set: &mut impl FnMut(Feature, f32)) {
        let blank = |piece: &Piece| f32::from(self.units.units[piece.unit as usize].blank_before);
        set(Feature::BlankBefore, blank(&self.pieces[index]));
        set(
            Feature::BlankAfter,
            self.pieces.get(index + 1).map_or(9.0, blank),
        );
        set(Feature::Above, self.odds(index, -1));
        set(Feature::SecondAbove, self.odds(index, -2));
        set(Feature::Below, self.odds(index, 1));
        set(Feature::SecondBelow, self.odds(index, 2));
        let above = self.body[..index].iter().rev();
        let below = self.body[index + 1..].iter();
        let is = |body: Option<&bool>| body.map_or(-1.0, |body| flag(*body));
        set(Feature::AboveIsBody, is(above.clone().next()));
        set(Feature::BelowIsBody, is(below.clone().next()));
        let gap = |body: &&bool| !**body;
        set(
            Feature::GapAbove,
            above.clone().take_while(gap).count() as f32,
        );
        set(
            Feature::GapBelow,
            below.clone().take_while(gap).count() as f32,
        );
        let run = |body: &&bool| **body;
        set(
            Feature::RunAbove,
            above.take(FAR).take_while(run).count() as f32,
        );
        set(
            Feature::RunBelow,
            below.take(FAR).take_while(run).count() as f32,
        );
    }

    /// Where it stands in the body, and how long the body's lines are.
    fn set_place(&self, index: usize, set: &mut impl FnMut(Feature, f32)) {
        let above = self.above[index];
        let below = self.total - above - 1;
        set(Feature::BodyAbove, above as f32);
        set(Feature::BodyBelow, below as f32);
        set(Feature::Place, above as f32 / self.total.max(1) as f32);
        set(Feature::PageMiddle, self.middle);
        let length = length(self.pieces[index].span.of(self.text)) as f32;
        set(Feature::OfMiddle, length / self.middle.max(1.0));
    }
}

/// Lines that are looked at on each side for how far the body goes on.
const FAR: usize = 40;

fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

#[cfg(test)]
mod tests {
    use super::{NAMES, candidates, find};
    use crate::document::Units;
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::lexicon::rankers::Ranker;
    use crate::segment::seams::Seams;
    use crate::segment::{Weights, near_body};

    /// A page of paragraphs with a pitch of this probability at its end.
    fn page(odds: u8) -> (String, Units, Labels) {
        let paragraph = "The ferry sailed at dawn, and nobody had waited for it on the quay, for it was cold.\n\n";
        let text = format!(
            "{}Read the ferry's paper for two weeks\n",
            paragraph.repeat(6)
        );
        let units = crate::layout::units(&text);
        let count = units.units.len();
        let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 90);
        let mut labels = Labels::new(&units, vec![verdict; count]);
        labels.body_odds = vec![250; count];
        labels.body_odds[count - 1] = odds;
        labels.crosshead_odds = vec![3; count];
        (text, units, labels)
    }

    #[test]
    fn the_shipped_ranker_knows_the_features_of_this_version() {
        let ranker = &Weights::shipped().stray;
        assert!(!ranker.is_empty());
        assert!(ranker.features().eq(NAMES.iter().copied()));
    }

    #[test]
    fn a_line_that_is_far_less_sure_than_its_page_may_be_a_stray() {
        let names = NAMES.join(" ");
        let doubt = super::Feature::Doubt as usize;
        let text = format!(
            "part\tvalues\nfeatures\t{names}\nbias\t0\nsplits\t{doubt}:3\nleaves\t256 -256\n"
        );
        let ranker = Ranker::read(&text).unwrap();
        let strays = |odds| {
            let (text, units, labels) = page(odds);
            let (near, seams) = (near_body(&labels), Seams::default());
            find(&text, &units, &labels, near, &seams, &ranker)
        };
        assert!(strays(250).iter().all(|stray| !stray));
        let found = strays(130);
        assert!(found[6]);
        assert!(found[..6].iter().all(|stray| !stray));
    }

    #[test]
    fn a_page_doubted_in_many_places_keeps_its_lines() {
        let doubt = super::Feature::Doubt as usize;
        let names = NAMES.join(" ");
        let text = format!(
            "part\tvalues\nfeatures\t{names}\nbias\t0\nsplits\t{doubt}:3\nleaves\t256 -256\n"
        );
        let ranker = Ranker::read(&text).unwrap();
        let strays = |sure: usize, doubted: usize| {
            let text =
                "The ferry sailed at dawn, and nobody had waited.\n\n".repeat(sure + doubted);
            let units = crate::layout::units(&text);
            let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 90);
            let mut labels = Labels::new(&units, vec![verdict; sure + doubted]);
            labels.body_odds = vec![253; sure];
            labels.body_odds.resize(sure + doubted, 100);
            labels.crosshead_odds = vec![3; sure + doubted];
            let (near, seams) = (near_body(&labels), Seams::default());
            let found = find(&text, &units, &labels, near, &seams, &ranker);
            found.into_iter().filter(|stray| *stray).count()
        };
        assert_eq!(strays(90, 9), 9);
        assert_eq!(strays(90, 10), 0);
    }

    #[test]
    fn what_was_not_taken_for_body_text_is_no_candidate() {
        let (text, units, mut labels) = page(130);
        labels.pieces[6].verdict = Verdict::new(LineKind::Newsletter, Reason::ModelNotBody, 60);
        let found = candidates(
            &text,
            &units,
            &labels,
            near_body(&labels),
            &Seams::default(),
        );
        assert!(found.iter().all(|candidate| candidate.index < 6));
    }
}
