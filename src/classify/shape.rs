//! What one pass over the characters of a unit tells: counts of words, marks, digits and capitals, and the hashes of its
//! words. Nothing here knows a neighbour or a page.

use crate::classify::edges::{self, End, Start};
use crate::classify::words::{TELLING, Words};
use crate::document::{Join, Part, hangul, hangul_run, is_alphabetic, is_alphanumeric};

/// Scripts that the model tells apart, by how their words are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Script {
    /// Too few letters to tell.
    #[default]
    None,
    /// Latin, Greek, Cyrillic, Armenian: letters with cases.
    Cased,
    /// Arabic, Hebrew, Indic and others: spaces, no cases.
    Caseless,
    /// Hangul.
    Hangul,
    /// Han and kana, Thai and others written without spaces.
    Spaceless,
}

/// The counts of one unit; all saturate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    /// Display columns (wide characters count two).
    pub columns: u32,
    /// Words; two characters of a script without spaces count as one.
    pub words: u32,
    /// Words whose first letter is upper-case.
    pub capitalised: u16,
    /// Words of two letters and more, all upper-case.
    pub shouted: u16,
    /// Letters.
    pub letters: u32,
    /// Digits.
    pub digits: u16,
    /// Marks: neither letter, digit nor white space.
    pub marks: u16,
    /// Commas of any script.
    pub commas: u16,
    /// Stops, question and exclamation marks that end a sentence: at the end, or before white space.
    pub stops: u16,
    /// `|`, `·`, `>`, `/`, `»`, `•`, `▶` and the like.
    pub separators: u16,
    /// Quotation marks.
    pub quotes: u16,
    /// Brackets, opening ones.
    pub brackets: u16,
    /// Colons.
    pub colons: u16,
    /// Words before the first colon, bar or arrow, plus one; 0 where none follows the first few words: the length of a
    /// label such as `Read more:`.
    pub label: u8,
    /// Whether a copyright sign stands after the beginning: a picture's credit at the end of its caption.
    pub credited: bool,
    /// `@` right after a letter or digit: mail addresses.
    pub mails: u16,
    /// E-mail addresses, web addresses, handles and hash tags.
    pub addresses: u16,
    /// Groups of digits.
    pub numbers: u16,
    /// Two digit groups around a colon: a time of day or a duration.
    pub times: u16,
    /// Three digit groups with the same separator, or a four-digit year: a date.
    pub dates: u16,
    /// Hangul words that end in a particle or an ending; kana in Japanese; counted as function words elsewhere are.
    pub glue: u16,
    /// How it begins.
    pub start: Start,
    /// How it ends.
    pub end: End,
    /// Letters by script.
    pub hangul: u32,
    /// Han, kana, Thai and other letters of scripts without spaces.
    pub spaceless: u32,
    /// Kana alone.
    pub kana: u32,
    /// Letters with cases.
    pub cased: u32,
    /// Whether a character stands in it whose words the cues may read otherwise, or match within words.
    pub foreign: bool,
    /// Hash of the letters and digits, lower-cased: equal for two units that print the same.
    pub fingerprint: u64,
}

/// Syllables of a Hangul word that are its stem, roughly.
const STEM_SYLLABLES: u32 = 2;

/// Words; a label is not longer.
const LABEL_WORDS: u32 = 6;

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
}

/// Classes of ASCII bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ascii {
    Space,
    Lower,
    Upper,
    Digit,
    Mark,
}

const ASCII: [Ascii; 128] = {
    let mut table = [Ascii::Mark; 128];
    let mut i = 0;
    while i < 128 {
        let c = i as u8;
        if c.is_ascii_lowercase() {
            table[i] = Ascii::Lower;
        } else if c.is_ascii_uppercase() {
            table[i] = Ascii::Upper;
        } else if c.is_ascii_digit() {
            table[i] = Ascii::Digit;
        } else if c <= b' ' || c == 0x7f {
            table[i] = Ascii::Space;
        }
        i += 1;
    }
    table
};

/// Looks at the unit made of `parts`, whose page is `text`, and appends its words to `words`.
pub(crate) fn scan(text: &str, parts: &[Part], words: &mut Words) -> Shape {
    if words.starts.is_empty() {
        words.starts.push(0);
    }
    let mut scanner = Scanner::new(words);
    for part in parts {
        if part.join == Join::Space {
            scanner.space();
        }
        scanner.part(part.span.of(text));
    }
    let mut shape = scanner.finish();
    words.starts.push(words.hashes.len() as u32);
    let first = parts.first().map_or("", |part| part.span.of(text));
    let last = parts.last().map_or("", |part| part.span.of(text));
    shape.start = edges::start(first);
    shape.end = edges::end(last);
    shape
}

/// The word that is being read.
#[derive(Clone, Copy)]
struct Word {
    hash: u64,
    chars: u32,
    uppers: u32,
    upper_first: bool,
    hangul: u32,
    /// The hash after the last syllable of a Hangul word's stem.
    stem: u64,
    last: char,
}

impl Word {
    const EMPTY: Self = Self {
        hash: FNV_OFFSET,
        chars: 0,
        uppers: 0,
        upper_first: false,
        hangul: 0,
        stem: 0,
        last: ' ',
    };
}

struct Scanner<'a> {
    shape: Shape,
    words: &'a mut Words,
    word: Word,
    /// The character of a script without spaces before this one, for pairs.
    pair: char,
    spaceless_run: u32,
    /// Length of the digit group that is being read, and of the two before it, with the mark after each.
    digits: u8,
    groups: [(u8, char); 2],
    previous: char,
}

impl<'a> Scanner<'a> {
    fn new(words: &'a mut Words) -> Self {
        Self {
            shape: Shape {
                fingerprint: FNV_OFFSET,
                ..Shape::default()
            },
            words,
            word: Word::EMPTY,
            pair: ' ',
            spaceless_run: 0,
            digits: 0,
            groups: [(0, ' '); 2],
            previous: ' ',
        }
    }

    fn part(&mut self, slice: &str) {
        let bytes = slice.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_lowercase() {
                at += self.lower(byte, &bytes[at..]);
            } else if byte == b' ' {
                self.shape.columns += 1;
                self.space();
                at += 1;
            } else if byte < 0x80 {
                self.ascii(byte);
                at += 1;
            } else if let Some(first) = hangul(&bytes[at..]) {
                at += self.hangul(first, &bytes[at..]);
            } else {
                let c = slice[at..].chars().next().unwrap_or(' ');
                self.wide(c);
                at += c.len_utf8();
            }
        }
    }

    fn ascii(&mut self, byte: u8) {
        self.shape.columns += 1;
        match ASCII[byte as usize] {
            Ascii::Lower => self.letter(byte, byte as char, false),
            Ascii::Upper => self.letter(byte | 0x20, byte as char, true),
            Ascii::Digit => {
                self.digit(byte as char);
                self.word.hash = step(self.word.hash, byte);
                self.shape.fingerprint = step(self.shape.fingerprint, byte);
                self.word.chars += 1;
                self.word.last = byte as char;
            }
            Ascii::Space => self.space(),
            Ascii::Mark => self.mark(byte as char),
        }
    }

    /// The run of lower-case letters at the head of `bytes`, of which `first` is one; how many they are.
    fn lower(&mut self, first: u8, bytes: &[u8]) -> usize {
        self.end_digits(first as char);
        let (mut word, mut fingerprint) = (self.word.hash, self.shape.fingerprint);
        let (mut count, mut last) = (0, first);
        for byte in bytes {
            if !byte.is_ascii_lowercase() {
                break;
            }
            word = step(word, *byte);
            fingerprint = step(fingerprint, *byte);
            last = *byte;
            count += 1;
        }
        self.word.hash = word;
        self.shape.fingerprint = fingerprint;
        self.shape.columns += count;
        self.shape.letters += count;
        self.shape.cased += count;
        self.word.chars += count;
        self.word.last = last as char;
        self.previous = last as char;
        count as usize
    }

    /// The run of Hangul syllables at the head of `bytes`, of which `first` is one; how many bytes they are.
    fn hangul(&mut self, first: char, bytes: &[u8]) -> usize {
        self.end_digits(first);
        let (mut word, mut fingerprint) = (self.word.hash, self.shape.fingerprint);
        let run = &bytes[..hangul_run(bytes)];
        let (syllables, _) = run.as_chunks::<3>();
        for [a, b, c] in syllables {
            let code = u64::from(*a) | u64::from(*b) << 8 | u64::from(*c) << 16;
            fingerprint = (fingerprint ^ code).wrapping_mul(FNV_PRIME);
        }
        // Of a word with a stem nothing else is looked at.
        let of_stem = STEM_SYLLABLES.saturating_sub(self.word.hangul) as usize;
        for (n, syllable) in (self.word.hangul + 1..).zip(syllables.iter().take(of_stem)) {
            word = syllable.iter().fold(word, |word, byte| step(word, *byte));
            if n == STEM_SYLLABLES {
                self.word.stem = word;
            }
        }
        let count = syllables.len();
        let last = syllables
            .last()
            .and_then(|last| hangul(last))
            .unwrap_or(first);
        self.word.hash = word;
        self.word.chars += count as u32;
        self.word.hangul += count as u32;
        self.word.last = last;
        self.shape.fingerprint = fingerprint;
        self.shape.columns += 2 * count as u32;
        self.shape.letters += count as u32;
        self.shape.hangul += count as u32;
        self.shape.foreign = true;
        self.previous = last;
        3 * count
    }

    fn letter(&mut self, lower: u8, c: char, upper: bool) {
        self.end_digits(c);
        self.shape.letters += 1;
        self.shape.cased += 1;
        self.word.hash = step(self.word.hash, lower);
        self.shape.fingerprint = step(self.shape.fingerprint, lower);
        if upper {
            self.word.uppers += 1;
            self.word.upper_first |= self.word.chars == 0;
        }
        self.word.chars += 1;
        self.word.last = c;
        self.previous = c;
    }

    fn wide(&mut self, c: char) {
        self.shape.foreign |= !is_read_alike(c);
        if c.is_whitespace() {
            self.shape.columns += 1;
            self.space();
        } else if is_spaceless_letter(c) {
            self.spaceless(c);
        } else if is_alphabetic(c) {
            self.shape.columns += 1;
            self.shape.letters += 1;
            self.end_digits(c);
            let upper = c.is_uppercase();
            if upper || c.is_lowercase() {
                self.shape.cased += 1;
            }
            if upper {
                self.word.uppers += 1;
                self.word.upper_first |= self.word.chars == 0;
                for lower in c.to_lowercase() {
                    self.feed(lower);
                }
            } else {
                self.feed(c);
            }
        } else if c.is_numeric() {
            self.shape.columns += 1;
            self.digit(c);
            self.feed(c);
        } else if matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\u{feff}')
        {
            // Combining and invisible: part of what surrounds it.
        } else {
            self.shape.columns += if c > '\u{2e80}' { 2 } else { 1 };
            self.mark(c);
        }
    }

    fn feed(&mut self, c: char) {
        let mut buffer = [0; 4];
        let (mut word, mut fingerprint) = (self.word.hash, self.shape.fingerprint);
        for byte in c.encode_utf8(&mut buffer).bytes() {
            word = step(word, byte);
            fingerprint = step(fingerprint, byte);
        }
        self.word.hash = word;
        self.shape.fingerprint = fingerprint;
        self.word.chars += 1;
        self.word.last = c;
        self.previous = c;
    }

    fn spaceless(&mut self, c: char) {
        if self.word.chars > 0 {
            self.push_word();
            self.spaceless_run = 0;
        }
        self.end_digits(c);
        self.shape.columns += 2;
        self.shape.letters += 1;
        self.shape.spaceless += 1;
        if matches!(c, '\u{3041}'..='\u{3096}') {
            self.shape.kana += 1;
        }
        self.spaceless_run += 1;
        if self.spaceless_run % 2 == 1 {
            self.shape.words += 1;
        }
        let mut hash = FNV_OFFSET;
        for half in [self.pair as u32, c as u32] {
            for byte in half.to_le_bytes() {
                hash = step(hash, byte);
            }
        }
        self.shape.fingerprint = step(self.shape.fingerprint, c as u8) ^ u64::from(c as u32);
        if self.pair != ' ' {
            self.words.hashes.push(hash | TELLING);
        }
        self.pair = c;
        self.previous = c;
    }

    fn digit(&mut self, c: char) {
        self.shape.digits = self.shape.digits.saturating_add(1);
        self.digits = self.digits.saturating_add(1);
        self.previous = c;
    }

    /// A digit group ends at `next`, if one is being read.
    #[inline]
    fn end_digits(&mut self, next: char) {
        if self.digits > 0 {
            self.end_group(next);
        }
    }

    fn end_group(&mut self, next: char) {
        let [(first, mark), (second, other)] = self.groups;
        self.shape.numbers = self.shape.numbers.saturating_add(1);
        let last = self.digits;
        if other == ':' && second <= 2 && second > 0 && last == 2 {
            self.shape.times = self.shape.times.saturating_add(1);
        }
        let separated = first > 0 && second > 0 && mark == other && matches!(mark, '.' | '-' | '/');
        let marked = matches!((mark, other), ('년', '월') | ('年', '月'));
        if (separated || marked) && (first == 4 || last == 4 || last == 2) && second <= 2 {
            self.shape.dates = self.shape.dates.saturating_add(2);
        } else if last == 4 {
            self.shape.dates = self.shape.dates.saturating_add(1);
        }
        self.groups = [(second, other), (last, next)];
        self.digits = 0;
    }

    fn space(&mut self) {
        self.end_word();
        self.end_digits(' ');
        if is_sentence_end(self.previous) {
            self.shape.stops = self.shape.stops.saturating_add(1);
        }
        self.pair = ' ';
        // A date such as `2024. 5. 3.` has white space after its stops: there the groups stay.
        if self.previous == ' ' || is_alphanumeric(self.previous) {
            self.groups = [self.groups[1], (0, ' ')];
        }
        self.previous = ' ';
    }

    fn mark(&mut self, c: char) {
        self.end_digits(c);
        self.end_word();
        self.pair = ' ';
        let shape = &mut self.shape;
        shape.marks = shape.marks.saturating_add(1);
        if shape.label == 0
            && (1..=LABEL_WORDS).contains(&shape.words)
            && matches!(c, ':' | '：' | '|' | '｜' | '>' | '›' | '»' | '▶')
        {
            shape.label = shape.words as u8 + 1;
        }
        shape.credited |= matches!(c, '©' | 'ⓒ') && shape.words > 0;
        match c {
            ',' | '，' | '、' | '،' => shape.commas = shape.commas.saturating_add(1),
            '。' | '！' | '？' | '।' | '؟' => shape.stops = shape.stops.saturating_add(1),
            '|' | '·' | '>' | '/' | '»' | '•' | '▶' | '›' | '☞' | '→' | 'ㅣ' | '│' | '｜' => {
                shape.separators = shape.separators.saturating_add(1)
            }
            '"' | '“' | '”' | '„' | '«' | '「' | '」' | '『' | '』' | '‘' | '’' => {
                shape.quotes = shape.quotes.saturating_add(1)
            }
            '(' | '[' | '<' | '【' | '（' | '〔' | '〈' => {
                shape.brackets = shape.brackets.saturating_add(1)
            }
            ':' | '：' => shape.colons = shape.colons.saturating_add(1),
            '@' | '#' => {
                shape.addresses = shape.addresses.saturating_add(1);
                if c == '@' && is_alphanumeric(self.previous) {
                    shape.mails = shape.mails.saturating_add(1);
                }
            }
            _ => {}
        }
        self.previous = c;
    }

    #[inline]
    fn end_word(&mut self) {
        self.spaceless_run = 0;
        if self.word.chars > 0 {
            self.push_word();
        }
    }

    fn push_word(&mut self) {
        let word = std::mem::replace(&mut self.word, Word::EMPTY);
        self.shape.words += 1;
        let mut hash = word.hash & !TELLING;
        if word.hangul > 0 {
            if word.hangul >= STEM_SYLLABLES {
                let particle = u16::from(is_particle(word.last));
                self.shape.glue = self.shape.glue.saturating_add(particle);
                hash = word.stem | TELLING;
            }
        } else {
            if word.upper_first {
                self.shape.capitalised = self.shape.capitalised.saturating_add(1);
            }
            if word.uppers >= 2 && word.uppers == word.chars {
                self.shape.shouted = self.shape.shouted.saturating_add(1);
            }
            if word.chars >= 5 {
                hash |= TELLING;
            }
        }
        self.words.hashes.push(hash);
    }

    fn finish(mut self) -> Shape {
        self.end_word();
        self.end_digits(' ');
        if is_sentence_end(self.previous) {
            self.shape.stops = self.shape.stops.saturating_add(1);
        }
        self.shape
    }
}

/// Whether cues read words with `c` in or beside them as they are read here: letters of Latin and Cyrillic, and common
/// marks. A test compares the two.
const fn is_read_alike(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{17f}' | '\u{400}'..='\u{45f}' | '\u{2010}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}')
        && !matches!(c, '©' | '®' | '\u{ad}' | 'İ')
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Letters of scripts that are written without spaces: Han, kana, Thai, Lao, Khmer, Myanmar.
fn is_spaceless_letter(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}')
}

/// Last syllables of Korean particles and sentence endings.
fn is_particle(c: char) -> bool {
    matches!(
        c,
        '은' | '는'
            | '이'
            | '가'
            | '을'
            | '를'
            | '에'
            | '의'
            | '로'
            | '와'
            | '과'
            | '도'
            | '만'
            | '서'
            | '며'
            | '고'
            | '다'
            | '요'
            | '지'
            | '면'
            | '나'
            | '게'
            | '인'
            | '한'
            | '할'
            | '된'
    )
}

#[cfg(test)]
mod tests {
    use super::{Shape, scan};
    use crate::classify::edges::{End, Start};
    use crate::classify::words::{TELLING, Words};
    use crate::document::{Join, Part, Span};
    use crate::lexicon::cues::{CueCounts, Cues};
    use crate::lexicon::words::word_hash;

    fn shape(line: &str) -> (Shape, Words) {
        let mut words = Words::default();
        let part = Part {
            span: Span::at(0, line.len()),
            join: Join::Space,
        };
        (scan(line, &[part], &mut words), words)
    }

    #[test]
    fn hashed_words_have_the_cues_of_their_line() {
        let cues = Cues::shipped();
        let phrases = [
            "Cookie",
            "© Sport",
            "Skip to content",
            "Lesen Sie auch:",
            "공유",
        ];
        for c in '\u{80}'..='\u{ffff}' {
            for phrase in phrases {
                let line = format!("{phrase}{c}news {c}{phrase} {c}{phrase}{c}");
                let (shape, words) = shape(&line);
                if shape.foreign {
                    continue;
                }
                let (mut read, mut counted) = (CueCounts::default(), CueCounts::default());
                cues.count(&line, &mut read);
                cues.count_words(words.of(0).iter().map(|hash| hash & !TELLING), &mut counted);
                assert_eq!(read, counted, "{c:?} {line}");
            }
        }
    }

    #[test]
    fn words_are_hashed_in_lower_case() {
        let (got, words) = shape("The Mayor said ÄRGER.");
        let hashes: Vec<u64> = words.of(0).iter().map(|hash| hash & !TELLING).collect();
        assert_eq!(hashes, ["the", "mayor", "said", "ärger"].map(word_hash));
        assert_eq!(
            (got.words, got.capitalised, got.shouted, got.stops),
            (4, 3, 1, 1)
        );
        assert_eq!((got.start, got.end), (Start::Upper, End::Stop));
    }

    #[test]
    fn dates_and_times_are_seen_in_every_common_shape() {
        for line in [
            "2024-05-03",
            "2024.05.03 10:22",
            "3/5/2024",
            "2024년05월03일",
            "2024年5月3日",
        ] {
            assert!(shape(line).0.dates >= 2, "{line}");
        }
        assert_eq!(shape("at 10:22 and 9:05").0.times, 2);
        assert_eq!(shape("3:1 and 4.2 per cent").0.times, 0);
    }

    #[test]
    fn two_characters_without_spaces_count_as_a_word() {
        assert_eq!(shape("東京都知事").0.words, 3);
    }
}
