//! The writer of a run, on the calling thread: results go into outputs, outputs into groups, and a group to disk at once,
//! with the rows of the manifest that tell of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Batch, Begun, Ended, Notice, Passed, Stop, pop, remove};
use crate::batch::atomic::{self, Finished, Folders, Unfinished};
use crate::batch::decide::Tally;
use crate::batch::lock::now;
use crate::batch::manifest::{Failure, Manifest, Row, Status};
use crate::batch::plan::{Suffix, Task};
use crate::batch::stat::{Stat, sha256};
use crate::error::{Error, Position};
use crate::input::Outcome;
use crate::output::jsonl;
use crate::pipeline::workers::Step;

/// Outputs made durable at once.
const GROUP_FILES: usize = 4096;

/// Bytes of outputs made durable at once.
const GROUP_BYTES: u64 = 256 << 20;

/// The most work that a kill or a power cut may undo; syncing so often costs a hundredth of the time at most.
const GROUP_TIME: Duration = Duration::from_secs(2);

/// The writer's side of a run, on the calling thread.
pub(super) struct Writer<'a> {
    batch: &'a Batch,
    manifest: &'a Manifest,
    say: &'a mut dyn FnMut(Notice<'_>),
    folders: Folders,
    pub(super) current: Option<Current>,
    group: Vec<Finished>,
    rows: Vec<(Vec<u8>, Row)>,
    /// Outputs that the rows of the group make obsolete.
    obsolete: Vec<PathBuf>,
    bytes: u64,
    since: Instant,
    pub(super) done: u64,
    pub(super) tally: Tally,
}

/// The input whose results are coming in.
pub(super) struct Current {
    begun: Begun,
    output: Option<Unfinished>,
    records: u64,
    skipped: u64,
    errors: Vec<Error>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        batch: &'a Batch,
        manifest: &'a Manifest,
        say: &'a mut dyn FnMut(Notice<'_>),
    ) -> Self {
        Self {
            batch,
            manifest,
            say,
            folders: Folders::default(),
            current: None,
            group: Vec::new(),
            rows: Vec::new(),
            obsolete: Vec::new(),
            bytes: 0,
            since: Instant::now(),
            done: 0,
            tally: Tally::default(),
        }
    }

    pub(super) fn step(
        &mut self,
        step: Step<Option<Vec<u8>>>,
        passed: &Passed,
    ) -> Result<(), Stop> {
        if self.current.is_none() {
            self.current = pop(&passed.begun).map(|begun| Current {
                begun,
                output: None,
                records: 0,
                skipped: 0,
                errors: Vec::new(),
            });
        }
        let Some(current) = &mut self.current else {
            return Ok(());
        };
        match step {
            Step::Done(None) => current.skipped += 1,
            Step::Done(Some(bytes)) => {
                current.records += 1;
                let written = current.write(&bytes, self.batch, &mut self.folders);
                if let Err(error) = written {
                    self.output_failed(error)?;
                }
            }
            Step::Error(error) => {
                (self.say)(Notice::Failed(&error));
                current.errors.push(error);
            }
            Step::End { .. } => {
                if let (Some(current), Some(ended)) = (self.current.take(), pop(&passed.ended)) {
                    self.end(current, ended)?;
                }
                let full = self.rows.len() >= GROUP_FILES || self.bytes >= GROUP_BYTES;
                if full || self.since.elapsed() >= GROUP_TIME {
                    self.publish()?;
                }
            }
        }
        Ok(())
    }

    /// A name that the file system refuses is the failure of one input; a full or read-only disk that of the run.
    fn output_failed(&mut self, error: io::Error) -> Result<(), Stop> {
        use io::ErrorKind::{AlreadyExists, InvalidFilename, IsADirectory, NotADirectory};
        let Some(current) = &mut self.current else {
            return Ok(());
        };
        let place = current.begun.task.as_ref().map(|task| task.place.clone());
        let path = self.batch.out.join(place.unwrap_or_default());
        if !matches!(
            error.kind(),
            AlreadyExists | InvalidFilename | IsADirectory | NotADirectory
        ) {
            return Err(Stop::Output(path, error));
        }
        let message = format!("its output {}: {error}", path.display());
        let error = Error::new(current.position(), "output", message);
        (self.say)(Notice::Failed(&error));
        current.errors.push(error);
        current.output = None;
        current.records = 0;
        Ok(())
    }

    fn end(&mut self, mut current: Current, ended: Ended) -> Result<(), Stop> {
        let status = match (current.errors.is_empty(), current.records + current.skipped) {
            (true, _) => Status::Whole,
            (false, 0) => Status::Failed,
            (false, _) => Status::Partial,
        };
        debug_assert!(ended.outcome != Outcome::Failed || status == Status::Failed);
        let suffix = Suffix {
            partial: status == Status::Partial,
            compression: self.batch.compression,
        };
        let mut output = None;
        if let (Some(task), true) = (&current.begun.task, status != Status::Failed) {
            let to = self.batch.out.join(suffix.output(&task.place));
            let finished = current
                .output
                .take()
                .map_or_else(
                    || Unfinished::create(&to, suffix.compression, &mut self.folders),
                    Ok,
                )
                .and_then(|unfinished| unfinished.finish(to.clone()));
            match finished {
                Ok((size, finished)) => {
                    output = Some(size);
                    self.bytes += size;
                    self.group.push(finished);
                }
                Err(error) => return Err(Stop::Output(to, error)),
            }
        }
        let row = current.row(status, ended.sha256, output, self.batch);
        self.done += 1;
        self.tally.count(&row);
        let Some(task) = current.begun.task else {
            return Ok(());
        };
        if let Some(folder) = &self.batch.quarantine {
            quarantine(folder, &task, &current.errors)
                .map_err(|error| Stop::Output(folder.clone(), error))?;
        }
        // A run that was killed between output and row leaves the other of whole and partial at most.
        let others = Suffix::ALL.into_iter().filter(|other| {
            let replaced = *other == suffix && status != Status::Failed;
            let likely = current.begun.known || other.compression == suffix.compression;
            likely && !replaced
        });
        for other in others {
            self.obsolete
                .push(self.batch.out.join(other.output(&task.place)));
        }
        self.rows.push((task.key().to_vec(), row));
        Ok(())
    }

    /// Publishes what is finished: outputs first, then the rows that say so.
    pub(super) fn publish(&mut self) -> Result<(), Stop> {
        let out = &self.batch.out;
        atomic::publish(out, std::mem::take(&mut self.group))
            .map_err(|error| Stop::Output(out.clone(), error))?;
        for path in self.obsolete.drain(..) {
            remove(&path)?;
        }
        self.manifest.put(std::mem::take(&mut self.rows))?;
        self.bytes = 0;
        self.since = Instant::now();
        Ok(())
    }
}

impl Current {
    fn position(&self) -> Position {
        let input = self.begun.task.as_ref().map(|task| &task.input);
        Position::path(input.map_or_else(String::new, |path| path.to_string_lossy().into_owned()))
    }

    fn write(&mut self, bytes: &[u8], batch: &Batch, folders: &mut Folders) -> io::Result<()> {
        let Some(task) = &self.begun.task else {
            return Ok(());
        };
        let output = match &mut self.output {
            Some(output) => output,
            None => {
                let suffix = Suffix {
                    partial: false,
                    compression: batch.compression,
                };
                let to = batch.out.join(suffix.output(&task.place));
                let output = Unfinished::create(&to, batch.compression, folders)?;
                self.output.insert(output)
            }
        };
        output.write(bytes)
    }

    fn row(&self, status: Status, hash: Option<String>, output: Option<u64>, batch: &Batch) -> Row {
        let input = self.begun.task.as_ref().map(|task| task.input.as_path());
        let stat = input.and_then(|input| Stat::of(input).ok());
        let changed = stat != self.begun.before;
        let young = stat.is_none_or(|stat| stat.is_fresh(self.begun.at));
        let hash = hash.or_else(|| sha256(input?).ok());
        let absolute =
            input.map(|input| std::path::absolute(input).unwrap_or_else(|_| input.into()));
        Row {
            input: absolute.map_or_else(String::new, |path| path.to_string_lossy().into_owned()),
            stat,
            sha256: hash,
            doubtful: changed || young,
            settings: batch.settings.clone(),
            status,
            records: self.records,
            skipped: self.skipped,
            failures: self
                .errors
                .iter()
                .map(|error| Failure {
                    code: error.code.to_owned(),
                    message: error.to_string(),
                })
                .collect(),
            output,
            compression: batch.compression,
            gone: false,
            done: now(),
        }
    }
}

/// Keeps a copy of a failed input with its errors beside it as JSON lines; takes both away once it no longer fails.
fn quarantine(folder: &Path, task: &Task, errors: &[Error]) -> io::Result<()> {
    let copy = folder.join(&task.place);
    let mut name = copy.clone().into_os_string();
    name.push(".reason.jsonl");
    let reason = PathBuf::from(name);
    if errors.is_empty() {
        for path in [&copy, &reason] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        return Ok(());
    }
    if let Some(parent) = copy.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut lines = Vec::new();
    for error in errors {
        jsonl::error(&mut lines, error)?;
    }
    fs::write(&reason, lines)?;
    // An input that cannot be read leaves its reason alone.
    let _ = fs::copy(&task.input, &copy);
    Ok(())
}
