//! YAML: the strings that are values. What is no YAML is left as it is.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::Error;
use crate::declaration;
use crate::identifier::{is_identifier, is_path};
use crate::scalar::{Quoting, convert_string};
use crate::whole::{Edits, edited};
use crate::{Settings, TextSink};

/// Normalises a document's values; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let Some(before) = read(document) else {
        return Ok(());
    };
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
        } else if !value.kept && !is_path(&value.text) {
            convert_string(document, range, quoting(value.style), passages, &mut found)?;
        }
    }
    // The result has to be read to the same keys.
    let same = |after: &[Node]| {
        after.len() == before.len() && after.iter().zip(&before).all(|(a, b)| a.is_like(b))
    };
    if !found.is_empty() && read(&edited(document, &found)).is_some_and(|after| same(&after)) {
        edits.append(&mut found);
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

/// A scalar, or the beginning or end of what holds some.
struct Node {
    role: Role,
    style: ScalarStyle,
    text: String,
    /// What else the parser tells of it.
    frame: String,
    /// Bytes of the document.
    range: Range<usize>,
    /// Whether a key around it says that it is no text.
    kept: bool,
    /// Whether it is the tag of a language.
    language: bool,
}

impl Node {
    /// Whether the other is the same but for its text, if that is a value.
    fn is_like(&self, other: &Node) -> bool {
        let same = self.role == Role::Value || self.text == other.text;
        (self.role, self.style, &self.frame) == (other.role, other.style, &other.frame) && same
    }
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

/// Reads a document; `None` if it is no YAML.
fn read(document: &str) -> Option<Vec<Node>> {
    let bytes = byte_offsets(document);
    let mut nodes = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(document) {
        let (event, span) = event.ok()?;
        let range = *bytes.get(span.start.index())?..*bytes.get(span.end.index())?;
        let (in_key, kept, language) = match open.last() {
            Some(top) => (top.in_key || top.mapping && top.key, top.kept, top.language),
            None => (false, false, false),
        };
        let mut node = Node {
            role: Role::Frame,
            style: ScalarStyle::Plain,
            text: String::new(),
            frame: String::new(),
            range,
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
                node.text = text.into_owned();
                node.frame = format!("{anchor} {tag:?}");
                complete(&mut open);
            }
            Event::Alias(_) => {
                node.frame = format!("{event:?}");
                complete(&mut open);
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let mapping = matches!(event, Event::MappingStart(..));
                node.frame = format!("{event:?}");
                open.push(Open {
                    mapping,
                    key: mapping,
                    in_key,
                    kept: kept && !in_key,
                    language: false,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                node.frame = format!("{event:?}");
                open.pop();
                complete(&mut open);
            }
            _ => node.frame = format!("{event:?}"),
        }
        nodes.push(node);
    }
    Some(nodes)
}

/// After a key a value comes, and after a value a key.
fn complete(open: &mut [Open]) {
    if let Some(top) = open.last_mut() {
        top.key = top.mapping && !top.key;
    }
}

/// The byte offset of each character, and of the end.
fn byte_offsets(document: &str) -> Vec<usize> {
    let offsets = document.char_indices().map(|(at, _)| at);
    offsets.chain([document.len()]).collect()
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
