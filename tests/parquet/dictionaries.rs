//! Dictionaries of Parquet in which strings become equal: each string stands there once, and every cell has what its string
//! becomes alone. Apache's own library writes the files and reads them.

use std::collections::HashSet;
use std::io::Write as _;
use std::sync::Arc;

use crate::columns::{
    CODECS, VERSIONS, alone, normalized, normalizer, of_pages, reader, row, rows, with,
};
use flate2::write::GzEncoder;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::Page;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::{Value, json};

/// Strings of which several become one.
const NAMES: [&str; 14] = [
    "臺灣",
    "台灣",
    "台湾",
    "圖書館",
    "图书馆",
    "關於",
    "关于",
    "裏面",
    "裡面",
    "里面",
    "頭髮",
    "头发",
    "",
    "data",
];

/// A cell: nothing, or a string.
type Text = Option<String>;

/// The rows of a group: a string, and a list of strings.
type Row = (Text, Option<Vec<Text>>);

/// A file with these groups of rows.
fn written(properties: WriterPropertiesBuilder, groups: &[Vec<Row>]) -> Vec<u8> {
    let schema = "message rows {
        optional binary text (UTF8);
        optional group tags (LIST) { repeated group list { optional binary element (UTF8); } }
    }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut file = Vec::new();
    let properties = Arc::new(properties.build());
    let mut writer = SerializedFileWriter::new(&mut file, schema, properties).expect("a writer");
    for rows in groups {
        // Levels and strings of both columns.
        let (mut texts, mut tags) = (Vec::new(), Vec::new());
        for (text, list) in rows {
            texts.push((0, i16::from(text.is_some()), text.as_ref()));
            match list.as_deref() {
                None => tags.push((0, 0, None)),
                Some([]) => tags.push((0, 1, None)),
                Some(list) => tags.extend(list.iter().enumerate().map(|(at, text)| {
                    (
                        i16::from(at > 0),
                        2 + i16::from(text.is_some()),
                        text.as_ref(),
                    )
                })),
            }
        }
        let mut columns = writer.next_row_group().expect("a group");
        for cells in [texts, tags] {
            let mut column = columns.next_column().expect("a column").expect("a column");
            let values: Vec<ByteArray> = cells
                .iter()
                .filter_map(|cell| Some(cell.2?.as_str().into()))
                .collect();
            let definition: Vec<i16> = cells.iter().map(|cell| cell.1).collect();
            let repetition: Vec<i16> = cells.iter().map(|cell| cell.0).collect();
            let typed = column.typed::<ByteArrayType>();
            let written = typed.write_batch(&values, Some(&definition), Some(&repetition));
            written.expect("written");
            column.close().expect("a column");
        }
        columns.close().expect("a group");
    }
    writer.close().expect("a file");
    file
}

/// Rows with names that become one, in runs and by themselves, with some that are longer so that dictionaries fill up.
fn random_rows(random: &mut fastrand::Rng, count: usize) -> Vec<Row> {
    let most = random.usize(1..=NAMES.len());
    let long = random.bool();
    let text = |random: &mut fastrand::Rng| {
        (random.u8(..6) > 0).then(|| {
            let name = NAMES[random.usize(..most)];
            match random.u8(..4) {
                0 if long => format!("{name}{}", random.u16(..300)),
                _ => name.to_owned(),
            }
        })
    };
    let mut rows = Vec::new();
    while rows.len() < count {
        let tags = random.usize(..4);
        let list = (random.u8(..5) > 0).then(|| (0..tags).map(|_| text(random)).collect());
        let row = (text(random), list);
        let times = if random.bool() {
            random.usize(1..40)
        } else {
            1
        };
        rows.extend(std::iter::repeat_n(row, times));
    }
    rows
}

fn random_properties(random: &mut fastrand::Rng) -> WriterPropertiesBuilder {
    WriterProperties::builder()
        .set_compression(CODECS[random.usize(..CODECS.len())]())
        .set_writer_version(VERSIONS[random.usize(..2)])
        .set_write_page_header_statistics(random.bool())
        .set_write_batch_size(random.usize(1..50))
        .set_data_page_row_count_limit(random.usize(5..200))
        .set_dictionary_page_size_limit([100, 1 << 20][random.usize(..2)])
}

/// What the pages of columns show.
#[derive(Debug, Default)]
struct Seen {
    /// Strings in dictionaries, pages of numbers, and pages of strings behind a dictionary.
    strings: usize,
    numbers: usize,
    fallen_back: usize,
}

/// Looks at the pages of all columns: no dictionary has a string twice.
fn look(file: &[u8]) -> Seen {
    let reader = reader(file);
    let mut seen = Seen::default();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).expect("a group");
        for column in 0..group.num_columns() {
            let mut has_dictionary = false;
            for page in group.get_column_page_reader(column).expect("pages") {
                match page.expect("a page") {
                    Page::DictionaryPage {
                        buf, num_values, ..
                    } => {
                        let (mut rest, mut strings) = (&buf[..], HashSet::new());
                        while let Some((length, behind)) = rest.split_first_chunk() {
                            let length = u32::from_le_bytes(*length) as usize;
                            assert!(
                                strings.insert(&behind[..length]),
                                "a string stands there twice"
                            );
                            rest = &behind[length..];
                        }
                        assert_eq!(strings.len(), num_values as usize);
                        seen.strings += strings.len();
                        has_dictionary = true;
                    }
                    page if page.encoding() == Encoding::RLE_DICTIONARY => seen.numbers += 1,
                    _ => seen.fallen_back += usize::from(has_dictionary),
                }
            }
        }
    }
    seen
}

/// The first and the last string of each column of each group of rows, and how many bytes its strings have.
fn check_statistics(file: &[u8], groups: &[Vec<Row>]) {
    let reader = reader(file);
    let groups = groups.iter().enumerate();
    for (told, (group, rows)) in reader.metadata().row_groups().iter().zip(groups) {
        let becomes = |text: &String| {
            let mut text = Value::String(text.clone());
            alone(&mut text);
            text.as_str().expect("a string").to_owned()
        };
        let texts = rows.iter().filter_map(|row| row.0.as_ref()).map(becomes);
        let tags = rows.iter().flat_map(|row| row.1.iter().flatten().flatten());
        for (at, strings) in [texts.collect::<Vec<_>>(), tags.map(becomes).collect()]
            .iter()
            .enumerate()
        {
            let column = told.column(at);
            let bytes: usize = strings.iter().map(String::len).sum();
            assert_eq!(column.unencoded_byte_array_data_bytes(), Some(bytes as i64));
            let index = reader.metadata().page_index_for_row_group(group);
            let index = index.offset_index(at).expect("an index");
            let sizes = index.unencoded_byte_array_data_bytes().expect("sizes");
            assert_eq!(sizes.iter().sum::<i64>(), bytes as i64);
            if let Some(statistics) = column.statistics() {
                let bounds = [statistics.min_bytes_opt(), statistics.max_bytes_opt()];
                let expected = [strings.iter().min(), strings.iter().max()];
                assert_eq!(bounds, expected.map(|string| string.map(String::as_bytes)));
            }
        }
    }
}

#[test]
fn strings_that_become_equal_are_one_in_the_dictionary() {
    let normalizer = with(&["text", "tags"], |options| options.records = true);
    let mut random = fastrand::Rng::with_seed(7);
    let (mut before, mut after) = (Seen::default(), Seen::default());
    for _ in 0..120 {
        let groups = 1..random.usize(2..4);
        let groups = groups.map(|_| random.usize(1..600));
        let groups: Vec<usize> = groups.collect();
        let groups: Vec<_> = groups
            .into_iter()
            .map(|count| random_rows(&mut random, count))
            .collect();
        let properties = random_properties(&mut random);
        let file = written(properties, &groups);
        let (result, outcome) = normalized(&normalizer, &file).expect("converted");
        let mut expected = rows(&file);
        expected.iter_mut().for_each(alone);
        assert_eq!(rows(&result), expected);
        let cells = groups.iter().flatten().map(|(text, list)| {
            let tags = list.iter().flatten().flatten().count();
            usize::from(text.is_some()) + tags
        });
        assert_eq!(outcome.records.len(), cells.sum::<usize>());
        if outcome.changed {
            check_statistics(&result, &groups);
        }
        for (seen, file) in [(&mut before, &file), (&mut after, &result)] {
            let more = look(file);
            seen.strings += more.strings;
            seen.numbers += more.numbers;
            seen.fallen_back += more.fallen_back;
        }
        let (again, outcome) = normalized(&normalizer, &result).expect("converted");
        assert!(!outcome.changed && again == result);
    }
    assert!(
        before.fallen_back > 100 && before.numbers > 500,
        "{before:?}"
    );
    assert_eq!(
        (after.fallen_back, after.numbers),
        (before.fallen_back, before.numbers)
    );
    assert!(
        after.strings < before.strings * 9 / 10,
        "{before:?} {after:?}"
    );
}

fn texts(texts: &[&str]) -> Vec<Row> {
    texts
        .iter()
        .map(|text| (Some((*text).to_owned()), None))
        .collect()
}

/// A file of one column of one page, of the strings that have these numbers in the dictionary.
fn crafted(dictionary: &[&str], numbers: &[u32]) -> Vec<u8> {
    let rows = numbers.len() as u32;
    let mut strings = Vec::new();
    for string in dictionary {
        strings.extend((string.len() as u32).to_le_bytes());
        strings.extend(string.as_bytes());
    }
    // Of 32 bits each, in runs of one.
    let runs = numbers
        .iter()
        .flat_map(|number| [&[2], &number.to_le_bytes()[..]].concat());
    let numbers: Vec<u8> = [32].into_iter().chain(runs).collect();
    let sizes = [&strings, &numbers].map(Vec::len);
    let packed = [strings, numbers].map(|bytes| {
        let mut packed = GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&bytes).expect("packed");
        packed.finish().expect("packed")
    });
    let [strings, numbers] = packed;
    let pages = [
        Page::DictionaryPage {
            buf: strings.into(),
            num_values: dictionary.len() as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        },
        Page::DataPage {
            buf: numbers.into(),
            num_values: rows,
            encoding: Encoding::RLE_DICTIONARY,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        },
    ];
    let message = "message rows { required binary text (UTF8); }";
    let pages = pages.into_iter().zip(sizes).collect();
    let gzip = Compression::GZIP(Default::default());
    of_pages(message, pages, rows.into(), gzip)
}

#[test]
fn strings_that_were_equal_before_become_one_with_them() {
    let names = ["圖書館", "data", "圖書館", "图书馆", "data", "關於"];
    let before = crafted(&names, &[0, 1, 2, 3, 4, 5]);
    let (after, _) = normalized(&normalizer(&["text"]), &before).expect("converted");
    assert_eq!(look(&after).strings, 3);
    let mut expected: Vec<Value> = names.map(|name| json!({ "text": name })).to_vec();
    assert_eq!(rows(&before), expected);
    expected.iter_mut().for_each(alone);
    assert_eq!(rows(&after), expected);
    // Where nothing changes nothing is written anew.
    let same = crafted(&["data", "关于", "data"], &[2, 1, 0]);
    let (after, outcome) = normalized(&normalizer(&["text"]), &same).expect("converted");
    assert!(!outcome.changed && after == same);
}

#[test]
fn what_many_strings_take_beside_their_bytes_is_counted() {
    let bomb = crafted(&vec![""; 3_000_000], &[7, 8]);
    assert!(bomb.len() < 1_000_000);
    let error = normalized(&normalizer(&["text"]), &bomb).expect_err("refused");
    assert!(
        error.to_string().contains("more than 200 times its size"),
        "{error}"
    );
}

#[test]
fn pages_of_numbers_stay_where_strings_stay_different() {
    let pages = |file: &[u8]| -> Vec<Vec<u8>> {
        let reader = reader(file);
        let group = reader.get_row_group(0).expect("a group");
        let pages = group.get_column_page_reader(0).expect("pages");
        let pages = pages.map(|page| page.expect("a page").buffer().to_vec());
        pages.skip(1).collect()
    };
    for (names, stays) in [
        (["圖書館", "關於", "圖書館", "关系"], true),
        (["圖書館", "图书馆", "關於", "圖書館"], false),
    ] {
        let before = written(WriterProperties::builder(), &[texts(&names)]);
        let (after, _) = normalized(&normalizer(&["text"]), &before).expect("converted");
        assert_eq!(pages(&before) == pages(&after), stays);
        let length = |pages: Vec<Vec<u8>>| pages.iter().map(Vec::len).sum::<usize>();
        assert_eq!(length(pages(&before)), length(pages(&after)));
    }
}

#[test]
fn a_number_that_the_dictionary_lacks_is_told_of() {
    for names in [
        ["臺灣", "台灣", "圖書館", "关于", "裡面"],
        ["臺灣", "系统", "圖書館", "关于", "裡面"],
    ] {
        let rows = texts(&names.repeat(8));
        let mut file = written(WriterProperties::builder(), &[rows]);
        let (from, to) = {
            let reader = reader(&file);
            let column = reader.metadata().row_group(0).column(0);
            let (start, length) = column.byte_range();
            (column.data_page_offset(), (start + length) as usize)
        };
        file[to - 1] = 0xFF;
        let error = normalized(&normalizer(&["text"]), &file).expect_err("damaged");
        assert_eq!(
            error.to_string(),
            format!(
                "the Parquet file is cut off or damaged at byte offset {from}: a string is named that the dictionary \
                 lacks; get a sound copy"
            )
        );
    }
}

/// The rows of a file that may be damaged.
fn read(file: &[u8]) -> Option<Vec<Value>> {
    let mut copy = tempfile::tempfile().expect("a file");
    copy.write_all(file).expect("written");
    let reader = SerializedFileReader::new(copy).ok()?;
    let rows = reader.get_row_iter(None).ok()?;
    rows.map(|found| Some(row(&found.ok()?))).collect()
}

#[test]
fn damaged_files_are_refused_or_come_out_as_they_are_read() {
    let normalizer = normalizer(&["text", "tags"]);
    let mut random = fastrand::Rng::with_seed(8);
    let (mut compared, mut refused) = (0, 0);
    for _ in 0..60 {
        let rows = random_rows(&mut random, 150);
        let sound = written(random_properties(&mut random), &[rows]);
        for _ in 0..40 {
            let mut file = sound.clone();
            for _ in 0..random.usize(1..4) {
                file[random.usize(4..sound.len())] = random.u8(..);
            }
            match normalized(&normalizer, &file) {
                Err(_) => refused += 1,
                Ok((after, _)) => {
                    if let Some(mut expected) = read(&file) {
                        expected.iter_mut().for_each(alone);
                        assert_eq!(read(&after), Some(expected));
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 200 && refused > 200, "{compared} {refused}");
}
