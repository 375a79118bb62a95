//! Documents whose texts are each in an encoding of their own: mails, mailboxes, in which each mail is a document, and
//! RTF.

use std::io::{BufRead, BufReader, Read, Write};

use jianti_formats::mail::Messages;
use jianti_formats::{Coded, Format, rewrite_coded};
use jianti_text::encoding::{self, Encoding};

use super::probe::Probe;
use super::told;
use crate::context::Context;
use crate::error::Error;
use crate::outcome::{Common, Comparison, MemberCounts, Outcome};
use crate::stages::Stages;

/// How much of a document tells that it is no text, bytes.
const LOOK: usize = 512;

/// Normalises a document of this format. A mail is held whole, a mailbox is not.
///
/// # Errors
/// [`Error::Binary`], [`Error::Io`] and [`Error::Engine`].
pub(crate) fn normalize(
    context: &Context,
    format: Format,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<Outcome, Error> {
    let mut head = Vec::with_capacity(LOOK);
    Read::take(&mut *input, LOOK as u64).read_to_end(&mut head)?;
    if encoding::is_binary(&head) {
        return Err(Error::Binary);
    }
    let mut input = BufReader::new(head.chain(input));
    if format == Format::Mbox {
        return mailbox(context, input, output);
    }
    let mut document = Vec::new();
    input.read_to_end(&mut document)?;
    let (bytes, outcome) = one(context, format, &document)?;
    output.write_all(&bytes)?;
    Ok(outcome)
}

/// Each message is a document of its own.
fn mailbox(
    context: &Context,
    input: impl BufRead,
    output: &mut dyn Write,
) -> Result<Outcome, Error> {
    let (_, mut all) = one(context, Format::Mbox, b"")?;
    for (at, message) in Messages::new(input).enumerate() {
        let (bytes, outcome) = one(context, Format::Mbox, &message?)?;
        output.write_all(&bytes)?;
        match at {
            0 => all = outcome,
            _ => all.add(outcome),
        }
    }
    Ok(all)
}

/// The same for text that is decoded already, whose result is appended to `out`. What is in other encodings in it stays.
///
/// # Errors
/// Those of [`normalize`].
pub(crate) fn append(
    context: &Context,
    format: Format,
    text: &str,
    out: &mut String,
) -> Result<Outcome, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let outcome = normalize(context, format, &mut text.as_bytes(), &mut bytes)?;
    match String::from_utf8(bytes) {
        Ok(new) => out.push_str(&new),
        Err(_) => {
            out.push_str(text);
            let bytes_out = outcome.bytes_in;
            return Ok(Outcome {
                bytes_out,
                changed: false,
                ..outcome
            });
        }
    }
    Ok(outcome)
}

/// The same, but returns its text before and after, as far as it is UTF-8.
///
/// # Errors
/// Those of [`normalize`].
pub(crate) fn compare<'b>(
    context: &Context,
    format: Format,
    bytes: &'b [u8],
) -> Result<Comparison<'b>, Error> {
    let mut result = Vec::with_capacity(bytes.len());
    let outcome = normalize(context, format, &mut &*bytes, &mut result)?;
    Ok(Comparison {
        before: String::from_utf8_lossy(bytes),
        after: String::from_utf8_lossy(&result).into_owned(),
        outcome,
    })
}

/// Normalises one document.
fn one(context: &Context, format: Format, document: &[u8]) -> Result<(Vec<u8>, Outcome), Error> {
    let settings = context.settings();
    let mut stages = Stages::new(context);
    rewrite_coded(format, document, &settings, &mut Probe::new(&mut stages));
    stages.settle();
    let mut coded = rewrite_coded(format, document, &settings, &mut stages);
    stages.check()?;
    if stages.is_left_alone() == Some(true) {
        coded.bytes = document.to_vec();
        coded.parts.unchanged += std::mem::take(&mut coded.parts.changed);
    }
    let outcome = outcome(format, document, &coded, &mut stages);
    Ok((coded.bytes, outcome))
}

fn outcome(format: Format, document: &[u8], coded: &Coded, stages: &mut Stages) -> Outcome {
    let encoding = match coded.encodings[..] {
        [] => Common::Same(Encoding::Utf8),
        [encoding] => Common::Same(encoding),
        _ => Common::Mixed,
    };
    Outcome {
        members: (format != Format::Rtf).then_some(MemberCounts {
            changed: coded.parts.changed,
            unchanged: coded.parts.unchanged,
            binary: coded.parts.kept,
            unread: coded.parts.unread,
            ..MemberCounts::default()
        }),
        encoding,
        bytes_in: document.len() as u64,
        bytes_out: coded.bytes.len() as u64,
        changed: coded.bytes != document,
        ..told::outcome(format, stages)
    }
}
