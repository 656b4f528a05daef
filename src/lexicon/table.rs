//! The form that all lexicon files share: UTF-8 text, one row a line, columns separated by tabs. Lines that start
//! with `#` are comments; the first line that does not names the columns.

/// Iterates over the rows of a lexicon file: line number from 1, and exactly `N` columns.
///
/// # Errors
/// The first row with another number of columns ends the iteration with its line number and what is wrong.
pub fn rows<const N: usize>(
    text: &str,
) -> impl Iterator<Item = Result<(usize, [&str; N]), String>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .skip(1)
        .map(|(number, line)| {
            let mut columns = line.split('\t');
            let row: [&str; N] = std::array::from_fn(|_| columns.next().unwrap_or("\u{0}"));
            if row[N - 1] == "\u{0}" || columns.next().is_some() {
                return Err(format!(
                    "line {}: want {N} columns separated by tabs",
                    number + 1
                ));
            }
            Ok((number + 1, row))
        })
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn comments_and_the_header_are_no_rows() {
        let text = "# a comment\nword\tkind\n\nshare\tshareBar\n";
        let got: Vec<_> = rows::<2>(text).collect();
        assert_eq!(got, [Ok((4, ["share", "shareBar"]))]);
    }

    #[test]
    fn a_row_with_a_missing_column_is_an_error_with_its_line() {
        let got: Vec<_> = rows::<3>("a\tb\tc\nx\ty\n").collect();
        assert!(
            got[0]
                .as_ref()
                .is_err_and(|message| message.starts_with("line 2"))
        );
    }
}
