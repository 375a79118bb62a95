//! Where the text goes that formats find.

use std::borrow::Cow;

use crate::DocumentFault;

/// How much of a record's text tells its language and script, bytes.
pub(crate) const ENOUGH: usize = 1 << 16;

/// What becomes of the text that a format finds.
pub trait TextSink {
    /// Normalises a passage that stands for itself: a paragraph, a cell, an attribute. Borrowed if nothing changes.
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str>;

    /// The same for program code, whose marks stay.
    fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.passage(text)
    }

    /// The same for what stands in a field for the name of a person.
    fn name<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.code(text)
    }

    /// Repairs markup that is not parsed yet, as damage may have eaten the `<` of a tag, or text that tags stand in, which must
    /// stay where they stand in it. The text is given to [`TextSink::passage`] afterwards.
    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        Cow::Borrowed(markup)
    }

    /// A record begins that is a document of its own, and these are its texts, as many as tell its language and script.
    fn record(&mut self, _texts: &[&str]) {}

    /// The record has ended; it began on this line of the document, counted from 1, and its member or column that tells
    /// records apart says this.
    fn record_ends(&mut self, _line: u64, _id: Option<&str>) {}

    /// A record is not what its format says: why, and on which line and at which character of it that shows, counted
    /// from 1. It stays as it is.
    fn bad_record(&mut self, _line: u64, _column: u64, _cause: DocumentFault, _id: Option<&str>) {}

    /// What a link leads to now that led to this path, which is relative to the document and has its percent signs undone;
    /// `None` if that stays.
    fn link(&mut self, _path: &str) -> Option<String> {
        None
    }

    /// Where the next passage begins in the document, bytes, as nearly as that can be told.
    fn at(&mut self, _offset: u64) {}

    /// Whether a document that is only looked at need be looked at no further.
    fn has_enough(&self) -> bool {
        false
    }
}
