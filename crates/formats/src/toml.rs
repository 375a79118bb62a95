//! TOML: the strings that are values.

use std::ops::Range;

use toml_edit::{Document, Item, Table, TomlError, Value};

use crate::Error;
use crate::declaration;
use crate::identifier::{is_identifier, is_path};
use crate::scalar::{Quoting, convert_string};
use crate::whole::{Edits, edited, not_this, shape};
use crate::{Format, Settings, TextSink};

/// Normalises a document's values; appends what changes to `edits`.
///
/// # Errors
/// [`Error::Document`] for what is no TOML, unless nothing in it could change.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let before = match read(document) {
        Ok(before) => before,
        Err(_) if document.is_ascii() && !document.contains("\\u") => return Ok(()),
        Err(offset) => return Err(not_this(Format::Toml, offset)),
    };
    let mut found = Edits::new();
    for string in before.iter().filter(|string| !string.kept) {
        let raw = &document[string.range.clone()];
        let Some((content, quoting)) = content(raw) else {
            continue;
        };
        let range = string.range.start + content.start..string.range.start + content.end;
        if string.language {
            if let Some(tag) = declaration::simplified(&document[range.clone()]) {
                found.push((range, tag));
            }
        } else if !string.is_path {
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
    /// Whether it is a path in a file system.
    is_path: bool,
    /// Whether a key around it says that it is no text.
    kept: bool,
    /// Whether it is the tag of a language.
    language: bool,
}

/// The strings of a document; where it shows, bytes, if it is no TOML.
fn read(document: &str) -> Result<Vec<Text>, usize> {
    let place = |error: TomlError| error.span().map_or(0, |span| span.start);
    let document = Document::parse(document).map_err(place)?;
    let mut texts = Vec::new();
    table(document.as_table(), "", false, &mut texts);
    Ok(texts)
}

fn table(table: &Table, path: &str, kept: bool, texts: &mut Vec<Text>) {
    for (key, item) in table.iter() {
        let (inner, kept) = (format!("{path}/{key:?}"), kept || is_identifier(key));
        match item {
            Item::Value(found) => value(found, &inner, key, kept, texts),
            Item::Table(inner_table) => self::table(inner_table, &inner, kept, texts),
            Item::ArrayOfTables(tables) => {
                for (index, one) in tables.iter().enumerate() {
                    self::table(one, &format!("{inner}/{index}"), kept, texts);
                }
            }
            Item::None => {}
        }
    }
}

fn value(found: &Value, path: &str, key: &str, kept: bool, texts: &mut Vec<Text>) {
    match found {
        Value::String(text) => {
            if let Some(range) = text.span() {
                let language = matches!(key, "lang" | "language" | "locale" | "languageCode");
                texts.push(Text {
                    range,
                    path: shape(path),
                    is_path: is_path(text.value()),
                    kept: kept && !language,
                    language,
                });
            }
        }
        Value::Array(array) => {
            for (index, one) in array.iter().enumerate() {
                value(one, &format!("{path}/{index}"), key, kept, texts);
            }
        }
        Value::InlineTable(inline) => {
            for (key, one) in inline.iter() {
                let kept = kept || is_identifier(key);
                value(one, &format!("{path}/{key:?}"), key, kept, texts);
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
