//! Catalogues of gettext (.po): the translations. What they translate, and comments, stay.

use std::ops::Range;

use crate::Error;
use crate::declaration;
use crate::piece::{Placed, convert};
use crate::scalar;
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// What the strings that follow belong to.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Original,
    Translation,
    Other,
}

/// Normalises a catalogue's translations; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut field = Field::Other;
    // The strings of the current translation, and whether what it translates is empty: that is the catalogue's head.
    let mut strings: Vec<Range<usize>> = Vec::new();
    let mut is_head = false;
    let mut at = 0;
    for line in document.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let (keyword, string) = parts(line);
        if let Some(found) = keyword {
            translation(document, &strings, is_head, settings, passages, edits)?;
            strings.clear();
            field = match found {
                "msgid" => Field::Original,
                _ if found.starts_with("msgstr") => Field::Translation,
                _ => Field::Other,
            };
            is_head = match (found, &string) {
                ("msgid", Some(string)) => string.is_empty(),
                ("msgctxt", _) => false,
                _ => is_head,
            };
        }
        let Some(string) = string else {
            continue;
        };
        match field {
            Field::Original => is_head &= string.is_empty(),
            Field::Translation => strings.push(start + string.start..start + string.end),
            Field::Other => {}
        }
    }
    translation(document, &strings, is_head, settings, passages, edits)
}

/// A line's keyword, and where its string's content stands.
fn parts(line: &str) -> (Option<&str>, Option<Range<usize>>) {
    let text = line.trim_end();
    // An entry that is not used any more.
    let rest = text.strip_prefix("#~").unwrap_or(text);
    if rest.starts_with(['#', '|']) {
        return (None, None);
    }
    let rest = rest.trim_start();
    let length = rest.find(['"', ' ', '\t']).unwrap_or(rest.len());
    let keyword = rest[..length].starts_with("msg").then_some(&rest[..length]);
    let string = rest[length..].trim_start();
    let content = string
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let known = keyword.is_some() || length == 0;
    let range = content.filter(|_| known).map(|content| {
        let end = text.len() - 1;
        end - content.len()..end
    });
    (keyword, range)
}

fn translation(
    document: &str,
    strings: &[Range<usize>],
    is_head: bool,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    if is_head {
        for string in strings {
            head(document, string.clone(), settings, edits);
        }
        return Ok(());
    }
    let Some(first) = strings.first() else {
        return Ok(());
    };
    passages.at(first.start as u64);
    let texts: Vec<Placed> = strings
        .iter()
        .flat_map(|string| scalar::texts(document, string.clone()))
        .collect();
    convert(&texts, passages, edits);
    Ok(())
}

/// A field of the catalogue's head: its language and its encoding follow the output.
fn head(document: &str, range: Range<usize>, settings: &Settings, edits: &mut Edits) {
    let line = &document[range.clone()];
    let Some((name, value)) = line.split_once(':') else {
        return;
    };
    let value = value.strip_suffix("\\n").unwrap_or(value).trim();
    let start = range.start + line.find(value).unwrap_or(0);
    let found = match name.trim().to_ascii_lowercase().as_str() {
        "language" => declaration::simplified(value).map(|new| (0..value.len(), new)),
        "content-type" => declaration::charset_of_content(value).and_then(|range| {
            let old = &value[range.clone()];
            let is_name = old
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let label = declaration::label(old, settings.encoding).filter(|_| is_name)?;
            Some((range, label))
        }),
        _ => None,
    };
    if let Some((range, new)) = found {
        edits.push((start + range.start..start + range.end, new));
    }
}
