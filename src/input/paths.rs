//! Which files are meant: folders expanded, lists of paths read. Opens no file but the lists.
//!
//! A folder is read recursively, in the order that `find FOLDER -type f | LC_ALL=C sort` prints. Hidden entries are
//! left out (the folder that was asked for may be hidden). Links to files are followed, links to folders below the one
//! asked for are not, so that no loop can arise; what is neither file nor folder (sockets, devices, pipes) is left out
//! there. A path given by name is always taken, whatever it is.

use std::ffi::OsString;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::Options;
use crate::error::{Error, Position};

/// The files that `path` stands for: itself, or what a folder holds. A folder is listed while it is walked, one
/// level of it in memory at a time.
///
/// # Errors
/// A folder that cannot be listed is one error, and the walk goes on behind it. Whether a file can be read is seen
/// when it is opened.
pub fn expand(
    path: &Path,
    options: &Options,
) -> impl Iterator<Item = Result<PathBuf, Error>> + use<> {
    let mut walk = Walk {
        hidden: options.hidden,
        pending: Vec::new(),
    };
    walk.pending.push(if path.is_dir() {
        Entry::Folder(path.to_owned())
    } else {
        Entry::File(path.to_owned())
    });
    walk
}

enum Entry {
    File(PathBuf),
    Folder(PathBuf),
}

struct Walk {
    hidden: bool,
    /// A stack: the next entry last.
    pending: Vec<Entry>,
}

impl Iterator for Walk {
    type Item = Result<PathBuf, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.pending.pop()? {
                Entry::File(path) => return Some(Ok(path)),
                Entry::Folder(path) => {
                    if let Err(error) = self.list(&path) {
                        let position = Position::path(path.to_string_lossy());
                        return Some(Err(Error::io(position, &error)));
                    }
                }
            }
        }
    }
}

impl Walk {
    fn list(&mut self, folder: &Path) -> std::io::Result<()> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if !self.hidden && name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let kind = entry.file_type()?;
            let path = entry.path();
            if kind.is_dir() {
                found.push((sort_key(name, true), Entry::Folder(path)));
            } else if kind.is_file() || (kind.is_symlink() && leads_to_file_or_nowhere(&path)) {
                found.push((sort_key(name, false), Entry::File(path)));
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0));
        self.pending
            .extend(found.into_iter().map(|(_, entry)| entry));
        Ok(())
    }
}

/// A link that leads nowhere is taken for a file, so that it becomes an error instead of vanishing.
fn leads_to_file_or_nowhere(link: &Path) -> bool {
    link.metadata().map_or(true, |metadata| metadata.is_file())
}

/// With the slash behind a folder's name, sorting the names of one folder sorts the whole paths.
fn sort_key(name: OsString, folder: bool) -> Vec<u8> {
    let mut key = name.into_encoded_bytes();
    if folder {
        key.push(b'/');
    }
    key
}

/// The paths in a list, one a line (CRLF too), or ended by NUL where `nul`; empty entries are skipped.
///
/// # Errors
/// A list that cannot be read ends with one error.
pub fn listed(
    mut list: impl BufRead,
    name: &str,
    nul: bool,
) -> impl Iterator<Item = Result<PathBuf, Error>> {
    let position = Position::path(name);
    let mut entry = Vec::new();
    let mut over = false;
    std::iter::from_fn(move || {
        while !over {
            entry.clear();
            match list.read_until(if nul { 0 } else { b'\n' }, &mut entry) {
                Ok(0) => over = true,
                Ok(_) => {
                    let path = trim_end(&entry, nul);
                    if !path.is_empty() {
                        return Some(Ok(path_of(path)));
                    }
                }
                Err(error) => {
                    over = true;
                    return Some(Err(Error::io(position.clone(), &error)));
                }
            }
        }
        None
    })
}

fn trim_end(entry: &[u8], nul: bool) -> &[u8] {
    if nul {
        return entry.strip_suffix(b"\0").unwrap_or(entry);
    }
    let entry = entry.strip_suffix(b"\n").unwrap_or(entry);
    entry.strip_suffix(b"\r").unwrap_or(entry)
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_list_may_end_its_lines_in_any_way() {
        let got: Vec<_> = listed(&b"a b.txt\r\n\n\xed\x95\x9c.txt\nlast"[..], "-", false)
            .map(|path| path.map(|p| p.to_string_lossy().into_owned()))
            .collect();
        let want = ["a b.txt", "한.txt", "last"].map(|p| Ok(p.to_owned()));
        assert_eq!(got, want);
        let got: Vec<_> = listed(&b"a\nb\0c\0"[..], "-", true).flatten().collect();
        assert_eq!(got, ["a\nb", "c"].map(std::path::PathBuf::from));
    }
}
