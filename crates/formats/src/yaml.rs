//! YAML: the strings that are values. What names something is told by keys around it, less often among messages: in files
//! in which nearly all is Chinese, and below the tag of a language, as programs in Ruby have their translations.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use jianti_text::chars::is_han;

use crate::Error;
use crate::characters::Characters;
use crate::declaration;
use crate::fragment::Fragments;
use crate::identifier::Naming;
use crate::json;
use crate::messages::{LEAST, Look, Values, is_kept, is_several};
use crate::named::{Named, is_label};
use crate::scalar::{Quoting, convert_string};
use crate::whole::{Edits, edited, not_this, shape};
use crate::{Format, Settings, TextSink};

/// Normalises a document's values; appends what changes to `edits`.
///
/// # Errors
/// [`Error::Document`] for what is no YAML, unless nothing in it could change.
pub(crate) fn edit(
    document: &str,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let passages = &mut Fragments::new(passages, settings.keep_code, json::rewrite_value);
    edit_values(document, true, passages, edits)
}

/// The same for the front matter of a page, which is no bundle of messages.
pub(crate) fn edit_front_matter(
    document: &str,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    edit_values(document, false, passages, edits)
}

fn edit_values(
    document: &str,
    may_be_messages: bool,
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
    let scalars = || before.iter().filter(|node| node.role == Role::Value);
    let mut keys = before.iter().filter(|node| node.role == Role::Key);
    let has_chinese_key = keys.any(|key| document[key.range.clone()].contains(is_han));
    let told = Values::of(has_chinese_key, scalars().map(|value| value.look), LEAST);
    let mut found = Edits::new();
    for value in scalars() {
        let raw = &document[value.range.clone()];
        let Some(content) = content(raw, value.style) else {
            continue;
        };
        let range = value.range.start + content.start..value.range.start + content.end;
        let among = match value.among {
            _ if !may_be_messages => Values::Data,
            Values::Likely => told,
            known => known,
        };
        if value.language
            && let Some(tag) = declaration::simplified(&document[range.clone()])
        {
            found.push((range, tag));
        } else if is_several(value.naming, among) {
            let mut passages = Characters(passages);
            convert_string(
                document,
                range,
                quoting(value.style),
                &mut passages,
                &mut found,
            )?;
        } else if !is_kept(&document[range.clone()], value.naming, value.look, among) {
            let mut named = Named(passages);
            let passages: &mut dyn TextSink = match value.person {
                true => &mut named,
                false => named.0,
            };
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
    look: Look,
    /// What the keys around it say of it.
    naming: Naming,
    /// Whether its key says that it is a language: its tag, or the label of it among messages.
    language: bool,
    /// Whether its key says that it is the name of a person.
    person: bool,
    among: Values,
}

/// A sequence or mapping that is open.
struct Open {
    mapping: bool,
    /// Whether a key comes next.
    key: bool,
    /// Whether it is part of a key.
    in_key: bool,
    /// What its members are, as far as the key above it tells.
    around: Naming,
    /// What the current key says of its value, and of the members of a mapping that it has.
    naming: Naming,
    members: Naming,
    language: bool,
    /// Whether the current key, or that of a list, says that its value is the name of a person.
    person: bool,
    /// Whether the current key is the tag under which a program has its messages.
    tag: bool,
    /// Whether the current key is `name`, and whether that was `keywords`, so that `content` has these.
    is_name: bool,
    is_of_keywords: bool,
    /// What its values are as far as what is around tells; likely messages where that depends on all values.
    among: Values,
}

impl Open {
    /// Takes a key.
    fn key(&mut self, key: &str, at_root: bool) {
        self.language = matches!(key, "lang" | "language" | "locale");
        self.naming = match (self.is_of_keywords, key) {
            (true, "content") => Naming::List,
            _ => self.around.below(key),
        };
        self.members = self.around.members(key);
        self.person = is_label(key);
        self.is_name = key == "name";
        self.tag = at_root && declaration::is_tag_of_chinese(key);
    }

    /// What the values are of a sequence or mapping in it.
    fn among(&self, mapping: bool) -> Values {
        match (self.among, mapping) {
            // A list of mappings has records, each with its names.
            (Values::Data, _) => Values::Data,
            (_, true) if !self.mapping => Values::Data,
            (_, true) if self.tag => Values::Messages,
            (among, _) => among,
        }
    }
}

/// Reads a document as far as `take` wants its nodes; whether it is YAML up to there.
fn read(document: &str, take: &mut dyn FnMut(Node) -> bool) -> Result<bool, usize> {
    let mut offsets = Offsets::new(document);
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(document) {
        let (event, span) = event.map_err(|error| offsets.byte(error.marker().index()))?;
        let start = offsets.byte(span.start.index());
        let top = open.last();
        let in_key = top.is_some_and(|top| top.in_key || top.mapping && top.key);
        let person = top.is_some_and(|top| top.person);
        let (naming, language, among) = match top {
            Some(top) => (top.naming, top.language, top.among),
            None => (Naming::Text, false, Values::Likely),
        };
        let mut node = Node {
            role: Role::Frame,
            style: ScalarStyle::Plain,
            shape: 0,
            range: start..offsets.byte(span.end.index()),
            look: Look::Mute,
            naming: naming.of_language(language),
            language,
            person,
            among,
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let at_root = open.len() == 1;
                if let Some(top) = open.last_mut()
                    && top.mapping
                    && top.key
                    && !top.in_key
                {
                    top.key(&text, at_root);
                } else if let Some(top) = open.last_mut() {
                    top.is_of_keywords |= top.is_name && text == "keywords";
                }
                node.role = if in_key { Role::Key } else { Role::Value };
                node.style = style;
                node.look = Look::of(&text);
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
                let around = match top {
                    _ if in_key => Naming::Text,
                    Some(top) if mapping => top.members,
                    _ => naming,
                };
                open.push(Open {
                    mapping,
                    key: mapping,
                    in_key,
                    around,
                    naming: around,
                    members: around.in_list(),
                    language: false,
                    person: person && !mapping,
                    tag: false,
                    is_name: false,
                    is_of_keywords: false,
                    among: open.last().map_or(among, |top| top.among(mapping)),
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
        // The next key may be no scalar, which tells nothing.
        if top.key {
            (top.naming, top.language, top.tag) = (top.around, false, false);
            top.members = top.around.in_list();
            (top.person, top.is_name) = (false, false);
        }
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
