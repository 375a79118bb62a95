//! Columns of Parquet that tell what came of each row: they say what the records say, and all else is as without them.

use std::collections::BTreeMap;

use crate::columns::{ROWS, TEXTS, file, normalized, normalizer, reader, text, with};
use crate::outcome_columns::{
    NAMES, REPAIRS, all_properties, count, expected, outcomes, texts, word,
};
use jianti::{Outcome, RecordOutcome};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::FileReader;
use parquet::file::statistics::Statistics;
use parquet::record::Field;

/// A file with the columns, and the same without them; both in the memory.
fn both(fields: &[&str], before: &[u8]) -> (Vec<u8>, Vec<u8>, Outcome) {
    let (without, _) = normalized(&normalizer(fields), before).expect("converted");
    let with = with(fields, |options| {
        options.outcome_columns = Some("p_".to_owned());
    });
    let (result, outcome) = normalized(&with, before).expect("converted");
    assert!(outcome.changed);
    assert_eq!(outcome.bytes_out, result.len() as u64);
    (result, without, outcome)
}

#[test]
fn columns_say_what_came_of_each_row_alone_and_all_else_stays() {
    let alone = normalizer(&[]);
    for properties in all_properties() {
        let before = file(properties, b"");
        let (result, without, _) = both(&["text"], &before);
        check_others(&result, &without);
        let told = outcomes(&result, "p_");
        assert_eq!(told.len(), 3 * ROWS);
        let mut repaired = 0;
        for (row, told) in told.iter().enumerate() {
            let strings = text(row).map_or(vec![], |text| vec![text]);
            assert_eq!(told, &expected(&alone, &strings), "row {row}");
            repaired += count(told, "gloss").unwrap_or(0);
        }
        assert!(repaired > 10);
    }
}

/// All columns of `without` are in `result`, byte for byte, and what tells of them says the same; what tells of the others
/// is true.
fn check_others(result: &[u8], without: &[u8]) {
    let (new, old) = (reader(result), reader(without));
    let columns = old.metadata().file_metadata().schema_descr().num_columns();
    let schema = new.metadata().file_metadata().schema_descr();
    assert_eq!(schema.num_columns(), columns + NAMES.len());
    for (column, name) in schema.columns()[columns..].iter().zip(NAMES) {
        assert_eq!(column.name(), format!("p_{name}"));
        let is_required = matches!(name, "changed" | "version");
        let repetition = match is_required {
            true => Repetition::REQUIRED,
            false => Repetition::OPTIONAL,
        };
        assert_eq!(column.self_type().get_basic_info().repetition(), repetition);
        let (kind, logical) = match name {
            "changed" => (Physical::BOOLEAN, None),
            "error" | "language" | "script" | "version" => {
                (Physical::BYTE_ARRAY, Some(LogicalType::String))
            }
            _ => (Physical::INT64, None),
        };
        assert_eq!(column.physical_type(), kind);
        assert_eq!(column.logical_type_ref(), logical.as_ref());
    }
    assert_eq!(
        new.metadata().file_metadata().key_value_metadata(),
        old.metadata().file_metadata().key_value_metadata()
    );
    assert_eq!(new.num_row_groups(), old.num_row_groups());
    for group in 0..old.num_row_groups() {
        let (new_group, old_group) = (
            new.metadata().row_group(group),
            old.metadata().row_group(group),
        );
        assert_eq!(new_group.num_rows(), old_group.num_rows());
        let sum = |size: fn(&_) -> i64| new_group.columns().iter().map(size).sum::<i64>();
        assert_eq!(
            new_group.compressed_size(),
            sum(|column| column.compressed_size())
        );
        assert_eq!(
            new_group.total_byte_size(),
            sum(|column| column.uncompressed_size())
        );
        let bytes = |file: &[u8], (from, length): (u64, u64)| {
            file[from as usize..(from + length) as usize].to_vec()
        };
        for (at, now) in new_group.columns().iter().enumerate() {
            let name = now.column_path().string();
            let pages = new.metadata().page_index_for_row_group(group);
            let pages = pages.offset_index(at).expect("an index");
            let mut next = now.data_page_offset();
            for page in pages.page_locations() {
                assert_eq!(page.offset, next, "{name}");
                next += i64::from(page.compressed_page_size);
            }
            let (from, length) = now.byte_range();
            assert_eq!(next as u64, from + length, "{name}");
            let Some(before) = old_group.columns().get(at) else {
                assert_eq!(pages.page_locations()[0].first_row_index, 0);
                assert_eq!(now.num_values(), new_group.num_rows());
                assert_eq!(now.compression(), old_group.column(0).compression());
                continue;
            };
            assert!(
                bytes(result, now.byte_range()) == bytes(without, before.byte_range()),
                "{name}"
            );
            assert_eq!(now.statistics(), before.statistics(), "{name}");
            let filters = [&new, &old].map(|reader| {
                let group = reader.get_row_group(group).expect("a group");
                let filter = group.get_column_bloom_filter(at);
                filter.map(|filter| filter.check("https://example.org/圖書/61"))
            });
            assert_eq!(filters[0], filters[1], "{name}");
        }
    }
}

#[test]
fn several_columns_and_lists_are_summed_up() {
    let alone = normalizer(&[]);
    for properties in all_properties().step_by(3) {
        let before = file(properties, b"\xFF");
        // Both have the same texts, and lists two of them.
        let (result, without, _) = both(&["text", "page.title", "tags"], &before);
        check_others(&result, &without);
        for (row, told) in outcomes(&result, "p_").iter().enumerate() {
            let mut strings: Vec<&str> = text(row).into_iter().chain(text(row)).collect();
            if row % 4 == 3 {
                strings.extend([TEXTS[0], TEXTS[row % 7]]);
            }
            assert_eq!(told, &expected(&alone, &strings), "row {row}");
        }
        // Of rows that are partly no text both is told.
        let (result, _, outcome) = both(&["text", "bytes"], &before);
        assert_eq!(outcome.bad_records, 3 * ROWS as u64);
        for (row, told) in outcomes(&result, "p_").iter().enumerate() {
            let mut expected = expected(&alone, &Vec::from_iter(text(row)));
            let error = "character 1 of the column bytes: these bytes are no UTF-8";
            expected.insert("error".to_owned(), Field::Str(error.to_owned()));
            assert_eq!(told, &expected, "row {row}");
        }
    }
}

#[test]
fn columns_agree_with_the_records() {
    let before = file(WriterProperties::builder(), b"\xE5\x9C\x96\xFF");
    for field in ["text", "bytes"] {
        let normalizer = with(&[field], |options| {
            options.records = true;
            options.outcome_columns = Some(String::new());
        });
        let (result, outcome) = normalized(&normalizer, &before).expect("converted");
        let records = outcome.records.iter().map(|record| (record.line, record));
        let records: BTreeMap<u64, &RecordOutcome> = records.collect();
        assert_eq!(records.len(), outcome.records.len());
        for (row, told) in (1..).zip(outcomes(&result, "")) {
            let Some(record) = records.get(&row) else {
                assert_eq!(told["changed"], Field::Bool(false));
                assert!(word(&told, "language").is_none() && word(&told, "error").is_none());
                continue;
            };
            assert_eq!(told["changed"], Field::Bool(record.changed));
            let error = record.error.as_ref().map(|error| {
                let (character, cause) = (error.column, error.cause);
                format!("character {character} of the column {field}: {cause}")
            });
            assert_eq!(word(&told, "error"), error);
            if error.is_some() {
                assert!(word(&told, "script").is_none() && count(&told, "open").is_none());
                continue;
            }
            assert_eq!(
                word(&told, "language").as_deref(),
                Some(record.language.name())
            );
            assert_eq!(word(&told, "script").as_deref(), Some(record.script.name()));
            let repaired = NAMES[REPAIRS].iter().map(|rule| count(&told, rule));
            assert_eq!(repaired.sum::<Option<u64>>(), Some(record.repaired));
            let open = ["open", "lost"].map(|name| count(&told, name));
            assert_eq!(open.into_iter().sum::<Option<u64>>(), Some(record.open));
            assert_eq!(count(&told, "doubtful"), Some(record.doubtful));
        }
    }
}

#[test]
fn many_rows_have_several_pages_and_true_statistics() {
    let mut random = fastrand::Rng::with_seed(11);
    let texts_of: Vec<Option<String>> = (0..90_000)
        .map(|row| {
            let times = random.usize(..12);
            match random.u8(..5) {
                0 => None,
                1 => Some("開會(huì)".repeat(times)),
                2 => Some(format!("第{row}行，關於這件事。")),
                3 => Some("\u{FFFD}圖書館".repeat(times)),
                _ => Some("plain".to_owned()),
            }
        })
        .collect();
    let properties = WriterProperties::builder().set_dictionary_enabled(false);
    let before = texts(
        &texts_of,
        50_000,
        properties.set_compression(Compression::SNAPPY),
    );
    let (result, without, outcome) = both(&["text"], &before);
    check_others(&result, &without);
    // Of a row that has all of that they take some bytes.
    assert!(result.len() < without.len() + 6 * texts_of.len());
    let told = outcomes(&result, "p_");
    assert_eq!(told.len(), texts_of.len());
    let sum = |name: &str| {
        told.iter()
            .filter_map(|told| count(told, name))
            .sum::<u64>()
    };
    for rule in &NAMES[REPAIRS] {
        let repaired = outcome.repairs.repaired.get(rule).copied();
        assert_eq!(sum(rule), repaired.unwrap_or(0), "{rule}");
    }
    assert!(sum("gloss") > 10_000 && sum("lost") == outcome.repairs.lost && sum("lost") > 10_000);
    let nulls = texts_of.iter().filter(|text| text.is_none()).count() as u64;
    let reader = reader(&result);
    let mut missing = 0;
    for (group, rows) in told.chunks(50_000).enumerate() {
        let group = reader.metadata().row_group(group);
        for (column, name) in group.columns()[1..].iter().zip(NAMES) {
            let statistics = column.statistics().expect("told");
            let values = rows.iter().map(|told| &told[name]);
            let null = values
                .clone()
                .filter(|value| **value == Field::Null)
                .count() as u64;
            assert_eq!(statistics.null_count_opt(), Some(null), "{name}");
            missing += if name == "open" { null } else { 0 };
            let bounds =
                |numbers: Vec<i64>| (numbers.iter().min().copied(), numbers.iter().max().copied());
            match statistics {
                Statistics::Int64(told) => {
                    let counts = rows
                        .iter()
                        .filter_map(|told| count(told, name))
                        .map(|n| n as i64);
                    let expected = bounds(counts.collect());
                    assert_eq!(
                        (told.min_opt().copied(), told.max_opt().copied()),
                        expected,
                        "{name}"
                    );
                }
                Statistics::Boolean(told) => {
                    assert_eq!(
                        (told.min_opt(), told.max_opt()),
                        (Some(&false), Some(&true))
                    );
                }
                _ => {
                    let mut words: Vec<String> =
                        rows.iter().filter_map(|told| word(told, name)).collect();
                    words.sort_unstable();
                    let expected =
                        [words.first(), words.last()].map(|word| word.map(String::as_bytes));
                    assert_eq!(
                        [statistics.min_bytes_opt(), statistics.max_bytes_opt()],
                        expected,
                        "{name}"
                    );
                }
            }
        }
    }
    assert_eq!(missing, nulls);
}
