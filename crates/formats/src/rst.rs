//! reStructuredText: text, of which only characters change. Directives, targets, roles, literals and names of fields stay,
//! and so do tables and titles whose width would change.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::Error;
use crate::ahead::Ahead;
use crate::prose::{Inline, Prose, indent, lines};
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

/// Normalises the text of a document; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let lines = lines(document);
    let mut prose = Prose::new(document, passages, edits);
    prose.name_before = reference;
    let mut reader = Reader {
        document,
        titles: titles(document, &lines),
        lines,
        at: 0,
        prose,
    };
    reader.read()
}

struct Reader<'d, 'p> {
    document: &'d str,
    lines: Vec<Range<usize>>,
    /// The texts of titles.
    titles: BTreeSet<&'d str>,
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

    /// Passes a block that is indented more than this.
    fn pass_block(&mut self, than: usize) {
        while self.at < self.lines.len() {
            let line = self.line(self.at);
            if !line.trim().is_empty() && indent(line) <= than {
                break;
            }
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
        if let Some((name, argument)) = behind.split_once("::")
            && !name.is_empty()
            && !name.contains([' ', '`', '_', '|'])
        {
            let name = name.rsplit(':').next().unwrap_or(name);
            let Some((_, is_text)) = TEXT.iter().find(|(known, _)| *known == name) else {
                self.pass_block(depth);
                return Ok(());
            };
            if *is_text && !argument.trim().is_empty() {
                let end = range.start + line.trim_end().len();
                self.inline(end - argument.trim_start().len()..end);
                self.prose.end()?;
            }
            // Options.
            while self.line(self.at).trim_start().starts_with(':')
                && indent(self.line(self.at)) > depth
            {
                self.at += 1;
            }
            return Ok(());
        }
        // A footnote has text behind its label; nothing else has.
        let footnote = behind
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("] "));
        match footnote {
            Some((_, note)) => {
                let end = range.start + line.trim_end().len();
                self.inline(end - note.len()..end);
                self.prose.end()
            }
            None => {
                self.pass_block(depth);
                Ok(())
            }
        }
    }

    /// A table, line by line: each keeps its columns.
    fn table(&mut self) -> Result<(), Error> {
        let is_grid = self.line(self.at).trim_start().starts_with('+');
        let mut borders = 0;
        while self.at < self.lines.len() {
            let text = self.line(self.at).trim();
            if text.is_empty() && (is_grid || borders > 2 || borders == 2 && !self.goes_on()) {
                break;
            }
            if is_table(text) {
                borders += 1;
            } else if !text.is_empty() {
                let range = self.lines[self.at].clone();
                self.inline(range);
                self.prose.end_of_width()?;
            }
            self.at += 1;
        }
        Ok(())
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
                self.inline(range);
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
        self.inline(range.start + name..range.end);
    }

    fn inline(&mut self, range: Range<usize>) {
        let titles = &self.titles;
        let find = |before: &str, rest: &str, ahead: &Ahead| inline(before, rest, ahead, titles);
        self.prose.inline(range, &['`', '|', '[', '_', ':'], &find);
    }
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

/// The texts of titles.
fn titles<'d>(document: &'d str, lines: &[Range<usize>]) -> BTreeSet<&'d str> {
    let text = |range: &Range<usize>| document[range.clone()].trim();
    lines
        .windows(2)
        .map(|pair| (text(&pair[0]), text(&pair[1])))
        .filter(|(title, below)| !title.is_empty() && !is_underline(title) && is_underline(below))
        .map(|(title, _)| title)
        .collect()
}

/// What begins here and is not all text.
fn inline(before: &str, rest: &str, ahead: &Ahead, titles: &BTreeSet<&str>) -> Option<Inline> {
    let whole = |length| Some((length, Vec::new()));
    let escaped = before.ends_with('\\');
    if rest.starts_with("``") {
        return whole(ahead.between(rest, "``", "``")?);
    }
    if rest.starts_with('`') && !escaped {
        return interpreted(before, rest, ahead, titles);
    }
    if rest.starts_with('|') {
        let length = ahead.between(rest, "|", "|")?;
        let name = &rest[1..length - 1];
        let is_name = !name.is_empty() && !name.contains(['\n', ' ', '　']);
        return whole(length).filter(|_| is_name);
    }
    if rest.starts_with('[') {
        let length = ahead.between(rest, "[", "]_")?;
        return whole(length).filter(|_| ahead.is_on_one_line(rest, length));
    }
    if let Some(behind) = rest.strip_prefix(':') {
        // `:role:` is taken with its text; alone it is a colon.
        let quote = ahead.between(rest, ":", ":`")? - 1;
        // The name, and the colon behind it, which could belong to one too.
        let ends = |c: char| !c.is_alphanumeric() && !"-_.+:".contains(c);
        let name = ahead.first(behind, "role", |rest| rest.find(ends))?;
        let is_role = name > 1 && 1 + name == quote;
        return is_role.then(|| role_length(rest, ahead, quote)).flatten();
    }
    None
}

/// The length of a reference's name in front of its underscore: `名稱_`.
fn reference(before: &str, rest: &str, ahead: &Ahead) -> usize {
    let behind = ahead.first(rest, "behind", |rest| rest.find(|c| c != '_'));
    let behind = behind.and_then(|at| rest[at..].chars().next());
    let ends = behind.is_none_or(|c| !c.is_alphanumeric());
    if !rest.starts_with('_') || !ends {
        return 0;
    }
    let name = before.trim_end_matches(|c: char| c.is_alphanumeric() || "-.+:_".contains(c));
    before.len() - name.len()
}

/// `:role:`text <target>``, whose role ends at `quote`.
fn role_length(rest: &str, ahead: &Ahead, quote: usize) -> Option<Inline> {
    let inner = ahead.between(&rest[quote..], "`", "`")?;
    let end = quote + inner;
    let texts = titled(&rest[quote + 1..end - 1])
        .map(|length| quote + 1..quote + 1 + length)
        .into_iter();
    Some((end, texts.collect()))
}

/// How much of `text <target>` is text, bytes; `None` if it has no target.
fn titled(text: &str) -> Option<usize> {
    let at = text
        .rfind(" <")
        .or_else(|| text.rfind("\n<"))
        .filter(|_| text.ends_with('>'));
    at.or_else(|| text.rfind('<').filter(|_| text.ends_with('>')))
}

/// Text between back quotes: a reference, or a title of something.
fn interpreted(before: &str, rest: &str, ahead: &Ahead, titles: &BTreeSet<&str>) -> Option<Inline> {
    let length = ahead.between(rest, "`", "`")?;
    let inner = &rest[1..length - 1];
    // An inline target.
    if before.ends_with('_') {
        return Some((length, Vec::new()));
    }
    let is_reference = rest[length..].starts_with('_');
    let text = match titled(inner) {
        Some(text) => 1..1 + text,
        // A reference to a title follows it; others have a target somewhere.
        None if is_reference && !titles.contains(inner) => 1..1,
        None => 1..length - 1,
    };
    let underscores = rest[length..]
        .bytes()
        .take_while(|byte| *byte == b'_')
        .count()
        .min(2);
    Some((length + underscores, vec![text]))
}
