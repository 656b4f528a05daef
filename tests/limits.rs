//! Limits: what would pass each, what a user sees, and that raising it helps.

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;

use support::{Run, folder, page, run};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn tar(members: usize) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for n in 0..members {
        let text = page(&format!("Page {n}"), 1);
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        tar.append_data(&mut header, format!("{n}.txt"), text.as_bytes())
            .unwrap();
    }
    tar.into_inner().unwrap()
}

fn zip(members: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..members {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("{n}.txt"), options).unwrap();
        zip.write_all(page(&format!("Page {n}"), 1).as_bytes())
            .unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// One input beyond a limit, and what is said of it.
fn refused(folder: &Path, args: &[&str], said: &str) -> Run {
    let run = run(folder, args);
    assert_eq!(run.code, Some(1), "{args:?}: {}", run.err);
    let line = run.err.lines().next().unwrap();
    assert_eq!(line, format!("copydesk: {said}"), "{args:?}");
    run
}

fn allowed(folder: &Path, args: &[&str], records: usize) {
    let run = run(folder, args);
    assert_eq!(run.code, Some(0), "{args:?}: {}", run.err);
    assert_eq!(run.records().len(), records, "{args:?}");
}

#[test]
fn a_document_of_too_many_bytes() {
    let folder = folder("document");
    let dump = format!(
        "{}\x0c{}\x0c{}",
        page("One", 1),
        page("Two", 9),
        page("Three", 1)
    );
    let second = page("One", 1).len() + 1;
    fs::write(folder.join("dump.txt"), dump).unwrap();
    let said = format!(
        "dump.txt at byte {second}: a document of more than 1000 bytes; --max-document-bytes raises the limit"
    );
    let args = ["dump.txt", "--split", "form-feed"];
    let limited = [&args[..], &["--max-document-bytes", "1000"]].concat();
    // The stream goes on behind it.
    assert_eq!(refused(&folder, &limited, &said).records().len(), 2);
    allowed(&folder, &args, 3);
}

#[test]
fn a_line_of_too_many_bytes_and_too_many_lines() {
    let folder = folder("lines");
    fs::write(folder.join("line.txt"), "word ".repeat(300)).unwrap();
    refused(
        &folder,
        &["line.txt", "--max-line-bytes", "1000"],
        "line.txt at byte 0: a line of more than 1000 bytes; --max-line-bytes raises the limit",
    );
    allowed(&folder, &["line.txt", "--max-line-bytes", "1500"], 1);
    fs::write(folder.join("lines.txt"), "A line.\n".repeat(300)).unwrap();
    refused(
        &folder,
        &["lines.txt", "--max-lines", "100"],
        "lines.txt at byte 0: a document of more than 100 lines; --max-lines raises the limit",
    );
    allowed(&folder, &["lines.txt", "--max-lines", "301"], 1);
}

#[test]
fn too_many_members() {
    let folder = folder("members");
    fs::write(folder.join("a.tar"), tar(5)).unwrap();
    fs::write(folder.join("a.zip"), zip(5)).unwrap();
    let limited = ["a.tar", "--max-members", "3"];
    let fourth = 3 * (512 + page("Page 0", 1).len().next_multiple_of(512));
    let said = format!(
        "a.tar at byte {fourth}: an archive of more than 3 files; --max-members raises the limit"
    );
    let run = refused(&folder, &limited, &said);
    assert_eq!(run.records().len(), 3, "those before come out");
    // The directory of a zip file would be held in memory, so its size is asked first.
    let said = "a.zip at byte 0: an archive of more than 3 files; --max-members raises the limit";
    refused(&folder, &["a.zip", "--max-members", "3"], said);
    allowed(&folder, &["a.tar", "a.zip", "--max-members", "5"], 10);
}

#[test]
fn too_deep_a_nesting() {
    let folder = folder("nesting");
    let mut bytes = page("One", 1).into_bytes();
    for _ in 0..6 {
        bytes = gzip(&bytes);
    }
    fs::write(folder.join("deep.gz"), bytes).unwrap();
    refused(
        &folder,
        &["deep.gz"],
        "deep.gz at byte 0: compressed or packed more than 5 times over; --max-nesting raises the limit",
    );
    allowed(&folder, &["deep.gz", "--max-nesting", "6"], 1);
}

/// A line of 70 MB is passed over as too large, which takes unpacking it: only the ratio ends that.
#[test]
fn too_high_a_ratio() {
    let folder = folder("ratio");
    let line = |text: &str| format!("{{\"text\":\"{text}\"}}\n");
    let lines = format!(
        "{}{}{}",
        line("A page."),
        line(&"a".repeat(70 << 20)),
        line("Another page.")
    );
    let bomb = zstd::stream::encode_all(lines.as_bytes(), 1).unwrap();
    fs::write(folder.join("bomb.zst"), &bomb).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Zstd);
    zip.start_file("0.jsonl", options).unwrap();
    zip.write_all(lines.as_bytes()).unwrap();
    fs::write(folder.join("bomb.zip"), zip.finish().unwrap().into_inner()).unwrap();
    for name in ["bomb.zst", "bomb.zip"] {
        let limited = run(&folder, [name, "--max-ratio", "50"]);
        assert_eq!(limited.code, Some(1), "{name}: {}", limited.err);
        assert_eq!(limited.records().len(), 1, "{name}");
        let said = "it unpacks to more than 50 times its size; --max-ratio raises the limit";
        assert!(limited.err.contains(said), "{name}: {}", limited.err);
        let open = run(&folder, [name, "--max-ratio", "100000"]);
        assert_eq!(open.records().len(), 2, "{name}: {}", open.err);
        assert!(!open.err.contains("unpacks"), "{name}: {}", open.err);
    }
}
