//! Turns Chinese text of any script mix and encoding into consistent simplified text.
//!
//! [`Normalizer`] takes documents as bytes, in memory or as a stream. Data flows one way: decode, repair, convert,
//! punctuate, encode.
#![forbid(unsafe_code)]

mod choice;
mod context;
mod doubts;
mod error;
mod masked;
mod normalizer;
mod options;
mod outcome;
mod pipeline;
mod punctuate;
mod records;
mod stages;

pub use choice::Reason;
pub use doubts::ChosenPlace;
pub use error::Error;
pub use jianti_data::{OPENCC_VERSION, converter, model_checksum};
pub use jianti_formats::archive::compressed::Compression;
pub use jianti_formats::archive::limits::Exceeded as LimitExceeded;
pub use jianti_formats::{Error as FormatError, Format, Refusal, UnknownFormat};
#[cfg(fuzzing)]
pub use jianti_opencc::Way;
pub use jianti_opencc::{
    Config, Converter, Dictionary, EngineError, ParseError, UnknownConfig, vectors,
};
#[cfg(feature = "opencc")]
pub use jianti_reference::Reference;
pub use jianti_repair as repair;
pub use jianti_text::{Language, Outside, Script, ScriptCount, encoding};
pub use normalizer::Normalizer;
pub use options::{Bom, Engine, Options, Punctuation, Repair};
pub use outcome::{Common, Comparison, MemberCounts, Outcome};
pub use records::{RecordError, RecordOutcome};
