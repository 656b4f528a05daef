//! Words, outlets, patterns and model weights: data files and their one loader. Adding a language or an outlet
//! touches the files under `data/` only.

pub mod agencies;
pub mod bylines;
pub mod captions;
pub mod cues;
pub mod date_labels;
pub mod months;
pub mod names;
pub mod notices;
pub mod numbering;
pub mod outlets;
pub mod rankers;
pub mod relative_dates;
pub mod sections;
pub mod sentences;
pub mod speakers;
pub mod table;
pub mod words;
pub mod zones;

/// Loads the tables that every page with a byline and a date asks for. They load by themselves when first asked;
/// called on a thread of its own, this has them ready by the time the body is found, which halves the start of a run
/// on one small file.
pub fn preload() {
    let _ = (
        date_labels::is_label(""),
        outlets::by_name(""),
        names::is_given(""),
        names::is_stop(""),
        months::month("", ""),
        bylines::cue(""),
        bylines::is_title(""),
    );
}

/// The weights of the line model, as `copydesk train` writes them.
pub const LINE_WEIGHTS: &[u8] = include_bytes!("data/line.weights");
