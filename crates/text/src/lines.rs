//! Where lines, and pieces of very long ones, begin and end.

/// The longest line that is taken whole, bytes; longer ones are cut.
pub const LONGEST_LINE: usize = 1 << 20;

/// Where the line, or the piece of a long one, that begins at byte `start` ends: behind its `\n`.
pub fn piece_end(text: &str, start: usize) -> usize {
    let mut end = text.len().min(start + LONGEST_LINE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    memchr::memchr(b'\n', &text.as_bytes()[start..end]).map_or(end, |at| start + at + 1)
}

/// The length of the lines, and pieces of long lines, that `text` holds whole; bytes.
pub fn whole_lines(text: &str) -> usize {
    let mut start = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
    // A character may have to be left out of a piece.
    while text.len() - start >= LONGEST_LINE + 4 {
        start = piece_end(text, start);
    }
    start
}

/// The front of `text`, of at most this many bytes.
pub fn front(text: &str, most: usize) -> &str {
    let mut length = text.len().min(most);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    &text[..length]
}
