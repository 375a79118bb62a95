//! A document's text on its way from decode to encode: repair, convert, punctuate.
//!
//! All stages work on whole lines, so that a document in pieces comes out as it does whole.

use std::borrow::Cow;

use crate::convert::{Bearing, Doubt, Outside, Script, ScriptCount};
use crate::doubts::{DoubtfulPlace, Doubts};
use crate::language::Language;
use crate::pipeline::{Error, Normalizer};
use crate::punctuate::{Punctuator, Quotes, spaces};
use crate::repair::{self, Findings};

/// How much of a document's beginning tells its language, and its script where a line tells none; bytes of UTF-8.
const HEAD: usize = 1 << 16;

/// One document's text stages and what they know of it so far.
pub(crate) struct TextPass<'a> {
    normalizer: &'a Normalizer,
    /// What was seen of the document's beginning, as long as nothing is known.
    head: String,
    known: Option<Known>,
    /// What came and is not repaired yet.
    page: String,
    /// How much of the document was repaired, bytes of UTF-8.
    repaired: u64,
    findings: Findings,
    script: ScriptCount,
    outside: Outside,
    doubts: Doubts,
    /// Repaired, and not converted yet.
    text: String,
    /// Room for converted text on its way to be punctuated; empty in between.
    converted: String,
    /// `None` if marks are kept.
    punctuator: Option<Punctuator>,
}

/// What of a text, up to a line's end, tells how the next line is taken.
#[derive(Clone, PartialEq)]
pub(crate) struct Carried {
    known: Known,
    /// `None` if marks are kept.
    quotes: Option<Quotes>,
}

impl Carried {
    /// The same where each passage stands for itself.
    pub fn between_passages(self) -> Carried {
        Carried {
            quotes: None,
            ..self
        }
    }
}

/// What a document's beginning tells.
#[derive(Clone, PartialEq)]
struct Known {
    language: Language,
    left_alone: bool,
    /// `None` if nothing is chosen.
    bearing: Option<Bearing>,
    /// Whether a scraper set a space after every character.
    spaced: bool,
}

impl<'a> TextPass<'a> {
    /// A document at its beginning.
    pub fn new(normalizer: &'a Normalizer) -> TextPass<'a> {
        TextPass {
            normalizer,
            head: String::new(),
            known: None,
            page: String::new(),
            repaired: 0,
            findings: normalizer.findings(),
            script: ScriptCount::default(),
            outside: Outside::default(),
            doubts: normalizer.doubts(),
            text: String::new(),
            converted: String::new(),
            punctuator: normalizer.punctuates().then(Punctuator::default),
        }
    }

    /// The document from a line's beginning on; its offsets are counted from there.
    pub fn further_on(normalizer: &'a Normalizer, carried: Carried) -> TextPass<'a> {
        TextPass {
            known: Some(carried.known),
            punctuator: carried.quotes.map(Punctuator::new),
            ..TextPass::new(normalizer)
        }
    }

    /// What the text so far leaves for the next line; `None` while something waits for what comes, and where the document
    /// is left alone.
    pub fn carried(&self) -> Option<Carried> {
        let known = self.known.clone().filter(|known| !known.left_alone)?;
        let quotes = match &self.punctuator {
            None => None,
            Some(punctuator) => Some(punctuator.quotes()?.clone()),
        };
        (self.page.is_empty() && self.text.is_empty()).then_some(Carried { known, quotes })
    }

    /// Takes what `further` did, which began at byte `offset` with what this one leaves. `text` is its whole result.
    pub fn append(&mut self, further: TextPass<'a>, offset: u64, text: &str) {
        self.findings.add_further(further.findings, offset);
        self.doubts.add_further(further.doubts, offset);
        self.repaired = offset + further.repaired;
        self.script.merge(further.script);
        if !self.outside.add_further(&further.outside) {
            self.outside.add(text);
        }
        self.known = further.known;
        self.punctuator = further.punctuator;
        // What waits for more does so from now on.
        self.page = further.page;
        self.text = further.text;
    }

    /// Shows text of the document's beginning before any is converted. Without it, the first that is converted serves.
    pub fn observe(&mut self, text: &str) {
        if self.known.is_none() && self.head.len() < HEAD {
            self.head.push_str(front(text, HEAD - self.head.len()));
        }
    }

    /// Settles what is known of the document by what was shown, however little.
    pub fn settle(&mut self) {
        self.know("");
    }

    /// The document's language; `None` until enough of it came.
    pub fn language(&self) -> Option<Language> {
        self.known.as_ref().map(|known| known.language)
    }

    /// Whether the document is in a language that is left alone; `None` until enough of it came.
    pub fn is_left_alone(&self) -> Option<bool> {
        self.known.as_ref().map(|known| known.left_alone)
    }

    /// Takes text that goes on, and appends what is ready to `out`; the rest waits for the next call. `last` says that
    /// it ends the document.
    ///
    /// # Errors
    /// [`Error::Reference`].
    pub fn push(&mut self, text: &str, last: bool, out: &mut String) -> Result<(), Error> {
        let mut page = std::mem::take(&mut self.page);
        let page = after(&mut page, text);
        if self.known.is_none() && self.head.is_empty() && !last && page.len() < HEAD {
            self.page = page.to_owned();
            return Ok(());
        }
        if self.know(page).left_alone {
            self.script.add(page);
            out.push_str(page);
            return Ok(());
        }
        let length = if last {
            page.len()
        } else {
            repair::whole_lines(page)
        };
        self.lines(&page[..length], last, out)?;
        self.page = page[length..].to_owned();
        Ok(())
    }

    /// One passage that stands for itself: whole in, whole out; borrowed if nothing changes.
    ///
    /// # Errors
    /// [`Error::Reference`].
    pub fn passage<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        if self.know(text).left_alone {
            self.script.add(text);
            return Ok(Cow::Borrowed(text));
        }
        self.punctuator = self.normalizer.punctuates().then(Punctuator::default);
        self.alone(text)
    }

    /// A passage of program code: its marks stay.
    ///
    /// # Errors
    /// [`Error::Reference`].
    pub fn code<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        if self.know(text).left_alone {
            return self.passage(text);
        }
        self.punctuator = None;
        self.alone(text)
    }

    fn alone<'t>(&mut self, text: &'t str) -> Result<Cow<'t, str>, Error> {
        let mut out = String::with_capacity(text.len());
        self.lines(text, true, &mut out)?;
        Ok(if out == text {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(out)
        })
    }

    /// Repairs markup before its text is told from its tags: damage may have eaten a tag's `<`. What is repaired counts
    /// as found; what is not is found again in its passage.
    pub fn repair_markup<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        let Some((repairer, true)) = self.normalizer.repairer() else {
            return Cow::Borrowed(markup);
        };
        let mut findings = self.normalizer.findings();
        let (repaired, _) = repairer.front(markup, self.repaired, true, &mut findings);
        self.findings.add_repaired(findings);
        repaired
    }

    /// Where the next text begins in the document, bytes.
    pub fn set_offset(&mut self, offset: u64) {
        self.repaired = offset;
    }

    /// The damage found so far.
    pub fn findings(&mut self) -> Findings {
        std::mem::take(&mut self.findings)
    }

    /// The script of what came so far.
    pub fn script(&self) -> Script {
        self.script.script()
    }

    /// How many places are doubtful so far, and each of them, if that is wanted.
    pub fn doubts(&mut self) -> (u64, Vec<DoubtfulPlace>) {
        self.doubts.take()
    }

    /// What of the output so far is outside the standard, if that is counted.
    pub fn outside(&mut self) -> Outside {
        std::mem::take(&mut self.outside)
    }

    /// What is known of the document, told from what was shown of it, or else from `text`.
    fn know(&mut self, text: &str) -> &Known {
        let (head, normalizer) = (&self.head, self.normalizer);
        self.known.get_or_insert_with(|| {
            let head = if head.is_empty() {
                front(text, HEAD)
            } else {
                head
            };
            let language = Language::of(head);
            Known {
                language,
                left_alone: language.is_left_alone() && !normalizer.any_language(),
                bearing: normalizer.auto().map(|auto| auto.bearing(head)),
                spaced: normalizer.punctuates() && spaces::are_everywhere(head),
            }
        })
    }

    /// Whole lines through the stages, in blocks that stay in the processor's cache from one stage to the next.
    fn lines(&mut self, lines: &str, last: bool, out: &mut String) -> Result<(), Error> {
        let from = out.len();
        // Hardly any text grows: ... becomes ……, and that is all.
        out.reserve(lines.len() + lines.len() / 16);
        let mut start = 0;
        loop {
            let end = match self.normalizer.converts_pieces() {
                true => block_end(lines, start),
                false => lines.len(),
            };
            self.stages(&lines[start..end], last && end == lines.len(), out)?;
            start = end;
            if start == lines.len() {
                break;
            }
        }
        if self.normalizer.counts_outside() {
            self.outside.add(&out[from..]);
        }
        Ok(())
    }

    fn stages(&mut self, lines: &str, last: bool, out: &mut String) -> Result<(), Error> {
        let source = (lines, self.repaired);
        let repaired = self.repair(lines);
        let Some(mut punctuator) = self.punctuator.take() else {
            return self.convert(&repaired, source, last, out);
        };
        let spaced = self.known.as_ref().is_some_and(|known| known.spaced);
        let repaired = spaces::taken_out(&repaired, spaced);
        let mut converted = std::mem::take(&mut self.converted);
        self.convert(&repaired, source, last, &mut converted)?;
        punctuator.push(&converted, last, out);
        converted.clear();
        self.converted = converted;
        self.punctuator = Some(punctuator);
        Ok(())
    }

    /// Converts what `source`, which begins at this byte of the document, became when it was repaired.
    fn convert(
        &mut self,
        lines: &str,
        (source, offset): (&str, u64),
        last: bool,
        out: &mut String,
    ) -> Result<(), Error> {
        if let Some(auto) = self.normalizer.auto() {
            let known = self.known.as_ref().expect("known by now");
            let bearing = known.bearing.as_ref().expect("of what is chosen");
            let doubts = &mut self.doubts;
            let mut doubt = |doubt: Doubt| doubts.add(doubt, lines, source, offset);
            let count = auto.block(lines, bearing, out, &mut doubt);
            self.script.merge(count);
            return Ok(());
        }
        self.script.add(lines);
        let mut text = std::mem::take(&mut self.text);
        let text = after(&mut text, lines);
        let done = self.normalizer.convert(text, last, out)?;
        self.text = text[done..].to_owned();
        Ok(())
    }

    fn repair<'t>(&mut self, lines: &'t str) -> Cow<'t, str> {
        let offset = self.repaired;
        self.repaired += lines.len() as u64;
        match self.normalizer.repairer() {
            None => Cow::Borrowed(lines),
            Some((repairer, keep)) => {
                let (repaired, _) = repairer.front(lines, offset, true, &mut self.findings);
                if keep { repaired } else { Cow::Borrowed(lines) }
            }
        }
    }
}

/// Where the block of lines ends that begins at `start`.
fn block_end(lines: &str, start: usize) -> usize {
    const BLOCK: usize = 1 << 15;
    let bytes = &lines.as_bytes()[start..];
    let block = &bytes[..bytes.len().min(BLOCK)];
    match memchr::memrchr(b'\n', block) {
        Some(at) if block.len() == BLOCK => start + at + 1,
        None if block.len() == BLOCK => repair::piece_end(lines, start),
        _ => lines.len(),
    }
}

/// `text` behind what waited for it; copied only if something did.
fn after<'t>(waiting: &'t mut String, text: &'t str) -> &'t str {
    if waiting.is_empty() {
        return text;
    }
    waiting.push_str(text);
    waiting
}

/// The front of `text`, of at most this many bytes.
fn front(text: &str, most: usize) -> &str {
    let mut length = text.len().min(most);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    &text[..length]
}
