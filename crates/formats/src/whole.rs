//! Formats that are read whole: what stands at a document's end may say how its beginning is to be taken.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::ops::Range;

use crate::Error;
use crate::fault::DocumentFault;
use crate::piece::apply;
use crate::weight;
use crate::{Format, Rewriter, Settings, TextSink};

/// Replacements of ranges of a document.
pub(crate) type Edits = Vec<(Range<usize>, String)>;

/// Rewrites a document once all of it is there: `edit` finds its text, has it normalised, and appends what changes to the
/// edits, in any order.
pub(crate) struct Whole<F> {
    format: Format,
    edit: F,
    settings: Settings,
    document: String,
}

impl<F> Whole<F>
where
    F: Fn(&str, &Settings, &mut dyn TextSink, &mut Edits) -> Result<(), Error> + Send,
{
    /// A document at its beginning.
    pub fn new(format: Format, edit: F, settings: &Settings) -> Whole<F> {
        Whole {
            format,
            edit,
            settings: settings.clone(),
            document: String::new(),
        }
    }
}

impl<F> Rewriter for Whole<F>
where
    F: Fn(&str, &Settings, &mut dyn TextSink, &mut Edits) -> Result<(), Error> + Send,
{
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        if let Some(document) = gathered(&mut self.document, text, last) {
            weight::check(self.format, &document)?;
            let mut edits = Edits::new();
            (self.edit)(&document, &self.settings, passages, &mut edits)?;
            sort(&mut edits);
            apply(&document, &edits, out);
        }
        Ok(())
    }
}

/// The whole document once its last piece came, which is not copied where it is all of it; before, what came is kept.
pub(crate) fn gathered<'t>(kept: &mut String, piece: &'t str, last: bool) -> Option<Cow<'t, str>> {
    if last && kept.is_empty() {
        return Some(Cow::Borrowed(piece));
    }
    kept.push_str(piece);
    last.then(|| Cow::Owned(std::mem::take(kept)))
}

/// The document with its edits, which are put in order.
pub(crate) fn edited(document: &str, edits: &mut Edits) -> String {
    sort(edits);
    let mut out = String::with_capacity(document.len());
    apply(document, edits, &mut out);
    out
}

/// Puts edits in order. There may be millions, nearly always in order already.
pub(crate) fn sort(edits: &mut Edits) {
    let key = |(range, _): &(Range<usize>, String)| (range.start, range.end);
    if !edits.is_sorted_by_key(key) {
        edits.sort_by_key(key);
    }
}

/// What two readings of a document are compared by, where keeping it would take too much memory.
pub(crate) fn shape(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// The error for a document that cannot be read as this format from byte `offset` on.
pub(crate) fn not_this(format: Format, offset: usize) -> Error {
    Error::Document {
        format,
        offset: offset as u64,
        cause: DocumentFault::Misplaced,
    }
}
