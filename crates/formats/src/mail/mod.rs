//! Mail: messages (RFC 5322) and their parts (MIME, RFC 2045), pages saved as MHTML (RFC 2557), and mailboxes.
//!
//! A message is edited where its text stands: in headers that people read, and in parts that are plain text or HTML, each
//! in its own encoding of characters and of bytes. Boundaries, addresses, attachments and what is signed stay.

mod addresses;
mod body;
mod charset;
mod header;
pub(crate) mod lines;
mod mbox;
mod structure;
mod transfer;
mod word;

use std::ops::Range;

pub use mbox::Messages;

use crate::coded::Editing;
use crate::fields::Field;
use crate::{Settings, TextSink};
use structure::{Content, Part};

/// Normalises the text of a message; appends what changes to the edits.
pub(crate) fn edit(
    document: &[u8],
    settings: &Settings,
    passages: &mut dyn TextSink,
    editing: &mut Editing,
) {
    let message = structure::message(document);
    edit_part(document, &message, settings, passages, editing);
}

fn edit_part(
    document: &[u8],
    part: &Part,
    settings: &Settings,
    passages: &mut dyn TextSink,
    editing: &mut Editing,
) {
    if passages.has_enough() {
        return;
    }
    if part.is_message {
        let source = (document, part.text_charset());
        for field in &part.fields {
            passages.at(0);
            header::edit(source, field, passages, editing);
        }
    }
    let before = editing.edits.len();
    match &part.content {
        Content::Parts(parts) => {
            for inner in parts {
                edit_part(document, inner, settings, passages, editing);
            }
        }
        Content::Text(format) => {
            passages.at(0);
            body::edit(document, part, *format, settings, passages, editing);
        }
        Content::Kept => editing.parts.kept += 1,
    }
    if part.is_message {
        measure(document, part, before, editing);
    }
}

/// Has the fields that tell a body's size follow its edits, which are those from `before` on.
fn measure(document: &[u8], part: &Part, before: usize, editing: &mut Editing) {
    let body = &document[part.body.clone()];
    let lines = |text: &[u8]| memchr::memchr_iter(b'\n', text).count();
    let (mut length, mut count) = (body.len(), lines(body));
    let inside = |range: &Range<usize>| range.start >= part.body.start;
    for (range, new) in editing.edits[before..].iter().filter(|(r, _)| inside(r)) {
        length = length - range.len() + new.len();
        count = count - lines(&document[range.clone()]) + lines(new);
    }
    // In a mailbox an empty line may follow that does not count.
    let behind = &body[body.trim_ascii_end().len()..];
    let mut follow = |field: &Field, old: usize, slack: usize, new: usize| {
        let told = &document[field.value.clone()];
        let number = str::from_utf8(told.trim_ascii())
            .ok()
            .and_then(|told| told.parse().ok());
        if let Some(number) =
            number.filter(|number: &usize| *number <= old && old - number <= slack)
        {
            let start = field.value.start + told.len() - told.trim_ascii_start().len();
            let range = start..start + told.trim_ascii().len();
            let new = new.saturating_sub(old - number);
            editing.edits.push((range, new.to_string().into_bytes()));
        }
    };
    for field in &part.fields {
        match field.name(document).as_str() {
            "content-length" => follow(field, body.len(), behind.len(), length),
            "lines" => follow(field, lines(body), lines(behind), count),
            _ => {}
        }
    }
}
