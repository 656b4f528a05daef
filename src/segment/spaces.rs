//! White space that a page printed around an inline element, where the words beside it have none: `„ Wort`, `" yes "`,
//! `l’ école`, `Anna ’s`, `T he`. It tore the text as a line break does around the elements of a torn page, and is left
//! out between two parts as that is.

use crate::document::{Join, Part, Span, is_alphabetic, is_alphanumeric};
use crate::lexicon::words::{FunctionWords, word_hash};

/// Leaves out of `parts` the white space that tore words from their marks. Few blocks have any.
pub(super) fn close(text: &str, language: &str, parts: &mut Vec<Part>) {
    let mut torn: Vec<Span> = quotations(text, parts);
    torn.extend(
        parts
            .iter()
            .flat_map(|part| elisions(text, language, *part)),
    );
    if language == "en" {
        torn.extend(parts.iter().flat_map(|part| possessives(text, *part)));
    }
    torn.extend(
        parts
            .first()
            .and_then(|part| initial(text, language, *part)),
    );
    if torn.is_empty() {
        return;
    }
    torn.sort_unstable_by_key(|gap| gap.start);
    torn.dedup();
    let mut closed = Vec::with_capacity(parts.len() + torn.len());
    for part in parts.iter() {
        let mut rest = *part;
        let inside = torn.partition_point(|gap| gap.start <= part.span.start);
        let inside = torn[inside..].iter();
        for gap in inside.take_while(|gap| gap.end < part.span.end) {
            closed.push(Part {
                span: Span::new(rest.span.start, gap.start),
                ..rest
            });
            rest = Part {
                span: Span::new(gap.end, part.span.end),
                join: Join::Nothing,
            };
        }
        closed.push(rest);
    }
    *parts = closed;
}

/// A quotation mark and what stands beside it.
struct Mark {
    mark: char,
    /// The white space right before and after it, where its part goes on there.
    before: Option<Span>,
    after: Option<Span>,
    /// Whether nothing that it could close stands right before it, and nothing that it could open right after it.
    begins: bool,
    ends: bool,
}

/// The white space inside of quotation marks. A mark that both opens and closes does so by turns, and a curly one that
/// closes needs one that opened: in Swedish it does both. White space before the mark that closes is torn where it is
/// behind the one that opened, too.
fn quotations(text: &str, parts: &[Part]) -> Vec<Span> {
    let mut marks: Vec<Mark> = parts.iter().flat_map(|part| marks(text, *part)).collect();
    if marks.iter().filter(|found| found.mark == '"').count() % 2 == 1 {
        marks.retain(|found| found.mark != '"');
    }
    // The mark that stands open, and whether it was torn from its words.
    let (mut curly, mut straight) = (None, None);
    let mut torn = Vec::new();
    for found in &marks {
        let open = if found.mark == '"' {
            &mut straight
        } else {
            &mut curly
        };
        let opens = match (found.mark, &*open) {
            ('"', open) => open.is_none(),
            ('„', _) => true,
            ('“', open) => !matches!(open, Some(('„', _))),
            (_, Some(('“', _))) => false,
            _ => continue,
        };
        if opens {
            let gap = found.after.filter(|_| found.begins);
            *open = Some((found.mark, gap.is_some()));
            torn.extend(gap);
        } else if let Some((_, true)) = open.take()
            && found.ends
        {
            torn.extend(found.before);
        }
    }
    torn
}

/// The quotation marks of one part.
fn marks(text: &str, part: Part) -> impl Iterator<Item = Mark> {
    let slice = part.span.of(text);
    let start = part.span.start as usize;
    found(slice, b'"', ['“', '”', '„']).map(move |(at, mark)| {
        let (head, tail) = (&slice[..at], &slice[at + mark.len_utf8()..]);
        let (bare_head, bare_tail) = (head.trim_end(), tail.trim_start());
        let apart = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–');
        let goes_on = |word: &str| !word.is_empty();
        let after = tail.len() - bare_tail.len();
        Mark {
            mark,
            before: (head.len() > bare_head.len() && goes_on(bare_head))
                .then(|| Span::at(start + bare_head.len(), start + head.len())),
            after: (after > 0 && bare_tail.starts_with(is_alphanumeric)).then(|| {
                let from = start + at + mark.len_utf8();
                Span::at(from, from + after)
            }),
            begins: head.chars().next_back().is_none_or(apart),
            ends: !tail.starts_with(is_alphanumeric),
        }
    })
}

/// The first byte of general punctuation, U+2000 to U+206F, and of what follows up to U+2FFF.
const GENERAL: u8 = 0xe2;

/// Where the mark `plain` of ASCII and the `curly` ones, which are general punctuation, stand in `slice`. Bytes are
/// looked for, many at once: hardly any text has such a mark.
fn found<const N: usize>(
    slice: &str,
    plain: u8,
    curly: [char; N],
) -> impl Iterator<Item = (usize, char)> {
    memchr::memchr2_iter(plain, GENERAL, slice.as_bytes()).filter_map(move |at| {
        let mark = slice[at..].chars().next()?;
        (mark == char::from(plain) || curly.contains(&mark)).then_some((at, mark))
    })
}

/// The white space behind articles and pronouns that lost their vowel: `l’ école`.
fn elisions(text: &str, language: &str, part: Part) -> Vec<Span> {
    let slice = part.span.of(text);
    let torn = found(slice, b'\'', ['’']).filter_map(|(at, mark)| {
        let (head, tail) = (&slice[..at], &slice[at + mark.len_utf8()..]);
        let rest = tail.trim_start();
        let word = head.trim_end_matches(is_alphabetic).len();
        let (before, word) = head.split_at(word);
        let stands = before
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '«' | '“'));
        let torn = rest.len() < tail.len() && rest.starts_with(is_alphabetic);
        (torn && stands && word.len() <= ELIDED && is_word(&word.to_lowercase(), language)).then(
            || {
                let from = part.span.start as usize + at + mark.len_utf8();
                Span::at(from, from + tail.len() - rest.len())
            },
        )
    });
    torn.collect()
}

/// The white space before the ending of what somebody owns, whichever mark it is written with: `Anna ‘s`.
fn possessives(text: &str, part: Part) -> impl Iterator<Item = Span> {
    let slice = part.span.of(text);
    let start = part.span.start as usize;
    found(slice, b'\'', ['’', '‘']).filter_map(move |(at, mark)| {
        let (head, tail) = (&slice[..at], &slice[at + mark.len_utf8()..]);
        let owner = head.trim_end();
        let behind = tail.strip_prefix('s')?.chars().next();
        // A quoted letter has a mark behind it.
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')');
        let torn = owner.len() < head.len() && owner.ends_with(is_alphanumeric);
        (torn && behind.is_none_or(ends)).then(|| Span::at(start + owner.len(), start + at))
    })
}

/// Bytes of the longest word that loses its vowel: `qu’`.
const ELIDED: usize = 2;

/// The white space behind a large initial that was torn off its word: the letter is no word by itself, and both together
/// are one, of the language or of this page. Vowels are words in too many languages, so but one letter may follow them.
fn initial(text: &str, language: &str, part: Part) -> Option<Span> {
    let slice = part.span.of(text);
    let mut chars = slice.chars();
    let letter = chars.next().filter(|c| c.is_uppercase())?;
    let rest = chars.as_str().trim_start();
    let gap = Span::at(letter.len_utf8(), slice.len() - rest.len());
    if gap.is_empty() || !rest.starts_with(char::is_lowercase) {
        return None;
    }
    FunctionWords::shipped().bit(language)?;
    let alone = letter.to_lowercase().to_string();
    if is_word(&alone, language) {
        return None;
    }
    let end = rest.find(|c: char| !is_alphabetic(c)).unwrap_or(rest.len());
    let word = alone + &rest[..end];
    let vowel = !letter.is_ascii() || VOWELS.contains(letter);
    let known = if vowel {
        rest[..end].chars().nth(1).is_none() && is_word(&word, language)
    } else {
        is_word(&word, language) || holds(&text[part.span.start as usize..], &word)
    };
    let start = part.span.start;
    known.then(|| Span::new(start + gap.start, start + gap.end))
}

const VOWELS: &str = "AEIOUY";

/// Whether a word in lower case is one of the most frequent of a language.
fn is_word(word: &str, language: &str) -> bool {
    let words = FunctionWords::shipped();
    let bit = words.bit(language);
    bit.is_some_and(|bit| words.languages(word_hash(word)) >> bit & 1 == 1)
}

/// Bytes of the page, from the initial on, in which its word is looked for: a page of initials takes no longer than one of
/// words.
const SEARCHED: usize = 16_384;

/// Whether a word stands in the beginning of a text as it is.
fn holds(text: &str, word: &str) -> bool {
    let text = &text[..text.floor_char_boundary(SEARCHED)];
    let bounded = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_alphanumeric) && !after.is_some_and(is_alphanumeric)
    };
    memchr::memmem::find_iter(text.as_bytes(), word).any(bounded)
}

#[cfg(test)]
mod tests {
    use super::close;
    use crate::document::{Join, Part, Span, fold};

    fn closed(text: &str, language: &str) -> String {
        let mut parts = vec![Part {
            span: Span::at(0, text.len()),
            join: Join::Space,
        }];
        close(text, language, &mut parts);
        fold(text, parts)
    }

    #[test]
    fn quotations_are_closed_around_their_words() {
        for (torn, whole) in [
            (
                "Er rief: „ Wartet “, und blieb.",
                "Er rief: „Wartet“, und blieb.",
            ),
            (
                "She said: \" Wait \", and \"go\".",
                "She said: \"Wait\", and \"go\".",
            ),
            ("“ The ferry ” sails.", "“The ferry” sails."),
        ] {
            assert_eq!(closed(torn, "de"), whole);
        }
    }

    #[test]
    fn marks_that_stand_as_they_are_written_stay() {
        for text in [
            "Hon sa ”nej ” och gick.",
            "A board of 5\" by 7\" and one of 9\" long.",
            "„Wartet“ rief er.",
            "“Wait. ” she said.",
            "« La mer »",
        ] {
            assert_eq!(closed(text, "sv"), text);
        }
    }

    #[test]
    fn an_elided_article_stands_before_its_word() {
        assert_eq!(closed("Il voit l’ île.", "fr"), "Il voit l’île.");
        assert_eq!(closed("The dogs’ isle.", "en"), "The dogs’ isle.");
    }

    #[test]
    fn what_somebody_owns_keeps_its_ending() {
        assert_eq!(
            closed("Anna ‘s ferry and Ben 's, the town ’s.", "en"),
            "Anna‘s ferry and Ben's, the town’s."
        );
        for text in ["The letter ‘s’ and 's' too.", "He said ‘so be it’."] {
            assert_eq!(closed(text, "en"), text);
        }
        assert_eq!(closed("Das ist 's gewesen.", "de"), "Das ist 's gewesen.");
    }

    #[test]
    fn a_large_initial_belongs_to_its_word() {
        assert_eq!(closed("T he ferry sails.", "en"), "The ferry sails.");
        assert_eq!(
            closed(
                "F erries sail, ferries wait, and ferries sink, erries too.",
                "en"
            ),
            "Ferries sail, ferries wait, and ferries sink, erries too."
        );
        assert_eq!(closed("X marks the spot.", "en"), "X marks the spot.");
        assert_eq!(closed("A t dawn.", "en"), "At dawn.");
        assert_eq!(closed("A bout of flu.", "en"), "A bout of flu.");
    }
}
