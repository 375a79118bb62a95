//! A long Markdown document in parts, so that its parser's memory is bounded: it takes a hundred times a part's length.
//!
//! A part ends where one of the document's outermost blocks ends. The parser itself tells where that is: all blocks of a
//! window but the last one are closed by what stands behind them, whatever follows. What one part defines for another, the
//! labels of links and footnotes, is gathered first.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser};

/// How long a part is wanted to be, bytes; longer only where one block is.
const PART: usize = 128 << 10;

/// How much the parser may take beside the document: its length and this, bytes.
const MEMORY: usize = 32 << 20;

/// A document's parts.
pub(super) struct Parts {
    /// Where they lie, one behind the other.
    pub ranges: Vec<Range<usize>>,
    /// Labels that any part defines; none if there is only one.
    labels: HashSet<String>,
}

/// A block that would take too much memory begins at this byte.
pub(super) struct TooMuch(pub usize);

impl Parts {
    /// Tells a document's parts.
    pub fn of(document: &str, options: Options) -> Result<Parts, TooMuch> {
        let mut parts = Parts {
            ranges: Vec::new(),
            labels: HashSet::new(),
        };
        if document.len() <= PART {
            parts.ranges.push(0..document.len());
            return Ok(parts);
        }
        let memory = MEMORY + document.len();
        let mut start = 0;
        while start < document.len() {
            let end = part_end(document, start, options, memory)?;
            parts.add_labels(&document[start..end], options);
            parts.ranges.push(start..end);
            start = end;
        }
        Ok(parts)
    }

    fn add_labels(&mut self, part: &str, options: Options) {
        if memchr::memmem::find(part.as_bytes(), b"]:").is_none() {
            return;
        }
        let parser = Parser::new_ext(part, options);
        let links = parser.reference_definitions().iter();
        self.labels.extend(links.map(|(label, _)| normal(label)));
        for line in part.lines().filter(|line| line.contains("[^")) {
            let label = line.trim_start().strip_prefix('[');
            let label = label.and_then(|rest| rest.split_once("]:"));
            self.labels.extend(label.map(|(label, _)| normal(label)));
        }
    }

    /// What a reference is that its own part does not define.
    pub fn resolve<'t>(&self, link: &BrokenLink) -> Option<(CowStr<'t>, CowStr<'t>)> {
        let is_defined = !self.labels.is_empty() && self.labels.contains(&normal(&link.reference));
        is_defined.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
    }
}

/// A label as labels are compared.
fn normal(label: &str) -> String {
    let words: Vec<_> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Where the part that begins at `start` ends.
fn part_end(
    document: &str,
    start: usize,
    options: Options,
    memory: usize,
) -> Result<usize, TooMuch> {
    let rest = &document[start..];
    let mut length = PART;
    loop {
        let window = &rest[..line_end(rest, length)];
        if window.len() > PART && cost(window) > memory {
            return Err(TooMuch(start));
        }
        if window.len() == rest.len() {
            return Ok(document.len());
        }
        match last_block(window, options) {
            0 => length *= 2,
            begin => return Ok(start + begin),
        }
    }
}

/// The end of the line that is `at` bytes behind the beginning, or the nearest place where a text can be cut.
fn line_end(text: &str, at: usize) -> usize {
    let Some(behind) = text.as_bytes().get(at..) else {
        return text.len();
    };
    // A line this long is cut: the window is parsed again with what follows.
    let end = match memchr::memchr(b'\n', &behind[..behind.len().min(PART)]) {
        Some(line) => at + line + 1,
        None => at,
    };
    text.floor_char_boundary(end)
}

/// What the parser, and what is kept beside it, take for a text, bytes; as measured. Text between marks takes little.
fn cost(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut cost: usize = bytes
        .iter()
        .map(|byte| usize::from(COSTS[usize::from(*byte)]))
        .sum();
    let mut start = 0;
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]) {
        cost += match text[start..end].trim_start().bytes().next() {
            Some(b'|') => 64,
            Some(b'-' | b'+' | b'*' | b'0'..=b'9') => 160,
            _ => 400,
        };
        start = end + 1;
    }
    cost
}

/// What each byte takes that may be markup.
const COSTS: [u16; 256] = {
    let mut costs = [0; 256];
    let (rows, markup) = (b"|>{", b"[*_~$`<&\\");
    let mut at = 0;
    while at < markup.len() {
        costs[markup[at] as usize] = 260;
        if at < rows.len() {
            costs[rows[at] as usize] = 64;
        }
        at += 1;
    }
    costs
};

/// Where the last of a text's outermost blocks begins.
fn last_block(text: &str, options: Options) -> usize {
    let mut depth = 0;
    let mut last = 0;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if depth == 0 {
            last = range.start;
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    // From the line's beginning: a block's indentation is its own.
    text[..last].rfind('\n').map_or(0, |line| line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of all kinds, some of which hold what would begin others.
    fn document() -> String {
        let blocks = [
            "# 標題\n\n",
            "一段文字 [頭髮][後]，[後來] 與 [^註]。\n第二行\n\n",
            "- 一\n\n      code\n\n  ```\n# 不是標題\n\n  ```\n- 二\n\n",
            "```text\n\n# 後來\n\n```\n\n",
            "> 引\n> - 用\n\n",
            "<div>\n後來\n\n</div>\n\n<!--\n\n後來\n\n-->\n\n",
            "| 後 | 面 |\n| - | - |\n| 裏 | 外 |\n\n",
            "    code\n\n    # 後來\n\n段落\n===\n\n",
            "1. 一\n2. 二\n\n   續\n\n***\n\n",
        ];
        let mut text = String::new();
        for number in 0..20_000 {
            text.push_str(blocks[number * 7 % blocks.len()]);
        }
        text + "[後]: http://a.b/c \"後來\"\n[後來]: <d>\n\n[^註]: 頭髮\n"
    }

    #[test]
    fn parts_are_parsed_as_in_the_whole() {
        let document = document();
        let options = super::super::markdown::options();
        let parts = Parts::of(&document, options).ok().expect("little markup");
        assert!(parts.ranges.len() > 3, "{:?}", parts.ranges);
        assert!(parts.ranges.iter().all(|part| part.len() < 2 * PART));
        let kinds = |text: &str, base: usize| -> Vec<_> {
            let callback = |link: BrokenLink| parts.resolve(&link);
            Parser::new_with_broken_link_callback(text, options, Some(callback))
                .into_offset_iter()
                .filter(|(event, _)| !matches!(event, Event::FootnoteReference(_)))
                .filter(|(event, _)| {
                    !matches!(event, Event::Start(pulldown_cmark::Tag::Link { .. }))
                })
                .filter(|(event, _)| !matches!(event, Event::End(pulldown_cmark::TagEnd::Link)))
                .filter(|(event, _)| !matches!(event, Event::Text(text) if &**text == "^註"))
                .map(|(event, range)| (event.into_static(), range.start + base..range.end + base))
                .collect()
        };
        let mut found = Vec::new();
        for part in &parts.ranges {
            found.extend(kinds(&document[part.clone()], part.start));
        }
        let expected = kinds(&document, 0);
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected);
        }
        assert_eq!(found.len(), expected.len());
    }

    #[test]
    fn what_would_take_too_much_is_refused_and_other_text_is_not() {
        let options = super::super::markdown::options();
        for unit in ["[", "*a", "a\n", "\\*", "&amp;"] {
            let hostile = unit.repeat((4 << 20) / unit.len());
            assert!(Parts::of(&hostile, options).is_err(), "{unit:?}");
        }
        let prose =
            "渡輪靠岸，魚販把竹籠抬上碼頭。他說：「後來呢？」*裏面* 靜悄悄的。\n".repeat(40_000);
        assert!(Parts::of(&prose, options).is_ok());
        let row = "| 渡輪 | 靠岸 | 魚販 | 竹籠 | 碼頭 | 汽笛 |\n";
        let table = format!("{row}| - | - | - | - | - | - |\n{}", row.repeat(30_000));
        assert!(Parts::of(&table, options).is_ok());
    }
}
