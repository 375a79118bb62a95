//! Runs in vectors of 64 bytes, for processors with AVX-512 (VBMI2: since 2019 and 2022): what [`super::run`] does, for
//! the characters that begin in 48 bytes at a time, up to sixteen of three bytes and the ASCII between them, without a
//! branch for each.
//!
//! It goes in blocks. First [`probe`] converts all characters of a block as if they stood alone, and notes where phrases
//! may begin; then [`resolve`] puts phrases in their places. One after the other, a wrong guess of the processor's about
//! a phrase does not make it look at the characters behind it again.
//!
//! Sound for the same reasons: a load is masked to what is left of the text, an index that is gathered is that of an
//! entry whatever the bytes are, and a store goes no further than [`SLACK`] behind what is left of the text.

mod block;
mod probe;
mod resolve;

use std::arch::x86_64::*;
use std::sync::LazyLock;

use crate::slack::SLACK;
use crate::tables::{STARTER, Tables};
use block::{Block, STEPS};
use probe::probe;
use resolve::resolve;

const _: () = assert!(SLACK >= 64);

/// Whether the processor has what [`run`] needs.
pub fn available() -> bool {
    static AVAILABLE: LazyLock<bool> = LazyLock::new(|| {
        is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vbmi")
            && is_x86_feature_detected!("avx512vbmi2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt")
    });
    *AVAILABLE
}

/// Goes from byte `from` of `text` over what converts alone or in known phrases, or with `WRITE` unset stays what it is,
/// and returns where that ends, and how many bytes were written. The result of byte `from` is written to `out`.
///
/// # Safety
/// [`available`]; `from` is a boundary in `text`; with `WRITE`, as many bytes as are left of the text, [`SLACK`] more and
/// `spare` more, may be written to `out`.
#[target_feature(
    enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,popcnt"
)]
pub unsafe fn run<const WRITE: bool>(
    tables: &Tables,
    text: &str,
    from: usize,
    out: *mut u8,
    mut spare: usize,
) -> (usize, usize) {
    let none = _mm512_setzero_si512();
    let mut block = Block {
        suspects: [(0, 0); STEPS],
        count: 0,
        exits: 0,
        end: from,
        stops: false,
    };
    let (mut at, mut written) = (from, 0);
    // In the first lane the entry of the last character of three bytes, wherever it ends.
    let mut carry = none;
    // Whether that is a starter and ends at `at`.
    let starts = |carry, at: usize| {
        first_lane(carry) & STARTER != 0 && text.as_bytes()[at - 3] & 0xF0 == 0xE0
    };
    while at < text.len() {
        let to = out.wrapping_add(written);
        let begins = starts(carry, at);
        // SAFETY: what is written so far leaves as much to be written as is asked for.
        let resolved = unsafe {
            carry = if tables.ascii_is_plain {
                probe::<WRITE, true>(tables, text, at, to, carry, &mut block)
            } else {
                probe::<WRITE, false>(tables, text, at, to, carry, &mut block)
            };
            resolve::<WRITE>(tables, text, at, to, spare, begins, &block)
        };
        written = (written + resolved.at - at).wrapping_add_signed(resolved.moved);
        spare = spare.wrapping_add_signed(-resolved.moved);
        at = resolved.at;
        if resolved.stops {
            return (at, written);
        }
        if at != block.end || resolved.free + 3 > at {
            carry = none;
        }
        if block.stops && at == block.end {
            break;
        }
    }
    // What a starter becomes is told by what follows it.
    if starts(carry, at) {
        (at, written) = (at - 3, written - 3);
    }
    (at, written)
}

/// The first one of sixteen numbers.
#[inline]
#[target_feature(enable = "avx512f")]
fn first_lane(numbers: __m512i) -> u32 {
    _mm_cvtsi128_si32(_mm512_castsi512_si128(numbers)) as u32
}
