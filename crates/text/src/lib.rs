//! Chinese text as characters, before anything is done to it: which script and language it is in, which encoding its bytes
//! are in, and where in it something may have to be done.
//!
//! The ground that the other crates of jianti stand on. No files, no threads.
#![warn(missing_docs, clippy::missing_errors_doc, clippy::missing_panics_doc)]

pub mod beside;
pub mod chars;
mod clauses;
mod embedded;
pub mod encoding;
pub mod faces;
pub mod fashion;
pub mod foreign;
pub mod forms;
pub mod formula;
mod hanja;
mod headwords;
pub mod language;
pub mod lines;
pub mod scan;
pub mod script;
pub mod sentence;
#[cfg(feature = "serde")]
mod serde_by_name;
pub mod standard;
pub mod utf8;

pub use language::Language;
pub use script::{Script, ScriptCount};
pub use standard::Outside;
