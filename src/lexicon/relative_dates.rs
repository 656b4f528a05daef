//! How pages say how long ago a story appeared, from `data/relative_dates.tsv`.

use super::pairs::{NOTHING, Pairs, built_pairs, pair_hash};

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

/// What stands behind the number of each phrase, or the whole phrase where it has none, with a number that says the rest:
/// the unit in the lowest three bits, whether there is a number in the next, then the number of its head.
static TAILS: Pairs = built_pairs!("relative_dates");

/// What stands before the number of a phrase, a line each.
const HEADS: &str = include_str!(concat!(env!("OUT_DIR"), "/relative_dates.heads"));

/// By the number that the build script gives them.
const UNITS: [Unit; 5] = [
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::Today,
    Unit::Yesterday,
];

/// The longest phrase in `line`, which is in lower case; the first of several as long. Words are not cut.
#[must_use]
pub fn find(line: &str) -> Option<Phrase> {
    let mut best: Option<Phrase> = None;
    let mut chars = line.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let second = chars.peek().map_or(NOTHING, |(_, c)| *c);
        let rest = &line[start..];
        let opened = TAILS.of(pair_hash(first, second), rest);
        for (tail, number) in opened.chain(TAILS.of(pair_hash(first, NOTHING), rest)) {
            if !rest.starts_with(tail) {
                continue;
            }
            let unit = UNITS[usize::from(number & 7) % UNITS.len()];
            let head = (number & 8 != 0).then(|| HEADS.lines().nth(usize::from(number >> 4)));
            let head = head.map(Option::unwrap_or_default);
            let Some(phrase) = whole(line, start, start + tail.len(), head, unit) else {
                continue;
            };
            let longer = |best: &Phrase| {
                let (new, old) = (phrase.end - phrase.start, best.end - best.start);
                new > old || new == old && phrase.end < best.end
            };
            if best.as_ref().is_none_or(longer) {
                best = Some(phrase);
            }
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
    // A number is whole from its first digit on, whatever it is glued to: `Anna Holm2 minutes ago`.
    let counted = line[start..].starts_with(|c: char| c.is_ascii_digit());
    let cut_before = !counted
        && joins(
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
    use super::{Unit, find};
    use crate::lexicon::table;

    const DATA: &str = include_str!("data/relative_dates.tsv");

    #[test]
    fn the_file_is_sorted_and_every_phrase_is_found() {
        let rows: Vec<_> = table::rows::<2>(DATA).collect::<Result<_, _>>().unwrap();
        for pair in rows.windows(2) {
            assert!(pair[0].1 < pair[1].1, "line {}", pair[1].0);
        }
        for (line, [phrase, name]) in rows {
            let printed = phrase.replace('0', "7");
            let found = find(&printed).map(|found| {
                let unit = format!("{:?}", found.unit).to_lowercase();
                (found.start, found.end, found.count, unit)
            });
            let count = if phrase == printed { 1 } else { 7 };
            let want = (0, printed.len(), count, name.to_owned());
            assert_eq!(found, Some(want), "line {line}");
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
        assert_eq!(
            told("yesterday or 2 days ago"),
            Some(("2 days ago", 2, Unit::Day))
        );
        assert_eq!(
            told("2 days ago, 7 days ago"),
            Some(("2 days ago", 2, Unit::Day))
        );
        assert_eq!(told("12 vagos"), None);
        assert_eq!(told("hoyas"), None);
        assert_eq!(told("99999999999 hours ago"), None);
    }
}
