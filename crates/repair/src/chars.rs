//! Classes of characters that several rules ask about.

use std::ops::Range;

/// Whether a character is an ideograph or a full-width mark of Chinese text.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3011}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF1F}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether an ideograph or a full-width mark stands next to what is at `range` of `line`.
pub fn beside_han(line: &str, range: &Range<usize>) -> bool {
    let before = line[..range.start].chars().next_back();
    let after = line[range.end..].chars().next();
    before.is_some_and(is_wide) || after.is_some_and(is_wide)
}
