//! The nouns of judging: what a piece of text was taken for, why, and how sure that is.

use crate::document::{Part, Span, Units};

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal,)*) => {
        /// What a line, or a piece of one, was taken for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum LineKind { $($(#[doc = $doc])* $name,)* }

        impl LineKind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in the record: camelCase, stable.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// What it is, for a person; the documentation of the variant.
            #[must_use]
            pub fn description(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),*).trim()),* }
            }
        }
    };
}

kinds! {
    /// The title of the article.
    Headline = "headline",
    /// A short label printed over or before the headline.
    Kicker = "kicker",
    /// A line between headline and body that sums the story up; also deck or subtitle.
    Standfirst = "standfirst",
    /// Who wrote it, at the head.
    Byline = "byline",
    /// Who wrote it, at the end; also sign-off.
    Tagline = "tagline",
    /// When it was published or changed.
    Timestamp = "timestamp",
    /// Where it was written.
    Dateline = "dateline",
    /// The breadcrumb or section.
    Section = "section",
    /// The name of the outlet.
    Masthead = "masthead",
    /// A notice that corrects this article.
    Correction = "correction",
    /// A copyright notice.
    Copyright = "copyright",
    /// A speaker's name standing alone on its line.
    SpeakerLabel = "speakerLabel",
    /// A paragraph of the article.
    Body = "body",
    /// A sub-heading inside the body.
    Crosshead = "crosshead",
    /// Text that goes with a picture, its credit included.
    Caption = "caption",
    /// A sentence of the body printed again for display.
    PullQuote = "pullQuote",
    /// Another story: a teaser, or a whole article embedded in the page.
    Related = "related",
    /// Menus, breadcrumbs, search boxes, skip links.
    Navigation = "navigation",
    /// Buttons for sharing, printing, listening, font size.
    ShareBar = "shareBar",
    /// An invitation to subscribe by mail or to follow.
    Newsletter = "newsletter",
    /// An advertisement or the place where one stood.
    Advertisement = "advertisement",
    /// Readers' comments and what surrounds them.
    Comments = "comments",
    /// Ranked lists: most read, most popular.
    Ranking = "ranking",
    /// Imprint, addresses, terms at the end of the page.
    Footer = "footer",
    /// A notice about cookies or consent.
    CookieNotice = "cookieNotice",
    /// A notice that the rest is for subscribers.
    Paywall = "paywall",
    /// Any other machine part: players, polls, weather, counters.
    Widget = "widget",
    /// Nothing but white space.
    Blank = "blank",
    /// Not part of the article, and nothing tells what it is.
    Unknown = "unknown",
}

impl LineKind {
    /// Whether text of this kind leaves the record, counted under `removed`.
    #[must_use]
    pub const fn is_removed(self) -> bool {
        matches!(
            self,
            Self::Navigation
                | Self::ShareBar
                | Self::Newsletter
                | Self::Advertisement
                | Self::Comments
                | Self::Ranking
                | Self::Footer
                | Self::CookieNotice
                | Self::Paywall
                | Self::Widget
                | Self::Unknown
        )
    }

    /// Whether text of this kind becomes a block of the record.
    #[must_use]
    pub const fn is_block(self) -> bool {
        matches!(
            self,
            Self::Body | Self::Crosshead | Self::Caption | Self::PullQuote
        )
    }
}

macro_rules! reasons {
    ($($name:ident = $code:literal, $explanation:literal;)*) => {
        /// Why a piece was taken for what it was taken for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Reason { $(#[doc = $explanation] $name,)* }

        impl Reason {
            /// Every reason, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// A stable kebab-case name, as in the record's ledger.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// One sentence for a person, without the full stop.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$name => $explanation),* }
            }
        }
    };
}

reasons! {
    ModelBody = "model-body", "the line model takes it for article text";
    ModelNotBody = "model-not-body", "the line model takes it for something other than the article";
    MainRun = "main-run", "it stands inside the main run of article text";
    RepeatsBody = "repeats-body", "it prints again what the article says elsewhere on the page";
    OutsideMainRun = "outside-main-run", "it reads like article text but stands away from the main run";
    ShortBetweenBody = "short-between-body", "a short line between paragraphs of the article";
    SectionMark = "section-mark", "a sub-heading mark such as ◆ or ■ opens it";
    RepeatedQuote = "repeated-quote", "it repeats a sentence of the body for display";
    BestHeadline = "best-headline", "the best candidate for the headline";
    OutletName = "outlet-name", "the name that is likeliest the outlet's";
    RepeatedHeadline = "repeated-headline", "it repeats the headline";
    BracketedKicker = "bracketed-kicker", "a bracketed label at the head of the headline";
    BelowHeadline = "below-headline", "it stands between the headline and the body";
    RunInByline = "run-in-byline", "a byline run in at the head of a paragraph";
    BylineLine = "byline-line", "a line that names the author";
    SignOff = "sign-off", "the author's name or e-mail after the story";
    StoryMark = "story-mark", "a mark of the story's end or of an editor's note";
    DateLabel = "date-label", "a date with a label that says which date it is";
    DateShape = "date-shape", "a date near the headline";
    DatelinePlace = "dateline-place", "the place at the head of the first paragraph";
    BreadcrumbLine = "breadcrumb", "the path of sections to the article";
    CorrectionNotice = "correction-notice", "it says that the article was corrected";
    CopyrightNotice = "copyright", "a copyright or reproduction notice";
    SpeakerName = "speaker-name", "a speaker's label in a script or interview";
    PhotoCredit = "photo-credit", "a photograph's credit";
    CaptionShape = "caption-shape", "it reads like the text of a picture";
    RelatedLinks = "related-links", "it stands under a heading for related stories";
    RelatedArticle = "related-article", "a whole other article embedded in the page";
    TeaserShape = "teaser-shape", "it reads like the teaser of another story";
    MenuShape = "menu-shape", "a short line among short lines, as in a menu";
    NavigationWords = "navigation-words", "words of menus and page tools";
    ShareWords = "share-bar", "words of share and print buttons";
    NewsletterWords = "newsletter", "words of an invitation to subscribe or follow";
    AdvertisementWords = "advertisement", "words that mark an advertisement";
    CommentWords = "comments", "words of a comment area";
    CommentArea = "comment-area", "it stands inside the comment area";
    RankingWords = "ranking", "words of a most-read list";
    RankingList = "ranking-list", "it stands in a ranked list";
    FooterWords = "footer", "words of an imprint or of terms of use";
    FooterArea = "footer-area", "it stands after everything else on the page";
    CookieWords = "cookie-notice", "words of a cookie or consent notice";
    PaywallWords = "paywall", "words of an offer to subscribers";
    WidgetWords = "widget", "words of a player, poll or counter";
    FrontMatter = "front-matter", "a field that a scraper wrote above the text";
    MachineText = "machine-text", "remains of markup or code";
    WhiteSpace = "white-space", "nothing but white space";
}

/// What a piece was taken for, why, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it was taken for.
    pub kind: LineKind,
    /// Why.
    pub reason: Reason,
    /// Probability that `kind` is right, in per cent, 0 to 100.
    pub confidence: u8,
    /// What an earlier pass had taken it for, where a later one overruled it.
    pub was: Option<LineKind>,
}

impl Verdict {
    /// A verdict that overrules none.
    #[must_use]
    pub const fn new(kind: LineKind, reason: Reason, confidence: u8) -> Self {
        Self {
            kind,
            reason,
            confidence,
            was: None,
        }
    }

    /// A later verdict on the same piece, which keeps what this one said.
    #[must_use]
    pub fn overruled(self, kind: LineKind, reason: Reason, confidence: u8) -> Self {
        let was = if kind == self.kind {
            self.was
        } else {
            Some(self.kind)
        };
        Self {
            kind,
            reason,
            confidence,
            was,
        }
    }
}

/// A unit, or a piece of one where its head, tail or middle is something else than the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The unit it belongs to.
    pub unit: u32,
    /// Its place in the document text; the pieces of a unit tile the unit's hull.
    pub span: Span,
    /// What it was taken for.
    pub verdict: Verdict,
}

/// A finding of a later stage about a span of the text, laid over the labels by [`Labels::claim`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it is about; may be part of a unit or run over several.
    pub span: Span,
    /// What it is.
    pub kind: LineKind,
    /// Why.
    pub reason: Reason,
    /// Probability that it is right, in per cent.
    pub confidence: u8,
}

/// The verdicts on one document.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Labels {
    /// In reading order; each unit has at least one.
    pub pieces: Vec<Piece>,
    /// BCP 47 code of the body's language; `und` when unsure.
    pub language: &'static str,
    /// The units that form the headline, in reading order; empty when none was found.
    pub headline: Vec<u32>,
    /// Probability that the headline is right, in per cent.
    pub headline_confidence: u8,
    /// For each unit its log-odds of being the headline, in units of 1/256; for ranking, not calibrated. Empty where
    /// no model judged.
    pub headline_odds: Vec<i32>,
    /// For each unit the model's probability that it is article text, 255 for certainty. Empty where no model judged.
    pub body_odds: Vec<u8>,
    /// For each unit the model's probability that it is a sub-heading if it is article text, 255 for certainty; 0 where
    /// it hardly is. Empty where no model judged.
    pub crosshead_odds: Vec<u8>,
    /// For each unit the first one that has the same text, itself where none above has it. Long lines are not looked up.
    /// Empty where no model judged.
    pub first_print: Vec<u32>,
    /// Expected quality of the body as a whole, in per cent; calibrated.
    pub body_confidence: u8,
}

impl Labels {
    /// Labels with one piece for each unit.
    #[must_use]
    pub fn new(units: &Units, verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let pieces = units
            .units
            .iter()
            .zip(verdicts)
            .enumerate()
            .map(|(i, (unit, verdict))| Piece {
                unit: i as u32,
                span: unit.span,
                verdict,
            })
            .collect();
        Self {
            pieces,
            language: "und",
            ..Self::default()
        }
    }

    /// The pieces of unit `unit`, in reading order.
    #[must_use]
    pub fn of_unit(&self, unit: u32) -> &[Piece] {
        let start = self.pieces.partition_point(|piece| piece.unit < unit);
        let end = start + self.pieces[start..].partition_point(|piece| piece.unit == unit);
        &self.pieces[start..end]
    }

    /// The kind of the longest piece of unit `unit`.
    #[must_use]
    pub fn kind(&self, unit: u32) -> LineKind {
        self.of_unit(unit)
            .iter()
            .max_by_key(|piece| piece.span.len())
            .map_or(LineKind::Unknown, |piece| piece.verdict.kind)
    }

    /// The parts of piece `piece` in the document text, trimmed, none empty.
    pub fn parts<'a>(
        &self,
        text: &'a str,
        units: &'a Units,
        piece: &Piece,
    ) -> impl Iterator<Item = Part> + 'a {
        units.parts_within(text, piece.unit as usize, piece.span)
    }

    /// Lays `claims` over the pieces: a piece that a claim covers in part is cut. Where claims overlap, the one
    /// that comes later in `claims` wins.
    pub fn claim(&mut self, claims: &[Claim]) {
        if claims.is_empty() {
            return;
        }
        let mut by_start: Vec<usize> = (0..claims.len()).collect();
        by_start.sort_by_key(|index| claims[*index].span.start);
        let mut waiting = by_start.into_iter().peekable();
        // The claims that reach into the piece at hand, in the order of `claims`.
        let mut here: Vec<usize> = Vec::new();
        let mut cut = Vec::new();
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2 * claims.len());
        for piece in &self.pieces {
            here.retain(|index| claims[*index].span.end > piece.span.start);
            while let Some(index) = waiting.next_if(|i| claims[*i].span.start < piece.span.end) {
                if claims[index].span.end > piece.span.start {
                    let place = here.partition_point(|other| *other < index);
                    here.insert(place, index);
                }
            }
            cut.clear();
            cut.push(*piece);
            for index in &here {
                lay(&mut cut, &claims[*index]);
            }
            pieces.append(&mut cut);
        }
        self.pieces = pieces;
    }
}

/// Lays one claim over the pieces of one piece.
fn lay(pieces: &mut Vec<Piece>, claim: &Claim) {
    let start = pieces.partition_point(|piece| piece.span.end <= claim.span.start);
    let end = start + pieces[start..].partition_point(|piece| piece.span.start < claim.span.end);
    let mut replaced = Vec::with_capacity(end - start + 2);
    for piece in &pieces[start..end] {
        let Some(both) = piece.span.intersect(claim.span) else {
            replaced.push(*piece);
            continue;
        };
        let verdict = piece.verdict;
        let claimed = verdict.overruled(claim.kind, claim.reason, claim.confidence);
        let cuts = [
            (Span::new(piece.span.start, both.start), verdict),
            (both, claimed),
            (Span::new(both.end, piece.span.end), verdict),
        ];
        replaced.extend(cuts.into_iter().filter(|(span, _)| !span.is_empty()).map(
            |(span, verdict)| Piece {
                unit: piece.unit,
                span,
                verdict,
            },
        ));
    }
    pieces.splice(start..end, replaced);
}

#[cfg(test)]
mod tests {
    use super::{Claim, Labels, LineKind, Piece, Reason, Span, Verdict};

    fn labels(spans: &[(u32, u32)]) -> Labels {
        let verdict = Verdict::new(LineKind::Body, Reason::ModelBody, 90);
        let pieces = spans
            .iter()
            .enumerate()
            .map(|(i, &(start, end))| Piece {
                unit: i as u32,
                span: Span::new(start, end),
                verdict,
            })
            .collect();
        Labels {
            pieces,
            ..Labels::default()
        }
    }

    #[test]
    fn a_claim_cuts_the_piece_it_covers_in_part() {
        let mut labels = labels(&[(0, 10), (12, 20)]);
        let claim = Claim {
            span: Span::new(4, 14),
            kind: LineKind::Byline,
            reason: Reason::RunInByline,
            confidence: 99,
        };
        labels.claim(&[claim]);
        let got: Vec<_> = labels
            .pieces
            .iter()
            .map(|p| (p.unit, p.span.start, p.span.end, p.verdict.kind))
            .collect();
        let want = [
            (0, 0, 4, LineKind::Body),
            (0, 4, 10, LineKind::Byline),
            (1, 12, 14, LineKind::Byline),
            (1, 14, 20, LineKind::Body),
        ];
        assert_eq!(got, want);
        assert_eq!(labels.pieces[1].verdict.was, Some(LineKind::Body));
    }

    #[test]
    fn of_claims_that_overlap_the_later_one_wins() {
        let claim = |start, end, kind| Claim {
            span: Span::new(start, end),
            kind,
            reason: Reason::RunInByline,
            confidence: 99,
        };
        let mut labels = labels(&[(0, 10), (12, 20), (22, 30)]);
        labels.claim(&[
            claim(2, 26, LineKind::Byline),
            claim(14, 16, LineKind::Caption),
            claim(0, 4, LineKind::Dateline),
        ]);
        let got: Vec<_> = labels
            .pieces
            .iter()
            .map(|p| (p.span.start, p.span.end, p.verdict.kind))
            .collect();
        let want = [
            (0, 2, LineKind::Dateline),
            (2, 4, LineKind::Dateline),
            (4, 10, LineKind::Byline),
            (12, 14, LineKind::Byline),
            (14, 16, LineKind::Caption),
            (16, 20, LineKind::Byline),
            (22, 26, LineKind::Byline),
            (26, 30, LineKind::Body),
        ];
        assert_eq!(got, want);
    }
}
