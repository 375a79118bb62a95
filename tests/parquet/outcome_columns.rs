//! Columns that tell what came of each row of a Parquet file: what they say, and what they have to say.

use std::collections::BTreeMap;
use std::sync::Arc;

use jianti::{Language, Normalizer, Outcome, Script};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterPropertiesBuilder;
use parquet::file::reader::FileReader;
use parquet::file::writer::SerializedFileWriter;
use parquet::record::{Field, Row};
use parquet::schema::parser::parse_message_type;

use crate::columns::{reader, small_pages};

/// The columns as the Python package has them; python/tests/test_parquet_outcomes.py compares them with it.
pub const NAMES: [&str; 15] = [
    "error",
    "language",
    "script",
    "changed",
    "mojibake",
    "entity",
    "shift",
    "compatibility",
    "invisible",
    "private_use",
    "gloss",
    "open",
    "lost",
    "doubtful",
    "version",
];

/// The counts among them, but for the last three of repairs.
pub const REPAIRS: std::ops::Range<usize> = 4..11;

/// What the columns say of a row, by their names without the prefix.
pub type Told = BTreeMap<String, Field>;

pub fn outcomes(file: &[u8], prefix: &str) -> Vec<Told> {
    let reader = reader(file);
    let rows = reader.get_row_iter(None).expect("rows");
    let told = |row: &Row| {
        let columns = row.get_column_iter();
        let told = columns.filter_map(|(name, field)| {
            let name = name.strip_prefix(prefix)?;
            NAMES
                .contains(&name)
                .then(|| (name.to_owned(), field.clone()))
        });
        let told: Told = told.collect();
        assert_eq!(told.len(), NAMES.len());
        told
    };
    rows.map(|row| told(&row.expect("a row"))).collect()
}

pub fn word(told: &Told, name: &str) -> Option<String> {
    match &told[name] {
        Field::Null => None,
        Field::Str(word) => Some(word.clone()),
        other => panic!("{name} is {other}"),
    }
}

pub fn count(told: &Told, name: &str) -> Option<u64> {
    match &told[name] {
        Field::Null => None,
        Field::Long(count) => Some(u64::try_from(*count).expect("a count")),
        other => panic!("{name} is {other}"),
    }
}

/// The columns of a row that has these strings, as each of them comes out alone.
pub fn expected(normalizer: &Normalizer, strings: &[&str]) -> Told {
    let outcomes = strings.iter().map(|string| {
        let (_, outcome) = normalizer.normalize_str(string).expect("a text");
        outcome
    });
    let outcomes: Vec<Outcome> = outcomes.collect();
    let is_told = !outcomes.is_empty();
    let word = |word: &str| match is_told {
        true => Field::Str(word.to_owned()),
        false => Field::Null,
    };
    let sum = |count: &dyn Fn(&Outcome) -> u64| match is_told {
        true => Field::Long(outcomes.iter().map(count).sum::<u64>() as i64),
        false => Field::Null,
    };
    let languages = || outcomes.iter().map(|outcome| outcome.language);
    let language = match languages().any(|language| language == Language::Chinese) {
        true => Language::Chinese,
        false => languages()
            .find(|language| *language != Language::Undetermined)
            .unwrap_or(Language::Undetermined),
    };
    let mut scripts: Vec<Script> = outcomes.iter().map(|outcome| outcome.script).collect();
    scripts.retain(|script| *script != Script::Undetermined);
    scripts.dedup();
    let script = match scripts[..] {
        [] => Script::Undetermined,
        [script] => script,
        _ => Script::Mixed,
    };
    let changed = outcomes.iter().any(|outcome| outcome.changed);
    let mut told = BTreeMap::from([
        ("error".to_owned(), Field::Null),
        ("language".to_owned(), word(language.name())),
        ("script".to_owned(), word(script.name())),
        ("changed".to_owned(), Field::Bool(changed)),
        ("open".to_owned(), sum(&|outcome| outcome.repairs.open)),
        ("lost".to_owned(), sum(&|outcome| outcome.repairs.lost)),
        ("doubtful".to_owned(), sum(&|outcome| outcome.doubtful)),
        (
            "version".to_owned(),
            Field::Str(env!("CARGO_PKG_VERSION").to_owned()),
        ),
    ]);
    for rule in &NAMES[REPAIRS] {
        let repaired = |outcome: &Outcome| *outcome.repairs.repaired.get(rule).unwrap_or(&0);
        told.insert((*rule).to_owned(), sum(&repaired));
    }
    told
}

pub fn all_properties() -> impl Iterator<Item = WriterPropertiesBuilder> {
    small_pages().flat_map(|properties| {
        [true, false].map(|dictionary| properties.clone().set_dictionary_enabled(dictionary))
    })
}

/// A file with one column of text, whose rows have these strings, in groups of so many rows.
pub fn texts(
    texts: &[Option<String>],
    group: usize,
    properties: WriterPropertiesBuilder,
) -> Vec<u8> {
    let schema = parse_message_type("message m { optional binary text (STRING); }");
    let schema = Arc::new(schema.expect("a schema"));
    let mut file = Vec::new();
    let properties = Arc::new(properties.build());
    let mut writer = SerializedFileWriter::new(&mut file, schema, properties).expect("a writer");
    for rows in texts.chunks(group) {
        let mut columns = writer.next_row_group().expect("a group");
        let mut column = columns.next_column().expect("a column").expect("a column");
        let values: Vec<ByteArray> = rows.iter().flatten().map(|text| (&**text).into()).collect();
        let levels: Vec<i16> = rows.iter().map(|text| text.is_some().into()).collect();
        let typed = column.typed::<ByteArrayType>();
        typed
            .write_batch(&values, Some(&levels), None)
            .expect("written");
        column.close().expect("a column");
        columns.close().expect("a group");
    }
    writer.close().expect("a file");
    file
}
