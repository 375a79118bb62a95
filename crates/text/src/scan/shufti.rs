//! Places of a text that three bytes tell, by classes: a place is in a class if its byte and the two behind it each have
//! bits that the class allows. Vector instructions look them up in tables of 16 bytes, by nibbles, or of 64, by six bits.

use super::positions::{BLOCK, SPAN, STRETCH, bits, span};

/// Bytes that a class allows, as ranges. The tables allow others too: each whose lower six bits one of these has, and
/// whose upper six bits one of these has; or the same by four bits each.
pub type Bytes = &'static [(u8, u8)];

/// Allows any byte.
pub const ANY: Bytes = &[(0x00, 0xFF)];

/// A class: for each of the three bytes a bit for each value of its lower six bits, and of its upper six bits, that it
/// allows.
pub type Sixes = [(u64, u64); 3];

/// The class that allows nothing.
pub const EMPTY: Sixes = [(0, 0); 3];

/// What a class's bytes have.
pub const fn sixes(class: [Bytes; 3]) -> Sixes {
    let mut sixes = EMPTY;
    let mut place = 0;
    while place < 3 {
        let mut range = 0;
        while range < class[place].len() {
            let (mut byte, last) = (class[place][range].0 as u16, class[place][range].1 as u16);
            while byte <= last {
                sixes[place].0 |= 1 << (byte & 0x3F);
                sixes[place].1 |= 1 << (byte >> 2);
                byte += 1;
            }
            range += 1;
        }
        place += 1;
    }
    sixes
}

/// The class with all that tables of nibbles allow for it.
pub const fn by_nibbles(class: Sixes) -> Sixes {
    let mut wider = EMPTY;
    let mut place = 0;
    while place < 3 {
        let (lower, upper) = class[place];
        // Those alike in the lower four of six bits, and those alike in the upper four.
        let lower = lower | lower >> 32;
        let lower = (lower | lower >> 16) & 0xFFFF;
        let upper = (upper | upper >> 1 | upper >> 2 | upper >> 3) & 0x1111_1111_1111_1111;
        wider[place] = (lower * 0x0001_0001_0001_0001, upper * 0xF);
        place += 1;
    }
    wider
}

/// What tables of sixes and tables of nibbles allow for these classes.
const fn tables(classes: &[[Bytes; 3]]) -> ([Sixes; 8], [Sixes; 8]) {
    assert!(classes.len() <= 8);
    let (mut fine, mut coarse) = ([EMPTY; 8], [EMPTY; 8]);
    let mut class = 0;
    while class < classes.len() {
        fine[class] = sixes(classes[class]);
        coarse[class] = by_nibbles(fine[class]);
        class += 1;
    }
    (fine, coarse)
}

/// A bit for each class: by the lower nibble and the upper nibble of a place's byte, of the next, and of the one behind.
#[derive(Debug)]
pub struct Shufti {
    nibbles: [[u8; 16]; 6],
    /// The same by a byte's lower six bits and its upper six bits, for tables of 64 bytes.
    sixes: [[u8; 64]; 6],
    /// The same for whole bytes.
    bytes: [[u8; 256]; 3],
    /// Classes whose places only count beside a byte beyond ASCII, or behind `)` or `"`.
    beside: u8,
}

impl Shufti {
    /// At most eight classes, each with all that tables of nibbles allow; the first `beside` of them only count beside a
    /// byte beyond ASCII, or behind `)` or `"`.
    ///
    /// # Panics
    /// There are more.
    pub const fn new(classes: &[[Bytes; 3]], beside: u32) -> Shufti {
        let (_, coarse) = tables(classes);
        Shufti::packed(&coarse, &coarse, beside)
    }

    /// The same, but each class allows no more than the processor's tables have to: what else is found depends on the
    /// processor, and has to be told from the places.
    ///
    /// # Panics
    /// There are more than eight.
    pub const fn close(classes: &[[Bytes; 3]], beside: u32) -> Shufti {
        let (fine, coarse) = tables(classes);
        Shufti::packed(&fine, &coarse, beside)
    }

    /// The same from what tables of sixes allow, and those of nibbles ([`by_nibbles`]).
    pub const fn packed(fine: &[Sixes; 8], coarse: &[Sixes; 8], beside: u32) -> Shufti {
        let mut nibbles = [[0; 16]; 6];
        let mut sixes = [[0; 64]; 6];
        let mut class = 0;
        while class < 8 {
            let mut at = 0;
            while at < 3 * 64 {
                let (place, value) = (at / 64, at % 64);
                let (lower, upper) = fine[class][place];
                sixes[2 * place][value] |= ((lower >> value & 1) as u8) << class;
                sixes[2 * place + 1][value] |= ((upper >> value & 1) as u8) << class;
                if value < 16 {
                    let (lower, upper) = coarse[class][place];
                    nibbles[2 * place][value] |= ((lower >> value & 1) as u8) << class;
                    nibbles[2 * place + 1][value] |= ((upper >> (4 * value) & 1) as u8) << class;
                }
                at += 1;
            }
            class += 1;
        }
        let mut bytes = [[0; 256]; 3];
        let mut byte = 0;
        while byte < 3 * 256 {
            let (place, value) = (byte / 256, byte % 256);
            bytes[place][value] = sixes[2 * place][value & 0x3F] & sixes[2 * place + 1][value >> 2];
            byte += 1;
        }
        Shufti {
            nibbles,
            sixes,
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

#[multiversion::multiversion(targets(
    "x86_64+avx512bw+avx512vl+avx512vbmi+bmi1+bmi2",
    "x86_64+avx2"
))]
fn look(classes: &Shufti, text: &[u8], from: usize, masks: &mut [u64; STRETCH]) {
    multiversion::target::match_target! {
        "x86_64+avx512vbmi" => look_avx512(classes, text, from, masks),
        "x86_64+avx2" => look_avx2(classes, text, from, masks),
        _ => {
            let mut room = [0; 2 * SPAN];
            for (mask, start) in masks.iter_mut().zip((from..text.len()).step_by(BLOCK)) {
                *mask = classes.mask(span(text, start, &mut room));
            }
        }
    }
}

/// Eight bytes of a vector.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn part(bytes: &[u8], at: usize) -> i64 {
    i64::from_le_bytes(bytes[at..at + 8].try_into().expect("of this size"))
}

/// Looks with vectors of 32 bytes and tables of nibbles.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn look_avx2(classes: &Shufti, text: &[u8], from: usize, masks: &mut [u64; STRETCH]) {
    use std::arch::x86_64::*;

    let tables = classes
        .nibbles
        .map(|table| _mm256_broadcastsi128_si256(_mm_set_epi64x(part(&table, 8), part(&table, 0))));
    let nibble = _mm256_set1_epi8(0x0F);
    let others = _mm256_set1_epi8(!classes.beside as i8);
    let (bracket, quote) = (_mm256_set1_epi8(b')' as i8), _mm256_set1_epi8(b'"' as i8));
    let zero = _mm256_setzero_si256();
    let mut room = [0; 2 * SPAN];
    for (mask, start) in masks.iter_mut().zip((from..text.len()).step_by(BLOCK)) {
        let span = span(text, start, &mut room);
        let half = |first: usize| {
            let at = |from: usize| {
                let bytes: &[u8; 32] = span[from..from + 32].try_into().expect("of this size");
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

/// A vector of 64 bytes. Put together from parts, those that overlap would be made of each other, by shifts.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx512bw")]
fn load(bytes: &[u8], from: usize) -> std::arch::x86_64::__m512i {
    let bytes = &bytes[from..from + 64];
    // SAFETY: there are 64 bytes to read, which need no alignment.
    unsafe { std::arch::x86_64::_mm512_loadu_si512(bytes.as_ptr().cast()) }
}

/// The 64 bytes of a text from `from` on, which may be one before its first (`usize::MAX`); zeros where the text has none.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx512bw")]
fn load_at_end(text: &[u8], from: usize) -> std::arch::x86_64::__m512i {
    let before = from == usize::MAX;
    let length = if before {
        text.len() + 1
    } else {
        text.len().saturating_sub(from)
    };
    let there =
        u64::MAX.unbounded_shr(64_u32.saturating_sub(length.min(64) as u32)) & !u64::from(before);
    let there = if length == 0 { 0 } else { there };
    // SAFETY: only the bytes whose bits are set are read, and those are the text's.
    unsafe {
        std::arch::x86_64::_mm512_maskz_loadu_epi8(there, text.as_ptr().wrapping_add(from).cast())
    }
}

/// What the tables of lower and upper six bits both allow for each of these bytes.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx512bw,avx512vbmi")]
fn allowed(
    bytes: std::arch::x86_64::__m512i,
    [lower, upper]: [std::arch::x86_64::__m512i; 2],
) -> std::arch::x86_64::__m512i {
    use std::arch::x86_64::*;

    _mm512_and_si512(
        _mm512_permutexvar_epi8(bytes, lower),
        _mm512_permutexvar_epi8(_mm512_srli_epi16::<2>(bytes), upper),
    )
}

/// Looks with vectors of 64 bytes and tables of as many: the instruction takes the lower six bits of each byte, whatever
/// the upper two are.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi,bmi1,bmi2")]
fn look_avx512(classes: &Shufti, text: &[u8], from: usize, masks: &mut [u64; STRETCH]) {
    use std::arch::x86_64::*;

    let [a, b, c, d, e, f] = &classes.sixes;
    let (first, second) = ([load(a, 0), load(b, 0)], [load(c, 0), load(d, 0)]);
    let third = [load(e, 0), load(f, 0)];
    let others = _mm512_set1_epi8(!classes.beside as i8);
    let (bracket, quote) = (_mm512_set1_epi8(b')' as i8), _mm512_set1_epi8(b'"' as i8));
    for (mask, start) in masks.iter_mut().zip((from..text.len()).step_by(BLOCK)) {
        // No closures are called here: they would not be made for these vectors.
        let around = if start > 0 && start - 1 + SPAN <= text.len() {
            let span: &[u8; SPAN] = text[start - 1..][..SPAN].try_into().expect("of this size");
            [load(span, 0), load(span, 1), load(span, 2), load(span, 3)]
        } else {
            let before = start.wrapping_sub(1);
            let (first, last) = (load_at_end(text, before), load_at_end(text, start + 2));
            [
                first,
                load_at_end(text, start),
                load_at_end(text, start + 1),
                last,
            ]
        };
        let [before, a, b, c] = around;
        let both = _mm512_and_si512(allowed(a, first), allowed(b, second));
        let all = _mm512_and_si512(both, allowed(c, third));
        if classes.beside == 0 {
            *mask = _mm512_test_epi8_mask(all, all);
            continue;
        }
        // Not only where something was found, which is as likely as not.
        let wide = _mm512_movepi8_mask(_mm512_or_si512(before, b));
        let closes =
            _mm512_cmpeq_epi8_mask(before, bracket) | _mm512_cmpeq_epi8_mask(before, quote);
        let beside = _mm512_mask_test_epi8_mask(wide | closes, all, all);
        *mask = beside | _mm512_test_epi8_mask(all, others);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: &[[Bytes; 3]] = &[
        [&[(b',', b','), (b'!', b'!')], ANY, ANY],
        [&[(0xE3, 0xE3)], &[(0x80, 0x80)], &[(0x8C, 0x8F)]],
        [&[(b'(', b')')], ANY, ANY],
    ];
    static WHOLE: Shufti = Shufti::new(CLASSES, 1);
    static CLOSE: Shufti = Shufti::close(CLASSES, 1);

    #[test]
    fn vectors_and_the_portable_way_agree() {
        let mut random = fastrand::Rng::with_seed(3);
        let characters: Vec<char> = "a,!(x)\"中「」、。 \n".chars().collect();
        for classes in [&WHOLE, &CLOSE].into_iter().cycle().take(600) {
            let length = random.usize(..300);
            let text: String = (0..length)
                .map(|_| characters[random.usize(..characters.len())])
                .collect();
            let text = text.as_bytes();
            let mut masks = [0; STRETCH];
            classes.look(text, 0, &mut masks);
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                let mut by_avx2 = [0; STRETCH];
                // SAFETY: the processor can.
                unsafe { look_avx2(classes, text, 0, &mut by_avx2) };
                assert_eq!(by_avx2, masks);
            }
            let mut room = [0; 2 * SPAN];
            for (mask, start) in masks.iter().zip((0..text.len()).step_by(BLOCK)) {
                assert_eq!(*mask, classes.mask(span(text, start, &mut room)));
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
