//! Markdown: the text of paragraphs, headings, tables, lists, link titles and front matter. It is read whole: a reference
//! at its end may make a link at its beginning.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::Error;
use crate::anchor;
use crate::front_matter;
use crate::html;
use crate::link;
use crate::markdown_parts::{Parts, TooMuch};
use crate::markup::Markup;
use crate::piece::{Form, Piece, Place, Placed, convert, convert_alone};
use crate::rewriter::Rewriter as _;
use crate::whole::Edits;
use crate::{Format, Settings, TextSink};

/// Normalises the text of a document; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let parts = Parts::of(document, options()).map_err(|TooMuch(at)| Error::TooMuch {
        format: Format::Markdown,
        offset: at as u64,
    })?;
    for range in &parts.ranges {
        let part = &document[range.clone()];
        let mut pass = Pass {
            document: part,
            base: range.start,
            parts: &parts,
            settings,
            passages: &mut *passages,
            texts: Vec::new(),
            labels: Vec::new(),
            filled_in: anchor::filled_in(part),
            edits: Vec::new(),
        };
        pass.document()?;
        pass.keep_labels();
        let moved = |(edit, text): (Range<usize>, String)| {
            (edit.start + range.start..edit.end + range.start, text)
        };
        edits.extend(pass.edits.into_iter().map(moved));
    }
    anchor::follow(document, &parts.ranges, options(), edits);
    Ok(())
}

pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// The way of a document, or of a part of one, through the parser.
struct Pass<'a> {
    document: &'a str,
    /// Where it begins in the whole document.
    base: usize,
    /// All parts.
    parts: &'a Parts,
    settings: &'a Settings,
    passages: &'a mut dyn TextSink,
    /// The text that goes on.
    texts: Vec<Placed<'a>>,
    /// Links whose text is their label too.
    labels: Vec<Range<usize>>,
    /// What a program fills in.
    filled_in: Vec<Range<usize>>,
    edits: Vec<(Range<usize>, String)>,
}

impl<'a> Pass<'a> {
    fn document(&mut self) -> Result<(), Error> {
        let parts = self.parts;
        let elsewhere = |link: BrokenLink| parts.resolve(&link);
        let parser =
            Parser::new_with_broken_link_callback(self.document, options(), Some(elsewhere));
        let definitions: Vec<_> = parser
            .reference_definitions()
            .iter()
            .map(|(_, definition)| {
                let title = definition.title.as_deref().unwrap_or_default();
                let dest = definition.dest.to_string();
                (definition.span.clone(), title.to_owned(), dest)
            })
            .collect();
        let mut code = false;
        let mut address = false;
        let mut metadata = None;
        let mut page: Option<Range<usize>> = None;
        for (event, range) in parser.into_offset_iter() {
            match event {
                Event::Text(_) if code || address => {}
                Event::Text(_) if metadata.is_some() => {}
                Event::Text(text) => self.text(&text, range),
                Event::SoftBreak | Event::HardBreak => {
                    self.piece(range, Cow::Borrowed("\n"), Form::Named);
                }
                Event::Html(_) => {
                    let start = page.map_or(range.start, |page| page.start);
                    page = Some(start..range.end);
                }
                Event::InlineHtml(_) => self.page(range)?,
                Event::Start(Tag::CodeBlock(_)) => code = true,
                Event::End(TagEnd::CodeBlock) => code = false,
                Event::Start(Tag::MetadataBlock(kind)) => metadata = Some((kind, range)),
                Event::End(TagEnd::MetadataBlock(_)) => {
                    if let Some((kind, range)) = metadata.take() {
                        let passages = &mut *self.passages;
                        let _ = front_matter::convert(
                            kind,
                            self.document,
                            range,
                            self.settings,
                            passages,
                            &mut self.edits,
                        );
                    }
                }
                Event::End(TagEnd::HtmlBlock) => {
                    if let Some(range) = page.take() {
                        self.page(range)?;
                    }
                }
                Event::Start(
                    Tag::Link {
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
                    },
                ) => {
                    if link_type == LinkType::Inline {
                        self.link(&dest_url, &range);
                    }
                    address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                    match link_type {
                        // A footnote that another part holds.
                        LinkType::ShortcutUnknown
                            if self.document[range.clone()].starts_with("[^") =>
                        {
                            address = true;
                        }
                        LinkType::Inline => self.title(&title, &range, ")"),
                        LinkType::Shortcut
                        | LinkType::Collapsed
                        | LinkType::ShortcutUnknown
                        | LinkType::CollapsedUnknown => self.labels.push(range),
                        _ => {}
                    }
                }
                Event::End(TagEnd::Link | TagEnd::Image) => address = false,
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
                | Event::FootnoteReference(_) => {}
                // Code and formulas stand in sentences, but no phrase goes over them; all else is a block.
                _ => self.end_run(),
            }
        }
        self.end_run();
        for (range, title, target) in definitions {
            self.title(&title, &range, "");
            self.link(&target, &range);
        }
        Ok(())
    }

    /// Text as the parser understands it; what stands in the document may be another spelling.
    fn text(&mut self, text: &str, range: Range<usize>) {
        let mut range = range;
        let escaped = self.document[..range.start]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count()
            % 2
            == 1;
        if escaped
            && text.starts_with(|c: char| c.is_ascii_punctuation())
            && self.document[range.clone()].starts_with(&text[..1])
        {
            // The backslash goes with its character.
            self.piece(
                range.start - 1..range.start + 1,
                Cow::Owned(text[..1].to_owned()),
                Form::Named,
            );
            range.start += 1;
            return self.plain(&text[1..], range);
        }
        self.plain(text, range);
    }

    fn plain(&mut self, text: &str, range: Range<usize>) {
        let raw = &self.document[range.clone()];
        let mut next = self
            .filled_in
            .partition_point(|kept| kept.end <= range.start);
        let begins_before = |kept: &Range<usize>| kept.start < range.end;
        if !self.filled_in.get(next).is_some_and(begins_before) {
            return match raw == text {
                true => self.piece(range, Cow::Borrowed(raw), Form::Literal),
                false => self.piece(range, Cow::Owned(text.to_owned()), Form::Named),
            };
        }
        if raw != text {
            return self.piece(range, Cow::Borrowed(""), Form::Unknown);
        }
        let mut at = range.start;
        while let Some(kept) = self.filled_in.get(next).cloned().filter(begins_before) {
            let (start, end) = (kept.start.max(at), kept.end.min(range.end));
            self.literal(at..start);
            self.piece(start..end, Cow::Borrowed(""), Form::Unknown);
            at = end;
            next += 1;
        }
        self.literal(at..range.end);
    }

    fn literal(&mut self, range: Range<usize>) {
        let raw = &self.document[range.clone()];
        if !raw.is_empty() {
            self.piece(range, Cow::Borrowed(raw), Form::Literal);
        }
    }

    fn piece(&mut self, range: Range<usize>, text: Cow<'a, str>, form: Form) {
        let raw = &self.document[range.clone()];
        self.texts
            .push((range, Piece { raw, text, form }, Place::Markdown));
    }

    fn end_run(&mut self) {
        let texts = std::mem::take(&mut self.texts);
        if let Some((range, ..)) = texts.first() {
            self.passages.at((self.base + range.start) as u64);
        }
        convert(&texts, self.passages, &mut self.edits);
    }

    /// HTML: a block with its text, or a single tag.
    fn page(&mut self, range: Range<usize>) -> Result<(), Error> {
        let raw = &self.document[range.clone()];
        let mut new = String::new();
        Markup::new(&html::HTML, self.settings).push(raw, true, self.passages, &mut new)?;
        if new != raw {
            self.edits.push((range, new));
        }
        Ok(())
    }

    /// The target of a link or a definition, which stands in this range.
    fn link(&mut self, target: &str, source: &Range<usize>) {
        let Some(place) = link::place(&self.document[source.clone()], target) else {
            return;
        };
        if let Some(new) = link::moved(target, self.passages) {
            let range = source.start + place.start..source.start + place.end;
            self.edits.push((range, new));
        }
    }

    /// The title of a link or a definition, within quotes, in front of its `end`.
    fn title(&mut self, title: &str, link: &Range<usize>, end: &str) {
        let raw = &self.document[link.clone()];
        let Some(at) = raw.rfind(title).filter(|_| !title.trim().is_empty()) else {
            return;
        };
        let (before, behind) = (&raw[..at], &raw[at + title.len()..]);
        let quotes = (before.chars().next_back(), behind.chars().next());
        let quoted = matches!(
            quotes,
            (Some('"'), Some('"')) | (Some('\''), Some('\'')) | (Some('('), Some(')'))
        );
        if !quoted || behind[1..].trim() != end {
            return;
        }
        let piece = Piece {
            raw: title,
            text: Cow::Borrowed(title),
            form: Form::Literal,
        };
        let new = convert_alone([piece], Place::Verbatim, self.passages);
        // A quote in it would end it.
        let safe = |new: &String| {
            !new.contains(['"', '\'', '(', ')', '\\'])
                || title.contains(['"', '\'', '(', ')', '\\'])
        };
        if let Some(new) = new.filter(safe) {
            let start = link.start + at;
            self.edits.push((start..start + title.len(), new));
        }
    }

    /// A link whose text is its label too keeps the label when its text changes: `[頭髮]` becomes `[头发][頭髮]`.
    fn keep_labels(&mut self) {
        for range in std::mem::take(&mut self.labels) {
            let changes = |(edit, _): &(Range<usize>, String)| {
                edit.start < range.end && edit.end > range.start
            };
            if !self.edits.iter().any(changes) {
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
