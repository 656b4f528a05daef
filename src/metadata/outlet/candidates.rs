//! What an outlet that no table knows may be called: lines of the masthead and of the foot, parts of the browser's title
//! and of a breadcrumb, who holds the rights, what bylines and labels name.

use rustc_hash::FxHashMap;

use super::addresses::stem;
use super::{Setting, phrases, rights};
use crate::document::{Span, is_alphabetic, is_alphanumeric, is_blank, key, lower};
use crate::lexicon::notices;
use crate::lexicon::outlets;
use crate::metadata::date::Dates;
use crate::metadata::page::Page;

/// Units at the top of the page, right above the headline and at its end whose lines may be the outlet's name; elsewhere
/// only such that the page prints again, or that its addresses name.
const TOP: usize = 10;
const NEAR: usize = 3;
const LAST: usize = 6;
/// Units that are looked through above the headline, between it and the text, and below the story.
const ABOVE: usize = 160;
const BETWEEN: usize = 10;
const BELOW: usize = 100;
/// Units at the top among which the browser's title is looked for whatever it holds.
const TITLES: usize = 4;
/// Words and bytes of the longest name, and bytes of the longest line that is cut.
const WORDS: u16 = 8;
const BYTES: usize = 72;
const LINE: usize = 320;
/// Share of a line that a date may take up.
const DATE: f32 = 0.3;
/// Names that are weighed at most.
const MOST: usize = 64;

/// How often a name stands where names of outlets do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signs {
    /// As a line above the headline, between it and the text, and below the story.
    pub(super) above: u8,
    pub(super) between: u8,
    pub(super) below: u8,
    /// Behind the headline in one line with it, as the last of its parts or before that; and before it.
    pub(super) behind_headline: u8,
    pub(super) amid_headline: u8,
    pub(super) before_headline: u8,
    /// At the end and at the head of other lines at the top.
    pub(super) tail: u8,
    pub(super) head: u8,
    /// First step of a breadcrumb.
    pub(super) crumb: u8,
    /// In a notice of rights: all that is named there, or a part.
    pub(super) rights: u8,
    pub(super) rights_part: u8,
    /// In a byline.
    pub(super) byline: u8,
    /// Behind a label of the page's source, and of the imprint.
    pub(super) source: u8,
    pub(super) imprint: u8,
    /// Lines of the furniture that hold it among other words, the words of these in the mean, and whether they stand above the
    /// story as well as below it.
    pub(super) lines: u8,
    pub(super) line_words: f32,
    pub(super) around: bool,
}

/// A name.
#[derive(Clone, Debug)]
pub(in crate::metadata) struct Candidate {
    /// As printed, white space folded.
    pub(in crate::metadata) name: String,
    /// Its letters and digits in lower case.
    pub(super) key: String,
    /// Where it is first printed as a line, else where it was found first.
    pub(super) unit: usize,
    pub(super) span: Span,
    pub(super) signs: Signs,
}

struct Gathering<'p, 'a> {
    page: &'p Page<'a>,
    found: Vec<Candidate>,
    by_key: FxHashMap<String, usize>,
}

/// The names of a page that may be its outlet's; `domains` are those of its addresses.
pub(in crate::metadata) fn candidates(
    setting: Setting<'_, '_>,
    domains: &[String],
) -> Vec<Candidate> {
    let Setting {
        page,
        dates,
        headline,
        authors,
        ..
    } = setting;
    let mut all = Gathering {
        page,
        found: Vec::new(),
        by_key: FxHashMap::default(),
    };
    let (first, last) = headline.map_or((page.body.start, page.body.start), |h| {
        (h.first, h.last + 1)
    });
    let title = headline.map(|h| key(&h.line)).unwrap_or_default();
    let hosts: Vec<String> = domains.iter().filter_map(|d| stem(d)).collect();
    let top = page.top..(page.top + TOP).min(first);
    let above = first.saturating_sub(ABOVE).max(top.end)..first;
    let between = last..page.body.start.min(last + BETWEEN);
    let below = page.foot.max(last)..(page.foot + BELOW).min(page.len());
    let end = page.len().saturating_sub(LAST).max(below.end)..page.len();
    // What says most comes first: there is room for so many names only.
    for i in top.clone().chain(above.clone()) {
        all.parts(i, &title, i < page.top + TITLES);
    }
    for i in between.clone().chain(below.clone()).chain(end.clone()) {
        all.labelled(i);
    }
    for i in rights::notices(page, below.clone().chain(end.clone())) {
        all.holders(i);
    }
    for mention in authors.iter().flat_map(|author| &author.mentions) {
        if let Some(name) = &mention.affiliation {
            all.add(mention.unit, name, |signs| &mut signs.byline);
        }
    }
    all.phrases((page.top..first).chain(below.clone()).chain(end.clone()));
    for i in top.clone().chain(above) {
        let near = top.contains(&i) || i + NEAR >= first;
        all.line(dates, i, near, &hosts, |signs| &mut signs.above);
    }
    for i in between {
        all.line(dates, i, false, &hosts, |signs| &mut signs.between);
    }
    for i in below.chain(end.clone()) {
        all.line(dates, i, end.contains(&i), &hosts, |signs| &mut signs.below);
    }
    all.found
}

impl Gathering<'_, '_> {
    /// A line that may be a name by itself.
    fn line(
        &mut self,
        dates: &Dates,
        i: usize,
        near: bool,
        hosts: &[String],
        sign: impl Fn(&mut Signs) -> &mut u8,
    ) {
        let facts = self.page.facts[i];
        if facts.words > WORDS || self.page.span(i).len() > BYTES {
            return;
        }
        let raw = self.page.raw(i);
        let named = |host: &String| letters(raw).eq(host.chars());
        if (near || self.page.repeats(i) > 1 || hosts.iter().any(named))
            && dates.cover(self.page, i) <= DATE
        {
            for name in std::iter::once(raw).chain(without_home(raw)) {
                let at = self.add(i, name, |signs| sign(signs));
                self.settle(i, at);
            }
        }
    }

    /// The parts of a line: of one that prints the headline, and at the `top` of any.
    fn parts(&mut self, i: usize, title: &str, top: bool) {
        let raw = self.page.raw(i);
        if raw.len() > LINE || !raw.bytes().any(may_part) {
            return;
        }
        let parts = split(raw);
        let [head, .., tail] = parts.as_slice() else {
            return;
        };
        let count = parts.len();
        // The headline may hold such marks itself.
        let opens = (1..count).find(|n| is_key_of(&parts[..*n], title));
        let ends = (1..count).find(|n| is_key_of(&parts[*n..], title));
        if let Some(n) = opens {
            for part in &parts[n..count - 1] {
                self.add(i, part, |signs| &mut signs.amid_headline);
            }
            self.add(i, tail, |signs| &mut signs.behind_headline);
        } else if let Some(n) = ends {
            for part in &parts[..n] {
                self.add(i, part, |signs| &mut signs.before_headline);
            }
        } else if top {
            self.add(i, tail, |signs| &mut signs.tail);
            self.add(i, head, |signs| &mut signs.head);
        } else if raw.contains(['>', '›', '»', '＞']) {
            self.add(i, head, |signs| &mut signs.crumb);
        }
    }

    /// Who holds the rights by a notice.
    fn holders(&mut self, i: usize) {
        for (n, name) in rights::names(self.page.raw(i)).enumerate() {
            let bare = rights::without_form(name);
            if n == 0 {
                self.add(i, name, |signs| &mut signs.rights);
            } else {
                self.add(i, name, |signs| &mut signs.rights_part);
            }
            if bare != name {
                self.add(i, bare, |signs| &mut signs.rights_part);
            }
        }
    }

    /// What returns in the furniture.
    fn phrases(&mut self, furniture: impl Iterator<Item = usize>) {
        for phrase in phrases::recurring(self.page, furniture) {
            let lines = phrase.lines.min(u8::MAX.into()) as u8;
            self.add_at(
                phrase.unit,
                |_| phrase.span,
                phrase.name,
                lines,
                |signs| {
                    signs.line_words = phrase.words as f32 / f32::from(phrase.lines.max(1));
                    signs.around = phrase.both;
                    &mut signs.lines
                },
            );
        }
    }

    /// What labels of the source and of the imprint name.
    fn labelled(&mut self, i: usize) {
        let raw = self.page.raw(i);
        if raw.len() > LINE || !raw.contains([':', '：']) {
            return;
        }
        for part in raw.split(['|', 'ㆍ', '·', '/', '｜']) {
            let Some((label, value)) = part.split_once([':', '：']) else {
                continue;
            };
            let label = label.rsplit(is_blank).next().unwrap_or(label);
            let Some(label) = outlets::label(&lower(label)) else {
                continue;
            };
            let value = value.trim_start();
            let end = value
                .find(['\u{3000}', '\t', '(', '（'])
                .unwrap_or(value.len());
            self.add(i, &value[..end], |signs| match label {
                outlets::Label::Source => &mut signs.source,
                outlets::Label::Imprint => &mut signs.imprint,
            });
        }
    }

    /// Lets a name stand at unit `i`, the first line that is nothing else.
    fn settle(&mut self, i: usize, at: Option<usize>) {
        let Some(candidate) = at.and_then(|at| self.found.get_mut(at)) else {
            return;
        };
        let signs = &candidate.signs;
        let lines = [signs.above, signs.between, signs.below];
        if lines.map(u32::from).iter().sum::<u32>() == 1 {
            candidate.unit = i;
            candidate.span = self.page.span(i);
        }
    }

    /// Adds a name that unit `unit` prints, or a sign to it: its place among the candidates.
    fn add(
        &mut self,
        unit: usize,
        name: &str,
        sign: impl Fn(&mut Signs) -> &mut u8,
    ) -> Option<usize> {
        let name = trimmed(name);
        let span = |page: &Page<'_>| {
            let whole = page.span(unit);
            page.raw(unit).find(name).map_or(whole, |at| {
                let start = whole.start as usize + at;
                Span::at(start, start + name.len())
            })
        };
        self.add_at(unit, span, name, 1, sign)
    }

    fn add_at(
        &mut self,
        unit: usize,
        span: impl Fn(&Page<'_>) -> Span,
        name: &str,
        count: u8,
        sign: impl Fn(&mut Signs) -> &mut u8,
    ) -> Option<usize> {
        if name.len() > BYTES || !name.contains(is_alphabetic) {
            return None;
        }
        let key = key(name);
        let at = match self.by_key.get(&key) {
            Some(at) => *at,
            None if self.found.len() == MOST => return None,
            None => {
                self.by_key.insert(key.clone(), self.found.len());
                let words = name.split(is_blank).filter(|word| !word.is_empty());
                self.found.push(Candidate {
                    name: words.collect::<Vec<_>>().join(" "),
                    key,
                    unit,
                    span: span(self.page),
                    signs: Signs::default(),
                });
                self.found.len() - 1
            }
        };
        let signs = sign(&mut self.found[at].signs);
        *signs = signs.saturating_add(count);
        Some(at)
    }
}

/// The letters of [`key`], one by one.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|c| is_alphanumeric(*c));
    letters.flat_map(char::to_lowercase)
}

fn is_key_of(parts: &[&str], title: &str) -> bool {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    !title.is_empty()
        && length + 8 >= title.len()
        && parts.iter().map(|part| key(part)).collect::<String>() == title
}

/// A line without the word for the page's home at either end: `Harbour Post Home`.
fn without_home(raw: &str) -> Option<&str> {
    let raw = trimmed(raw);
    if !raw.contains(is_blank) {
        return None;
    }
    let is_home = |word: &str| notices::is_home(word) || word.eq_ignore_ascii_case("logo");
    let last = raw.rsplit_once(is_blank).filter(|(_, word)| is_home(word));
    let first = raw.split_once(is_blank).filter(|(word, _)| is_home(word));
    last.map(|(name, _)| name).or(first.map(|(_, name)| name))
}

fn trimmed(name: &str) -> &str {
    let open = |c: char| !is_alphanumeric(c) && !matches!(c, '(' | '@' | '#');
    let close = |c: char| !is_alphanumeric(c) && !matches!(c, ')' | '!' | '?' | '.' | '+');
    name.trim_start_matches(open).trim_end_matches(close)
}

/// Whether a byte may belong to a mark between the parts of a line.
fn may_part(byte: u8) -> bool {
    matches!(byte, b'|' | b'-' | b':' | b'>' | b'<' | b'/') || byte >= 0xc2
}

/// A line cut at bars, and at dashes, colons, dots and arrows between blanks.
fn split(raw: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut before) = (0, ' ');
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let bar = matches!(c, '|' | '｜');
        let mark = matches!(
            c,
            '-' | '–' | '—' | ':' | '»' | '«' | '·' | '•' | '›' | '‹' | '>' | '<' | '/' | '~'
        );
        let apart = (is_blank(before) || before == c) && (is_blank(next) || next == c);
        if bar || mark && apart {
            parts.push(raw[start..at].trim());
            start = at + c.len_utf8();
        }
        before = c;
    }
    parts.push(raw[start..].trim());
    parts.retain(|part| part.contains(is_alphanumeric));
    parts
}

#[cfg(test)]
mod tests {
    use super::{split, trimmed};

    #[test]
    fn a_line_is_cut_at_marks_between_blanks() {
        for (line, parts) in [
            (
                "Ferry back - Harbour Post",
                vec!["Ferry back", "Harbour Post"],
            ),
            (
                "Ferry back | News | Harbour Post",
                vec!["Ferry back", "News", "Harbour Post"],
            ),
            (
                "나루호 돌아왔다 :: 가람일보",
                vec!["나루호 돌아왔다", "가람일보"],
            ),
            ("Wi-Fi: on at last", vec!["Wi-Fi: on at last"]),
            ("- a", vec!["a"]),
        ] {
            assert_eq!(split(line), parts, "{line}");
        }
    }

    #[test]
    fn a_name_has_no_marks_around_it() {
        assert_eq!(trimmed("« Harbour Post »"), "Harbour Post");
        assert_eq!(trimmed("BLOG OFF!"), "BLOG OFF!");
        assert_eq!(trimmed("‹ ›"), "");
    }
}
