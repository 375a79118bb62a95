//! What lines of reStructuredText begin, and where the text in them is cut.

use std::collections::HashSet;
use std::ops::Range;

use crate::prose::{indent, lines};

/// The name that a field or an option begins with, `:name:`: its length, bytes.
pub(crate) fn field_mark(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(':')?;
    let end = rest.find(':')?;
    let behind = &rest[end + 1..];
    let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
    (end > 0 && ends && !rest[..end].contains(['\n', '`'])).then_some(end + 2)
}

/// The names of a document's substitutions, as they stand there.
pub(crate) fn substitutions(document: &str) -> HashSet<&str> {
    let names = document.lines().filter_map(|line| {
        let (name, _) = line.trim_start().strip_prefix(".. |")?.split_once('|')?;
        Some(name)
    });
    names.collect()
}

/// Text cut where one of its lines begins something else: an item of a list, a term's definition. No markup goes over that.
pub(crate) fn blocks(document: &str, range: Range<usize>) -> Vec<Range<usize>> {
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

/// Where markup begins in a line that begins with two dots, or with two underscores: behind its indentation, and behind the
/// marks of the items of lists that it is in.
pub(crate) fn explicit_start(line: &str) -> Option<usize> {
    let mut at = indent(line);
    loop {
        let rest = line[at..].trim_end();
        if rest == ".." || rest.starts_with(".. ") || rest.starts_with("__ ") {
            return Some(at);
        }
        let marker = rest
            .find(' ')
            .filter(|_| !rest.starts_with('|') && begins_item(rest))?;
        at += marker + indent(&rest[marker..]);
    }
}

/// Whether a line consists of one mark, repeated: it is above or below a title, or parts.
pub(crate) fn is_underline(text: &str) -> bool {
    let Some(mark) = text.bytes().next() else {
        return false;
    };
    mark.is_ascii_punctuation() && text.len() > 1 && text.bytes().all(|byte| byte == mark)
}

/// Whether a line is the border of a table.
pub(crate) fn is_table(text: &str) -> bool {
    let grid = text.starts_with("+-") || text.starts_with("+=");
    let simple = text.starts_with("==") && text.contains("= =")
        || text.starts_with("==") && text.contains("  =");
    grid && text.ends_with('+') || simple && text.bytes().all(|byte| matches!(byte, b'=' | b' '))
}
