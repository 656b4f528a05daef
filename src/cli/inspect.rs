//! `copydesk inspect FILE`: what every line was taken for, and why.

use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::Context;
use copydesk::output::explain::Inspection;
use copydesk::output::terminal::{self, Paper};

use super::args::{Color, InspectArgs};
use super::{exit, extract, inputs};

pub(crate) fn run(args: &InspectArgs) -> anyhow::Result<exit::Code> {
    let document = inputs::one(&args.which, &extract::options(&args.which.read))?;
    let mut config = extract::config(&args.which.read);
    config.evidence = true;
    config.ledger = args.json;
    let cleaned = extract::cleaner(config, &args.model)?.inspect(&document);
    let inspection = Inspection::new(&document, &cleaned.units, &cleaned.labels, cleaned.article);

    let stdout = io::stdout().lock();
    let paper = paper(args.color, stdout.is_terminal());
    let mut out = BufWriter::new(stdout);
    let found = match &args.grep {
        Some(wanted) => {
            let found = inspection.find(&document, wanted);
            if found.is_empty() {
                anyhow::bail!("{}: no line holds {wanted:?}", document.source.path);
            }
            Some((wanted, found))
        }
        None => None,
    };
    match (args.json, found) {
        (true, None) => json(&mut out, &inspection)?,
        (true, Some((_, found))) => {
            for row in found {
                json(&mut out, &inspection.rows[row])?;
            }
        }
        (false, None) => terminal::page(&mut out, &inspection, paper)?,
        (false, Some((wanted, found))) => {
            terminal::found(&mut out, &inspection, &found, wanted, args.context, paper)?;
        }
    }
    out.flush().context("standard output")?;
    Ok(exit::CLEAN)
}

fn json(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}

/// Colours as asked for, else on a terminal that has not been told otherwise (no-color.org).
fn paper(color: Color, terminal: bool) -> Paper {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    Paper {
        color: match color {
            Color::Auto => terminal && !dumb && !set("NO_COLOR"),
            Color::Always => true,
            Color::Never => false,
        },
        columns: if terminal {
            terminal_size::terminal_size().map(|(width, _)| width.0.into())
        } else {
            None
        },
    }
}
