//! Phrases by which the furniture of news pages is told: `data/cues.tsv`. Counts them in a line; what a count means is
//! for the stages to say.
//!
//! Phrases of scripts that write spaces match whole words, by rolling hashes over at most [`LONGEST`] words. Phrases
//! with Hangul, Han, Kana, Thai or a symbol match as substrings, except that one or two Hangul syllables have to be a
//! word by themselves: `광고` is furniture where `광고를` is prose.

mod hashing;
mod kinds;
#[cfg(test)]
mod rows;

use self::hashing::{LONE, combine, home, is_hangul, is_substring, is_word, tag};
use self::kinds::{CONTINUES, Places};
use super::hash::first_bit;
use super::pairs::{Half, NOTHING, Pairs, built_pairs};
use super::words::{LOWER, WordHasher};
use crate::document::{hangul, hangul_run};

pub use self::kinds::Cue;

/// The longest phrase of a script with spaces, in words.
pub const LONGEST: usize = 5;

/// A line of so many words or fewer is short: furniture more often than prose.
pub const SHORT: u32 = 8;

/// The cues from [`Cue::Share`] to [`Cue::Widget`].
const BOILERPLATE: u32 = (Cue::Widget.bit() << 1) - 1;

/// The cues found in a line. A phrase within a longer one counts too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CueCounts {
    counts: [u8; Cue::COUNT],
    present: u32,
    at_start: u32,
    whole: u32,
    words: u32,
}

impl CueCounts {
    /// Whether a phrase of page furniture was found.
    #[must_use]
    pub fn is_boilerplate(&self) -> bool {
        self.present & BOILERPLATE != 0
    }

    /// The same, phrases of `cue` aside.
    #[must_use]
    pub fn is_boilerplate_but(&self, cue: Cue) -> bool {
        self.present & BOILERPLATE & !cue.bit() != 0
    }

    /// How often phrases of `cue` were found, at most 255.
    #[must_use]
    pub fn count(&self, cue: Cue) -> u8 {
        self.counts[cue as usize]
    }

    /// Whether the line opens with a phrase of `cue`, or is [short](SHORT) and holds one.
    #[must_use]
    pub fn opens(&self, cue: Cue) -> bool {
        let held = if self.words <= SHORT { self.present } else { 0 };
        (self.at_start | held) & cue.bit() != 0
    }

    /// Whether a phrase of `cue` is the whole line, marks aside.
    #[must_use]
    pub fn is_whole(&self, cue: Cue) -> bool {
        self.whole & cue.bit() != 0
    }

    /// How much the line is marked by `cue`, by rank and not by measure: 0 not at all; 85 somewhere in a long line;
    /// 130 in a [short](SHORT) one; 200 at the start; 255 the whole line. `words` is the length of the line.
    #[must_use]
    pub fn strength(&self, cue: Cue, words: u32) -> u8 {
        let bit = cue.bit();
        if self.present & bit == 0 {
            0
        } else if self.whole & bit != 0 {
            255
        } else if self.at_start & bit != 0 {
            200
        } else if words <= SHORT {
            130
        } else {
            85
        }
    }

    /// How many words were read; two Han, Kana or Thai characters make one.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }

    /// Whether none was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.present == 0
    }

    /// The cues that were found at all, in their order.
    pub fn present(&self) -> impl Iterator<Item = Cue> + use<> {
        let mut rest = self.present;
        std::iter::from_fn(move || {
            let cue = Cue::ALL.get(rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(*cue)
        })
    }

    fn add(&mut self, cues: u32, at_start: bool, whole: bool) {
        self.present |= cues;
        if at_start {
            self.at_start |= cues;
        }
        if whole {
            self.whole |= cues;
        }
        let mut rest = cues;
        while rest != 0 {
            let count = &mut self.counts[rest.trailing_zeros() as usize];
            *count = count.saturating_add(1);
            rest &= rest - 1;
        }
    }
}

/// The phrases that end with the last word read, in reach of growing.
#[derive(Default)]
struct Walk {
    /// Rolling hashes of the beginnings still alive, with the position of their first word.
    alive: [(u64, u32); LONGEST],
    alive_len: usize,
    /// How many words and unspaced runs were read.
    position: u32,
    /// The cues of phrases from the first word on that end with the last one: those counted already, and those that
    /// count only if the line ends here.
    from_start: u32,
    if_whole: u32,
}

impl Walk {
    #[inline]
    fn word(&mut self, hash: u64, phrases: &WordPhrases, counts: &mut CueCounts) {
        let mut kept = 0;
        self.from_start = 0;
        self.if_whole = 0;
        for n in 0..self.alive_len {
            let (prefix, start) = self.alive[n];
            let grown = combine(prefix, hash);
            let places = phrases.get(grown);
            self.hit(places, start, counts);
            if places.anywhere & CONTINUES != 0 {
                self.alive[kept] = (grown, start);
                kept += 1;
            }
        }
        let single = combine(0, hash);
        if phrases.opens(single) {
            let places = phrases.get(single);
            self.hit(places, self.position, counts);
            if places.anywhere & CONTINUES != 0 && kept < LONGEST {
                self.alive[kept] = (single, self.position);
                kept += 1;
            }
        }
        self.alive_len = kept;
        self.position += 1;
    }

    #[inline]
    fn hit(&mut self, places: Places, start: u32, counts: &mut CueCounts) {
        let mut cues = places.anywhere & !CONTINUES;
        if start == 0 {
            cues |= places.start;
            self.from_start |= cues;
            self.if_whole |= places.whole;
        }
        if cues != 0 {
            counts.add(cues, start == 0, false);
        }
    }

    /// Whether the first words open no phrase that the last one ends or a next one may.
    fn is_settled(&self) -> bool {
        // Those that began first stand in front.
        let alive = self.alive[..self.alive_len].first();
        let open = alive.is_some_and(|(_, start)| *start == 0);
        self.position > 0 && !open && self.from_start == 0 && self.if_whole == 0
    }

    /// Counts what counts only because the line ends here.
    fn close(&self, counts: &mut CueCounts) {
        counts.whole |= self.from_start;
        if self.if_whole != 0 {
            counts.add(self.if_whole, true, true);
        }
    }

    /// Passes a run of a script that is not read as words.
    fn pass(&mut self) {
        self.alive_len = 0;
        self.from_start = 0;
        self.if_whole = 0;
        self.position += 1;
    }
}

/// Phrases by the rolling hash of their words, and all beginnings of longer phrases.
struct WordPhrases {
    /// Open addressing; the length is a power of two.
    slots: &'static [[u8; 8]],
    /// The few combinations of places that there are; the first is none at all.
    places: &'static [[u8; 12]],
    /// One bit for each hash of a first word; spares most words the table.
    firsts: &'static [[u8; 8]],
}

impl WordPhrases {
    #[inline]
    fn opens(&self, hash: u64) -> bool {
        let (at, bit) = first_bit(hash);
        u64::from_le_bytes(self.firsts[at]) & bit != 0
    }

    /// The places of the phrase with this hash. Some slots are always free, so the walk ends.
    #[inline]
    fn get(&self, hash: u64) -> Places {
        let mask = self.slots.len() - 1;
        let mut at = home(hash, self.slots.len());
        loop {
            let slot = u64::from_le_bytes(self.slots[at]);
            if slot == 0 {
                return Places::default();
            }
            if slot as u32 == tag(hash) {
                return Places::from_bytes(&self.places[(slot >> 32) as usize]);
            }
            at = (at + 1) & mask;
        }
    }
}

/// The shipped phrases, as the build script prepared them.
pub struct Cues {
    words: WordPhrases,
    /// With the number of their places and [`LONE`].
    substrings: Pairs,
}

static SHIPPED: Cues = Cues {
    words: WordPhrases {
        slots: include_bytes!(concat!(env!("OUT_DIR"), "/cues.slots"))
            .as_chunks()
            .0,
        places: include_bytes!(concat!(env!("OUT_DIR"), "/cues.places"))
            .as_chunks()
            .0,
        firsts: include_bytes!(concat!(env!("OUT_DIR"), "/cues.firsts"))
            .as_chunks()
            .0,
    },
    substrings: built_pairs!("cues"),
};

impl Cues {
    /// The shipped lexicon.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Adds the cues of a line without its line break to `counts`. Runs in time linear in the line; allocates nothing.
    pub fn count(&self, line: &str, counts: &mut CueCounts) {
        let has_substring = self.count_of_words(line, false, counts);
        if has_substring {
            self.count_substrings(line, line.len(), counts);
        }
    }

    /// The same as [`Cues::count`] for what opens the line or is all of it, and no more than a part of it for what does
    /// not: a long line is hardly looked at.
    pub fn count_opening(&self, line: &str, counts: &mut CueCounts) {
        let has_substring = self.count_of_words(line, true, counts);
        if has_substring {
            let word = line.char_indices().find(|(_, c)| is_word(*c));
            let last = word.map_or(line.len(), |(at, _)| at).min(MARKS);
            self.count_substrings(line, last, counts);
        }
    }

    /// Adds the cues of the phrases that match whole words, of those that the line does not open with only some if the
    /// `opening` is asked for. Whether phrases of other kinds may stand in the line.
    fn count_of_words(&self, line: &str, opening: bool, counts: &mut CueCounts) -> bool {
        let bytes = line.as_bytes();
        let mut walk = Walk::default();
        let mut words = 0;
        let mut dense = 0;
        let mut has_substring = false;
        let mut at = 0;
        while at < bytes.len() {
            if opening && walk.is_settled() {
                has_substring |= !line.is_ascii();
                break;
            }
            let start = at;
            let mut hasher = WordHasher::default();
            let mut after = None;
            while at < bytes.len() {
                let byte = bytes[at];
                let lower = LOWER[usize::from(byte)];
                if lower != 0 {
                    hasher.push_byte(lower);
                    at += 1;
                    continue;
                }
                if byte.is_ascii() || hangul(&bytes[at..]).is_some() {
                    break;
                }
                let Some(c) = line[at..].chars().next() else {
                    break;
                };
                if is_substring(c) || !is_word(c) {
                    after = Some(c);
                    break;
                }
                hasher.push_char(c);
                at += c.len_utf8();
            }
            if at > start {
                walk.word(hasher.finish(), &self.words, counts);
                words += 1;
            }
            let is_hangul = || bytes.get(at).is_some_and(|byte| !byte.is_ascii());
            if !after.map_or_else(is_hangul, is_substring) {
                at += after.map_or(1, char::len_utf8);
                continue;
            }
            has_substring = true;
            let run = Run::of(line, at);
            at = run.end;
            dense += run.dense;
            if run.hangul || run.dense > 0 {
                walk.pass();
                words += u32::from(run.hangul);
            }
        }
        counts.words = counts.words.saturating_add(words + dense / 2);
        walk.close(counts);
        has_substring
    }

    /// Whether a phrase of `cue` is the whole of `line`.
    #[must_use]
    pub fn is_whole(&self, line: &str, cue: Cue) -> bool {
        let mut counts = CueCounts::default();
        self.count_opening(line, &mut counts);
        counts.is_whole(cue)
    }

    /// The same as [`Cues::count`] for a line of ASCII whose words were hashed already, as [`WordHasher`] does.
    pub fn count_words(&self, words: impl ExactSizeIterator<Item = u64>, counts: &mut CueCounts) {
        let mut walk = Walk::default();
        counts.words = counts.words.saturating_add(words.len() as u32);
        for word in words {
            walk.word(word, &self.words, counts);
        }
        walk.close(counts);
    }

    /// Adds the cues of the substrings that begin in `line` at byte `last` or before.
    fn count_substrings(&self, line: &str, last: usize, counts: &mut CueCounts) {
        let nothing = Half::of(NOTHING);
        let half = |c: char| Half::of(c.to_ascii_lowercase());
        let mut chars = line.char_indices().map(|(at, c)| (at, half(c)));
        let mut next = chars.next();
        while let Some((at, first)) = next.filter(|(at, _)| *at <= last) {
            next = chars.next();
            let alone = first.before(nothing);
            let pair = next.map_or(alone, |(_, second)| first.before(second));
            if self.substrings.may_open(pair) {
                self.count_pair(pair, line, at, counts);
            }
            if pair != alone && self.substrings.may_open(alone) {
                self.count_pair(alone, line, at, counts);
            }
        }
    }

    /// Adds the cues of the phrases with this pair that stand in `line` from byte `at` on.
    fn count_pair(&self, hash: u32, line: &str, at: usize, counts: &mut CueCounts) {
        for (phrase, number) in self.substrings.of(hash, &line[at..]) {
            let places = &self.words.places[usize::from(number & !LONE)];
            let places = Places::from_bytes(places);
            hit(phrase, number & LONE != 0, places, line, at, counts);
        }
    }
}

/// A run of characters in which phrases are matched as substrings.
struct Run {
    /// Where it ends.
    end: usize,
    /// Whether Hangul stands in it.
    hangul: bool,
    /// Letters and digits of other scripts.
    dense: u32,
}

impl Run {
    /// The run that begins at byte `at` of `line`.
    fn of(line: &str, at: usize) -> Self {
        let bytes = line.as_bytes();
        let (mut end, mut hangul, mut dense) = (at, false, 0);
        while bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
            let syllables = hangul_run(&bytes[end..]);
            if syllables > 0 {
                hangul = true;
                end += syllables;
                continue;
            }
            let Some(c) = line[end..].chars().next().filter(|c| is_substring(*c)) else {
                break;
            };
            let is_dense = matches!(c, '\u{3041}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
                || c.is_alphanumeric();
            dense += u32::from(is_dense);
            end += c.len_utf8();
        }
        Self { end, hangul, dense }
    }
}

/// Adds the cues of the phrase if it stands in `line` from byte `at` on; a lone one as a word by itself.
fn hit(phrase: &str, lone: bool, places: Places, line: &str, at: usize, counts: &mut CueCounts) {
    let end = at + phrase.len();
    let (Some(before), Some(found), Some(after)) =
        (line.get(..at), line.get(at..end), line.get(end..))
    else {
        return;
    };
    if !found.eq_ignore_ascii_case(phrase) {
        return;
    }
    if lone
        && (before.chars().next_back().is_some_and(is_hangul)
            || after.chars().next().is_some_and(is_hangul))
    {
        return;
    }
    let at_start = before.len() <= MARKS && !before.chars().any(is_word);
    let whole = at_start && after.len() <= MARKS && !after.chars().any(is_word);
    let mut cues = places.anywhere;
    if at_start {
        cues |= places.start;
    }
    if whole {
        cues |= places.whole;
    }
    if cues != 0 {
        counts.add(cues, at_start, whole);
    }
}

/// Marks such as `▶ [` in front of a phrase or behind it that leave it at the edge of its line, in bytes.
const MARKS: usize = 24;

#[cfg(test)]
mod tests {
    use super::rows::words_of;
    use super::{Cue, CueCounts, Cues, LONGEST, Places, is_substring};
    use crate::lexicon::table;

    const DATA: &str = include_str!("../data/cues.tsv");

    fn count(line: &str) -> CueCounts {
        let mut counts = CueCounts::default();
        Cues::shipped().count(line, &mut counts);
        counts
    }

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        let rows: Vec<_> = table::rows::<4>(DATA).collect::<Result<_, _>>().unwrap();
        assert!(
            rows.windows(2)
                .all(|pair| (pair[0].1[1], pair[0].1[0]) < (pair[1].1[1], pair[1].1[0]))
        );
        for (line, [phrase, cue, place, languages]) in &rows {
            assert!(
                Places::parse(cue, place).is_some(),
                "line {line}: {cue} {place}"
            );
            assert_eq!(*phrase, phrase.to_lowercase(), "line {line}");
            assert_eq!(*phrase, phrase.trim(), "line {line}");
            assert!(!languages.is_empty(), "line {line}");
            let words = words_of(phrase).count();
            assert!(
                phrase.chars().any(is_substring) || (1..=LONGEST).contains(&words),
                "line {line}: {words} words"
            );
        }
        for cue in Cue::ALL {
            assert!(
                rows.iter().any(|(_, row)| row[1] == cue.code()),
                "{}: no phrase",
                cue.code()
            );
        }
    }

    #[test]
    fn what_opens_a_line_is_told_without_the_rest_of_it() {
        for row in table::rows::<4>(DATA) {
            let (_, [phrase, ..]) = row.unwrap();
            for line in [
                phrase.to_owned(),
                format!("» {phrase} »"),
                format!("{phrase} a b c d e f"),
                format!("a {phrase} 가 나 다 라 마"),
                format!("▶ {phrase} 가 나 다 라 마 바"),
            ] {
                let mut opening = CueCounts::default();
                Cues::shipped().count_opening(&line, &mut opening);
                let all = count(&line);
                assert_eq!(opening.whole, all.whole, "{line}");
                assert_eq!(opening.at_start, all.at_start, "{line}");
            }
        }
    }

    #[test]
    fn a_third_of_the_slots_stays_free() {
        let slots = Cues::shipped().words.slots;
        let free = slots.iter().filter(|slot| **slot == [0; 8]).count();
        assert!(free * 3 >= slots.len(), "{free} of {}", slots.len());
    }

    #[test]
    fn words_match_whole_and_in_any_case() {
        assert_eq!(count("NEWSLETTER: x").count(Cue::Newsletter), 1);
        assert_eq!(count("newslettering").count(Cue::Newsletter), 0);
        assert_eq!(count("Großanzeigen").count(Cue::Advertisement), 0);
        assert_eq!(count("— ANZEIGE —").count(Cue::Advertisement), 1);
        assert_eq!(count("").words(), 0);
    }

    #[test]
    fn start_and_whole_are_told_apart() {
        let whole = count("» Skip to content");
        assert_eq!(whole.strength(Cue::Navigation, whole.words()), 255);
        let start = count("Skip to content of this page");
        assert_eq!(start.strength(Cue::Navigation, start.words()), 200);
        let within = count("Now skip to content");
        assert_eq!(within.strength(Cue::Navigation, within.words()), 130);
        assert!(within.opens(Cue::Navigation));
        assert_eq!(within.strength(Cue::Navigation, 30), 85);
        assert_eq!(within.strength(Cue::Cookie, 30), 0);
        assert!(count("공유 skip to content").opens(Cue::Navigation));
        assert!(!count("공유 skip to content").is_whole(Cue::Navigation));
    }

    #[test]
    fn words_of_prose_count_where_they_open_a_line_or_are_all_of_it() {
        assert!(count("By Ada Beispiel").opens(Cue::Byline));
        assert_eq!(count("stand by me").count(Cue::Byline), 0);
        assert!(count("| Sport |").is_whole(Cue::Navigation));
        assert_eq!(count("Sport ist gesund").count(Cue::Navigation), 0);
        assert!(!count("sport 공유").is_whole(Cue::Navigation));
    }

    #[test]
    fn short_hangul_has_to_be_a_word_by_itself() {
        assert!(count("[광고]").is_whole(Cue::Advertisement));
        assert_eq!(count("그 광고를 본 사람").count(Cue::Advertisement), 0);
        assert!(count("<무단전재 및 재배포 금지>").opens(Cue::Copyright));
    }

    #[test]
    fn the_copyright_sign_is_found_in_any_script() {
        assert!(count("Text © 2031 Beispielblatt").count(Cue::Copyright) >= 1);
        assert!(count("ⓒ 가나일보").opens(Cue::Copyright));
    }
}
