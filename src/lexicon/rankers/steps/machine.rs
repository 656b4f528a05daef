//! What a machine with AVX2 does otherwise, with the same results. Elsewhere looking up leaves is most of what a headline
//! costs.

use fearless_simd::Level;

use super::{BLOCK, Columns, Threshold, Whole, leaves, passed};

/// Candidates that are sooner worked on one by one: a date has five rivals.
const FEW: usize = 5;

/// What the machine can do.
#[derive(Clone, Copy)]
pub(super) struct Machine(Level);

impl Machine {
    pub(super) fn new() -> Self {
        Self(Level::new())
    }

    /// Candidates that are sooner worked on one by one.
    pub(super) fn few(self) -> usize {
        #[cfg(target_arch = "x86_64")]
        if self.0.as_avx2().is_some() {
            return 1;
        }
        FEW
    }

    /// How many of the thresholds each value is greater than.
    pub(super) fn passed(
        self,
        values: &[f32; BLOCK],
        thresholds: &[Threshold],
        steps: &mut [u8; BLOCK],
    ) {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = self.0.as_avx2() {
            return wide::passed(avx2, values, thresholds, steps);
        }
        passed(values, thresholds, steps);
    }

    /// What the leaves of all trees add up to for each candidate of a block.
    pub(super) fn leaves(self, trees: &[Whole], columns: &Columns) -> [i16; BLOCK] {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = self.0.as_avx2() {
            return wide::leaves(avx2, trees, columns);
        }
        leaves(trees, columns)
    }
}

#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        __m256, _CMP_GT_OQ, _mm256_broadcastsi128_si256, _mm256_castps_si256, _mm256_cmp_ps,
        _mm256_packs_epi32, _mm256_packus_epi16, _mm256_permutevar8x32_epi32, _mm256_set1_ps,
        _mm256_setr_epi32, _mm256_setzero_si256, _mm256_sub_epi32,
    };

    use fearless_simd::{SimdBase, SimdInto, f32x8, kernel, u8x16, u8x32};

    use super::super::oblivious::wide::{Sums, TABLE, Tables, fails};
    use super::super::{BLOCK, Columns, GROUP, LEAVES, Threshold, Whole, parts, question};

    kernel!(
        pub(super) fn passed(
            avx2: Avx2,
            values: &[f32; BLOCK],
            thresholds: &[Threshold],
            steps: &mut [u8; BLOCK],
        ) {
            let values = values.as_chunks::<GROUP>().0;
            let group = |n: usize| -> __m256 { f32x8::from_slice(avx2, &values[n]).into() };
            let values = [group(0), group(1), group(2), group(3)];
            let mut counts = [_mm256_setzero_si256(); 4];
            for threshold in thresholds {
                let threshold = _mm256_set1_ps(f32::from_le_bytes(*threshold));
                for (count, values) in counts.iter_mut().zip(&values) {
                    // All bits of a value that is greater, which is -1.
                    let greater = _mm256_cmp_ps::<_CMP_GT_OQ>(*values, threshold);
                    *count = _mm256_sub_epi32(*count, _mm256_castps_si256(greater));
                }
            }
            let [a, b, c, d] = counts;
            let (ab, cd) = (_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
            // Numbers were packed within each half of a register.
            let order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
            let all = _mm256_permutevar8x32_epi32(_mm256_packus_epi16(ab, cd), order);
            let all: u8x32<_> = all.simd_into(avx2);
            all.store_slice(steps);
        }
    );

    kernel!(
        pub(super) fn leaves(avx2: Avx2, trees: &[Whole], columns: &Columns) -> [i16; BLOCK] {
            let tables = |leaves: &[u8; LEAVES]| -> Tables {
                std::array::from_fn(|n| {
                    let leaves = &leaves[n * TABLE..][..TABLE];
                    _mm256_broadcastsi128_si256(u8x16::from_slice(avx2, leaves).into())
                })
            };
            let mut sums = Sums::new();
            for tree in trees {
                let parts = parts(tree);
                let (low, high) = (tables(parts.1), tables(parts.2));
                let fails = |depth| fails(avx2, question(parts, columns, depth));
                let fails = [fails(0), fails(1), fails(2), fails(3), fails(4), fails(5)];
                sums.add(fails, &low, &high);
            }
            sums.in_order(avx2)
        }
    );
}

#[cfg(test)]
mod tests {
    use super::super::{BLOCK, Columns, NEVER, Threshold, Whole, leaves, passed};
    use super::Machine;

    /// Numbers that look random.
    fn numbers() -> impl FnMut() -> u8 {
        let mut state = 7_u32;
        move || {
            state = state.wrapping_mul(0x0019_660d).wrapping_add(0x3c6e_f35f);
            (state >> 24) as u8
        }
    }

    #[test]
    fn every_machine_finds_the_same_leaves() {
        let mut next = numbers();
        let columns: Columns = std::array::from_fn(|_| std::array::from_fn(|_| next() / 2));
        let mut trees = [[0; size_of::<Whole>()]; 50];
        trees.iter_mut().flatten().for_each(|byte| *byte = next());
        for tree in &mut trees {
            // Some of the questions that fill a tree up, and leaves whose sums fit.
            tree[11] = NEVER;
            tree[76..]
                .iter_mut()
                .for_each(|byte| *byte = [0, 255][usize::from(*byte & 1)]);
        }
        let found = Machine::new().leaves(&trees, &columns);
        assert_eq!(found, leaves(&trees, &columns));
    }

    #[test]
    fn every_machine_counts_the_same_steps() {
        let mut next = numbers();
        let mut values: [f32; BLOCK] = std::array::from_fn(|_| f32::from(next()) / 8.0);
        values[3..7].copy_from_slice(&[f32::NAN, f32::INFINITY, -0.0, 16.0]);
        for count in [0_u8, 1, 7, 200] {
            let thresholds: Vec<Threshold> = (0..count)
                .map(|n| (f32::from(n) - 9.0).to_le_bytes())
                .collect();
            let (mut found, mut told) = ([9; BLOCK], [0; BLOCK]);
            Machine::new().passed(&values, &thresholds, &mut found);
            passed(&values, &thresholds, &mut told);
            assert_eq!(found, told);
        }
    }
}
