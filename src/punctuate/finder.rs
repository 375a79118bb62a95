//! Finds the places of a text where punctuation may have to change.

use multiversion::multiversion;

/// How many places are looked at together.
const BLOCK: usize = 64;
/// How many bytes before a place, and behind it, tell whether it is one.
const BEFORE: usize = 1;
const BEHIND: usize = 3;

/// Walks through a text from place to place.
pub struct Finder<'a> {
    text: &'a [u8],
    /// Where the block begins that `mask` is about; a bit for each place.
    block: usize,
    mask: u64,
}

impl<'a> Finder<'a> {
    /// Stands at the text's beginning.
    pub fn new(text: &'a [u8]) -> Finder<'a> {
        let mut finder = Finder {
            text,
            block: 0,
            mask: 0,
        };
        finder.look();
        finder
    }

    /// The first place from byte `from` on.
    pub fn next(&mut self, from: usize) -> Option<usize> {
        if from >= self.block + BLOCK {
            self.block = from / BLOCK * BLOCK;
            self.look();
        }
        if from > self.block {
            self.mask &= u64::MAX << (from - self.block);
        }
        while self.mask == 0 {
            self.block += BLOCK;
            if self.block >= self.text.len() {
                return None;
            }
            self.look();
        }
        Some(self.block + self.mask.trailing_zeros() as usize)
    }

    fn look(&mut self) {
        const SPAN: usize = BEFORE + BLOCK + BEHIND;
        let start = self.block;
        let inside = start.checked_sub(BEFORE);
        self.mask = match inside.and_then(|at| self.text.get(at..at + SPAN)) {
            Some(span) => mask(span.try_into().expect("of this size")),
            // At the ends of a text nothing stands around.
            None => {
                let mut span = [0; SPAN];
                let from = start.saturating_sub(BEFORE);
                let to = self.text.len().min(start + BLOCK + BEHIND);
                let at = from + BEFORE - start;
                if from < to {
                    span[at..at + to - from].copy_from_slice(&self.text[from..to]);
                }
                mask(&span)
            }
        };
    }
}

/// A bit for each place of a block that may have to change: without branches, for the sake of vector instructions.
#[multiversion(targets("x86_64+avx512bw+avx512vl", "x86_64+avx2"))]
fn mask(span: &[u8; BEFORE + BLOCK + BEHIND]) -> u64 {
    let at = |from: usize| -> &[u8; BLOCK] {
        span[from..from + BLOCK].try_into().expect("of this size")
    };
    let (before, a, b, c, d) = (at(0), at(1), at(2), at(3), at(4));
    let mut flags = [0_u8; BLOCK];
    for place in 0..BLOCK {
        flags[place] = u8::from(may_change(
            before[place],
            a[place],
            b[place],
            c[place],
            d[place],
        ));
    }
    let mut mask = 0;
    for (group, flags) in flags.chunks_exact(8).enumerate() {
        let flags = u64::from_le_bytes(flags.try_into().expect("8 flags"));
        // The product's top byte gathers the lowest bits of the eight bytes.
        mask |= (flags.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (group * 8);
    }
    mask
}

#[inline(always)]
fn may_change(before: u8, a: u8, b: u8, c: u8, d: u8) -> bool {
    let mark = (a == b',') | (a == b';') | (a == b':') | (a == b'?') | (a == b'!');
    let near = (before >= 0x80) | (b >= 0x80) | (before == b')') | (before == b'"');
    let dots = (a == b'.') & (b == b'.') & (c == b'.') & (before != b'.');
    let dashes = (a == b'-') & (b == b'-') & (before != b'-');
    // The second byte of 。 where another follows.
    let stops = (before == 0xE3) & (a == 0x80) & (b == 0x82) & (c == 0xE3) & (d == 0x80);
    // 「」『』; ﹁﹂﹃﹄.
    let corner = (a == 0xE3) & (b == 0x80) & (c >= 0x8C) & (c <= 0x8F)
        | (a == 0xEF) & (b == 0xB9) & (c >= 0x81) & (c <= 0x84);
    // ‘’“”, …, ‧; ─.
    let general = (a == 0xE2)
        & ((b == 0x80) & ((c >= 0x98) & (c <= 0x9D) | (c == 0xA6) | (c == 0xA7))
            | (b == 0x94) & (c == 0x80));
    // Full-width digits, capital and small letters, the full stop among digits.
    let wide = (a == 0xEF)
        & ((b == 0xBC) & ((c == 0x8E) | (c >= 0x90) & (c <= 0x99) | (c >= 0xA1) & (c <= 0xBA))
            | (b == 0xBD) & (c >= 0x81) & (c <= 0x9A));
    mark & near | (a == b'(') | (a == b')') | dots | dashes | stops | corner | general | wide
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_wherever_they_stand() {
        for pad in 0..140 {
            let text = format!("{}好,中。。。a", "x".repeat(pad));
            let mut finder = Finder::new(text.as_bytes());
            assert_eq!(finder.next(0), Some(pad + 3));
            assert_eq!(finder.next(pad + 4), Some(pad + 8));
            assert_eq!(finder.next(pad + 9), Some(pad + 11));
            assert_eq!(finder.next(pad + 12), None);
        }
    }
}
