//! Which parts of a text can hold damage at all: a quick look that lets clean text pass.

use jianti_text::scan::{ANY, Classes, Places};

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
            places: Places::new(text, |text, from, masks| {
                SUSPICIOUS.look(text, from, masks);
            }),
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

static SUSPICIOUS: Classes = Classes::new(
    &[
        // A bracket behind what is not ASCII, or behind a letter that stands there.
        [&[(0x40, 0xBF)], &[(b'(', b'(')], &[(0x60, 0xFF)]],
        // ? before marks, letters and what is not ASCII.
        [&[(b'?', b'?')], &[(0x20, 0x3F), (0x60, 0xFF)], ANY],
        // U+FEFF, U+FFFD and ？.
        [
            &[(0xEF, 0xEF)],
            &[(0xBB, 0xBC), (0xBF, 0xBF)],
            &[(0xBF, 0xBF), (0xBD, 0xBD), (0x9F, 0x9F)],
        ],
        // Zero-width characters and others from U+2000 on.
        [
            &[(0xE2, 0xE2)],
            &[(0x80, 0x81)],
            &[(0x8B, 0x8F), (0xA0, 0xA0)],
        ],
        // Latin-1 letters that begin a Han character's UTF-8, a soft hyphen; radicals; private use; compatibility
        // ideographs beyond the BMP.
        [
            &[(0xC2, 0xC3), (0xE2, 0xE2), (0xEE, 0xEE), (0xF0, 0xF0)],
            &[(0xA0, 0xBF)],
            ANY,
        ],
        // Private use, compatibility ideographs.
        [&[(0xEE, 0xEF)], &[(0x80, 0xAF)], ANY],
        // 銆 and 锛, 鐨: the commonest marks and characters in UTF-8, read as GBK.
        [
            &[(0xE9, 0xE9)],
            &[(0x8A, 0x8A), (0x94, 0x94), (0x90, 0x90)],
            &[(0x86, 0x86), (0x9B, 0x9B), (0xA8, 0xA8)],
        ],
        // 涓, another of these; &am.
        [
            &[(0xE6, 0xE6), (b'&', b'&')],
            &[(0xB6, 0xB6), (b'a', b'a')],
            &[(0x93, 0x93), (b'm', b'm')],
        ],
    ],
    1,
);

/// Whether damage may be at a place. Where two bytes are suspicious together, the first counts.
#[inline]
fn is_suspect(text: &[u8], at: usize) -> bool {
    let next = |further: usize| text.get(at + further).copied().unwrap_or(0);
    let (a, b, c) = (text[at], next(1), next(2));
    let mark = |byte: u8| matches!(byte, b'!' | b',' | b':' | b';' | b'?');
    match a {
        b'?' => mark(b) || b >= 0xC3 || is_reading(&text[at + 1..]),
        b'&' => text[at..].starts_with(b"&amp;"),
        0x80..=0xBF => b == b'(' && is_reading(&text[at + 2..]),
        b'@'..=b'~' => {
            let behind_wide = at > 0 && text[at - 1] >= 0x80;
            b == b'(' && behind_wide && is_reading(&text[at + 2..])
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suspect_is_found() {
        let pieces = [
            "中",
            "〇",
            "?",
            "!",
            "，",
            "？",
            "(",
            "(huì)",
            "a",
            "n(",
            "&amp;",
            "Ã¥",
            "\u{AD}",
            "\u{200B}",
            "\u{2060}",
            "⽂",
            "\u{E000}",
            "\u{F8FF}",
            "\u{F900}",
            "\u{FAFF}",
            "\u{FEFF}",
            "\u{FFFD}",
            "銆",
            "锛",
            "鐨",
            "涓",
            "\u{2F801}",
            "x",
            " ",
            "\n",
        ];
        let mut random = fastrand::Rng::with_seed(11);
        let mut all = 0;
        for _ in 0..2_000 {
            let length = random.usize(..60);
            let text: String = (0..length)
                .map(|_| pieces[random.usize(..pieces.len())])
                .collect();
            let expected: Vec<usize> = (0..text.len())
                .filter(|at| is_suspect(text.as_bytes(), *at))
                .collect();
            let mut suspects = Suspects::new(&text);
            let (mut found, mut from) = (Vec::new(), 0);
            while let Some(at) = suspects.next(from) {
                found.push(at);
                from = at + 1;
            }
            assert_eq!(found, expected, "{text:?}");
            all += found.len();
        }
        assert!(all > 10_000);
    }
}
