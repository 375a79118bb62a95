//! Finds the places of a text where something may have to be done: without branches, for the sake of vector instructions,
//! so that text that has none passes quickly.

/// How many bytes are looked at at a time: one for each bit of a mask.
pub const BLOCK: usize = 64;
/// How many masks are made together.
pub const STRETCH: usize = 16;
/// A block, one byte before it and four behind it.
pub const SPAN: usize = 1 + BLOCK + 4;

/// Sets a bit for each place from a byte of the text on, which begins a block: what [`look`] defines.
pub type Look = fn(&[u8], usize, &mut [u64; STRETCH]);

/// What tells a place: a function without branches, for the sake of vector instructions, of the byte before it, its own
/// and four bytes behind it; zeros stand around the text. It may find others too.
pub trait Probe {
    /// Whether something may have to be done at byte `a`.
    fn is_place(before: u8, a: u8, b: u8, c: u8, d: u8, e: u8) -> bool;
}

/// The [`Look`] of a [`Probe`].
#[multiversion::multiversion(targets("x86_64+avx512bw+avx512vl", "x86_64+avx2"))]
pub fn look<P: Probe>(text: &[u8], from: usize, masks: &mut [u64; STRETCH]) {
    let mut room = [0; 2 * SPAN];
    let starts = (from..text.len()).step_by(BLOCK);
    for (mask, start) in masks.iter_mut().zip(starts) {
        let span = span(text, start, &mut room);
        let at = |from: usize| -> &[u8; BLOCK] {
            span[from..from + BLOCK].try_into().expect("of this size")
        };
        let (before, a, b, c, d, e) = (at(0), at(1), at(2), at(3), at(4), at(5));
        let mut flags = [0; BLOCK];
        for place in 0..BLOCK {
            let (before, a, b) = (before[place], a[place], b[place]);
            let is_place = P::is_place(before, a, b, c[place], d[place], e[place]);
            flags[place] = if is_place { 0xFF } else { 0 };
        }
        *mask = multiversion::target::match_target! {
            "x86_64+avx512bw" => bits_avx512(&flags),
            "x86_64+avx2" => bits_avx2(&flags),
            _ => bits(&flags),
        };
    }
}

/// Names the [`Look`] of a function as [`Probe::is_place`] has it.
#[macro_export]
macro_rules! look {
    ($name:ident, $is_place:path) => {
        fn $name(text: &[u8], from: usize, masks: &mut [u64; $crate::scan::STRETCH]) {
            struct Named;

            impl $crate::scan::Probe for Named {
                #[inline(always)]
                fn is_place(before: u8, a: u8, b: u8, c: u8, d: u8, e: u8) -> bool {
                    $is_place(before, a, b, c, d, e)
                }
            }

            $crate::scan::look::<Named>(text, from, masks)
        }
    };
}

/// Walks through a text from place to place.
#[derive(Debug)]
pub struct Positions<'a> {
    text: &'a [u8],
    look: Look,
    /// Where the blocks begin that `masks` is about; [`NOWHERE`] while it is about none.
    start: usize,
    masks: [u64; STRETCH],
}

/// As far from each block of any text as no stretch reaches.
const NOWHERE: usize = 1 << (usize::BITS - 1);

impl<'a> Positions<'a> {
    /// The places of a text that `look` finds, once they are asked for.
    // Inline, and nothing looked for yet, as the masks are long to move.
    #[inline]
    pub fn new(text: &'a str, look: Look) -> Positions<'a> {
        Positions {
            text: text.as_bytes(),
            look,
            start: NOWHERE,
            masks: [0; STRETCH],
        }
    }

    /// The first place from byte `from` on.
    #[inline]
    pub fn next(&mut self, from: usize) -> Option<usize> {
        let mut block = from / BLOCK * BLOCK;
        let mut wanted = u64::MAX << (from % BLOCK);
        while block < self.text.len() {
            if block.wrapping_sub(self.start) >= STRETCH * BLOCK {
                self.start = block;
                (self.look)(self.text, block, &mut self.masks);
            }
            let mask = self.masks[(block - self.start) / BLOCK] & wanted;
            if mask != 0 {
                return Some(block + mask.trailing_zeros() as usize);
            }
            block += BLOCK;
            wanted = u64::MAX;
        }
        None
    }
}

/// Where a block is made up that the text does not reach around: one span, behind which another one can be read.
pub type Room = [u8; 2 * SPAN];

/// The block at `start` with what is around it; made up in `room` where the text does not reach so far. There bytes are
/// moved by fixed lengths where that can be: a length that changes makes the processor wait at each short text.
#[inline(always)]
pub fn span<'a>(text: &'a [u8], start: usize, room: &'a mut Room) -> &'a [u8; SPAN] {
    let within = start.checked_sub(1);
    let (first, last) = (
        text.first_chunk::<{ SPAN - 1 }>(),
        text.last_chunk::<SPAN>(),
    );
    let at = match (within, first, last) {
        (Some(before), ..) if before + SPAN <= text.len() => {
            return text[before..before + SPAN]
                .try_into()
                .expect("of this size");
        }
        (Some(before), _, Some(last)) => {
            room[..SPAN].copy_from_slice(last);
            room[SPAN..].fill(0);
            before + SPAN - text.len()
        }
        (None, Some(first), _) => {
            room[0] = 0;
            room[1..SPAN].copy_from_slice(first);
            0
        }
        _ => {
            let from = start.saturating_sub(1);
            let first = from + 1 - start;
            room.fill(0);
            room[first..first + text.len() - from].copy_from_slice(&text[from..]);
            0
        }
    };
    room[at..at + SPAN].try_into().expect("of this size")
}

/// A bit for each flag, the first one lowest. A flag is `0xFF` or 0.
#[inline]
pub fn bits(flags: &[u8; BLOCK]) -> u64 {
    let groups = flags.chunks_exact(8).enumerate();
    groups.fold(0, |bits, (group, flags)| {
        let flags = u64::from_le_bytes(flags.try_into().expect("8 flags"));
        // The product's top byte gathers the lowest bits of the eight bytes.
        let lowest = flags & 0x0101_0101_0101_0101;
        bits | (lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (group * 8)
    })
}

/// The same for processors with AVX-512, where it is an instruction.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx512bw")]
pub fn bits_avx512(flags: &[u8; BLOCK]) -> u64 {
    use std::arch::x86_64::{_mm512_movepi8_mask, _mm512_set_epi64};

    let part = |at: usize| i64::from_le_bytes(flags[at..at + 8].try_into().expect("8 flags"));
    let (a, b, c, d) = (part(56), part(48), part(40), part(32));
    let all = _mm512_set_epi64(a, b, c, d, part(24), part(16), part(8), part(0));
    _mm512_movepi8_mask(all)
}

/// The same for processors with AVX2.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2")]
pub fn bits_avx2(flags: &[u8; BLOCK]) -> u64 {
    use std::arch::x86_64::{_mm256_movemask_epi8, _mm256_set_epi64x};

    let half = |at: usize| {
        let part = |at: usize| i64::from_le_bytes(flags[at..at + 8].try_into().expect("8 flags"));
        let half = _mm256_set_epi64x(part(at + 24), part(at + 16), part(at + 8), part(at));
        u64::from(_mm256_movemask_epi8(half) as u32)
    };
    half(0) | half(32) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    look!(look_for_ab, is_ab);

    fn is_ab(before: u8, a: u8, b: u8, _c: u8, d: u8, _e: u8) -> bool {
        (a == b'a') & (b == b'b') & (before != b'x') & (d != b'y')
    }

    #[test]
    fn places_are_found_wherever_they_stand() {
        for pad in (0..200).chain(STRETCH * BLOCK - 6..STRETCH * BLOCK + 4) {
            let text = format!("ab1{}ab2xab3ab4yab", "-".repeat(pad));
            let mut places = Positions::new(&text, look_for_ab);
            let (mut found, mut from) = (Vec::new(), 0);
            while let Some(place) = places.next(from) {
                found.push(place);
                from = place + 1;
            }
            assert_eq!(found, [0, pad + 3, pad + 14]);
            assert_eq!(places.next(pad + 4), Some(pad + 14));
        }
        assert_eq!(Positions::new("", look_for_ab).next(0), None);
    }

    #[test]
    fn each_flag_has_its_bit() {
        for place in 0..BLOCK {
            let mut flags = [0; BLOCK];
            flags[place] = 0xFF;
            assert_eq!(bits(&flags), 1 << place);
        }
    }
}
