//! Which parts of a text can hold damage at all: a quick look that lets clean text pass.

use crate::places::{Places, look};

/// Walks through a text from one place to the next where damage may be.
pub struct Suspects<'a> {
    text: &'a [u8],
    places: Places<'a>,
}

impl<'a> Suspects<'a> {
    /// Stands at the text's beginning.
    pub fn new(text: &'a str) -> Suspects<'a> {
        Suspects {
            text: text.as_bytes(),
            places: Places::new(text, look_for_damage),
        }
    }

    /// The first byte from `from` on where damage may be.
    pub fn next(&mut self, from: usize) -> Option<usize> {
        let mut place = self.places.next(from)?;
        while !is_suspect(self.text, place) {
            place = self.places.next(place + 1)?;
        }
        Some(place)
    }
}

look!(look_for_damage, is_suspicious);

/// Whether a byte is suspicious by itself and those behind it.
#[inline(always)]
fn is_suspicious(_before: u8, a: u8, b: u8, c: u8, d: u8, _e: u8) -> bool {
    let mark = (b == b'!') | (b == b',') | (b == b':') | (b == b';') | (b == b'?');
    let question = (a == b'?') & (mark | (b >= b'a'));
    let bracket = (a >= 0x80) & (b == b'(') & (c >= b'a')
        | (a >= 0x80) & (b >= b'@') & (b <= b'~') & (c == b'(') & (d >= b'a');
    let reference = (a == b'&') & (b == b'a');
    // Latin-1 letters that begin a Han character's UTF-8, a soft hyphen.
    let latin = (a == 0xC3) & (b >= 0xA3) & (b <= 0xA9) | (a == 0xC2) & (b == 0xAD);
    // Zero-width characters and others from U+2000 on, radicals.
    let general = (a == 0xE2)
        & ((b == 0x80) & (c >= 0x8B) & (c <= 0x8F) | (b == 0x81) & (c == 0xA0) | (b >= 0xBA));
    // Private use; compatibility ideographs; U+FEFF; U+FFFD.
    let private =
        (a == 0xEE) | (a == 0xEF) & ((b <= 0xAB) | (b == 0xBB) | (b == 0xBF) & (c == 0xBD));
    // 銆 and 锛, 鐨, 涓: the commonest marks and characters in UTF-8, read as GBK.
    let wide = (a == 0xEF)
        & (b == 0xBC)
        & (c == 0x9F)
        & ((d == 0xEF) | (d < b'A') & (d > b' ') | (d >= b'a') & (d < 0xCA));
    let gbk = (a == 0xE9)
        & ((b == 0x8A) & (c == 0x86) | (b == 0x94) & (c == 0x9B) | (b == 0x90) & (c == 0xA8))
        | (a == 0xE6) & (b == 0xB6) & (c == 0x93);
    // Compatibility ideographs beyond the BMP.
    let supplement = (a == 0xF0) & (b == 0xAF);
    question | bracket | reference | latin | general | private | wide | gbk | supplement
}

/// The same, exactly. Where two bytes are suspicious together, the first counts.
fn is_suspect(text: &[u8], at: usize) -> bool {
    let next = |further: usize| text.get(at + further).copied().unwrap_or(0);
    let (a, b, c) = (text[at], next(1), next(2));
    let bracket = match (b, c) {
        (b'(', _) => at + 2,
        (b'@'..=b'~', b'(') => at + 3,
        _ => 0,
    };
    if a >= 0x80 && bracket > 0 && is_reading(&text[bracket..]) {
        return true;
    }
    let mark = |byte: u8| matches!(byte, b'!' | b',' | b':' | b';' | b'?');
    match a {
        b'?' => mark(b) || b >= 0xC3 || is_reading(&text[at + 1..]),
        b'&' => text[at..].starts_with(b"&amp;"),
        0xC2 => b == 0xAD,
        0xC3 => matches!(b, 0xA3..=0xA9) && matches!(c, 0xC2..=0xC6 | 0xCB | 0xE2),
        0xE2 => {
            b == 0x80 && matches!(c, 0x8B..=0x8F)
                || b == 0x81 && c == 0xA0
                || matches!(b, 0xBA..=0xBF)
        }
        0xE6 => b == 0xB6 && c == 0x93,
        0xE9 => matches!((b, c), (0x8A, 0x86) | (0x94, 0x9B) | (0x90, 0xA8)),
        0xEE => true,
        0xEF => match b {
            0x80..=0xAB => true,
            0xBB => c == 0xBF,
            0xBC => c == 0x9F && (next(3) == 0xEF || mark(next(3)) || is_reading(&text[at + 3..])),
            0xBF => c == 0xBD,
            _ => false,
        },
        0xF0 => b == 0xAF && c >= 0xA0,
        _ => false,
    }
}

/// Whether up to six letters and a closing bracket begin here.
fn is_reading(text: &[u8]) -> bool {
    let letter = |byte: &u8| matches!(byte, b'a'..=b'z' | 0x80..=0xBF | 0xC3..=0xC9);
    let length = text.iter().take(10).take_while(|byte| letter(byte)).count();
    length > 0 && text.get(length) == Some(&b')')
}
