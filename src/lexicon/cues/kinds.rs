//! The kinds of cues, and where a phrase has to stand to be one. The build script shares this file.

/// What a phrase is a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Cue {
    /// Buttons that share, print or save the article.
    Share,
    /// Menus, search, log-in, skip links, breadcrumbs.
    Navigation,
    /// Sign-up for a newsletter or an alert, calls to follow a channel.
    Newsletter,
    /// Marks around advertisements.
    Advertisement,
    /// The comment section and its rules.
    Comments,
    /// Headings over related stories, links to them in the body.
    Related,
    /// Headings over ranked lists.
    Ranking,
    /// Imprint, contact, terms, registration numbers.
    Footer,
    /// Copyright notices.
    Copyright,
    /// Consent to cookies or to embedded content.
    Cookie,
    /// Offers of a subscription, walls in front of the text.
    Paywall,
    /// Players, read-aloud buttons, polls, font sizes, weather, summaries made by machine.
    Widget,
    /// Words in front of an author's name.
    Byline,
    /// Words in front of a date of publication or change.
    DateLabel,
    /// Words in front of a caption or a credit.
    Caption,
    /// Notes about a correction.
    Correction,
    /// Words in front of keywords.
    Tags,
    /// Notes about the author or from the editors.
    AuthorNote,
}

impl Cue {
    /// All of them, in order.
    pub const ALL: &[Self] = &[
        Self::Share,
        Self::Navigation,
        Self::Newsletter,
        Self::Advertisement,
        Self::Comments,
        Self::Related,
        Self::Ranking,
        Self::Footer,
        Self::Copyright,
        Self::Cookie,
        Self::Paywall,
        Self::Widget,
        Self::Byline,
        Self::DateLabel,
        Self::Caption,
        Self::Correction,
        Self::Tags,
        Self::AuthorNote,
    ];

    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The name in the data file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Navigation => "navigation",
            Self::Newsletter => "newsletter",
            Self::Advertisement => "advertisement",
            Self::Comments => "comments",
            Self::Related => "related",
            Self::Ranking => "ranking",
            Self::Footer => "footer",
            Self::Copyright => "copyright",
            Self::Cookie => "cookie",
            Self::Paywall => "paywall",
            Self::Widget => "widget",
            Self::Byline => "byline",
            Self::DateLabel => "date-label",
            Self::Caption => "caption",
            Self::Correction => "correction",
            Self::Tags => "tags",
            Self::AuthorNote => "author-note",
        }
    }

    pub(super) const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Set beside the cues of an entry where longer phrases go on from it.
pub(super) const CONTINUES: u32 = 1 << 31;

/// The cues of a phrase by where it has to stand. Words that prose uses as well, as `by` and `sport`, count only
/// where they open a line or are all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) anywhere: u32,
    pub(super) start: u32,
    pub(super) whole: u32,
}

impl Places {
    /// The places in 12 bytes of a table.
    pub(super) const fn from_bytes(b: &[u8; 12]) -> Self {
        Self {
            anywhere: u32::from_le_bytes([b[0], b[1], b[2], b[3]]),
            start: u32::from_le_bytes([b[4], b[5], b[6], b[7]]),
            whole: u32::from_le_bytes([b[8], b[9], b[10], b[11]]),
        }
    }
}
