//! Runs in vectors of 64 bytes, for processors with AVX-512 (VBMI2: since 2019 and 2022): what [`super::run`] does, for
//! the characters that begin in 48 bytes at a time, up to sixteen of three bytes and the ASCII between them, without a
//! branch for each.
//!
//! It goes in blocks. First [`look`] converts all characters of a block as if they stood alone, and notes where phrases
//! may begin; then [`settle`] puts phrases in their places. One after the other, a wrong guess of the processor's about
//! a phrase does not make it look at the characters behind it again.
//!
//! Sound for the same reasons: a load is masked to what is left of the text, an index that is gathered is no greater than
//! [`SHARED`] whatever the bytes are, and a store goes no further than [`SLACK`] behind what is left of the text.

use std::arch::x86_64::*;
use std::sync::LazyLock;

use super::decisions::Decision;
use super::run::SLACK;
use super::tables::{
    ASCII_FOLLOWER, ASCII_SPECIAL, ASCII_STARTER, CHANGE, ENTRIES, PAIR, SHARED, STARTER, TURN,
    Tables,
};

const _: () = assert!(SLACK >= 64);
const _: () = assert!((SHARED as usize) < ENTRIES);

/// Bytes whose characters are looked at in one step.
const STEP: usize = 48;
/// What a lead, and two trail bytes, have above the bits of the code point.
const MARKS: u32 = 0xE0 << 12 | 0x80 << 6 | 0x80;

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

/// A bit for each place before this one.
#[inline(always)]
fn below(place: usize) -> u64 {
    if place >= 64 {
        u64::MAX
    } else {
        (1 << place) - 1
    }
}

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

/// How many steps a block has; few where we look for mistakes at its ends.
const STEPS: usize = if cfg!(any(test, fuzzing)) { 3 } else { 32 };
/// By how many bytes the rest of a block is moved to the back to make room for a phrase that grows.
const ROOM: usize = 32;

/// What is known of a block.
struct Block {
    /// For each step in which something must be looked at more closely: where it begins, and a bit for each byte from
    /// there on where such a character does: the second one of what may be a phrase, or one of `exits`.
    suspects: [(usize, u64); STEPS],
    /// How many of them there are.
    count: usize,
    /// The same for characters that do not convert alone, or with `WRITE` unset do not stay what they are; they are in
    /// the last step only.
    exits: u64,
    /// Where the block ends.
    end: usize,
    /// Whether what stands there ends the run.
    stops: bool,
}

/// What became of a block.
struct Settled {
    /// Where the text ends that is converted.
    at: usize,
    /// How many more bytes its result has than itself.
    moved: isize,
    /// No phrase begins before this: where the last one ends, or where a starter before the block begins.
    free: usize,
    /// Whether the run ends.
    stops: bool,
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
        let settled = unsafe {
            carry = if tables.ascii_is_plain {
                look::<WRITE, true>(tables, text, at, to, carry, &mut block)
            } else {
                look::<WRITE, false>(tables, text, at, to, carry, &mut block)
            };
            settle::<WRITE>(tables, text, at, to, spare, begins, &block)
        };
        written = (written + settled.at - at).wrapping_add_signed(settled.moved);
        spare = spare.wrapping_add_signed(-settled.moved);
        at = settled.at;
        if settled.stops {
            return (at, written);
        }
        if at != block.end || settled.free + 3 > at {
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

/// Converts the characters of the block that begins at `from`, each as if it stood alone, with `WRITE` to `out`; `carry`
/// has in its first lane the entry of the last one before. Returns the same for the block's last character. `PLAIN` says
/// that nothing is known of any ASCII character.
///
/// # Safety
/// As [`run`] asks for.
#[inline]
#[target_feature(
    enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,popcnt"
)]
unsafe fn look<const WRITE: bool, const PLAIN: bool>(
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

/// Puts phrases in their places in the result of a block that begins at `from`. `starts` says that the character before
/// it is a starter.
///
/// # Safety
/// As [`run`] asks for; and the result of [`look`] is there.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
unsafe fn settle<const WRITE: bool>(
    tables: &Tables,
    text: &str,
    from: usize,
    out: *mut u8,
    spare: usize,
    starts: bool,
    block: &Block,
) -> Settled {
    let bytes = text.as_bytes();
    // No phrase begins before this.
    let mut free = if starts { from - 3 } else { from };
    // Up to `done` of the text the result is where it belongs. That of what follows lies `gap` bytes behind where it was
    // written first, and belongs `excess` bytes before where it lies.
    let (mut done, mut gap, mut excess) = (from, 0, 0);
    let place = |at: usize, gap: usize, excess: usize| {
        out.wrapping_offset(at as isize - from as isize + gap as isize - excess as isize)
    };
    let finish = |free: usize, done: usize, gap: usize, excess: usize, at: usize, stops: bool| {
        if WRITE && excess != 0 && at > done {
            // SAFETY: both are within what was written.
            unsafe { move_down(place(done, gap, 0), excess, at - done) };
        }
        Settled {
            at,
            moved: gap as isize - excess as isize,
            free,
            stops,
        }
    };
    for (number, &(base, mut suspects)) in block.suspects[..block.count].iter().enumerate() {
        while suspects != 0 {
            let bit = suspects.trailing_zeros();
            suspects &= suspects - 1;
            let second = base + bit as usize;
            let first = second.wrapping_sub(3);
            if second >= free + 3 && bytes[first] & 0xF0 == 0xE0 {
                let (c, next) = two(bytes, first);
                match tables.decide(c, next, &text[second + 3..]) {
                    Decision::Alone => {}
                    Decision::Settled(length, phrase)
                        if phrase.len() <= 64
                            && gap + phrase.len() <= length + excess + spare
                            && (WRITE || *phrase == bytes[first..first + length]) =>
                    {
                        let rest = place(done, gap, 0);
                        let kept = first.saturating_sub(done);
                        done = first + length;
                        free = done;
                        let to = place(first, gap, excess);
                        let grows = phrase.len() > length + excess;
                        let fits = phrase.len() <= length + excess + ROOM && gap + ROOM <= SLACK;
                        // SAFETY: all is within what was written and [`SLACK`] behind it, and what the phrases have grown
                        // by is spare; what is still to be moved lies behind what is written.
                        unsafe {
                            if WRITE && excess != 0 {
                                move_down(rest, excess, kept);
                            }
                            if WRITE && grows && fits && done < block.end {
                                let rest = place(done, gap, 0);
                                rest.copy_to(rest.add(ROOM), block.end - done);
                            }
                            if WRITE {
                                let mask = below(phrase.len());
                                let result = _mm512_maskz_loadu_epi8(mask, phrase.as_ptr().cast());
                                _mm512_mask_storeu_epi8(to.cast(), mask, result);
                            }
                        }
                        if grows {
                            // Without room for what follows it is overwritten and must be looked at again.
                            let room = if fits {
                                ROOM
                            } else {
                                phrase.len() - length - excess
                            };
                            (gap, excess) = (gap + room, excess + room);
                        }
                        excess = excess + length - phrase.len();
                        if grows && !fits {
                            return finish(free, done, gap, excess, done, false);
                        }
                    }
                    _ => return finish(free, done, gap, excess, first, true),
                }
            }
            if number + 1 == block.count && block.exits >> bit & 1 != 0 && second >= done {
                return finish(free, done, gap, excess, second, true);
            }
        }
    }
    finish(free, done, gap, excess, block.end.max(done), false)
}

/// The code points of the two characters of three bytes at `at`.
#[inline]
#[target_feature(enable = "bmi2")]
fn two(bytes: &[u8], at: usize) -> (u16, u16) {
    let mut six = [0; 8];
    match bytes[at..].first_chunk::<8>() {
        Some(found) => six = *found,
        None => six[..6].copy_from_slice(&bytes[at..at + 6]),
    }
    let codes = _pext_u64(u64::from_be_bytes(six), 0x0F3F_3F0F_3F3F_0000);
    ((codes >> 16) as u16, codes as u16)
}

/// Moves `length` bytes to the front by `excess`.
///
/// # Safety
/// All of them are within what was written, and may be.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
unsafe fn move_down(from: *mut u8, excess: usize, length: usize) {
    let mut at = 0;
    while at < length {
        let mask = below(length - at);
        // SAFETY: masked to the length.
        unsafe {
            let bytes = _mm512_maskz_loadu_epi8(mask, from.add(at).cast());
            _mm512_mask_storeu_epi8(from.add(at).sub(excess).cast(), mask, bytes);
        }
        at += 64;
    }
}

/// The first one of sixteen numbers.
#[inline]
#[target_feature(enable = "avx512f")]
fn first_lane(numbers: __m512i) -> u32 {
    _mm_cvtsi128_si32(_mm512_castsi512_si128(numbers)) as u32
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
