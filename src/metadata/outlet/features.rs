//! What the ranker sees of a name that may be the outlet's. The outlet table is no part of it: it is for outlets that the
//! table does not know.

use memchr::memmem;

use super::Setting;
use super::addresses::{Spelt, stem};
use super::candidates::Candidate;
use crate::document::{is_alphabetic, key, lower};
use crate::label::LineKind;
use crate::lexicon::{agencies, name_parts, names, outlets, sections};
use crate::metadata::byline::Author;
use crate::metadata::headline::menu_share;
use crate::metadata::page::Page;
use crate::metadata::rank::{flag, ln};

/// Mentions that are counted at most.
const MENTIONS: usize = 20;
/// Bytes of the shortest name whose mentions are counted, and of the text in which they are.
const SHORTEST: usize = 4;
const TEXT: usize = 60_000;

/// The names of the features, in order.
pub(in crate::metadata) const NAMES: &[&str] = &[
    "above",
    "between",
    "below",
    "behind-headline",
    "amid-headline",
    "before-headline",
    "tail",
    "head",
    "crumb",
    "rights",
    "rights-part",
    "byline",
    "source",
    "imprint",
    "signs",
    "domain",
    "domain-rank",
    "domains",
    "is-domain",
    "mentions-text",
    "mentions-rest",
    "unit",
    "distance",
    "order",
    "inside",
    "holds",
    "words",
    "chars",
    "digits",
    "capitals",
    "title-case",
    "name-words",
    "ending",
    "company",
    "stop",
    "menu",
    "person",
    "author",
    "agency",
    "section",
    "odds",
    "text",
    "navigation",
    "repeats",
    "words-before",
    "words-after",
    "headline",
    "dense",
    "lines",
    "lines-top",
    "next-words",
    "next-menu",
    "candidates",
    "line-words",
    "around",
    "is-headline",
    "headline-sure",
];

/// The rows of the candidates of a page.
pub(in crate::metadata) fn features(
    setting: Setting<'_, '_>,
    candidates: &[Candidate],
    domains: &[String],
) -> Vec<[f32; NAMES.len()]> {
    let Setting {
        page,
        headline,
        authors,
        ..
    } = setting;
    let story = story(page);
    let stems: Vec<String> = domains.iter().filter_map(|domain| stem(domain)).collect();
    // A name that has a letter more than another is no part of it, which a bit a letter tells sooner.
    let letters: Vec<u64> = candidates.iter().map(|c| marks(&c.key)).collect();
    let title = headline.map(|h| key(&h.line));
    let is_headline = |c: &Candidate| title.as_ref() == Some(&c.key);
    let most = candidates
        .iter()
        .map(|c| c.signs.lines)
        .max()
        .unwrap_or_default();
    let row = |(order, c): (usize, &Candidate)| {
        let s = &c.signs;
        let signs = [
            s.above + s.between,
            s.below,
            s.behind_headline + s.before_headline,
            s.amid_headline,
            s.tail + s.head,
            s.crumb,
            s.rights + s.rights_part,
            s.byline,
            s.source,
            s.imprint,
        ];
        let kinds = signs.iter().filter(|count| **count > 0).count();
        let (domain, rank) = domain(c, &stems);
        let (told, rest) = mentions(page, &c.name, &story);
        let first = headline.map_or(page.body.start, |h| h.first);
        let facts = page.facts[c.unit];
        let next = Some(c.unit + 1).filter(|next| *next < page.len());
        let look = Look::of(&c.name, page.language);
        let (mut longer, mut shorter) = (0.0, 0.0);
        for (other, held) in candidates.iter().zip(&letters) {
            let (all, some) = (letters[order] | held, letters[order] & held);
            if all == *held && other.key.len() > c.key.len() && other.key.contains(&c.key) {
                longer += 1.0;
            } else if some == *held && other.key.len() < c.key.len() && c.key.contains(&other.key) {
                shorter += 1.0;
            }
        }
        let by = |author: &Author| author.person.name.eq_ignore_ascii_case(&c.name);
        [
            f32::from(s.above),
            f32::from(s.between),
            f32::from(s.below),
            f32::from(s.behind_headline),
            f32::from(s.amid_headline),
            f32::from(s.before_headline),
            f32::from(s.tail),
            f32::from(s.head),
            f32::from(s.crumb),
            f32::from(s.rights),
            f32::from(s.rights_part),
            f32::from(s.byline),
            f32::from(s.source),
            f32::from(s.imprint),
            kinds as f32,
            domain,
            ln(rank),
            ln(stems.len()),
            flag(domains.iter().any(|d| *d == c.name.to_lowercase())),
            ln(told),
            ln(rest),
            ln(c.unit),
            if c.unit <= first {
                ln(first - c.unit)
            } else {
                -ln(c.unit - first)
            },
            ln(order),
            longer,
            shorter,
            look.words,
            look.chars,
            look.digits,
            look.capitals,
            look.title_case,
            look.name_words,
            look.ending,
            look.company,
            look.stop,
            menu_share(&c.name),
            look.person,
            flag(authors.iter().any(by)),
            flag(agencies::is_agency(&c.name)),
            flag(sections::of(&c.name).is_some()),
            facts.odds,
            facts.text,
            flag(facts.kind == LineKind::Navigation),
            f32::from(page.repeats(c.unit)),
            mean_words(page, c.unit.saturating_sub(3), c.unit),
            mean_words(page, c.unit + 1, c.unit + 4),
            flag(headline.is_some()),
            look.dense,
            ln(s.lines.into()),
            f32::from(s.lines) / f32::from(most.max(1)),
            next.map_or(0.0, |next| f32::from(page.facts[next].words.min(20))),
            next.map_or(0.0, |next| menu_share(&page.line(next))),
            ln(candidates.len()),
            s.line_words,
            flag(s.around),
            flag(is_headline(c)),
            headline.map_or(0.0, |h| h.probability),
        ]
    };
    candidates.iter().enumerate().map(row).collect()
}

/// A bit for each byte that `key` holds, which others share.
fn marks(key: &str) -> u64 {
    key.bytes().fold(0, |marks, byte| marks | 1 << (byte & 63))
}

/// The bytes of the text in which the story stands.
fn story(page: &Page<'_>) -> std::ops::Range<usize> {
    let Some(last) = page.body.clone().last() else {
        return 0..0;
    };
    page.span(page.body.start).start as usize..page.span(last).end as usize
}

/// How often `name` is printed in the story, and elsewhere.
fn mentions(page: &Page<'_>, name: &str, story: &std::ops::Range<usize>) -> (usize, usize) {
    if name.len() < SHORTEST {
        return (0, 0);
    }
    let text = &page.text.as_bytes()[..page.text.len().min(TEXT)];
    let (mut told, mut rest) = (0, 0);
    for at in memmem::find_iter(text, name.as_bytes()).take(MENTIONS) {
        if story.contains(&at) {
            told += 1;
        } else {
            rest += 1;
        }
    }
    (told, rest)
}

/// How much of a printed domain the name is at best, and of which.
fn domain(c: &Candidate, stems: &[String]) -> (f32, usize) {
    if stems.is_empty() {
        return (0.0, 0);
    }
    let spelt = Spelt::new(&c.name, &c.key);
    let mut best = (0.0, stems.len());
    for (rank, stem) in stems.iter().enumerate() {
        let fit = spelt.fit(stem);
        if fit > best.0 {
            best = (fit, rank);
        }
    }
    best
}

fn mean_words(page: &Page<'_>, from: usize, to: usize) -> f32 {
    let range = from..to.min(page.len());
    let count = range.len().max(1) as f32;
    let words = range.map(|i| f32::from(page.facts[i].words.min(20)));
    words.sum::<f32>() / count
}

/// What the name itself looks like.
#[derive(Default)]
struct Look {
    words: f32,
    chars: f32,
    digits: f32,
    capitals: f32,
    title_case: f32,
    name_words: f32,
    ending: f32,
    company: f32,
    stop: f32,
    person: f32,
    dense: f32,
}

impl Look {
    fn of(name: &str, language: &str) -> Self {
        let words: Vec<&str> = name.split(' ').collect();
        let share = |n: usize, of: usize| n as f32 / of.max(1) as f32;
        let letters = name.chars().filter(|c| is_alphabetic(*c)).count();
        let upper = name.chars().filter(|c| c.is_uppercase()).count();
        let titled = words
            .iter()
            .filter(|word| word.starts_with(char::is_uppercase));
        let of_outlet = |word: &&&str| {
            let bare = word.trim_matches(|c| !is_alphabetic(c));
            outlets::is_name_word(&lower(bare))
        };
        Self {
            words: words.len() as f32,
            chars: name.chars().count() as f32,
            digits: share(name.bytes().filter(u8::is_ascii_digit).count(), letters),
            capitals: share(upper, letters),
            title_case: share(titled.count(), words.len()),
            name_words: share(words.iter().filter(of_outlet).count(), words.len()),
            ending: flag(outlets::is_like_name(name, language)),
            company: flag(
                words
                    .iter()
                    .any(|word| name_parts::is_company(word.trim_end_matches('.'))),
            ),
            stop: flag(name.ends_with(['.', '!', '?', '。'])),
            person: flag(
                words.len() < 5
                    && words
                        .first()
                        .is_some_and(|word| names::is_given(&lower(word))),
            ),
            dense: share(
                name.chars()
                    .filter(|c| crate::metadata::page::is_dense(*c))
                    .count(),
                letters,
            ),
        }
    }
}
