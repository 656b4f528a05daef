//! What a row of `data/cues.tsv` means: for the build script, and for the test of the data.

use super::hashing::is_word;
use super::kinds::{Cue, Places};

impl Cue {
    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cue| cue.code() == code)
    }
}

impl Places {
    pub(super) fn parse(cue: &str, place: &str) -> Option<Self> {
        let bit = Cue::parse(cue)?.bit();
        let mut places = Self::default();
        match place {
            "any" => places.anywhere = bit,
            "start" => places.start = bit,
            "whole" => places.whole = bit,
            _ => return None,
        }
        Some(places)
    }
}

/// The words of a phrase.
pub(super) fn words_of(phrase: &str) -> impl Iterator<Item = &str> {
    phrase
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
}
