//! A document that is in memory.

use std::path::Path;

use super::stream::Stream;
use super::{coded, left_alone};
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
    if let Some(format) = left_alone::format(context, name, bytes) {
        let outcome = left_alone::outcome(context, format, bytes, true)?;
        return Ok((bytes.to_vec(), outcome));
    }
    if let Some(format) = coded::format(context, name, bytes) {
        let mut result = Vec::with_capacity(bytes.len());
        let outcome = coded::normalize(context, format, &mut &*bytes, &mut result)?;
        return Ok((result, outcome));
    }
    Stream::new(context, name).whole(bytes)
}
