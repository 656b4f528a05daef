//! What the ranker sees of a headline candidate.

use std::ops::Range;

use super::super::date::Dates;
use super::super::page::{Overlap, Page, is_dense};
use super::super::rank::{flag, ln};
use super::candidates::{Candidate, Form, menu_share};
use super::echoes::{Echo, echoes};
use crate::document::{Holds, is_alphabetic, is_alphanumeric, length, lower};
use crate::label::LineKind;
use crate::lexicon::{bylines, names, outlets};

/// Units at the top of the page whose lines may be the browser's title.
const TOP: usize = 6;
/// Units of few words that are counted above a candidate.
const SHORT_RUN: usize = 30;
/// Letters of the shortest line that counts as printed again inside another.
const ECHO: usize = 9;

/// Defines the row of a candidate: the names of its features and their values, 0 where the ranker does not ask for one.
macro_rules! row {
    ($page:ident, $all:ident, $c:ident, $v:ident; $($name:literal: $value:expr,)*) => {
        /// The names of the features, in order.
        pub(in crate::metadata) const NAMES: &[&str] = &[$($name),*];

        fn row(
            $page: &Page<'_>,
            $all: &All<'_>,
            $c: &Candidate<'_>,
            $v: &View<'_>,
            asked: &[bool; NAMES.len()],
        ) -> Vec<f32> {
            let mut asked = asked.iter();
            let mut asked = || asked.next() == Some(&true);
            vec![$(if asked() { $value } else { 0.0 }),*]
        }
    };
}

/// What all candidates of a page share.
struct All<'a> {
    around: Around,
    below: Below,
    /// The highest odds, and the highest overlap with the body.
    top_odds: f32,
    top_overlap: f32,
    /// The first candidate that has to do with the body.
    strong: Option<usize>,
    start: usize,
    end: usize,
    /// Sub-headings in the body.
    crossheads: usize,
    /// For each unit from the first candidate's on, the bytes of article text before it.
    texts: Vec<usize>,
    first: usize,
    /// First lines of the page.
    tops: Vec<&'a str>,
    /// What stands behind a mark at the end of lines near the top: names of outlets and sections.
    tails: Vec<&'a str>,
}

impl All<'_> {
    fn text_above(&self, unit: usize) -> usize {
        let texts = unit.checked_sub(self.first).and_then(|n| self.texts.get(n));
        texts.copied().unwrap_or_default()
    }
}

/// What is looked up for one candidate.
#[derive(Default)]
struct View<'a> {
    k: usize,
    chars: usize,
    words: usize,
    overlap: Overlap,
    echo: Echo,
    odds: f32,
    odds_rank: usize,
    overlap_rank: usize,
    before: f32,
    after: f32,
    begins_longer: bool,
    holds_shorter: bool,
    above: bool,
    below: bool,
    same: usize,
    gap: usize,
    long_between: usize,
    rank: usize,
    longest: f32,
    echoed: usize,
    is_tail: bool,
    last: char,
    letters: f32,
    upper: f32,
    dense: usize,
    korean: bool,
    spaces: usize,
    title_case: f32,
    next: usize,
    at: usize,
    line: Holds<'a>,
}

impl View<'_> {
    /// Whether the line of the candidate holds one of `parts`.
    fn holds(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.line.part(part))
    }
}

row! { page, all, c, v;
    "distance": if c.first < all.start { ln(all.start - c.first) } else { 0.0 },
    "after": if c.first >= all.start { ln(c.first - all.start + 1) } else { 0.0 },
    "gap-bytes": ln(v.gap),
    "chars": v.chars as f32,
    "words": v.words as f32,
    "stop": flag(matches!(v.last, '.' | '。') && !c.line.ends_with("...")),
    "query": flag(matches!(v.last, '?' | '!' | '？' | '！')),
    "colon": flag(matches!(v.last, ':' | '：')),
    "ellipsis": flag(c.line.ends_with("...") || v.last == '…'),
    "comma-end": flag(matches!(v.last, ',' | ';' | '-')),
    "repeats": f32::from(page.repeats(c.first)),
    "begins-longer": flag(v.begins_longer),
    "holds-shorter": flag(v.holds_shorter),
    "pipe": flag(v.holds(&["|", "｜", " :: "])),
    "dash": flag(v.holds(&[" - ", " – ", " — "])),
    "colon-inside": flag(v.holds(&[": "])),
    "overlap": v.overlap.share,
    "overlap-often": v.overlap.often,
    "overlap-words": v.overlap.share * v.overlap.words as f32,
    "overlap-top": if v.overlap.words > 2 { v.overlap.share - all.top_overlap } else { -1.0 },
    "overlap-rank": v.overlap_rank as f32,
    "known-words": v.overlap.words as f32,
    "odds": v.odds,
    "odds-top": v.odds - all.top_odds,
    "odds-rank": v.odds_rank as f32,
    "odds-before": odds(page, c.first.checked_sub(1)),
    "odds-next": odds(page, Some(v.next)),
    "odds-last": page.facts[c.last].odds,
    "body-sure": page.facts[c.first].body,
    "body-sure-next": page.facts.get(v.next).map_or(0.0, |facts| facts.body),
    "digit": flag(page.facts[c.first].digit),
    "digits": c.line.bytes().filter(u8::is_ascii_digit).count() as f32 / v.chars.max(1) as f32,
    "date": flag(all.around.date.flags[v.at]),
    "date-next": all.around.date.next(v.at + c.last - c.first),
    "date-before": all.around.date.before(v.at),
    "byline-next": all.around.byline.next(v.at + c.last - c.first),
    "byline-before": all.around.byline.before(v.at),
    "byline": flag(all.around.byline.flags[v.at]),
    "byline-inside": flag(v.spaces > 0 && byline_inside(&c.line)),
    "blank-before": f32::from(page.units.units[c.first].blank_before.min(3)),
    "blank-after": page.units.units.get(v.next).map_or(0.0, |u| f32::from(u.blank_before.min(3))),
    "words-before": mean_words(page, c.first.saturating_sub(4)..c.first),
    "words-after": mean_words(page, v.next.min(page.len())..(v.next + 4).min(page.len())),
    "words-next": words(page, v.next),
    "word-before": c.first.checked_sub(1).map_or(0.0, |i| words(page, i)),
    "body": flag(page.facts[c.first].kind == LineKind::Body),
    "caption": flag(page.facts[c.first].kind == LineKind::Caption),
    "headline": flag(page.facts[c.first].kind == LineKind::Headline),
    "crosshead": flag(page.facts[c.first].kind == LineKind::Crosshead),
    "standfirst": flag(page.facts[c.first].kind == LineKind::Standfirst),
    "related": flag(page.facts[c.first].kind == LineKind::Related),
    "navigation": flag(page.facts[c.first].kind == LineKind::Navigation),
    "removed": flag(page.facts[c.first].kind.is_removed()),
    "next-body": flag(page.facts.get(v.next).is_some_and(|facts| facts.kind == LineKind::Body)),
    "quotes": flag(v.holds(&["\"", "“", "”", "«", "„", "‘", "「"])),
    "capitals": v.upper / v.letters,
    "title-case": v.title_case,
    "lower-first": flag(c.line.chars().next().is_some_and(char::is_lowercase)),
    "breadcrumb": flag(v.holds(&[">", "›", "→", " / "]) || v.holds(&["»"]) && !v.holds(&["«"])),
    "at-or-url": flag(v.holds(&["@", "http", "www."])),
    "rights": flag(v.holds(&["©", "ⓒ"])),
    "bracket": flag(c.line.starts_with(['[', '【', '<', '(', '［'])),
    "long-between": ln(v.long_between),
    "rank-long": ln(v.rank),
    "longest-near": (1.0 + v.words as f32).ln() - (1.0 + v.longest).ln(),
    "printed-above": flag(v.above),
    "printed-below": flag(v.below),
    "printed-near": v.same as f32,
    "echoed": v.echoed as f32,
    "echo-begin": ln(usize::from(v.echo.begin)),
    "echo-end": ln(usize::from(v.echo.end)),
    "echo-quoted": ln(usize::from(v.echo.quoted)),
    "echo-above": ln(usize::from(v.echo.above)),
    "echo-below": ln(usize::from(v.echo.below)),
    "cut": c.cut.map_or(0.0, |cut| cut.at as u8 as f32),
    "cut-words": c.cut.map_or(0.0, |cut| cut.words.min(20) as f32),
    "cut-known": flag(c.cut.is_some_and(|cut| cut.known)),
    "kicker-known": flag(v.line.split_once(": ").is_some_and(|(kicker, _)| page.prints(kicker) > 0)),
    "tail-known": flag(tail(&v.line).is_some_and(|tail| page.prints(tail) > 0)),
    "text": page.facts[c.first].text,
    "text-before": c.first.checked_sub(1).map_or(0.0, |i| page.facts[i].text),
    "text-next": page.facts.get(v.next).map_or(0.0, |facts| facts.text),
    "text-above": ln(all.text_above(c.first)),
    "crosshead-odds": page.facts[c.first].crosshead,
    "crossheads": ln(all.crossheads),
    "long-since": ln(usize::from(all.around.short_above[v.at])),
    "long-to-date": all.around.long_to_date(page, v.at + c.last - c.first),
    "dense": v.dense as f32 / v.chars.max(1) as f32,
    "unit": ln(c.first),
    "first-strong": flag(all.strong == Some(v.k)),
    "strong-distance": all.strong.map_or(0.0, |s| v.k as f32 - s as f32).clamp(-20.0, 20.0),
    "korean": flag(v.korean),
    "standfirst-next": flag(page.facts.get(v.next)
        .is_some_and(|facts| facts.words > 10 && facts.kind != LineKind::Body)),
    "like-above": like(page, c.first.saturating_sub(3)..c.first),
    "like-below": like(page, v.next.min(page.len())..(v.next + 3).min(page.len())),
    "overlap-before": v.before,
    "overlap-next": v.after,
    "menu-words": menu_share(&c.line),
    "piece": flag(c.form == Form::Piece),
    "torn": flag(c.form == Form::Torn),
    "next-lower": flag(page.len() > v.next
        && page.raw(v.next).chars().next().is_some_and(char::is_lowercase)),
    "outlet": flag(v.words <= 6 && outlets::by_name(&c.line).is_some()),
    "tail": flag(v.is_tail),
    "person": flag((1..4).contains(&v.spaces) && is_person(&c.line)),
    "in-body": flag(c.first > all.start && c.first < all.end),
    "body-units": ln(all.end - all.start),
}

fn odds(page: &Page<'_>, unit: Option<usize>) -> f32 {
    unit.and_then(|i| page.facts.get(i))
        .map_or(-20.0, |facts| facts.odds)
}

fn words(page: &Page<'_>, unit: usize) -> f32 {
    page.facts
        .get(unit)
        .map_or(0.0, |facts| f32::from(facts.words.min(40)))
}

fn mean_words(page: &Page<'_>, units: Range<usize>) -> f32 {
    let n = units.len().max(1) as f32;
    units.map(|i| words(page, i)).sum::<f32>() / n
}

/// How many lines of some length are not article text.
fn like(page: &Page<'_>, units: Range<usize>) -> f32 {
    let like = |i: &usize| {
        let facts = &page.facts[*i];
        facts.words > 3 && facts.words < 30 && facts.kind != LineKind::Body
    };
    units.filter(like).count() as f32
}

/// Whether a line of two to four words is a given name and capitalised words.
fn is_person(line: &str) -> bool {
    if !line.starts_with(char::is_uppercase) {
        return false;
    }
    line.split(' ')
        .all(|word| word.starts_with(char::is_uppercase))
        && line
            .split(' ')
            .next()
            .is_some_and(|word| names::is_given(&word.to_lowercase()))
}

/// Whether a cue stands inside a short line, a capital after it: `Kolumne von Lena Brück`.
fn byline_inside(line: &str) -> bool {
    let mut before: Option<&str> = None;
    line.split(' ').take(8).any(|word| {
        let cue = before.replace(word);
        word.starts_with(char::is_uppercase)
            && cue.is_some_and(|cue| bylines::cue(&lower(cue)) == Some(bylines::Cue::Author))
    })
}

/// What stands between the units of the window and the body: bytes, long lines, lines that are not short.
struct Below {
    first: usize,
    /// For each unit from `first` on, what stands from it to the body.
    sums: Vec<(usize, usize, usize)>,
}

impl Below {
    fn new(page: &Page<'_>, first: usize) -> Self {
        let (mut gap, mut long, mut rank) = (0, 0, 0);
        let mut sums: Vec<_> = (first..page.body.start)
            .rev()
            .map(|i| {
                gap += length(page.raw(i));
                long += usize::from(page.facts[i].words > 7);
                rank += usize::from(page.facts[i].words > 4);
                (gap, long, rank)
            })
            .collect();
        sums.reverse();
        Self { first, sums }
    }

    fn of(&self, unit: usize) -> (usize, usize, usize) {
        let sums = unit.checked_sub(self.first).and_then(|n| self.sums.get(n));
        sums.copied().unwrap_or_default()
    }
}

/// Facts of the units of the window that several candidates ask for.
struct Around {
    date: Flags,
    byline: Flags,
    /// How many units of few words stand right above each, at most [`SHORT_RUN`].
    short_above: Vec<u8>,
    first: usize,
}

impl Around {
    fn new(page: &Page<'_>, dates: &Dates, first: usize, last: usize) -> Self {
        let units = first..(last + 8).min(page.len());
        let dated = |i: usize| {
            page.facts[i].digit && page.span(i).len() < 200 && dates.cover(page, i) > 0.0
        };
        let is_short = |i: &usize| page.facts[*i].words <= 4;
        let above = (0..first).rev().take(SHORT_RUN).take_while(is_short);
        let mut short = above.count();
        let short_above = units.clone().map(|i| {
            let above = short as u8;
            short = if is_short(&i) {
                (short + 1).min(SHORT_RUN)
            } else {
                0
            };
            above
        });
        Self {
            short_above: short_above.collect(),
            date: Flags::new(units.clone().map(dated).collect()),
            byline: Flags::new(units.map(|i| has_byline_cue(page, i)).collect()),
            first,
        }
    }

    /// How many units of some length stand between unit `from` and the next date or byline, 9 where none is near.
    fn long_to_date(&self, page: &Page<'_>, from: usize) -> f32 {
        let next = self.date.next[from].min(self.byline.next[from]);
        if next == Flags::FAR {
            return 9.0;
        }
        let from = self.first + from;
        let units = from + 1..from + usize::from(next);
        units.filter(|i| page.facts[*i].words > 3).count() as f32
    }
}

/// Which units of the window are such, and how far from each the next one is, above and below.
struct Flags {
    flags: Vec<bool>,
    above: Vec<u8>,
    next: Vec<u8>,
}

impl Flags {
    /// What is so many units away is near no more.
    const FAR: u8 = 9;

    fn new(flags: Vec<bool>) -> Self {
        let distance = |far: &mut u8, flag: &bool| {
            let distance = *far;
            *far = if *flag { 1 } else { (*far + 1).min(Self::FAR) };
            Some(distance)
        };
        let above = flags.iter().scan(Self::FAR, distance).collect();
        let mut next: Vec<u8> = flags.iter().rev().scan(Self::FAR, distance).collect();
        next.reverse();
        Self { flags, above, next }
    }

    /// How near the next flag after `from` is: 1/2 for the unit after the next.
    fn next(&self, from: usize) -> f32 {
        Self::nearness(self.next[from])
    }

    /// The same for the last one before `from`.
    fn before(&self, from: usize) -> f32 {
        Self::nearness(self.above[from])
    }

    fn nearness(distance: u8) -> f32 {
        if distance == Self::FAR {
            0.0
        } else {
            1.0 / f32::from(distance)
        }
    }
}

fn has_byline_cue(page: &Page<'_>, i: usize) -> bool {
    if page.facts[i].words > 14 || page.facts[i].chars > 90 {
        return false;
    }
    let line = page.line(i);
    let line = lower(&line);
    let first = line.find([' ', ':', '：', '/']).unwrap_or(line.len());
    if bylines::cue(&line[..first]) == Some(bylines::Cue::Author) {
        return true;
    }
    parted(&line, |byte| matches!(byte, b' ' | b',' | b'|'))
        .any(|word| bylines::is_title(word) || word.ends_with("기자") || word.ends_with("記者"))
}

/// The parts of `line` between marks of ASCII, of which no other character has a byte.
fn parted(line: &str, mark: impl Fn(u8) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = line.bytes().position(&mark);
        rest = end.map(|end| &line[end + 1..]);
        Some(&line[..end.unwrap_or(line.len())])
    })
}

/// What stands behind the last bar or dash of a line.
fn tail<'a>(line: &Holds<'a>) -> Option<&'a str> {
    [" | ", " - ", " – ", " — "]
        .iter()
        .find_map(|mark| line.rsplit_once(mark))
        .map(|(_, tail)| tail)
}

/// The place of each value by size, the largest being 0; equal values share the best one.
fn ranks(values: impl Iterator<Item = f32>) -> Vec<usize> {
    let values: Vec<f32> = values.collect();
    let mut sorted = values.clone();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    values
        .iter()
        .map(|v| sorted.partition_point(|o| *o > *v))
        .collect()
}

/// The first letters of a line, by which lines that begin alike find each other.
fn key(line: &str) -> u64 {
    line.chars()
        .filter(|c| is_alphanumeric(*c))
        .take(10)
        .fold(0xcbf2_9ce4_8422_2325, |hash, c| {
            (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
        })
}

/// The candidates whose lines begin alike.
struct Alike {
    /// Those that begin alike stand together, in their order.
    order: Vec<usize>,
    /// Where in `order` those stand that begin like each.
    groups: Vec<Range<usize>>,
}

impl Alike {
    fn new(candidates: &[Candidate<'_>]) -> Self {
        let keyed = candidates
            .iter()
            .enumerate()
            .map(|(k, c)| (key(&c.line), k));
        let mut keyed: Vec<(u64, usize)> = keyed.collect();
        keyed.sort_unstable();
        let mut groups = vec![0..0; candidates.len()];
        let mut start = 0;
        for group in keyed.chunk_by(|(a, _), (b, _)| a == b) {
            let range = start..start + group.len();
            start = range.end;
            for (_, k) in group {
                groups[*k] = range.clone();
            }
        }
        Self {
            order: keyed.into_iter().map(|(_, k)| k).collect(),
            groups,
        }
    }

    /// Those that begin like candidate `k`, itself among them.
    fn to(&self, k: usize) -> &[usize] {
        &self.order[self.groups[k].clone()]
    }
}

/// One row for each candidate that is `wanted`, with the features that are `asked` for.
pub(in crate::metadata) fn features(
    page: &Page<'_>,
    dates: &Dates,
    candidates: &[Candidate<'_>],
    wanted: impl Fn(&Candidate<'_>) -> bool,
    asked: impl Fn(usize) -> bool,
) -> Vec<Vec<f32>> {
    let asked = std::array::from_fn(asked);
    let (Some(head), Some(tail)) = (candidates.first(), candidates.last()) else {
        return Vec::new();
    };
    let overlaps: Vec<Overlap> = candidates
        .iter()
        .map(|c| page.overlap(c.first, &c.line))
        .collect();
    let echoes = echoes(page, candidates, &wanted);
    let odds_of = |c: &Candidate<'_>| page.facts[c.first].odds.max(page.facts[c.last].odds);
    let share = |o: &Overlap| if o.words > 2 { o.share } else { 0.0 };
    let top_overlap = overlaps.iter().map(share).fold(0.0_f32, f32::max);
    let top_lines: Vec<&str> = (0..page.len().min(TOP))
        .filter(|i| page.span(*i).len() < 300)
        .map(|i| page.raw(i))
        .collect();
    let text = |i: usize| {
        let facts = &page.facts[i];
        if facts.text > 0.5 {
            length(page.raw(i))
        } else {
            0
        }
    };
    let before: usize = (0..head.first).map(text).sum();
    let all = All {
        crossheads: page
            .body
            .clone()
            .filter(|i| page.facts[*i].kind == LineKind::Crosshead)
            .count(),
        texts: (head.first..=tail.last)
            .scan(before, |sum, i| {
                let above = *sum;
                *sum += text(i);
                Some(above)
            })
            .collect(),
        first: head.first,
        around: Around::new(page, dates, head.first, tail.last),
        below: Below::new(page, head.first),
        top_odds: candidates.iter().map(odds_of).fold(-40.0, f32::max),
        top_overlap,
        strong: overlaps.iter().position(|o| share(o) > 0.5 * top_overlap),
        start: page.body.start,
        end: page.body.end,
        tails: top_lines
            .iter()
            .filter_map(|line| {
                let line = Holds::new(line);
                [" | ", " - ", " – ", " — ", " :: ", "｜"]
                    .iter()
                    .find_map(|mark| line.rsplit_once(mark))
            })
            .map(|(_, tail)| tail.trim())
            .collect(),
        tops: top_lines,
    };
    let odds_ranks = ranks(candidates.iter().map(odds_of));
    let overlap_ranks = ranks(overlaps.iter().map(share));
    let alike = Alike::new(candidates);
    candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| wanted(c))
        .map(|(k, c)| {
            let same = alike.to(k);
            let mut view = View {
                overlap: overlaps[k],
                echo: echoes[k],
                odds: odds_of(c),
                odds_rank: odds_ranks[k],
                overlap_rank: overlap_ranks[k],
                before: if k > 0 { overlaps[k - 1].share } else { 0.0 },
                after: overlaps.get(k + 1).map_or(0.0, |o| o.share),
                ..view(page, &all, candidates, same, k)
            };
            view.at = c.first - all.around.first;
            row(page, &all, c, &view, &asked)
        })
        .collect()
}

/// What is looked up for candidate `k`; `same` are those that begin like it.
fn view<'a>(
    page: &Page<'_>,
    all: &All<'_>,
    candidates: &'a [Candidate<'a>],
    same: &[usize],
    k: usize,
) -> View<'a> {
    let c = &candidates[k];
    let line = &*c.line;
    let begins = |long: &str, short: &str| long.len() > short.len() && long.starts_with(short);
    let apart = |o: &Candidate<'_>| o.last < c.first || o.first > c.last;
    let echo = line.len() >= ECHO;
    let next = c.last + 1;
    let (gap, long_between, rank) = all.below.of(next);
    let near = c.first.saturating_sub(6)..(c.first + 7).min(page.len());
    let (mut letters, mut upper, mut chars, mut dense, mut spaces) = (0, 0, 0, 0, 0);
    let (mut caps, mut initials) = (0, 0);
    let mut korean = false;
    let mut before = ' ';
    for c in line.chars() {
        let (letter, capital) = if c.is_ascii() {
            (c.is_ascii_alphabetic(), c.is_ascii_uppercase())
        } else if matches!(c, '가'..='힣') {
            korean = true;
            (true, false)
        } else {
            dense += usize::from(is_dense(c));
            (is_alphabetic(c), c.is_uppercase())
        };
        chars += 1;
        letters += usize::from(letter);
        upper += usize::from(capital);
        spaces += usize::from(c == ' ');
        if before == ' ' {
            initials += usize::from(letter);
            caps += usize::from(capital);
        }
        before = c;
    }
    View {
        k,
        chars,
        words: (c.first..=c.last)
            .map(|i| usize::from(page.facts[i].words))
            .sum(),
        begins_longer: same
            .iter()
            .map(|o| &candidates[*o])
            .any(|o| apart(o) && begins(&o.line, line))
            || all.tops.iter().any(|top| begins(top, line)),
        holds_shorter: same
            .iter()
            .map(|o| &candidates[*o])
            .any(|o| apart(o) && o.line.len() > 8 && begins(line, &o.line)),
        above: same.iter().any(|o| *o < k && candidates[*o].line == line)
            || all.tops.iter().take(c.first.min(4)).any(|top| *top == line),
        below: same.iter().any(|o| *o > k && candidates[*o].line == line),
        same: same.len(),
        gap,
        long_between,
        rank,
        longest: near
            .filter(|i| *i != c.first && page.facts[*i].kind != LineKind::Body)
            .map(|i| words(page, i))
            .fold(0.0, f32::max),
        echoed: if echo {
            all.tops
                .iter()
                .enumerate()
                .filter(|(i, top)| *i != c.first && top.contains(line))
                .count()
        } else {
            0
        },
        is_tail: all.tails.contains(&line),
        last: before,
        letters: letters.max(1) as f32,
        upper: upper as f32,
        dense,
        korean,
        spaces,
        title_case: if initials > 0 {
            caps as f32 / initials as f32
        } else {
            0.0
        },
        next,
        line: Holds::new(line),
        ..View::default()
    }
}
