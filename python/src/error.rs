//! What is raised.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::create_exception;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::cli::error::panic_message;

create_exception!(
    jianti,
    Error,
    PyValueError,
    "A document that cannot be normalized. It is a ValueError."
);
create_exception!(
    jianti,
    BinaryError,
    Error,
    "The document is binary, not text."
);
create_exception!(
    jianti,
    UnsupportedError,
    Error,
    "The document is of a kind that is known and not read, such as PDF; `kind` is its name."
);
create_exception!(
    jianti,
    UndetectedError,
    Error,
    "No encoding fits the bytes."
);
create_exception!(
    jianti,
    DecodeError,
    Error,
    "Bytes that do not belong to the encoding. `encoding` is its name, `offset` where they begin (bytes), `invalid` the \
     bytes, `count` how many such places the document has."
);
create_exception!(
    jianti,
    EncodeError,
    Error,
    "A character that the output's encoding lacks."
);
create_exception!(
    jianti,
    FormatError,
    Error,
    "The document is not what its format says, or an archive is damaged or would do harm where it is unpacked."
);
create_exception!(
    jianti,
    MemberError,
    Error,
    "A member of an archive cannot be normalized; `member` is its name."
);
create_exception!(
    jianti,
    SurrogateError,
    Error,
    "The text has a lone surrogate; `offset` is where, in characters."
);
create_exception!(
    jianti,
    InternalError,
    Error,
    "A mistake of jianti's own: please report it."
);

/// Does the work; a panic in it is a message.
///
/// # Errors
/// What it panicked with.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic_message(&*panic);
        format!("a mistake of jianti's own, please report it: {said}")
    })
}

/// A document's error as an exception, with its details as attributes.
pub fn exception(py: Python<'_>, error: &jianti::Error) -> PyErr {
    match attributes(py, error) {
        Ok(made) | Err(made) => made,
    }
}

fn attributes(py: Python<'_>, error: &jianti::Error) -> PyResult<PyErr> {
    let message = error.to_string();
    Ok(match error {
        jianti::Error::Binary => BinaryError::new_err(message),
        jianti::Error::Unsupported { kind } => {
            let made = UnsupportedError::new_err(message);
            made.value(py).setattr("kind", *kind)?;
            made
        }
        jianti::Error::Undetected(_) => UndetectedError::new_err(message),
        jianti::Error::Decode(cause) => {
            let made = DecodeError::new_err(message);
            let value = made.value(py);
            value.setattr("encoding", cause.encoding.name())?;
            value.setattr("offset", cause.offset)?;
            value.setattr("invalid", PyBytes::new(py, &cause.bytes))?;
            value.setattr("count", cause.count)?;
            made
        }
        jianti::Error::Encode(_) => EncodeError::new_err(message),
        jianti::Error::Format(_) => FormatError::new_err(message),
        jianti::Error::Member { name, .. } => {
            let made = MemberError::new_err(message);
            made.value(py).setattr("member", name)?;
            made
        }
        // Nothing but temporary files is read and written: other errors are the archive's.
        jianti::Error::Io(cause) => match cause.raw_os_error() {
            Some(_) => PyOSError::new_err(message),
            None => FormatError::new_err(message),
        },
        _ => Error::new_err(message),
    })
}
