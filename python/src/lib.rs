//! The Python module `jianti._jianti`: the library over strings, bytes and Arrow columns, and the program.
//!
//! In `package/jianti`, `__init__.py` shows it to users, `_jianti.pyi` types it, `_types.py` has the types of results.

mod arrow;
mod document;
mod error;
mod explain;
mod normalizer;
mod options;
mod outcome;
mod program;

// The program's own module, which names itself so; it is compiled here only.
#[path = "../../src/cli/mod.rs"]
#[allow(missing_debug_implementations)]
mod cli;

#[pyo3::pymodule]
mod _jianti {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::arrow::{Arrow, ArrowArray};
    #[pymodule_export]
    use crate::error::{
        BinaryError, DecodeError, EncodeError, Error, FormatError, InternalError, MemberError,
        SurrogateError, UndetectedError, UnsupportedError,
    };
    #[pymodule_export]
    use crate::normalizer::Normalizer;
    #[pymodule_export]
    use crate::program::main;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
