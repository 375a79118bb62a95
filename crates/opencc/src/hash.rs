//! What the tables and the phrase tree are looked up by.

/// Whether the character lies in a block of compatibility ideographs; only those are normalised.
pub fn is_compatible(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// A hash of two code points.
#[inline]
pub fn pair_hash(c: u32, next: u32) -> usize {
    // Odd numbers with bits all over them.
    let mixed = c.wrapping_mul(0x9E37_79B1) ^ next.wrapping_mul(0x85EB_CA77);
    let mixed = (mixed ^ mixed >> 15).wrapping_mul(0x2C1B_3C6D);
    (mixed ^ mixed >> 14) as usize
}
