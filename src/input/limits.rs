//! What a hostile or broken input may cost: limits on documents, lines, archives and decompression.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// 16 MiB: three hundred times a long news page, and twice of it on every worker still fits a small machine.
pub const MAX_DOCUMENT_BYTES: usize = 16 << 20;

/// 64 MiB: a page without line ends is one line, so only what no page is as large as is too long.
pub const MAX_LINE_BYTES: usize = 64 << 20;

/// A long page has 5,000 lines. Judging keeps some hundred bytes of every line.
pub const MAX_LINES: usize = 1_000_000;

/// Of one archive: the directory of a zip file of as many holds some 300 MB of memory.
pub const MAX_MEMBERS: u64 = 1_000_000;

/// Layers of compression and archives: a compressed archive of compressed archives of compressed files has five.
pub const MAX_NESTING: usize = 5;

/// Bytes unpacked for each byte stored. Texts reach 3 to 10, the same page over and over some hundred; a gzip bomb
/// has 1,000 and any other kind more.
pub const MAX_RATIO: u64 = 500;

/// So many bytes may be unpacked of anything: a bomb of this size does no harm, and short texts may repeat themselves.
const UNPACKED_FREELY: u64 = 64 << 20;

/// How large an input may be in every respect that it can be large in. What goes beyond is an error that names the
/// option which raises the limit; reading goes on behind it where something may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest document, in bytes as stored in the (decompressed) input. Reading needs about twice as much memory.
    pub document_bytes: usize,
    /// The longest line of a document, in bytes of its text.
    pub line_bytes: usize,
    /// The most lines of a document.
    pub lines: usize,
    /// The most files in one archive.
    pub members: u64,
    /// The most layers of compression and archives.
    pub nesting: usize,
    /// The most bytes that are unpacked for each byte stored, once 64 MiB were.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document_bytes: MAX_DOCUMENT_BYTES,
            line_bytes: MAX_LINE_BYTES,
            lines: MAX_LINES,
            members: MAX_MEMBERS,
            nesting: MAX_NESTING,
            ratio: MAX_RATIO,
        }
    }
}

impl Limits {
    /// Code and message of what is wrong with the lines of `text`, if anything is.
    pub(super) fn lines_of(&self, text: &str) -> Option<(&'static str, String)> {
        let feeds = || memchr::memchr_iter(b'\n', text.as_bytes());
        if text.len() > self.lines && feeds().count() >= self.lines {
            let message = format!(
                "a document of more than {} lines; --max-lines raises the limit",
                self.lines
            );
            return Some(("too-many-lines", message));
        }
        if text.len() > self.line_bytes {
            let ends = feeds().chain([text.len()]);
            let mut start = 0;
            for end in ends {
                if end - start > self.line_bytes {
                    let message = format!(
                        "a line of more than {} bytes; --max-line-bytes raises the limit",
                        self.line_bytes
                    );
                    return Some(("too-long-line", message));
                }
                start = end + 1;
            }
        }
        None
    }
}

/// What was unpacked of one input so far, all layers together, and how much was stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Unpacked {
    stored: Option<Rc<Cell<u64>>>,
    bytes: Rc<Cell<u64>>,
}

impl Unpacked {
    /// Sets where the count of the stored bytes stands; the outermost layer is what is stored.
    pub(super) fn stored_at(&mut self, count: Rc<Cell<u64>>) {
        self.stored.get_or_insert(count);
    }

    /// `inner`, which fails once it has unpacked more than `ratio` bytes for each byte stored.
    pub(super) fn bounded<R: Read>(&self, inner: R, ratio: u64) -> Bounded<R> {
        Bounded {
            inner,
            unpacked: self.clone(),
            ratio,
        }
    }
}

/// See [`Unpacked::bounded`].
#[derive(Debug)]
pub(super) struct Bounded<R> {
    inner: R,
    unpacked: Unpacked,
    ratio: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        let bytes = self.unpacked.bytes.get().saturating_add(count as u64);
        self.unpacked.bytes.set(bytes);
        let stored = self.unpacked.stored.as_ref().map_or(u64::MAX, |s| s.get());
        if bytes > UNPACKED_FREELY && bytes > self.ratio.saturating_mul(stored.max(1)) {
            let message = format!(
                "it unpacks to more than {} times its size; --max-ratio raises the limit",
                self.ratio
            );
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, message));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn lines_are_held_against_both_limits() {
        let limits = Limits {
            line_bytes: 5,
            lines: 3,
            ..Limits::default()
        };
        let code = |text: &str| limits.lines_of(text).map(|(code, _)| code);
        assert_eq!(code("12345\n12345\n12345"), None);
        assert_eq!(code("1\n2\n3\n4"), Some("too-many-lines"));
        assert_eq!(code("1\n123456"), Some("too-long-line"));
        assert_eq!(code("123456\n1"), Some("too-long-line"));
    }
}
