//! Gold pages: one JSON object a line, and their texts in up to five renderings.

use std::collections::BTreeMap;
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
    /// Its authors' names.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Names that the gold lists but that are outlets.
    #[serde(default)]
    pub authors_org: Vec<String>,
    /// Time of publication.
    pub published: Option<String>,
    /// Other days that count as right.
    #[serde(default)]
    pub published_alt: Vec<String>,
    /// Time of the last change.
    pub modified: Option<String>,
    /// The place.
    pub dateline: Option<String>,
    /// Standfirst lines.
    pub subtitle: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// The copyright notice.
    pub copyright: Option<String>,
    /// Captions.
    #[serde(default)]
    pub captions: Option<Vec<String>>,
    /// Blocks of the body.
    #[serde(default)]
    pub blocks: Option<Vec<GoldBlock>>,
    /// The body.
    pub body: Option<String>,
    /// A body on which two extractors agree: for training, never for scoring.
    pub silver_body: Option<String>,
    /// What the primary rendering shows.
    #[serde(default)]
    pub visible: Visible,
    /// What the other renderings show.
    #[serde(default)]
    pub visible_by: BTreeMap<String, Visible>,
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

/// What of the gold a rendering shows.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Visible {
    /// Whether it shows the title.
    #[serde(default)]
    pub title: bool,
    /// The authors it shows.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Whether it shows the day of publication.
    #[serde(default)]
    pub published: bool,
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
