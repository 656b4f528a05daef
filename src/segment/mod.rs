//! Labels to blocks: paragraphs, headings, turns, captions and the stories beside the article.
//!
//! Two steps: [`roles`] finds what the line model does not tell apart (speakers' labels, section marks, captions)
//! and gives it as claims over the labels, so that the ledger knows it too; [`segment`] then makes blocks of the
//! labels and changes none.

/// Defines what a ranker of this stage sees: the enum `Feature`, and `NAMES`, its names in the order of a row.
macro_rules! features {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        #[derive(Clone, Copy)]
        enum Feature { $($(#[doc = $doc])* $name,)* }

        /// The names of the features, in the order of a row.
        pub(crate) const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

mod announced;
mod captions;
mod furniture;
mod glued;
pub(crate) mod headings;
mod lists;
mod quotes;
mod related;
mod remains;
mod roles;
pub(crate) mod seams;
mod spaces;
mod standfirst;
pub(crate) mod strays;
mod summary;
mod tables;
mod turns;
mod weights;
pub mod words;

use crate::document::{Document, Join, Part, Span, Units, fold, is_alphanumeric};
use crate::label::{Labels, LineKind};
use crate::record::{Block, BlockKind, Segmented, bytes};

pub(crate) use roles::near_body;
pub use roles::{Roles, roles};
pub use seams::Seams;
pub use weights::Weights;

/// A block in the making.
struct Draft {
    kind: BlockKind,
    parts: Vec<Part>,
    speaker: Option<String>,
    /// The unit its last part belongs to.
    unit: u32,
    pull_quote: bool,
}

impl Draft {
    /// A paragraph, or what the mark that opens it makes of it.
    fn paragraph(text: &str, mut parts: Vec<Part>, speaker: Option<String>, unit: u32) -> Self {
        let kind = if speaker.is_some() {
            BlockKind::Turn
        } else if parts.iter().all(|part| tables::is_row(part.span.of(text))) {
            BlockKind::Table
        } else {
            lists::kind(text, &parts)
        };
        if kind == BlockKind::ListItem {
            lists::strip(text, &mut parts);
        }
        Self {
            kind,
            parts,
            speaker,
            unit,
            pull_quote: false,
        }
    }
}

impl Draft {
    /// Whether it is the next row of the table `last`.
    fn goes_on(&self, last: &Self) -> bool {
        self.kind == BlockKind::Table && last.kind == BlockKind::Table && last.unit < self.unit
    }
}

/// Segments a document by its labels, which hold the claims of the metadata stage and of [`roles`] already.
#[must_use]
pub fn segment(document: &Document, units: &Units, labels: &Labels, seams: &Seams) -> Segmented {
    let text = document.text.as_str();
    let (mut drafts, stories) = gather(text, units, labels, seams);
    lists::number(text, &mut drafts);
    let mut drafts = quotes::attribute(text, drafts);
    let loose = spaces::is_loose(text, drafts.iter().map(|draft| &draft.parts));
    for draft in &mut drafts {
        remains::cut(text, &mut draft.parts);
        spaces::close(text, labels.language, loose, &mut draft.parts);
    }
    let mut segmented = Segmented {
        blocks: drafts
            .iter()
            .map(|draft| block(text, draft, labels.language))
            .collect(),
        related: stories
            .iter()
            .filter_map(|parts| related::story(text, parts))
            .collect(),
    };
    let printed_again = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| draft.pull_quote);
    for (index, _) in printed_again.take(quotes::PULL_QUOTES) {
        segmented.blocks[index].repeats = repeated(&segmented.blocks, index);
    }
    segmented
}

/// One walk over the pieces: the parts of each block, and of each other story.
fn gather(
    text: &str,
    units: &Units,
    labels: &Labels,
    seams: &Seams,
) -> (Vec<Draft>, Vec<Vec<Part>>) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut stories: Vec<Vec<Part>> = Vec::new();
    // The paragraph that the next piece of its unit, or of its line, goes on with.
    let mut open: Option<usize> = None;
    let mut speakers = Speakers::default();
    let mut story_unit: Option<u32> = None;
    let mut after_claim = None;
    for piece in &labels.pieces {
        let kind = piece.verdict.kind;
        let mut parts = labels.parts(text, units, piece).peekable();
        if parts.peek().is_none() {
            continue;
        }
        let unit = &units.units[piece.unit as usize];
        let goes_on = |last: u32| last == piece.unit || (unit.continues && last + 1 == piece.unit);
        match kind {
            LineKind::Related => {
                let parts = parts.collect();
                if let (Some(last), Some(story)) = (story_unit, stories.last_mut())
                    && goes_on(last)
                {
                    append(text, story, parts);
                } else {
                    stories.push(parts);
                }
                story_unit = Some(piece.unit);
            }
            LineKind::SpeakerLabel => {
                let label = fold(text, parts);
                if label.chars().any(is_alphanumeric) {
                    speakers.announce(&label);
                    open = None;
                }
            }
            LineKind::Body => {
                let mut parts = parts.collect();
                if after_claim == Some(piece.unit) {
                    trim_lead(text, &mut parts);
                }
                if parts.is_empty() || !wordy(text, &parts) {
                    continue;
                }
                let joined = seams.continues(units, piece.unit);
                let parted = seams.split(units, piece.unit, parts);
                let paragraphs = parted.into_iter().flat_map(|p| glued::split(text, p));
                for (index, mut parts) in paragraphs.enumerate() {
                    if index == 0
                        && let Some(draft) = open.and_then(|open| drafts.get_mut(open))
                        && (goes_on(draft.unit) || joined && draft.unit + 1 == piece.unit)
                    {
                        if joined && draft.unit < piece.unit {
                            rejoin(text, &draft.parts, &mut parts);
                        }
                        append(text, &mut draft.parts, parts);
                        draft.unit = piece.unit;
                        continue;
                    }
                    let new = Draft::paragraph(text, parts, speakers.next(), piece.unit);
                    if let Some(table) = drafts.last_mut().filter(|last| new.goes_on(last)) {
                        append(text, &mut table.parts, new.parts);
                        table.unit = piece.unit;
                        continue;
                    }
                    open = Some(drafts.len());
                    drafts.push(new);
                }
            }
            LineKind::Crosshead | LineKind::Caption | LineKind::PullQuote => {
                let parts: Vec<Part> = parts.collect();
                if !wordy(text, &parts) {
                    continue;
                }
                if kind == LineKind::Crosshead {
                    open = None;
                }
                if let Some(draft) = drafts.last_mut()
                    && draft.kind == block_kind(kind)
                    && (draft.unit == piece.unit
                        || (unit.continues && draft.unit + 1 == piece.unit))
                {
                    append(text, &mut draft.parts, parts);
                    draft.unit = piece.unit;
                    continue;
                }
                drafts.push(Draft {
                    kind: block_kind(kind),
                    parts,
                    speaker: None,
                    unit: piece.unit,
                    pull_quote: kind == LineKind::PullQuote,
                });
            }
            _ => {}
        }
        after_claim = matches!(
            kind,
            LineKind::Byline | LineKind::Dateline | LineKind::Tagline
        )
        .then_some(piece.unit);
        if kind != LineKind::Related && story_unit.is_some_and(|last| !goes_on(last)) {
            story_unit = None;
        }
        // A paragraph that something else was cut out of goes on in the same line.
        if let Some(draft) = open.and_then(|index| drafts.get_mut(index))
            && goes_on(draft.unit)
        {
            draft.unit = piece.unit;
        }
    }
    (drafts, stories)
}

const fn block_kind(kind: LineKind) -> BlockKind {
    match kind {
        LineKind::Crosshead => BlockKind::Heading,
        LineKind::Caption => BlockKind::Caption,
        LineKind::PullQuote => BlockKind::Quote,
        _ => BlockKind::Paragraph,
    }
}

/// Who speaks, from label to label.
#[derive(Default)]
struct Speakers {
    current: Option<String>,
    /// The speaker of the next paragraph alone: of a soundbite, or of a guest.
    once: Option<String>,
}

impl Speakers {
    fn announce(&mut self, label: &str) {
        let speaker = turns::speaker(label).to_owned();
        if turns::is_soundbite(label) || turns::is_guest(label) {
            self.once = Some(speaker);
        } else {
            self.once = None;
            self.current = Some(speaker);
        }
    }

    fn next(&mut self) -> Option<String> {
        self.once.take().or_else(|| self.current.clone())
    }
}

/// Says how the first of `more` continues the last of `parts`.
fn rejoin(text: &str, parts: &[Part], more: &mut [Part]) {
    if let (Some(last), Some(first)) = (parts.last(), more.first_mut()) {
        let after = first.span.of(text);
        first.join = if after.starts_with([',', '.', ';', ')', '”', '»']) {
            Join::Nothing
        } else {
            Join::between(last.span.of(text), after)
        };
    }
}

/// Adds `more` to `parts`; what only white space keeps apart becomes one part.
fn append(text: &str, parts: &mut Vec<Part>, more: Vec<Part>) {
    for part in more {
        if let Some(last) = parts.last_mut() {
            let gap = text.get(last.span.end as usize..part.span.start as usize);
            if gap.is_some_and(|gap| {
                gap.chars().all(char::is_whitespace) && !gap.contains(['\n', '\r', '\x0c'])
            }) {
                last.span.end = part.span.end;
                continue;
            }
        }
        parts.push(part);
    }
}

/// Takes off the mark between a byline and the words that follow it.
fn trim_lead(text: &str, parts: &mut Vec<Part>) {
    let Some(first) = parts.first_mut() else {
        return;
    };
    let slice = first.span.of(text);
    let lead = slice.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '=' | '＝' | '|' | 'ㅣ' | ']' | '】' | ':' | '-' | '–' | '—'
            )
    });
    first.span.start += (slice.len() - lead.len()) as u32;
    if first.span.is_empty() {
        parts.remove(0);
    }
}

/// Whether a word or a figure stands in the parts.
fn wordy(text: &str, parts: &[Part]) -> bool {
    parts
        .iter()
        .any(|part| part.span.of(text).contains(is_alphanumeric))
}

fn block(text: &str, draft: &Draft, language: &str) -> Block {
    let folded = fold(text, draft.parts.iter().copied());
    let hull = match (draft.parts.first(), draft.parts.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    };
    let sentences = match draft.kind {
        BlockKind::Heading => vec![(0, folded.len() as u64)],
        _ => crate::sentences::spans(&folded, language),
    };
    let credit = (draft.kind == BlockKind::Caption)
        .then(|| captions::credit(&folded))
        .flatten()
        .map(|credit| folded[credit.name].to_owned());
    Block {
        kind: draft.kind,
        span: bytes(hull),
        parts: if draft.parts.len() > 1 {
            draft.parts.iter().map(|part| bytes(part.span)).collect()
        } else {
            Vec::new()
        },
        sentences,
        speaker: draft.speaker.clone(),
        credit,
        repeats: None,
        text: folded,
    }
}

/// The block that block `index` repeats a part of.
fn repeated(blocks: &[Block], index: usize) -> Option<u64> {
    let words = quotes::bare(&blocks[index].text);
    if words.is_empty() {
        return None;
    }
    let finder = memchr::memmem::Finder::new(words);
    blocks
        .iter()
        .enumerate()
        .filter(|(other, block)| {
            *other != index && matches!(block.kind, BlockKind::Paragraph | BlockKind::Turn)
        })
        .find(|(_, block)| finder.find(block.text.as_bytes()).is_some())
        .map(|(other, _)| other as u64)
}

#[cfg(test)]
mod tests;
