//! Markdown: what many scrapers make of pages. A document in it becomes the text that it would show, by way of HTML, so that
//! addresses of links and marks of headings are no words of the article.

use memchr::memmem;
use pulldown_cmark::{Event, Options, Parser, Tag, html};

use super::html::render as render_html;
use crate::front::Front;

/// Links that only Markdown has.
const LINKS: usize = 2;
/// Headings of a text that opens with one, and of one with a link.
const HEADINGS: usize = 2;
const HEADINGS_BESIDE_LINK: usize = 1;
/// Number signs of the lowest heading.
const LOWEST: usize = 6;
/// Bytes of the longest text, and of the longest target, of a link that is looked for.
const LINK_BYTES: usize = 2048;
/// What an item of a list is shown with.
const BULLET: &str = "• ";
/// What the target of a link begins with.
const TARGETS: [&[u8]; 6] = [b"http://", b"https://", b"mailto:", b"/", b"#", b"."];

/// Whether `text` is Markdown: links in it, or headings from the first line on. Lists and stars stand in plain text too.
pub(super) fn is_markdown(text: &str) -> bool {
    let links = || memmem::find_iter(text.as_bytes(), "](").filter(|at| is_link(text, *at));
    let links = links().take(LINKS).count();
    if links == LINKS {
        return true;
    }
    let body = &text[front_length(text)..];
    let opens = body.trim_start().starts_with("# ");
    let wanted = match links {
        0 if !opens => return false,
        0 => HEADINGS,
        _ => HEADINGS_BESIDE_LINK,
    };
    body.lines()
        .filter(|line| is_heading(line))
        .take(wanted)
        .count()
        == wanted
}

/// Whether the brackets that meet at byte `at` are those of a link: `[text](https://…)`, on one line and not too long.
fn is_link(text: &str, at: usize) -> bool {
    let (before, behind) = (&text.as_bytes()[..at], &text.as_bytes()[at + 2..]);
    let before = &before[before.len().saturating_sub(LINK_BYTES)..];
    let behind = &behind[..behind.len().min(LINK_BYTES)];
    let addressed = TARGETS.iter().any(|begin| behind.starts_with(begin));
    let opened = || memchr::memrchr2(b'[', b'\n', before).is_some_and(|n| before[n] == b'[');
    let closed = || memchr::memchr2(b')', b'\n', behind).is_some_and(|n| behind[n] == b')');
    addressed && opened() && closed()
}

/// Whether a line is a heading: number signs, a space, and words.
fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    let signs = line.len() - words.len();
    (1..=LOWEST).contains(&signs) && words.starts_with(' ') && !words.trim().is_empty()
}

/// The bytes of the fields above the text, which are none of it.
fn front_length(text: &str) -> usize {
    Front::find(text).map_or(0, |front| front.end as usize)
}

/// What `text` shows. Line breaks inside a paragraph stay: whether they part paragraphs is told from the layout of the page.
pub(super) fn render(text: &str) -> String {
    let (front, body) = text.split_at(front_length(text));
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(body, options).flat_map(|event| match event {
        Event::SoftBreak => [Some(Event::HardBreak), None],
        Event::Start(Tag::Item) => [Some(event), Some(Event::Text(BULLET.into()))],
        event => [Some(event), None],
    });
    let mut page = String::with_capacity(body.len() * 2);
    html::push_html(&mut page, events.flatten());
    let shown = render_html(&page).text;
    if front.is_empty() {
        shown
    } else {
        format!("{front}\n\n{}", shown.trim_start())
    }
}

#[cfg(test)]
mod tests {
    use super::{is_markdown, render};

    const PAGE: &str = "# Ferry sails\n\n*By Ann Holm*\n\n![The ferry](https://post.example/a.jpg)\n\nThe [ferry](https://post.example/f) \
                        of **Lindwick**\nsailed.\n\n## What next\n\n* One\n* Two\n\n> High time.\n";

    #[test]
    fn markdown_is_known_by_links_and_headings() {
        assert!(is_markdown(PAGE));
        assert!(is_markdown(
            "# Ferry sails\n\nAt dawn.\n\n## What next\n\nNobody knows.\n"
        ));
        assert!(is_markdown(
            "---\ntitle: Ferry sails\ndate: 2024-03-01\n---\n# Ferry sails\n\n## Next\n"
        ));
        for text in [
            "",
            "* One\n* Two\n\n*Three*",
            "A footnote [1](see below) and another [2](there).",
            "Home\n# Ferry\n# Harbour\n",
            "f[0](1) = [](#",
            "[\n](https://post.example/a) [\n](https://post.example/b)",
        ] {
            assert!(!is_markdown(text), "{text}");
        }
    }

    #[test]
    fn what_is_shown_has_no_marks() {
        let shown = render(PAGE);
        for mark in ["#", "*", "](", "post.example", ">"] {
            assert!(!shown.contains(mark), "{mark} in {shown}");
        }
        let lines: Vec<&str> = shown
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        for line in [
            "Ferry sails",
            "By Ann Holm",
            "The ferry of Lindwick",
            "sailed.",
            "What next",
            "High time.",
            "• One",
        ] {
            assert!(lines.contains(&line), "{line} not in {shown}");
        }
    }

    #[test]
    fn the_fields_above_the_text_stay() {
        let text = "---\ntitle: A_b_c\nurl: https://post.example/1\n---\n# Ferry\n\nAt *dawn*.\n";
        let shown = render(text);
        assert!(
            shown.starts_with("---\ntitle: A_b_c\nurl: https://post.example/1\n---"),
            "{shown}"
        );
        assert!(shown.contains("At dawn."));
    }
}
