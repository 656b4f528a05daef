//! Opens one input: a file, whose stored bytes are hashed, or standard input.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::scope::Scope;
use super::stream::Stream;
use super::{Event, Options, container};
use crate::error::Error;

/// A file up to this many bytes is read at once, so that its hash is known before its first document. A larger one
/// is read twice: a hash costs less than a hundredth of what judging the text does.
const AT_ONCE: u64 = 16 << 20;

type Sink<'s> = &'s mut dyn FnMut(Event) -> ControlFlow<()>;

/// Everything in the file at `path`.
pub(super) fn read_file(path: &Path, options: &Options, sink: Sink<'_>) -> ControlFlow<()> {
    let mut scope = Scope::new(path.to_string_lossy().into_owned(), options, sink);
    let read = match open(path, &mut scope) {
        Ok(mut stream) => container::read(&mut stream, &mut scope),
        Err(error) => scope.io(&error),
    };
    scope.end(read)
}

/// Everything on standard input.
pub(super) fn read_stdin(options: &Options, sink: Sink<'_>) -> ControlFlow<()> {
    let mut scope = Scope::new("-".to_owned(), options, sink);
    let mut stream = Stream::over(io::stdin().lock());
    let read = container::read(&mut stream, &mut scope);
    scope.end(read)
}

/// Everything in `bytes`, as the file `name` would be read.
pub(super) fn read_bytes(
    name: &str,
    bytes: Vec<u8>,
    options: &Options,
    sink: Sink<'_>,
) -> ControlFlow<()> {
    let mut scope = Scope::new(name.to_owned(), options, sink);
    scope.sha256 = Some(hex(&Sha256::digest(&bytes)));
    let read = container::read(&mut Stream::memory(bytes), &mut scope);
    scope.end(read)
}

/// An input that could not even be opened.
pub(super) fn refuse(error: Error, sink: Sink<'_>) -> ControlFlow<()> {
    let options = Options::default();
    let mut scope = Scope::new(error.position.path.clone(), &options, sink);
    let refused = scope.refuse(error);
    scope.end(refused)
}

fn open(path: &Path, scope: &mut Scope<'_>) -> io::Result<Stream<'static>> {
    let mut file = File::open(path)?;
    let meta = file.metadata()?;
    if !meta.is_file() {
        return Ok(Stream::over(file));
    }
    if meta.len() <= AT_ONCE {
        let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
        (&mut file).take(AT_ONCE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 <= AT_ONCE {
            scope.sha256 = Some(hex(&Sha256::digest(&bytes)));
            return Ok(Stream::memory(bytes));
        }
        file.rewind()?;
    }
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => hash.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    scope.sha256 = Some(hex(&hash.finalize()));
    file.rewind()?;
    Ok(Stream::over(file))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}
