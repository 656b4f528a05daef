//! Labels to blocks: paragraphs, headings, turns, captions and the stories beside the article.

use crate::document::{Document, Units, fold};
use crate::label::{Labels, LineKind};
use crate::record::{Block, BlockKind, Segmented, bytes};

/// Segments a document by its labels, which hold the claims of the metadata stage already.
#[must_use]
pub fn segment(document: &Document, units: &Units, labels: &Labels) -> Segmented {
    let text = document.text.as_str();
    let mut segmented = Segmented::default();
    for piece in &labels.pieces {
        let kind = match piece.verdict.kind {
            LineKind::Body => BlockKind::Paragraph,
            LineKind::Crosshead => BlockKind::Heading,
            LineKind::Caption => BlockKind::Caption,
            _ => continue,
        };
        let folded = fold(text, labels.parts(text, units, piece));
        let sentences = crate::sentences::spans(&folded, labels.language);
        segmented.blocks.push(Block {
            kind,
            span: bytes(piece.span),
            parts: Vec::new(),
            sentences,
            speaker: None,
            credit: None,
            repeats: None,
            text: folded,
        });
    }
    segmented
}
