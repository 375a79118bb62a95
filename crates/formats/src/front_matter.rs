//! The front matter of Markdown files, YAML or TOML: values that are text. What is neither is left as it is.
//!
//! As Jekyll, Hugo and Pandoc read it, it stands at a file's beginning. Markdown's parser would find it anywhere: between two
//! lines that divide a page.

use std::ops::Range;

use jianti_text::lines::front;

use crate::Error;
use crate::whole::Edits;
use crate::{Format, TextSink, toml, yaml};

/// How long front matter may be, bytes.
pub(crate) const MOST: usize = 1 << 17;

/// Where the front matter ends that a page begins with, bytes, and its format; `None` if it has none.
pub(crate) fn end(page: &str) -> Option<(usize, Format)> {
    let page = front(page, MOST);
    let format = match page.as_bytes().first()? {
        b'-' => Format::Yaml,
        b'+' => Format::Toml,
        _ => return None,
    };
    let (begin, closers): (_, &[&str]) = match format {
        Format::Yaml => ("---", &["---", "..."]),
        _ => ("+++", &["+++"]),
    };
    let mut lines = page.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_ascii_end() != begin || first.len() == page.len() {
        return None;
    }
    let mut at = first.len();
    for (number, line) in lines.enumerate() {
        let text = line.trim_ascii_end();
        let closes = closers.contains(&text);
        if number == 0 && (closes || text.is_empty()) {
            return None;
        }
        at += line.len();
        if closes {
            return Some((at, format));
        }
    }
    None
}

/// Normalises the values of the front matter in `range` of a document; appends what changes to `edits`.
pub(crate) fn convert(
    format: Format,
    document: &str,
    range: Range<usize>,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let block = &document[range.clone()];
    // Between its first and its last line, which are marks.
    let (Some(start), Some(end)) = (block.find('\n'), block.trim_end().rfind('\n')) else {
        return Ok(());
    };
    if end <= start {
        return Ok(());
    }
    let inner = &block[start + 1..=end];
    let mut found = Edits::new();
    match format {
        Format::Yaml => yaml::edit_front_matter(inner, passages, &mut found)?,
        _ => toml::edit_front_matter(inner, passages, &mut found)?,
    }
    let base = range.start + start + 1;
    edits.extend(
        found
            .into_iter()
            .map(|(at, new)| (base + at.start..base + at.end, new)),
    );
    Ok(())
}
