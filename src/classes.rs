//! Places of a text that three bytes tell, by classes: a place is in a class if its byte and the two behind it each have
//! a nibble's pair that the class allows. Vector instructions look nibbles up in tables of sixteen bytes.

use crate::places::{BLOCK, SPAN, STRETCH, bits, span};

/// Bytes that a class allows, as ranges. It allows others too: each whose upper nibble one of these has, and whose lower
/// nibble one of these has.
pub type Bytes = &'static [(u8, u8)];

/// Allows any byte.
pub const ANY: Bytes = &[(0x00, 0xFF)];

/// A bit for each class: by the lower nibble and the upper nibble of a place's byte, of the next, and of the one behind.
pub struct Classes {
    nibbles: [[u8; 16]; 6],
    /// The same for whole bytes.
    bytes: [[u8; 256]; 3],
    /// Classes whose places only count beside a byte beyond ASCII, or behind `)` or `"`.
    beside: u8,
}

impl Classes {
    /// At most eight classes; the first `beside` of them only count beside a byte beyond ASCII, or behind `)` or `"`.
    pub const fn new(classes: &[[Bytes; 3]], beside: u32) -> Classes {
        assert!(classes.len() <= 8);
        let mut nibbles = [[0; 16]; 6];
        let mut class = 0;
        while class < classes.len() {
            let mut place = 0;
            while place < 3 {
                let ranges = classes[class][place];
                let mut range = 0;
                while range < ranges.len() {
                    let (mut byte, last) = (ranges[range].0 as usize, ranges[range].1 as usize);
                    while byte <= last {
                        nibbles[2 * place][byte & 0xF] |= 1 << class;
                        nibbles[2 * place + 1][byte >> 4] |= 1 << class;
                        byte += 1;
                    }
                    range += 1;
                }
                place += 1;
            }
            class += 1;
        }
        let mut bytes = [[0; 256]; 3];
        let mut byte = 0;
        while byte < 3 * 256 {
            let (place, value) = (byte / 256, byte % 256);
            bytes[place][value] =
                nibbles[2 * place][value & 0xF] & nibbles[2 * place + 1][value >> 4];
            byte += 1;
        }
        Classes {
            nibbles,
            bytes,
            beside: ((1_u32 << beside) - 1) as u8,
        }
    }

    /// Sets a bit for each place of a class from byte `from` on, which begins a block.
    pub fn look(&self, text: &[u8], from: usize, masks: &mut [u64; STRETCH]) {
        look(self, text, from, masks);
    }

    fn mask(&self, span: &[u8; SPAN]) -> u64 {
        let mut flags = [0; BLOCK];
        for (flag, around) in flags.iter_mut().zip(span.windows(4)) {
            let &[before, a, b, c] = around else {
                unreachable!("windows of four")
            };
            let found =
                self.bytes[0][a as usize] & self.bytes[1][b as usize] & self.bytes[2][c as usize];
            let beside = (before | b >= 0x80) | (before == b')') | (before == b'"');
            let counts = if beside { found } else { found & !self.beside };
            *flag = if counts == 0 { 0 } else { 0xFF };
        }
        bits(&flags)
    }
}

#[multiversion::multiversion(targets("x86_64+avx512bw+avx512vl", "x86_64+avx2"))]
fn look(classes: &Classes, text: &[u8], from: usize, masks: &mut [u64; STRETCH]) {
    multiversion::target::match_target! {
        "x86_64+avx512bw+avx512vl" => look_avx512(classes, text, from, masks),
        "x86_64+avx2" => look_avx2(classes, text, from, masks),
        _ => {
            let mut room = [0; SPAN];
            for (mask, start) in masks.iter_mut().zip((from..text.len()).step_by(BLOCK)) {
                *mask = classes.mask(span(text, start, &mut room));
            }
        }
    }
}

/// Defines a way to look with vectors of 32 bytes.
#[cfg(target_arch = "x86_64")]
macro_rules! look_in_vectors {
    ($name:ident, $features:literal) => {
        #[target_feature(enable = $features)]
        fn $name(classes: &Classes, text: &[u8], from: usize, masks: &mut [u64; STRETCH]) {
            use std::arch::x86_64::*;

            let part = |bytes: &[u8], at: usize| {
                i64::from_le_bytes(bytes[at..at + 8].try_into().expect("of this size"))
            };
            let tables = classes.nibbles.map(|table| {
                _mm256_broadcastsi128_si256(_mm_set_epi64x(part(&table, 8), part(&table, 0)))
            });
            let nibble = _mm256_set1_epi8(0x0F);
            let others = _mm256_set1_epi8(!classes.beside as i8);
            let (bracket, quote) = (_mm256_set1_epi8(b')' as i8), _mm256_set1_epi8(b'"' as i8));
            let zero = _mm256_setzero_si256();
            let mut room = [0; SPAN];
            for (mask, start) in masks.iter_mut().zip((from..text.len()).step_by(BLOCK)) {
                let span = span(text, start, &mut room);
                let half = |first: usize| {
                    let at = |from: usize| {
                        let bytes: &[u8; 32] =
                            span[from..from + 32].try_into().expect("of this size");
                        let (a, b) = (part(bytes, 24), part(bytes, 16));
                        _mm256_set_epi64x(a, b, part(bytes, 8), part(bytes, 0))
                    };
                    let found = |place: usize, bytes: __m256i| {
                        let lower = _mm256_and_si256(bytes, nibble);
                        let upper = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), nibble);
                        _mm256_and_si256(
                            _mm256_shuffle_epi8(tables[2 * place], lower),
                            _mm256_shuffle_epi8(tables[2 * place + 1], upper),
                        )
                    };
                    let (before, next) = (at(first), at(first + 2));
                    let both = _mm256_and_si256(found(0, at(first + 1)), found(1, next));
                    let all = _mm256_and_si256(both, found(2, at(first + 3)));
                    let wide = _mm256_cmpgt_epi8(zero, _mm256_or_si256(before, next));
                    let closes = _mm256_or_si256(
                        _mm256_cmpeq_epi8(before, bracket),
                        _mm256_cmpeq_epi8(before, quote),
                    );
                    let beside = _mm256_or_si256(_mm256_or_si256(wide, closes), others);
                    let none = _mm256_cmpeq_epi8(_mm256_and_si256(all, beside), zero);
                    u64::from(!_mm256_movemask_epi8(none) as u32)
                };
                *mask = half(0) | half(32) << 32;
            }
        }
    };
}
#[cfg(target_arch = "x86_64")]
look_in_vectors!(look_avx2, "avx2");
// The tables fit into twice as many registers.
#[cfg(target_arch = "x86_64")]
look_in_vectors!(look_avx512, "avx512bw,avx512vl");

#[cfg(test)]
mod tests {
    use super::*;

    static CLASSES: Classes = Classes::new(
        &[
            [&[(b',', b','), (b'!', b'!')], ANY, ANY],
            [&[(0xE3, 0xE3)], &[(0x80, 0x80)], &[(0x8C, 0x8F)]],
            [&[(b'(', b')')], ANY, ANY],
        ],
        1,
    );

    #[test]
    fn vectors_and_the_portable_way_agree() {
        let mut random = fastrand::Rng::with_seed(3);
        let characters: Vec<char> = "a,!(x)\"中「」、。 \n".chars().collect();
        for _ in 0..300 {
            let length = random.usize(..300);
            let text: String = (0..length)
                .map(|_| characters[random.usize(..characters.len())])
                .collect();
            let text = text.as_bytes();
            let mut masks = [0; STRETCH];
            CLASSES.look(text, 0, &mut masks);
            let mut room = [0; SPAN];
            for (mask, start) in masks.iter().zip((0..text.len()).step_by(BLOCK)) {
                assert_eq!(*mask, CLASSES.mask(span(text, start, &mut room)));
            }
            for at in 0..text.len() {
                let is = text[at..].starts_with("「".as_bytes())
                    || text[at..].starts_with("」".as_bytes())
                    || matches!(text[at], b'(' | b')');
                let beside = at > 0 && (text[at - 1] >= 0x80 || b")\"".contains(&text[at - 1]))
                    || text.get(at + 1).is_some_and(|next| *next >= 0x80);
                let is = is || matches!(text[at], b',' | b'!') && beside;
                assert_eq!(masks[at / BLOCK] >> (at % BLOCK) & 1 == 1, is);
            }
        }
    }
}
