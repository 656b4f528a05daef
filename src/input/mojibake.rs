//! Mojibake of the two common kinds, recognised and repaired: UTF-8 that was read as Latin-1 (`Ã©` for `é`, `ê°€` for
//! `가`), and Korean in CP949 that was read as Latin-1 (`°¡` for `가`). Latin-1 is windows-1252 here, as on the web.
//!
//! Both leave runs of characters beyond ASCII that make sense as bytes; real text has such characters one by one.

use encoding_rs::EUC_KR;

/// This many runs are taken for mojibake, fewer for chance.
const LEAST_RUNS: usize = 3;

/// Bytes of UTF-8 may have been misread this many times over.
const MOST_ROUNDS: usize = 3;

/// The last character that windows-1252 has.
const LAST_OF_1252: char = '\u{2122}';

/// The kind of mojibake that a text shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Utf8,
    Cp949,
}

/// Which mojibake `text` shows, if any.
pub(super) fn recognise(text: &str) -> Option<Kind> {
    if adjacent_latin(text.as_bytes()) < LEAST_RUNS {
        return None;
    }
    let kinds = [Kind::Utf8, Kind::Cp949];
    let mut good = [0; 2];
    let mut all = 0;
    for run in runs(text) {
        all += 1;
        // Nearly every run of real text ends here: no byte was ever read as its first character.
        if !run.starts_with(|c| c <= LAST_OF_1252) {
            continue;
        }
        for (kind, good) in kinds.iter().zip(&mut good) {
            *good += usize::from(kind.repair(run).is_some());
        }
    }
    kinds
        .into_iter()
        .zip(good)
        .find(|(_, good)| *good >= LEAST_RUNS && *good > all - *good)
        .map(|(kind, _)| kind)
}

/// `text` with every run repaired that can be.
pub(super) fn repair(text: &str, kind: Kind) -> String {
    let mut repaired = repair_once(text, kind);
    for _ in 1..MOST_ROUNDS {
        if recognise(&repaired) != Some(Kind::Utf8) {
            break;
        }
        repaired = repair_once(&repaired, Kind::Utf8);
    }
    repaired
}

fn repair_once(text: &str, kind: Kind) -> String {
    let mut repaired = String::with_capacity(text.len());
    let mut at = 0;
    for run in runs(text) {
        let start = run.as_ptr().addr() - text.as_ptr().addr();
        repaired.push_str(&text[at..start]);
        match kind.repair(run) {
            Some(mended) => repaired.push_str(&mended),
            None => repaired.push_str(run),
        }
        at = start + run.len();
    }
    repaired.push_str(&text[at..]);
    repaired
}

/// How many characters of the upper half of Latin-1 are followed by one beyond ASCII: a look at the bytes that almost
/// every text ends with, in either script.
fn adjacent_latin(text: &[u8]) -> usize {
    memchr::memchr2_iter(0xc2, 0xc3, text)
        .filter(|at| text.get(at + 2).is_some_and(|next| *next >= 0xc2))
        .take(LEAST_RUNS)
        .count()
}

/// Runs of characters beyond ASCII.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|byte| !byte.is_ascii())?;
        let run = &rest[start..];
        let end = run.bytes().position(|byte| byte.is_ascii());
        let (run, after) = run.split_at(end.unwrap_or(run.len()));
        rest = after;
        Some(run)
    })
}

impl Kind {
    /// What a run was before it was misread, if it was.
    fn repair(self, run: &str) -> Option<String> {
        // Neither kind has a character of one byte.
        run.chars().nth(1)?;
        let bytes: Vec<u8> = run.chars().map(latin_1).collect::<Option<_>>()?;
        match self {
            Self::Utf8 => {
                let text = String::from_utf8(bytes).ok()?;
                text.chars().all(is_plausible).then_some(text)
            }
            Self::Cp949 => {
                let text = EUC_KR.decode_without_bom_handling_and_without_replacement(&bytes)?;
                let korean = text.chars().all(|c| {
                    matches!(c, '가'..='힣' | 'ㄱ'..='ㆎ' | '\u{2010}'..='\u{27bf}' | '\u{3000}'..='\u{303f}' | '·')
                });
                (korean && text.chars().any(|c| matches!(c, '가'..='힣')))
                    .then(|| text.into_owned())
            }
        }
    }
}

/// The byte that was read as `c`.
fn latin_1(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ if c > LAST_OF_1252 => None,
        _ => {
            let mut utf_8 = [0; 4];
            let (byte, _, unmapped) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut utf_8));
            (!unmapped).then(|| byte.first().copied())?
        }
    }
}

/// Whether a repaired character is one that news are written in. What chance makes of real text, such as `ß“`, falls
/// among phonetic signs and rare scripts.
fn is_plausible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{24f}'
        // Of windows-1252: what was misread twice has them after one repair.
        | 'ˆ'
        | '˜'
        | '\u{300}'..='\u{6ff}'
        | '\u{900}'..='\u{1fff}'
        | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe00}'..='\u{ffef}'
        | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, WINDOWS_1252};

    use super::{Kind, recognise, repair};

    const KOREAN: &str =
        "가람시는 “낡은 다리”를 올해 안에 고치기로 했다고 21일 밝혔다. 시민들은 반겼다.";
    const FRENCH: &str =
        "L’été dernier, la préfète a déclaré : « Ça suffit », même à l’école d’Évreux.";

    fn misread(bytes: &[u8]) -> String {
        WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned()
    }

    #[test]
    fn both_kinds_are_recognised_and_repaired() {
        for text in [KOREAN, FRENCH] {
            let mojibake = misread(text.as_bytes());
            assert_eq!(recognise(&mojibake), Some(Kind::Utf8), "{mojibake}");
            assert_eq!(repair(&mojibake, Kind::Utf8), text);
            assert_eq!(repair(&misread(mojibake.as_bytes()), Kind::Utf8), text);
        }
        let mojibake = misread(&EUC_KR.encode(KOREAN).0);
        assert_eq!(recognise(&mojibake), Some(Kind::Cp949), "{mojibake}");
        assert_eq!(repair(&mojibake, Kind::Cp949), KOREAN);
    }

    #[test]
    fn real_text_is_none() {
        let texts = [
            KOREAN,
            FRENCH,
            "„Zu Fuß“, „Spaß“, „Gruß“, „süß“ – so hieß es: „Schluß“.",
            "SÃO PAULO – A CAFÉ” É” À” NÃO – ÇÃO ÇÕES",
            "Ääni kääntyi, ja hän näki tämän yön yli: pöytää, päätöstä, hääyö.",
        ];
        for text in texts {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_repaired_stays() {
        let mojibake = format!("{} {}", misread(KOREAN.as_bytes()), "Ã\u{20}");
        assert_eq!(repair(&mojibake, Kind::Utf8), format!("{KOREAN} Ã\u{20}"));
    }
}
