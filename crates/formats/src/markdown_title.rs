//! Titles of links and definitions in Markdown: `[文字](地址 "標題")`.

use std::borrow::Cow;
use std::ops::Range;

use crate::TextSink;
use crate::escape::Place;
use crate::piece::{Form, Piece, convert_alone};

/// What becomes of the title of a link or a definition, which stands within quotes in front of its end.
pub(super) fn title_edit(
    document: &str,
    title: &str,
    (link, end): (&Range<usize>, &str),
    passages: &mut dyn TextSink,
) -> Option<(Range<usize>, String)> {
    if title.trim().is_empty() {
        return None;
    }
    let raw = &document[link.clone()];
    let at = raw.rfind(title)?;
    let (before, behind) = (&raw[..at], &raw[at + title.len()..]);
    let quotes = (before.chars().next_back(), behind.chars().next());
    let quoted = matches!(
        quotes,
        (Some('"'), Some('"')) | (Some('\''), Some('\'')) | (Some('('), Some(')'))
    );
    if !quoted || behind[1..].trim() != end {
        return None;
    }
    let piece = Piece {
        raw: title,
        text: Cow::Borrowed(title),
        form: Form::Literal,
    };
    let new = convert_alone([piece], Place::Verbatim, passages);
    // A quote in it would end it.
    let safe = |new: &String| {
        !new.contains(['"', '\'', '(', ')', '\\']) || title.contains(['"', '\'', '(', ')', '\\'])
    };
    let start = link.start + at;
    let new = new.filter(safe)?;
    Some((start..start + title.len(), new))
}
