//! `copydesk schema`: the contract, for programs.

use std::io::Write;

use copydesk::record::Article;

use super::exit;

pub(crate) fn run() -> anyhow::Result<exit::Code> {
    let schema = schemars::schema_for!(Article);
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(exit::CLEAN)
}
