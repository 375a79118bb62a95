//! Columns and tables that go out: `__arrow_c_schema__`, `__arrow_c_array__`, `__arrow_c_stream__`.

use std::ffi::{CStr, c_char, c_int};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, ArrayRef, new_empty_array};
use arrow_schema::{DataType, FieldRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// A column or a table in Arrow's format, for any library that speaks the Arrow PyCapsule interface: `pyarrow.table(it)`,
/// `pyarrow.chunked_array(it)`, `polars.DataFrame(it)`, `polars.Series(it)`, `pandas.DataFrame.from_arrow(it)`, a table in
/// DuckDB's SQL by its variable's name.
#[pyclass(module = "jianti", frozen, subclass)]
#[derive(Clone, Debug)]
pub struct Arrow {
    field: FieldRef,
    chunks: Vec<ArrayRef>,
}

impl Arrow {
    /// Chunks of the field's type.
    pub fn new(field: FieldRef, chunks: Vec<ArrayRef>) -> Arrow {
        Arrow { field, chunks }
    }

    /// The same as Python has it. What is one array can be asked for it; libraries that find that they can do not ask for a
    /// stream.
    ///
    /// # Errors
    /// Python's own.
    pub fn python(self, py: Python<'_>) -> PyResult<Py<Arrow>> {
        if self.chunks.len() > 1 {
            return Py::new(py, self);
        }
        let array = PyClassInitializer::from(self).add_subclass(ArrowArray);
        Ok(Bound::new(py, array)?.into_super().unbind())
    }
}

#[pymethods]
impl Arrow {
    /// The type, as a capsule of an ArrowSchema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.field).map_err(failed)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Its chunks, as a capsule of an ArrowArrayStream. Other types than its own cannot be asked for.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        PyCapsule::new_with_value(py, stream(self), c"arrow_array_stream")
    }

    fn __len__(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    fn __repr__(&self) -> String {
        let rows = self.__len__();
        match self.field.data_type() {
            DataType::Struct(fields) => {
                let names: Vec<_> = fields.iter().map(|field| field.name().as_str()).collect();
                format!("<jianti.Arrow table of {rows} rows: {}>", names.join(", "))
            }
            other => format!("<jianti.Arrow column of {rows} rows: {other}>"),
        }
    }
}

/// An `Arrow` that is a single array, which `pyarrow.array(it)`, `pyarrow.record_batch(it)` take too.
#[pyclass(module = "jianti", frozen, extends = Arrow)]
#[derive(Clone, Copy, Debug)]
pub struct ArrowArray;

#[pymethods]
impl ArrowArray {
    /// All of it as one array, as capsules of an ArrowSchema and an ArrowArray. Other types than its own cannot be asked for.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        slf: PyRef<'py, Self>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // A wish, which the interface says need not be met.
        drop(requested_schema);
        let (py, arrow) = (slf.py(), slf.as_super());
        let only = arrow.chunks.first().cloned();
        let array = only.unwrap_or_else(|| new_empty_array(arrow.field.data_type()));
        let array = FFI_ArrowArray::new(&array.to_data());
        Ok((
            arrow.__arrow_c_schema__(py)?,
            PyCapsule::new_with_value(py, array, c"arrow_array")?,
        ))
    }
}

/// What a stream still has to give.
struct Rest {
    field: FieldRef,
    chunks: std::vec::IntoIter<ArrayRef>,
}

fn stream(arrow: &Arrow) -> FFI_ArrowArrayStream {
    let rest = Box::new(Rest {
        field: arrow.field.clone(),
        chunks: arrow.chunks.clone().into_iter(),
    });
    // SAFETY: the functions below keep the interface's contract: `private_data` is a `Rest` of its own until `release`.
    unsafe {
        FFI_ArrowArrayStream::new_unchecked(
            Some(get_schema),
            Some(get_next),
            Some(get_last_error),
            Some(release),
            Box::into_raw(rest).cast(),
        )
    }
}

/// What a stream that is not released has.
///
/// # Safety
/// `stream` is one of [`stream`], and nobody else uses it meanwhile.
unsafe fn rest<'a>(stream: *mut FFI_ArrowArrayStream) -> &'a mut Rest {
    // SAFETY: the caller says so; the consumer of a stream may only use it until it is released, from one thread at a time.
    unsafe { &mut *(*stream).private_data().cast::<Rest>() }
}

unsafe extern "C" fn get_schema(
    stream: *mut FFI_ArrowArrayStream,
    out: *mut FFI_ArrowSchema,
) -> c_int {
    // SAFETY: the interface gives our own stream.
    let rest = unsafe { rest(stream) };
    match FFI_ArrowSchema::try_from(&*rest.field) {
        Ok(schema) => {
            // SAFETY: the interface gives room for a schema, with nothing in it.
            unsafe { out.write(schema) };
            0
        }
        Err(_) => INVALID,
    }
}

unsafe extern "C" fn get_next(
    stream: *mut FFI_ArrowArrayStream,
    out: *mut FFI_ArrowArray,
) -> c_int {
    // SAFETY: the interface gives our own stream.
    let rest = unsafe { rest(stream) };
    let next = rest.chunks.next();
    let array = next.map_or_else(FFI_ArrowArray::empty, |chunk| {
        FFI_ArrowArray::new(&chunk.to_data())
    });
    // SAFETY: the interface gives room for an array, with nothing in it.
    unsafe { out.write(array) };
    0
}

/// The only error is that of a type that cannot be written, which no column has.
unsafe extern "C" fn get_last_error(_: *mut FFI_ArrowArrayStream) -> *const c_char {
    const MESSAGE: &CStr = c"the type cannot be written in Arrow's C interface";
    MESSAGE.as_ptr()
}

unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    // SAFETY: the interface gives our own stream, once; afterwards it has no `release`, so nothing is freed twice.
    unsafe {
        drop(Box::from_raw((*stream).private_data().cast::<Rest>()));
        (*stream).set_private_data(std::ptr::null_mut());
        (*stream).set_release(None);
    }
}

/// EINVAL.
const INVALID: c_int = 22;

fn failed(error: impl ToString) -> PyErr {
    PyValueError::new_err(error.to_string())
}
