//! PHP: pages with programs in them. What of a page stands between tags is text, too.

use std::ops::Range;

use crate::code_scan::{DEEPEST, Scan};

/// A page's HTML, as far as it was passed.
#[derive(Default)]
enum Page {
    /// Between tags.
    #[default]
    Text,
    /// In a tag; within these quotation marks, if there are any.
    Tag(Option<u8>),
    /// In an element whose text is code, up to this end tag.
    Code(&'static str),
}

impl Scan<'_> {
    /// Goes through a page and its programs.
    pub(crate) fn pages(&mut self) {
        let (mut at, mut page) = (0, Page::default());
        while at < self.text.len() {
            let begin = self
                .find(at, "<?")
                .map_or(self.text.len(), |length| at + length);
            self.page(at..begin, &mut page);
            let rest = &self.text.as_bytes()[begin..];
            let mark = match rest {
                [_, _, b'p' | b'P', b'h' | b'H', b'p' | b'P', ..] => 5,
                [_, _, b'=', ..] => 3,
                // XML's own.
                [_, _, b'x' | b'X', ..] => {
                    at = (begin
                        + self
                            .find(begin, "?>")
                            .map_or(rest.len(), |length| length + 2))
                    .min(self.text.len());
                    continue;
                }
                _ => 2.min(rest.len()),
            };
            at = self.code(begin + mark..self.text.len(), None, 0) + 2;
        }
    }

    /// Notes the text of a part of a page.
    fn page(&mut self, range: Range<usize>, page: &mut Page) {
        let Range { start: mut at, end } = range;
        let bytes = self.text.as_bytes();
        let mut text = at;
        while at < end {
            match *page {
                Page::Text => {
                    let begins = bytes[at] == b'<'
                        && bytes[at + 1..end].first().is_some_and(|byte| {
                            byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!')
                        });
                    if begins {
                        self.found.push(text..at);
                        *page = Page::Tag(None);
                        if let Some(close) = code_element(&self.text[at..end]) {
                            *page = Page::Code(close);
                        }
                    }
                    at += 1;
                }
                Page::Tag(None) => {
                    match bytes[at] {
                        quote @ (b'"' | b'\'') => *page = Page::Tag(Some(quote)),
                        b'>' => {
                            *page = Page::Text;
                            text = at + 1;
                        }
                        _ => {}
                    }
                    at += 1;
                }
                Page::Tag(Some(quote)) => {
                    if bytes[at] == quote {
                        *page = Page::Tag(None);
                    }
                    at += 1;
                }
                Page::Code(close) => {
                    let rest = &bytes[at..end];
                    if rest.len() >= close.len()
                        && rest[..close.len()].eq_ignore_ascii_case(close.as_bytes())
                    {
                        *page = Page::Tag(None);
                    }
                    at += 1;
                }
            }
        }
        if matches!(page, Page::Text) {
            self.found.push(text.min(end)..end);
        }
    }

    /// Passes a variable in a string, with one index or member.
    pub(crate) fn variable(&self, at: usize) -> usize {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let name = |at: usize| {
            let rest = &self.text[at..];
            at + rest.find(|c| !is_name(c)).unwrap_or(rest.len())
        };
        let passed = |at: usize, close: &str| {
            let line = self.line_end(at);
            let found = self.find(at, close).map(|length| at + length + 1);
            found.filter(|end| *end <= line).unwrap_or(at)
        };
        if self.begins(at, "${") {
            return passed(at + 2, "}");
        }
        let end = name(at + 1);
        if end == at + 1 {
            return end;
        }
        // A key without quotation marks is text as it is with them elsewhere.
        if self.begins(end, "[$") {
            return passed(end + 1, "]");
        }
        let arrow = ["->", "?->"]
            .into_iter()
            .find(|arrow| self.begins(end, arrow));
        arrow.map_or(end, |arrow| name(end + arrow.len()))
    }

    /// Passes a string from `<<<NAME` to the line with the name.
    pub(crate) fn here_document(&mut self, at: usize, depth: usize) -> Option<usize> {
        let rest = self.text[at + 3..].trim_start_matches([' ', '\t']);
        let is_plain = rest.starts_with('\'');
        let named = rest.trim_start_matches(['\'', '"']);
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let name = &named[..named.find(|c| !is_name(c))?];
        let behind = named[name.len()..].trim_start_matches(['\'', '"']);
        if name.is_empty() || !behind.starts_with(['\n', '\r']) {
            return None;
        }
        let start = self.line_end(self.text.len() - behind.len());
        let mut line = start;
        let end = loop {
            line += 1;
            // Without an end it is no program from here on.
            let Some(text) = self.text.get(line..).filter(|text| !text.is_empty()) else {
                return Some(self.text.len());
            };
            let text = text.trim_start_matches([' ', '\t']);
            if text
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(is_name))
            {
                break line;
            }
            line = self.line_end(line);
        };
        let (mut next, mut from) = (start, start);
        while next < end && !is_plain {
            match self.text.as_bytes()[next] {
                b'\\' => next += 2,
                b'{' if self.begins(next, "{$") && depth < DEEPEST => {
                    self.found.push(from..next);
                    next = self.code(next + 2..end, Some(b'}'), depth + 1) + 1;
                    from = next.min(end);
                }
                b'$' => {
                    self.found.push(from..next);
                    next = self.variable(next);
                    from = next.min(end);
                }
                _ => next += 1,
            }
        }
        self.found.push(from..end);
        Some(
            end + (self.text[end..].len() - self.text[end..].trim_start_matches([' ', '\t']).len())
                + name.len(),
        )
    }
}

/// The end tag of the element that begins here, if what it holds is code.
fn code_element(tag: &str) -> Option<&'static str> {
    let is = |name: &str| {
        let bytes = tag.as_bytes();
        bytes.len() > name.len()
            && bytes[1..=name.len()].eq_ignore_ascii_case(name.as_bytes())
            && bytes
                .get(name.len() + 1)
                .is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    if tag.starts_with("<!--") {
        return Some("-->");
    }
    [("script", "</script"), ("style", "</style")]
        .into_iter()
        .find_map(|(name, close)| is(name).then_some(close))
}
