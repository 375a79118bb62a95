//! What converts text: this crate's [`Converter`], or another that is measured against it.

use std::fmt::Debug;

use crate::converter::Converter;

/// Converts text to simplified script, in pieces.
pub trait Engine: Debug + Send + Sync {
    /// Converts the front of a text and appends the result to `out`; returns how many bytes of `text` it converted. With
    /// `last`, `text` ends the document and is converted whole; without, the rest may wait for what follows, and the next
    /// call must begin with it.
    ///
    /// # Errors
    /// The engine failed; nothing is appended.
    fn append(&self, text: &str, last: bool, out: &mut String) -> Result<usize, EngineError>;
}

/// An engine that is not ours failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineError {
    /// The engine's name.
    pub engine: &'static str,
    /// What it says.
    pub message: String,
}

impl std::fmt::Display for EngineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.engine, self.message)
    }
}

impl std::error::Error for EngineError {}

impl Engine for Converter {
    fn append(&self, text: &str, last: bool, out: &mut String) -> Result<usize, EngineError> {
        Ok(Converter::append(self, text, last, out))
    }
}
