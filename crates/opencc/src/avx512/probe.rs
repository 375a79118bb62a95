//! The characters of a block, each as if it stood alone.

use std::arch::x86_64::*;

use super::block::{Block, STEPS, below};
use crate::tables::{
    ASCII_FOLLOWER, ASCII_SPECIAL, ASCII_STARTER, CHANGE, ENTRIES, PAIR, SHARED, TURN, Tables,
};

const _: () = assert!((SHARED as usize) < ENTRIES);

/// Bytes whose characters are looked at in one step.
const STEP: usize = 48;
/// What a lead, and two trail bytes, have above the bits of the code point.
const MARKS: u32 = 0xE0 << 12 | 0x80 << 6 | 0x80;

/// Four places for each of sixteen characters of three bytes: those of its bytes, and one that is not looked at.
const SPREAD: [u8; 64] = {
    let mut places = [0; 64];
    let mut at = 0;
    while at < 64 {
        places[at] = (at / 4 * 3 + at % 4) as u8;
        at += 1;
    }
    places
};
/// The other way.
const PACK: [u8; 64] = {
    let mut places = [0; 64];
    let mut at = 0;
    while at < 48 {
        places[at] = (at / 3 * 4 + at % 3) as u8;
        at += 1;
    }
    places
};

/// Converts the characters of the block that begins at `from`, each as if it stood alone, with `WRITE` to `out`; `carry`
/// has in its first lane the entry of the last one before. Returns the same for the block's last character. `PLAIN` says
/// that nothing is known of any ASCII character.
///
/// # Safety
/// As [`super::run`] asks for.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,popcnt"
)]
pub unsafe fn probe<const WRITE: bool, const PLAIN: bool>(
    tables: &Tables,
    text: &str,
    from: usize,
    out: *mut u8,
    mut carry: __m512i,
    block: &mut Block,
) -> __m512i {
    let entries = tables.entries();
    assert!(entries.len() == ENTRIES * 4);
    let set = |number: u32| _mm512_set1_epi32(number as i32);
    // SAFETY: 64 bytes each.
    let (spread, pack) = unsafe {
        (
            _mm512_loadu_epi8(SPREAD.as_ptr().cast()),
            _mm512_loadu_epi8(PACK.as_ptr().cast()),
        )
    };
    // Bits of a code point's change, for each byte of UTF-8.
    let unfold = _mm512_set1_epi64(0x0020_262C_0000_060C);
    let mut at = from;
    let mut leads = 0;
    // What the step before changes behind its end.
    let mut over = _mm512_setzero_si512();
    (block.count, block.exits, block.stops) = (0, 0, false);
    for _ in 0..STEPS {
        let left = (text.len() - at).min(64);
        // SAFETY: within the text.
        let bytes = unsafe {
            let front = text.as_ptr().add(at).cast();
            if left == 64 {
                _mm512_loadu_epi8(front)
            } else {
                _mm512_maskz_loadu_epi8(below(left), front)
            }
        };
        let upper = _mm512_and_si512(bytes, _mm512_set1_epi8(0xF0_u8 as i8));
        // Where characters of three bytes begin; the last one may reach over the step's end.
        leads = _mm512_cmpeq_epi8_mask(upper, _mm512_set1_epi8(0xE0_u8 as i8)) & below(STEP);
        // Characters of two and four bytes, and ASCII that is special or may belong to a phrase.
        let all = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8(0xC0_u8 as i8));
        let mut others = all & below(STEP) & !leads;
        if !PLAIN {
            others |= suspect_ascii(tables, text, at, bytes);
        }
        let mut end = left.min(STEP);
        if others != 0 {
            end = others.trailing_zeros() as usize;
            leads &= below(end);
            block.stops = true;
        }
        if leads | others == 0 {
            if WRITE {
                let result = _mm512_xor_si512(bytes, over);
                // SAFETY: within what may be written.
                unsafe { _mm512_storeu_epi8(out.add(at - from).cast(), result) };
                over = _mm512_setzero_si512();
            }
            at += end;
            if at == text.len() {
                break;
            }
            continue;
        }
        let count = leads.count_ones();
        let lanes = below(count as usize);
        let packed = _mm512_maskz_compress_epi8(leads * 7, bytes);
        let chars = _mm512_permutexvar_epi8(spread, packed);
        let halves = _mm512_maddubs_epi16(chars, set(0x0001_0140));
        let marked = _mm512_madd_epi16(halves, set(0x0001_0040));
        // The code points turned, modulo 2^16.
        let turned = _mm512_add_epi16(marked, set((TURN as u32).wrapping_sub(MARKS) & 0xFFFF));
        let index = _mm512_min_epu16(turned, set(SHARED as u32));
        // SAFETY: no index is greater than `SHARED`.
        let found = unsafe {
            _mm512_mask_i32gather_epi32::<4>(
                _mm512_setzero_si512(),
                lanes as u16,
                index,
                entries.as_ptr().cast(),
            )
        };
        let before = _mm512_mask_expand_epi32(carry, 0xFFFE, found);
        let pairs = _mm512_and_si512(_mm512_slli_epi32::<8>(before), found);
        let mut suspects = _mm512_test_epi32_mask(pairs, set(PAIR));
        let mut exits = _mm512_movepi32_mask(found);
        if WRITE {
            let changes = _mm512_multishift_epi64_epi8(unfold, found);
            let changes = _mm512_and_si512(changes, set(0x003F_3F0F));
            let packing = _mm512_maskz_expand_epi8(leads * 7, pack);
            let changes = _mm512_maskz_permutexvar_epi8(leads * 7, packing, changes);
            let result = _mm512_xor_si512(_mm512_xor_si512(bytes, changes), over);
            // SAFETY: within what may be written.
            unsafe { _mm512_storeu_epi8(out.add(at - from).cast(), result) };
            over = _mm512_maskz_shuffle_i32x4::<3>(0xF, changes, changes);
        } else {
            exits |= _mm512_test_epi32_mask(found, set(CHANGE));
        }
        suspects |= exits;
        block.suspects[block.count] = (at, _pdep_u64(suspects.into(), leads));
        block.count += usize::from(suspects != 0);
        // The last lane that is taken, moved to the first one; if none is, what was there stays.
        carry = _mm512_mask_compress_epi32(carry, (lanes ^ lanes >> 1) as u16, found);
        at += end;
        if exits != 0 || block.stops || at == text.len() {
            block.exits = _pdep_u64(exits.into(), leads);
            break;
        }
    }
    if at < text.len() && !block.stops {
        at += (leads >> (STEP - 2)) as usize;
    }
    block.end = at;
    carry
}

/// Where the ASCII characters of a step are that must be looked at; `bytes` are those of `text` from `at` on.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn suspect_ascii(tables: &Tables, text: &str, at: usize, bytes: __m512i) -> u64 {
    let classes = tables.ascii();
    // SAFETY: 128 bytes.
    let class = unsafe {
        let low = _mm512_loadu_epi8(classes.as_ptr().cast());
        let high = _mm512_loadu_epi8(classes.as_ptr().add(64).cast());
        _mm512_permutex2var_epi8(low, bytes, high)
    };
    let left = (text.len() - at).min(64);
    let high = _mm512_movepi8_mask(bytes);
    let ascii = !high & below(left);
    if ascii & _mm512_test_epi8_mask(class, class) == 0 {
        return 0;
    }
    let are = |bit: u8| ascii & _mm512_test_epi8_mask(class, _mm512_set1_epi8(bit as i8));
    let followers = are(ASCII_FOLLOWER);
    let before = at > 0 && text.as_bytes()[at - 1] >= 0x80;
    let found = are(ASCII_SPECIAL) | followers & (high << 1 | u64::from(before));
    let starters = are(ASCII_STARTER) & ((followers | high) >> 1 | 1 << (left - 1)) & below(STEP);
    let begin = match starters {
        0 => 0,
        _ => begin_phrases(tables, text, at, starters),
    };
    (found | begin) & below(STEP)
}

/// Which of these ASCII characters, a bit for each byte of `text` from `at` on, may begin a phrase with what follows them.
#[inline(never)]
fn begin_phrases(tables: &Tables, text: &str, at: usize, mut starters: u64) -> u64 {
    let mut found = 0;
    while starters != 0 {
        let place = starters.trailing_zeros() as usize;
        starters &= starters - 1;
        let mut pair = text[at + place..].chars();
        let may_begin = match (pair.next(), pair.next()) {
            (Some(c), Some(next)) => tables.may_begin_phrase(c, next),
            _ => true,
        };
        found |= u64::from(may_begin) << place;
    }
    found
}
