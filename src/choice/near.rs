//! What stands near a place on its line, and how much it tells.

use jianti_model::places::UNIT;
use jianti_text::lines::front;

/// The discount of a character that stands alone, and of a note: no word outweighs it.
pub const ALONE: i32 = 6 * UNIT;
pub const NOTE: i32 = 20 * UNIT;

/// Whether a clause ends before `behind`: an adverb (祇有) is not its last word, a god is (天神地祇).
pub fn is_end(behind: &str) -> bool {
    let next = behind.chars().next();
    // A full stop that is yet to be set; no ellipsis, nor a point.
    let is_stop = || {
        let rest = behind.strip_prefix('.');
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c == '.' || c.is_ascii_alphanumeric()))
    };
    next.is_none_or(|c| "，。、；：！？）」』”’》〉…\r\n,;:!?)".contains(c)) || is_stop()
}

/// Whether one of the words stands near a place on its line: where a piece of text ends, the next line is not seen.
pub fn has_near(before: &str, behind: &str, words: &[&str]) -> bool {
    /// How far the text is looked at to each side, bytes.
    const REACH: usize = 60;
    let near = before.ceil_char_boundary(before.len().saturating_sub(REACH));
    let (before, behind) = (&before[near..], front(behind, REACH));
    let before = before.rsplit('\n').next().unwrap_or(before);
    let behind = behind.split('\n').next().unwrap_or(behind);
    words
        .iter()
        .any(|word| before.contains(word) || behind.contains(word))
}

/// The end of a text, as far as it may tell who wrote a book: so many characters but for spaces, whose count stays when marks
/// are set.
pub fn near_end(text: &str) -> &str {
    const MOST: usize = 85;
    let characters = text.char_indices().rev().filter(|(_, c)| *c != ' ');
    let first = characters.take(MOST).last();
    first.map_or("", |(at, _)| &text[at..])
}
