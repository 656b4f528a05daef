//! The record in pieces: one JSON line for each paragraph or each sentence, with what identifies the article. Captions
//! and repeated pull quotes are left out, as they are from `articleBody`.

use std::io::{self, Write};

use serde::Serialize;

use crate::record::{Article, Block, BlockKind, Bytes, Publisher, SourceRecord};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Piece<'a> {
    schema_version: &'a str,
    id: &'a str,
    block: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<usize>,
    kind: BlockKind,
    text: &'a str,
    span: Bytes,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    headline: Option<&'a str>,
    date_published: Option<&'a str>,
    publisher: Option<&'a Publisher>,
    in_language: &'a str,
    source: &'a SourceRecord,
}

/// Writes one line for each block of the body.
///
/// # Errors
/// What `out` says.
pub fn paragraphs(out: &mut impl Write, article: &Article) -> io::Result<()> {
    for (index, block) in body(article) {
        super::jsonl::line(out, &piece(article, index, block))?;
    }
    Ok(())
}

/// Writes one line for each sentence of the body; `text` is the document text that `article` was made of.
///
/// # Errors
/// What `out` says.
pub fn sentences(out: &mut impl Write, article: &Article, text: &str) -> io::Result<()> {
    for (index, block) in body(article) {
        let mut places = Places::new(text, block);
        for (sentence, &(start, end)) in block.sentences.iter().enumerate() {
            let Some(slice) = block.text.get(start as usize..end as usize) else {
                continue;
            };
            let line = Piece {
                sentence: Some(sentence),
                text: slice,
                span: places.find(slice),
                ..piece(article, index, block)
            };
            super::jsonl::line(out, &line)?;
        }
    }
    Ok(())
}

fn body(article: &Article) -> impl Iterator<Item = (usize, &Block)> {
    let blocks = article.blocks.iter().enumerate();
    blocks.filter(|(_, block)| block.is_body())
}

fn piece<'a>(article: &'a Article, index: usize, block: &'a Block) -> Piece<'a> {
    Piece {
        schema_version: article.schema_version,
        id: &article.id,
        block: index,
        sentence: None,
        kind: block.kind,
        text: &block.text,
        span: block.span,
        speaker: block.speaker.as_deref(),
        headline: article.headline.as_deref(),
        date_published: article.date_published.as_deref(),
        publisher: article.publisher.as_ref(),
        in_language: &article.in_language,
        source: &article.source,
    }
}

/// Finds the sentences of a block in the document text, front to back.
struct Places<'a> {
    /// What the block was made of and has not been passed yet, in document order.
    rest: Vec<(u64, &'a str)>,
    hull: Bytes,
}

impl<'a> Places<'a> {
    fn new(text: &'a str, block: &Block) -> Self {
        let whole = [block.span];
        let parts: &[Bytes] = if block.parts.is_empty() {
            &whole
        } else {
            &block.parts
        };
        let rest = parts
            .iter()
            .rev()
            .filter_map(|&(start, end)| Some((start, text.get(start as usize..end as usize)?)))
            .collect();
        Self {
            rest,
            hull: block.span,
        }
    }

    /// Where the next `sentence` stands. Folding only ever takes characters away, so each character is the next equal
    /// one.
    fn find(&mut self, sentence: &str) -> Bytes {
        let mut place: Option<Bytes> = None;
        for wanted in sentence.chars().filter(|c| *c != ' ') {
            while let Some((start, slice)) = self.rest.last_mut() {
                let Some((at, c)) = slice.char_indices().find(|(_, c)| *c == wanted) else {
                    self.rest.pop();
                    continue;
                };
                let (from, to) = (*start + at as u64, *start + (at + c.len_utf8()) as u64);
                place = Some((place.map_or(from, |(first, _)| first), to));
                *slice = &slice[at + c.len_utf8()..];
                *start = to;
                break;
            }
        }
        place.unwrap_or(self.hull)
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::record::{Block, BlockKind};

    #[test]
    fn a_sentence_is_found_across_wraps_hyphens_and_parts() {
        let text = "The fore-\nman\u{a0}spoke. AD He left.";
        let block = Block {
            kind: BlockKind::Paragraph,
            text: "The foreman spoke. He left.".to_owned(),
            span: (0, text.len() as u64),
            parts: vec![(0, 21), (25, 33)],
            sentences: vec![(0, 18), (19, 27)],
            speaker: None,
            credit: None,
            repeats: None,
        };
        let mut places = Places::new(text, &block);
        let first = places.find("The foreman spoke.");
        let second = places.find("He left.");
        assert_eq!(
            &text[first.0 as usize..first.1 as usize],
            "The fore-\nman\u{a0}spoke."
        );
        assert_eq!(&text[second.0 as usize..second.1 as usize], "He left.");
    }
}
