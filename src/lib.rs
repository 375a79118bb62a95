//! Turns Chinese text of any script mix and encoding into consistent simplified text.

pub mod convert;
pub mod decode;
pub mod encode;
pub mod pipeline;
pub mod repair;

pub use pipeline::{Error, Normalizer, Options, Outcome, Script};
