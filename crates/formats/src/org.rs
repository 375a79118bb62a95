//! Org: text, of which only characters change. Source blocks, drawers, keywords, targets, tags and comments stay.

use std::collections::BTreeSet;

use crate::Error;
use crate::ahead::Ahead;
use crate::prose::{Inline, Prose, lines};
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// Keywords whose values are text.
const TEXT: [&str; 6] = [
    "author",
    "caption",
    "description",
    "subtitle",
    "title",
    "summary",
];

/// Blocks that hold text.
const PROSE: [&str; 4] = ["center", "quote", "verse", "abstract"];

/// Normalises the text of a document; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let lines = lines(document);
    let headings: BTreeSet<&str> = lines
        .iter()
        .filter_map(|range| heading(&document[range.clone()]))
        .map(named)
        .collect();
    let find = |before: &str, rest: &str, ahead: &Ahead| inline(before, rest, ahead, &headings);
    let mut prose = Prose::new(document, passages, edits);
    // What ends the block or drawer that is left, in small letters.
    let mut block: Option<String> = None;
    for range in lines {
        let line = &document[range.clone()];
        let text = line.trim();
        let lower = text.to_lowercase();
        if let Some(mark) = &block {
            if lower == *mark {
                block = None;
            }
            continue;
        }
        let mut start = range.start;
        let mut end = range.end;
        if let Some(name) = lower.strip_prefix("#+begin_") {
            let name = name.split_whitespace().next().unwrap_or_default();
            if !PROSE.contains(&name) {
                block = Some(format!("#+end_{name}"));
            }
            start = end;
        } else if let Some(keyword) = lower.strip_prefix("#+") {
            let name = keyword.split([':', '[']).next().unwrap_or_default();
            let value = text.find(':').filter(|_| TEXT.contains(&name));
            start = value.map_or(end, |at| {
                range.start + line.find(text).unwrap_or(0) + at + 1
            });
        } else if is_drawer(text) && lower != ":end:" {
            block = Some(":end:".to_owned());
            start = end;
        } else if is_property(text)
            || text == "#"
            || text.starts_with("# ")
            || text == ":"
            || text.starts_with(": ")
        {
            start = end;
        } else if let Some(heading) = heading(line) {
            // Tags stand behind it.
            end = range.start + line.find(heading).unwrap_or(0) + heading.len();
        }
        if text.is_empty() || start != range.start || text.starts_with(['*', '-', '+', '|']) {
            prose.end()?;
        }
        if start < end {
            prose.inline(
                start..end,
                &['[', '=', '~', '<', '$', '\\', '@', '{'],
                &find,
            );
        }
        if end != range.end {
            prose.end()?;
        }
    }
    prose.end()
}

/// A drawer begins: `:PROPERTIES:`.
fn is_drawer(text: &str) -> bool {
    let name = text
        .strip_prefix(':')
        .and_then(|rest| rest.strip_suffix(':'));
    name.is_some_and(|name| !name.is_empty() && !name.contains([' ', ':']))
}

/// A property, in its drawer or not: `:CUSTOM_ID: name`.
fn is_property(text: &str) -> bool {
    let name = text
        .strip_prefix(':')
        .and_then(|rest| rest.split_once(": "))
        .map_or("", |(name, _)| name);
    name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains(' ')
}

/// The text of a heading, without its stars and its tags.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('*');
    if rest.len() == line.len() || !rest.starts_with(' ') {
        return None;
    }
    let text = rest.trim();
    let tags = text
        .rsplit_once(' ')
        .filter(|(_, last)| last.len() > 2 && last.starts_with(':') && last.ends_with(':'));
    Some(tags.map_or(text, |(text, _)| text.trim_end()))
}

/// What links call a heading: its text without its state and its priority.
fn named(heading: &str) -> &str {
    let state = heading.split(' ').next().unwrap_or_default();
    let is_state = state.len() > 1 && state.bytes().all(|byte| byte.is_ascii_uppercase());
    let text = if is_state {
        heading[state.len()..].trim_start()
    } else {
        heading
    };
    match text.strip_prefix("[#") {
        Some(priority) => priority.split_once("] ").map_or(text, |(_, text)| text),
        None => text,
    }
}

/// What begins here and is not all text.
fn inline(before: &str, rest: &str, ahead: &Ahead, headings: &BTreeSet<&str>) -> Option<Inline> {
    let whole = |length| Some((length, Vec::new()));
    if rest.starts_with("[[") {
        let length = ahead.between(rest, "[[", "]]")?;
        let inner = &rest[2..length - 2];
        let (target, described) = inner
            .split_once("][")
            .map_or((inner, false), |(target, _)| (target, true));
        let mut texts = Vec::new();
        // A heading of this file, whose text changes.
        let heading = target.strip_prefix('*').unwrap_or(target);
        if headings.contains(heading) {
            texts.push(2 + target.len() - heading.len()..2 + target.len());
        }
        if described {
            texts.push(2 + target.len() + 2..length - 2);
        }
        return Some((length, texts));
    }
    if rest.starts_with("[fn:") {
        let end = rest
            .find([']', ':'])
            .and_then(|_| rest[4..].find([']', ':']))?;
        return whole(4 + end + 1);
    }
    for (begin, end) in [
        ("<<", ">>"),
        ("\\(", "\\)"),
        ("\\[", "\\]"),
        ("$$", "$$"),
        ("@@", "@@"),
        ("{{{", "}}}"),
    ] {
        if rest.starts_with(begin) {
            return whole(ahead.between(rest, begin, end)?);
        }
    }
    // Marks of code stand at the edges of words.
    for mark in ["=", "~"] {
        if rest.starts_with(mark) {
            let length = ahead.between(rest, mark, mark)?;
            let inner = &rest[1..length - 1];
            let edges = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '=')
                && !inner.starts_with(char::is_whitespace)
                && !inner.ends_with(char::is_whitespace);
            return whole(length).filter(|_| edges && !inner.is_empty() && !inner.contains('\n'));
        }
    }
    None
}
