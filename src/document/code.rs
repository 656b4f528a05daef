//! Lines of programs, which pages print as they do text.

/// Of so many words one is a name as programs have them in a line of one.
const SHARE: usize = 4;

/// Whether `slice` is a line of a program or what one says of itself, which stands alone as headings do:
/// `berth_count = len(ships);`.
pub(crate) fn is_code(slice: &str) -> bool {
    let name = |word: &str| {
        let inner = word.trim_matches('_');
        inner.contains('_') || inner.contains("()") || inner.len() > 1 && inner.ends_with('(')
    };
    let option = |word: &str| word.strip_prefix('-').is_some_and(|rest| rest.len() < 3);
    let count = |is: &dyn Fn(&str) -> bool| slice.split_whitespace().filter(|w| is(w)).count();
    // The semicolon of Greek asks.
    slice.is_ascii() && slice.ends_with([';', '{', '}'])
        || slice.contains("=>")
        || slice.contains("::") && slice.contains("()")
        || slice.contains(" == ")
        || count(&name) * SHARE >= slice.split_whitespace().count().max(1)
        || count(&option) > 1
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn lines_of_programs_are_told_from_text() {
        for line in [
            "(tide - tide_mean) / tide_stddev as score",
            "SELECT * FROM berths;",
            "ship => dock(ship)",
            "pack -O3 tide.c -o tide.js",
            "count_berths()",
            "Notice: Berth::count() should be called later",
        ] {
            assert!(is_code(line), "{line}");
        }
        for line in [
            "Member(s) of the crew",
            "What now? - The harbour",
            "Τι ζητούν;",
            "Zone 1 – the quay",
        ] {
            assert!(!is_code(line), "{line}");
        }
    }
}
