//! Features as dense columns of bytes, one row a unit: what the unit itself tells, what its neighbours tell, and
//! means over windows, made from prefix sums. Bytes are what the trees compare, so that nothing has to be
//! quantised when a page is judged, and equal pages give equal numbers on every machine.

/// A column: one byte a unit.
pub(crate) type Column = Vec<u8>;

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

/// Writes the values of `feature` for all rows into `out`.
pub(crate) fn read(columns: &[Column], feature: Feature, out: &mut Vec<u8>) {
    let column = &columns[feature.column as usize];
    let rows = column.len();
    out.clear();
    match feature.view {
        View::Neighbour(0) => out.extend_from_slice(column),
        View::Neighbour(shift) => {
            let by = (shift.unsigned_abs() as usize).min(rows);
            if shift < 0 {
                out.resize(by, 0);
                out.extend_from_slice(&column[..rows - by]);
            } else {
                out.extend_from_slice(&column[by..]);
                out.resize(rows, 0);
            }
        }
        View::Above(window) => means(column, window as usize, false, out),
        View::Below(window) => means(column, window as usize, true, out),
    }
}

/// Running means with rows beyond the page counting as zero: the page's edge is a fact that trees may use.
fn means(column: &[u8], window: usize, below: bool, out: &mut Vec<u8>) {
    let rows = column.len();
    out.resize(rows, 0);
    let scale = (1_u32 << 16) / window as u32;
    let mut sum = 0_u32;
    let mut step = |row: usize, leaves: Option<usize>, enters: Option<usize>| {
        out[row] = ((sum * scale) >> 16) as u8;
        if let Some(enters) = enters {
            sum += u32::from(column[enters]);
        }
        if let Some(leaves) = leaves {
            sum -= u32::from(column[leaves]);
        }
    };
    if below {
        for row in (0..rows).rev() {
            step(row, (row + window < rows).then(|| row + window), Some(row));
        }
    } else {
        for row in 0..rows {
            step(row, (row >= window).then(|| row - window), Some(row));
        }
    }
}

/// `scale` × log₂(1 + n), as a byte.
pub(crate) fn log(n: u32, scale: u32) -> u8 {
    // Integer arithmetic, so that every machine agrees: the whole part from the leading bit, the fraction by
    // interpolation between powers of two.
    let n = n + 1;
    let whole = 31 - n.leading_zeros();
    let fraction = ((u64::from(n) << 8) >> whole) as u32 - 256;
    ((whole * 256 + fraction) * scale / 256).min(255) as u8
}

/// `part` of `whole` as a byte, 255 for all of it.
pub(crate) fn share(part: u32, whole: u32) -> u8 {
    if whole == 0 {
        0
    } else {
        (u64::from(part) * 255 / u64::from(whole)).min(255) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::{Feature, View, log, read, share};

    fn view(view: View) -> Vec<u8> {
        let mut out = Vec::new();
        read(
            &[vec![10, 20, 30, 40, 50]],
            Feature { column: 0, view },
            &mut out,
        );
        out
    }

    #[test]
    fn a_neighbour_beyond_the_page_is_zero() {
        assert_eq!(view(View::Neighbour(-2)), [0, 0, 10, 20, 30]);
        assert_eq!(view(View::Neighbour(1)), [20, 30, 40, 50, 0]);
        assert_eq!(view(View::Neighbour(7)), [0; 5]);
    }

    #[test]
    fn windows_leave_the_unit_itself_out() {
        assert_eq!(view(View::Above(2)), [0, 5, 15, 25, 35]);
        assert_eq!(view(View::Below(2)), [25, 35, 45, 25, 0]);
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
