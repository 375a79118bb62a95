//! A comment or a string of source code: characters only, and nothing else.

use std::borrow::Cow;
use std::ops::Range;

use crate::piece::{Form, Piece};
use crate::whole::Edits;
use crate::{TextSink, placeholder};

/// Converts a comment, or what a string holds, but for placeholders.
pub(crate) fn convert(
    document: &str,
    range: Range<usize>,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) {
    let raw = &document[range.clone()];
    if raw.is_ascii() {
        return;
    }
    let whole = Piece {
        raw,
        text: Cow::Borrowed(raw),
        form: Form::Literal,
    };
    let mut at = range.start;
    for piece in placeholder::kept(vec![whole]) {
        let start = at;
        at += piece.raw.len();
        if !matches!(piece.form, Form::Literal) || piece.raw.is_ascii() {
            continue;
        }
        passages.at(start as u64);
        if let Cow::Owned(new) = passages.code(piece.raw)
            && differs_in_letters(piece.raw, &new)
        {
            edits.push((start..at, new));
        }
    }
}

/// Whether only letters beyond ASCII differ: no mark, no space, nothing that a program reads.
fn differs_in_letters(old: &str, new: &str) -> bool {
    let others = |text: &'_ str| {
        let others = |c: &char| c.is_ascii() || !c.is_alphabetic();
        text.chars().filter(others).collect::<String>()
    };
    others(old) == others(new)
}
