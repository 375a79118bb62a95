//! Parquet: strings of the columns that are asked for come out as each alone, and all else stays. Apache's own library
//! writes the files and reads them before and after; scripts/test_python.sh has those of others.

use std::fs::File;
use std::io::{Cursor, Write as _};
use std::sync::Arc;

use crate::columns::{
    ROWS, alone, file, normalized, normalizer, reader, rows, small_pages, text, value, with,
};
use jianti::{Error, Format, Language, Script};
use parquet::basic::{Compression, Encoding};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::{Value, json};

fn all_properties() -> impl Iterator<Item = WriterPropertiesBuilder> {
    let encodings = [
        None,
        Some(Encoding::PLAIN),
        Some(Encoding::DELTA_LENGTH_BYTE_ARRAY),
        Some(Encoding::DELTA_BYTE_ARRAY),
    ];
    small_pages().flat_map(move |properties| {
        let properties = properties.set_write_page_header_statistics(true);
        encodings.map(|encoding| match encoding {
            None => properties.clone(),
            Some(encoding) => properties
                .clone()
                .set_dictionary_enabled(false)
                .set_column_encoding("text".into(), encoding),
        })
    })
}

#[test]
fn strings_come_out_as_each_alone_and_all_else_stays() {
    let normalizer = normalizer(&["text", "tags", "page.title"]);
    for properties in all_properties() {
        let before = file(properties, b"\xFF");
        let (after, outcome) = normalized(&normalizer, &before).expect("converted");
        assert_eq!((outcome.format, outcome.changed), (Format::Parquet, true));
        assert_eq!(outcome.bytes_in, before.len() as u64);
        assert_eq!(outcome.bytes_out, after.len() as u64);
        assert_eq!(
            (outcome.language, outcome.script),
            (Language::Chinese, Script::Mixed)
        );
        let mut expected = rows(&before);
        assert_eq!(expected.len(), 3 * ROWS);
        for row in &mut expected {
            for column in ["text", "tags"] {
                alone(&mut row[column]);
            }
            alone(&mut row["page"]["title"]);
        }
        assert_eq!(rows(&after), expected);
        check_metadata(&before, &after, &expected);
        // Nothing is left to be done, and then not a byte changes.
        let (again, outcome) = normalized(&normalizer, &after).expect("converted");
        assert!(!outcome.changed && again == after);
    }
}

/// The strings of a column of these rows; of a page its title.
fn strings<'r>(rows: &'r [Value], column: &str) -> Vec<&'r str> {
    let values = rows.iter().map(|row| match column {
        "page" => &row["page"]["title"],
        column => &row[column],
    });
    let values = values.flat_map(|value| match value {
        Value::Array(values) => values.iter().collect(),
        value => vec![value],
    });
    values.filter_map(Value::as_str).collect()
}

/// How many rows come before each page of data by a column's offset index, which has to fit the pages and the size of all
/// strings.
fn pages(reader: &SerializedFileReader<File>, group: usize, at: usize) -> Vec<i64> {
    let column = reader.metadata().row_group(group).column(at);
    let index = reader.metadata().page_index_for_row_group(group);
    let index = index.offset_index(at).expect("read");
    let sizes = index.unencoded_byte_array_data_bytes();
    let sum = sizes.map(|sizes| sizes.iter().sum());
    assert_eq!(sum, column.unencoded_byte_array_data_bytes());
    let locations = index.page_locations();
    let (start, length) = column.byte_range();
    let mut next = column.data_page_offset();
    for location in locations {
        assert_eq!(location.offset, next, "{}", column.column_path());
        next += i64::from(location.compressed_page_size);
    }
    assert_eq!(next as u64, start + length, "{}", column.column_path());
    let rows = locations.iter().map(|location| location.first_row_index);
    rows.collect()
}

/// What tells of columns: the same where they did not change, true where they did.
fn check_metadata(before: &[u8], after: &[u8], rows: &[Value]) {
    let (before, after) = (reader(before), reader(after));
    let (old, new) = (before.metadata(), after.metadata());
    assert_eq!(old.file_metadata(), new.file_metadata());
    assert_eq!(old.num_row_groups(), new.num_row_groups());
    for (group, (old, new)) in old.row_groups().iter().zip(new.row_groups()).enumerate() {
        assert_eq!(
            (old.num_rows(), old.ordinal()),
            (new.num_rows(), new.ordinal())
        );
        let packed: i64 = new
            .columns()
            .iter()
            .map(|column| column.compressed_size())
            .sum();
        assert_eq!(new.compressed_size(), packed);
        let unpacked: i64 = new
            .columns()
            .iter()
            .map(|column| column.uncompressed_size())
            .sum();
        assert_eq!(new.total_byte_size(), unpacked);
        let filters = |reader: &SerializedFileReader<File>, at| {
            let group = reader.get_row_group(group).expect("a group");
            let filter = group.get_column_bloom_filter(at);
            filter.map(|filter| filter.check("https://example.org/圖書/61"))
        };
        for (at, (old, new)) in old.columns().iter().zip(new.columns()).enumerate() {
            let name = new.column_path().string();
            assert_eq!(old.compression(), new.compression(), "{name}");
            assert_eq!(old.num_values(), new.num_values(), "{name}");
            assert!(old.encodings().eq(new.encodings()), "{name}");
            assert_eq!(
                pages(&after, group, at),
                pages(&before, group, at),
                "{name}"
            );
            let is_changed = matches!(&*name, "text" | "page.title" | "tags.list.element");
            if !is_changed {
                assert_eq!(old.statistics(), new.statistics(), "{name}");
                assert_eq!(filters(&before, at), filters(&after, at), "{name}");
                assert!(filters(&after, at).is_some(), "{name}");
                continue;
            }
            assert_eq!(filters(&after, at), None, "{name}");
            let (old, new) = (
                old.statistics().expect("told"),
                new.statistics().expect("told"),
            );
            assert_eq!(old.null_count_opt(), new.null_count_opt(), "{name}");
            let rows = &rows[group * ROWS..(group + 1) * ROWS];
            let mut strings = strings(rows, name.split('.').next().expect("a name"));
            strings.sort_unstable();
            let bounds = (new.min_bytes_opt(), new.max_bytes_opt());
            let bounds = (bounds.0.map(str::from_utf8), bounds.1.map(str::from_utf8));
            let (first, last) = (strings[0], strings[strings.len() - 1]);
            assert_eq!(bounds, (Some(Ok(first)), Some(Ok(last))), "{name}");
        }
    }
}

#[test]
fn a_row_that_is_no_text_stays_and_is_told_of() {
    let before = file(
        WriterProperties::builder(),
        "圖\u{FFFD}".as_bytes().split_at(5).0,
    );
    let normalizer = with(&["bytes"], |options| options.records = true);
    let (after, outcome) = normalized(&normalizer, &before).expect("converted");
    assert!(after == before && !outcome.changed);
    assert_eq!(outcome.bad_records, 3 * ROWS as u64);
    assert_eq!(outcome.record_errors.len(), 100);
    let error = &outcome.record_errors[61];
    assert_eq!((error.line, error.column), (62, 2));
    assert_eq!(error.member.as_deref(), Some("bytes"));
    assert_eq!(outcome.records.len(), 3 * ROWS);
    assert!(outcome.records.iter().all(|record| record.error.is_some()));

    let strict = with(&["bytes"], |options| options.strict = true);
    let error = normalized(&strict, &before)
        .expect_err("refused")
        .to_string();
    assert_eq!(
        error,
        "row 1, character 2 of the column bytes: these bytes are no UTF-8"
    );

    let lossy = with(&["bytes"], |options| options.lossy = true);
    let (after, outcome) = normalized(&lossy, &before).expect("converted");
    assert_eq!(
        (outcome.replaced, outcome.bad_records),
        (3 * ROWS as u64, 0)
    );
    assert_eq!(rows(&after)[70]["bytes"], json!("图\u{FFFD}".as_bytes()));
}

#[test]
fn what_came_of_each_row_is_told_in_order() {
    let normalizer = with(&["/text"], |options| {
        options.records = true;
        options.explain = true;
    });
    for properties in [
        WriterProperties::builder(),
        WriterProperties::builder().set_dictionary_enabled(false),
    ] {
        let before = file(properties, b"");
        let mut told = Vec::new();
        let outcome = normalizer.normalize_container_records(
            "a",
            &mut Cursor::new(&before),
            &mut std::io::sink(),
            &mut |record| told.push(record),
        );
        let outcome = outcome.expect("converted");
        assert!(outcome.records.is_empty());
        let texts = (0..3 * ROWS).filter_map(|row| Some((row as u64 + 1, text(row)?)));
        let (mut repaired, mut doubtful) = (0, 0);
        let mut count = 0;
        for ((row, text), record) in texts.zip(&told) {
            let (_, alone) = normalizer.normalize_str(text).expect("a text");
            assert_eq!(
                (record.line, record.changed),
                (row, alone.changed),
                "{text}"
            );
            assert_eq!(
                (record.language, record.script),
                (alone.language, alone.script)
            );
            let sum: u64 = alone.repairs.repaired.values().sum();
            assert_eq!(record.repaired, sum);
            assert_eq!(record.doubtful, alone.doubtful);
            repaired += record.repaired;
            doubtful += record.doubtful;
            count += 1;
        }
        assert_eq!(told.len(), count);
        assert!(repaired > 10 && outcome.repairs.repaired.values().sum::<u64>() == repaired);
        assert_eq!(outcome.doubtful, doubtful);
        assert!(!outcome.sites.is_empty() && !outcome.choices.is_empty());
    }
}

#[test]
fn damaged_files_are_refused_and_nothing_panics() {
    let normalizer = with(&["text", "tags"], |options| options.records = true);
    let mut random = fastrand::Rng::with_seed(5);
    let mut compared = 0;
    for properties in all_properties().step_by(3) {
        let sound = file(properties, b"");
        for _ in 0..40 {
            let end = random.usize(30..sound.len());
            let error = normalized(&normalizer, &sound[..end]).expect_err("cut off");
            if end > 200 {
                let told = error.to_string();
                assert!(
                    told.starts_with("the Parquet file is cut off or damaged at"),
                    "{told}"
                );
            }
        }
        for _ in 0..200 {
            let mut file = sound.clone();
            let from = [4, sound.len() * 2 / 3][random.usize(..2)];
            for _ in 0..random.usize(1..4) {
                file[random.usize(from..sound.len())] = random.u8(..);
            }
            // What can be read before can be read after, and the other columns hold the same.
            if let Ok((after, _)) = normalized(&normalizer, &file)
                && let (Some(before), Some(after)) = (ids(&file), ids(&after))
            {
                assert_eq!(before, after);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// The numbers of the rows, if they can be read.
fn ids(file: &[u8]) -> Option<Vec<Value>> {
    let mut copy = tempfile::tempfile().expect("a file");
    copy.write_all(file).expect("written");
    let reader = SerializedFileReader::new(copy).ok()?;
    let schema = parse_message_type("message rows { required int64 id; }").expect("a schema");
    let rows = reader.get_row_iter(Some(schema)).ok()?;
    rows.map(|row| Some(value(row.ok()?.get_column_iter().next()?.1)))
        .collect()
}

#[test]
fn bombs_are_refused() {
    // Each page unpacks to some MiB, the file is small.
    let schema = Arc::new(parse_message_type(
        "message m { required binary text (UTF8); }",
    ));
    let schema = Arc::new(schema.as_ref().as_ref().expect("a schema").clone());
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(Default::default()));
    let properties = Arc::new(properties.set_dictionary_enabled(false).build());
    let mut bomb = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bomb, schema, properties).expect("a writer");
    let mut columns = writer.next_row_group().expect("a group");
    let mut column = columns.next_column().expect("a column").expect("a column");
    for _ in 0..30 {
        let value = ByteArray::from(vec![b' '; 1 << 20]);
        let typed = column.typed::<ByteArrayType>();
        typed.write_batch(&[value], None, None).expect("written");
    }
    column.close().expect("a column");
    columns.close().expect("a group");
    writer.close().expect("a file");
    assert!(bomb.len() < 50_000);
    let error = normalized(&normalizer(&["text"]), &bomb)
        .expect_err("refused")
        .to_string();
    assert!(error.contains("more than 200 times its size"), "{error}");
    let trusting = with(&["text"], |options| options.limits = false);
    assert!(!normalized(&trusting, &bomb).expect("read").1.changed);
}

#[test]
fn a_column_that_is_not_there_is_an_error_that_names_those_that_are() {
    let before = file(WriterProperties::builder(), b"");
    for (fields, lacking) in [
        (&["titel"][..], "titel"),
        (&["id"], "id"),
        (&["/page/text"], "/page/text"),
        (&["text", "titel"], "titel"),
    ] {
        let error = normalized(&normalizer(fields), &before).expect_err("refused");
        assert_eq!(
            error.to_string(),
            format!(
                "none of its columns of text is called {lacking}; they are text, page.title, page.url, \
                 tags.list.element, bytes"
            )
        );
    }
    // Without a name it is a file like any other.
    assert!(!normalizer(&[]).is_container(&before));
    let error = normalizer(&[]).normalize(&before).expect_err("not read");
    assert!(matches!(error, Error::Unsupported { kind: "Parquet" }));
    let mut encrypted = before.clone();
    let end = encrypted.len() - 4;
    encrypted[end..].copy_from_slice(b"PARE");
    let error = normalized(&normalizer(&["text"]), &encrypted).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "the Parquet file is encrypted; decrypt it first"
    );
}
