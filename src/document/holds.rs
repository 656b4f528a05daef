//! Many phrases looked for in one text: most of them are told to be missing by a byte that is.

/// A text and the bytes in it.
#[derive(Clone, Copy, Debug)]
pub struct Holds<'a> {
    text: &'a str,
    bytes: [bool; 256],
}

impl<'a> Holds<'a> {
    /// Looks at every byte of `text` once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut bytes = [false; 256];
        for byte in text.bytes() {
            bytes[usize::from(byte)] = true;
        }
        Self { text, bytes }
    }

    /// Whether every byte of `part` stands in the text.
    #[inline]
    fn may(&self, part: &str) -> bool {
        part.bytes().all(|byte| self.bytes[usize::from(byte)])
    }

    /// Whether `part` stands in the text.
    #[must_use]
    pub fn part(&self, part: &str) -> bool {
        self.may(part) && self.text.contains(part)
    }

    /// What stands before and behind the first `part`; see [`str::split_once`].
    #[must_use]
    pub fn split_once(&self, part: &str) -> Option<(&'a str, &'a str)> {
        self.may(part).then(|| self.text.split_once(part))?
    }

    /// What stands before and behind the last `part`; see [`str::rsplit_once`].
    #[must_use]
    pub fn rsplit_once(&self, part: &str) -> Option<(&'a str, &'a str)> {
        self.may(part).then(|| self.text.rsplit_once(part))?
    }
}

impl Default for Holds<'_> {
    fn default() -> Self {
        Self::new("")
    }
}

#[cfg(test)]
mod tests {
    use super::Holds;

    #[test]
    fn a_part_is_found_where_it_stands_and_not_where_only_its_bytes_do() {
        let holds = Holds::new("무단 전재 금지");
        assert!(holds.part("무단") && holds.part("") && holds.part("재 금"));
        assert!(!holds.part("단무") && !holds.part("x"));
        assert_eq!(holds.split_once(" "), Some(("무단", "전재 금지")));
        assert_eq!(holds.rsplit_once(" "), Some(("무단 전재", "금지")));
        assert_eq!(
            (holds.split_once("재전"), holds.rsplit_once("-")),
            (None, None)
        );
    }
}
