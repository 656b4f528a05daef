//! Whether a file has changed since it was read, as git tells it: size, times and inode first, contents only where
//! those leave doubt.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the file system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stat {
    size: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// Nanoseconds since 1970 of the last change of contents, name or rights; as `modified` where there is none.
    changed: i64,
    inode: u64,
}

/// Clocks of file systems tick at 100 to 1,000 Hz; two writes within one tick look like one.
const TICK: i64 = 20_000_000;

/// A file system that keeps whole seconds (FAT: two of them).
const COARSE_TICK: i64 = 2_000_000_000;

impl Stat {
    /// Looks at `path`; at the link itself where that leads nowhere.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = match path.metadata() {
            Ok(metadata) => metadata,
            Err(error) => path.symlink_metadata().map_err(|_| error)?,
        };
        Ok(Self::new(&metadata))
    }

    #[cfg(unix)]
    fn new(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000) + rest;
        Self {
            size: metadata.size(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    #[cfg(not(unix))]
    fn new(metadata: &Metadata) -> Self {
        let modified = metadata.modified().map_or(0, nanoseconds);
        Self {
            size: metadata.len(),
            modified,
            changed: modified,
            inode: 0,
        }
    }

    /// Whether the file changed so shortly before `now` that a later change could look the same.
    pub(super) fn is_fresh(&self, now: SystemTime) -> bool {
        let latest = self.modified.max(self.changed);
        let tick = if latest % 1_000_000_000 == 0 {
            COARSE_TICK
        } else {
            TICK
        };
        latest + tick >= nanoseconds(now)
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos() as i64)
}

/// Lower-case hex SHA-256 of a file.
pub(super) fn sha256(path: &Path) -> io::Result<String> {
    use std::fmt::Write;
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            count => hash.update(&buffer[..count]),
        }
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

#[cfg(test)]
mod tests {
    use super::Stat;
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    #[test]
    fn a_file_changed_within_a_tick_is_not_trusted() {
        let at = |nanoseconds: u64| UNIX_EPOCH + Duration::from_nanos(nanoseconds);
        let stat = |modified: i64| Stat {
            size: 1,
            modified,
            changed: modified,
            inode: 1,
        };
        let second = 1_000_000_000;
        assert!(stat(5 * second + 1).is_fresh(at(5 * second as u64 + 1_000_000)));
        assert!(!stat(5 * second + 1).is_fresh(at(6 * second as u64)));
        assert!(
            stat(5 * second).is_fresh(at(6 * second as u64)),
            "whole seconds"
        );
        assert!(
            stat(i64::MAX / 2).is_fresh(SystemTime::now()),
            "from the future"
        );
    }
}
