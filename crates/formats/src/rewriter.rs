//! What a format does: it takes a document piece by piece, and writes it with its text changed.

use jianti_text::encoding::Encoding;
use jianti_text::lines;

use crate::error::Error;
use crate::sink::TextSink;

/// A document on its way through its format, piece by piece; the result does not depend on where the pieces are cut.
pub trait Rewriter: Send {
    /// Takes the document's next piece and appends what is ready to `out`; `last` ends the document.
    ///
    /// # Errors
    /// [`Error::Document`] where the document is not what its format says.
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error>;

    /// Whether nothing that came tells anything about what comes, as at the beginning of a line of JSON Lines.
    fn is_at_rest(&self) -> bool {
        false
    }

    /// Whether the document consists of records, each of which is a document of its own; known once its beginning came.
    fn has_records(&self) -> bool {
        false
    }

    /// How many lines ended, where records are told of by their lines.
    fn lines(&self) -> u64 {
        0
    }

    /// The document begins so many bytes and lines before the place that they were counted from so far.
    fn move_on(&mut self, _by: u64, _lines: u64) {}
}

/// What formats need to know besides the document.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The output's encoding: a document that declares its own says this one. `None` if it is not known.
    pub encoding: Option<Encoding>,
    /// Whether program code in pages is left as it is.
    pub keep_code: bool,
    /// Which strings of JSON and which columns of tables are text; all if there are none.
    pub fields: Vec<String>,
    /// The member of JSON records, or the column of tables, that tells records apart in reports.
    pub record_id: Option<String>,
    /// Whether a document with a bad line of JSON Lines is refused; otherwise that line stays and is told of.
    pub strict: bool,
}

impl Default for Settings {
    /// UTF-8, everything is text, and bad lines are told of.
    fn default() -> Settings {
        Settings {
            encoding: Some(Encoding::Utf8),
            keep_code: false,
            fields: Vec::new(),
            record_id: None,
            strict: false,
        }
    }
}

/// How much of a document that is in memory is gone through at a time, bytes.
const PIECE: usize = 1 << 20;

/// A document in pieces, and which of them ends it: what is found in a piece takes some times as much memory.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let (piece, behind) = text.split_at(lines::front(text, PIECE).len());
        rest = Some(behind).filter(|behind| !behind.is_empty());
        Some((piece, rest.is_none()))
    })
}
