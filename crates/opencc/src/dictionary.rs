//! Dictionaries in OpenCC's text format.

use std::fmt;

/// Pairs of a key and its conversion, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Dictionary {
    /// Key and value. Keys are not empty; a value may be.
    pub pairs: Vec<(String, String)>,
}

/// A line that is not a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub cause: DictionaryFault,
}

/// What is wrong with a line that is not a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictionaryFault {
    /// It has no tab.
    NoTab,
    /// Nothing stands before its tab.
    NoKey,
}

impl fmt::Display for DictionaryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DictionaryFault::NoTab => "there is no tab",
            DictionaryFault::NoKey => "the key is empty",
        })
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: {}; a line is a key, a tab, and a value",
            self.line, self.cause
        )
    }
}

impl std::error::Error for ParseError {}

impl Dictionary {
    /// Reads OpenCC's text format: a line holds a key, a tab, and values separated by spaces, of which the first is
    /// the conversion. Empty lines, lines that begin with `#`, and a BOM are passed over.
    ///
    /// # Errors
    /// The first line without a tab or without a key.
    pub fn parse(text: &str) -> Result<Dictionary, ParseError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut pairs = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = |cause| ParseError {
                line: index + 1,
                cause,
            };
            let (key, values) = line.split_once('\t').ok_or(error(DictionaryFault::NoTab))?;
            if key.is_empty() {
                return Err(error(DictionaryFault::NoKey));
            }
            let value = values.split(' ').next().unwrap_or_default();
            pairs.push((key.to_owned(), value.to_owned()));
        }
        Ok(Dictionary { pairs })
    }
}
