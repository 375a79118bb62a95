//! What rewrites documents whose texts are each in an encoding of their own.

use crate::coded::{Coded, Editing};
use crate::format::Format;
use crate::{Settings, TextSink};
use crate::{mail, rtf};

/// Rewrites a document of a format for which [`Format::is_coded`] holds. What is not understood in it is kept as it is.
pub fn rewrite_coded(
    format: Format,
    document: &[u8],
    settings: &Settings,
    passages: &mut dyn TextSink,
) -> Coded {
    debug_assert!(format.is_coded());
    let mut editing = Editing::default();
    match format {
        Format::Rtf => rtf::edit(document, passages, &mut editing),
        _ => mail::edit(document, settings, passages, &mut editing),
    }
    editing.finish(document)
}
