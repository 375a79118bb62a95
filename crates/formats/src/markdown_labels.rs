//! What the parser of Markdown is told: what it is to know, and what other parts of a document define.

use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, Event, Options, Parser};

/// What the parser is to know beside CommonMark.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM);

/// What a link's label stands for.
pub(super) struct Definition {
    pub label: String,
    pub title: String,
    pub target: String,
    /// Where it stands in the document.
    pub range: Range<usize>,
}

/// What a parser finds defined in its text; `place` tells where in the document something stands in that.
pub(super) fn definitions<'t>(
    parser: &Parser<'t, impl BrokenLinkCallback<'t>>,
    place: impl Fn(&Range<usize>) -> Range<usize>,
) -> Vec<Definition> {
    let definitions = parser.reference_definitions().iter();
    definitions
        .map(|(label, definition)| Definition {
            label: label.to_owned(),
            title: definition.title.as_deref().unwrap_or_default().to_owned(),
            target: definition.dest.to_string(),
            range: place(&definition.span),
        })
        .collect()
}

/// Labels of links and footnotes that parts of a document define.
#[derive(Default)]
pub(super) struct Labels {
    names: HashSet<String>,
    /// Whether these are all that the document defines.
    are_all: bool,
}

impl Labels {
    /// Adds those that a part defines, whose text this is.
    pub fn add(&mut self, links: &[Definition], text: &str) {
        if self.are_all {
            return;
        }
        let links = links.iter();
        self.names.extend(links.map(|link| normal(&link.label)));
        if memmem::find(text.as_bytes(), b"[^").is_none() {
            return;
        }
        for line in text.lines().filter(|line| line.contains("[^")) {
            let label = line.trim_start().strip_prefix('[');
            let label = label.and_then(|rest| rest.split_once("]:"));
            self.names.extend(label.map(|(label, _)| normal(label)));
        }
    }

    /// Those of a document that defines no others.
    pub fn all() -> Labels {
        Labels {
            are_all: true,
            ..Labels::default()
        }
    }

    /// From now on these are all that the document defines.
    pub fn settle(&mut self) {
        self.are_all = true;
    }

    /// Whether these are all that the document defines.
    pub fn are_all(&self) -> bool {
        self.are_all
    }

    /// What a reference is that its own part does not define; tells if that is not known.
    pub fn resolve<'t>(
        &self,
        link: &BrokenLink,
        unknown: &Cell<bool>,
    ) -> Option<(CowStr<'t>, CowStr<'t>)> {
        let is_defined = self.define(&link.reference, unknown);
        is_defined.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
    }

    /// An event of a window; where it is text that is the label of a footnote which another part defines, that. The parser
    /// does not ask.
    pub fn event<'d>(
        &self,
        event: Event<'d>,
        (window, at): (&str, &Range<usize>),
        unknown: &Cell<bool>,
    ) -> Event<'d> {
        let Event::Text(text) = event else {
            return event;
        };
        let is_label = text.starts_with('^')
            && text.len() > 1
            && window[..at.start].ends_with('[')
            && window[at.end..].starts_with(']');
        match is_label && self.define(&text, unknown) {
            true => Event::FootnoteReference(text),
            false => Event::Text(text),
        }
    }

    /// Whether it has this label.
    pub fn has(&self, label: &str) -> bool {
        !self.names.is_empty() && self.names.contains(&normal(label))
    }

    fn define(&self, label: &str, unknown: &Cell<bool>) -> bool {
        let is_defined = self.has(label);
        unknown.set(unknown.get() || !is_defined && !self.are_all);
        is_defined
    }
}

/// A label as labels are compared.
fn normal(label: &str) -> String {
    let words: Vec<_> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
