//! What jianti works by: OpenCC's dictionaries, the forms of 《通用规范汉字表》 (2013), and counted words.
//!
//! The README.md in each of the folders `choice`, `opencc`, `standard` and `words` tells where its files come from, and their
//! licences. The build script compiles them into tables that are ready in the program.
#![forbid(unsafe_code)]
#![warn(missing_docs, clippy::missing_errors_doc, clippy::missing_panics_doc)]

#[cfg(feature = "tables")]
pub mod choice;
#[cfg(feature = "tables")]
mod converters;
mod dictionaries;
#[cfg(feature = "tables")]
pub mod lines;

#[cfg(feature = "tables")]
pub use converters::{ASPECT, converter};
pub use dictionaries::{names, text};

/// The version of OpenCC whose dictionaries these are.
pub const OPENCC_VERSION: &str = "1.4.2";

/// A checksum of the model, to tell builds apart whose words were counted differently: FNV-1a.
#[cfg(feature = "tables")]
pub fn model_checksum() -> u64 {
    let start = 0xCBF2_9CE4_8422_2325_u64;
    let step = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3);
    MODEL.iter().fold(start, step)
}

#[cfg(feature = "tables")]
static MODEL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/likelihood.model"));

/// The model of how likely text is as Chinese.
#[cfg(feature = "tables")]
pub fn model() -> jianti_model::Model {
    jianti_model::Model::from_bytes(MODEL)
}
