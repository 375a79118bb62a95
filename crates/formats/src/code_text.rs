//! Source code whose comments and strings are converted: characters only, and nothing else.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use crate::code_scan::texts;
use crate::code_syntax::{self, Particular};
use crate::code_vue;
use crate::piece::{Form, Piece};
use crate::whole::{Edits, Whole};
use crate::{Format, Rewriter, Settings, TextSink, declaration, placeholder};

/// What rewrites the program in a file of this name that begins so; `None` for a language whose comments and strings are
/// not known.
pub fn code_rewriter(
    name: Option<&Path>,
    head: &str,
    settings: &Settings,
) -> Option<Box<dyn Rewriter>> {
    if is_component(name) {
        return Some(Box::new(Whole::new(Format::Code, code_vue::edit, settings)));
    }
    let syntax = code_syntax::of(name, head)?;
    let edit = move |document: &str,
                     settings: &Settings,
                     passages: &mut dyn TextSink,
                     edits: &mut Edits| {
        if syntax.particular == Particular::Python {
            coding(document, settings, edits);
        }
        for range in texts(syntax, document) {
            convert(document, range, passages, edits);
        }
        Ok(())
    };
    Some(Box::new(Whole::new(Format::Code, edit, settings)))
}

/// Whether that is known.
pub fn knows_code(name: Option<&Path>, head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next();
    let line = String::from_utf8_lossy(line.unwrap_or_default());
    is_component(name) || code_syntax::of(name, &line).is_some()
}

/// Whether a file of this name is a component of Vue.
fn is_component(name: Option<&Path>) -> bool {
    let ending = name.and_then(Path::extension);
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("vue"))
}

/// Python's declaration of the encoding, in the first two lines, follows that of the output.
fn coding(document: &str, settings: &Settings, edits: &mut Edits) {
    let mut start = 0;
    for line in document.split_inclusive('\n').take(2) {
        let found = line
            .trim_start()
            .starts_with('#')
            .then(|| line.find("coding"));
        if let Some(at) = found.flatten() {
            let rest = &line[at + "coding".len()..];
            let label = rest.trim_start_matches([':', '=']).trim_start();
            let length = label
                .find(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c))
                .unwrap_or(label.len());
            let begin = start + line.len() - label.len();
            let is_declared = rest.starts_with([':', '=']) && length > 0;
            let due = declaration::label(&label[..length].replace('_', "-"), settings.encoding);
            if let (true, Some(new)) = (is_declared, due) {
                edits.push((begin..begin + length, new));
            }
        }
        start += line.len();
    }
}

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
