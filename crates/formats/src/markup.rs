//! HTML and XML: text between tags and in attributes, everything else untouched.

use std::borrow::Cow;
use std::ops::Range;

use crate::Error;
use crate::characters::Characters;
use crate::declaration;
use crate::escape::Place;
use crate::html;
use crate::link::{self, Base};
use crate::markup_cells::Cells;
use crate::markup_notes::is_note;
use crate::markup_text::{
    front, holds_tags, lacks_bracket, lowercase, pieces_beside_placeholders,
    pieces_beside_templates, without_escaped_tags,
};
use crate::named::Named;
use crate::object::OBJECT;
use crate::piece::{Form, Piece, convert, convert_long, placed};
use crate::reference::{self, References};
use crate::token::{Attribute, LONGEST_TEXT, Mode, Tag, Token, Tokenizer};
use crate::vocabulary::{Role, Vocabulary};
use crate::xml;
use crate::{Rewriter, Settings, TextSink};

/// How far on a run may go without text, bytes.
const LONGEST_GAP: usize = 1 << 20;

/// How many elements may be open; more are not kept track of.
const DEEPEST: usize = 4096;

/// How far an XML declaration may reach, bytes.
const LONGEST_DECLARATION: usize = 1024;

/// Rewrites a markup document.
pub(crate) struct Markup {
    vocabulary: &'static Vocabulary,
    settings: Settings,
    tokenizer: Tokenizer,
    /// What came and is not written, and where it begins in the document, bytes.
    buffer: String,
    offset: u64,
    /// How far the buffer is cut into tokens.
    at: usize,
    /// Up to where its text was repaired as it stands.
    repaired: usize,
    /// Whether the document's declaration is passed.
    begun: bool,
    /// The text that goes on.
    parts: Vec<Part>,
    /// Their length together, bytes.
    parts_length: usize,
    /// Replacements that are not written yet.
    edits: Vec<(Range<usize>, String)>,
    open: Vec<Open>,
    /// Names of elements that are closed, whose room is used again.
    closed: Vec<String>,
    /// How many asides there were.
    asides: u32,
    /// What links are relative to, as the first `base` element says.
    base: Option<Base>,
    /// What cells tell of those behind and below them.
    cells: Cells,
    /// What rewrites a CDATA section that holds HTML.
    nested: Option<Box<Markup>>,
}

/// Text between two tags.
struct Part {
    range: Range<usize>,
    kind: Kind,
    /// The aside that it belongs to; 0 for none.
    aside: u32,
    /// Whether it stands in code.
    code: bool,
    /// Whether it is raised above the line, as marks of notes are.
    raised: bool,
}

/// What a part of a run is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Text, in which references may stand.
    Text { references: bool },
    /// No text, but part of the sentence around it: code, another language.
    Object,
}

/// An open element.
struct Open {
    name: String,
    state: State,
}

/// What an element and those that it stands in say of its text.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    no_translation: bool,
    other_language: bool,
    hidden: bool,
    code: bool,
    /// Whether text in the element itself is for people.
    text: bool,
    aside: u32,
    raised: bool,
    /// Whether it is part of SVG or MathML.
    foreign: bool,
}

impl Markup {
    /// A document at its beginning.
    pub fn new(vocabulary: &'static Vocabulary, settings: &Settings) -> Markup {
        Markup {
            vocabulary,
            settings: settings.clone(),
            tokenizer: Tokenizer::new(vocabulary.xml, vocabulary.xml, Mode::Data),
            buffer: String::new(),
            offset: 0,
            at: 0,
            repaired: 0,
            begun: false,
            parts: Vec::new(),
            parts_length: 0,
            edits: Vec::new(),
            open: Vec::new(),
            closed: Vec::new(),
            asides: 0,
            base: None,
            cells: Cells::default(),
            nested: None,
        }
    }

    /// The same for a part of a document, which begins at this byte of it.
    pub fn starting_at(self, offset: u64) -> Markup {
        Markup { offset, ..self }
    }

    /// Passes the XML declaration; false if it is not whole yet.
    fn begin(&mut self, last: bool) -> bool {
        let start = "<?xml";
        if !last && self.buffer.len() < start.len() {
            return false;
        }
        if self.buffer.starts_with(start) {
            let end = self.buffer.find("?>");
            if end.is_none() && !last && self.buffer.len() < LONGEST_DECLARATION {
                return false;
            }
            let declaration = &self.buffer[..end.unwrap_or(0)];
            let edit = declaration::edit(declaration, self.vocabulary.xml, self.settings.encoding);
            self.edits.extend(edit);
        }
        self.begun = true;
        true
    }

    fn text(
        &mut self,
        range: Range<usize>,
        references: bool,
        passages: &mut dyn TextSink,
    ) -> Result<(), Error> {
        let in_cdata = self.tokenizer.mode == Mode::Cdata;
        if self.is_left() || self.tokenizer.xml && self.open.is_empty() {
            self.at = range.end;
            // Space between tags, where it does not count, only shows how they nest.
            if self.vocabulary.xml && self.buffer[range.clone()].trim_ascii().is_empty() {
                return Ok(());
            }
            match self.stands_in_sentence() {
                true => self.part(range, Kind::Object),
                false => self.end_run(passages),
            }
            return Ok(());
        }
        let text = &self.buffer[range.clone()];
        if in_cdata {
            if self.nested.is_none() && self.parts.is_empty() && holds_tags(text) {
                let nested = Markup::new(&html::HTML, &self.settings);
                self.nested = Some(Box::new(nested));
            }
            if let Some(nested) = &mut self.nested {
                let mut out = String::new();
                nested.push(text, false, passages, &mut out)?;
                self.at = range.end;
                if out != self.buffer[range.clone()] {
                    self.edits.push((range, out));
                }
                return Ok(());
            }
        }
        if self.tokenizer.mode == Mode::Data && range.start >= self.repaired && lacks_bracket(text)
        {
            let text = text.to_owned();
            passages.at(self.offset + range.start as u64);
            let repaired = passages.repair(&text);
            self.repaired = range.start + repaired.len();
            if let Cow::Owned(repaired) = repaired {
                // What tag it is shows now.
                self.buffer.replace_range(range, &repaired);
                return Ok(());
            }
        }
        self.at = range.end;
        self.part(range, Kind::Text { references });
        Ok(())
    }

    /// Adds to the run.
    fn part(&mut self, range: Range<usize>, kind: Kind) {
        let State {
            aside,
            code,
            raised,
            ..
        } = self.state();
        // Even what is empty takes room.
        self.parts_length += range.len() + OBJECT.len();
        self.parts.push(Part {
            range,
            kind,
            aside,
            code,
            raised,
        });
    }

    /// Whether what is left here, as it is in another language or code, is part of a sentence: blocks end the run.
    fn stands_in_sentence(&self) -> bool {
        let state = self.state();
        state.text && !state.hidden && !self.parts.is_empty()
    }

    fn references(&self) -> References {
        match self.vocabulary.xml {
            true => References::Xml,
            false => References::Html,
        }
    }

    /// What the element that is open says.
    fn state(&self) -> State {
        self.open.last().map_or(State::default(), |open| open.state)
    }

    /// Whether what stands here is left as it is.
    fn is_left(&self) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| !open.state.text || self.leaves(open.state))
    }

    fn leaves(&self, state: State) -> bool {
        state.no_translation
            || state.other_language
            || state.hidden
            || state.code && self.settings.keep_code
    }

    /// A name as it is compared: that of HTML in small letters.
    fn name(&self, range: Range<usize>) -> Cow<'_, str> {
        match self.vocabulary.xml {
            true => Cow::Borrowed(&self.buffer[range]),
            false => lowercase(&self.buffer[range]),
        }
    }

    fn tag(&mut self, tag: Tag, passages: &mut dyn TextSink) {
        let role = (self.vocabulary.role)(&self.name(tag.name.clone()));
        match role {
            Role::Block | Role::Hidden | Role::Code => self.end_run(passages),
            Role::Inline | Role::Aside | Role::CodePhrase | Role::Name => {}
        }
        self.at = tag.range.end;
        if tag.end {
            let name = self.name(tag.name.clone());
            if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
                self.close(at);
            }
        } else {
            self.start(role, &tag, passages);
        }
        self.tokenizer.take_back(tag);
        if !self.vocabulary.xml {
            self.tokenizer.cdata = self.state().foreign;
        }
    }

    fn start(&mut self, role: Role, tag: &Tag, passages: &mut dyn TextSink) {
        let html = !self.vocabulary.xml;
        let mut name = self.closed.pop().unwrap_or_default();
        name.clear();
        name.push_str(&self.name(tag.name.clone()));
        if html {
            self.close_implied(&name);
        }
        if role == Role::CodePhrase && !self.state().code && !self.is_left() {
            self.part(tag.range.end..tag.range.end, Kind::Object);
        }
        let state = self.opened(&name, role, tag);
        self.cells.start(&name);
        let left = self.leaves(state);
        // Its own address is relative to the document.
        let document = Base::default();
        let base = match name.as_str() {
            "base" => &document,
            _ => self.base.as_ref().unwrap_or(&document),
        };
        for attribute in &tag.attributes {
            let attribute_name = lowercase(&self.buffer[attribute.name.clone()]);
            let value = &self.buffer[attribute.value.clone()];
            let edit = match &*attribute_name {
                other if !left && (self.vocabulary.language)(&name, other) => {
                    declaration::simplified(value)
                }
                "charset" if name == "meta" => declaration::label(value, self.settings.encoding),
                "content" if name == "meta" => match html::meta(&self.buffer, tag) {
                    html::Meta::Text if !left => self.value(attribute, passages),
                    html::Meta::Keywords if !left => {
                        self.value(attribute, &mut Characters(passages))
                    }
                    html::Meta::Language => declaration::simplified(value),
                    html::Meta::Type => declaration::charset_of_content(value).and_then(|range| {
                        let label =
                            declaration::label(&value[range.clone()], self.settings.encoding)?;
                        Some([&value[..range.start], &label, &value[range.end..]].concat())
                    }),
                    _ => None,
                },
                other
                    if !left
                        && ((self.vocabulary.attribute)(&name, other)
                            || (other, name.as_str()) == ("value", "input")
                                && html::is_button(&self.buffer, tag)
                            || self.vocabulary.components
                                && html::is_shown_by_component(
                                    &self.buffer[tag.name.clone()],
                                    &self.buffer[attribute.name.clone()],
                                )) =>
                {
                    self.value(attribute, passages)
                }
                "href" | "src" | "poster" | "data" | "action" | "formaction" | "background"
                | "xlink:href" => link::moved(value, base, passages),
                "srcset" | "imagesrcset" => link::images_moved(value, base, passages),
                _ => None,
            };
            if let Some(edit) = edit {
                self.edits.push((attribute.value.clone(), edit));
            }
        }
        if name == "base" && self.base.is_none() {
            self.base = html::href(&self.buffer, tag).map(Base::of);
        }
        let closed = tag.empty && (self.vocabulary.xml || state.foreign);
        if closed || html && html::is_void(&name) {
            return self.closed.push(name);
        }
        if html && !state.foreign {
            self.tokenizer.mode = html::mode(&name);
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open { name, state });
        }
    }

    /// Closes the elements from this one on.
    fn close(&mut self, first: usize) {
        self.closed
            .extend(self.open.drain(first..).map(|open| open.name));
    }

    /// What an attribute's value becomes, if it changes.
    fn value(&self, attribute: &Attribute, passages: &mut dyn TextSink) -> Option<String> {
        let references = self.references();
        convert_long(
            &self.buffer[attribute.value.clone()],
            self.offset + attribute.value.start as u64,
            front,
            |raw| reference::pieces(raw, references),
            Place::Attribute(attribute.quote),
            passages,
        )
    }

    /// What the element that a start tag opens says, and what it stands in.
    fn opened(&mut self, name: &str, role: Role, tag: &Tag) -> State {
        let mut state = self.state();
        if !self.vocabulary.xml {
            let parent = self.open.last().map_or("", |open| &open.name);
            state.foreign = html::is_foreign(state.foreign, parent, name);
        }
        match role {
            Role::Hidden => state.hidden = true,
            Role::Name => state.no_translation = true,
            Role::Code => state.code = true,
            Role::CodePhrase if !state.code => {
                state.code = true;
                self.asides += 1;
                state.aside = self.asides;
            }
            Role::Aside => {
                self.asides += 1;
                state.aside = self.asides;
            }
            Role::Block | Role::Inline | Role::CodePhrase => {}
        }
        state.raised |= name == "sup";
        state.text = (self.vocabulary.text)(name);
        for attribute in &tag.attributes {
            let value = &self.buffer[attribute.value.clone()];
            let attribute = lowercase(&self.buffer[attribute.name.clone()]);
            if attribute == "translate" {
                state.no_translation = value.eq_ignore_ascii_case("no");
            } else if (self.vocabulary.language)(name, &attribute) {
                // Templates in English leave their mark on pages in any language.
                let template = name == "html" && value.to_ascii_lowercase().starts_with("en");
                state.other_language = !template && !declaration::may_be_chinese(value);
            }
        }
        state
    }

    /// Closes the elements that a start tag ends by itself.
    fn close_implied(&mut self, name: &str) {
        let (closed, barrier) = html::closes(name);
        let is_in = |names: &[&str], open: &Open| names.contains(&open.name.as_str());
        // Mostly none is open, which is told by few names.
        if !self.open.iter().any(|open| is_in(closed, open)) {
            return;
        }
        let tells = |open: &Open| is_in(closed, open) || is_in(barrier, open);
        let found = self.open.iter().rposition(tells);
        if let Some(at) = found.filter(|at| is_in(closed, &self.open[*at])) {
            self.close(at);
        }
    }

    /// Normalises the text that went on until here.
    fn end_run(&mut self, passages: &mut dyn TextSink) {
        let Some(first) = self.parts.first() else {
            return;
        };
        passages.at(self.offset + first.range.start as u64);
        if let Some(edit) = self.stated_language() {
            self.edits.push(edit);
            self.parts.clear();
            self.parts_length = 0;
            return;
        }
        let is_name = self.is_name();
        let mut named = Named(passages);
        let passages: &mut dyn TextSink = match is_name {
            true => &mut named,
            false => named.0,
        };
        let mut parts = std::mem::take(&mut self.parts);
        self.parts_length = 0;
        let mut code = Characters(passages);
        if parts.iter().any(|part| part.raised) {
            self.set_notes_apart(&mut parts);
        }
        parts.sort_by_key(|part| part.aside);
        let is_alike =
            |one: &Part, other: &Part| (one.aside, one.code) == (other.aside, other.code);
        for parts in parts.chunk_by(is_alike) {
            let passages: &mut dyn TextSink = match parts[0].code {
                true => &mut code,
                false => code.0,
            };
            let mut texts = Vec::with_capacity(parts.len());
            for part in parts {
                let raw = &self.buffer[part.range.clone()];
                let (place, references) = match part.kind {
                    Kind::Text { references: true } => (Place::Element, self.references()),
                    Kind::Text { references: false } => (Place::Verbatim, References::No),
                    Kind::Object => {
                        texts.push((part.range.clone(), object(raw), Place::Element));
                        continue;
                    }
                };
                let pieces = match self.vocabulary.placeholders {
                    true => pieces_beside_placeholders(raw, references),
                    false => pieces_beside_templates(raw, references),
                };
                texts.extend(placed(part.range.start, place, pieces));
            }
            if self.vocabulary.escaped {
                texts = without_escaped_tags(texts);
            }
            convert(&texts, passages, &mut self.edits);
        }
        parts.clear();
        self.parts = parts;
    }

    /// What becomes of the text that went on until here, if it is the tag of the language that the document is in.
    fn stated_language(&self) -> Option<(Range<usize>, String)> {
        let mut names = self.open.iter().rev().map(|open| &*open.name);
        let element = names.next().filter(|_| self.vocabulary.xml)?;
        if !xml::states_language(element, names.next()) {
            return None;
        }
        let range = self.parts.first()?.range.start..self.parts.last()?.range.end;
        let stated = &self.buffer[range.clone()];
        let tag = stated.trim();
        let changed = declaration::simplified(tag)?;
        Some((range, stated.replace(tag, &changed)))
    }

    /// Makes the marks of notes asides: a sentence goes on or ends as if there were none.
    fn set_notes_apart(&mut self, parts: &mut [Part]) {
        let mut before = String::new();
        for run in parts.chunk_by_mut(|one, other| one.raised == other.raised) {
            let raw = run.iter().map(|part| &self.buffer[part.range.clone()]);
            let text: String = raw.collect();
            if run[0].raised && run[0].aside == 0 && is_note(&before, &text) {
                self.asides += 1;
                run.iter_mut().for_each(|part| part.aside = self.asides);
            }
            before = text;
        }
    }

    /// Whether the text that went on until here stands in a cell for the name of a person.
    fn is_name(&mut self) -> bool {
        /// How many elements may stand in a cell around its text.
        const DEEPEST: usize = 4;
        let (Some(first), Some(last)) = (self.parts.first(), self.parts.last()) else {
            return false;
        };
        let open = self.open.iter().rev().take(DEEPEST);
        let mut names = open.map(|open| &*open.name);
        let cell = names.find(|name| matches!(*name, "td" | "th" | "dt" | "dd"));
        let text = first.range.start..last.range.end;
        cell.is_some_and(|cell| self.cells.is_name(cell, &self.buffer[text]))
    }

    /// Writes what is settled, and forgets it.
    fn write(&mut self, out: &mut String) {
        let settled = self.parts.first().map_or(self.at, |part| part.range.start);
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut written = 0;
        let count = self
            .edits
            .partition_point(|(range, _)| range.end <= settled);
        for (range, text) in self.edits.drain(..count) {
            out.push_str(&self.buffer[written..range.start]);
            out.push_str(&text);
            written = range.end;
        }
        out.push_str(&self.buffer[written..settled]);
        self.buffer.drain(..settled);
        self.offset += settled as u64;
        self.at -= settled;
        self.repaired = self.repaired.saturating_sub(settled);
        let back = |range: &mut Range<usize>| *range = range.start - settled..range.end - settled;
        self.edits.iter_mut().for_each(|(range, _)| back(range));
        self.parts.iter_mut().for_each(|part| back(&mut part.range));
    }

    /// Ends the run where it gets too long to be kept.
    fn limit_run(&mut self, passages: &mut dyn TextSink) {
        let text_end = self.parts.last().map_or(self.at, |part| part.range.end);
        if self.parts_length > LONGEST_TEXT || self.at - text_end > LONGEST_GAP {
            self.end_run(passages);
        }
    }

    /// Ends the HTML in a CDATA section that ends.
    fn end_nested(&mut self, end: usize, passages: &mut dyn TextSink) -> Result<(), Error> {
        if let Some(mut nested) = self.nested.take() {
            let mut out = String::new();
            nested.push("", true, passages, &mut out)?;
            self.edits.push((end..end, out));
        }
        Ok(())
    }
}

/// A piece for what is no text.
fn object(raw: &str) -> Piece<'_> {
    Piece {
        raw,
        text: Cow::Borrowed(OBJECT),
        form: Form::Named,
    }
}

impl Rewriter for Markup {
    fn push(
        &mut self,
        text: &str,
        last: bool,
        passages: &mut dyn TextSink,
        out: &mut String,
    ) -> Result<(), Error> {
        self.buffer.push_str(text);
        if !self.begun && !self.begin(last) {
            return Ok(());
        }
        while let Some(token) = self.tokenizer.next(&self.buffer, self.at, last) {
            match token {
                Token::Text { range, references } => self.text(range, references, passages)?,
                Token::Tag(tag) => self.tag(tag, passages),
                Token::Other(range) => {
                    self.at = range.end;
                    self.end_nested(range.start, passages)?;
                }
            }
            self.limit_run(passages);
        }
        if last {
            self.end_nested(self.at, passages)?;
            self.end_run(passages);
        }
        self.write(out);
        Ok(())
    }
}
