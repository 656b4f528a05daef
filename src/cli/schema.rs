//! `copydesk schema`: the contract, for programs.

use std::io::{self, Write};

use copydesk::output::schema;

use super::exit;

pub(crate) fn run() -> anyhow::Result<exit::Code> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema::record()).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(exit::CLEAN)
}
