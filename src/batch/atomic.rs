//! Outputs that appear whole or not at all: written beside their final name, made durable in groups, renamed.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Temporary names begin like this; hidden, so that no walk meets them.
const TEMPORARY: &str = ".copydesk-";

/// Fewer files than this are synced one by one; more are cheaper with one call for the whole file system.
#[cfg(target_os = "linux")]
const SYNC_ALL: usize = 8;

/// An output that is being written under its temporary name. Dropped unfinished, it vanishes.
#[derive(Debug)]
pub(super) struct Unfinished {
    file: BufWriter<File>,
    temporary: Temporary,
    /// Bytes written.
    pub(super) size: u64,
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
    pub(super) fn create(to: &Path, folders: &mut Folders) -> io::Result<Self> {
        let folder = to.parent().unwrap_or(Path::new(""));
        folders.create(folder)?;
        let mut name = OsString::from(TEMPORARY);
        name.push(to.file_name().unwrap_or_default());
        let temporary = Temporary(folder.join(name));
        Ok(Self {
            file: BufWriter::with_capacity(1 << 14, File::create(&temporary.0)?),
            temporary,
            size: 0,
        })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.size += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// Ends the output; it still has its temporary name.
    pub(super) fn finish(self, to: PathBuf) -> io::Result<Finished> {
        drop(
            self.file
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?,
        );
        Ok(Finished {
            temporary: self.temporary,
            to,
        })
    }
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
