//! What a batch has made of everything so far, read from its outputs and its manifest: for programs as JSON, for
//! people as a page.

mod html;

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::atomic;
use super::manifest::{Failure, Manifest, Status};
use super::plan::Compression;
use crate::error::{Error, Position};
use crate::output::explain::Inspection;
use crate::output::summary::Accounts;

pub use html::page;

/// How many of the least certain records are shown with their inspection.
const LOWEST: usize = 12;

/// How many failures are listed; all are counted.
const FAILURES: usize = 1000;

/// Columns of the distribution of confidence, each a twentieth wide.
const BINS: usize = 20;

/// Everything in OUT, added up.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Survey {
    /// When it was made, RFC 3339.
    pub made: String,
    /// The accounts of all inputs.
    pub accounts: Accounts,
    /// Inputs that are gone.
    pub gone: u64,
    /// How many failures each cause has.
    pub failures_by_cause: BTreeMap<String, u64>,
    /// The first failures, by input.
    pub failures: Vec<Failed>,
    /// Records by day of publication; those without one under the empty day.
    pub records_by_day: BTreeMap<String, u64>,
    /// By name or domain of the outlet; those without one under the empty name.
    pub outlets: BTreeMap<String, Outlet>,
    /// Records by confidence in the body, each column a twentieth.
    pub confidence: [u64; BINS],
    /// The least certain records, least certain first.
    pub lowest: Vec<Lowest>,
}

/// A failed input.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failed {
    /// As it was opened.
    pub input: String,
    /// What went wrong.
    #[serde(flatten)]
    pub failure: Failure,
}

/// What was kept and removed of one outlet's pages.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outlet {
    /// Records.
    pub records: u64,
    /// Bytes of `articleBody`.
    pub body: u64,
    /// Bytes removed, white space not counted.
    pub removed: u64,
    /// The same by reason.
    pub by_reason: BTreeMap<String, u64>,
}

impl Outlet {
    /// Share of what was removed in all that was kept or removed, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.removed as f64 / (self.removed + self.body).max(1) as f64
    }
}

/// One of the least certain records.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lowest {
    /// Confidence in the body, 0 to 1.
    pub confidence: f64,
    /// The record's `id`.
    pub id: String,
    /// Its headline.
    pub headline: Option<String>,
    /// Where its document came from.
    pub source: Source,
    /// How it came to be, where its input can still be read.
    pub inspection: Option<Inspection>,
}

/// As much of a record's source as finds the document again.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Source {
    /// As given.
    pub path: String,
    /// The name inside an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Counts the documents of one input or member from 0.
    pub index: u64,
}

/// As much of a record as is added up.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    id: String,
    headline: Option<String>,
    date_published: Option<String>,
    publisher: Option<Publisher>,
    article_body: String,
    source: Source,
    removed: Removed,
    confidence: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Publisher {
    name: Option<String>,
    domain: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Removed {
    bytes: u64,
    by_reason: BTreeMap<String, u64>,
}

impl Survey {
    /// Reads the manifest and every output under `out`; `inspect` looks at a document again.
    ///
    /// # Errors
    /// The manifest cannot be read. An output that cannot, or that holds no whole records (as with `--granularity`),
    /// counts in the accounts alone.
    pub fn new(
        out: &Path,
        mut inspect: impl FnMut(&Source) -> Option<Inspection>,
    ) -> Result<Self, Error> {
        let mut survey = Self {
            made: super::lock::now(),
            ..Self::default()
        };
        let manifest = Manifest::existing(out)?;
        manifest.for_each(|place, row| {
            match row.status {
                Status::Whole => survey.accounts.whole += 1,
                Status::Partial => survey.accounts.partial += 1,
                Status::Failed => survey.accounts.failed += 1,
            }
            survey.accounts.records += row.records;
            survey.accounts.skipped += row.skipped;
            survey.accounts.errors += row.failures.len() as u64;
            survey.gone += u64::from(row.gone);
            for failure in &row.failures {
                *survey
                    .failures_by_cause
                    .entry(failure.code.clone())
                    .or_default() += 1;
                if survey.failures.len() < FAILURES {
                    survey.failures.push(Failed {
                        input: row.input.clone(),
                        failure: failure.clone(),
                    });
                }
            }
            if row.output.is_some() {
                let suffix = row.suffix();
                // What cannot be read here is told by the next run, which finds the output changed.
                let _ = survey.add(&out.join(suffix.output(place)), suffix.compression);
            }
        })?;
        for lowest in &mut survey.lowest {
            lowest.inspection = inspect(&lowest.source);
        }
        Ok(survey)
    }

    fn add(&mut self, output: &Path, compression: Compression) -> io::Result<()> {
        for line in atomic::open(output, compression)?.lines() {
            if let Ok(record) = serde_json::from_str(&line?) {
                self.count(record);
            }
        }
        Ok(())
    }

    fn count(&mut self, record: Record) {
        let day = record
            .date_published
            .as_deref()
            .and_then(|date| date.get(..10));
        *self
            .records_by_day
            .entry(day.unwrap_or_default().to_owned())
            .or_default() += 1;
        let name = record.publisher.and_then(|p| p.name.or(p.domain));
        let outlet = self.outlets.entry(name.unwrap_or_default()).or_default();
        outlet.records += 1;
        outlet.body += record.article_body.len() as u64;
        outlet.removed += record.removed.bytes;
        for (reason, bytes) in record.removed.by_reason {
            *outlet.by_reason.entry(reason).or_default() += bytes;
        }
        let confidence = record.confidence.get("body").copied().unwrap_or_default();
        let bin = (confidence * BINS as f64) as usize;
        self.confidence[bin.min(BINS - 1)] += 1;
        let at = self
            .lowest
            .partition_point(|lowest| lowest.confidence <= confidence);
        if at < LOWEST {
            self.lowest.insert(
                at,
                Lowest {
                    confidence,
                    id: record.id,
                    headline: record.headline,
                    source: record.source,
                    inspection: None,
                },
            );
            self.lowest.truncate(LOWEST);
        }
    }

    /// Writes it as one JSON object.
    ///
    /// # Errors
    /// `path` cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        let html = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("html"));
        let bytes = if html {
            page(self).into_bytes()
        } else {
            serde_json::to_vec_pretty(self).unwrap_or_default()
        };
        std::fs::write(path, bytes)
            .map_err(|error| Error::io(Position::path(path.to_string_lossy()), &error))
    }
}
