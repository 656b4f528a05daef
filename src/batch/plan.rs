//! Which input becomes which output: OUT mirrors IN, `a.txt` becomes `a.txt.jsonl`, and several INs each keep their
//! own name.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Position};
use crate::input::{self, Options};

/// One input and the place of its output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Task {
    /// The input, as it is opened.
    pub(super) input: PathBuf,
    /// Its place under OUT, without the suffix.
    pub(super) place: PathBuf,
}

impl Task {
    /// The key of the manifest: the place, byte for byte.
    pub(super) fn key(&self) -> &[u8] {
        self.place.as_os_str().as_encoded_bytes()
    }
}

/// How outputs are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Compression {
    /// As they are.
    #[default]
    None,
    /// With gzip, as `.jsonl.gz`.
    Gzip,
    /// With Zstandard, as `.jsonl.zst`.
    Zstd,
}

/// What follows the input's name in that of its output. A partial output says so, so that nobody takes it for the
/// whole, even where the manifest is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Suffix {
    pub(super) partial: bool,
    pub(super) compression: Compression,
}

impl Suffix {
    /// Every suffix; `.partial.jsonl` before `.jsonl`, which also ends it.
    pub(super) const ALL: [Self; 6] = {
        const fn suffix(partial: bool, compression: Compression) -> Suffix {
            Suffix {
                partial,
                compression,
            }
        }
        [
            suffix(true, Compression::None),
            suffix(true, Compression::Gzip),
            suffix(true, Compression::Zstd),
            suffix(false, Compression::None),
            suffix(false, Compression::Gzip),
            suffix(false, Compression::Zstd),
        ]
    };

    /// As it is written.
    pub(super) const fn text(self) -> &'static str {
        match (self.partial, self.compression) {
            (false, Compression::None) => ".jsonl",
            (false, Compression::Gzip) => ".jsonl.gz",
            (false, Compression::Zstd) => ".jsonl.zst",
            (true, Compression::None) => ".partial.jsonl",
            (true, Compression::Gzip) => ".partial.jsonl.gz",
            (true, Compression::Zstd) => ".partial.jsonl.zst",
        }
    }

    /// The name of the output of `place`, relative to OUT.
    pub(super) fn output(self, place: &Path) -> PathBuf {
        let mut name = OsString::from(place);
        name.push(self.text());
        PathBuf::from(name)
    }
}

/// The inputs as given, each with its prefix under OUT.
#[derive(Debug)]
pub(super) struct Plan {
    roots: Vec<Root>,
}

#[derive(Debug)]
struct Root {
    path: PathBuf,
    prefix: PathBuf,
    /// OUT, where it lies within this root.
    skip: Option<PathBuf>,
}

impl Plan {
    /// Plans `ins` into `out`, which exists.
    ///
    /// # Errors
    /// Two INs of one name, or OUT being one of them.
    pub(super) fn new(ins: &[PathBuf], out: &Path) -> Result<Self, String> {
        let out = canonical(out);
        let mut roots: Vec<Root> = Vec::with_capacity(ins.len());
        for path in ins {
            let real = canonical(path);
            if real == out {
                return Err(format!("{} is both input and --out", path.display()));
            }
            let name = real.file_name().map(PathBuf::from).unwrap_or_default();
            let prefix = if ins.len() == 1 && path.is_dir() {
                PathBuf::new()
            } else {
                name
            };
            if roots.iter().any(|root| root.prefix == prefix) {
                return Err(format!(
                    "two inputs named {} would share their output; run them with an --out each",
                    prefix.display()
                ));
            }
            let skip = out.strip_prefix(&real).ok().map(|inside| path.join(inside));
            roots.push(Root {
                path: path.clone(),
                prefix,
                skip,
            });
        }
        Ok(Self { roots })
    }

    /// Every input, in the order of the roots and sorted within each; a folder that cannot be listed is an error.
    pub(super) fn tasks<'a>(
        &'a self,
        options: &'a Options,
    ) -> impl Iterator<Item = Result<Task, Error>> + 'a {
        self.roots.iter().flat_map(move |root| {
            let found = input::expand(&root.path, options);
            found.filter_map(move |found| {
                let input = match found {
                    Ok(input) => input,
                    Err(error) => return Some(Err(error)),
                };
                let own = |out: &PathBuf| input.starts_with(out);
                if root.skip.as_ref().is_some_and(own) {
                    return None;
                }
                let Ok(inside) = input.strip_prefix(&root.path) else {
                    let position = Position::path(input.to_string_lossy());
                    return Some(Err(Error::new(position, "io", "outside its folder")));
                };
                let place = if inside.as_os_str().is_empty() {
                    root.prefix.clone()
                } else {
                    root.prefix.join(inside)
                };
                Some(Ok(Task { input, place }))
            })
        })
    }
}

fn canonical(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Compression, Plan, Suffix};
    use std::fs;
    use std::path::{Path, PathBuf};

    #[test]
    fn several_inputs_keep_their_names_and_the_output_is_no_input() {
        let base = std::env::temp_dir().join(format!("copydesk-plan-{}", std::process::id()));
        for folder in ["one/sub", "two", "one/out"] {
            fs::create_dir_all(base.join(folder)).unwrap();
        }
        for file in [
            "one/a.txt",
            "one/sub/b.txt",
            "two/a.txt",
            "one/out/a.txt.jsonl",
        ] {
            fs::write(base.join(file), "x").unwrap();
        }
        let places = |ins: &[&str]| -> Vec<PathBuf> {
            let ins: Vec<_> = ins.iter().map(|name| base.join(name)).collect();
            let plan = Plan::new(&ins, &base.join("one/out")).unwrap();
            let options = crate::input::Options::default();
            plan.tasks(&options)
                .map(|task| task.unwrap().place)
                .collect()
        };
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        assert_eq!(places(&["one"]), paths(&["a.txt", "sub/b.txt"]));
        assert_eq!(
            places(&["one", "two"]),
            paths(&["one/a.txt", "one/sub/b.txt", "two/a.txt"])
        );
        assert_eq!(places(&["two/a.txt"]), paths(&["a.txt"]));
        let clash = Plan::new(&[base.join("one"), base.join("one")], &base.join("x"));
        assert!(clash.is_err());
        fs::remove_dir_all(&base).unwrap();
        let suffix = Suffix {
            partial: true,
            compression: Compression::Zstd,
        };
        assert_eq!(
            suffix.output(Path::new("s/a.txt")),
            Path::new("s/a.txt.partial.jsonl.zst")
        );
    }
}
