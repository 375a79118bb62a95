//! What makes a rule look at a line.

use jianti_text::scan::Bytes;

/// What makes a rule look at a line: classes of three bytes that the vector look finds.
pub struct Look {
    pub classes: &'static [[Bytes; 3]],
    /// Whether the classes only count beside a byte beyond ASCII, or behind `)` or `"`.
    pub beside: bool,
}

impl Look {
    /// Classes that count wherever they stand.
    pub const fn anywhere(classes: &'static [[Bytes; 3]]) -> Look {
        Look {
            classes,
            beside: false,
        }
    }

    /// Classes that only count beside a byte beyond ASCII, or behind `)` or `"`.
    pub const fn beside(classes: &'static [[Bytes; 3]]) -> Look {
        Look {
            classes,
            beside: true,
        }
    }
}

/// Whether up to ten letters or parts of an emoji, and a closing bracket, begin here.
pub fn is_reading(text: &[u8]) -> bool {
    const LONGEST: usize = 10;
    let letter = |byte: &u8| matches!(byte, b' ' | b'a'..=b'z' | 0x80..=0xBF | 0xC3..=0xC9 | 0xE2 | 0xEF | 0xF0);
    let begins_character = |byte: &&u8| !matches!(byte, 0x80..=0xBF);
    let length = text
        .iter()
        .take(LONGEST * char::MAX_LEN_UTF8)
        .take_while(|byte| letter(byte))
        .count();
    let characters = text[..length].iter().filter(begins_character).count();
    (1..=LONGEST).contains(&characters) && text.get(length) == Some(&b')')
}
