//! Compression, told by its first bytes: gzip, zstd, bzip2, xz and lz4, of one or of many members.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use super::stream::Stream;

/// What an xz or lz4 file may make the decoder allocate, in KiB: what `xz -9` needs.
const XZ_MEMORY_KIB: u32 = 65 << 10;

/// A way of compressing that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Lz4,
}

/// The compression that `head` is the beginning of.
pub(super) fn sniff(head: &[u8]) -> Option<Compression> {
    match head {
        [0x1f, 0x8b, 8, ..] => Some(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
        // A skippable frame, which parallel zstd writes first.
        [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Compression::Zstd),
        [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]
            if rest.starts_with(b"\x31\x41\x59\x26\x53\x59")
                || rest.starts_with(b"\x17\x72\x45") =>
        {
            Some(Compression::Bzip2)
        }
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Compression::Xz),
        [0x04, 0x22, 0x4d, 0x18, ..] => Some(Compression::Lz4),
        _ => None,
    }
}

impl Compression {
    /// As its users call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Lz4 => "lz4",
        }
    }

    /// What `stream` holds, decompressed; errors say which compression was damaged.
    pub(super) fn decoder<'a>(self, stream: &'a mut Stream<'_>) -> io::Result<Box<dyn Read + 'a>> {
        let inner: Box<dyn Read + 'a> = match self {
            Self::Gzip => Box::new(Gzip(Some(GzDecoder::new(stream)))),
            Self::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(stream)?),
            Self::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(stream)),
            Self::Xz => Box::new(Careful {
                inner: lzma_rust2::XzReader::new_mem_limit(stream, true, XZ_MEMORY_KIB),
                failure: None,
            }),
            Self::Lz4 => Box::new(Lz4(lz4_flex::frame::FrameDecoder::new(stream))),
        };
        Ok(Box::new(Named {
            inner,
            name: self.name(),
        }))
    }
}

/// Members one behind the other, with any zeros between and behind them (tapes are padded so). What else stands
/// behind the last member is left in the stream.
struct Gzip<'a, 'r>(Option<GzDecoder<&'a mut Stream<'r>>>);

impl Read for Gzip<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = &mut self.0 else {
                return Ok(0);
            };
            let count = member.read(out)?;
            if count > 0 || out.is_empty() {
                return Ok(count);
            }
            let Some(stream) = self.0.take().map(GzDecoder::into_inner) else {
                return Ok(0);
            };
            loop {
                let zeros = stream.fill_buf()?.iter().take_while(|b| **b == 0).count();
                if zeros == 0 {
                    break;
                }
                stream.consume(zeros);
            }
            if sniff(stream.peek(3)) == Some(Compression::Gzip) {
                self.0 = Some(GzDecoder::new(stream));
            }
        }
    }
}

/// Frames one behind the other.
struct Lz4<'a, 'r>(lz4_flex::frame::FrameDecoder<&'a mut Stream<'r>>);

impl Read for Lz4<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.0.read(out)?;
            if count > 0 || out.is_empty() || self.0.get_mut().fill_buf()?.is_empty() {
                return Ok(count);
            }
        }
    }
}

/// How much is asked of a decoder at once that forgets what it made in the call that fails: a fraction of a document,
/// and enough that the calls cost nothing beside the decoding.
const CAREFUL_STEP: usize = 64;

/// Reads in small steps and gives what came before a failure first, so that damage costs nothing in front of it.
struct Careful<R> {
    inner: R,
    failure: Option<io::Error>,
}

impl<R: Read> Read for Careful<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let mut filled = 0;
        while filled < out.len() {
            let end = out.len().min(filled + CAREFUL_STEP);
            match self.inner.read(&mut out[filled..end]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if filled == 0 => return Err(error),
                Err(error) => {
                    self.failure = Some(error);
                    break;
                }
            }
        }
        Ok(filled)
    }
}

/// Adds to errors whose they are.
struct Named<R> {
    inner: R,
    name: &'static str,
}

impl<R: Read> Read for Named<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.inner.read(out).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            io::ErrorKind::UnexpectedEof => io::Error::new(
                io::ErrorKind::UnexpectedEof,
                format!("the {} data end too early", self.name),
            ),
            kind => io::Error::new(kind, format!("damaged {} data: {error}", self.name)),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::{Compression, sniff};
    use crate::input::stream::Stream;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(text).unwrap();
        out.finish().unwrap()
    }

    fn lz4(text: &[u8]) -> Vec<u8> {
        let mut out = lz4_flex::frame::FrameEncoder::new(Vec::new());
        out.write_all(text).unwrap();
        out.finish().unwrap()
    }

    fn read(bytes: Vec<u8>) -> (Vec<u8>, Option<String>, Vec<u8>) {
        let mut stream = Stream::memory(bytes);
        let found = sniff(stream.peek(10)).unwrap();
        let mut out = Vec::new();
        let error = found
            .decoder(&mut stream)
            .unwrap()
            .read_to_end(&mut out)
            .err();
        let left = stream.peek(10).to_vec();
        (out, error.map(|e| e.to_string()), left)
    }

    #[test]
    fn members_may_follow_each_other() {
        for pack in [gzip, lz4, |text: &[u8]| {
            zstd::stream::encode_all(text, 1).unwrap()
        }] {
            let two = [pack(b"one "), pack(b"two")].concat();
            assert_eq!(read(two), (b"one two".to_vec(), None, vec![]));
        }
    }

    #[test]
    fn what_is_behind_gzip_data_is_left_unless_zero() {
        let padded = [gzip(b"one "), vec![0; 99], gzip(b"two"), vec![0; 512]].concat();
        assert_eq!(read(padded), (b"one two".to_vec(), None, vec![]));
        let garbage = [gzip(b"one"), b"junk".to_vec()].concat();
        assert_eq!(read(garbage), (b"one".to_vec(), None, b"junk".to_vec()));
    }

    #[test]
    fn truncated_data_give_what_there_is_and_an_error() {
        let text: Vec<u8> = (0..200_000u32)
            .flat_map(|n| n.to_string().into_bytes())
            .collect();
        let mut bytes = gzip(&text);
        bytes.truncate(bytes.len() / 2);
        let (out, error, _) = read(bytes);
        assert!(out.len() > 1_000 && text.starts_with(&out));
        assert_eq!(error.as_deref(), Some("the gzip data end too early"));
    }

    #[test]
    fn plain_words_are_not_taken_for_bzip2() {
        assert_eq!(sniff(b"BZh9 is the magic of bzip2"), None);
        assert_eq!(sniff(b"BZh91AY&SY"), Some(Compression::Bzip2));
    }
}
