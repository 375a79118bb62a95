//! A long Markdown document in parts, so that its parser's memory is bounded: it takes a hundred times a part's length.
//!
//! A part ends where one of the document's outermost blocks ends. The parser itself tells where that is: all blocks of a
//! window but the last one are closed by what stands behind them, whatever follows. It ends too before a block that hangs on
//! what stands further on: on a label of links or footnotes that nothing has defined yet, or on a heading that a link names.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Parser};

use crate::anchor;
use crate::markdown_directive::{Fence, Known};
use crate::markdown_labels::{Definition, Labels, OPTIONS, definitions};
use crate::weight;
use crate::{Error, Format};

/// How long a part is wanted to be, bytes; longer only where one block is.
pub(super) const PART: usize = 64 << 10;

/// How much the parser may take beside the document: its length up to there and this, bytes.
const MEMORY: usize = 32 << 20;

/// How many events are held at a time.
const MOST_EVENTS: usize = 1 << 14;

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

/// Where a part ends and why, and what it defines.
pub(super) struct Part {
    pub end: usize,
    pub stop: Stop,
    pub definitions: Vec<Definition>,
}

/// Why a part ends where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It is long enough, or the document ends.
    Ended,
    /// The next block has a label that nothing defines so far.
    Label,
    /// Further on a link may name a heading of the page.
    Heading,
    /// The next block is long, and its end is not there yet.
    Length,
}

/// A document as far as it is there, and how much of it stood before, bytes.
pub(super) type Source<'d> = (&'d str, u64);

/// Adds the labels that the rest of a document defines, which begins at `start` and is there to its end.
///
/// # Errors
/// [`Error::TooMuch`] for a block that would take too much memory.
pub(super) fn settle(labels: &mut Labels, source: Source, mut start: usize) -> Result<(), Error> {
    let (document, _) = source;
    if !document[start..].contains("]:") {
        start = document.len();
    }
    let any = Labels::all();
    while start < document.len() {
        let part = Part::read(source, start, (true, true), &any, |block| {
            block.events.clear();
            Ok(())
        })?;
        labels.add(&part.definitions, &document[start..part.end]);
        start = part.end;
    }
    labels.settle();
    Ok(())
}

impl Part {
    /// Reads the part that begins at `start`: hands its blocks to `take`, which leaves no events in them. `last` says that
    /// the document ends where `source` does, `follows` that links to headings are no reason to stop.
    ///
    /// # Errors
    /// Those of `take`, and [`Error::TooMuch`] for a block that would take too much memory.
    pub fn read<'d>(
        source: Source<'d>,
        start: usize,
        (last, follows): (bool, bool),
        labels: &Labels,
        mut take: impl FnMut(&mut Block<'d>) -> Result<(), Error>,
    ) -> Result<Part, Error> {
        let (document, _) = source;
        let stopped = |stop| Part {
            end: start,
            stop,
            definitions: Vec::new(),
        };
        let names_heading = |end| !follows && anchor::may_be_named(&document[start..end]);
        let end = start + line_end(&document[start..], PART);
        if names_heading(end) {
            return Ok(stopped(Stop::Heading));
        }
        check(source, start..end)?;
        let waits = !last || end < document.len();
        let part = hand_over(document, start..end, waits, labels, &mut take)?;
        if part.end > start || part.stop != Stop::Ended {
            return Ok(part);
        }
        // A long block, or one with very much in it: that is not held until its end shows, but read once more.
        let Some(end) = long_block_end(source, start, last)? else {
            return Ok(stopped(Stop::Length));
        };
        if names_heading(end) {
            return Ok(stopped(Stop::Heading));
        }
        let is_open = !labels.are_all() && (!last || end < document.len());
        if is_open && memchr::memchr(b'[', &document.as_bytes()[start..end]).is_some() {
            return Ok(stopped(Stop::Label));
        }
        hand_over(document, start..end, false, labels, &mut take)
    }
}

/// Hands over what a range of a document holds, block by block; where `waits` is set, up to one with very much in it or with
/// a label that is not known, and not the last one, which may go on behind the range.
fn hand_over<'d>(
    document: &'d str,
    range: Range<usize>,
    waits: bool,
    labels: &Labels,
    take: &mut impl FnMut(&mut Block<'d>) -> Result<(), Error>,
) -> Result<Part, Error> {
    let start = range.start;
    let window = &document[range.clone()];
    let unknown = Cell::new(false);
    let elsewhere = |link: BrokenLink| labels.resolve(&link, &unknown);
    let parser = Parser::new_with_broken_link_callback(window, OPTIONS, Some(elsewhere));
    let place = |span: &Range<usize>| start + span.start..start + span.end;
    let known = Known {
        document,
        labels,
        unknown: &unknown,
        definitions: RefCell::new(definitions(&parser, place)),
        near: RefCell::default(),
    };
    let mut block = Block {
        definition: first_definition(&known.definitions.borrow()),
        ..Block::default()
    };
    let mut fence: Option<Fence> = None;
    let mut depth = 0;
    let mut last = start;
    let mut stop = Stop::Ended;
    for (event, at) in parser.into_offset_iter() {
        let event = labels.event(event, (window, &at), &unknown);
        if waits && unknown.get() {
            stop = Stop::Label;
            break;
        }
        if let (Some(fence), Event::Text(_)) = (&mut fence, &event) {
            fence.text(document, &event, place(&at));
            continue;
        }
        block.is_whole = false;
        let mut line = last;
        if depth == 0 {
            line = start + line_start(window, at.start);
            block.is_whole = line > last;
        }
        let is_full = block.events.len() >= MOST_EVENTS;
        if block.is_whole || is_full && !waits {
            take(&mut block)?;
        } else if is_full {
            break;
        }
        last = line;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if let Some(fence) = fence.take() {
            read_directive(fence, &known, (&mut block, waits), take)?;
            continue;
        }
        fence = Fence::begin(document, &event, &place(&at));
        match fence {
            Some(_) => known.look_around(window),
            None => block.events.push((event, place(&at))),
        }
    }
    if !waits {
        block.is_whole = true;
        take(&mut block)?;
        last = range.end;
    }
    let mut definitions = known.definitions.into_inner();
    definitions.retain(|definition| definition.range.start < last);
    Ok(Part {
        end: last,
        stop,
        definitions,
    })
}

/// Adds what a directive holds to a block, which is handed over as far as it is there where that is much and nothing `waits`.
fn read_directive<'d>(
    fence: Fence<'d>,
    known: &Known<'_, 'd>,
    (block, waits): (&mut Block<'d>, bool),
    take: &mut impl FnMut(&mut Block<'d>) -> Result<(), Error>,
) -> Result<(), Error> {
    block.is_whole = false;
    fence.tell(known, 0, &mut |event, range| {
        if block.events.len() >= MOST_EVENTS && !waits {
            take(block)?;
        }
        block.events.push((event, range));
        Ok(())
    })?;
    block.definition = first_definition(&known.definitions.borrow());
    Ok(())
}

/// Where the first of some definitions stands.
fn first_definition(definitions: &[Definition]) -> Option<usize> {
    definitions.iter().map(|found| found.range.start).min()
}

/// Where the line begins in which a byte stands: a block's indentation is its own. A CR alone ends a line in Markdown, too.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..at]).map_or(0, |line| line + 1)
}

/// Where the block ends that begins at `start` and is longer than a part is wanted to be; `None` if that is not there yet.
fn long_block_end(source: Source, start: usize, last: bool) -> Result<Option<usize>, Error> {
    let (document, done) = source;
    let rest = &document[start..];
    let mut length = 2 * PART;
    loop {
        if !last && rest.len() < length + PART {
            return Ok(None);
        }
        let end = line_end(rest, length);
        check(source, start..start + end)?;
        weight::check(Format::Markdown, &rest[..end]).map_err(|_| too_much(done + start as u64))?;
        match last_block(&rest[..end]) {
            _ if end == rest.len() && last => return Ok(Some(document.len())),
            0 => length *= 2,
            begin => return Ok(Some(start + begin)),
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
fn check((document, done): Source, range: Range<usize>) -> Result<(), Error> {
    let (window, memory) = (&document[range.clone()], MEMORY + done as usize + range.end);
    // A part that ends in no long line takes little.
    let is_long = window.len() > PART + PART / 8;
    match is_long && most(window) > memory && cost(window) > memory {
        true => Err(too_much(done + range.start as u64)),
        false => Ok(()),
    }
}

/// The error for a block that begins at this byte.
fn too_much(offset: u64) -> Error {
    Error::TooMuch {
        format: Format::Markdown,
        offset,
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
            Some(_) => LINE,
            // It ends what stands before it.
            None => EMPTY,
        };
        start = end + 1;
    }
    cost
}

/// What a line takes at the most, one without anything on it, and a byte that may be markup.
const LINE: usize = 400;
const EMPTY: usize = 40;
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
        let mut labels = Labels::default();
        settle(&mut labels, (&document, 0), 0).expect("little markup");
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
            let part = Part::read((&document, 0), start, (true, true), &labels, |block| {
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
            let (mut start, labels) = (0, Labels::default());
            while start < document.len() {
                let part = Part::read((document, 0), start, (true, true), &labels, |block| {
                    block.events.clear();
                    Ok(())
                })?;
                start = part.end;
                assert!(start == document.len() || part.stop == Stop::Ended);
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
        // Blocks of MkDocs are the items of one list.
        let notes = "-   note\n\n    渡輪靠岸。\n\n".repeat(40_000);
        assert!(read(&notes).is_ok());
    }
}
