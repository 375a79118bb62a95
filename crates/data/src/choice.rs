//! The tables of the choice at each place, by characters that could be two things.

use jianti_model::names::Names;
use jianti_model::places::{Place, SETS};
use jianti_model::words::Words;
use jianti_text::scan::Classes;

include!(concat!(env!("OUT_DIR"), "/choice.rs"));

/// What words cost in which each character has one reading.
pub fn words() -> Words {
    static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/choice.words"));
    Words::from_bytes(WORDS)
}

/// What surnames and given names cost.
pub fn names() -> Names {
    static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/choice.names"));
    Names::from_bytes(NAMES)
}
