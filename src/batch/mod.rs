//! The cron job: a tree of inputs mirrored as a tree of `.jsonl` files, one for each input. A run picks up what is new
//! or changed, can be killed at any moment, and accounts for every input exactly once.
//!
//! `plan` says which input becomes which output, `stat` whether an input has changed, `decide` what is to be done,
//! `manifest` remembers what was done, `lock` keeps two runs apart, `atomic` never shows half an output, `run` ties them together;
//! `report` adds up what was made.

mod atomic;
mod decide;
mod lock;
mod manifest;
mod plan;
pub mod report;
mod run;
mod stat;

pub use decide::{Compare, Failed, Outdated};
pub use lock::{Holder, Lock};
pub use manifest::{Failure, Manifest, Row, Status};
pub use plan::Compression;
pub use run::{Batch, Gone, Notice, Report, Stop};

use std::path::{Path, PathBuf};

/// Where a batch keeps its manifest and lock, under OUT; hidden, so that no walk of OUT meets it.
const STATE: &str = ".copydesk";

/// The folder of manifest and lock.
fn state(out: &Path) -> PathBuf {
    out.join(STATE)
}
