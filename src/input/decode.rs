//! From bytes to Unicode: which encoding a document is in, and its text. Each document is decided for itself, so one
//! dump may mix encodings.
//!
//! In this order: the encoding that the user forces; a byte order mark; ISO-2022-JP by its escapes; UTF-8, also with a
//! few bad bytes; UTF-16 without a mark, by its zero bytes; what the container declares, if the bytes bear it out;
//! else what chardetng makes of the lines that hold bytes beyond ASCII.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes of lines beyond ASCII the detector is shown: on the pages of the test set so many decide as well as
/// all of them, and each costs 150 ns.
const DETECT_BYTES: usize = 4 << 10;

/// So many are enough where all the bytes then fit an encoding of several bytes a character, which chance seldom does.
const FITTING_BYTES: usize = 768;

/// Bytes that are UTF-8 but for some are UTF-8 where this many characters beyond ASCII are whole for each bad spot.
/// Korean in EUC-KR has about one chance pair that looks whole for three bad ones, so two would do.
const WHOLE_PER_BAD: usize = 4;

/// UTF-16 without a mark: at least one of this many code units has a zero byte, as every space and line end has.
const UNITS_PER_ZERO: usize = 50;

/// And of this many at least one half looks like a control character.
const UNITS_PER_CONTROL: usize = 20;

/// And zero bytes stand this many times more often on that side; on the other they are the low half of a character
/// such as U+AC00.
const ZEROS_PER_LOW_ZERO: usize = 3;

/// What is known of a document's encoding before its bytes are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known<'a> {
    /// By the user; settles it.
    pub(super) forced: Option<&'static Encoding>,
    /// By the container or the document itself.
    pub(super) declared: Option<&'static Encoding>,
    /// What the bytes were stored in before they were made UTF-8; settles it too.
    pub(super) made_of: Option<&'static Encoding>,
    /// The address of the page, whose country is a hint.
    pub(super) url: Option<&'a str>,
}

/// A text, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static Encoding,
    /// How many characters could not be decoded and became U+FFFD.
    pub(super) replaced: usize,
}

/// The text of `bytes`, without a byte order mark.
pub(super) fn decode(bytes: Vec<u8>, known: Known<'_>) -> Decoded {
    if let Some(encoding) = known.made_of {
        let text = decode_as(UTF_8, bytes).text;
        return Decoded {
            replaced: count_replaced(&text),
            text,
            encoding,
        };
    }
    if let Some(encoding) = known.forced {
        return decode_as(encoding, bytes);
    }
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, bytes);
    }
    if has_iso_2022_jp_escape(&bytes) {
        return decode_as(ISO_2022_JP, bytes);
    }
    if let Some(encoding) = utf_16_without_mark(&bytes) {
        return decode_as(encoding, bytes);
    }
    // Many bytes at a time: that and a copy cost less than a look at each character.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(&bytes) {
        return Decoded {
            text: text.into_owned(),
            encoding: UTF_8,
            replaced: 0,
        };
    }
    if is_utf_8_with_bad_bytes(&bytes) {
        return decode_as(UTF_8, bytes);
    }
    let detected = detect(&bytes, known.url);
    match known.declared {
        Some(declared) if declared != UTF_8 && declared != detected => {
            declared_or_detected(declared, detected, &bytes)
        }
        _ => decode_as(detected, bytes),
    }
}

/// Bytes seldom fit an encoding of several bytes a character by chance, and always fit the others: so what fits
/// such a one without a fault is in it, and declared goes before detected. Faults are weighed only between two of them.
fn declared_or_detected(
    declared: &'static Encoding,
    detected: &'static Encoding,
    bytes: &[u8],
) -> Decoded {
    let by_declared = decode_slice(declared, bytes);
    if by_declared.replaced == 0 && !declared.is_single_byte() {
        return by_declared;
    }
    let by_detected = decode_slice(detected, bytes);
    let detected_fits = by_detected.replaced == 0 && !detected.is_single_byte();
    if detected_fits || by_declared.replaced > by_detected.replaced {
        by_detected
    } else {
        by_declared
    }
}

fn decode_as(encoding: &'static Encoding, bytes: Vec<u8>) -> Decoded {
    if encoding == UTF_8 && !bytes.starts_with(b"\xef\xbb\xbf") {
        return match String::from_utf8(bytes) {
            Ok(text) => Decoded {
                text,
                encoding,
                replaced: 0,
            },
            Err(error) => decode_slice(encoding, error.as_bytes()),
        };
    }
    decode_slice(encoding, &bytes)
}

fn decode_slice(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    Decoded {
        replaced: if damaged { count_replaced(&text) } else { 0 },
        text: text.into_owned(),
        encoding,
    }
}

/// How many characters of `text` stand for what could not be decoded.
pub(super) fn count_replaced(text: &str) -> usize {
    memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}".as_bytes()).count()
}

fn has_iso_2022_jp_escape(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0x1b, bytes).any(|at| {
        matches!(
            bytes.get(at + 1..at + 3),
            Some(b"$B" | b"$@" | b"(J" | b"(I")
        )
    }) && bytes.is_ascii()
}

/// Most of a text is ASCII or whole characters; each bad spot is weighed against the whole ones.
fn is_utf_8_with_bad_bytes(bytes: &[u8]) -> bool {
    let (mut whole, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        whole += bytecount_leads(valid.as_bytes());
        bad += usize::from(!chunk.invalid().is_empty());
    }
    whole >= bad.saturating_mul(WHOLE_PER_BAD)
}

/// How many characters beyond ASCII are in valid UTF-8.
fn bytecount_leads(utf_8: &[u8]) -> usize {
    utf_8.iter().filter(|b| **b >= 0xc0).count()
}

/// The form of UTF-16 that bytes without a mark are in. Scripts of letters have zero bytes on one side of their code
/// units; others are told by how much of the text is characters that news are written in.
pub(super) fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DETECT_BYTES) & !1];
    // Every line end has a zero byte.
    memchr::memchr(0, head)?;
    let mut controls = 0;
    let mut zeros = [0_usize; 2];
    for (at, byte) in head.iter().enumerate() {
        zeros[at % 2] += usize::from(*byte == 0);
        controls += usize::from(matches!(byte, 0..=8 | 0x0e..=0x1a));
    }
    // No text of bytes has many of these, any text of code units does.
    if controls <= 2.max(head.len() / 2 / UNITS_PER_CONTROL) {
        return None;
    }
    let [high_first, low_first] = zeros;
    let few = head.len() / 2 / UNITS_PER_ZERO;
    if high_first > few && low_first * ZEROS_PER_LOW_ZERO <= high_first {
        return is_text(UTF_16BE, head).then_some(UTF_16BE);
    }
    if low_first > few && high_first * ZEROS_PER_LOW_ZERO <= low_first {
        return is_text(UTF_16LE, head).then_some(UTF_16LE);
    }
    match (is_text(UTF_16BE, head), is_text(UTF_16LE, head)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether nine of ten characters that `head` is in `encoding` are those of news.
fn is_text(encoding: &'static Encoding, head: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(head);
    let (mut good, mut all) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        good += usize::from(matches!(c,
            '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{6ff}' | '\u{900}'..='\u{e7f}' | '\u{1e00}'..='\u{2193}'
            | '\u{2500}'..='\u{266f}' | '\u{3000}'..='\u{30ff}' | '\u{3200}'..='\u{33ff}' | '\u{4e00}'..='\u{9fa5}'
            | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ffef}'));
    }
    good * 10 >= all * 9
}

/// What the lines beyond ASCII look like; the country of the page's address is a hint.
fn detect(bytes: &[u8], url: Option<&str>) -> &'static Encoding {
    let country = url.and_then(country);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut shown, mut tried) = (0, false);
    for line in lines(bytes) {
        if !line.is_ascii() {
            let line = &line[..line.len().min(DETECT_BYTES)];
            detector.feed(line, false);
            shown += line.len();
            if shown >= FITTING_BYTES && !std::mem::replace(&mut tried, true) {
                let guess = detector.guess(country.as_deref(), Utf8Detection::Deny);
                let fits = || {
                    guess
                        .decode_without_bom_handling_and_without_replacement(bytes)
                        .is_some()
                };
                if !guess.is_single_byte() && fits() {
                    return guess;
                }
            }
            if shown >= DETECT_BYTES {
                break;
            }
        }
    }
    detector.feed(b"", true);
    let guess = detector.guess(country.as_deref(), Utf8Detection::Deny);
    if guess.is_single_byte() && has_signs_alone(bytes) {
        return WINDOWS_1252;
    }
    guess
}

/// Whether all bytes beyond ASCII are signs in windows-1252, none of them within a word: dashes, curly quotes, a
/// currency. That is English more often than a language that has letters there, and the detector is not sure of it.
fn has_signs_alone(bytes: &[u8]) -> bool {
    (0..bytes.len())
        .filter(|at| !bytes[*at].is_ascii())
        .all(|at| {
            let letter = |at: Option<usize>| {
                at.and_then(|at| bytes.get(at))
                    .is_some_and(u8::is_ascii_alphabetic)
            };
            match bytes[at] {
                0x83 | 0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e | 0x9f | 0xaa | 0xb5 | 0xba => false,
                0x80..=0xa0 => true,
                0xa1..=0xbf => !letter(at.checked_sub(1)) || !letter(at.checked_add(1)),
                _ => false,
            }
        })
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, behind) = rest.split_at(end);
        rest = behind;
        Some(line)
    })
}

/// The last label of the host of `url`, in the form that the detector takes.
fn country(url: &str) -> Option<Vec<u8>> {
    let (_, behind) = url.split_once("://")?;
    let host = behind.split(['/', '?', '#', ':']).next()?;
    let label = host.rsplit('.').next()?;
    let plain = !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphabetic());
    plain.then(|| label.to_ascii_lowercase().into_bytes())
}

#[cfg(test)]
mod tests {
    use encoding_rs::{
        BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
    };

    use super::{Decoded, Known, country, decode};

    const KOREAN: &str = "가람시는 올해 안에 낡은 다리 세 곳을 고치기로 했다고 21일 밝혔다.\n";

    fn unknown(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), Known::default())
    }

    fn utf_16(text: &str, mark: bool, big: bool) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter()
            .chain(text.encode_utf16())
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn legacy_encodings_are_told_from_one_sentence() {
        let cases: [(&'static Encoding, &str); 5] = [
            (EUC_KR, KOREAN),
            (SHIFT_JIS, "市は二十一日、古い橋を年内に直すと発表した。"),
            (GBK, "市政府二十一日表示，今年内将修复三座旧桥。"),
            (BIG5, "市政府二十一日表示，今年內將修復三座舊橋。"),
            (
                WINDOWS_1252,
                "Die Stadt will die alten Br\u{fc}cken noch f\u{fc}r dieses Jahr reparieren.",
            ),
        ];
        for (encoding, text) in cases {
            let got = unknown(&encoding.encode(text).0);
            assert_eq!((got.encoding, got.text.as_str()), (encoding, text));
        }
    }

    #[test]
    fn ascii_before_the_first_foreign_byte_does_not_hide_it() {
        let mut bytes = "menu home news sport\n".repeat(5_000).into_bytes();
        bytes.extend_from_slice(&EUC_KR.encode(KOREAN).0);
        assert_eq!(unknown(&bytes).encoding, EUC_KR);
    }

    #[test]
    fn utf_8_with_a_few_bad_bytes_stays_utf_8() {
        let mut bytes = KOREAN.repeat(3).into_bytes();
        bytes[10] = 0xff;
        bytes.truncate(bytes.len() - 2);
        let got = unknown(&bytes);
        assert_eq!(got.encoding, UTF_8);
        assert!((1..=4).contains(&got.replaced), "{got:?}");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        for (bytes, encoding) in [
            ([b"\xef\xbb\xbf", KOREAN.as_bytes()].concat(), UTF_8),
            (utf_16(KOREAN, true, false), UTF_16LE),
            (utf_16(KOREAN, true, true), UTF_16BE),
            (utf_16(KOREAN, false, false), UTF_16LE),
            (utf_16(KOREAN, false, true), UTF_16BE),
        ] {
            let got = unknown(&bytes);
            assert_eq!((got.text.as_str(), got.encoding), (KOREAN, encoding));
        }
    }

    #[test]
    fn what_is_declared_is_believed_only_if_the_bytes_bear_it_out() {
        let bytes = EUC_KR.encode(KOREAN).0.into_owned();
        let declared = |declared| {
            let known = Known {
                declared: Some(declared),
                ..Known::default()
            };
            decode(bytes.clone(), known)
        };
        assert_eq!(declared(EUC_KR).text, KOREAN);
        assert_eq!(declared(UTF_8).text, KOREAN);
        assert_eq!(declared(SHIFT_JIS).text, KOREAN);
    }

    #[test]
    fn the_country_is_the_last_label_of_the_host() {
        assert_eq!(
            country("https://news.example.KR:80/a.html").as_deref(),
            Some(&b"kr"[..])
        );
        assert_eq!(country("http://127.0.0.1/"), None);
    }
}
