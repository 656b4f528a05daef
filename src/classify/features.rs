//! The base columns of a page: what each unit tells by itself, its place on the page, what it shares with other
//! units, and a few facts about the page as a whole.

mod base;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::classify::columns::{Columns, log, share};
use crate::classify::context::CONTEXT;
use crate::classify::copies;
use crate::classify::echo::{self, Echo};
use crate::classify::edges::End;
use crate::classify::embedded;
use crate::classify::repeats::{Repeats, repeats};
use crate::classify::shape::{self, Script, Shape};
use crate::classify::style::{self, Look};
use crate::classify::vocabulary::Vocabulary;
use crate::classify::words::{TELLING, Words};
use crate::classify::{self, CUE_REACH};
use crate::document::{Unit, Units};
use crate::lexicon::cues::{Cue, CueCounts, Cues};
use crate::lexicon::words::FunctionWords;

use base::BASE;
pub(crate) use base::{Base, Reach, columns, count};

/// What the first look at a page gives. Rows are the units that are judged: all but the refrains.
#[derive(Clone)]
pub(crate) struct Page {
    /// One shape a unit.
    pub shapes: Vec<Shape>,
    /// The cues of each unit.
    pub cues: Vec<CueCounts>,
    /// The unit of each row.
    pub rows: Vec<u32>,
    /// The words of all rows.
    pub words: Words,
    /// The columns, base and cues, one byte a row.
    pub columns: Columns,
    /// What each row looks like.
    pub looks: [Look; style::LOOKS],
    /// What each row repeats.
    pub echoes: Vec<Echo>,
    /// Whether each unit may belong to an embedded article.
    pub suspects: Vec<bool>,
    /// Whether each unit belongs to a later printing of a text; such units are not judged.
    pub printed_again: Vec<bool>,
    /// The first unit that has the text of each; long lines are not looked up.
    pub first_print: Vec<u32>,
}

impl Page {
    /// The shape of a row's unit.
    pub(crate) fn shape(&self, row: usize) -> &Shape {
        &self.shapes[self.rows[row] as usize]
    }

    /// Values of rows as values of units, `none` for those that are not judged.
    pub(crate) fn by_unit<T: Copy>(&self, of_rows: &[T], none: T) -> Vec<T> {
        let mut of_units = vec![none; self.shapes.len()];
        for (unit, value) in self.rows.iter().zip(of_rows) {
            of_units[*unit as usize] = *value;
        }
        of_units
    }
}

/// Words; from here on a unit that ends as a sentence counts as one.
const SENTENCE_WORDS: u32 = 6;

fn times(n: impl Into<u32>, scale: u32) -> u8 {
    (n.into() * scale).min(255) as u8
}

impl Shape {
    /// Whether the unit reads like a sentence: enough words and an end.
    pub(crate) fn is_sentence(&self) -> bool {
        self.words >= SENTENCE_WORDS
            && matches!(self.end, End::Stop | End::StopQuote | End::Question)
    }
}

/// Bytes of a line that is looked up among those above it: menus and lists of teasers print every third line of a page
/// again, and hardly a longer one.
const REPEATED_BYTES: usize = 100;

/// Bytes of a page for each of its words, about.
const WORD_BYTES: usize = 6;

/// Looks at every unit of a page.
pub(crate) fn page(text: &str, units: &Units) -> Page {
    let count = units.units.len();
    let mut words = Words::with_room(count, text.len() / WORD_BYTES);
    let mut shapes = Vec::with_capacity(count);
    let mut cues: Vec<CueCounts> = Vec::with_capacity(count);
    let lexicon = Cues::shipped();
    let mut printed: FxHashMap<&str, usize> =
        FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let mut first_print: Vec<u32> = (0..count as u32).collect();
    for i in 0..count {
        let parts = units.parts(i);
        if let [part] = parts
            && part.span.len() <= REPEATED_BYTES
            && let Some(before) = printed.insert(part.span.of(text), i)
        {
            shapes.push(shapes[before]);
            words.repeat(before);
            cues.push(cues[before].clone());
            first_print[i] = first_print[before];
            continue;
        }
        shapes.push(shape::scan(text, parts, &mut words));
        let mut counts = CueCounts::default();
        let slice = units.units[i].span.of(text);
        if slice.len() <= 2 * CUE_REACH && parts.len() == 1 && !shapes[i].foreign {
            let hashes = words.of(i).iter().map(|hash| hash & !TELLING);
            lexicon.count_words(hashes, &mut counts);
        } else {
            lexicon.count(
                classify::head_and_tail(text, units.units[i].span).as_ref(),
                &mut counts,
            );
        }
        cues.push(counts);
    }
    if words.starts.is_empty() {
        words.starts.push(0);
    }
    let repeats = repeats(&shapes);
    let printed_again = copies::printings(&shapes, &repeats.first);
    let rows = rows(&shapes, &cues, &repeats, &printed_again);
    let kept = kept_units(units, &rows);
    if rows.len() < count {
        words = words.of_rows(&rows);
    }
    words.number();
    let at = |i: &u32| *i as usize;
    let row_shapes: Vec<Shape> = rows.iter().map(|i| shapes[at(i)]).collect();
    let row_cues: Vec<&CueCounts> = rows.iter().map(|i| &cues[at(i)]).collect();
    let glue = glue(&row_shapes, &words);
    let echoes = echo::echoes(&words);
    let spacing: Vec<(u8, u8)> = kept.iter().map(style::spaced).collect();
    let columns = fill(&kept, &row_shapes, &words, &row_cues, &glue, &echoes);
    Page {
        looks: style::looks(&row_shapes, &words, &spacing),
        suspects: embedded::suspects(units, &shapes),
        printed_again,
        first_print,
        shapes,
        cues,
        rows,
        words,
        columns,
        echoes,
    }
}

/// How often a short line is printed before it is a refrain, and its words at most. A template that sets the same
/// words between all paragraphs (`advertisement`, the name of a font size) would fill every neighbour and window with
/// them; what is printed that often is no body text, and its neighbours are each other's neighbours.
const REFRAINS: [(u32, u32); 2] = [(3, 4), (4, 8)];

/// The units that are judged: neither refrains nor the marks of advertisements, which are refrains where they are
/// printed once, nor what is printed again.
fn rows(
    shapes: &[Shape],
    cues: &[CueCounts],
    repeats: &Repeats,
    printed_again: &[bool],
) -> Vec<u32> {
    (0..shapes.len())
        .filter(|i| {
            !printed_again[*i]
                && !cues[*i].is_whole(Cue::Advertisement)
                && !REFRAINS.iter().any(|(times, words)| {
                    repeats.times[*i] >= *times
                        && shapes[*i].words <= *words
                        && shapes[*i].letters >= 2
                })
        })
        .map(|i| i as u32)
        .collect()
}

/// The units of the rows; a row takes over the blank lines of the refrains before it.
fn kept_units(units: &Units, rows: &[u32]) -> Vec<Unit> {
    let mut next = 0;
    rows.iter()
        .map(|i| {
            let mut unit = units.units[*i as usize];
            let skipped = &units.units[next..*i as usize];
            let blank = skipped.iter().map(|unit| unit.blank_before).max();
            unit.blank_before = unit.blank_before.max(blank.unwrap_or(0));
            next = *i as usize + 1;
            unit
        })
        .collect()
}

/// Function words of each unit in the page's commonest language.
fn glue(shapes: &[Shape], words: &Words) -> Vec<u32> {
    let lexicon = FunctionWords::shipped();
    let mut masks = Vec::with_capacity(words.hashes.len());
    let mut counts = [0_u32; 64];
    let by_words = |shape: &Shape| shape.hangul == 0 && shape.spaceless <= shape.cased;
    for (i, shape) in shapes.iter().enumerate() {
        let long = shape.words >= 8;
        if !long && !by_words(shape) {
            masks.resize(words.starts[i + 1] as usize, 0);
            continue;
        }
        for hash in words.of(i) {
            let mask = lexicon.languages(hash & !TELLING);
            masks.push(mask);
            if long {
                let mut rest = mask;
                while rest != 0 {
                    counts[rest.trailing_zeros() as usize] += 1;
                    rest &= rest - 1;
                }
            }
        }
    }
    let best = (0..64)
        .max_by_key(|i| (counts[*i], 63 - *i))
        .filter(|i| counts[*i] > 0);
    let bit = best.map_or(0, |i| 1_u64 << i);
    shapes
        .iter()
        .enumerate()
        .map(|(i, shape)| {
            if shape.hangul > 0 {
                return u32::from(shape.glue);
            }
            if shape.spaceless > shape.cased {
                return if shape.kana > 0 {
                    shape.kana / 2
                } else {
                    shape.words / 4
                };
            }
            let range = words.starts[i] as usize..words.starts[i + 1] as usize;
            masks[range].iter().filter(|mask| *mask & bit != 0).count() as u32
        })
        .collect()
}

fn script(shapes: &[Shape]) -> Script {
    let sum = |count: fn(&Shape) -> u32| {
        shapes
            .iter()
            .map(|shape| u64::from(count(shape)))
            .sum::<u64>()
    };
    let (letters, hangul, spaceless, cased) = (
        sum(|s| s.letters),
        sum(|s| s.hangul),
        sum(|s| s.spaceless),
        sum(|s| s.cased),
    );
    if letters < 40 {
        Script::None
    } else if hangul * 4 >= letters {
        Script::Hangul
    } else if spaceless * 4 >= letters {
        Script::Spaceless
    } else if cased * 2 >= letters {
        Script::Cased
    } else {
        Script::Caseless
    }
}

fn fill(
    units: &[Unit],
    shapes: &[Shape],
    words: &Words,
    cues: &[&CueCounts],
    glue: &[u32],
    echoes: &[Echo],
) -> Columns {
    let rows = shapes.len();
    let mut columns = Columns::with_room(rows, count(), CONTEXT.len());
    let sentences: Vec<u8> = shapes
        .iter()
        .map(|shape| if shape.is_sentence() { 255 } else { 0 })
        .collect();
    let mut vocabulary = Vocabulary::new(words);
    vocabulary.weigh(0, words, &sentences);
    let repeats = repeats(shapes);
    let text: u64 = shapes.iter().map(|shape| u64::from(shape.columns)).sum();
    let prose: u64 = shapes
        .iter()
        .filter(|s| s.is_sentence())
        .map(|s| u64::from(s.columns))
        .sum();
    let sentence_count = shapes.iter().filter(|s| s.is_sentence()).count() as u32;
    let mut lengths: Vec<u32> = shapes
        .iter()
        .filter(|s| s.is_sentence())
        .map(|s| s.columns)
        .collect();
    let middle = lengths.len() / 2;
    let median = if lengths.is_empty() {
        80
    } else {
        *lengths.select_nth_unstable(middle).1
    };
    let usual_indent = usual_indent(units, shapes);
    let blanks: u32 = units.iter().map(|unit| u32::from(unit.blank_before)).sum();
    let joined = units
        .iter()
        .filter(|unit| unit.parts.1 - unit.parts.0 > 1)
        .count() as u32;
    for (column, value) in [
        (Base::PageUnits, log(rows as u32, 22)),
        (Base::PageSentences, log(sentence_count, 30)),
        (
            Base::PageProse,
            share((prose >> 4) as u32, (text >> 4).max(1) as u32),
        ),
        (Base::PageBlanks, share(blanks, rows as u32 * 2)),
        (Base::PageScript, script(shapes) as u8 * 50),
        (Base::PageJoined, share(joined, rows as u32)),
    ] {
        columns.of_mut(column as usize).fill(value);
    }
    let mut above = 0_u64;

    for (i, (unit, shape)) in units.iter().zip(shapes).enumerate() {
        let mut set = |column: Base, value: u8| columns.set(column as usize, i, value);
        let chars = shape.letters + u32::from(shape.digits) + u32::from(shape.marks);
        set(Base::Columns, log(shape.columns, 22));
        set(Base::Words, log(shape.words, 28));
        set(
            Base::SentenceLength,
            log(shape.words / u32::from(shape.stops.max(1)), 32),
        );
        set(Base::Glue, share(glue[i], shape.words));
        set(Base::GlueCount, log(glue[i], 40));
        set(Base::End, shape.end as u8 * 20);
        set(Base::Start, shape.start as u8 * 28);
        set(Base::Sentence, sentences[i]);
        set(
            Base::Capitalised,
            share(shape.capitalised.into(), shape.words),
        );
        set(Base::Shouted, share(shape.shouted.into(), shape.words));
        set(Base::Digits, share(shape.digits.into(), chars));
        set(Base::Marks, share(shape.marks.into(), chars));
        set(Base::Commas, times(shape.commas, 20));
        set(Base::Stops, times(shape.stops, 25));
        set(Base::Separators, times(shape.separators, 40));
        set(Base::Quotes, times(shape.quotes, 30));
        set(Base::Brackets, times(shape.brackets, 40));
        set(Base::Colons, times(shape.colons, 50));
        set(Base::Label, times(shape.label, 30));
        set(Base::Credited, if shape.credited { 255 } else { 0 });
        set(Base::Addresses, times(shape.addresses, 80));
        set(Base::Mails, times(shape.mails, 120));
        set(Base::Numbers, times(shape.numbers, 25));
        set(Base::Times, times(shape.times, 80));
        set(Base::Dates, times(shape.dates, 60));
        set(
            Base::WordLength,
            times(shape.letters * 4 / shape.words.max(1), 4),
        );
        set(Base::Indent, times(unit.indent, 4));
        set(
            Base::IndentShift,
            (128 + (i32::from(unit.indent) - i32::from(usual_indent)) * 8).clamp(0, 255) as u8,
        );
        set(Base::BlankBefore, times(unit.blank_before, 60));
        let after = units.get(i + 1).map_or(4, |next| next.blank_before);
        set(Base::BlankAfter, times(after, 60));
        set(Base::Parts, log(unit.parts.1 - unit.parts.0 - 1, 40));
        set(Base::Continues, if unit.continues { 255 } else { 0 });
        set(Base::FromTop, log(i as u32, 24));
        set(Base::FromBottom, log((rows - 1 - i) as u32, 24));
        set(Base::Place, share(i as u32, rows as u32));
        set(
            Base::TextAbove,
            share((above >> 4) as u32, (text >> 4).max(1) as u32),
        );
        above += u64::from(shape.columns);
        set(Base::Repeats, log(repeats.times[i] - 1, 50));
        let before = (repeats.first[i] as usize) < i;
        set(Base::PrintedBefore, if before { 255 } else { 0 });
        let [(returns, ties)] = vocabulary.ties(words, i, [sentences[i]]);
        set(Base::Returns, returns);
        set(Base::Ties, ties);
        if let Some(other) = echoes[i].other {
            set(Base::Echo, echoes[i].share);
            set(Base::EchoPlace, if (other as usize) < i { 64 } else { 192 });
            let (own, its) = (log(shape.words, 12), log(shapes[other as usize].words, 12));
            let length = 128 + i16::from(its) - i16::from(own);
            set(Base::EchoLength, length.clamp(0, 255) as u8);
        }
        set(
            Base::RelativeLength,
            log(shape.columns * 16 / median.max(1), 28),
        );
        set(Base::SeenElsewhere, 0);
        let counts = cues[i];
        set(Base::AnyCue, if counts.is_boilerplate() { 255 } else { 0 });
        for cue in counts.present() {
            let strength = counts.strength(cue, shape.words);
            columns.set(BASE.len() + cue as usize, i, strength);
        }
    }
    distances(&mut columns, cues, shapes);
    columns
}

/// The commonest indentation of sentence units, in columns.
fn usual_indent(units: &[Unit], shapes: &[Shape]) -> u8 {
    let mut counts = [0_u32; 256];
    for (unit, shape) in units.iter().zip(shapes) {
        if shape.is_sentence() {
            counts[unit.indent as usize] += shape.words;
        }
    }
    (0..=255_u8)
        .max_by_key(|i| (counts[*i as usize], 255 - *i))
        .unwrap_or(0)
}

/// The distance to a mark of which there is none.
const NOWHERE: u8 = 255;
/// The greatest distance to one.
const FARTHEST: u8 = 254;
/// How far apart rows are, logarithmic. Rows further apart are [`FARTHEST`].
static APART: [u8; 1 << 11] = {
    let mut table = [FARTHEST; 1 << 11];
    let mut rows = 0;
    while rows < table.len() {
        let apart = log(rows as u32, 24);
        if apart < FARTHEST {
            table[rows] = apart;
        }
        rows += 1;
    }
    table
};

/// Fills the columns that say how far away the last and the next cue of a kind are.
fn distances(columns: &mut Columns, cues: &[&CueCounts], shapes: &[Shape]) {
    type Test = fn(&CueCounts, &Shape) -> bool;
    let kinds: [(Base, Option<Base>, Test); 8] = [
        (Base::SinceRelated, Some(Base::UntilRelated), |c, _| {
            c.opens(Cue::Related)
        }),
        (Base::SinceComments, Some(Base::UntilComments), |c, _| {
            c.opens(Cue::Comments)
        }),
        (Base::SinceRanking, None, |c, _| c.opens(Cue::Ranking)),
        (Base::SinceCopyright, Some(Base::UntilCopyright), |c, _| {
            c.opens(Cue::Copyright)
        }),
        (Base::SinceShare, Some(Base::UntilShare), |c, _| {
            c.opens(Cue::Share)
        }),
        (Base::SinceDate, Some(Base::UntilDate), |_, s| {
            s.dates > 1 || s.times > 0
        }),
        (Base::SinceByline, Some(Base::UntilByline), |c, _| {
            c.opens(Cue::Byline)
        }),
        (Base::SinceOffer, None, |c, _| {
            c.opens(Cue::Newsletter) || c.opens(Cue::Paywall)
        }),
    ];
    // Most rows have neither a cue nor a date.
    let telling = |row: &usize| {
        let shape = &shapes[*row];
        !cues[*row].is_empty() || shape.dates > 0 || shape.times > 0
    };
    let telling: Vec<usize> = (0..shapes.len()).filter(telling).collect();
    let mut marks = Vec::with_capacity(telling.len());
    for (since, until, test) in kinds {
        let is_mark = |row: &usize| test(cues[*row], &shapes[*row]);
        marks.clear();
        marks.extend(telling.iter().copied().filter(is_mark));
        fill_since(columns.of_mut(since as usize), &marks);
        if let Some(until) = until {
            fill_until(columns.of_mut(until as usize), &marks);
        }
    }
}

/// The distance of each row to the last of the `marks`, which rise.
fn fill_since(column: &mut [u8], marks: &[usize]) {
    let rows = column.len();
    column[..marks.first().copied().unwrap_or(rows)].fill(NOWHERE);
    let ends = marks.iter().skip(1).copied().chain([rows]);
    for (start, end) in marks.iter().zip(ends) {
        let column = &mut column[*start..end];
        let (near, far) = column.split_at_mut(column.len().min(APART.len()));
        near.copy_from_slice(&APART[..near.len()]);
        far.fill(FARTHEST);
    }
}

/// The distance of each row to the next of the `marks`, which rise.
fn fill_until(column: &mut [u8], marks: &[usize]) {
    let mut start = 0;
    for mark in marks {
        let column = &mut column[start..=*mark];
        let (far, near) = column.split_at_mut(column.len().saturating_sub(APART.len()));
        far.fill(FARTHEST);
        for (distance, apart) in near.iter_mut().rev().zip(&APART) {
            *distance = *apart;
        }
        start = mark + 1;
    }
    column[start..].fill(NOWHERE);
}

#[cfg(test)]
mod tests {
    use super::{APART, FARTHEST, NOWHERE, fill_since, fill_until};

    #[test]
    fn distances_are_those_to_the_last_mark_and_to_the_next() {
        let rows = APART.len() + 9;
        let apart = |rows: usize| APART.get(rows).copied().unwrap_or(FARTHEST);
        for marks in [&[][..], &[0], &[3, 4, 7], &[rows - 1], &[1, rows - 1]] {
            let (mut since, mut until) = (vec![1; rows], vec![1; rows]);
            fill_since(&mut since, marks);
            fill_until(&mut until, marks);
            for row in 0..rows {
                let last = marks.iter().rev().find(|mark| **mark <= row);
                let next = marks.iter().find(|mark| **mark >= row);
                assert_eq!(since[row], last.map_or(NOWHERE, |mark| apart(row - mark)));
                assert_eq!(until[row], next.map_or(NOWHERE, |mark| apart(mark - row)));
            }
        }
    }
}
