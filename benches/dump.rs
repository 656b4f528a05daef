//! Writes a form-feed dump of invented pages to standard output: `cargo bench --bench dump -- BYTES [SCRIPT [LENGTH]]`,
//! with `K`, `M` or `G` behind the number, `english`, `korean` or `mixed` (the default), and `small`, `usual` (the
//! default) or `long`. Equal arguments give equal bytes.

mod support;

use std::io::{self, BufWriter, Write};

use support::{Length, Script, page};

fn main() -> io::Result<()> {
    // cargo says --bench to what it runs.
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let Some(bytes) = args.next().as_deref().and_then(number) else {
        return Ok(());
    };
    let script = match args.next().as_deref() {
        Some("english") => Script::English,
        Some("korean") => Script::Korean,
        _ => Script::Mixed,
    };
    let length = match args.next().as_deref() {
        Some("small") => Length::Small,
        Some("long") => Length::Long,
        _ => Length::Usual,
    };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut written = 0;
    for n in 0.. {
        let page = page(n, script, length);
        out.write_all(page.as_bytes())?;
        written += page.len() as u64 + 1;
        if written >= bytes {
            break;
        }
        out.write_all(b"\x0c")?;
    }
    out.flush()
}

fn number(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" => 1,
        "K" => 1_000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        _ => return None,
    };
    Some(digits.parse::<u64>().ok()? * unit)
}
