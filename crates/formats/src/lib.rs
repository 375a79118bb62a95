//! Documents whose text is wrapped in something else: pages, tables, subtitles, books, archives.
//!
//! A format finds the passages of text in a document and hands them to a [`Passages`] sink; everything else comes back
//! byte for byte. Formats are span editors: they look for where text stands and copy what is between, and never write a
//! document anew. What the sink makes of the text is not their business.
#![forbid(unsafe_code)]

mod align;
pub mod archive;
mod bilingual;
mod characters;
mod code;
mod declaration;
mod error;
mod format;
mod front_matter;
mod html;
#[cfg(test)]
mod html5lib;
mod identifier;
mod json;
mod markdown;
mod markup;
pub mod office;
mod piece;
mod placeholder;
mod po;
mod properties;
mod reference;
mod scalar;
mod subtitles;
mod table;
#[cfg(test)]
mod testing;
mod token;
mod toml;
mod whole;
mod xml;
mod yaml;

use std::borrow::Cow;

pub use error::{Error, Refusal};
pub use format::{Format, UnknownFormat};
use jianti_text::encoding::Encoding;
use json::Json;
use markdown::Markdown;
use markup::Markup;
use subtitles::Subtitles;
use table::Table;
use whole::Whole;

/// What becomes of the text that a format finds.
pub trait Passages {
    /// Normalises a passage that stands for itself: a paragraph, a cell, an attribute. Borrowed if nothing changes.
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str>;

    /// The same for program code, whose marks stay.
    fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.passage(text)
    }

    /// Repairs markup that is not parsed yet: damage may have eaten the `<` of a tag. The text is given to
    /// [`Passages::passage`] afterwards.
    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        Cow::Borrowed(markup)
    }

    /// A record begins that is a document of its own, and these are its texts, as many as tell its language and script.
    fn record(&mut self, _texts: &[&str]) {}

    /// Where the next passage begins in the document, bytes, as nearly as that can be told.
    fn at(&mut self, _offset: u64) {}

    /// Whether a document that is only looked at need be looked at no further.
    fn has_enough(&self) -> bool {
        false
    }
}

/// A document on its way through its format, piece by piece; the result does not depend on where the pieces are cut.
pub trait Rewriter: Send {
    /// Takes the document's next piece and appends what is ready to `out`; `last` ends the document.
    ///
    /// # Errors
    /// [`Error::Document`] where the document is not what its format says.
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn Passages,
        out: &mut String,
    ) -> Result<(), Error>;

    /// Whether nothing that came tells anything about what comes, as at the beginning of a line of JSON Lines.
    fn is_at_rest(&self) -> bool {
        false
    }

    /// Whether the document consists of records, each of which is a document of its own; known once its beginning came.
    fn has_records(&self) -> bool {
        false
    }

    /// The document begins this many bytes before the place that offsets were counted from so far.
    fn move_on(&mut self, _by: u64) {}
}

/// How much of a record's text tells its language and script, bytes.
pub(crate) const ENOUGH: usize = 1 << 16;

/// What formats need to know besides the document.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The output's encoding: a document that declares its own says this one.
    pub encoding: Encoding,
    /// Whether program code in pages is left as it is.
    pub keep_code: bool,
    /// Which strings of JSON and which columns of tables are text; all if there are none.
    pub fields: Vec<String>,
}

/// Rewrites a document that is in memory.
///
/// # Errors
/// Those of [`Rewriter::push`].
pub fn rewrite(
    format: Format,
    text: &str,
    settings: &Settings,
    passages: &mut dyn Passages,
) -> Result<String, Error> {
    let mut out = String::with_capacity(text.len());
    match rewriter(format, settings) {
        Some(mut rewriter) => rewriter.push(text, true, passages, &mut out)?,
        None => out.push_str(&passages.passage(text)),
    }
    Ok(out)
}

/// What rewrites documents of this format; `None` for plain text, and for containers, whose parts are documents.
pub fn rewriter(format: Format, settings: &Settings) -> Option<Box<dyn Rewriter>> {
    Some(match format {
        Format::Html => Box::new(Markup::new(&html::HTML, settings)),
        Format::Xhtml => Box::new(Markup::new(&html::XHTML, settings)),
        Format::Xml => Box::new(Markup::new(&xml::XML, settings)),
        Format::Json | Format::JsonLines => Box::new(Json::new(format, settings)),
        Format::Csv | Format::Tsv => Box::new(Table::new(format, settings)),
        Format::Markdown => Box::new(Markdown::new(settings)),
        Format::Srt | Format::WebVtt | Format::Ass | Format::Lrc => {
            Box::new(Subtitles::new(format))
        }
        Format::Yaml => Box::new(Whole::new(yaml::edit, settings)),
        Format::Toml => Box::new(Whole::new(toml::edit, settings)),
        Format::Po => Box::new(Whole::new(po::edit, settings)),
        Format::Properties => Box::new(Whole::new(properties::edit, settings)),
        Format::Ini => Box::new(Whole::new(properties::edit_ini, settings)),
        Format::Text
        | Format::Code
        | Format::Epub
        | Format::Docx
        | Format::Xlsx
        | Format::Pptx
        | Format::Odf
        | Format::Zip
        | Format::Tar => return None,
    })
}
