//! Values of other formats that are no plain text: fragments of HTML, as dumps of sites have them (`{"body": "<p>…</p>"}`), JSON
//! (`{"meta": "{\"標題\": …}"}`), and text with code between fences.

use std::borrow::Cow;
use std::ops::Range;

use crate::fence::{self, Part};
use crate::html::{HTML, is_element};
use crate::markup::Markup;
use crate::piece::LONGEST_PASSAGE;
use crate::{Rewriter, Settings, TextSink};

/// Elements without an end tag.
const VOID: [&str; 3] = ["br", "hr", "img"];
/// Elements that hold no text, and no tags.
const RAW: [&str; 2] = ["script", "style"];

/// How long HTML in a value may be that is rewritten as such, bytes as it stands in the document: most pages are shorter, and what is
/// all escapes takes fifty times as much memory.
const LONGEST_PAGE: usize = 1 << 20;

/// Rewrites JSON that stands in so many values; nothing if it cannot be read. `keep_code` as in [`Settings`].
pub(crate) type ReadJson = fn(&str, bool, usize, &mut dyn TextSink) -> Option<String>;

/// A view of a text sink for the values of such formats: a passage that is a fragment of HTML, or JSON, is rewritten as these are,
/// its text handed over paragraph by paragraph, string by string. What its links lead to is not known. Of one with code between
/// fences the text is handed over without that.
pub(crate) struct Fragments<'p> {
    /// Where all else goes.
    pub passages: &'p mut dyn TextSink,
    /// Whether program code in fragments is left as it is.
    keep_code: bool,
    /// In how many values the document stands whose values these are.
    depth: usize,
    json: ReadJson,
    /// Where the passage begins in the document, bytes.
    offset: u64,
}

impl<'p> Fragments<'p> {
    /// A view of this sink; `keep_code` as in [`Settings`], and `json` rewrites what is JSON.
    pub fn new(passages: &'p mut dyn TextSink, keep_code: bool, json: ReadJson) -> Fragments<'p> {
        Fragments {
            passages,
            keep_code,
            depth: 0,
            json,
            offset: 0,
        }
    }

    /// The same for values of a document that stands in so many values itself.
    pub fn within(self, depth: usize) -> Fragments<'p> {
        Fragments { depth, ..self }
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
        /// JSON in JSON in JSON: each value is read twice, so that what is deeper takes too long.
        const DEEPEST: usize = 2;
        let is_html = is_fragment(text);
        if !is_html && (self.depth >= DEEPEST || !may_be_json(text)) {
            return None;
        }
        let (keep_code, depth, json) = (self.keep_code, self.depth + 1, self.json);
        let read = |passages: &mut dyn TextSink| match is_html {
            true => html(text, keep_code, passages),
            false => json(text, keep_code, depth, passages),
        };
        // Nothing is told of what cannot be read to its end.
        if !is_html {
            read(&mut Reader)?;
        }
        read(&mut Within {
            passages: &mut *self.passages,
            offset: self.offset,
        })
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

/// What becomes of a fragment of HTML; nothing if it cannot be read.
fn html(text: &str, keep_code: bool, passages: &mut dyn TextSink) -> Option<String> {
    // What a page says of its own encoding is not about this document.
    let settings = Settings {
        encoding: None,
        keep_code,
        ..Settings::default()
    };
    let mut out = String::with_capacity(text.len());
    let read = Markup::new(&HTML, &settings).push(text, true, passages, &mut out);
    read.ok().map(|()| out)
}

/// What takes text that is only read.
struct Reader;

impl TextSink for Reader {
    fn passage<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        Cow::Borrowed(text)
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

/// How long a value may be that is one passage, bytes as it stands in the document; `raw` is it, or as much of it as came. What
/// begins with a tag may be a page, of which no part tells what the others are.
pub(crate) fn longest(raw: &str) -> usize {
    const SPACES: [&str; 4] = ["\\n", "\\r", "\\t", "\\ufeff"];
    let mut rest = raw.trim_start_matches('\u{FEFF}').trim_start();
    while let Some(behind) = SPACES.iter().find_map(|space| rest.strip_prefix(space)) {
        rest = behind.trim_start();
    }
    match ["<", "\\u003c", "\\u003C"]
        .iter()
        .any(|tag| rest.starts_with(tag))
    {
        true => LONGEST_PAGE,
        false => LONGEST_PASSAGE,
    }
}

/// Whether a text is a page of HTML, or a fragment: it begins or ends with a tag whose element also ends or begins in it, and
/// whatever looks like a tag in it is one of HTML.
fn is_fragment(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim();
    // What is longer may come in several passages.
    if text.len() > longest(text) || !text.contains('<') {
        return false;
    }
    if is_page(text) {
        return true;
    }
    let begins = || {
        let name = name(text.strip_prefix('<')?)?;
        (!is_among(&RAW, name) && closes(text, "</", name)).then_some(())
    };
    let ends = || {
        let tag = text.strip_suffix('>')?.rsplit('<').next()?;
        let closed = tag.strip_prefix('/');
        let name = name(closed.unwrap_or(tag))?;
        let is_closed = || closed.is_some() && !is_among(&RAW, name) && closes(text, "<", name);
        (is_among(&VOID, name) || is_closed()).then_some(())
    };
    begins().or_else(ends).is_some() && has_only_tags(text)
}

/// Whether a text is a whole page of HTML, whatever stands in it: it begins as one does, and has a head or a body.
fn is_page(text: &str) -> bool {
    let behind_declaration = text
        .strip_prefix("<?xml ")
        .and_then(|rest| rest.split_once("?>"));
    let page = behind_declaration.map_or(text, |(_, rest)| rest.trim_start());
    let begins = |word: &str| {
        let front = page.as_bytes().get(..word.len());
        front.is_some_and(|front| front.eq_ignore_ascii_case(word.as_bytes()))
    };
    (begins("<!doctype html") || begins("<html"))
        && ["head", "body"].iter().any(|part| closes(page, "<", part))
}

/// Whether a tag of this element stands in a text, behind this bracket, or needs none.
fn closes(text: &str, bracket: &str, element: &str) -> bool {
    let is_it = |tag: &str| name(tag).is_some_and(|name| name.eq_ignore_ascii_case(element));
    is_among(&VOID, element)
        || text
            .match_indices(bracket)
            .any(|(at, bracket)| is_it(&text[at + bracket.len()..]))
}

/// Whether these are the element, in small letters or capitals.
fn is_among(elements: &[&str], name: &str) -> bool {
    elements
        .iter()
        .any(|element| element.eq_ignore_ascii_case(name))
}

/// What stands in a text behind this mark.
fn behind<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

/// Whether each `<` of a text begins a tag of HTML that ends, or a comment or the like that does; code in Markdown has others.
fn has_only_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        if rest[..at].ends_with('`') {
            return false;
        }
        let behind = match tag.as_bytes() {
            [b'!', b'-', b'-', ..] => behind(&tag[3..], "-->"),
            [b'!', b'[', ..] if tag.starts_with("![CDATA[") => behind(tag, "]]>"),
            // <![endif]-->
            [b'!', b'[', ..] => behind(tag, ">"),
            [b'?', c, ..] if c.is_ascii_alphabetic() => behind(tag, "?>"),
            _ => behind_tag(tag),
        };
        match behind {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    true
}

/// What stands behind a tag of HTML that goes on so behind its bracket, and behind what an element holds that is no text.
fn behind_tag(tag: &str) -> Option<&str> {
    let is_start = !tag.starts_with('/');
    let name = name(tag.strip_prefix('/').unwrap_or(tag))?;
    let (mut quote, mut end) = (None, None);
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => {
                end = Some(at);
                break;
            }
            (None, b'<') => return None,
            (None, b'"' | b'\'') if tag[..at].ends_with('=') => quote = Some(byte),
            (Some(mark), _) if byte == mark => quote = None,
            _ => {}
        }
    }
    let behind = &tag[end? + 1..];
    if !is_start || !is_among(&RAW, name) {
        return Some(behind);
    }
    let is_end = |tag: &str| self::name(tag).is_some_and(|end| end.eq_ignore_ascii_case(name));
    let mut ends = behind.match_indices("</").map(|(at, _)| at);
    ends.find(|at| is_end(&behind[at + 2..]))
        .map(|at| &behind[at..])
}

/// The element of HTML that a tag is of which goes on so behind its bracket; or one of another kind, whose name tells it: `o:p`,
/// `my-tag`
fn name(tag: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-');
    let end = tag.find(|c: char| !is_part(c)).unwrap_or(tag.len());
    let behind = &tag[end..];
    let is_whole = behind.is_empty() || behind.starts_with([' ', '>', '/', '\n', '\t', '\r']);
    let name = &tag[..end];
    let is_one = || {
        is_element(name)
            || name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.contains([':', '-'])
    };
    (is_whole && is_one()).then_some(name)
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
            "<p>一<o:p></o:p><!-- a<b --></p>",
            "<div>一<style>a > b { }</style></div>",
            "<p>一<![CDATA[ a<b ]]><?php echo $a->b < 1 ?></p>",
            "<!DOCTYPE html>\n<html lang=\"zh\"><head></head><body>1 < 2 ``",
            "\u{FEFF}<!doctype HTML><title>一</title><body>二",
            "<?xml version=\"1.0\"?>\n<html><head><title>一</title></head></html>",
        ] {
            assert!(is_fragment(text), "{text}");
        }
        for text in [
            "",
            "<!DOCTYPE html> 寫在第一行",
            "<html> 是根元素",
            "若a<b且c>d",
            "<b,後>",
            "<p>的意思是段落",
            "<0>這裡</0>",
            "<數量>個",
            "泛型 List<a>",
            "他說<br>他又說",
            "<div",
            "<張三@a.com>",
            "<h1>標題</h1>\n\n當 i<n 時",
            "<p>加上 `<script>` 標籤即可.</p>",
            "<p>加上 <script> 標籤即可.</p>",
            "<p>a<b時,壞了.</p>",
            "<style>寫實風格</style>",
            "<p>一<!-- 註解</p>",
            "<p>一<%= 二 %></p>",
            "<speaker name=\"張\">好</speaker>",
        ] {
            assert!(!is_fragment(text), "{text}");
        }
    }
}
