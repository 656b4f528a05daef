//! The languages for which `sentencex` compiles a pattern anew at every mark, with the same pattern compiled once: it took
//! a hundred times as long as all else that is done for a mark.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;
use sentencex::languages::{Catalan, Danish, Italian, Language};

/// Bytes of a text that `sentencex` does not cut up before it looks for sentences.
const CHUNK: usize = 10 * 1024;

/// What the next word begins with where a sentence goes on after a mark.
static IN_TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\W*[0-9a-z]").ok());

/// The sentences of `text`, as `sentencex` finds them.
pub(super) fn segment<'a>(language: &str, text: &'a str) -> Vec<&'a str> {
    let in_text = |text: &str| IN_TEXT.as_ref().is_some_and(|regex| regex.is_match(text));
    let at_once =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase());
    match language {
        "ca" if text.len() <= CHUNK => Continued(Catalan {}, in_text).segment(text),
        "da" if text.len() <= CHUNK => Continued(Danish {}, in_text).segment(text),
        "it" if text.len() <= CHUNK => Continued(Italian {}, at_once).segment(text),
        _ => sentencex::segment(language, text),
    }
}

/// A language, and whether the next word after a mark goes on with the sentence.
struct Continued<L, F>(L, F);

impl<L: Language, F: Fn(&str) -> bool> Language for Continued<L, F> {
    fn get_abbreviations(&self) -> &FxHashSet<String> {
        self.0.get_abbreviations()
    }

    fn get_last_word<'a>(&self, text: &'a str) -> &'a str {
        self.0.get_last_word(text)
    }

    fn continue_in_next_word(&self, text_after_boundary: &str) -> bool {
        (self.1)(text_after_boundary)
    }
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn sentences_are_those_of_the_crate() {
        let text = "Broen åbner kl. 9. maj. «Vi er klar!» sagde Anna Holm. ... men hun gik. 3. juni kom. \
            L'hotel S.p.A. è aperto. dell'Anna Holm! (e poi?) 12 barche. E. Wick, d.C. 40. \
            El Sr. Holm va dir: \"Sí. I no?\" pàg. 4. – després ! i tot... Fi.\n\nØl? å. É. ";
        for language in ["ca", "da", "it", "de"] {
            let words: Vec<&str> = text.split(' ').collect();
            for from in 0..words.len() {
                let text = words[from..].join(" ");
                assert_eq!(
                    segment(language, &text),
                    sentencex::segment(language, &text)
                );
            }
        }
    }
}
