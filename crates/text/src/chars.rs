//! Kinds of characters.

/// Whether this is a Han character: an ideograph of Unicode's unified or compatibility blocks.
///
/// From U+3400 to U+9FFF without the hexagrams of the Yijing (U+4DC0 to U+4DFF), U+F900 to U+FAFF, and the supplementary
/// ideographic planes.
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether this is a letter of any script: of ideographs, which most are that are asked about, this is told at once.
#[inline]
pub fn is_letter(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphabetic()
}

/// Whether this is a code point of the BMP's private use area: what it shows depends on the font.
#[inline]
pub fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}

/// Characters that others are looked for among, most of which are none of them: that is told soon.
#[derive(Debug)]
pub struct Chars {
    list: &'static str,
    /// A bit for each of ASCII that is one of them.
    ascii: u128,
    /// A bit for each value of a character's lower bits that one of them has.
    filter: [u64; Chars::BITS / 64],
}

impl Chars {
    const BITS: usize = 1 << 10;

    /// Those of a text.
    pub const fn of(list: &'static str) -> Chars {
        let bytes = list.as_bytes();
        let (mut ascii, mut filter) = (0, [0; Chars::BITS / 64]);
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] < 0x80 {
                ascii |= 1 << bytes[at];
            }
            // What a first byte has beyond this is beyond the lower bits of a character.
            let mut code = bytes[at] as usize & 0x1F;
            at += 1;
            while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
                code = code << 6 | bytes[at] as usize & 0x3F;
                at += 1;
            }
            filter[code % Chars::BITS / 64] |= 1 << (code % 64);
        }
        Chars {
            list,
            ascii,
            filter,
        }
    }

    /// Whether the character is among them.
    #[inline]
    pub fn contains(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> c as u32 & 1 == 1;
        }
        let code = c as usize % Chars::BITS;
        self.filter[code / 64] >> (code % 64) & 1 == 1 && self.list.contains(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }

    #[test]
    fn characters_are_among_those_of_a_list() {
        const LIST: &str = "aé→於，\u{20002}🍎";
        static CHARS: Chars = Chars::of(LIST);
        for c in LIST.chars() {
            assert!(CHARS.contains(c), "{c}");
        }
        // Others, with the same lower bits among them.
        for c in ['b', 'è', '于', '\u{FF3D}', '\u{02}', '\u{E1}', '中'] {
            assert!(!CHARS.contains(c), "{c}");
        }
    }
}
