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

/// Whether up to six letters, or an emoji, and a closing bracket begin here.
pub fn is_reading(text: &[u8]) -> bool {
    let letter =
        |byte: &u8| matches!(byte, b' ' | b'a'..=b'z' | 0x80..=0xBF | 0xC3..=0xC9 | 0xE2 | 0xF0);
    let length = text.iter().take(10).take_while(|byte| letter(byte)).count();
    length > 0 && text.get(length) == Some(&b')')
}
