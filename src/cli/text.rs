//! `copydesk text PATH`: the text that the spans of a record refer to, byte for byte.

use std::io::Write;

use super::args::DocumentArgs;
use super::{exit, extract, inputs};

pub(crate) fn run(args: &DocumentArgs) -> anyhow::Result<exit::Code> {
    let document = inputs::one(args, &extract::options(&args.read))?;
    let mut out = std::io::stdout().lock();
    out.write_all(document.text.as_bytes())?;
    out.flush()?;
    Ok(exit::CLEAN)
}
