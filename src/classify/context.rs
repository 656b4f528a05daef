//! What a later pass sees beside the base columns: the marginals of the pass before, where the main run of the body
//! seems to lie, and how much each unit coheres with it.

use crate::classify::columns::{Columns, log, share};
use crate::classify::embedded;
use crate::classify::features::{self, Page, Reach};
use crate::classify::style;
use crate::classify::vocabulary::{self, Vocabulary};

macro_rules! context_columns {
    ($($(#[doc = $doc:literal])* $name:ident: $reach:ident,)*) => {
        #[derive(Clone, Copy)]
        enum Context { $($(#[doc = $doc])* $name,)* }

        /// Name and reach of the columns that [`extend`] adds, in order.
        pub(crate) const CONTEXT: &[(&str, Reach)] = &[$((stringify!($name), Reach::$reach)),*];
    };
}

context_columns! {
    /// The marginal of the pass before.
    Marginal: Wide,
    /// Marginal weighted by length.
    Mass: Wide,
    /// Whether it lies in the main run.
    InRun: Near,
    /// Units to the start of the main run, 128 on it, less above.
    FromRunStart: Own,
    /// Units to the end of the main run, 128 on it, less above.
    FromRunEnd: Own,
    /// Share of the body's mass above.
    MassAbove: Own,
    /// Share of the body's mass that stands in the unit's own stretch of likely body.
    StretchMass: Own,
    /// Rank of that stretch by mass.
    StretchRank: Own,
    /// Share of its telling words that return in the likely body.
    Returns: Wide,
    /// Number of those.
    Ties: Near,
    /// Expected words of the body, logarithmic.
    PageMass: Own,
    /// Share of them in the main run.
    PageFocus: Own,
    /// Expected share of the page's words.
    PageShare: Own,
    /// How undecided the pass before was.
    PageDoubt: Own,
    /// What the pass before thinks of the units with the same spacing around.
    LikeSpacing: Near,
    /// Of those that begin and end alike and are about as long.
    LikeOutline: Near,
    /// Of those that begin with the same word.
    LikeFirst: Near,
    /// Of those that end in the same word.
    LikeLast: Near,
    /// Of those that agree in spacing and outline.
    LikeBoth: Near,
    /// Share of its telling words that return in the lines above the main run that speak of it.
    HeadReturns: Wide,
    /// Number of those.
    HeadTies: Near,
    /// Share of its telling words that return at the main run's beginning.
    LedeReturns: Wide,
    /// Number of those.
    LedeTies: Near,
    /// Share of its telling words that return in the likely body right around it.
    NearReturns: Wide,
    /// Length as against the likely body's mean.
    LikeLength: Near,
    /// The marginal of the unit that prints the same words, by how many of them.
    EchoMarginal: Own,
}

/// Units of low marginal that a stretch of likely body may hold without ending.
const STRETCH_GAP: usize = 3;

/// What the words of a unit are looked for in: the likely body, the lines above it that speak of it, its beginning.
type Ties = Vocabulary<3>;
const WHOLE: usize = 0;
const HEAD: usize = 1;
const LEDE: usize = 2;

/// Puts the context columns behind the base columns of `page`, given one marginal a unit (255 is certain).
pub(crate) fn extend(page: &Page, marginals: &[u8], columns: &mut Columns) {
    let base = features::count();
    columns.renew_from(base, CONTEXT.len());
    let marginals = &embedded::without(page, marginals);
    let rows = marginals.len();
    if rows == 0 {
        return;
    }
    let words: Vec<u32> = (0..rows)
        .map(|row| page.shape(row).words.min(200) + 1)
        .collect();
    let mass: Vec<u64> = marginals
        .iter()
        .zip(&words)
        .map(|(p, w)| u64::from(*p) * u64::from(*w))
        .collect();
    let total: u64 = mass.iter().sum();
    let all: u64 = words.iter().map(|w| u64::from(*w)).sum();
    let (start, end) = main_run(marginals, &words);
    let focus: u64 = mass[start..end].iter().sum();
    let stretches = stretches(marginals, &mass);
    let mut vocabulary = Ties::new(&page.words);
    vocabulary.weigh(WHOLE, &page.words, marginals);
    let head = head(page, &vocabulary, marginals, start);
    vocabulary.weigh(HEAD, &page.words, &head);
    let lede = lede(marginals, &words, (start, end));
    vocabulary.weigh(LEDE, &page.words, &lede);
    let near = vocabulary::near(&page.words, marginals);
    let expected_units: u64 = marginals.iter().map(|p| u64::from(*p)).sum();
    let mean_length = (total / expected_units.max(1)).max(1) as u32;
    let doubt: u64 = marginals
        .iter()
        .zip(&words)
        .map(|(p, w)| u64::from((*p).min(255 - *p)) * u64::from(*w))
        .sum();
    for (column, value) in [
        (Context::PageMass, log((total / 255) as u32, 20)),
        (
            Context::PageFocus,
            share((focus >> 8) as u32, (total >> 8).max(1) as u32),
        ),
        (Context::PageShare, share((total / 255) as u32, all as u32)),
        (
            Context::PageDoubt,
            share((doubt >> 4) as u32, (total >> 4).max(1) as u32),
        ),
    ] {
        columns.of_mut(base + column as usize).fill(value);
    }
    let mut above = 0;
    for i in 0..rows {
        let mut set = |column: Context, value: u8| columns.set(base + column as usize, i, value);
        set(Context::Marginal, marginals[i]);
        set(Context::Mass, log((mass[i] / 255) as u32, 30));
        set(
            Context::InRun,
            if (start..end).contains(&i) { 255 } else { 0 },
        );
        set(Context::FromRunStart, signed(i, start));
        set(Context::FromRunEnd, signed(i, end.saturating_sub(1)));
        set(
            Context::MassAbove,
            share((above >> 8) as u32, (total >> 8).max(1) as u32),
        );
        above += mass[i];
        let (stretch, rank) = stretches[i];
        set(
            Context::StretchMass,
            share((stretch >> 8) as u32, (total >> 8).max(1) as u32),
        );
        set(Context::StretchRank, rank.min(15) * 16);
        let own = [marginals[i], head[i], lede[i]];
        let [whole, to_head, to_lede] = vocabulary.ties(&page.words, i, own);
        set(Context::Returns, whole.0);
        set(Context::Ties, whole.1);
        set(Context::HeadReturns, to_head.0);
        set(Context::HeadTies, to_head.1);
        set(Context::LedeReturns, to_lede.0);
        set(Context::LedeTies, to_lede.1);
        set(Context::NearReturns, near[i]);
        set(Context::LikeLength, log(words[i] * 16 / mean_length, 28));
        let echo = page.echoes[i];
        if let Some(other) = echo.other {
            let p = u32::from(marginals[other as usize]) * u32::from(echo.share);
            set(Context::EchoMarginal, (p / 255) as u8);
        }
    }
    const LOOKS: [Context; style::LOOKS] = [
        Context::LikeSpacing,
        Context::LikeOutline,
        Context::LikeFirst,
        Context::LikeLast,
        Context::LikeBoth,
    ];
    let mut company = style::Company::new(marginals);
    for (look, keys) in LOOKS.into_iter().zip(&page.looks) {
        company.fill(keys, columns.of_mut(base + look as usize));
    }
}

/// Units above the main run that may hold its headline.
const HEAD_REACH: usize = 30;

/// 255 for the units above the main run two of whose telling words return in the likely body: headline, standfirst,
/// captions of its pictures.
fn head(page: &Page, vocabulary: &Ties, marginals: &[u8], start: usize) -> Vec<u8> {
    let mut head = vec![0; marginals.len()];
    for i in start.saturating_sub(HEAD_REACH)..start {
        let ties = || vocabulary.ties(&page.words, i, [marginals[i], 0, 0])[WHOLE].1;
        if marginals[i] < 128 && ties() >= log(2, 36) {
            head[i] = 255;
        }
    }
    head
}

/// Words of the main run that are its beginning.
const LEDE_WORDS: u32 = 120;

/// The marginals of the main run's beginning, 0 elsewhere.
fn lede(marginals: &[u8], words: &[u32], (start, end): (usize, usize)) -> Vec<u8> {
    let mut lede = vec![0; marginals.len()];
    let mut seen = 0;
    for i in start..end {
        if seen < LEDE_WORDS && marginals[i] >= 128 {
            lede[i] = marginals[i];
            seen += words[i];
        }
    }
    lede
}

fn signed(i: usize, from: usize) -> u8 {
    let distance = log(i.abs_diff(from) as u32, 16).min(127);
    if i >= from {
        128 + distance
    } else {
        128 - distance
    }
}

/// The contiguous units whose marginals, less a level that only body reaches, sum up to the most.
pub(crate) fn main_run(marginals: &[u8], words: &[u32]) -> (usize, usize) {
    /// A unit below this marginal weakens a run, one above strengthens it.
    const LEVEL: i64 = 96;
    let (mut best, mut best_sum) = ((0, 0), 0);
    let (mut start, mut sum) = (0, 0);
    for (i, (p, w)) in marginals.iter().zip(words).enumerate() {
        sum += (i64::from(*p) - LEVEL) * i64::from((*w).min(60));
        if sum <= 0 {
            (start, sum) = (i + 1, 0);
        } else if sum > best_sum {
            (best, best_sum) = ((start, i + 1), sum);
        }
    }
    best
}

/// For each unit, the mass of its stretch of likely body and the stretch's rank, 15 outside any.
fn stretches(marginals: &[u8], mass: &[u64]) -> Vec<(u64, u8)> {
    let mut found: Vec<(usize, usize, u64)> = Vec::new();
    for (i, p) in marginals.iter().enumerate() {
        if *p < 128 {
            continue;
        }
        match found.last_mut() {
            Some((_, end, sum)) if i - *end <= STRETCH_GAP => {
                *sum += mass[*end..=i].iter().sum::<u64>();
                *end = i + 1;
            }
            _ => found.push((i, i + 1, mass[i])),
        }
    }
    let mut ranks: Vec<usize> = (0..found.len()).collect();
    ranks.sort_by_key(|k| (std::cmp::Reverse(found[*k].2), *k));
    let mut stretches = vec![(0, 15); marginals.len()];
    for (rank, k) in ranks.into_iter().enumerate() {
        let (start, end, sum) = found[k];
        stretches[start..end].fill((sum, rank.min(14) as u8));
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::{main_run, stretches};

    #[test]
    fn the_main_run_passes_over_a_short_gap_but_not_a_long_one() {
        let words = [20; 10];
        assert_eq!(
            main_run(&[0, 250, 250, 0, 250, 0, 0, 0, 0, 250], &words),
            (1, 5)
        );
    }

    #[test]
    fn stretches_are_ranked_by_mass() {
        let p = [200, 0, 0, 0, 0, 200, 200];
        let mass: Vec<u64> = p.iter().map(|p| u64::from(*p as u8) * 10).collect();
        let ranks: Vec<u8> = stretches(&p.map(|p: i32| p as u8), &mass)
            .iter()
            .map(|s| s.1)
            .collect();
        assert_eq!(ranks, [1, 15, 15, 15, 15, 0, 0]);
    }
}
