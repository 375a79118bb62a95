//! A document's text on its way through its format and the text stages.

use std::borrow::Cow;
use std::path::Path;

use super::{Format, Passages, Rewriter, Settings, rewriter};
use crate::pipeline::{Error, Normalizer};
use crate::text::TextPass;

/// A document's text between decode and encode.
pub(crate) struct Body<'a> {
    pass: TextPass<'a>,
    name: Option<&'a Path>,
    settings: Settings,
    /// As far as it is known.
    format: Option<Format>,
    begun: bool,
    /// `None` for plain text.
    rewriter: Option<Box<dyn Rewriter>>,
}

impl<'a> Body<'a> {
    /// A document at its beginning, and its name if it has one.
    pub fn new(normalizer: &'a Normalizer, name: Option<&'a Path>) -> Body<'a> {
        Body {
            pass: TextPass::new(normalizer),
            name,
            settings: normalizer.settings(),
            format: normalizer.format(),
            begun: false,
            rewriter: None,
        }
    }

    /// Takes the document's next piece and appends what is ready to `out`; `last` ends the document. The first piece
    /// tells the format.
    ///
    /// # Errors
    /// [`Error::Document`] and [`Error::Reference`].
    pub fn push(&mut self, text: &str, last: bool, out: &mut String) -> Result<(), Error> {
        if !std::mem::replace(&mut self.begun, true) {
            let told = || Format::of(self.name, text.as_bytes());
            let format = *self.format.get_or_insert_with(told);
            self.rewriter = rewriter(format, &self.settings);
        }
        match &mut self.rewriter {
            Some(rewriter) => rewriter.push(text, last, &mut self.pass, out),
            None => self.pass.push(text, last, out),
        }
    }

    /// The document's format, once its text came.
    pub fn format(&self) -> Format {
        self.format.unwrap_or(Format::Text)
    }

    /// The text stages, which know what was found.
    pub fn pass(&mut self) -> &mut TextPass<'a> {
        &mut self.pass
    }
}

impl Passages for TextPass<'_> {
    fn observe(&mut self, _text: &str) {}

    fn passage<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        TextPass::passage(self, text)
    }

    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        self.repair_markup(markup)
    }

    fn at(&mut self, offset: u64) {
        self.set_offset(offset);
    }
}
