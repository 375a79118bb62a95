//! A document that is in memory.

use std::path::Path;

use super::stream::Stream;
use super::{coded, left_alone};
use crate::context::Context;
use crate::error::Error;
use crate::outcome::{Comparison, Outcome};

/// Normalises a whole document, and returns its result.
///
/// # Errors
/// Those of [`Normalizer::normalize`](crate::Normalizer::normalize).
pub(crate) fn normalize(
    context: &Context,
    name: Option<&Path>,
    bytes: &[u8],
) -> Result<(Vec<u8>, Outcome), Error> {
    let format = context.format(name, bytes);
    if left_alone::leaves(context, (name, format), bytes, true) {
        let outcome = left_alone::outcome(context, (name, format), bytes, true)?;
        return Ok((bytes.to_vec(), outcome));
    }
    if format.is_coded() {
        let mut result = Vec::with_capacity(bytes.len());
        let outcome = coded::normalize(context, format, &mut &*bytes, &mut result)?;
        return Ok((result, outcome));
    }
    Stream::new(context, name).showing(format).whole(bytes)
}

/// The same, but returns its text before and after. That of a document that is left as it is may be in any encoding: what
/// cannot be read of it are replacement characters.
///
/// # Errors
/// Those of [`Normalizer::normalize`](crate::Normalizer::normalize).
pub(crate) fn compare<'b>(
    context: &Context,
    name: Option<&Path>,
    bytes: &'b [u8],
) -> Result<Comparison<'b>, Error> {
    let format = context.format(name, bytes);
    if left_alone::leaves(context, (name, format), bytes, true) {
        let outcome = left_alone::outcome(context, (name, format), bytes, true)?;
        let before = String::from_utf8_lossy(bytes);
        let after = before.clone().into_owned();
        return Ok(Comparison {
            before,
            after,
            outcome,
        });
    }
    if format.is_coded() {
        return coded::compare(context, format, bytes);
    }
    Stream::new(context, name).showing(format).compare(bytes)
}
