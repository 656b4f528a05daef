//! The command line of the binary: what was typed, what it means, one file for each subcommand. Prints; the
//! library does not.

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

mod args;
mod batch;
pub(crate) mod exit;
mod extract;
mod inputs;
mod inspect;
mod progress;
mod render;
mod schema;
mod sentences;
mod text;
#[cfg(feature = "train")]
mod train;

use args::{Command, Typed};

/// Runs the command that was typed.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let typed = Typed::parse();
    let code = match typed.command {
        None => extract::run(typed.extract)?,
        Some(Command::Inspect(args)) => inspect::run(&args)?,
        Some(Command::Batch(args)) => batch::run(args)?,
        Some(Command::Text(args)) => text::run(&args)?,
        Some(Command::Sentences(args)) => sentences::run(&args)?,
        #[cfg(feature = "train")]
        Some(Command::Train(args)) => train::train(&args)?,
        #[cfg(feature = "train")]
        Some(Command::Eval(args)) => train::eval(&args)?,
        Some(Command::Schema) => schema::run()?,
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Typed::command(), "copydesk", &mut script);
            io::Write::write_all(&mut io::stdout(), &script)?;
            exit::CLEAN
        }
    };
    Ok(code.into())
}

/// Whether the error is that nobody reads our output any more, as under `| head`.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
