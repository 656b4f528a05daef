//! The lead that opens a story in Korean, Japanese and Chinese, its reporter left out: `[서울=가람뉴스]`, `【3月5日 暁通信】`,
//! `晨光社新港3月5日电（记者…）`. It says where the story is from and is no part of its first sentence.

use super::page::Page;
use crate::document::{Span, is_alphabetic, is_alphanumeric};
use crate::label::LineKind;
use crate::lexicon::{agencies, outlets};

/// Paragraphs in which the lead is looked for: captions and summaries are printed above it.
const PARAGRAPHS: usize = 3;
/// Bytes of the longest lead, and of the reporters in brackets behind one.
const LONGEST: usize = 96;
/// Characters of the longest place.
const PLACE: usize = 12;
/// Words behind a bracket among which the mark that ends a byline stands.
const SIGNED: usize = 6;
/// Letters that stand behind a lead at least: with fewer the line is nothing but a label.
const STORY: usize = 8;

/// A lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    /// From the first byte of its paragraph to the first of the story; where the paragraph only repeats the headline, to
    /// its end.
    pub(super) span: Span,
    pub(super) place: Option<String>,
}

/// The lead of the story, if it has one.
pub(super) fn find(page: &Page<'_>) -> Option<Lead> {
    if !matches!(page.language, "ko" | "ja" | "zh") {
        return None;
    }
    let body = page.body.clone();
    let mut first = body
        .filter(|i| page.facts[*i].kind == LineKind::Body)
        .take(PARAGRAPHS);
    first.find_map(|i| {
        let raw = page.raw(i);
        let (end, place) = read(raw, page.language)?;
        let start = page.span(i).start;
        Some(Lead {
            span: Span::new(start, start + end as u32),
            place: place.map(str::to_owned),
        })
    })
}

/// Where the story begins behind the lead of a paragraph, and the place that the lead names.
fn read<'a>(raw: &'a str, language: &str) -> Option<(usize, Option<&'a str>)> {
    let (end, place) = bracketed(raw, language).or_else(|| {
        let dispatched = (language == "zh").then(|| dispatched(raw));
        dispatched.flatten()
    })?;
    let story = &raw[end..];
    let letters = story.chars().filter(|c| is_alphanumeric(*c));
    if letters.take(STORY).count() < STORY {
        return None;
    }
    // `[서울=가람뉴스] 김하늘 기자 = …`: a byline, or the photographer's in a caption.
    let mut words = story.split_whitespace().take(SIGNED);
    if words.any(|word| word.starts_with(['=', '＝'])) {
        return None;
    }
    // `题：…` repeats the headline.
    let repeats = language == "zh" && story.starts_with(['题', '題']);
    Some((if repeats { raw.len() } else { end }, place))
}

/// Whether `name` is an outlet's.
fn is_outlet(name: &str, language: &str) -> bool {
    is_known(name) || outlets::is_like_name(name, language)
}

fn is_known(name: &str) -> bool {
    agencies::is_agency(name) || outlets::by_name(name).is_some()
}

/// `[서울=가람뉴스]`, `[가람뉴스=경제부]`, `【3月5日 暁通信】`, and a known outlet alone.
fn bracketed<'a>(raw: &'a str, language: &str) -> Option<(usize, Option<&'a str>)> {
    let open = raw.chars().next()?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '【' => '】',
        '［' => '］',
        '（' => '）',
        '〔' => '〕',
        _ => return None,
    };
    let head = &raw[..raw.floor_char_boundary(LONGEST)];
    let content = head[open.len_utf8()..].split(close).next()?;
    let at = open.len_utf8() + content.len();
    let rest = head[at..].strip_prefix(close)?.trim_start();
    let rest = rest.strip_prefix(['=', '＝']).unwrap_or(rest).trim_start();
    let end = head.len() - rest.len();
    let place = match content.split_once(['=', '＝']) {
        Some((left, right)) => {
            let (left, right) = (left.trim(), right.trim());
            let from = right.split(['/', ' ']).next().unwrap_or(right);
            if is_outlet(right, language) || is_outlet(from, language) {
                Some(place(left)).filter(|place| place.is_some() || is_known(left))?
            } else if is_outlet(left, language) {
                None
            } else {
                return None;
            }
        }
        None => {
            let name = content.trim();
            let undated = day(name).map_or(name, |end| name[end..].trim_start());
            let dated = undated.len() < name.len() && is_outlet(undated, language);
            // A series goes by names like those of outlets: `[가람뉴스]` may be one.
            let alone = !matches!(open, '(' | '（') && is_known(name);
            if !dated && !alone {
                return None;
            }
            None
        }
    };
    Some((end, place))
}

/// A place, the agency behind it left out: `베이징 AP`.
fn place(text: &str) -> Option<&str> {
    let place = match text.rsplit_once(' ') {
        Some((place, agency)) if is_known(agency) || agency.ends_with("로이터") => place,
        _ => text,
    };
    let spelt = place
        .chars()
        .all(|c| is_alphabetic(c) || matches!(c, ' ' | '·' | '・' | '/'));
    (spelt && !place.is_empty() && place.chars().count() <= PLACE).then_some(place)
}

/// The bytes of a day at the head of `text`, with or without its month: `3月5日`.
fn day(text: &str) -> Option<usize> {
    let digits = |text: &str| {
        let rest =
            text.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
        text.len() - rest.len()
    };
    let first = digits(text);
    let mut end = first;
    if let Some(rest) = text[end..].strip_prefix('月') {
        let second = digits(rest);
        end += '月'.len_utf8() + second;
        if second == 0 {
            return None;
        }
    }
    (first > 0 && text[end..].starts_with('日')).then(|| end + '日'.len_utf8())
}

/// `晨光社新港3月5日电`, `本报讯`, `晨光公司讯，`, with the reporters in brackets behind it.
fn dispatched(raw: &str) -> Option<(usize, Option<&str>)> {
    let head = &raw[..raw.floor_char_boundary(LONGEST)];
    let (at, sent) = head
        .char_indices()
        .find(|(_, c)| matches!(c, '电' | '電' | '讯' | '訊'))?;
    let before = &head[..at];
    if before.contains(|c: char| !is_alphanumeric(c) && c != ' ') {
        return None;
    }
    let behind = &raw[at + sent.len_utf8()..];
    let delimited =
        |c: char| c.is_whitespace() || matches!(c, '（' | '(' | '：' | ':' | '，' | ',');
    if !behind.starts_with(delimited) {
        return None;
    }
    let dated = before
        .find(|c: char| c.is_ascii_digit())
        .filter(|at| day(&before[*at..]).is_some_and(|end| at + end == before.len()));
    let from = &before[..dated.unwrap_or(before.len())];
    let own = from.starts_with(['本', '据']);
    // Behind no day, news is sent by an outlet alone: `喜讯，` is none.
    if dated.is_none() && (matches!(sent, '电' | '電') || !own && !is_outlet(from, "zh")) {
        return None;
    }
    let end = match behind.trim_start().chars().next() {
        Some(open @ ('（' | '(')) => {
            let close = if open == '（' { '）' } else { ')' };
            let inside = &behind[..behind.floor_char_boundary(LONGEST)];
            inside.find(close).map_or(0, |at| at + close.len_utf8())
        }
        _ => 0,
    };
    let story =
        behind[end..].trim_start_matches(|c: char| c.is_whitespace() || "：:，,".contains(c));
    Some((raw.len() - story.len(), dated.and_then(|_| town(from))))
}

/// The town behind the outlet that sent a story: `新港` of `晨光社新港`.
fn town(from: &str) -> Option<&str> {
    let mut ends = from.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.rfind(|end| is_outlet(&from[..*end], "zh"))?;
    let town = &from[end..];
    (2..=6).contains(&town.chars().count()).then_some(town)
}

#[cfg(test)]
mod tests {
    use super::read;

    /// The place and the story.
    fn lead<'a>(raw: &'a str, language: &str) -> Option<(Option<&'a str>, &'a str)> {
        read(raw, language).map(|(end, place)| (place, &raw[end..]))
    }

    #[test]
    fn a_bracket_opens_a_story_with_its_place_and_outlet() {
        let story = "항만 노조가 파업을 끝냈다.";
        for (raw, place) in [
            (format!("[서울=가람뉴스] {story}"), Some("서울")),
            (format!("(베이징 AP=가람뉴스) = {story}"), Some("베이징")),
            (format!("[가람뉴스=경제부] {story}"), None),
            (format!("[연합뉴스] {story}"), None),
        ] {
            assert_eq!(lead(&raw, "ko"), Some((place, story)), "{raw}");
        }
        let story = "港湾労働組合はストを終えた。";
        for raw in [
            format!("【3月5日 暁通信】{story}"),
            format!("【５日　AFP】{story}"),
        ] {
            assert_eq!(lead(&raw, "ja"), Some((None, story)), "{raw}");
        }
    }

    #[test]
    fn a_dispatch_names_its_outlet_town_and_day() {
        let story = "港口工会宣布结束罢工。";
        for (raw, place) in [
            (
                format!("晨光社新港3月5日电（记者 王小明）{story}"),
                Some("新港"),
            ),
            (format!("本报讯 {story}"), None),
            (format!("晨光公司讯，{story}"), None),
            (format!("新华社北京3月5日电 {story}"), Some("北京")),
        ] {
            assert_eq!(lead(&raw, "zh"), Some((place, story)), "{raw}");
        }
        let title = "新华社北京3月5日电 题：港口工会宣布结束罢工";
        assert_eq!(lead(title, "zh"), Some((Some("北京"), "")));
    }

    #[test]
    fn what_opens_a_sentence_is_no_lead() {
        for raw in [
            "[가람뉴스] 매주 금요일 새벽 항만 소식을 전합니다.",
            "[단독] 항만 노조가 파업을 끝냈다.",
            "(종합=2보) 항만 노조가 파업을 끝냈다.",
            "[연합뉴스]",
            "[서울=가람뉴스] 김하늘 기자 = 항만 노조가 파업을 끝냈다.",
        ] {
            assert_eq!(lead(raw, "ko"), None, "{raw}");
        }
        for raw in [
            "喜讯，港口工会宣布结束罢工。",
            "昨天停电，港口工会宣布结束罢工。",
            "本周通讯录更新了，请查看新的名单。",
        ] {
            assert_eq!(lead(raw, "zh"), None, "{raw}");
        }
    }
}
