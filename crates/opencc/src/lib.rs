//! Traditional to simplified: OpenCC's semantics in an engine of our own, equal to OpenCC 1.4.2 to the byte.
//!
//! [`Tables::compile`] fuses a configuration's dictionaries into tables; `scan` runs over the text, and `phrase` decides
//! where phrases may begin. The dictionaries themselves are in the crate `jianti-data`, whose build script
//! compiles them with this crate.
#![warn(missing_docs, clippy::missing_errors_doc, clippy::missing_panics_doc)]

#[cfg(target_arch = "x86_64")]
mod avx512;
pub mod bytes;
mod compile;
pub mod config;
mod converter;
mod dictionary;
mod engine;
mod hash;
mod ids;
mod phrase;
mod phrase_tree;
mod run;
mod scan;
mod slack;
mod tables;
mod trie;
mod tries;

pub use config::{Chain, Config, UnknownConfig};
pub use converter::Converter;
pub use dictionary::{Dictionary, DictionaryFault, ParseError};
pub use engine::{Engine, EngineError};
#[cfg(fuzzing)]
pub use run::Way;
pub use tables::Tables;
pub use tries::Tries;

/// Which vector instructions the engine uses on this machine, for people.
pub fn vectors() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    if avx512::available() {
        return "AVX-512 (VBMI2)";
    }
    "portable"
}
