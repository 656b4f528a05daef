//! The language of the body: by script where a script is at home in one language, else by function words, else by
//! trigrams.

use whatlang::Lang;

use crate::classify::features::Page;
use crate::classify::words::TELLING;
use crate::document::{Units, is_alphabetic};
use crate::lexicon::words::FunctionWords;

/// Bytes of body text that are looked at; more adds nothing.
const SAMPLE: usize = 2400;
/// Letters below which nothing is said.
const FEWEST_LETTERS: usize = 24;

/// The BCP 47 code of the units for which `is_body` is set; of the whole page where none is. `und` when unsure.
pub(crate) fn language(text: &str, units: &Units, page: &Page, is_body: &[bool]) -> &'static str {
    let any = is_body.contains(&true);
    let chosen = || (0..units.units.len()).filter(move |i| !any || is_body[*i]);
    let (mut letters, mut hangul, mut spaceless, mut kana) = (0_u64, 0_u64, 0_u64, 0_u64);
    for shape in chosen().map(|i| &page.shapes[i]) {
        letters += u64::from(shape.letters);
        hangul += u64::from(shape.hangul);
        spaceless += u64::from(shape.spaceless);
        kana += u64::from(shape.kana);
    }
    if letters == 0 {
        return "und";
    }
    if hangul * 4 >= letters {
        return "ko";
    }
    if kana * 10 >= letters {
        return "ja";
    }
    let best = Best::of(page, is_body, any);
    if let Some(code) = best.far() {
        return code;
    }
    let mut sample = String::with_capacity(SAMPLE + 512);
    for i in chosen() {
        for part in units.parts(i) {
            sample.push_str(part.span.of(text));
            sample.push(' ');
        }
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample.truncate(sample.floor_char_boundary(SAMPLE));
    if spaceless * 3 >= letters
        && !sample
            .chars()
            .any(|c| matches!(c, '\u{e01}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'))
    {
        return "zh";
    }
    if sample.chars().filter(|c| is_alphabetic(*c)).count() < FEWEST_LETTERS {
        return "und";
    }
    whatlang::detect(&sample)
        .filter(whatlang::Info::is_reliable)
        .map(|info| code(info.lang()))
        .or_else(|| best.relative())
        .unwrap_or("und")
}

/// Words that are looked at for function words.
const MOST_WORDS: usize = 400;
/// Function words of the best language from which on it is believed.
const FEWEST_FUNCTION_WORDS: u32 = 12;
/// Words that one of two relatives has alone from which on they tell it.
const FEWEST_OWN: u32 = 3;

/// How often a language's function words stand in the body, for the two languages that have the most of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Best {
    /// Places of the languages, and how many words.
    first: (usize, u32),
    second: (usize, u32),
    /// Words that only the one has, and only the other.
    own: (u32, u32),
}

impl Best {
    /// Counts the words of the units for which `is_body` is set, of all where not `any` is. Counting words that were hashed
    /// already is many times cheaper than trigrams.
    fn of(page: &Page, is_body: &[bool], any: bool) -> Self {
        let lexicon = FunctionWords::shipped();
        let chosen = (0..page.rows.len()).filter(|row| !any || is_body[page.rows[*row] as usize]);
        let words = chosen.flat_map(|row| page.words.of(row)).take(MOST_WORDS);
        let known = words.map(|hash| lexicon.languages(hash & !TELLING));
        let mut counts = [0_u32; 64];
        for mut languages in known.clone() {
            while languages != 0 {
                counts[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
        }
        let mut best = Self::default();
        for place in counts.into_iter().enumerate() {
            if place.1 > best.first.1 {
                best.second = best.first;
                best.first = place;
            } else if place.1 > best.second.1 {
                best.second = place;
            }
        }
        if !best.is_far() {
            let has = |languages: u64, place: (usize, u32)| languages >> place.0 & 1 == 1;
            for languages in known {
                match (has(languages, best.first), has(languages, best.second)) {
                    (true, false) => best.own.0 += 1,
                    (false, true) => best.own.1 += 1,
                    _ => {}
                }
            }
        }
        best
    }

    /// Whether the function words of one language are by far the most frequent ones.
    fn is_far(self) -> bool {
        self.first.1 >= FEWEST_FUNCTION_WORDS && self.first.1 * 2 >= self.second.1 * 3
    }

    /// That language; none where two come close, as relatives do.
    fn far(self) -> Option<&'static str> {
        self.is_far()
            .then(|| FunctionWords::shipped().code(self.first.0))
    }

    /// The one of two relatives whose own words stand in the body: Danish has `efter`, Norwegian `etter`.
    fn relative(self) -> Option<&'static str> {
        let known = self.first.1 >= FEWEST_FUNCTION_WORDS;
        let clear = |own: u32, other: u32| known && own >= FEWEST_OWN && own >= 2 * other;
        let place = if clear(self.own.0, self.own.1) {
            self.first.0
        } else if clear(self.own.1, self.own.0) {
            self.second.0
        } else {
            return None;
        };
        Some(FunctionWords::shipped().code(place))
    }
}

/// The BCP 47 code: two letters where ISO 639-1 has them.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "no",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
    }
}

#[cfg(test)]
mod tests {
    use super::Best;
    use crate::lexicon::words::FunctionWords;

    #[test]
    fn relatives_are_told_by_words_of_their_own() {
        let place = |code| FunctionWords::shipped().bit(code).unwrap();
        let between = |own| Best {
            first: (place("da"), 40),
            second: (place("no"), 38),
            own,
        };
        assert_eq!(between((2, 9)).relative(), Some("no"));
        assert_eq!(between((9, 2)).relative(), Some("da"));
        assert_eq!(between((9, 6)).relative(), None);
        assert_eq!(between((2, 1)).relative(), None);
        assert_eq!(between((2, 9)).far(), None);
    }
}
