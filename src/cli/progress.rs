//! The bar on standard error that a long run shows: documents, bytes of text, rate, errors.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use copydesk::output::summary::Accounts;
use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is shorter shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Times a second that the bar is drawn.
const HZ: u8 = 5;

/// A bar that shows itself once a run takes long.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    bytes: Arc<AtomicU64>,
}

impl Progress {
    /// A bar if somebody can see it and it disturbs no output.
    pub(crate) fn new(quiet: bool) -> Self {
        let seen = !quiet && std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let bar = seen.then(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()));
        if let (Some(bar), Ok(style)) = (&bar, ProgressStyle::with_template("{spinner} {msg}")) {
            bar.set_style(style);
        }
        Self {
            bar,
            start: Instant::now(),
            bytes: Arc::default(),
        }
    }

    /// Where the threads that judge documents count the bytes of their texts.
    pub(crate) fn bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// Shows how far the run is.
    pub(crate) fn show(&self, accounts: &Accounts) {
        let Some(bar) = &self.bar else {
            return;
        };
        let elapsed = self.start.elapsed();
        if elapsed < PATIENCE {
            return;
        }
        if bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(HZ));
        }
        let bytes = self.bytes.load(Ordering::Relaxed);
        let rate = (bytes as f64 / elapsed.as_secs_f64()) as u64;
        bar.set_message(format!(
            "{} documents, {}, {}/s, {} errors",
            accounts.documents(),
            HumanBytes(bytes),
            HumanBytes(rate),
            accounts.errors
        ));
        bar.tick();
    }

    /// Takes the bar away while something else is written to standard error.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
