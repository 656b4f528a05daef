//! The command line: parse, run, say what went wrong, leave with the exit code of the contract.

use std::io::Write;
use std::process::ExitCode;

mod cli;

/// Pages live as thousands of short-lived pieces; measured against the system's allocator. Without huge pages (`no_thp`), whose
/// clearing is most of what one small file takes; see the README.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run() {
        Ok(exit) => exit,
        Err(error) if cli::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let message = format!("{error:#}");
            let message = copydesk::output::sanitize::line(&message);
            // Standard error may be closed as well; the exit code still tells.
            let _ = writeln!(std::io::stderr(), "copydesk: {message}");
            cli::exit::NOTHING_DONE.into()
        }
    }
}
