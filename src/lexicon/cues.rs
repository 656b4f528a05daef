//! Phrases by which the furniture of news pages is told: `data/cues.tsv`. Counts them in a line; what a count means is
//! for the stages to say.
//!
//! Phrases of scripts that write spaces match whole words, by rolling hashes over at most [`LONGEST`] words. Phrases
//! with Hangul, Han, Kana, Thai or a symbol match as substrings, except that one or two Hangul syllables have to be a
//! word by themselves: `광고` is furniture where `광고를` is prose.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::table;
use super::words::{WordHasher, word_hash};

const DATA: &str = include_str!("data/cues.tsv");

/// The longest phrase of a script with spaces, in words.
pub const LONGEST: usize = 5;

/// A line of so many words or fewer is short: furniture more often than prose.
pub const SHORT: u32 = 8;

/// What a phrase is a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Cue {
    /// Buttons that share, print or save the article.
    Share,
    /// Menus, search, log-in, skip links, breadcrumbs.
    Navigation,
    /// Sign-up for a newsletter or an alert, calls to follow a channel.
    Newsletter,
    /// Marks around advertisements.
    Advertisement,
    /// The comment section and its rules.
    Comments,
    /// Headings over related stories, links to them in the body.
    Related,
    /// Headings over ranked lists.
    Ranking,
    /// Imprint, contact, terms, registration numbers.
    Footer,
    /// Copyright notices.
    Copyright,
    /// Consent to cookies or to embedded content.
    Cookie,
    /// Offers of a subscription, walls in front of the text.
    Paywall,
    /// Players, read-aloud buttons, polls, font sizes, weather, summaries made by machine.
    Widget,
    /// Words in front of an author's name.
    Byline,
    /// Words in front of a date of publication or change.
    DateLabel,
    /// Words in front of a caption or a credit.
    Caption,
    /// Notes about a correction.
    Correction,
    /// Words in front of keywords.
    Tags,
    /// Notes about the author or from the editors.
    AuthorNote,
}

impl Cue {
    /// All of them, in order.
    pub const ALL: &[Self] = &[
        Self::Share,
        Self::Navigation,
        Self::Newsletter,
        Self::Advertisement,
        Self::Comments,
        Self::Related,
        Self::Ranking,
        Self::Footer,
        Self::Copyright,
        Self::Cookie,
        Self::Paywall,
        Self::Widget,
        Self::Byline,
        Self::DateLabel,
        Self::Caption,
        Self::Correction,
        Self::Tags,
        Self::AuthorNote,
    ];

    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The name in the data file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Navigation => "navigation",
            Self::Newsletter => "newsletter",
            Self::Advertisement => "advertisement",
            Self::Comments => "comments",
            Self::Related => "related",
            Self::Ranking => "ranking",
            Self::Footer => "footer",
            Self::Copyright => "copyright",
            Self::Cookie => "cookie",
            Self::Paywall => "paywall",
            Self::Widget => "widget",
            Self::Byline => "byline",
            Self::DateLabel => "date-label",
            Self::Caption => "caption",
            Self::Correction => "correction",
            Self::Tags => "tags",
            Self::AuthorNote => "author-note",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cue| cue.code() == code)
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

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

/// Set beside the cues of an entry where longer phrases go on from it.
const CONTINUES: u32 = 1 << 31;

/// Bits of [`WordPhrases::firsts`] as a power of two: 8 KiB stay in the fastest cache.
const FIRSTS_BITS: u32 = 16;

#[derive(Clone, Copy, Default)]
struct Slot {
    /// 0 where the slot is free.
    hash: u64,
    cues: u32,
}

/// Phrases by the rolling hash of their words, and all beginnings of longer phrases.
struct WordPhrases {
    /// Open addressing; the length is a power of two.
    slots: Vec<Slot>,
    /// One bit for each hash of a first word; spares most words the table.
    firsts: Vec<u64>,
}

#[inline]
fn combine(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl WordPhrases {
    fn new(phrases: &[(&str, u32)]) -> Self {
        let prefixes: usize = phrases
            .iter()
            .map(|(text, _)| text.split(' ').count())
            .sum();
        let mut table = Self {
            slots: vec![Slot::default(); (prefixes * 2).next_power_of_two()],
            firsts: vec![0; 1 << (FIRSTS_BITS - 6)],
        };
        for &(text, cues) in phrases {
            let mut hash = 0;
            let mut words = text
                .split(|c| !is_word(c))
                .filter(|word| !word.is_empty())
                .peekable();
            let mut first = true;
            while let Some(word) = words.next() {
                hash = combine(hash, word_hash(word));
                if first {
                    let (at, bit) = Self::first(hash);
                    table.firsts[at] |= bit;
                    first = false;
                }
                let at = table.position(hash);
                table.slots[at].hash = hash;
                table.slots[at].cues |= if words.peek().is_some() {
                    CONTINUES
                } else {
                    cues
                };
            }
        }
        table
    }

    #[inline]
    fn first(hash: u64) -> (usize, u64) {
        let bit = (hash >> (64 - FIRSTS_BITS)) as usize;
        (bit >> 6, 1 << (bit & 63))
    }

    /// Where `hash` stands or would stand. At least half of the slots are free, so the walk ends.
    #[inline]
    fn position(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 20) as usize & mask;
        while self.slots[at].hash != hash && self.slots[at].hash != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    #[inline]
    fn get(&self, hash: u64) -> u32 {
        let slot = self.slots[self.position(hash)];
        if slot.hash == hash { slot.cues } else { 0 }
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
    /// The cues of phrases from the first word on that end with the last one.
    from_start: u32,
}

impl Walk {
    #[inline]
    fn word(&mut self, hash: u64, phrases: &WordPhrases, counts: &mut CueCounts) {
        let mut kept = 0;
        self.from_start = 0;
        for n in 0..self.alive_len {
            let (prefix, start) = self.alive[n];
            let grown = combine(prefix, hash);
            let cues = phrases.get(grown);
            self.hit(cues, start, counts);
            if cues & CONTINUES != 0 {
                self.alive[kept] = (grown, start);
                kept += 1;
            }
        }
        let single = combine(0, hash);
        let (at, bit) = WordPhrases::first(single);
        if phrases.firsts[at] & bit != 0 {
            let cues = phrases.get(single);
            self.hit(cues, self.position, counts);
            if cues & CONTINUES != 0 && kept < LONGEST {
                self.alive[kept] = (single, self.position);
                kept += 1;
            }
        }
        self.alive_len = kept;
        self.position += 1;
    }

    #[inline]
    fn hit(&mut self, cues: u32, start: u32, counts: &mut CueCounts) {
        let cues = cues & !CONTINUES;
        if cues != 0 {
            counts.add(cues, start == 0, false);
            if start == 0 {
                self.from_start |= cues;
            }
        }
    }

    /// Passes a run of a script that is not read as words.
    fn pass(&mut self) {
        self.alive_len = 0;
        self.from_start = 0;
        self.position += 1;
    }
}

/// The shipped phrases, ready to be matched.
pub struct Cues {
    words: WordPhrases,
    substrings: AhoCorasick,
    /// The cues of each substring, and whether it has to be a word by itself.
    substring_cues: Vec<(u32, bool)>,
}

impl Cues {
    /// The shipped lexicon.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Cues> = LazyLock::new(|| {
            let rows = table::rows::<3>(DATA)
                .filter_map(Result::ok)
                .filter_map(|(_, [phrase, cue, _])| Some((phrase, Cue::parse(cue)?.bit())));
            let (substrings, words): (Vec<_>, Vec<_>) =
                rows.partition(|(phrase, _)| phrase.chars().any(is_substring));
            Cues {
                words: WordPhrases::new(&words),
                substrings: AhoCorasick::builder()
                    .match_kind(MatchKind::Standard)
                    .kind(Some(AhoCorasickKind::ContiguousNFA))
                    .ascii_case_insensitive(true)
                    .prefilter(false)
                    .build(substrings.iter().map(|(phrase, _)| phrase))
                    .expect("the shipped list is far below the limits of the automaton"),
                substring_cues: substrings
                    .iter()
                    .map(|&(phrase, cues)| (cues, is_lone(phrase)))
                    .collect(),
            }
        });
        &SHIPPED
    }

    /// Adds the cues of a line without its line break to `counts`. Runs in time linear in the line; allocates nothing.
    pub fn count(&self, line: &str, counts: &mut CueCounts) {
        let bytes = line.as_bytes();
        let mut walk = Walk::default();
        let mut words = 0;
        let mut dense = 0;
        let mut has_substring = false;
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            let mut hasher = WordHasher::default();
            let mut after = None;
            while at < bytes.len() {
                let byte = bytes[at];
                if byte.is_ascii() {
                    if !byte.is_ascii_alphanumeric() {
                        break;
                    }
                    hasher.push_byte(byte.to_ascii_lowercase());
                    at += 1;
                    continue;
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
            let Some(c) = after else {
                at += 1;
                continue;
            };
            if !is_substring(c) {
                at += c.len_utf8();
                continue;
            }
            has_substring = true;
            let run = at;
            let mut is_text = false;
            let mut is_hangul_run = false;
            for c in line[at..].chars() {
                if !is_substring(c) {
                    break;
                }
                at += c.len_utf8();
                if is_hangul(c) {
                    is_hangul_run = true;
                } else if c.is_alphanumeric() {
                    dense += 1;
                }
                is_text |= c.is_alphanumeric();
            }
            debug_assert!(at > run);
            if is_text {
                walk.pass();
                words += u32::from(is_hangul_run);
            }
        }
        counts.words = counts.words.saturating_add(words + dense / 2);
        counts.whole |= walk.from_start;
        if has_substring {
            self.count_substrings(line, counts);
        }
    }

    fn count_substrings(&self, line: &str, counts: &mut CueCounts) {
        for found in self.substrings.find_overlapping_iter(line) {
            let Some(&(cues, is_lone)) = self.substring_cues.get(found.pattern().as_usize()) else {
                continue;
            };
            let (Some(before), Some(after)) = (line.get(..found.start()), line.get(found.end()..))
            else {
                continue;
            };
            if is_lone
                && (before.chars().next_back().is_some_and(is_hangul)
                    || after.chars().next().is_some_and(is_hangul))
            {
                continue;
            }
            // A phrase far inside the line is not at its start, whatever the marks in front of it.
            let at_start = before.len() <= MARKS && !before.chars().any(is_word);
            let whole = at_start && after.len() <= MARKS && !after.chars().any(is_word);
            counts.add(cues, at_start, whole);
        }
    }
}

/// Marks such as `▶ [` in front of a phrase or behind it that leave it at the edge of its line, in bytes.
const MARKS: usize = 24;

/// Whether `c` is part of a word: letters, digits, and the signs that Indic scripts put on letters.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}')
            && !matches!(c, '\u{964}' | '\u{965}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Whether phrases with `c` are matched as substrings: scripts without spaces, Hangul with its particles, symbols.
fn is_substring(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{e00}'..='\u{eff}' | '\u{1100}'..='\u{11ff}' | '\u{2100}'..='\u{2bff}'
        | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether a phrase is so short that it has to be a word by itself.
fn is_lone(phrase: &str) -> bool {
    phrase.chars().count() <= 2 && phrase.chars().all(is_hangul)
}

#[cfg(test)]
mod tests {
    use super::{Cue, CueCounts, Cues, DATA, LONGEST, is_substring, is_word};
    use crate::lexicon::table;

    fn count(line: &str) -> CueCounts {
        let mut counts = CueCounts::default();
        Cues::shipped().count(line, &mut counts);
        counts
    }

    #[test]
    fn the_file_is_sorted_unique_and_valid() {
        let rows: Vec<_> = table::rows::<3>(DATA).collect::<Result<_, _>>().unwrap();
        assert!(
            rows.windows(2)
                .all(|pair| (pair[0].1[1], pair[0].1[0]) < (pair[1].1[1], pair[1].1[0]))
        );
        for (line, [phrase, cue, languages]) in &rows {
            assert!(Cue::parse(cue).is_some(), "line {line}: {cue}");
            assert_eq!(*phrase, phrase.to_lowercase(), "line {line}");
            assert_eq!(*phrase, phrase.trim(), "line {line}");
            assert!(!languages.is_empty(), "line {line}");
            let words = phrase
                .split(|c| !is_word(c))
                .filter(|word| !word.is_empty())
                .count();
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
    fn words_match_whole_and_in_any_case() {
        assert_eq!(count("Sixteen NEWSLETTERS").count(Cue::Newsletter), 1);
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
    fn short_hangul_has_to_be_a_word_by_itself() {
        assert!(count("[광고]").is_whole(Cue::Advertisement));
        assert_eq!(count("그 광고를 본 사람").count(Cue::Advertisement), 0);
        assert!(count("<무단전재 및 재배포 금지>").opens(Cue::Copyright));
    }

    #[test]
    fn the_copyright_sign_is_found_in_any_script() {
        assert_eq!(
            count("Copyright © 2031 Beispielblatt").count(Cue::Copyright),
            2
        );
        assert!(count("ⓒ 가나일보").opens(Cue::Copyright));
    }
}
