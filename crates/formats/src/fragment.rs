//! Values of other formats that are no plain text: fragments of HTML, as dumps of sites have them (`{"body": "<p>…</p>"}`), JSON
//! (`{"meta": "{\"標題\": …}"}`), and text with code between fences.

use std::borrow::Cow;
use std::ops::Range;

use crate::fence::{self, Part};
use crate::html::HTML;
use crate::json::Json;
use crate::markup::Markup;
use crate::{DocumentFault, Format, Rewriter, Settings, TextSink};

/// Elements that such fragments begin or end with.
const ELEMENTS: [&str; 52] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "ins",
    "li",
    "main",
    "mark",
    "ol",
    "p",
    "pre",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];
/// Those of them that have no end tag.
const VOID: [&str; 3] = ["br", "hr", "img"];

/// A view of a text sink for the values of such formats: a passage that is a fragment of HTML, or JSON, is rewritten as these are,
/// its text handed over paragraph by paragraph, string by string. What its links lead to is not known. Of one with code between
/// fences the text is handed over without that.
pub(crate) struct Fragments<'p> {
    passages: &'p mut dyn TextSink,
    /// Whether program code in fragments is left as it is.
    keep_code: bool,
    /// Where the passage begins in the document, bytes.
    offset: u64,
}

impl<'p> Fragments<'p> {
    /// A view of this sink; `keep_code` as in [`Settings`].
    pub fn new(passages: &'p mut dyn TextSink, keep_code: bool) -> Fragments<'p> {
        Fragments {
            passages,
            keep_code,
            offset: 0,
        }
    }

    /// What becomes of a passage that is no plain text, and whose marks stay if `keeps_marks`; nothing if it is plain, or cannot
    /// be read.
    fn rewritten<'t>(&mut self, text: &'t str, keeps_marks: bool) -> Option<Cow<'t, str>> {
        let new = match fence::parts(text) {
            Some(parts) => self.without_code(text, &parts, keeps_marks),
            None => self.document(text)?,
        };
        Some(match new == text {
            true => Cow::Borrowed(text),
            false => Cow::Owned(new),
        })
    }

    /// What becomes of a fragment of HTML, or of JSON.
    fn document(&mut self, text: &str) -> Option<String> {
        let is_html = is_fragment(text);
        if !is_html && !may_be_json(text) {
            return None;
        }
        // What a page says of its own encoding is not about this document.
        let settings = Settings {
            encoding: None,
            keep_code: self.keep_code,
            ..Settings::default()
        };
        let mut out = String::with_capacity(text.len());
        let mut within = Within {
            passages: &mut *self.passages,
            offset: self.offset,
        };
        match is_html {
            true => Markup::new(&HTML, &settings).push(text, true, &mut within, &mut out),
            false => Json::new(Format::Json, &settings).push(text, true, &mut within, &mut out),
        }
        .ok()?;
        Some(out)
    }

    /// What becomes of a text in these parts, some of which are code.
    fn without_code(
        &mut self,
        text: &str,
        parts: &[(Range<usize>, Part)],
        keeps_marks: bool,
    ) -> String {
        let mut out = String::with_capacity(text.len());
        for (range, part) in parts {
            self.passages.at(self.offset + range.start as u64);
            let text = &text[range.clone()];
            match part {
                Part::Code => out.push_str(text),
                Part::Text if !keeps_marks => out.push_str(&self.passages.passage(text)),
                Part::Text | Part::Listing => out.push_str(&self.passages.code(text)),
            }
        }
        out
    }
}

impl TextSink for Fragments<'_> {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        match self.rewritten(text, false) {
            Some(new) => new,
            None => self.passages.passage(text),
        }
    }

    fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        match self.rewritten(text, true) {
            Some(new) => new,
            None => self.passages.code(text),
        }
    }

    fn name<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.passages.name(text)
    }

    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        self.passages.repair(markup)
    }

    fn record(&mut self, texts: &[&str]) {
        self.passages.record(texts);
    }

    fn record_ends(&mut self, line: u64, id: Option<&str>) {
        self.passages.record_ends(line, id);
    }

    fn bad_record(&mut self, line: u64, column: u64, cause: DocumentFault, id: Option<&str>) {
        self.passages.bad_record(line, column, cause, id);
    }

    fn link(&mut self, path: &str) -> Option<String> {
        self.passages.link(path)
    }

    fn at(&mut self, offset: u64) {
        self.offset = offset;
        self.passages.at(offset);
    }

    fn has_enough(&self) -> bool {
        self.passages.has_enough()
    }
}

/// What takes the text of a fragment that begins at byte `offset` of the document.
struct Within<'p> {
    passages: &'p mut dyn TextSink,
    offset: u64,
}

impl TextSink for Within<'_> {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.passages.passage(text)
    }

    fn code<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.passages.code(text)
    }

    fn name<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.passages.name(text)
    }

    fn repair<'t>(&mut self, markup: &'t str) -> Cow<'t, str> {
        self.passages.repair(markup)
    }

    fn at(&mut self, offset: u64) {
        self.passages.at(self.offset + offset);
    }

    fn has_enough(&self) -> bool {
        self.passages.has_enough()
    }
}

/// Whether a text begins and ends as an array or object of JSON does.
fn may_be_json(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('{') && text.ends_with('}') || text.starts_with('[') && text.ends_with(']')
}

/// Whether a text is a fragment of HTML: it begins or ends with a tag whose element also ends or begins in it.
fn is_fragment(text: &str) -> bool {
    let text = text.trim();
    let begins = || {
        let name = name(text.strip_prefix('<')?)?;
        (VOID.contains(&name) || has(text, "</", name)).then_some(())
    };
    let ends = || {
        let tag = text.strip_suffix('>')?.rsplit('<').next()?;
        let closed = tag.strip_prefix('/');
        let name = name(closed.unwrap_or(tag))?;
        (VOID.contains(&name) || closed.is_some() && has(text, "<", name)).then_some(())
    };
    text.contains('<') && begins().or_else(ends).is_some()
}

/// Whether a tag of this element stands in a text, behind this bracket.
fn has(text: &str, bracket: &str, element: &str) -> bool {
    text.match_indices(bracket)
        .any(|(at, bracket)| name(&text[at + bracket.len()..]) == Some(element))
}

/// The element that a tag is of which goes on so behind its bracket.
fn name(tag: &str) -> Option<&'static str> {
    let end = tag
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(tag.len());
    let is_whole =
        tag[end..].is_empty() || tag[end..].starts_with([' ', '>', '/', '\n', '\t', '\r']);
    let is_it = |name: &&&str| name.eq_ignore_ascii_case(&tag[..end]);
    ELEMENTS.iter().find(is_it).filter(|_| is_whole).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_told_by_their_ends() {
        for text in [
            "<p>你好,世界.</p>",
            "<p class=\"a\">一</p><p>二",
            "\n<div>\n一</div>\n",
            "他說:<b>好</b>",
            "一<br/>二<br>",
            "<img src=\"圖.png\">看",
            "<A HREF='x'>後台</A>,好",
        ] {
            assert!(is_fragment(text), "{text}");
        }
        for text in [
            "",
            "若a<b且c>d",
            "<b,後>",
            "<p>的意思是段落",
            "<0>這裡</0>",
            "<數量>個",
            "泛型 List<a>",
            "他說<br>他又說",
            "<div",
            "<張三@a.com>",
        ] {
            assert!(!is_fragment(text), "{text}");
        }
    }
}
