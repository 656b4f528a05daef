//! Whom a page names: mentions of one name put together, and who of them is given as an author.

use rustc_hash::FxHashMap;

use super::settle::RULED_OUT;
use super::{Author, Cued, Mention};
use crate::document::{key, lower};
use crate::lexicon::bylines::Cue;
use crate::lexicon::outlets;
use crate::metadata::outlet;
use crate::metadata::page::Page;
use crate::record::Person;

/// How sure a name is that a list joins to one as sure.
const BESIDE: f32 = 0.8;
/// Units between the lines of names that stand one above the other.
const STACKED: usize = 2;
/// Bytes between two names that share a role: a blank, a mark and a blank.
const JOINT: u32 = 6;
/// How sure a name must be that is given.
const LEAST: f32 = 0.45;
/// And below which one that nothing announces gives way to the only byline of the page.
const DOUBTFUL: f32 = 0.6;
/// How likely the owner of the page must look to be its author where nobody else is.
const OWNER: f32 = 0.1;
/// Authors at most that a page names without a cue, a role or an address.
const MOST_BARE: usize = 4;

/// Probabilities, where names that nothing announces stand one above the other, each on a line of its own: where one of
/// them is an author for sure, so are those that looked likely before they were held against it; beside two, any that is
/// called as persons are.
pub(super) fn stacked(
    mentions: &[Mention],
    filled: &[bool],
    first: &[f32],
    mut weighed: Vec<f32>,
) -> Vec<f32> {
    let bare = |m: &Mention| m.words > 1 && matches!(m.cued, Cued::None | Cued::Bare);
    let lines = mentions.iter().zip(filled).enumerate();
    let lines = lines.filter(|(_, (m, filled))| **filled && bare(m));
    let lines: Vec<(usize, usize)> = lines.map(|(k, (m, _))| (m.unit, k)).collect();
    let sure = lines.iter().filter(|(_, k)| weighed[*k] >= BESIDE);
    let sure: Vec<usize> = sure.map(|(unit, _)| *unit).collect();
    for (unit, k) in lines {
        let near = &sure[sure.partition_point(|s| s + STACKED < unit)..];
        let near = near.iter().take_while(|s| **s <= unit + STACKED);
        let near = near.filter(|s| **s != unit).count();
        let likely = first[k] > 0.0 && weighed[k] > RULED_OUT;
        let named = mentions[k].given_first && !mentions[k].ruled_out;
        if near > 0 && likely || near > 1 && named {
            weighed[k] = weighed[k].max(BESIDE);
        }
    }
    weighed
}

/// Probabilities, where Korean names share the word for what they are (`A B 기자`, `A·B 기자`): what is sure of one is of all.
pub(super) fn sharing(mentions: &[Mention], mut weighed: Vec<f32>) -> Vec<f32> {
    let shares = |pair: &[Mention]| {
        let [a, b] = pair else { return false };
        let gap = b.span.start.saturating_sub(a.span.end);
        a.unit == b.unit && a.surname && a.role.is_some() && a.role == b.role && gap <= JOINT
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

/// Whether a name is called as outlets are, which end the list of a byline.
fn names_outlet(page: &Page<'_>, mention: &Mention) -> bool {
    let name = &mention.name;
    let mut words = name.split(' ');
    outlet::is_name(name, page.language)
        || !mention.given_any && words.any(|word| outlets::is_name_word(&lower(word)))
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
        if mention.words > 1 && surely.is_some_and(beside) && !names_outlet(page, &mention) {
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
    let near = |m: &Mention| m.probability > LEAST && m.unit <= end + 2;
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
