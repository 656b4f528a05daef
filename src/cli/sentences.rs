//! `copydesk sentences`: the sentence splitter as a filter of its own. Every line is a paragraph.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};
use copydesk::record::Bytes;
use copydesk::sentences;
use serde::{Deserialize, Serialize};

use super::args::SentencesArgs;
use super::exit;

pub(crate) fn run(args: &SentencesArgs) -> anyhow::Result<exit::Code> {
    let name = match args.path.as_deref() {
        None => "standard input".into(),
        Some(path) if path == Path::new("-") => "standard input".into(),
        Some(path) => path.to_string_lossy(),
    };
    let mut input: Box<dyn BufRead> = match args.path.as_deref() {
        Some(path) if path != Path::new("-") => {
            Box::new(BufReader::new(File::open(path).context(name.to_string())?))
        }
        _ => Box::new(io::stdin().lock()),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    let mut number = 0_u64;
    loop {
        line.clear();
        if input
            .read_until(b'\n', &mut line)
            .with_context(|| name.to_string())?
            == 0
        {
            break;
        }
        number += 1;
        let text = std::str::from_utf8(&line).with_context(|| format!("{name}:{number}"))?;
        if args.jsonl {
            json_line(&mut out, text, &args.lang).with_context(|| format!("{name}:{number}"))?;
        } else {
            plain_line(&mut out, text.trim(), &args.lang)?;
        }
    }
    out.flush()?;
    Ok(exit::CLEAN)
}

/// One sentence a line; white space within is folded, so that a sentence stays on its line.
fn plain_line(out: &mut impl Write, text: &str, lang: &str) -> io::Result<()> {
    for (start, end) in sentences::spans(text, lang) {
        let sentence = &text[start as usize..end as usize];
        let mut words = sentence.split_whitespace();
        if let Some(first) = words.next() {
            out.write_all(first.as_bytes())?;
        }
        for word in words {
            write!(out, " {word}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn json_line(out: &mut impl Write, line: &str, lang: &str) -> anyhow::Result<()> {
    #[derive(Deserialize)]
    struct Asked<'a> {
        #[serde(borrow)]
        text: Cow<'a, str>,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        text: &'a str,
        sentences: Vec<Bytes>,
    }
    if line.trim().is_empty() {
        bail!("an empty line where {{\"text\": …}} was expected");
    }
    let asked: Asked<'_> = serde_json::from_str(line)?;
    let answer = Answer {
        text: &asked.text,
        sentences: sentences::spans(&asked.text, lang),
    };
    serde_json::to_writer(&mut *out, &answer).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}
