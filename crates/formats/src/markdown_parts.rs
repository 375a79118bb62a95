//! A long Markdown document in parts, so that its parser's memory is bounded: it takes a hundred times a part's length.
//!
//! A part ends where one of the document's outermost blocks ends. The parser itself tells where that is: all blocks of a
//! window but the last one are closed by what stands behind them, whatever follows. What one part defines for another, the
//! labels of links and footnotes, is gathered first.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, Event, Options, Parser};

use crate::{Error, Format};

/// What the parser is to know beside CommonMark.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    .union(Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);

/// How long a part is wanted to be, bytes; longer only where one block is.
const PART: usize = 128 << 10;

/// How much the parser may take beside the document: its length and this, bytes.
const MEMORY: usize = 32 << 20;

/// What the parser tells of one of the outermost blocks, with its places in the document.
pub(super) type Block<'d> = Vec<(Event<'d>, Range<usize>)>;

/// What a link's label stands for.
pub(super) struct Definition {
    label: String,
    pub title: String,
    pub target: String,
    /// Where it stands in the document.
    pub range: Range<usize>,
}

/// Where a part ends, and what it defines.
pub(super) struct Part {
    pub end: usize,
    pub definitions: Vec<Definition>,
}

impl Part {
    /// Reads the part that begins at `start`: hands each of its blocks to `take`, those that begin on one line together, and
    /// where the part's first definition stands, if it has one.
    ///
    /// # Errors
    /// Those of `take`, and [`Error::TooMuch`] for a block that would take too much memory.
    pub fn read<'d>(
        document: &'d str,
        start: usize,
        labels: &Labels,
        mut take: impl FnMut(&mut Block<'d>, Option<usize>) -> Result<(), Error>,
    ) -> Result<Part, Error> {
        let rest = &document[start..];
        let mut length = PART;
        loop {
            let window = &rest[..line_end(rest, length)];
            let memory = MEMORY + document.len();
            if window.len() > PART && most(window) > memory && cost(window) > memory {
                let (format, offset) = (Format::Markdown, start as u64);
                return Err(Error::TooMuch { format, offset });
            }
            let elsewhere = |link: BrokenLink| labels.resolve(&link);
            let parser = Parser::new_with_broken_link_callback(window, OPTIONS, Some(elsewhere));
            let mut definitions = definitions(&parser, start);
            let first = definitions.iter().map(|found| found.range.start).min();
            let mut block = Block::new();
            let mut depth = 0;
            // From its line's beginning: a block's indentation is its own.
            let mut last = start;
            for (event, range) in parser.into_offset_iter() {
                if depth == 0 {
                    let line = memchr::memrchr(b'\n', &window.as_bytes()[..range.start]);
                    let line = start + line.map_or(0, |line| line + 1);
                    if line > last {
                        take(&mut block, first)?;
                        block.clear();
                    }
                    last = line;
                }
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth -= 1,
                    _ => {}
                }
                block.push((event, start + range.start..start + range.end));
            }
            let end = if window.len() == rest.len() {
                take(&mut block, first)?;
                document.len()
            } else if last > start {
                last
            } else {
                length *= 2;
                continue;
            };
            definitions.retain(|definition| definition.range.start < end);
            return Ok(Part { end, definitions });
        }
    }
}

fn definitions<'d>(
    parser: &Parser<'d, impl BrokenLinkCallback<'d>>,
    start: usize,
) -> Vec<Definition> {
    let definitions = parser.reference_definitions().iter();
    definitions
        .map(|(label, definition)| Definition {
            label: label.to_owned(),
            title: definition.title.as_deref().unwrap_or_default().to_owned(),
            target: definition.dest.to_string(),
            range: start + definition.span.start..start + definition.span.end,
        })
        .collect()
}

/// Labels of links and footnotes that any part of a document defines; none if it is one part.
#[derive(Default)]
pub(super) struct Labels(HashSet<String>);

impl Labels {
    /// The labels of a document.
    ///
    /// # Errors
    /// [`Error::TooMuch`] for a block that would take too much memory.
    pub fn of(document: &str) -> Result<Labels, Error> {
        let mut labels = Labels::default();
        let is_in = |text: &str| memchr::memmem::find(text.as_bytes(), b"]:").is_some();
        if document.len() <= PART || !is_in(document) {
            return Ok(labels);
        }
        let mut start = 0;
        while start < document.len() {
            let part = Part::read(document, start, &Labels::default(), |_, _| Ok(()))?;
            let links = part.definitions.iter();
            labels.0.extend(links.map(|link| normal(&link.label)));
            let lines = document[start..part.end].lines();
            for line in lines.filter(|line| line.contains("[^")) {
                let label = line.trim_start().strip_prefix('[');
                let label = label.and_then(|rest| rest.split_once("]:"));
                labels.0.extend(label.map(|(label, _)| normal(label)));
            }
            start = part.end;
        }
        Ok(labels)
    }

    /// What a reference is that its own part does not define.
    fn resolve<'t>(&self, link: &BrokenLink) -> Option<(CowStr<'t>, CowStr<'t>)> {
        let is_defined = !self.0.is_empty() && self.0.contains(&normal(&link.reference));
        is_defined.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
    }
}

/// A label as labels are compared.
fn normal(label: &str) -> String {
    let words: Vec<_> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
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

/// What [`cost`] is at most, told much faster.
fn most(text: &str) -> usize {
    // Counts that fit a byte are taken sixteen at a time.
    let costs = text.as_bytes().chunks(255).map(|some| {
        let count = |counted: fn(&u8) -> bool| {
            let counts = some.iter().map(|byte| u8::from(counted(byte)));
            usize::from(counts.sum::<u8>())
        };
        let lines = count(|byte| matches!(byte, b'\n' | b'\r'));
        LINE * lines + MARK * count(u8::is_ascii_punctuation)
    });
    LINE + costs.sum::<usize>()
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
            _ => LINE,
        };
        start = end + 1;
    }
    cost
}

/// What a line takes at the most, and a byte that may be markup.
const LINE: usize = 400;
const MARK: usize = 260;

/// What each byte takes that may be markup.
const COSTS: [u16; 256] = {
    let mut costs = [0; 256];
    let (rows, markup) = (b"|>{", b"[*_~$`<&\\");
    let mut at = 0;
    while at < markup.len() {
        costs[markup[at] as usize] = MARK as u16;
        if at < rows.len() {
            costs[rows[at] as usize] = 64;
        }
        at += 1;
    }
    costs
};

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
        let labels = Labels::of(&document).expect("little markup");
        // Whether a link or a footnote is defined in its own part is told in another way.
        let kinds = |block: Block<'static>| -> Block<'static> {
            let mut kept = block;
            kept.retain(|(event, _)| match event {
                Event::FootnoteReference(_) => false,
                Event::Start(tag) => !matches!(tag, pulldown_cmark::Tag::Link { .. }),
                Event::End(tag) => !matches!(tag, pulldown_cmark::TagEnd::Link),
                Event::Text(text) => &**text != "^註",
                _ => true,
            });
            kept
        };
        let (mut found, mut parts) = (Block::new(), 0);
        let mut start = 0;
        while start < document.len() {
            let part = Part::read(&document, start, &labels, |block, _| {
                let events = block.drain(..);
                found.extend(events.map(|(event, range)| (event.into_static(), range)));
                Ok(())
            });
            start = part.expect("little markup").end;
            parts += 1;
        }
        assert!(parts > 3, "{parts}");
        let found = kinds(found);
        let whole = Parser::new_ext(&document, OPTIONS).into_offset_iter();
        let expected = whole.map(|(event, range)| (event.into_static(), range));
        let expected = kinds(expected.collect());
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected);
        }
        assert_eq!(found.len(), expected.len());
    }

    #[test]
    fn what_would_take_too_much_is_refused_and_other_text_is_not() {
        let read = |document: &str| -> Result<(), Error> {
            let mut start = 0;
            while start < document.len() {
                start = Part::read(document, start, &Labels::default(), |_, _| Ok(()))?.end;
            }
            Ok(())
        };
        for unit in ["[", "*a", "a\n", "\\*", "&amp;"] {
            let hostile = unit.repeat((4 << 20) / unit.len());
            assert!(read(&hostile).is_err(), "{unit:?}");
        }
        let prose =
            "渡輪靠岸，魚販把竹籠抬上碼頭。他說：「後來呢？」*裏面* 靜悄悄的。\n".repeat(40_000);
        assert!(read(&prose).is_ok());
        let row = "| 渡輪 | 靠岸 | 魚販 | 竹籠 | 碼頭 | 汽笛 |\n";
        let table = format!("{row}| - | - | - | - | - | - |\n{}", row.repeat(30_000));
        assert!(read(&table).is_ok());
    }
}
