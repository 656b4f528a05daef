//! Which inputs were meant: the paths typed, those of `--files-from`, or standard input.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context;
use copydesk::document::Document;
use copydesk::input::{self, Event, Input};

use super::args::DocumentArgs;

/// The inputs that `paths` and the list in `files_from` mean, in that order; standard input when there are neither.
///
/// # Errors
/// The list cannot be read, or standard input is both list and input.
pub(crate) fn resolve(
    paths: &[PathBuf],
    files_from: Option<&Path>,
    null: bool,
) -> anyhow::Result<Vec<Input>> {
    let mut inputs: Vec<Input> = paths.iter().map(|path| input(path.clone())).collect();
    if let Some(list) = files_from {
        let standard = list == Path::new("-");
        anyhow::ensure!(
            !(standard && inputs.contains(&Input::Stdin)),
            "standard input cannot be both the list of --files-from and an input"
        );
        let name = list.display().to_string();
        let reader: Box<dyn BufRead> = if standard {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(BufReader::new(
                File::open(list).with_context(|| name.clone())?,
            ))
        };
        for path in input::listed(reader, &name, null) {
            inputs.push(input(path?));
        }
    } else if inputs.is_empty() {
        inputs.push(Input::Stdin);
    }
    Ok(inputs)
}

/// The one document that `args` mean.
///
/// # Errors
/// The file cannot be read, or holds no such document.
pub(crate) fn one(args: &DocumentArgs, options: &input::Options) -> anyhow::Result<Document> {
    let path = args.path.clone().unwrap_or_else(|| PathBuf::from("-"));
    find(path, args.member.as_deref(), args.index, options)
}

/// Document `index` of `member`, or of the first one, in the file at `path`.
///
/// # Errors
/// The file cannot be read, or holds no such document.
pub(crate) fn find(
    path: PathBuf,
    member: Option<&str>,
    index: u64,
    options: &input::Options,
) -> anyhow::Result<Document> {
    let name = path.display().to_string();
    let mut documents = 0;
    let mut failure = None;
    for event in input::read([input(path)], options) {
        match event {
            Event::Document(document) => {
                let source = &document.source;
                let wanted = member.is_none() || member == source.member.as_deref();
                if wanted && source.index == index {
                    return Ok(*document);
                }
                documents += 1;
            }
            // The document may stand behind the damage.
            Event::Error(error) => failure = failure.or(Some(error)),
            Event::End { .. } => {}
        }
    }
    if let Some(error) = failure {
        return Err(error.into());
    }
    let member = member.map_or_else(String::new, |member| format!(" of {member}"));
    anyhow::bail!("{name}: no document {index}{member}; it holds {documents}")
}

fn input(path: PathBuf) -> Input {
    if path == Path::new("-") {
        Input::Stdin
    } else {
        Input::Path(path)
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use copydesk::input::Input;

    #[test]
    fn a_list_that_is_empty_means_no_inputs_rather_than_standard_input() {
        let list = std::env::temp_dir().join(format!("copydesk-list-{}", std::process::id()));
        std::fs::write(&list, "\n").unwrap();
        let got = resolve(&[], Some(&list), false);
        std::fs::remove_file(&list).unwrap();
        assert_eq!(got.unwrap(), []);
        assert_eq!(resolve(&[], None, false).unwrap(), [Input::Stdin]);
    }
}
