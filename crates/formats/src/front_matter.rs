//! The front matter of Markdown files, YAML or TOML: values that are text. What is neither is left as it is.

use std::ops::Range;

use pulldown_cmark::MetadataBlockKind;

use crate::Error;
use crate::whole::Edits;
use crate::{Settings, TextSink, toml, yaml};

/// Normalises the values of the front matter in `range` of a document; appends what changes to `edits`.
pub(crate) fn convert(
    kind: MetadataBlockKind,
    document: &str,
    range: Range<usize>,
    settings: &Settings,
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
    match kind {
        MetadataBlockKind::YamlStyle => yaml::edit(inner, settings, passages, &mut found)?,
        MetadataBlockKind::PlusesStyle => toml::edit(inner, settings, passages, &mut found)?,
    }
    let base = range.start + start + 1;
    edits.extend(
        found
            .into_iter()
            .map(|(at, new)| (base + at.start..base + at.end, new)),
    );
    Ok(())
}
