//! From probabilities to kinds: which units are the body, which of them sub-headings, and what everything else is.
//! The first judgement of each unit comes from the line model; what stands around it then names its kind.

use crate::classify::body::{BODY, Body, MOST_STANDFIRST};
use crate::classify::edges::{End, Start};
use crate::classify::features::Page;
use crate::classify::model::Marginals;
use crate::document::Units;
use crate::label::{Labels, LineKind, Reason, Verdict};
use crate::lexicon::cues::Cue;

/// Columns; a unit that is not body and longer than this is another story's text rather than a teaser.
const LONG_TEXT: u32 = 300;

/// Names the kind of every unit.
pub(crate) fn label(
    text: &str,
    units: &Units,
    page: &Page,
    marginals: &Marginals,
    calibration: &[u8],
) -> Labels {
    let rows = units.units.len();
    let Body {
        is_body,
        embedded,
        copies,
    } = Body::new(text, units, page, &marginals.body);
    let first = is_body.iter().position(|body| *body);
    let last = is_body.iter().rposition(|body| *body);
    let headline = headline(page, marginals, first);
    let percent = |p: u8| {
        (u32::from(calibration.get(usize::from(p)).copied().unwrap_or(p)) * 100 / 255) as u8
    };

    let mut area = Area::Top;
    let mut verdicts = Vec::with_capacity(rows);
    for i in 0..rows {
        let p = marginals.body[i];
        if is_body[i] {
            area = Area::Body;
            verdicts.push(body(page, marginals, i, percent(p)));
            continue;
        }
        let stray = if embedded[i] {
            Some((LineKind::Related, Reason::RelatedArticle))
        } else if copies[i] || page.printed_again[i] {
            Some((LineKind::Unknown, Reason::RepeatsBody))
        } else {
            None
        };
        if let Some((kind, reason)) = stray {
            let mut verdict = Verdict::new(kind, reason, 80);
            verdict.was = (p >= BODY).then_some(LineKind::Body);
            verdicts.push(verdict);
            continue;
        }
        area = area.after(page, i, last.is_none_or(|last| i > last));
        let place = Place {
            before: first.is_none_or(|first| i < first),
            after: last.is_none_or(|last| i > last),
            area,
        };
        let (kind, reason) = match (headline, first) {
            (Some(h), _) if h == i => (LineKind::Headline, Reason::BestHeadline),
            (Some(h), _)
                if page.shapes[h].fingerprint == page.shapes[i].fingerprint
                    && page.shapes[h].letters > 8 =>
            {
                (LineKind::Headline, Reason::RepeatedHeadline)
            }
            (Some(h), Some(f)) if h < i && i < f && is_credited(page, i) => {
                (LineKind::Caption, Reason::PhotoCredit)
            }
            (Some(h), Some(f))
                if h < i && i < f && f - h <= MOST_STANDFIRST && is_standfirst(page, i) =>
            {
                (LineKind::Standfirst, Reason::BelowHeadline)
            }
            _ => other(page, i, place),
        };
        let mut verdict = Verdict::new(kind, reason, 100 - percent(p).min(100));
        if marginals.stages[0][i] >= BODY {
            verdict.was = Some(LineKind::Body);
        }
        verdicts.push(verdict);
    }
    let mut labels = Labels::new(units, verdicts);
    labels.body_confidence = expected_f1(page, marginals, &is_body);
    labels.headline = headline.into_iter().map(|i| i as u32).collect();
    labels.headline_confidence = headline.map_or(0, |i| {
        (crate::classify::trees::logistic(f64::from(marginals.headline[i]) / 256.0) * 100.0) as u8
    });
    labels.headline_odds.clone_from(&marginals.headline);
    labels.body_odds.clone_from(&marginals.body);
    labels.crosshead_odds.clone_from(&marginals.crosshead);
    labels
}

/// The F1 that the marginals themselves expect of a body, in per cent: of the words taken, how many are likely body;
/// of the words likely body, how many were taken.
fn expected_f1(page: &Page, marginals: &Marginals, is_body: &[bool]) -> u8 {
    let (mut taken, mut hits, mut likely) = (0_u64, 0_u64, 0_u64);
    for ((shape, p), body) in page.shapes.iter().zip(&marginals.body).zip(is_body) {
        let (words, p) = (u64::from(shape.words), u64::from(*p));
        likely += words * p;
        if *body {
            taken += words * 255;
            hits += words * p;
        }
    }
    if taken == 0 {
        0
    } else {
        (200 * hits / (taken + likely)) as u8
    }
}

/// What the model takes for body: a paragraph, or a sub-heading.
fn body(page: &Page, marginals: &Marginals, i: usize, confidence: u8) -> Verdict {
    let shape = &page.shapes[i];
    let mut verdict = if marginals.crosshead[i] >= BODY {
        Verdict::new(LineKind::Crosshead, Reason::ShortBetweenBody, confidence)
    } else {
        Verdict::new(LineKind::Body, Reason::ModelBody, confidence)
    };
    if marginals.stages[0][i] < BODY {
        verdict.reason = if verdict.kind == LineKind::Body {
            Reason::MainRun
        } else {
            verdict.reason
        };
        verdict.was = Some(LineKind::Unknown);
    }
    if verdict.kind == LineKind::Crosshead && shape.start == Start::Bullet {
        verdict.reason = Reason::SectionMark;
    }
    verdict
}

/// The unit that is most likely the headline: among those not far below the start of the body, the best by score.
fn headline(page: &Page, marginals: &Marginals, first: Option<usize>) -> Option<usize> {
    let limit = first.map_or(page.shapes.len(), |first| first + 1);
    (0..limit)
        .filter(|i| page.shapes[*i].letters >= 4 && marginals.body[*i] < 250)
        .max_by_key(|i| (marginals.headline[*i], std::cmp::Reverse(*i)))
        .filter(|i| marginals.headline[*i] > -3 * 256)
}

/// Whether a line beside the body is the text of a picture: it names whose picture it is, at its end.
fn is_credited(page: &Page, i: usize) -> bool {
    let (shape, cues) = (&page.shapes[i], &page.cues[i]);
    let in_brackets = shape.end == End::Bracket && shape.brackets > 0 && shape.separators > 0;
    shape.words >= 4
        && shape.times == 0
        && (in_brackets || cues.count(Cue::Caption) > 0)
        && !cues.opens(Cue::Byline)
}

fn is_standfirst(page: &Page, i: usize) -> bool {
    let (shape, cues) = (&page.shapes[i], &page.cues[i]);
    shape.words >= 3
        && shape.letters >= 8
        && shape.dates < 2
        && shape.times == 0
        && shape.addresses == 0
        && !cues.is_boilerplate()
        && !cues.opens(Cue::Byline)
        && !cues.opens(Cue::Caption)
        && !cues.opens(Cue::DateLabel)
        && shape.end != End::Colon
}

/// What part of the page a unit stands in, by the headings and widgets above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Area {
    Top,
    Body,
    Related,
    Ranking,
    Comments,
    Footer,
}

impl Area {
    fn after(self, page: &Page, i: usize, below: bool) -> Self {
        let (cues, shape) = (&page.cues[i], &page.shapes[i]);
        if !below && self == Self::Top {
            return self;
        }
        let heading = shape.words <= 8;
        if heading && cues.opens(Cue::Comments) {
            Self::Comments
        } else if heading && cues.opens(Cue::Ranking) {
            Self::Ranking
        } else if heading && cues.opens(Cue::Related) {
            Self::Related
        } else if below
            && (cues.opens(Cue::Copyright) || cues.opens(Cue::Footer))
            && self != Self::Body
        {
            Self::Footer
        } else {
            self
        }
    }
}

#[derive(Clone, Copy)]
struct Place {
    before: bool,
    after: bool,
    area: Area,
}

/// What a unit is that is neither body nor headline.
fn other(page: &Page, i: usize, place: Place) -> (LineKind, Reason) {
    let (shape, cues) = (&page.shapes[i], &page.cues[i]);
    let inside = !place.before && !place.after;
    if shape.letters == 0 && shape.digits == 0 {
        return (LineKind::Widget, Reason::MachineText);
    }
    let beside = !place.before && (inside || place.area == Area::Body);
    if beside && (cues.opens(Cue::Caption) || is_credited(page, i)) {
        return (LineKind::Caption, Reason::PhotoCredit);
    }
    if inside && shape.addresses > 0 && shape.dates >= 2 {
        return (LineKind::Caption, Reason::PhotoCredit);
    }
    const BY_CUE: [(Cue, LineKind, Reason); 12] = [
        (Cue::Cookie, LineKind::CookieNotice, Reason::CookieWords),
        (Cue::Copyright, LineKind::Copyright, Reason::CopyrightNotice),
        (
            Cue::Correction,
            LineKind::Correction,
            Reason::CorrectionNotice,
        ),
        (
            Cue::Advertisement,
            LineKind::Advertisement,
            Reason::AdvertisementWords,
        ),
        (
            Cue::Newsletter,
            LineKind::Newsletter,
            Reason::NewsletterWords,
        ),
        (Cue::Paywall, LineKind::Paywall, Reason::PaywallWords),
        (Cue::Comments, LineKind::Comments, Reason::CommentWords),
        (Cue::Ranking, LineKind::Ranking, Reason::RankingWords),
        (Cue::Related, LineKind::Related, Reason::RelatedLinks),
        (Cue::Share, LineKind::ShareBar, Reason::ShareWords),
        (Cue::Footer, LineKind::Footer, Reason::FooterWords),
        (Cue::Widget, LineKind::Widget, Reason::WidgetWords),
    ];
    for (cue, kind, reason) in BY_CUE {
        if cues.opens(cue) {
            return (kind, reason);
        }
    }
    let prose = shape.is_sentence() || shape.columns >= LONG_TEXT;
    if prose && place.area == Area::Comments {
        return (LineKind::Comments, Reason::CommentArea);
    }
    if shape.columns >= LONG_TEXT && place.after && shape.stops > 2 {
        return (LineKind::Related, Reason::RelatedArticle);
    }
    if cues.opens(Cue::Navigation) {
        return (LineKind::Navigation, Reason::NavigationWords);
    }
    match place.area {
        Area::Top if prose => (LineKind::Unknown, Reason::OutsideMainRun),
        Area::Top => (LineKind::Navigation, Reason::MenuShape),
        Area::Comments => (LineKind::Comments, Reason::CommentArea),
        Area::Ranking => (LineKind::Ranking, Reason::RankingList),
        Area::Related if shape.words > 2 => (LineKind::Related, Reason::TeaserShape),
        Area::Footer => (LineKind::Footer, Reason::FooterArea),
        _ if prose && place.after => (LineKind::Related, Reason::TeaserShape),
        _ if place.after && shape.words <= 4 => (LineKind::Navigation, Reason::MenuShape),
        _ => (LineKind::Unknown, Reason::ModelNotBody),
    }
}
