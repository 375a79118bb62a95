//! Turns Chinese text of any script mix and encoding into consistent simplified text.
//!
//! [`Normalizer`] takes documents as bytes, in memory or as a stream. Data flows one way: [`decode`], [`repair`],
//! [`convert`], punctuate, [`encode`].

mod classes;
pub mod convert;
pub mod decode;
mod document;
mod doubts;
pub mod encode;
mod language;
mod model;
mod parallel;
mod pipeline;
mod places;
mod punctuate;
pub mod repair;
mod stream;
mod text;

pub use convert::{Outside, Script};
pub use document::{Format, MemberCounts, UnknownFormat};
pub use doubts::DoubtfulPlace;
pub use language::Language;
pub use pipeline::{Engine, Error, Normalizer, Options, Outcome, Punctuation, Repair};
