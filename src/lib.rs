//! Scraped news text in, one clean record per article out.
//!
//! A [`Document`](document::Document) goes through five stages: `layout` finds the units to be judged, `classify`
//! tells article from boilerplate, `metadata` reads who wrote it and when, `segment` makes blocks of the body, and
//! [`pipeline`] puts the [`Article`](record::Article) together. Judging cannot fail; only reading and writing can.

pub mod batch;
pub mod classify;
pub mod config;
pub mod document;
pub mod error;
mod front;
pub mod input;
pub mod label;
pub mod layout;
pub mod lexicon;
pub mod metadata;
pub mod output;
pub mod pipeline;
pub mod record;
pub mod segment;
pub mod sentences;
#[cfg(feature = "train")]
pub mod train;

pub use pipeline::Cleaner;
