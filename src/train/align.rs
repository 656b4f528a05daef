//! Gold to units: which unit of a page is which block of its gold. Tokens of both are aligned in order, so that a
//! sentence printed twice is matched where the rest of the body stands.

use std::collections::HashMap;

use crate::document::Units;
use crate::train::score::tokens;

/// Length of the runs of tokens that anchor the alignment.
const ANCHOR: usize = 4;
/// A run that the page prints more often than this anchors nothing.
const MOST_PLACES: usize = 12;
/// Gaps between anchors are aligned token by token up to this many pairs.
const MOST_PAIRS: usize = 4_000_000;

/// For each unit, the gold block that most of its tokens were aligned with, if at least half were.
pub(crate) fn align(text: &str, units: &Units, blocks: &[&str]) -> Vec<Option<usize>> {
    let mut ids: HashMap<String, u32> = HashMap::new();
    let mut id = |token: &str| {
        let next = ids.len() as u32;
        *ids.entry(token.to_owned()).or_insert(next)
    };
    let mut page = Vec::new();
    let mut starts = vec![0];
    for i in 0..units.units.len() {
        page.extend(tokens(&units.text(text, i)).into_iter().map(&mut id));
        starts.push(page.len());
    }
    let mut gold = Vec::new();
    let mut block_of = Vec::new();
    for (b, block) in blocks.iter().enumerate() {
        gold.extend(tokens(block).into_iter().map(&mut id));
        block_of.resize(gold.len(), b);
    }
    let matched = align_tokens(&page, &gold);
    (0..units.units.len())
        .map(|i| {
            let range = starts[i]..starts[i + 1];
            let mut counts: HashMap<usize, usize> = HashMap::new();
            let hits: Vec<usize> = range
                .clone()
                .filter_map(|t| matched[t])
                .map(|g| block_of[g])
                .collect();
            if range.is_empty() || hits.len() * 2 < range.len() {
                return None;
            }
            for b in &hits {
                *counts.entry(*b).or_default() += 1;
            }
            counts
                .into_iter()
                .max_by_key(|(b, count)| (*count, usize::MAX - b))
                .map(|(b, _)| b)
        })
        .collect()
}

/// For each page token the gold token it is aligned with.
fn align_tokens(page: &[u32], gold: &[u32]) -> Vec<Option<usize>> {
    let mut matched = vec![None; page.len()];
    let mut last = (0, 0);
    let mut chain = chain(page, gold);
    chain.push((page.len(), gold.len()));
    for (p, g) in chain {
        if p < last.0 || g < last.1 {
            continue;
        }
        fill_gap(page, gold, last, (p, g), &mut matched);
        if p < page.len() {
            let mut length = 0;
            while length < ANCHOR {
                matched[p + length] = Some(g + length);
                length += 1;
            }
            last = (p + length, g + length);
        }
    }
    matched
}

/// The longest chain of anchors that rises in both texts.
fn chain(page: &[u32], gold: &[u32]) -> Vec<(usize, usize)> {
    if page.len() < ANCHOR || gold.len() < ANCHOR {
        return Vec::new();
    }
    let mut places: HashMap<&[u32], Vec<usize>> = HashMap::new();
    for (p, run) in page.windows(ANCHOR).enumerate() {
        places.entry(run).or_default().push(p);
    }
    let mut in_gold: HashMap<&[u32], usize> = HashMap::new();
    for run in gold.windows(ANCHOR) {
        *in_gold.entry(run).or_default() += 1;
    }
    // Patience sorting; within one gold position the page positions fall, so that only one of them can be chosen.
    let mut piles: Vec<usize> = Vec::new();
    let mut nodes: Vec<(usize, usize, Option<usize>)> = Vec::new();
    // Of several chains of one length the one without a gap is wanted: the anchors of the gold position before, with
    // the length of the chain that ends in each.
    let mut before: HashMap<usize, (usize, usize)> = HashMap::new();
    for (g, run) in gold.windows(ANCHOR).enumerate() {
        let mut here = HashMap::new();
        let found = places
            .get(run)
            .filter(|found| found.len() <= MOST_PLACES && in_gold[run] == 1);
        for p in found.into_iter().flatten().rev() {
            let at = piles.partition_point(|node| nodes[*node].0 < *p);
            let touching = p
                .checked_sub(1)
                .and_then(|p| before.get(&p))
                .filter(|(_, length)| *length == at);
            let shortest = at.checked_sub(1).map(|below| piles[below]);
            nodes.push((*p, g, touching.map(|(node, _)| *node).or(shortest)));
            here.insert(*p, (nodes.len() - 1, at + 1));
            if at == piles.len() {
                piles.push(nodes.len() - 1);
            } else {
                piles[at] = nodes.len() - 1;
            }
        }
        before = here;
    }
    let mut chain = Vec::new();
    let mut node = piles.last().copied();
    while let Some(at) = node {
        chain.push((nodes[at].0, nodes[at].1));
        node = nodes[at].2;
    }
    chain.reverse();
    chain
}

/// Aligns the tokens between two anchors: what continues them without a gap, then a longest common subsequence.
fn fill_gap(
    page: &[u32],
    gold: &[u32],
    from: (usize, usize),
    to: (usize, usize),
    matched: &mut [Option<usize>],
) {
    let (mut p0, mut g0) = from;
    let (mut p1, mut g1) = to;
    while p0 < p1 && g0 < g1 && page[p0] == gold[g0] && from != (0, 0) {
        matched[p0] = Some(g0);
        p0 += 1;
        g0 += 1;
    }
    while p0 < p1 && g0 < g1 && page[p1 - 1] == gold[g1 - 1] && p1 < page.len() {
        matched[p1 - 1] = Some(g1 - 1);
        p1 -= 1;
        g1 -= 1;
    }
    let (rows, width) = (p1 - p0, g1 - g0);
    if rows == 0 || width == 0 || rows * width > MOST_PAIRS {
        return;
    }
    // Score of a match, and a bonus for one that continues another: whole units win over scattered words.
    let stride = width + 1;
    let mut best = vec![0_u32; (rows + 1) * stride];
    let mut run = vec![0_u32; (rows + 1) * stride];
    for p in 1..=rows {
        for g in 1..=width {
            let (up, left, diagonal) = (
                best[(p - 1) * stride + g],
                best[p * stride + g - 1],
                (p - 1) * stride + g - 1,
            );
            let mut value = up.max(left);
            if page[p0 + p - 1] == gold[g0 + g - 1] {
                run[p * stride + g] = run[diagonal] + 1;
                value = value.max(best[diagonal] + 1 + run[p * stride + g].min(4));
            }
            best[p * stride + g] = value;
        }
    }
    let (mut p, mut g) = (rows, width);
    while p > 0 && g > 0 {
        let here = best[p * stride + g];
        if here == best[(p - 1) * stride + g] {
            p -= 1;
        } else if here == best[p * stride + g - 1] {
            g -= 1;
        } else {
            matched[p0 + p - 1] = Some(g0 + g - 1);
            p -= 1;
            g -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::align;
    use crate::layout;

    #[test]
    fn a_line_printed_twice_is_matched_inside_the_body() {
        let page = "\
The bridge will close
Menu
The bridge will close in spring, the council said on Monday evening.
Nobody was surprised by it, least of all the people of the town.
Teaser: The bridge will close
";
        let units = layout::units(page);
        let blocks = [
            "The bridge will close in spring, the council said on Monday evening.",
            "Nobody was surprised by it, least of all the people of the town.",
        ];
        assert_eq!(
            align(page, &units, &blocks),
            [None, None, Some(0), Some(1), None]
        );
    }
}
