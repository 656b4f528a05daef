//! The lead that opens a story in Korean, Japanese and Chinese, its reporter left out: `[서울=가람뉴스]`, `【3月5日 暁通信】`,
//! `晨光社新港3月5日电（记者…）`. It says where the story is from and is no part of its first sentence.

use super::byline::han::REPORTED;
use super::outlet::{is_known, is_name};
use super::page::Page;
use crate::document::{Span, closing, is_alphabetic, is_alphanumeric};
use crate::label::LineKind;
use crate::lexicon::agencies;

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

/// The characters that say that a dispatch was sent, by wire or not.
const SENT: [char; 4] = ['电', '電', '讯', '訊'];
const WIRED: [char; 2] = ['电', '電'];
const DASHES: [char; 6] = ['-', '－', '—', '–', '―', 'ー'];

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
    let (end, place) = match language {
        "ko" => bracketed(raw, language)?,
        "ja" => bracketed(raw, language).or_else(|| placed(raw, language))?,
        "zh" => bracketed(raw, language).or_else(|| dispatched(raw))?,
        _ => agency(raw)?,
    };
    let end = end
        + if language == "zh" {
            reporter(&raw[end..])
        } else {
            0
        };
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

/// `[서울=가람뉴스]`, `[가람뉴스=경제부]`, `【3月5日 暁通信】`, `[新港 ５日 ロイター] -`, `【晨光网讯】`, and a known outlet alone.
fn bracketed<'a>(raw: &'a str, language: &str) -> Option<(usize, Option<&'a str>)> {
    let open = raw.chars().next()?;
    let close = closing(open).filter(|close| !matches!(close, '>' | '〉'))?;
    let head = &raw[..raw.floor_char_boundary(LONGEST)];
    let content = head[open.len_utf8()..].split(close).next()?;
    let at = open.len_utf8() + content.len();
    let rest = head[at..].strip_prefix(close)?.trim_start();
    let rest = rest
        .strip_prefix(['=', '＝', '-', '－', '—', '–'])
        .unwrap_or(rest)
        .trim_start();
    let end = head.len() - rest.len();
    let content = content.trim();
    let place = match content.split_once(['=', '＝']) {
        Some((left, right)) => {
            let (left, right) = (left.trim(), right.trim());
            let from = right.split(['/', ' ']).next().unwrap_or(right);
            if is_name(right, language) || is_name(from, language) {
                Some(place(left)).filter(|place| place.is_some() || is_known(left))?
            } else if is_name(left, language) {
                None
            } else {
                return None;
            }
        }
        None if language == "zh" && content.ends_with(SENT) => {
            dispatch(content.trim_end_matches(SENT), content.ends_with(WIRED))?
        }
        // A series goes by names like those of outlets: `[가람뉴스]` may be one.
        None if matches!(open, '(' | '（') => agencies::is_agency(content).then_some(None)?,
        None if is_known(content) => None,
        None => listed(content, language).or_else(|| glued(content, language))?,
    };
    Some((end, place))
}

/// A place, a day and an outlet in a row, either of the first left out: `新港 ５日 ロイター`.
fn listed<'a>(content: &'a str, language: &str) -> Option<Option<&'a str>> {
    let (before, outlet) = content.rsplit_once([' ', '\u{3000}'])?;
    if !is_name(outlet, language) {
        return None;
    }
    let mut words = before.split([' ', '\u{3000}']).filter(|w| !w.is_empty());
    let is_day = |word: &str| day(word) == Some(word.len());
    match (words.next()?, words.next(), words.next()) {
        (only, None, _) if is_day(only) => Some(None),
        (town, Some(date), None) if is_day(date) => Some(Some(place(town)?)),
        _ => None,
    }
}

/// A place with an agency glued to it: `新港時事`.
fn glued<'a>(content: &'a str, language: &str) -> Option<Option<&'a str>> {
    if language != "ja" {
        return None;
    }
    let mut ends = content.char_indices().skip(2).map(|(at, _)| at);
    let at = ends.find(|at| agencies::is_agency(&content[*at..]))?;
    Some(place(&content[..at]))
}

/// `新港（暁通信）－ …`
fn placed<'a>(raw: &'a str, language: &str) -> Option<(usize, Option<&'a str>)> {
    let head = &raw[..raw.floor_char_boundary(LONGEST)];
    let (town, rest) = head.split_once(['（', '('])?;
    let (outlet, rest) = rest.split_once(['）', ')'])?;
    let rest = rest.trim_start().strip_prefix(DASHES)?.trim_start();
    let town = place(town).filter(|_| is_name(outlet, language))?;
    Some((head.len() - rest.len(), Some(town)))
}

/// An agency in its bracket, a dash behind it: `(Reuters) - …`.
fn agency(raw: &str) -> Option<(usize, Option<&str>)> {
    let head = &raw[..raw.floor_char_boundary(LONGEST)];
    let (name, rest) = head.strip_prefix('(')?.split_once(')')?;
    let rest = rest.strip_prefix(' ')?.strip_prefix(DASHES)?.trim_start();
    agencies::is_agency(name).then(|| (head.len() - rest.len(), None))
}

/// A place, the agency behind it left out: `베이징 AP`.
fn place(text: &str) -> Option<&str> {
    let place = match text.rsplit_once(' ') {
        Some((place, agency)) if is_known(agency) => place,
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

/// `晨光社新港3月5日电`, `本报讯`, `晨光公司讯，`, `晨光网消息：`, with the reporters in brackets behind it.
fn dispatched(raw: &str) -> Option<(usize, Option<&str>)> {
    let head = &raw[..raw.floor_char_boundary(LONGEST)];
    let delimited =
        |c: char| c.is_whitespace() || matches!(c, '（' | '(' | '：' | ':' | '，' | ',');
    if let Some((from, story)) = head
        .split_once("消息：")
        .or_else(|| head.split_once("消息:"))
    {
        return is_name(from, "zh").then(|| (head.len() - story.trim_start().len(), None));
    }
    let (at, sent) = head.char_indices().find(|(_, c)| SENT.contains(c))?;
    let place = dispatch(&head[..at], WIRED.contains(&sent))?;
    let behind = &raw[at + sent.len_utf8()..];
    if !behind.starts_with(delimited) {
        return None;
    }
    let end = match behind.trim_start().chars().next() {
        Some(open @ ('（' | '(')) => {
            let close = closing(open)?;
            let inside = &behind[..behind.floor_char_boundary(LONGEST)];
            inside.find(close).map_or(0, |at| at + close.len_utf8())
        }
        _ => 0,
    };
    let story =
        behind[end..].trim_start_matches(|c: char| c.is_whitespace() || "：:，,".contains(c));
    Some((raw.len() - story.len(), place))
}

/// Whether a dispatch says so much before the word that says it was sent, `wired` or not: an outlet, its town, the day. And
/// the town.
fn dispatch(before: &str, wired: bool) -> Option<Option<&str>> {
    if before.contains(|c: char| !is_alphanumeric(c) && c != ' ') {
        return None;
    }
    let dated = before
        .find(|c: char| c.is_ascii_digit())
        .filter(|at| day(&before[*at..]).is_some_and(|end| at + end == before.len()));
    let from = &before[..dated.unwrap_or(before.len())];
    let told = from.strip_prefix('据').unwrap_or(from);
    let own = from.starts_with('本') && !wired;
    // Without a day, news is sent by an outlet alone: `喜讯，` is none.
    let sent = dated.is_some() || own || is_name(told, "zh") && (!wired || told.len() < from.len());
    sent.then(|| dated.and_then(|_| town(from)))
}

/// How many bytes behind a dispatch say who reports: `记者王小明报道：`.
fn reporter(story: &str) -> usize {
    let head = &story[..story.floor_char_boundary(LONGEST / 2)];
    if !head.starts_with("记者") && !head.starts_with("記者") {
        return 0;
    }
    let verbs = REPORTED.iter();
    let said = verbs
        .filter_map(|verb| Some((head.find(verb)?, verb.len())))
        .min();
    said.filter(|(at, len)| head[at + len..].starts_with(['：', ':', '，', ',']))
        .map_or(0, |(at, len)| {
            let rest = head[at + len..].trim_start_matches(['：', ':', '，', ',', ' ']);
            head.len() - rest.len()
        })
}

/// The town behind the outlet that sent a story: `新港` of `晨光社新港`.
fn town(from: &str) -> Option<&str> {
    let mut ends = from.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.rfind(|end| is_name(&from[..*end], "zh"))?;
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
        for (raw, place) in [
            (format!("【3月5日 暁通信】{story}"), None),
            (format!("【５日　AFP】{story}"), None),
            (format!("【新港時事】{story}"), Some("新港")),
            (format!("[新港 ５日 ロイター] - {story}"), Some("新港")),
            (format!("新港（暁通信）－ {story}"), Some("新港")),
            (format!("（共同）{story}"), None),
        ] {
            assert_eq!(lead(&raw, "ja"), Some((place, story)), "{raw}");
        }
        let story = "The port workers end their strike.";
        assert_eq!(
            lead(&format!("(Reuters) - {story}"), "en"),
            Some((None, story))
        );
        assert_eq!(lead("(Reuters) is an agency of news.", "en"), None);
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
            (format!("据新华社电 {story}"), None),
            (format!("【晨光网新港5日讯】{story}"), Some("新港")),
            (format!("晨光网消息：{story}"), None),
            (
                format!("晨光社新港5日电 记者王小明报道：{story}"),
                Some("新港"),
            ),
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
