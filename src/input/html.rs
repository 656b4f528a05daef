//! HTML rendered to the text of the whole page, as a browser shows it: one line per block, a blank line around
//! paragraphs and headings, list items indented by the depth of their lists, cells of a table row parted by tabs.
//!
//! The tokens of html5ever are enough for that: no tree is built, so that depth and disorder cost nothing.

use std::cell::RefCell;

use encoding_rs::Encoding;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// How far into a page its encoding may be declared, in bytes. Browsers look at 1024; pages with a long head before
/// it exist.
const PRESCAN: usize = 4096;

/// List items are indented by this many spaces for each list that they are in.
const INDENT: usize = 2;

/// Deeper lists are indented no further.
const DEEPEST: usize = 16;

/// Whether `head` is the beginning of an HTML page.
pub(super) fn is_html(head: &[u8]) -> bool {
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    loop {
        rest = rest.trim_ascii_start();
        if let Some(comment) = rest.strip_prefix(b"<!--") {
            let Some(end) = memchr::memmem::find(comment, b"-->") else {
                return false;
            };
            rest = &comment[end + 3..];
        } else if rest.starts_with(b"<?xml") {
            let Some(end) = memchr::memmem::find(rest, b"?>") else {
                return false;
            };
            rest = &rest[end + 2..];
        } else {
            break;
        }
    }
    let starts = |prefix: &[u8]| {
        rest.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    starts(b"<!doctype html")
        || [&b"<html"[..], b"<head", b"<body"].iter().any(|tag| {
            starts(tag)
                && rest
                    .get(tag.len())
                    .is_some_and(|b| !b.is_ascii_alphanumeric())
        })
}

/// The encoding that a page declares in its head.
pub(super) fn declared(page: &[u8]) -> Option<&'static Encoding> {
    let head = &page[..page.len().min(PRESCAN)];
    let key = b"charset";
    (0..head.len().saturating_sub(key.len()))
        .filter(|at| head[*at..at + key.len()].eq_ignore_ascii_case(key))
        .find_map(|at| {
            let rest = head[at + key.len()..].trim_ascii_start();
            let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
            let rest = rest
                .strip_prefix(b"\"")
                .or(rest.strip_prefix(b"'"))
                .unwrap_or(rest);
            let end = rest
                .iter()
                .position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b))?;
            Encoding::for_label(&rest[..end])
        })
}

/// A page as text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rendered {
    pub(super) text: String,
    /// What its head gives as title.
    pub(super) title: Option<String>,
}

/// The text of a page.
pub(super) fn render(page: &str) -> Rendered {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    let sink = Sink(RefCell::new(Page {
        text: String::with_capacity(page.len() / 4),
        ..Page::default()
    }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // The sink never asks for a script to be run, so one call takes all.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let page = tokenizer.sink.0.into_inner();
    let mut text = page.text;
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    let title = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
    Rendered {
        text,
        title: (!title.is_empty()).then_some(title),
    }
}

/// What stands before the next character that is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Space,
    Cell,
    Line,
    Paragraph,
}

/// What of the page is passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Hidden {
    #[default]
    Nothing,
    /// Text of an element that holds no tags; its end tag follows.
    Raw,
    Title,
    /// `select` or `svg`, up to its end or to a block.
    Widget,
}

#[derive(Default)]
struct Page {
    text: String,
    title: String,
    gap: Gap,
    lists: usize,
    preformatted: bool,
    hidden: Hidden,
}

impl Page {
    fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn print(&mut self, word: &str) {
        if self.text.is_empty() {
            self.indent();
        } else {
            match self.gap {
                Gap::Nothing => {}
                Gap::Space => self.text.push(' '),
                Gap::Cell => self.text.push('\t'),
                Gap::Line => {
                    self.text.push('\n');
                    self.indent();
                }
                Gap::Paragraph => {
                    self.text.push_str("\n\n");
                    self.indent();
                }
            }
        }
        self.gap = Gap::Nothing;
        self.text.push_str(word);
    }

    fn indent(&mut self) {
        let columns = self.lists.min(DEEPEST) * INDENT;
        self.text.extend(std::iter::repeat_n(' ', columns));
    }

    /// Folds ASCII white space, as HTML does; no-break and full-width spaces are text.
    fn characters(&mut self, characters: &str) {
        match self.hidden {
            Hidden::Nothing => {}
            Hidden::Title => return self.title.push_str(characters),
            Hidden::Raw | Hidden::Widget => return,
        }
        if self.preformatted {
            for line in characters.split_inclusive('\n') {
                let text = line.trim_end_matches(['\n', '\r']);
                if !text.is_empty() {
                    self.print(text);
                }
                if line.ends_with('\n') {
                    self.gap(Gap::Line);
                }
            }
            return;
        }
        let mut rest = characters;
        while !rest.is_empty() {
            let word = rest.trim_ascii_start();
            if word.len() < rest.len() {
                self.gap(Gap::Space);
            }
            let end = word
                .bytes()
                .position(|b| b.is_ascii_whitespace())
                .unwrap_or(word.len());
            if end > 0 {
                self.print(&word[..end]);
            }
            rest = &word[end..];
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let start = tag.kind == StartTag;
        match self.hidden {
            Hidden::Raw | Hidden::Title => self.hidden = Hidden::Nothing,
            Hidden::Widget => {
                let over = (!start && matches!(name, "select" | "svg" | "body"))
                    || (start && breaks(name) > Gap::Space);
                if !over {
                    return if start {
                        raw(name)
                    } else {
                        TokenSinkResult::Continue
                    };
                }
                self.hidden = Hidden::Nothing;
            }
            Hidden::Nothing => {}
        }
        match name {
            "title" if start && self.title.is_empty() => self.hidden = Hidden::Title,
            "script" | "style" | "noscript" | "iframe" | "noembed" | "noframes" | "textarea"
            | "title" | "xmp"
                if start =>
            {
                self.hidden = Hidden::Raw;
            }
            "select" | "svg" if start && !tag.self_closing => self.hidden = Hidden::Widget,
            "ul" | "ol" | "dir" | "menu" => {
                self.gap(Gap::Line);
                self.lists = if start {
                    self.lists.saturating_add(1)
                } else {
                    self.lists.saturating_sub(1)
                };
            }
            "pre" => self.preformatted = start,
            _ => {}
        }
        self.gap(breaks(name));
        if name == "br" && self.text.ends_with('\n') {
            self.gap(Gap::Paragraph);
        }
        if start {
            raw(name)
        } else {
            TokenSinkResult::Continue
        }
    }
}

/// The gap that a tag leaves, opening or closing.
fn breaks(name: &str) -> Gap {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" => Gap::Paragraph,
        "address" | "article" | "aside" | "body" | "br" | "caption" | "center" | "dd"
        | "details" | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption"
        | "figure" | "footer" | "form" | "head" | "header" | "hgroup" | "hr" | "html"
        | "legend" | "li" | "main" | "menu" | "nav" | "ol" | "search" | "section" | "summary"
        | "table" | "tbody" | "tfoot" | "thead" | "tr" | "ul" => Gap::Line,
        "td" | "th" => Gap::Cell,
        "button" | "img" | "input" | "option" | "label" => Gap::Space,
        _ => Gap::Nothing,
    }
}

/// The state in which the tokenizer reads the content of an element.
fn raw(name: &str) -> TokenSinkResult<()> {
    let kind: RawKind = match name {
        "script" => ScriptData,
        "style" | "noscript" | "iframe" | "noembed" | "noframes" | "xmp" => Rawtext,
        "title" | "textarea" => Rcdata,
        _ => return TokenSinkResult::Continue,
    };
    TokenSinkResult::RawData(kind)
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(characters) => page.characters(&characters),
            Token::TagToken(tag) if matches!(tag.kind, StartTag | EndTag) => return page.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::{declared, is_html, render};

    #[test]
    fn blocks_become_lines_and_paragraphs_stand_apart() {
        let page = "<!doctype html><html><head><title>Bridge\n closed - Harbour Post</title>\
            <style>p { color: red }</style><script>if (a < b) document.write('<p>no</p>')</script></head>\
            <body><nav><ul><li><a href=/>Home</a></li><li>News<ul><li>Local</li></ul></li></ul></nav>\
            <h1>Bridge  closed</h1><p>The old <b>iron</b> bridge\nis closed.<br>Again.</p><p>Second&nbsp;one &amp; last.\
            <table><tr><td>Length</td><td>90 m</td></tr></table><select><option>2019</option></select>\
            <noscript><p>Turn scripts on</p></noscript></body></html>";
        let rendered = render(page);
        assert_eq!(
            rendered.text,
            "  Home\n  News\n    Local\n\nBridge closed\n\nThe old iron bridge is closed.\nAgain.\n\n\
             Second\u{a0}one & last.\nLength\t90 m\n"
        );
        assert_eq!(
            rendered.title.as_deref(),
            Some("Bridge closed - Harbour Post")
        );
    }

    #[test]
    fn an_unclosed_widget_does_not_swallow_the_page() {
        assert_eq!(render("<svg><path d=x><p>Text").text, "Text\n");
        assert_eq!(render("<select><option>2019<div>Text").text, "Text\n");
    }

    #[test]
    fn a_page_is_told_by_its_first_tag() {
        assert!(is_html(
            b"\xef\xbb\xbf <!-- saved --> <!DOCTYPE HTML PUBLIC"
        ));
        assert!(is_html(b"<?xml version='1.0'?>\n<html xmlns=x>"));
        assert!(!is_html(b"<header> is a tag"));
        assert!(!is_html(b"<doc id=1>"));
    }

    #[test]
    fn the_declared_encoding_is_found_in_either_form() {
        let name = |page: &[u8]| declared(page).map(encoding_rs::Encoding::name);
        assert_eq!(name(b"<meta charset=\"euc-kr\">"), Some("EUC-KR"));
        let old = b"<meta http-equiv=Content-Type content='text/html; CHARSET = Shift_JIS'>";
        assert_eq!(name(old), Some("Shift_JIS"));
        assert_eq!(name(b"charset charset=nonsense charset="), None);
    }
}
