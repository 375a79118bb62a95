//! The choice at each place: what a character is that could be two things (乾 or 干, 於 or 于, 著 or 着, 沈 or 沉).
//!
//! Each place is decided by the clause around it, up to [`window::REACH`] characters to each side: by the words that the
//! character makes in either reading, and by whether it stands in a name. The document enters in three ways only:
//!
//! - **its script**, where the sentence tells none: in simplified text a character that the standard has is kept a
//!   little sooner;
//! - **the names of persons that its first 64 KB tell** with a title or the like (王乾先生): they are told elsewhere in it;
//! - **the eight trigrams**, if its first 64 KB have 巽 or 艮 four times: 乾 is one of them, where no word says that it is 干.

mod alone;
mod authors;
mod auto;
mod cited;
mod credits;
mod document;
mod editions;
mod firms;
mod glossed;
mod japanese;
mod kept;
mod lattice;
mod lexicon;
mod lives;
mod mention;
mod merging;
mod near;
mod notes;
mod own;
mod persons;
mod reader;
mod reading;
mod reason;
mod remains;
mod settled;
mod shen;
mod trigrams;
mod variants;
mod why;
mod window;
mod written;
mod yu;
mod zhe;

pub(crate) use auto::{Auto, ScriptContext};
pub(crate) use reason::Decision;
pub use reason::Reason;
