//! One document: text or bytes in, the same with an outcome out.

use std::io::Cursor;
use std::path::Path;

use jianti::{Error, Normalizer, Outcome};

use crate::error::caught;

/// Why there is no result.
#[derive(Debug)]
pub enum Failure {
    /// The document's error.
    Document(Box<Error>),
    /// A mistake in the library.
    Internal(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Document(Box::new(error))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Document(error) => error.fmt(f),
            Failure::Internal(message) => message.fmt(f),
        }
    }
}

/// Appends what becomes of a text to `out`, which is as it was on an error.
///
/// # Errors
/// The document's.
pub fn text(
    normalizer: &Normalizer,
    name: Option<&Path>,
    text: &str,
    out: &mut String,
) -> Result<Outcome, Failure> {
    let from = out.len();
    let result = caught(|| normalizer.append_str(name, text, out));
    match result {
        Ok(result) => Ok(result?),
        Err(panic) => {
            out.truncate(from);
            Err(Failure::Internal(panic))
        }
    }
}

/// What becomes of a document's bytes. Files that hold documents are gone into.
///
/// # Errors
/// The document's.
pub fn bytes(
    normalizer: &Normalizer,
    name: Option<&Path>,
    bytes: &[u8],
) -> Result<(Vec<u8>, Outcome), Failure> {
    let name = name.unwrap_or(Path::new(""));
    let work = || match normalizer.is_container(bytes) {
        true => container(normalizer, name, bytes),
        false => normalizer.normalize_named(name, bytes),
    };
    match caught(work) {
        Ok(result) => Ok(result?),
        Err(panic) => Err(Failure::Internal(panic)),
    }
}

/// Large members are done on rayon's threads. Its global ones are not there in a process that was forked after they were
/// made, which would wait for them for ever; so there is one of our own.
fn container(
    normalizer: &Normalizer,
    name: &Path,
    bytes: &[u8],
) -> Result<(Vec<u8>, Outcome), Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let pool = pool.map_err(std::io::Error::other)?;
    pool.install(|| {
        let mut result = Vec::with_capacity(bytes.len());
        let outcome = normalizer.normalize_container(name, &mut Cursor::new(bytes), &mut result)?;
        Ok((result, outcome))
    })
}
