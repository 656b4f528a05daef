//! Other stories printed on the page: teasers, and whole articles embedded in one line.

use crate::document::{Part, Span, fold};
use crate::lexicon::cues::{Cue, CueCounts, Cues};
use crate::record::{Person, Related, bytes};

/// A text longer than this many bytes is a story with its lead, not a headline alone.
const STORY_BYTES: usize = 300;
/// Words of the longest label of a list that says what its stories are about.
const LABEL_WORDS: u32 = 5;
/// The rank of a cue that opens its line.
const OPENS: u8 = 200;

/// What stands in one line, or one unit, of another story.
pub(super) fn story(text: &str, parts: &[Part]) -> Option<Related> {
    let (first, last) = (parts.first()?, parts.last()?);
    let folded = fold(text, parts.iter().copied());
    if is_label(&folded) {
        return None;
    }
    let mut story = Related {
        span: bytes(Span::new(first.span.start, last.span.end)),
        ..Related::default()
    };
    match byline(&folded) {
        Some(mut found) => {
            let head = folded[..found.start].trim();
            story.headline = (!head.is_empty()).then(|| head.to_owned());
            let (body, date) = trailing_date(folded[found.end..].trim());
            let (body, address) = trailing_address(body);
            found.author.email = address.map(str::to_owned);
            story.author.push(found.author);
            story.date_published = date;
            story.text = (!body.is_empty()).then(|| body.to_owned());
        }
        None if folded.len() > STORY_BYTES => story.text = Some(folded),
        None => story.headline = Some(folded),
    }
    Some(story)
}

/// Whether a line is the label of a list, which is no story of it: `Read more`, `More from the harbour`, but not
/// `Read more: the ferry is back`.
fn is_label(line: &str) -> bool {
    let mut cues = CueCounts::default();
    Cues::shipped().count(line, &mut cues);
    let words = cues.words();
    let opens = cues.strength(Cue::Related, words) >= OPENS;
    cues.is_whole(Cue::Related) || opens && words <= LABEL_WORDS && !line.contains([':', '：'])
}

struct Byline {
    start: usize,
    end: usize,
    author: Person,
}

/// `[서울=새벽통신] 한가람 기자 =` and its like: a bracket with a place and an outlet, a name, a role, and the mark
/// after which the story begins.
fn byline(text: &str) -> Option<Byline> {
    // Nearly no teaser has that mark.
    memchr::memchr(b'=', text.as_bytes())?;
    for (start, open) in text.match_indices(['[', '(', '【']).take(8) {
        let close = match open {
            "[" => ']',
            "(" => ')',
            _ => '】',
        };
        let inside = &text[start + open.len()..];
        let Some(end) = inside.find(close).filter(|end| *end <= 60) else {
            continue;
        };
        let Some((_, outlet)) = inside[..end].split_once('=') else {
            continue;
        };
        let after = &inside[end + close.len_utf8()..];
        let Some(mark) = after.find('=').filter(|mark| *mark <= 60) else {
            continue;
        };
        let mut words = after[..mark].split_whitespace();
        let (Some(name), role) = (words.next(), words.collect::<Vec<_>>().join(" ")) else {
            continue;
        };
        let author = Person {
            name: name.to_owned(),
            job_title: (!role.is_empty()).then_some(role),
            affiliation: Some(outlet.trim().to_owned()),
            ..Person::default()
        };
        return Some(Byline {
            start,
            end: text.len() - after.len() + mark + 1,
            author,
        });
    }
    None
}

/// The text without the date that ends it, and that date.
fn trailing_date(text: &str) -> (&str, Option<String>) {
    let mut tail = text.rsplitn(3, ' ');
    let (Some(time), Some(day), Some(rest)) = (tail.next(), tail.next(), tail.next()) else {
        return (text, None);
    };
    let digits = |s: &str, shape: &[u8]| {
        s.len() == shape.len()
            && s.bytes().zip(shape).all(|(b, want)| {
                if *want == b'0' {
                    b.is_ascii_digit()
                } else {
                    b == *want
                }
            })
    };
    if digits(day, b"0000-00-00") && digits(time, b"00:00") && is_date(day, time) {
        return (rest.trim_end(), Some(format!("{day}T{time}")));
    }
    (text, None)
}

fn is_date(day: &str, time: &str) -> bool {
    day.parse::<jiff::civil::Date>().is_ok() && time.parse::<jiff::civil::Time>().is_ok()
}

/// The text without the e-mail address that ends it, and that address.
fn trailing_address(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(' ') {
        Some((rest, word)) if word.contains('@') => (rest.trim_end(), Some(word)),
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_label, story};
    use crate::document::{Join, Part, Span};

    #[test]
    fn the_label_of_a_list_is_no_story() {
        assert!(is_label("More from the harbour"));
        assert!(is_label("Read more"));
        assert!(!is_label("Read more: ferry is back"));
        assert!(!is_label("The ferry is back"));
        assert!(!is_label(
            "More from the harbour that nobody wanted to dredge"
        ));
    }

    #[test]
    fn a_whole_embedded_article_gives_its_fields() {
        let text = "항만 파업 끝나 [한빛=새벽통신] 한가람 기자 = 항만 노조가 10일 파업을 끝냈다. \
                    garam@example.kr 2024-03-10 14:25";
        let part = Part {
            span: Span::at(0, text.len()),
            join: Join::Space,
        };
        let story = story(text, &[part]).unwrap();
        assert_eq!(story.headline.as_deref(), Some("항만 파업 끝나"));
        assert_eq!(
            story.text.as_deref(),
            Some("항만 노조가 10일 파업을 끝냈다.")
        );
        assert_eq!(story.author[0].name, "한가람");
        assert_eq!(story.author[0].job_title.as_deref(), Some("기자"));
        assert_eq!(story.author[0].email.as_deref(), Some("garam@example.kr"));
        assert_eq!(story.date_published.as_deref(), Some("2024-03-10T14:25"));
    }
}
