//! A reader that can be looked into before anything is taken from it, and that knows where it stands.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// How much is asked of the reader below at once, in bytes.
const CHUNK: usize = 256 << 10;

/// A member of an archive up to this many bytes is read at once.
const AT_ONCE: u64 = 1 << 20;

/// Bytes of one (decompressed) input or member. A failure of the reader below shows only once everything before it
/// was taken.
pub(super) struct Stream<'r> {
    buffer: Vec<u8>,
    start: usize,
    offset: u64,
    inner: Option<Box<dyn Read + 'r>>,
    failure: Option<io::Error>,
    /// Told of every step.
    watch: Option<Rc<Cell<u64>>>,
}

/// Where a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// One past its line feed.
    Found(usize),
    /// At the end of what could be read, with no line feed.
    Last(usize),
    /// Beyond the limit.
    Over,
}

impl<'r> Stream<'r> {
    /// Over bytes that are in memory; they are not copied.
    pub(super) fn memory(bytes: Vec<u8>) -> Self {
        Self {
            buffer: bytes,
            start: 0,
            offset: 0,
            inner: None,
            failure: None,
            watch: None,
        }
    }

    /// Over a reader that needs no buffer of its own.
    pub(super) fn over(reader: impl Read + 'r) -> Self {
        Self {
            inner: Some(Box::new(reader)),
            ..Self::memory(Vec::new())
        }
    }

    /// Over a reader of `size` bytes; a few are read at once.
    pub(super) fn sized(mut reader: impl Read + 'r, size: u64) -> Self {
        if size > AT_ONCE {
            return Self::over(reader);
        }
        let mut bytes = Vec::with_capacity(size as usize + 1);
        let mut few = (&mut reader).take(AT_ONCE);
        let failure = few.read_to_end(&mut bytes).err();
        if failure.is_none() && bytes.len() as u64 == AT_ONCE {
            return Self {
                buffer: bytes,
                ..Self::over(reader)
            };
        }
        Self {
            failure,
            ..Self::memory(bytes)
        }
    }

    /// Where the next byte stands, from the beginning.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// What stopped the reader, once all before it was taken.
    pub(super) fn failure(&self) -> Option<&io::Error> {
        self.failure.as_ref()
    }

    /// At least the next `want` bytes, all that is left if that is less, more if they are at hand.
    pub(super) fn peek(&mut self, want: usize) -> &[u8] {
        while self.buffer.len() - self.start < want && self.fill() {}
        &self.buffer[self.start..]
    }

    /// Passes over `count` bytes that were peeked at.
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.buffer.len() - self.start);
        self.start += count;
        self.offset += count as u64;
        if let Some(watch) = &self.watch {
            watch.set(self.offset);
        }
    }

    /// Where the next byte stands, to be looked at while something else reads from here.
    pub(super) fn watch(&mut self) -> Rc<Cell<u64>> {
        Rc::clone(
            self.watch
                .get_or_insert_with(|| Rc::new(Cell::new(self.offset))),
        )
    }

    /// The bytes that were peeked at.
    pub(super) fn buffered(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Where the bytes end that could be read so far.
    pub(super) fn known_end(&self) -> u64 {
        self.offset + self.buffered().len() as u64
    }

    /// Takes the next `count` bytes, which were peeked at.
    pub(super) fn take(&mut self, count: usize) -> Vec<u8> {
        let bytes = self.buffered();
        let bytes = bytes[..count.min(bytes.len())].to_vec();
        self.consume(count);
        bytes
    }

    /// Passes over `count` bytes, or as many as there are.
    pub(super) fn skip(&mut self, mut count: u64) {
        while count > 0 {
            let at_hand = self.peek(1).len() as u64;
            if at_hand == 0 {
                return;
            }
            let step = at_hand.min(count);
            self.consume(step as usize);
            count -= step;
        }
    }

    /// Where the line ends that begins `from` bytes on.
    pub(super) fn line(&mut self, from: usize, limit: usize) -> LineEnd {
        let mut searched = from;
        loop {
            let bytes = self.buffered();
            let length = bytes.len();
            if let Some(found) = memchr::memchr(b'\n', bytes.get(searched..).unwrap_or_default()) {
                let end = searched + found + 1;
                return if end - from > limit.saturating_add(1) {
                    LineEnd::Over
                } else {
                    LineEnd::Found(end)
                };
            }
            searched = length.max(from);
            if searched - from > limit {
                return LineEnd::Over;
            }
            if self.peek(length + 1).len() == length {
                return LineEnd::Last(length);
            }
        }
    }

    /// Passes over the rest of a line of any length.
    pub(super) fn skip_line(&mut self) {
        loop {
            let bytes = self.peek(1);
            if let Some(end) = memchr::memchr(b'\n', bytes) {
                return self.consume(end + 1);
            }
            let count = bytes.len();
            if count == 0 {
                return;
            }
            self.consume(count);
        }
    }

    /// Takes all that is left, if it is at most `limit` bytes; else takes nothing. What is in memory is not copied.
    pub(super) fn rest(&mut self, limit: usize) -> Option<Vec<u8>> {
        if self.peek(limit.saturating_add(1)).len() > limit {
            return None;
        }
        let mut rest = std::mem::take(&mut self.buffer);
        rest.drain(..self.start);
        self.start = 0;
        self.offset += rest.len() as u64;
        Some(rest)
    }

    /// Reads another chunk; false at the end.
    fn fill(&mut self) -> bool {
        let Some(inner) = &mut self.inner else {
            return false;
        };
        if self.start > 0 && self.start >= self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let end = self.buffer.len();
        // Doubling keeps the zeroing linear when a document of many chunks is gathered.
        let room = CHUNK.max(end - self.start);
        self.buffer.resize(end + room, 0);
        let (read, more) = read_full(inner, &mut self.buffer[end..]);
        self.buffer.truncate(end + read);
        match more {
            Ok(true) => {}
            Ok(false) => self.inner = None,
            Err(error) => {
                self.failure = Some(error);
                self.inner = None;
            }
        }
        read > 0
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let at_hand = self.peek(1);
        let count = at_hand.len().min(out.len());
        if count == 0 && !out.is_empty() {
            return match &self.failure {
                Some(failure) => Err(io::Error::new(failure.kind(), failure.to_string())),
                None => Ok(0),
            };
        }
        out[..count].copy_from_slice(&at_hand[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Stream<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.peek(1).is_empty()
            && let Some(failure) = &self.failure
        {
            return Err(io::Error::new(failure.kind(), failure.to_string()));
        }
        Ok(self.buffered())
    }

    fn consume(&mut self, count: usize) {
        Stream::consume(self, count);
    }
}

/// Reads once, again where that was interrupted; whether more may follow.
fn read_full(reader: &mut dyn Read, out: &mut [u8]) -> (usize, io::Result<bool>) {
    loop {
        match reader.read(out) {
            Ok(count) => return (count, Ok(count > 0)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (0, Err(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::Stream;

    struct Damaged(&'static [u8]);

    impl Read for Damaged {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            match self.0.read(out)? {
                0 => Err(io::Error::other("damaged")),
                count => Ok(count),
            }
        }
    }

    #[test]
    fn a_failure_shows_behind_the_bytes_before_it() {
        let mut stream = Stream::over(Damaged(b"abc"));
        assert_eq!(stream.peek(10), b"abc");
        let mut got = [0; 8];
        assert_eq!(stream.read(&mut got).ok(), Some(3));
        assert!(stream.read(&mut got).is_err());
        assert_eq!(stream.offset(), 3);
    }

    #[test]
    fn the_rest_is_taken_only_within_the_limit() {
        let mut stream = Stream::memory(b"abcdef".to_vec());
        stream.consume(2);
        assert_eq!(stream.rest(3), None);
        assert_eq!(stream.rest(4).as_deref(), Some(&b"cdef"[..]));
        assert_eq!(stream.offset(), 6);
    }
}
