//! What characters of a page may stand for.

use crate::gbk;
use crate::replay::ascii_form;
use jianti_text::chars::is_private_use;

/// The character of an original: not one of private use.
pub fn original(lead: u8, trail: u8) -> Option<char> {
    gbk::character(lead, trail).filter(|c| !is_private_use(*c))
}

/// What pages show for the byte 80, which stands alone.
pub const EURO: char = '€';

/// The byte that a page shows as this character and that ends a pair, so that the alignment is restored.
pub fn lone_byte(c: char) -> Option<u8> {
    match c {
        EURO => Some(0x80),
        '@'..='~' => Some(c as u8),
        _ => None,
    }
}

/// The mark at which the program cut, from how the page shows it.
pub fn cut_mark(c: char) -> Option<char> {
    match full_width(c).unwrap_or(c) {
        mark @ ('！' | '，' | '：' | '；' | '？' | '。') => Some(mark),
        _ => None,
    }
}

/// The full-width character that a page may show as this ASCII one.
pub fn full_width(c: char) -> Option<char> {
    match c {
        ' ' => Some('\u{3000}'),
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0),
        _ => None,
    }
    .filter(|wide| ascii_form(*wide) == Some(c))
}
