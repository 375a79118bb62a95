//! Catalogues of gettext (.po): the translations. What they translate, and comments, stay.

use std::ops::Range;

use memchr::memmem;

use crate::declaration;
use crate::piece::{Placed, apply, convert};
use crate::rewriter::pieces;
use crate::scalar;
use crate::weight;
use crate::whole::{Edits, sort};
use crate::{Error, Format, Rewriter, Settings, TextSink};

/// The longest entry, bytes.
const LONGEST: usize = 8 << 20;

/// What a catalogue may be cut before: nothing of an entry is known there that counts for the next.
const ENTRY: &[u8] = b"\nmsgid ";

/// Rewrites a catalogue, so many entries at a time as came.
pub(crate) struct Catalogue {
    settings: Settings,
    /// What came and is not written, and where it begins in the document, bytes.
    buffer: String,
    offset: u64,
}

impl Catalogue {
    /// A catalogue at its beginning.
    pub fn new(settings: &Settings) -> Catalogue {
        Catalogue {
            settings: settings.clone(),
            buffer: String::new(),
            offset: 0,
        }
    }

    /// Writes the entries up to `end` of what came.
    fn entries(
        &mut self,
        end: usize,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        let entries = &self.buffer[..end];
        weight::check(Format::Po, entries)?;
        let mut edits = Edits::new();
        edit(entries, self.offset, &self.settings, passages, &mut edits)?;
        sort(&mut edits);
        apply(entries, &edits, out);
        self.buffer.drain(..end);
        self.offset += end as u64;
        Ok(())
    }
}

impl Rewriter for Catalogue {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        for (piece, ends) in pieces(text) {
            let from = self.buffer.len().saturating_sub(ENTRY.len() - 1);
            self.buffer.push_str(piece);
            let found = memmem::rfind(&self.buffer.as_bytes()[from..], ENTRY);
            match found {
                _ if last && ends => self.entries(self.buffer.len(), passages, out)?,
                Some(at) => self.entries(from + at + 1, passages, out)?,
                None if self.buffer.len() > LONGEST => {
                    let offset = self.offset;
                    let format = Format::Po;
                    return Err(Error::TooMuch { format, offset });
                }
                None => {}
            }
        }
        Ok(())
    }
}

/// What the strings that follow belong to.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Original,
    Translation,
    Other,
}

/// Normalises the translations of entries, which begin at byte `offset` of their catalogue; appends what changes to `edits`.
fn edit(
    document: &str,
    offset: u64,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut field = Field::Other;
    // The strings of the current translation, and whether what it translates is empty: that is the catalogue's head.
    let mut strings: Vec<Range<usize>> = Vec::new();
    let mut is_head = false;
    let mut at = 0;
    for line in document.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let (keyword, string) = parts(line);
        if let Some(found) = keyword {
            translation(
                (document, offset),
                &strings,
                is_head,
                settings,
                passages,
                edits,
            )?;
            strings.clear();
            field = match found {
                "msgid" => Field::Original,
                _ if found.starts_with("msgstr") => Field::Translation,
                _ => Field::Other,
            };
            is_head = match (found, &string) {
                ("msgid", Some(string)) => string.is_empty(),
                ("msgctxt", _) => false,
                _ => is_head,
            };
        }
        let Some(string) = string else {
            continue;
        };
        match field {
            Field::Original => is_head &= string.is_empty(),
            Field::Translation => strings.push(start + string.start..start + string.end),
            Field::Other => {}
        }
    }
    translation(
        (document, offset),
        &strings,
        is_head,
        settings,
        passages,
        edits,
    )
}

/// A line's keyword, and where its string's content stands.
fn parts(line: &str) -> (Option<&str>, Option<Range<usize>>) {
    let text = line.trim_end();
    // An entry that is not used any more.
    let rest = text.strip_prefix("#~").unwrap_or(text);
    if rest.starts_with(['#', '|']) {
        return (None, None);
    }
    let rest = rest.trim_start();
    let length = rest.find(['"', ' ', '\t']).unwrap_or(rest.len());
    let keyword = rest[..length].starts_with("msg").then_some(&rest[..length]);
    let string = rest[length..].trim_start();
    let content = string
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let known = keyword.is_some() || length == 0;
    let range = content.filter(|_| known).map(|content| {
        let end = text.len() - 1;
        end - content.len()..end
    });
    (keyword, range)
}

fn translation(
    (document, offset): (&str, u64),
    strings: &[Range<usize>],
    is_head: bool,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    if is_head {
        for string in strings {
            head(document, string.clone(), settings, edits);
        }
        return Ok(());
    }
    let Some(first) = strings.first() else {
        return Ok(());
    };
    passages.at(offset + first.start as u64);
    let texts: Vec<Placed> = strings
        .iter()
        .flat_map(|string| scalar::texts(document, string.clone()))
        .collect();
    convert(&texts, passages, edits);
    Ok(())
}

/// A field of the catalogue's head: its language and its encoding follow the output.
fn head(document: &str, range: Range<usize>, settings: &Settings, edits: &mut Edits) {
    let line = &document[range.clone()];
    let Some((name, value)) = line.split_once(':') else {
        return;
    };
    let value = value.strip_suffix("\\n").unwrap_or(value).trim();
    let start = range.start + line.find(value).unwrap_or(0);
    let found = match name.trim().to_ascii_lowercase().as_str() {
        "language" => declaration::simplified(value).map(|new| (0..value.len(), new)),
        "content-type" => declaration::charset_of_content(value).and_then(|range| {
            let old = &value[range.clone()];
            let is_name = old
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let label = declaration::label(old, settings.encoding).filter(|_| is_name)?;
            Some((range, label))
        }),
        _ => None,
    };
    if let Some((range, new)) = found {
        edits.push((start + range.start..start + range.end, new));
    }
}
