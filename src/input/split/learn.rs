//! What parts the documents of a dump, learned from what repeats in its first part. Conservative: an article cut in
//! two is worse than a dump left whole, which `--split` mends. Calibrated so that of 905 single pages at most one in
//! a hundred is cut.

use std::collections::HashMap;

use super::rule::{Rule, field, heading, is_tag, opens};
use crate::front;
use crate::lexicon::numbering;

/// A separator line is at most this long, in bytes.
const LONGEST_LINE: usize = 80;

/// A separator between pages stands at least this often, unless it is unmistakable.
const LEAST_REPEATS: usize = 3;

/// Documents are at least this long at the median, in bytes: what rules and numbers part within one page is
/// shorter.
const DOCUMENT_BYTES: usize = 1000;

/// The same where the separator stands often.
const SHORT_DOCUMENT_BYTES: usize = 400;

/// How often that is.
const OFTEN: usize = 6;

/// Blank lines part documents only if they do so this often, in equal bytes, and leave pages of this length.
const BLANK_REPEATS: usize = 5;
const BLANK_DOCUMENT_BYTES: usize = 1500;
const BLANK_LINES: usize = 3;

/// A masthead is this many lines, and this many bytes together at least.
const MASTHEAD_LINES: usize = 3;
const MASTHEAD_BYTES: usize = 20;
const MASTHEAD_DOCUMENT_BYTES: usize = 1500;

/// The rule of the dump that `head` is the beginning of; `None` if it looks like one document.
pub(super) fn rule(head: &[u8]) -> Option<Rule> {
    if has_form_feeds(head) {
        return Some(Rule::Byte(0x0c));
    }
    let mut seen = Seen::default();
    let mut at = 0;
    let mut blank = None;
    while at < head.len() {
        let end = memchr::memchr(b'\n', &head[at..]).map_or(head.len(), |found| at + found + 1);
        let line = head[at..end].trim_ascii();
        if line.is_empty() {
            blank = blank.or(Some(at));
        } else {
            if let Some(start) = blank.take()
                && start > 0
            {
                seen.blank(&head[start..at], start);
            }
            if seen.first_line(line) {
                return seen.settled;
            }
            if line.len() <= LONGEST_LINE {
                seen.line(line, at, head[at].is_ascii_whitespace());
            }
            seen.masthead(line, at);
        }
        at = end;
    }
    seen.rule(head)
}

/// Form feeds between documents stand at the beginning of a line.
fn has_form_feeds(head: &[u8]) -> bool {
    let mut feeds = memchr::memchr_iter(0x0c, head).peekable();
    feeds.peek().is_some()
        && feeds.all(|at| at == 0 || head[at - 1] == b'\n' || head.get(at + 1) == Some(&b'\n'))
}

/// What stands before and behind the number of a numbered line.
type Around<'a> = (&'a [u8], &'a [u8]);

/// What was seen of a dump.
#[derive(Default)]
struct Seen<'a> {
    first: Option<&'a [u8]>,
    settled: Option<Rule>,
    rules: HashMap<&'a [u8], Vec<usize>>,
    numbered: HashMap<Around<'a>, Vec<(u64, usize)>>,
    fields: Vec<(&'a [u8], usize)>,
    blanks: HashMap<&'a [u8], Vec<usize>>,
    top: Vec<&'a [u8]>,
    matched: usize,
    started: usize,
    mastheads: Vec<usize>,
}

impl<'a> Seen<'a> {
    /// Whether the first line of all settles the rule.
    fn first_line(&mut self, line: &'a [u8]) -> bool {
        if self.first.is_some() {
            return false;
        }
        self.first = Some(line);
        if heading(line).is_some() {
            self.settled = Some(Rule::Heading);
        } else if is_tag(line, b"<doc") {
            self.settled = Some(Rule::Tag);
        }
        self.settled.is_some()
    }

    fn blank(&mut self, run: &'a [u8], at: usize) {
        if memchr::memchr_iter(b'\n', run).count() >= BLANK_LINES && run.len() <= LONGEST_LINE {
            self.blanks.entry(run).or_default().push(at);
        }
    }

    /// What a page draws or numbers is often indented; what a dump is parted by is not, but for `4 of 120 DOCUMENTS`, which
    /// exports put in the middle.
    fn line(&mut self, line: &'a [u8], at: usize, indented: bool) {
        if indented {
            if line[0].is_ascii_digit()
                && let Some((prefix, number, tail)) = numbered(line)
                && last_number(tail).is_some()
            {
                let seen = self.numbered.entry((prefix, tail)).or_default();
                seen.push((number, at));
            }
        } else if is_rule(line) {
            self.rules.entry(line).or_default().push(at);
        } else if let Some((prefix, number, tail)) = numbered(line) {
            self.numbered
                .entry((prefix, tail))
                .or_default()
                .push((number, at));
        }
        if !indented && let Some((name, _)) = field(line) {
            self.fields.push((name, at));
        }
    }

    fn masthead(&mut self, line: &'a [u8], at: usize) {
        if self.top.len() < MASTHEAD_LINES {
            self.top.push(line);
            return;
        }
        if line == self.top[self.matched] {
            if self.matched == 0 {
                self.started = at;
            }
            self.matched += 1;
        } else {
            self.matched = usize::from(line == self.top[0]);
            self.started = at;
        }
        if self.matched == MASTHEAD_LINES {
            self.mastheads.push(self.started);
            self.matched = 0;
        }
    }

    fn rule(self, head: &[u8]) -> Option<Rule> {
        let length = head.len();
        self.numbered_rule(length)
            .or_else(|| self.fields_rule(length))
            .or_else(|| front_rule(head))
            .or_else(|| self.line_rule(length))
            .or_else(|| self.blank_rule(length))
            .or_else(|| self.masthead_rule(length))
    }

    /// Numbers that count up by one from the first line on.
    fn numbered_rule(&self, length: usize) -> Option<Rule> {
        let (prefix, _, tail) = numbered(self.first?)?;
        // "of 120" says that a number belongs to a series; a mere noun must prove it.
        let announced = last_number(tail);
        let seen = self.numbered.get(&(prefix, tail))?;
        let consecutive = seen
            .windows(2)
            .filter(|pair| pair[1].0 == pair[0].0 + 1)
            .count();
        let enough = if announced.is_some() {
            2
        } else {
            LEAST_REPEATS
        };
        let starts: Vec<usize> = seen.iter().map(|(_, at)| *at).collect();
        let fits = seen.len() >= enough
            && consecutive * 10 >= (seen.len() - 1) * 9
            && median(&starts, length) >= SHORT_DOCUMENT_BYTES / 2;
        fits.then(|| Rule::Numbered {
            prefix: prefix.to_vec(),
            tail: tail.to_vec(),
            announced,
        })
    }

    /// Blocks of field lines that begin with the same name, the first of them at the top.
    fn fields_rule(&self, length: usize) -> Option<Rule> {
        let (first, _) = field(self.first?)?;
        let (second, _) = self.fields.get(1)?;
        let starts: Vec<usize> = self
            .fields
            .windows(2)
            .filter(|pair| pair[0].0 == first && pair[1].0 == *second)
            .map(|pair| pair[0].1)
            .collect();
        let fits = starts.len() >= LEAST_REPEATS && median(&starts, length) >= SHORT_DOCUMENT_BYTES;
        fits.then(|| Rule::Fields(vec![first.to_vec(), second.to_vec()]))
    }

    fn line_rule(&self, length: usize) -> Option<Rule> {
        let fits = |line: &[u8], at: &[usize]| {
            let (count, typical) = (at.len(), median(at, length));
            let signs = String::from_utf8_lossy(line)
                .chars()
                .filter(|c| !c.is_whitespace())
                .count();
            match signs {
                // `---` parts sections as often as pages.
                0..=3 => {
                    shortest(at, length) >= SHORT_DOCUMENT_BYTES
                        && count >= OFTEN
                        && typical >= 2 * DOCUMENT_BYTES
                }
                4..=9 if count < OFTEN => count >= LEAST_REPEATS && typical >= 2 * DOCUMENT_BYTES,
                4..=9 => typical >= DOCUMENT_BYTES,
                _ if count < LEAST_REPEATS => count >= 2 && shortest(at, length) >= DOCUMENT_BYTES,
                _ if count < OFTEN => typical >= DOCUMENT_BYTES,
                _ => typical >= SHORT_DOCUMENT_BYTES,
            }
        };
        let most = self
            .rules
            .iter()
            .filter(|(line, at)| fits(line, at))
            .max_by_key(|(line, at)| (at.len(), **line));
        most.map(|(line, _)| Rule::Line(line.to_vec()))
    }

    fn blank_rule(&self, length: usize) -> Option<Rule> {
        let most = self
            .blanks
            .iter()
            .filter(|(_, at)| {
                let lengths = lengths(at, length);
                at.len() >= BLANK_REPEATS
                    && lengths[lengths.len() / 2] >= BLANK_DOCUMENT_BYTES
                    && lengths[lengths.len() / 4] >= BLANK_DOCUMENT_BYTES / 2
            })
            .max_by_key(|(run, at)| (at.len(), **run));
        most.map(|(run, _)| Rule::Blank(run.to_vec()))
    }

    fn masthead_rule(&self, length: usize) -> Option<Rule> {
        let bytes: usize = self.top.iter().map(|line| line.len()).sum();
        let fits = self.mastheads.len() + 1 >= LEAST_REPEATS
            && bytes >= MASTHEAD_BYTES
            && median(&self.mastheads, length) >= MASTHEAD_DOCUMENT_BYTES
            && shortest(&self.mastheads, length) >= SHORT_DOCUMENT_BYTES;
        fits.then(|| Rule::Masthead(self.top.iter().map(|line| line.to_vec()).collect()))
    }
}

/// The fields that a scraper wrote above each document, the first of them at the top.
fn front_rule(head: &[u8]) -> Option<Rule> {
    let mut lines = lines(head);
    let text = |(_, line)| std::str::from_utf8(line).ok();
    let (line, next) = (text(lines.next()?)?, text(lines.next()?)?);
    let (first, second) = front::opening(line, next)?;
    let (first, second) = (first.as_bytes(), second.as_bytes());
    let mut starts = vec![0];
    let mut open = None;
    for (at, line) in lines {
        if line.starts_with(second) {
            starts.extend(open);
        }
        open = opens(line, first).then_some(at);
    }
    let fits = starts.len() >= LEAST_REPEATS && median(&starts, head.len()) >= SHORT_DOCUMENT_BYTES;
    fits.then(|| Rule::Front(first.to_vec(), second.to_vec()))
}

/// The lines of a dump that are not blank, and where each begins.
fn lines(head: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut next = 0;
    let lines = head
        .split_inclusive(|byte| *byte == b'\n')
        .map(move |line| {
            let at = next;
            next += line.len();
            (at, line.trim_ascii())
        });
    lines.filter(|(_, line)| !line.is_empty())
}

/// The lengths of what lies between separators.
fn lengths(at: &[usize], length: usize) -> Vec<usize> {
    let mut before = 0;
    let mut lengths = Vec::with_capacity(at.len() + 1);
    for at in at.iter().copied().chain([length]) {
        lengths.push(at - before);
        before = at;
    }
    // Nothing stands before a separator at the very top.
    if lengths.first().is_some_and(|first| *first < LONGEST_LINE) {
        lengths.remove(0);
    }
    lengths.sort_unstable();
    lengths
}

fn median(at: &[usize], length: usize) -> usize {
    let lengths = lengths(at, length);
    lengths.get(lengths.len() / 2).copied().unwrap_or(0)
}

fn shortest(at: &[usize], length: usize) -> usize {
    lengths(at, length).first().copied().unwrap_or(0)
}

/// A line of nothing but at least three signs that people draw lines with.
fn is_rule(line: &[u8]) -> bool {
    // Letters and digits in ASCII rule it out at the first byte, in almost every line.
    if line.len() < 3 || line[0].is_ascii_alphanumeric() {
        return false;
    }
    let drawn = |c: char| {
        c.is_ascii_punctuation()
            || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2500}'..='\u{25ff}' | '※' | '☆' | '★' | '＊' | '－' | '＝' | '～')
    };
    std::str::from_utf8(line).is_ok_and(|line| {
        line.chars().all(|c| drawn(c) || c.is_whitespace())
            && line.chars().filter(|c| !c.is_whitespace()).count() >= 3
    })
}

/// A line that numbers a document, in what stands before the number, the number, and what stands behind it: known
/// words and signs only, and at least one noun, a second number, or a sign before the number.
fn numbered(line: &[u8]) -> Option<(&[u8], u64, &[u8])> {
    let digit = line.iter().position(u8::is_ascii_digit)?;
    let end = digit
        + line[digit..]
            .iter()
            .position(|b| !b.is_ascii_digit())
            .unwrap_or(line.len() - digit);
    let (prefix, tail) = (&line[..digit], &line[end..]);
    let number = std::str::from_utf8(&line[digit..end]).ok()?.parse().ok()?;
    let words = std::str::from_utf8(prefix)
        .ok()
        .zip(std::str::from_utf8(tail).ok());
    let (before, behind) = words?;
    let mut nouns = 0;
    let split = |c: char| !c.is_alphabetic();
    for word in before
        .split(split)
        .chain(behind.split(split))
        .filter(|w| !w.is_empty())
    {
        nouns += usize::from(numbering::is_noun(&word.to_lowercase())?);
    }
    let signs = before
        .trim_end()
        .starts_with(['#', '=', '-', '*', '[', '<', '~', '+', '@', '%']);
    // A number with decimals or a clock time is none of these.
    let plain = !behind.starts_with(['.', ':', ',', '%']) || behind.len() == 1;
    let named = nouns > 0 || signs || (last_number(tail).is_some() && behind.contains("of"));
    (plain && named).then_some((prefix, number, tail))
}

/// The number in `of 120`.
fn last_number(tail: &[u8]) -> Option<u64> {
    let start = tail.iter().position(u8::is_ascii_digit)?;
    let end = tail[start..]
        .iter()
        .position(|b| !b.is_ascii_digit())
        .map_or(tail.len(), |n| start + n);
    std::str::from_utf8(&tail[start..end]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{is_rule, numbered, rule};
    use crate::input::split::rule::Rule;

    fn page(n: usize) -> String {
        format!(
            "Bridge {n} closed\n\n{}\n",
            "The council of Norhaven met again. ".repeat(60)
        )
    }

    fn dump(joint: impl Fn(usize) -> String) -> String {
        (1..=8).map(|n| joint(n) + &page(n)).collect()
    }

    #[test]
    fn every_common_separator_is_learned() {
        let learned = |joint: &dyn Fn(usize) -> String| rule(dump(joint).as_bytes());
        assert!(matches!(
            learned(&|_| "\x0c".into()),
            Some(Rule::Byte(0x0c))
        ));
        assert!(matches!(
            learned(&|_| "----------\n".into()),
            Some(Rule::Line(_))
        ));
        assert!(matches!(
            learned(&|n| format!("\n             {n} of 8 DOCUMENTS\n\n")),
            Some(Rule::Numbered {
                announced: Some(8),
                ..
            })
        ));
        assert!(matches!(
            learned(&|n| format!("Document {n} of 8\n\n")),
            Some(Rule::Numbered {
                announced: Some(8),
                ..
            })
        ));
        assert!(matches!(
            learned(&|n| format!("## {n}\n")),
            Some(Rule::Numbered { .. })
        ));
        assert!(matches!(
            learned(&|n| format!("기사 {n} / 8\n")),
            Some(Rule::Numbered { .. })
        ));
        assert!(matches!(
            learned(&|n| format!("TITLE: {n}\nSOURCE: Post\n\n")),
            Some(Rule::Fields(_))
        ));
        for front in [
            "Title: A long title that a scraper wrote above the text, as they do, without any capitals\nDate: 2024-03-01\n\n",
            "제목: 다리\n기자: 홍길순\n\n",
            "---\ntitle: x\ndate: 2024-03-01\n---\n",
        ] {
            assert!(matches!(learned(&|_| front.into()), Some(Rule::Front(..))));
        }
        assert!(matches!(
            learned(&|n| format!("==> {n}.txt <==\n")),
            Some(Rule::Heading)
        ));
        assert!(matches!(
            learned(&|n| format!("<doc id=\"{n}\">\n")),
            Some(Rule::Tag)
        ));
        assert!(matches!(
            learned(&|_| "\n\n\n\n".into()),
            Some(Rule::Blank(_))
        ));
        assert!(matches!(
            learned(&|_| "Harbour Post\nHome News Sport\nSubscribe now\n".into()),
            Some(Rule::Masthead(_))
        ));
        assert!(learned(&|_| String::new()).is_none());
    }

    #[test]
    fn what_repeats_within_one_page_parts_nothing() {
        let page = "Five tips\n\n1. Walk\nText of the first.\n---\n2. Sleep\nText of the second.\n---\n3. Eat\nText.\n---\n";
        assert!(rule(page.as_bytes()).is_none());
        assert!(
            rule(
                "Tip 1\nText\n\n\n\nTip 2\nText\n\n\n\nTip 3\nText\n"
                    .repeat(3)
                    .as_bytes()
            )
            .is_none()
        );
    }

    #[test]
    fn numbers_in_prose_are_no_numbering() {
        for line in [
            "Document 4 shows",
            "12:30",
            "3.5",
            "Bridge 4",
            "17",
            "2 of us",
        ] {
            assert!(numbered(line.as_bytes()).is_none(), "{line}");
        }
        for line in [
            "4 of 120 DOCUMENTS",
            "Document 4 of 120",
            "=== 4 ===",
            "[4]",
            "第4篇",
        ] {
            assert!(numbered(line.as_bytes()).is_some(), "{line}");
        }
        assert!(is_rule("────".as_bytes()) && !is_rule("- a".as_bytes()) && !is_rule(b"--"));
    }
}
