//! A view of a text sink for formats whose marks mean something: characters are converted, marks stay.

use std::borrow::Cow;

use crate::TextSink;

/// Normalises passages, but leaves their marks.
pub(crate) struct Characters<'p>(pub &'p mut dyn TextSink);

impl TextSink for Characters<'_> {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.0.code(text)
    }

    fn name<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.0.name(text)
    }

    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        self.0.repair(markup)
    }

    fn record(&mut self, texts: &[&str]) {
        self.0.record(texts);
    }

    fn link(&mut self, path: &str) -> Option<String> {
        self.0.link(path)
    }

    fn at(&mut self, offset: u64) {
        self.0.at(offset);
    }
}
