//! The face of the engine.

use std::borrow::Cow;

use crate::scan;
use crate::tables::Tables;

/// Converts text to simplified script. `Send + Sync`; one converter serves all threads.
#[derive(Debug)]
pub struct Converter {
    tables: Cow<'static, Tables>,
}

impl Converter {
    /// A converter that works by these tables.
    pub fn new(tables: impl Into<Cow<'static, Tables>>) -> Converter {
        Converter {
            tables: tables.into(),
        }
    }

    /// Converts a whole text; borrowed if nothing changes.
    pub fn convert<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match scan::convert_whole(&self.tables, text) {
            Some(out) => Cow::Owned(out),
            None => Cow::Borrowed(text),
        }
    }

    /// Converts the front of a text and appends the result to `out`; returns how many bytes of `text` it converted.
    ///
    /// With `last`, `text` ends the document and is converted whole. Without, characters near its end may wait for what
    /// follows: the next call must begin with them.
    pub fn append(&self, text: &str, last: bool, out: &mut String) -> usize {
        scan::convert(&self.tables, text, last, out)
    }
}

impl From<Tables> for Cow<'static, Tables> {
    fn from(tables: Tables) -> Self {
        Cow::Owned(tables)
    }
}

impl From<&'static Tables> for Cow<'static, Tables> {
    fn from(tables: &'static Tables) -> Self {
        Cow::Borrowed(tables)
    }
}
