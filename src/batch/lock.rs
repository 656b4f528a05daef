//! One run at a time: a lock that the operating system gives back when its holder dies, with a note of who holds it.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Who holds a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process number.
    pub pid: u32,
    /// Name of the machine, where it is known.
    pub host: Option<String>,
    /// Since when, RFC 3339.
    pub since: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.pid)?;
        if let Some(host) = &self.host {
            write!(f, " on {host}")?;
        }
        write!(f, " since {}", self.since)
    }
}

/// Why a lock was not had.
#[derive(Debug)]
pub enum LockError {
    /// Another run has it; none where its note cannot be read.
    Held(Option<Holder>),
    /// The lock file cannot be made.
    Io(PathBuf, io::Error),
}

/// Held as long as it lives.
#[derive(Debug)]
pub struct Lock {
    /// Closing it gives the lock back.
    _file: File,
    /// Whether the run before left without giving the lock back: it was killed, and may have left temporary files.
    pub(super) after_a_crash: bool,
}

const NAME: &str = "lock";

impl Lock {
    /// Takes the lock in `folder`, which exists.
    ///
    /// # Errors
    /// See [`LockError`].
    pub fn take(folder: &Path) -> Result<Self, LockError> {
        let path = folder.join(NAME);
        let io = |error| LockError::Io(path.clone(), error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held(note(&mut file))),
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let after_a_crash = note(&mut file).is_some();
        let holder = Holder {
            pid: std::process::id(),
            host: host(),
            since: now(),
        };
        let note = serde_json::to_vec(&holder).map_err(|error| io(error.into()))?;
        let write = |mut file: &File| -> io::Result<()> {
            file.set_len(0)?;
            file.rewind()?;
            file.write_all(&note)
        };
        write(&file).map_err(io)?;
        Ok(Self {
            _file: file,
            after_a_crash,
        })
    }

    /// Who holds the lock in `folder` now.
    #[must_use]
    pub fn holder(folder: &Path) -> Option<Holder> {
        let mut file = File::open(folder.join(NAME)).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => note(&mut file),
            _ => None,
        }
    }

    /// Gives the lock back in good order.
    pub(super) fn release(self) {
        // A note left behind only makes the next run look for temporary files.
        let _ = self._file.set_len(0);
    }
}

fn note(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(4096).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

fn host() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Now, in whole seconds of UTC.
pub(super) fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .to_string()
}
