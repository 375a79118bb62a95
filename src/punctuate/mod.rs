//! Chinese punctuation, as GB/T 15834—2011 and an editor in the mainland set it: full-width marks after Chinese text,
//! “” and ‘’ for 「」 and 『』, ……, ——, and letters and digits in their ASCII form.
//!
//! Decisions are made line by line, from what stands around a mark on its line; only how deep quotation marks are nested
//! goes on to the next line, and the rows of a table tell that its first line names the columns, and that lines behind them are rows. A quick look finds the marks,
//! so that text without any passes quickly.

mod addresses;
mod answers;
mod asides;
mod beside;
mod blanks;
mod brackets;
mod chemistry;
mod clauses;
mod context;
mod emphasis;
mod english;
mod equations;
mod facts;
mod file_names;
mod filled;
mod finder;
mod follows;
mod formulas;
mod gaps;
mod grammar;
mod headings;
mod indent;
mod inner;
mod keyed;
mod line;
mod listing;
mod logs;
mod marks;
mod mask;
mod mixed;
pub mod narrow;
mod notes;
mod points;
mod prose;
pub mod protected;
mod quotes;
mod records;
mod references;
mod roster;
mod runs;
mod salutations;
mod series;
mod set_off;
mod signs;
mod small;
mod spaced;
pub mod spaces;
mod statements;
mod stops;
mod straight;
mod table;
mod tags;
mod words;

use std::borrow::Cow;

use jianti_data::lines::{piece_end, whole_lines};
use jianti_text::lines::ascii_lines;
use jianti_text::scan::Positions;

use line::Line;
pub use mask::{MASK, is_hidden};
use narrow::narrowed;
pub use quotes::Quotes;
pub use table::{Table, table_head};

/// Punctuates one document.
#[derive(Default)]
pub struct Punctuator {
    /// What came and is no whole line yet, and whether it may have full-width letters or digits.
    waiting: String,
    wide: bool,
    quotes: Quotes,
}

impl Punctuator {
    /// Goes on behind a line that leaves these quotation marks.
    pub fn new(quotes: Quotes) -> Punctuator {
        Punctuator {
            quotes,
            ..Punctuator::default()
        }
    }

    /// The quotation marks that are open; `None` while text waits.
    pub fn quotes(&self) -> Option<&Quotes> {
        self.waiting.is_empty().then_some(&self.quotes)
    }

    /// Takes simplified text that goes on, and appends its whole lines to `out`, punctuated; the rest waits for the next
    /// call. The ASCII marks of the rows of `table` stay. `wide` says that there may be full-width letters or digits, `last` that
    /// it ends the document.
    pub fn push(
        &mut self,
        text: &str,
        table: Option<&Table>,
        wide: bool,
        last: bool,
        out: &mut String,
    ) {
        self.wide |= wide;
        let mut waiting = std::mem::take(&mut self.waiting);
        let text = if waiting.is_empty() {
            text
        } else {
            waiting.push_str(text);
            &waiting
        };
        let length = if last { text.len() } else { whole_lines(text) };
        self.lines(&text[..length], table, out);
        self.waiting = text[length..].to_owned();
        self.wide &= !self.waiting.is_empty();
    }

    fn lines(&mut self, text: &str, table: Option<&Table>, out: &mut String) {
        // Decisions are made on letters and digits in their ASCII form.
        let text = &*if self.wide {
            narrowed(text)
        } else {
            Cow::Borrowed(text)
        };
        let mut places = finder::places(text);
        let mut wide = finder::wide(text);
        // How much is in `out`, and how much was looked at: lines in which nothing can change wait for those behind.
        let (mut done, mut from) = (0, 0);
        let mut place = places.next(0);
        while let Some(found) = place {
            if begins_request(text, found) {
                (from, place) = (found, places.next(found + 1));
                continue;
            }
            // Nothing changes without a Chinese character: on to the next line that has one.
            let (mut start, mut next) = (from, wide.next(from));
            if next.is_some_and(|next| next < found) {
                start = line_start(text, from, found);
                next = wide.next(start);
            }
            let Some(next) = next else {
                break;
            };
            if next >= found {
                start = line_start(text, start, next);
            }
            if start > found {
                from = start;
                place = places.next(from);
                continue;
            }
            // A long line is cut into pieces, which count from its beginning.
            let mut end = line_end(text, start);
            while end <= found {
                (start, end) = (end, piece_end(text, end));
            }
            if wide.next(start).is_none_or(|next| next >= end) {
                end += ascii_lines(&text[end..]);
                start = end;
            }
            let line = &text[start..end];
            if keyed::is_row(line) {
                (from, place) = (end, places.next(end));
                continue;
            }
            let keeps_ascii =
                protected::is_request(line) || table.is_some_and(|table| table.holds(line.trim()));
            if keeps_ascii {
                while let Some(found) = place
                    && found < end
                    && text.as_bytes()[found].is_ascii()
                {
                    place = places.next(found + 1);
                }
                if place.is_none_or(|found| found >= end) {
                    from = end;
                    continue;
                }
            }
            self.quotes.skip(&text[done..start]);
            out.push_str(&text[done..start]);
            place = match start < end {
                true => self.line(line, keeps_ascii, start, &mut places, out),
                false => places.next(end),
            };
            (done, from) = (end, end);
        }
        self.quotes.skip(&text[done..]);
        out.push_str(&text[done..]);
    }

    /// Punctuates a line that begins at `start` of the text that `places` are of; returns the first place behind it.
    fn line(
        &mut self,
        line: &str,
        keeps_ascii: bool,
        start: usize,
        places: &mut Positions,
        out: &mut String,
    ) -> Option<usize> {
        let (indent, line) = line.split_at(indent::length(line));
        let start = start + indent.len();
        out.push_str(indent);
        if !keeps_ascii && let Some(set) = listing::set(line) {
            let found = &mut finder::places(&set);
            Line::new(&set, false, out).punctuate(0, found, &mut self.quotes);
            return places.next(start + line.len());
        }
        let (begins, quotes) = (out.len(), self.quotes.clone());
        let line = Line::new(line, keeps_ascii, out);
        let (place, has_set) = line.punctuate(start, places, &mut self.quotes);
        if has_set {
            self.settle(begins, &quotes, out);
        }
        place
    }

    /// Looks once more at a line in which marks were set, whose result begins at `begins` of `out`: they may tell what a mark is
    /// that was left, as they will when the result is read again. `before` is what its line began with.
    fn settle(&mut self, begins: usize, before: &Quotes, out: &mut String) {
        /// What is set last tells nothing more, or hardly ever.
        const MOST: usize = 2;
        for _ in 0..MOST {
            if !finder::is_one_left(&out[begins..]) {
                return;
            }
            let line = out.split_off(begins);
            let mut quotes = before.clone();
            let places = &mut finder::places(&line);
            let (_, has_set) = Line::new(&line, false, out).punctuate(0, places, &mut quotes);
            self.quotes.settle(before, &quotes);
            if !has_set {
                return;
            }
        }
    }
}

/// Whether a request of roff begins with the mark at this place, behind a line's end.
#[inline]
fn begins_request(text: &str, place: usize) -> bool {
    let bytes = text.as_bytes();
    let around = place
        .checked_sub(1)
        .and_then(|before| bytes[before..].first_chunk());
    // Without branches, which the processor would not foresee.
    around.is_some_and(|[a, b, c]| (*a == b'\n') & (*b == b'.') & c.is_ascii_uppercase())
}

/// Where the line begins that holds byte `at`, if it begins behind byte `from`; otherwise `from`.
#[inline]
fn line_start(text: &str, from: usize, at: usize) -> usize {
    let end = memchr::memrchr(b'\n', &text.as_bytes()[from..at]);
    end.map_or(from, |end| from + end + 1)
}

/// Where the line, or the piece of a long one, ends that begins at byte `start`. Most lines end soon.
#[inline]
fn line_end(text: &str, start: usize) -> usize {
    const SOON: usize = 256;
    let bytes = &text.as_bytes()[start..];
    match memchr::memchr(b'\n', &bytes[..bytes.len().min(SOON)]) {
        Some(at) => start + at + 1,
        None => piece_end(text, start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn punctuate(text: &str) -> String {
        let mut out = String::new();
        Punctuator::default().push(text, None, true, true, &mut out);
        out
    }

    #[test]
    fn marks_after_chinese_become_chinese() {
        for (text, expected) in [
            ("你好,世界!好吗?好;是:对", "你好，世界！好吗？好；是：对"),
            (
                "增长5%,同比(去年)下降。(记者 魏彧 米哲)",
                "增长5%，同比（去年）下降。（记者 魏彧 米哲）",
            ),
            ("「他说『好』」『是』", "“他说‘好’”“是”"),
            ("好...他走了--再没回来。。。", "好……他走了——再没回来……"),
            ("「他說\n『好』\n\n『是』", "“他說\n‘好’\n\n“是”"),
            ("「他說\r\n\r\n『是』", "“他說\r\n\r\n“是”"),
            ("ＡＢＣ１２３", "ABC123"),
            // A table gives signs for keys; the heading of a section goes on.
            ("c 「\nd 』\r\n甲「乙」", "c 「\nd 』\r\n甲“乙”"),
            ("1. 「", "1. “"),
        ] {
            assert_eq!(punctuate(text), expected);
            assert_eq!(punctuate(expected), expected);
        }
    }

    #[test]
    fn lines_are_the_same_alone_and_together() {
        const LINES: [&str; 12] = [
            "\n",
            "name, \"value\" (etc.)\n",
            ".TP\n",
            ".B foo, bar (\"x\")\n",
            ".SH \"「名\",稱\n",
            ".IR 甲,乙 (3)\n",
            "甲乙丙丁\n",
            "甲說,「乙\n",
            "丙』,丁」.\n",
            "see foo, 然后 bar,再\n",
            "(甲\n",
            "乙)丙 x.\r\n",
        ];
        let mut random = fastrand::Rng::with_seed(5);
        for _ in 0..2000 {
            let lines: Vec<&str> = (0..random.usize(1..12))
                .map(|_| LINES[random.usize(..LINES.len())])
                .collect();
            let (mut alone, mut punctuator) = (String::new(), Punctuator::default());
            for line in &lines {
                punctuator.push(line, None, false, false, &mut alone);
            }
            assert_eq!(punctuate(&lines.concat()), alone, "{lines:?}");
        }
    }

    #[test]
    fn what_is_not_chinese_text_stays() {
        for text in [
            "上午8:30到20:30，比分3:2",
            "详见https://a.com/b?c=d,e&f=(g)吧",
            "print(\"你好, 世界!\");",
            "他说 I am fine, thank you! 然后走了",
            "哈哈:) 好的:D",
            "使用--help选项",
            "报告(1).docx",
            "用`好,好`表示",
            "𠀂、开\"\"",
        ] {
            assert_eq!(punctuate(text), text);
        }
    }
}
