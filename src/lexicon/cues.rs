//! Phrases by which the furniture of news pages is told: `data/cues.tsv`. Counts them in a line; what a count means is
//! for the stages to say.
//!
//! Phrases of scripts that write spaces match whole words, by rolling hashes over at most [`LONGEST`] words. Phrases
//! with Hangul, Han, Kana, Thai or a symbol match as substrings, except that one or two Hangul syllables have to be a
//! word by themselves: `광고` is furniture where `광고를` is prose.

use std::sync::LazyLock;

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

/// The cues of a phrase by where it has to stand. Words that prose uses as well, as `by` and `sport`, count only
/// where they open a line or are all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Places {
    anywhere: u32,
    start: u32,
    whole: u32,
}

impl Places {
    /// A beginning that is no phrase itself.
    const GOES_ON: Self = Self {
        anywhere: CONTINUES,
        start: 0,
        whole: 0,
    };

    fn parse(cue: &str, place: &str) -> Option<Self> {
        let bit = Cue::parse(cue)?.bit();
        let mut places = Self::default();
        match place {
            "any" => places.anywhere = bit,
            "start" => places.start = bit,
            "whole" => places.whole = bit,
            _ => return None,
        }
        Some(places)
    }

    fn merge(&mut self, other: Self) {
        self.anywhere |= other.anywhere;
        self.start |= other.start;
        self.whole |= other.whole;
    }
}

/// Bits of [`WordPhrases::firsts`] as a power of two: 8 KiB stay in the fastest cache.
const FIRSTS_BITS: u32 = 16;

#[derive(Clone, Copy, Default)]
struct Slot {
    /// The lower half of the hash, made odd; 0 where the slot is free.
    tag: u32,
    /// Which of [`WordPhrases::places`].
    places: u16,
}

/// Phrases by the rolling hash of their words, and all beginnings of longer phrases.
struct WordPhrases {
    /// Open addressing; the length is a power of two.
    slots: Vec<Slot>,
    /// The few combinations of places that there are; the first is none at all, the second
    /// [`Places::GOES_ON`].
    places: Vec<Places>,
    /// One bit for each hash of a first word; spares most words the table.
    firsts: Vec<u64>,
}

#[inline]
fn combine(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn words_of(phrase: &str) -> impl Iterator<Item = &str> {
    phrase
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
}

impl WordPhrases {
    fn new(phrases: &[(&str, Places)]) -> Self {
        // A phrase adds hardly two beginnings that no other one has; a test watches that slots stay free.
        let mut table = Self {
            slots: vec![Slot::default(); (phrases.len() * 4).next_power_of_two()],
            places: vec![Places::default(), Places::GOES_ON],
            firsts: vec![0; 1 << (FIRSTS_BITS - 6)],
        };
        for &(text, places) in phrases {
            let mut hash = 0;
            let mut words = words_of(text).peekable();
            let mut first = true;
            while let Some(word) = words.next() {
                hash = combine(hash, word_hash(word));
                if first {
                    let (at, bit) = Self::first(hash);
                    table.firsts[at] |= bit;
                    first = false;
                }
                if words.peek().is_some() {
                    table.insert(hash, Places::GOES_ON);
                } else {
                    table.insert(hash, places);
                }
            }
        }
        table
    }

    fn insert(&mut self, hash: u64, places: Places) {
        let at = self.position(hash);
        let before = self.places[usize::from(self.slots[at].places)];
        let mut merged = before;
        merged.merge(places);
        if merged == before {
            return;
        }
        // The second is by far the most frequent; for the rest the end is near, as the data file is sorted by category.
        let known = if merged == Places::GOES_ON {
            Some(1)
        } else {
            self.places.iter().rposition(|other| *other == merged)
        };
        let index = known.unwrap_or_else(|| {
            self.places.push(merged);
            self.places.len() - 1
        });
        self.slots[at] = Slot {
            tag: Self::tag(hash),
            places: u16::try_from(index).unwrap_or(0),
        };
    }

    #[inline]
    fn first(hash: u64) -> (usize, u64) {
        let bit = (hash >> (64 - FIRSTS_BITS)) as usize;
        (bit >> 6, 1 << (bit & 63))
    }

    #[inline]
    fn tag(hash: u64) -> u32 {
        hash as u32 | 1
    }

    /// Where `hash` stands or would stand. Some slots are always free, so the walk ends.
    #[inline]
    fn position(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let tag = Self::tag(hash);
        let mut at = (hash >> 36) as usize & mask;
        while self.slots[at].tag != tag && self.slots[at].tag != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    #[inline]
    fn get(&self, hash: u64) -> Places {
        self.places[usize::from(self.slots[self.position(hash)].places)]
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
        let (at, bit) = WordPhrases::first(single);
        if phrases.firsts[at] & bit != 0 {
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

    /// Passes a run of a script that is not read as words.
    fn pass(&mut self) {
        self.alive_len = 0;
        self.from_start = 0;
        self.if_whole = 0;
        self.position += 1;
    }
}

/// A phrase matched as a substring.
struct Substring {
    text: &'static str,
    places: Places,
    /// It has to be a word by itself.
    lone: bool,
}

/// Substrings by their first two characters: an automaton over bytes takes ten times as long for Hangul, most of whose
/// bytes are alike. Phrases of one character count as followed by [`NOTHING`].
struct Substrings {
    /// One bit for each hash of a pair that opens a phrase.
    pairs: Vec<u64>,
    /// Sorted by the hash of their pair.
    phrases: Vec<(u32, Substring)>,
    /// Where in `phrases` the hashes with each of the highest [`BUCKET_BITS`] bits begin, and the end.
    buckets: Vec<u32>,
}

const BUCKET_BITS: u32 = 12;

const NOTHING: char = '\0';

#[inline]
fn pair_hash(first: char, second: char) -> u32 {
    let both = (u64::from(first as u32) << 32) | u64::from(second as u32);
    (both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

impl Substrings {
    fn new(phrases: impl Iterator<Item = (&'static str, Places)>) -> Self {
        let mut table = Self {
            pairs: vec![0; 1 << (FIRSTS_BITS - 6)],
            phrases: Vec::new(),
            buckets: Vec::new(),
        };
        for (text, places) in phrases {
            let mut chars = text.chars();
            let Some(first) = chars.next() else {
                continue;
            };
            let hash = pair_hash(first, chars.next().unwrap_or(NOTHING));
            let (at, bit) = Self::pair(hash);
            table.pairs[at] |= bit;
            let phrase = Substring {
                text,
                places,
                lone: is_lone(text),
            };
            table.phrases.push((hash, phrase));
        }
        table.phrases.sort_by_key(|(hash, _)| *hash);
        let mut next = 0;
        for bucket in 0..=1 << BUCKET_BITS {
            while next < table.phrases.len() && Self::bucket(table.phrases[next].0) < bucket {
                next += 1;
            }
            table.buckets.push(next as u32);
        }
        table
    }

    #[inline]
    fn pair(hash: u32) -> (usize, u64) {
        let bit = (hash >> (32 - FIRSTS_BITS)) as usize;
        (bit >> 6, 1 << (bit & 63))
    }

    #[inline]
    fn bucket(hash: u32) -> usize {
        (hash >> (32 - BUCKET_BITS)) as usize
    }

    fn count(&self, line: &str, counts: &mut CueCounts) {
        let mut chars = line
            .char_indices()
            .map(|(at, c)| (at, c.to_ascii_lowercase()))
            .peekable();
        while let Some((at, first)) = chars.next() {
            let second = chars.peek().map_or(NOTHING, |(_, c)| *c);
            self.count_pair(pair_hash(first, second), line, at, counts);
            if second != NOTHING && is_substring(first) {
                self.count_pair(pair_hash(first, NOTHING), line, at, counts);
            }
        }
    }

    /// Adds the cues of the phrases with this pair that stand in `line` from byte `at` on.
    #[inline]
    fn count_pair(&self, hash: u32, line: &str, at: usize, counts: &mut CueCounts) {
        let (word, bit) = Self::pair(hash);
        if self.pairs[word] & bit == 0 {
            return;
        }
        let bucket = Self::bucket(hash);
        let range = self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize;
        for (other, phrase) in &self.phrases[range] {
            if *other == hash {
                phrase.hit(line, at, counts);
            }
        }
    }
}

impl Substring {
    /// Adds the cues of the phrase if it stands in `line` from byte `at` on.
    fn hit(&self, line: &str, at: usize, counts: &mut CueCounts) {
        let end = at + self.text.len();
        let (Some(before), Some(found), Some(after)) =
            (line.get(..at), line.get(at..end), line.get(end..))
        else {
            return;
        };
        if !found.eq_ignore_ascii_case(self.text) {
            return;
        }
        if self.lone
            && (before.chars().next_back().is_some_and(is_hangul)
                || after.chars().next().is_some_and(is_hangul))
        {
            return;
        }
        let at_start = before.len() <= MARKS && !before.chars().any(is_word);
        let whole = at_start && after.len() <= MARKS && !after.chars().any(is_word);
        let mut cues = self.places.anywhere;
        if at_start {
            cues |= self.places.start;
        }
        if whole {
            cues |= self.places.whole;
        }
        if cues != 0 {
            counts.add(cues, at_start, whole);
        }
    }
}

/// The shipped phrases, ready to be matched.
pub struct Cues {
    words: WordPhrases,
    substrings: Substrings,
}

impl Cues {
    /// The shipped lexicon.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Cues> = LazyLock::new(Cues::load);
        &SHIPPED
    }

    fn load() -> Self {
        let (mut words, mut substrings) = (Vec::new(), Vec::new());
        let mut last = ("", Places::default());
        // Cheaper than `table::rows`, which the test goes through: the columns behind the phrase seldom change.
        for line in DATA.lines().filter(|line| !line.starts_with('#')) {
            let Some((phrase, rest)) = line.split_once('\t') else {
                continue;
            };
            let Some((kind, _)) = rest.rsplit_once('\t') else {
                continue;
            };
            if kind != last.0 {
                // `None` for the names of the columns.
                let places = kind
                    .split_once('\t')
                    .and_then(|(cue, place)| Places::parse(cue, place));
                let Some(places) = places else {
                    continue;
                };
                last = (kind, places);
            }
            if !phrase.is_ascii() && phrase.chars().any(is_substring) {
                substrings.push((phrase, last.1));
            } else {
                words.push((phrase, last.1));
            }
        }
        Self {
            words: WordPhrases::new(&words),
            substrings: Substrings::new(substrings.into_iter()),
        }
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
            let mut is_dense_run = false;
            let mut is_hangul_run = false;
            for c in line[at..].chars() {
                if !is_substring(c) {
                    break;
                }
                at += c.len_utf8();
                if is_hangul(c) {
                    is_hangul_run = true;
                } else if matches!(c, '\u{3041}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
                    || c.is_alphanumeric()
                {
                    dense += 1;
                    is_dense_run = true;
                }
            }
            if is_hangul_run || is_dense_run {
                walk.pass();
                words += u32::from(is_hangul_run);
            }
        }
        counts.words = counts.words.saturating_add(words + dense / 2);
        counts.whole |= walk.from_start;
        if walk.if_whole != 0 {
            counts.add(walk.if_whole, true, true);
        }
        if has_substring {
            self.substrings.count(line, counts);
        }
    }
}

/// Marks such as `▶ [` in front of a phrase or behind it that leave it at the edge of its line, in bytes.
const MARKS: usize = 24;

/// Whether `c` is part of a word: letters, digits, and the signs that Indic scripts put on letters.
fn is_word(c: char) -> bool {
    // The letters of Latin, Cyrillic, Hebrew and Arabic that need no look into the tables of Unicode come first.
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2af}' | '\u{400}'..='\u{481}'
            | '\u{48a}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}')
        || !c.is_ascii() && c.is_alphanumeric()
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
    use super::{Cue, CueCounts, Cues, DATA, LONGEST, Places, is_substring, words_of};
    use crate::lexicon::table;

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
    fn a_third_of_the_slots_stays_free() {
        let slots = &Cues::shipped().words.slots;
        let free = slots.iter().filter(|slot| slot.tag == 0).count();
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
