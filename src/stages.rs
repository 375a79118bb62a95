//! A document's text on its way from decode to encode: repair, convert, punctuate.
//!
//! All stages work on whole lines, so that a document in pieces comes out as it does whole.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use jianti_data::lines::{piece_end, whole_lines};
use jianti_formats::TextSink;
use jianti_opencc::EngineError;
use jianti_repair::{Findings, Page, Repairer};
use jianti_text::encoding::Encoding;
use jianti_text::lines::front;
use jianti_text::{Language, Outside, Script, ScriptCount};

use crate::choice::{Decision, ScriptContext};
use crate::context::{Context, Conversion};
use crate::doubts::{Doubts, Source, Told};
use crate::glance::Glance;
use crate::masked::{mask, restore};
use crate::punctuate::{Punctuator, Quotes, spaces};
use crate::records::{Counts, RecordError, Records};

/// How much of a document's beginning tells its language, and its script where a line tells none; bytes of UTF-8.
pub(crate) const HEAD: usize = 1 << 16;

/// One document's text stages and what they know of it so far.
pub(crate) struct Stages<'a> {
    context: &'a Context,
    /// The document's name, if links are to be followed from it.
    name: Option<&'a Path>,
    /// The encoding that the document was in, if that is known.
    encoding: Option<Encoding>,
    /// What was seen of the document's beginning, as long as nothing is known.
    head: String,
    known: Option<Known>,
    /// Whether it is left as it is, whatever its text.
    left: bool,
    /// What the repair knows of the document, once it is known.
    damage: Option<Page>,
    /// Where each record is a document of its own: what they are together.
    records: Option<Records>,
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
    /// What masks stand for in text that waits to be punctuated.
    masked: VecDeque<String>,
    /// `None` if marks are kept.
    punctuator: Option<Punctuator>,
    /// Why the engine did not convert the text, if it did not.
    failure: Option<EngineError>,
}

/// What of a text, up to a line's end, tells how the next line is taken.
#[derive(Clone, PartialEq)]
pub(crate) struct LineState {
    encoding: Option<Encoding>,
    /// Of records nothing is left, here and in `damage`.
    known: Option<Known>,
    damage: Option<Page>,
    /// `None` if marks are kept.
    quotes: Option<Quotes>,
}

impl LineState {
    /// The same where each passage stands for itself.
    pub fn between_passages(self) -> LineState {
        LineState {
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
    script_context: Option<ScriptContext>,
    /// Whether a scraper set a space after every character.
    spaced: bool,
}

impl<'a> Stages<'a> {
    /// A document at its beginning.
    pub fn new(context: &'a Context) -> Stages<'a> {
        Stages {
            context,
            name: None,
            encoding: None,
            head: String::new(),
            known: None,
            left: false,
            damage: None,
            records: None,
            page: String::new(),
            repaired: 0,
            findings: context.findings(),
            script: ScriptCount::default(),
            outside: Outside::default(),
            doubts: context.doubts(),
            text: String::new(),
            converted: String::new(),
            masked: VecDeque::new(),
            punctuator: context.punctuates().then(Punctuator::default),
            failure: None,
        }
    }

    /// The document from a line's beginning on; its offsets are counted from there.
    pub fn further_on(context: &'a Context, state: LineState) -> Stages<'a> {
        let is_record = state.known.is_none();
        let records = is_record.then(|| Records::new(context.options.records));
        Stages {
            encoding: state.encoding,
            known: state.known,
            damage: state.damage,
            records,
            punctuator: state.quotes.map(Punctuator::new),
            ..Stages::new(context)
        }
    }

    /// What the text so far leaves for the next line; `None` while something waits for what comes, and where the document
    /// is left alone.
    pub fn line_state(&self) -> Option<LineState> {
        let (known, damage) = match &self.records {
            Some(_) => (None, None),
            None => {
                let known = self.known.clone().filter(|known| !known.left_alone)?;
                (Some(known), self.damage.clone())
            }
        };
        let quotes = match &self.punctuator {
            None => None,
            Some(punctuator) => Some(punctuator.quotes()?.clone()),
        };
        (self.page.is_empty() && self.text.is_empty()).then(|| LineState {
            encoding: self.encoding,
            known,
            damage,
            quotes,
        })
    }

    /// Takes what `further` did, which began at byte `offset`, behind so many lines, with what this one leaves. `text` is
    /// its whole result.
    pub fn append(&mut self, further: Stages<'a>, offset: u64, lines: u64, text: &str) {
        self.findings.add_further(further.findings, offset);
        self.doubts.add_further(further.doubts, offset);
        self.repaired = offset + further.repaired;
        self.script.merge(further.script);
        if !self.outside.add_further(&further.outside) {
            self.outside.add(text);
        }
        self.known = further.known;
        self.damage = further.damage;
        if let (Some(records), Some(further)) = (&mut self.records, further.records) {
            records.add_further(further, lines);
        }
        self.punctuator = further.punctuator;
        self.masked = further.masked;
        // What waits for more does so from now on.
        self.page = further.page;
        self.text = further.text;
    }

    /// Tells the document's name, from which its links are followed.
    pub fn set_name(&mut self, name: Option<&'a Path>) {
        self.name = name;
    }

    /// Tells the encoding that the document is in.
    pub fn set_encoding(&mut self, encoding: Encoding) {
        self.encoding = Some(encoding);
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

    /// Settles that the document consists of records.
    pub fn take_records(&mut self) {
        if self.left {
            return;
        }
        self.records = Some(Records::new(self.context.options.records));
    }

    /// Begins a record, of which these are the first texts; whatever came before tells nothing about it.
    pub fn begin_record(&mut self, texts: &[&str]) {
        if self.left || self.records.is_none() {
            return;
        }
        self.known = None;
        self.head.clear();
        for text in texts {
            self.observe(text);
            self.observe("\n");
        }
        let language = self.know("").language;
        let counts = self.counts();
        if let Some(records) = &mut self.records {
            records.begin(language, counts);
        }
    }

    /// What was counted so far, if it matters for each record.
    fn counts(&self) -> Counts {
        match &self.records {
            Some(records) if records.are_told() => Counts {
                script: self.script,
                repaired: self.findings.repairs.repaired.values().sum(),
                open: self.findings.repairs.open + self.findings.repairs.lost,
                doubtful: self.doubts.count(),
            },
            _ => Counts::default(),
        }
    }

    /// The document's records, if it has any.
    pub fn records(&mut self) -> Option<&mut Records> {
        self.records.as_mut()
    }

    /// Settles that the document is left as it is; its language, if it is known, is this.
    pub fn leave(&mut self, language: Language) {
        self.know("");
        self.left = true;
        if let Some(known) = &mut self.known {
            known.language = language;
            known.left_alone = true;
        }
    }

    /// The document's language; `None` until enough of it came.
    pub fn language(&self) -> Option<Language> {
        match &self.records {
            Some(records) => Some(records.language()),
            None => self.known.as_ref().map(|known| known.language),
        }
    }

    /// Whether the document is in a language that is left alone; `None` until enough of it came. Records may be, their
    /// document is not.
    pub fn is_left_alone(&self) -> Option<bool> {
        if self.left {
            return Some(true);
        }
        if self.records.is_some() {
            return Some(false);
        }
        self.known.as_ref().map(|known| known.left_alone)
    }

    /// Takes text that goes on, and appends what is ready to `out`; the rest waits for the next call. `last` says that
    /// it ends the document.
    pub fn push(&mut self, text: &str, last: bool, out: &mut String) {
        let mut page = std::mem::take(&mut self.page);
        let page = after(&mut page, text);
        if self.known.is_none() && self.head.is_empty() && !last && page.len() < HEAD {
            self.page = page.to_owned();
            return;
        }
        if self.know(page).left_alone {
            self.script.add(page);
            out.push_str(page);
            return;
        }
        let length = if last { page.len() } else { whole_lines(page) };
        self.lines(&page[..length], last, out);
        self.page = page[length..].to_owned();
    }

    /// One passage that stands for itself: whole in, whole out; borrowed if nothing changes.
    pub fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if self.know(text).left_alone {
            self.script.add(text);
            return Cow::Borrowed(text);
        }
        if self.context.leaves(text) {
            return Cow::Borrowed(text);
        }
        self.punctuator = self.context.punctuates().then(Punctuator::default);
        self.alone(text)
    }

    /// A passage of program code: its marks stay.
    pub fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if self.know(text).left_alone {
            return self.passage(text);
        }
        self.punctuator = None;
        self.alone(text)
    }

    fn alone<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let mut out = String::with_capacity(room_for(text));
        self.lines(text, true, &mut out);
        if out == text {
            return Cow::Borrowed(text);
        }
        if let Some(records) = &mut self.records {
            records.changed = true;
        }
        Cow::Owned(out)
    }

    /// Repairs markup before its text is told from its tags: damage may have eaten a tag's `<`. What is repaired counts
    /// as found; what is not is found again in its passage.
    pub fn repair_markup<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        let Some((repairer, true)) = self.context.repairer() else {
            return Cow::Borrowed(markup);
        };
        let mut findings = self.context.findings();
        let repairer = self.repairer_for(repairer);
        let page = self.damage.get_or_insert_with(|| Page::new(markup));
        let (repaired, _) = repairer.front(page, markup, self.repaired, true, &mut findings);
        self.findings.add_repaired(findings);
        repaired
    }

    /// Where the next text begins in the document, bytes.
    pub fn set_offset(&mut self, offset: u64) {
        self.repaired = offset;
    }

    /// Why the engine failed, if it did; what came out is of no use then.
    ///
    /// # Errors
    /// That.
    pub fn check(&mut self) -> Result<(), EngineError> {
        self.failure.take().map_or(Ok(()), Err)
    }

    /// The damage found so far.
    pub fn findings(&mut self) -> Findings {
        std::mem::take(&mut self.findings)
    }

    /// The script of what came so far.
    pub fn script(&self) -> Script {
        self.script.script()
    }

    /// How many places are doubtful so far; each of them and each other choice, if that is wanted.
    pub fn doubts(&mut self) -> Told {
        self.doubts.take()
    }

    /// What of the output so far is outside the standard, if that is counted.
    pub fn outside(&mut self) -> Outside {
        std::mem::take(&mut self.outside)
    }

    /// What is known of the document, told from what was shown of it, or else from `text`.
    fn know(&mut self, text: &str) -> &Known {
        let (head, context) = (&self.head, self.context);
        let damage = &mut self.damage;
        self.known.get_or_insert_with(|| {
            let head: Arc<str> = match head.is_empty() {
                true => front(text, HEAD).into(),
                false => head.as_str().into(),
            };
            *damage = context
                .repairer()
                .map(|_| Page::beginning(Arc::clone(&head)));
            let language = Language::of(&head);
            Known {
                language,
                left_alone: language.is_left_alone() && !context.options.any_language,
                spaced: context.punctuates() && spaces::are_everywhere(&head),
                script_context: context.auto().map(|auto| auto.script_context(head)),
            }
        })
    }

    /// Whole lines through the stages, in blocks that stay in the processor's cache from one stage to the next.
    fn lines(&mut self, lines: &str, last: bool, out: &mut String) {
        let from = out.len();
        out.reserve(room_for(lines));
        let mut start = 0;
        loop {
            let end = block_end(lines, start);
            self.stages(&lines[start..end], last && end == lines.len(), out);
            start = end;
            if start == lines.len() {
                break;
            }
        }
        if self.context.options.count_outside {
            self.outside.add(&out[from..]);
        }
    }

    fn stages(&mut self, lines: &str, last: bool, out: &mut String) {
        let source = Source {
            text: lines,
            offset: self.repaired,
        };
        let repaired = self.repair(lines);
        let kept = self.damage.as_mut().map(Page::take_kept);
        let mut done = 0;
        for kept in kept.unwrap_or_default() {
            let source = source.behind_lines(&repaired[..done]);
            self.convert_lines(&repaired[done..kept.start], source, true, out);
            out.push_str(&repaired[kept.clone()]);
            done = kept.end;
        }
        let source = source.behind_lines(&repaired[..done]);
        self.convert_lines(&repaired[done..], source, last, out);
    }

    /// What comes after repair: addresses and the like are hidden meanwhile, but where all text is converted alike.
    fn convert_lines(&mut self, lines: &str, source: Source, last: bool, out: &mut String) {
        if matches!(self.context.conversion, Conversion::Engine(_)) {
            return self.convert_and_punctuate(lines, Glance::ANY, source, last, out);
        }
        let any = self.context.options.any_language;
        let (text, mut glance) = mask(lines, any, &mut self.masked);
        // The user's own entries may bring some.
        glance.wide |= !self.context.options.dictionaries.is_empty();
        if self.masked.is_empty() {
            return self.convert_and_punctuate(&text, glance, source, last, out);
        }
        let mut done = String::with_capacity(text.len());
        self.convert_and_punctuate(&text, glance, source, last, &mut done);
        restore(&done, &mut self.masked, out);
    }

    fn convert_and_punctuate(
        &mut self,
        lines: &str,
        glance: Glance,
        source: Source,
        last: bool,
        out: &mut String,
    ) {
        let Some(mut punctuator) = self.punctuator.take() else {
            return self.convert(lines, source, last, out);
        };
        let spaced = self.known.as_ref().is_some_and(|known| known.spaced);
        let lines = match glance.spaces || spaced {
            true => spaces::taken_out(lines, spaced),
            false => Cow::Borrowed(lines),
        };
        let mut converted = std::mem::take(&mut self.converted);
        self.convert(&lines, source, last, &mut converted);
        punctuator.push(&converted, glance.wide, last, out);
        converted.clear();
        self.converted = converted;
        self.punctuator = Some(punctuator);
    }

    fn convert(&mut self, lines: &str, source: Source, last: bool, out: &mut String) {
        let engine = match &self.context.conversion {
            Conversion::Auto(auto) => {
                let known = self.known.as_ref().expect("known by now");
                let script_context = known.script_context.as_ref().expect("of what is chosen");
                let doubts = &mut self.doubts;
                let mut doubt = |found: Decision| doubts.add(found, lines, &source);
                let count = auto.block(lines, script_context, out, &mut doubt);
                return self.script.merge(count);
            }
            Conversion::Engine(engine) => engine,
        };
        self.script.add(lines);
        let mut waiting = std::mem::take(&mut self.text);
        let text = after(&mut waiting, lines);
        let length = text.len();
        let done = engine.append(text, last, out).unwrap_or_else(|error| {
            self.failure.get_or_insert(error);
            length
        });
        self.text = match done {
            0 if !waiting.is_empty() => waiting,
            _ if waiting.is_empty() => lines[done..].to_owned(),
            _ => waiting.split_off(done),
        };
    }

    fn repairer_for(&self, repairer: &Repairer) -> Repairer {
        match self.encoding {
            Some(encoding) => repairer.for_encoding(encoding),
            None => *repairer,
        }
    }

    fn repair<'t>(&mut self, lines: &'t str) -> Cow<'t, str> {
        let offset = self.repaired;
        self.repaired += lines.len() as u64;
        match self.context.repairer() {
            None => Cow::Borrowed(lines),
            Some((repairer, keep)) => {
                let repairer = self.repairer_for(repairer);
                let page = self.damage.get_or_insert_with(|| Page::new(lines));
                let (repaired, _) = repairer.front(page, lines, offset, true, &mut self.findings);
                let sites = self.findings.sites.as_mut();
                if let (Some(sites), Some(most)) = (sites, self.context.options.explain_most) {
                    sites.truncate(most);
                }
                if keep {
                    return repaired;
                }
                page.take_kept();
                Cow::Borrowed(lines)
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
        None if block.len() == BLOCK => piece_end(lines, start),
        _ => lines.len(),
    }
}

/// How many bytes text will need when it is done. Hardly any grows: ... becomes ……, and that is all.
fn room_for(text: &str) -> usize {
    text.len() + text.len() / 16
}

/// `text` behind what waited for it; copied only if something did.
fn after<'t>(waiting: &'t mut String, text: &'t str) -> &'t str {
    if waiting.is_empty() {
        return text;
    }
    waiting.push_str(text);
    waiting
}

impl TextSink for Stages<'_> {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        Stages::passage(self, text)
    }

    fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        Stages::code(self, text)
    }

    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        self.repair_markup(markup)
    }

    fn record(&mut self, texts: &[&str]) {
        self.begin_record(texts);
    }

    fn record_ends(&mut self, line: u64, id: Option<&str>) {
        let counts = self.counts();
        if let Some(records) = &mut self.records {
            records.end(line, id, counts);
        }
    }

    fn bad_record(&mut self, line: u64, column: u64, cause: &'static str, id: Option<&str>) {
        let error = RecordError {
            member: None,
            line,
            column,
            cause,
        };
        if let Some(records) = &mut self.records {
            records.add_bad(error, id);
        }
    }

    fn at(&mut self, offset: u64) {
        self.set_offset(offset);
    }

    fn link(&mut self, path: &str) -> Option<String> {
        self.context.links.as_ref()?.follow(self.name?, path)
    }
}
