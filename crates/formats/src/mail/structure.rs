//! What a message consists of: header fields, and a body that is text or holds parts.

use std::ops::Range;

use super::lines::begins_message;
use crate::fields::{ContentType, Field, fields, lines};
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
    /// Whether a space at the end of a line says that the next one goes on with it (RFC 3676).
    pub is_flowed: bool,
    /// The encoding of the body's bytes, in lower case; empty if the header tells none.
    pub transfer: String,
}

impl Part {
    /// What the encoding of its text is called, or that of the first part in it that tells one: header fields that nothing
    /// encodes are in it too.
    pub fn text_charset(&self) -> Option<&str> {
        let own = self.charset.as_ref().map(|(_, name)| name.as_str());
        let inner = || match &self.content {
            Content::Parts(parts) => parts.iter().find_map(Part::text_charset),
            _ => None,
        };
        own.or_else(inner)
    }
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

/// Takes a message apart.
pub(super) fn message(document: &[u8]) -> Part {
    part(document, 0..document.len(), true, 0)
}

fn part(document: &[u8], range: Range<usize>, is_message: bool, depth: u32) -> Part {
    let (fields, body) = fields(document, behind_envelope(document, range));
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
    let flow = kind.as_ref().and_then(|kind| kind.parameter("format"));
    Part {
        is_message,
        fields,
        body,
        content,
        is_flowed: flow.is_some_and(|flow| flow.eq_ignore_ascii_case("flowed")),
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
        "text/plain" => Content::Text(Format::Text),
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

/// What is behind the line that begins a message in a mailbox, if it is there.
fn behind_envelope(document: &[u8], range: Range<usize>) -> Range<usize> {
    let first = lines(document, range.clone())
        .next()
        .unwrap_or(range.start..range.start);
    let line = &document[first.clone()];
    match begins_message(line.strip_prefix(b">").unwrap_or(line)) {
        true => first.end..range.end,
        false => range,
    }
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
