//! Where lines, and pieces of very long ones, begin and end.

use crate::chars::is_han;

/// The longest line that is taken whole, bytes; longer ones are cut.
pub const LONGEST_LINE: usize = 1 << 16;

/// How many characters before a long line's end a place to cut it is looked for.
const WITHIN: usize = 1 << 10;

/// Where the line, or the piece of a long one, that begins at byte `start` ends: behind its `\n`, or behind the last mark
/// of a piece, or else where `cuts_word` denies that a word lies on both sides of a byte.
pub fn piece_end(text: &str, start: usize, cuts_word: fn(&str, usize) -> bool) -> usize {
    let end = text.floor_char_boundary(start + LONGEST_LINE);
    match memchr::memchr(b'\n', &text.as_bytes()[start..end]) {
        Some(at) => start + at + 1,
        None if end == text.len() => end,
        None => start + cut(&text[start..], end - start, cuts_word),
    }
}

/// Where a long line is cut near byte `most`: behind its last mark, or else between words.
fn cut(line: &str, most: usize, cuts_word: fn(&str, usize) -> bool) -> usize {
    let back = || {
        let starts = line[..most].char_indices().rev().map(|(at, _)| at);
        std::iter::once(most).chain(starts).take(WITHIN)
    };
    let behind_mark = |at: &usize| {
        let before = line[..*at].chars().next_back();
        before.is_some_and(|c| !is_han(c))
    };
    back()
        .find(behind_mark)
        .or_else(|| back().find(|at| !cuts_word(line, *at)))
        .unwrap_or(most)
}

/// The length of the lines, and pieces of long lines, that `text` holds whole; bytes. `cuts_word` is as [`piece_end`] takes
/// it.
pub fn whole_lines(text: &str, cuts_word: fn(&str, usize) -> bool) -> usize {
    let mut start = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
    // What follows the cut tells whether it is inside a word.
    while text.len() - start >= LONGEST_LINE + 32 {
        start = piece_end(text, start, cuts_word);
    }
    start
}

/// The length of the lines of `text` before its first one that is not in ASCII; bytes.
pub fn ascii_lines(text: &str) -> usize {
    let ascii = encoding_rs::Encoding::ascii_valid_up_to(text.as_bytes());
    memchr::memrchr(b'\n', &text.as_bytes()[..ascii]).map_or(0, |end| end + 1)
}

/// The front of `text`, of at most this many bytes.
#[inline]
pub fn front(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}
