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

/// The rows of a file for its test: their first column rises, so that each key is there once.
#[cfg(test)]
pub(crate) fn sorted_rows<const N: usize>(text: &str) -> Vec<(usize, [&str; N])> {
    let rows: Vec<_> = rows::<N>(text).collect::<Result<_, _>>().unwrap();
    for pair in rows.windows(2) {
        let [(_, before), (line, row)] = pair else {
            continue;
        };
        assert!(
            before[0] < row[0],
            "line {line}: {} is out of order",
            row[0]
        );
    }
    rows
}

/// The same of a file whose keys are in lower case.
#[cfg(test)]
pub(crate) fn sorted_lower_rows<const N: usize>(text: &str) -> Vec<(usize, [&str; N])> {
    let rows = sorted_rows::<N>(text);
    for (line, row) in &rows {
        assert_eq!(row[0], row[0].to_lowercase(), "line {line}");
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{rows, sorted_lower_rows};

    #[test]
    #[should_panic(expected = "out of order")]
    fn a_key_that_is_there_twice_fails_the_test_of_its_file() {
        sorted_lower_rows::<1>("key\na\na\n");
    }

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
