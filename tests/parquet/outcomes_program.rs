//! Columns of Parquet that tell what came of each row, in files that would do harm, and through the program.

use std::fs;

use crate::columns::{file, normalized, normalizer, of_pages, text, with};
use crate::outcome_columns::{Told, all_properties, expected, outcomes, texts};
use crate::run::{run_in, tree, write};
use parquet::basic::{Compression, Encoding};
use parquet::column::page::Page;
use parquet::file::properties::WriterProperties;
use parquet::record::Field;

/// A small file of more rows without a string than could ever be written: each page has a run of a billion.
fn nulls_without_end() -> Vec<u8> {
    const ROWS: u32 = 1_000_000_000;
    const PAGES: u32 = 300;
    // So many times the level 0, behind how many bytes that is.
    let levels = [&[6, 0, 0, 0][..], &[0x80, 0xA8, 0xD6, 0xB9, 0x07, 0]].concat();
    let page = |_| {
        let page = Page::DataPage {
            buf: levels.clone().into(),
            num_values: ROWS,
            encoding: Encoding::PLAIN,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        (page, levels.len())
    };
    let message = "message m { optional binary text (STRING); }";
    let rows = u64::from(ROWS) * u64::from(PAGES);
    let pages = (0..PAGES).map(page).collect();
    of_pages(message, pages, rows, Compression::UNCOMPRESSED)
}

#[test]
fn rows_without_end_are_refused() {
    let with_columns = with(&["text"], |options| {
        options.outcome_columns = Some(String::new());
    });
    let sound = texts(&vec![None; 1000], 1000, WriterProperties::builder());
    let (result, _) = normalized(&with_columns, &sound).expect("converted");
    let mut told = outcomes(&result, "").into_iter();
    assert!(told.all(|told| told["language"] == Field::Null));
    let huge = nulls_without_end();
    assert!(huge.len() < 20_000);
    let error = normalized(&with_columns, &huge).expect_err("refused");
    let error = error.to_string();
    assert!(error.contains("more than 200 times its size"), "{error}");
    // To change its strings nothing of that is written.
    let (same, _) = normalized(&normalizer(&["text"]), &huge).expect("read");
    assert!(same == huge);
}

#[test]
fn damaged_files_are_refused_and_nothing_panics() {
    let normalizer = with(&["text", "tags"], |options| {
        options.outcome_columns = Some("p_".to_owned());
    });
    let mut random = fastrand::Rng::with_seed(12);
    let mut read = 0;
    for properties in all_properties().step_by(3) {
        let sound = file(properties, b"");
        for _ in 0..150 {
            let mut file = sound.clone();
            let from = [4, sound.len() * 2 / 3][random.usize(..2)];
            for _ in 0..random.usize(1..4) {
                file[random.usize(from..sound.len())] = random.u8(..);
            }
            read += usize::from(normalized(&normalizer, &file).is_ok());
        }
    }
    assert!(read > 100, "{read}");
}

#[test]
fn the_program_adds_them_once_and_tells_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let before = file(WriterProperties::builder(), b"");
    let simplified = texts(
        &[Some("关于".to_owned()), None],
        9,
        WriterProperties::builder(),
    );
    write(
        folder,
        &[
            ("in/a.parquet", &before),
            ("in/b.parquet", &simplified),
            ("in/c.txt", "圖書".as_bytes()),
            ("in/d.jsonl", "{\"text\": \"圖書\"}\n".as_bytes()),
        ],
    );
    let run = |arguments: &[&str]| {
        let options = ["--field", "text", "--outcome-columns"];
        run_in(folder, &[&options, arguments].concat())
    };
    // Nothing is written where nothing may be, and each Parquet file would get columns.
    let files = tree(folder);
    let checked = run(&["--check", "in"]);
    let names = "in/a.parquet\nin/b.parquet\nin/c.txt\nin/d.jsonl\n";
    assert_eq!((checked.code, checked.text()), (1, names));
    let diff = run(&["--diff", "in/b.parquet"]);
    let told = "in/b.parquet: the text in it stays, its bytes change\n";
    assert_eq!((diff.code, diff.text()), (1, told));
    assert!(tree(folder) == files);

    let report = ["--report", "r.jsonl", "in", "-o", "out"];
    let done = run(&report);
    assert_eq!(done.code, 0, "{}", done.err);
    let read = |name: &str| fs::read(folder.join(name)).expect("written");
    let told = outcomes(&read("out/a.parquet"), "jianti_");
    let alone = normalizer(&[]);
    for (row, told) in told.iter().enumerate() {
        assert_eq!(told, &expected(&alone, &Vec::from_iter(text(row))));
    }
    let told = outcomes(&read("out/b.parquet"), "jianti_");
    assert_eq!(told, [expected(&alone, &["关于"]), expected(&alone, &[])]);
    assert_eq!(read("out/c.txt"), "图书".as_bytes());
    assert_eq!(read("out/d.jsonl"), "{\"text\": \"图书\"}\n".as_bytes());
    // The file without a change has other bytes, and is told of as such.
    let told = fs::read_to_string(folder.join("r.jsonl")).expect("a report");
    let line = told.lines().find(|line| line.contains("b.parquet"));
    let line = line.expect("told of");
    assert!(line.contains("\"status\":\"converted\""), "{line}");

    // A second time there would be two of each.
    let again = run(&["out/a.parquet", "-o", "again"]);
    assert_eq!(again.code, 2);
    let told = "out/a.parquet: it has a column jianti_error already; choose other names with --outcome-columns=PREFIX";
    assert!(again.err.contains(told), "{}", again.err);
    assert!(!folder.join("again/a.parquet").exists());
    let other = [
        "--field",
        "text",
        "--outcome-columns=second_",
        "out/a.parquet",
    ];
    let other = run_in(folder, &[&other[..], &["-o", "again/a.parquet"]].concat());
    assert_eq!(other.code, 0, "{}", other.err);
    let told = outcomes(&read("again/a.parquet"), "second_");
    let is_unchanged = |told: &Told| told["changed"] == Field::Bool(false);
    assert!(told.iter().all(is_unchanged));
    let in_place = run(&["-i", "in/b.parquet"]);
    assert_eq!(in_place.code, 0, "{}", in_place.err);
    assert!(read("in/b.parquet") == read("out/b.parquet"));

    // It needs to know the columns, whoever names them.
    let without = run_in(folder, &["--outcome-columns", "in/a.parquet"]);
    assert_eq!(without.code, 2);
    assert!(without.err.contains("--field"), "{}", without.err);
    write(folder, &[("jianti.toml", b"field = [\"text\"]\n")]);
    let configured = ["--outcome-columns", "in/a.parquet", "-o", "configured"];
    let configured = run_in(folder, &configured);
    assert_eq!(configured.code, 0, "{}", configured.err);
    assert!(read("configured/a.parquet") == read("out/a.parquet"));
}
