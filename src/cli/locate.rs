//! Where places of a document are for a person: line, column and what stands around. The document is read once more for that,
//! as far as its last place, in bounded memory.

use std::collections::BTreeMap;
use std::io::{self, Read};

use jianti::encoding::{Decoder, Encoding};

/// How much is read at a time, bytes.
const BLOCK: usize = 1 << 16;

/// How much of a line before a place is held, bytes.
const REACH: usize = 1 << 8;

/// How far behind its offset a place is looked for, bytes: where escapes or tags stand before it in its passage the offset, which
/// counts characters of the text, falls short.
const AHEAD: usize = 1 << 10;

/// How many characters around a place are shown, to each side.
const AROUND: usize = 12;

/// Where a place is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1.
    pub line: u64,
    /// The character on the line, from 1.
    pub column: u64,
    /// What stands before it on the line.
    pub left: String,
    /// What stands behind it on the line.
    pub right: String,
}

/// Locations by offset, bytes of the document's text in UTF-8.
pub type Locations = BTreeMap<u64, Location>;

/// Finds places: where each begins, bytes of the text in UTF-8 without a BOM, and what stands there.
///
/// # Errors
/// Reading failed, or the document is not in this encoding any more.
pub fn locate(
    input: &mut dyn Read,
    encoding: Encoding,
    places: &BTreeMap<u64, String>,
) -> io::Result<Locations> {
    let mut text = Text::default();
    let mut decoder: Option<Decoder> = None;
    let mut found = Locations::new();
    let mut left = places.iter().peekable();
    // Each place begins behind the one before.
    let mut behind = 0;
    let mut block = Vec::with_capacity(BLOCK);
    while left.peek().is_some() {
        block.clear();
        Read::take(&mut *input, BLOCK as u64).read_to_end(&mut block)?;
        let last = block.len() < BLOCK;
        let mut bytes = &block[..];
        let decoder = decoder.get_or_insert_with(|| {
            bytes = &bytes[encoding.bom(bytes).len()..];
            Decoder::new(encoding, true, 0)
        });
        decoder
            .push(bytes, last, &mut text.held)
            .map_err(io::Error::other)?;
        let is_held = |(offset, what): &(&u64, &String)| {
            last || **offset + (what.len() + AHEAD + REACH) as u64 <= text.end()
        };
        while let Some((offset, what)) = left.next_if(is_held) {
            if let Some(at) = text.place(*offset, what, behind) {
                behind = text.start + at as u64 + 1;
                found.insert(*offset, text.location(at, what.len()));
            }
        }
        if last {
            break;
        }
        let next = left.peek().map_or(text.end(), |(offset, _)| **offset);
        text.forget(next);
    }
    Ok(found)
}

/// A stretch of a document's text.
#[derive(Default)]
struct Text {
    /// Where it begins in the document, bytes.
    start: u64,
    held: String,
    /// How many lines end before it.
    lines: u64,
    /// How many characters of its first line stand before it.
    columns: u64,
}

impl Text {
    fn end(&self) -> u64 {
        self.start + self.held.len() as u64
    }

    /// Where a place begins in what is held: at its offset, or as soon behind that as it is found.
    fn place(&self, offset: u64, what: &str, behind: u64) -> Option<usize> {
        let first = offset.max(behind).checked_sub(self.start)?;
        let first = self.held.ceil_char_boundary(usize::try_from(first).ok()?);
        let most = self.held.floor_char_boundary(first + AHEAD + what.len());
        Some(first + self.held.get(first..most)?.find(what)?)
    }

    fn location(&self, at: usize, length: usize) -> Location {
        let (front, rest) = self.held.split_at(at);
        let line_start = front.rfind('\n').map_or(0, |end| end + 1);
        let lines = ends(front);
        let before = if lines == 0 { self.columns } else { 0 };
        let behind = rest.get(length.min(rest.len())..).unwrap_or_default();
        let behind = behind.split(['\n', '\r']).next().unwrap_or_default();
        let line = &front[line_start..];
        let left = line.char_indices().rev().nth(AROUND - 1);
        Location {
            line: self.lines + lines + 1,
            column: before + line.chars().count() as u64 + 1,
            left: line[left.map_or(0, |(start, _)| start)..].to_owned(),
            right: behind.chars().take(AROUND).collect(),
        }
    }

    /// Forgets what is not needed for places from `next` on.
    fn forget(&mut self, next: u64) {
        let keep = self.end().min(next).saturating_sub(REACH as u64);
        let at = keep.saturating_sub(self.start) as usize;
        let at = self.held.floor_char_boundary(at);
        let gone = &self.held[..at];
        let lines = ends(gone);
        let last = gone.rfind('\n').map_or(0, |end| end + 1);
        let columns = gone[last..].chars().count() as u64;
        self.columns = if lines == 0 {
            self.columns + columns
        } else {
            columns
        };
        self.lines += lines;
        self.start += at as u64;
        self.held.drain(..at);
    }
}

/// How many lines end in a text.
fn ends(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_wherever_blocks_end() {
        let text = "一二三，四五六。\r\n".repeat(9_000) + &"長".repeat(70_000) + "尾";
        let places = [
            (0, "一"),
            (26 * 6_000 + 3, "二"),
            (26 * 9_000 + 3 * 70_000, "尾"),
        ];
        let places = places
            .map(|(offset, what)| (offset, what.to_owned()))
            .into();
        let found = locate(&mut text.as_bytes(), Encoding::Utf8, &places).expect("UTF-8");
        let positions: Vec<_> = found.values().map(|at| (at.line, at.column)).collect();
        assert_eq!(positions, [(1, 1), (6_001, 2), (9_001, 70_001)]);
        let second = &found[&(26 * 6_000 + 3)];
        assert_eq!((&*second.left, &*second.right), ("一", "三，四五六。"));
        let big5 = [0xB9, 0xCF, 0xAE, 0xD1];
        let found = locate(
            &mut &big5[..],
            Encoding::Big5,
            &[(3, "書".to_owned())].into(),
        );
        assert_eq!(found.expect("Big5")[&3].left, "圖");
    }

    #[test]
    fn places_behind_tags_and_escapes_are_found_behind_their_offsets() {
        let page = "<p>甲<b>乙</b>於於</p>\n<p>x &amp; y\n於</p>";
        // As they are in the passages, which begin at bytes 3 and 30.
        let places = [(3 + 6, "於"), (3 + 9, "於"), (30 + 6, "於")];
        let places = places
            .map(|(offset, what)| (offset, what.to_owned()))
            .into();
        let found = locate(&mut page.as_bytes(), Encoding::Utf8, &places).expect("UTF-8");
        let positions: Vec<_> = found.values().map(|at| (at.line, at.column)).collect();
        assert_eq!(positions, [(1, 13), (1, 14), (3, 1)]);
    }
}
