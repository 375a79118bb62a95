//! What jianti works by: OpenCC's dictionaries, the forms of 《通用规范汉字表》 (2013), and counted words.
//!
//! The README.md in each of the folders `opencc`, `standard` and `words` tells where its files come from, and their
//! licences. The build script compiles them into tables that are ready in the program.
#![forbid(unsafe_code)]

#[cfg(feature = "tables")]
pub mod choice;
#[cfg(feature = "tables")]
mod converters;

#[cfg(feature = "tables")]
pub use converters::{ASPECT, converter};

#[cfg(feature = "tables")]
static MODEL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/likelihood.model"));

/// The model of how likely text is as Chinese.
#[cfg(feature = "tables")]
pub fn model() -> jianti_model::Model {
    jianti_model::Model::from_bytes(MODEL)
}

include!(concat!(env!("OUT_DIR"), "/dictionaries.rs"));

/// The names of OpenCC's dictionaries that are here.
pub fn names() -> impl Iterator<Item = &'static str> {
    DICTIONARIES.iter().map(|(name, _)| *name)
}

/// A dictionary's text in OpenCC's format, by its name there, such as `TSCharacters`; with the feature `tables` also those
/// that are assembled for text of no configuration: `AutoPhrases` and `AutoCharacters`.
///
/// # Panics
/// There is no dictionary of this name.
pub fn text(name: &str) -> &'static str {
    #[cfg(feature = "tables")]
    let all = || DICTIONARIES.iter().chain(ASSEMBLED);
    #[cfg(not(feature = "tables"))]
    let all = || DICTIONARIES.iter();
    let found = all().find(|(found, _)| *found == name);
    found
        .unwrap_or_else(|| panic!("there is no dictionary {name}"))
        .1
}
