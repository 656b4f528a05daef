//! Furniture of the page that was taken for text or for a sub-heading, told by its own words: labels are set like
//! sub-headings, and what they announce is written in sentences.

use super::headings::{cues, is_brief};
use crate::label::{LineKind, Reason};
use crate::lexicon::cues::{Cue, CueCounts, Cues};

/// What is known of a line by a cue: how strong the cue must be, and what the line is by it.
type Sign = (Cue, u8, LineKind, Reason);

/// The strength of a cue that a short line holds, of one that opens its line, and of one that is all of it.
const HELD: u8 = 130;
const OPENS: u8 = 200;
const WHOLE: u8 = 255;

/// Signs that no sub-heading of the corpus has.
const LABELS: [Sign; 5] = [
    (Cue::Related, OPENS, LineKind::Related, Reason::RelatedLinks),
    (
        Cue::Cookie,
        HELD,
        LineKind::CookieNotice,
        Reason::CookieWords,
    ),
    (Cue::AuthorNote, WHOLE, LineKind::Unknown, Reason::SignOff),
    (Cue::Caption, HELD, LineKind::Caption, Reason::PhotoCredit),
    (Cue::Copyright, HELD, LineKind::Caption, Reason::PhotoCredit),
];

/// Signs that no paragraph of the corpus has.
const NOTICES: [Sign; 3] = [
    (
        Cue::Cookie,
        OPENS,
        LineKind::CookieNotice,
        Reason::CookieWords,
    ),
    (
        Cue::Newsletter,
        OPENS,
        LineKind::Newsletter,
        Reason::NewsletterWords,
    ),
    (Cue::Paywall, HELD, LineKind::Paywall, Reason::PaywallWords),
];

/// Probability, in per cent, that a line is what its words say.
const LIKELY: u8 = 88;

/// Bytes of a line of more words than a short one has, of which the beginning alone is looked at.
const HEAD: usize = 120;

/// What a line is that looks like a sub-heading by all that stands around it.
pub(super) fn label(slice: &str) -> Option<(LineKind, Reason, u8)> {
    let cues = is_brief(slice).then(|| cues(slice))?;
    told(&LABELS, &cues, cues.words())
}

/// What a line is that was taken for a paragraph.
pub(super) fn notice(slice: &str) -> Option<(LineKind, Reason, u8)> {
    let head = &slice[..slice.floor_char_boundary(HEAD)];
    if head.len() == slice.len() {
        let cues = cues(slice);
        return told(&NOTICES, &cues, cues.words());
    }
    // In a line of that many words every sign asks for what opens it.
    let mut opening = CueCounts::default();
    Cues::shipped().count_opening(head, &mut opening);
    told(&NOTICES, &opening, u32::MAX)
}

/// What the first of `signs` says that a line of so many words has.
fn told(signs: &[Sign], cues: &CueCounts, words: u32) -> Option<(LineKind, Reason, u8)> {
    let says = |(cue, least, ..): &&Sign| cues.strength(*cue, words) >= *least;
    let (.., kind, reason) = signs.iter().find(says)?;
    Some((*kind, *reason, LIKELY))
}

#[cfg(test)]
mod tests {
    use super::{label, notice};
    use crate::label::LineKind;

    #[test]
    fn a_label_is_no_sub_heading() {
        let kind = |slice| label(slice).map(|(kind, ..)| kind);
        assert_eq!(
            kind("ALSO READ: Harbour board meets"),
            Some(LineKind::Related)
        );
        assert_eq!(kind("Sobre la firma"), Some(LineKind::Unknown));
        assert_eq!(
            kind("Empfohlener redaktioneller Inhalt"),
            Some(LineKind::CookieNotice)
        );
        assert_eq!(kind("What the skippers want"), None);
        assert_eq!(kind("Data model"), None);
    }

    #[test]
    fn a_notice_is_no_paragraph() {
        let kind = |slice| notice(slice).map(|(kind, ..)| kind);
        assert_eq!(
            kind("Subscribe to our newsletter and never miss a tide."),
            Some(LineKind::Newsletter)
        );
        assert_eq!(kind("The board met on Monday."), None);
    }
}
