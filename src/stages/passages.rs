//! Passages of a format, each of which stands for itself, and the records that they are in.

use std::borrow::Cow;

use jianti_formats::{DocumentFault, TextSink};
use jianti_repair::Page;

use super::Stages;
use super::lines::room_for;
use crate::punctuate::Punctuator;
use crate::records::RecordError;

impl Stages<'_> {
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

    /// What stands in a field for the name of a person: it is taken as behind a label in a text, 姓名：沈默.
    pub fn name<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        const LABEL: &str = "姓名：";
        let is_left = self.know(text).left_alone || self.context.auto().is_none();
        if is_left || self.context.leaves(text) {
            return self.code(text);
        }
        self.punctuator = None;
        let labelled = LABEL.to_owned() + text;
        // What is told of the name is told of its own place.
        self.set_offset(self.repaired.saturating_sub(LABEL.len() as u64));
        match self.alone(&labelled) {
            Cow::Borrowed(_) => Cow::Borrowed(text),
            Cow::Owned(new) => match new.strip_prefix(LABEL) {
                Some(name) => Cow::Owned(name.to_owned()),
                None => Cow::Borrowed(text),
            },
        }
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

    /// Repairs markup before its text is told from its tags, or text that tags stand in. What is repaired counts as found; what
    /// is not is found again in its passage.
    pub fn repair_markup<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        let is_left = self.known.as_ref().is_some_and(|known| known.left_alone);
        let Some((repairer, true)) = self.context.repairer().filter(|_| !is_left) else {
            return Cow::Borrowed(markup);
        };
        let mut findings = self.context.findings();
        let repairer = self.repairer_for(repairer);
        let page = self.damage.get_or_insert_with(|| Page::new(markup));
        let (repaired, _) = repairer.front(page, markup, self.repaired, true, &mut findings);
        self.findings.add_repaired(findings);
        if let (Cow::Owned(_), Some(records)) = (&repaired, &mut self.records) {
            records.changed = true;
        }
        repaired
    }
}

impl TextSink for Stages<'_> {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        Stages::passage(self, text)
    }

    fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        Stages::code(self, text)
    }

    fn name<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        Stages::name(self, text)
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

    fn bad_record(&mut self, line: u64, column: u64, cause: DocumentFault, id: Option<&str>) {
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
