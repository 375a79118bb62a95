//! reStructuredText: text, of which only characters change. Directives, targets, roles, literals and names of fields stay,
//! and so do tables and titles whose width would change.

use std::collections::HashSet;
use std::ops::Range;

use crate::Error;
use crate::directives::{Argument, Body, Directive, entry_title, is_shown};
use crate::prose::{Prose, indent, is_wide, lines};
use crate::rst_inline::{Inline, Kind};
use crate::rst_lines::{blocks, explicit_start, field_mark, is_table, is_underline, substitutions};
use crate::rst_names::Names;
use crate::whole::Edits;
use crate::{Settings, TextSink};

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
        definition: None,
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
    /// Where the definition in a glossary ends that is read.
    definition: Option<usize>,
    prose: Prose<'d, 'p>,
}

impl<'d> Reader<'d, '_> {
    fn line(&self, at: usize) -> &'d str {
        let document = self.document;
        let lines = &self.lines[..self.end()];
        lines.get(at).map_or("", |range| &document[range.clone()])
    }

    /// The number of the line at which what is read ends.
    fn end(&self) -> usize {
        self.definition.unwrap_or(self.lines.len())
    }

    fn read(&mut self) -> Result<(), Error> {
        while self.at < self.end() {
            let line = self.line(self.at);
            let text = line.trim();
            if text.is_empty() {
                self.at += 1;
            } else if let Some(depth) = explicit_start(line) {
                self.explicit(depth)?;
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
        while self.at < self.end() {
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

    /// Markup that begins with two dots, so many bytes behind the beginning of the line.
    fn explicit(&mut self, depth: usize) -> Result<(), Error> {
        let range = self.lines[self.at].clone();
        let line = self.line(self.at);
        let text = line[depth..].trim();
        self.at += 1;
        let behind = text[2..].trim_start();
        let end = range.start + line.trim_end().len();
        // What stands for a substitution is a directive too, behind the name.
        let name_end = behind.strip_prefix('|').and_then(|rest| rest.find("| "));
        let begun = name_end.map_or(behind, |at| behind[at + 3..].trim_start());
        if let Some((name, argument)) = begun.split_once("::")
            && !name.is_empty()
            && !name.contains([' ', '`', '_', '|'])
        {
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
        if behind.starts_with('_') || text.starts_with("__ ") {
            self.pass_lines(depth);
            self.target(end - behind.len()..self.lines[self.at - 1].end);
            return Ok(());
        }
        self.pass_block(depth);
        Ok(())
    }

    /// A directive: its name, its argument, and how far it is indented. What it holds is read as the lines that follow, where
    /// that is text.
    fn directive(&mut self, name: &str, argument: Range<usize>, depth: usize) -> Result<(), Error> {
        let known = Directive::named(name);
        let first = self.at;
        while !self.line(self.at).trim().is_empty()
            && indent(self.line(self.at)) > depth
            && explicit_start(self.line(self.at)).is_none()
        {
            self.at += 1;
        }
        let head = first..self.at;
        let options = head
            .clone()
            .find(|at| field_mark(self.line(*at).trim()).is_some());
        // Without an option, the lines below a title or a table of contents are what the directive holds.
        let is_held = known.argument == Argument::Text || known.body == Body::Entries;
        let options = options.unwrap_or(if is_held { first } else { head.end });
        let ends = options.checked_sub(1).map_or(0, |at| self.lines[at].end);
        let argument = argument.start..argument.end.max(ends);
        match known.argument {
            Argument::Stays if known.body == Body::Code => {}
            Argument::Stays => self.stays(argument.clone()),
            Argument::Text | Argument::Name => {
                if known.argument == Argument::Name {
                    self.names.text(argument.clone());
                }
                self.inline(argument.clone(), true);
                self.prose.end()?;
            }
        }
        self.at = options;
        while self.at < head.end && field_mark(self.line(self.at).trim()).is_some() {
            self.option(name, head.end)?;
        }
        match known.body {
            Body::Text => {
                if self.document[argument].trim_end().ends_with("::") {
                    self.pass_literal(depth);
                }
            }
            Body::Entries => self.entries(depth)?,
            Body::Rows => {
                while self.is_in_block(depth) {
                    self.inline(self.lines[self.at].clone(), true);
                    self.prose.end()?;
                    self.at += 1;
                }
            }
            // One in a definition is not read: it would be looked through for each that it is in.
            Body::Terms if self.definition.is_none() => self.terms(depth)?,
            Body::Terms | Body::Stays => {
                let block = self.pass_block(depth);
                self.stays(block);
            }
            Body::Code => {
                self.pass_block(depth);
            }
        }
        Ok(())
    }

    /// An option of a directive, with the lines below it that are indented more, up to line `end`.
    fn option(&mut self, directive: &str, end: usize) -> Result<(), Error> {
        let first = self.at;
        let depth = indent(self.line(first));
        self.at += 1;
        while self.at < end && indent(self.line(self.at)) > depth {
            self.at += 1;
        }
        let start = self.lines[first].start + depth;
        let range = start..self.lines[self.at - 1].end;
        let text = &self.document[range.clone()];
        let mark = field_mark(text).unwrap_or(0);
        match &text[..mark] {
            ":name:" => self.names.fix(text[mark..].trim()),
            name if is_shown(directive, name.trim_matches(':')) => {
                self.inline(start + mark..range.end, true);
                self.prose.end()?;
            }
            _ => self.stays(range),
        }
        Ok(())
    }

    /// The documents of a table of contents, of which titles are text.
    fn entries(&mut self, depth: usize) -> Result<(), Error> {
        while self.is_in_block(depth) {
            let line = self.lines[self.at].clone();
            let title = entry_title(self.line(self.at));
            self.prose.text(line.start..line.start + title);
            self.prose.end()?;
            self.at += 1;
        }
        Ok(())
    }

    /// A glossary: its terms stay, as references name them; what stands below them is text.
    fn terms(&mut self, depth: usize) -> Result<(), Error> {
        let mut term = None;
        while self.is_in_block(depth) {
            let line = self.line(self.at);
            // The first line is a term, and tells how far all are indented.
            if line.trim().is_empty() || indent(line) <= *term.get_or_insert(indent(line)) {
                self.stays(self.lines[self.at].clone());
                self.at += 1;
                continue;
            }
            let first = self.at;
            self.pass_block(term.unwrap_or(depth));
            self.definition = Some(self.at);
            self.at = first;
            self.read()?;
            self.definition = None;
        }
        Ok(())
    }

    /// Whether the current line belongs to a block that is indented more than this.
    fn is_in_block(&self, than: usize) -> bool {
        let line = self.line(self.at);
        self.at < self.end() && (line.trim().is_empty() || indent(line) > than)
    }

    /// Passes the literal block that the argument of a directive announces: what is indented more than the rest of what the
    /// directive holds.
    fn pass_literal(&mut self, than: usize) {
        /// How many lines are looked at for that.
        const MOST: usize = 256;
        let lines = (self.at..self.end()).map(|at| self.line(at));
        let depths = lines
            .take(MOST)
            .filter(|line| !line.trim().is_empty())
            .map(indent)
            .take_while(|depth| *depth > than);
        if let Some(least) = depths.min() {
            self.pass_block(least);
        }
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
        while self.at < self.end() {
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
        let ends = |line: &str, at: usize| {
            line.trim().is_empty() || at > first && explicit_start(line).is_some()
        };
        while !ends(self.line(self.at), self.at) {
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
        let name = field_mark(&text[start..]).map_or(0, |mark| start + mark);
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
