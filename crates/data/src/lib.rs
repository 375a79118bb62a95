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

/// The model as it is in this build, which tells builds apart whose words were counted differently; bytes of
/// [`jianti_model`]'s own form.
#[cfg(feature = "tables")]
pub fn model_bytes() -> &'static [u8] {
    MODEL
}

#[cfg(feature = "tables")]
static MODEL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/likelihood.model"));

/// The model of how likely text is as Chinese.
#[cfg(feature = "tables")]
pub fn model() -> jianti_model::Model {
    jianti_model::Model::from_bytes(MODEL)
}
