//! AsciiDoc: text, of which only characters change. Listings, macros, attributes, anchors and comments stay.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::Error;
use crate::ahead::Ahead;
use crate::prose::{Inline, Prose, lines};
use crate::whole::Edits;
use crate::{Settings, TextSink};
use jianti_text::lines::front;

/// Macros whose text in brackets is read; the targets of all stay.
const TEXT_MACROS: [&str; 8] = [
    "link", "xref", "mailto", "footnote", "btn", "http", "https", "ftp",
];

/// Macros whose text in brackets says what is shown, among values that stay.
const IMAGES: [&str; 3] = ["image", "video", "audio"];

/// Normalises the text of a document; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let lines = lines(document);
    let titles: BTreeSet<&str> = lines
        .iter()
        .map(|range| &document[range.clone()])
        .filter(|line| line.starts_with('='))
        .map(|line| line.trim_start_matches('=').trim())
        .collect();
    let find = |before: &str, rest: &str, ahead: &Ahead| inline(before, rest, ahead, &titles);
    let mut prose = Prose::new(document, passages, edits);
    // What ends the block that is left.
    let mut block: Option<&str> = None;
    for range in lines {
        let line = document[range.clone()].trim_end();
        if let Some(mark) = block {
            if line == mark {
                block = None;
            }
            continue;
        }
        if is_delimiter(line, "-.+/`") {
            prose.end()?;
            block = Some(line);
            continue;
        }
        let start = if is_kept(line) {
            None
        } else {
            // A block's title, a section's, an entry of a list, a cell: the text goes on behind the mark.
            Some(range.start)
        };
        if line.is_empty() || start.is_none() || line.starts_with(['=', '.', '*', '-', '|']) {
            prose.end()?;
        }
        if let Some(start) = start {
            prose.inline(
                start..range.end,
                &['`', '+', '<', '[', ':', '{', '$'],
                &find,
            );
        }
    }
    prose.end()
}

/// Whether a line begins or ends a block, four marks or more.
fn is_delimiter(line: &str, marks: &str) -> bool {
    let Some(mark) = line.chars().next().filter(|mark| marks.contains(*mark)) else {
        return false;
    };
    let least = if mark == '`' { 3 } else { 4 };
    line.len() >= least && line.chars().all(|c| c == mark)
}

/// Whether nothing in a line is text.
fn is_kept(line: &str) -> bool {
    let attribute = line.strip_prefix(':').is_some_and(|rest| {
        let name = rest.split_once(':').map_or("", |(name, _)| name);
        !name.is_empty() && !name.contains(' ')
    });
    let attributes = line.starts_with('[') && line.ends_with(']');
    let comment = line.starts_with("//");
    let block_macro = line.split_once("::").is_some_and(|(name, rest)| {
        let known = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        known && !name.is_empty() && !IMAGES.contains(&name) && rest.ends_with(']')
    });
    attribute || attributes || comment || block_macro || is_delimiter(line, "=*_|")
}

/// What begins here and is not all text.
fn inline(before: &str, rest: &str, ahead: &Ahead, titles: &BTreeSet<&str>) -> Option<Inline> {
    let whole = |length| Some((length, Vec::new()));
    if rest.starts_with('`') {
        let length = ahead.between(rest, "`", "`")?;
        return whole(length).filter(|_| ahead.is_on_one_line(rest, length));
    }
    for mark in ["+++", "++", "+"] {
        if rest.starts_with(mark) {
            let length = ahead.between(rest, mark, mark)?;
            let inner = &rest[mark.len()..length - mark.len()];
            return whole(length)
                .filter(|_| !inner.is_empty() && !inner.contains(char::is_whitespace));
        }
    }
    if rest.starts_with("<<") {
        let length = ahead.between(rest, "<<", ">>")?;
        let inner = &rest[2..length - 2];
        let text = match inner.split_once(',') {
            Some((id, _)) => 3 + id.len()..length - 2,
            None if titles.contains(inner) => 2..length - 2,
            None => 0..0,
        };
        return Some((length, vec![text]));
    }
    if rest.starts_with("[[") {
        return whole(ahead.between(rest, "[[", "]]")?);
    }
    if rest.starts_with("[") {
        // `[#id]` and `[.role]` in front of marked text.
        let length = ahead.between(rest, "[", "]")?;
        return whole(length).filter(|_| rest[1..].starts_with(['#', '.', '%']));
    }
    if rest.starts_with(':') {
        return target(before, rest, ahead);
    }
    None
}

/// `:target[text]` of a macro whose name stands in front of it.
fn target(before: &str, rest: &str, ahead: &Ahead) -> Option<Inline> {
    let length = before
        .bytes()
        .rev()
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let name = &before[before.len() - length..];
    let ends = |c: char| c.is_whitespace() || "[，。、；：]".contains(c);
    let bracket = match IMAGES.contains(&name).then(|| end_of_file(&rest[1..])) {
        Some(end) => end?,
        None => ahead
            .first(&rest[1..], "target", |rest| rest.find(ends))
            .filter(|_| length > 0)?,
    } + 1;
    let end = bracket + ahead.between(&rest[bracket..], "[", "]")?;
    let text = bracket + 1..end - 1;
    let texts = match name {
        _ if IMAGES.contains(&name) => texts_of_image(rest, text),
        _ if TEXT_MACROS.contains(&name) => vec![text],
        _ => Vec::new(),
    };
    Some((end, texts))
}

/// Where the file's name ends, before a bracket, that an image's target is: it may have spaces and marks, as long as it ends in
/// what names of files end in, or in an attribute.
fn end_of_file(target: &str) -> Option<usize> {
    /// No name is longer, bytes.
    const LONGEST: usize = 1 << 10;
    let line = front(target, LONGEST);
    let end = line.find(['[', '\n'])?;
    let name = &line[..end];
    let is_plain = || !name.contains(|c: char| c.is_whitespace() || "，。、；：".contains(c));
    let has_ending = || {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| {
            (2..=5).contains(&ending.len()) && ending.bytes().all(|c| c.is_ascii_alphanumeric())
        })
    };
    let may_end = || is_plain() || name.ends_with('}') || has_ending();
    (line[end..].starts_with('[') && may_end()).then_some(end)
}

/// What is text in the brackets of an image: what comes first, `alt` and `title`.
fn texts_of_image(rest: &str, brackets: Range<usize>) -> Vec<Range<usize>> {
    let values = values(rest, brackets).into_iter().enumerate();
    let texts = values.filter_map(|(number, value)| {
        let name = rest[value.clone()].split_once('=').map(|(name, _)| name);
        let behind = match name.map(str::trim) {
            None if number == 0 => 0,
            Some("alt" | "title") => name.map_or(0, str::len) + 1,
            _ => return None,
        };
        Some(value.start + behind..value.end)
    });
    texts.collect()
}

/// The values in a macro's brackets: commas part them, but not within quotation marks.
fn values(rest: &str, brackets: Range<usize>) -> Vec<Range<usize>> {
    let mut values = Vec::new();
    let (mut start, mut is_quoted) = (brackets.start, false);
    for (at, byte) in rest[brackets.clone()].bytes().enumerate() {
        is_quoted ^= byte == b'"';
        if byte == b',' && !is_quoted {
            values.push(start..brackets.start + at);
            start = brackets.start + at + 1;
        }
    }
    values.push(start..brackets.end);
    values
}
