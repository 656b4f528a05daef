//! Units that print the same, letters and digits alone.

use crate::classify::shape::Shape;

/// Which units print the same.
pub(crate) struct Repeats {
    /// How often each unit is printed on the page.
    pub(crate) times: Vec<u32>,
    /// The first unit that prints the same as each; itself where there is none above.
    pub(crate) first: Vec<u32>,
}

/// Finds the units that print the same. Units of one letter never repeat.
pub(crate) fn repeats(shapes: &[Shape]) -> Repeats {
    const FREE: u32 = u32::MAX;
    let mask = (shapes.len() * 2).next_power_of_two() - 1;
    // The first unit with each fingerprint, by open addressing.
    let mut table = vec![FREE; mask + 1];
    let mut times = vec![0_u32; shapes.len()];
    let first: Vec<u32> = (0_u32..)
        .zip(shapes)
        .map(|(i, shape)| {
            let mut at = (shape.fingerprint >> 20) as usize & mask;
            while table[at] != FREE && shapes[table[at] as usize].fingerprint != shape.fingerprint {
                at = (at + 1) & mask;
            }
            if table[at] == FREE {
                table[at] = i;
            }
            let first = table[at];
            times[first as usize] += 1;
            first
        })
        .collect();
    let repeats = |first: u32| shapes[first as usize].letters >= 2;
    Repeats {
        times: first
            .iter()
            .map(|first| {
                if repeats(*first) {
                    times[*first as usize]
                } else {
                    1
                }
            })
            .collect(),
        first: (0_u32..)
            .zip(&first)
            .map(|(i, first)| if repeats(*first) { *first } else { i })
            .collect(),
    }
}
