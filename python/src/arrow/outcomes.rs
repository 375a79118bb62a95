//! The table of outcomes.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Int64Array, StructArray};
use arrow_schema::{DataType, Field, Fields};
use jianti::repair::Rule;

use super::column::{self, Kind};
use super::rows::{Counts, Piece, Told};

/// Which version of jianti made it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Rules whose findings are repairs: what is lost is counted by itself.
fn repairing() -> impl Iterator<Item = (usize, Rule)> {
    let rules = Rule::ALL.iter().copied().enumerate();
    rules.filter(|(_, rule)| *rule != Rule::Lost)
}

/// The table's columns, always all of them: no column's type hangs on what is in it, and none is unsigned, which SQL has not.
pub fn schema(kind: Kind) -> Fields {
    let mut fields = vec![
        field("text", kind.data_type(), true),
        field("error", DataType::Utf8, true),
        field("language", DataType::Utf8, true),
        field("script", DataType::Utf8, true),
        field("changed", DataType::Boolean, false),
    ];
    let counts = repairing().map(|(_, rule)| rule.name());
    for name in counts.chain(["open", "lost", "doubtful"]) {
        fields.push(field(name, DataType::Int64, true));
    }
    fields.push(field("version", DataType::Utf8, false));
    fields.into()
}

fn field(name: &str, data_type: DataType, nullable: bool) -> Arc<Field> {
    Arc::new(Field::new(name, data_type, nullable))
}

/// The rows as tables: one, if their text fits.
pub fn tables(pieces: Vec<Piece>, kind: Kind, schema: &Fields) -> Vec<ArrayRef> {
    let pieces = column::joined(pieces, kind).into_iter();
    pieces.map(|piece| table(piece, kind, schema)).collect()
}

fn table(mut piece: Piece, kind: Kind, schema: &Fields) -> ArrayRef {
    let told = piece.told.take().unwrap_or_default();
    let done = told.iter().map(|told| match told {
        Told::Done(counts) => Some(counts),
        _ => None,
    });
    let done: Vec<Option<&Counts>> = done.collect();
    let words = |word: &dyn Fn(&Counts) -> &'static str| -> ArrayRef {
        let words = done.iter().map(|counts| counts.map(word));
        text(words)
    };
    let numbers = |number: &dyn Fn(&Counts) -> i64| -> ArrayRef {
        let numbers = done.iter().map(|counts| counts.map(number));
        Arc::new(numbers.collect::<Int64Array>())
    };
    let errors = told.iter().map(|told| match told {
        Told::Error(message) => Some(message.as_str()),
        _ => None,
    });
    let changed = done
        .iter()
        .map(|counts| counts.is_some_and(|counts| counts.changed));
    let changed: Vec<bool> = changed.collect();
    let mut columns = vec![
        column::one(piece, kind),
        text(errors),
        words(&|counts| counts.language),
        words(&|counts| counts.script),
        Arc::new(BooleanArray::from(changed)),
    ];
    for (number, _) in repairing() {
        columns.push(numbers(&|counts| counts.repaired[number]));
    }
    columns.push(numbers(&|counts| counts.open));
    columns.push(numbers(&|counts| counts.lost));
    columns.push(numbers(&|counts| counts.doubtful));
    columns.push(text(told.iter().map(|_| Some(VERSION))));
    Arc::new(StructArray::new(schema.clone(), columns, None))
}

fn text<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    let mut column = StringBuilder::new();
    texts.for_each(|text| column.append_option(text));
    Arc::new(column.finish())
}
