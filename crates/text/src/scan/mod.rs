//! Finds the places of a text where something may have to be done, with vector instructions, so that text that has none
//! passes quickly.

mod positions;
mod shufti;

pub use positions::{BLOCK, Look, Positions, Probe, STRETCH, look};
pub(crate) use positions::{SPAN, bits, span};
#[cfg(target_arch = "x86_64")]
pub(crate) use positions::{bits_avx2, bits_avx512};
pub use shufti::{ANY, Bytes, EMPTY, Shufti, Sixes, by_nibbles, sixes};
