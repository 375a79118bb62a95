//! What stands for text that is hidden from the stages.

use jianti_formats::is_kept_out;

/// What stands for a span. Unicode keeps it for such use within a program; where a text has it, it is a span itself.
pub const MASK: char = '\u{FDD0}';

/// Whether `c` stands for something that is no text: hidden from the stages, or kept out of text by a format.
pub fn is_hidden(c: char) -> bool {
    c == MASK || is_kept_out(c)
}
