//! The program `jianti`, run in Python's process.

use std::ffi::OsString;
use std::io::{self, Write as _};

use pyo3::prelude::*;

/// Runs the program `jianti` in this process, and returns its exit code.
///
/// `arguments` is its command line, the program's name first. It takes over SIGINT, SIGTERM and SIGHUP: it is made to be the
/// last that a process does.
#[pyfunction]
pub fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| {
        let code = crate::cli::main(arguments);
        // Rust's runtime does so where a program of its own ends. What cannot be written was told by the program.
        let _ = io::stdout().flush();
        code
    })
}
