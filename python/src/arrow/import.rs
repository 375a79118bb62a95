//! Columns that come in: `__arrow_c_stream__` and `__arrow_c_array__`.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{
    Array, ArrayReader, ArrayRef, BinaryArray, LargeBinaryArray, StringArray, make_array,
    new_null_array,
};
use arrow_schema::{ArrowError, DataType, Field, FieldRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use super::column::Kind;
use super::rows::Documents;

/// A column of documents.
#[derive(Debug)]
pub struct Column {
    /// Its name, type and all else that is said of it.
    pub field: FieldRef,
    /// The type of its documents; of a dictionary that of its values.
    pub kind: Kind,
    pub chunks: Vec<Chunk>,
}

/// Some of its rows.
#[derive(Debug)]
pub struct Chunk {
    /// Of a dictionary, which document each row has.
    pub keys: Option<ArrayRef>,
    pub documents: Documents,
}

/// The column that an object of any library holds.
///
/// # Errors
/// `TypeError` if it holds none; `ValueError` if its library fails.
pub fn column(py: Python<'_>, object: &Bound<'_, PyAny>) -> PyResult<Column> {
    let (field, arrays) = match object.hasattr("__arrow_c_stream__")? {
        true => stream(py, object)?,
        false if object.hasattr("__arrow_c_array__")? => array(object)?,
        false => {
            let kind = object.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "an Arrow column is needed (of pyarrow, Polars, pandas, DuckDB, nanoarrow …), not {kind}"
            )));
        }
    };
    let (field, arrays) = only_column(field, arrays)?;
    if *field.data_type() == DataType::Null {
        // Of no type at all: no text in any row.
        let nulls = |array: ArrayRef| new_null_array(&DataType::Utf8, array.len());
        let arrays = arrays.into_iter().map(nulls).collect();
        let field = Field::clone(&field)
            .with_data_type(DataType::Utf8)
            .with_nullable(true);
        return typed(Arc::new(field), arrays);
    }
    typed(field, arrays)
}

/// The column of a table that has one.
fn only_column(field: FieldRef, arrays: Vec<ArrayRef>) -> PyResult<(FieldRef, Vec<ArrayRef>)> {
    let DataType::Struct(fields) = field.data_type() else {
        return Ok((field, arrays));
    };
    let [only] = &fields[..] else {
        let names: Vec<_> = fields.iter().map(|field| field.name().as_str()).collect();
        return Err(PyTypeError::new_err(format!(
            "a column is needed, and this is a table of {}: {}",
            fields.len(),
            names.join(", ")
        )));
    };
    if arrays.iter().any(|array| array.null_count() > 0) {
        return Err(PyTypeError::new_err(
            "a column is needed, and this is a struct with nulls; take its field",
        ));
    }
    let columns = arrays
        .iter()
        .map(|array| array.as_struct().column(0).clone());
    Ok((only.clone(), columns.collect()))
}

fn typed(field: FieldRef, arrays: Vec<ArrayRef>) -> PyResult<Column> {
    let data_type = field.data_type();
    let of_documents = match data_type {
        DataType::Dictionary(_, values) => values,
        other => other,
    };
    let Some(kind) = Kind::of(of_documents) else {
        return Err(PyTypeError::new_err(format!(
            "a column of {data_type} holds no documents; cast it to string, large_string, string_view or one of binary"
        )));
    };
    let chunks = arrays.iter().map(|array| match data_type {
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            Chunk {
                keys: Some(make_array(dictionary.keys().to_data())),
                documents: documents(dictionary.values(), kind),
            }
        }
        _ => Chunk {
            keys: None,
            documents: documents(array, kind),
        },
    });
    Ok(Column {
        chunks: chunks.collect(),
        field,
        kind,
    })
}

fn documents(array: &ArrayRef, kind: Kind) -> Documents {
    match kind {
        Kind::Bytes => Documents::Small(array.as_binary().clone()),
        Kind::LargeBytes => Documents::Large(array.as_binary().clone()),
        Kind::BytesView => Documents::View(array.as_binary_view().clone()),
        Kind::Text => {
            let array: &StringArray = array.as_string();
            Documents::Small(BinaryArray::from(array.clone()))
        }
        Kind::LargeText => Documents::Large(LargeBinaryArray::from(array.as_string().clone())),
        Kind::TextView => Documents::View(array.as_string_view().clone().to_binary_view()),
    }
}

fn stream(py: Python<'_>, object: &Bound<'_, PyAny>) -> PyResult<(FieldRef, Vec<ArrayRef>)> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let at = pointer::<FFI_ArrowArrayStream>(&capsule, c"arrow_array_stream")?;
    // SAFETY: a capsule of this name holds such a stream, and is ours to empty; `capsule` lives.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(at) };
    // What makes the arrays may be Python, on any thread.
    let read = py.detach(|| {
        let reader = ArrayStreamReader::try_new(stream)?;
        let field = reader.field().clone();
        Ok::<_, ArrowError>((field, reader.collect::<Result<Vec<_>, _>>()?))
    });
    read.map_err(failed)
}

fn array(object: &Bound<'_, PyAny>) -> PyResult<(FieldRef, Vec<ArrayRef>)> {
    let capsules = object.call_method0("__arrow_c_array__")?;
    let capsules = capsules.cast::<PyTuple>()?;
    let schema = pointer::<FFI_ArrowSchema>(&capsules.get_item(0)?, c"arrow_schema")?;
    let array = pointer::<FFI_ArrowArray>(&capsules.get_item(1)?, c"arrow_array")?;
    // SAFETY: capsules of these names hold such structures, and are ours to empty; `capsules` lives.
    let (schema, array) = unsafe {
        (
            FFI_ArrowSchema::from_raw(schema),
            FFI_ArrowArray::from_raw(array),
        )
    };
    let field = Field::try_from(&schema).map_err(failed)?;
    // SAFETY: the library that made them says that they belong together.
    let data = unsafe { from_ffi(array, &schema) }.map_err(failed)?;
    Ok((Arc::new(field), vec![make_array(data)]))
}

/// Where the structure is that a capsule of this name holds.
fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*mut T> {
    let capsule = capsule.cast::<PyCapsule>()?;
    Ok(capsule.pointer_checked(Some(name))?.cast::<T>().as_ptr())
}

fn failed(error: impl ToString) -> PyErr {
    PyValueError::new_err(format!(
        "the Arrow data cannot be read: {}",
        error.to_string()
    ))
}
