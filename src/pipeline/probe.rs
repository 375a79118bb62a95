//! Documents that are looked at before they are converted.

use std::borrow::Cow;

use jianti_formats::TextSink;

use crate::stages::{HEAD, Stages};

/// Shows passages of a document's beginning to its stages before any is converted, and changes none.
pub(crate) struct Probe<'p, 'a> {
    stages: &'p mut Stages<'a>,
    /// How much text was shown, bytes.
    seen: usize,
}

impl<'p, 'a> Probe<'p, 'a> {
    /// Nothing was shown yet.
    pub fn new(stages: &'p mut Stages<'a>) -> Self {
        Probe { stages, seen: 0 }
    }
}

impl TextSink for Probe<'_, '_> {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.stages.observe(text);
        self.stages.observe("\n");
        self.seen += text.len();
        Cow::Borrowed(text)
    }

    fn has_enough(&self) -> bool {
        self.seen >= HEAD
    }
}
