//! A document's text on its way through its format and the text stages.

use std::path::Path;

use jianti_formats::{Format, Rewriter, Settings, TextSink, code_rewriter, rewriter};
use jianti_text::Language;
use jianti_text::encoding::{Detection, Encoding, Evidence};
use jianti_text::lines::front;

use super::probe::Probe;
use crate::context::{BLOCK, Context};
use crate::error::Error;
use crate::stages::{self, Stages};

/// How much of a document is gone through at a time to find the text that tells its language and script; bytes.
const STEP: usize = 1 << 16;

/// What of a document, up to a line's end, tells how the next line is taken.
#[derive(Clone, PartialEq)]
pub(crate) struct DocumentState {
    format: Format,
    text: stages::LineState,
}

/// A document's text between decode and encode.
pub(crate) struct Document<'a> {
    stages: Stages<'a>,
    name: Option<&'a Path>,
    /// Whether comments and strings of source code are converted.
    code: bool,
    settings: Settings,
    /// As far as it is known, and what its bytes show, if they were looked at.
    format: Option<Format>,
    shown: Option<Format>,
    /// How much text came, bytes.
    length: u64,
    begun: bool,
    /// `None` for plain text.
    rewriter: Option<Box<dyn Rewriter>>,
}

impl DocumentState {
    /// The same behind much text without damage.
    pub fn rested(self) -> DocumentState {
        let text = self.text.rested();
        DocumentState { text, ..self }
    }
}

impl<'a> Document<'a> {
    /// A document at its beginning, and its name if it has one.
    pub fn new(context: &'a Context, name: Option<&'a Path>) -> Document<'a> {
        let mut stages = Stages::new(context);
        stages.set_name(name);
        Document {
            stages,
            name,
            code: context.options.code,
            settings: context.settings(),
            format: context.options.format,
            shown: None,
            length: 0,
            begun: false,
            rewriter: None,
        }
    }

    /// Has all of its fields be text, whichever are asked for.
    #[cfg(feature = "parquet")]
    pub fn take_all_fields(&mut self) {
        self.settings.fields = Vec::new();
    }

    /// The document from a line's beginning on; its offsets are counted from there.
    pub fn further_on(context: &'a Context, state: DocumentState) -> Document<'a> {
        let settings = context.settings();
        Document {
            stages: Stages::further_on(context, state.text),
            name: None,
            code: context.options.code,
            format: Some(state.format),
            shown: None,
            length: 0,
            begun: true,
            rewriter: rewriter(state.format, &settings),
            settings,
        }
    }

    /// What the document so far leaves for the next line; `None` while something waits for what comes, where the next line
    /// depends on more, and where the document is left alone.
    pub fn state(&self) -> Option<DocumentState> {
        let text = match &self.rewriter {
            None => self.stages.line_state()?,
            Some(rewriter) if rewriter.is_at_rest() => self.stages.line_state()?.between_passages(),
            Some(_) => return None,
        };
        let format = self.format.filter(|_| self.begun)?;
        Some(DocumentState { format, text })
    }

    /// Takes what `further` did, which began with what this one leaves. `text` is its whole result.
    pub fn append(&mut self, further: Document<'a>, text: &str) {
        let lines = self
            .rewriter
            .as_ref()
            .map_or(0, |rewriter| rewriter.lines());
        self.stages.append(further.stages, self.length, lines, text);
        self.rewriter = further.rewriter;
        if let Some(rewriter) = &mut self.rewriter {
            rewriter.move_on(self.length, lines);
        }
        self.length += further.length;
    }

    /// Takes the document's next piece and appends what is ready to `out`; `last` ends the document. The first piece
    /// tells the format.
    ///
    /// # Errors
    /// [`Error::Format`] and [`Error::Engine`].
    pub fn push(&mut self, text: &str, last: bool, out: &mut String) -> Result<(), Error> {
        self.length += text.len() as u64;
        if !std::mem::replace(&mut self.begun, true) {
            let told = || Format::of(self.name, text.as_bytes());
            let format = *self.format.get_or_insert_with(told);
            self.rewriter = self.rewriter_for(format, text);
            if matches!(format, Format::Code | Format::Warc) && self.rewriter.is_none() {
                self.stages.leave(Language::Undetermined);
            }
            if let Some(mut looking) = self.rewriter_for(format, text) {
                // No more than of a document that comes in blocks.
                let beginning = front(text, BLOCK);
                let step = if format.is_whole() { BLOCK } else { STEP };
                look(&mut *looking, beginning, step, &mut self.stages);
                if looking.has_records() {
                    self.stages.take_records();
                }
            }
        }
        match &mut self.rewriter {
            Some(rewriter) => rewriter.push(text, last, &mut self.stages, out)?,
            None => self.stages.push(text, last, out),
        }
        Ok(self.stages.check()?)
    }

    /// What rewrites the document, if it has this format and begins so.
    fn rewriter_for(&self, format: Format, head: &str) -> Option<Box<dyn Rewriter>> {
        match self.code && format == Format::Code {
            true => code_rewriter(self.name, head, &self.settings),
            false => rewriter(format, &self.settings),
        }
    }

    /// Tells the format that the document's bytes show. In UTF-8 they show no other than its text.
    pub fn set_shown_format(&mut self, shown: Format) {
        self.shown = Some(shown);
    }

    /// Tells the encoding that the document is in. One in a Western encoding that nobody named is in another language,
    /// whatever its format.
    pub fn set_encoding(&mut self, found: Detection) {
        if found.encoding == Encoding::Utf8 {
            self.format = self.format.or(self.shown);
        }
        self.stages.set_encoding(found.encoding);
        self.settings.encoding.get_or_insert(found.encoding);
        if found.evidence == Evidence::Content && matches!(found.encoding, Encoding::Other(_)) {
            self.stages.leave(Language::Other);
        }
    }

    /// The document's name, if it has one.
    pub fn name(&self) -> Option<&'a Path> {
        self.name
    }

    /// The document's format, once its text came.
    pub fn format(&self) -> Format {
        self.known_format().unwrap_or(Format::Text)
    }

    /// The same; `None` until the first piece or an option told it.
    pub fn known_format(&self) -> Option<Format> {
        self.format
    }

    /// The text stages, which know what was found.
    pub fn stages(&mut self) -> &mut Stages<'a> {
        &mut self.stages
    }
}

/// Shows the text of the document's beginning to the stages, step by step, so that they know the document before anything
/// is converted.
fn look(rewriter: &mut dyn Rewriter, text: &str, step: usize, stages: &mut Stages) {
    let mut probe = Probe::new(stages);
    let mut rest = text;
    while !probe.has_enough() && !rest.is_empty() {
        let piece = front(rest, step);
        rest = &rest[piece.len()..];
        // What is wrong with the document shows when it is converted.
        let ends = rest.is_empty();
        if rewriter
            .push(piece, ends, &mut probe, &mut String::new())
            .is_err()
        {
            break;
        }
    }
    stages.settle();
}
