//! How a record becomes output: which view of it, whole or in pieces, or nothing.

use anyhow::ensure;
use copydesk::document::Document;
use copydesk::output::{jsonl, pieces, views};
use copydesk::record::Article;

use super::args::{Granularity, RecordArgs, View};

/// How a record becomes output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Render {
    form: Form,
    skip_empty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Record,
    Paragraphs,
    Sentences,
    Text,
    Markdown,
}

impl Render {
    /// # Errors
    /// A view that has no lines to be cut into pieces.
    pub(crate) fn new(view: View, record: &RecordArgs) -> anyhow::Result<Self> {
        ensure!(
            view == View::Jsonl || record.granularity == Granularity::Article,
            "--granularity is for --to jsonl"
        );
        Ok(Self {
            form: match (view, record.granularity) {
                (View::Jsonl, Granularity::Article) => Form::Record,
                (View::Jsonl, Granularity::Paragraph) => Form::Paragraphs,
                (View::Jsonl, Granularity::Sentence) => Form::Sentences,
                (View::Text, _) => Form::Text,
                (View::Markdown, _) => Form::Markdown,
            },
            skip_empty: record.skip_empty,
        })
    }

    /// What stands between the outputs of two documents.
    pub(crate) const fn between(self) -> &'static [u8] {
        match self.form {
            Form::Record | Form::Paragraphs | Form::Sentences => b"",
            Form::Text => b"\x0c\n",
            Form::Markdown => b"\n---\n\n",
        }
    }

    /// The output of `article`, which was made of `document`; none where it is left out.
    pub(crate) fn render(self, document: &Document, article: &Article) -> Option<Vec<u8>> {
        if self.skip_empty && article.article_body.is_empty() {
            return None;
        }
        // The body stands in the record twice, whole and in blocks.
        let mut bytes = Vec::with_capacity(article.article_body.len() * 5 / 2 + 1024);
        let result = match self.form {
            Form::Record => jsonl::record(&mut bytes, article),
            Form::Paragraphs => pieces::paragraphs(&mut bytes, article),
            Form::Sentences => pieces::sentences(&mut bytes, article, &document.text),
            Form::Text => views::text(&mut bytes, article),
            Form::Markdown => views::markdown(&mut bytes, article),
        };
        debug_assert!(result.is_ok(), "writing to memory cannot fail");
        Some(bytes)
    }
}
