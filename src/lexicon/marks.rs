//! Marks for characters: most texts that are looked for in a table are told by one character that none there has, without a
//! look at the table.

/// A bit for each of some characters, which others may share.
pub(super) struct Marks([u64; 256]);

impl Marks {
    /// Whether `c` may be one of the characters.
    #[inline]
    pub(super) fn may_hold(&self, c: char) -> bool {
        let (word, bit) = place(c);
        self.0[word] & bit != 0
    }
}

impl FromIterator<char> for Marks {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut marks = [0; 256];
        for c in chars {
            let (word, bit) = place(c);
            marks[word] |= bit;
        }
        Self(marks)
    }
}

#[inline]
fn place(c: char) -> (usize, u64) {
    let code = u32::from(c);
    ((code >> 6) as usize & 255, 1 << (code & 63))
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn a_character_is_told_from_all_others_of_its_script() {
        for (c, script) in [('다', '가'..='힣'), ('z', '\0'..='\u{3fff}')] {
            let marks: Marks = std::iter::once(c).collect();
            let held: String = script.filter(|c| marks.may_hold(*c)).collect();
            assert_eq!(held, c.to_string());
        }
    }
}
