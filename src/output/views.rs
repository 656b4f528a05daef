//! Views for people: projections of the record that hold nothing that the record does not.

use std::io::{self, Write};

use crate::record::{Article, Block, BlockKind};

/// Headline and body as plain text, paragraphs a blank line apart, speakers before their turns.
///
/// # Errors
/// What `out` says.
pub fn text(out: &mut impl Write, article: &Article) -> io::Result<()> {
    let mut blank = Blank::default();
    if let Some(headline) = &article.headline {
        blank.before(out)?;
        writeln!(out, "{headline}")?;
    }
    for block in article.blocks.iter().filter(|block| block.is_body()) {
        blank.before(out)?;
        if let Some(speaker) = &block.speaker {
            write!(out, "{speaker}: ")?;
        }
        writeln!(out, "{}", block.text)?;
    }
    Ok(())
}

/// The article as Markdown (CommonMark): headline, standfirst, who, when and where, then the blocks.
///
/// # Errors
/// What `out` says.
pub fn markdown(out: &mut impl Write, article: &Article) -> io::Result<()> {
    let mut blank = Blank::default();
    if let Some(headline) = &article.headline {
        blank.before(out)?;
        writeln!(out, "# {}", escaped(headline))?;
    }
    for line in &article.alternative_headline {
        blank.before(out)?;
        writeln!(out, "**{}**", escaped(line))?;
    }
    let credits = credits(article);
    if !credits.is_empty() {
        blank.before(out)?;
        writeln!(out, "*{}*", escaped(&credits))?;
    }
    let mut before = None;
    for block in article
        .blocks
        .iter()
        .filter(|block| block.repeats.is_none())
    {
        let in_list = block.kind == BlockKind::ListItem && before == Some(BlockKind::ListItem);
        if !in_list {
            blank.before(out)?;
        }
        markdown_block(out, block)?;
        before = Some(block.kind);
    }
    Ok(())
}

fn markdown_block(out: &mut impl Write, block: &Block) -> io::Result<()> {
    let text = escaped(&block.text);
    match block.kind {
        BlockKind::Heading => writeln!(out, "## {text}"),
        BlockKind::ListItem => writeln!(out, "- {text}"),
        BlockKind::Quote => writeln!(out, "> {text}"),
        BlockKind::Caption => writeln!(out, "*{text}*"),
        BlockKind::Paragraph | BlockKind::Turn | BlockKind::Table => match &block.speaker {
            Some(speaker) => writeln!(out, "**{}:** {text}", escaped(speaker)),
            None => writeln!(out, "{text}"),
        },
    }
}

/// Authors, outlet and date on one line.
fn credits(article: &Article) -> String {
    let authors: Vec<&str> = article.author.iter().map(|a| a.name.as_str()).collect();
    let publisher = article.publisher.as_ref();
    [
        Some(authors.join(", ")).filter(|names| !names.is_empty()),
        publisher.and_then(|p| p.name.clone().or_else(|| p.domain.clone())),
        article.date_published.clone(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

/// `text` with what Markdown would take for markup escaped.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let first = at == 0;
        let ends_number = matches!(c, '.' | ')')
            && at < 10
            && !first
            && text[..at].bytes().all(|byte| byte.is_ascii_digit());
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '`' | '<' | '&')
            || first && matches!(c, '#' | '>' | '-' | '+' | '=' | '~' | '|')
            || ends_number
        {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Puts a blank line before every block but the first.
#[derive(Default)]
struct Blank {
    started: bool,
}

impl Blank {
    fn before(&mut self, out: &mut impl Write) -> io::Result<()> {
        if std::mem::replace(&mut self.started, true) {
            writeln!(out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_markdown_would_take_for_markup_is_escaped() {
        assert_eq!(escaped("2023. 1. 31."), "2023\\. 1. 31.");
        assert_eq!(escaped("- [사진] a*b"), "\\- \\[사진\\] a\\*b");
        assert_eq!(escaped("Well - no."), "Well - no.");
    }
}
