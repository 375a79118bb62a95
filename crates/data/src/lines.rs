//! Where lines end, and pieces of very long ones, which are cut between words.

use jianti_text::lines;

use crate::choice::cuts_word;

/// Where the line, or the piece of a long one, that begins at byte `start` ends.
pub fn piece_end(text: &str, start: usize) -> usize {
    lines::piece_end(text, start, cuts_word)
}

/// The length of the lines, and pieces of long lines, that `text` holds whole; bytes.
pub fn whole_lines(text: &str) -> usize {
    lines::whole_lines(text, cuts_word)
}
