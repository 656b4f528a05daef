//! Gold pages: one JSON object a line, and their texts in up to five renderings.

use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Position};

/// Folders of renderings that are looked for under the text folder; the first one is the primary.
pub(crate) const RENDERINGS: [&str; 5] = ["plain", "htmltext", "indented", "wrapped", "fragments"];

/// What is known of one page.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct GoldPage {
    /// Its name; the text is `RENDERING/ID.txt`.
    pub id: String,
    /// The set it belongs to.
    pub set: String,
    /// Its publisher, for folds.
    #[serde(default)]
    pub group: String,
    /// Its language.
    #[serde(default)]
    pub lang: String,
    /// Its headline.
    pub title: Option<String>,
    /// Blocks of the body.
    #[serde(default)]
    pub blocks: Option<Vec<GoldBlock>>,
    /// The body.
    pub body: Option<String>,
    /// A body on which two extractors agree: for training, never for scoring.
    pub silver_body: Option<String>,
    /// Its standfirst, a line each.
    #[serde(default)]
    pub subtitle: Option<String>,
    /// Its captions, credits included.
    #[serde(default)]
    pub captions: Vec<String>,
    /// What is said by whom.
    #[serde(default)]
    pub turns: Vec<GoldTurn>,
}

/// A paragraph of one speaker.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct GoldTurn {
    /// The speaker as printed.
    pub speaker: Option<String>,
    /// The text.
    pub text: String,
}

/// A block of a gold body.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct GoldBlock {
    /// `summary`, `heading` or `paragraph`.
    pub kind: String,
    /// Its text.
    pub text: String,
    /// Whether a prediction may leave it out.
    #[serde(default)]
    pub optional: bool,
}

/// Reads a gold file.
///
/// # Errors
/// When the file cannot be read or a line is not a gold page; the error names the line.
pub(crate) fn read(path: &Path) -> Result<Vec<GoldPage>, Error> {
    let name = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|error| Error::io(Position::path(&name), &error))?;
    let mut pages = Vec::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let page = serde_json::from_str(line).map_err(|error| {
            let position = Position {
                line: Some(number as u64 + 1),
                ..Position::path(&name)
            };
            Error::new(position, "bad-gold", format!("not a gold page: {error}"))
        })?;
        pages.push(page);
    }
    Ok(pages)
}
