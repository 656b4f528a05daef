//! Speakers' labels in broadcast scripts and interviews: `앵커>`, `[기자]`, `◀ 리포트 ▶`, `Q.`, `JANE DOE:` and the
//! bracketed soundbite `[NAME / TITLE : words]`.

use crate::document::is_alphabetic;
use crate::lexicon::speakers::{self, Part};

/// The longest label between marks, in bytes; names with an office run long in Korean (three bytes a character).
const LABEL_BYTES: usize = 150;

/// The longest sign-off, in bytes.
const SIGN_OFF_BYTES: usize = 150;

/// The longest name before a colon, in characters.
const NAME_CHARS: usize = 32;

const PAIRS: [(char, char); 11] = [
    ('[', ']'),
    ('<', '>'),
    ('〈', '〉'),
    ('◀', '▶'),
    ('【', '】'),
    ('《', '》'),
    ('(', ')'),
    ('＜', '＞'),
    ('［', '］'),
    ('〔', '〕'),
    ('「', '」'),
];

/// What a label at the head of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A part of a script between marks, or before `>`.
    Script,
    /// A name and an office in brackets on a line of its own, for the words that follow on the next.
    Guest,
    /// A bracketed soundbite; the text runs to the bracket that closes it.
    Soundbite,
    /// A letter or word of question and answer.
    QuestionOrAnswer,
    /// A name and a colon.
    Name,
}

/// A label at the head of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) shape: Shape,
    /// Bytes from the start of the text to the first byte of what is said.
    pub(super) len: usize,
    /// Bytes at the end of the text that belong to the label: the bracket that closes a soundbite.
    pub(super) tail: usize,
}

/// The label at the head of `text`, which has no white space at its ends.
pub(super) fn label(text: &str) -> Option<Label> {
    marked(text)
        .or_else(|| soundbite(text))
        .or_else(|| guest(text))
        .or_else(|| letter(text))
        .or_else(|| name(text))
}

/// A part of a script: `[앵커]`, `<앵커 멘트>`, `◀ 리포트 ▶`, `앵커>`, `【 기자 】`.
pub(super) fn marked(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    let (inside, close) = match PAIRS.iter().find(|pair| pair.0 == first) {
        Some(pair) => (&text[first.len_utf8()..], pair.1),
        None => (text, '>'),
    };
    // Most texts have neither of the closing marks that may follow anything.
    let reach = &inside.as_bytes()[..inside.len().min(LABEL_BYTES / 3 * 4)];
    if close == '>' && memchr::memchr2(b'>', 0xef, reach).is_none() {
        return None;
    }
    let (end, close) = inside
        .char_indices()
        .take(LABEL_BYTES / 3)
        .find(|(_, c)| *c == close || (*c == '＞' && close == '>'))?;
    let role = inside[..end].trim();
    if !is_part(role) {
        return None;
    }
    let len = text.len() - inside.len() + end + close.len_utf8();
    Some(with_space(text, len, Shape::Script))
}

/// Whether `inside` is a part of a script, alone or with a name: `앵커`, `앵커 멘트`, `앵커 / 홍길동`.
fn is_part(inside: &str) -> bool {
    let role = |word: &str| {
        let squeezed: String = word.split_whitespace().collect();
        speakers::part(&squeezed) == Some(Part::Role)
    };
    if inside.is_empty() || inside.len() > 60 {
        return false;
    }
    role(inside)
        || inside
            .split_once(['/', ':', '·', '='])
            .is_some_and(|(left, right)| {
                role(left.trim()) && right.chars().count() <= 8 && !right.trim().is_empty()
            })
}

/// `[NAME / TITLE : words]`: brackets around all, a slash or a closing quotation mark inside.
fn soundbite(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    let close = PAIRS.iter().find(|pair| pair.0 == first && first != '(')?.1;
    if !text.ends_with(close) {
        return None;
    }
    let head: usize = text
        .char_indices()
        .map(|(at, _)| at)
        .take_while(|at| *at <= LABEL_BYTES)
        .last()?;
    let colon = text[..head].find([':', '：'])?;
    let name = text[first.len_utf8()..colon].trim();
    let words = text[colon..text.len() - close.len_utf8()]
        .trim_start_matches([':', '：'])
        .trim();
    let spoken = words.ends_with(['.', '?', '!', '"', '”', '…', '\'', '’']);
    if name.contains(close)
        || name.is_empty()
        || super::captions::opens_credit(name)
        || !(name.contains('/') || words.starts_with(['"', '“']))
        || !spoken
        || words.chars().count() < 5
    {
        return None;
    }
    let start = text.len()
        - text[colon..]
            .trim_start_matches([':', '：', ' ', '\u{a0}'])
            .len();
    Some(Label {
        shape: Shape::Soundbite,
        len: start,
        tail: close.len_utf8(),
    })
}

/// `[NAME / TITLE]` alone, or before words in quotation marks.
fn guest(text: &str) -> Option<Label> {
    let first = text
        .chars()
        .next()
        .filter(|c| matches!(c, '[' | '<' | '【'))?;
    let close = PAIRS.iter().find(|pair| pair.0 == first)?.1;
    let end = text.find(close).filter(|end| *end <= LABEL_BYTES)?;
    let inside = text[first.len_utf8()..end].trim();
    let len = end + close.len_utf8();
    let rest = text[len..].trim_start();
    let office = inside.split_once('/').filter(|(name, office)| {
        (2..=20).contains(&name.trim().chars().count()) && !office.trim().is_empty()
    });
    (office.is_some()
        && !inside.contains(['=', ':', '@', '©', 'ⓒ'])
        && !inside
            .split('/')
            .any(|word| super::captions::opens_credit(word.trim()))
        && (rest.is_empty() || rest.starts_with(['"', '“'])))
    .then(|| with_space(text, len, Shape::Guest))
}

/// `Q.`, `A:`, `문)`, `답변 :`, `Q1.`
fn letter(text: &str) -> Option<Label> {
    let end = text
        .char_indices()
        .take(6)
        .find(|(_, c)| matches!(c, '.' | ':' | '：' | ')' | '．' | '>'))?;
    let word = text[..end.0]
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_digit());
    if speakers::part(word) != Some(Part::QuestionOrAnswer) {
        return None;
    }
    let len = end.0 + end.1.len_utf8();
    let next = text[len..].chars().next()?;
    // `A.B.` are initials, and `Q.E.D.` is none of ours.
    (next.is_whitespace() || !next.is_ascii())
        .then(|| with_space(text, len, Shape::QuestionOrAnswer))
}

/// `JANE DOE: …` or `Jane Doe: …`; believed only where labels of this shape come again and again.
fn name(text: &str) -> Option<Label> {
    let (end, colon) = text
        .char_indices()
        .take(NAME_CHARS)
        .find(|(_, c)| matches!(c, ':' | '：' | '.' | ',' | '"' | '“' | '?' | '!'))?;
    if !matches!(colon, ':' | '：') {
        return None;
    }
    let name = &text[..end];
    let mut words = 0;
    for word in name.split(' ') {
        words += 1;
        let first = word.chars().next()?;
        let capital = first.is_uppercase() || matches!(first, '가'..='힣' | '一'..='龥');
        if !capital
            || !word
                .chars()
                .all(|c| is_alphabetic(c) || matches!(c, '-' | '\'' | '’'))
        {
            return None;
        }
    }
    (words <= 4 && name.chars().count() >= 2)
        .then(|| with_space(text, end + colon.len_utf8(), Shape::Name))
}

fn with_space(text: &str, len: usize, shape: Shape) -> Label {
    let rest = text[len..].trim_start();
    Label {
        shape,
        len: text.len() - rest.len(),
        tail: 0,
    }
}

/// Who speaks, from a label as printed: without its marks.
pub(super) fn speaker(label: &str) -> &str {
    label.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '>' | '＞' | ':' | '：' | '.' | '．')
            || PAIRS.iter().any(|pair| c == pair.0 || c == pair.1)
    })
}

/// Whether a line that stands right below a script is its last spoken one: `지금까지 사회부에서 전해드렸습니다.`,
/// `새벽 뉴스 한가람입니다.`
pub(super) fn is_sign_off(line: &str) -> bool {
    let first = line.split(char::is_whitespace).next().unwrap_or("");
    let spoken = line.trim_end_matches('.');
    let news = spoken
        .rsplit_once(' ')
        .is_some_and(|(outlet, name)| outlet.ends_with(speakers::NEWS) && name.ends_with("입니다"));
    line.len() <= SIGN_OFF_BYTES
        && spoken.ends_with("니다")
        && (news || speakers::part(first) == Some(Part::SignOff))
}

/// Whether a label as printed opens a soundbite, whose words alone are its speaker's.
pub(super) fn is_soundbite(label: &str) -> bool {
    let opened = label
        .chars()
        .next()
        .and_then(|first| PAIRS.iter().find(|pair| pair.0 == first));
    opened.is_some_and(|pair| !label.contains(pair.1))
}

/// Whether a label as printed names a guest, whose next paragraph alone is theirs.
pub(super) fn is_guest(label: &str) -> bool {
    let inside = speaker(label);
    inside.contains('/') && !is_part(inside)
}

#[cfg(test)]
mod tests {
    use super::{Shape, is_guest, is_sign_off, is_soundbite, label, speaker};

    fn shape(text: &str) -> Option<(Shape, &str)> {
        label(text).map(|label| (label.shape, &text[label.len..text.len() - label.tail]))
    }

    #[test]
    fn parts_of_a_script_are_labels_in_all_their_marks() {
        for marks in [
            "앵커> ",
            "[앵커] ",
            "<앵커 멘트> ",
            "◀ 앵커 ▶ ",
            "【 앵커멘트 】",
            "<앵커 / 김하늘> ",
        ] {
            let text = format!("{marks}오늘 소식입니다.");
            assert_eq!(
                shape(&text),
                Some((Shape::Script, "오늘 소식입니다.")),
                "{marks}"
            );
        }
    }

    #[test]
    fn a_soundbite_gives_its_speaker_and_its_words() {
        let text = "[한가람 / 새벽연구소 소장 : 비용이 두 배로 늘었습니다.]";
        assert_eq!(
            shape(text),
            Some((Shape::Soundbite, "비용이 두 배로 늘었습니다."))
        );
        let found = label(text).unwrap();
        assert!(is_soundbite(&text[..found.len]));
        assert_eq!(speaker(&text[..found.len]), "한가람 / 새벽연구소 소장");
    }

    #[test]
    fn a_guest_alone_on_a_line_is_a_label() {
        assert_eq!(shape("[한가람/시민]"), Some((Shape::Guest, "")));
        assert!(is_guest("[한가람/시민]"));
        assert!(!is_guest("[앵커]"));
    }

    #[test]
    fn credits_kickers_and_initials_are_no_labels() {
        for text in [
            "[사진 : 새벽일보 제공.]",
            "<사진 / 새벽일보>",
            "[단독] 시장이 사임했다.",
            "A.B. Carter said so.",
            "[새벽일보 한가람 기자] 오늘",
            "(기자회견) 오늘",
        ] {
            assert_eq!(shape(text), None, "{text}");
        }
    }

    #[test]
    fn the_last_spoken_line_says_that_it_is() {
        assert!(is_sign_off("지금까지 사회부에서 전해드렸습니다."));
        assert!(is_sign_off("새벽 뉴스 한가람입니다."));
        assert!(!is_sign_off("지금까지 확인된 피해는 3건이다."));
        assert!(!is_sign_off("제보를 기다립니다."));
    }

    #[test]
    fn names_and_letters_before_a_mark_are_labels() {
        assert_eq!(shape("JANE DOE: We left."), Some((Shape::Name, "We left.")));
        assert_eq!(shape("JANE DOE:"), Some((Shape::Name, "")));
        assert_eq!(shape("Q. Why?"), Some((Shape::QuestionOrAnswer, "Why?")));
        assert_eq!(shape("At 9:30 we left."), None);
        assert_eq!(shape("This is what he said: nothing."), None);
    }
}
