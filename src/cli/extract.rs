//! `copydesk PATH…`: the filter. Documents in, records out in the same order, errors beside them.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::{Context, anyhow};
use copydesk::Cleaner;
use copydesk::classify::model::Model;
use copydesk::config::Config;
use copydesk::document::Document;
use copydesk::error::Error;
use copydesk::input::{self, Input, Outcome};
use copydesk::lexicon::outlets;
use copydesk::output::summary::Accounts;
use copydesk::output::{jsonl, sanitize};
use copydesk::pipeline::workers::{self, Limits, Step};

use super::args::{ExtractArgs, ModelArgs, ReadArgs};
use super::progress::Progress;
use super::render::Render;
use super::{exit, inputs};

/// Bytes of output held back at most, so that a record costs no system call of its own.
const OUT_BYTES: usize = 1 << 16;

/// The outlets of a user's lexicon.
pub(crate) const OUTLETS: &str = "outlets.tsv";

/// What an extraction is to do.
struct Extract {
    inputs: Vec<Input>,
    options: input::Options,
    cleaner: Cleaner,
    render: Render,
    errors: Option<PathBuf>,
    jobs: NonZeroUsize,
    summary: bool,
}

pub(crate) fn run(args: ExtractArgs) -> anyhow::Result<exit::Code> {
    Extract::new(args)?.run()
}

/// What `--encoding` and its kind mean for reading.
pub(crate) fn options(read: &ReadArgs) -> input::Options {
    input::Options {
        encoding: read.encoding,
        from: read.from,
        text_field: read.text_field.clone(),
        split: read.split.clone(),
        fix_mojibake: read.fix_mojibake,
        hidden: read.hidden,
        limits: input::Limits {
            document_bytes: read.max_document_bytes,
            line_bytes: read.max_line_bytes,
            lines: read.max_lines,
            members: read.max_members,
            nesting: read.max_nesting,
            ratio: read.max_ratio,
        },
    }
}

/// A cleaner with the weights that the options name.
pub(crate) fn cleaner(config: Config, model: &ModelArgs) -> anyhow::Result<Cleaner> {
    if let Some(folder) = &model.lexicon {
        let path = folder.join(OUTLETS);
        outlets::add(lexicon_file(&path)?)
            .map_err(|error| anyhow!("{}: {error}", path.display()))?;
    }
    let Some(path) = &model.weights else {
        return Ok(Cleaner::new(config));
    };
    Ok(Cleaner::with_model(config, Arc::new(weights(path)?)))
}

/// A file of the user's lexicon.
///
/// # Errors
/// It cannot be read.
pub(crate) fn lexicon_file(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| {
        format!(
            "cannot read {}: a lexicon is a folder that holds {OUTLETS}",
            path.display()
        )
    })
}

/// The weights in a file.
pub(crate) fn weights(path: &Path) -> anyhow::Result<Model> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Model::read(&bytes)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("{} holds no weights", path.display()))
}

/// What the options say about cleaning.
pub(crate) fn config(read: &ReadArgs) -> Config {
    Config {
        collected: read.collected,
        ..Config::default()
    }
}

/// As many threads as were asked for, else as there are cores.
pub(crate) fn threads(jobs: Option<NonZeroUsize>) -> NonZeroUsize {
    jobs.or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN)
}

/// Bytes of the longest file that is read alone on the calling thread: two threads more take as long to start as its
/// pages take to read.
const ALONE_BYTES: u64 = 1 << 15;

/// Whether `inputs` are one small file.
fn is_small(inputs: &[Input]) -> bool {
    let [Input::Path(path)] = inputs else {
        return false;
    };
    let file = path.metadata();
    file.is_ok_and(|file| file.is_file() && file.len() <= ALONE_BYTES)
}

impl Extract {
    fn new(args: ExtractArgs) -> anyhow::Result<Self> {
        let inputs = inputs::resolve(&args.paths, args.files_from.as_deref(), args.null)?;
        let alone = args.jobs.is_none() && is_small(&inputs);
        Ok(Self {
            options: options(&args.read),
            cleaner: cleaner(
                Config {
                    ledger: args.record.ledger,
                    evidence: args.record.evidence,
                    min_confidence: args.record.min_confidence.iter().copied().collect(),
                    ..config(&args.read)
                },
                &args.model,
            )?,
            render: Render::new(args.to, &args.record)?,
            errors: args.errors,
            jobs: if alone {
                NonZeroUsize::MIN
            } else {
                threads(args.jobs)
            },
            inputs,
            summary: !args.quiet,
        })
    }

    fn run(self) -> anyhow::Result<exit::Code> {
        let cleaner = self.cleaner;
        let mut out = Out::new()?;
        let mut complaints = Complaints::new(self.errors.as_deref())?;
        let mut accounts = Accounts::default();
        let render = self.render;
        let progress = Progress::new(!self.summary);
        let bytes = progress.bytes();
        let work = move |document: &Document| {
            bytes.fetch_add(document.text.len() as u64, Ordering::Relaxed);
            render.render(document, &cleaner.clean(document))
        };
        let result = workers::run(
            |sink| {
                let _ = input::visit(self.inputs, &self.options, sink);
            },
            Limits {
                jobs: self.jobs,
                time: None,
            },
            work,
            |step| -> anyhow::Result<()> {
                match step {
                    Step::Done(Some(bytes)) => {
                        out.record(&bytes, self.render.between())?;
                        accounts.records += 1;
                    }
                    Step::Done(None) => accounts.skipped += 1,
                    Step::Error(error) => {
                        accounts.errors += 1;
                        // What came before the damage is seen before the complaint.
                        out.flush()?;
                        progress.aside(|| complaints.error(&error))?;
                    }
                    Step::End { outcome, .. } => match outcome {
                        Outcome::Whole => accounts.whole += 1,
                        Outcome::Partial => accounts.partial += 1,
                        Outcome::Failed => accounts.failed += 1,
                    },
                }
                progress.show(&accounts);
                Ok(())
            },
        );
        progress.finish();
        result.and_then(|()| out.flush())?;
        complaints.finish()?;
        // One document that gave its record has nothing to account for; inputs that held none have.
        let many = accounts.inputs() > 1 || accounts.documents() != 1;
        if self.summary && (many || !accounts.is_clean() || accounts.skipped > 0) {
            // A summary that nobody can read is no failure of the run.
            let _ = writeln!(io::stderr(), "copydesk: {accounts}");
        }
        Ok(if accounts.is_clean() {
            exit::CLEAN
        } else {
            exit::SOME_FAILED
        })
    }
}

/// Standard output.
struct Out {
    out: BufWriter<StdoutLock<'static>>,
    terminal: bool,
    started: bool,
}

impl Out {
    fn new() -> io::Result<Self> {
        let out = io::stdout().lock();
        Ok(Self {
            terminal: out.is_terminal(),
            out: BufWriter::with_capacity(OUT_BYTES, out),
            started: false,
        })
    }

    fn record(&mut self, bytes: &[u8], between: &[u8]) -> anyhow::Result<()> {
        if std::mem::replace(&mut self.started, true) {
            self.out.write_all(between).or_else(output_error)?;
        }
        self.out.write_all(bytes).or_else(output_error)?;
        if self.terminal {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        self.out.flush().or_else(output_error)
    }
}

/// Ends the run at once when nobody reads the output any more: the reader thread may be waiting for input that
/// never comes, and a run is not to outlive its consumer.
fn output_error(error: io::Error) -> anyhow::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    Err(anyhow::Error::new(error).context("standard output"))
}

/// Where errors go: standard error, and the file of `--errors`.
pub(crate) struct Complaints {
    file: Option<(PathBuf, BufWriter<File>)>,
}

impl Complaints {
    pub(crate) fn new(path: Option<&Path>) -> anyhow::Result<Self> {
        let file = path
            .map(|path| {
                let file = File::create(path).with_context(|| path.display().to_string())?;
                anyhow::Ok((path.to_owned(), BufWriter::new(file)))
            })
            .transpose()?;
        Ok(Self { file })
    }

    pub(crate) fn error(&mut self, error: &Error) -> anyhow::Result<()> {
        let shown = error.to_string();
        // Losing standard error is no reason to stop: the exit code and `--errors` still tell.
        let _ = writeln!(io::stderr(), "copydesk: {}", sanitize::line(&shown));
        if let Some((path, file)) = &mut self.file {
            jsonl::error(file, error)
                .and_then(|()| file.flush())
                .with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> anyhow::Result<()> {
        if let Some((path, mut file)) = self.file {
            file.flush().with_context(|| path.display().to_string())?;
        }
        Ok(())
    }
}
