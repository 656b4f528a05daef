//! Exit codes, as the README tells them.

use std::process::ExitCode;

/// A code that a run may end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code(u8);

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code.0)
    }
}

/// Everything was read and written.
pub(crate) const CLEAN: Code = Code(0);
/// Some input or document failed; the others were written.
pub(crate) const SOME_FAILED: Code = Code(1);
/// Wrong usage, or the output could not be written.
pub(crate) const NOTHING_DONE: Code = Code(2);

/// A batch was stopped by signal `number`, and what was finished is written.
pub(crate) const fn signal(number: usize) -> Code {
    Code(128 + number as u8)
}
