//! E-mail addresses that stand in a line of their own: right below a byline, or alone at the end of the story of one author.

use super::features::letters;
use super::{Author, Mention};
use crate::document::is_alphanumeric;
use crate::label::LineKind;
use crate::lexicon::mailboxes;
use crate::metadata::page::Page;

/// Letters and digits that may stand beside such an address: `이메일`, an agency and its slogan.
const BESIDE: usize = 16;
/// Bytes of the longest such line.
const LINE: usize = 90;
/// Letters and digits behind a name and its role in a line that an address may follow: `다른 기사 보기`.
const BEHIND: usize = 8;
/// Units behind the body in which the address of its author stands.
const BELOW: usize = 6;

/// Gives authors without an address the one that stands by itself next to them.
pub(super) fn attach(page: &Page<'_>, authors: &mut [Author]) {
    for author in authors.iter_mut() {
        if author.person.email.is_some() {
            continue;
        }
        let closes = |m: &&Mention| m.right <= BEHIND + m.role.as_deref().map_or(0, letters);
        let below = author.mentions.iter().filter(closes);
        let mut below = below.filter_map(|m| lone(page, m.unit + 1));
        author.person.email = below.next().map(str::to_owned);
    }
    let [author] = authors else {
        return;
    };
    if author.person.email.is_none() {
        let end = page.foot;
        let mut tail = (end..(end + BELOW).min(page.len()))
            .filter(|unit| page.facts[*unit].kind != LineKind::Comments)
            .filter_map(|unit| lone(page, unit));
        author.person.email = tail.next().map(str::to_owned);
    }
}

/// The address that a line consists of.
fn lone<'a>(page: &Page<'a>, unit: usize) -> Option<&'a str> {
    if unit >= page.len() {
        return None;
    }
    alone(page.raw(unit))
}

fn alone(raw: &str) -> Option<&str> {
    if raw.len() > LINE {
        return None;
    }
    let at = raw.find('@')?;
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let start = raw[..at].rfind(|c| !part(c)).map_or(0, |before| {
        before + raw[before..].chars().next().map_or(1, char::len_utf8)
    });
    let host = &raw[at + 1..];
    let end = at + 1 + host.find(|c| !part(c)).unwrap_or(host.len());
    let address = raw[start..end].trim_end_matches(['.', '-']);
    let (user, host) = address.split_once('@')?;
    let beside = raw[..start].chars().chain(raw[end..].chars());
    let few = beside.filter(|c| is_alphanumeric(*c)).count() <= BESIDE;
    let whole = !user.is_empty() && host.contains('.') && !host.starts_with('.');
    let rest = &raw[end..];
    let shared = mailboxes::is_shared(user) || is_own_name(user, host);
    (few && whole && !rest.contains('@') && !shared).then_some(address)
}

/// Whether a box is called as its domain is: the outlet's, nobody's of its own: `garam1234@garam.example`.
fn is_own_name(user: &str, host: &str) -> bool {
    let user = user.trim_end_matches(|c: char| c.is_ascii_digit());
    host.split('.')
        .any(|label| label.eq_ignore_ascii_case(user))
}

#[cfg(test)]
mod tests {
    use super::alone;

    #[test]
    fn a_line_may_be_an_address() {
        for (line, address) in [
            ("sky@garam.example", Some("sky@garam.example")),
            ("◎가람뉴스 sky.h@garam.example", Some("sky.h@garam.example")),
            ("E-mail : sky@garam.example", Some("sky@garam.example")),
            ("jebo@garam.example", None),
            ("▷ 이메일 : garam1234@news.garam.example", None),
            ("edith@garam.example", Some("edith@garam.example")),
            ("sky@", None),
            (
                "문의는 담당자 sky@garam.example 으로 오늘 오후까지 보내 주세요",
                None,
            ),
            ("a@garam.example, b@garam.example", None),
        ] {
            assert_eq!(alone(line), address, "{line}");
        }
    }
}
