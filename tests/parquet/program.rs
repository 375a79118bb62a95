//! Parquet files through the program: what it does with other files it does with them.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::Command;

use crate::columns::{ROWS, file, normalized, normalizer, text};
use crate::run::{jianti, run_in, run_with, tree, write};
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use tempfile::TempDir;

/// A folder with a Parquet file, and what becomes of that if its column `text` is converted.
fn folder() -> (TempDir, Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let before = file(WriterProperties::builder(), b"\xFF");
    let (after, _) = normalized(&normalizer(&["text"]), &before).expect("converted");
    write(
        folder.path(),
        &[("in/a.parquet", &before), ("in/b.txt", "圖書".as_bytes())],
    );
    (folder, before, after)
}

const FIELD: [&str; 3] = ["--field", "text", "in/a.parquet"];

#[test]
fn a_column_is_shown_checked_and_detected() {
    let (folder, before, after) = folder();
    let run = |arguments: &[&str]| run_in(folder.path(), &[arguments, &FIELD].concat());
    assert!(run(&[]).out == after);
    let piped = run_with(folder.path(), &FIELD[..2], &before);
    assert!(piped.out == after, "{}", piped.err);
    let checked = run(&["--check"]);
    assert_eq!((checked.code, checked.text()), (1, "in/a.parquet\n"));
    let detected = run(&["--detect"]);
    let told = "UTF-8\tchinese\tmixed\tparquet\tin/a.parquet\n";
    assert_eq!(detected.text(), told);
    let diff = run(&["--diff"]);
    assert_eq!(diff.code, 1);
    let first = "--- in/a.parquet/text/1\n+++ in/a.parquet/text/1\n@@ -1 +1 @@\n-王乾先生看著關";
    assert!(diff.text().starts_with(first), "{}", diff.text());
}

#[test]
fn a_column_is_written_and_reported() {
    let (folder, before, after) = folder();
    let folder = folder.path();
    let run = |arguments: &[&str]| run_in(folder, &[arguments, &FIELD].concat());
    let report = ["--report", "r.jsonl", "--report-records", "--explain"];
    let done = run(&[&["-o", "out"], &report[..]].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(fs::read(folder.join("out/a.parquet")).expect("written") == after);
    let report = fs::read_to_string(folder.join("r.jsonl")).expect("a report");
    let first = r#"{"path":"in/a.parquet","status":"converted","member":"text","line":1,"#;
    assert!(report.starts_with(first), "{report}");
    let records = (0..3 * ROWS).filter_map(text).count();
    assert_eq!(report.lines().count(), records + 1);
    for told in ["1 changed", "in/a.parquet: up to date"] {
        let done = run(&["-o", "twice", "--update=content", "-v"]);
        assert!(done.err.contains(told), "{}", done.err);
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&before).expect("packed");
    let packed = packed.finish().expect("packed");
    write(folder, &[("in/a.parquet.gz", &packed)]);
    let unpacked = run_in(folder, &["--field", "text", "in/a.parquet.gz"]).out;
    let mut result = Vec::new();
    let mut decoder = flate2::read::GzDecoder::new(&unpacked[..]);
    decoder.read_to_end(&mut result).expect("gzip");
    assert!(result == after);
    assert_eq!(run(&["-i"]).code, 0);
    assert!(fs::read(folder.join("in/a.parquet")).expect("written") == after);
}

#[test]
fn what_cannot_be_converted_stays_and_is_told_of() {
    let (folder, before, _) = folder();
    let folder = folder.path();
    let bad = run_in(folder, &["--field", "bytes", "in/a.parquet", "-o", "bad"]);
    assert_eq!(bad.code, 2);
    for told in [
        "in/a.parquet: bytes: row 2, character 1: these bytes are no UTF-8; the row stays as it is",
        "170 more bad rows stay as they are",
    ] {
        assert!(bad.err.contains(told), "{}", bad.err);
    }
    assert!(fs::read(folder.join("bad/a.parquet")).expect("copied") == before);

    // Without a column's name it is copied, and advice is given.
    let copied = run_in(folder, &["in", "-o", "copy", "-v"]);
    assert_eq!(copied.code, 0, "{}", copied.err);
    let told =
        "in/a.parquet: Parquet, not supported, as it is; name its columns of text with --field";
    assert!(copied.err.contains(told), "{}", copied.err);
    assert!(fs::read(folder.join("copy/a.parquet")).expect("copied") == before);

    write(folder, &[("in/a.parquet", &before[..before.len() - 9])]);
    let files = tree(folder);
    for action in [&["-i"][..], &["-o", "never"]] {
        let cut = run_in(folder, &[action, &FIELD].concat());
        assert_eq!(cut.code, 2);
        let told = "in/a.parquet: the Parquet file is cut off or damaged at byte offset";
        assert!(cut.err.contains(told), "{}", cut.err);
    }
    assert!(!folder.join("never/a.parquet").exists());
    let _ = fs::remove_dir(folder.join("never"));
    assert!(tree(folder) == files);
}

#[cfg(unix)]
#[test]
fn pages_that_are_too_large_for_the_memory_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let zstd = Compression::ZSTD(Default::default());
    let properties = WriterProperties::builder()
        .set_compression(zstd)
        .set_data_page_size_limit(1 << 28);
    let large = file(
        properties.set_dictionary_enabled(false),
        &vec![b'x'; 1 << 20],
    );
    assert!(large.len() < 100_000);
    write(folder.path(), &[("a.parquet", &large)]);
    let program = jianti();
    let program = program.get_program().to_string_lossy();
    let run = |column: &str| {
        let script =
            format!("ulimit -v 262144; '{program}' -j1 --no-limits --field {column} a.parquet");
        let mut shell = Command::new("sh");
        let run = shell.args(["-c", &script]).current_dir(folder.path());
        let done = run.output().expect("a shell");
        (
            done.status.code(),
            String::from_utf8_lossy(&done.stderr).into_owned(),
        )
    };
    let (code, told) = run("bytes");
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("a.parquet: it takes about "), "{told}");
    let (code, told) = run("text");
    assert_eq!(code, Some(0), "{told}");
}
