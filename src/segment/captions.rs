//! Captions and whose pictures they go with: `… [사진=새벽일보]`, `(한빛군 제공)`, `Photo: Jane Doe/Dawn Agency`.

use std::ops::Range;

use memchr::memmem;

use crate::document::{is_alphabetic, is_alphanumeric, opening};
use crate::lexicon::captions::{self, LONGEST, Place};

/// The longest text that is taken for a caption on the strength of its credit alone, in bytes; longer ones are
/// paragraphs that end in one.
pub(super) const CAPTION_BYTES: usize = 700;

/// The longest credit, in bytes.
const CREDIT_BYTES: usize = 120;
/// Bytes of the shortest text that is said twice on purpose.
const TWICE: usize = 20;
/// Bytes of a word by which the second copy is looked for.
const WORD_BYTES: usize = 16;
/// Places that are looked at.
const LOOKS: usize = 8;

/// What the credit of a text says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Credit {
    /// Bytes of the text that hold the credit with its brackets and its opening word.
    pub(super) range: Range<usize>,
    /// The giver, as printed.
    pub(super) name: Range<usize>,
    /// Whether its own words say that it is one, rather than its place alone.
    pub(super) sure: bool,
}

/// The credit of `text`: all of it, or its end.
pub(super) fn credit(text: &str) -> Option<Credit> {
    bracketed(text)
        .or_else(|| opened(text))
        .or_else(|| after_mark(text))
        .or_else(|| closed(text))
        .or_else(|| bare_agency(text))
}

/// The end of `text` in which a credit and the mark before it lie: marks further up lead nowhere. The longest mark has
/// three bytes.
fn tail(text: &str) -> &str {
    &text[text.floor_char_boundary(text.len().saturating_sub(CREDIT_BYTES + 3))..]
}

/// The giver and the word that closes a credit, behind the sentence of a caption: `… . 한빛군 제공`.
fn closed(text: &str) -> Option<Credit> {
    let end = text.trim_end().len();
    let near = tail(&text[..end]);
    // A mark further up has more than a credit behind it, blanks aside.
    if !near.contains(['.', '…']) && near.len() < end && !near.starts_with(char::is_whitespace) {
        return None;
    }
    let (_, behind) = text[..end].rsplit_once(['.', '…'])?;
    let tail = behind.trim_start();
    let start = end - tail.len();
    let (name, word) = tail.rsplit_once(' ')?;
    let fits =
        tail.len() <= CREDIT_BYTES && name.split(' ').count() <= 4 && tail.len() < behind.len();
    (fits && captions::place(word) == Some(Place::Close)).then(|| Credit {
        range: start..end,
        name: start..start + name.trim_end().len(),
        sure: true,
    })
}

/// The words that stand in for a picture, where `text` is nothing but one in Markdown: `![Ferry at dawn](ferry.jpg)`.
pub(super) fn picture(text: &str) -> Option<Range<usize>> {
    let inner = text.strip_prefix('[').unwrap_or(text);
    let start = text.len() - inner.strip_prefix("![")?.len();
    let (words, address) = text[start..].split_once("](")?;
    let address = address.strip_suffix(')')?;
    let is_one = !address.contains(char::is_whitespace) && !words.contains("![");
    is_one.then(|| start..start + words.len())
}

/// Whether `text` is nothing but a credit.
pub(super) fn is_credit(text: &str) -> bool {
    credit(text)
        .is_some_and(|credit| credit.sure && !text[..credit.range.start].contains(is_alphanumeric))
}

/// Whether `text` is the name of an agency.
pub(super) fn is_agency(text: &str) -> bool {
    captions::place(text) == Some(Place::Agency)
}

/// Whether `text` begins with a word that opens a credit: `사진`, `Photo by`.
pub(super) fn opens_credit(text: &str) -> bool {
    opener(text).is_some()
}

/// Whether `text` opens as a caption that says so: `사진설명`, `*사진설명 :`, `▲ (사진=…)`.
pub(super) fn describes(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '▲', '△', ' ', '[', '<', '(', '※']);
    let end = text
        .find(|c: char| !is_alphanumeric(c))
        .unwrap_or(text.len());
    captions::place(&text[..end]) == Some(Place::Describe)
}

/// Whether a line says its text twice, perhaps before or after a few words more: programs that turn a page into lines put
/// the words that stand in for a picture beside its caption, and often both are the same.
pub(super) fn says_twice(text: &str) -> bool {
    if text.len() < 2 * TWICE || text.len() > CAPTION_BYTES {
        return false;
    }
    let mut words = text.split_whitespace();
    let head = words.next().unwrap_or("");
    let head = &head[..head.floor_char_boundary(WORD_BYTES)];
    let tail = words.next_back().unwrap_or("");
    let tail = &tail[tail.ceil_char_boundary(tail.len().saturating_sub(WORD_BYTES))..];
    let long = |once: &str| once.len() >= TWICE;
    let from_start = |at: usize| {
        let mut again = ink(&text[at..]);
        long(&text[..at]) && ink(&text[..at]).all(|c| again.next() == Some(c))
    };
    let from_end = |end: usize| {
        let mut once = ink(&text[..end]).rev();
        let again = &text[end..];
        long(again) && end <= 3 * again.len() && ink(again).rev().all(|c| once.next() == Some(c))
    };
    let starts = memmem::find_iter(text.as_bytes(), head);
    let ends = memmem::rfind_iter(text.as_bytes(), tail).map(|at| at + tail.len());
    !head.is_empty() && starts.skip(1).take(LOOKS).any(from_start)
        || !tail.is_empty() && ends.skip(1).take(LOOKS).any(from_end)
}

fn ink(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Bytes up to the giver, where `text` begins with a word that opens a credit and a separator.
fn opener(text: &str) -> Option<usize> {
    if !captions::may_begin(text) {
        return None;
    }
    let mut word_end = None;
    for (count, (at, c)) in text.char_indices().enumerate() {
        if count > LONGEST {
            break;
        }
        if !is_alphabetic(c)
            && c != '.'
            && captions::place(text[..at].trim_end()) == Some(Place::Open)
        {
            word_end = Some(at);
        }
    }
    let all = captions::place(text) == Some(Place::Open);
    if all {
        return Some(text.len());
    }
    let end = word_end?;
    let rest = &text[end..];
    let separator = rest.trim_start();
    let strong = separator.starts_with([
        ':', '：', '=', '＝', '/', 'ㅣ', '|', '-', '–', '©', 'ⓒ', '│',
    ]);
    let by = text[..end].trim_end().to_lowercase();
    if !strong && !by.ends_with("by") && !by.ends_with("de") && !by.ends_with("fot.") {
        return None;
    }
    let name = separator.trim_start_matches(|c: char| !is_alphanumeric(c));
    // `사진 출처 : X`, `사진 제공-X`: the opener has a second word.
    Some(text.len() - name.len())
}

/// `[사진=X]`, `(X 제공)`, `<사진 / X>`, `(AP Photo/X)`, `(X撮影)` at the end of the text.
fn bracketed(text: &str) -> Option<Credit> {
    let trimmed = text.trim_end_matches(['.', ' ', '。']);
    let close = trimmed.chars().next_back()?;
    let open = opening(close)?;
    let start = trimmed.rfind(open)?;
    if trimmed.len() - start > CREDIT_BYTES {
        return None;
    }
    let inside = start + open.len_utf8()..trimmed.len() - close.len_utf8();
    let name = giver(text, inside)?;
    Some(Credit {
        range: start..text.len(),
        name,
        sure: true,
    })
}

/// The giver within a bracket or after a mark, if its words are those of a credit.
fn giver(text: &str, inside: Range<usize>) -> Option<Range<usize>> {
    let within = trimmed(text, inside);
    let slice = captions::without_rights(&text[within.clone()]);
    let within = within.start..within.start + slice.len();
    if slice.is_empty() {
        return None;
    }
    if captions::place(slice) == Some(Place::Agency) {
        return Some(within);
    }
    if let Some(len) = second_opener(slice) {
        return Some(trimmed(text, within.start + len..within.end));
    }
    for closer in captions::closers() {
        if let Some(name) = slice.strip_suffix(closer) {
            let spaced = name.ends_with(char::is_whitespace) || !closer.starts_with('촬');
            // A clause is no name: `관람객 2만명이 몰렸다고 제공`.
            if spaced && !name.is_empty() && name.split_whitespace().count() <= 6 {
                let name = trimmed(text, within.start..within.start + name.len());
                return (!name.is_empty()).then_some(name);
            }
        }
    }
    // `AP Photo/Jane Doe`, `Jane Doe/Getty Images`
    let agency = |word: &str| captions::place(word.trim()) == Some(Place::Agency);
    // `[사진 새벽통신]`, without a mark between.
    if let Some((first, rest)) = slice.split_once(' ')
        && captions::place(first) == Some(Place::Open)
        && agency(rest)
    {
        return Some(within.end - rest.len()..within.end);
    }
    let (left, right) = slice.split_once('/')?;
    (agency(left)
        || slice.rsplit('/').next().is_some_and(agency)
        || agency(right)
        || is_person(left) && is_titled(right))
    .then_some(within)
}

/// Whether the text before a slash is a photographer's name: two to four words, all with a capital.
fn is_person(text: &str) -> bool {
    (2..=4).contains(&text.split_whitespace().count()) && is_titled(text)
}

/// Whether every word begins with a capital and holds letters alone.
fn is_titled(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| {
            word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| is_alphabetic(c) || matches!(c, '.' | '-' | '\'' | '’'))
        })
}

/// Bytes up to the giver, with a second opening word such as the `출처` of `사진 출처 : X` passed over.
fn second_opener(slice: &str) -> Option<usize> {
    if let Some(len) = opener(slice) {
        let next = opener(&slice[len..]).filter(|next| len + next < slice.len());
        return Some(len + next.unwrap_or(0));
    }
    let (first, rest) = slice.split_once(' ')?;
    if captions::place(first) != Some(Place::Open) {
        return None;
    }
    let len = opener(rest).or_else(|| {
        captions::closers()
            .find_map(|closer| rest.strip_prefix(closer))
            .and_then(|name| {
                let bare = name.trim_start_matches([' ', ':', '=', '-', '：', '＝', '/']);
                (bare.len() < name.len() && !bare.is_empty()).then(|| rest.len() - bare.len())
            })
    })?;
    (len < rest.len()).then_some(first.len() + 1 + len)
}

/// `Photo: X`, `사진=X` as the whole text, or after its last full stop or slash.
fn opened(text: &str) -> Option<Credit> {
    let near = tail(text);
    let far = text.len() - near.len();
    let tail = near
        .rmatch_indices(['.', '/', '▲', '다', ')', '|'])
        .map(|(at, mark)| far + at + mark.len())
        .chain([0])
        .take(4)
        .filter(|start| text.len() - start <= CREDIT_BYTES);
    for start in tail {
        let start = text.len() - text[start..].trim_start().len();
        let slice = text[start..].trim_start_matches(['▲', '*', '※', ' ']);
        let from = text.len() - slice.len();
        if from >= text.len() {
            continue;
        }
        if let Some(len) = second_opener(slice).filter(|len| *len < slice.len()) {
            let name = trimmed(text, from + len..text.len());
            if !name.is_empty() && is_name(&text[name.clone()]) {
                return Some(Credit {
                    range: from..text.len(),
                    name,
                    sure: true,
                });
            }
        }
    }
    None
}

/// Whether what follows an opening word is a name, and not the rest of a sentence.
fn is_name(text: &str) -> bool {
    let clause = text.ends_with('.') && text.starts_with(char::is_lowercase);
    !clause
        && !text.trim_end_matches('.').contains(". ")
        && !text.ends_with(['다', '요', '?', '!', '。', ':'])
        && text.split_whitespace().count() <= 10
}

/// `… /한빛군 제공`, `… © Jane Doe`, `… ⓒ 새벽일보`.
fn after_mark(text: &str) -> Option<Credit> {
    let near = tail(text);
    // Most paragraphs hold the first byte of none of the marks there.
    memchr::memchr3(b'/', 0xc2, 0xe2, near.as_bytes())?;
    let (at, mark) = near
        .rmatch_indices(['/', '©', 'ⓒ'])
        .next()
        .filter(|(at, _)| near.len() - at <= CREDIT_BYTES)?;
    let start = text.len() - near.len() + at;
    let inside = trimmed(text, start + mark.len()..text.len());
    let before = text[..start].trim_end();
    let name = if mark == "/" {
        // A slash between words of a sentence says nothing; one after it, or before a closing word, does.
        let ended = before.ends_with(['.', '다', ')', '"', '”', '。']);
        let named = giver(text, inside.clone())?;
        let agency = captions::place(&text[inside]) == Some(Place::Agency);
        (ended || !agency || before.is_empty()).then_some(named)?
    } else if is_name(&text[inside.clone()]) && !inside.is_empty() && !before.is_empty() {
        inside
    } else {
        return None;
    };
    Some(Credit {
        range: start..text.len(),
        name,
        sure: mark == "/",
    })
}

/// An agency's name after the last full stop: `… 줄을 서 있다. 뉴시스`.
fn bare_agency(text: &str) -> Option<Credit> {
    let near = tail(text);
    // By the first bytes of both.
    let start = memchr::memchr2_iter(b'.', 0xe3, near.as_bytes())
        .rev()
        .filter_map(|at| Some(text.len() - near[at..].strip_prefix(['.', '。'])?.len()))
        .find(|start| *start < text.len())?;
    if text.len() - start > CREDIT_BYTES {
        return None;
    }
    let name = trimmed(text, start..text.len());
    let slice = &text[name.clone()];
    let shot = ["摄", "攝"].iter().any(|closer| slice.ends_with(closer));
    // `한빛=새벽통신`: the place and the agency.
    let giver = slice.rsplit_once('=').map_or(slice, |(_, giver)| giver);
    (captions::place(giver) == Some(Place::Agency) || shot).then_some(Credit {
        range: name.clone(),
        name,
        sure: true,
    })
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.end - slice.trim_start().len();
    let end = range.start + slice.trim_end().len();
    start.min(end)..end
}

#[cfg(test)]
mod tests {
    use super::{credit, describes, is_credit, picture, says_twice};

    #[test]
    fn a_picture_in_markdown_gives_the_words_that_stand_in_for_it() {
        let words = |text: &'static str| picture(text).map(|range| &text[range]);
        assert_eq!(
            words("![Ferry [2] at dawn](ferry.jpg)"),
            Some("Ferry [2] at dawn")
        );
        assert_eq!(words("[![Ferry](ferry.jpg)](/ferry)"), Some("Ferry"));
        assert_eq!(words("![](ferry.jpg)"), Some(""));
        assert_eq!(words("Look: ![Ferry](ferry.jpg)"), None);
        assert_eq!(words("![Ferry](ferry.jpg) and more (here)"), None);
    }

    fn name(text: &str) -> Option<&str> {
        credit(text).map(|credit| &text[credit.name])
    }

    #[test]
    fn credits_alone_on_a_line() {
        for (text, giver) in [
            ("<사진 / 새벽일보>", "새벽일보"),
            (
                "[사진 출처 : 한빛시 공식 계정 캡처]",
                "한빛시 공식 계정 캡처",
            ),
            ("(사진 제공-한빛시)", "한빛시"),
            ("(사진=한빛시)", "한빛시"),
            ("사진=새벽일보", "새벽일보"),
            ("Photo: Jane Doe", "Jane Doe"),
            ("Foto: dpa", "dpa"),
            ("[연합뉴스]", "연합뉴스"),
            ("[한빛소방서 제공. 재판매 및 DB 금지]", "한빛소방서"),
        ] {
            assert!(is_credit(text), "{text}");
            assert_eq!(name(text), Some(giver), "{text}");
        }
    }

    #[test]
    fn credits_at_the_end_of_a_caption() {
        for (text, giver) in [
            ("시민들이 줄을 서 있다. 뉴시스", "뉴시스"),
            ("시민들이 줄을 서 있다… 한빛시 제공", "한빛시"),
            ("시민들이 줄을 서 있다. /한빛시 제공", "한빛시"),
            ("시민들이 줄을 섰다. [사진 연합뉴스]", "연합뉴스"),
            ("시민들이 줄을 섰다. 경주=뉴스1", "경주=뉴스1"),
            ("시민들이 줄을 서 있다.(한빛시 제공)", "한빛시"),
            ("시민들이 줄을 서 있다. /사진=한가람 기자", "한가람 기자"),
            (
                "移送される容疑者＝13日、東京都内で（山田花子撮影）",
                "山田花子",
            ),
            (
                "People wait in line. (AP Photo/Jane Doe)",
                "AP Photo/Jane Doe",
            ),
            (
                "People wait in line. (Jane Doe/Morning Courier)",
                "Jane Doe/Morning Courier",
            ),
        ] {
            assert_eq!(name(text), Some(giver), "{text}");
            assert!(!is_credit(text), "{text}");
        }
    }

    #[test]
    fn sentences_have_no_credit() {
        for text in [
            "사진을 찍은 시민은 놀랐다고 말했다.",
            "Photos: they were all we had left.",
            "그는 사진 / 영상 자료를 내놨다.",
            "시는 자료를 제공했다.",
            "The image was blurred (see above).",
            "Both parties refused. (Labour/Greens)",
            "기준 금리는 3.5%로 유지됐다",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn a_caption_may_say_that_it_is_one() {
        assert!(describes("*사진설명 : 참가자들이 모였다."));
        assert!(!describes("사진을 찍었다."));
    }

    #[test]
    fn a_picture_and_its_caption_on_one_line_say_the_same() {
        assert!(says_twice(
            "People wait for the ferry at dawn. People wait\nfor the ferry at dawn. Photo: Jane Doe"
        ));
        assert!(says_twice(
            "full screen The quay after the storm. The quay after the storm."
        ));
        assert!(says_twice(
            "새벽 부두에서 시민들이 배를 기다리고 있다. 새벽 부두에서 시민들이 배를 기다리고 있다."
        ));
        assert!(!says_twice(
            "People wait for the ferry at dawn. People wait for the second ferry at noon."
        ));
        assert!(!says_twice("Row, row, row. Row, row, row."));
    }
}
