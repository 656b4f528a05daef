//! Features as dense columns of bytes, one row a unit: what the unit itself tells, what its neighbours tell, and
//! means over windows, made from prefix sums. Bytes are what the trees compare, so that nothing has to be
//! quantised when a page is judged, and equal pages give equal numbers on every machine.

use crate::lexicon::oblivious::BLOCK;

/// How a feature is read off the base columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum View {
    /// The value of the unit so many rows further down; 0 is the unit itself.
    Neighbour(i8),
    /// The mean over so many rows right above the unit, itself left out.
    Above(u8),
    /// The mean over so many rows right below the unit, itself left out.
    Below(u8),
}

/// A feature: a base column and how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Feature {
    /// Index of the base column.
    pub column: u8,
    /// How it is read.
    pub view: View,
}

impl Feature {
    /// Whether it is a mean over a window.
    pub(crate) fn is_mean(&self) -> bool {
        Mean::of(self).is_some()
    }
}

/// Widths of the windows that means are taken over, in rows.
pub(crate) const WINDOWS: [u8; 4] = [3, 8, 20, 50];
/// Zeros on either side of a column: rows beyond the page, for neighbours.
const PAD: usize = 8;

/// The columns of one page in one piece of memory, each with [`PAD`] zeros in front of it and at least as many behind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    rows: usize,
    /// Bytes of a column with what stands around it.
    stride: usize,
    bytes: Vec<u8>,
}

impl Columns {
    /// `count` columns of zeros, and room for `more` of them.
    pub(crate) fn with_room(rows: usize, count: usize, more: usize) -> Self {
        let stride = 2 * PAD + rows.next_multiple_of(BLOCK);
        let mut bytes = Vec::with_capacity((count + more) * stride);
        bytes.resize(count * stride, 0);
        Self {
            rows,
            stride,
            bytes,
        }
    }

    /// A column.
    pub(crate) fn of(&self, column: usize) -> &[u8] {
        &self.bytes[column * self.stride + PAD..][..self.rows]
    }

    /// A column, to be filled.
    pub(crate) fn of_mut(&mut self, column: usize) -> &mut [u8] {
        &mut self.bytes[column * self.stride + PAD..][..self.rows]
    }

    /// Puts one value.
    #[inline]
    pub(crate) fn set(&mut self, column: usize, row: usize, value: u8) {
        self.bytes[column * self.stride + PAD + row] = value;
    }

    /// Puts `count` columns of zeros in the place of all columns from number `first` on.
    pub(crate) fn renew_from(&mut self, first: usize, count: usize) {
        self.bytes.truncate(first * self.stride);
        self.bytes.resize((first + count) * self.stride, 0);
    }

    /// A column in whole blocks, so many rows further down; what stands beyond the last row and the zeros after it means
    /// nothing.
    fn shifted(&self, column: u8, shift: i8) -> &[u8] {
        let start = usize::from(column) * self.stride + PAD;
        let start = start.saturating_add_signed(isize::from(shift));
        &self.bytes[start..start + self.rows.next_multiple_of(BLOCK)]
    }
}

#[cfg(test)]
impl From<&[Vec<u8>]> for Columns {
    fn from(columns: &[Vec<u8>]) -> Self {
        let rows = columns.first().map_or(0, Vec::len);
        let mut all = Self::with_room(rows, columns.len(), 0);
        for (n, column) in columns.iter().enumerate() {
            all.of_mut(n).copy_from_slice(column);
        }
        all
    }
}

/// The views of the columns of one page, each made when it is first asked for.
pub(crate) struct Views<'a> {
    columns: &'a mut Columns,
    /// Where the means of each column and window stand in `means`, [`ABSENT`] where not made yet.
    places: Vec<u32>,
    means: Vec<u8>,
    /// Running sums of the column that means were last made of. They wrap around, which the sum of no window does.
    sums: Vec<u16>,
    summed: Option<u8>,
}

const ABSENT: u32 = u32::MAX;
/// Windows on both sides.
const MEANS: usize = 2 * WINDOWS.len();

impl<'a> Views<'a> {
    /// Views of `columns`.
    pub(crate) fn new(columns: &'a mut Columns) -> Self {
        Self::with_room(columns, 0)
    }

    /// The same, with room for so many means: a piece of memory that grows is copied each time.
    pub(crate) fn with_room(columns: &'a mut Columns, means: usize) -> Self {
        let means = means * columns.rows.next_multiple_of(BLOCK);
        let mut views = Self {
            columns,
            places: Vec::new(),
            means: Vec::with_capacity(means),
            sums: Vec::new(),
            summed: None,
        };
        views.forget_from(0);
        views
    }

    /// Rows of the page.
    pub(crate) fn rows(&self) -> usize {
        self.columns.rows
    }

    /// Has `fill` change the columns from number `first` on, whose views are forgotten.
    pub(crate) fn change_from(&mut self, first: usize, fill: impl FnOnce(&mut Columns)) {
        fill(self.columns);
        self.forget_from(first);
    }

    fn forget_from(&mut self, first: usize) {
        let count = self.columns.bytes.len() / self.columns.stride;
        self.places.truncate(first * MEANS);
        self.places.resize(count * MEANS, ABSENT);
        self.summed = None;
    }

    /// Makes the means that `features` ask for, so that [`Views::of`] finds them.
    pub(crate) fn prepare(&mut self, features: &[Feature]) {
        let missing = |mean: &Mean| self.places[mean.place()] == ABSENT;
        let means: Vec<Mean> = features
            .iter()
            .filter_map(Mean::of)
            .filter(missing)
            .collect();
        let whole = self.rows().next_multiple_of(BLOCK);
        for mean in means {
            if self.summed != Some(mean.column) {
                self.sum(mean.column);
            }
            let start = self.means.len();
            self.places[mean.place()] = start as u32;
            mean.add_to(&mut self.means, &self.sums);
            self.means.resize(start + whole, 0);
        }
    }

    fn sum(&mut self, column: u8) {
        let values = self.columns.of(usize::from(column));
        self.sums.resize(values.len() + 1, 0);
        let mut sum = 0_u16;
        for (below, value) in self.sums[1..].iter_mut().zip(values) {
            sum = sum.wrapping_add(u16::from(*value));
            *below = sum;
        }
        self.summed = Some(column);
    }

    /// The values of `feature` for all rows, rounded up to whole blocks. What stands beyond the last row means nothing.
    pub(crate) fn of(&self, feature: Feature) -> &[u8] {
        if let View::Neighbour(shift) = feature.view {
            return self.columns.shifted(feature.column, shift);
        }
        let place = Mean::of(&feature).map_or(0, |mean| mean.place());
        let start = self.places[place] as usize;
        &self.means[start..start + self.rows().next_multiple_of(BLOCK)]
    }
}

impl View {
    /// Whether views of this kind can be made: a neighbour in reach, a window of a width that there is.
    pub(crate) fn exists(self) -> bool {
        match self {
            Self::Neighbour(shift) => usize::from(shift.unsigned_abs()) <= PAD,
            Self::Above(window) | Self::Below(window) => WINDOWS.contains(&window),
        }
    }
}

/// The mean of a column over a window.
#[derive(Clone, Copy)]
struct Mean {
    column: u8,
    window: u8,
    below: bool,
}

impl Mean {
    /// The mean that `feature` is, if it is one.
    fn of(feature: &Feature) -> Option<Self> {
        let (window, below) = match feature.view {
            View::Neighbour(_) => return None,
            View::Above(window) => (window, false),
            View::Below(window) => (window, true),
        };
        Some(Self {
            column: feature.column,
            window,
            below,
        })
    }

    /// Its place among all means of all columns.
    fn place(self) -> usize {
        let window = WINDOWS.iter().position(|w| *w == self.window).unwrap_or(0);
        usize::from(self.column) * MEANS + 2 * window + usize::from(self.below)
    }

    /// Adds the running means of all rows, with rows beyond the page counting as zero: the page's edge is a fact that trees
    /// may use. `sums` has one entry more than there are rows.
    fn add_to(self, means: &mut Vec<u8>, sums: &[u16]) {
        let rows = sums.len() - 1;
        let scale = ((1_u32 << 16) / u32::from(self.window)) as u16;
        // The upper half of a product of 16 bits each, which processors have an instruction for.
        let mean = |high: u16, low: u16| {
            ((u32::from(high.wrapping_sub(low)) * u32::from(scale)) >> 16) as u8
        };
        let edge = usize::from(self.window).min(rows);
        if self.below {
            // Of a whole window below, as far as there is one.
            let windows = sums[1 + edge..].iter().zip(&sums[1..]);
            means.extend(windows.map(|(high, low)| mean(*high, *low)));
            // Then what is left.
            let all = sums[rows];
            means.extend(sums[rows - edge + 1..].iter().map(|low| mean(all, *low)));
        } else {
            means.extend(sums[..edge].iter().map(|high| mean(*high, 0)));
            let windows = sums[edge..rows].iter().zip(sums);
            means.extend(windows.map(|(high, low)| mean(*high, *low)));
        }
    }
}

/// `scale` × log₂(1 + n), as a byte.
pub(crate) const fn log(n: u32, scale: u32) -> u8 {
    let log = if (n as usize) < LOGS.len() {
        LOGS[n as usize] as u32
    } else {
        log_256(n)
    };
    let scaled = log * scale / 256;
    if scaled < 255 { scaled as u8 } else { 255 }
}

/// [`log_256`] of what is asked for most: each row asks a dozen times.
static LOGS: [u16; 256] = {
    let mut logs = [0; 256];
    let mut n = 0;
    while n < logs.len() {
        logs[n] = log_256(n as u32) as u16;
        n += 1;
    }
    logs
};

/// 256 × log₂(1 + n), in integer arithmetic, so that every machine agrees: the whole part from the leading bit, the
/// fraction by interpolation between powers of two.
const fn log_256(n: u32) -> u32 {
    let n = n + 1;
    let whole = 31 - n.leading_zeros();
    let fraction = (((n as u64) << 8) >> whole) as u32 - 256;
    whole * 256 + fraction
}

/// `part` of `whole` as a byte, 255 for all of it.
pub(crate) fn share(part: u32, whole: u32) -> u8 {
    if whole == 0 {
        0
    } else if part <= u32::MAX / 255 {
        // A division of half the width takes half the time.
        (part * 255 / whole).min(255) as u8
    } else {
        (u64::from(part) * 255 / u64::from(whole)).min(255) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, Feature, View, Views, log, share};

    fn view(view: View) -> Vec<u8> {
        let feature = Feature { column: 1, view };
        let mut columns = Columns::from([vec![9; 5], vec![10, 20, 30, 40, 50]].as_slice());
        let mut views = Views::new(&mut columns);
        views.prepare(&[feature]);
        views.of(feature)[..5].to_vec()
    }

    #[test]
    fn a_neighbour_beyond_the_page_is_zero() {
        assert_eq!(view(View::Neighbour(-2)), [0, 0, 10, 20, 30]);
        assert_eq!(view(View::Neighbour(1)), [20, 30, 40, 50, 0]);
        assert_eq!(view(View::Neighbour(7)), [0; 5]);
        assert!(!View::Neighbour(9).exists());
    }

    #[test]
    fn windows_leave_the_unit_itself_out() {
        assert_eq!(view(View::Above(3)), [0, 3, 9, 19, 29]);
        assert_eq!(view(View::Below(3)), [29, 39, 29, 16, 0]);
        assert_eq!(view(View::Above(50)), [0, 0, 0, 1, 1]);
        assert_eq!(view(View::Below(50)), [2, 2, 1, 0, 0]);
    }

    #[test]
    fn log_rises_and_saturates() {
        assert_eq!(log(0, 24), 0);
        assert_eq!(log(1, 24), 24);
        assert_eq!(log(3, 24), 48);
        assert!((0..100_000).map(|n| log(n, 24)).is_sorted());
        assert_eq!(log(u32::MAX / 2, 24), 255);
    }

    #[test]
    fn share_of_nothing_is_nothing() {
        assert_eq!(share(3, 0), 0);
        assert_eq!(share(1, 2), 127);
        assert_eq!(share(5, 5), 255);
    }
}
