//! What tells a seam inside a paragraph from one between two: numbers for the ranker.

use crate::document::{Measure, Span, Units, is_alphabetic, is_alphanumeric};
use crate::label::{Labels, LineKind};
use crate::lexicon::words::{FunctionWords, WordHasher};
use crate::segment::words::between_blanks;
use crate::segment::{near_body, spaces};

/// Bytes; a line that was not taken for body text is no torn-out part of it if it is longer.
const TORN_BYTES: usize = 160;
/// Bytes of a line that are counted at most.
const COUNTED_BYTES: usize = 600;
/// So many lines must go on with the one before, or have been joined by layout, before seams are looked at.
const EVIDENCE: usize = 2;
/// Lines of a unit that are looked at on each side of a seam.
const FARTHEST: u32 = 40;
/// Lines from which on those that no sentence ends on tell how a page was measured.
const FEWEST_CUT: usize = 3;
/// Columns from which on a line is no heading, though no sentence ends on it.
const LONG: usize = 60;
/// Of so many lines fewer than one is blank on pages without blank lines.
const FEW_BLANKS: usize = 12;

features! {
    /// Whether layout joined the lines.
    Joined,
    /// Blank lines between.
    Blank,
    /// The line above: columns, words, how it begins and ends, whether it ends a sentence, what it was taken for, its
    /// probabilities of body text and of a sub-heading.
    AboveColumns,
    AboveWords,
    AboveStart,
    AboveEnd,
    AboveEnds,
    AboveKind,
    AboveBody,
    AboveCrosshead,
    /// Whether its last word is one of the most frequent ones, and its columns.
    AboveLastFrequent,
    AboveLastColumns,
    /// The same of the line below.
    BelowColumns,
    BelowWords,
    BelowStart,
    BelowEnd,
    BelowEnds,
    BelowKind,
    BelowBody,
    BelowCrosshead,
    /// Whether its first word is one of the most frequent ones.
    BelowFirstFrequent,
    /// Share of its words that begin with a capital, and of its digits.
    BelowCapitals,
    BelowDigits,
    /// The second line above: whether it is body, whether it ends a sentence, its columns.
    SecondAboveKind,
    SecondAboveEnds,
    SecondAboveColumns,
    /// The second line below: what it was taken for, how it begins, its columns, blank lines before it.
    SecondBelowKind,
    SecondBelowStart,
    SecondBelowColumns,
    SecondBelowBlank,
    SecondBelowEnds,
    /// What layout joined before the seam: columns and lines.
    SoFarColumns,
    SoFarLines,
    /// Lines and columns of what layout joined below the seam.
    ToComeLines,
    ToComeColumns,
    /// Whether a quotation or a bracket stands open.
    Quoted,
    Bracketed,
    /// Columns by which the next word would have stayed within the right edge of the body; negative where it would not
    /// have.
    Room,
    /// The columns of the line above by those of the right edge.
    Filled,
    /// Indentation of the line below as against the line above, and of the line above as against the second above.
    Indent,
    IndentAbove,
    /// Whether the line below has no letter with an upper case.
    Caseless,
    /// Of the page's body: shares of lines that layout joined, that begin in lower case, that end a sentence, that follow
    /// a blank line; its right edge; the columns of its middle line; its lines.
    PageJoined,
    PageLow,
    PageEnds,
    PageBlank,
    PageRight,
    PageMiddle,
    PageLines,
}

const COUNT: usize = NAMES.len();

/// A seam that a paragraph may go on at.
pub(crate) struct Candidate {
    /// Index of the part below it among the parts of all units.
    pub(crate) part: u32,
    /// Whether layout joined it.
    pub(crate) joined: bool,
    /// Whether a large initial stands below it, which opens a paragraph whatever stands above.
    pub(super) opens: bool,
    /// Its features.
    pub(crate) row: Vec<f32>,
}

/// A part of a piece in or around the body.
struct Line {
    part: u32,
    unit: u32,
    span: Span,
    /// Whether it begins and ends as its part does.
    begins: bool,
    ends_part: bool,
    kind: Kind,
    columns: usize,
    indent: usize,
    blank: u8,
    start: u32,
    end: u32,
    ends: bool,
    /// Whether it is a large initial, torn off the word below.
    opens: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Body,
    Crosshead,
    /// Nothing in particular, or removed.
    Open,
    /// Something else that is known.
    Else,
}

impl Kind {
    const fn of(kind: LineKind) -> Self {
        match kind {
            LineKind::Body => Self::Body,
            LineKind::Crosshead => Self::Crosshead,
            LineKind::Related | LineKind::Section => Self::Open,
            kind if kind.is_removed() => Self::Open,
            _ => Self::Else,
        }
    }

    const fn is_text(self) -> bool {
        matches!(self, Self::Body | Self::Crosshead)
    }
}

/// The seams in and around the body, in reading order, where its page is wrapped or torn.
pub(crate) fn candidates(text: &str, units: &Units, labels: &Labels) -> Vec<Candidate> {
    let mut lines = lines(text, units, labels);
    if !is_broken(units, &lines) {
        return Vec::new();
    }
    let measure = measure(text, &lines);
    if measure == Measure::Chars {
        for line in &mut lines {
            line.columns = width(measure, line.span.of(text));
        }
    }
    let seams = (1..lines.len()).filter(|at| may_go_on(units, &lines[*at - 1], &lines[*at]));
    let page = Page::new(text, units, labels, &lines, measure);
    seams
        .map(|at| Candidate {
            part: lines[at].part,
            joined: lines[at - 1].unit == lines[at].unit,
            opens: lines[at].opens,
            row: page.row(at),
        })
        .collect()
}

fn lines(text: &str, units: &Units, labels: &Labels) -> Vec<Line> {
    let mut lines = Vec::new();
    for piece in near_body(labels) {
        let unit = &units.units[piece.unit as usize];
        let kind = Kind::of(piece.verdict.kind);
        for part in unit.parts.0..unit.parts.1 {
            let whole = units.parts[part as usize].span;
            let Some(span) = whole.intersect(piece.span).filter(|span| !span.is_empty()) else {
                continue;
            };
            let slice = span.of(text);
            lines.push(Line {
                part,
                unit: piece.unit,
                span,
                begins: span.start == whole.start,
                ends_part: span.end == whole.end,
                kind,
                columns: width(Measure::Columns, slice),
                indent: indent(text, whole.start as usize),
                blank: if part == unit.parts.0 {
                    unit.blank_before
                } else {
                    0
                },
                start: start(slice),
                end: end(slice),
                ends: ends_sentence(slice),
                opens: slice.len() == 1 && part + 1 < unit.parts.1 && {
                    let word = units.parts[part as usize + 1];
                    spaces::is_initial_of(text, labels.language, span, word)
                },
            });
        }
    }
    lines
}

/// The width of a line or word; of a very long line, its bytes.
fn width(measure: Measure, slice: &str) -> usize {
    if slice.len() > COUNTED_BYTES {
        slice.len()
    } else {
        measure.of(slice)
    }
}

/// The measure by which the lines of the body that no sentence ends on are most alike.
fn measure(text: &str, lines: &[Line]) -> Measure {
    let cut = lines
        .iter()
        .filter(|line| line.kind.is_text() && !line.ends);
    let (columns, chars): (Vec<usize>, Vec<usize>) = cut
        .map(|line| (line.columns, width(Measure::Chars, line.span.of(text))))
        .unzip();
    if columns.len() < FEWEST_CUT || spread(&columns) <= spread(&chars) {
        Measure::Columns
    } else {
        Measure::Chars
    }
}

/// How far widths lie from their mean, as a share of it.
fn spread(widths: &[usize]) -> f32 {
    let mean = widths.iter().sum::<usize>() / widths.len();
    let apart: usize = widths.iter().map(|width| width.abs_diff(mean)).sum();
    apart as f32 / (mean.max(1) * widths.len()) as f32
}

/// Columns of white space before a part on its line, as far as they count.
fn indent(text: &str, start: usize) -> usize {
    let head = text.as_bytes()[..start].iter().rev().take(60);
    head.take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Whether lines of the body go on with the ones before, or blank lines are so few that they might.
fn is_broken(units: &Units, lines: &[Line]) -> bool {
    let text = lines.iter().filter(|line| line.kind.is_text()).count();
    let blank = lines.iter().filter(|line| line.blank > 0).count();
    if blank * FEW_BLANKS < text {
        return true;
    }
    let goes_on = |pair: &&[Line]| {
        let (above, below) = (&pair[0], &pair[1]);
        above.kind.is_text()
            && below.kind.is_text()
            && (above.unit == below.unit && above.part != below.part
                || below.blank == 0
                    && !units.units[below.unit as usize].continues
                    && !above.ends
                    && (matches!(below.start, LOW | CLOSES)
                        || below.start == CASELESS && above.columns >= LONG))
    };
    lines.windows(2).filter(goes_on).take(EVIDENCE).count() == EVIDENCE
}

/// Whether a paragraph may go on from one line to the next.
fn may_go_on(units: &Units, above: &Line, below: &Line) -> bool {
    let text = above.kind.is_text() && below.kind.is_text();
    let torn = |line: &Line| line.kind == Kind::Open && line.span.len() <= TORN_BYTES;
    let beside = above.kind.is_text() && torn(below) || torn(above) && below.kind.is_text();
    above.ends_part
        && below.begins
        && below.start != BULLET
        && above.part != below.part
        && !units.units[below.unit as usize].continues
        && (text && (below.blank == 0 || below.blank <= 2 && !above.ends)
            || beside && below.blank == 0 && above.unit != below.unit)
}

/// A line that begins in lower case, or with a mark that closes something.
const LOW: u32 = 0;
const CLOSES: u32 = 8;
/// One that begins with a letter of a script without capitals.
const CASELESS: u32 = 9;
/// One that begins with the mark of an item, which is a paragraph of its own.
const BULLET: u32 = 7;

/// How a line begins, as a small number.
fn start(slice: &str) -> u32 {
    match slice.chars().next().unwrap_or(' ') {
        c if c.is_lowercase() => LOW,
        c if c.is_uppercase() => 1,
        c if c.is_ascii_digit() => 2,
        '-' | '–' | '—' | '―' => 3,
        '"' | '\'' => 4,
        '“' | '„' | '«' | '‘' | '「' | '『' => 5,
        '[' | '(' | '<' | '【' | '（' | '〈' | '《' => 6,
        '•'
        | '◦'
        | '▪'
        | '‣'
        | '∙'
        | '●'
        | '*'
        | '+'
        | 'ㆍ'
        | '·'
        | '■'
        | '□'
        | '◆'
        | '◇'
        | '▶'
        | '▲'
        | '△'
        | '※'
        | '○'
        | '①'..='⑳' => BULLET,
        ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’' | '»' | '，' | '。' | '、'
        | '」' | '』' | '）' => CLOSES,
        c if is_alphabetic(c) => CASELESS,
        _ => 10,
    }
}

/// How a line ends, as a small number.
fn end(slice: &str) -> u32 {
    match slice.chars().next_back().unwrap_or(' ') {
        '.' | '。' | '…' => 1,
        '?' | '？' | '!' | '！' => 2,
        ':' | '：' => 3,
        ',' | '、' | '，' => 4,
        ';' | '；' => 5,
        ')' | ']' | '】' | '>' | '）' => 6,
        '"' | '\'' => 7,
        '”' | '’' | '»' | '」' | '』' => 8,
        '(' | '[' | '„' | '「' | '『' | '“' | '«' | '‘' => 9,
        '-' | '–' | '—' | '/' | '&' | '\u{ad}' => 10,
        c if c.is_ascii_digit() => 11,
        c if c.is_lowercase() => 0,
        c if c.is_uppercase() => 12,
        c if is_alphabetic(c) => 13,
        _ => 14,
    }
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '“', '’', '»', ')', ']', '」', '』', '）'])
        .ends_with(['.', '!', '?', '。', '！', '？', '…'])
}

/// Everything that the features of a seam are read off.
struct Page<'a> {
    text: &'a str,
    units: &'a Units,
    labels: &'a Labels,
    lines: &'a [Line],
    measure: Measure,
    words: &'static FunctionWords,
    /// The bit of the page's language among those that the words are of; all bits where it is not known.
    language: u64,
    joined: f32,
    low: f32,
    ends: f32,
    blank: f32,
    right: usize,
    middle: usize,
    count: f32,
}

impl<'a> Page<'a> {
    fn new(
        text: &'a str,
        units: &'a Units,
        labels: &'a Labels,
        lines: &'a [Line],
        measure: Measure,
    ) -> Self {
        let body = || lines.iter().filter(|line| line.kind.is_text());
        let count = body().count().max(1) as f32;
        let share = |of: usize| of as f32 / count;
        let parts = |line: &Line| units.units[line.unit as usize].parts;
        let mut widths: Vec<usize> = body().map(|line| line.columns).collect();
        widths.sort_unstable();
        // Where lines were cut at a right edge, few are longer, as a word or an address may be.
        let mut edges: Vec<usize> = body().map(|line| line.indent + line.columns).collect();
        edges.sort_unstable();
        let words = FunctionWords::shipped();
        let language = words.bit(labels.language);
        Self {
            text,
            units,
            labels,
            lines,
            measure,
            words,
            language: language.map_or(u64::MAX, |bit| 1 << bit),
            joined: share(body().filter(|line| line.part != parts(line).0).count()),
            low: share(body().filter(|line| line.start == LOW).count()),
            ends: share(body().filter(|line| line.ends).count()),
            blank: share(body().filter(|line| line.blank > 0).count()),
            right: edges
                .get(edges.len() * 19 / 20)
                .copied()
                .unwrap_or_default(),
            middle: widths.get(widths.len() / 2).copied().unwrap_or_default(),
            count,
        }
    }

    fn odds(&self, line: &Line) -> (f32, f32) {
        let of = |all: &[u8]| f32::from(all.get(line.unit as usize).copied().unwrap_or_default());
        let body = of(&self.labels.body_odds) / 255.0;
        (body, of(&self.labels.crosshead_odds) / 255.0)
    }

    fn is_frequent(&self, word: &str) -> f32 {
        let word = word.trim_matches(|c: char| !is_alphanumeric(c));
        let mut hasher = WordHasher::default();
        word.chars().take(12).for_each(|c| hasher.push_char(c));
        flag(self.words.languages(hasher.finish()) & self.language != 0)
    }

    fn row(&self, at: usize) -> Vec<f32> {
        let mut row = vec![0.0; COUNT];
        let mut set = |feature: Feature, value: f32| row[feature as usize] = value;
        let (above, below) = (&self.lines[at - 1], &self.lines[at]);
        set(Feature::Joined, flag(above.unit == below.unit));
        set(Feature::Blank, f32::from(below.blank.min(3)));
        self.set_lines(above, below, &mut set);
        self.set_around(at, &mut set);
        self.set_unit(above, below, &mut set);
        set(Feature::PageJoined, self.joined);
        set(Feature::PageLow, self.low);
        set(Feature::PageEnds, self.ends);
        set(Feature::PageBlank, self.blank);
        set(Feature::PageRight, self.right as f32);
        set(Feature::PageMiddle, self.middle as f32);
        set(Feature::PageLines, self.count);
        row
    }

    /// What the two lines show.
    fn set_lines(&self, above: &Line, below: &Line, set: &mut impl FnMut(Feature, f32)) {
        let (a, b) = (above.span.of(self.text), below.span.of(self.text));
        let last = a.rsplit(char::is_whitespace).next().unwrap_or("");
        let first = b.split(char::is_whitespace).next().unwrap_or("");
        set(Feature::AboveColumns, above.columns as f32);
        set(Feature::AboveWords, words(a));
        set(Feature::AboveStart, above.start as f32);
        set(Feature::AboveEnd, above.end as f32);
        set(Feature::AboveEnds, flag(above.ends));
        set(Feature::AboveKind, above.kind as u8 as f32);
        let (body, crosshead) = self.odds(above);
        set(Feature::AboveBody, body);
        set(Feature::AboveCrosshead, crosshead);
        set(Feature::AboveLastFrequent, self.is_frequent(last));
        set(Feature::AboveLastColumns, width(self.measure, last) as f32);
        set(Feature::BelowColumns, below.columns as f32);
        let (count, capitals) = between_blanks(b);
        let count = count.max(1) as f32;
        set(Feature::BelowWords, count);
        set(Feature::BelowStart, below.start as f32);
        set(Feature::BelowEnd, below.end as f32);
        set(Feature::BelowEnds, flag(below.ends));
        set(Feature::BelowKind, below.kind as u8 as f32);
        let (body, crosshead) = self.odds(below);
        set(Feature::BelowBody, body);
        set(Feature::BelowCrosshead, crosshead);
        set(Feature::BelowFirstFrequent, self.is_frequent(first));
        set(Feature::BelowCapitals, capitals as f32 / count);
        let digits = b.bytes().filter(u8::is_ascii_digit).count();
        set(Feature::BelowDigits, digits as f32 / b.len().max(1) as f32);
        let caseless = !b.contains(|c: char| c.is_lowercase() || c.is_uppercase());
        set(Feature::Caseless, flag(caseless));
        let edge = (above.indent + above.columns) as f32;
        set(
            Feature::Room,
            (self.right as f32 - edge - 1.0 - width(self.measure, first) as f32)
                .clamp(-80.0, 200.0),
        );
        set(Feature::Filled, edge / self.right.max(1) as f32);
        set(Feature::Indent, below.indent as f32 - above.indent as f32);
    }

    /// The lines around the two.
    fn set_around(&self, at: usize, set: &mut impl FnMut(Feature, f32)) {
        set(Feature::SecondAboveKind, -1.0);
        set(Feature::SecondBelowKind, -1.0);
        if let Some(line) = at.checked_sub(2).map(|at| &self.lines[at]) {
            set(Feature::SecondAboveKind, line.kind as u8 as f32);
            set(Feature::SecondAboveEnds, flag(line.ends));
            set(Feature::SecondAboveColumns, line.columns as f32);
            let above = &self.lines[at - 1];
            set(
                Feature::IndentAbove,
                above.indent as f32 - line.indent as f32,
            );
        }
        if let Some(line) = self.lines.get(at + 1) {
            set(Feature::SecondBelowKind, line.kind as u8 as f32);
            set(Feature::SecondBelowStart, line.start as f32);
            set(Feature::SecondBelowColumns, line.columns as f32);
            set(Feature::SecondBelowBlank, f32::from(line.blank.min(3)));
            set(Feature::SecondBelowEnds, flag(line.ends));
        }
    }

    /// What layout joined above and below.
    fn set_unit(&self, above: &Line, below: &Line, set: &mut impl FnMut(Feature, f32)) {
        let first = self.units.units[above.unit as usize].parts.0;
        let first = first.max((above.part + 1).saturating_sub(FARTHEST));
        let so_far = &self.units.parts[first as usize..=above.part as usize];
        let bytes: usize = so_far.iter().map(|part| part.span.len()).sum();
        set(Feature::SoFarColumns, bytes as f32);
        set(Feature::SoFarLines, so_far.len() as f32);
        let (mut quotes, mut brackets) = (0_i32, 0_i32);
        for part in so_far {
            for byte in part.span.of(self.text).bytes() {
                quotes += i32::from(byte == b'"');
                brackets += i32::from(byte == b'(') - i32::from(byte == b')');
            }
        }
        set(Feature::Quoted, (quotes % 2) as f32);
        set(Feature::Bracketed, brackets.clamp(-1, 1) as f32);
        let last = self.units.units[below.unit as usize].parts.1;
        let last = last.min(below.part + FARTHEST);
        let to_come = &self.units.parts[below.part as usize..last as usize];
        let bytes: usize = to_come.iter().map(|part| part.span.len()).sum();
        set(Feature::ToComeLines, to_come.len() as f32);
        set(Feature::ToComeColumns, bytes as f32);
    }
}

fn words(slice: &str) -> f32 {
    between_blanks(slice).0.max(1) as f32
}

fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

#[cfg(test)]
mod tests {
    use super::{Kind, Line, Measure, measure, width};
    use crate::document::Span;

    /// The measure of a body of such lines, on which no sentence ends.
    fn measured(lines: &[&str]) -> Measure {
        let text = lines.join("\n");
        let mut from = 0;
        let line = |slice: &&str| {
            let span = Span::at(from, from + slice.len());
            from += slice.len() + 1;
            Line {
                part: 0,
                unit: 0,
                span,
                begins: true,
                ends_part: true,
                kind: Kind::Body,
                columns: width(Measure::Columns, slice),
                indent: 0,
                blank: 0,
                start: super::start(slice),
                end: super::end(slice),
                ends: super::ends_sentence(slice),
                opens: false,
            }
        };
        let lines: Vec<Line> = lines.iter().map(line).collect();
        measure(&text, &lines)
    }

    #[test]
    fn a_page_is_measured_as_its_lines_were_cut() {
        // About twenty characters each, of more and of fewer columns.
        let by_chars = [
            "배는 매일 새벽 항구를 떠난다고 했고",
            "KTX 3호 편은 10시 20분에 서고",
            "조합원은 아무도 기다리지 않는다고 말",
        ];
        assert_eq!(measured(&by_chars), Measure::Chars);
        // About thirty columns each.
        let by_columns = [
            "배는 매일 새벽 항구를 떠난다고",
            "KTX 3호 편은 10시 20분에 서고 또",
            "조합원은 아무도 기다리지 않는",
        ];
        assert_eq!(measured(&by_columns), Measure::Columns);
        assert_eq!(measured(&by_chars[..2]), Measure::Columns);
        assert_eq!(
            measured(&["The ferry sails at", "dawn, and nobody", "waits for one"]),
            Measure::Columns
        );
    }
}
