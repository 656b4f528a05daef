//! What a record of a container says by the names of its fields: JSON objects and table rows alike.

use crate::document::Hints;
use crate::lexicon::front_matter::{self, Field};

/// The fields that may hold the text, the first that does wins.
pub(super) const TEXT: [&str; 6] = ["text", "content", "body", "raw", "article", "markdown"];

/// Which of the outside evidence a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Id,
    Url,
    Collected,
    Date,
    Title,
    Outlet,
    Author,
    Host,
}

/// The names that crawlers and corpora give these fields, compared without case, `-` and `_`; the first wins. Behind them
/// come the names of front matter, in whatever language.
const NAMES: [(Kind, &[&str]); 8] = [
    (Kind::Id, &["id", "articleid", "docid", "guid", "uuid"]),
    (
        Kind::Url,
        &[
            "url",
            "link",
            "uri",
            "canonicalurl",
            "sourceurl",
            "pageurl",
            "warctargeturi",
        ],
    ),
    (
        Kind::Collected,
        &[
            "collected",
            "collectedat",
            "crawldate",
            "crawledat",
            "crawled",
            "scrapedat",
            "fetchedat",
            "retrievedat",
            "downloadedat",
            "datedownload",
            "warcdate",
        ],
    ),
    (
        Kind::Date,
        &[
            "date",
            "datepublished",
            "publisheddate",
            "published",
            "publishedat",
            "publishdate",
            "pubdate",
            "datepublish",
        ],
    ),
    (Kind::Title, &["title", "headline"]),
    (
        Kind::Outlet,
        &[
            "outlet",
            "sourcehostname",
            "publisher",
            "publication",
            "source",
            "sitename",
            "site",
            "media",
        ],
    ),
    (Kind::Author, &["author", "authors", "byline", "creator"]),
    (Kind::Host, &["domain", "hostname", "sourcedomain", "host"]),
];

/// The fields of one record, as they are offered.
#[derive(Debug, Default)]
pub(super) struct Fields {
    text: Option<(usize, String)>,
    evidence: [Option<(usize, String)>; NAMES.len()],
}

/// What [`Fields`] amount to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) text: Option<String>,
    pub(super) url: Option<String>,
    pub(super) collected: Option<String>,
    pub(super) id: Option<String>,
    pub(super) hints: Hints,
}

/// The rank of `name` among the fields that hold the text, 0 for the best.
pub(super) fn text_rank(name: &str, wanted: Option<&str>) -> Option<usize> {
    match wanted {
        Some(wanted) => (name == wanted).then_some(0),
        None => {
            let known = TEXT.iter().position(|text| name.eq_ignore_ascii_case(text));
            let body = || front_matter::field(name) == Some(Field::Body);
            known.or_else(|| body().then_some(TEXT.len()))
        }
    }
}

/// Whether `name` is that of a field with the text in front matter, or of one with evidence.
pub(super) fn is_known(name: &str) -> bool {
    text_rank(name, None).is_some() || kind(name).is_some()
}

impl Fields {
    /// Takes the value of a field if it is of use.
    pub(super) fn offer(&mut self, name: &str, value: &str, text_field: Option<&str>) {
        match text_rank(name, text_field) {
            Some(rank) => keep(&mut self.text, rank, value),
            None => {
                self.offer_evidence(name, value);
            }
        }
    }

    /// Takes the value of a field that is not the text; whether it is of use.
    pub(super) fn offer_evidence(&mut self, name: &str, value: &str) -> bool {
        let Some((kind, rank)) = kind(name) else {
            return false;
        };
        let value = value.trim();
        // Some call the address of the page its source.
        let (kind, rank) = match kind {
            Kind::Outlet if value.contains("://") => (Kind::Url, usize::MAX),
            kind => (kind, rank),
        };
        if !value.is_empty() {
            keep(&mut self.evidence[kind as usize], rank, value);
        }
        true
    }

    pub(super) fn evidence(self) -> Evidence {
        let value = |slot: Option<(usize, String)>| slot.map(|(_, value)| value);
        let [id, url, collected, date, title, outlet, author, host] = self.evidence.map(value);
        Evidence {
            text: value(self.text),
            url,
            collected: collected.as_deref().and_then(moment),
            id,
            hints: Hints {
                title,
                outlet,
                author,
                host,
                date,
                ..Hints::default()
            },
        }
    }
}

fn keep(slot: &mut Option<(usize, String)>, rank: usize, value: &str) {
    if slot.as_ref().is_none_or(|(held, _)| rank < *held) {
        *slot = Some((rank, value.to_owned()));
    }
}

fn kind(name: &str) -> Option<(Kind, usize)> {
    let known = NAMES.iter().find_map(|(kind, names)| {
        let rank = names.iter().position(|known| same_name(name, known))?;
        Some((*kind, rank))
    });
    known.or_else(|| {
        let kind = match front_matter::field(name)? {
            Field::Title => Kind::Title,
            Field::Author => Kind::Author,
            Field::Published => Kind::Date,
            Field::Outlet => Kind::Outlet,
            Field::Url => Kind::Url,
            _ => return None,
        };
        Some((kind, usize::MAX))
    })
}

fn same_name(name: &str, known: &str) -> bool {
    name.bytes()
        .filter(|b| !matches!(b, b'-' | b'_'))
        .map(|b| b.to_ascii_lowercase())
        .eq(known.bytes())
}

/// A moment as RFC 3339, as far as `value` goes: a date, a date and time, seconds or milliseconds since 1970.
pub(super) fn moment(value: &str) -> Option<String> {
    let value = value.trim();
    if let Ok(moment) = value.parse::<jiff::Timestamp>() {
        return Some(moment.to_string());
    }
    if let Ok(seconds) = value.parse::<f64>() {
        // A number this large is in milliseconds: in seconds it would be the year 5138.
        let seconds = if seconds >= 1e11 {
            seconds / 1e3
        } else {
            seconds
        };
        let plausible = (1e8..1e11).contains(&seconds);
        return plausible
            .then(|| jiff::Timestamp::from_second(seconds as i64).ok())
            .flatten()
            .map(|moment| moment.to_string());
    }
    if value.len() > 10
        && let Ok(moment) = value.parse::<jiff::civil::DateTime>()
    {
        return Some(moment.to_string());
    }
    let date = value.get(..10)?;
    let behind = value[10..].chars().next();
    if behind.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    date.parse::<jiff::civil::Date>()
        .ok()
        .map(|d| d.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Fields, moment};

    #[test]
    fn an_address_is_no_outlet() {
        let mut fields = Fields::default();
        for (name, value) in [
            ("source", "https://post.example/1"),
            ("source-hostname", "Harbour Post"),
            ("hostname", "post.example"),
        ] {
            fields.offer(name, value, None);
        }
        let got = fields.evidence();
        assert_eq!(got.url.as_deref(), Some("https://post.example/1"));
        assert_eq!(got.hints.outlet.as_deref(), Some("Harbour Post"));
        assert_eq!(got.hints.host.as_deref(), Some("post.example"));
    }

    #[test]
    fn fields_are_known_in_other_languages() {
        let mut fields = Fields::default();
        for (name, value) in [
            ("본문", "린드항의 여객선이 다시 운항한다."),
            ("제목", "여객선 운항 재개"),
            ("언론사", "다솜타임스"),
            ("기고자", "홍길순"),
            ("일자", "20240301"),
            ("URL", "https://dasomtimes.example/1"),
        ] {
            fields.offer(name, value, None);
        }
        let got = fields.evidence();
        assert!(got.text.is_some());
        assert_eq!(got.hints.title.as_deref(), Some("여객선 운항 재개"));
        assert_eq!(got.hints.outlet.as_deref(), Some("다솜타임스"));
        assert_eq!(got.hints.author.as_deref(), Some("홍길순"));
        assert_eq!(got.hints.date.as_deref(), Some("20240301"));
    }

    #[test]
    fn fields_are_known_by_any_of_their_names() {
        let mut fields = Fields::default();
        for (name, value) in [
            ("body", "second"),
            ("Content", "first"),
            ("site_name", "Harbour Post"),
            ("datePublished", "2024-03-01"),
            ("link", "https://post.example/1"),
            ("crawled_at", "1709290800"),
            ("other", "?"),
        ] {
            fields.offer(name, value, None);
        }
        let got = fields.evidence();
        assert_eq!(got.text.as_deref(), Some("first"));
        assert_eq!(got.hints.outlet.as_deref(), Some("Harbour Post"));
        assert_eq!(got.hints.date.as_deref(), Some("2024-03-01"));
        assert_eq!(got.url.as_deref(), Some("https://post.example/1"));
        assert_eq!(got.collected.as_deref(), Some("2024-03-01T11:00:00Z"));
    }

    #[test]
    fn a_moment_is_known_as_far_as_it_goes() {
        for (value, want) in [
            ("2024-03-01", Some("2024-03-01")),
            ("2024-03-01T09:30:00+09:00", Some("2024-03-01T00:30:00Z")),
            ("2024-03-01 09:30", Some("2024-03-01T09:30:00")),
            ("1709290800000", Some("2024-03-01T11:00:00Z")),
            ("20240301", None),
            ("yesterday", None),
            ("한국의 날짜가 아님", None),
        ] {
            assert_eq!(moment(value).as_deref(), want, "{value}");
        }
    }
}
