//! TOML: the strings that are values. What names something is told by keys around it, less often in files in which nearly
//! all is Chinese: those are bundles of messages.

use std::ops::Range;

use toml_edit::{Document, Item, Table, TomlError, Value};

use jianti_text::chars::is_han;

use crate::Error;
use crate::characters::Characters;
use crate::declaration;
use crate::fragment::Fragments;
use crate::identifier::Naming;
use crate::json;
use crate::messages::{LEAST, Look, Values, is_kept, is_several};
use crate::scalar::{Quoting, convert_string};
use crate::whole::{Edits, edited, not_this, shape};
use crate::{Format, Settings, TextSink};

/// Normalises a document's values; appends what changes to `edits`.
///
/// # Errors
/// [`Error::Document`] for what is no TOML, unless nothing in it could change.
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
    let before = match read(document) {
        Ok(before) => before,
        Err(_) if document.is_ascii() && !document.contains("\\u") => return Ok(()),
        Err(offset) => return Err(not_this(Format::Toml, offset)),
    };
    let told = match may_be_messages {
        true => {
            let has_chinese_key = before.iter().any(|string| string.has_chinese_key);
            Values::of(
                has_chinese_key,
                before.iter().map(|string| string.look),
                LEAST,
            )
        }
        false => Values::Data,
    };
    let mut found = Edits::new();
    for string in &before {
        let raw = &document[string.range.clone()];
        let Some((content, quoting)) = content(raw) else {
            continue;
        };
        let range = string.range.start + content.start..string.range.start + content.end;
        let among = if string.in_record { Values::Data } else { told };
        if string.language
            && let Some(tag) = declaration::simplified(&document[range.clone()])
        {
            found.push((range, tag));
        } else if is_several(string.naming, among) {
            convert_string(
                document,
                range,
                quoting,
                &mut Characters(passages),
                &mut found,
            )?;
        } else if !is_kept(&document[range.clone()], string.naming, string.look, among) {
            convert_string(document, range, quoting, passages, &mut found)?;
        }
    }
    // The result has to be read to the same keys.
    if !found.is_empty() {
        let after = read(&edited(document, &mut found));
        let same = |after: Vec<Text>| {
            let paths = after.iter().map(|text| text.path);
            paths.eq(before.iter().map(|text| text.path))
        };
        if after.is_ok_and(same) {
            edits.append(&mut found);
        }
    }
    Ok(())
}

/// A string that is a value.
struct Text {
    /// With its quotes; bytes of the document.
    range: Range<usize>,
    /// A hash of the keys that lead to it.
    path: u64,
    look: Look,
    /// What the keys around it say of it.
    naming: Naming,
    /// Whether its key says that it is a language: its tag, or the label of it among messages.
    language: bool,
    /// Whether a key around it is Chinese.
    has_chinese_key: bool,
    /// Whether it is in one of several tables of a list, which are records, each with its names.
    in_record: bool,
}

/// What is around a value.
#[derive(Clone, Copy)]
struct Around {
    /// What its key says of it, and of the members of a table that it is.
    naming: Naming,
    members: Naming,
    has_chinese_key: bool,
    in_record: bool,
}

impl Around {
    /// The same below a key.
    fn key(self, key: &str) -> Around {
        Around {
            naming: self.members.below(key),
            members: self.members.members(key),
            has_chinese_key: self.has_chinese_key || key.contains(is_han),
            ..self
        }
    }

    /// The same in an element of a list.
    fn record(self) -> Around {
        Around {
            members: self.naming.in_list(),
            in_record: true,
            ..self
        }
    }
}

/// The strings of a document; where it shows, bytes, if it is no TOML.
fn read(document: &str) -> Result<Vec<Text>, usize> {
    let place = |error: TomlError| error.span().map_or(0, |span| span.start);
    let document = Document::parse(document).map_err(place)?;
    let mut texts = Vec::new();
    let around = Around {
        naming: Naming::Text,
        members: Naming::Text,
        has_chinese_key: false,
        in_record: false,
    };
    table(document.as_table(), "", around, &mut texts);
    Ok(texts)
}

fn table(table: &Table, path: &str, around: Around, texts: &mut Vec<Text>) {
    for (key, item) in table.iter() {
        let (inner, around) = (format!("{path}/{key:?}"), around.key(key));
        match item {
            Item::Value(found) => value(found, &inner, key, around, texts),
            Item::Table(inner_table) => self::table(inner_table, &inner, around, texts),
            Item::ArrayOfTables(tables) => {
                for (index, one) in tables.iter().enumerate() {
                    self::table(one, &format!("{inner}/{index}"), around.record(), texts);
                }
            }
            Item::None => {}
        }
    }
}

fn value(found: &Value, path: &str, key: &str, around: Around, texts: &mut Vec<Text>) {
    match found {
        Value::String(text) => {
            if let Some(range) = text.span() {
                let language = matches!(key, "lang" | "language" | "locale" | "languageCode");
                texts.push(Text {
                    range,
                    path: shape(path),
                    look: Look::of(text.value()),
                    naming: around.naming.of_language(language),
                    language,
                    has_chinese_key: around.has_chinese_key,
                    in_record: around.in_record,
                });
            }
        }
        Value::Array(array) => {
            for (index, one) in array.iter().enumerate() {
                let around = match one {
                    Value::InlineTable(_) => around.record(),
                    _ => around,
                };
                value(one, &format!("{path}/{index}"), key, around, texts);
            }
        }
        Value::InlineTable(inline) => {
            for (key, one) in inline.iter() {
                value(one, &format!("{path}/{key:?}"), key, around.key(key), texts);
            }
        }
        _ => {}
    }
}

/// Where the content stands between a string's quotes, and how it is written.
fn content(raw: &str) -> Option<(Range<usize>, Quoting)> {
    for (quotes, quoting) in [
        ("\"\"\"", Quoting::Escaped),
        ("'''", Quoting::Verbatim),
        ("\"", Quoting::Escaped),
        ("'", Quoting::Verbatim),
    ] {
        let inner = raw
            .strip_prefix(quotes)
            .and_then(|rest| rest.strip_suffix(quotes));
        if let Some(inner) = inner {
            return Some((quotes.len()..quotes.len() + inner.len(), quoting));
        }
    }
    None
}
