//! Formats that are read whole: what stands at a document's end may say how its beginning is to be taken.

use std::ops::Range;

use crate::Error;
use crate::piece::apply;
use crate::{Rewriter, Settings, TextSink};

/// Replacements of ranges of a document.
pub(crate) type Edits = Vec<(Range<usize>, String)>;

/// Finds a document's text, has it normalised, and appends what changes to the edits, in any order.
pub(crate) type Edit = fn(&str, &Settings, &mut dyn TextSink, &mut Edits) -> Result<(), Error>;

/// Rewrites a document once all of it is there.
pub(crate) struct Whole {
    edit: Edit,
    settings: Settings,
    document: String,
}

impl Whole {
    /// A document at its beginning.
    pub fn new(edit: Edit, settings: &Settings) -> Whole {
        Whole {
            edit,
            settings: settings.clone(),
            document: String::new(),
        }
    }
}

impl Rewriter for Whole {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        self.document.push_str(text);
        if last {
            let document = std::mem::take(&mut self.document);
            let mut edits = Edits::new();
            (self.edit)(&document, &self.settings, passages, &mut edits)?;
            edits.sort_by_key(|(range, _)| (range.start, range.end));
            apply(&document, &edits, out);
        }
        Ok(())
    }
}

/// The document with its edits, in any order.
pub(crate) fn edited(document: &str, edits: &Edits) -> String {
    let mut sorted = edits.clone();
    sorted.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(document.len());
    apply(document, &sorted, &mut out);
    out
}
