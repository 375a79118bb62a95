//! What text in markup looks like: tags in it that are escaped or torn, and where long text may be cut.

use std::borrow::Cow;

use jianti_text::lines;

use crate::html;
use crate::object::OBJECT;
use crate::piece::{Form, LONGEST_PASSAGE, Piece, Placed};
use crate::placeholder;
use crate::reference::{self, References};
use crate::token::LONGEST_REFERENCE;
use crate::vocabulary::Role;

/// The pieces without escaped tags, which are no text. A phrase goes over those of inline elements.
pub(crate) fn without_escaped_tags(texts: Vec<Placed>) -> Vec<Placed> {
    let mut kept = Vec::with_capacity(texts.len());
    let mut texts = texts.into_iter().peekable();
    while let Some(mut text) = texts.next() {
        let name = |next: &Placed| {
            let name = next.1.text.trim_start_matches('/');
            let end = name.find(|c: char| !c.is_ascii_alphanumeric());
            name[..end.unwrap_or(name.len())].to_ascii_lowercase()
        };
        if text.1.raw == "&lt;"
            && let Some(name) = texts.peek().map(name)
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            texts.by_ref().find(|(_, piece, _)| piece.text == ">");
            if (html::HTML.role)(&name) == Role::Inline {
                continue;
            }
            text.1.form = Form::Unknown;
        }
        kept.push(text);
    }
    kept
}

/// The pieces of a text in which placeholders are code, whatever they hold.
pub(crate) fn pieces_beside_placeholders(raw: &str, references: References) -> Vec<Piece<'_>> {
    let whole = Piece {
        raw,
        text: Cow::Borrowed(raw),
        form: Form::Literal,
    };
    let parts = placeholder::kept(vec![whole]).into_iter();
    let pieces = parts.flat_map(|part| match part.form {
        Form::Literal => reference::pieces(part.raw, references),
        _ => vec![part],
    });
    pieces.collect()
}

/// The pieces of a text in which variables and tags of templates are code; punctuation knows the others, on one line.
pub(crate) fn pieces_beside_templates(raw: &str, references: References) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for template in placeholder::templates(raw) {
        reference::each(&raw[from..template.start], references, |piece| {
            pieces.push(piece)
        });
        from = template.end;
        pieces.push(Piece {
            raw: &raw[template],
            text: Cow::Borrowed(OBJECT),
            form: Form::Named,
        });
    }
    reference::each(&raw[from..], references, |piece| pieces.push(piece));
    pieces
}

/// The front of a long value; it does not end in a reference.
pub(crate) fn front(value: &str) -> &str {
    let front = lines::front(value, LONGEST_PASSAGE);
    let tail = front.floor_char_boundary(front.len() - LONGEST_REFERENCE);
    let end = front[tail..].rfind('&').map(|at| tail + at);
    &front[..end.unwrap_or(front.len())]
}

/// Whether text looks like it holds a tag.
pub(crate) fn holds_tags(text: &str) -> bool {
    text.as_bytes().windows(3).any(|bytes| {
        bytes[0] == b'<'
            && (bytes[1].is_ascii_alphabetic()
                || bytes[1] == b'/' && bytes[2].is_ascii_alphabetic())
    })
}

/// Whether text looks like it holds a tag whose `<` was eaten: 「?/strong>」.
pub(crate) fn lacks_bracket(text: &str) -> bool {
    let Some(end) = memchr::memrchr(b'>', text.as_bytes()) else {
        return false;
    };
    text[..end].split('>').any(|before| {
        let Some(question) = before.rfind(['?', '？']) else {
            return false;
        };
        let tag = before[question..].trim_start_matches(['?', '？']);
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')
    })
}

/// A name in small letters; most are.
pub(crate) fn lowercase(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}
