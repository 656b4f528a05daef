//! Outputs that appear whole or not at all: written beside their final name, made durable in groups, renamed.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::plan::Compression;

/// Temporary names begin like this; hidden, so that no walk meets them.
const TEMPORARY: &str = ".copydesk-";

/// Fewer files than this are synced one by one; more are cheaper with one call for the whole file system.
#[cfg(target_os = "linux")]
const SYNC_ALL: usize = 8;

/// An output that is being written under its temporary name. Dropped unfinished, it vanishes.
#[derive(Debug)]
pub(super) struct Unfinished {
    file: Encoder,
    temporary: Temporary,
}

/// What is between the records and their file.
enum Encoder {
    None(BufWriter<File>),
    Gzip(GzEncoder<BufWriter<File>>),
    Zstd(zstd::Encoder<'static, BufWriter<File>>),
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None(_) => "None",
            Self::Gzip(_) => "Gzip",
            Self::Zstd(_) => "Zstd",
        })
    }
}

/// A finished output that waits for its final name.
#[derive(Debug)]
pub(super) struct Finished {
    temporary: Temporary,
    to: PathBuf,
}

#[derive(Debug)]
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // After a rename there is nothing left to remove.
        let _ = fs::remove_file(&self.0);
    }
}

impl Unfinished {
    /// Begins an output that will lie beside `to`.
    pub(super) fn create(
        to: &Path,
        compression: Compression,
        folders: &mut Folders,
    ) -> io::Result<Self> {
        let folder = to.parent().unwrap_or(Path::new(""));
        folders.create(folder)?;
        let mut name = OsString::from(TEMPORARY);
        name.push(to.file_name().unwrap_or_default());
        let temporary = Temporary(folder.join(name));
        let file = BufWriter::with_capacity(1 << 14, File::create(&temporary.0)?);
        let file = match compression {
            Compression::None => Encoder::None(file),
            Compression::Gzip => {
                Encoder::Gzip(GzEncoder::new(file, flate2::Compression::default()))
            }
            Compression::Zstd => {
                Encoder::Zstd(zstd::Encoder::new(file, zstd::DEFAULT_COMPRESSION_LEVEL)?)
            }
        };
        Ok(Self { file, temporary })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.file {
            Encoder::None(file) => file.write_all(bytes),
            Encoder::Gzip(file) => file.write_all(bytes),
            Encoder::Zstd(file) => file.write_all(bytes),
        }
    }

    /// Ends the output, which still has its temporary name; how many bytes it has as stored.
    pub(super) fn finish(self, to: PathBuf) -> io::Result<(u64, Finished)> {
        let file = match self.file {
            Encoder::None(file) => file,
            Encoder::Gzip(file) => file.finish()?,
            Encoder::Zstd(file) => file.finish()?,
        };
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        let finished = Finished {
            temporary: self.temporary,
            to,
        };
        Ok((file.metadata()?.len(), finished))
    }
}

/// Opens an output to read its lines.
pub(super) fn open(path: &Path, compression: Compression) -> io::Result<Box<dyn BufRead>> {
    let file = File::open(path)?;
    Ok(match compression {
        Compression::None => Box::new(BufReader::new(file)),
        Compression::Gzip => Box::new(BufReader::new(GzDecoder::new(BufReader::new(file)))),
        Compression::Zstd => Box::new(BufReader::new(zstd::Decoder::new(file)?)),
    })
}

/// Makes a group of outputs under `out` durable and gives each its final name.
pub(super) fn publish(out: &Path, group: Vec<Finished>) -> io::Result<()> {
    sync(out, &group)?;
    for finished in group {
        fs::rename(&finished.temporary.0, &finished.to)?;
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn sync(out: &Path, group: &[Finished]) -> io::Result<()> {
    if group.len() >= SYNC_ALL {
        return Ok(rustix::fs::syncfs(File::open(out)?)?);
    }
    sync_each(group)
}

#[cfg(not(target_os = "linux"))]
fn sync(_out: &Path, group: &[Finished]) -> io::Result<()> {
    sync_each(group)
}

fn sync_each(group: &[Finished]) -> io::Result<()> {
    let mut files = group.iter();
    files.try_for_each(|finished| File::open(&finished.temporary.0)?.sync_data())
}

/// Removes the temporary files that a killed run left under `out`.
pub(super) fn sweep(out: &Path) -> io::Result<()> {
    let mut folders = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let name = entry.file_name();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes()) {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}

/// Folders that are known to exist.
#[derive(Debug, Default)]
pub(super) struct Folders(HashSet<PathBuf>);

impl Folders {
    fn create(&mut self, folder: &Path) -> io::Result<()> {
        if !self.0.contains(folder) {
            fs::create_dir_all(folder)?;
            self.0.insert(folder.to_owned());
        }
        Ok(())
    }
}
