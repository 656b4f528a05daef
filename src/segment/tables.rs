//! Rows of tables of figures, whose cells a tab, a bar or a wide gap keeps apart.

use crate::document::is_alphabetic;

/// A row of fewer cells is a line with a bar in it.
const CELLS: usize = 3;

/// Bytes; a longer line is no row.
const ROW_BYTES: usize = 400;

/// Whether a line is a row of figures: several cells, half of them with a digit.
pub(super) fn is_row(line: &str) -> bool {
    let bytes = line.as_bytes();
    // Most paragraphs are told by their length alone.
    if bytes.len() > ROW_BYTES {
        return false;
    }
    let separator = if memchr::memchr(b'\t', bytes).is_some() {
        "\t"
    } else if memchr::memchr(b'|', bytes).is_some() {
        "|"
    } else if line.contains('│') {
        "│"
    } else if line.contains("   ") {
        "   "
    } else {
        return false;
    };
    let (mut cells, mut figures) = (0, 0);
    for cell in line.split(separator).filter(|cell| !cell.trim().is_empty()) {
        cells += 1;
        figures += usize::from(is_figure(cell.trim()));
    }
    cells >= CELLS && figures * 2 >= cells
}

/// Whether a cell is a figure with its unit and sign: `-3.2 %`, `1,204`, `€ 7`.
fn is_figure(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| is_alphabetic(*c)).count();
    digits > 0 && letters <= digits + 2
}

#[cfg(test)]
mod tests {
    use super::is_row;

    #[test]
    fn a_row_holds_figures_between_its_bars() {
        assert!(is_row("Harbour | 1,204 | 3.2 % | -7"));
        assert!(is_row("2024\t17\t22"));
        assert!(is_row("│ Ferry   │ 12 │ 14 │"));
        assert!(!is_row("Home | News | Sport | Weather"));
        assert!(!is_row("The ferry | which was late | left at 10."));
        assert!(!is_row("It left at 10, 11 and 12."));
    }
}
