//! What was done with which input: an embedded database in OUT, one row for each input.
//!
//! redb rather than SQLite: one file, transactions that survive a kill, and pure Rust, so that a machine with nothing
//! but Rust builds it. Rows are JSON, so that a later version can add to them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use redb::{Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, TableDefinition};
use serde::{Deserialize, Serialize};

use super::plan::{Compression, Suffix};
use super::stat::Stat;
use super::{atomic, state};
use crate::error::{Error, Position};

const INPUTS: TableDefinition<'static, &[u8], &[u8]> = TableDefinition::new("inputs");
const NAME: &str = "manifest.redb";

/// Memory that the database may keep of its file: the rows of some 200,000 inputs.
const CACHE_BYTES: usize = 64 << 20;

/// How an input ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    /// Every document was read.
    Whole,
    /// Some documents came out before the damage.
    Partial,
    /// Nothing came out.
    Failed,
}

/// What went wrong with an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// A stable kebab-case name of the cause.
    pub code: String,
    /// Where and why, as it was shown.
    pub message: String,
}

/// What was done with one input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The input as it was opened, for people.
    pub input: String,
    pub(super) stat: Option<Stat>,
    /// Of the input, where it was read to its end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    /// Whether `stat` is too young to be trusted, so that contents must be compared.
    #[serde(skip_serializing_if = "is_false", default)]
    pub(super) doubtful: bool,
    /// What program and options it was done with.
    pub(super) settings: String,
    /// How it ended.
    pub status: Status,
    /// Records written.
    pub records: u64,
    /// Documents without an article, left out because that was asked for.
    pub skipped: u64,
    /// What went wrong.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub failures: Vec<Failure>,
    /// Bytes of the output as stored, where there is one.
    pub output: Option<u64>,
    /// How the output is stored.
    #[serde(default)]
    pub compression: Compression,
    /// Whether the input was gone at the last run.
    #[serde(skip_serializing_if = "is_false", default)]
    pub gone: bool,
    /// When it was done, RFC 3339.
    pub done: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// The database.
#[derive(Debug)]
pub struct Manifest {
    database: Database,
    path: PathBuf,
}

/// How opening a manifest went.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) manifest: Manifest,
    /// Why it had to be rebuilt from the outputs.
    pub(super) rebuilt: Option<String>,
}

impl Row {
    /// What its output is called beside the input's name.
    pub(super) fn suffix(&self) -> Suffix {
        Suffix {
            partial: self.status == Status::Partial,
            compression: self.compression,
        }
    }
}

impl Manifest {
    /// Opens the manifest of `out`, or begins one. A manifest that is damaged, or lost while outputs exist, is rebuilt
    /// from the outputs.
    pub(super) fn open(out: &Path, settings: &str) -> Result<Opened, Error> {
        let path = state(out).join(NAME);
        let exists = path.exists();
        let error = match Self::try_open(&path) {
            Ok(manifest) if exists => {
                return Ok(Opened {
                    manifest,
                    rebuilt: None,
                });
            }
            Ok(manifest) => {
                let rows = rebuilt(out, settings)?;
                let found = !rows.is_empty();
                manifest.put(rows)?;
                return Ok(Opened {
                    manifest,
                    rebuilt: found.then(|| "it was lost".to_owned()),
                });
            }
            Err(error) => error,
        };
        let aside = path.with_extension("damaged");
        fs::rename(&path, &aside).map_err(|e| Error::io(Position::path(display(&path)), &e))?;
        let manifest = Self::try_open(&path)?;
        manifest.put(rebuilt(out, settings)?)?;
        Ok(Opened {
            manifest,
            rebuilt: Some(error.to_string()),
        })
    }

    /// Opens the manifest of `out` to look at it.
    ///
    /// # Errors
    /// There is none, another process has it, or it is damaged.
    pub fn existing(out: &Path) -> Result<Self, Error> {
        let path = state(out).join(NAME);
        if !path.exists() {
            let position = Position::path(display(out));
            return Err(Error::new(position, "not-found", "no batch was run here"));
        }
        Self::try_open(&path)
    }

    fn try_open(path: &Path) -> Result<Self, Error> {
        // A damaged file may trip the database's own checks; that is damage, not a fault of ours.
        let opened = catch_unwind(AssertUnwindSafe(|| -> Result<Database, redb::Error> {
            let database = Database::builder()
                .set_cache_size(CACHE_BYTES)
                .create(path)?;
            let transaction = database.begin_write()?;
            transaction.open_table(INPUTS)?;
            transaction.commit()?;
            Ok(database)
        }));
        match opened {
            Ok(Ok(database)) => Ok(Self {
                database,
                path: path.to_owned(),
            }),
            Ok(Err(error)) => Err(failed(path, &error)),
            Err(_) => Err(Error::new(
                Position::path(display(path)),
                "manifest",
                "the manifest is damaged",
            )),
        }
    }

    /// A view of the rows as they are now, which later writes do not change.
    pub(super) fn rows(&self) -> Result<Rows, Error> {
        let open =
            || -> Result<_, redb::Error> { Ok(self.database.begin_read()?.open_table(INPUTS)?) };
        Ok(Rows {
            table: open().map_err(|error| failed(&self.path, &error))?,
            path: self.path.clone(),
        })
    }

    /// Writes rows, all or none, durably.
    pub(super) fn put(&self, rows: Vec<(Vec<u8>, Row)>) -> Result<(), Error> {
        self.write(rows, &[])
    }

    /// Writes rows and removes others, all or none, durably.
    pub(super) fn write(&self, rows: Vec<(Vec<u8>, Row)>, remove: &[Vec<u8>]) -> Result<(), Error> {
        if rows.is_empty() && remove.is_empty() {
            return Ok(());
        }
        let write = || -> Result<(), redb::Error> {
            let transaction = self.database.begin_write()?;
            {
                let mut table = transaction.open_table(INPUTS)?;
                for (key, row) in &rows {
                    let row = serde_json::to_vec(row).map_err(io::Error::from)?;
                    table.insert(key.as_slice(), row.as_slice())?;
                }
                for key in remove {
                    table.remove(key.as_slice())?;
                }
            }
            Ok(transaction.commit()?)
        };
        write().map_err(|error| failed(&self.path, &error))
    }

    /// Every row, in the order of the outputs' names, with its key: the output's place under OUT.
    ///
    /// # Errors
    /// The manifest cannot be read.
    pub fn for_each(&self, mut see: impl FnMut(&Path, &Row)) -> Result<(), Error> {
        self.rows()?
            .for_each(|_| true, |key, row| see(&place(key), &row))
    }
}

/// The rows at one moment.
pub(super) struct Rows {
    table: redb::ReadOnlyTable<&'static [u8], &'static [u8]>,
    path: PathBuf,
}

impl Rows {
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Row>, Error> {
        let found = self
            .table
            .get(key)
            .map_err(|error| failed(&self.path, &error.into()))?;
        // A row that this version cannot read is one that it has not made.
        Ok(found.and_then(|row| serde_json::from_slice(row.value()).ok()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.table.is_empty().unwrap_or(true)
    }

    /// The rows of the keys that are `wanted`; the others are not even parsed.
    pub(super) fn for_each(
        &self,
        wanted: impl Fn(&[u8]) -> bool,
        mut see: impl FnMut(&[u8], Row),
    ) -> Result<(), Error> {
        let fail = |error: redb::StorageError| failed(&self.path, &error.into());
        for found in self.table.iter().map_err(fail)? {
            let (key, row) = found.map_err(fail)?;
            if wanted(key.value())
                && let Ok(row) = serde_json::from_slice(row.value())
            {
                see(key.value(), row);
            }
        }
        Ok(())
    }
}

fn failed(path: &Path, error: &redb::Error) -> Error {
    Error::new(Position::path(display(path)), "manifest", error.to_string())
}

fn display(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The path that a key was made of.
#[cfg(unix)]
pub(super) fn place(key: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(key))
}

/// The path that a key was made of.
#[cfg(not(unix))]
pub(super) fn place(key: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(key).into_owned())
}

/// Rows as far as the outputs tell them: the hash of each input, so that unchanged ones need not be done again. They
/// are taken to have been made with the present settings, and what failed will be tried again.
fn rebuilt(out: &Path, settings: &str) -> Result<Vec<(Vec<u8>, Row)>, Error> {
    let options = crate::input::Options::default();
    let mut rows = BTreeMap::new();
    for found in crate::input::expand(out, &options) {
        let path = found?;
        let Ok(inside) = path.strip_prefix(out) else {
            continue;
        };
        let name = inside.as_os_str().as_encoded_bytes();
        let suffix = Suffix::ALL
            .iter()
            .find(|suffix| name.ends_with(suffix.text().as_bytes()));
        let Some(suffix) = suffix.filter(|suffix| !suffix.partial) else {
            continue;
        };
        let key = &name[..name.len() - suffix.text().len()];
        let row = outline(&path, suffix.compression)
            .map_err(|e| Error::io(Position::path(display(&path)), &e))?;
        if let Some(row) = row {
            let row = Row {
                settings: settings.to_owned(),
                ..row
            };
            rows.insert(key.to_vec(), row);
        }
    }
    Ok(rows.into_iter().collect())
}

/// What an output says of its input; nothing where it holds no record that does.
fn outline(output: &Path, compression: Compression) -> io::Result<Option<Row>> {
    #[derive(Deserialize)]
    struct Record {
        source: Source,
    }
    #[derive(Deserialize)]
    struct Source {
        path: String,
        sha256: Option<String>,
    }
    let size = output.metadata()?.len();
    let mut lines = atomic::open(output, compression)?;
    let mut first = Vec::new();
    lines.read_until(b'\n', &mut first)?;
    let Ok(record) = serde_json::from_slice::<Record>(&first) else {
        return Ok(None);
    };
    let mut records = 1;
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        records += 1;
        line.clear();
    }
    Ok(record.source.sha256.map(|sha256| Row {
        input: record.source.path,
        stat: None,
        sha256: Some(sha256),
        doubtful: true,
        settings: String::new(),
        status: Status::Whole,
        records,
        skipped: 0,
        failures: Vec::new(),
        output: Some(size),
        compression,
        gone: false,
        done: super::lock::now(),
    }))
}
