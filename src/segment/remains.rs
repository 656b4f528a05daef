//! Takes what is left of elements without text out of the blocks that they stand inside of.

use crate::document::remains::{marks, may_hold};
use crate::document::{Join, Part, Span};

/// Takes the marks that stand inside of a block out of its parts.
pub(super) fn cut(text: &str, parts: &mut Vec<Part>) {
    let any = |part: &Part| {
        let slice = part.span.of(text);
        may_hold(slice) && marks(slice).next().is_some()
    };
    if !parts.iter().any(any) {
        return;
    }
    let mut kept = Vec::with_capacity(parts.len() + 2);
    for part in parts.iter() {
        let base = part.span.start as usize;
        let slice = part.span.of(text);
        let ends = std::iter::once(slice.len()..slice.len());
        let mut from = 0;
        let mut join = part.join;
        for mark in marks(slice).chain(ends) {
            let words = slice[from..mark.start].trim();
            if !words.is_empty() {
                let lead = slice[from..].len() - slice[from..].trim_start().len();
                let start = base + from + lead;
                kept.push(Part {
                    span: Span::at(start, start + words.len()),
                    join,
                });
                join = Join::Space;
            }
            from = mark.end;
        }
    }
    // A block of marks alone was claimed before it was made; what is left of a part is a part.
    if !kept.is_empty() {
        *parts = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::cut;
    use crate::document::{Join, Part, Span, fold};

    #[test]
    fn marks_inside_are_cut_out_of_their_words() {
        let text = "The [DEL: slow :DEL] fast ferry [a.png] sails.";
        let mut parts = vec![Part {
            span: Span::at(0, text.len()),
            join: Join::Space,
        }];
        cut(text, &mut parts);
        assert_eq!(fold(text, parts), "The slow fast ferry sails.");
    }
}
