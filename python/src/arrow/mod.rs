//! Arrow columns: in through the PyCapsule interface, row by row through the library, out again.

mod column;
mod export;
mod import;
mod outcomes;
mod rows;

use arrow_schema::{DataType, Field};
use jianti::Normalizer;
use pyo3::prelude::*;

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
    let kind = column.kind;
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
    Arrow::new(column.field, chunks).python(py)
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
    Arrow::new(field.into(), chunks).python(py)
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
