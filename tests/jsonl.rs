//! Bad lines of JSON Lines: theirs alone, told of by line and column; and the report on each record.

#[path = "common/run.rs"]
mod run;

use std::fs;

use jianti::encoding::Encoding;
use jianti::{Error, FormatError, Normalizer, Options};
use run::{run_in, run_with, write};
use serde_json::Value;

fn normalizer(change: impl FnOnce(&mut Options)) -> Normalizer {
    Normalizer::new(Options::default().with(change)).expect("options that are well")
}

/// Lines that are no JSON, at which character that shows, and how they come out.
const BAD: [(&str, u64); 8] = [
    ("{\"文\": \"圖書館\"", 12),
    ("{\"文\": 圖書館}", 7),
    ("{\"文\": \"圖\", \"書\": \"後\\x\"}", 19),
    ("圖書館裡", 1),
    ("{\"文\": [\"圖書館\", \"後來\"}", 19),
    ("[\"圖\", 01]", 8),
    ("\"圖書館", 1),
    ("{\"a\": \"圖\"} ]", 12),
];

#[test]
fn a_bad_line_is_its_own_error() {
    let lenient = normalizer(|_| ());
    let strict = normalizer(|options| options.strict = true);
    let good = "{\"文\": \"圖書館裡很安靜\"}";
    for (bad, column) in BAD {
        for end in ["\n", "\r\n"] {
            let text = format!("{good}{end}{bad}{end}{end}{good}{end}{bad}");
            let done = "{\"文\": \"图书馆里很安静\"}";
            let expected = format!("{done}{end}{bad}{end}{end}{done}{end}{bad}");
            let (result, outcome) = lenient
                .normalize_named("a.jsonl", text.as_bytes())
                .expect("lines");
            assert_eq!(String::from_utf8(result).expect("UTF-8"), expected);
            let places = outcome.record_errors.iter();
            let places: Vec<_> = places.map(|error| (error.line, error.column)).collect();
            assert_eq!(places, [(2, column), (5, column)], "{bad}");
            assert_eq!(outcome.bad_records, 2);
            match strict.normalize_named("a.jsonl", text.as_bytes()) {
                Err(Error::Format(FormatError::Record {
                    line, column: at, ..
                })) => {
                    assert_eq!((line, at), (2, column));
                }
                other => panic!("{bad}: {other:?}"),
            }
        }
    }
    // Nothing is bad here.
    let text = format!("{good}\n\n  \n{good} \"圖\"\n");
    let (_, outcome) = strict
        .normalize_named("a.jsonl", text.as_bytes())
        .expect("lines");
    assert_eq!((outcome.bad_records, outcome.changed), (0, true));
}

/// Bytes that are no UTF-8, and at which character of their line they stand when it holds nothing but `{"文": "圖` before.
const NO_UTF8: [&[u8]; 5] = [
    b"\xFF",
    b"\xE5\x9C",
    b"\xC0\x80",
    b"\xED\xA0\x80",
    b"\xF8\x88\x80",
];

#[test]
fn a_line_that_is_no_utf8_is_its_own_error() {
    let lenient = normalizer(|options| options.records = true);
    let good = "{\"文\": \"圖書館裡很安靜\"}\n".as_bytes();
    let done = "{\"文\": \"图书馆里很安静\"}\n".as_bytes();
    let wrong = |bytes: &[u8]| ["{\"文\": \"圖".as_bytes(), bytes, "書\"}\n".as_bytes()].concat();
    for (at, bytes) in NO_UTF8.iter().enumerate() {
        // Enough for several blocks, which end anywhere in a line.
        let lines = |good: &[u8]| -> Vec<u8> {
            let line = |number: usize| match number % 9973 {
                5 => wrong(bytes),
                _ => good.to_vec(),
            };
            (at..70_000).flat_map(line).collect()
        };
        let (text, expected) = (lines(good), lines(done));
        assert!(text.len() > 2 << 20);
        let (result, outcome) = lenient.normalize_named("a.jsonl", &text).expect("lines");
        assert!(result == expected, "{bytes:?}");
        let places = outcome
            .record_errors
            .iter()
            .map(|error| (error.line, error.column));
        let bad = (at..70_000).filter(|number| number % 9973 == 5);
        let bad: Vec<_> = bad.map(|number| ((number - at + 1) as u64, 9)).collect();
        assert_eq!(places.collect::<Vec<_>>(), bad);
        let mut out = Vec::new();
        let mut each = |_| ();
        let streamed = lenient
            .normalize_stream_records("a.jsonl", &mut &*text, &mut out, &mut each)
            .expect("lines");
        assert!(out == expected && streamed.record_errors == outcome.record_errors);
        let shown = lenient.compare_named("a.jsonl", &text).expect("lines");
        assert_eq!(
            shown.before.matches('\u{FFFD}').count(),
            shown.after.matches('\u{FFFD}').count()
        );
        assert!(shown.after.contains('\u{FFFD}') && !shown.after.contains('\u{FFFF}'));
    }
    // So few lines that their encoding does not show otherwise.
    for lines in [
        [&wrong(b"\xFF"), good],
        [good, &wrong(b"\xE9\x97")],
        [good, b"\xFF\n"],
    ] {
        let (result, outcome) = lenient
            .normalize_named("a.jsonl", &lines.concat())
            .expect("lines");
        assert_eq!(outcome.bad_records, 1);
        assert_eq!(
            result,
            lines
                .map(|line| if line == good { done } else { line })
                .concat()
        );
    }
    // What the marks look like that stand for such bytes meanwhile is text.
    let text = "{\"文\": \"\u{FFFF}00112233aabbccdd\u{FFFD}圖\"}\n";
    let (result, outcome) = lenient
        .normalize_named("a.jsonl", text.as_bytes())
        .expect("a line");
    assert_eq!(outcome.bad_records, 0);
    assert_eq!(result, text.replace('圖', "图").into_bytes());
    // Where another encoding is written, or all lines have to be well, it is an error as it is elsewhere.
    let other = |options: &mut Options| options.to_encoding = Some(Encoding::Gb18030);
    for normalizer in [
        normalizer(|options| options.strict = true),
        normalizer(other),
    ] {
        let text = [good, &wrong(b"\xFF")].concat();
        let result = normalizer.normalize_named("a.jsonl", &text);
        assert!(matches!(result, Err(Error::Decode(_))), "{result:?}");
    }
    let lossy = normalizer(|options| options.lossy = true);
    let text = [good, &wrong(b"\xFF")].concat();
    let (_, outcome) = lossy.normalize_named("a.jsonl", &text).expect("lines");
    assert_eq!((outcome.replaced, outcome.bad_records), (1, 0));
}

/// A row, and how it comes out.
const GOOD_ROW: &str = "7,圖書館裡很安靜,\"後來\"\n";
const DONE_ROW: &str = "7,图书馆里很安静,\"后来\"\n";

/// A row of two lines that holds these bytes as the second character of its second line.
fn wrong_row(bytes: &[u8]) -> Vec<u8> {
    ["8,\"圖\n書".as_bytes(), bytes, "館\",後來\n".as_bytes()].concat()
}

#[test]
fn a_row_that_is_no_utf8_is_its_own_error() {
    let lenient = normalizer(|options| {
        options.records = true;
        options.record_id = Some("號".into());
    });
    let (good, done) = (GOOD_ROW.as_bytes(), DONE_ROW.as_bytes());
    let bad = |number: usize| number % 9973 == 5;
    for bytes in NO_UTF8 {
        // Enough for several blocks, which end anywhere in a row.
        let rows = |good: &[u8], head: &str| -> Vec<u8> {
            let row = |number: usize| {
                if bad(number) {
                    wrong_row(bytes)
                } else {
                    good.to_vec()
                }
            };
            let rows = (0..70_000).flat_map(row);
            head.bytes().chain(rows).collect()
        };
        let (text, expected) = (rows(good, "號,書名,後\n"), rows(done, "号,书名,后\n"));
        assert!(text.len() > 2 << 20);
        let (result, outcome) = lenient.normalize_named("a.csv", &text).expect("rows");
        assert!(result == expected, "{bytes:?}");
        let places = outcome.record_errors.iter();
        let places: Vec<_> = places.map(|error| (error.line, error.column)).collect();
        // Each bad one before takes a line more; the bytes stand on its second.
        let lines = (0..70_000).filter(|number| bad(*number)).enumerate();
        let lines: Vec<_> = lines
            .map(|(before, at)| ((at + before + 3) as u64, 2))
            .collect();
        assert_eq!(places, lines);
        assert_eq!(outcome.records.len(), 70_001);
        let failed = outcome
            .records
            .iter()
            .filter(|record| record.error.is_some());
        assert!(
            failed.clone().count() == lines.len()
                && failed
                    .clone()
                    .all(|record| record.id.as_deref() == Some("8"))
        );
        let mut out = Vec::new();
        let streamed = lenient
            .normalize_stream_records("a.csv", &mut &*text, &mut out, &mut |_| ())
            .expect("rows");
        assert!(out == expected && streamed.record_errors == outcome.record_errors);
    }
}

#[test]
fn rows_that_are_no_utf8_may_stand_anywhere_and_may_be_refused() {
    let (good, done) = (GOOD_ROW.as_bytes(), DONE_ROW.as_bytes());
    let lenient = normalizer(|_| ());
    // In the first row, in one without an end, in a column that is not asked for, between tabs.
    let field = normalizer(|options| options.fields = vec!["書".into()]);
    for (normalizer, name, text, expected) in [
        (
            &lenient,
            "a.csv",
            &b"\xFF,\xE5\x9C\x96\n\xE5\x9C\x96,1"[..],
            &b"\xFF,\xE5\x9C\x96\n\xE5\x9B\xBE,1"[..],
        ),
        (
            &lenient,
            "a.tsv",
            b"\xE5\x9C\x96\t\xE5\x9C\x96\n\xE5\x9C\x96\t\xE9",
            b"\xE5\x9B\xBE\t\xE5\x9B\xBE\n\xE5\x9C\x96\t\xE9",
        ),
        (
            &field,
            "a.csv",
            b"\xFF,\xE6\x9B\xB8\n\xE5\x9C\x96,\xE5\x9C\x96\n\xE9,\xE5\x9C\x96\n",
            b"\xFF,\xE6\x9B\xB8\n\xE5\x9C\x96,\xE5\x9B\xBE\n\xE9,\xE5\x9C\x96\n",
        ),
    ] {
        let (result, outcome) = normalizer.normalize_named(name, text).expect("rows");
        assert_eq!(result, expected, "{name}");
        assert!(outcome.bad_records > 0);
    }
    // A row that is longer than is kept refuses the table; so do --strict and another encoding.
    let cells = "圖書館,".repeat(600_000);
    for long in [
        [cells.as_bytes(), b"\xFF\n"].concat(),
        [b"\xFF,", cells.as_bytes(), b"\n"].concat(),
    ] {
        let text = [good, &wrong_row(b"\xFF"), &long].concat();
        assert!(lenient.normalize_named("a.csv", &text).is_err());
    }
    let other = |options: &mut Options| options.to_encoding = Some(Encoding::Gb18030);
    let text = [good, &wrong_row(b"\xFF"), good].concat();
    for normalizer in [
        normalizer(|options| options.strict = true),
        normalizer(other),
    ] {
        let result = normalizer.normalize_named("a.csv", &text);
        assert!(matches!(result, Err(Error::Decode(_))), "{result:?}");
    }
    let lossy = normalizer(|options| options.lossy = true);
    let (_, outcome) = lossy.normalize_named("a.csv", &text).expect("rows");
    assert_eq!((outcome.replaced, outcome.bad_records), (1, 0));
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &[("in/a.csv", &text)]);
    let run = run_in(folder.path(), &["in", "-o", "out"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .contains("in/a.csv: line 3, column 2: these bytes are no UTF-8"),
        "{}",
        run.err
    );
    let result = fs::read(folder.path().join("out/a.csv")).expect("written");
    assert_eq!(result, [done, &wrong_row(b"\xFF"), done].concat());
}

#[test]
fn lines_keep_their_numbers_on_many_threads() {
    let normalizer = normalizer(|options| {
        options.records = true;
        options.record_id = Some("id".into());
    });
    let line = |number: u64| match number % 7919 {
        5 => "{\"文\": \"圖書館\", \"id\": 5 \"\"}\n".to_owned(),
        _ => format!("{{\"id\": {number}, \"文\": \"第{number}座圖書館裡很安靜\"}}\n"),
    };
    let text: String = (1..=60_000).map(line).collect();
    assert!(text.len() > 3 << 20);
    let (mut out, mut records) = (Vec::new(), Vec::new());
    let outcome = normalizer
        .normalize_stream_records("a.jsonl", &mut text.as_bytes(), &mut out, &mut |record| {
            records.push(record);
        })
        .expect("lines");
    let (whole, whole_outcome) = normalizer
        .normalize_named("a.jsonl", text.as_bytes())
        .expect("lines");
    assert!(out == whole);
    assert!(records == whole_outcome.records && outcome.records.is_empty());
    assert_eq!(outcome.record_errors, whole_outcome.record_errors);
    let bad: Vec<u64> = (1..=60_000).filter(|number| number % 7919 == 5).collect();
    let found: Vec<u64> = outcome
        .record_errors
        .iter()
        .map(|error| error.line)
        .collect();
    assert_eq!(found, bad);
    assert_eq!(records.len(), 60_000);
    for (record, number) in records.iter().zip(1..) {
        assert_eq!(record.line, number);
        let is_bad = number % 7919 == 5;
        let id = if is_bad { 5 } else { number };
        assert_eq!(record.id.as_deref(), Some(&*id.to_string()));
        assert_eq!((record.changed, record.error.is_some()), (!is_bad, is_bad));
    }
}

fn report(folder: &std::path::Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("report.jsonl")).expect("a report");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn the_report_tells_of_each_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let lines = "{\"名\": \"甲\", \"文\": \"圖書館裡很安靜\"}\n{\"名\": \"乙\"\n{\"名\": \"丙\", \"文\": \"図書館は静かです。\"}\n";
    let table = "編號,文\r\n7,\"圖書館\r\n裡很安靜\"\r\n8,会议\r\n";
    let array = "[\n{\"名\": 1, \"文\": \"圖書館裡\"},\n {\"名\": true,\n  \"文\": \"会议\"}\n]\n";
    let files = [
        ("in/a.jsonl", lines.as_bytes()),
        ("in/b.csv", table.as_bytes()),
        ("in/c.json", array.as_bytes()),
    ];
    write(folder, &files);
    let options = ["in", "-o", "out", "-j", "1", "--report", "report.jsonl"];
    let run = run_in(folder, &[&options[..], &["--report-records=名"]].concat());
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(
        run.err
            .contains("jianti: in/a.jsonl: line 2, column 10: it ends too early"),
        "{}",
        run.err
    );
    assert!(run.err.contains("bad lines: 1"), "{}", run.err);
    let objects = report(folder);
    let of = |path: &str| -> Vec<String> {
        let objects = objects.iter().filter(|object| object["path"] == path);
        let told = objects.map(|object| {
            let field = |name: &str| match &object[name] {
                Value::String(text) => text.clone(),
                Value::Null => "-".to_owned(),
                other => other.to_string(),
            };
            ["line", "id", "status", "language", "column"]
                .map(field)
                .join(" ")
        });
        told.collect()
    };
    assert_eq!(
        of("in/a.jsonl"),
        [
            "1 甲 converted chinese -",
            "2 乙 error undetermined 10",
            "3 丙 unchanged japanese -",
            "- - converted chinese -"
        ]
    );
    assert_eq!(
        of("in/c.json"),
        [
            "2 1 converted chinese -",
            "3 true unchanged chinese -",
            "- - converted chinese -"
        ]
    );
    let last = objects
        .iter()
        .rfind(|object| object["path"] == "in/a.jsonl");
    let last = last.expect("an object");
    assert_eq!(last["bad_records"], 1);
    assert_eq!(last["record_errors"][0]["line"], 2);
    let run = run_in(folder, &[&options[..], &["--report-records=編號"]].concat());
    assert_eq!(run.code, 2);
    let objects = report(folder);
    let rows = objects.iter().filter(|object| object["path"] == "in/b.csv");
    let rows: Vec<_> = rows
        .map(|row| (row["line"].clone(), row["id"].clone()))
        .collect();
    assert_eq!(
        rows,
        [
            (1.into(), Value::Null),
            (2.into(), "7".into()),
            (4.into(), "8".into()),
            (Value::Null, Value::Null)
        ]
    );
}

#[test]
fn strict_refuses_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write(folder, &[("a.jsonl", "[\"圖\"]\n[\"圖\"\n".as_bytes())]);
    let run = run_in(folder, &["a.jsonl", "-i"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let result = fs::read_to_string(folder.join("a.jsonl")).expect("written");
    assert_eq!(result, "[\"图\"]\n[\"圖\"\n");
    let run = run_in(folder, &["a.jsonl", "-o", "out", "--strict"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("line 2, column 5 is not valid jsonl"),
        "{}",
        run.err
    );
    assert!(!folder.join("out/a.jsonl").exists());
    let run = run_with(
        folder,
        &["--format", "jsonl"],
        "[\"圖\"]\n[圖]\n".as_bytes(),
    );
    assert_eq!((run.code, run.text()), (2, "[\"图\"]\n[圖]\n"));
    assert!(
        run.err.contains("standard input: line 2, column 2"),
        "{}",
        run.err
    );
}

/// A line that is longer than is kept is written as it comes, so that a mistake in it refuses the file.
#[test]
fn a_very_long_line_is_a_stream() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let long = "圖書館裏，".repeat(400_000);
    let well = format!("[\"{long}\"]\n[\"書\n[\"圖\"]\n");
    write(
        folder,
        &[
            ("well.jsonl", well.as_bytes()),
            ("bad.jsonl", format!("[\"圖\"]\n[\"{long}]\n").as_bytes()),
        ],
    );
    let run = run_in(folder, &["well.jsonl", "-o", "out"]);
    assert!(
        run.code == 2 && run.err.contains("line 2, column 2"),
        "{}",
        run.err
    );
    let result = fs::read_to_string(folder.join("out/well.jsonl")).expect("written");
    let (first, rest) = result.split_once('\n').expect("lines");
    assert!(first == format!("[\"{}\"]", "图书馆里，".repeat(400_000)));
    assert_eq!(rest, "[\"書\n[\"图\"]\n");
    let run = run_in(folder, &["bad.jsonl", "-o", "out"]);
    assert!(
        run.code == 2 && run.err.contains("not valid jsonl"),
        "{}",
        run.err
    );
    assert!(!folder.join("out/bad.jsonl").exists());
}
