//! A document as the parser of Markdown reads it: as long as it is, with the same text at the same places, but what the
//! parser knows nothing of is shown to it as what it knows.
//!
//! - A tag of a component that goes on over lines, or has attributes that are none of HTML, has none. It begins no block of HTML, as
//!   it does not for the parser: code and links behind it are what they are.
//! - The marker of a block of MkDocs is that of a list: what is indented below it is its text, and no code.
//! - Tabs behind the fence that closes code are spaces.
//! - In MDX, programs and the tags around blocks are empty lines, and no line is indented.

use std::borrow::Cow;
use std::ops::Range;

use crate::markdown_lines::{fragment, line_end, margin, raw_end, titled};
use crate::markdown_script::{LONGEST, Tag, expression, statements, tag};

/// How much may be looked at in vain, bytes: this and four times what is passed.
const VAIN: usize = 1 << 20;

/// A document for the parser.
pub(super) struct Parsed<'d> {
    pub text: Cow<'d, str>,
    /// What it hides, in order: lines that begin blocks of MkDocs; tags around blocks; what programs say in sentences; and
    /// what they say in tags.
    pub titles: Vec<Titled>,
    pub tags: Vec<Range<usize>>,
    pub spoken: Vec<Range<usize>>,
    pub attributes: Vec<Range<usize>>,
}

/// A line that begins a block of MkDocs: `!!! note "標題"`, `??? tip`, `=== "分頁"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Titled {
    pub line: Range<usize>,
    /// The title without its quotation marks.
    pub title: Option<Range<usize>>,
}

impl<'d> Parsed<'d> {
    /// The document, of which blocks begin at `start`; `mdx` tells whether it is MDX.
    pub fn new(document: &'d str, start: usize, mdx: bool) -> Parsed<'d> {
        let mut reader = Reader {
            document,
            mdx,
            new: Vec::new(),
            parsed: Parsed {
                text: Cow::Borrowed(document),
                titles: Vec::new(),
                tags: Vec::new(),
                spoken: Vec::new(),
                attributes: Vec::new(),
            },
            fence: None,
            vain: 0,
            begins_block: true,
        };
        let mut at = start;
        while at < document.len() {
            at = reader.line(at);
        }
        let mut parsed = reader.parsed;
        if !reader.new.is_empty() {
            // Only ASCII takes the place of whole characters.
            parsed.text = match String::from_utf8(reader.new) {
                Ok(text) => Cow::Owned(text),
                Err(_) => Cow::Borrowed(document),
            };
        }
        parsed
    }
}

/// Goes through a document line by line.
struct Reader<'d> {
    document: &'d str,
    mdx: bool,
    /// The text for the parser, where it is another.
    new: Vec<u8>,
    parsed: Parsed<'d>,
    /// The mark of the fence that is open, and how many of them.
    fence: Option<(u8, usize)>,
    /// How much was looked at in vain, bytes.
    vain: usize,
    /// Whether a line before was empty, or no text.
    begins_block: bool,
}

impl Reader<'_> {
    /// Goes through the line at `start`, and what goes on from it; returns where the next one begins.
    fn line(&mut self, start: usize) -> usize {
        let bytes = self.document.as_bytes();
        let end = line_end(bytes, start);
        let margin = start + margin(&bytes[start..end], self.fence.is_none());
        let content = self.document[margin..end].trim_end_matches(['\n', '\r']);
        let begins_block = std::mem::replace(&mut self.begins_block, content.is_empty());
        if self.fenced(start, margin..margin + content.len()) {
            self.begins_block = true;
            return end;
        }
        let whole = &self.document[start..end];
        match content.as_bytes().first() {
            Some(b'!' | b'?' | b'=') if !self.mdx => self.titled(margin, content),
            Some(b'i' | b'e')
                if self.mdx && begins_block && begins_program(whole) && !self.is_weary(start) =>
            {
                let length = statements(&self.document[start..]).unwrap_or_else(|first| {
                    self.vain += LONGEST.saturating_sub(first);
                    first
                });
                let end = start + length;
                self.hide(start..end);
                self.begins_block = true;
                return end;
            }
            Some(b'<') => {
                if let Some(end) = raw_end(&self.document[margin..], self.mdx) {
                    return line_end(bytes, (margin + end).saturating_sub(1));
                }
            }
            _ => {}
        }
        if self.mdx {
            self.dedent(start);
            if let Some(end) = self.block_tags(margin) {
                self.begins_block = true;
                return end;
            }
        }
        self.inline(margin, end)
    }

    /// Whether a line belongs to code between fences, or is one of them; `content` is what stands on it.
    fn fenced(&mut self, start: usize, content: Range<usize>) -> bool {
        let text = &self.document[content.clone()];
        let mark = text.bytes().next().filter(|byte| b"`~".contains(byte));
        let length = mark.map_or(0, |mark| {
            text.bytes().take_while(|byte| *byte == mark).count()
        });
        let behind = &text[length..];
        match (self.fence, mark) {
            (Some((open, least)), mark) => {
                if mark == Some(open) && length >= least && behind.trim_ascii().is_empty() {
                    self.fence = None;
                    if behind.contains('\t') {
                        self.hide(content.start + length..content.end);
                    }
                    self.dedent_mdx(start);
                }
                true
            }
            (None, Some(mark)) if length >= 3 && !(mark == b'`' && behind.contains('`')) => {
                self.fence = Some((mark, length));
                self.dedent_mdx(start);
                true
            }
            _ => false,
        }
    }

    /// Shows a line that begins a block of MkDocs as an item of a list.
    fn titled(&mut self, start: usize, content: &str) {
        let Some((marks, title)) = titled(content) else {
            return;
        };
        let line = start..start + content.len();
        let title = title.map(|title| start + title.start..start + title.end);
        // The text of the block stands four columns in, as the line's own does.
        let shown: &[u8] = match &content.as_bytes()[marks..] {
            [b' ', next, ..] if marks == 3 && *next != b' ' => b"-   ",
            _ => b"- ",
        };
        self.new_text()[start..start + shown.len()].copy_from_slice(shown);
        self.parsed.titles.push(Titled { line, title });
    }

    /// Hides the tags and expressions that a line begins with if nothing else stands beside them; returns where they end.
    fn block_tags(&mut self, start: usize) -> Option<usize> {
        let bytes = self.document.as_bytes();
        let (mut at, mut hidden, mut tags) = (start, Vec::new(), Vec::new());
        loop {
            let rest = &self.document[at..];
            at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let rest = &self.document[at..];
            let length = match bytes.get(at) {
                Some(b'{') => self.expression(at)?,
                Some(b'<') if fragment(rest) > 0 => fragment(rest),
                Some(b'<') => {
                    let tag = self.tag(at)?;
                    let end = tag.end;
                    tags.push((at, tag));
                    end
                }
                None | Some(b'\n' | b'\r') if !hidden.is_empty() => break,
                _ => return None,
            };
            hidden.push(at..at + length);
            at += length;
        }
        for range in hidden {
            self.hide(range);
        }
        for (at, tag) in tags {
            self.parsed.tags.push(at..at + tag.end);
            self.keep_attributes(at, &tag);
        }
        Some(line_end(bytes, at))
    }

    /// Looks for tags and expressions in a line's text, which goes on over its `end` where one of them does; returns where
    /// the next line begins.
    fn inline(&mut self, start: usize, mut end: usize) -> usize {
        let bytes = self.document.as_bytes();
        let mut at = start;
        loop {
            let look = &bytes[at..end];
            let found = match self.mdx {
                true => look.iter().position(|byte| b"<`\\{".contains(byte)),
                // Mostly there is none, which is told fast.
                false => memchr::memchr3(b'<', b'`', b'\\', look),
            };
            let Some(found) = found else {
                return end;
            };
            at += found;
            let length = match bytes[at] {
                b'`' => self.code(at),
                b'\\' => 2,
                b'{' => self.spoken(at),
                _ => self.inline_tag(at),
            };
            at += length;
            if at > end {
                end = line_end(bytes, at - 1);
            }
            at = at.min(end);
        }
    }

    /// How long the code is that begins with the backticks at `at`, bytes; they alone if none follow in the paragraph.
    fn code(&mut self, at: usize) -> usize {
        let text = &self.document.as_bytes()[at..];
        let count = |from: usize| {
            let rest = text[from..].iter();
            rest.take_while(|byte| **byte == b'`').count()
        };
        let ticks = count(0);
        let mut from = ticks;
        while !self.is_weary(at)
            && let Some(found) = memchr::memchr2(b'`', b'\n', &text[from..])
        {
            from += found;
            if text[from] == b'\n' {
                from += 1;
                if matches!(text.get(from), Some(b'\n' | b'\r')) {
                    break;
                }
                continue;
            }
            let found = count(from);
            from += found;
            if found == ticks {
                return from;
            }
        }
        self.vain += from - ticks;
        ticks
    }

    /// How long the expression in a sentence is that begins at `at`, bytes; it is kept out of it.
    fn spoken(&mut self, at: usize) -> usize {
        let Some(length) = self.expression(at) else {
            return 1;
        };
        self.new_text()[at + 1..at + length - 1].fill(b'x');
        self.parsed.spoken.push(at..at + length);
        length
    }

    /// How long the tag in a line is that begins at `at`, bytes; its attributes are hidden where the parser may not know them.
    fn inline_tag(&mut self, at: usize) -> usize {
        let length = fragment(&self.document[at..]);
        if self.mdx && length > 0 {
            self.hide(at..at + length);
            return length;
        }
        let Some(tag) = self.tag(at) else {
            return 1;
        };
        let text = &self.document[at..at + tag.end];
        let first_end = text.find('\n');
        let is_alone = || first_end.is_none() && self.is_line(at..at + tag.end);
        if !self.mdx && (tag.is_plain || !tag.has_value || is_alone()) {
            return tag.end;
        }
        let close = text.len() - if text.ends_with("/>") { 2 } else { 1 };
        let (name_end, mdx) = (tag.name_end, self.mdx);
        let new = &mut self.new_text()[at..at + close];
        new[name_end..].fill(b' ');
        if let Some(first_end) = first_end.filter(|_| !mdx) {
            new[first_end] = b'\n';
        }
        if mdx {
            // No tag of MDX makes a line HTML, whatever it is called.
            let name = 1 + usize::from(new[1] == b'/');
            new[name..name_end].fill(b'x');
        }
        self.keep_attributes(at, &tag);
        tag.end
    }

    /// Whether nothing else stands on the line of what stands here.
    fn is_line(&self, range: Range<usize>) -> bool {
        let before = self.document[..range.start].rsplit('\n').next();
        let behind = self.document[range.end..].split('\n').next();
        let is_blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
        is_blank(behind) && is_blank(before)
    }

    fn keep_attributes(&mut self, at: usize, tag: &Tag) {
        let ranges = tag.expressions.iter();
        let ranges = ranges.map(|range| at + range.start..at + range.end);
        self.parsed.attributes.extend(ranges);
    }

    fn tag(&mut self, at: usize) -> Option<Tag> {
        if self.is_weary(at) {
            return None;
        }
        let found = tag(&self.document[at..]);
        self.vain += *found.as_ref().err().unwrap_or(&0);
        found.ok()
    }

    fn expression(&mut self, at: usize) -> Option<usize> {
        if self.is_weary(at) {
            return None;
        }
        let text = &self.document[at..];
        let found = expression(text);
        if found.is_none() {
            self.vain += text.len().min(LONGEST);
        }
        found
    }

    /// Whether so much was looked at in vain before this place that it is looked at no more: the text is made to be slow.
    fn is_weary(&self, at: usize) -> bool {
        self.vain > VAIN + 4 * at
    }

    /// Moves a line's indentation to the end of the line before, so that no line is code by it.
    fn dedent(&mut self, start: usize) {
        let bytes = self.document.as_bytes();
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let indent = bytes[start..].iter().take_while(|byte| blank(byte)).count();
        let is_code = indent >= 4 || bytes[start..start + indent].contains(&b'\t');
        let is_empty = matches!(bytes.get(start + indent), None | Some(b'\n' | b'\r'));
        let end = match &bytes[..start] {
            [.., b'\r', b'\n'] => 2,
            [.., b'\n'] => 1,
            _ => return,
        };
        if is_code && !is_empty {
            let new = self.new_text();
            new[start - end..start + indent].rotate_left(end);
            new[start - end..start - end + indent].fill(b' ');
        }
    }

    fn dedent_mdx(&mut self, start: usize) {
        if self.mdx {
            self.dedent(start);
        }
    }

    /// Shows blanks in this place, and the ends of its lines.
    fn hide(&mut self, range: Range<usize>) {
        for byte in &mut self.new_text()[range] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// The text for the parser, which is another from now on.
    fn new_text(&mut self) -> &mut [u8] {
        if self.new.is_empty() {
            self.new = self.document.as_bytes().to_vec();
        }
        &mut self.new
    }
}

/// Whether a line of MDX begins a program.
fn begins_program(line: &str) -> bool {
    ["import ", "export "]
        .iter()
        .any(|word| line.starts_with(word))
}

/// Which of these ranges, which stand in order, begin in another one.
pub(super) fn within<'r>(ranges: &'r [Range<usize>], outer: &Range<usize>) -> &'r [Range<usize>] {
    let first = ranges.partition_point(|range| range.start < outer.start);
    let count = ranges[first..].partition_point(|range| range.start < outer.end);
    &ranges[first..first + count]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parser_is_shown_what_it_knows() {
        for (mdx, document, parsed) in [
            (false, "<A\n  b=\"後\"\n>\n後", "<A\n          >\n後"),
            (false, "<A @b=\"後\">\n後", ""),
            (false, "<A @b=\"後\">後", "<A         >後"),
            (false, "後<a b=\"c\" d>`<a\nb=\"c\"\n>`", ""),
            (
                false,
                "```\n<a\n b=\"c\"\n>\n```\t \n",
                "```\n<a\n b=\"c\"\n>\n```  \n",
            ),
            (false, "<!--\n<a\n b=\"c\"\n>\n-->\n", ""),
            (
                false,
                "!!! note \"後\"\n\n    後\n",
                "-   note \"後\"\n\n    後\n",
            ),
            (false, "???+ tip\n", "- ?+ tip\n"),
            (false, "=== \"後\"\n", "-   \"後\"\n"),
            (false, "===\n\n!!! 後\n\n??? 後？\n\n!!!\n", ""),
            (
                true,
                "後 {x.後} <b c={後}>後</b>\n",
                "後 {xxxxx} <x        >後</x>\n",
            ),
            (true, "import a\n\nimport 後\n", "        \n\n          \n"),
            (true, "<A>\n    後\n</A>\n", "       \n後\n    \n"),
            (true, "\\{後\\} `{後}`\n", ""),
        ] {
            let found = Parsed::new(document, 0, mdx);
            let expected = if parsed.is_empty() { document } else { parsed };
            assert_eq!(found.text, expected);
            assert_eq!(found.text.len(), document.len());
        }
    }
}
