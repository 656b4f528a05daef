//! Chinese and Japanese names: after a word such as 记者 or 文/, in the bracket that opens or closes a story, or on a
//! line of their own.

mod japanese;

use std::ops::Range;

use super::{Cued, Form, Mention};
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::names;
use crate::metadata::outlet;

/// What stands between a cue and its name besides blanks.
const SEPARATORS: [char; 8] = [':', '：', '/', '／', '｜', '|', '＝', '='];
/// What stands between a reporter and the place of the report.
const PLACED: [char; 2] = ['/', '／'];
/// What makes another word of the word for a reporter: `記者會`.
const COMPOUND: [char; 8] = ['會', '会', '們', '们', '站', '部', '團', '团'];
/// Characters of the longest Chinese name, and of the longest pseudonym.
const FULL_NAME: usize = 4;
const PSEUDONYM: usize = 8;
/// Characters of the longest line that is nothing but names, or a role and a name.
const LINE: usize = 24;

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9fff | 0xf900..=0xfaff | 0x3005)
}

fn is_kana(c: char) -> bool {
    matches!(u32::from(c), 0x3041..=0x30ff)
}

/// Whether `text` has the shape of a Chinese or Japanese person's name.
fn is_name(text: &str, language: &str) -> bool {
    let count = text.chars().count();
    if names::is_stop(text) || text.ends_with("記事") || text.ends_with("新聞") {
        return false;
    }
    if language == "ja" {
        let surname = names::surname(text, "ja");
        return (3..=6).contains(&count)
            && text.chars().all(|c| is_han(c) || is_kana(c))
            && text.chars().next().is_some_and(is_han)
            && surname > 0
            && count > surname;
    }
    let surname = names::surname(text, "zh");
    (2..=4).contains(&count)
        && text.chars().all(is_han)
        && surname > 0
        && count > surname
        && count - surname <= 2
}

/// Words behind the name of who reports: `记者王小明报道：`.
pub(in crate::metadata) const REPORTED: [&str; 4] = ["报道", "報道", "报导", "報導"];

/// Whether `text` says who wrote, edited or photographed, or is nothing but names.
pub(in crate::metadata) fn signs(text: &str, language: &str) -> bool {
    let mut names = text.split(['、', '，', ',', ' ', '\u{3000}']);
    !cues(text).is_empty() || names.any(|name| is_name(name, language))
}

/// A line that names are looked for in.
struct Line<'a> {
    raw: &'a str,
    /// Where it begins in the document.
    base: u32,
    unit: usize,
    /// Where its dates stand, in bytes of the line.
    dates: &'a [(usize, usize)],
}

/// The names in `raw`, which begins at byte `base` of the document.
pub(super) fn mentions(
    raw: &str,
    base: u32,
    unit: usize,
    above: Option<Cue>,
    dates: &[(usize, usize)],
    language: &str,
) -> Vec<Mention> {
    let line = Line {
        raw,
        base,
        unit,
        dates,
    };
    let mut found = announced(&line, language);
    if language == "ja" {
        japanese::bracket(&line, &mut found);
        japanese::role_after(&line, &mut found);
        if found.is_empty() {
            found.extend(japanese::titled(&line));
        }
    }
    if found.is_empty() {
        found = alone(&line, above, language);
    }
    if found.is_empty() && language == "ja" {
        found = japanese::roster(&line);
    }
    // A line below a cue that is nothing but a name.
    if found.is_empty() && above == Some(Cue::Author) {
        let start = raw.len() - raw.trim_start().len();
        let name = pseudonym(&line, language, start..start);
        found.extend(name.map(|name| Mention {
            cued: Cued::Above(Cue::Author),
            cue_of_language: false,
            ..name
        }));
    }
    found
}

/// The names behind cues.
fn announced(line: &Line<'_>, language: &str) -> Vec<Mention> {
    let raw = line.raw;
    let mut found: Vec<Mention> = Vec::new();
    for (cue_at, cue_end, cue) in cues(raw) {
        let rest = raw[cue_end..].trim_start_matches(|c| is_gap(c) || SEPARATORS.contains(&c));
        let from = raw.len() - rest.len();
        list(line, language, cue_at, from, Cued::Line(cue), &mut found);
        // `记者 王小明 实习生 洛小满`
        let second = from > cue_end && found.iter().any(Mention::is_announced);
        let marked =
            raw[cue_end..from].contains(SEPARATORS) || raw[..cue_end].ends_with(SEPARATORS);
        let claim = line.base + cue_at as u32;
        // `記者羊小滿/海港報導`
        let han = rest.find(|c| !is_han(c)).unwrap_or(rest.len());
        let placed =
            language == "zh" && rest[han..].starts_with(PLACED) && !rest.starts_with(COMPOUND);
        let unread = found.last().is_none_or(|m| m.claim.start != claim);
        if cue == Cue::Author && (marked || second || placed) && unread {
            found.extend(pseudonym(line, language, cue_at..from));
        }
    }
    // `記者NAME／攝影`
    for m in &mut found {
        let behind = raw[(m.span.end - line.base) as usize..]
            .trim_start_matches(['／', '/', ' ', '\u{3000}']);
        if behind.starts_with(['攝', '摄']) {
            m.cued = Cued::Line(Cue::Other);
        }
    }
    found
}

/// What stands between a cue and its name, or two names, and says nothing.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '・' | '\u{a0}')
}

/// The names of a line that is nothing but them, or a role and a name.
fn alone(line: &Line<'_>, above: Option<Cue>, language: &str) -> Vec<Mention> {
    let (raw, trimmed) = (line.raw, line.raw.trim());
    let mut found = Vec::new();
    if trimmed.chars().count() > LINE {
        return found;
    }
    let start = raw.len() - raw.trim_start().len();
    let mut titles = bylines::glued_titles(language).iter();
    let name = titles.find_map(|title| trimmed.strip_prefix(*title));
    let skip = name.map_or(0, |name| trimmed.len() - name.trim_start().len());
    let cued = above.map_or(Cued::None, Cued::Above);
    list(line, language, start, start + skip, cued, &mut found);
    if language == "ja"
        && let Some(last) = found.last()
    {
        let from = (last.span.end - line.base) as usize;
        found.extend(japanese::beside(line, from, cued));
    }
    let end = found
        .last()
        .map(|last| (last.span.end - line.base) as usize);
    if end != Some(raw.trim_end().len()) && above.is_none() {
        found.clear();
    }
    if skip > 0 {
        for m in &mut found {
            m.role = Some(trimmed[..skip].trim().to_owned());
        }
    }
    found
}

/// The name of no known surname that stands behind the separator of an author's cue, the bytes `cue` of the line, up to its
/// end: `取材・文＝霜柱つむぎ`.
fn pseudonym(line: &Line<'_>, language: &str, cue: Range<usize>) -> Option<Mention> {
    // On a line of its own, below its cue.
    let alone = cue.is_empty();
    let rest = &line.raw[cue.end..];
    let end = rest
        .find(|c| !is_han(c) && !is_kana(c))
        .unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    let ends = behind.is_empty()
        || behind.starts_with(['（', '(', ' ', '\u{3000}', ',', '，'])
        || behind.starts_with(PLACED);
    // Words of Japanese are Han alone oftener than names are.
    let longest = if language == "zh" {
        FULL_NAME
    } else {
        PSEUDONYM
    };
    let written = language == "zh" || alone || name.contains(is_kana);
    let fits = written && (2..=longest).contains(&name.chars().count());
    let other =
        || names::is_stop(name) || outlet::is_name(name, language) || !cues(name).is_empty();
    (ends && fits && !other()).then(|| {
        let range = cue.end..cue.end + end;
        let cued = Cued::Line(Cue::Author);
        let mut mention = line.mention(cue.start, range, name.to_owned(), cued);
        mention.surname = false;
        mention
    })
}

/// The cues in `raw`: first byte, one past the last, what they say.
fn cues(raw: &str) -> Vec<(usize, usize, Cue)> {
    const CUES: [(&str, Cue); 36] = [
        ("记者", Cue::Author),
        ("記者", Cue::Author),
        ("作者", Cue::Author),
        ("撰文", Cue::Author),
        ("文/", Cue::Author),
        ("文／", Cue::Author),
        ("文｜", Cue::Author),
        ("文|", Cue::Author),
        ("文：", Cue::Author),
        ("文:", Cue::Author),
        ("评论员", Cue::Author),
        ("評論員", Cue::Author),
        ("实习生", Cue::Author),
        ("實習生", Cue::Author),
        ("通讯员", Cue::Author),
        ("通訊員", Cue::Author),
        ("撰稿", Cue::Author),
        ("执笔", Cue::Author),
        ("执笔人", Cue::Author),
        ("采写", Cue::Author),
        ("文＝", Cue::Author),
        ("特派员", Cue::Author),
        ("特派員", Cue::Author),
        ("執筆", Cue::Author),
        ("聞き手", Cue::Author),
        ("责任编辑", Cue::Other),
        ("責任編輯", Cue::Other),
        ("责编", Cue::Other),
        ("責編", Cue::Other),
        ("编辑", Cue::Other),
        ("編輯", Cue::Other),
        ("摄影", Cue::Other),
        ("攝影", Cue::Other),
        ("撮影", Cue::Other),
        ("校对", Cue::Other),
        ("写真", Cue::Other),
    ];
    let mut found: Vec<(usize, usize, Cue)> = Vec::new();
    for (word, cue) in CUES {
        for (at, _) in raw.match_indices(word) {
            if !found
                .iter()
                .any(|(s, e, _)| at < *e && at + word.len() > *s)
            {
                found.push((at, at + word.len(), cue));
            }
        }
    }
    found.sort_by_key(|f| f.0);
    found
}

/// Reads a list of names from byte `from`: `张三、李四`, `罗 博 萧海川`.
fn list(
    line: &Line<'_>,
    language: &str,
    claim: usize,
    from: usize,
    cued: Cued,
    found: &mut Vec<Mention>,
) {
    let raw = line.raw;
    let mut k = from;
    for _ in 0..12 {
        let rest = &raw[k..];
        let run: usize = rest
            .chars()
            .take_while(|c| is_han(*c) || language == "ja" && is_kana(*c))
            .map(char::len_utf8)
            .sum();
        let Some((name_len, name)) = name_at(rest, run, language) else {
            return;
        };
        let end = k + name_len;
        let after = raw[end..].chars().next();
        found.push(line.mention(claim, k..end, name, cued));
        let Some(c) = after.filter(|c| {
            matches!(
                c,
                '、' | '，' | ',' | ' ' | '\u{3000}' | '/' | '／' | '·' | '・' | '\u{a0}'
            )
        }) else {
            return;
        };
        k = end + c.len_utf8();
    }
}

/// The name at the head of `rest`, whose Han run is `run` bytes long: its length in bytes and the name.
fn name_at(rest: &str, run: usize, language: &str) -> Option<(usize, String)> {
    let text = &rest[..run];
    if is_name(text, language) {
        return Some((run, text.to_owned()));
    }
    // Surname and given name set apart: `罗　博`, `中沢 克二`.
    let spaced = rest[run..]
        .chars()
        .next()
        .filter(|c| matches!(c, ' ' | '\u{3000}'))?;
    let tail = &rest[run + spaced.len_utf8()..];
    let second: usize = tail
        .chars()
        .take_while(|c| is_han(*c) || language == "ja" && is_kana(*c))
        .map(char::len_utf8)
        .sum();
    let joined = format!("{text}{}", &tail[..second]);
    let short = text.chars().count() <= if language == "ja" { 3 } else { 2 }
        && tail[..second].chars().count() <= if language == "ja" { 3 } else { 1 };
    (second > 0
        && short
        && names::surname(text, language) == text.chars().count()
        && is_name(&joined, language))
    .then(|| {
        (
            run + spaced.len_utf8() + second,
            if language == "ja" {
                format!("{text} {}", &tail[..second])
            } else {
                joined
            },
        )
    })
}

impl Line<'_> {
    /// A name that is the bytes `range` of the line; its byline begins at byte `claim`.
    fn mention(&self, claim: usize, range: Range<usize>, name: String, cued: Cued) -> Mention {
        let Self {
            raw,
            base,
            unit,
            dates,
        } = *self;
        let (start, end) = (range.start, range.end);
        let before = &raw[..start];
        let bracket = before
            .rfind(['(', '（', '[', '【'])
            .is_some_and(|k| !before[k..].contains([')', '）', ']', '】']));
        let closed = bracket && raw[end..].starts_with([')', '）', ']', '】', '、']);
        Mention {
            cued,
            cue_of_language: matches!(cued, Cued::Line(Cue::Author)),
            after_date: dates.iter().any(|d| d.1 <= start && start - d.1 <= 30),
            before_date: dates.iter().any(|d| d.0 >= end && d.0 - end <= 12),
            separated: before
                .trim_end()
                .ends_with(['、', '/', '／', '|', '｜', ' ']),
            surname: true,
            colon: raw[end..].starts_with([':', '：']),
            bracket: closed,
            form: if bracket { Form::Bracket } else { Form::Words },
            ..Mention::in_line(raw, base, unit, &range, claim..end, name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cued, mentions};
    use crate::lexicon::bylines::Cue;

    fn names(raw: &str, language: &str) -> Vec<String> {
        mentions(raw, 0, 0, None, &[], language)
            .into_iter()
            .map(|m| m.name)
            .collect()
    }

    #[test]
    fn chinese_names_follow_their_cue() {
        assert_eq!(names("（记者宋明、田中全）", "zh"), ["宋明", "田中全"]);
        assert_eq!(names("（评论员 罗　博 萧海川）", "zh"), ["罗博", "萧海川"]);
        assert_eq!(names("来源：北方网作者：李在山", "zh"), ["李在山"]);
        let picture = mentions("垃圾堆。記者喬守正／攝影", 0, 0, None, &[], "zh");
        assert_eq!(picture[0].cued, Cued::Line(Cue::Other));
        let editor = mentions("责任编辑：焦鹏", 0, 0, None, &[], "zh");
        assert_eq!(editor[0].cued, Cued::Line(Cue::Other));
    }

    #[test]
    fn japanese_names_in_brackets_and_alone() {
        assert_eq!(names("【ソウル＝小池和樹】韓国の", "ja"), ["小池和樹"]);
        assert_eq!(names("編集委員　中沢克二", "ja"), ["中沢克二"]);
        assert_eq!(names("小池和樹", "ja"), ["小池和樹"]);
        assert_eq!(names("山田太郎記者", "ja"), ["山田太郎"]);
        assert_eq!(names("取材・文＝雨宿つむぎ", "ja"), ["雨宿つむぎ"]);
        assert_eq!(names("小池和樹　燈野壮", "ja"), ["小池和樹", "燈野壮"]);
        assert_eq!(names("燈本 しのぶ : フリーライター", "ja"), ["燈本 しのぶ"]);
        assert!(names("経済 : ニュース", "ja").is_empty());
        assert!(names("作者：新闻中心。", "zh").is_empty());
        assert_eq!(names("記者闼佩珊/海港即時報導", "zh"), ["闼佩珊"]);
        assert!(names("記者會現場/海港即時報導", "zh").is_empty());
        assert_eq!(
            names("港口新闻记者 王小明 实习生 闼晓棠", "zh"),
            ["王小明", "闼晓棠"]
        );
    }
}
