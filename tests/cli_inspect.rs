//! `inspect` and `text`: a person asks why, and the terminal survives the answer.

mod support;

use std::fs;

use support::{copydesk, finish, folder, page, pipe, run};

#[test]
fn the_page_has_a_margin_beside_every_line_then_fields_and_blocks() {
    let text = page("Dredging", 2);
    let run = pipe(["inspect"], text.as_bytes());
    assert_eq!(run.code, Some(0));
    assert!(!run.out.contains('\u{1b}'), "no colours on a pipe");
    for (i, line) in text.lines().enumerate() {
        let number = format!("{:>4} ", i + 1);
        let shown = run.out.lines().find(|shown| shown.starts_with(&number));
        assert!(
            shown.is_some_and(|shown| shown.ends_with(line)),
            "line {}",
            i + 1
        );
    }
    for heading in ["metadata", "blocks (", "removed ("] {
        assert!(run.out.lines().any(|line| line.starts_with(heading)));
    }
}

#[test]
fn grep_answers_why_a_paragraph_is_missing() {
    let text = page("Dredging", 2);
    let hit = pipe(["inspect", "--grep", "SUBSCRIBE  to our"], text.as_bytes());
    assert_eq!(hit.code, Some(0));
    assert!(hit.out.lines().any(|line| line.contains("└ removed: ")));
    assert!(hit.out.lines().count() <= 24);
    let miss = pipe(["inspect", "--grep", "no such thing"], text.as_bytes());
    assert_eq!(miss.code, Some(2));
    assert!(miss.err.contains("no line holds"));
}

#[test]
fn colours_come_when_asked_for_and_no_color_is_heeded() {
    let folder = folder("colours");
    fs::write(folder.join("a.txt"), page("a", 1)).unwrap();
    let always = run(&folder, ["inspect", "a.txt", "--color", "always"]);
    assert!(always.out.contains("\u{1b}["));
    let heeded = finish(
        copydesk()
            .current_dir(&folder)
            .env("NO_COLOR", "1")
            .args(["inspect", "a.txt"]),
    );
    assert!(!heeded.out.contains('\u{1b}'));
}

#[test]
fn scraped_text_cannot_command_the_terminal() {
    let text = "A \u{1b}[2J\u{1b}]0;owned\u{7} headline\n\nIt said \u{202e}drawkcab\u{202c} and \u{9b}31m more words here.\n";
    for args in [
        &["inspect"][..],
        &["inspect", "--grep", "said"],
        &["inspect", "--color", "always", "--grep", "headline"],
    ] {
        let run = pipe(args, text.as_bytes());
        for danger in ["\u{1b}[2J", "\u{1b}]", "\u{7}", "\u{202e}", "\u{9b}"] {
            assert!(!run.out.contains(danger), "{args:?} let {danger:?} through");
        }
    }
}

#[test]
fn json_holds_the_same_data() {
    let text = page("Dredging", 2);
    let run = pipe(["inspect", "--json"], text.as_bytes());
    let inspection: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let rows = inspection["rows"].as_array().unwrap();
    assert_eq!(rows.len(), text.lines().count());
    for row in rows {
        let at = |i: usize| row["span"][i].as_u64().unwrap() as usize;
        assert_eq!(row["text"], text[at(0)..at(1)]);
    }
    assert!(inspection["record"]["ledger"].is_array());
    assert!(inspection["fields"].as_array().unwrap().len() >= 10);
}

#[test]
fn text_prints_what_spans_refer_to() {
    let folder = folder("text");
    let text = "\r\nCaf\u{e9}  \u{a0}line\r\nsecond\n\n";
    fs::write(folder.join("a.txt"), format!("\u{feff}{text}")).unwrap();
    let run = run(&folder, ["text", "a.txt"]);
    assert_eq!(run.out, text);
    let absent = pipe(["text", "--index", "7"], text.as_bytes());
    assert_eq!(absent.code, Some(2));
}
