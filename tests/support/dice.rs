//! The numbers by which tests and benchmarks make what they feed to the program.

/// SplitMix64, so that what was made can be made again.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`, or 0.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}
