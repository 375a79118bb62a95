//! Phrases in a block whose characters were converted as if each stood alone.

use std::arch::x86_64::*;

use super::block::{Block, below};
use crate::phrase_tree::Decision;
use crate::slack::SLACK;
use crate::tables::Tables;

/// By how many bytes the rest of a block is moved to the back to make room for a phrase that grows.
const ROOM: usize = 32;

/// What became of a block.
pub struct Resolved {
    /// Where the text ends that is converted.
    pub at: usize,
    /// How many more bytes its result has than itself.
    pub moved: isize,
    /// No phrase begins before this: where the last one ends, or where a starter before the block begins.
    pub free: usize,
    /// Whether the run ends.
    pub stops: bool,
}

/// Puts phrases in their places in the result of a block that begins at `from`. `starts` says that the character before
/// it is a starter.
///
/// # Safety
/// As [`super::run`] asks for; and the result of [`super::probe`] is there.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,bmi1,bmi2,popcnt")]
pub unsafe fn resolve<const WRITE: bool>(
    tables: &Tables,
    text: &str,
    from: usize,
    out: *mut u8,
    spare: usize,
    starts: bool,
    block: &Block,
) -> Resolved {
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
        Resolved {
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
pub unsafe fn move_down(from: *mut u8, excess: usize, length: usize) {
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
