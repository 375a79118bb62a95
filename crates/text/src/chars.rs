//! Kinds of characters.

/// Whether this is a Han character: an ideograph of Unicode's unified or compatibility blocks.
///
/// From U+3400 to U+9FFF without the hexagrams of the Yijing (U+4DC0 to U+4DFF), U+F900 to U+FAFF, and the supplementary
/// ideographic planes.
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether this is a code point of the BMP's private use area: what it shows depends on the font.
#[inline]
pub fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}
