//! What formats of marked-up prose share: text in which something is kept, of which only characters are converted.

use std::borrow::Cow;
use std::ops::Range;

use crate::Error;
use crate::TextSink;
use crate::ahead::Ahead;
use crate::characters::Characters;
use crate::escape::Place;
use crate::piece::{Form, Piece, Placed, convert, placed};
use crate::placeholder;
use crate::whole::Edits;

/// Something in a line of text that is not all text: its length, bytes, and the ranges of it that are.
pub(crate) type Inline = (usize, Vec<Range<usize>>);

/// Marks that end an address in Chinese text.
const ENDS_ADDRESS: &str = "，。：；！？、「」『』（）《》〈〉【】“”‘’…<>\"{}|\\^`[]";

/// Collects text and has it normalised.
pub(crate) struct Prose<'d, 'p> {
    document: &'d str,
    passages: &'p mut dyn TextSink,
    edits: &'p mut Edits,
    texts: Vec<Placed<'d>>,
}

impl<'d, 'p> Prose<'d, 'p> {
    pub fn new(
        document: &'d str,
        passages: &'p mut dyn TextSink,
        edits: &'p mut Edits,
    ) -> Prose<'d, 'p> {
        Prose {
            document,
            passages,
            edits,
            texts: Vec::new(),
        }
    }

    /// Takes text that goes on, but for addresses and placeholders in it.
    pub fn text(&mut self, range: Range<usize>) {
        let raw = &self.document[range.clone()];
        let mut pieces = Vec::new();
        let mut from = 0;
        while let Some(address) = address(&raw[from..]) {
            let (start, end) = (from + address.start, from + address.end);
            pieces.push(piece(&raw[from..start], Form::Literal));
            pieces.push(piece(&raw[start..end], Form::Unknown));
            from = end;
        }
        pieces.push(piece(&raw[from..], Form::Literal));
        pieces.retain(|piece| !piece.raw.is_empty());
        let pieces = placeholder::kept(pieces);
        self.texts
            .extend(placed(range.start, Place::Verbatim, pieces));
    }

    /// Takes what is no text; no phrase goes over it.
    pub fn keep(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let piece = piece(&self.document[range.clone()], Form::Unknown);
            self.texts.push((range, piece, Place::Verbatim));
        }
    }

    /// Takes text with other things in it. `find` tells what begins at one of the `marks`, given what is before it in the
    /// range, from it on, and what was looked for there.
    pub fn inline(
        &mut self,
        range: Range<usize>,
        marks: &[char],
        find: &dyn Fn(&str, &str, &Ahead) -> Option<Inline>,
    ) {
        let ahead = Ahead::default();
        let raw = &self.document[range.clone()];
        let (mut at, mut from) = (0, 0);
        while let Some(found) = raw[at..].find(marks) {
            at += found;
            let Some((length, texts)) = find(&raw[..at], &raw[at..], &ahead) else {
                at += raw[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            let start = range.start;
            self.text(start + from..start + at);
            let mut kept = 0;
            for text in texts {
                self.keep(start + at + kept..start + at + text.start);
                self.text(start + at + text.start..start + at + text.end);
                kept = text.end;
            }
            self.keep(start + at + kept..start + at + length);
            at += length;
            from = at;
        }
        self.text(range.start + from..range.end);
    }

    /// Has the text normalised that went on until here.
    pub fn end(&mut self) -> Result<(), Error> {
        let texts = std::mem::take(&mut self.texts);
        if let Some((range, ..)) = texts.first() {
            self.passages.at(range.start as u64);
        }
        convert(&texts, &mut Characters(self.passages), self.edits);
        Ok(())
    }

    /// The same for text whose width counts: it stays if that would change.
    pub fn end_of_width(&mut self) -> Result<(), Error> {
        let before = self.edits.len();
        self.end()?;
        let same = |(range, new): &(Range<usize>, String)| {
            let old = &self.document[range.clone()];
            old.chars().map(is_wide).eq(new.chars().map(is_wide))
        };
        if !self.edits[before..].iter().all(same) {
            self.edits.truncate(before);
        }
        Ok(())
    }
}

fn piece(raw: &str, form: Form) -> Piece<'_> {
    let text = match form {
        Form::Literal => Cow::Borrowed(raw),
        _ => Cow::Borrowed(""),
    };
    Piece { raw, text, form }
}

/// Whether a character takes two columns; near enough where characters of one kind become others of it.
pub(crate) fn is_wide(c: char) -> bool {
    c >= '\u{1100}'
}

/// The first address in a text.
fn address(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let mark = from + text[from..].find("://")?;
        let scheme = text[..mark]
            .bytes()
            .rev()
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        if scheme == 0 {
            from = mark + 3;
            continue;
        }
        let ends = |c: char| c.is_whitespace() || ENDS_ADDRESS.contains(c);
        let length = text[mark + 3..].find(ends).unwrap_or(text.len() - mark - 3);
        return Some(mark - scheme..mark + 3 + length);
    }
}

/// The lines of a document, with their ends.
pub(crate) fn lines(document: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let ranges = document.split_inclusive('\n').map(|line| {
        at += line.len();
        at - line.len()..at
    });
    ranges.collect()
}

/// How far a line is indented, bytes.
pub(crate) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
