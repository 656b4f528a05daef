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
    /// What its outlet is called.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The domain of its outlet, or of whom it lets host its pages.
    #[serde(default)]
    pub domain: Option<String>,
    /// Its language.
    #[serde(default)]
    pub lang: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its authors.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Outlets and agencies among those the page calls its authors.
    #[serde(default)]
    pub authors_org: Vec<String>,
    /// When it was published: a day, or a moment.
    #[serde(default)]
    pub published: Option<String>,
    /// Other days that the page gives for it.
    #[serde(default)]
    pub published_alt: Option<Vec<String>>,
    /// What its text shows of that.
    #[serde(default)]
    pub visible: Visible,
    /// The same for renderings other than the primary one, by their names.
    #[serde(default)]
    pub visible_by: BTreeMap<String, Visible>,
    /// Who wrote it, with role and address, on pages annotated by reading.
    #[serde(default)]
    pub people: Vec<GoldPerson>,
    /// When it was last changed, as printed, on such pages.
    #[serde(default)]
    pub modified: Option<String>,
    /// Where it was written, on such pages.
    #[serde(default)]
    pub dateline: Option<String>,
    /// Its section, on such pages.
    #[serde(default)]
    pub section: Option<String>,
    /// Its copyright notice, on such pages.
    #[serde(default)]
    pub copyright: Option<String>,
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
    /// Its text by rendering, where it is not in files of its own.
    #[serde(skip)]
    pub rendered: BTreeMap<&'static str, String>,
}

/// A paragraph of one speaker.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct GoldTurn {
    /// The speaker as printed.
    pub speaker: Option<String>,
    /// The text.
    pub text: String,
}

/// What the text of a page shows.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Visible {
    /// Its headline.
    #[serde(default)]
    pub title: bool,
    /// Of its authors, these.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Its day of publication.
    #[serde(default)]
    pub published: bool,
}

/// Who wrote a page.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct GoldPerson {
    /// The name; none for a bare address.
    pub name: Option<String>,
    /// What they are called, as printed.
    pub role: Option<String>,
    /// Their address.
    pub email: Option<String>,
}

/// Sets annotated by reading: what their gold lacks, the page lacks.
const READ: [&str; 3] = ["korean", "cjk", ANNOTATED];

/// The set of annotated pages: learned from, never scored.
pub(crate) const ANNOTATED: &str = "annotated";

impl GoldPage {
    /// Its text in a rendering, if there is one; `dir` is the folder of the texts that are files.
    pub(crate) fn text(&self, rendering: &str, dir: &Path) -> Option<String> {
        if self.set == ANNOTATED {
            return self.rendered.get(rendering).cloned();
        }
        std::fs::read_to_string(dir.join(rendering).join(format!("{}.txt", self.id))).ok()
    }

    /// Whether it was met, not written to learn from: figures, and all rankers but that of outlets, are made of such pages alone.
    /// Invented ones teach the line model (some .01 of body F1 on torn and wrapped texts out of fold) and the other rankers nothing.
    pub(crate) fn is_met(&self) -> bool {
        self.set != ANNOTATED
    }

    /// Whether it has a body to score against.
    pub(crate) fn has_body(&self) -> bool {
        self.body.is_some()
            || self
                .blocks
                .as_ref()
                .is_some_and(|blocks| !blocks.is_empty())
    }

    /// Whether the page was annotated by reading.
    pub(crate) fn is_read(&self) -> bool {
        READ.contains(&self.set.as_str())
    }

    /// The group of languages it is reported under.
    pub(crate) fn language_group(&self) -> &'static str {
        match self.lang.as_str() {
            "en" => "en",
            "de" => "de",
            "ko" | "ja" | "zh" => "ko+ja+zh",
            _ => "others",
        }
    }

    /// The days that count as its day of publication, `YYYY-MM-DD`.
    pub(crate) fn days(&self) -> Vec<&str> {
        let Some(day) = self.published.as_deref().and_then(|stamp| stamp.get(..10)) else {
            return Vec::new();
        };
        let others = self.published_alt.iter().flatten();
        std::iter::once(day)
            .chain(others.map(String::as_str))
            .collect()
    }
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
