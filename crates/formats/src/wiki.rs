//! MediaWiki: text, of which only characters change. Targets of links, templates, `-{ }-`, code and tags stay.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;

use crate::Error;
use crate::ahead::Ahead;
use crate::prose::{Inline, Prose, lines};
use crate::whole::Edits;
use crate::{Settings, TextSink};

/// Tags whose content is no prose.
const NO_PROSE: [&str; 15] = [
    "ce",
    "chem",
    "code",
    "graph",
    "hiero",
    "imagemap",
    "math",
    "nowiki",
    "pre",
    "score",
    "source",
    "syntaxhighlight",
    "templatedata",
    "timeline",
    "inputbox",
];

/// Namespaces of files; the last part of a link to one is a caption.
const FILES: [&str; 6] = ["file:", "image:", "media:", "檔案:", "文件:", "圖像:"];

/// What else a link to a file may have between its bars.
const FILE_OPTIONS: [&str; 22] = [
    "thumb",
    "thumbnail",
    "frame",
    "frameless",
    "border",
    "left",
    "right",
    "center",
    "none",
    "upright",
    "縮圖",
    "缩略图",
    "縮略圖",
    "左",
    "右",
    "置中",
    "居中",
    "無",
    "无",
    "無框",
    "有框",
    "邊框",
];

/// The longest template; what begins like a longer one is text. Bytes.
const LONGEST: usize = 1 << 16;

/// Normalises the text of a page; appends what changes to `edits`.
pub(crate) fn edit(
    document: &str,
    _settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let headings = headings(document);
    let mut prose = Prose::new(document, passages, edits);
    let find = |_: &str, rest: &str, ahead: &Ahead| inline(rest, ahead, &headings);
    let ahead = Ahead::default();
    let mut start = 0;
    // What goes over lines is kept whole; what is between is taken line by line.
    while start < document.len() {
        let end = line_end(document, start, &ahead);
        let line = &document[start..end];
        let content = start + content_start(line);
        prose.keep(start..content);
        prose.inline(content..end, &['[', '{', '-', '<', '_'], &find);
        prose.end()?;
        start = end;
    }
    Ok(())
}

/// Where the line ends that begins at `start`: what begins in it goes on with it.
fn line_end(document: &str, start: usize, ahead: &Ahead) -> usize {
    let mut at = start;
    loop {
        let Some(found) = document[at..].find(['\n', '{', '<', '-', '[']) else {
            return document.len();
        };
        at += found;
        let rest = &document[at..];
        if rest.starts_with('\n') {
            return at + 1;
        }
        at += inline(rest, ahead, &BTreeSet::new()).map_or(1, |(length, _)| length);
    }
}

/// The texts of a page's headings.
fn headings(document: &str) -> BTreeSet<&str> {
    let heading = |range: Range<usize>| {
        let line = document[range].trim();
        let text = line.trim_start_matches('=').trim_end_matches('=');
        (line.starts_with('=') && line.ends_with('=')).then_some(text.trim())
    };
    lines(document).into_iter().filter_map(heading).collect()
}

/// Where a line's text begins: behind the attributes of a table or of its cells; at its end if it is no text.
fn content_start(line: &str) -> usize {
    let trimmed = line.trim_start_matches([' ', ':', '*', '#']);
    let lower = trimmed.trim_start().to_lowercase();
    if trimmed.starts_with("{|") || trimmed.starts_with("|-") {
        return line.len();
    }
    if line.starts_with('#')
        && ["redirect", "重定向"]
            .iter()
            .any(|word| lower.starts_with(word))
    {
        return line.len();
    }
    if !trimmed.starts_with(['|', '!']) {
        return 0;
    }
    let cell = line.len() - trimmed.len() + 1;
    // `| style="…" | text`, but `| a || b` has two cells.
    match line[cell..].split_once('|') {
        Some((attributes, rest)) if attributes.contains('=') && !rest.starts_with('|') => {
            cell + attributes.len() + 1
        }
        _ => cell,
    }
}

/// What begins here and is not all text.
fn inline(rest: &str, ahead: &Ahead, headings: &BTreeSet<&str>) -> Option<Inline> {
    let whole = |length| Some((length, Vec::new()));
    if rest.starts_with("{{") {
        return whole(nested(rest, ahead, "{{", "}}")?);
    }
    if rest.starts_with("-{") {
        return whole(nested(rest, ahead, "-{", "}-")?);
    }
    if rest.starts_with("[[") {
        return link(rest, ahead, headings);
    }
    if rest.starts_with('[') {
        return outer_link(rest, ahead);
    }
    if rest.starts_with("__") {
        return ahead
            .between(rest, "__", "__")
            .filter(|length| *length < 40)
            .and_then(whole);
    }
    if rest.starts_with("<!--") {
        return whole(rest.find("-->").map_or(rest.len(), |at| at + 3));
    }
    tag(rest, ahead).and_then(whole)
}

/// How deep templates are nested at most; MediaWiki stops at 40.
const DEEPEST: usize = 100;

/// The length of what is nested between two marks.
fn nested(rest: &str, ahead: &Ahead, begin: &str, end: &str) -> Option<usize> {
    ahead.find(rest, end)?;
    let (mut at, mut depth) = (0, 0);
    while at < LONGEST && depth <= DEEPEST {
        let found = at + rest[at..].find(['{', '}', '-'])?;
        let here = &rest[found..];
        if here.starts_with(begin) {
            depth += 1;
            at = found + begin.len();
        } else if here.starts_with(end) {
            depth -= 1;
            at = found + end.len();
            if depth == 0 {
                return Some(at);
            }
        } else {
            at = found + 1;
        }
    }
    None
}

/// `[[target|text]]`.
fn link(rest: &str, ahead: &Ahead, headings: &BTreeSet<&str>) -> Option<Inline> {
    let end = ahead.find(rest, "]]")?;
    if !ahead.is_on_one_line(rest, end) {
        return None;
    }
    let inner = &rest[2..end];
    let name = inner.trim_start_matches([':', ' ']).chars().take(8);
    let lower: String = name.flat_map(char::to_lowercase).collect();
    let is_file = FILES.iter().any(|namespace| lower.starts_with(namespace));
    let Some((target, _)) = inner.split_once('|') else {
        // To a heading of this page, whose text changes.
        let heading = inner
            .strip_prefix('#')
            .filter(|heading| headings.contains(heading.trim()));
        let texts = heading.map(|_| 3..end).into_iter().collect();
        return Some((end + 2, texts));
    };
    let mut texts = Vec::new();
    if target
        .strip_prefix('#')
        .is_some_and(|heading| headings.contains(heading.trim()))
    {
        texts.push(3..2 + target.len());
    }
    if !is_file {
        texts.push(3 + target.len()..end);
        return Some((end + 2, texts));
    }
    // The caption may hold links itself, so that this one ends later: only its options are passed here.
    let mut at = 2 + target.len() + 1;
    while let Some(length) = rest[at..].find(['|', ']']) {
        let option = rest[at..at + length].trim();
        let known =
            FILE_OPTIONS.contains(&option) || option.contains('=') || option.ends_with("px");
        if !known || !rest[at + length..].starts_with('|') {
            break;
        }
        at += length + 1;
    }
    Some((at, texts))
}

/// `[https://… text]`.
fn outer_link(rest: &str, ahead: &Ahead) -> Option<Inline> {
    let inner = &rest[1..];
    let scheme = ["http://", "https://", "ftp://", "mailto:", "//"];
    if !scheme.iter().any(|scheme| inner.starts_with(scheme)) {
        return None;
    }
    let end = ahead
        .find(inner, "]")
        .filter(|end| ahead.is_on_one_line(inner, *end))?;
    let address = inner[..end].find(' ').unwrap_or(end);
    let text = 1 + address..1 + end;
    Some((end + 2, vec![text]))
}

/// The length of a tag, and of all that is in it if that is no prose.
fn tag(rest: &str, ahead: &Ahead) -> Option<usize> {
    let name = rest.strip_prefix('<')?.trim_start_matches('/');
    let length = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let name = name[..length].to_ascii_lowercase();
    if length == 0 {
        return None;
    }
    let end = ahead.find(rest, ">")? + 1;
    if rest.starts_with("</") || rest[..end].ends_with("/>") || !NO_PROSE.contains(&&*name) {
        return Some(end);
    }
    let closing = ahead.first(rest, &name, |rest| {
        let closes = |at: &usize| {
            let found = rest.as_bytes().get(at + 2..at + 2 + name.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        memmem::find_iter(rest.as_bytes(), "</").find(closes)
    });
    let Some(closing) = closing else {
        return Some(end);
    };
    let length = ahead.find(&rest[closing..], ">");
    Some(length.map_or(rest.len(), |at| closing + at + 1))
}
