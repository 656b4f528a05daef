//! `copydesk batch IN… --out OUT`: the cron job, and `copydesk batch --status OUT`.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use copydesk::Cleaner;
use copydesk::batch::report::Survey;
use copydesk::batch::{
    Batch, Compare, Compression, Failed, Gone, Manifest, Notice, Outdated, Row, Status, Stop,
};
use copydesk::config::Config;
use copydesk::document::Document;
use copydesk::output::explain::Inspection;
use copydesk::output::sanitize;
use copydesk::pipeline::workers::Limits;
use sha2::{Digest, Sha256};

use super::args::{BatchArgs, Compress, View};
use super::extract::{Complaints, OUTLETS, cleaner, config, lexicon_file, options, threads};
use super::render::Render;
use super::{exit, inputs};

pub(crate) fn run(args: BatchArgs) -> anyhow::Result<exit::Code> {
    if let Some(out) = &args.status {
        return status(out, args.json);
    }
    let Some(out) = args.out.clone() else {
        bail!("--out says where the outputs go");
    };
    let config = Config {
        ledger: args.record.ledger,
        evidence: args.record.evidence,
        min_confidence: args.record.min_confidence.iter().copied().collect(),
        ..config(&args.read)
    };
    let render = Render::new(View::Jsonl, &args.record)?;
    let settings = settings(&config, &args)?;
    let batch = Batch {
        ins: args.ins,
        out,
        options: options(&args.read),
        settings,
        limits: Limits {
            jobs: threads(args.jobs),
            time: Some(Duration::from_secs(args.document_timeout.get().into())),
        },
        compare: choose(args.rehash, Compare::Contents),
        outdated: choose(args.keep_old, Outdated::Keep),
        failed: choose(args.retry_failed, Failed::Retry),
        compression: match args.compress {
            None => Compression::None,
            Some(Compress::Gzip) => Compression::Gzip,
            Some(Compress::Zstd) => Compression::Zstd,
        },
        gone: choose(args.prune, Gone::Prune),
        quarantine: args.quarantine,
    };
    let signals = Signals::listen()?;
    let shown = config.clone();
    let cleaning = cleaner(config, &args.model)?;
    let mut complaints = Complaints::new(args.errors.as_deref())?;
    let mut lost = None;
    let result = batch.run(
        move |document: &Document| render.render(document, &cleaning.clean(document)),
        || signals.received() != 0,
        &mut |notice| {
            let said = match notice {
                Notice::Failed(error) => complaints.error(error),
                Notice::OldFailure(failure) => {
                    complain(&format!("failed before: {}", failure.message))
                }
                Notice::Rebuilt(why) => {
                    complain(&format!("manifest rebuilt from the outputs: {why}"))
                }
            };
            lost = lost.take().or(said.err());
        },
    );
    let report = match result {
        Ok(report) => report,
        Err(Stop::Locked(holder)) => {
            let holder = holder.map_or_else(String::new, |holder| format!(": {holder}"));
            if args.skip_if_locked {
                return Ok(exit::CLEAN);
            }
            bail!(
                "{}: another run holds the lock{holder}",
                batch.out.display()
            );
        }
        Err(Stop::Interrupted) => return Ok(exit::signal(signals.received())),
        Err(Stop::Usage(message)) => bail!(message),
        Err(Stop::Output(path, error)) => {
            return Err(anyhow!(error).context(path.display().to_string()));
        }
        Err(Stop::Manifest(error)) => return Err(error.into()),
    };
    if let Some(error) = lost {
        return Err(error);
    }
    complaints.finish()?;
    if let Some(path) = &args.report {
        let config = Config {
            evidence: true,
            ..shown
        };
        survey(&batch, &cleaner(config, &args.model)?, path)?;
    }
    if report.accounts.is_clean() {
        return Ok(exit::CLEAN);
    }
    complain(&format!(
        "{}; {} done now, {} unchanged, {} of them failed before",
        report.accounts, report.done, report.unchanged, report.old_failures
    ))?;
    Ok(exit::SOME_FAILED)
}

/// Writes the report on everything in OUT.
fn survey(batch: &Batch, cleaner: &Cleaner, path: &Path) -> anyhow::Result<()> {
    let survey = Survey::new(&batch.out, |source| {
        let path = source.path.clone().into();
        let member = source.member.as_deref();
        let document = inputs::find(path, member, source.index, &batch.options).ok()?;
        let cleaned = cleaner.inspect(&document);
        Some(Inspection::new(
            &document,
            &cleaned.units,
            &cleaned.labels,
            cleaned.article,
        ))
    })?;
    Ok(survey.write(path)?)
}

fn choose<T: Default>(asked: bool, choice: T) -> T {
    if asked { choice } else { T::default() }
}

/// Losing standard error is no reason to stop: the manifest knows.
fn complain(message: &str) -> anyhow::Result<()> {
    let _ = writeln!(io::stderr(), "copydesk: {}", sanitize::line(message));
    Ok(())
}

/// Everything that an output depends on beside its input, so that an upgrade or another option makes it again.
///
/// # Errors
/// The weights or the lexicon cannot be read.
fn settings(config: &Config, args: &BatchArgs) -> anyhow::Result<String> {
    let mut all = Sha256::new();
    all.update(format!(
        "{} {} {config:?} {:?} {:?} {:?}",
        env!("CARGO_PKG_VERSION"),
        copydesk::record::SCHEMA_VERSION,
        args.read,
        args.record,
        args.compress,
    ));
    match &args.model.weights {
        Some(path) => {
            let bytes = std::fs::read(path);
            all.update(bytes.with_context(|| format!("cannot read {}", path.display()))?);
        }
        None => all.update(copydesk::lexicon::LINE_WEIGHTS),
    }
    if let Some(folder) = &args.model.lexicon {
        all.update(lexicon_file(&folder.join(OUTLETS))?);
    }
    let digest = all.finalize();
    Ok(digest[..8].iter().fold(String::new(), |mut hex, byte| {
        use std::fmt::Write;
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}

/// SIGINT and SIGTERM: the first is noted, the second ends the process at once.
struct Signals(Arc<AtomicUsize>);

impl Signals {
    fn listen() -> io::Result<Self> {
        let received = Arc::new(AtomicUsize::new(0));
        let again = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            let code = 128 + signal;
            signal_hook::flag::register_conditional_shutdown(signal, code, Arc::clone(&again))?;
            signal_hook::flag::register(signal, Arc::clone(&again))?;
            signal_hook::flag::register_usize(signal, Arc::clone(&received), signal as usize)?;
        }
        Ok(Self(received))
    }

    fn received(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// What the manifest of `out` says, for a person or as JSON lines.
fn status(out: &Path, json: bool) -> anyhow::Result<exit::Code> {
    let manifest = Manifest::existing(out)?;
    let mut stdout = BufWriter::new(io::stdout().lock());
    let mut total = copydesk::output::summary::Accounts::default();
    let mut gone = 0_u64;
    let mut latest = String::new();
    let mut failures = Vec::new();
    let mut written = Ok(());
    manifest.for_each(|place, row: &Row| {
        match row.status {
            Status::Whole => total.whole += 1,
            Status::Partial => total.partial += 1,
            Status::Failed => total.failed += 1,
        }
        total.records += row.records;
        total.skipped += row.skipped;
        total.errors += row.failures.len() as u64;
        gone += u64::from(row.gone);
        if row.done > latest {
            latest.clone_from(&row.done);
        }
        if json && written.is_ok() {
            written = status_line(&mut stdout, place, row);
        }
        failures.extend(row.failures.iter().map(|failure| failure.message.clone()));
    })?;
    written?;
    if !json {
        writeln!(stdout, "{total}")?;
        if gone > 0 {
            writeln!(stdout, "{gone} with their input gone")?;
        }
        if !latest.is_empty() {
            writeln!(stdout, "last output {latest}")?;
        }
        for failure in failures {
            writeln!(stdout, "failed: {}", sanitize::line(&failure))?;
        }
    }
    stdout.flush()?;
    Ok(if total.is_clean() {
        exit::CLEAN
    } else {
        exit::SOME_FAILED
    })
}

fn status_line(out: &mut impl Write, place: &Path, row: &Row) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Line<'a> {
        place: std::borrow::Cow<'a, str>,
        #[serde(flatten)]
        row: &'a Row,
    }
    let place = place.to_string_lossy();
    serde_json::to_writer(&mut *out, &Line { place, row })?;
    writeln!(out)
}
