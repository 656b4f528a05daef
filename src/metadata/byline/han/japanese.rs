//! Japanese names: in the bracket that opens a story, before what their owner is, in lists whose other names are known, or alone
//! in a line that only its place makes a byline.

use std::ops::RangeInclusive;

use super::{Line, cues, is_han, is_kana, is_name};
use crate::document::Span;
use crate::lexicon::{bylines, names};
use crate::metadata::byline::{Cued, Form, Mention};
use crate::metadata::outlet;

/// Characters of a name that nothing but its place tells, and what names of desks and places end in.
const ROSTER: RangeInclusive<usize> = 3..=5;
const DESKS: [char; 20] = [
    '部', '社', '局', '課', '面', '版', '欄', '号', '県', '市', '区', '町', '村', '都', '府', '省',
    '所', '会', '事', '記',
];
/// Characters of a name, and of the longest line that says what its owner is.
const NAME: RangeInclusive<usize> = 3..=6;
const SIGNED: usize = 30;

/// `【ソウル＝小池和樹】`, `【ワシントン 山田太郎、ロンドン 田中花子】`
pub(super) fn bracket(line: &Line<'_>, found: &mut Vec<Mention>) {
    let (raw, base) = (line.raw, line.base);
    let Some(open) = raw.find('【') else { return };
    let Some(close) = raw[open..].find('】') else {
        return;
    };
    let inside = open + '【'.len_utf8()..open + close;
    if inside.len() > 120 {
        return;
    }
    let content = &raw[inside.clone()];
    let mut at = inside.start;
    for part in content.split(['＝', '=', '、', ' ', '\u{3000}']) {
        let start = at;
        at += part.len();
        at += raw[at..].chars().next().map_or(0, char::len_utf8);
        if is_name(part, "ja") && found.iter().all(|m| m.span.start != base + start as u32) {
            let mut m = line.mention(open, start..start + part.len(), part.to_owned(), Cued::None);
            m.form = Form::Bracket;
            m.bracket = true;
            m.claim = Span::new(
                base + open as u32,
                base + (open + close + '】'.len_utf8()) as u32,
            );
            let place = content
                .split(['＝', '=', ' ', '\u{3000}'])
                .next()
                .filter(|p| *p != part && !p.is_empty());
            m.place = place.map(str::to_owned);
            found.push(m);
        }
    }
}

/// `小池和樹記者`, `（田中花子）`
pub(super) fn role_after(line: &Line<'_>, found: &mut Vec<Mention>) {
    let (raw, base) = (line.raw, line.base);
    for title in bylines::glued_titles("ja") {
        for (at, _) in raw.match_indices(title) {
            let before = raw[..at].trim_end_matches([' ', '\u{3000}', '・']);
            let start = before
                .char_indices()
                .rev()
                .take_while(|(_, c)| is_han(*c) || is_kana(*c))
                .map(|(k, _)| k)
                .last();
            if let Some(start) = start
                && is_name(&before[start..], "ja")
                && found.iter().all(|m| m.span.start != base + start as u32)
            {
                let name = before[start..].to_owned();
                let mut m = line.mention(start, start..before.len(), name, Cued::None);
                m.role = Some((*title).to_owned());
                m.form = Form::Role;
                found.push(m);
            }
        }
    }
}

/// The name of no known surname that ends a line of names, behind byte `from` of it and a wide blank or a mark:
/// `青木花子　燈野壮`.
pub(super) fn beside(line: &Line<'_>, from: usize, cued: Cued) -> Option<Mention> {
    let rest = line.raw[from..].trim_end();
    let name = rest.strip_prefix([' ', '\u{3000}', '、', '・', '／'])?;
    let whole = NAME.contains(&name.chars().count())
        && name.starts_with(is_han)
        && name.chars().all(|c| is_han(c) || is_kana(c));
    let other = names::is_stop(name) || outlet::is_name(name, "ja") || !cues(name).is_empty();
    let start = from + rest.len() - name.len();
    let end = start + name.len();
    let mention = || line.mention(start, start..end, name.to_owned(), cued);
    (whole && !other).then(mention)
}

/// The names of no known surname that a line may be all of, two at least: `燈野壮　葛橋七海`. Only their place can tell that they
/// are names.
pub(super) fn roster(line: &Line<'_>) -> Vec<Mention> {
    let raw = line.raw;
    if raw.trim().chars().count() > SIGNED {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for part in raw.split([' ', '\u{3000}', '、', '・']) {
        let start = at;
        at += part.len();
        at += raw[at..].chars().next().map_or(0, char::len_utf8);
        if part.is_empty() {
            continue;
        }
        let named = ROSTER.contains(&part.chars().count())
            && part.chars().all(is_han)
            && !part.ends_with(DESKS)
            && !names::is_stop(part)
            && !outlet::is_name(part, "ja");
        if !named {
            return Vec::new();
        }
        let cued = if found.is_empty() {
            Cued::None
        } else {
            Cued::Bare
        };
        let mut mention = line.mention(start, start..start + part.len(), part.to_owned(), cued);
        mention.surname = false;
        found.push(mention);
    }
    if found.len() < 2 { Vec::new() } else { found }
}

/// Whose line says what they are behind a mark, whatever their surname: `燈本 しのぶ : フリーライター`.
pub(super) fn titled(line: &Line<'_>) -> Option<Mention> {
    let raw = line.raw;
    if raw.trim().chars().count() > SIGNED {
        return None;
    }
    let (name, title) = raw.split_once([':', '：', '｜', '|', '／'])?;
    let (name, title) = (name.trim(), title.trim());
    let called = bylines::glued_titles("ja")
        .iter()
        .any(|known| title.ends_with(known));
    let letters = name.chars().filter(|c| !c.is_whitespace());
    let fits = NAME.contains(&letters.clone().count())
        && name.starts_with(is_han)
        && letters.clone().all(|c| is_han(c) || is_kana(c))
        && cues(name).is_empty();
    let start = raw.len() - raw.trim_start().len();
    let mut mention = (called && fits).then(|| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let end = start + name.len();
        line.mention(start, start..end, words.join(" "), Cued::None)
    })?;
    mention.role = Some(title.to_owned());
    mention.form = Form::Role;
    Some(mention)
}
