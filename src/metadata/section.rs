//! The section: a breadcrumb or a section's name beside the headline, the end of the stamp, a sentence that names it.

use super::date::Dates;
use super::headline::Headline;
use super::notes::Read;
use super::outlet;
use super::page::Page;
use crate::document::{Span, is_alphanumeric};
use crate::lexicon::notices::is_home;
use crate::lexicon::sections::{self, Step};

/// Units above the headline in which a breadcrumb is looked for.
const CRUMBS: usize = 6;
/// Units on either side of the headline where a section's name may stand alone.
const BESIDE: usize = 2;
/// Steps of the longest breadcrumb.
const STEPS: usize = 5;
/// Units after the last paragraph in which a sentence may name the section.
const BELOW: usize = 60;

/// The steps of the section, outermost first.
pub(super) fn find(
    page: &Page<'_>,
    dates: &Dates,
    headline: &Headline,
) -> Option<Read<Vec<String>>> {
    let (first, start) = (headline.first, page.body.start.max(headline.last + 1));
    let above = first.saturating_sub(CRUMBS)..first;
    let below = headline.last + 1..start.min(headline.last + 1 + CRUMBS);
    above
        .rev()
        .find_map(|i| crumb_line(page, i, headline, false))
        .or_else(|| {
            below
                .clone()
                .find_map(|i| crumb_line(page, i, headline, true))
        })
        .or_else(|| below.clone().find_map(|i| behind_stamp(page, dates, i)))
        .or_else(|| alone(page, headline))
        .or_else(|| told(page))
}

/// The breadcrumb in unit `i`; one that must begin at home where `homed`.
fn crumb_line(
    page: &Page<'_>,
    i: usize,
    headline: &Headline,
    homed: bool,
) -> Option<Read<Vec<String>>> {
    let facts = page.facts[i];
    if facts.words > 14 || facts.chars > 90 || facts.chars < 3 {
        return None;
    }
    let steps = crumbs(&page.line(i), &headline.line, homed, page.language);
    (!steps.is_empty()).then(|| Read {
        value: steps,
        span: page.span(i),
    })
}

/// The steps of a breadcrumb, without home and without the headline; none where the line is no breadcrumb.
fn crumbs(line: &str, headline: &str, must_be_homed: bool, language: &str) -> Vec<String> {
    let marks = ['>', '›', '»', '＞', '→'];
    // What closes a quotation is no mark: `«The Ferry»: back at last`.
    let quoted = line.contains('«');
    let is_mark = |c: char| marks.contains(&c) && !(quoted && c == '»');
    let mut steps: Vec<&str> = if line.contains(is_mark) {
        line.split(is_mark).collect()
    } else if let Some((first, rest)) = line.split_once(' ')
        && is_home(first)
        && rest.chars().any(|c| ('가'..='힣').contains(&c))
    {
        // `HOME A B`: steps of one word each.
        std::iter::once(first).chain(rest.split(' ')).collect()
    } else if let Some((first, rest)) = line.split_once(" / ")
        && is_home(first)
    {
        std::iter::once(first).chain(rest.split(" / ")).collect()
    } else {
        return Vec::new();
    };
    for step in &mut steps {
        *step = step.trim();
    }
    steps.retain(|step| step.contains(is_alphanumeric));
    // `You are here: Home`
    let homed = steps
        .first()
        .is_some_and(|step| is_home(step.rsplit([':', '：']).next().unwrap_or(step).trim()));
    if homed {
        steps.remove(0);
    } else if steps.len() < 2 || must_be_homed {
        return Vec::new();
    } else if sections::of(steps[0]) == Some(Step::Root) {
        steps.remove(0);
    } else if let Some((_, step)) = steps[0].split_once([':', '：']) {
        // `您当前的位置：江岚网`: what stands before is a label, and the site is no section of itself.
        steps[0] = step.trim();
        if outlet::is_name(steps[0], language) {
            steps.remove(0);
        }
    }
    steps.retain(|step| {
        *step != headline
            && !headline.starts_with(step.trim_end_matches('…'))
            && sections::of(step) != Some(Step::Page)
    });
    steps.dedup();
    let short = steps.iter().all(|step| step.chars().count() <= 30);
    if short && steps.len() <= STEPS {
        steps.into_iter().map(ToOwned::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// The name of a section behind the last date of a line: `2023.04.07 (08:26) 국제`.
fn behind_stamp(page: &Page<'_>, dates: &Dates, i: usize) -> Option<Read<Vec<String>>> {
    let end = dates.of(i).last()?.end as usize;
    let tail = page.raw(i).get(end..)?;
    let name = tail.trim_matches(|c: char| !is_alphanumeric(c));
    named(name).then(|| {
        let at = page.span(i).start + (end + tail.find(name).unwrap_or_default()) as u32;
        Read {
            value: vec![name.to_owned()],
            span: Span::new(at, at + name.len() as u32),
        }
    })
}

fn named(line: &str) -> bool {
    sections::of(line) == Some(Step::Section)
}

/// A section's name that stands alone right beside the headline; among other sections' names it is a menu's.
fn alone(page: &Page<'_>, headline: &Headline) -> Option<Read<Vec<String>>> {
    let is_named = |i: usize| {
        page.facts[i].chars <= 24 && named(page.line(i).trim_matches(['|', '·', ':', '#', ' ']))
    };
    let menu = |i: usize| {
        let near = i.saturating_sub(2)..(i + 3).min(page.len());
        near.filter(|k| *k != i && page.facts[*k].hash != page.facts[i].hash)
            .any(is_named)
    };
    let above = headline.first.saturating_sub(BESIDE)..headline.first;
    let below = headline.last + 1..(headline.last + 1 + BESIDE).min(page.body.start);
    let i = above
        .rev()
        .chain(below)
        .find(|i| is_named(*i) && !menu(*i))?;
    Some(Read {
        value: vec![
            page.line(i)
                .trim_matches(['|', '·', ':', '#', ' '])
                .to_owned(),
        ],
        span: page.span(i),
    })
}

/// The section that a sentence below the story names.
fn told(page: &Page<'_>) -> Option<Read<Vec<String>>> {
    let below = page.body.end..(page.body.end + BELOW).min(page.len());
    below.into_iter().find_map(|i| {
        let raw = page.raw(i);
        let section = (raw.len() < 200).then(|| sections::framed(raw))??;
        Some(Read {
            value: section.split(", ").map(ToOwned::to_owned).collect(),
            span: page.span(i),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::crumbs;

    #[test]
    fn a_breadcrumb_loses_home_and_headline() {
        let crumbs = |line, headline| crumbs(line, headline, false, "zh");
        assert_eq!(crumbs("HOME AI/클라우드", "제목"), ["AI/클라우드"]);
        assert_eq!(
            crumbs("Home > News > Local > Harbour closed", "Harbour closed"),
            ["News", "Local"]
        );
        assert_eq!(crumbs("뉴스 > 경제 > 기업", "제목"), ["경제", "기업"]);
        assert_eq!(crumbs("首页 > 科技 > 科技 > 正文", "标题"), ["科技"]);
        assert!(crumbs("Nothing of the kind", "x").is_empty());
        assert!(crumbs("weiter >", "x").is_empty());
        assert!(crumbs("«The Ferry»: back at last", "back at last").is_empty());
        assert_eq!(crumbs("News » Local » :", "x"), ["Local"]);
        let labelled = "您当前的位置：江岚网 > 科技 > 医学";
        assert_eq!(crumbs(labelled, "标题"), ["科技", "医学"]);
        assert_eq!(
            crumbs("You are in: Harbour > Boats", "x"),
            ["Harbour", "Boats"]
        );
    }

    #[test]
    fn below_the_headline_a_breadcrumb_begins_at_home() {
        let crumbs = |line, headline| crumbs(line, headline, true, "ko");
        assert_eq!(crumbs("HOME 스포츠 야구", "제목"), ["스포츠", "야구"]);
        assert!(crumbs("Weiter > Sport", "x").is_empty());
    }
}
