//! The command line.

use std::io::Write;

fn main() -> std::process::ExitCode {
    let cleaner = copydesk::Cleaner::new(copydesk::config::Config::default());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let mut document = copydesk::document::Document {
            text,
            ..Default::default()
        };
        document.source.path = path;
        let article = cleaner.clean(&document);
        if serde_json::to_writer(&mut out, &article).is_err() || writeln!(out).is_err() {
            return std::process::ExitCode::FAILURE;
        }
    }
    std::process::ExitCode::SUCCESS
}
