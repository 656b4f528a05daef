//! The JSON contract: one [`Article`] per document. Names are schema.org NewsArticle property names wherever it
//! has one. A key is left out when it has no value, unless its doc says "always".

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::document::Span;
use crate::label::Claim;

/// The version of the record's layout; `0` until release 1.0.
pub const SCHEMA_VERSION: &str = "0";

/// A pair of byte offsets, start and end, as the record writes a span.
pub type Bytes = (u64, u64);

/// A span as the record writes it.
#[must_use]
pub fn bytes(span: Span) -> Bytes {
    (span.start.into(), span.end.into())
}

/// One article, or one document without an article.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    /// Always. The version of this layout.
    pub schema_version: &'static str,
    /// Always. Lower-case hex SHA-256 of the document text.
    pub id: String,
    /// Always. The same of `articleBody`; null where that is empty.
    pub body_id: Option<String>,
    /// Always. As printed, white space folded.
    pub headline: Option<String>,
    /// A bracketed label in the headline, without its brackets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kicker: Option<String>,
    /// Standfirst lines, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternative_headline: Vec<String>,
    /// Always. In printed order, each once.
    pub author: Vec<Person>,
    /// The place as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// Always. RFC 3339 as far as the text goes: a day, a minute, or a minute with its zone.
    pub date_published: Option<String>,
    /// Likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_modified: Option<String>,
    /// Always. The outlet.
    pub publisher: Option<Publisher>,
    /// Breadcrumb or section, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub article_section: Vec<String>,
    /// Always. BCP 47 code of the body's language; `und` when unsure.
    pub in_language: String,
    /// As printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copyright_notice: Option<String>,
    /// Printed corrections of this article.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub correction: Vec<String>,
    /// Always. The text of all blocks but captions and repeated pull quotes, joined by a blank line.
    pub article_body: String,
    /// Always. Unicode words (UAX #29) of `articleBody`.
    pub word_count: u64,
    /// Always. The body in reading order.
    pub blocks: Vec<Block>,
    /// Other stories printed on the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// Always. Where the document came from.
    pub source: SourceRecord,
    /// Always. What was taken out.
    pub removed: Removed,
    /// Always. Calibrated, 0 to 1, two decimals: `body`, and each metadata field that was found.
    pub confidence: BTreeMap<&'static str, f64>,
    /// With `--evidence`: what each field was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<BTreeMap<&'static str, Evidence>>,
    /// With `--ledger`: every byte of the document text, in exactly one entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ledger: Option<Vec<LedgerEntry>>,
    /// Always. Stable codes.
    pub warnings: Vec<String>,
}

/// A person, or an agency where no person is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// As printed; a name in capitals as names are printed.
    pub name: String,
    /// `Organization` for an agency without a person.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// As printed, such as `특파원`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_title: Option<String>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The outlet or agency the person writes for, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<String>,
}

/// The outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Publisher {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its domain, from an address of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A sub-heading.
    Heading,
    /// An item of a list.
    ListItem,
    /// A quotation set apart.
    Quote,
    /// One paragraph of one speaker.
    Turn,
    /// Text of a picture; in `blocks`, never in `articleBody`.
    Caption,
    /// A table of figures.
    Table,
}

/// A block of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its parts, joined and their white space folded.
    pub text: String,
    /// Hull in the document text.
    pub span: Bytes,
    /// The slices it was made of, where it is not one slice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Bytes>,
    /// Sentences, in bytes of `text`.
    pub sentences: Vec<Bytes>,
    /// Who speaks, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Whose picture it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// The index of the block that a pull quote repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<u64>,
}

impl Block {
    /// Whether its text belongs to `articleBody`.
    #[must_use]
    pub fn is_body(&self) -> bool {
        self.kind != BlockKind::Caption && self.repeats.is_none()
    }
}

/// Another story printed on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Related {
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// Its text, where the page prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its authors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Person>,
    /// Its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
    /// Hull in the document text.
    pub span: Bytes,
}

/// Where a document came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SourceRecord {
    /// As given; `-` for standard input.
    pub path: String,
    /// The name inside an archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Counts the documents of one input or member from 0.
    pub index: u64,
    /// The name that the container gives the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Bytes of the decompressed input or member.
    pub span: Bytes,
    /// By the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// Of the input file as stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When the page was collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collected: Option<String>,
    /// The title that the container gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The outlet that the container gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Who wrote it, as the container gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The date of publication that the container gives, as it is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How many bytes or sequences of them could not be decoded and were replaced; with the warning `decode-replaced`.
    #[serde(skip_serializing_if = "is_zero")]
    pub replaced: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// What was taken out of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    /// Bytes that are not white space, of the removed kinds.
    pub bytes: u64,
    /// The same by reason code.
    pub by_reason: BTreeMap<&'static str, u64>,
}

/// One span of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LedgerEntry {
    /// In bytes of the document text.
    pub span: Bytes,
    /// A line kind.
    pub kind: &'static str,
    /// A reason code.
    pub reason: &'static str,
    /// 0 to 1, two decimals.
    pub confidence: f64,
    /// What an earlier pass had taken it for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<&'static str>,
}

/// What a metadata field was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The text as printed.
    pub raw: String,
    /// Its place in the document text; null for outside evidence.
    pub span: Option<Bytes>,
    /// A stable kebab-case name of the rule.
    pub rule: &'static str,
    /// 0 to 1, two decimals.
    pub confidence: f64,
    /// Other values that were weighed, at most four.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
}

/// What the metadata stage found; its values go into [`Article`], its claims over the labels.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// See [`Article::headline`].
    pub headline: Option<String>,
    /// See [`Article::kicker`].
    pub kicker: Option<String>,
    /// See [`Article::alternative_headline`].
    pub alternative_headline: Vec<String>,
    /// See [`Article::author`].
    pub author: Vec<Person>,
    /// See [`Article::dateline`].
    pub dateline: Option<String>,
    /// The address of the page, where the fields above the text give it.
    pub url: Option<String>,
    /// See [`Article::date_published`].
    pub date_published: Option<String>,
    /// See [`Article::date_modified`].
    pub date_modified: Option<String>,
    /// See [`Article::publisher`].
    pub publisher: Option<Publisher>,
    /// See [`Article::article_section`].
    pub article_section: Vec<String>,
    /// See [`Article::copyright_notice`].
    pub copyright_notice: Option<String>,
    /// See [`Article::correction`].
    pub correction: Vec<String>,
    /// Probability of each field found, in per cent, by its name in the record.
    pub confidence: BTreeMap<&'static str, u8>,
    /// What each field was read from, by its name in the record.
    pub evidence: BTreeMap<&'static str, Evidence>,
    /// Stable codes.
    pub warnings: Vec<&'static str>,
    /// The spans the fields were read from, to be laid over the labels before the body is segmented.
    pub claims: Vec<Claim>,
}

impl Metadata {
    /// The metadata fields, in the order of the record. All but `inLanguage`, which is always there, have a confidence.
    pub const FIELDS: [&str; 12] = [
        "headline",
        "kicker",
        "alternativeHeadline",
        "author",
        "dateline",
        "datePublished",
        "dateModified",
        "publisher",
        "articleSection",
        "inLanguage",
        "copyrightNotice",
        "correction",
    ];

    /// Keeps the evidence of a field and how sure it is; the first print of a field that has several stands for it.
    pub(crate) fn note(&mut self, field: &'static str, evidence: Evidence) {
        self.confidence
            .entry(field)
            .or_insert((evidence.confidence * 100.0).round() as u8);
        self.evidence.entry(field).or_insert(evidence);
    }

    /// Takes `field` out, with its confidence and evidence.
    pub(crate) fn remove(&mut self, field: &str) {
        match field {
            "headline" => self.headline = None,
            "kicker" => self.kicker = None,
            "alternativeHeadline" => self.alternative_headline.clear(),
            "author" => self.author.clear(),
            "dateline" => self.dateline = None,
            "datePublished" => self.date_published = None,
            "dateModified" => self.date_modified = None,
            "publisher" => self.publisher = None,
            "articleSection" => self.article_section.clear(),
            "copyrightNotice" => self.copyright_notice = None,
            "correction" => self.correction.clear(),
            _ => return,
        }
        self.confidence.remove(field);
        self.evidence.remove(field);
    }
}

/// What the segmenter made of the labels.
#[derive(Clone, Debug, Default)]
pub struct Segmented {
    /// The body in reading order.
    pub blocks: Vec<Block>,
    /// Other stories.
    pub related: Vec<Related>,
}
