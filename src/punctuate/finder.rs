//! The places of a text where punctuation may have to change.

use crate::places::{Places, look};

/// Walks through a text from place to place; at a few of them nothing changes.
pub fn places(text: &str) -> Places<'_> {
    Places::new(text, look_for_marks)
}

look!(look_for_marks, may_change);

#[inline(always)]
fn may_change(before: u8, a: u8, b: u8, c: u8, d: u8, _e: u8) -> bool {
    // , : ; ? !
    let mark = (a == b',') | (a | 1 == b';') | (a == b'?') | (a == b'!');
    let near = (before | b >= 0x80) | (before == b')') | (before == b'"');
    let bracket = a | 1 == b')';
    let run = (a == b) & ((a == b'-') | (a == b'.') & (b == c));
    // The second byte of 。 where another follows.
    let stops = (a == 0x80) & (b == 0x82) & (c == 0xE3) & (d == 0x80);
    // 「」『』.
    let corner = (a == 0xE3) & (b == 0x80) & (c & 0xFC == 0x8C);
    // ‘’“”, …, ‧; ─.
    let general = (a == 0xE2)
        & ((b == 0x80) & ((c & 0xF8 == 0x98) | (c | 1 == 0xA7)) | (b == 0x94) & (c == 0x80));
    // ﹁﹂﹃﹄; ．.
    let form = (a == 0xEF) & ((b == 0xB9) | (b == 0xBC) & (c == 0x8E));
    mark & near | bracket | run | stops | corner | general | form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_wherever_they_stand() {
        for pad in 0..140 {
            let text = format!("{}好,中。。。a", "x".repeat(pad));
            let mut places = places(&text);
            assert_eq!(places.next(0), Some(pad + 3));
            assert_eq!(places.next(pad + 4), Some(pad + 8));
            assert_eq!(places.next(pad + 9), Some(pad + 11));
            assert_eq!(places.next(pad + 12), None);
        }
    }
}
