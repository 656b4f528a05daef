//! Sub-headings that the line model took for paragraphs: a mark opens them, or they stand alone, short and without a
//! mark at their end, between two paragraphs.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::document::{Units, columns, is_alphabetic, is_code};
use crate::label::{Labels, LineKind, Piece, Reason};
use crate::lexicon::cues::{Cue, CueCounts, Cues};
use crate::lexicon::rankers::Ranker;

use super::captions;
use super::seams::Seams;

pub(crate) mod features;

/// The longest sub-heading that a mark opens, in characters.
const MARKED_CHARS: usize = 70;

/// The longest sub-heading without a mark, in columns.
const BARE_COLUMNS: usize = 120;

/// The shortest paragraph that a sub-heading stands over, in columns.
const PARAGRAPH_COLUMNS: usize = 80;

/// Probability, in per cent, that a line with the words of a link or a credit is no sub-heading.
const LIKELY: u8 = 88;

/// So many lines of an advertisement or a caption may stand between a paragraph and the sub-heading under it.
const INSERTED: usize = 2;

/// So many paragraphs put together from several lines show that the page was torn or wrapped.
const JOINED: usize = 2;

/// Score, in logits, from which on a line of the body is a sub-heading: a probability of three in ten. A page's F1 is
/// best at a threshold of half its value; out of fold, 0.25 to 0.35 differ by less than 0.01, and one half loses 0.06.
pub(super) const TAKEN: f32 = -0.85;

/// The same of a line that was not taken for body text, and that the body loses nothing by: four in ten.
pub(super) const PROMOTED: f32 = -0.4;

/// Added to the score on pages that set nothing apart by blank lines, torn ones for the most: the ranker is surer than it
/// may be that a short line there belongs to a sentence. Out of fold, dev and blind pages alike gain 0.05 by it.
const DENSE_ODDS: f32 = 0.5;

/// For each piece the score, in logits, of being a sub-heading, where it may be one and the line model judged.
pub(super) fn odds(
    text: &str,
    units: &Units,
    labels: &Labels,
    pieces: &[Piece],
    seams: &Seams,
    ranker: &Ranker,
) -> Vec<Option<f32>> {
    if ranker.is_empty() {
        return Vec::new();
    }
    let candidates = features::candidates(text, units, labels, pieces, seams);
    let rows: Vec<&[f32]> = candidates.iter().map(|c| c.row.as_slice()).collect();
    let mut odds = vec![None; pieces.len()];
    for (candidate, score) in candidates.iter().zip(ranker.scores(&rows)) {
        let code = is_code(pieces[candidate.index].span.of(text));
        let dense = if candidate.dense { DENSE_ODDS } else { 0.0 };
        odds[candidate.index] = Some(if code { f32::MIN } else { score + dense });
    }
    odds
}

/// `◆ 항만 노조, 파업 끝내`: a mark and a short text that is no sentence.
pub(super) fn is_marked(slice: &str) -> bool {
    let Some(rest) = slice.strip_prefix(['◆', '◇', '■', '□', '▣', '◈', '❖', '○'])
    else {
        return is_bracketed(slice);
    };
    let rest = rest.trim();
    !rest.is_empty()
        && !rest.ends_with(['.', '。', ':', '：'])
        && rest.chars().count() <= MARKED_CHARS
}

/// `【 항만의 하루 】`: a line in heavy brackets.
fn is_bracketed(slice: &str) -> bool {
    slice.starts_with('【') && slice.ends_with('】') && slice.chars().count() <= 30
}

/// Sub-headings without a mark. Of the lines that this takes inside the bodies of the corpus' dev pages four in five
/// are sub-headings by the gold.
pub(super) struct Bare<'a> {
    text: &'a str,
    units: &'a Units,
    /// Whether paragraphs are set apart by blank lines; a sub-heading then is, too.
    airy: bool,
    /// Whether paragraphs were put together from lines: then a line left alone was not torn out.
    joined: bool,
    /// How often each short piece is printed.
    printed: OnceCell<FxHashMap<&'a str, u32>>,
}

impl<'a> Bare<'a> {
    /// What the body, from its first piece to its last, shows of the page.
    pub(super) fn find(text: &'a str, units: &'a Units, pieces: &[Piece]) -> Self {
        let (mut apart, mut neighbours, mut joined) = (0, 0, 0);
        let body = |piece: &Piece| piece.verdict.kind == LineKind::Body;
        for pair in pieces
            .windows(2)
            .filter(|pair| body(&pair[0]) && body(&pair[1]))
        {
            if pair[0].unit == pair[1].unit {
                continue;
            }
            let unit = &units.units[pair[1].unit as usize];
            neighbours += 1;
            apart += usize::from(unit.blank_before > 0);
            joined += usize::from(unit.parts.1 - unit.parts.0 > 1);
        }
        Self {
            text,
            units,
            airy: apart * 2 >= neighbours,
            joined: joined >= JOINED,
            printed: OnceCell::new(),
        }
    }

    /// Whether piece `index`, which is all of its line, is a sub-heading.
    pub(super) fn is_heading(&self, pieces: &[Piece], index: usize) -> bool {
        let inserted = |piece: &&Piece| {
            matches!(
                piece.verdict.kind,
                LineKind::Advertisement | LineKind::Newsletter | LineKind::Caption
            )
        };
        let above = pieces[..index].iter().rev();
        let before = above.take(INSERTED + 1).find(|piece| !inserted(piece));
        let (Some(before), Some(after)) = (before, pieces.get(index + 1)) else {
            return false;
        };
        let piece = &pieces[index];
        let body = |piece: &Piece| piece.verdict.kind == LineKind::Body;
        if !body(before) || !body(after) || !is_short(piece) {
            return false;
        }
        let blanks = |piece: &Piece| self.units.units[piece.unit as usize].blank_before > 0;
        let (above, below) = (before.span.of(self.text), after.span.of(self.text));
        let slice = piece.span.of(self.text);
        let placed = if self.airy {
            blanks(piece) && blanks(after)
        } else {
            self.joined && ends_sentence(below) && above.len() > slice.len()
        };
        placed
            && (ends_sentence(above) || is_quotation(above))
            && reads_as_heading(slice)
            && is_longer(below, slice)
            && !self.is_printed_again(pieces, slice)
    }

    /// Whether the page prints the line more than once in its body, as it does with buttons.
    fn is_printed_again(&self, pieces: &[Piece], slice: &str) -> bool {
        let printed = self.printed.get_or_init(|| {
            let mut printed = FxHashMap::default();
            for piece in pieces.iter().filter(|piece| is_short(piece)) {
                *printed.entry(piece.span.of(self.text)).or_default() += 1;
            }
            printed
        });
        printed.get(slice).is_some_and(|times| *times > 1)
    }
}

/// Whether a piece may be no longer than a sub-heading without a mark.
fn is_short(piece: &Piece) -> bool {
    piece.span.len() <= 3 * BARE_COLUMNS
}

/// Whether a line has the shape of a sub-heading: short, begun like a sentence and not ended like one, with no words
/// of a caption, of page furniture or of an address.
fn reads_as_heading(slice: &str) -> bool {
    let first = slice.chars().next().unwrap_or(' ');
    !first.is_lowercase()
        && slice.contains(is_alphabetic)
        && columns(slice) <= BARE_COLUMNS
        && !ends_sentence(slice)
        && !slice.ends_with([',', ';', ':', '，', '、', '；', '：', ']', '>', '|'])
        && !slice.contains(['@', '©', 'ⓒ'])
        && !slice.contains("://")
        && !slice.contains("www.")
        && !holds_credit(slice)
        && captions::credit(slice).is_none()
        && !captions::opens_credit(slice)
        && !is_furniture(slice)
}

/// Whether a few words follow the end of a sentence: a caption's credit.
fn holds_credit(slice: &str) -> bool {
    let Some((head, tail)) = slice.rsplit_once(". ") else {
        return slice.contains(" | ");
    };
    head.ends_with(char::is_lowercase) && tail.split(' ').count() <= CREDIT_WORDS
}

/// A credit at the end of a caption has no more words.
const CREDIT_WORDS: usize = 4;

/// What a line that was taken for a sub-heading, or reads like one, is by its own words: a link to another story, or a
/// caption with its credit.
pub(super) fn is_else(slice: &str) -> Option<(LineKind, Reason, u8)> {
    if !is_brief(slice) {
        None
    } else if cues(slice).strength(Cue::Related, u32::MAX) >= AT_START {
        Some((LineKind::Related, Reason::RelatedLinks, LIKELY))
    } else if slice.contains(['©', 'ⓒ']) {
        Some((LineKind::Caption, Reason::PhotoCredit, LIKELY))
    } else {
        None
    }
}

/// Whether a line may be a sub-heading by its length and its end.
pub(super) fn is_brief(slice: &str) -> bool {
    slice.len() <= 3 * BARE_COLUMNS && !ends_sentence(slice)
}

pub(super) fn cues(slice: &str) -> CueCounts {
    let mut cues = CueCounts::default();
    Cues::shipped().count(slice, &mut cues);
    cues
}

fn is_furniture(slice: &str) -> bool {
    let cues = cues(slice);
    FURNITURE
        .iter()
        .any(|cue| cues.strength(*cue, u32::MAX) >= AT_START)
}

/// What a line in the midst of a body is that is printed like a sub-heading and is none.
const FURNITURE: [Cue; 9] = [
    Cue::Related,
    Cue::Advertisement,
    Cue::Newsletter,
    Cue::Share,
    Cue::Paywall,
    Cue::Ranking,
    Cue::Caption,
    Cue::Byline,
    Cue::DateLabel,
];

/// The strength of a cue that opens its line.
const AT_START: u8 = 200;

/// Whether a line is a quotation, as pull quotes are, which need no mark at their end.
fn is_quotation(text: &str) -> bool {
    text.starts_with(['"', '“', '„', '«', '»', '‘', '「'])
        && text.ends_with(['"', '”', '“', '»', '«', '’', '」'])
}

/// Whether the text above or below a heading is much longer than a heading is.
fn is_longer(paragraph: &str, heading: &str) -> bool {
    // Bytes decide where they can: counting columns costs.
    paragraph.len() >= 3 * BARE_COLUMNS
        || columns(paragraph) >= PARAGRAPH_COLUMNS.max(columns(heading))
}

pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches([
        '"', '\'', '”', '“', '’', '»', '«', ')', ']', '」', '』', '）', ' ',
    ])
    .ends_with(['.', '!', '?', '。', '！', '？', '…'])
}

#[cfg(test)]
mod tests {
    use super::{Bare, DENSE_ODDS, features, is_marked, odds};
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::lexicon::rankers::Ranker;
    use crate::segment::seams::Seams;

    #[test]
    fn without_blank_lines_less_is_asked_of_a_sub_heading() {
        let names = features::NAMES.join(" ");
        let text = format!("part\tvalues\nfeatures\t{names}\nbias\t0\nsplits\t0:9\nleaves\t0 0\n");
        let ranker = Ranker::read(&text).unwrap();
        let score = |gap: &str| {
            let long =
                "The ferry sailed at dawn, and nobody had waited for it on the quay. ".repeat(3);
            let text = format!("{long}{gap}A second ferry{gap}{long}\n");
            let units = crate::layout::units(&text);
            let count = units.units.len();
            let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 90);
            let mut labels = Labels::new(&units, vec![verdict; count]);
            labels.body_odds = vec![240; count];
            labels.crosshead_odds = vec![120; count];
            let seams = Seams::default();
            odds(&text, &units, &labels, &labels.pieces, &seams, &ranker)[1]
        };
        assert_eq!(score("\n\n"), Some(0.0));
        assert_eq!(score("\n"), Some(DENSE_ODDS));
    }

    #[test]
    fn a_mark_and_a_short_text_are_a_heading() {
        assert!(is_marked("◆항만 노조, 파업 끝내나"));
        assert!(!is_marked("◆ 항만 노조가 파업을 끝냈다."));
        assert!(is_marked("【 항만의 하루 】"));
    }

    fn judged(line: &str, gap: &str) -> bool {
        let before =
            "It began on Monday, when nobody had expected it any more, and went on for a week.";
        let after =
            "The ferry sailed at dawn, and nobody had waited for it on the quay, for it was cold.";
        let text = format!("{before}{gap}{line}{gap}{after}\n");
        let units = crate::layout::units(&text);
        let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 90);
        let labels = Labels::new(&units, vec![verdict; units.units.len()]);
        Bare::find(&text, &units, &labels.pieces).is_heading(&labels.pieces, 1)
    }

    #[test]
    fn a_short_line_on_its_own_is_a_heading_only_without_a_mark() {
        assert!(judged("A second ferry", "\n\n"));
        assert!(!judged("So it stayed.", "\n\n"));
        assert!(!judged("and that was all", "\n\n"));
        assert!(!judged("Photo: Jane Doe", "\n\n"));
        assert!(!judged("Read more: a second ferry", "\n\n"));
    }

    #[test]
    fn a_short_line_among_lines_is_no_heading() {
        assert!(!judged("A second ferry", "\n"));
    }
}
