//! The accounts of a run. They balance: inputs = whole + partial + failed, documents = records + skipped + errors.

use std::fmt;

/// What became of the inputs and documents of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Accounts {
    /// Inputs of which every document was read.
    pub whole: u64,
    /// Inputs of which some documents came out before the damage.
    pub partial: u64,
    /// Inputs that gave nothing.
    pub failed: u64,
    /// Records written.
    pub records: u64,
    /// Documents without an article, left out because that was asked for.
    pub skipped: u64,
    /// Documents, or rests of inputs, that gave no record.
    pub errors: u64,
}

impl Accounts {
    /// How many inputs were read.
    #[must_use]
    pub const fn inputs(&self) -> u64 {
        self.whole + self.partial + self.failed
    }

    /// How many documents they held, as far as could be told.
    #[must_use]
    pub const fn documents(&self) -> u64 {
        self.records + self.skipped + self.errors
    }

    /// Whether nothing failed.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.partial + self.failed + self.errors == 0
    }
}

impl fmt::Display for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} = {} whole + {} partial + {} failed; {} = {} + {} skipped + {}",
            count(self.inputs(), "input"),
            self.whole,
            self.partial,
            self.failed,
            count(self.documents(), "document"),
            count(self.records, "record"),
            self.skipped,
            count(self.errors, "error"),
        )
    }
}

fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
