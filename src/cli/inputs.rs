//! Which inputs were meant: the paths typed, those of `--files-from`, or standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use copydesk::input::Input;

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
        let bytes = if list == Path::new("-") {
            anyhow::ensure!(
                !inputs.contains(&Input::Stdin),
                "standard input cannot be both the list of --files-from and an input"
            );
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes)?;
            bytes
        } else {
            std::fs::read(list).with_context(|| list.display().to_string())?
        };
        let end = if null { 0 } else { b'\n' };
        inputs.extend(
            bytes
                .split(|byte| *byte == end)
                .filter(|name| !name.is_empty())
                .map(|name| input(path_of(name))),
        );
    } else if inputs.is_empty() {
        inputs.push(Input::Stdin);
    }
    Ok(inputs)
}

fn input(path: PathBuf) -> Input {
    if path == Path::new("-") {
        Input::Stdin
    } else {
        Input::Path(path)
    }
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).trim_end_matches('\r'))
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
