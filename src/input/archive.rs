//! Archives: tar, read as it streams, and zip. Nothing is ever written to disk under a name from an archive, so paths
//! and links in it can do no harm: names are only shown, and whatever is not a plain file is passed over.

use std::cell::Cell;
use std::io::{self, Read, Seek};
use std::rc::Rc;

use super::container;
use super::decode::{Known, decode};
use super::scope::{Halt, Scope};
use super::stream::Stream;

/// Names and extended headers longer than this are passed over: no file system has such paths.
const LONGEST_HEADER: u64 = 64 << 10;

/// Bytes of the longest path on common systems; the name of a member goes no further.
const LONGEST_NAME: usize = 4096;

const BLOCK: usize = 512;

/// Whether `head` is the first block of a tar archive.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.len() >= BLOCK && header(&head[..BLOCK]).is_some_and(|h| !h.path_bytes().is_empty())
}

/// The header in `block` if its checksum is right; a text has none that is right by chance.
fn header(block: &[u8]) -> Option<&tar::Header> {
    let sum: u32 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| {
            if (148..156).contains(&at) {
                32
            } else {
                u32::from(*byte)
            }
        })
        .sum();
    let header = tar::Header::from_byte_slice(block);
    (header.cksum().ok()? == sum).then_some(header)
}

/// Everything in a tar archive.
pub(super) fn read_tar(stream: &mut Stream<'_>, scope: &mut Scope<'_>) -> Result<(), Halt> {
    let mut next = Next::default();
    let mut members = 0_u64;
    loop {
        let at = stream.offset();
        let block = stream.peek(BLOCK);
        if block.is_empty() && stream.failure().is_none() {
            return Ok(());
        }
        let Some(block) = stream.peek(BLOCK).get(..BLOCK) else {
            return scope.broken_off(stream, "the tar archive ends in the middle of a header");
        };
        if block.iter().all(|b| *b == 0) {
            return Ok(());
        }
        let Some(header) = header(block) else {
            let message = "damaged tar archive: no header where one should be";
            scope.error(Some(at), "damaged", message)?;
            return Err(Halt::Damaged);
        };
        let kind = header.entry_type();
        let own_name = name(&header.path_bytes());
        let size = match (next.size.take(), header.entry_size()) {
            (Some(size), _) | (None, Ok(size)) => size,
            (None, Err(error)) => {
                let message = format!("damaged tar archive: {error}");
                scope.error(Some(at), "damaged", message)?;
                return Err(Halt::Damaged);
            }
        };
        stream.consume(BLOCK);
        let end = stream.offset().saturating_add(size);
        if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
            next.read(kind, &take(stream, size.min(LONGEST_HEADER)));
        } else {
            let name = next.name.take().unwrap_or(own_name);
            members += 1;
            if members > scope.options.limits.members {
                return too_many(at, scope);
            }
            if kind.is_file() || kind.is_contiguous() {
                read_member(stream, scope, &name, size)?;
            }
        }
        let padded = end.checked_next_multiple_of(BLOCK as u64).unwrap_or(end);
        stream.skip(padded - stream.offset());
        if stream.offset() < end {
            return scope.broken_off(stream, "the tar archive ends in the middle of a file");
        }
    }
}

/// Hands on that the archive holds more files than allowed.
fn too_many(at: u64, scope: &mut Scope<'_>) -> Result<(), Halt> {
    let message = format!(
        "an archive of more than {} files; --max-members raises the limit",
        scope.options.limits.members
    );
    scope.error(Some(at), "too-many-members", message)?;
    Err(Halt::Damaged)
}

/// What an extended header says about the entry behind it.
#[derive(Default)]
struct Next {
    name: Option<String>,
    size: Option<u64>,
}

impl Next {
    fn read(&mut self, kind: tar::EntryType, bytes: &[u8]) {
        if kind.is_gnu_longname() {
            self.name = Some(name(bytes.split(|b| *b == 0).next().unwrap_or_default()));
            return;
        }
        for extension in tar::PaxExtensions::new(bytes).flatten() {
            match extension.key_bytes() {
                b"path" => self.name = Some(name(extension.value_bytes())),
                b"size" => self.size = extension.value().ok().and_then(|v| v.parse().ok()),
                _ => {}
            }
        }
    }
}

fn take(stream: &mut Stream<'_>, count: u64) -> Vec<u8> {
    let count = count as usize;
    let head = stream.peek(count);
    let bytes = head[..head.len().min(count)].to_vec();
    stream.consume(bytes.len());
    bytes
}

/// The name of a member in any encoding, as long as a path can be: what a damaged directory takes for a name may be
/// half an archive.
fn name(bytes: &[u8]) -> String {
    let mut name = decode(
        bytes[..bytes.len().min(LONGEST_NAME)].to_vec(),
        Known::default(),
    )
    .text;
    name.truncate(name.floor_char_boundary(LONGEST_NAME));
    name
}

/// What stands in the next `size` bytes of `stream`; the caller passes over what is left of them.
fn read_member(
    stream: &mut Stream<'_>,
    scope: &mut Scope<'_>,
    name: &str,
    size: u64,
) -> Result<(), Halt> {
    let read = scope.member(name, |scope| {
        let mut member = Stream::sized(Exactly { stream, left: size }, size);
        container::read(&mut member, scope)
    });
    match read {
        // The error stands; go on behind a member that is damaged in itself.
        Err(Halt::Damaged) if stream.failure().is_none() && !stream.peek(1).is_empty() => Ok(()),
        read => read,
    }
}

fn early_end() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the archive ends in the middle of a file",
    )
}

/// The next `left` bytes; fewer are an error.
struct Exactly<'a, 'r> {
    stream: &'a mut Stream<'r>,
    left: u64,
}

impl Read for Exactly<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let want = out
            .len()
            .min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if want == 0 {
            return Ok(0);
        }
        match self.stream.read(&mut out[..want])? {
            0 => Err(early_end()),
            count => {
                self.left -= count as u64;
                Ok(count)
            }
        }
    }
}

/// Files that tell documents in zip archives from archives of documents.
const OFFICE: [&str; 3] = [
    "[Content_Types].xml",
    "META-INF/container.xml",
    "META-INF/manifest.xml",
];

/// Whether `head` is the beginning of a zip archive.
pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Everything in a zip archive, in the order of its directory. The directory stands at the end, so an archive that
/// is not in memory is first written to a nameless temporary file.
pub(super) fn read_zip(stream: &mut Stream<'_>, scope: &mut Scope<'_>) -> Result<(), Halt> {
    let start = stream.offset();
    let mut file = match spool(stream) {
        Ok(file) => file,
        Err(error) => {
            scope.error(Some(start), "io", format!("temporary file: {error}"))?;
            return Err(Halt::Damaged);
        }
    };
    if members(&mut file).is_some_and(|members| members > scope.options.limits.members) {
        return too_many(start, scope);
    }
    let stored = file.seek(io::SeekFrom::End(0)).unwrap_or(u64::MAX);
    scope.unpacked.stored_at(Rc::new(Cell::new(stored)));
    let mut archive = match zip::ZipArchive::new(&mut file) {
        Ok(archive) => archive,
        Err(error) => return read_zip_without_directory(file, scope, &error),
    };
    if OFFICE
        .iter()
        .any(|name| archive.index_for_name(name).is_some())
    {
        let message = "not text but an Office document or an e-book; convert it first";
        return scope.error(Some(start), "not-text", message);
    }
    for index in 0..archive.len() {
        let file = match archive.by_index(index) {
            Ok(file) => file,
            Err(error) => {
                let message = format!("file {index} of the zip archive: {error}");
                scope.error(None, "damaged", message)?;
                continue;
            }
        };
        if file.is_file() {
            let name = name(file.name_raw());
            read_zip_member(file, scope, &name)?;
        }
    }
    Ok(())
}

/// How many files the directory of a zip archive announces; it is held in memory as a whole, so this is asked first.
fn members(file: &mut Spool) -> Option<u64> {
    /// The end record, and the longest comment behind it.
    const TAIL: u64 = 22 + 0xffff + 100;
    let end = file.seek(io::SeekFrom::End(0)).ok()?;
    file.seek(io::SeekFrom::Start(end.saturating_sub(TAIL)))
        .ok()?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail).ok()?;
    let at = memchr::memmem::rfind(&tail, b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    let count = u64::from(u16::from_le_bytes([count[0], count[1]]));
    if count < 0xffff {
        return Some(count);
    }
    let Some(at) = memchr::memmem::rfind(&tail[..at], b"PK\x06\x06") else {
        return Some(count);
    };
    let count = tail.get(at + 32..at + 40)?.try_into().ok()?;
    Some(u64::from_le_bytes(count))
}

/// What is before the damage in an archive whose directory is lost.
fn read_zip_without_directory(
    mut file: Spool,
    scope: &mut Scope<'_>,
    error: &zip::result::ZipError,
) -> Result<(), Halt> {
    let mut end = 0;
    if file.rewind().is_ok() {
        while let Ok(Some(member)) = zip::read::read_zipfile_from_stream(&mut file) {
            if member.is_file() {
                let name = name(member.name_raw());
                read_zip_member(member, scope, &name)?;
            }
        }
        end = file.stream_position().unwrap_or(end);
    }
    let message = format!("damaged zip archive: {error}");
    scope.error(Some(end), "damaged", message)?;
    Err(Halt::Damaged)
}

fn read_zip_member<R: Read>(
    file: zip::read::ZipFile<'_, R>,
    scope: &mut Scope<'_>,
    name: &str,
) -> Result<(), Halt> {
    let read = scope.member(name, |scope| {
        let size = file.size();
        let bounded = scope.unpacked.bounded(file, scope.options.limits.ratio);
        let mut member = Stream::sized(bounded, size);
        container::read(&mut member, scope)
    });
    if read == Err(Halt::Damaged) {
        return Ok(());
    }
    read
}

/// What a zip archive is read from.
type Spool = tempfile::SpooledTempFile;

/// An archive up to this many bytes is held in memory.
const SPOOL_BYTES: usize = 16 << 20;

fn spool(stream: &mut Stream<'_>) -> io::Result<Spool> {
    let mut spool = tempfile::spooled_tempfile(SPOOL_BYTES);
    match io::copy(stream, &mut spool) {
        Err(error) if stream.failure().is_none() => Err(error),
        // A truncated archive still gives what stands before the damage.
        _ => Ok(spool),
    }
}
