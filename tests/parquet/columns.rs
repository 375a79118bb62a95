//! Parquet files that Apache's own library writes.

use std::fs::File;
use std::io::{Cursor, Write as _};
use std::sync::Arc;

use jianti::{Error, Normalizer, Options, Outcome};
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter as _};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::metadata::{ColumnChunkMetaData, KeyValue};
use parquet::file::properties::{
    ReaderProperties, WriterProperties, WriterPropertiesBuilder, WriterVersion,
};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::serialized_reader::ReadOptionsBuilder;
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::record::{Field, Row};
use parquet::schema::parser::parse_message_type;
use serde_json::{Value, json};

const SCHEMA: &str = "message rows {
    required int64 id;
    optional binary text (UTF8);
    required group page { optional binary title (STRING); required binary url (UTF8); }
    optional group tags (LIST) { repeated group list { optional binary element (UTF8); } }
    optional binary bytes;
}";

/// Rows of a group; there are three groups.
pub const ROWS: usize = 60;

/// Traditional, mixed, simplified, in other languages, damaged, a page, nothing.
pub const TEXTS: [&str; 8] = [
    "圖書館裏靜悄悄。",
    "王乾先生看著關於餅乾的書, 学校還在.",
    "这里已经是简体中文，一个字也不用改。",
    "図書館は静かです。本を読みましょう。",
    "Plain English, with a comma.",
    "老師開會(huì)去了。",
    "<p title=\"頭髮\">頭<b>髮</b></p>",
    "",
];

pub fn text(row: usize) -> Option<&'static str> {
    let last = usize::from(row.is_multiple_of(11));
    (row % 9 != 4).then(|| TEXTS[row % 7 + last])
}

/// Codecs that are read.
pub const CODECS: [fn() -> Compression; 5] = [
    || Compression::UNCOMPRESSED,
    || Compression::SNAPPY,
    || Compression::GZIP(Default::default()),
    || Compression::ZSTD(Default::default()),
    || Compression::LZ4_RAW,
];

/// Versions of pages.
pub const VERSIONS: [WriterVersion; 2] = [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0];

/// Small pages, in each codec and version.
pub fn small_pages() -> impl Iterator<Item = WriterPropertiesBuilder> {
    let properties = |codec: fn() -> Compression, version| {
        WriterProperties::builder()
            .set_compression(codec())
            .set_writer_version(version)
            .set_bloom_filter_enabled(true)
            .set_write_batch_size(7)
            .set_data_page_row_count_limit(25)
    };
    CODECS
        .into_iter()
        .flat_map(move |codec| VERSIONS.map(|version| properties(codec, version)))
}

/// A file with one column, `message`, of one group of `rows` rows, whose pages are these, each packed with the codec and
/// followed by how many bytes it unpacks to.
pub fn of_pages(
    message: &str,
    pages: Vec<(Page, usize)>,
    rows: u64,
    codec: Compression,
) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(message).expect("a schema"));
    let has_dictionary = matches!(pages.first(), Some((Page::DictionaryPage { .. }, _)));
    let mut chunk = TrackedWrite::new(Vec::new());
    let mut writer = SerializedPageWriter::new(&mut chunk);
    let written: Vec<_> = pages
        .into_iter()
        .map(|(page, size)| {
            let written = writer.write_page(CompressedPage::new(page, size));
            written.expect("a page")
        })
        .collect();
    let chunk = chunk.into_inner().expect("the pages");
    let unpacked: usize = written.iter().map(|page| page.uncompressed_size).sum();
    let mut file = Vec::new();
    let properties = Arc::new(WriterProperties::builder().set_compression(codec).build());
    let mut writer = SerializedFileWriter::new(&mut file, schema, properties).expect("a writer");
    let metadata = ColumnChunkMetaData::builder(writer.schema_descr().column(0))
        .set_compression(codec)
        .set_encodings(vec![Encoding::PLAIN, Encoding::RLE_DICTIONARY])
        .set_num_values(rows as i64)
        .set_total_compressed_size(chunk.len() as i64)
        .set_total_uncompressed_size(unpacked as i64)
        .set_dictionary_page_offset(has_dictionary.then_some(0))
        .set_data_page_offset(written[usize::from(has_dictionary)].offset as i64);
    let closed = ColumnCloseResult {
        bytes_written: chunk.len() as u64,
        rows_written: rows,
        metadata: metadata.build().expect("a column"),
        bloom_filter: None,
        column_index: None,
        offset_index: None,
    };
    let mut group = writer.next_row_group().expect("a group");
    let mut pages = tempfile::tempfile().expect("a file");
    pages.write_all(&chunk).expect("written");
    group.append_column(&pages, closed).expect("a column");
    group.close().expect("a group");
    writer.close().expect("a file");
    file
}

/// A file with three groups of such rows; `bytes` is what its last column holds in each row.
pub fn file(properties: WriterPropertiesBuilder, bytes: &[u8]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).expect("a schema"));
    let told = KeyValue::new("source".to_owned(), "關於".to_owned());
    let properties = properties
        .set_created_by("a test".to_owned())
        .set_key_value_metadata(Some(vec![told]))
        .build();
    let mut file = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut file, schema, Arc::new(properties)).expect("a writer");
    for group in 0..3 {
        let rows = group * ROWS..(group + 1) * ROWS;
        let mut columns = writer.next_row_group().expect("a group");
        let ids: Vec<i64> = rows.clone().map(|row| row as i64).collect();
        let mut column = columns.next_column().expect("ids").expect("ids");
        let typed = column.typed::<Int64Type>();
        typed.write_batch(&ids, None, None).expect("written");
        column.close().expect("written");
        let mut strings = |values: Vec<ByteArray>, levels: Vec<i16>, repeated: Option<Vec<i16>>| {
            let mut column = columns.next_column().expect("strings").expect("strings");
            let typed = column.typed::<ByteArrayType>();
            let written = typed.write_batch(&values, Some(&levels), repeated.as_deref());
            written.expect("written");
            column.close().expect("written");
        };
        let texts: Vec<_> = rows.clone().map(text).collect();
        let levels: Vec<i16> = texts.iter().map(|text| text.is_some().into()).collect();
        let values: Vec<ByteArray> = texts.iter().flatten().map(|text| (*text).into()).collect();
        strings(values.clone(), levels.clone(), None);
        strings(values, levels, None);
        let addresses = rows
            .clone()
            .map(|row| format!("https://example.org/圖書/{row}"));
        let addresses = addresses.map(|address| ByteArray::from(address.into_bytes()));
        strings(addresses.collect(), vec![0; ROWS], None);
        // No list, an empty one, one with nothing in it, two tags.
        let tags = rows.map(|row| match row % 4 {
            0 => (vec![], vec![0], vec![0]),
            1 => (vec![], vec![1], vec![0]),
            2 => (vec![], vec![2], vec![0]),
            _ => (vec![TEXTS[0], TEXTS[row % 7]], vec![3, 3], vec![0, 1]),
        });
        let (mut values, mut levels, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
        for (row, mut level, mut repetition) in tags {
            values.extend(row.into_iter().map(ByteArray::from));
            levels.append(&mut level);
            repeated.append(&mut repetition);
        }
        strings(values, levels, Some(repeated));
        let values = (0..ROWS).map(|_| ByteArray::from(bytes.to_vec()));
        strings(values.collect(), vec![1; ROWS], None);
        columns.close().expect("a group");
    }
    writer.close().expect("a file");
    file
}

pub fn normalizer(fields: &[&str]) -> Normalizer {
    with(fields, |_| ())
}

pub fn with(fields: &[&str], change: impl FnOnce(&mut Options)) -> Normalizer {
    let fields = fields.iter().map(|field| (*field).to_owned()).collect();
    let options = Options::default().with(|options| options.fields = fields);
    Normalizer::new(options.with(change)).expect("options that are well")
}

pub fn normalized(normalizer: &Normalizer, file: &[u8]) -> Result<(Vec<u8>, Outcome), Error> {
    let mut out = Vec::new();
    let outcome = normalizer.normalize_container("a", &mut Cursor::new(file), &mut out)?;
    Ok((out, outcome))
}

/// What Apache's library makes of a file.
pub fn reader(bytes: &[u8]) -> SerializedFileReader<File> {
    let properties = ReaderProperties::builder().set_read_bloom_filter(true);
    let options = ReadOptionsBuilder::new()
        .with_page_index()
        .with_reader_properties(properties.build());
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    SerializedFileReader::new_with_options(file, options.build()).expect("a Parquet file")
}

pub fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Long(number) => json!(number),
        Field::Str(text) => json!(text),
        Field::Bytes(bytes) => json!(bytes.data()),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        Field::Group(group) => row(group),
        other => panic!("{other} is not in the schema"),
    }
}

/// Its rows, each as an object.
pub fn rows(file: &[u8]) -> Vec<Value> {
    let reader = reader(file);
    let rows = reader.get_row_iter(None).expect("rows");
    rows.map(|found| row(&found.expect("a row"))).collect()
}

/// A row as an object.
pub fn row(row: &Row) -> Value {
    let columns = row.get_column_iter();
    let columns = columns.map(|(name, field)| (name.clone(), value(field)));
    Value::Object(columns.collect())
}

/// All strings in it become what each becomes alone.
pub fn alone(value: &mut Value) {
    match value {
        Value::String(text) => {
            let new = normalizer(&[])
                .normalize_str(text)
                .expect("a text")
                .0
                .into_owned();
            *text = new;
        }
        Value::Array(values) => values.iter_mut().for_each(alone),
        Value::Object(values) => values.values_mut().for_each(alone),
        _ => {}
    }
}
