//! YAML: the strings that are values.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::Error;
use crate::declaration;
use crate::identifier::{is_identifier, is_path};
use crate::scalar::{Quoting, convert_string};
use crate::whole::{Edits, edited, not_this, shape};
use crate::{Format, Settings, TextSink};

/// Normalises a document's values; appends what changes to `edits`.
///
/// # Errors
/// [`Error::Document`] for what is no YAML, unless nothing in it could change.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut before = Vec::new();
    let mut keep = |node| {
        before.push(node);
        true
    };
    match read(document, &mut keep) {
        Ok(_) => {}
        // As templates of programs are, which make YAML.
        Err(_) if document.is_ascii() && !document.contains("\\u") => return Ok(()),
        Err(offset) => return Err(not_this(Format::Yaml, offset)),
    }
    let mut found = Edits::new();
    for value in before.iter().filter(|node| node.role == Role::Value) {
        let raw = &document[value.range.clone()];
        let Some(content) = content(raw, value.style) else {
            continue;
        };
        let range = value.range.start + content.start..value.range.start + content.end;
        if value.language {
            if let Some(tag) = declaration::simplified(&document[range.clone()]) {
                found.push((range, tag));
            }
        } else if !value.kept && !value.is_path {
            convert_string(document, range, quoting(value.style), passages, &mut found)?;
        }
    }
    // The result has to be read to the same keys.
    if !found.is_empty() {
        let mut expected = before.iter();
        let after = edited(document, &mut found);
        let mut same = |node: Node| expected.next().is_some_and(|old| old.shape == node.shape);
        if read(&after, &mut same) == Ok(true) && expected.next().is_none() {
            edits.append(&mut found);
        }
    }
    Ok(())
}

/// What a scalar is to what it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Key,
    Value,
    /// No scalar, but where something begins or ends.
    Frame,
}

/// A scalar, or the beginning or end of what holds some. A document may have millions.
struct Node {
    role: Role,
    style: ScalarStyle,
    /// A hash of all that the parser tells of it, but for a value's text.
    shape: u64,
    /// Bytes of the document.
    range: Range<usize>,
    /// Whether it is a path.
    is_path: bool,
    /// Whether a key around it says that it is no text.
    kept: bool,
    /// Whether it is the tag of a language.
    language: bool,
}

/// A sequence or mapping that is open.
struct Open {
    mapping: bool,
    /// Whether a key comes next.
    key: bool,
    /// Whether it is part of a key.
    in_key: bool,
    /// What the current key says of its value.
    kept: bool,
    language: bool,
}

/// Reads a document as far as `take` wants its nodes; whether it is YAML up to there.
fn read(document: &str, take: &mut dyn FnMut(Node) -> bool) -> Result<bool, usize> {
    let mut offsets = Offsets::new(document);
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(document) {
        let (event, span) = event.map_err(|error| offsets.byte(error.marker().index()))?;
        let start = offsets.byte(span.start.index());
        let (in_key, kept, language) = match open.last() {
            Some(top) => (top.in_key || top.mapping && top.key, top.kept, top.language),
            None => (false, false, false),
        };
        let mut node = Node {
            role: Role::Frame,
            style: ScalarStyle::Plain,
            shape: 0,
            range: start..offsets.byte(span.end.index()),
            is_path: false,
            kept,
            language,
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_key = open
                    .last()
                    .is_some_and(|top| top.mapping && top.key && !top.in_key);
                if let Some(top) = open.last_mut().filter(|_| is_key) {
                    top.language = matches!(&*text, "lang" | "language" | "locale");
                    let outer = open
                        .iter()
                        .rev()
                        .skip(1)
                        .any(|outer| outer.mapping && outer.kept);
                    let top = open.last_mut().expect("some");
                    top.kept = outer || is_identifier(&text);
                }
                node.role = if in_key { Role::Key } else { Role::Value };
                node.style = style;
                node.is_path = is_path(&text);
                let key = if in_key { &*text } else { "" };
                node.shape = shape((format!("{:?} {style:?} {anchor} {tag:?}", node.role), key));
                complete(&mut open);
            }
            Event::Alias(_) => {
                node.shape = shape(format!("{event:?}"));
                complete(&mut open);
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let mapping = matches!(event, Event::MappingStart(..));
                node.shape = shape(format!("{event:?}"));
                open.push(Open {
                    mapping,
                    key: mapping,
                    in_key,
                    kept: kept && !in_key,
                    language: false,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                node.shape = shape(format!("{event:?}"));
                open.pop();
                complete(&mut open);
            }
            _ => node.shape = shape(format!("{event:?}")),
        }
        if !take(node) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// After a key a value comes, and after a value a key.
fn complete(open: &mut [Open]) {
    if let Some(top) = open.last_mut() {
        top.key = top.mapping && !top.key;
    }
}

/// Where characters lie, bytes. Each is looked for from the one before, which is near.
struct Offsets<'d> {
    document: &'d str,
    character: usize,
    byte: usize,
}

impl<'d> Offsets<'d> {
    fn new(document: &'d str) -> Self {
        Offsets {
            document,
            character: 0,
            byte: 0,
        }
    }

    /// Where the character of this number begins; behind the last one the document ends.
    fn byte(&mut self, character: usize) -> usize {
        let (before, behind) = self.document.split_at(self.byte);
        self.byte = if character >= self.character {
            let found = behind.char_indices().nth(character - self.character);
            match found {
                Some((at, _)) => self.byte + at,
                // Behind the end there is none.
                None => return self.document.len(),
            }
        } else {
            let mut back = before.char_indices().rev();
            let found = back.nth(self.character - character - 1);
            found.map_or(0, |(at, _)| at)
        };
        self.character = character;
        self.byte
    }
}

fn quoting(style: ScalarStyle) -> Quoting {
    match style {
        ScalarStyle::Plain => Quoting::Plain,
        ScalarStyle::SingleQuoted => Quoting::DoubledQuote,
        ScalarStyle::DoubleQuoted => Quoting::Escaped,
        ScalarStyle::Literal | ScalarStyle::Folded => Quoting::Block,
    }
}

/// Where the content stands in a scalar that may begin with an anchor and a tag; `None` where that is not plain.
fn content(raw: &str, style: ScalarStyle) -> Option<Range<usize>> {
    let mut start = 0;
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
        return (!raw.starts_with(['&', '!'])).then_some(0..raw.trim_end().len());
    }
    while raw[start..].starts_with(['&', '!']) {
        start += raw[start..].find(char::is_whitespace)?;
        start = raw.len() - raw[start..].trim_start().len();
    }
    let quote = match style {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        _ => return (!raw[start..].starts_with('#')).then_some(start..raw.trim_end().len()),
    };
    let inner = raw[start..]
        .trim_end()
        .strip_prefix(quote)?
        .strip_suffix(quote)?;
    Some(start + 1..start + 1 + inner.len())
}
