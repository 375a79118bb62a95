//! What rewrites documents of each format.

use crate::error::Error;
use crate::format::Format;
use crate::json::Json;
use crate::json_lines::JsonLines;
use crate::markdown::Markdown;
use crate::markup::Markup;
use crate::po::Catalogue;
use crate::registry::formats;
use crate::rewriter::{Rewriter, Settings};
use crate::sink::TextSink;
use crate::subtitles::Subtitles;
use crate::table::Table;
use crate::whole::Whole;
use crate::{
    asciidoc, calendar, html, latex, localization, notebook, org, properties, rst, strings, toml,
    wiki, xml, yaml,
};

/// What rewrites a document.
type Make = fn(Format, &Settings) -> Box<dyn Rewriter>;

macro_rules! makers {
    ($($(#[$doc:meta])* $variant:ident $name:literal [$($ending:literal),*] $kind:ident $(($make:expr))?;)*) => {
        /// What rewrites documents of a format, if anything does.
        fn maker(format: Format) -> Option<Make> {
            match format {
                $(Format::$variant => None$(.or(Some($make as Make)))?,)*
            }
        }
    };
}

formats!(makers);

/// What rewrites documents of this format; `None` for plain text, for what is left as it is, and for containers, whose
/// parts are documents.
pub fn rewriter(format: Format, settings: &Settings) -> Option<Box<dyn Rewriter>> {
    maker(format).map(|make| make(format, settings))
}

/// Rewrites a document that is in memory.
///
/// # Errors
/// Those of [`Rewriter::push`].
pub fn rewrite(
    format: Format,
    text: &str,
    settings: &Settings,
    passages: &mut dyn TextSink,
) -> Result<String, Error> {
    let mut out = String::with_capacity(text.len());
    match rewriter(format, settings) {
        Some(mut rewriter) => rewriter.push(text, true, passages, &mut out)?,
        None => out.push_str(&passages.passage(text)),
    }
    Ok(out)
}
