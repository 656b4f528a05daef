//! What a run does with an input: nothing, where it is done already; else the work.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use super::manifest::{Failure, Manifest, Row, Rows, Status};
use super::plan::Task;
use super::stat::{Stat, sha256};
use crate::error::Error;

/// How an input is held against what was read of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compare {
    /// By size, times and inode; by contents where those differ or are too young to be trusted.
    #[default]
    Stat,
    /// Always by contents.
    Contents,
}

/// What becomes of outputs that another version or other options made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outdated {
    /// They are made again.
    #[default]
    Redo,
    /// They stay.
    Keep,
}

/// What becomes of inputs that failed before and have not changed since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Failed {
    /// They are named, not tried again.
    #[default]
    Leave,
    /// They are tried again.
    Retry,
}

/// How the inputs of a run ended, those left alone included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) whole: u64,
    pub(super) partial: u64,
    pub(super) failed: u64,
    pub(super) records: u64,
    pub(super) skipped: u64,
    pub(super) errors: u64,
}

impl Tally {
    pub(super) fn count(&mut self, row: &Row) {
        match row.status {
            Status::Whole => self.whole += 1,
            Status::Partial => self.partial += 1,
            Status::Failed => self.failed += 1,
        }
        self.records += row.records;
        self.skipped += row.skipped;
        self.errors += row.failures.len() as u64;
    }
}

/// The reader's side of a run: what it left alone.
pub(super) struct Decider<'a> {
    pub(super) out: &'a Path,
    pub(super) settings: &'a str,
    pub(super) compare: Compare,
    pub(super) outdated: Outdated,
    pub(super) failed: Failed,
    manifest: &'a Manifest,
    rows: Rows,
    /// Hashes of the keys met, so that ten million inputs fit into memory.
    seen: HashSet<u64>,
    hasher: RandomState,
    pub(super) left_alone: Tally,
    pub(super) old_failures: Vec<Failure>,
    /// Rows whose input has new times and the old contents.
    refreshed: Vec<(Vec<u8>, Row)>,
}

/// Rows written at once when only times have changed.
const REFRESH: usize = 4096;

/// What is to be done with an input.
#[derive(Debug)]
pub(super) enum Decision {
    /// It is done already.
    LeaveAlone,
    /// It is to be read.
    Work {
        /// Its look now, where it could be had.
        look: Option<Stat>,
        /// Whether an earlier run read it, so that an output may lie there.
        known: bool,
    },
}

impl<'a> Decider<'a> {
    pub(super) fn new(
        out: &'a Path,
        settings: &'a str,
        manifest: &'a Manifest,
        rows: Rows,
    ) -> Self {
        Self {
            out,
            settings,
            compare: Compare::default(),
            outdated: Outdated::default(),
            failed: Failed::default(),
            manifest,
            rows,
            seen: HashSet::new(),
            hasher: RandomState::new(),
            left_alone: Tally::default(),
            old_failures: Vec::new(),
            refreshed: Vec::new(),
        }
    }

    /// Decides on one input, once.
    pub(super) fn decide(&mut self, task: &Task) -> Result<Decision, Error> {
        self.seen.insert(self.hasher.hash_one(task.key()));
        let stat = Stat::of(&task.input).ok();
        let work = |known| Ok(Decision::Work { look: stat, known });
        if self.rows.is_empty() {
            return work(false);
        }
        let Some(row) = self.rows.get(task.key())? else {
            return work(false);
        };
        if !self.stands(task, &row) {
            return work(true);
        }
        let looks_same = stat.is_some() && stat == row.stat && !row.doubtful;
        let trusted = looks_same && self.compare == Compare::Stat;
        // What could not be read then and cannot be read now has not changed either.
        if !trusted && sha256(&task.input).ok() != row.sha256 {
            return work(true);
        }
        self.left_alone.count(&row);
        self.old_failures.extend(row.failures.iter().cloned());
        if !looks_same || row.gone {
            let row = Row {
                doubtful: stat.is_none_or(|stat| stat.is_fresh(std::time::SystemTime::now())),
                stat,
                gone: false,
                ..row
            };
            self.refreshed.push((task.key().to_vec(), row));
            if self.refreshed.len() >= REFRESH {
                self.flush()?;
            }
        }
        Ok(Decision::LeaveAlone)
    }

    /// Whether the output of `row` may stay if its input has not changed.
    fn stands(&self, task: &Task, row: &Row) -> bool {
        if row.settings != self.settings && self.outdated == Outdated::Redo {
            return false;
        }
        if row.status != Status::Whole && self.failed == Failed::Retry {
            return false;
        }
        row.output.is_none_or(|size| {
            let there = self.out.join(row.suffix().output(&task.place)).metadata();
            there.is_ok_and(|metadata| metadata.len() == size)
        })
    }

    /// Whether the input of `key` was met in this run.
    pub(super) fn has_seen(&self, key: &[u8]) -> bool {
        self.seen.contains(&self.hasher.hash_one(key))
    }

    pub(super) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Writes what is known better now.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        self.manifest.put(std::mem::take(&mut self.refreshed))
    }
}
