//! Documents of a kind that is left as it is, whatever they hold: program code, and web archives that are not gone into.

use std::io::{self, Read, Write};
use std::path::Path;

use jianti_formats::{Format, knows_code};
use jianti_repair::Repairs;
use jianti_text::{Language, Outside, Script};

use crate::context::Context;
use crate::error::Error;
use crate::outcome::{Common, Outcome};

/// Whether a document in this format is left as it is; `front` is its first block, and `whole` says that this is all of it.
/// Code is, unless its comments and strings are to be converted, are known, and can be read.
pub(crate) fn leaves(
    context: &Context,
    (name, format): (Option<&Path>, Format),
    front: &[u8],
    whole: bool,
) -> bool {
    match format {
        Format::Code => {
            let converts = context.options.code && knows_code(name, front);
            !converts || context.detect(name, front, 0, whole, None).is_err()
        }
        Format::Warc => true,
        _ => false,
    }
}

/// Copies the document in this format, of which `front` was read; `whole` says that this is all of it.
///
/// # Errors
/// [`Error::Binary`], [`Error::Unsupported`], [`Error::Io`].
pub(crate) fn copy(
    context: &Context,
    (name, format): (Option<&Path>, Format),
    (front, whole): (&[u8], bool),
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<Outcome, Error> {
    let outcome = outcome(context, (name, format), front, whole)?;
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
/// [`Error::Binary`], [`Error::Unsupported`].
pub(crate) fn outcome(
    context: &Context,
    (name, format): (Option<&Path>, Format),
    front: &[u8],
    whole: bool,
) -> Result<Outcome, Error> {
    let detection = match format {
        // It holds documents in many encodings, and pictures.
        Format::Warc => None,
        _ => match context.detect(name, front, 0, whole, None) {
            Err(error @ (Error::Binary | Error::Unsupported { .. })) => return Err(error),
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
        choices: Vec::new(),
        outside: Outside::default(),
        replaced: 0,
        unknown_syntax: context.options.code && !knows_code(name, front),
        bad_records: 0,
        record_errors: Vec::new(),
        records: Vec::new(),
    })
}
