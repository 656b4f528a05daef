//! Reading files as UTF-8, until `copydesk::input` has a reader.

use std::io::Read;
use std::path::{Path, PathBuf};

use copydesk::document::{Document, Source};
use copydesk::error::{Error, Position};
use copydesk::input::{Event, Input, Options, Outcome};

pub(crate) fn read(
    inputs: Vec<Input>,
    _options: &Options,
) -> impl Iterator<Item = Event> + Send + use<> {
    inputs.into_iter().flat_map(expand).flat_map(|path| {
        let name = path.display().to_string();
        match bytes(&path) {
            Ok(bytes) => vec![
                Event::Document(Box::new(Document {
                    source: Source {
                        path: name.clone(),
                        span: (0, bytes.len() as u64),
                        encoding: "UTF-8",
                        ..Source::default()
                    },
                    text: String::from_utf8(bytes).unwrap_or_else(|error| {
                        String::from_utf8_lossy(error.as_bytes()).into_owned()
                    }),
                    ..Document::default()
                })),
                Event::End {
                    path: name,
                    outcome: Outcome::Whole,
                },
            ],
            Err(error) => vec![
                Event::Error(Error::io(Position::path(name.clone()), &error)),
                Event::End {
                    path: name,
                    outcome: Outcome::Failed,
                },
            ],
        }
    })
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(path)
}

fn expand(input: Input) -> Vec<PathBuf> {
    let Input::Path(path) = input else {
        return vec![PathBuf::from("-")];
    };
    let Ok(entries) = std::fs::read_dir(&path) else {
        return vec![path];
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| expand(Input::Path(path)))
        .collect()
}
