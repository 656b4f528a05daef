//! White space that a page printed around an inline element, where the words beside it have none: `„ Wort`, `" yes "`,
//! `l’ école`, `Anna ’s`, `EU -Recht`, `19 th`, `T he`. It tore the text as a line break does around the elements of a
//! torn page, and is left out between two parts as that is.

use crate::document::{Join, Part, Span, is_alphabetic, is_alphanumeric};
use crate::lexicon::words::{FunctionWords, word_hash};

/// Places of white space before a comma or a full stop from which on they are the page's way, and not a slip of its writer.
const HABIT: usize = 2;

/// Whether white space stands before the commas and full stops of a text: its page puts some around every inline element.
pub(super) fn is_loose<'a>(text: &str, blocks: impl Iterator<Item = &'a Vec<Part>>) -> bool {
    let gaps = blocks.flatten().flat_map(|part| stops(text, *part));
    gaps.take(HABIT).count() == HABIT
}

/// Leaves out of `parts` the white space that tore words from their marks, `loose` before commas and full stops as well.
/// Few blocks have any.
pub(super) fn close(text: &str, language: &str, loose: bool, parts: &mut Vec<Part>) {
    let mut torn: Vec<Span> = quotations(text, parts);
    if loose {
        torn.extend(parts.iter().flat_map(|part| stops(text, *part)));
    }
    torn.extend(
        parts
            .iter()
            .flat_map(|part| elisions(text, language, *part)),
    );
    match language {
        "en" => {
            torn.extend(parts.iter().flat_map(|part| possessives(text, *part)));
            torn.extend(parts.iter().flat_map(|part| ordinals(text, *part)));
        }
        "de" => torn.extend(parts.iter().flat_map(|part| compounds(text, *part))),
        _ => {}
    }
    torn.extend(
        parts
            .first()
            .and_then(|part| initial(text, language, *part)),
    );
    elided_ends(text, language, parts);
    if let [letter, word, ..] = &mut parts[..]
        && letter.span.len() == 1
        && is_initial_of(text, language, letter.span, *word)
    {
        word.join = Join::Nothing;
    }
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

/// The white space behind articles and pronouns that lost their vowel: `l’ école`, `l’ "école"`.
fn elisions(text: &str, language: &str, part: Part) -> Vec<Span> {
    let slice = part.span.of(text);
    let torn = found(slice, b'\'', ['’']).filter_map(|(at, mark)| {
        let (head, tail) = (&slice[..at], &slice[at + mark.len_utf8()..]);
        let rest = tail.trim_start();
        let torn = rest.len() < tail.len() && begins_word(rest);
        (torn && elides(head, language)).then(|| {
            let from = part.span.start as usize + at + mark.len_utf8();
            Span::at(from, from + tail.len() - rest.len())
        })
    });
    torn.collect()
}

/// Joins with nothing what begins behind a part that ends in a word without its vowel.
fn elided_ends(text: &str, language: &str, parts: &mut [Part]) {
    for i in 1..parts.len() {
        let head = parts[i - 1].span.of(text);
        if let Some(head) = head.strip_suffix(['\'', '’'])
            && begins_word(parts[i].span.of(text))
            && elides(head, language)
        {
            parts[i].join = Join::Nothing;
        }
    }
}

/// Whether `head` ends in a word that loses its vowel before another, the mark for it left out.
fn elides(head: &str, language: &str) -> bool {
    let word = head.trim_end_matches(is_alphabetic).len();
    let (before, word) = head.split_at(word);
    let stands = before
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '«' | '“' | '"'));
    stands && word.len() <= ELIDED && is_word(&word.to_lowercase(), language)
}

/// Whether a word begins here, quoted or not.
fn begins_word(rest: &str) -> bool {
    let quoted = rest.strip_prefix(['"', '“', '«']);
    quoted.unwrap_or(rest).starts_with(is_alphabetic)
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

/// The white space before a comma or a full stop that white space follows.
fn stops(text: &str, part: Part) -> impl Iterator<Item = Span> {
    let slice = part.span.of(text);
    let start = part.span.start as usize;
    memchr::memchr2_iter(b',', b'.', slice.as_bytes()).filter_map(move |at| {
        let (head, tail) = (&slice[..at], &slice[at + 1..]);
        if !head.ends_with([' ', '\t']) {
            return None;
        }
        let words = head.trim_end();
        let closes = |c: char| is_alphanumeric(c) || matches!(c, '"' | '”' | '“' | '»' | ')' | ']');
        // `. . .` leaves something out.
        let ends = tail.is_empty()
            || tail.starts_with(char::is_whitespace) && !tail.trim_start().starts_with(['.', ',']);
        (ends && words.ends_with(closes)).then(|| Span::at(start + words.len(), start + at))
    })
}

/// The white space inside of German compounds: `EU -Recht`, `Berlin- Mitte`. A part left to be thought of, as in `Vor- und
/// Nachteile`, has no capital behind it.
fn compounds(text: &str, part: Part) -> impl Iterator<Item = Span> {
    let slice = part.span.of(text);
    let start = part.span.start as usize;
    memchr::memchr_iter(b'-', slice.as_bytes()).filter_map(move |at| {
        let (head, tail) = (&slice[..at], &slice[at + 1..]);
        let (first, second) = (head.trim_end(), tail.trim_start());
        let torn = match (first.len() < head.len(), second.len() < tail.len()) {
            (true, false) => Span::at(start + first.len(), start + at),
            (false, true) => Span::at(start + at + 1, start + slice.len() - second.len()),
            // With white space on both sides it is a dash.
            _ => return None,
        };
        let end = second
            .find(|c: char| !is_alphabetic(c))
            .unwrap_or(second.len());
        // `Ferien -Die Tage` has a dash.
        let words = first.ends_with(is_alphabetic)
            && second.starts_with(char::is_uppercase)
            && !is_word(&second[..end].to_lowercase(), "de");
        words.then_some(torn)
    })
}

/// The white space before the ending of an ordinal number, or the mark of what is set high: `19 th`, `19^th`.
fn ordinals(text: &str, part: Part) -> impl Iterator<Item = Span> {
    let slice = part.span.of(text);
    let start = part.span.start as usize;
    ORDINALS.iter().flat_map(move |(ending, digits)| {
        memchr::memmem::find_iter(slice.as_bytes(), ending).filter_map(move |at| {
            let (head, tail) = (&slice[..at], &slice[at + ending.len()..]);
            let number = head.trim_end_matches(|c: char| c.is_whitespace() || c == '^');
            let torn = number.len() < head.len() && number.ends_with(*digits);
            (torn && !tail.starts_with(is_alphanumeric))
                .then(|| Span::at(start + number.len(), start + at))
        })
    })
}

/// Endings of ordinal numbers, and the digits that they follow.
const ORDINALS: [(&str, &[char]); 4] = [
    ("st", &['1']),
    ("nd", &['2']),
    ("rd", &['3']),
    ("th", &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']),
];

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
        let printed = letter.to_string() + &rest[..end];
        let page = &text[part.span.start as usize..];
        is_word(&word, language) || holds(page, &word) || holds(page, &printed)
    };
    let start = part.span.start;
    known.then(|| Span::new(start + gap.start, start + gap.end))
}

/// Whether `part` goes on with the word that `letter`, on the line above, is the large initial of: `W` over `hat`, not `C`
/// over `and`.
pub(super) fn is_initial_of(text: &str, language: &str, letter: Span, part: Part) -> bool {
    if part.join != Join::Nothing {
        let span = Span::new(letter.start, part.span.end);
        return initial(text, language, Part { span, ..part }).is_some();
    }
    let (letter, rest) = (letter.of(text), part.span.of(text));
    let end = rest.find(|c: char| !is_alphabetic(c)).unwrap_or(rest.len());
    let rest = &rest[..end];
    let torn = letter.starts_with(char::is_uppercase) && rest.starts_with(char::is_lowercase);
    let whole = letter.to_lowercase() + rest;
    torn && (is_word(&whole, language) || !is_word(rest, language))
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
    use super::{close, elided_ends, is_initial_of, is_loose};
    use crate::document::{Join, Part, Span, fold};

    fn closed(text: &str, language: &str) -> String {
        let mut parts = vec![Part {
            span: Span::at(0, text.len()),
            join: Join::Space,
        }];
        let loose = is_loose(text, std::iter::once(&parts));
        close(text, language, loose, &mut parts);
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
        assert_eq!(
            closed("L’ île dit l' \"oui\".", "fr"),
            "L’île dit l'\"oui\"."
        );
        assert_eq!(closed("The dogs’ isle.", "en"), "The dogs’ isle.");
        let text = "Il voit l’\nîle";
        let ends = [(0, 12), (13, 17)].map(|(start, end)| Part {
            span: Span::at(start, end),
            join: Join::Space,
        });
        let mut parts = ends.to_vec();
        elided_ends(text, "fr", &mut parts);
        assert_eq!(fold(text, parts), "Il voit l’île");
    }

    #[test]
    fn a_compound_and_an_ordinal_are_one_word() {
        assert_eq!(
            closed("Das EU -Recht in Berlin- Mitte, Vor- und Nachteile.", "de"),
            "Das EU-Recht in Berlin-Mitte, Vor- und Nachteile."
        );
        for text in [
            "Ferien -Die Tage am Meer.",
            "Berlin- Die Stadt.",
            "Ende - Anfang",
        ] {
            assert_eq!(closed(text, "de"), text);
        }
        assert_eq!(
            closed("The 19^th of June 3 rd, 4 stars, 2 thirds.", "en"),
            "The 19th of June 3rd, 4 stars, 2 thirds."
        );
    }

    #[test]
    fn a_page_that_puts_space_before_its_commas_does_so_around_links() {
        assert_eq!(
            closed("Past the pier , and home .", "en"),
            "Past the pier, and home."
        );
        for text in ["Past the pier , and home.", "Wait . . . and . . ."] {
            assert_eq!(closed(text, "en"), text);
        }
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

    #[test]
    fn a_letter_over_a_word_is_no_initial_of_it() {
        let is_initial = |text: &str| {
            let at = text.find('\n').unwrap_or_default() as u32;
            let word = Span::new(at + 1, text.len() as u32);
            let join = Join::Nothing;
            is_initial_of(text, "en", Span::new(0, at), Part { span: word, join })
        };
        assert!(is_initial("W\nhat he decided"));
        assert!(is_initial("T\nhe board"));
        assert!(is_initial("F\normer wardens"));
        assert!(!is_initial("C\nand other things"));
        assert!(!is_initial("X\n. The board"));
    }
}
