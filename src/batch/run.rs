//! One run of a batch: the inputs to be done go through the workers, their outputs into groups, groups to disk.

mod writer;

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use super::atomic;
use super::decide::{Compare, Decider, Decision, Failed, Outdated, Tally};
use super::lock::{Holder, Lock, LockError};
use super::manifest::{Failure, Manifest};
use super::plan::{Compression, Plan, Suffix, Task};
use super::stat::Stat;
use super::state;
use crate::document::Document;
use crate::error::Error;
use crate::input::{self, Event, Input, Outcome};
use crate::pipeline::workers::{self, Limits};
use writer::Writer;

/// What becomes of outputs whose input is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gone {
    /// They stay; the manifest says that the input is gone.
    #[default]
    Mark,
    /// They are removed.
    Prune,
}

/// What a batch is to do.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Files and folders.
    pub ins: Vec<PathBuf>,
    /// The folder of the outputs; made where it is missing.
    pub out: PathBuf,
    /// How inputs are read.
    pub options: input::Options,
    /// Everything that outputs depend on beside their inputs, in a short form: program, weights, options.
    pub settings: String,
    /// Threads, and time for one document.
    pub limits: Limits,
    /// How changes are noticed.
    pub compare: Compare,
    /// What becomes of outputs of other settings.
    pub outdated: Outdated,
    /// What becomes of old failures.
    pub failed: Failed,
    /// What becomes of outputs without an input.
    pub gone: Gone,
    /// How outputs are stored.
    pub compression: Compression,
    /// Where copies of failed inputs are kept, with the reason beside each.
    pub quarantine: Option<PathBuf>,
}

/// What a run says while it goes on.
#[derive(Debug)]
pub enum Notice<'a> {
    /// An input, or a part of it, failed now.
    Failed(&'a Error),
    /// An input failed in an earlier run, has not changed since, and was not tried again.
    OldFailure(&'a Failure),
    /// The manifest was rebuilt from the outputs; why.
    Rebuilt(&'a str),
}

/// The accounts of a run: of all inputs that there are, those left alone included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Inputs read in this run.
    pub done: u64,
    /// Inputs left alone.
    pub unchanged: u64,
    /// Inputs that failed in an earlier run and were left alone.
    pub old_failures: u64,
    /// Outputs whose input is gone.
    pub gone: u64,
    /// How all inputs ended.
    pub accounts: crate::output::summary::Accounts,
}

/// Why a run ended before its end.
#[derive(Debug)]
pub enum Stop {
    /// Another run holds the lock.
    Locked(Option<Holder>),
    /// The inputs make no sense together.
    Usage(String),
    /// The output cannot be written.
    Output(PathBuf, io::Error),
    /// The manifest cannot be used.
    Manifest(Error),
    /// It was told to stop; what was finished is published.
    Interrupted,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Manifest(error)
    }
}

/// An input on its way from the reader to the writer.
struct Begun {
    /// None for a folder that could not be listed.
    task: Option<Task>,
    before: Option<Stat>,
    /// Whether an earlier run read it.
    known: bool,
    at: SystemTime,
}

/// What the reader learned of an input by reading it.
struct Ended {
    sha256: Option<String>,
    outcome: Outcome,
}

#[derive(Default)]
struct Passed {
    begun: Mutex<VecDeque<Begun>>,
    ended: Mutex<VecDeque<Ended>>,
}

fn push<T>(queue: &Mutex<VecDeque<T>>, value: T) {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    queue.push_back(value);
}

fn pop<T>(queue: &Mutex<VecDeque<T>>) -> Option<T> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    queue.pop_front()
}

impl Batch {
    /// Runs it. `work` makes the output of a document, none where it is left out; `stop` is asked again and again
    /// whether the run is to end; `say` hears what goes wrong while it does.
    ///
    /// # Errors
    /// See [`Stop`]. A failed input is no error of the run.
    pub fn run(
        &self,
        work: impl Fn(&Document) -> Option<Vec<u8>> + Send + Sync + 'static,
        stop: impl Fn() -> bool + Sync,
        say: &mut dyn FnMut(Notice<'_>),
    ) -> Result<Report, Stop> {
        let out = self.out.as_path();
        let state = state(out);
        fs::create_dir_all(&state).map_err(|error| Stop::Output(state.clone(), error))?;
        let lock = Lock::take(&state).map_err(|error| match error {
            LockError::Held(holder) => Stop::Locked(holder),
            LockError::Io(path, error) => Stop::Output(path, error),
        })?;
        if lock.after_a_crash {
            atomic::sweep(out).map_err(|error| Stop::Output(out.to_owned(), error))?;
        }
        let plan = Plan::new(&self.ins, out).map_err(Stop::Usage)?;
        let opened = Manifest::open(out, &self.settings)?;
        if let Some(why) = &opened.rebuilt {
            say(Notice::Rebuilt(why));
        }
        let report = self.work_through(&plan, &opened.manifest, work, &stop, say);
        lock.release();
        report
    }

    fn work_through(
        &self,
        plan: &Plan,
        manifest: &Manifest,
        work: impl Fn(&Document) -> Option<Vec<u8>> + Send + Sync + 'static,
        stop: &(impl Fn() -> bool + Sync),
        say: &mut dyn FnMut(Notice<'_>),
    ) -> Result<Report, Stop> {
        let mut decider = Decider::new(&self.out, &self.settings, manifest, manifest.rows()?);
        decider.compare = self.compare;
        decider.outdated = self.outdated;
        decider.failed = self.failed;
        let passed = Passed::default();
        let mut reading = Ok(());
        let mut writer = Writer::new(self, manifest, say);
        let written = workers::run(
            |sink| reading = self.read(plan, &mut decider, &passed, stop, sink),
            self.limits,
            work,
            |step| {
                if stop() {
                    return Err(Stop::Interrupted);
                }
                writer.step(step, &passed)
            },
        );
        // What is finished is published, whatever ended the run.
        writer.current = None;
        let published = writer.publish();
        let (done, tally) = (writer.done, writer.tally);
        written?;
        published?;
        reading?;
        decider.flush()?;
        if stop() {
            return Err(Stop::Interrupted);
        }
        let gone = self.gone(manifest, &decider)?;
        for failure in &decider.old_failures {
            say(Notice::OldFailure(failure));
        }
        let left = decider.left_alone;
        let sum = |part: fn(&Tally) -> u64| part(&tally) + part(&left);
        Ok(Report {
            done,
            unchanged: left.whole + left.partial + left.failed,
            old_failures: left.partial + left.failed,
            gone,
            accounts: crate::output::summary::Accounts {
                whole: sum(|tally| tally.whole),
                partial: sum(|tally| tally.partial),
                failed: sum(|tally| tally.failed),
                records: sum(|tally| tally.records),
                skipped: sum(|tally| tally.skipped),
                errors: sum(|tally| tally.errors),
            },
        })
    }

    /// The reader: decides on every input and reads those that are to be done.
    fn read(
        &self,
        plan: &Plan,
        decider: &mut Decider<'_>,
        passed: &Passed,
        stop: &impl Fn() -> bool,
        sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        for task in plan.tasks(&self.options) {
            if stop() {
                break;
            }
            let at = SystemTime::now();
            let flow = match task {
                Ok(task) => match decider.decide(&task)? {
                    Decision::LeaveAlone => continue,
                    Decision::Work { look, known } => {
                        let input = task.input.clone();
                        let begun = Begun {
                            task: Some(task),
                            before: look,
                            known,
                            at,
                        };
                        push(&passed.begun, begun);
                        self.read_one(input, passed, stop, sink)
                    }
                },
                Err(error) => {
                    let begun = Begun {
                        task: None,
                        before: None,
                        known: false,
                        at,
                    };
                    push(&passed.begun, begun);
                    let path = error.position.path.clone();
                    match sink(Event::Error(error)) {
                        ControlFlow::Continue(()) => end(path, None, Outcome::Failed, passed, sink),
                        stop => stop,
                    }
                }
            };
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Reads one input, which ends once, even where a folder has taken the place of the file.
    fn read_one(
        &self,
        input: PathBuf,
        passed: &Passed,
        stop: &impl Fn() -> bool,
        sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let path = input.to_string_lossy().into_owned();
        let mut hash = None;
        let (mut documents, mut errors) = (false, false);
        input::visit([Input::Path(input)], &self.options, &mut |event| {
            match &event {
                Event::Document(document) => {
                    documents = true;
                    if hash.is_none() {
                        hash.clone_from(&document.source.sha256);
                    }
                }
                Event::Error(_) => errors = true,
                Event::End { .. } => return ControlFlow::Continue(()),
            }
            if stop() {
                return ControlFlow::Break(());
            }
            sink(event)
        })?;
        let outcome = match (documents, errors) {
            (_, false) => Outcome::Whole,
            (true, true) => Outcome::Partial,
            (false, true) => Outcome::Failed,
        };
        end(path, hash, outcome, passed, sink)
    }

    /// Finds outputs whose input is gone, and marks or removes them.
    fn gone(&self, manifest: &Manifest, decider: &Decider<'_>) -> Result<u64, Stop> {
        let mut gone = Vec::new();
        let unseen = |key: &[u8]| !decider.has_seen(key);
        decider.rows().for_each(unseen, |key, row| {
            if !Path::new(&row.input).try_exists().unwrap_or(true) {
                gone.push((key.to_vec(), row));
            }
        })?;
        let count = gone.len() as u64;
        match self.gone {
            Gone::Mark => {
                gone.retain(|(_, row)| !row.gone);
                for (_, row) in &mut gone {
                    row.gone = true;
                }
                manifest.put(gone)?;
            }
            Gone::Prune => {
                let mut keys = Vec::with_capacity(gone.len());
                for (key, _) in gone {
                    let place = super::manifest::place(&key);
                    for suffix in Suffix::ALL {
                        remove(&self.out.join(suffix.output(&place)))?;
                    }
                    keys.push(key);
                }
                manifest.write(Vec::new(), &keys)?;
            }
        }
        Ok(count)
    }
}

fn end(
    path: String,
    sha256: Option<String>,
    outcome: Outcome,
    passed: &Passed,
    sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> ControlFlow<()> {
    push(&passed.ended, Ended { sha256, outcome });
    sink(Event::End { path, outcome })
}

/// Removes an output; one that is not there is none to remove.
fn remove(path: &Path) -> Result<(), Stop> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Stop::Output(path.to_owned(), error))
        }
        _ => Ok(()),
    }
}
