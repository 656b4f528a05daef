//! The command line as typed. What it means is made of it by the file of each subcommand.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Scraped news text in, one clean JSON record per article out.
///
/// Without a subcommand, reads PATHs (files, folders, - for standard input) and writes one JSON object a line to
/// standard output. Errors go to standard error, one line each.
#[derive(Debug, Parser)]
#[command(
    name = "copydesk",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Exit codes: 0 all clean, 1 some input or document failed, 2 nothing could be done.\n\
                  A path that is named like a subcommand is given as ./inspect."
)]
pub(crate) struct Typed {
    #[command(flatten)]
    pub(crate) extract: ExtractArgs,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the JSON Schema of the record.
    Schema,
    /// Print a shell's completion script.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// How inputs are read.
#[derive(Clone, Debug, Args)]
pub(crate) struct ReadArgs {
    /// Decode as this encoding (a WHATWG label, such as euc-kr) instead of detecting it.
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
    /// The day the pages were collected, YYYY-MM-DD: dates without a year resolve against it.
    #[arg(long, value_name = "DATE")]
    pub(crate) collected: Option<jiff::civil::Date>,
}

/// What records hold.
#[derive(Clone, Debug, Args)]
pub(crate) struct RecordArgs {
    /// Add the ledger: what became of every byte of the text, and why.
    #[arg(long)]
    pub(crate) ledger: bool,
    /// Add what each metadata field was read from.
    #[arg(long)]
    pub(crate) evidence: bool,
    /// Write no record for a document without an article.
    #[arg(long)]
    pub(crate) skip_empty: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// Files, folders (read recursively, sorted) or - for standard input, which is also the default.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read the paths from LIST, one a line; - for standard input.
    #[arg(long, value_name = "LIST")]
    pub(crate) files_from: Option<PathBuf>,
    /// The paths of --files-from end in NUL instead of a line feed.
    #[arg(short = '0', long, requires = "files_from")]
    pub(crate) null: bool,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) record: RecordArgs,
    /// The form of the output.
    #[arg(long, value_enum, value_name = "VIEW", default_value_t = View::Jsonl)]
    pub(crate) to: View,
    /// Also write every error to FILE, as a JSON line.
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
    /// Threads; changes nothing but the speed [default: all cores].
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Print no summary of several inputs on standard error.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Forms of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum View {
    /// One JSON object a line: the record.
    Jsonl,
    /// Headline and body; a form feed between articles.
    Text,
    /// Headline, byline, headings, lists and quotes; a rule between articles.
    Markdown,
}

fn encoding(label: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(label.as_bytes())
        .ok_or_else(|| "not a label of the WHATWG Encoding Standard".to_owned())
}
