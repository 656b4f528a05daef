//! What the labels do not tell apart yet: speakers' labels, section marks, captions and credits, as claims.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::document::{Document, Span, Units, is_alphanumeric, remains, trim};
use crate::label::{Claim, Labels, LineKind, Piece, Reason};

use super::announced;
use super::captions::{self, CAPTION_BYTES};
use super::furniture;
use super::headings::{self, Bare};
use super::quotes;
use super::seams::Seams;
use super::standfirst;
use super::strays;
use super::summary;
use super::turns::{self, Label, Shape};
use super::weights::Weights;

/// Units before the first and after the last paragraph in which a speaker's label or a credit is looked for.
const MARGIN: usize = 4;

/// Name labels (`JANE DOE:`) are believed from this many on, and where they open at least one in
/// [`NAME_LABEL_SHARE`] paragraphs: fewer are enumerations, not speech.
const NAME_LABELS: usize = 4;
const NAME_LABEL_SHARE: usize = 4;

/// Probability, in per cent, that a claim of each kind is right; judged on the annotated Korean pages.
const SURE: u8 = 97;
const LIKELY: u8 = 88;
/// The same of a stray: out of fold, in all renderings, the gold lacks about half of them.
const STRAYED: u8 = 50;

/// Finds speakers' labels, sub-headings with a mark, captions and credits in and around the body.
#[must_use]
pub fn roles(document: &Document, units: &Units, labels: &Labels, weights: &Weights) -> Roles {
    let text = document.text.as_str();
    let Some((from, first, last, near)) = bounds(labels) else {
        return Roles::default();
    };
    let seams = Seams::judge(text, units, labels, &weights.seam);
    let speakers = Speakers::find(text, near);
    let bare = Bare::find(text, units, near);
    let odds = headings::odds(text, units, labels, near, &seams, &weights.heading);
    // What is spoken is short and says little of the page's subject.
    let strays = if speakers.speak() {
        vec![false; near.len()]
    } else {
        strays::find(text, units, labels, near, &seams, &weights.stray)
    };
    let mut claims: Vec<Claim> = seams
        .torn_out(units, labels)
        .into_iter()
        .map(|unit| Claim {
            span: units.units[unit as usize].span,
            kind: LineKind::Body,
            reason: Reason::ShortBetweenBody,
            confidence: LIKELY,
        })
        .collect();
    let mut marks: Vec<Claim> = Vec::new();
    for (index, piece) in near.iter().enumerate() {
        let span = trim(text, piece.span);
        if span.is_empty() {
            continue;
        }
        let slice = span.of(text);
        if let Some(left) = remains::between(slice) {
            marks.extend(around(span, &left));
            if left.is_empty() {
                continue;
            }
        }
        if let Some(words) = captions::picture(slice) {
            claims.extend(picture(span, words));
            continue;
        }
        let before = from + index > first;
        let after = from + index < last;
        if before && after && speakers.overrules(piece, slice) {
            claims.push(Claim {
                span: piece.span,
                kind: LineKind::Body,
                reason: Reason::SpeakerName,
                confidence: LIKELY,
            });
            speakers.claim(text, LineKind::Body, span, &mut claims);
            continue;
        }
        if speakers.claim(text, piece.verdict.kind, span, &mut claims) {
            continue;
        }
        let under = index > 0 && near[index - 1].verdict.kind == LineKind::Body;
        if speakers.script
            && under
            && piece.verdict.kind != LineKind::Body
            && turns::is_sign_off(slice)
        {
            claims.push(Claim {
                span: piece.span,
                kind: LineKind::Body,
                reason: Reason::SpeakerName,
                confidence: LIKELY,
            });
            continue;
        }
        if !is_whole(units, piece) {
            continue;
        }
        // What a paragraph goes on in, or goes on from, is no heading of it.
        let inside = seams.continues(units, piece.unit) || seams.continues(units, piece.unit + 1);
        if inside && !headings::is_marked(slice) {
            if piece.verdict.kind == LineKind::Crosshead {
                let (kind, reason, confidence) = PLAIN;
                claims.push(Claim {
                    span: piece.span,
                    kind,
                    reason,
                    confidence,
                });
            }
            if matches!(piece.verdict.kind, LineKind::Body | LineKind::Crosshead) {
                continue;
            }
        }
        // A mark of sections says more than any odds, and so does that of a picture's owner.
        let told = || headings::is_marked(slice) || slice.contains(['©', 'ⓒ']);
        let heading = odds.get(index).copied().flatten().filter(|_| !told());
        let found = match piece.verdict.kind {
            LineKind::Body | LineKind::Crosshead
                if heading.is_some_and(|odds| odds < headings::TAKEN)
                    && piece.verdict.kind == LineKind::Crosshead =>
            {
                headings::is_else(slice)
                    .or_else(|| caption(slice, !after))
                    .or(Some(if strays[index] { STRAY } else { PLAIN }))
            }
            kind if heading.is_some_and(|odds| {
                odds >= if kind == LineKind::Body || kind == LineKind::Crosshead {
                    headings::TAKEN
                } else {
                    headings::PROMOTED
                }
            }) =>
            {
                let taken = matches!(kind, LineKind::Body | LineKind::Crosshead);
                match furniture::label(slice) {
                    label @ Some(_) => label.filter(|_| taken),
                    // However much like a heading it looks: `Anna Holm at the lock (photo: harbour archive)`.
                    None if captions::credit(slice).is_some_and(|credit| credit.sure) => {
                        caption(slice, !after)
                    }
                    None => (kind != LineKind::Crosshead).then_some(BARE),
                }
            }
            LineKind::Byline | LineKind::Tagline if before && after && is_photo_byline(slice) => {
                Some((LineKind::Caption, Reason::PhotoCredit, LIKELY))
            }
            LineKind::Crosshead => headings::is_else(slice),
            // A caption below the headline reads like a standfirst but for its credit, one beside the body like a teaser.
            LineKind::Standfirst | LineKind::Unknown if is_signed(slice) => {
                Some((LineKind::Caption, Reason::PhotoCredit, LIKELY))
            }
            LineKind::Body => caption(slice, !after)
                .or_else(|| (after && is_credited(text, units, near, index)).then_some(CREDITED))
                .or_else(|| {
                    (before && after)
                        .then(|| headings::is_else(slice))
                        .flatten()
                })
                .or_else(|| (after && headings::is_marked(slice)).then_some(MARKED))
                .or_else(|| {
                    (before && heading.is_none() && bare.is_heading(near, index)).then_some(BARE)
                })
                .or_else(|| {
                    // Of several lines the first may be a label, and the rest text.
                    let one = units.parts(piece.unit as usize).len() == 1;
                    one.then(|| furniture::notice(slice))?
                })
                .or_else(|| strays[index].then_some(STRAY)),
            LineKind::Unknown
                if captions::is_credit(slice) || captions::is_agency(slice) && after =>
            {
                Some((LineKind::Caption, Reason::PhotoCredit, SURE))
            }
            LineKind::Unknown if before && after && headings::is_marked(slice) => Some(MARKED),
            _ => None,
        };
        if let Some((kind, reason, confidence)) = found {
            claims.push(Claim {
                span: piece.span,
                kind,
                reason,
                confidence,
            });
        }
    }
    let listed = announced::find(text, units, near, &seams);
    let items: FxHashSet<u32> = listed.iter().map(|item| item.span.start).collect();
    claims.retain(|claim| !items.contains(&claim.span.start));
    claims.extend(listed);
    if speakers.script {
        claims.extend(printed_again(text, near));
    }
    claims.extend(quotes::pull_quotes(text, units, near));
    claims.extend(standfirst::find(units, labels, first));
    claims.extend(summary::find(text, units, labels, first));
    claims.extend(marks);
    Roles { claims, seams }
}

/// The claims of the marks at the ends of a piece, of which the bytes `left` are not.
fn around(span: Span, left: &Range<usize>) -> impl Iterator<Item = Claim> {
    let (start, end) = (left.start as u32, left.end as u32);
    let head = Span::new(span.start, span.start + start);
    let tail = Span::new(span.start + end, span.end);
    let marks = [head, tail].into_iter().filter(|span| !span.is_empty());
    marks.map(|span| Claim {
        span,
        kind: LineKind::Widget,
        reason: Reason::MachineText,
        confidence: SURE,
    })
}

/// The claims of a picture in Markdown: the words that stand in for it are its caption.
fn picture(span: Span, words: Range<usize>) -> [Claim; 2] {
    let claim = |span, kind, reason| Claim {
        span,
        kind,
        reason,
        confidence: SURE,
    };
    let (start, end) = (words.start as u32, words.end as u32);
    let words = Span::new(span.start + start, span.start + end);
    [
        claim(span, LineKind::Widget, Reason::MachineText),
        claim(words, LineKind::Caption, Reason::CaptionShape),
    ]
}

/// What this stage finds before it makes blocks.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// What pieces are, as claims over the labels.
    pub claims: Vec<Claim>,
    /// Where paragraphs go on from line to line.
    pub seams: Seams,
}

/// The pieces in and around the body: those that are looked at here.
pub(crate) fn near_body(labels: &Labels) -> &[Piece] {
    bounds(labels).map_or(&[], |(_, _, _, near)| near)
}

/// Where these pieces begin, the first and the last piece of the body, and the pieces.
fn bounds(labels: &Labels) -> Option<(usize, usize, usize, &[Piece])> {
    let is_body = |piece: &Piece| piece.verdict.kind == LineKind::Body;
    let first = labels.pieces.iter().position(is_body)?;
    let last = labels.pieces.iter().rposition(is_body)?;
    let from = first.saturating_sub(MARGIN);
    let to = (last + MARGIN + 1).min(labels.pieces.len());
    Some((from, first, last, &labels.pieces[from..to]))
}

const CREDITED: (LineKind, Reason, u8) = (LineKind::Caption, Reason::PhotoCredit, LIKELY);
const BARE: (LineKind, Reason, u8) = (LineKind::Crosshead, Reason::ShortBetweenBody, LIKELY);
const PLAIN: (LineKind, Reason, u8) = (LineKind::Body, Reason::ModelBody, LIKELY);
const STRAY: (LineKind, Reason, u8) = (LineKind::Unknown, Reason::ModelNotBody, STRAYED);
const MARKED: (LineKind, Reason, u8) = (LineKind::Crosshead, Reason::SectionMark, LIKELY);

/// Whether the piece is all of its unit, and the unit all of its line.
pub(super) fn is_whole(units: &Units, piece: &Piece) -> bool {
    let unit = &units.units[piece.unit as usize];
    unit.span == piece.span && !unit.continues
}

/// Which labels are believed in this document.
struct Speakers {
    /// Whether it is a broadcast script.
    script: bool,
    /// Whether letters of question and answer are labels.
    letters: bool,
    /// Whether names before a colon are labels.
    names: bool,
}

impl Speakers {
    fn find(text: &str, pieces: &[Piece]) -> Self {
        let mut paragraphs = 0;
        let mut letters = 0;
        let mut script = false;
        let mut names: Vec<&str> = Vec::new();
        for piece in pieces {
            let body = piece.verdict.kind == LineKind::Body;
            if !body && !may_be_label(piece.verdict.kind) {
                continue;
            }
            paragraphs += usize::from(body);
            let slice = trim(text, piece.span).of(text);
            match turns::label(slice) {
                Some(label) if label.shape == Shape::Script => {
                    script |= body || label.len == slice.len();
                }
                Some(label) if body && label.shape == Shape::QuestionOrAnswer => letters += 1,
                Some(label) if body && label.shape == Shape::Name => {
                    names.push(turns::speaker(&slice[..label.len]));
                }
                _ => {}
            }
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        Self {
            script,
            letters: letters >= 2,
            // Two or three people who speak in turn: each name comes back.
            names: count >= NAME_LABELS
                && count * NAME_LABEL_SHARE >= paragraphs
                && names.len() >= 2
                && names.len() * 2 <= count,
        }
    }

    /// Whether any label is believed.
    const fn speak(&self) -> bool {
        self.script || self.letters || self.names
    }

    fn believes(&self, label: Label) -> bool {
        match label.shape {
            Shape::Script | Shape::Soundbite => true,
            Shape::Guest => self.script,
            Shape::QuestionOrAnswer => self.letters,
            Shape::Name => self.names,
        }
    }

    /// Whether a piece that was not taken for text is a soundbite inside a script.
    fn overrules(&self, piece: &Piece, slice: &str) -> bool {
        self.script
            && piece.verdict.kind == LineKind::Unknown
            && turns::label(slice).is_some_and(|label| label.shape == Shape::Soundbite)
    }

    /// Claims the labels in a piece of kind `kind`; whether there were any.
    fn claim(&self, text: &str, kind: LineKind, span: Span, claims: &mut Vec<Claim>) -> bool {
        let slice = span.of(text);
        let label = turns::label(slice).filter(|label| self.believes(*label));
        let alone = label.is_some_and(|label| label.len == slice.len());
        if !(kind == LineKind::Body || (alone && may_be_label(kind))) {
            return false;
        }
        let start = span.start as usize;
        let mut push = |from: usize, to: usize| {
            claims.push(Claim {
                span: Span::at(start + from, start + to),
                kind: LineKind::SpeakerLabel,
                reason: Reason::SpeakerName,
                confidence: SURE,
            });
        };
        let mut inner = 0;
        if let Some(label) = label {
            push(0, label.len);
            inner = label.len;
        }
        if self.script && label.is_none_or(|label| label.tail == 0) {
            for (from, to) in inline_labels(slice, inner) {
                push(from, to);
                inner = to;
            }
        }
        if let Some(label) = label.filter(|label| label.tail > 0) {
            push(slice.len() - label.tail, slice.len());
        }
        inner > 0
    }
}

/// Kinds that a line holding only a speaker's label may have been taken for: a short line alone looks like a menu's.
const fn may_be_label(kind: LineKind) -> bool {
    kind.is_removed()
        || matches!(
            kind,
            LineKind::Crosshead | LineKind::SpeakerLabel | LineKind::Caption
        )
}

/// The paragraphs of a script that are printed twice, of one copy: players print the script again below their video. The
/// copy with more of the speakers' labels stays, of equal ones the first.
fn printed_again(text: &str, pieces: &[Piece]) -> Vec<Claim> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut again: Vec<(usize, usize)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let slice = trim(text, piece.span).of(text);
        if piece.verdict.kind == LineKind::Body && slice.len() >= PRINTED_BYTES {
            let first = *seen.entry(slice).or_insert(index);
            if first < index {
                again.push((first, index));
            }
        }
    }
    let labels = |copy: fn(&(usize, usize)) -> usize| {
        let from = again.iter().map(copy).min().unwrap_or_default();
        let to = again.iter().map(copy).max().unwrap_or_default();
        // The first paragraph's label stands above it.
        let copy = &pieces[from.saturating_sub(1)..=to];
        let label = |piece: &&Piece| {
            turns::label(trim(text, piece.span).of(text))
                .is_some_and(|label| label.shape == Shape::Script)
        };
        copy.iter().filter(label).count()
    };
    if again.is_empty() {
        return Vec::new();
    }
    let apart = again.iter().map(|pair| pair.0).max() < again.iter().map(|pair| pair.1).min();
    let second_stays = apart && labels(|pair| pair.1) > labels(|pair| pair.0);
    again
        .into_iter()
        .map(|(first, second)| Claim {
            span: pieces[if second_stays { first } else { second }].span,
            kind: LineKind::Unknown,
            reason: Reason::RepeatsBody,
            confidence: LIKELY,
        })
        .collect()
}

/// Bytes; shorter answers come again by chance.
const PRINTED_BYTES: usize = 40;

/// Labels of a script inside a text, after a sentence: several turns glued on one line.
fn inline_labels(slice: &str, from: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut ended = false;
    let mut skip_to = from;
    for (at, c) in slice[from..].char_indices() {
        let at = from + at;
        if at < skip_to {
            continue;
        }
        if ended
            && !c.is_whitespace()
            && let Some(label) = turns::marked(&slice[at..])
        {
            found.push((at, at + label.len));
            skip_to = at + label.len;
            ended = false;
            continue;
        }
        ended = matches!(c, '.' | '?' | '!' | '"' | '”' | ']') || (ended && c.is_whitespace());
    }
    found
}

/// Whether a text ends a sentence or a phrase and then says whose picture it goes with.
fn is_signed(slice: &str) -> bool {
    captions::credit(slice).is_some_and(|credit| {
        credit.sure
            && slice[..credit.range.start]
                .trim_end()
                .ends_with(['.', '。', '…'])
    })
}

/// Whether a short text is followed by a line that is nothing but the name of an agency: in two renderings of the corpus
/// all of fifteen such texts are captions. Below the last paragraph the name says who wrote the story.
fn is_credited(text: &str, units: &Units, near: &[Piece], index: usize) -> bool {
    let short = near[index].span.len() <= CREDITED_BYTES;
    short
        && near.get(index + 1).is_some_and(|next| {
            let open = next.verdict.kind == LineKind::Unknown || next.verdict.kind.is_removed();
            open && is_whole(units, next) && captions::is_agency(trim(text, next.span).of(text))
        })
}

/// Bytes of the longest caption whose credit stands below it.
const CREDITED_BYTES: usize = 300;

/// A caption by its own words: nothing but a credit, or a text that ends in one.
/// Agencies sign articles as well: at the end of the body the text must speak of what is seen.
fn caption(slice: &str, is_last: bool) -> Option<(LineKind, Reason, u8)> {
    if slice.len() > CAPTION_BYTES {
        return None;
    }
    if captions::describes(slice) || is_dated_photo(slice) || captions::says_twice(slice) {
        return Some((LineKind::Caption, Reason::CaptionShape, LIKELY));
    }
    let credit = captions::credit(slice).filter(|credit| credit.sure)?;
    let before = slice[..credit.range.start].trim_end();
    if !before.contains(is_alphanumeric) {
        return Some((LineKind::Caption, Reason::PhotoCredit, SURE));
    }
    let agency = crate::lexicon::captions::place(&slice[credit.name]).is_some();
    let seen = ["있다.", "모습.", "모습이다.", "있다", "모습", "摄", "撮影"]
        .iter()
        .any(|end| before.ends_with(end));
    let sentences = before.matches(['.', '。', '?', '!']).count();
    // `(왼쪽 사진)` tells the pictures of one caption apart.
    let pictured = seen && sentences <= 3
        || (!agency || !is_last) && (sentences <= 2 || before.contains("사진)"));
    pictured.then_some((LineKind::Caption, Reason::CaptionShape, LIKELY))
}

/// `[한빛 새벽통신=가람일보] 한가람 기자 = 시민들이 줄을 섰다. 2024. 03. 10.`: an agency's photographer and day around a caption.
fn is_dated_photo(slice: &str) -> bool {
    if !slice.starts_with(['[', '(', '【']) {
        return false;
    }
    let text = slice.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    let digits = slice[text.len()..].bytes().filter(u8::is_ascii_digit);
    let signed = slice
        .split_once('=')
        .is_some_and(|(_, rest)| rest.contains('='));
    signed && (6..=8).contains(&digits.count())
}

/// `[한빛=새벽통신] 한가람 기자 = 2024.03.10 garam@example.kr`: the byline of a picture, with its date.
fn is_photo_byline(slice: &str) -> bool {
    let digits = slice.bytes().filter(u8::is_ascii_digit).count();
    slice.len() <= CAPTION_BYTES && slice.starts_with(['[', '(', '【']) && digits >= 6
}

#[cfg(test)]
mod tests {
    use super::{caption, inline_labels, is_dated_photo, is_photo_byline, is_signed};

    #[test]
    fn labels_glued_into_a_line_are_found_after_sentences() {
        let text = "오늘 소식입니다. 기자> 네, 항만입니다. <앵커> 그렇군요.";
        let got: Vec<_> = inline_labels(text, 0)
            .into_iter()
            .map(|(from, to)| &text[from..to])
            .collect();
        assert_eq!(got, ["기자> ", "<앵커> "]);
    }

    #[test]
    fn the_byline_of_a_picture_holds_its_date() {
        assert!(is_photo_byline(
            "[한빛=새벽통신] 한가람 기자 = 2024.03.10 garam@example.kr"
        ));
        assert!(!is_photo_byline("[한빛=새벽통신] 한가람 기자 ="));
    }

    #[test]
    fn agencies_captions_hold_their_photographer_and_day() {
        assert!(is_dated_photo(
            "[한빛 새벽통신=가람일보] 한가람 기자 = 시민들이 줄을 섰다. 2024. 03. 10."
        ));
        assert!(!is_dated_photo(
            "[한빛=가람일보] 한가람 기자 = 시민들이 줄을 섰다."
        ));
        assert!(!is_dated_photo("(A=B) 그 해는 1 = 2024"));
    }

    #[test]
    fn a_caption_of_two_pictures_may_be_long() {
        let text = "비가 새는 집을 주민이 가리키고 있다(왼쪽 사진). 같은 날 관광객들이 탑을 본다. 시는 천막을 씌웠다. 복구에 나섰다. \
                    한빛=연합뉴스";
        assert!(caption(text, false).is_some());
        assert!(caption(&text.replace("사진", "창"), false).is_none());
    }

    #[test]
    fn a_standfirst_has_no_credit() {
        assert!(is_signed("빈소에 놓인 영정. [연합뉴스]"));
        assert!(!is_signed("내년까지 지역아동센터 3곳에 지원"));
        assert!(!is_signed("시장은 오늘 사임했다."));
    }
}
