//! What an input is, by its first bytes.

use crate::document::count_bytes;

/// How much of an input is looked at, in bytes.
pub(super) const WINDOW: usize = 64 << 10;

/// A file is no text when more than one byte of this many is a control character that texts do not hold; of random
/// bytes it is one in ten.
const BYTES_PER_CONTROL: usize = 20;

/// Beginnings of files that are not text and often lie beside texts, and what they are.
const MAGIC: [(&[u8], &str); 18] = [
    (b"%PDF-", "a PDF; convert it first, as with pdftotext"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office document; convert it first",
    ),
    (b"{\\rtf", "an RTF document; convert it first"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"RIFF", "sound, film or a picture"),
    (b"ID3\x03", "sound"),
    (b"OggS", "sound or film"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database; export its text first"),
    (b"PAR1", "a Parquet file; convert it to JSON Lines first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (
        b"\xff\xfe\x00\x00",
        "UTF-32; convert it first, as with iconv -f UTF-32 -t UTF-8",
    ),
    (
        b"\x00\x00\xfe\xff",
        "UTF-32; convert it first, as with iconv -f UTF-32 -t UTF-8",
    ),
];

/// Why the input that begins with `head` is no text: a clause that names the remedy. UTF-16 is text.
pub(super) fn not_text(head: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    let head = &head[..head.len().min(WINDOW)];
    let is_control = |byte| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x19 | 0x1c..=0x1f);
    let controls = count_bytes(head, is_control);
    let many = controls > 2.max(head.len() / BYTES_PER_CONTROL);
    let binary = many
        && encoding_rs::Encoding::for_bom(head).is_none()
        && super::decode::utf_16_without_mark(head).is_none();
    binary.then_some("binary data; give --encoding if it is text all the same")
}

#[cfg(test)]
mod tests {
    use super::not_text;

    #[test]
    fn text_with_a_few_zero_bytes_is_text() {
        let text = "a line of text with a zero byte\0 in it\n".repeat(9);
        assert_eq!(not_text(text.as_bytes()), None);
        assert!(not_text(&(0..=255).collect::<Vec<u8>>()).is_some());
        assert!(not_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").is_some());
        assert_eq!(not_text(b""), None);
    }

    #[test]
    fn utf_16_is_text() {
        let bytes: Vec<u8> = "A bridge is closed.\n"
            .repeat(9)
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(not_text(&bytes), None);
    }
}
