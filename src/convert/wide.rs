//! Runs in vectors of 64 bytes, for processors with AVX-512 (VBMI2: since 2019 and 2022): what [`super::run`] does, for
//! sixteen characters of three bytes and the ASCII between them at a time, without a branch for each.
//!
//! Sound for the same reasons: a load is masked to what is left of the text, an index that is gathered comes from a
//! character of three bytes, and a store goes no further than [`SLACK`] behind what is left of the text.

use std::arch::x86_64::*;
use std::sync::LazyLock;

use super::run::SLACK;
use super::tables::{ENTRIES, EXIT, HASH, RESULT, STARTER, Tables};

const _: () = assert!(SLACK >= 64);

/// Whether the processor has what [`run`] needs.
pub fn available() -> bool {
    static AVAILABLE: LazyLock<bool> = LazyLock::new(|| {
        is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vbmi")
            && is_x86_feature_detected!("avx512vbmi2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt")
    });
    *AVAILABLE
}

/// A bit for each place before this one.
#[inline(always)]
fn below(place: u32) -> u64 {
    if place >= 64 {
        u64::MAX
    } else {
        (1 << place) - 1
    }
}

/// Goes from byte `from` of `text` over what converts alone, or with `WRITE` unset stays what it is, and returns where
/// that ends. The result of byte `from` is written to `out`.
///
/// # Safety
/// [`available`]; `text` is UTF-8 and `from` a boundary in it; with `WRITE`, as many bytes as are left of the text, and
/// [`SLACK`] more, may be written to `out`.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,popcnt")]
pub unsafe fn run<const WRITE: bool>(
    tables: &Tables,
    text: &[u8],
    from: usize,
    out: *mut u8,
) -> usize {
    /// Leads of sixteen characters of three bytes, one behind the other.
    const DENSE: u64 = 0x2492_4924_9249;
    let entries = tables.entries();
    assert!(entries.len() == ENTRIES * 4);
    let pairs = tables.pairs();
    assert!(pairs.len().is_power_of_two() && pairs.len() >= 4);
    let hash_mask = _mm512_set1_epi32((pairs.len() * 8 - 1) as i32);
    let plain = tables.ascii_is_plain;
    // SAFETY: 128 bytes.
    let (ascii_low, ascii_high) = unsafe {
        let ascii = tables.ascii().as_ptr();
        (
            _mm512_loadu_epi8(ascii.cast()),
            _mm512_loadu_epi8(ascii.add(64).cast()),
        )
    };
    let places = {
        let all: [u8; 64] = std::array::from_fn(|place| place as u8);
        // SAFETY: 64 bytes.
        unsafe { _mm512_loadu_epi8(all.as_ptr().cast()) }
    };
    let mut at = from;
    // The entry and the code of a character of three bytes that ends at `at`, in the last lane; or 0.
    let (mut carry, mut carry_code) = (_mm512_setzero_si512(), _mm512_setzero_si512());
    let mut carry_starts = false;
    while at < text.len() {
        let left = (text.len() - at).min(64) as u32;
        // SAFETY: masked to what is left of the text.
        let bytes = unsafe { _mm512_maskz_loadu_epi8(below(left), text.as_ptr().add(at).cast()) };
        let high = _mm512_movepi8_mask(bytes);
        if high == 0 && plain {
            if carry_starts {
                break;
            }
            if WRITE {
                // SAFETY: within what may be written.
                unsafe { _mm512_storeu_epi8(out.add(at - from).cast(), bytes) };
            }
            at += left as usize;
            carry = _mm512_setzero_si512();
            continue;
        }
        let trail = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8(-64));
        let upper = _mm512_and_si512(bytes, _mm512_set1_epi8(0xF0_u8 as i8));
        let all_leads = _mm512_cmpeq_epi8_mask(upper, _mm512_set1_epi8(0xE0_u8 as i8));
        // Characters of two and four bytes, and ASCII that is special or may belong to a phrase.
        let mut others = high & !all_leads & !trail;
        if !plain {
            let class = _mm512_permutex2var_epi8(ascii_low, bytes, ascii_high);
            let test = |bits: u32| {
                _mm512_test_epi8_mask(class, _mm512_set1_epi8((bits >> 24) as i8))
                    & !high
                    & below(left)
            };
            let (starters, followers) = (test(STARTER), test(STARTER << 4));
            let behind = (followers | high) >> 1 | 1 << (left - 1);
            others |= test(EXIT) | starters & behind | followers & (trail << 1);
            if carry_starts {
                others |= followers & 1;
            }
        }
        let limit = others.trailing_zeros().min(left);
        let mut leads = all_leads & below(limit);
        let mut end = limit;
        let mut stops = others != 0;
        if leads & below(48) == DENSE {
            (leads, end, stops) = (DENSE, 48, false);
        } else if leads.count_ones() > 16 {
            end = _pdep_u64(1 << 16, leads).trailing_zeros();
            leads &= below(end);
            stops = false;
        } else {
            let whole = leads & below(limit.saturating_sub(2));
            if whole != leads {
                // The window cuts the last character.
                end = (leads & !whole).trailing_zeros();
                leads = whole;
                stops = false;
            }
        }
        let count = leads.count_ones();
        let lanes = below(count) as u16;
        let starts = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(_mm512_maskz_compress_epi8(
            leads, places,
        )));
        let threefold = _mm512_shuffle_epi8(
            starts,
            _mm512_broadcast_i32x4(_mm_set_epi8(
                -1, 12, 12, 12, -1, 8, 8, 8, -1, 4, 4, 4, -1, 0, 0, 0,
            )),
        );
        let index = _mm512_add_epi8(threefold, _mm512_set1_epi32(0x0002_0100));
        let keep = 0x7777_7777_7777_7777 & below(count * 4);
        let chars = _mm512_maskz_permutexvar_epi8(keep, index, bytes);
        let bits = _mm512_and_si512(chars, _mm512_set1_epi32(0x003F_3F0F));
        let halves = _mm512_maddubs_epi16(bits, _mm512_set1_epi32(0x0001_0140));
        let codes = _mm512_madd_epi16(halves, _mm512_set1_epi32(0x0001_0040));
        // SAFETY: codes are below ENTRIES.
        let found = unsafe {
            _mm512_mask_i32gather_epi32::<4>(
                _mm512_setzero_si512(),
                lanes,
                codes,
                entries.as_ptr().cast(),
            )
        };
        let before = _mm512_alignr_epi32::<15>(found, carry);
        let shifted = _mm512_and_si512(_mm512_slli_epi32::<4>(before), found);
        let mut suspects = _mm512_test_epi32_mask(found, _mm512_set1_epi32(EXIT as i32));
        let change = _mm512_and_si512(
            _mm512_xor_si512(found, chars),
            _mm512_set1_epi32(RESULT as i32),
        );
        let change = _mm512_maskz_mov_epi32(lanes, change);
        if !WRITE {
            suspects |= _mm512_test_epi32_mask(change, change);
        }
        let marked = _mm512_test_epi32_mask(shifted, _mm512_set1_epi32((STARTER << 4) as i32));
        if marked != 0 {
            let code_before = _mm512_alignr_epi32::<15>(codes, carry_code);
            let mix =
                |code, factor: u32| _mm512_mullo_epi32(code, _mm512_set1_epi32(factor as i32));
            let hash = _mm512_xor_si512(mix(code_before, HASH[0]), mix(codes, HASH[1]));
            let hash = mix(
                _mm512_xor_si512(hash, _mm512_srli_epi32::<15>(hash)),
                HASH[2],
            );
            let hash = _mm512_and_si512(
                _mm512_xor_si512(hash, _mm512_srli_epi32::<14>(hash)),
                hash_mask,
            );
            // SAFETY: the hash is masked to the bits of `pairs`, whose length is a multiple of four bytes.
            let words = unsafe {
                _mm512_mask_i32gather_epi32::<4>(
                    _mm512_setzero_si512(),
                    marked,
                    _mm512_srli_epi32::<5>(hash),
                    pairs.as_ptr().cast(),
                )
            };
            let bit = _mm512_srlv_epi32(words, _mm512_and_si512(hash, _mm512_set1_epi32(31)));
            suspects |= _mm512_mask_test_epi32_mask(marked, bit, _mm512_set1_epi32(1));
        }
        if WRITE {
            let byte = |change| _mm512_castsi128_si512(_mm512_cvtepi32_epi8(change));
            let first = _mm512_maskz_expand_epi8(leads, byte(change));
            let second = _mm512_maskz_expand_epi8(leads << 1, byte(_mm512_srli_epi32::<8>(change)));
            let third = _mm512_maskz_expand_epi8(leads << 2, byte(_mm512_srli_epi32::<16>(change)));
            let changes = _mm512_or_si512(_mm512_or_si512(first, second), third);
            // SAFETY: within what may be written.
            unsafe {
                _mm512_storeu_epi8(out.add(at - from).cast(), _mm512_xor_si512(bytes, changes))
            };
        }
        if suspects != 0 {
            let lane = suspects.trailing_zeros() as usize;
            let (mut entry_of, mut start_of) = ([0_u32; 16], [0_u32; 16]);
            // SAFETY: 64 bytes each.
            unsafe {
                _mm512_storeu_epi32(entry_of.as_mut_ptr().cast(), found);
                _mm512_storeu_epi32(start_of.as_mut_ptr().cast(), starts);
            }
            return match lane {
                0 if carry_starts => at - 3,
                0 => at + start_of[0] as usize,
                _ if entry_of[lane - 1] & STARTER != 0 => at + start_of[lane - 1] as usize,
                _ => at + start_of[lane] as usize,
            };
        }
        if end == 0 {
            break;
        }
        at += end as usize;
        // What a starter becomes is told by what follows it.
        let ends_with = count > 0 && leads >> (end - 3.min(end)) & 1 != 0 && end >= 3;
        if ends_with {
            // The last lane that is taken, moved to the last lane of all.
            let last = _mm512_set1_epi32(count as i32 - 1);
            carry = _mm512_permutexvar_epi32(last, found);
            carry_code = _mm512_permutexvar_epi32(last, codes);
            carry_starts = _mm_cvtsi128_si32(_mm512_castsi512_si128(carry)) as u32 & STARTER != 0;
        } else {
            carry = _mm512_setzero_si512();
            carry_starts = false;
        }
        if stops {
            break;
        }
    }
    if carry_starts { at - 3 } else { at }
}
