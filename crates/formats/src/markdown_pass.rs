//! What the parser tells of Markdown, turned into passages to be normalised and edits of the document.

use std::borrow::Cow;
use std::ops::Range;

use jianti_text::chars::is_han;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use crate::Error;
use crate::anchor::{self, Changed};
use crate::characters::Characters;
use crate::escape::Place;
use crate::front_matter;
use crate::link::{self, Base};
use crate::markdown_directive::{add_run, edit_rst, is_rst, role};
use crate::markdown_filled::{Filled, FilledIn};
use crate::markdown_formulas::formulas;
use crate::markdown_html::rewrite_html;
use crate::markdown_indented::sentences;
use crate::markdown_labels::Definition;
use crate::markdown_marks::{Marks, Mode};
use crate::markdown_parsed::{Parsed, within};
use crate::markdown_parts::{Block, line_start};
use crate::markdown_title::title_edit;
use crate::markup_cells::Cells;
use crate::named::Named;
use crate::object::{FORMULA_TEXT, OBJECT};
use crate::piece::{Form, Piece, Placed, apply_from, convert};
use crate::whole::{Edits, edited, sort};
use crate::{Format, Settings, TextSink};

/// The way of a document through the parser.
pub(super) struct Pass<'d, 'p> {
    /// The document as far as it is there, what the parser reads in its place, and how much of it stood before, bytes.
    document: &'d str,
    parsed: &'d Parsed<'d>,
    before: u64,
    settings: &'p Settings,
    passages: &'p mut dyn TextSink,
    pub edits: Edits,
    /// How many of these are of blocks before the one that is read.
    block_edits: usize,
    /// How far the document is written, bytes.
    written: usize,
    /// Where the block begins that goes on, whether it has headings, and the blocks before it that have some.
    start: Option<usize>,
    has_heading: bool,
    /// Whether these are of use: more of the document follows, which may have links to them.
    pub keeps_headings: bool,
    headings: Vec<Changed>,
    /// The text that goes on.
    texts: Vec<Placed<'d>>,
    /// Links whose text is their label too.
    labels: Vec<Range<usize>>,
    /// Where links name anchors of the page.
    anchors: Vec<Range<usize>>,
    /// How many of the titles of MkDocs are passed, and how many tags around blocks.
    titles: usize,
    tags: usize,
    /// What a program fills in, in the block, and formulas between brackets with backslashes.
    filled_in: FilledIn,
    formulas: Vec<Range<usize>>,
    /// Whether the text is code, or an address.
    code: bool,
    is_indented: bool,
    address: bool,
    /// What cells of tables tell of those behind and below them, and whether the text is one's.
    cells: Cells,
    is_cell: bool,
    /// Whether the text is a value, whose marks stay; and what marks of MyST say that it is.
    value: bool,
    mode: Option<Mode>,
    pub marks: Marks,
    /// The HTML that goes on.
    page: Option<Range<usize>>,
    /// The reStructuredText that goes on, and the lines of code that is only indented.
    rst: Option<Vec<Range<usize>>>,
    indented: Vec<Range<usize>>,
}

impl<'d, 'p> Pass<'d, 'p> {
    /// At the beginning of a document of which so much stood `before`.
    pub fn new(
        document: &'d str,
        parsed: &'d Parsed<'d>,
        before: u64,
        settings: &'p Settings,
        passages: &'p mut dyn TextSink,
    ) -> Pass<'d, 'p> {
        Pass {
            document,
            parsed,
            before,
            titles: 0,
            tags: 0,
            settings,
            passages,
            edits: Edits::new(),
            block_edits: 0,
            written: 0,
            start: None,
            has_heading: false,
            keeps_headings: false,
            headings: Vec::new(),
            texts: Vec::new(),
            labels: Vec::new(),
            anchors: Vec::new(),
            filled_in: FilledIn::default(),
            formulas: Vec::new(),
            code: false,
            is_indented: false,
            address: false,
            cells: Cells::default(),
            is_cell: false,
            value: false,
            mode: None,
            marks: Marks::default(),
            page: None,
            rst: None,
            indented: Vec::new(),
        }
    }

    /// Whether the document is only looked at, and need be no further.
    pub fn has_enough(&self) -> bool {
        self.passages.has_enough()
    }

    /// What became of the headings since this was asked last.
    pub fn take_headings(&mut self) -> Vec<Changed> {
        std::mem::take(&mut self.headings)
    }

    /// Where links name anchors of the page.
    pub fn take_anchors(&mut self) -> Vec<Range<usize>> {
        std::mem::take(&mut self.anchors)
    }

    /// Appends the document up to byte `end` with its edits, which are done then.
    pub fn write(&mut self, end: usize, out: &mut String) {
        sort(&mut self.edits);
        let next = &self.document[self.written..end];
        apply_from(next, self.written, &self.edits, out);
        self.edits.clear();
        (self.block_edits, self.written) = (0, end);
    }

    /// Normalises the text of a block, or what came of it, and writes it if that can be.
    pub fn block(&mut self, block: &mut Block<'d>, out: Option<&mut String>) -> Result<(), Error> {
        let start = block.events.first().map_or(0, |(_, first)| first.start);
        let end = block.events.iter().map(|(_, range)| range.end).max();
        let end = end.unwrap_or(start);
        self.filled_in.look(self.document, self.parsed, start, end);
        self.formulas = formulas(self.document, &block.events, start..end);
        self.start.get_or_insert(start);
        for (event, range) in block.events.drain(..) {
            self.marked(event, range)?;
        }
        if block.is_whole {
            self.end_run();
            self.keep_labels();
            self.block_tags(end)?;
            self.end_block(end, out.is_some() && self.keeps_headings);
            self.block_edits = self.edits.len();
            // Block by block, so that hardly any text is held twice. A definition has edits of its own.
            let is_settled = block.definition.is_none_or(|at| at >= end);
            if let Some(out) = out
                && is_settled
                && end > self.written
            {
                self.write(end, out);
            }
        }
        Ok(())
    }

    /// Keeps what became of a block with headings, where that is written before links to them are known.
    fn end_block(&mut self, end: usize, keeps: bool) {
        let start = self.start.take().unwrap_or(end);
        if !std::mem::take(&mut self.has_heading) || !keeps {
            return;
        }
        let start = line_start(self.document, start);
        let edits = self.edits[self.block_edits..].iter();
        let mut edits: Edits = edits
            .map(|(range, new)| (range.start - start..range.end - start, new.clone()))
            .collect();
        let old = &self.document[start..end];
        let new = edited(old, &mut edits);
        self.headings.push((old.to_owned(), new));
    }

    /// Normalises the titles of definitions, and their targets.
    pub fn definitions(&mut self, definitions: &[Definition]) {
        for definition in definitions {
            self.title(&definition.title, &definition.range, "");
            self.link(&definition.target, &definition.range);
            self.anchor(&definition.target, &definition.range);
        }
    }

    /// An event, but for what marks of MyST have kept.
    fn marked(&mut self, event: Event<'d>, range: Range<usize>) -> Result<(), Error> {
        if let Event::Text(_) = event {
            self.title_line(range.start);
            self.marks.look(self.document, range.start, self.before);
        }
        if self.mode.is_none() && self.marks.is_empty() {
            return self.event(event, range);
        }
        let is_literal =
            matches!(&event, Event::Text(text) if **text == self.parsed.text[range.clone()]);
        match event {
            Event::Text(_) if is_literal => {
                let mut at = range.start;
                while at < range.end {
                    let place = self.before + at as u64;
                    let mode = self.marks.mode(place);
                    let end = self.marks.next(place).unwrap_or(u64::MAX) - self.before;
                    let end = range.end.min(usize::try_from(end).unwrap_or(range.end));
                    if self.turn(mode) {
                        let text = CowStr::Borrowed(&self.document[at..end]);
                        self.event(Event::Text(text), at..end)?;
                    }
                    at = end;
                }
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. })
            | Event::Text(_)
            | Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {
                let mode = self.marks.mode(self.before + range.start as u64);
                if self.turn(mode) {
                    self.event(event, range)?;
                }
            }
            // A line that is kept ends what stands before it.
            Event::SoftBreak | Event::HardBreak if self.mode.is_some() => {
                self.turn(None);
            }
            event => self.event(event, range)?,
        }
        Ok(())
    }

    /// Text begins here: where it is that of a line that begins a block of MkDocs, all but its title is kept.
    fn title_line(&mut self, at: usize) {
        while let Some(titled) = self.parsed.titles.get(self.titles)
            && titled.line.start <= at
        {
            self.titles += 1;
            let is_shown = at < titled.line.end && !self.code;
            if is_shown && self.marks.mode(self.before + at as u64).is_none() {
                self.marks.titled(titled, self.before);
            }
        }
    }

    /// The text is of this mode from now on; whether it is text at all.
    fn turn(&mut self, mode: Option<Mode>) -> bool {
        if mode != self.mode {
            self.end_run();
            self.mode = mode;
        }
        mode != Some(Mode::Kept)
    }

    fn event(&mut self, event: Event<'d>, range: Range<usize>) -> Result<(), Error> {
        if self.is_in_formula(&range) {
            return Ok(());
        }
        match event {
            Event::Text(_) if self.code => match (&mut self.rst, self.is_indented) {
                (Some(runs), _) => add_run(self.document, runs, range),
                (None, true) => self.indented.push(range),
                (None, false) => {}
            },
            Event::Text(_) if self.address => {
                self.piece(range, Cow::Borrowed(OBJECT), Form::Named);
            }
            Event::Text(text) => self.text(text, range),
            Event::SoftBreak | Event::HardBreak => {
                self.piece(range, Cow::Borrowed("\n"), Form::Named);
            }
            Event::Html(_) => {
                let start = self.page.take().map_or(range.start, |page| page.start);
                self.page = Some(start..range.end);
            }
            Event::InlineHtml(_) => self.html(range)?,
            Event::Start(Tag::Heading { .. }) => {
                self.has_heading = true;
                self.end_run();
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.code = true;
                self.is_indented = matches!(kind, CodeBlockKind::Indented);
                self.rst = is_rst(&kind).then(Vec::new);
            }
            Event::End(TagEnd::CodeBlock) => {
                self.code = false;
                self.end_indented();
                if let Some(runs) = self.rst.take() {
                    let (settings, passages) = (self.settings, &mut *self.passages);
                    edit_rst(self.document, &runs, settings, passages, &mut self.edits)?;
                }
            }
            Event::Start(Tag::MetadataBlock(_)) => {
                self.end_run();
                self.value = true;
            }
            Event::End(TagEnd::MetadataBlock(_)) => {
                self.end_run();
                self.value = false;
            }
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(range) = self.page.take() {
                    self.html(range)?;
                }
            }
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                self.begin_link(&tag, range);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.address = false,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
            | Event::FootnoteReference(_) => {}
            Event::Start(Tag::Table(_)) => self.cell("table"),
            Event::Start(Tag::TableHead | Tag::TableRow) => self.cell("tr"),
            Event::Start(Tag::TableCell) => self.cell("td"),
            Event::End(TagEnd::TableCell) => {
                self.end_run();
                self.is_cell = false;
            }
            // Code and formulas stand in sentences, but no phrase goes over them; all else is a block.
            Event::Code(_) => self.code_span(range),
            Event::InlineMath(_) => self.piece(range, Cow::Borrowed(FORMULA_TEXT), Form::Named),
            _ => self.end_run(),
        }
        Ok(())
    }

    /// A table, a row or a cell begins, as HTML calls them.
    fn cell(&mut self, element: &str) {
        self.end_run();
        self.is_cell = element == "td";
        self.cells.start(element);
    }

    /// Code that is only indented has ended: the characters of sentences are converted.
    fn end_indented(&mut self) {
        let lines = std::mem::take(&mut self.indented);
        if let Some(texts) = sentences(self.document, lines) {
            self.end_run();
            convert(&texts, &mut Characters(self.passages), &mut self.edits);
        }
    }

    /// Whether something begins in a formula; takes that at its beginning, and at its end what stands behind it.
    fn is_in_formula(&mut self, range: &Range<usize>) -> bool {
        let next = self
            .formulas
            .partition_point(|formula| formula.end <= range.start);
        let Some(formula) = self.formulas.get(next).cloned() else {
            return false;
        };
        if range.start <= formula.start {
            return false;
        }
        if range.start == formula.start + 1 {
            let raw = &self.document[formula.clone()];
            let (text, form) = match (raw.contains(is_han), raw.contains('\n')) {
                // Words in it are text.
                (true, false) => (raw, Form::Literal),
                (true, true) => ("", Form::Unknown),
                (false, _) => (FORMULA_TEXT, Form::Named),
            };
            self.piece(formula.clone(), Cow::Borrowed(text), form);
        }
        if range.start + 1 == formula.end {
            let behind = formula.end..range.end;
            self.plain(&self.document[behind.clone()], behind);
        }
        true
    }

    /// Normalises the front matter, which ends at this byte.
    pub fn front_matter(&mut self, format: Format, end: usize) {
        let passages = &mut *self.passages;
        // What is no YAML or TOML stays as it is.
        let _ = front_matter::convert(format, self.document, 0..end, passages, &mut self.edits);
    }

    fn begin_link(&mut self, tag: &Tag<'d>, range: Range<usize>) {
        let (Tag::Link {
            link_type,
            title,
            dest_url,
            ..
        }
        | Tag::Image {
            link_type,
            title,
            dest_url,
            ..
        }) = tag
        else {
            return;
        };
        self.address = matches!(link_type, LinkType::Autolink | LinkType::Email);
        match link_type {
            LinkType::Inline => {
                self.link(dest_url, &range);
                self.title(title, &range, ")");
                self.anchor(dest_url, &range);
            }
            LinkType::Shortcut
            | LinkType::Collapsed
            | LinkType::ShortcutUnknown
            | LinkType::CollapsedUnknown => self.labels.push(range),
            _ => {}
        }
    }

    /// Text as the parser understands it; what stands in the document may be another spelling.
    fn text(&mut self, text: CowStr<'d>, mut range: Range<usize>) {
        let before = self.document[..range.start].bytes().rev();
        let is_escaped = before.take_while(|byte| *byte == b'\\').count() % 2 == 1;
        if is_escaped
            && text.starts_with(|c: char| c.is_ascii_punctuation())
            && self.document[range.clone()].starts_with(&text[..1])
        {
            // The backslash goes with its character.
            let escape = range.start - 1..range.start + 1;
            self.piece(escape, Cow::Owned(text[..1].to_owned()), Form::Named);
            range.start += 1;
            return self.plain(&text[1..], range);
        }
        self.plain(&text, range);
    }

    fn plain(&mut self, text: &str, range: Range<usize>) {
        let raw = &self.document[range.clone()];
        let is_literal = self.parsed.text[range.clone()] == *text;
        let filled = self.filled_in.parts(self.document, range.clone());
        match (filled, is_literal) {
            (None, true) => self.piece(range, Cow::Borrowed(raw), Form::Literal),
            (None, false) => self.piece(range, Cow::Owned(text.to_owned()), Form::Named),
            (Some(_), false) => self.piece(range, Cow::Borrowed(""), Form::Unknown),
            (Some(parts), true) => {
                for (part, kind) in parts {
                    let raw = &self.document[part.clone()];
                    let (text, form) = match kind {
                        Filled::Text => (raw, Form::Literal),
                        Filled::Variable => (OBJECT, Form::Named),
                        Filled::Anything => ("", Form::Unknown),
                    };
                    self.piece(part, Cow::Borrowed(text), form);
                }
            }
        }
    }

    fn piece(&mut self, range: Range<usize>, text: Cow<'d, str>, form: Form) {
        let raw = &self.document[range.clone()];
        self.texts
            .push((range, Piece { raw, text, form }, Place::Markdown));
    }

    /// Code in a sentence; behind the name of a role of MyST, `{doc}`, the title that stands before what it names is text.
    fn code_span(&mut self, range: Range<usize>) {
        match role(self.document, &range) {
            Some(pieces) => self.texts.extend(pieces),
            None => self.piece(range, Cow::Borrowed(OBJECT), Form::Named),
        }
    }

    fn end_run(&mut self) {
        let (Some((first, ..)), Some((last, ..))) = (self.texts.first(), self.texts.last()) else {
            return;
        };
        self.passages.at(self.before + first.start as u64);
        let text = &self.document[first.start..last.end];
        let is_name = self.is_cell && self.cells.is_name("td", text);
        let (texts, edits) = (&self.texts, &mut self.edits);
        match self.value || self.mode == Some(Mode::Value) {
            true => convert(texts, &mut Characters(self.passages), edits),
            false if is_name => convert(texts, &mut Named(self.passages), edits),
            false => convert(texts, self.passages, edits),
        }
        self.texts.clear();
    }

    /// HTML: a block with its text, or a single tag.
    fn html(&mut self, range: Range<usize>) -> Result<(), Error> {
        let scripts = within(&self.parsed.attributes, &range);
        let (settings, passages) = (self.settings, &mut *self.passages);
        let new = rewrite_html(self.document, (&range, scripts), settings, passages)?;
        self.edits.extend(new.map(|new| (range, new)));
        Ok(())
    }

    /// The tags around blocks, of which the parser knows nothing, up to byte `end`.
    pub fn block_tags(&mut self, end: usize) -> Result<(), Error> {
        while let Some(tag) = self.parsed.tags.get(self.tags)
            && tag.start < end
        {
            self.tags += 1;
            self.html(tag.clone())?;
        }
        Ok(())
    }

    /// A link's or a definition's target that is an anchor of the page.
    fn anchor(&mut self, target: &str, source: &Range<usize>) {
        let name = anchor::name(self.document, source, target);
        self.anchors.extend(name);
    }

    /// The target of a link or a definition, which stands in this range.
    fn link(&mut self, target: &str, source: &Range<usize>) {
        if let Some(new) = link::moved(target, &Base::default(), self.passages)
            && let Some(place) = link::place(&self.document[source.clone()], target)
        {
            let range = source.start + place.start..source.start + place.end;
            self.edits.push((range, new));
        }
    }

    /// The title of a link or a definition, within quotes, in front of its `end`.
    fn title(&mut self, title: &str, link: &Range<usize>, end: &str) {
        let edit = title_edit(self.document, title, (link, end), self.passages);
        self.edits.extend(edit);
    }

    /// A link whose text is its label too keeps the label when its text changes: `[頭髮]` becomes `[头发][頭髮]`.
    fn keep_labels(&mut self) {
        for range in std::mem::take(&mut self.labels) {
            let changes = |(edit, _): &(Range<usize>, String)| {
                edit.start < range.end && edit.end > range.start
            };
            if !self.edits[self.block_edits..].iter().any(changes) {
                continue;
            }
            let raw = &self.document[range.clone()];
            let inner = raw.trim_start_matches('!');
            // The parser's range does not hold the empty label of `[頭髮][]`.
            let empty = self.document[range.end..].starts_with("[]");
            let end = range.end + if empty { 2 } else { 0 };
            self.edits.push((range.end..end, inner.to_owned()));
        }
    }
}
