//! A document that is in memory.

use std::path::Path;

use super::left_alone;
use super::stream::Stream;
use crate::context::Context;
use crate::error::Error;
use crate::outcome::Outcome;

/// Normalises a whole document, and returns its result.
///
/// # Errors
/// Those of [`Normalizer::normalize`](crate::Normalizer::normalize).
pub(crate) fn normalize(
    context: &Context,
    name: Option<&Path>,
    bytes: &[u8],
) -> Result<(Vec<u8>, Outcome), Error> {
    if left_alone::is(context, name, bytes, true) {
        let outcome = left_alone::outcome(context, name, bytes, true)?;
        return Ok((bytes.to_vec(), outcome));
    }
    Stream::new(context, name).whole(bytes)
}
