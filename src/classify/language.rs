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
    if let Some(code) = by_function_words(page, is_body, any) {
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
        .map_or("und", |info| code(info.lang()))
}

/// Words that are looked at for function words.
const MOST_WORDS: usize = 400;
/// Function words of the best language from which on it is believed.
const FEWEST_FUNCTION_WORDS: u32 = 12;

/// The language whose function words are by far the most frequent ones; none where two come close, as relatives do.
/// Counting words that were hashed already is many times cheaper than trigrams.
fn by_function_words(page: &Page, is_body: &[bool], any: bool) -> Option<&'static str> {
    let lexicon = FunctionWords::shipped();
    let mut counts = [0_u32; 64];
    let chosen = (0..page.rows.len()).filter(|row| !any || is_body[page.rows[*row] as usize]);
    for hash in chosen.flat_map(|row| page.words.of(row)).take(MOST_WORDS) {
        let mut languages = lexicon.languages(hash & !TELLING);
        while languages != 0 {
            counts[languages.trailing_zeros() as usize] += 1;
            languages &= languages - 1;
        }
    }
    let (mut best, mut second) = ((0, 0), 0);
    for (index, count) in counts.into_iter().enumerate() {
        if count > best.1 {
            second = best.1;
            best = (index, count);
        } else {
            second = second.max(count);
        }
    }
    let far = best.1 >= FEWEST_FUNCTION_WORDS && best.1 * 2 >= second * 3;
    far.then(|| lexicon.code(best.0))
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
