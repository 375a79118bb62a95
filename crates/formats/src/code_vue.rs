//! Vue's components: a template, which is HTML, and a program and styles, which are code.

use std::ops::Range;

use crate::code_language;
use crate::code_passage::convert;
use crate::code_scan::texts;
use crate::html;
use crate::markup::Markup;
use crate::whole::Edits;
use crate::{Error, Rewriter as _, Settings, TextSink};

/// An element at the top of a component.
struct Block<'d> {
    name: &'d str,
    /// The start tag, from its `<` to its `>`.
    tag: &'d str,
    /// All of it.
    whole: Range<usize>,
    /// What stands between its tags.
    inner: Range<usize>,
}

/// Has the text of a component's template normalised, and the comments and strings of its code.
///
/// # Errors
/// The template's.
pub(crate) fn edit(
    document: &str,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut at = 0;
    while let Some(block) = next(document, at) {
        at = block.whole.end;
        let language = language(block.tag);
        if block.name == "template" {
            // In another language it is no HTML.
            if matches!(language, None | Some("html")) {
                template(document, block.whole, settings, passages, edits)?;
            }
            continue;
        }
        let ending = match (block.name, language) {
            ("script", language) => language.unwrap_or("js"),
            ("style", language) => language.unwrap_or("css"),
            _ => continue,
        };
        let name = format!("a.{ending}");
        let Some(syntax) = code_language::of(Some(name.as_ref()), "") else {
            continue;
        };
        let start = block.inner.start;
        for range in texts(syntax, &document[block.inner]) {
            convert(
                document,
                start + range.start..start + range.end,
                passages,
                edits,
            );
        }
    }
    Ok(())
}

fn template(
    document: &str,
    whole: Range<usize>,
    settings: &Settings,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let mut result = String::new();
    let mut markup = Markup::new(&html::COMPONENT, settings).starting_at(whole.start as u64);
    markup.push(&document[whole.clone()], true, passages, &mut result)?;
    if result != document[whole.clone()] {
        edits.push((whole, result));
    }
    Ok(())
}

/// The next block from here on.
fn next(document: &str, mut at: usize) -> Option<Block<'_>> {
    loop {
        at += document[at..].find('<')?;
        if document[at..].starts_with("<!--") {
            at += document[at..].find("-->")?;
            continue;
        }
        let name = &document[at + 1..];
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?];
        if !name.is_empty() {
            let tag = at..tag_end(document, at)?;
            if document[tag.clone()].ends_with("/>") {
                at = tag.end;
                continue;
            }
            let Some(end) = end(document, tag.end, name) else {
                // It has no end tag.
                at = tag.end;
                continue;
            };
            let inner = tag.end..end;
            let whole = at..inner.end + name.len() + "</>".len();
            return Some(Block {
                name,
                tag: &document[tag],
                whole: whole.start..whole.end.min(document.len()),
                inner,
            });
        }
        at += 1;
    }
}

/// Where the end tag of a block stands, whose inner part begins here.
fn end(document: &str, mut at: usize, name: &str) -> Option<usize> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    if name != "template" {
        return Some(at + document[at..].find(&close)?);
    }
    let mut depth = 1;
    loop {
        at += document[at..].find('<')?;
        let rest = &document[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->")?;
        } else if rest.starts_with(&close) {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
            at += close.len();
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = tag_end(document, at)?;
            let tag = &document[at..end];
            let is_open = tag
                .strip_prefix(&*open)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'));
            depth += usize::from(is_open && !tag.ends_with("/>"));
            at = end;
        } else {
            at += 1;
        }
    }
}

/// Behind the tag that begins here.
fn tag_end(document: &str, at: usize) -> Option<usize> {
    let mut quote = None;
    let length = document[at..].bytes().position(|byte| match quote {
        Some(open) => {
            quote = Some(open).filter(|open| *open != byte);
            false
        }
        None => {
            quote = Some(byte).filter(|byte| matches!(byte, b'"' | b'\''));
            byte == b'>'
        }
    })?;
    Some(at + length + 1)
}

/// What a block is written in, if its tag says.
fn language(tag: &str) -> Option<&str> {
    let at = tag.match_indices("lang=").find_map(|(at, name)| {
        let is_whole = tag[..at].ends_with(|c: char| c.is_ascii_whitespace());
        is_whole.then_some(at + name.len())
    })?;
    let rest = &tag[at..];
    let rest = rest.trim_start_matches(['"', '\'']);
    let is_end = |c: char| matches!(c, '"' | '\'' | '>') || c.is_ascii_whitespace();
    Some(&rest[..rest.find(is_end)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_told_apart() {
        let document = "<!-- <script> -->\n<br><template>\n<a :b=\"c > '<template>'\"><template #d>一</template><template/></a>\n\
                        </template>\n<i18n\nlang=\"json\">{}</i18n><script setup lang='ts'>\nlet a = \"<template>\";\n</script>\n<style>二";
        let mut at = 0;
        let mut found = Vec::new();
        while let Some(block) = next(document, at) {
            at = block.whole.end;
            found.push((block.name, language(block.tag), &document[block.whole]));
        }
        let whole = |from: &str, to: &str| {
            let start = document.find(from).expect("it is there");
            &document[start..document.rfind(to).expect("it is there") + to.len()]
        };
        assert_eq!(
            found,
            [
                (
                    "template",
                    None,
                    whole("<template>\n<a", "</a>\n</template>")
                ),
                ("i18n", Some("json"), whole("<i18n", "</i18n>")),
                ("script", Some("ts"), whole("<script setup", "</script>")),
            ]
        );
    }
}
