//! Headers of mail, of HTTP and of records of web archives: fields with a name and a value, one a line.

use std::ops::Range;

/// A field of a header.
#[derive(Debug)]
pub(crate) struct Field {
    name: Range<usize>,
    /// What is behind the colon, without the last line's end.
    pub value: Range<usize>,
}

impl Field {
    /// Its name in lower case.
    pub fn name(&self, document: &[u8]) -> String {
        String::from_utf8_lossy(&document[self.name.clone()]).to_ascii_lowercase()
    }
}

/// The lines of a range, each with its end.
pub(crate) fn lines(document: &[u8], range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let rest = &document[start..range.end];
        let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let line = start..start + length;
        start = line.end;
        (length > 0).then_some(line)
    })
}

/// Reads a header; returns its fields, and what is behind it. It ends at an empty line, or where a line is no field.
pub(crate) fn fields(document: &[u8], range: Range<usize>) -> (Vec<Field>, Range<usize>) {
    let mut fields: Vec<Field> = Vec::new();
    for line in lines(document, range.clone()) {
        let text = &document[line.clone()];
        let end = line.start + text.trim_ascii_end().len();
        if text.iter().all(|byte| b"\r\n".contains(byte)) {
            return (fields, line.end..range.end);
        }
        match (text[0], fields.last_mut()) {
            // A line that begins with a blank goes on with the one before it.
            (b' ' | b'\t', Some(field)) => field.value.end = end.max(field.value.end),
            _ => match field_name(text) {
                Some(length) => fields.push(Field {
                    name: line.start..line.start + length,
                    value: line.start + length + 1..end.max(line.start + length + 1),
                }),
                None => return (fields, line.start..range.end),
            },
        }
    }
    (fields, range.end..range.end)
}

/// How long the name is that begins a field's line, bytes.
pub(crate) fn field_name(line: &[u8]) -> Option<usize> {
    let colon = memchr::memchr(b':', line)?;
    let name = &line[..colon];
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(colon)
}

/// The value of a `Content-Type` field.
#[derive(Debug)]
pub(crate) struct ContentType {
    /// Type and subtype, in lower case.
    pub name: String,
    /// Names in lower case, where the values stand, and the values without quotes.
    parameters: Vec<(String, Range<usize>, String)>,
}

impl ContentType {
    pub fn read(document: &[u8], value: Range<usize>) -> ContentType {
        let mut pieces = semicolons(document, value).into_iter();
        let name = pieces.next().map_or(String::new(), |range| {
            let text = String::from_utf8_lossy(&document[range]);
            // A comment may follow.
            let name = text.split('(').next().unwrap_or_default();
            name.trim().to_ascii_lowercase()
        });
        let parameters = pieces.filter_map(|range| parameter(document, range));
        ContentType {
            name,
            parameters: parameters.collect(),
        }
    }

    pub fn parameter(&self, wanted: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(name, ..)| name == wanted);
        found.map(|(_, _, value)| value.as_str())
    }

    pub fn take(&mut self, wanted: &str) -> Option<(Range<usize>, String)> {
        let at = self
            .parameters
            .iter()
            .position(|(name, ..)| name == wanted)?;
        let (_, range, value) = self.parameters.swap_remove(at);
        Some((range, value))
    }
}

/// What is between a value's semicolons, but for those in quotes.
fn semicolons(document: &[u8], value: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = value.start;
    let (mut quoted, mut escaped) = (false, false);
    for at in value.clone() {
        let byte = document[at];
        if byte == b';' && !quoted {
            pieces.push(from..at);
            from = at + 1;
        }
        quoted ^= byte == b'"' && !escaped;
        escaped = quoted && byte == b'\\' && !escaped;
    }
    pieces.push(from..value.end);
    pieces
}

/// `name=value` or `name="value"`.
fn parameter(document: &[u8], range: Range<usize>) -> Option<(String, Range<usize>, String)> {
    let text = &document[range.clone()];
    let equals = memchr::memchr(b'=', text)?;
    let name = String::from_utf8_lossy(text[..equals].trim_ascii()).to_ascii_lowercase();
    let mut start = equals + 1;
    start += text[start..].len() - text[start..].trim_ascii_start().len();
    let mut end = start + text[start..].trim_ascii_end().len();
    if text.get(start) == Some(&b'"') {
        start += 1;
        end = start + memchr::memchr(b'"', &text[start..])?;
    } else if let Some(blank) = text[start..end]
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || *byte == b'(')
    {
        end = start + blank;
    }
    let value = String::from_utf8_lossy(&text[start..end]).into_owned();
    Some((name, range.start + start..range.start + end, value))
}
