//! Documents whose text is wrapped in something else: pages, tables, subtitles.
//!
//! A format finds the passages of text in a document and has them normalised; everything else comes back byte for byte.
//! Formats are span editors: they look for where text stands and copy what is between, and never write a document anew.

mod anchor;
mod asciidoc;
mod bilingual;
mod body;
mod characters;
mod code;
mod compressed;
mod container;
mod declaration;
mod format;
mod front_matter;
mod html;
#[cfg(test)]
mod html5lib;
mod identifier;
mod json;
mod latex;
mod limits;
mod localization;
mod markdown;
mod markup;
mod members;
mod notebook;
mod org;
mod package;
mod piece;
mod placeholder;
mod po;
mod properties;
mod prose;
mod reference;
mod rst;
mod run;
mod scalar;
mod strings;
mod subtitles;
mod table;
mod tar;
#[cfg(test)]
mod tests;
mod token;
mod toml;
mod whole;
mod wiki;
mod xml;
mod yaml;
mod zip;

use std::borrow::Cow;

pub(crate) use body::{Body, Carried};
pub use container::MemberCounts;
pub use format::{Format, UnknownFormat};
use json::Json;
use markdown::Markdown;
use markup::Markup;
pub(crate) use run::run;
use subtitles::Subtitles;
use table::Table;
use whole::Whole;

use crate::decode::Encoding;
use crate::pipeline::Error;

/// What becomes of the text that a format finds.
pub(crate) trait Passages {
    /// Normalises a passage that stands for itself: a paragraph, a cell, an attribute. Borrowed if nothing changes.
    fn passage<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error>;

    /// The same for program code, whose marks stay.
    fn code<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
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
}

/// A document on its way through its format, piece by piece; the result does not depend on where the pieces are cut.
pub(crate) trait Rewriter: Send {
    /// Takes the document's next piece and appends what is ready to `out`; `last` ends the document.
    ///
    /// # Errors
    /// [`Error::Document`] where the document is not what its format says, and what `passages` fails with.
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
pub(crate) struct Settings {
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
#[cfg(test)]
pub(crate) fn rewrite(
    format: Format,
    text: &str,
    settings: &Settings,
    passages: &mut dyn Passages,
) -> Result<String, Error> {
    let mut out = String::with_capacity(text.len());
    match rewriter(format, settings) {
        Some(mut rewriter) => rewriter.push(text, true, passages, &mut out)?,
        None => out.push_str(&passages.passage(text)?),
    }
    Ok(out)
}

/// What rewrites documents of this format; `None` for plain text, and for containers, whose parts are documents.
pub(crate) fn rewriter(format: Format, settings: &Settings) -> Option<Box<dyn Rewriter>> {
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
        Format::Latex => Box::new(Whole::new(latex::edit, settings)),
        Format::MediaWiki => Box::new(Whole::new(wiki::edit, settings)),
        Format::Rst => Box::new(Whole::new(rst::edit, settings)),
        Format::AsciiDoc => Box::new(Whole::new(asciidoc::edit, settings)),
        Format::Org => Box::new(Whole::new(org::edit, settings)),
        Format::Xliff => Box::new(Markup::new(&localization::XLIFF, settings)),
        Format::Resx => Box::new(Markup::new(&localization::RESX, settings)),
        Format::QtTs => Box::new(Markup::new(&localization::QT, settings)),
        Format::Strings => Box::new(Whole::new(strings::edit, settings)),
        Format::Notebook => Box::new(Whole::new(notebook::edit, settings)),
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
