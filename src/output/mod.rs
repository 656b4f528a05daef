//! Records to bytes: JSON lines, views for people, the inspection of one document, the summary of a run. Leaves
//! judging to the stages and the choice of what to print to the caller.

pub mod explain;
pub mod jsonl;
pub mod pieces;
pub mod sanitize;
pub mod schema;
pub mod summary;
pub mod terminal;
pub mod views;
