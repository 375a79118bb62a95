//! Source code whose comments and strings are converted: characters only, and nothing else.

use std::path::Path;

use crate::code_language;
use crate::code_passage::convert;
use crate::code_scan::texts;
use crate::code_syntax::Particular;
use crate::code_vue;
use crate::whole::{Edits, Whole};
use crate::{Format, Rewriter, Settings, TextSink, declaration};

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
    let syntax = code_language::of(name, head)?;
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
    is_component(name) || code_language::of(name, &line).is_some()
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
