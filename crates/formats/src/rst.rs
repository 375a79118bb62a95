//! reStructuredText: text, of which only characters change. Directives, targets, roles, literals and names of fields stay,
//! and so do tables and titles whose width would change.

use std::collections::HashSet;
use std::ops::Range;

use crate::Error;
use crate::prose::{Prose, indent, is_wide, lines};
use crate::rst_inline::{Inline, Kind};
use crate::rst_names::Names;
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// Directives whose content is text, and whether their arguments are.
const TEXT: [(&str, bool); 31] = [
    ("admonition", true),
    ("attention", true),
    ("caution", true),
    ("centered", true),
    ("compound", false),
    ("container", false),
    ("danger", true),
    ("deprecated", false),
    ("epigraph", true),
    ("error", true),
    ("figure", false),
    ("footer", true),
    ("header", true),
    ("highlights", true),
    ("hint", true),
    ("important", true),
    ("line-block", true),
    ("list-table", true),
    ("note", true),
    ("only", false),
    ("pull-quote", true),
    ("rst-class", false),
    ("rubric", true),
    ("seealso", true),
    ("sidebar", true),
    ("table", true),
    ("tip", true),
    ("topic", true),
    ("versionadded", false),
    ("versionchanged", false),
    ("warning", true),
];

/// Directives whose content is no markup.
const CODE: [&str; 8] = [
    "code",
    "code-block",
    "highlight",
    "literalinclude",
    "math",
    "prompt",
    "raw",
    "sourcecode",
];

/// Normalises the text of a document; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut reader = Reader {
        document,
        lines: lines(document),
        substitutions: substitutions(document),
        names: Names::new(document),
        at: 0,
        prose: Prose::new(document, passages, edits),
    };
    reader.read()?;
    let Reader {
        names,
        substitutions,
        ..
    } = reader;
    names.follow(&substitutions, edits);
    Ok(())
}

struct Reader<'d, 'p> {
    document: &'d str,
    lines: Vec<Range<usize>>,
    /// The names of its substitutions.
    substitutions: HashSet<&'d str>,
    names: Names<'d>,
    /// The number of the current line.
    at: usize,
    prose: Prose<'d, 'p>,
}

impl<'d> Reader<'d, '_> {
    fn line(&self, at: usize) -> &'d str {
        let document = self.document;
        self.lines
            .get(at)
            .map_or("", |range| &document[range.clone()])
    }

    fn read(&mut self) -> Result<(), Error> {
        while self.at < self.lines.len() {
            let line = self.line(self.at);
            let text = line.trim();
            if text.is_empty() {
                self.at += 1;
            } else if is_explicit(text) {
                self.explicit()?;
            } else if text.starts_with(">>>") {
                while !self.line(self.at).trim().is_empty() {
                    self.at += 1;
                }
            } else if is_table(text) {
                self.table()?;
            } else {
                self.paragraph()?;
            }
        }
        Ok(())
    }

    /// Passes a block that is indented more than this; returns where its lines stand.
    fn pass_block(&mut self, than: usize) -> Range<usize> {
        let start = self
            .lines
            .get(self.at)
            .map_or(self.document.len(), |line| line.start);
        while self.at < self.lines.len() {
            let line = self.line(self.at);
            if !line.trim().is_empty() && indent(line) <= than {
                break;
            }
            self.at += 1;
        }
        start
            ..self
                .lines
                .get(self.at)
                .map_or(self.document.len(), |line| line.start)
    }

    /// Passes the lines up to an empty one that are indented more than this.
    fn pass_lines(&mut self, than: usize) {
        while !self.line(self.at).trim().is_empty() && indent(self.line(self.at)) > than {
            self.at += 1;
        }
    }

    /// Markup that begins with two dots.
    fn explicit(&mut self) -> Result<(), Error> {
        let range = self.lines[self.at].clone();
        let line = self.line(self.at);
        let depth = indent(line);
        let text = line.trim();
        self.at += 1;
        let behind = text[2..].trim_start();
        let end = range.start + line.trim_end().len();
        if let Some((name, argument)) = behind.split_once("::")
            && !name.is_empty()
            && !name.contains([' ', '`', '_', '|'])
        {
            let name = name.rsplit(':').next().unwrap_or(name);
            return self.directive(name, end - argument.trim_start().len()..end, depth);
        }
        // A footnote has text behind its label; nothing else has.
        let footnote = behind
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("] "));
        if let Some((label, note)) = footnote {
            self.names.fix(label.trim_start_matches('#'));
            self.pass_lines(depth);
            self.inline(end - note.len()..self.lines[self.at - 1].end, true);
            return self.prose.end();
        }
        let label = behind.strip_prefix('[');
        if let Some(label) = label.and_then(|rest| rest.strip_suffix(']')) {
            // Its text begins on the next line.
            self.names.fix(label.trim_start_matches('#'));
            return Ok(());
        }
        let start = end - behind.len();
        if behind.starts_with('_') || text.starts_with("__ ") {
            self.pass_lines(depth);
            self.target(start..self.lines[self.at - 1].end);
            return Ok(());
        }
        let block = self.pass_block(depth);
        if behind.starts_with('|') {
            self.stays(start + 1..block.end);
        }
        Ok(())
    }

    /// A directive: its name, its argument, and how far it is indented.
    fn directive(&mut self, name: &str, argument: Range<usize>, depth: usize) -> Result<(), Error> {
        let Some((_, is_text)) = TEXT.iter().find(|(known, _)| *known == name) else {
            let block = self.pass_block(depth);
            if !CODE.contains(&name) {
                self.stays(argument.start..block.end);
            }
            return Ok(());
        };
        if *is_text && !argument.is_empty() {
            self.inline(argument, true);
            self.prose.end()?;
        }
        let first = self.at;
        while self.line(self.at).trim_start().starts_with(':') && indent(self.line(self.at)) > depth
        {
            self.at += 1;
        }
        if first < self.at {
            self.stays(self.lines[first].start..self.lines[self.at - 1].end);
        }
        Ok(())
    }

    /// A target, `_name: what it is`, or `什麼_` alone: its name stays; it may be another name of something.
    fn target(&mut self, range: Range<usize>) {
        let text = &self.document[range.clone()];
        let mut start = range.start;
        if let Some(named) = text.strip_prefix('_') {
            let quoted = named.strip_prefix('`').and_then(|named| named.find('`'));
            let quoted = quoted.map_or(0, |at| at + 2);
            let rest = &named[quoted..];
            let colon = rest.find(": ").or_else(|| rest.find(":\n"));
            let end = quoted + colon.unwrap_or(rest.len());
            let name = named[..end].trim_end().trim_end_matches(':');
            self.names.fix(name.trim_matches('`'));
            start += 1 + end + usize::from(colon.is_some());
        }
        let text = self.document[start..range.end].trim_start();
        let start = range.end - text.len();
        let Some(name) = text.trim_end().strip_suffix('_') else {
            return;
        };
        let inner = name
            .strip_prefix('`')
            .and_then(|name| name.strip_suffix('`'));
        let is_address = name.contains(|c: char| c.is_whitespace() || "/`".contains(c));
        match inner {
            Some(inner) => self.names.refer(start + 1..start + 1 + inner.len(), true),
            None if !is_address => self.names.refer(start..start + name.len(), true),
            None => {}
        }
    }

    /// Text that stays as it is: so do the names in it.
    fn stays(&mut self, range: Range<usize>) {
        let text = &self.document[range.clone()];
        if text.is_ascii() {
            return;
        }
        for line in text.lines() {
            let name = line.trim_start().strip_prefix(":name:");
            self.names.fix(name.unwrap_or_default().trim());
        }
        for token in Inline::new(text, &self.substitutions) {
            self.names.note(&token, range.start, false);
        }
    }

    /// A table, line by line: each keeps its columns.
    fn table(&mut self) -> Result<(), Error> {
        let is_grid = self.line(self.at).trim_start().starts_with('+');
        let mut borders = 0;
        let mut columns = HashSet::new();
        while self.at < self.lines.len() {
            let text = self.line(self.at).trim();
            if text.is_empty() && (is_grid || borders > 2 || borders == 2 && !self.goes_on()) {
                break;
            }
            if is_table(text) {
                borders += 1;
                columns.extend(self.line(self.at).match_indices('+').map(|(at, _)| at));
            } else if !text.is_empty() {
                self.row(self.lines[self.at].clone(), &columns);
                self.prose.end_of_width()?;
            }
            self.at += 1;
        }
        Ok(())
    }

    /// A line of a table, cell by cell; `columns` is where those of a grid end.
    fn row(&mut self, range: Range<usize>, columns: &HashSet<usize>) {
        let (mut column, mut from) = (0, range.start);
        for (at, c) in self.document[range.clone()].char_indices() {
            if c == '|' && columns.contains(&column) {
                let bar = range.start + at;
                self.inline(from..bar, true);
                self.prose.text(bar..bar + 1);
                from = bar + 1;
            }
            column += if is_wide(c) { 2 } else { 1 };
        }
        self.inline(from..range.end, true);
    }

    /// Whether a simple table has another border below this empty line.
    fn goes_on(&self) -> bool {
        let below = (self.at..self.lines.len()).map(|at| self.line(at).trim());
        below
            .take(64)
            .take_while(|line| line.is_empty() || !is_underline(line) || is_table(line))
            .any(is_table)
    }

    /// Lines up to an empty one: a title, or text.
    fn paragraph(&mut self) -> Result<(), Error> {
        let first = self.at;
        let depth = indent(self.line(first));
        let ends = |text: &str, at: usize| text.is_empty() || at > first && is_explicit(text);
        while !ends(self.line(self.at).trim(), self.at) {
            self.at += 1;
        }
        let mut at = first;
        while at < self.at {
            if is_underline(self.line(at).trim()) {
                at += 1;
            } else if at + 1 < self.at && is_underline(self.line(at + 1).trim()) {
                let range = self.lines[at].clone();
                self.names.text(range.clone());
                self.inline(range, false);
                self.prose.end_of_width()?;
                at += 2;
            } else {
                let mut end = at + 1;
                let begins =
                    |line: &str| line.trim_start().starts_with(':') || is_underline(line.trim());
                while end < self.at
                    && !begins(self.line(end))
                    && !(end + 1 < self.at && is_underline(self.line(end + 1).trim()))
                {
                    end += 1;
                }
                let range = self.lines[at].start..self.lines[end - 1].end;
                self.field_or_text(range);
                self.prose.end()?;
                at = end;
            }
        }
        let last = self.line(self.at - 1).trim_end();
        if last.ends_with("::") {
            // A literal block: all that is indented more.
            self.pass_block(depth);
        }
        Ok(())
    }

    /// Text, perhaps behind a field's name.
    fn field_or_text(&mut self, range: Range<usize>) {
        let document = self.document;
        let text = &document[range.clone()];
        let start = text.len() - text.trim_start().len();
        let name = text[start..].strip_prefix(':').and_then(|rest| {
            let end = rest.find(':')?;
            let behind = &rest[end + 1..];
            let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
            (end > 0 && ends && !rest[..end].contains(['\n', '`'])).then_some(start + end + 2)
        });
        let name = name.unwrap_or(0);
        self.prose.keep(range.start..range.start + name);
        self.inline(range.start + name..range.end, true);
    }

    /// Takes text with markup in it. `follows` says that references in it may follow what they name.
    fn inline(&mut self, range: Range<usize>, follows: bool) {
        for block in blocks(self.document, range) {
            let text = &self.document[block.clone()];
            let mut done = block.start;
            for token in Inline::new(text, &self.substitutions) {
                let place =
                    |range: &Range<usize>| block.start + range.start..block.start + range.end;
                let token_range = place(&token.range);
                self.prose.text(done..token_range.start);
                done = token_range.start;
                if let Kind::Phrase { text, .. }
                | Kind::Role {
                    text: Some(text), ..
                } = &token.kind
                {
                    let text = place(text);
                    self.prose.keep(done..text.start);
                    self.prose.text(text.clone());
                    done = text.end;
                }
                self.prose.keep(done..token_range.end);
                done = token_range.end;
                self.names.note(&token, block.start, follows);
            }
            self.prose.text(done..block.end);
        }
    }
}

/// The names of a document's substitutions, as they stand there.
fn substitutions(document: &str) -> HashSet<&str> {
    let names = document.lines().filter_map(|line| {
        let (name, _) = line.trim_start().strip_prefix(".. |")?.split_once('|')?;
        Some(name)
    });
    names.collect()
}

/// Text cut where one of its lines begins something else: an item of a list, a term's definition. No markup goes over that.
fn blocks(document: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    // How far the block's first line and those below it are indented, and whether it is an item.
    let (mut outer, mut inner, mut is_item) = (0, None, false);
    for line in lines(&document[range.clone()]) {
        let line = range.start + line.start..range.start + line.end;
        let text = &document[line.clone()];
        let begins_line = line.start == 0 || document[..line.start].ends_with('\n');
        let depth = indent(text);
        let is_next = match blocks.last() {
            None => true,
            Some(_) if depth <= outer => is_item || depth < outer,
            Some(_) => inner.is_some_and(|inner| depth != inner) || !is_item,
        };
        match blocks.last_mut().filter(|_| !is_next) {
            Some(block) => {
                block.end = line.end;
                if depth > outer {
                    inner = Some(depth);
                }
            }
            None => {
                // What does not begin a line stands behind the label of a note or the name of a field.
                is_item = !begins_line || begins_item(text.trim_start());
                outer = if begins_line { depth } else { 0 };
                inner = None;
                blocks.push(line);
            }
        }
    }
    blocks
}

/// Whether a line begins an item of a list, or of a block of lines.
fn begins_item(line: &str) -> bool {
    let marker = line.split([' ', '\n']).next().unwrap_or_default();
    let number = marker.strip_prefix('(').unwrap_or(marker);
    let number = number.strip_suffix(['.', ')']).unwrap_or_default();
    matches!(marker, "-" | "*" | "+" | "•" | "‣" | "⁃" | "|")
        || number == "#"
        || number.len() == 1 && number.bytes().all(|c| c.is_ascii_alphabetic())
        || !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit())
}

fn is_explicit(text: &str) -> bool {
    text == ".." || text.starts_with(".. ") || text.starts_with("__ ")
}

/// Whether a line consists of one mark, repeated: it is above or below a title, or parts.
fn is_underline(text: &str) -> bool {
    let Some(mark) = text.bytes().next() else {
        return false;
    };
    mark.is_ascii_punctuation() && text.len() > 1 && text.bytes().all(|byte| byte == mark)
}

/// Whether a line is the border of a table.
fn is_table(text: &str) -> bool {
    let grid = text.starts_with("+-") || text.starts_with("+=");
    let simple = text.starts_with("==") && text.contains("= =")
        || text.starts_with("==") && text.contains("  =");
    grid && text.ends_with('+') || simple && text.bytes().all(|byte| matches!(byte, b'=' | b' '))
}
