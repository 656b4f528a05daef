//! Whom a page names: mentions of one name put together, and who of them is given as an author.

use rustc_hash::{FxHashMap, FxHashSet};

use super::placed::NEAR;
use super::settle::{RULED_OUT, Setting};
use super::teasers::is_elsewhere;
use super::{Author, Cued, Mention};
use crate::document::{key, lower};
use crate::lexicon::bylines::{self, Cue};
use crate::lexicon::{name_parts, names, outlets};
use crate::metadata::outlet;
use crate::metadata::page::Page;
use crate::record::Person;

/// How sure a name is that a list joins to one as sure.
const BESIDE: f32 = 0.8;
/// Units between the lines of names that stand one above the other.
const STACKED: usize = 2;
/// Words of the longest line that says whom somebody works for.
const EMPLOYER: u16 = 6;
/// Bytes between two names that share a role: a blank, a mark and a blank.
const JOINT: u32 = 6;
/// Words of a name in a list that is an outlet's or a place's, unless a given name opens it.
const LONG: usize = 4;
/// Bytes below such a name that are searched for it, and its prints there that are looked at.
const BELOW: usize = 16_384;
const PRINTS: usize = 8;
/// How sure a name must be that is given.
const LEAST: f32 = 0.45;
/// And below which one that nothing announces gives way to the only byline of the page.
const DOUBTFUL: f32 = 0.6;
/// How likely the owner of the page must look to be its author where nobody else is.
const OWNER: f32 = 0.1;
/// Authors at most that a page names without a cue, a role or an address.
const MOST_BARE: usize = 4;

/// Probabilities, where names that nothing announces stand one above the other, each on a line of its own: where one of
/// them is an author for sure, so are those that looked likely before they were held against it; beside two or above the
/// body, any that is called as persons are; any whose comma leads to it; and any below which stands whom both work for.
pub(super) fn stacked(
    setting: Setting<'_, '_>,
    mentions: &[Mention],
    filled: &[bool],
    first: &[f32],
    mut weighed: Vec<f32>,
) -> Vec<f32> {
    let page = setting.page;
    // Between the headline and the body, menus aside.
    let above = setting
        .headline
        .map_or(0..0, |h| h.last + 1..page.body.start.min(h.last + NEAR));
    let bare = |m: &Mention| m.words > 1 && matches!(m.cued, Cued::None | Cued::Bare);
    let lines = mentions.iter().zip(filled).enumerate();
    let lines = lines.filter(|(_, (m, filled))| **filled && bare(m));
    let lines: Vec<(usize, usize)> = lines.map(|(k, (m, _))| (m.unit, k)).collect();
    // Elsewhere the page says that somebody edited the story, or took its pictures.
    let other = |m: &&Mention| m.cued == Cued::Line(Cue::Other);
    let helped: FxHashSet<&str> = mentions.iter().filter(other).map(|m| &*m.name).collect();
    let sure = lines.iter().filter(|(_, k)| weighed[*k] >= BESIDE);
    let sure: Vec<usize> = sure.map(|(unit, _)| *unit).collect();
    for (unit, k) in lines {
        let near = &sure[sure.partition_point(|s| s + STACKED < unit)..];
        let near = near.iter().take_while(|s| **s <= unit + STACKED);
        let near = near.copied().filter(|s| *s != unit);
        let open = || !mentions[k].ruled_out && !helped.contains(&*mentions[k].name);
        let likely = first[k] > 0.0 && weighed[k] > RULED_OUT;
        let next = |s: usize| s.abs_diff(unit) == 1 && above.contains(&unit);
        let goes_on = |s: usize| s == unit + 1 && page.raw(unit).trim_end().ends_with(',');
        let count = near.clone().count();
        let named = mentions[k].given_first && (count > 1 || near.clone().any(next));
        let shared = || near.clone().any(|s| share_employer(page, s, unit));
        let listed = near.clone().any(goes_on);
        if count > 0 && (likely || (named || listed || shared()) && open()) {
            weighed[k] = weighed[k].max(BESIDE);
        }
    }
    weighed
}

/// Whether the lines below two names, of units `a` and `b`, say that both work for one outlet: they begin with its name.
fn share_employer(page: &Page<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (a.min(b), a.max(b));
    let employer = |unit: usize| {
        let short = unit + 1 < page.body.start && page.facts[unit + 1].words <= EMPLOYER;
        let word = page.raw(unit + 1).split_whitespace().next();
        word.filter(|word| short && word.starts_with(char::is_uppercase))
    };
    b - a == STACKED && employer(a).is_some() && employer(a) == employer(b)
}

/// Probabilities, where names share the word for what they are (`A B 기자`, `A·B 기자`) or the cue before them (`记者 A B`): what is
/// sure of one is of all.
pub(super) fn sharing(mentions: &[Mention], mut weighed: Vec<f32>) -> Vec<f32> {
    let shares = |pair: &[Mention]| {
        let [a, b] = pair else { return false };
        let gap = b.span.start.saturating_sub(a.span.end);
        let called = a.role.is_some() && a.role == b.role;
        let announced = a.is_announced() && b.is_announced() && a.claim.start == b.claim.start;
        a.unit == b.unit && a.surname && (called || announced) && gap <= JOINT
    };
    // A name may be surer elsewhere, in a line of its own.
    let mut surest: FxHashMap<&str, f32> = FxHashMap::default();
    for (mention, probability) in mentions.iter().zip(&weighed) {
        let most = surest.entry(&mention.name).or_default();
        *most = most.max(*probability);
    }
    let mut first = 0;
    while first < mentions.len() {
        let joined = mentions[first..].windows(2).take_while(|pair| shares(pair));
        let last = first + joined.count();
        let names = mentions[first..=last].iter().map(|m| surest[&*m.name]);
        if names.fold(0.0, f32::max) >= DOUBTFUL {
            let run = mentions[first..=last]
                .iter()
                .zip(&mut weighed[first..=last]);
            for (_, probability) in run.filter(|(mention, _)| !mention.ruled_out) {
                *probability = probability.max(DOUBTFUL);
            }
        }
        first = last + 1;
    }
    weighed
}

/// Probabilities, where a mark or a word joins names in one line: `Anna Holm and Jan Wick 3 May 2019`. Where one is sure to be an
/// author, so are the others that a cue announces, a date follows, that fill their line or are called as persons are.
pub(super) fn listed(
    page: &Page<'_>,
    mentions: &[Mention],
    filled: &[bool],
    mut weighed: Vec<f32>,
) -> Vec<f32> {
    let joined = |pair: &[Mention]| {
        let listed = matches!(pair[1].cued, Cued::Bare | Cued::List(Cue::Author));
        pair[0].unit == pair[1].unit && listed
    };
    let mut first = 0;
    while first < mentions.len() {
        let pairs = mentions[first..].windows(2);
        let last = first + pairs.take_while(|pair| joined(pair)).count();
        let announced = mentions[first].is_announced();
        let opens = announced || mentions[first].cued == Cued::None;
        let dated = mentions[first].left == 0 && mentions[last].before_date;
        let most = weighed[first..=last].iter().copied().fold(0.0, f32::max);
        for k in first..=last {
            let m = &mentions[k];
            let called = announced || dated || filled[first] || m.given_first;
            let outlet = || names_outlet(page, m) || outlets::by_name(&m.name).is_some();
            let person = called && m.words > 1 && !m.ruled_out;
            if last > first && opens && most >= BESIDE && person && !outlet() {
                weighed[k] = weighed[k].max(BESIDE);
            }
        }
        first = last + 1;
    }
    weighed
}

/// Whether a name is called as outlets are, which end the list of a byline.
fn names_outlet(page: &Page<'_>, mention: &Mention) -> bool {
    let name = &mention.name;
    let mut words = name.split(' ');
    // `HRB-Studio London`
    let desk = |word: &str| {
        let short = word.split_once('-').map_or("", |(short, _)| short);
        short.len() > 1 && short.chars().all(char::is_uppercase)
    };
    let caps = |name: &str| !name.chars().any(char::is_lowercase);
    let parts = || {
        name.split(' ')
            .filter(|word| !name_parts::is_particle(word))
    };
    outlet::is_name(name, page.language)
        || opens_as_outlet(name)
        || !mention.given_first && parts().count() >= LONG
        || !mention.given_first && mention.words > 2 && is_thing(page, mention)
        || !caps(name) && name.split(' ').any(desk)
        || !mention.given_any && words.any(|word| outlets::is_name_word(&lower(word)))
}

/// Whether the text below a name says it as it does that of a thing, behind a little word that is no cue: `news no Portal Dawn`.
fn is_thing(page: &Page<'_>, mention: &Mention) -> bool {
    let below = &page.text[mention.span.end as usize..];
    let below = &below[..below.floor_char_boundary(BELOW)];
    let mut prints = below.match_indices(&mention.name).take(PRINTS);
    prints.any(|(at, _)| {
        let before = below[..at].strip_suffix(' ').unwrap_or_default();
        let word = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let little = (1..=3).contains(&word.len()) && word.chars().all(char::is_lowercase);
        little && bylines::cue(word).is_none() && !name_parts::is_joint(word)
    })
}

/// Whether a word of the names of outlets opens a name, and no given name: `Portal Dawn`, `Prensa Dawn`.
pub(super) fn opens_as_outlet(name: &str) -> bool {
    let first = lower(name.split(' ').next().unwrap_or_default());
    name.contains(' ') && outlets::is_name_word(&first) && !names::is_given(&first)
}

/// The persons that mentions name, in printed order.
pub(super) fn persons(page: &Page<'_>, mentions: Vec<Mention>, weighed: Vec<f32>) -> Vec<Author> {
    let mut authors: Vec<Author> = Vec::new();
    let mut surely = None;
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for (mut mention, mut probability) in mentions.into_iter().zip(weighed) {
        // `By A and B`: who is named beside a sure author is one.
        let reach = match mention.cued {
            Cued::List(Cue::Author) => Some(0),
            // The word that joins them has a line of its own.
            Cued::Above(Cue::Author) => Some(2),
            _ => None,
        };
        let beside =
            |unit: usize| reach.is_some_and(|r| unit <= mention.unit && mention.unit <= unit + r);
        let listed = mention.words > 1 && surely.is_some_and(beside);
        if listed && !names_outlet(page, &mention) {
            probability = probability.max(BESIDE);
        }
        surely = (probability >= BESIDE).then_some(mention.unit);
        mention.probability = probability;
        let place = *places.entry(key(&mention.name)).or_insert(authors.len());
        if let Some(author) = authors.get_mut(place) {
            let person = &mut author.person;
            // As the byline prints it, not as the name of the site does: `annaholm`, of `Anna Holm's Blog`.
            let announced = author.mentions.iter().any(Mention::is_announced);
            if mention.is_announced() && !announced || author.probability <= LEAST {
                person.name.clone_from(&mention.name);
            }
            author.probability = author.probability.max(probability);
            person.job_title = person.job_title.take().or_else(|| mention.role.clone());
            person.email = person.email.take().or_else(|| mention.email.clone());
            person.affiliation = person
                .affiliation
                .take()
                .or_else(|| mention.affiliation.clone());
            author.mentions.push(mention);
        } else {
            authors.push(Author {
                person: Person {
                    name: mention.name.clone(),
                    kind: None,
                    job_title: mention.role.clone(),
                    email: mention.email.clone(),
                    affiliation: mention.affiliation.clone(),
                },
                mentions: vec![mention],
                probability,
            });
        }
    }
    authors
}

/// The persons that mentions name which are as sure as they say.
pub(super) fn named(page: &Page<'_>, mentions: Vec<Mention>) -> Vec<Author> {
    let sure = mentions.iter().map(|m| m.probability).collect();
    persons(page, mentions, sure)
}

/// The person who owns the page by `notice`, the copyright notice; given as its author where it names none.
pub(super) fn owner(persons: &[Author], notice: Option<&str>) -> Option<Author> {
    let owners = persons
        .iter()
        .filter(|a| a.probability > OWNER && holds_rights(a, notice));
    let owner = owners.max_by(|a, b| a.probability.total_cmp(&b.probability));
    owner.cloned()
}

/// The persons that are sure enough to be given as authors.
pub(super) fn given(page: &Page<'_>, mut persons: Vec<Author>) -> Vec<Author> {
    persons.retain(|a| a.probability > LEAST);
    // A team, a jury, the commenters: so many names without a word of what they did are no byline.
    if persons.iter().filter(|a| is_bare(a)).count() > MOST_BARE {
        persons.retain(|a| !is_bare(a));
    }
    nearest(page, &mut persons);
    persons
}

/// Whether nothing announces a person, and neither role nor address goes with the name.
fn is_bare(author: &Author) -> bool {
    let mut mentions = author.mentions.iter();
    mentions
        .all(|m| matches!(m.cued, Cued::None | Cued::Bare) && m.role.is_none() && m.email.is_none())
}

/// Whether no person is sure enough to keep the only byline of the page away, which stands elsewhere.
pub(super) fn are_doubtful(given: &[Author]) -> bool {
    given.iter().all(|a| is_bare(a) && a.probability < DOUBTFUL)
}

/// Whether a person of two or three names owns the page, as who writes a page by themselves says below it.
fn holds_rights(author: &Author, notice: Option<&str>) -> bool {
    let named = |m: &Mention| {
        m.given_first
            && !m.ruled_out
            && (2..=3).contains(&m.words)
            && notice.is_some_and(|notice| notice.contains(&m.name))
    };
    author.mentions.iter().any(named)
}

/// Leaves the authors of teasers and of other stories out: where the head or the sign-off names an author, one who is
/// named further below alone is not the article's.
fn nearest(page: &Page<'_>, authors: &mut Vec<Author>) {
    let end = page.body.end;
    let sure = |m: &Mention| m.probability > LEAST;
    let heads = |m: &Mention| m.is_announced() && m.unit <= page.body.start + 1;
    let heads = |a: &Author| a.mentions.iter().any(|m| sure(m) && heads(m));
    let headed = authors.iter().any(heads);
    let near = |m: &Mention| sure(m) && m.unit <= end + 2 && !(headed && is_elsewhere(page, m));
    if authors.iter().any(|a| a.mentions.iter().any(near)) {
        authors.retain(|a| a.mentions.iter().any(near));
        return;
    }
    let first = |a: &Author| {
        a.mentions
            .iter()
            .filter(|m| m.probability > LEAST)
            .map(|m| m.unit)
            .min()
    };
    if let Some(top) = authors.iter().filter_map(first).min() {
        authors.retain(|a| first(a).is_some_and(|unit| unit <= top + 2));
    }
}
