//! What a message consists of: header fields, and a body that is text or holds parts.

use std::ops::Range;

use super::lines::{begins_message, field_name};
use crate::format::Format;

/// How deep parts may lie in parts; what lies deeper is kept as it is.
const DEPTH: u32 = 50;

/// A message, or a part of one.
#[derive(Debug)]
pub(super) struct Part {
    /// Whether its header is a message's, with a subject and addresses.
    pub is_message: bool,
    /// Its header.
    pub fields: Vec<Field>,
    /// What is behind the header.
    pub body: Range<usize>,
    /// What the body holds.
    pub content: Content,
    /// The encoding of the body's characters, as the header tells it: where, and its value without quotes.
    pub charset: Option<(Range<usize>, String)>,
    /// The encoding of the body's bytes, in lower case; empty if the header tells none.
    pub transfer: String,
}

/// What a body holds.
#[derive(Debug)]
pub(super) enum Content {
    /// Text of this format.
    Text(Format),
    /// Other parts.
    Parts(Vec<Part>),
    /// What is kept as it is: pictures, attachments, what is signed.
    Kept,
}

/// A field of a header.
#[derive(Debug)]
pub(super) struct Field {
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

/// Takes a message apart.
pub(super) fn message(document: &[u8]) -> Part {
    part(document, 0..document.len(), true, 0)
}

fn part(document: &[u8], range: Range<usize>, is_message: bool, depth: u32) -> Part {
    let (fields, body) = header(document, range);
    let find = |wanted: &str| {
        let field = fields.iter().find(|field| field.name(document) == wanted)?;
        Some(field.value.clone())
    };
    let kind = find("content-type").map(|value| ContentType::read(document, value));
    let lower = |value: Range<usize>| {
        String::from_utf8_lossy(&document[value])
            .trim()
            .to_ascii_lowercase()
    };
    let transfer = find("content-transfer-encoding").map_or(String::new(), lower);
    let attached =
        find("content-disposition").is_some_and(|value| lower(value).starts_with("attachment"));
    // A checksum is as good as a signature.
    let content = match attached || find("content-md5").is_some() {
        true => Content::Kept,
        false => content(document, &kind, &transfer, body.clone(), depth),
    };
    Part {
        is_message,
        fields,
        body,
        content,
        charset: kind.and_then(|mut kind| kind.take("charset")),
        transfer,
    }
}

fn content(
    document: &[u8],
    kind: &Option<ContentType>,
    transfer: &str,
    body: Range<usize>,
    depth: u32,
) -> Content {
    let name = kind.as_ref().map_or("text/plain", |kind| &kind.name);
    let is_plain = matches!(transfer, "" | "7bit" | "8bit" | "binary");
    match name {
        "text/plain" | "text" | "" => Content::Text(Format::Text),
        "text/html" => Content::Text(Format::Html),
        "application/xhtml+xml" => Content::Text(Format::Xhtml),
        // A digest's parts are messages if they do not say otherwise; those are rare enough to be kept.
        "multipart/signed" | "multipart/encrypted" | "multipart/digest" => Content::Kept,
        _ if depth == DEPTH || !is_plain => Content::Kept,
        "message/rfc822" | "message/global" => {
            Content::Parts(vec![part(document, body, true, depth + 1)])
        }
        _ if name.starts_with("multipart/") && name.matches('/').count() == 1 => {
            let boundary = kind.as_ref().and_then(|kind| kind.parameter("boundary"));
            let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) else {
                return Content::Kept;
            };
            let parts = split(document, body, boundary.as_bytes());
            let inner = |range| part(document, range, false, depth + 1);
            Content::Parts(parts.into_iter().map(inner).collect())
        }
        _ => Content::Kept,
    }
}

/// The lines of a range, each with its end.
fn lines(document: &[u8], range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
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
fn header(document: &[u8], range: Range<usize>) -> (Vec<Field>, Range<usize>) {
    let mut fields: Vec<Field> = Vec::new();
    for line in lines(document, range.clone()) {
        let text = &document[line.clone()];
        let end = line.start + text.trim_ascii_end().len();
        if text.iter().all(|byte| b"\r\n".contains(byte)) {
            return (fields, line.end..range.end);
        }
        let is_envelope =
            fields.is_empty() && begins_message(text.strip_prefix(b">").unwrap_or(text));
        match (text[0], fields.last_mut()) {
            // A line that begins with a blank goes on with the one before it.
            (b' ' | b'\t', Some(field)) => field.value.end = end.max(field.value.end),
            _ if is_envelope => {}
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

/// The parts of a body between the lines that hold its boundary. The line's end before such a line belongs to it.
fn split(document: &[u8], body: Range<usize>, boundary: &[u8]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from: Option<usize> = None;
    for line in lines(document, body.clone()) {
        let text = document[line.clone()].trim_ascii_end();
        let Some(rest) = text
            .strip_prefix(b"--")
            .and_then(|text| text.strip_prefix(boundary))
        else {
            continue;
        };
        if !matches!(rest, b"" | b"--") {
            continue;
        }
        if let Some(start) = from {
            let mut end = line.start.max(start);
            for byte in [b'\n', b'\r'] {
                if end > start && document[end - 1] == byte {
                    end -= 1;
                }
            }
            parts.push(start..end);
        }
        from = rest.is_empty().then_some(line.end);
        if from.is_none() {
            return parts;
        }
    }
    // The last boundary is missing.
    parts.extend(from.map(|start| start..body.end));
    parts
}

/// The value of a `Content-Type` field.
#[derive(Debug)]
struct ContentType {
    /// Type and subtype, in lower case.
    name: String,
    /// Names in lower case, where the values stand, and the values without quotes.
    parameters: Vec<(String, Range<usize>, String)>,
}

impl ContentType {
    fn read(document: &[u8], value: Range<usize>) -> ContentType {
        let mut pieces = semicolons(document, value).into_iter();
        let name = pieces.next().map_or(String::new(), |range| {
            let text = String::from_utf8_lossy(&document[range]);
            let text = text
                .split(['(', ' ', '\t', '\r', '\n', ','])
                .find(|word| !word.is_empty());
            text.unwrap_or_default().to_ascii_lowercase()
        });
        let parameters = pieces.filter_map(|range| parameter(document, range));
        ContentType {
            name,
            parameters: parameters.collect(),
        }
    }

    fn parameter(&self, wanted: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(name, ..)| name == wanted);
        found.map(|(_, _, value)| value.as_str())
    }

    fn take(&mut self, wanted: &str) -> Option<(Range<usize>, String)> {
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
