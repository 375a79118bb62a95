//! Marks of MyST in paragraphs, which the parser knows nothing of: targets, `(名稱)=`, and directives between lines of colons.

use std::ops::Range;

use jianti_text::lines::front;

use crate::directives::{Argument, Body, Directive, entry_title, is_shown};
use crate::markdown_directive::name;
use crate::markdown_parsed::Titled;
use crate::rst_lines::field_mark;

/// How text stands that is not text as elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It is no text.
    Kept,
    /// It is a value, whose marks stay.
    Value,
}

/// Where such text stands that is still to come, in order; bytes of the document.
#[derive(Default)]
pub(super) struct Marks {
    places: Vec<(Range<u64>, Mode)>,
    /// Up to where no line ends a directive of so many colons.
    open: (u64, usize),
}

/// What stands between begin and end of a directive is looked for so far, bytes: what is there of every document.
const LONGEST: usize = 1 << 16;

impl Marks {
    /// Looks at text that begins at byte `at` of a document; `before` is how much of the document stood before that, bytes.
    pub fn look(&mut self, document: &str, at: usize, before: u64) {
        let text = &document[at..];
        if !text.starts_with([':', '(']) || self.mode(before + at as u64).is_some() {
            return;
        }
        let start = document[..at].rfind('\n').map_or(0, |line| line + 1);
        if !is_margin(&document[start..at]) {
            return;
        }
        let line = line(text);
        if target_name(line).is_some() {
            self.add(before, at..at + line.len(), Mode::Kept);
        } else if line.starts_with(":::") {
            self.directive(document, at..at + line.len(), before);
        }
    }

    /// Keeps a line that begins a block of MkDocs, but for its title; `before` is how much of the document stood before.
    pub fn titled(&mut self, titled: &Titled, before: u64) {
        let line = &titled.line;
        let title = titled.title.clone().unwrap_or(line.end..line.end);
        self.add(before, line.start..title.start, Mode::Kept);
        self.add(before, title.end..line.end, Mode::Kept);
    }

    /// Whether none is to come.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The mode of the text at this byte of the whole document.
    pub fn mode(&mut self, at: u64) -> Option<Mode> {
        if self.places.is_empty() {
            return None;
        }
        let next = self.places.partition_point(|(place, _)| place.end <= at);
        self.places.drain(..next);
        let (place, mode) = self.places.first()?;
        (place.start <= at).then_some(*mode)
    }

    /// Where the mode changes next behind this byte of the whole document.
    pub fn next(&self, at: u64) -> Option<u64> {
        let mut ends = self
            .places
            .iter()
            .flat_map(|(place, _)| [place.start, place.end]);
        ends.find(|end| *end > at)
    }

    fn add(&mut self, before: u64, range: Range<usize>, mode: Mode) {
        if !range.is_empty() {
            let place = before + range.start as u64..before + range.end as u64;
            self.places.push((place, mode));
        }
    }

    /// A line of colons that may begin a directive.
    fn directive(&mut self, document: &str, first: Range<usize>, before: u64) {
        let text = &document[first.clone()];
        let behind = text.trim_start_matches(':');
        let colons = text.len() - behind.len();
        let gap = behind.len() - behind.trim_start().len();
        let Some((name, length)) = name(behind.trim_start()) else {
            // One that ends a directive.
            if behind.trim().is_empty() {
                self.add(before, first, Mode::Kept);
            }
            return;
        };
        let known = Directive::named(name);
        let end = match known.body {
            Body::Text => None,
            _ => match self.end(document, first.end, colons, before) {
                // It goes on to the end of the document, or is none.
                None => return,
                end => end,
            },
        };
        let argument = match known.argument {
            Argument::Stays => first.end,
            Argument::Text | Argument::Name => first.start + colons + gap + length,
        };
        self.add(before, first.start..argument, Mode::Kept);
        let mut in_options = true;
        let mut at = next_line(document, first.end);
        while at < end.unwrap_or(document.len()) {
            let whole = line(&document[at..]);
            let text = whole.trim_start_matches(MARGIN);
            let start = at + whole.len() - text.len();
            let option = field_mark(text).filter(|_| in_options && !text.starts_with(":::"));
            in_options = option.is_some();
            let value = match (option, known.body) {
                (Some(mark), _) if is_shown(name, text[..mark].trim_matches(':')) => {
                    start + mark..start + text.len()
                }
                (None, Body::Text) => break,
                (None, Body::Entries) => start..start + entry_title(text),
                (None, Body::Rows) => start..start + text.len(),
                _ => start..start,
            };
            self.add(before, start..value.start, Mode::Kept);
            self.add(before, value.clone(), Mode::Value);
            self.add(before, value.end..start + text.len(), Mode::Kept);
            at = next_line(document, at + whole.len());
        }
    }

    /// Where the line stands that ends a directive of so many colons.
    fn end(&mut self, document: &str, from: usize, colons: usize, before: u64) -> Option<usize> {
        let (open, least) = self.open;
        let looked = open.saturating_sub(before) as usize;
        let mut at = match colons >= least && looked > from {
            true => looked.min(document.len()),
            false => next_line(document, from),
        };
        let last = from + front(&document[from..], LONGEST).len();
        while at < last {
            let text = line(&document[at..]);
            let marks = text.trim_start_matches(MARGIN).trim_end();
            if marks.len() >= colons && marks.bytes().all(|byte| byte == b':') {
                return Some(at);
            }
            at = next_line(document, at + text.len());
        }
        self.open = (before + at as u64, colons);
        None
    }
}

/// What may stand before a line in lists and quotes.
const MARGIN: [char; 3] = [' ', '\t', '>'];

fn is_margin(text: &str) -> bool {
    let marks = text.trim_start_matches(MARGIN);
    marks.len() < 12
        && marks
            .chars()
            .all(|c| " \t>-*+.)".contains(c) || c.is_ascii_digit())
}

/// The first line of a text, without its end.
fn line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default()
}

/// Where the line begins behind the one that ends at this byte.
fn next_line(document: &str, end: usize) -> usize {
    let behind = &document[end..];
    end + behind.find('\n').map_or(behind.len(), |at| at + 1)
}

/// The name of a target that a line of MyST is: `(名稱)=`.
pub(crate) fn target_name(line: &str) -> Option<&str> {
    let name = line.trim_end().strip_prefix('(')?.strip_suffix(")=")?;
    (!name.is_empty() && !name.contains(['(', ')'])).then_some(name)
}
