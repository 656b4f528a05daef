//! How pages say how long ago a story appeared, from `data/relative_dates.tsv`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};

use super::table;

const DATA: &str = include_str!("data/relative_dates.tsv");

/// What is counted back from the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// So many minutes.
    Minute,
    /// So many hours.
    Hour,
    /// So many days.
    Day,
    /// The day itself.
    Today,
    /// The day before.
    Yesterday,
}

/// A phrase found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// First byte in the line.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How many of the unit.
    pub count: u32,
    /// What is counted.
    pub unit: Unit,
}

struct Phrases {
    /// Finds what stands behind the number, or the whole phrase where that has none.
    tails: AhoCorasick,
    /// What stands before the number, and the unit; `None` before a phrase without a number.
    rows: Vec<(Option<&'static str>, Unit)>,
}

static PHRASES: LazyLock<Option<Phrases>> = LazyLock::new(|| {
    let rows = table::rows::<2>(DATA)
        .map(|row| {
            row.ok()
                .and_then(|(_, [phrase, name])| Some((phrase, unit(name)?)))
        })
        .collect::<Option<Vec<_>>>()?;
    let tail = |phrase: &'static str| phrase.split_once('0').map_or(phrase, |(_, tail)| tail);
    // It searches a few short lines of a page: what takes least to build serves best.
    let tails = AhoCorasickBuilder::new()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::NoncontiguousNFA))
        .prefilter(false)
        .build(rows.iter().map(|row| tail(row.0)))
        .ok()?;
    let rows = rows
        .into_iter()
        .map(|(phrase, unit)| (phrase.split_once('0').map(|(head, _)| head), unit))
        .collect();
    Some(Phrases { tails, rows })
});

fn unit(name: &str) -> Option<Unit> {
    match name {
        "minute" => Some(Unit::Minute),
        "hour" => Some(Unit::Hour),
        "day" => Some(Unit::Day),
        "today" => Some(Unit::Today),
        "yesterday" => Some(Unit::Yesterday),
        _ => None,
    }
}

/// The longest phrase in `line`, which is in lower case; the first of several as long. Words are not cut.
#[must_use]
pub fn find(line: &str) -> Option<Phrase> {
    let phrases = PHRASES.as_ref()?;
    let mut best: Option<Phrase> = None;
    for found in phrases.tails.find_overlapping_iter(line) {
        let (head, unit) = phrases.rows[found.pattern().as_usize()];
        let Some(phrase) = whole(line, found.start(), found.end(), head, unit) else {
            continue;
        };
        let longer = |b: &Phrase| phrase.end - phrase.start > b.end - b.start;
        if best.as_ref().is_none_or(longer) {
            best = Some(phrase);
        }
    }
    best
}

/// The phrase whose tail stands at `start..end` of `line`.
fn whole(line: &str, start: usize, end: usize, head: Option<&str>, unit: Unit) -> Option<Phrase> {
    let word = |c: char| c.is_alphanumeric();
    let joins = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if word(a) && word(b) && a.is_ascii() == b.is_ascii());
    let cut_behind = joins(line[..end].chars().next_back(), line[end..].chars().next());
    let (start, count) = match head {
        None => (start, 1),
        Some(head) => {
            let digits = line[..start]
                .bytes()
                .rev()
                .take_while(u8::is_ascii_digit)
                .count();
            let number = start - digits;
            let before = line[..number].strip_suffix(head)?;
            (before.len(), line[number..start].parse().ok()?)
        }
    };
    let cut_before = joins(
        line[..start].chars().next_back(),
        line[start..].chars().next(),
    );
    (!cut_behind && !cut_before).then_some(Phrase {
        start,
        end,
        count,
        unit,
    })
}

#[cfg(test)]
mod tests {
    use super::{DATA, Unit, find, table, unit};

    #[test]
    fn the_file_is_sorted_and_every_unit_is_known() {
        let rows: Vec<_> = table::rows::<2>(DATA).collect::<Result<_, _>>().unwrap();
        for pair in rows.windows(2) {
            assert!(pair[0].1 < pair[1].1, "line {}", pair[1].0);
        }
        for (line, [phrase, name]) in rows {
            assert!(unit(name).is_some(), "line {line}");
            assert_eq!(phrase, phrase.to_lowercase(), "line {line}");
        }
    }

    #[test]
    fn numbers_stand_before_between_and_against_words() {
        fn told(line: &str) -> Option<(&str, u32, Unit)> {
            find(line).map(|p| (&line[p.start..p.end], p.count, p.unit))
        }
        assert_eq!(
            told("published 2 hours ago"),
            Some(("2 hours ago", 2, Unit::Hour))
        );
        assert_eq!(
            told("vor 45 minuten"),
            Some(("vor 45 minuten", 45, Unit::Minute))
        );
        assert_eq!(told("입력 3시간 전"), Some(("3시간 전", 3, Unit::Hour)));
        assert_eq!(told("an hour ago"), Some(("an hour ago", 1, Unit::Hour)));
        assert_eq!(
            told("yesterday, 14:05"),
            Some(("yesterday", 1, Unit::Yesterday))
        );
        assert_eq!(told("12 vagos"), None);
        assert_eq!(told("hoyas"), None);
        assert_eq!(told("99999999999 hours ago"), None);
    }
}
