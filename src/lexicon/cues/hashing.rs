//! Which phrases are matched as words and which as substrings, and the rolling hash of the words. The build script
//! shares this file.

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Set beside the number of a substring's places where it has to be a word by itself.
pub(super) const LONE: u16 = 1 << 15;

/// The hash of a phrase that `word` is added to; 0 for no word yet.
#[inline]
pub(super) fn combine(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(MIX)
}

/// What a slot says of the phrase in it: the lower half of the hash, made odd; above it stands the number of the
/// phrase's places. A free slot is 0.
#[inline]
pub(super) const fn tag(hash: u64) -> u32 {
    hash as u32 | 1
}

/// Where the search for a phrase begins in a table of `slots`, a power of two.
#[inline]
pub(super) const fn home(hash: u64, slots: usize) -> usize {
    (hash >> 36) as usize & (slots - 1)
}

/// Whether `c` is part of a word: letters, digits, and the signs that Indic scripts put on letters.
pub(super) fn is_word(c: char) -> bool {
    // Letters of six scripts that need no look into the tables of Unicode come first.
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2af}' | '\u{400}'..='\u{481}'
            | '\u{48a}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{4e00}'..='\u{9fa5}'
            | '\u{ac00}'..='\u{d7a3}')
        || !c.is_ascii() && c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}')
            && !matches!(c, '\u{964}' | '\u{965}')
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Whether phrases with `c` are matched as substrings: scripts without spaces, Hangul with its particles, symbols.
pub(super) fn is_substring(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{e00}'..='\u{eff}' | '\u{1100}'..='\u{11ff}' | '\u{2100}'..='\u{2bff}'
        | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}
