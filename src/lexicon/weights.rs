//! The weights of the small rankers of the metadata stage, from `data/*.weights.tsv`.

use super::table;

/// A network with one hidden layer of rectified units and one output.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Names of the features, in order.
    pub features: Vec<&'static str>,
    mean: Vec<f32>,
    scale: Vec<f32>,
    /// For each hidden unit its bias, then a weight for each feature.
    hidden: Vec<Vec<f32>>,
    /// The bias, then a weight for each hidden unit, then one for each feature.
    output: Vec<f32>,
    /// The score of the choice that no candidate is right.
    pub none: f32,
}

impl Weights {
    /// Reads weights; rows are `part` and its values separated by spaces.
    ///
    /// # Errors
    /// What is wrong with the file, with its line where one is to blame.
    pub fn read(text: &'static str) -> Result<Self, String> {
        let mut weights = Self::default();
        for row in table::rows::<2>(text) {
            let (line, [part, values]) = row?;
            if part == "features" {
                weights.features = values.split(' ').collect();
                continue;
            }
            let numbers: Vec<f32> = values
                .split(' ')
                .map(|v| {
                    v.parse::<f32>()
                        .map_err(|e| format!("line {line}: {v}: {e}"))
                })
                .collect::<Result<_, _>>()?;
            match part {
                "mean" => weights.mean = numbers,
                "scale" => weights.scale = numbers,
                "hidden" => weights.hidden.push(numbers),
                "output" => weights.output = numbers,
                "none" => weights.none = numbers.first().copied().unwrap_or_default(),
                _ => return Err(format!("line {line}: unknown part {part}")),
            }
        }
        let n = weights.features.len();
        let whole = weights.mean.len() == n
            && weights.scale.len() == n
            && weights.hidden.iter().all(|unit| unit.len() == n + 1)
            && weights.output.len() == 1 + weights.hidden.len() + n;
        if whole {
            Ok(weights)
        } else {
            Err("the parts differ in length".to_owned())
        }
    }

    /// The score of a candidate with these features, which are in the order of [`Self::features`].
    #[must_use]
    pub fn score(&self, features: &[f32]) -> f32 {
        let x: Vec<f32> = features
            .iter()
            .zip(self.mean.iter().zip(&self.scale))
            .map(|(value, (mean, scale))| (value - mean) * scale)
            .collect();
        let dot = |weights: &[f32]| weights.iter().zip(&x).map(|(w, v)| w * v).sum::<f32>();
        let Some((bias, rest)) = self.output.split_first() else {
            return 0.0;
        };
        let (upper, direct) = rest.split_at(self.hidden.len().min(rest.len()));
        let deep: f32 = self
            .hidden
            .iter()
            .zip(upper)
            .map(|(unit, weight)| (unit[0] + dot(&unit[1..])).max(0.0) * weight)
            .sum();
        bias + deep + dot(direct)
    }
}

#[cfg(test)]
mod tests {
    use super::Weights;

    #[test]
    fn a_network_is_scored_as_written() {
        let text = "part\tvalues\nfeatures\ta b\nmean\t1 0\nscale\t1 2\nhidden\t0.5 1 -1\noutput\t0.1 2 0 1\nnone\t0\n";
        let weights = Weights::read(text).unwrap();
        // x = [2, 2]; hidden = max(0, 0.5 + 2 - 2) = 0.5; output = 0.1 + 2 * 0.5 + 1 * 2.
        assert!((weights.score(&[3.0, 1.0]) - 3.1).abs() < 1e-6);
    }

    #[test]
    fn parts_of_other_lengths_are_refused() {
        let text = "part\tvalues\nfeatures\ta b\nmean\t1\nscale\t1 2\noutput\t0 0 0\n";
        assert!(Weights::read(text).is_err());
    }
}
