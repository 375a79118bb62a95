//! Documents of a kind that is left as it is, whatever they hold: program code, and web archives that are not gone into.

use std::io::{self, Read, Write};
use std::path::Path;

use jianti_formats::Format;
use jianti_repair::Repairs;
use jianti_text::{Language, Outside, Script};

use crate::context::Context;
use crate::error::Error;
use crate::outcome::{Common, Outcome};

/// The document's format, if documents of it are left as they are; `front` is its first block.
pub(crate) fn format(context: &Context, name: Option<&Path>, front: &[u8]) -> Option<Format> {
    let told = || Format::of(name, front);
    let format = context.options.format.unwrap_or_else(told);
    matches!(format, Format::Code | Format::Warc).then_some(format)
}

/// Copies the document in this format, of which `front` was read; `whole` says that this is all of it.
///
/// # Errors
/// [`Error::Binary`], [`Error::Io`].
pub(crate) fn copy(
    context: &Context,
    format: Format,
    front: &[u8],
    whole: bool,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<Outcome, Error> {
    let outcome = outcome(context, format, front, whole)?;
    output.write_all(front)?;
    let rest = match whole {
        true => 0,
        false => io::copy(input, output)?,
    };
    Ok(Outcome {
        bytes_in: outcome.bytes_in + rest,
        bytes_out: outcome.bytes_out + rest,
        ..outcome
    })
}

/// What came of the document if `front` is all of it. Its encoding is told where that can be; that it cannot is no error.
///
/// # Errors
/// [`Error::Binary`].
pub(crate) fn outcome(
    context: &Context,
    format: Format,
    front: &[u8],
    whole: bool,
) -> Result<Outcome, Error> {
    let detection = match format {
        // It holds documents in many encodings, and pictures.
        Format::Warc => None,
        _ => match context.detect(front, 0, whole, None) {
            Err(Error::Binary) => return Err(Error::Binary),
            other => other.ok().flatten(),
        },
    };
    Ok(Outcome {
        format,
        compression: None,
        members: None,
        encoding: detection.map_or(Common::Unknown, |found| Common::Same(found.encoding)),
        evidence: detection.map_or(Common::Unknown, |found| Common::Same(found.evidence)),
        language: Language::Undetermined,
        script: Script::Undetermined,
        bytes_in: front.len() as u64,
        bytes_out: front.len() as u64,
        changed: false,
        repairs: Repairs::default(),
        sites: Vec::new(),
        doubtful: 0,
        doubts: Vec::new(),
        outside: Outside::default(),
        replaced: 0,
    })
}
