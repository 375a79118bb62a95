//! The front matter of Markdown files, YAML or TOML: values that are text; keys, addresses and marks stay.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::MetadataBlockKind;

use crate::Error;
use crate::Passages;
use crate::declaration;
use crate::piece::{Form, Piece, Place, convert_alone};

/// Keys whose values are no text.
const NO_TEXT: [&str; 20] = [
    "slug",
    "permalink",
    "url",
    "urls",
    "id",
    "uuid",
    "layout",
    "template",
    "type",
    "image",
    "images",
    "cover",
    "path",
    "file",
    "aliases",
    "alias",
    "redirect_from",
    "date",
    "key",
    "thumbnail",
];

/// What separates values in YAML and TOML; what is between stands for itself.
const MARKS: [char; 13] = [
    '[', ']', '{', '}', ',', '"', '\'', ':', '#', '=', '&', '*', '|',
];

/// Normalises the values of the front matter in `range` of a document; appends what changes to `edits`.
pub(crate) fn convert(
    kind: MetadataBlockKind,
    document: &str,
    range: Range<usize>,
    passages: &mut dyn Passages,
    edits: &mut Vec<(Range<usize>, String)>,
) -> Result<(), Error> {
    let separator = match kind {
        MetadataBlockKind::YamlStyle => ':',
        MetadataBlockKind::PlusesStyle => '=',
    };
    let mut at = range.start;
    let mut kept = false;
    for line in document[range].split_inclusive('\n') {
        let value = value(line, separator);
        if let Some(key) = value.key {
            kept = NO_TEXT.contains(&key.to_ascii_lowercase().as_str());
            if matches!(key, "lang" | "language" | "locale") {
                kept = true;
                let tag = line[value.start..].trim().trim_matches(['"', '\'']);
                if let (Some(new), Some(found)) = (declaration::simplified(tag), line.rfind(tag)) {
                    edits.push((at + found..at + found + tag.len(), new));
                }
            }
        }
        let mut start = value.start;
        let mut braces = 0;
        for part in line[value.start..].split_inclusive(MARKS) {
            let text = part.trim_end_matches(MARKS);
            let key = braces > 0 && part.ends_with(':');
            braces += i32::from(part.ends_with('{')) - i32::from(part.ends_with('}'));
            if !kept && !key && !text.trim().is_empty() {
                passages.at((at + start) as u64);
                let piece = Piece {
                    raw: text,
                    text: Cow::Borrowed(text),
                    form: Form::Literal,
                };
                let new = convert_alone([piece], Place::Verbatim, passages);
                if let Some(new) = new.filter(|new| !new.contains(['"', '\\'])) {
                    edits.push((at + start..at + start + text.len(), new));
                }
            }
            start += part.len();
        }
        at += line.len();
    }
    Ok(())
}

/// Where a line's value begins, and its key if it has one.
struct Value<'t> {
    key: Option<&'t str>,
    start: usize,
}

fn value(line: &str, separator: char) -> Value<'_> {
    let none = Value {
        key: None,
        start: 0,
    };
    let mut indent = line.len() - line.trim_start().len();
    while line[indent..].starts_with("- ") {
        indent += 2;
    }
    let Some((key, rest)) = line[indent..].split_once(separator) else {
        return none;
    };
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace) || separator == '=';
    if !ends
        || key.trim().is_empty()
        || key
            .trim_matches(['"', '\'', ' '])
            .contains(['"', '[', '{', '#', '，', '。'])
    {
        return none;
    }
    Value {
        key: Some(key.trim().trim_matches(['"', '\''])),
        start: indent + key.len() + 1,
    }
}
