//! The program's own scorer of metadata. Headline, authors and day are counted as the reference scorer counts them; minute,
//! date of change, role, e-mail, dateline, section and copyright on the pages annotated by reading, whose gold tells them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::record::Article;
use crate::train::corpus::comparable;
use crate::train::gold::GoldPage;
use crate::train::outlets;
use crate::train::score::f1;

/// Hits, and how many were given and wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Given and wanted.
    pub hit: usize,
    /// Given.
    pub given: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Count {
    /// One value against one that the gold has, or has not.
    fn of(given: bool, wanted: bool, right: bool) -> Self {
        Self {
            hit: usize::from(given && wanted && right),
            given: usize::from(given),
            wanted: usize::from(wanted),
        }
    }

    fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.given += other.given;
        self.wanted += other.wanted;
    }

    /// Share of the given that is right.
    pub(crate) fn precision(self) -> Option<f64> {
        (self.given > 0).then(|| self.hit as f64 / self.given as f64)
    }

    /// Share of the wanted that was given.
    pub(crate) fn recall(self) -> Option<f64> {
        (self.wanted > 0).then(|| self.hit as f64 / self.wanted as f64)
    }
}

/// What was counted on some pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Pages.
    pub pages: usize,
    /// Headlines of pages that show theirs.
    pub title: Count,
    /// Names.
    pub authors: Count,
    /// Days of publication of pages that show theirs.
    pub day: Count,
    /// The same of all pages whose day is known, shown or not: for precision.
    pub any_day: Count,
    /// Names of outlets on pages that print theirs.
    pub outlet: Count,
    /// The same of outlets that the table does not list.
    pub unlisted: Count,
    /// Minutes of publication.
    pub minute: Count,
    /// Moments of the last change.
    pub modified: Count,
    /// Roles of the authors found.
    pub role: Count,
    /// E-mail addresses of the authors found.
    pub email: Count,
    /// Datelines.
    pub dateline: Count,
    /// Sections.
    pub section: Count,
    /// Copyright notices.
    pub copyright: Count,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.title.add(other.title);
        self.authors.add(other.authors);
        self.day.add(other.day);
        self.any_day.add(other.any_day);
        self.outlet.add(other.outlet);
        self.unlisted.add(other.unlisted);
        self.minute.add(other.minute);
        self.modified.add(other.modified);
        self.role.add(other.role);
        self.email.add(other.email);
        self.dateline.add(other.dateline);
        self.section.add(other.section);
        self.copyright.add(other.copyright);
    }
}

/// What a record says of the fields that are scored.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given<'a> {
    /// The headline.
    pub title: Option<&'a str>,
    /// Name, role and e-mail of each author.
    pub authors: Vec<(&'a str, Option<&'a str>, Option<&'a str>)>,
    /// The name of the outlet.
    pub outlet: Option<&'a str>,
    /// Day or moment of publication.
    pub published: Option<&'a str>,
    /// Day or moment of the last change.
    pub modified: Option<&'a str>,
    /// The dateline.
    pub dateline: Option<&'a str>,
    /// The steps of the section in one string.
    pub section: String,
    /// The copyright notice.
    pub copyright: Option<&'a str>,
}

impl<'a> Given<'a> {
    /// What `article` says.
    pub(crate) fn of(article: &'a Article) -> Self {
        Self {
            title: article.headline.as_deref(),
            authors: article
                .author
                .iter()
                .map(|p| (p.name.as_str(), p.job_title.as_deref(), p.email.as_deref()))
                .collect(),
            outlet: article.publisher.as_ref().and_then(|p| p.name.as_deref()),
            published: article.date_published.as_deref(),
            modified: article.date_modified.as_deref(),
            dateline: article.dateline.as_deref(),
            section: article.article_section.join(" "),
            copyright: article.copyright_notice.as_deref(),
        }
    }
}

impl Tally {
    /// The fields whose confidence is held against whether they are right, where the page gave them and is known to
    /// print them: for authors, whether all that were given are.
    pub(crate) fn judged(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let all = [
            ("headline", self.title),
            ("author", self.authors),
            ("datePublished", self.any_day),
        ];
        all.into_iter()
            .filter(|(_, count)| count.given > 0)
            .map(|(field, count)| (field, count.hit == count.given))
    }
}

/// Scores one page, whose text in this rendering is `text`.
pub(crate) fn score(page: &GoldPage, rendering: &str, text: &str, given: &Given<'_>) -> Tally {
    let visible = page.visible_by.get(rendering).unwrap_or(&page.visible);
    let mut tally = Tally {
        pages: 1,
        ..Tally::default()
    };
    if visible.title {
        let wanted = page.title.as_deref().map(fold);
        let said = given.title.map(fold).filter(|title| !title.is_empty());
        tally.title = Count::of(said.is_some(), true, said == wanted);
    }
    if !visible.authors.is_empty() || page.is_read() {
        let names = |names: &mut dyn Iterator<Item = &str>| -> BTreeSet<String> {
            names
                .map(caseless)
                .filter(|name| !name.is_empty())
                .collect()
        };
        let gold = names(&mut visible.authors.iter().map(String::as_str));
        let listed = page
            .authors
            .iter()
            .chain(&page.authors_org)
            .map(String::as_str);
        // Outlets, and names that the page does not show: no credit, no blame.
        let listed = names(&mut listed.into_iter());
        let mut mine = names(&mut given.authors.iter().map(|author| author.0));
        mine.retain(|name| gold.contains(name) || !listed.contains(name));
        tally.authors = Count {
            hit: gold.intersection(&mine).count(),
            given: mine.len(),
            wanted: gold.len(),
        };
    }
    let days = page.days();
    let said = given.published.is_some_and(|stamp| !stamp.is_empty());
    let right = given
        .published
        .and_then(|stamp| stamp.get(..10))
        .is_some_and(|day| days.contains(&day));
    if !days.is_empty() || page.is_read() && said {
        tally.any_day = Count::of(said, !days.is_empty(), right);
        if visible.published && !days.is_empty() {
            tally.day = tally.any_day;
        }
    }
    if let Some(publisher) = page.publisher.as_deref() {
        let printed = comparable(text).contains(&comparable(publisher));
        let right = given
            .outlet
            .is_some_and(|name| outlets::is_outlet(page, name));
        tally.outlet = Count::of(given.outlet.is_some(), printed || right, right);
        if !outlets::is_listed(page) {
            tally.unlisted = tally.outlet;
        }
    }
    if page.is_read() {
        annotated(page, given, &mut tally);
    }
    tally
}

/// The fields that only pages annotated by reading tell.
fn annotated(page: &GoldPage, given: &Given<'_>, tally: &mut Tally) {
    let minute = |stamp: Option<&str>| stamp.and_then(|s| s.get(..16)).map(ToOwned::to_owned);
    let compare = |said: Option<String>, wanted: Option<String>| {
        Count::of(said.is_some(), wanted.is_some(), said == wanted)
    };
    tally.minute = compare(minute(given.published), minute(page.published.as_deref()));
    tally.modified = compare(minute(given.modified), minute(page.modified.as_deref()));
    for person in &page.people {
        let Some(name) = person.name.as_deref() else {
            continue;
        };
        let Some(found) = given
            .authors
            .iter()
            .find(|author| caseless(author.0) == caseless(name))
        else {
            continue;
        };
        let same = |said: Option<&str>, wanted: &Option<String>| {
            compare(said.map(fold), wanted.as_deref().map(fold))
        };
        tally.role.add(same(found.1, &person.role));
        tally.email.add(same(found.2, &person.email));
    }
    let letters = |text: Option<&str>| text.map(comparable).filter(|text| !text.is_empty());
    tally.dateline = compare(letters(given.dateline), letters(page.dateline.as_deref()));
    tally.section = compare(
        letters(Some(&given.section)),
        letters(page.section.as_deref()),
    );
    let (said, wanted) = (letters(given.copyright), letters(page.copyright.as_deref()));
    let holds = said
        .iter()
        .zip(&wanted)
        .any(|(said, wanted)| said.contains(wanted) || wanted.contains(said));
    tally.copyright = Count::of(said.is_some(), wanted.is_some(), holds);
}

/// Straight quotes, full-width forms as their narrow ones, nothing that does not print, single spaces.
fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' | '＇' | '‹' | '›' => {
                plain.push('\'')
            }
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '＂' | '〝' | '〞' => {
                plain.push('"')
            }
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{202a}'..='\u{202e}' => {}
            '…' => plain.push_str("..."),
            '\u{ff01}'..='\u{ff5e}' => {
                plain.push(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c));
            }
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn caseless(text: &str) -> String {
    fold(text).to_lowercase().replace('ß', "ss")
}

/// Tallies by group of pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    groups: BTreeMap<String, Tally>,
}

impl Report {
    /// Adds a page to its groups: its rendering, and in the primary one its set and its language.
    pub(crate) fn add(&mut self, page: &GoldPage, rendering: &str, primary: bool, tally: &Tally) {
        let mut add = |group: String| self.groups.entry(group).or_default().add(tally);
        add(format!("{rendering}: all"));
        if primary {
            add(format!("{rendering}: {}", page.set));
            add(format!("{rendering}: {}", page.language_group()));
        }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let figure =
            |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.3}"));
        let of = |count: Count| format!("{} ({})", figure(count.recall()), count.wanted);
        let both_of = |count: Count| {
            let (r, p) = (figure(count.recall()), figure(count.precision()));
            format!("{r} {p} ({})", count.wanted)
        };
        let mut table = format!(
            "== metadata of the whole program\n{:26}{:>6}{:>13}{:>24}{:>20}{:>20}{:>20}\n",
            "",
            "pages",
            "title",
            "authors P R F1 (n)",
            "day R P (n)",
            "outlet R P (n)",
            "unlisted R P (n)"
        );
        for (group, tally) in &self.groups {
            let (p, r) = (tally.authors.precision(), tally.authors.recall());
            let both = p.zip(r).map(|(p, r)| f1(p, r));
            let _ = writeln!(
                table,
                "{group:26}{:6}{:>13}{:>24}{:>20}{:>20}{:>20}",
                tally.pages,
                of(tally.title),
                format!(
                    "{} {} {} ({})",
                    figure(p),
                    figure(r),
                    figure(both),
                    tally.authors.wanted
                ),
                format!(
                    "{} {} ({})",
                    figure(tally.day.recall()),
                    figure(tally.any_day.precision()),
                    tally.day.wanted
                ),
                both_of(tally.outlet),
                both_of(tally.unlisted),
            );
        }
        let _ = writeln!(
            table,
            "-- on pages annotated by reading: recall/precision (wanted)"
        );
        for (group, tally) in self
            .groups
            .iter()
            .filter(|(_, tally)| tally.minute.wanted > 0)
        {
            let parts = [
                ("minute", tally.minute),
                ("modified", tally.modified),
                ("role", tally.role),
                ("e-mail", tally.email),
                ("dateline", tally.dateline),
                ("section", tally.section),
                ("copyright", tally.copyright),
            ];
            let _ = write!(table, "{group:26}");
            for (name, count) in parts {
                let (r, p) = (figure(count.recall()), figure(count.precision()));
                let _ = write!(table, "  {name} {r}/{p} ({})", count.wanted);
            }
            table.push('\n');
        }
        f.write_str(&table)
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, Given, score};
    use crate::train::gold::{GoldPage, Visible};

    fn page() -> GoldPage {
        GoldPage {
            set: "toy".to_owned(),
            title: Some("It’s  a Test".to_owned()),
            authors: vec!["Ann Lee".to_owned(), "Unseen Person".to_owned()],
            authors_org: vec!["AP".to_owned()],
            published: Some("2024-03-05 10:00:00+00:00".to_owned()),
            visible: Visible {
                title: true,
                authors: vec!["Ann Lee".to_owned()],
                published: true,
            },
            ..GoldPage::default()
        }
    }

    #[test]
    fn fields_are_counted_as_the_reference_scorer_counts_them() {
        let given = Given {
            title: Some("It's a Test"),
            authors: ["ANN  lee", "AP", "Unseen Person", "Bob"]
                .map(|name| (name, None, None))
                .to_vec(),
            published: Some("2024-03-05T23:59"),
            ..Given::default()
        };
        let tally = score(&page(), "plain", "", &given);
        let count = |hit, given, wanted| Count { hit, given, wanted };
        assert_eq!(tally.title, count(1, 1, 1));
        assert_eq!(tally.authors, count(1, 2, 1));
        assert_eq!((tally.day, tally.any_day), (count(1, 1, 1), count(1, 1, 1)));
    }

    #[test]
    fn a_date_that_a_page_annotated_by_reading_does_not_give_is_invented() {
        let gold = GoldPage {
            set: "korean".to_owned(),
            ..GoldPage::default()
        };
        let given = Given {
            published: Some("2024-03-05"),
            authors: vec![("홍길동", None, None)],
            ..Given::default()
        };
        let tally = score(&gold, "plain", "", &given);
        assert_eq!(tally.any_day.precision(), Some(0.0));
        assert_eq!(tally.authors.precision(), Some(0.0));
        assert_eq!(tally.day.wanted, 0);
        assert_eq!(
            score(&gold, "plain", "", &Given::default()).any_day,
            Count::default()
        );
    }
}
