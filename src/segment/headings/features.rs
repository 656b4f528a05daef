//! What tells a sub-heading from a short paragraph, a button or a link: numbers for the ranker.
//!
//! The line model judges each line as body or not and, apart from that, whether body would be a sub-heading; what is
//! known only afterwards is said here: which of the lines around it are the article's, how its paragraphs are set
//! apart, which other lines look alike, and whether its words return in the body.

use rustc_hash::FxHashMap;

use crate::document::{Span, Units, columns, hangul_run, is_alphabetic, is_alphanumeric, length};
use crate::label::{Labels, LineKind, Piece};
use crate::lexicon::cues::Cue;
use crate::lexicon::words::LOWER;

use super::{Bare, FURNITURE, cues, ends_sentence, is_marked};
use crate::segment::captions;
use crate::segment::seams::Seams;
use crate::segment::words::between_blanks;

/// Columns; a longer line is no sub-heading.
const LONGEST: usize = 160;
/// Bytes of a line whose columns are not counted: it is longer than [`LONGEST`].
const LONGEST_BYTES: usize = 4 * LONGEST;
/// Probability of body text, of 255, below which a line that was not taken is no candidate.
const UNLIKELY: u8 = 6;

/// Share of the body's paragraphs that follow a blank line, below which blank lines tell nothing.
const DENSE: f32 = 0.08;

features! {
    /// Probability of body text.
    Body,
    /// Probability of a sub-heading if it is body.
    Crosshead,
    /// Their product.
    Both,
    /// What it was taken for: paragraph, sub-heading, nothing in particular, anything else.
    Kind,
    /// Columns.
    Columns,
    /// Words, by white space.
    Words,
    /// How it ends: letter, sentence, question, colon, comma, bracket, quotation mark, digit.
    End,
    /// How it begins: lower case, capital, digit, mark, dash, quotation mark, bracket.
    Start,
    /// Share of words that begin with a capital.
    Capitals,
    /// Share of digits.
    Digits,
    /// Whether a mark of sections opens it.
    Marked,
    /// Whether the rule for lines without a mark takes it.
    Bare,
    /// The strongest cue of page furniture.
    Furniture,
    /// The strength of a cue for related stories.
    Related,
    /// Whether it holds a credit.
    Credit,
    /// Blank lines before, and after.
    BlankBefore,
    BlankAfter,
    /// Share of the body's paragraphs that a blank line stands before.
    Airy,
    /// The line above: whether it is body, its probability, its columns, whether it ends a sentence, and whether it is a
    /// candidate too.
    AboveIsBody,
    AboveBody,
    AboveColumns,
    AboveEnds,
    AboveIsShort,
    /// The same of the line below.
    BelowIsBody,
    BelowBody,
    BelowColumns,
    BelowEnds,
    BelowIsShort,
    /// Sub-heading probabilities of the lines above and below.
    AboveCrosshead,
    BelowCrosshead,
    /// The second line above and below.
    SecondAbove,
    SecondBelow,
    /// Share of the body's text above.
    Place,
    /// Lines of the body above and below it, in all.
    BodyAbove,
    BodyBelow,
    /// Bytes of body text right below, until the next line that is none or another candidate.
    Stretch,
    /// Lines of the body, and candidates.
    BodyLines,
    Candidates,
    /// The mean of the product for candidates that begin and end alike and are spaced alike, itself left out, and how
    /// many those are.
    AlikeBoth,
    AlikeCount,
    /// The mean of the product for all other candidates.
    OthersBoth,
    /// How often the line is printed in and around the body.
    Printed,
    /// Share of its longer words that return in the body.
    Returns,
    /// Indentation as against the line below.
    Indent,
    /// Whether the text is in a script without capitals.
    Caseless,
    /// Scores of the seams above and below it: whether a paragraph goes on there; low where none was judged.
    SeamAbove,
    SeamBelow,
}

const COUNT: usize = NAMES.len();

/// A line that may be a sub-heading.
pub(crate) struct Candidate {
    /// Index among the pieces that were looked at.
    pub(crate) index: usize,
    /// Whether hardly a paragraph of its page follows a blank line.
    pub(crate) dense: bool,
    /// Its features.
    pub(crate) row: Vec<f32>,
}

/// What is known of a piece.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    body: bool,
    odds: f32,
    crosshead: f32,
    columns: usize,
    ends: bool,
    blank_before: u8,
    indent: u8,
    candidate: bool,
    /// Its outline: what candidates that look alike agree in.
    outline: u32,
}

/// The candidates among `pieces`, which are those in and around the body, and their features.
pub(crate) fn candidates(
    text: &str,
    units: &Units,
    labels: &Labels,
    pieces: &[Piece],
    seams: &Seams,
) -> Vec<Candidate> {
    if labels.crosshead_odds.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<Line> = pieces
        .iter()
        .map(|piece| line(text, units, labels, piece))
        .collect();
    let found: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].candidate).collect();
    for at in &found {
        lines[*at].outline = outline(text, &lines, *at);
    }
    let page = Page {
        text,
        units,
        pieces,
        seams,
        bare: Bare::find(text, units, pieces),
        returns: Returns::find(text, &lines, &found),
        totals: Totals::find(text, &lines, &found),
        printed: printed(text, &lines, &found),
        lines: &lines,
    };
    found
        .into_iter()
        .map(|index| Candidate {
            index,
            dense: page.totals.airy < DENSE,
            row: page.row(index),
        })
        .collect()
}

fn line(text: &str, units: &Units, labels: &Labels, piece: &Piece) -> Line {
    let unit = &units.units[piece.unit as usize];
    let slice = piece.span.of(text);
    let odds = |all: &[u8]| all.get(piece.unit as usize).copied().unwrap_or_default();
    let kind = piece.verdict.kind;
    let body = matches!(kind, LineKind::Body | LineKind::Crosshead);
    let width = if slice.len() > LONGEST_BYTES {
        LONGEST_BYTES
    } else {
        columns(slice)
    };
    let open = kind.is_removed() || matches!(kind, LineKind::Related | LineKind::Section);
    let likely = odds(&labels.body_odds) >= UNLIKELY || is_marked(slice);
    Line {
        span: piece.span,
        body,
        odds: f32::from(odds(&labels.body_odds)) / 255.0,
        crosshead: f32::from(odds(&labels.crosshead_odds)) / 255.0,
        columns: width,
        ends: ends_sentence(slice),
        blank_before: unit.blank_before,
        indent: unit.indent,
        candidate: (body || open && likely)
            && unit.span == piece.span
            && !unit.continues
            && width <= LONGEST
            && slice.contains(is_alphanumeric),
        outline: 0,
    }
}

/// How a line ends, as a small number.
fn end(slice: &str) -> u32 {
    let last = slice.chars().next_back().unwrap_or(' ');
    match last {
        '.' | '!' | '。' | '！' | '…' => 1,
        '?' | '？' => 2,
        ':' | '：' => 3,
        ',' | ';' | '、' | '，' => 4,
        ')' | ']' | '】' | '>' | '）' | '」' | '』' => 5,
        '"' | '”' | '’' | '\'' | '»' | '“' | '«' => 6,
        c if c.is_ascii_digit() => 7,
        c if is_alphabetic(c) => 0,
        _ => 8,
    }
}

/// How a line begins, as a small number.
fn start(slice: &str) -> u32 {
    let first = slice.chars().next().unwrap_or(' ');
    match first {
        c if c.is_lowercase() => 0,
        c if c.is_uppercase() => 1,
        c if c.is_ascii_digit() => 2,
        '-' | '–' | '—' | '―' => 3,
        '"' | '“' | '„' | '«' | '»' | '‘' | '\'' | '「' | '『' => 4,
        '[' | '(' | '<' | '【' | '（' | '〈' | '《' => 5,
        c if is_alphabetic(c) => 6,
        _ => 7,
    }
}

fn outline(text: &str, lines: &[Line], at: usize) -> u32 {
    let slice = lines[at].span.of(text);
    let after = lines.get(at + 1).map_or(1, |line| line.blank_before);
    let ended = u32::from(matches!(end(slice), 1 | 4));
    start(slice) * 8 + ended * 4 + u32::from(lines[at].blank_before > 0) * 2 + u32::from(after > 0)
}

/// What is said of all candidates at once.
struct Totals {
    body_lines: f32,
    airy: f32,
    candidates: f32,
    both: f32,
    /// Of the candidates of each outline: how many, and the sum of their products.
    outlines: FxHashMap<u32, (f32, f32)>,
    /// For each line, the bytes of body above it, and the lines of body.
    above: Vec<(usize, usize)>,
    bytes: usize,
}

impl Totals {
    fn find(text: &str, lines: &[Line], found: &[usize]) -> Self {
        let mut outlines: FxHashMap<u32, (f32, f32)> = FxHashMap::default();
        let mut both = 0.0;
        for at in found {
            let line = &lines[*at];
            let entry = outlines.entry(line.outline).or_default();
            entry.0 += 1.0;
            entry.1 += line.odds * line.crosshead;
            both += line.odds * line.crosshead;
        }
        let (mut bytes, mut count, mut apart) = (0, 0, 0);
        let above = lines
            .iter()
            .map(|line| {
                let so_far = (bytes, count);
                if line.body {
                    bytes += length(line.span.of(text));
                    count += 1;
                    apart += usize::from(line.blank_before > 0);
                }
                so_far
            })
            .collect();
        Self {
            body_lines: count as f32,
            airy: apart as f32 / (count.max(1)) as f32,
            candidates: found.len() as f32,
            both,
            outlines,
            above,
            bytes,
        }
    }
}

/// How many of the body's longer lines hold each word of the candidates.
struct Returns(FxHashMap<u64, u32>);

impl Returns {
    fn find(text: &str, lines: &[Line], found: &[usize]) -> Self {
        let mut words: FxHashMap<u64, u32> = FxHashMap::default();
        for at in found {
            each_stem(lines[*at].span.of(text), |stem| {
                words.insert(stem, 0);
            });
        }
        if !words.is_empty() {
            for line in lines
                .iter()
                .filter(|line| line.body && line.columns > LONGEST / 2)
            {
                each_stem(line.span.of(text), |stem| {
                    if let Some(count) = words.get_mut(&stem) {
                        *count += 1;
                    }
                });
            }
        }
        Self(words)
    }

    fn share(&self, line: &Line, slice: &str) -> f32 {
        let own = u32::from(line.body && line.columns > LONGEST / 2);
        let (mut all, mut back) = (0_u32, 0_u32);
        each_stem(slice, |stem| {
            all += 1;
            back += u32::from(self.0.get(&stem).copied().unwrap_or_default() > own);
        });
        if all == 0 {
            -1.0
        } else {
            back as f32 / all as f32
        }
    }
}

fn printed<'a>(text: &'a str, lines: &[Line], found: &[usize]) -> FxHashMap<&'a str, u32> {
    let mut printed: FxHashMap<&str, u32> = FxHashMap::default();
    for at in found {
        *printed.entry(lines[*at].span.of(text)).or_default() += 1;
    }
    printed
}

/// Bytes of a word by which it is found again.
const STEM: usize = 6;

/// Calls `each` with the first bytes of every longer word, as a number; so a Korean noun is found again under another
/// particle.
fn each_stem(slice: &str, mut each: impl FnMut(u64)) {
    let bytes = slice.as_bytes();
    let mut word = |start: usize, end: usize| {
        if end - start >= STEM - 1 {
            each(stem(&bytes[start..], end - start));
        }
    };
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        if LOWER[usize::from(*byte)] != 0 {
            at += 1;
            continue;
        }
        let syllables = hangul_run(&bytes[at..]);
        if syllables > 0 {
            at += syllables;
            continue;
        }
        let (holds, length) = if byte.is_ascii() {
            (false, 1)
        } else {
            let c = slice[at..].chars().next().unwrap_or(' ');
            (is_alphanumeric(c), c.len_utf8())
        };
        if !holds {
            word(start, at);
            start = at + length;
        }
        at += length;
    }
    word(start, at);
}

/// The first bytes of a word of so many, as a number: in lower case as far as they are of ASCII, for a word holds letters
/// and digits alone.
fn stem(bytes: &[u8], length: usize) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let first = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut first = [0; 8];
        first[..bytes.len()].copy_from_slice(bytes);
        first
    });
    let word = u64::from_be_bytes(first);
    // The bit that small letters and digits have, in each byte of ASCII.
    let lower = word | (!word & HIGH) >> 2;
    lower >> (8 * (8 - length.min(STEM)))
}

/// Everything that the features of a line are read off.
struct Page<'a> {
    text: &'a str,
    units: &'a Units,
    pieces: &'a [Piece],
    seams: &'a Seams,
    lines: &'a [Line],
    bare: Bare<'a>,
    returns: Returns,
    totals: Totals,
    /// How often each candidate is printed.
    printed: FxHashMap<&'a str, u32>,
}

impl Page<'_> {
    fn row(&self, index: usize) -> Vec<f32> {
        let line = &self.lines[index];
        let slice = line.span.of(self.text);
        let mut row = vec![0.0; COUNT];
        let mut set = |feature: Feature, value: f32| row[feature as usize] = value;
        let both = line.odds * line.crosshead;
        set(Feature::Body, line.odds);
        set(Feature::Crosshead, line.crosshead);
        set(Feature::Both, both);
        set(
            Feature::Kind,
            match self.pieces[index].verdict.kind {
                LineKind::Body => 0.0,
                LineKind::Crosshead => 1.0,
                LineKind::Unknown => 2.0,
                _ => 3.0,
            },
        );
        set(Feature::Columns, line.columns as f32);
        let (words, capitals) = between_blanks(slice);
        let words = words.max(1) as f32;
        set(Feature::Words, words);
        set(Feature::End, end(slice) as f32);
        set(Feature::Start, start(slice) as f32);
        set(Feature::Capitals, capitals as f32 / words);
        let digits = slice.bytes().filter(u8::is_ascii_digit).count();
        set(Feature::Digits, digits as f32 / length(slice).max(1) as f32);
        set(Feature::Marked, flag(is_marked(slice)));
        set(
            Feature::Bare,
            flag(self.bare.is_heading(self.pieces, index)),
        );
        let cues = cues(slice);
        let strength = |cue: &Cue| f32::from(cues.strength(*cue, u32::MAX));
        let furniture = FURNITURE.iter().map(strength).fold(0.0, f32::max);
        set(Feature::Furniture, furniture);
        set(Feature::Related, strength(&Cue::Related));
        let credit = captions::credit(slice).is_some() || captions::opens_credit(slice);
        set(
            Feature::Credit,
            flag(credit || slice.contains(['©', 'ⓒ', '@', '|'])),
        );
        set(Feature::BlankBefore, f32::from(line.blank_before.min(4)));
        set(Feature::Airy, self.totals.airy);
        set(
            Feature::Caseless,
            flag(!slice.contains(|c: char| c.is_lowercase() || c.is_uppercase())),
        );
        set(Feature::Returns, self.returns.share(line, slice));
        set(
            Feature::Printed,
            self.printed.get(slice).copied().unwrap_or_default() as f32,
        );
        let seam = |unit: u32| self.seams.above(self.units, unit).unwrap_or(UNJUDGED);
        let unit = self.pieces[index].unit;
        set(Feature::SeamAbove, seam(unit));
        set(Feature::SeamBelow, seam(unit + 1));
        self.set_around(index, &mut set);
        self.set_company(index, both, &mut set);
        row
    }

    /// What stands above and below.
    fn set_around(&self, index: usize, set: &mut impl FnMut(Feature, f32)) {
        let line = &self.lines[index];
        let above = |by: usize| index.checked_sub(by).and_then(|at| self.lines.get(at));
        let below = |by: usize| self.lines.get(index + by);
        let second = |line: Option<&Line>| {
            line.map_or(-1.0, |line| flag(line.body) + flag(line.columns > LONGEST))
        };
        if let Some(other) = above(1) {
            set(Feature::AboveIsBody, flag(other.body));
            set(Feature::AboveBody, other.odds);
            set(Feature::AboveColumns, other.columns as f32);
            set(Feature::AboveEnds, flag(other.ends));
            set(Feature::AboveIsShort, flag(other.candidate));
            set(Feature::AboveCrosshead, other.odds * other.crosshead);
        }
        set(Feature::SecondAbove, second(above(2)));
        if let Some(other) = below(1) {
            set(Feature::BlankAfter, f32::from(other.blank_before.min(4)));
            set(Feature::BelowIsBody, flag(other.body));
            set(Feature::BelowBody, other.odds);
            set(Feature::BelowColumns, other.columns as f32);
            set(Feature::BelowEnds, flag(other.ends));
            set(Feature::BelowIsShort, flag(other.candidate));
            set(Feature::BelowCrosshead, other.odds * other.crosshead);
            set(
                Feature::Indent,
                f32::from(line.indent) - f32::from(other.indent),
            );
        }
        set(Feature::SecondBelow, second(below(2)));
        let stretch = self.lines[index + 1..]
            .iter()
            .take(STRETCH)
            .take_while(|other| other.body && !other.candidate)
            .map(|other| length(other.span.of(self.text)))
            .sum::<usize>();
        set(Feature::Stretch, stretch as f32);
    }

    /// Where it stands in the body, and what other candidates are.
    fn set_company(&self, index: usize, both: f32, set: &mut impl FnMut(Feature, f32)) {
        let line = &self.lines[index];
        let totals = &self.totals;
        let (bytes, count) = totals.above[index];
        set(Feature::Place, bytes as f32 / totals.bytes.max(1) as f32);
        set(Feature::BodyAbove, count as f32);
        set(
            Feature::BodyBelow,
            totals.body_lines - count as f32 - flag(line.body),
        );
        set(Feature::BodyLines, totals.body_lines);
        set(Feature::Candidates, totals.candidates);
        let mean = |(count, sum): (f32, f32)| {
            if count > 1.0 {
                (sum - both) / (count - 1.0)
            } else {
                -1.0
            }
        };
        let alike = totals
            .outlines
            .get(&line.outline)
            .copied()
            .unwrap_or_default();
        set(Feature::AlikeBoth, mean(alike));
        set(Feature::AlikeCount, alike.0 - 1.0);
        set(Feature::OthersBoth, mean((totals.candidates, totals.both)));
    }
}

/// Stands for the score of a seam that was not judged.
const UNJUDGED: f32 = -9.0;

/// Lines below a candidate that are looked at for the text it stands over.
const STRETCH: usize = 12;

fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

#[cfg(test)]
mod tests {
    use super::{NAMES, candidates, each_stem, end, start};
    use crate::label::{Labels, LineKind, Reason, Verdict};
    use crate::segment::seams::Seams;
    use crate::segment::{Weights, near_body};

    const PARAGRAPH: &str = "The ferry sailed at dawn, and nobody had waited for it on the quay, for it was cold and the second \
                             ferry, which the harbour board had promised, was to sail at noon.";

    fn odds(heading: &str, crosshead: u8) -> Vec<f32> {
        let text =
            format!("{PARAGRAPH}\n\n{PARAGRAPH}\n\n{heading}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n");
        let units = crate::layout::units(&text);
        let count = units.units.len();
        let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 90);
        let mut labels = Labels::new(&units, vec![verdict; count]);
        labels.body_odds = vec![240; count];
        labels.crosshead_odds = vec![3; count];
        labels.crosshead_odds[2] = crosshead;
        let ranker = &Weights::shipped().heading;
        candidates(
            &text,
            &units,
            &labels,
            near_body(&labels),
            &Seams::default(),
        )
        .into_iter()
        .map(|candidate| ranker.score(&candidate.row))
        .collect()
    }

    #[test]
    fn a_short_line_between_paragraphs_is_a_candidate_and_no_paragraph_is_one() {
        assert_eq!(odds("A second ferry", 200).len(), 1);
    }

    #[test]
    fn what_the_line_model_says_counts() {
        assert!(odds("A second ferry", 240)[0] > odds("So it was, and so it stayed.", 3)[0]);
    }

    #[test]
    fn lines_are_told_apart_by_their_ends() {
        assert_eq!((start("„Wir"), start("wir"), start("3. Teil")), (4, 0, 2));
        assert_eq!((end("dort."), end("dort?"), end("dort")), (1, 2, 0));
    }

    #[test]
    fn a_stem_is_the_first_bytes_in_lower_case() {
        let stems = |text| {
            let mut stems = Vec::new();
            each_stem(text, |stem| stems.push(stem));
            stems
        };
        assert_eq!(stems("HARBOUR: \"tide\" Tides"), stems("harbours, a tides"));
        assert_eq!(stems("항구에서"), stems("항구를 배"));
        assert_ne!(stems("Pier2"), stems("Pier20"));
        assert_eq!(stems("Élan")[0], u64::from_be_bytes(*b"\0\0\0\xc3\x89lan"));
    }

    #[test]
    fn the_shipped_ranker_knows_the_features_of_this_version() {
        let ranker = &Weights::shipped().heading;
        assert!(!ranker.is_empty());
        assert!(ranker.features().eq(NAMES.iter().copied()));
    }
}
