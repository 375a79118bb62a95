//! Documents whose texts are each in an encoding of their own: mail, RTF. Nothing tells one encoding for all of it, so they
//! are edited in bytes.

use std::ops::Range;

use jianti_text::encoding::Encoding;

/// A document whose texts are each in an encoding of their own, with its text changed.
#[derive(Debug, Default)]
pub struct Coded {
    /// The document.
    pub bytes: Vec<u8>,
    /// The encodings that its texts were in, each once.
    pub encodings: Vec<Encoding>,
    /// What became of its parts.
    pub parts: Parts,
}

/// What became of a document's parts, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Text that changed.
    pub changed: u64,
    /// Text that did not.
    pub unchanged: u64,
    /// What holds no text, or is signed: kept as it is.
    pub kept: u64,
    /// Text in an encoding that is not known, or that is damaged: kept as it is.
    pub unread: u64,
}

/// Replacements of ranges of a document.
pub(crate) type ByteEdits = Vec<(Range<usize>, Vec<u8>)>;

/// A document on its way.
#[derive(Debug, Default)]
pub(crate) struct Editing {
    /// What is replaced, in any order.
    pub edits: ByteEdits,
    /// The encodings that texts were in.
    pub encodings: Vec<Encoding>,
    /// What became of the parts so far.
    pub parts: Parts,
}

impl Editing {
    /// Notes the encoding of a text.
    pub fn note(&mut self, encoding: Encoding) {
        if !self.encodings.contains(&encoding) {
            self.encodings.push(encoding);
        }
    }

    /// The document with its edits.
    pub fn finish(mut self, document: &[u8]) -> Coded {
        self.edits
            .sort_by_key(|(range, _)| (range.start, range.end));
        let mut bytes = Vec::with_capacity(document.len());
        let mut done = 0;
        for (range, new) in &self.edits {
            bytes.extend(&document[done..range.start]);
            bytes.extend(new);
            done = range.end;
        }
        bytes.extend(&document[done..]);
        Coded {
            bytes,
            encodings: self.encodings,
            parts: self.parts,
        }
    }
}
