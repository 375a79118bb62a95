//! Keys and values, a pair a line: Java's properties and INI files. Values are text, but only their characters change: what
//! their marks mean is for the program to say.

use std::ops::Range;

use crate::Error;
use crate::characters::Characters;
use crate::identifier::{is_identifier, is_path};
use crate::piece::{Placed, convert};
use crate::scalar;
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// Normalises the values of Java's properties; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut lines = lines(document);
    while let Some(line) = lines.next() {
        let text = &document[line.clone()];
        let begun = text.trim_start_matches(BLANK);
        if begun.is_empty() || begun.starts_with(['#', '!']) {
            continue;
        }
        let start = line.end - begun.len();
        let length = key_length(begun);
        let value = value_start(&begun[length..]);
        let first = start + length + value..line.end;
        let mut strings = vec![first];
        // A backslash at a line's end: it goes on in the next.
        while continues(&document[strings[strings.len() - 1].clone()])
            && let Some(next) = lines.next()
        {
            strings.last_mut().expect("some").end -= 1;
            let begun = document[next.clone()].trim_start_matches(BLANK);
            strings.push(next.end - begun.len()..next.end);
        }
        value_of(document, &begun[..length], &strings, passages, edits)?;
    }
    Ok(())
}

/// Normalises the values of an INI file; appends what changes to `edits`.
pub(crate) fn edit_ini(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut key = String::new();
    for line in lines(document) {
        let text = &document[line.clone()];
        let begun = text.trim_start_matches(BLANK);
        if begun.is_empty() || begun.starts_with(['#', ';', '[']) {
            continue;
        }
        let indented = begun.len() < text.len();
        let pair = begun.find(['=', ':']).filter(|at| is_key(&begun[..*at]));
        let start = match pair {
            Some(at) => {
                key = begun[..at].trim_end().to_owned();
                line.end - begun.len() + at + 1
            }
            // An indented line goes on with the value before it.
            None if indented && !key.is_empty() => line.end - begun.len(),
            None => continue,
        };
        let value = &document[start..line.end];
        let end = [" ;", " #", "\t;", "\t#"]
            .iter()
            .filter_map(|comment| value.find(comment))
            .min();
        let string = start..end.map_or(line.end, |end| start + end);
        if !is_identifier(&key) && !is_path(&document[string.clone()]) {
            let mut characters = Characters(passages);
            let quoting = scalar::Quoting::Plain;
            scalar::convert_string(document, string, quoting, &mut characters, edits)?;
        }
    }
    Ok(())
}

const BLANK: [char; 3] = [' ', '\t', '\u{C}'];

/// The lines of a document, without their ends: `\n`, `\r\n`, or `\r` alone.
pub(crate) fn lines(document: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = document.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = &bytes[start..];
        if rest.is_empty() {
            return None;
        }
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let end = match &rest[length..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        at += length + end;
        Some(start..start + length)
    })
}

/// Whether this may be a key of an INI file, and no sentence or code.
fn is_key(text: &str) -> bool {
    !text.trim().is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " \t_-./\\@*[]%".contains(c))
}

fn key_length(line: &str) -> usize {
    let mut escaped = false;
    let ends = |c: char| matches!(c, '=' | ':') || BLANK.contains(&c);
    let found = line.char_indices().find(|(_, c)| {
        let end = !escaped && ends(*c);
        escaped = !escaped && *c == '\\';
        end
    });
    found.map_or(line.len(), |(at, _)| at)
}

/// Where the value begins behind a key, bytes.
fn value_start(rest: &str) -> usize {
    let value = rest.trim_start_matches(BLANK);
    let value = value.strip_prefix(['=', ':']).unwrap_or(value);
    rest.len() - value.trim_start_matches(BLANK).len()
}

fn continues(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn value_of(
    document: &str,
    key: &str,
    strings: &[Range<usize>],
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let whole: String = strings
        .iter()
        .map(|range| &document[range.clone()])
        .collect();
    if is_identifier(key) || is_path(&whole) {
        return Ok(());
    }
    passages.at(strings[0].start as u64);
    let texts: Vec<Placed> = strings
        .iter()
        .flat_map(|string| scalar::texts(document, string.clone()))
        .collect();
    convert(&texts, &mut Characters(passages), edits);
    Ok(())
}
