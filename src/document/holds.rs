//! Many phrases looked for in one text: most of them are told to be missing by a byte that is.

/// A text and the bytes in it.
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

    /// Whether `part` stands in the text.
    #[must_use]
    pub fn part(&self, part: &str) -> bool {
        part.bytes().all(|byte| self.bytes[usize::from(byte)]) && self.text.contains(part)
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
    }
}
