//! Changes to a line, and where on the page they are.

use std::ops::Range;

use crate::rule::Rule;

/// A place that is damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where, in bytes of the text that was looked at.
    pub range: Range<usize>,
    /// What belongs there; `None` if that is open.
    pub after: Option<String>,
    /// The rule.
    pub rule: Rule,
    /// The original's bytes, where the rule is about bytes.
    pub bytes: Vec<u8>,
    /// What else might belong there, the likeliest first.
    pub others: Vec<String>,
}

impl Edit {
    /// A change by a rule that is not about bytes and leaves no choice.
    pub fn plain(rule: Rule, range: Range<usize>, after: impl Into<String>) -> Edit {
        Edit {
            range,
            after: Some(after.into()),
            rule,
            bytes: Vec::new(),
            others: Vec::new(),
        }
    }
}

/// A line on its way through the rules, which remembers where its parts stood on the page.
#[derive(Clone, Debug)]
pub struct Line {
    /// The text so far.
    pub text: String,
    /// Places of the text and the places on the page that they come from, ascending; in between both go on alike.
    anchors: Vec<(usize, usize)>,
}

impl Line {
    /// A line as the page shows it; `offset` is where it begins.
    pub fn new(text: &str, offset: usize) -> Line {
        Line {
            text: text.to_owned(),
            anchors: vec![(0, offset)],
        }
    }

    /// Where on the page this place of the text stood, bytes.
    pub fn source(&self, place: usize) -> usize {
        let next = self.anchors.partition_point(|(at, _)| *at <= place);
        let (at, source) = self.anchors[next - 1];
        source + (place - at)
    }

    /// Makes the changes that are settled; they are in order and do not overlap. Says whether there were any.
    pub fn apply(&mut self, edits: &[Edit]) -> bool {
        if edits.iter().all(|edit| edit.after.is_none()) {
            return false;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut anchors = Vec::with_capacity(self.anchors.len() + edits.len());
        let mut done = 0;
        let mut copy = |from: usize, to: usize, text: &mut String, line: &Line| {
            anchors.push((text.len(), line.source(from)));
            let first = line.anchors.partition_point(|(at, _)| *at <= from);
            let inner = line.anchors[first..].iter().take_while(|(at, _)| *at < to);
            anchors.extend(inner.map(|(at, source)| (text.len() + at - from, *source)));
            text.push_str(&line.text[from..to]);
        };
        for edit in edits {
            if let Some(after) = &edit.after {
                copy(done, edit.range.start, &mut text, self);
                text.push_str(after);
                done = edit.range.end;
            }
        }
        copy(done, self.text.len(), &mut text, self);
        *self = Line { text, anchors };
        true
    }
}
