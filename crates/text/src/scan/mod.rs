//! Finds the places of a text where something may have to be done, with vector instructions, so that text that has none
//! passes quickly.

mod positions;
mod shufti;

pub(crate) use positions::{BLOCK, SPAN, bits, span};
pub use positions::{Look, Positions, Probe, STRETCH, look};
#[cfg(target_arch = "x86_64")]
pub(crate) use positions::{bits_avx2, bits_avx512};
pub use shufti::{ANY, Bytes, EMPTY, Nibbles, Shufti, nibbles};
