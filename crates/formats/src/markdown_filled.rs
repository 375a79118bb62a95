//! What a program fills in, in the text of Markdown: templates, and what MDX has in braces.

use std::ops::Range;

use jianti_text::lines;

use crate::anchor;
use crate::markdown_parsed::{Parsed, within};
use crate::placeholder::LONGEST;

/// The places in a block where a program fills something in, in order.
#[derive(Default)]
pub(super) struct FilledIn {
    /// Where they are, and whether each is an expression of MDX.
    places: Vec<(Range<usize>, bool)>,
}

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    Text,
    /// A variable, which stands in sentences.
    Variable,
    /// What else a program fills in: it may be anything.
    Anything,
}

impl FilledIn {
    /// Looks at a block between these bytes. What is filled in may reach over its end: {{< figure title="…"⏎>}}, whose last
    /// line is a quotation for the parser.
    pub fn look(&mut self, document: &str, parsed: &Parsed, start: usize, end: usize) {
        self.places.retain(|(kept, _)| kept.end > start);
        let from = self.places.last().map_or(start, |(last, _)| last.end);
        let Some(length) = end.checked_sub(from) else {
            return;
        };
        let seen = lines::front(&document[from..], length + LONGEST);
        let spoken = within(&parsed.spoken, &(from..end));
        let found = anchor::filled_in(seen, length).into_iter();
        let found = found.map(|range| from + range.start..from + range.end);
        let is_apart = |range: &Range<usize>| {
            let before = spoken.partition_point(|other| other.end <= range.start);
            spoken
                .get(before)
                .is_none_or(|other| other.start >= range.end)
        };
        let found = found.filter(is_apart).map(|range| (range, false));
        self.places.extend(found);
        if !spoken.is_empty() {
            let spoken = spoken.iter().map(|range| (range.clone(), true));
            self.places.extend(spoken);
            self.places.sort_by_key(|(place, _)| place.start);
        }
    }

    /// The parts of the text in a range of the document, if anything in it is filled in.
    pub fn parts(
        &self,
        document: &str,
        range: Range<usize>,
    ) -> Option<Vec<(Range<usize>, Filled)>> {
        let first = self
            .places
            .partition_point(|(kept, _)| kept.end <= range.start);
        let count = self.places[first..].partition_point(|(kept, _)| kept.start < range.end);
        let places = &self.places[first..first + count];
        places.first()?;
        let mut parts = Vec::new();
        let mut at = range.start;
        for (kept, is_spoken) in places {
            let (start, end) = (kept.start.max(at), kept.end.min(range.end));
            parts.push((at..start, Filled::Text));
            let is_whole = (start, end) == (kept.start, kept.end);
            let kind = match is_whole && (*is_spoken || is_variable(&document[kept.clone()])) {
                true => Filled::Variable,
                false => Filled::Anything,
            };
            parts.push((start..end, kind));
            at = end;
        }
        parts.push((at..range.end, Filled::Text));
        parts.retain(|(part, kind)| *kind != Filled::Text || !part.is_empty());
        Some(parts)
    }
}

/// Whether a template says one value: `{{ name }}`, but no tag of it.
fn is_variable(template: &str) -> bool {
    let name = template.strip_prefix("{{");
    name.is_some_and(|name| !name.starts_with(['<', '%', '{', '#', '/', '!']))
}
