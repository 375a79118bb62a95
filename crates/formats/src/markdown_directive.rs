//! Directives of MyST, which stand in fenced blocks of code: in the place of code the parser's events tell of the text in it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::slice;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, MetadataBlockKind, Parser, Tag, TagEnd,
};

use crate::directives::{Argument, Body, Directive, entry_title, is_shown};
use crate::escape::Place;
use crate::markdown_labels::{Definition, Labels, OPTIONS, definitions};
use crate::piece::{Form, Piece, Placed};
use crate::rst;
use crate::rst_inline::titled;
use crate::rst_lines::field_mark;
use crate::whole::Edits;
use crate::{Error, Settings, TextSink};

/// The directive whose text is reStructuredText, which the parser knows nothing of.
const RST: &str = "eval-rst";

/// Where the parser's events go.
pub(super) type Emit<'e, 'd> = dyn FnMut(Event<'d>, Range<usize>) -> Result<(), Error> + 'e;

/// What the parser's events are told by.
pub(super) struct Known<'k, 'd> {
    pub document: &'d str,
    /// Labels that the parts before define; `unknown` is set where one is not known.
    pub labels: &'k Labels,
    pub unknown: &'k Cell<bool>,
    /// What the part defines, also in directives; and the labels of that, from the first directive on.
    pub definitions: RefCell<Vec<Definition>>,
    pub near: RefCell<Option<Labels>>,
}

impl Known<'_, '_> {
    /// A directive has begun in this window: what is defined around it can be named in it.
    pub fn look_around(&self, window: &str) {
        let mut near = self.near.borrow_mut();
        near.get_or_insert_with(|| {
            let mut labels = Labels::default();
            labels.add(&self.definitions.borrow(), window);
            labels
        });
    }

    /// Adds what a directive defines.
    fn define(&self, definitions: Vec<Definition>) {
        if let Some(near) = &mut *self.near.borrow_mut() {
            near.add(&definitions, "");
        }
        self.definitions.borrow_mut().extend(definitions);
    }

    /// What a reference is in a directive.
    fn resolve<'t>(&self, link: &BrokenLink) -> Option<(CowStr<'t>, CowStr<'t>)> {
        let near = self.near.borrow();
        let near = near
            .as_ref()
            .and_then(|near| near.resolve(link, &Cell::new(false)));
        near.or_else(|| self.labels.resolve(link, self.unknown))
    }

    /// An event of a directive.
    fn event<'t>(&self, event: Event<'t>, at: (&str, &Range<usize>)) -> Event<'t> {
        let near = self.near.borrow();
        let event = match &*near {
            Some(near) => near.event(event, at, &Cell::new(false)),
            None => event,
        };
        self.labels.event(event, at, self.unknown)
    }
}

/// The name of the directive that begins here, `{name}`, and its length with the brackets, bytes.
pub(super) fn name(text: &str) -> Option<(&str, usize)> {
    let (name, behind) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-+:.".contains(c);
    let is_alone = behind.is_empty() || behind.starts_with(char::is_whitespace);
    (is_alone && !name.is_empty() && name.chars().all(is_name)).then_some((name, name.len() + 2))
}

/// The pieces of code that is a role's, `` {doc}`標題 <文件>` ``, if it has a title: that is text.
pub(super) fn role<'d>(document: &'d str, range: &Range<usize>) -> Option<[Placed<'d>; 3]> {
    let before = document[..range.start].strip_suffix('}')?;
    let name = &before[before.rfind(['{', ' ', '\n'])?..];
    let name = name.strip_prefix('{')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-+:".contains(c);
    if !name.chars().all(is_name) || matches!(name, "code" | "math" | "raw") {
        return None;
    }
    let raw = &document[range.clone()];
    let inner = raw.trim_matches('`');
    let start = range.start + (raw.len() - inner.len()) / 2;
    let (title, target) = titled(inner);
    target?;
    let title = start + title.start..start + title.end;
    let piece = |range: Range<usize>, form| {
        let raw = &document[range.clone()];
        let text = Cow::Borrowed(if form == Form::Literal { raw } else { "" });
        (range, Piece { raw, text, form }, Place::Verbatim)
    };
    Some([
        piece(range.start..title.start, Form::Unknown),
        piece(title.clone(), Form::Literal),
        piece(title.end..range.end, Form::Unknown),
    ])
}

/// Whether a block of code holds reStructuredText.
pub(super) fn is_rst(kind: &CodeBlockKind) -> bool {
    matches!(kind, CodeBlockKind::Fenced(info) if name(info).is_some_and(|(name, _)| name == RST))
}

/// Normalises reStructuredText in a block of code, where nothing stands between its lines.
pub(super) fn edit_rst(
    document: &str,
    runs: &[Range<usize>],
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let [run] = runs else {
        return Ok(());
    };
    let mut found = Edits::new();
    rst::edit(&document[run.clone()], settings, passages, &mut found)?;
    let place = |range: Range<usize>| run.start + range.start..run.start + range.end;
    edits.extend(found.into_iter().map(|(range, new)| (place(range), new)));
    Ok(())
}

/// Adds a part of a block of code to those before it: runs without a break, which the marks of a list or a quote are.
pub(super) fn add_run(document: &str, runs: &mut Vec<Range<usize>>, part: Range<usize>) {
    match runs.last_mut() {
        // The parser leaves out what a line ends with in some files.
        Some(last) if matches!(&document[last.end..part.start], "" | "\r") => last.end = part.end,
        _ => runs.push(part),
    }
}

/// A directive, as far as it is read.
pub(super) struct Fence<'d> {
    name: &'d str,
    /// Where it stands in the document; there too what is behind its name, and its text.
    range: Range<usize>,
    argument: Range<usize>,
    runs: Vec<Range<usize>>,
    /// Whether its text is not what stands in the document.
    is_other: bool,
}

impl<'d> Fence<'d> {
    /// The directive that begins with this event, which stands here.
    pub fn begin(document: &'d str, event: &Event, range: &Range<usize>) -> Option<Fence<'d>> {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else {
            return None;
        };
        name(info).filter(|(name, _)| *name != RST)?;
        let line = document[range.clone()].lines().next()?;
        let at = line.find('{')?;
        let (name, behind) = name(&line[at..])?;
        Some(Fence {
            name,
            range: range.clone(),
            argument: range.start + at + behind..range.start + line.len(),
            runs: Vec::new(),
            is_other: false,
        })
    }

    /// Takes an event of its text.
    pub fn text(&mut self, document: &str, text: &Event, range: Range<usize>) {
        let is_same = matches!(text, Event::Text(text) if **text == document[range.clone()]);
        self.is_other |= !is_same;
        add_run(document, &mut self.runs, range);
    }

    /// Tells of what it holds; `depth` is how many directives it stands in.
    pub fn tell(
        self,
        known: &Known<'_, 'd>,
        depth: usize,
        emit: &mut Emit<'_, 'd>,
    ) -> Result<(), Error> {
        /// How deep directives are read that stand in others.
        const DEEPEST: usize = 8;
        emit(Event::Start(Tag::BlockQuote(None)), self.range.clone())?;
        if !self.is_other && depth < DEEPEST {
            self.parts(known, depth, emit)?;
        }
        emit(Event::End(TagEnd::BlockQuote(None)), self.range)
    }

    fn parts(
        &self,
        known: &Known<'_, 'd>,
        depth: usize,
        emit: &mut Emit<'_, 'd>,
    ) -> Result<(), Error> {
        let document = known.document;
        let directive = Directive::named(self.name);
        if directive.argument != Argument::Stays {
            tell(known, slice::from_ref(&self.argument), depth, emit)?;
        }
        let lines = self.lines(document);
        let (options, shown) = options(document, self.name, &lines);
        let mut values = shown;
        let body = &lines[options..];
        match directive.body {
            Body::Text => {}
            Body::Entries => values.extend(body.iter().map(|line| {
                let title = entry_title(&document[line.clone()]);
                line.start..line.start + title
            })),
            Body::Rows => values.extend(body.iter().cloned()),
            Body::Terms | Body::Stays | Body::Code => {}
        }
        for value in values {
            let kind = MetadataBlockKind::YamlStyle;
            emit(Event::Start(Tag::MetadataBlock(kind)), value.clone())?;
            tell(known, slice::from_ref(&value), depth, emit)?;
            emit(Event::End(TagEnd::MetadataBlock(kind)), value)?;
        }
        if directive.body == Body::Text
            && let Some(first) = body.first()
        {
            let runs = self.runs.iter().filter(|run| run.end > first.start);
            let runs = runs.map(|run| run.start.max(first.start)..run.end);
            tell(known, &runs.collect::<Vec<_>>(), depth, emit)?;
        }
        Ok(())
    }

    /// Its lines, without their ends.
    fn lines(&self, document: &str) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        for run in &self.runs {
            let mut at = run.start;
            for line in document[run.clone()].split_inclusive('\n') {
                lines.push(at..at + line.trim_end_matches(['\n', '\r']).len());
                at += line.len();
            }
        }
        lines
    }
}

/// How many of a directive's lines are options, `:name: value` or values of YAML between two lines of dashes; and where the
/// values stand that readers see.
fn options(document: &str, name: &str, lines: &[Range<usize>]) -> (usize, Vec<Range<usize>>) {
    let mut shown = Vec::new();
    let text = |line: &Range<usize>| &document[line.clone()];
    let is_block = lines.first().is_some_and(|line| text(line) == "---");
    let mut count = usize::from(is_block);
    while let Some(line) = lines.get(count) {
        let text = text(line);
        let start = text.len() - text.trim_start().len();
        let mark = match is_block {
            true => text.find(": ").map(|colon| colon + 1),
            false => field_mark(&text[start..]).map(|mark| start + mark),
        };
        if !is_block && mark.is_none() {
            break;
        }
        count += 1;
        if is_block && text == "---" {
            break;
        }
        let option = mark.map_or("", |mark| text[..mark].trim_matches([':', ' ']));
        if let Some(mark) = mark
            && is_shown(name, option)
        {
            shown.push(line.start + mark..line.end);
        }
    }
    (count, shown)
}

/// Tells what the parser finds in text that stands in these runs of the document.
fn tell<'d>(
    known: &Known<'_, 'd>,
    runs: &[Range<usize>],
    depth: usize,
    emit: &mut Emit<'_, 'd>,
) -> Result<(), Error> {
    let document = known.document;
    let text: Cow<str> = match runs {
        [run] => Cow::Borrowed(&document[run.clone()]),
        _ => runs.iter().map(|run| &document[run.clone()]).collect(),
    };
    if text.is_ascii() {
        return Ok(());
    }
    let places = Places::new(runs);
    let elsewhere = |link: BrokenLink| known.resolve(&link);
    let parser = Parser::new_with_broken_link_callback(&text, OPTIONS, Some(elsewhere));
    known.define(definitions(&parser, |span| places.of(span)));
    let mut fence: Option<Fence> = None;
    for (event, at) in parser.into_offset_iter() {
        let range = places.of(&at);
        match (&mut fence, event) {
            (Some(_), Event::End(_)) => {
                if let Some(fence) = fence.take() {
                    fence.tell(known, depth + 1, emit)?;
                }
            }
            (Some(fence), event) => fence.text(document, &event, range),
            (None, event) => {
                fence = Fence::begin(document, &event, &range);
                if fence.is_none() {
                    let event = known.event(event, (&text, &at));
                    emit(event.into_static(), range)?;
                }
            }
        }
    }
    Ok(())
}

/// Where in a document the parts of a text stand.
struct Places(Vec<(usize, usize)>);

impl Places {
    fn new(runs: &[Range<usize>]) -> Places {
        let mut at = 0;
        let starts = runs.iter().map(|run| {
            at += run.len();
            (at - run.len(), run.start)
        });
        Places(starts.collect())
    }

    fn of(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let run = self.0.partition_point(|(start, _)| *start <= at);
            let (start, place) = self.0[run.saturating_sub(1)];
            place + at - start
        };
        let start = place(range.start);
        match range.is_empty() {
            true => start..start,
            false => start..place(range.end - 1) + 1,
        }
    }
}
