//! Arrow columns: in through the PyCapsule interface, row by row through the library, out again.

mod column;
mod export;
mod import;
mod outcomes;
mod rows;

use std::sync::Arc;

use arrow_schema::{DataType, Field};
use jianti::Normalizer;
use pyo3::prelude::*;

use column::Kind;
pub use export::{Arrow, ArrowArray};
use import::Column;
use rows::{Documents, Work};

/// A column with every document in it normalized, of the same type.
///
/// # Errors
/// `TypeError` for what is no column of documents; Python's own.
pub fn array(
    py: Python<'_>,
    normalizer: &Normalizer,
    array: &Bound<'_, PyAny>,
    threads: usize,
) -> PyResult<Py<Arrow>> {
    let column = import::column(py, array)?;
    let (kind, nullable) = (column.kind, column.field.is_nullable());
    let metadata = column.field.metadata().clone();
    let mut chunks = Vec::new();
    for (chunk, pieces) in column
        .chunks
        .iter()
        .zip(work(py, normalizer, &column, threads, false)?)
    {
        match &chunk.keys {
            Some(keys) => chunks.push(column::dictionary(keys, &pieces, kind)?),
            None => chunks.extend(column::values(pieces, kind)),
        }
    }
    let field = Field::new(column.field.name(), column.data_type.clone(), nullable);
    Arrow::new(field.with_metadata(metadata), chunks).python(py)
}

/// What came of each document of a column, as a table.
///
/// # Errors
/// Those of [`array`].
pub fn outcomes(
    py: Python<'_>,
    normalizer: &Normalizer,
    array: &Bound<'_, PyAny>,
    threads: usize,
) -> PyResult<Py<Arrow>> {
    let column = import::column(py, array)?;
    let schema = outcomes::schema(column.kind);
    let mut chunks = Vec::new();
    for (chunk, pieces) in column
        .chunks
        .iter()
        .zip(work(py, normalizer, &column, threads, true)?)
    {
        let pieces = match &chunk.keys {
            Some(keys) => rows::taken(keys, pieces, column.kind),
            None => pieces,
        };
        chunks.extend(outcomes::tables(pieces, column.kind, &schema));
    }
    let field = Field::new("", DataType::Struct(schema), false);
    Arrow::new(field, chunks).python(py)
}

/// What becomes of each chunk's documents.
fn work(
    py: Python<'_>,
    normalizer: &Normalizer,
    column: &Column,
    threads: usize,
    outcomes: bool,
) -> PyResult<Vec<Vec<rows::Piece>>> {
    let documents: Vec<&Documents> = column.chunks.iter().map(|chunk| &chunk.documents).collect();
    let work = Work::new(normalizer, documents, column.kind.is_text(), outcomes);
    work.run(py, threads)
}

/// A field that is shared.
fn field(name: &str, data_type: DataType, nullable: bool) -> Arc<Field> {
    Arc::new(Field::new(name, data_type, nullable))
}

/// The types of columns that hold documents.
fn kinds(data_type: &DataType) -> Option<Kind> {
    Some(match data_type {
        DataType::Utf8 => Kind::Text,
        DataType::LargeUtf8 => Kind::LargeText,
        DataType::Utf8View => Kind::TextView,
        DataType::Binary => Kind::Bytes,
        DataType::LargeBinary => Kind::LargeBytes,
        DataType::BinaryView => Kind::BytesView,
        _ => return None,
    })
}
