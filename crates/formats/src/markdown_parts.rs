//! A long Markdown document in parts, so that its parser's memory is bounded: it takes a hundred times a part's length.
//!
//! A part ends where one of the document's outermost blocks ends. The parser itself tells where that is: all blocks of a
//! window but the last one are closed by what stands behind them, whatever follows. What one part defines for another, the
//! labels of links and footnotes, is gathered first.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, BrokenLinkCallback, CowStr, Event, Options, Parser};

use crate::weight;
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

/// What the parser tells of one of the outermost blocks, or of those that begin on one line.
#[derive(Default)]
pub(super) struct Block<'d> {
    /// What it holds, with its places in the document.
    pub events: Vec<(Event<'d>, Range<usize>)>,
    /// Whether its end is there; of a long one it comes later.
    pub is_whole: bool,
    /// Where the part's first definition stands, if it has one.
    pub definition: Option<usize>,
}

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
    /// Reads the part that begins at `start`: hands its blocks to `take`, which leaves no events in them.
    ///
    /// # Errors
    /// Those of `take`, and [`Error::TooMuch`] for a block that would take too much memory.
    pub fn read<'d>(
        document: &'d str,
        start: usize,
        labels: &Labels,
        mut take: impl FnMut(&mut Block<'d>) -> Result<(), Error>,
    ) -> Result<Part, Error> {
        let end = start + line_end(&document[start..], PART);
        check(document, start..end)?;
        let waits = end < document.len();
        let part = hand_over(document, start..end, waits, labels, &mut take)?;
        if part.end > start {
            return Ok(part);
        }
        // A long block, or one with very much in it: that is not held until its end shows, but read once more.
        let end = long_block_end(document, start)?;
        hand_over(document, start..end, false, labels, &mut take)
    }
}

/// Hands over what a range of a document holds, block by block; where `waits` is set, up to one with very much in it, and
/// not the last one, which may go on behind the range.
fn hand_over<'d>(
    document: &'d str,
    range: Range<usize>,
    waits: bool,
    labels: &Labels,
    take: &mut impl FnMut(&mut Block<'d>) -> Result<(), Error>,
) -> Result<Part, Error> {
    /// How many events are held at a time.
    const MOST_EVENTS: usize = 1 << 14;
    let start = range.start;
    let window = &document[range.clone()];
    let elsewhere = |link: BrokenLink| labels.resolve(&link);
    let parser = Parser::new_with_broken_link_callback(window, OPTIONS, Some(elsewhere));
    let mut definitions = definitions(&parser, start);
    let mut block = Block {
        definition: definitions.iter().map(|found| found.range.start).min(),
        ..Block::default()
    };
    let mut depth = 0;
    let mut last = start;
    for (event, at) in parser.into_offset_iter() {
        block.is_whole = false;
        if depth == 0 {
            let line = start + line_start(window, at.start);
            block.is_whole = line > last;
            last = line;
        }
        let is_full = block.events.len() >= MOST_EVENTS;
        if block.is_whole || is_full && !waits {
            take(&mut block)?;
        } else if is_full {
            break;
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        block.events.push((event, start + at.start..start + at.end));
    }
    if !waits {
        block.is_whole = true;
        take(&mut block)?;
        last = range.end;
    }
    definitions.retain(|definition| definition.range.start < last);
    Ok(Part {
        end: last,
        definitions,
    })
}

/// Where the line begins in which a byte stands: a block's indentation is its own.
fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |line| line + 1)
}

/// Where the block ends that begins at `start` and is longer than a part is wanted to be.
fn long_block_end(document: &str, start: usize) -> Result<usize, Error> {
    let rest = &document[start..];
    let mut length = 2 * PART;
    loop {
        let end = line_end(rest, length);
        check(document, start..start + end)?;
        weight::check(Format::Markdown, &rest[..end]).map_err(|_| too_much(start))?;
        match last_block(&rest[..end]) {
            _ if end == rest.len() => return Ok(document.len()),
            0 => length *= 2,
            begin => return Ok(start + begin),
        }
    }
}

/// Where the last of a text's outermost blocks begins.
fn last_block(text: &str) -> usize {
    let (mut depth, mut last) = (0, 0);
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        if depth == 0 {
            last = range.start;
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    line_start(text, last)
}

/// Makes sure that the parser does not take too much memory for a range of a document.
fn check(document: &str, range: Range<usize>) -> Result<(), Error> {
    let (window, memory) = (&document[range.clone()], MEMORY + document.len());
    match window.len() > PART && most(window) > memory && cost(window) > memory {
        true => Err(too_much(range.start)),
        false => Ok(()),
    }
}

/// The error for a block that begins at this byte.
fn too_much(start: usize) -> Error {
    Error::TooMuch {
        format: Format::Markdown,
        offset: start as u64,
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
            let part = Part::read(document, start, &Labels::default(), |block| {
                block.events.clear();
                Ok(())
            })?;
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
            costs[rows[at] as usize] = 76;
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
            // A block with more in it than is held, one that is longer than a part, and one that is both.
            match number {
                7_000 => text.push_str(&format!("{}\n", "- 一\n".repeat(8_000))),
                11_000 => text.push_str(&format!("{}\n\n", "[頭髮][後] 一段文字\n".repeat(6_000))),
                15_000 => text.push_str(&format!("{}\n", "> - [後來]\n>   續\n".repeat(8_000))),
                _ => {}
            }
        }
        text + "[後]: http://a.b/c \"後來\"\n[後來]: <d>\n\n[^註]: 頭髮\n"
    }

    #[test]
    fn parts_are_parsed_as_in_the_whole() {
        let document = document();
        let labels = Labels::of(&document).expect("little markup");
        // Whether a link or a footnote is defined in its own part is told in another way.
        type Events = Vec<(Event<'static>, Range<usize>)>;
        let kinds = |block: Events| -> Events {
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
        let (mut found, mut parts) = (Events::new(), 0);
        let mut start = 0;
        while start < document.len() {
            let part = Part::read(&document, start, &labels, |block| {
                let events = block.events.drain(..);
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
                let part = Part::read(document, start, &Labels::default(), |block| {
                    block.events.clear();
                    Ok(())
                });
                start = part?.end;
            }
            Ok(())
        };
        for unit in ["[", "*a", "a\n", "\\*", "&amp;"] {
            let hostile = unit.repeat((4 << 20) / unit.len());
            assert!(read(&hostile).is_err(), "{unit:?}");
        }
        let front = "渡輪靠岸。\n\n".repeat(20_000);
        let refused = read(&(front.clone() + &"> ".repeat(4 << 20)));
        assert!(
            matches!(refused, Err(Error::TooMuch { offset, .. }) if offset == front.len() as u64),
            "{refused:?}"
        );
        let prose =
            "渡輪靠岸，魚販把竹籠抬上碼頭。他說：「後來呢？」*裏面* 靜悄悄的。\n".repeat(40_000);
        assert!(read(&prose).is_ok());
        let row = "| 渡輪 | 靠岸 | 魚販 | 竹籠 | 碼頭 | 汽笛 |\n";
        let table = format!("{row}| - | - | - | - | - | - |\n{}", row.repeat(30_000));
        assert!(read(&table).is_ok());
    }
}
