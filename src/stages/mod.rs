//! A document's text on its way from decode to encode: repair, convert, punctuate.
//!
//! All stages work on whole lines, so that a document in pieces comes out as it does whole.

mod lines;
mod passages;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

use jianti_data::lines::whole_lines;
use jianti_opencc::EngineError;
use jianti_repair::{Findings, Page};
use jianti_text::beside::Share;
use jianti_text::encoding::Encoding;
use jianti_text::lines::front;
use jianti_text::{Language, Outside, Script, ScriptCount};

use crate::choice::ScriptContext;
use crate::context::Context;
use crate::doubts::{Doubts, Told};
use crate::punctuate::{Punctuator, Quotes, Table, spaces, table_head};
use crate::records::{Counts, Records};
use crate::romaji;

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
    /// The same behind much text without damage.
    pub fn rested(self) -> LineState {
        let damage = self.damage.map(Page::rested);
        LineState { damage, ..self }
    }

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
    /// If only some lines are Chinese and the others stay, how many.
    among_others: Option<Share>,
    /// Whether some words are Japanese by their readings in Latin letters.
    romaji: bool,
    /// `None` if nothing is chosen.
    script_context: Option<ScriptContext>,
    /// Whether a scraper set a space after every character.
    spaced: bool,
    /// The form of the rows that a plain text begins with.
    table: Option<Table>,
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
        let is_front = self.known.is_none() && self.punctuator.is_some();
        if self.know(page).left_alone {
            self.script.add(page);
            out.push_str(page);
            return;
        }
        let length = if last { page.len() } else { whole_lines(page) };
        // The names of a table's columns keep their marks, as its rows do.
        let names = if is_front {
            self.table(front(page, HEAD))
        } else {
            0
        };
        if names > 0 {
            let punctuator = self.punctuator.take();
            self.lines(&page[..names], false, out);
            self.punctuator = punctuator;
        }
        self.lines(&page[names..length], last, out);
        self.page = page[length..].to_owned();
    }

    /// Settles whether a plain text begins with a table; the length of the line that names its columns, bytes.
    fn table(&mut self, text: &str) -> usize {
        let table = Table::of(text);
        if let Some(known) = &mut self.known {
            known.table = table;
        }
        match table.map_or(0, |table| table.head) {
            0 => table_head(text),
            head => head,
        }
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
            let any = context.options.any_language;
            // Where all text is converted alike, no line can stay.
            let is_misread = damage.as_ref().is_some_and(Page::is_misread);
            let own = damage.as_ref().and_then(Page::without_misread_lines);
            let own = own.as_deref().unwrap_or(&head);
            let (language, lines) = match any || context.auto().is_none() {
                // What it shows is in no language.
                _ if is_misread => (Language::Undetermined, None),
                true => (Language::of(own), None),
                false => Language::of_document(own),
            };
            let among_others = lines.as_ref().map(|lines| lines.share);
            let romaji = !any && context.auto().is_some() && romaji::words(&head).next().is_some();
            let head = lines.map_or(head, |lines| lines.text.into());
            Known {
                language,
                left_alone: language.is_left_alone() && !any,
                among_others,
                romaji,
                spaced: context.punctuates() && spaces::are_everywhere(&head),
                table: None,
                script_context: context.auto().map(|auto| auto.script_context(head)),
            }
        })
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
