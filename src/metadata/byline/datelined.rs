//! Names before the place that opens an agency's story: `Anna HOLM - Jan WICK/LYON, (HRB) - The boats are back.`

use super::{Form, Mention, features, spaced};
use crate::document::{Span, is_alphabetic};
use crate::metadata::page::Page;

/// Bytes of the line in which such an opening ends.
const HEAD: usize = 120;
/// Letters of the longest place.
const PLACE: usize = 30;

/// The names in such an opening of unit `i`, which gives them its place and its agency.
pub(super) fn datelined(page: &Page<'_>, i: usize) -> Vec<Mention> {
    let raw = page.raw(i);
    let head = &raw[..raw.floor_char_boundary(HEAD)];
    let Some((names, place, agency, end)) = opening(head) else {
        return Vec::new();
    };
    let base = page.span(i).start;
    let mut found = spaced::mentions(names, base, i, None, &[], page.language);
    let named: usize = found.iter().map(|m| features::letters(&m.name)).sum();
    let whole = named == features::letters(names) && found.iter().all(|m| m.words > 1);
    if !whole {
        return Vec::new();
    }
    for mention in &mut found {
        mention.claim = Span::new(base, base + end as u32);
        mention.form = Form::Bracket;
        mention.place = Some(place.to_owned());
        mention.affiliation = Some(agency.to_owned());
    }
    found
}

/// The names, the place and the agency at the head of `raw`, and where the story begins behind them.
fn opening(raw: &str) -> Option<(&str, &str, &str, usize)> {
    let (names, rest) = raw.split_once('/')?;
    let (place, rest) = rest.split_once('(')?;
    let (agency, rest) = rest.split_once(')')?;
    let place = place.trim().trim_end_matches(',').trim_end();
    let capitals = |text: &str| {
        let letters = features::letters(text);
        let printed = |c: char| c.is_uppercase() || !is_alphabetic(c);
        (2..=PLACE).contains(&letters) && text.chars().all(printed)
    };
    let story = rest
        .trim_start()
        .strip_prefix(['-', '–', '—'])?
        .trim_start();
    (capitals(place) && capitals(agency)).then(|| (names, place, agency, raw.len() - story.len()))
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn names_stand_before_a_place_and_an_agency_in_capitals() {
        let head = "Anna HOLM - Jan WICK/LYON, (HRB) - LYON'da tekneler döndü.";
        let (names, place, agency, end) = opening(head).unwrap();
        assert_eq!(
            (names, place, agency),
            ("Anna HOLM - Jan WICK", "LYON", "HRB")
        );
        assert_eq!(&head[end..], "LYON'da tekneler döndü.");
        assert_eq!(opening("He and/or she (the HRB) - both left."), None);
        assert_eq!(opening("Anna HOLM/LYON, (HRB)"), None);
    }
}
