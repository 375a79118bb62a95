//! A document's text on its way through its format and the text stages.

use std::borrow::Cow;
use std::path::Path;

use super::{ENOUGH, Format, Passages, Rewriter, Settings, rewriter};
use crate::pipeline::{Error, Normalizer};
use crate::text::{self, TextPass};

/// How much of a document is gone through at a time to find its text, bytes.
const STEP: usize = 1 << 16;

/// What of a document, up to a line's end, tells how the next line is taken.
#[derive(Clone, PartialEq)]
pub(crate) struct Carried {
    format: Format,
    text: text::Carried,
}

/// A document's text between decode and encode.
pub(crate) struct Body<'a> {
    pass: TextPass<'a>,
    name: Option<&'a Path>,
    settings: Settings,
    /// As far as it is known.
    format: Option<Format>,
    /// How much text came, bytes.
    length: u64,
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
            length: 0,
            begun: false,
            rewriter: None,
        }
    }

    /// The document from a line's beginning on; its offsets are counted from there.
    pub fn further_on(normalizer: &'a Normalizer, carried: Carried) -> Body<'a> {
        let settings = normalizer.settings();
        Body {
            pass: TextPass::further_on(normalizer, carried.text),
            name: None,
            format: Some(carried.format),
            length: 0,
            begun: true,
            rewriter: rewriter(carried.format, &settings),
            settings,
        }
    }

    /// What the document so far leaves for the next line; `None` while something waits for what comes, where the next line
    /// depends on more, and where the document is left alone.
    pub fn carried(&self) -> Option<Carried> {
        let text = match &self.rewriter {
            None => self.pass.carried()?,
            Some(rewriter) if rewriter.is_at_rest() => self.pass.carried()?.between_passages(),
            Some(_) => return None,
        };
        let format = self.format.filter(|_| self.begun)?;
        Some(Carried { format, text })
    }

    /// Takes what `further` did, which began with what this one leaves. `text` is its whole result.
    pub fn append(&mut self, further: Body<'a>, text: &str) {
        self.pass.append(further.pass, self.length, text);
        self.rewriter = further.rewriter;
        if let Some(rewriter) = &mut self.rewriter {
            rewriter.move_on(self.length);
        }
        self.length += further.length;
    }

    /// Takes the document's next piece and appends what is ready to `out`; `last` ends the document. The first piece
    /// tells the format.
    ///
    /// # Errors
    /// [`Error::Document`] and [`Error::Reference`].
    pub fn push(&mut self, text: &str, last: bool, out: &mut String) -> Result<(), Error> {
        self.length += text.len() as u64;
        if !std::mem::replace(&mut self.begun, true) {
            let told = || Format::of(self.name, text.as_bytes());
            let format = *self.format.get_or_insert_with(told);
            if format == Format::Code {
                self.pass.leave();
            }
            self.rewriter = rewriter(format, &self.settings);
            if let Some(mut looking) = rewriter(format, &self.settings) {
                look(&mut *looking, text, &mut self.pass);
                if looking.has_records() {
                    self.pass.take_records();
                }
            }
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

/// Shows the text of the document's beginning to `pass`, so that it knows the document before anything is converted.
fn look(rewriter: &mut dyn Rewriter, text: &str, pass: &mut TextPass) {
    let mut look = Look::new(pass);
    let mut rest = text;
    while look.seen < ENOUGH && !rest.is_empty() {
        let mut cut = rest.len().min(STEP);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let (piece, behind) = rest.split_at(cut);
        rest = behind;
        // What is wrong with the document shows when it is converted.
        if rewriter
            .push(piece, rest.is_empty(), &mut look, &mut String::new())
            .is_err()
        {
            break;
        }
    }
    pass.settle();
}

/// Shows passages, and changes none.
pub(super) struct Look<'p, 'a> {
    pass: &'p mut TextPass<'a>,
    seen: usize,
}

impl<'p, 'a> Look<'p, 'a> {
    /// Nothing was shown yet.
    pub fn new(pass: &'p mut TextPass<'a>) -> Self {
        Look { pass, seen: 0 }
    }

    /// How much text was shown, bytes.
    pub fn seen(&self) -> usize {
        self.seen
    }
}

impl Passages for Look<'_, '_> {
    fn passage<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        self.pass.observe(text);
        self.pass.observe("\n");
        self.seen += text.len();
        Ok(Cow::Borrowed(text))
    }
}

impl Passages for TextPass<'_> {
    fn passage<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        TextPass::passage(self, text)
    }

    fn code<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        TextPass::code(self, text)
    }

    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        self.repair_markup(markup)
    }

    fn record(&mut self, texts: &[&str]) {
        self.begin_record(texts);
    }

    fn at(&mut self, offset: u64) {
        self.set_offset(offset);
    }
}
