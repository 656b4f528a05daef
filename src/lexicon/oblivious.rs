//! Oblivious trees: every node of one depth asks the same question, so a tree is a handful of comparisons and a table of
//! leaves. Here a tree is asked for a block of rows at once, without a branch, for the rankers and for the line model.

/// Questions of a tree.
pub(crate) const DEPTH: usize = 6;

/// Leaves of a tree: the answers are the bits of a leaf's number, the first one the lowest.
pub(crate) const LEAVES: usize = 1 << DEPTH;

/// Rows that are worked on at once: as many as a register of AVX2 holds bytes.
pub(crate) const BLOCK: usize = 32;

/// Rows whose leaves are looked up at once: as many as a register holds elsewhere.
const GROUP: usize = 8;

/// A question to a block: what the rows show, and what has to be passed.
pub(crate) type Question<'a> = (&'a [u8; BLOCK], u8);

/// Adds to each row's sum the value of the leaf that its answers name. A sum stops at the bounds of sixteen bits.
#[inline]
pub(crate) fn add(
    sums: &mut [i16; BLOCK],
    questions: [Question<'_>; DEPTH],
    value_of: impl Fn(usize) -> i16,
) {
    // Comparisons and masks of whole vectors: no value is branched on.
    let leaves: [u8; BLOCK] = std::array::from_fn(|row| {
        (0..DEPTH).fold(0, |leaf, depth| {
            let (values, least) = questions[depth];
            let bit = 1 << depth;
            leaf | if values[row] > least { bit } else { 0 }
        })
    });
    let groups = sums.as_chunks_mut::<GROUP>().0;
    for (sums, leaves) in groups.iter_mut().zip(leaves.as_chunks().0) {
        // A group is read at once: this is most of what a tree costs.
        let mut leaves = u64::from_le_bytes(*leaves);
        for sum in sums {
            *sum = sum.saturating_add(value_of(leaves as usize & (LEAVES - 1)));
            leaves >>= 8;
        }
    }
}

/// The same on a machine with AVX2: the leaves of a tree lie in registers, in which one instruction looks up a leaf for
/// each row of a block.
#[cfg(target_arch = "x86_64")]
pub(crate) mod wide {
    use std::arch::x86_64::{
        __m256i, _mm256_adds_epi16, _mm256_andnot_si256, _mm256_blendv_epi8, _mm256_cmpeq_epi8,
        _mm256_min_epu8, _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256,
        _mm256_shuffle_epi8, _mm256_unpackhi_epi8, _mm256_unpacklo_epi8,
    };

    use fearless_simd::{Avx2, SimdBase, SimdInto, i16x16, u8x32};

    use super::{BLOCK, DEPTH, LEAVES, Question};

    /// Leaves of a register: those that the first four questions choose from.
    pub(crate) const TABLE: usize = 16;

    /// The leaves of a tree, one byte of each, every table in both halves of its register.
    pub(crate) type Tables = [__m256i; LEAVES / TABLE];

    /// All bits of the rows that do not pass.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(crate) fn fails(avx2: Avx2, (values, least): Question<'_>) -> __m256i {
        let values: __m256i = u8x32::from_slice(avx2, values).into();
        let least = _mm256_set1_epi8(least.cast_signed());
        _mm256_cmpeq_epi8(_mm256_min_epu8(values, least), values)
    }

    /// The sums of a block of rows.
    #[derive(Clone, Copy)]
    pub(crate) struct Sums {
        /// Of the first eight rows of each half of a register of bytes.
        first: __m256i,
        second: __m256i,
    }

    impl Sums {
        #[target_feature(enable = "avx2")]
        #[inline]
        pub(crate) fn new() -> Self {
            Self {
                first: _mm256_setzero_si256(),
                second: _mm256_setzero_si256(),
            }
        }

        /// As [`super::add`]: of each question, which rows fail it, and the lower and the upper bytes of the leaves.
        #[target_feature(enable = "avx2")]
        #[inline]
        pub(crate) fn add(&mut self, fails: [__m256i; DEPTH], low: &Tables, high: &Tables) {
            let bit =
                |depth: usize| _mm256_andnot_si256(fails[depth], _mm256_set1_epi8(1 << depth));
            let low_bits = _mm256_or_si256(bit(0), bit(1));
            let place = _mm256_or_si256(low_bits, _mm256_or_si256(bit(2), bit(3)));
            let [.., fifth, sixth] = fails;
            let leaf = |tables: &Tables| {
                let found = |n: usize| _mm256_shuffle_epi8(tables[n], place);
                let low = _mm256_blendv_epi8(found(1), found(0), fifth);
                let high = _mm256_blendv_epi8(found(3), found(2), fifth);
                _mm256_blendv_epi8(high, low, sixth)
            };
            let (low, high) = (leaf(low), leaf(high));
            self.first = _mm256_adds_epi16(self.first, _mm256_unpacklo_epi8(low, high));
            self.second = _mm256_adds_epi16(self.second, _mm256_unpackhi_epi8(low, high));
        }

        /// The sums in the order of the rows.
        #[target_feature(enable = "avx2")]
        #[inline]
        pub(crate) fn in_order(self, avx2: Avx2) -> [i16; BLOCK] {
            let mut sums = [0; BLOCK];
            let first: i16x16<_> = self.first.simd_into(avx2);
            let second: i16x16<_> = self.second.simd_into(avx2);
            first.store_slice(&mut sums[..BLOCK / 2]);
            second.store_slice(&mut sums[BLOCK / 2..]);
            // Bytes were unpacked within each half of a register.
            sums.as_chunks_mut::<{ BLOCK / 4 }>().0.swap(1, 2);
            sums
        }
    }
}
