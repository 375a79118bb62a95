//! Formulas between brackets with backslashes, `\(x\)`, which the parser of Markdown takes for text.

use std::ops::Range;

use jianti_text::formula;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The formulas between brackets with backslashes in a block, `\\(x\\)`, of which the parser tells escaped brackets. They end in
/// the same text, and hold nothing else that it tells but emphasis.
pub(super) fn formulas(
    document: &str,
    events: &[(Event, Range<usize>)],
    block: Range<usize>,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if memchr::memchr(b'\\', &document.as_bytes()[block]).is_none() {
        return found;
    }
    // Where one begins, and what would end it.
    let mut open: Option<(usize, &str)> = None;
    for (event, range) in events {
        match event {
            Event::Text(text) if document[..range.start].ends_with('\\') => {
                let start = range.start - 1;
                let raw = &document[start..range.end];
                match open {
                    Some((begin, closing)) if raw.starts_with(closing) => {
                        let is_literal = raw[1..] == **text;
                        if is_literal && formula::is_formula(&document[begin + 2..start]) {
                            found.push(begin..start + 2);
                        }
                        open = None;
                    }
                    _ => {
                        if let Some((_, closing)) = formula::delimiters(raw) {
                            open = Some((start, closing));
                        }
                    }
                }
            }
            Event::Text(_)
            | Event::SoftBreak
            | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            _ => open = None,
        }
    }
    found
}
