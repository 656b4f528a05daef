//! The command line as typed. What it means is made of it by the file of each subcommand.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use copydesk::input;
use copydesk::record::Metadata;

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
    /// Show what every line of a page was taken for, and why.
    Inspect(InspectArgs),
    /// Clean a tree of files into a tree of .jsonl files; made for cron.
    Batch(BatchArgs),
    /// Print the document text that spans refer to.
    Text(DocumentArgs),
    /// Split text into sentences, one a line.
    Sentences(SentencesArgs),
    /// Train the line model on gold pages and write a weights file.
    #[cfg(feature = "train")]
    Train(TrainArgs),
    /// Score the line model on gold pages by cross-validation, no publisher in training and test.
    #[cfg(feature = "train")]
    Eval(EvalArgs),
    /// Print the JSON Schema of the record.
    Schema,
    /// Print a shell's completion script.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Gold pages and the plan of training.
#[cfg(feature = "train")]
#[derive(Clone, Debug, Args)]
pub(crate) struct GoldArgs {
    /// The gold: one JSON object a line with id, group (the publisher) and blocks, body or silver_body.
    #[arg(
        long,
        value_name = "FILE",
        requires = "text",
        required_unless_present = "pages"
    )]
    pub(crate) gold: Option<PathBuf>,
    /// The folder of the texts: DIR/RENDERING/ID.txt, for plain, htmltext, indented, wrapped and fragments.
    #[arg(long, value_name = "DIR", requires = "gold")]
    pub(crate) text: Option<PathBuf>,
    /// A folder of annotated pages (*.page) to learn from too; they are never scored.
    #[arg(long, value_name = "DIR")]
    pub(crate) pages: Option<PathBuf>,
    /// Passes of the model.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) passes: usize,
    /// Trees in each pass.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) trees: usize,
}

#[cfg(feature = "train")]
#[derive(Clone, Debug, Args)]
pub(crate) struct TrainArgs {
    #[command(flatten)]
    pub(crate) gold: GoldArgs,
    /// Add trees for these pages to the weights in FILE, or to the shipped ones (--onto shipped), instead of starting
    /// anew: pages of your own, without the ones that those weights were made of.
    #[arg(long, value_name = "FILE")]
    pub(crate) onto: Option<PathBuf>,
    /// Where the weights of the line model go.
    #[arg(long, value_name = "FILE", required_unless_present = "rankers")]
    pub(crate) out: Option<PathBuf>,
    /// Train the rankers of headline, date, author, outlet and structure too, and how names are spelt, and write them to DIR,
    /// which is made where it is not there. They learn from gold, that of outlets from annotated pages too.
    #[arg(long, value_name = "DIR", requires = "gold")]
    pub(crate) rankers: Option<PathBuf>,
    /// Keep in DIR the weights of the models that label the rankers' pages, each without one fold of the publishers, and
    /// use those that are there already.
    #[arg(long, value_name = "DIR", requires = "rankers")]
    pub(crate) models: Option<PathBuf>,
}

#[cfg(feature = "train")]
#[derive(Clone, Debug, Args)]
pub(crate) struct EvalArgs {
    #[command(flatten)]
    pub(crate) gold: GoldArgs,
    /// Parts the publishers are divided into.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=20))]
    pub(crate) folds: u8,
    /// Write the records' predictions by models that had not seen the publisher, one file a rendering.
    #[arg(long, value_name = "DIR")]
    pub(crate) predictions: Option<PathBuf>,
    /// Keep each fold's weights in DIR and use those that are there already, so that a change beyond the line model is
    /// scored without training again.
    #[arg(long, value_name = "DIR")]
    pub(crate) models: Option<PathBuf>,
}

/// How inputs are read.
#[derive(Clone, Debug, Args)]
pub(crate) struct ReadArgs {
    /// Decode as this encoding (a WHATWG label, such as euc-kr) instead of detecting it.
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
    /// What the inputs hold (text, markdown, html, json, csv, tsv or warc), instead of what their first bytes say.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<copydesk::input::Format>,
    /// The JSON field or table column with the text [default: text, content, body, raw, article or markdown, else 본문, Inhalt, …].
    #[arg(long, value_name = "NAME")]
    pub(crate) text_field: Option<String>,
    /// How a text is cut into documents: auto, none, blank-lines=N, regex=R (lines that match), form-feed or nul.
    #[arg(long, value_name = "HOW", default_value = "auto")]
    pub(crate) split: copydesk::input::Split,
    /// Repair text whose encoding was misread before, as far as it goes.
    #[arg(long)]
    pub(crate) fix_mojibake: bool,
    /// Read hidden files and folders too, those whose names begin with a dot.
    #[arg(long)]
    pub(crate) hidden: bool,
    /// The largest document that is read, in bytes; a larger one is an error.
    #[arg(long, value_name = "N", default_value_t = input::MAX_DOCUMENT_BYTES)]
    pub(crate) max_document_bytes: usize,
    /// The longest line of a document, in bytes.
    #[arg(long, value_name = "N", default_value_t = input::MAX_LINE_BYTES, hide_short_help = true)]
    pub(crate) max_line_bytes: usize,
    /// The most lines of a document.
    #[arg(long, value_name = "N", default_value_t = input::MAX_LINES, hide_short_help = true)]
    pub(crate) max_lines: usize,
    /// The most files in one archive.
    #[arg(long, value_name = "N", default_value_t = input::MAX_MEMBERS, hide_short_help = true)]
    pub(crate) max_members: u64,
    /// The most layers of compression and archives, one within the other.
    #[arg(long, value_name = "N", default_value_t = input::MAX_NESTING, hide_short_help = true)]
    pub(crate) max_nesting: usize,
    /// The most bytes that are unpacked for each byte stored.
    #[arg(long, value_name = "N", default_value_t = input::MAX_RATIO, hide_short_help = true)]
    pub(crate) max_ratio: u64,
    /// The day the pages were collected, YYYY-MM-DD: dates without a year resolve against it.
    #[arg(long, value_name = "DATE")]
    pub(crate) collected: Option<jiff::civil::Date>,
}

/// A field and how sure it must be, in per cent.
fn min_confidence(value: &str) -> Result<(&'static str, u8), String> {
    let (name, least) = value
        .split_once('=')
        .ok_or("want FIELD=X, such as author=0.8")?;
    if name == "body" {
        return Err(
            "a body is not left out; choose records by it: jq 'select(.confidence.body >= 0.8)'"
                .to_owned(),
        );
    }
    let mut fields = Metadata::FIELDS
        .into_iter()
        .filter(|field| *field != "inLanguage");
    let field = fields.find(|field| *field == name);
    let field =
        field.ok_or_else(|| format!("no field {name}: one of {}", Metadata::FIELDS.join(", ")))?;
    match least.parse::<f64>() {
        Ok(least) if (0.0..=1.0).contains(&least) => Ok((field, (least * 100.0).round() as u8)),
        _ => Err(format!("{least} is no number from 0 to 1")),
    }
}

/// What lines are judged by.
#[derive(Clone, Debug, Args)]
pub(crate) struct ModelArgs {
    /// Judge lines by these weights (see copydesk train) instead of the shipped ones.
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,
    /// Add the outlets in DIR/outlets.tsv: a line that names the columns, then one a line, its name, other names,
    /// domains, country, zone and language separated by tabs. They go before the shipped ones.
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicon: Option<PathBuf>,
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
    /// Leave a metadata field out where its confidence is below X, 0 to 1; repeat it for other fields:
    /// --min-confidence author=0.8 --min-confidence datePublished=0.9.
    #[arg(long, value_name = "FIELD=X", value_parser = min_confidence)]
    pub(crate) min_confidence: Vec<(&'static str, u8)>,
    /// What a JSON line holds; paragraph and sentence lines carry the article's id and metadata.
    #[arg(long, value_enum, value_name = "UNIT", default_value_t = Granularity::Article)]
    pub(crate) granularity: Granularity,
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
    #[command(flatten)]
    pub(crate) model: ModelArgs,
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

/// Which document is meant.
#[derive(Debug, Args)]
pub(crate) struct DocumentArgs {
    /// A file, or - for standard input, which is also the default.
    #[arg(value_name = "FILE")]
    pub(crate) path: Option<PathBuf>,
    /// The name inside an archive, as in source.member of a record.
    #[arg(long, value_name = "M")]
    pub(crate) member: Option<String>,
    /// Which document of the file, as in source.index of a record.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) index: u64,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    #[command(flatten)]
    pub(crate) which: DocumentArgs,
    /// Show only the lines around TEXT (case and white space do not matter), and what became of them.
    #[arg(long, value_name = "TEXT")]
    pub(crate) grep: Option<String>,
    /// Lines around each line found by --grep.
    #[arg(short = 'C', long, value_name = "N", default_value_t = 2)]
    pub(crate) context: usize,
    /// The same as JSON: one object, or with --grep one for each line found.
    #[arg(long)]
    pub(crate) json: bool,
    /// When to use colours; auto heeds NO_COLOR.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

#[derive(Debug, Args)]
pub(crate) struct SentencesArgs {
    /// A file whose lines are paragraphs, or - for standard input, which is also the default.
    #[arg(value_name = "FILE")]
    pub(crate) path: Option<PathBuf>,
    /// The language, as a BCP 47 code.
    #[arg(long, value_name = "L", default_value = "und")]
    pub(crate) lang: String,
    /// Read {"text"} lines and write {"text","sentences":[[start,end],…]} lines, in bytes of text.
    #[arg(long)]
    pub(crate) jsonl: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Quiet on success. Exit codes: 0 all clean, 1 some input failed or is still failed from an \
                        earlier run, 2 nothing could be done, 130 and 143 stopped by SIGINT and SIGTERM."
)]
pub(crate) struct BatchArgs {
    /// Files and folders. One folder is mirrored under OUT; several INs each keep their own name there.
    #[arg(value_name = "IN", required_unless_present = "status")]
    pub(crate) ins: Vec<PathBuf>,
    /// The folder of the outputs: a.txt becomes OUT/a.txt.jsonl.
    #[arg(long, value_name = "OUT", required_unless_present = "status")]
    pub(crate) out: Option<PathBuf>,
    /// Print what was done in OUT so far.
    #[arg(long, value_name = "OUT", conflicts_with_all = ["ins", "out"])]
    pub(crate) status: Option<PathBuf>,
    /// With --status: one JSON line for each input.
    #[arg(long, requires = "status")]
    pub(crate) json: bool,
    /// Compress the outputs, to .jsonl.zst or .jsonl.gz.
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) compress: Option<Compress>,
    /// Compare inputs by contents, whatever their times say.
    #[arg(long)]
    pub(crate) rehash: bool,
    /// Keep outputs that another version or other options made.
    #[arg(long)]
    pub(crate) keep_old: bool,
    /// Try inputs again that failed before.
    #[arg(long)]
    pub(crate) retry_failed: bool,
    /// Remove outputs whose input is gone.
    #[arg(long)]
    pub(crate) prune: bool,
    /// Exit with 0 when another run holds the lock.
    #[arg(long)]
    pub(crate) skip_if_locked: bool,
    /// The most time that judging one document may take; one that takes longer is an error.
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    pub(crate) document_timeout: std::num::NonZeroU32,
    /// Write a report on everything in OUT: JSON, or a page with a name that ends in .html.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Keep a copy of each failed input in DIR, with the reason beside it.
    #[arg(long, value_name = "DIR")]
    pub(crate) quarantine: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    #[command(flatten)]
    pub(crate) record: RecordArgs,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    /// Also write every error to FILE, as a JSON line.
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
    /// Threads; changes nothing but the speed [default: all cores].
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// How outputs of a batch are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Compress {
    Zstd,
    Gzip,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// What a JSON line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Granularity {
    Article,
    Paragraph,
    Sentence,
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
