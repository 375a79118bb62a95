//! The class `Normalizer`.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::OnceLock;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyMemoryView, PyString, PyTuple};

use crate::arrow::{self, Arrow};
use crate::document::{self, Failure};
use crate::error::{InternalError, SurrogateError, exception};
use crate::{explain, options, outcome};

/// Turns Chinese text of any script mix and encoding into consistent simplified text.
///
/// Made once, it serves all threads; the GIL is released while it works. It pickles as its options, some hundred bytes, and
/// normalizers with equal options are equal. `help(jianti)` explains each option.
///
/// Raises ValueError for a value that an option does not have, TypeError for an option that there is none of, OSError for a
/// dictionary that cannot be read.
#[pyclass(module = "jianti", frozen)]
#[derive(Debug)]
pub struct Normalizer {
    options: jianti::Options,
    inner: jianti::Normalizer,
    /// The same, but it tells of each place; made when it is first asked for.
    explaining: OnceLock<jianti::Normalizer>,
}

#[pymethods]
impl Normalizer {
    #[new]
    #[pyo3(
        signature = (config = "auto", **arguments),
        text_signature = "(config='auto', *, punctuation='chinese', repair='auto', language='chinese', exact=False, \
            rare=False, dictionaries=(), encoding=None, to_encoding='utf-8', bom='auto', lossy=False, format=None, \
            fields=(), keep_code=False, code=False, strict=False, records=False, record_id=None, \
            outcome_columns=None, count_outside=False, archives=False, limits=True)"
    )]
    fn new(
        py: Python<'_>,
        config: &str,
        arguments: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Normalizer> {
        let options = options::read(config, arguments)?;
        let inner = jianti::Normalizer::new(options.clone());
        Ok(Normalizer {
            options,
            inner: inner.map_err(|error| exception(py, &error))?,
            explaining: OnceLock::new(),
        })
    }

    /// Normalizes a text.
    ///
    /// Takes and returns a str; the same object if nothing changes. Raises TypeError for what is no str, FormatError for text
    /// that is not what `format` says, SurrogateError for text with lone surrogates, InternalError for a mistake of jianti's
    /// own.
    fn __call__<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyString>> {
        Ok(self.text(py, text, None)?.0)
    }

    /// Normalizes a text, and tells what was done.
    ///
    /// Returns the text and its Outcome. `name` is the name of the document's file, which tells its format too. Raises what
    /// a call raises.
    #[pyo3(signature = (text, name = None))]
    fn normalize<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        name: Option<PathBuf>,
    ) -> PyResult<(Bound<'py, PyString>, Bound<'py, PyAny>)> {
        let (result, outcome) = self.text(py, text, name)?;
        Ok((result, outcome::python(py, &outcome)?))
    }

    /// Normalizes a document in any encoding and format; books, office documents and compressed files too.
    ///
    /// Takes bytes, a bytearray or a memoryview, and the name of the document's file, which tells its format too. Returns
    /// the result's bytes, UTF-8 if `to_encoding` says nothing else, and its Outcome. Raises TypeError for what is not
    /// bytes-like, BinaryError, UnsupportedError, UndetectedError, DecodeError, EncodeError, FormatError or MemberError for
    /// the document, OSError if a temporary file cannot be written, InternalError for a mistake of jianti's own.
    #[pyo3(signature = (data, name = None))]
    fn bytes<'py>(
        &self,
        py: Python<'py>,
        data: &Bound<'py, PyAny>,
        name: Option<PathBuf>,
    ) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyAny>)> {
        let work = |bytes: &[u8]| {
            let result = py.detach(|| document::bytes(&self.inner, name.as_deref(), bytes));
            let (result, outcome) = result.map_err(|failure| raised(py, &failure))?;
            let result = PyBytes::new(py, &result);
            Ok((result, outcome::python(py, &outcome)?))
        };
        if let Ok(bytes) = data.cast::<PyBytes>() {
            return work(bytes.as_bytes());
        }
        // Others may write to these meanwhile: a copy is taken.
        if let Ok(bytes) = data.cast::<PyByteArray>() {
            return work(&bytes.to_vec());
        }
        let Ok(view) = PyMemoryView::from(data) else {
            let kind = data.get_type();
            let hint = match data.is_instance_of::<PyString>() {
                true => "; call the normalizer with a str",
                false => "",
            };
            return Err(PyTypeError::new_err(format!(
                "bytes-like data is needed, not {}{hint}",
                kind.name()?
            )));
        };
        let copy = view.call_method0("tobytes")?;
        work(copy.cast::<PyBytes>()?.as_bytes())
    }

    /// Normalizes a column.
    ///
    /// Takes anything that speaks the Arrow PyCapsule interface (an array, a chunked array or a series of pyarrow, Polars,
    /// pandas, nanoarrow; a DuckDB relation or a table with one column): string, large_string, string_view or a dictionary of
    /// them, and, as documents in any encoding, binary, large_binary, binary_view. Returns a column of the same type, with
    /// its nulls, as an object with the same interface: `pyarrow.chunked_array(...)`, `polars.Series(...)`.
    ///
    /// A document that cannot be normalized stays as it is; `outcomes` tells why. `threads` is how many threads work; 0 for
    /// one per processor. Raises TypeError for what is no column or one of another type, ValueError if its library fails to
    /// give it or a dictionary's values grow beyond 2 GiB, KeyboardInterrupt if the user interrupts it.
    #[pyo3(signature = (array, *, threads = 1))]
    fn array(
        &self,
        py: Python<'_>,
        array: &Bound<'_, PyAny>,
        threads: usize,
    ) -> PyResult<Py<Arrow>> {
        arrow::array(py, &self.inner, array, threads)
    }

    /// Normalizes a column, and tells what was done to each row.
    ///
    /// Takes what `array` takes. Returns a table with a row for each row, in order, as an object with the Arrow PyCapsule
    /// interface: `pyarrow.table(...)`, `polars.DataFrame(...)`. Its columns are always `text`, `error`, `language`,
    /// `script`, `changed`, a count for each repair rule, `open`, `lost`, `doubtful` and `version`. A document that cannot be
    /// normalized is a row with an `error` and its text as it was; nothing else is known of it. Raises what `array` raises.
    #[pyo3(signature = (array, *, threads = 1))]
    fn outcomes(
        &self,
        py: Python<'_>,
        array: &Bound<'_, PyAny>,
        threads: usize,
    ) -> PyResult<Py<Arrow>> {
        arrow::outcomes(py, &self.inner, array, threads)
    }

    /// Tells what changes in a text, why, and what is doubtful: an Explanation, with offsets in characters.
    ///
    /// Raises what a call raises.
    fn explain<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let text = unicode(text)?;
        let source = utf8(text)?;
        let normalizer = self.explaining(py)?;
        let mut result = String::with_capacity(source.len());
        let done = py.detach(|| {
            let outcome = document::text(normalizer, None, source, &mut result)?;
            let places = explain::places(source, &result, &outcome);
            Ok((outcome, places))
        });
        let (outcome, places) = done.map_err(|failure| raised(py, &failure))?;
        explain::python(py, (text, &result), &outcome, &places)
    }

    /// The keyword arguments that make a normalizer equal to this one, as a dict.
    #[getter]
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        options::written(py, &self.options)
    }

    fn __getnewargs_ex__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        Ok((PyTuple::empty(py), options::changed(py, &self.options)?))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let other = other.cast::<Normalizer>();
        other.is_ok_and(|other| other.get().options == self.options)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        format!("{:?}", self.options).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut arguments = Vec::new();
        for (name, value) in options::changed(py, &self.options)? {
            arguments.push(format!("{name}={}", value.repr()?));
        }
        Ok(format!("jianti.Normalizer({})", arguments.join(", ")))
    }
}

impl Normalizer {
    fn text<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        name: Option<PathBuf>,
    ) -> PyResult<(Bound<'py, PyString>, jianti::Outcome)> {
        let text = unicode(text)?;
        let source = utf8(text)?;
        let mut result = String::with_capacity(source.len() + source.len() / 16);
        let done = py.detach(|| document::text(&self.inner, name.as_deref(), source, &mut result));
        let outcome = done.map_err(|failure| raised(py, &failure))?;
        let result = match outcome.changed {
            true => PyString::new(py, &result),
            false => text.clone(),
        };
        Ok((result, outcome))
    }

    fn explaining(&self, py: Python<'_>) -> PyResult<&jianti::Normalizer> {
        if let Some(made) = self.explaining.get() {
            return Ok(made);
        }
        let options = self.options.clone().with(|options| options.explain = true);
        let made = jianti::Normalizer::new(options).map_err(|error| exception(py, &error))?;
        Ok(self.explaining.get_or_init(|| made))
    }
}

fn raised(py: Python<'_>, failure: &Failure) -> PyErr {
    match failure {
        Failure::Document(error) => exception(py, error),
        Failure::Internal(message) => InternalError::new_err(message.clone()),
    }
}

/// A str.
fn unicode<'a, 'py>(text: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyString>> {
    text.cast::<PyString>().map_err(|_| {
        let kind = text.get_type().name();
        let kind = kind.map_or_else(|_| "that".to_owned(), |name| name.to_string());
        let hint = match text.is_instance_of::<PyBytes>() {
            true => "; Normalizer.bytes takes bytes",
            false => "",
        };
        PyTypeError::new_err(format!("a str is needed, not {kind}{hint}"))
    })
}

/// Its text, which a str with lone surrogates has none of.
fn utf8<'a>(text: &'a Bound<'_, PyString>) -> PyResult<&'a str> {
    text.to_str().map_err(|error| {
        let py = text.py();
        let surrogate = || -> PyResult<(usize, u32)> {
            let start: usize = error.value(py).getattr("start")?.extract()?;
            let found = text.get_item(start)?;
            let code = py.import("builtins")?.getattr("ord")?.call1((found,))?;
            Ok((start, code.extract()?))
        };
        match surrogate() {
            Ok((start, code)) => {
                let made = SurrogateError::new_err(format!(
                    "the text has a lone surrogate, U+{code:04X}, at character {start}: that is no character; if the text \
                     was decoded with errors=\"surrogateescape\", give its bytes to Normalizer.bytes"
                ));
                match made.value(py).setattr("offset", start) {
                    Ok(()) => made,
                    Err(error) => error,
                }
            }
            Err(other) => other,
        }
    })
}
