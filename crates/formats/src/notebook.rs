//! Jupyter notebooks (.ipynb): the cells of Markdown. Code, its output and everything else stays.

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::markdown;
use crate::whole::Edits;
use crate::{DocumentFault, Error, Format, Settings, TextSink};

#[derive(Deserialize)]
struct Notebook<'d> {
    #[serde(borrow)]
    cells: Vec<Cell<'d>>,
}

#[derive(Deserialize)]
struct Cell<'d> {
    #[serde(borrow)]
    cell_type: Cow<'d, str>,
    #[serde(borrow)]
    source: &'d RawValue,
}

/// Normalises the cells of Markdown; appends what changes to `edits`.
///
/// # Errors
/// [`Error::Document`] if this is no notebook of format 4, and what `passages` fails with.
pub(crate) fn edit(
    document: &str,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let wrong = |_| Error::Document {
        format: Format::Notebook,
        offset: 0,
        cause: DocumentFault::NoNotebook,
    };
    let notebook: Notebook = serde_json::from_str(document).map_err(wrong)?;
    for cell in notebook
        .cells
        .iter()
        .filter(|cell| cell.cell_type == "markdown")
    {
        let strings = strings(document, cell.source.get()).map_err(wrong)?;
        let old: String = strings.iter().map(|(_, text)| text.as_str()).collect();
        let mut new = String::with_capacity(old.len());
        markdown::rewrite(&old, settings, passages, &mut new)?;
        write(document, &strings, &new, edits);
    }
    Ok(())
}

/// The strings of a source, which is one or several: where each stands in the document, and what it holds.
fn strings(document: &str, source: &str) -> Result<Vec<(Range<usize>, String)>, serde_json::Error> {
    let raws: Vec<&str> = if source.starts_with('[') {
        let raws: Vec<&RawValue> = serde_json::from_str(source)?;
        raws.into_iter().map(RawValue::get).collect()
    } else {
        vec![source]
    };
    let string = |raw: &&str| {
        // It is part of the document.
        let start = raw.as_ptr() as usize - document.as_ptr() as usize;
        Ok((start..start + raw.len(), serde_json::from_str(raw)?))
    };
    raws.iter().map(string).collect()
}

/// Puts the new text into the strings, as many lines into each as it had.
fn write(document: &str, strings: &[(Range<usize>, String)], new: &str, edits: &mut Edits) {
    let count = |text: &str| text.matches('\n').count();
    let old: usize = strings.iter().map(|(_, text)| count(text)).sum();
    if count(new) != old {
        return;
    }
    let mut rest = new;
    for (at, (range, text)) in strings.iter().enumerate() {
        let end = match count(text) {
            _ if at + 1 == strings.len() => rest.len(),
            // Strings without a line's end are not told apart in the new text.
            0 if text.is_empty() => 0,
            0 => return,
            lines => rest
                .match_indices('\n')
                .nth(lines - 1)
                .map_or(rest.len(), |(end, _)| end + 1),
        };
        let (share, behind) = rest.split_at(end);
        rest = behind;
        if share != text {
            let ascii = document[range.clone()].is_ascii() && !text.is_ascii();
            edits.push((range.clone(), quoted(share, ascii)));
        }
    }
}

/// A text as a string of JSON.
fn quoted(text: &str, ascii: bool) -> String {
    let string = serde_json::to_string(text).expect("text is JSON");
    if !ascii {
        return string;
    }
    let mut out = String::new();
    for unit in string.encode_utf16() {
        match u8::try_from(unit).ok().filter(u8::is_ascii) {
            Some(byte) => out.push(char::from(byte)),
            None => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out
}
