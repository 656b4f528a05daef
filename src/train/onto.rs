//! More trees for weights that exist: a user's own pages are added to what the shipped weights learned, without the
//! pages that those were trained on. The old trees had not seen the new pages, so their marginals are honest on them,
//! and no folds are needed.

use crate::classify::columns::{Columns, Feature, Views};
use crate::classify::context;
use crate::classify::model::Model;
use crate::classify::trees::{self, Forest};
use crate::train::boost::{self, Rows};
use crate::train::corpus::Sample;
use crate::train::fit;

/// `base` with up to `trees` more trees in each pass, grown on `samples`.
pub(crate) fn extend(base: &Model, samples: &[Sample], trees: usize) -> Model {
    let mut model = base.clone();
    let mut columns: Vec<Columns> = samples
        .iter()
        .map(|sample| {
            let mut page = sample.page.clone();
            base.weigh_words(&mut page);
            page.columns
        })
        .collect();
    for (pass, forest) in model.passes.iter_mut().enumerate() {
        let list = fit::feature_list(pass > 0);
        // Context is that of the base alone: a pass sees the same marginals in training as it would without this page.
        let grown = grow(
            forest,
            samples,
            &mut columns,
            &list,
            trees,
            41 + pass as u64,
        );
        for (sample, columns) in samples.iter().zip(&mut columns) {
            let scores = base.passes[pass].scores(&mut Views::new(columns));
            let marginals: Vec<u8> = scores.into_iter().map(trees::probability).collect();
            context::extend(&sample.page, &marginals, columns);
        }
        append(forest, grown);
    }
    model
}

fn grow(
    forest: &Forest,
    samples: &[Sample],
    columns: &mut [Columns],
    list: &[Feature],
    trees: usize,
    seed: u64,
) -> Forest {
    let rows = samples.iter().map(|sample| sample.page.rows.len()).sum();
    let mut table: Vec<Vec<u8>> = list.iter().map(|_| Vec::with_capacity(rows)).collect();
    let (mut targets, mut weights, mut pages, mut start) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (number, (sample, columns)) in samples.iter().zip(columns).enumerate() {
        let mut views = Views::new(columns);
        start.extend(forest.scores(&mut views));
        views.prepare(list);
        for (feature, column) in list.iter().zip(&mut table) {
            column.extend_from_slice(&views.of(*feature)[..views.rows()]);
        }
        for i in sample.rows() {
            targets.push(sample.targets[i].is_body());
            weights.push(sample.weights[i]);
            pages.push(number as u32);
        }
    }
    let rows = Rows {
        columns: &table,
        targets: &targets,
        weights: &weights,
        pages: &pages,
    };
    boost::grow_onto(&rows, list, fit::options(trees), seed, &start)
}

/// Adds the trees of `grown` to those of `forest`.
fn append(forest: &mut Forest, grown: Forest) {
    let offset = forest.features.len() as u16;
    forest.features.extend(grown.features);
    forest.trees.extend(grown.trees.into_iter().map(|mut tree| {
        for split in &mut tree.splits {
            split.0 += offset;
        }
        tree
    }));
}

#[cfg(test)]
mod tests {
    use super::append;
    use crate::classify::columns::{Columns, Feature, View, Views};
    use crate::classify::trees::{DEPTH, Forest, LEAVES, Tree};

    #[test]
    fn appended_trees_ask_for_their_own_features() {
        let forest = |column, value| {
            let mut leaves = [0; LEAVES];
            leaves[1] = value;
            let mut splits = [(0, 255); DEPTH];
            splits[0] = (0, 10);
            Forest {
                features: vec![Feature {
                    column,
                    view: View::Neighbour(0),
                }],
                trees: vec![Tree { splits, leaves }],
                bias: 0,
            }
        };
        let mut both = forest(0, 3);
        append(&mut both, forest(1, 5));
        let mut columns = Columns::from([vec![20, 20, 0], vec![0, 20, 20]].as_slice());
        assert_eq!(both.scores(&mut Views::new(&mut columns)), [3, 8, 5]);
    }
}
