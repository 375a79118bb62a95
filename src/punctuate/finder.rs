//! The places of a text where punctuation may have to change.

use jianti_text::look;
use jianti_text::scan::{ANY, Positions, Shufti};

/// Walks through a text from place to place; at some of them nothing changes.
pub fn places(text: &str) -> Positions<'_> {
    Positions::new(text, |text, from, masks| MARKS.look(text, from, masks))
}

/// Whether a mark of ASCII is left in a text that what was set may make full-width: one right behind what is beyond ASCII, of
/// quotation marks those beside marks that are, and a comma between equations.
pub fn is_one_left(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut places = places(text);
    let mut place = places.next(0);
    while let Some(at) = place {
        let is_left = match bytes[at] {
            b'"' => {
                let (before, after) = (&bytes[..at], &bytes[at + 1..]);
                let before = before.strip_suffix(b" ").unwrap_or(before);
                let after = after.strip_prefix(b" ").unwrap_or(after);
                before.last_chunk().is_some_and(is_mark) || after.first_chunk().is_some_and(is_mark)
            }
            byte => {
                let before = at.checked_sub(1).map_or(0, |at| bytes[at]);
                let after = bytes.get(at + 1).copied().unwrap_or_default();
                let is_between = || before.is_ascii_digit() && after.is_ascii_alphabetic();
                byte.is_ascii() && !before.is_ascii() || byte == b',' && is_between()
            }
        };
        if is_left {
            return true;
        }
        place = places.next(at + 1);
    }
    false
}

/// Whether these bytes are a mark of Chinese text: 。「“…，
fn is_mark(&[a, b, _]: &[u8; 3]) -> bool {
    matches!((a, b), (0xE2 | 0xE3, 0x80) | (0xEF, 0xBC))
}

/// Walks through a text from byte to byte that is beyond ASCII.
pub fn wide(text: &str) -> Positions<'_> {
    Positions::new(text, look_for_wide)
}

look!(look_for_wide, is_wide);

#[inline(always)]
fn is_wide(_before: u8, a: u8, _b: u8, _c: u8, _d: u8, _e: u8) -> bool {
    a >= 0x80
}

static MARKS: Shufti = Shufti::new(
    &[
        [
            &[(b'!', b'!'), (b'\'', b'\''), (b',', b','), (b'.', b'.')],
            ANY,
            ANY,
        ],
        [&[(b':', b';'), (b'?', b'?')], ANY, ANY],
        [&[(b'"', b'"'), (b'(', b')')], ANY, ANY],
        // 「」『』.
        [&[(0xE3, 0xE3)], &[(0x80, 0x80)], &[(0x8C, 0x8F)]],
        // ‘’“”, …, ‧.
        [
            &[(0xE2, 0xE2)],
            &[(0x80, 0x80)],
            &[(0x98, 0x9D), (0xA6, 0xA7)],
        ],
        // --; ..; ─; ︰, ﹁﹂﹃﹄, ﹐﹑﹒﹔﹕﹖﹗﹙﹚.
        [
            &[(b'-', b'.'), (0xE2, 0xE2), (0xEF, 0xEF)],
            &[(b'-', b'.'), (0x94, 0x94), (0xB8, 0xB9)],
            ANY,
        ],
        // Marks behind words and numbers: before a space, a line's end, what closes, or a word.
        [
            &[
                (b'!', b'!'),
                (b',', b','),
                (b'.', b'.'),
                (b':', b';'),
                (b'?', b'?'),
            ],
            &[
                (0, 0),
                (b'\n', b'\n'),
                (b'\r', b'\r'),
                (b' ', b' '),
                (b'"', b'"'),
                (b'\'', b'\''),
                (b')', b')'),
                (b'A', b'Z'),
                (b'a', b'z'),
            ],
            ANY,
        ],
        // The second byte of 。 where 。 may follow; ．.
        [
            &[(0x80, 0x80), (0xEF, 0xEF)],
            &[(0x82, 0x82), (0xBC, 0xBC)],
            &[(0xE3, 0xE3), (0x8E, 0x8E)],
        ],
    ],
    2,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_wherever_they_stand() {
        for pad in 0..140 {
            let text = format!("{}好,中。。。a\u{20002}、", "x".repeat(pad));
            let mut places = places(&text);
            assert_eq!(places.next(0), Some(pad + 3));
            assert_eq!(places.next(pad + 4), Some(pad + 8));
            assert_eq!(places.next(pad + 9), Some(pad + 11));
            assert!(places.next(pad + 12).is_none_or(|place| place > pad + 18));
        }
    }
}
