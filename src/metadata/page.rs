//! The page as the metadata stage looks at it: cheap facts of every unit, and where the article's body runs.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use crate::document::{
    Span, Units, fold, hangul_run, is_alphanumeric, is_blank, is_clean, remains,
};
use crate::label::{Labels, LineKind, Verdict};
use crate::lexicon::words::LOWER;

use super::words::each_word;

/// What a unit that is not article text costs a run that spans it, in bytes; an advertisement of a dozen short lines
/// does not break a run, a menu of a hundred does.
const GAP_COST: i64 = 24;
/// The bytes up to which a paragraph counts for a run.
const PARAGRAPH_CAP: i64 = 400;
/// Bytes of a unit that its facts look at.
const FACT_BYTES: usize = 240;
/// Bytes of a Hangul syllable.
const SYLLABLE: usize = 3;
/// Units between the first print of a story and the second, or between paragraphs of that one.
const AGAIN: usize = 24;
/// Bytes of the shortest paragraph by which a second print is known.
const PARAGRAPH: usize = 60;
/// Bytes of the body whose words are remembered.
const LEDE_BYTES: usize = 6000;

/// Cheap facts of a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// What the line model took it for.
    pub(super) kind: LineKind,
    /// Characters, at most those of the first [`FACT_BYTES`] bytes.
    pub(super) chars: u16,
    /// Words; two characters of a script without spaces count as one.
    pub(super) words: u16,
    /// Hash of its letters and digits in lower case.
    pub(super) hash: u64,
    /// Whether it holds a digit.
    pub(super) digit: bool,
    /// Log-odds of being the headline by the line model, for ranking.
    pub(super) odds: f32,
    /// Probability of being article text by the line model, 0 to 1.
    pub(super) body: f32,
    /// The same as the model gave it, whatever the verdict, and of being a sub-heading: 0 to 1, for ranking.
    pub(super) text: f32,
    pub(super) crosshead: f32,
}

/// Bytes of the body for each other word there, about: what is made room for at once is not moved when it grows.
const WORD_BYTES: usize = 10;

/// How the words of a line return in the body's beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Overlap {
    /// The share of its words that another unit there holds, and that three units hold.
    pub(super) share: f32,
    pub(super) often: f32,
    /// How many words it has.
    pub(super) words: usize,
}

/// The page and what was found out about it at once.
pub(super) struct Page<'a> {
    /// The document text.
    pub(super) text: &'a str,
    /// Its units.
    pub(super) units: &'a Units,
    /// The hulls of the units.
    spans: Vec<Span>,
    /// Their texts, white space folded, as far as they were asked for.
    lines: Vec<OnceCell<Cow<'a, str>>>,
    /// One for each unit.
    pub(super) facts: Vec<Facts>,
    /// The units from the first to the last paragraph of the main run; empty where there is no article.
    pub(super) body: Range<usize>,
    /// The first unit below the story: the end of the body, or of its second print.
    pub(super) foot: usize,
    /// The first unit below the fields that a scraper wrote above the text; 0 where it wrote none.
    pub(super) top: usize,
    /// Language of the body, the primary subtag alone.
    pub(super) language: &'a str,
    /// How often each hash of a unit occurs.
    repeats: FxHashMap<u64, u16>,
    /// Words of the body's beginning: in how many units each stands, and in which it was seen last.
    words: FxHashMap<u64, (u16, u32)>,
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str, units: &'a Units, labels: &Labels) -> Self {
        let count = units.units.len();
        let mut verdicts = vec![(None, 0_usize); count];
        for piece in &labels.pieces {
            if let Some(slot) = verdicts.get_mut(piece.unit as usize)
                && piece.span.len() > slot.1
            {
                *slot = (Some(piece.verdict), piece.span.len());
            }
        }
        let mut spans: Vec<Span> = Vec::with_capacity(count);
        let mut facts: Vec<Facts> = Vec::with_capacity(count);
        let mut repeats = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        for (i, (unit, (verdict, _))) in units.units.iter().zip(verdicts).enumerate() {
            let first = labels.first_print.get(i).map_or(i, |first| *first as usize);
            let (span, print) = if first < i {
                let (start, before) = (units.units[first].span.start, spans[first]);
                let at = |end: u32| unit.span.start + (end - start);
                let span = Span::new(at(before.start), at(before.end));
                (span, facts[first].print())
            } else {
                let span = without_remains(text, unit.span);
                (span, Print::of(span.of(text)))
            };
            if span.len() < FACT_BYTES {
                let n: &mut u16 = repeats.entry(print.hash).or_default();
                *n = n.saturating_add(1);
            }
            spans.push(span);
            facts.push(Facts::new(labels, i, verdict, print));
        }
        let body = main_run(units, &facts);
        let foot = foot(&body, &labels.first_print, &spans);
        let mut page = Self {
            text,
            units,
            spans,
            lines: vec![OnceCell::new(); count],
            facts,
            body,
            foot,
            top: 0,
            language: labels.language.split('-').next().unwrap_or("und"),
            repeats,
            words: FxHashMap::default(),
        };
        page.words = page.lede_words();
        page
    }

    /// The page whose story begins below byte `top`, where the fields end that a scraper wrote above it.
    pub(super) fn below(mut self, top: u32) -> Self {
        self.top = self
            .units
            .units
            .partition_point(|unit| unit.span.end <= top);
        self
    }

    /// The text of unit `i` as it stands, line ends inside it included.
    pub(super) fn raw(&self, i: usize) -> &'a str {
        self.span(i).of(self.text)
    }

    /// The same without white space at its ends.
    pub(super) fn trimmed(&self, i: usize) -> &'a str {
        let raw = self.raw(i);
        if is_clean(raw) { raw } else { raw.trim() }
    }

    /// The hull of unit `i`, what is left of elements at its ends left out: `(BUTTON) Von Anna Holm`.
    pub(super) fn span(&self, i: usize) -> Span {
        self.spans[i]
    }

    /// The text of unit `i`, white space folded.
    #[inline]
    pub(super) fn line(&self, i: usize) -> Cow<'a, str> {
        self.lines[i].get_or_init(|| self.folded(i)).clone()
    }

    fn folded(&self, i: usize) -> Cow<'a, str> {
        if self.spans[i] == self.units.units[i].span {
            return self.units.line(self.text, i);
        }
        Cow::Owned(fold(
            self.text,
            self.units.parts_within(self.text, i, self.spans[i]),
        ))
    }

    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// How often a unit of the page has the letters and digits of `text`.
    pub(super) fn prints(&self, text: &str) -> u16 {
        let hash = Print::of(text).hash;
        self.repeats.get(&hash).copied().unwrap_or_default()
    }

    /// How often the text of unit `i` is printed on the page.
    pub(super) fn repeats(&self, i: usize) -> u16 {
        self.repeats.get(&self.facts[i].hash).copied().unwrap_or(1)
    }

    /// What the words of `text`, which is of unit `unit`, have to do with the body's beginning.
    pub(super) fn overlap(&self, unit: usize, text: &str) -> Overlap {
        let (mut all, mut known, mut often) = (0_usize, 0_usize, 0_usize);
        each_word(text, |hash| {
            all += 1;
            if let Some((count, last)) = self.words.get(&hash) {
                known += usize::from(*count > 1 || *last != unit as u32);
                often += usize::from(*count > 2);
            }
        });
        let share = |n: usize| n as f32 / all.max(1) as f32;
        Overlap {
            share: share(known),
            often: share(often),
            words: all,
        }
    }

    fn lede_words(&self) -> FxHashMap<u64, (u16, u32)> {
        let bytes = self.body.clone().map(|i| self.span(i).len());
        let bytes = bytes.sum::<usize>().min(LEDE_BYTES);
        let mut words: FxHashMap<u64, (u16, u32)> =
            FxHashMap::with_capacity_and_hasher(bytes / WORD_BYTES, FxBuildHasher);
        let mut left = LEDE_BYTES;
        for i in self.body.clone() {
            if !matches!(self.facts[i].kind, LineKind::Body | LineKind::Caption) {
                continue;
            }
            let raw = self.raw(i);
            each_word(raw, |hash| {
                let entry = words.entry(hash).or_insert((0, u32::MAX));
                if entry.1 != i as u32 {
                    *entry = (entry.0.saturating_add(1), i as u32);
                }
            });
            left = left.saturating_sub(raw.len());
            if left == 0 {
                break;
            }
        }
        words
    }
}

/// `span` without what is left of elements at its ends, unless it is nothing else.
fn without_remains(text: &str, span: Span) -> Span {
    match remains::between(span.of(text)) {
        Some(left) if !left.is_empty() => {
            Span::new(span.start + left.start as u32, span.start + left.end as u32)
        }
        _ => span,
    }
}

/// Whether a character belongs to a script written without spaces.
pub(super) fn is_dense(c: char) -> bool {
    matches!(u32::from(c), 0xe00..=0xeff | 0x1000..=0x109f | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff)
}

impl Facts {
    fn new(labels: &Labels, unit: usize, verdict: Option<Verdict>, print: Print) -> Self {
        let kind = verdict.map_or(LineKind::Unknown, |verdict| verdict.kind);
        let sure = verdict.map_or(0.0, |verdict| f32::from(verdict.confidence) / 100.0);
        let odds = labels.headline_odds.get(unit).copied().unwrap_or_default();
        let share = |odds: &[u8]| f32::from(odds.get(unit).copied().unwrap_or_default()) / 255.0;
        Self {
            kind,
            chars: print.chars,
            words: print.words,
            hash: print.hash,
            digit: print.digit,
            odds: odds as f32 / 256.0,
            body: if kind == LineKind::Body {
                sure
            } else {
                1.0 - sure
            },
            text: share(&labels.body_odds),
            crosshead: share(&labels.crosshead_odds),
        }
    }

    /// What its letters say of it: the same for a unit that has the same text.
    fn print(&self) -> Print {
        Print {
            chars: self.chars,
            words: self.words,
            hash: self.hash,
            digit: self.digit,
        }
    }
}

/// What the first [`FACT_BYTES`] bytes of a line say of it.
struct Print {
    chars: u16,
    words: u16,
    hash: u64,
    digit: bool,
}

impl Print {
    fn of(raw: &str) -> Self {
        let head = &raw.as_bytes()[..raw.len().min(FACT_BYTES)];
        if head.is_ascii() {
            Self::of_ascii(head)
        } else {
            Self::of_any(&raw[..raw.ceil_char_boundary(FACT_BYTES)])
        }
    }

    /// The same for ASCII alone: what the compiler makes vectors of.
    fn of_ascii(head: &[u8]) -> Self {
        let ink = |byte: &u8| !matches!(byte, b'\t'..=b'\r' | b' ');
        let begins = |(before, byte): (&u8, &u8)| u8::from(!ink(before) & ink(byte));
        // At most every other byte begins a word, so that their number fits a byte.
        let words = head.iter().zip(head.get(1..).unwrap_or_default());
        let words = words.map(begins).sum::<u8>() + u8::from(head.first().is_some_and(ink));
        let mut letters = Letters::default();
        for byte in head {
            letters.push_ascii(*byte);
        }
        Self {
            chars: head.len() as u16,
            words: words.into(),
            hash: letters.hash(),
            digit: head
                .iter()
                .fold(false, |any, byte| any | byte.is_ascii_digit()),
        }
    }

    fn of_any(head: &str) -> Self {
        let mut letters = Letters::default();
        let (mut chars, mut words, mut dense) = (0_u16, 0_u16, 0_u16);
        let mut digit = false;
        let mut in_word = false;
        let bytes = head.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii() {
                chars += 1;
                let ink = !matches!(byte, b'\t'..=b'\r' | b' ');
                words += u16::from(ink & !in_word);
                in_word = ink;
                digit |= byte.is_ascii_digit();
                letters.push_ascii(*byte);
                at += 1;
                continue;
            }
            let run = hangul_run(&bytes[at..]);
            if run > 0 {
                chars += (run / SYLLABLE) as u16;
                words += u16::from(!in_word);
                in_word = true;
                letters.push_syllables(&bytes[at..at + run]);
                at += run;
                continue;
            }
            chars += 1;
            let c = head[at..].chars().next().unwrap_or(' ');
            at += c.len_utf8();
            if is_blank(c) {
                in_word = false;
                continue;
            }
            if is_dense(c) {
                dense += 1;
                in_word = false;
            } else if !in_word {
                words += 1;
                in_word = true;
            }
            if is_alphanumeric(c) {
                digit |= c.is_numeric();
                letters.push(c.to_lowercase().next().unwrap_or(c));
            }
        }
        Self {
            chars,
            words: words + dense / 2,
            hash: letters.hash(),
            digit,
        }
    }
}

/// Letters and digits in lower case, gathered to be hashed many at once: each step of a hash waits for the one before.
struct Letters {
    /// A character may be longer in lower case, by a byte at most.
    bytes: [u8; 2 * FACT_BYTES],
    count: usize,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            bytes: [0; _],
            count: 0,
        }
    }
}

impl Letters {
    /// Without a branch: what is no letter and no digit is overwritten by the next that is.
    #[inline]
    fn push_ascii(&mut self, byte: u8) {
        let lower = LOWER[usize::from(byte)];
        self.bytes[self.count] = lower;
        self.count += usize::from(lower != 0);
    }

    fn push_syllables(&mut self, run: &[u8]) {
        self.bytes[self.count..][..run.len()].copy_from_slice(run);
        self.count += run.len();
    }

    fn push(&mut self, c: char) {
        self.count += c.encode_utf8(&mut self.bytes[self.count..]).len();
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        hasher.write(&self.bytes[..self.count]);
        hasher.finish()
    }
}

/// The run of units with the most article text: paragraphs count their bytes, what stands between them costs.
fn main_run(units: &Units, facts: &[Facts]) -> Range<usize> {
    let mut best = (0_i64, 0..0);
    let mut start = 0;
    let mut sum = 0_i64;
    for (i, (unit, facts)) in units.units.iter().zip(facts).enumerate() {
        if facts.kind == LineKind::Body {
            if sum <= 0 {
                (sum, start) = (0, i);
            }
            sum += (unit.span.len() as i64).min(PARAGRAPH_CAP);
            if sum > best.0 {
                best = (sum, start..i + 1);
            }
        } else {
            sum -= GAP_COST;
        }
    }
    best.1
}

/// Where the story ends that some broadcasters print twice, the second time below a box of their own.
fn foot(body: &Range<usize>, first_print: &[u32], spans: &[Span]) -> usize {
    let mut foot = body.end;
    for (unit, first) in first_print.iter().enumerate().skip(body.end) {
        if unit > foot + AGAIN {
            break;
        }
        if body.contains(&(*first as usize)) && spans[unit].len() >= PARAGRAPH {
            foot = unit + 1;
        }
    }
    foot
}

#[cfg(test)]
mod tests {
    use super::Page;
    use crate::document::{Join, Part, Span, Unit, Units};
    use crate::label::{Labels, LineKind, Reason, Verdict};

    fn page(lines: &[(&str, LineKind)]) -> (String, Units, Labels) {
        let mut text = String::new();
        let mut units = Units::default();
        for (n, (line, _)) in lines.iter().enumerate() {
            let span = Span::at(text.len(), text.len() + line.len());
            text.push_str(line);
            text.push('\n');
            let first = units.parts.len() as u32;
            units.parts.push(Part {
                span,
                join: Join::Space,
            });
            units.units.push(Unit {
                span,
                parts: (first, first + 1),
                line: n as u32,
                indent: 0,
                blank_before: 0,
                continues: false,
            });
        }
        let verdicts = lines
            .iter()
            .map(|(_, kind)| Verdict::new(*kind, Reason::ModelBody, 90));
        let labels = Labels::new(&units, verdicts.collect::<Vec<_>>());
        (text, units, labels)
    }

    #[test]
    fn the_main_run_spans_a_short_gap_and_leaves_a_stray_line_out() {
        let long = "word ".repeat(60);
        let mut lines = vec![("A stray line.", LineKind::Body)];
        lines.extend([("menu", LineKind::Navigation); 9]);
        lines.extend([
            (long.as_str(), LineKind::Body),
            ("Advertisement", LineKind::Advertisement),
            (long.as_str(), LineKind::Body),
        ]);
        let (text, units, labels) = page(&lines);
        assert_eq!(Page::new(&text, &units, &labels).body, 10..13);
    }

    #[test]
    fn overlap_counts_the_words_that_return_in_the_body() {
        let (text, units, labels) = page(&[("The harbour was closed yesterday.", LineKind::Body)]);
        let page = Page::new(&text, &units, &labels);
        let overlap = page.overlap(9, "Harbour closed again");
        assert_eq!((overlap.share, overlap.words), (2.0 / 3.0, 3));
    }
}
