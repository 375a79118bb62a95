//! Turns Chinese text of any script mix and encoding into consistent simplified text.
//!
//! A [`Normalizer`] is made of [`Options`] once, and is `Send + Sync`: one serves all threads. Data flows one way: decode,
//! repair, convert, punctuate, encode. What was done is an [`Outcome`]: encoding, script, repairs, what is in doubt.
//!
//! | what you have | what takes it |
//! | --- | --- |
//! | text | [`Normalizer::normalize_str`], [`Normalizer::append_str`] |
//! | a file's bytes | [`Normalizer::normalize_named`] |
//! | a stream of any size | [`Normalizer::normalize_stream_named`] |
//! | records | [`Normalizer::normalize_stream_records`] |
//! | a book, an office document, an archive | [`Normalizer::normalize_container`] |
//! | a question what would change | [`Normalizer::compare_named`], [`Normalizer::compare_container`] |
//!
//! # Text
//!
//! ```
//! use jianti::{Normalizer, Options};
//!
//! let normalizer = Normalizer::new(Options::default())?;
//! let (text, outcome) = normalizer.normalize_str("王乾先生看著關於餅乾的書。")?;
//! assert_eq!(text, "王乾先生看着关于饼干的书。");
//! assert_eq!(outcome.doubtful, 0);
//! # Ok::<(), jianti::Error>(())
//! ```
//!
//! # A file in any encoding
//!
//! ```
//! use jianti::{Normalizer, Options, Script};
//!
//! let big5 = [0xB9, 0xCF, 0xAE, 0xD1, 0xC0, 0x5D, 0xC0, 0x52]; // 圖書館靜
//! let options = Options::default().with(|options| options.encoding = "big5".parse().ok());
//! let (bytes, outcome) = Normalizer::new(options)?.normalize_named("a.txt", &big5)?;
//! assert_eq!(String::from_utf8(bytes)?, "图书馆静");
//! assert_eq!(outcome.script, Script::Traditional);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A stream
//!
//! ```
//! use jianti::{Normalizer, Options};
//!
//! let mut input = "<p title=\"頭髮\">頭<b>髮</b></p>".as_bytes();
//! let mut output = Vec::new();
//! let normalizer = Normalizer::new(Options::default())?;
//! normalizer.normalize_stream_named("page.html", &mut input, &mut output)?;
//! assert_eq!(String::from_utf8(output)?, "<p title=\"头发\">头<b>发</b></p>");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Records
//!
//! Each record is a document of its own: its language, its script, its errors.
//!
//! ```
//! use jianti::{Normalizer, Options};
//!
//! let mut input = "{\"id\": 7, \"text\": \"關於\"}\n{\"id\": 8, \"text\": \"关于\"}\n".as_bytes();
//! let options = Options::default().with(|options| {
//!     options.fields = vec!["text".to_owned()];
//!     options.records = true;
//!     options.record_id = Some("id".to_owned());
//! });
//! let (mut output, mut changed) = (Vec::new(), Vec::new());
//! let each = &mut |record: jianti::RecordOutcome| changed.push((record.id, record.changed));
//! let normalizer = Normalizer::new(options)?;
//! normalizer.normalize_stream_records("a.jsonl", &mut input, &mut output, each)?;
//! assert_eq!(changed, [(Some("7".to_owned()), true), (Some("8".to_owned()), false)]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The folder `examples/` has the same as programs. Without the default feature `cli` the library has no dependency that only
//! the program needs.
#![forbid(unsafe_code)]

/// Whether Parquet files are read (the feature `parquet`); without it they are [`Error::Unsupported`], as they are where no
/// column is named.
pub const PARQUET: bool = cfg!(feature = "parquet");

mod choice;
mod context;
mod doubts;
mod error;
mod glance;
mod masked;
mod normalizer;
mod options;
mod outcome;
mod pipeline;
mod punctuate;
mod records;
mod romaji;
mod stages;

pub use choice::Reason;
pub use doubts::ChosenPlace;
pub use error::Error;
pub use jianti_data::{OPENCC_VERSION, converter, model_bytes};
pub use jianti_formats::archive::compressed::{Compression, Damaged as DamagedData};
pub use jianti_formats::archive::limits::Exceeded as LimitExceeded;
pub use jianti_formats::{
    ArchiveFault, DocumentFault, Error as FormatError, Format, ParquetFault, ParquetRefusal,
    Refusal, UnknownFormat,
};
#[cfg(fuzzing)]
pub use jianti_opencc::Way;
pub use jianti_opencc::{
    Config, Converter, Dictionary, DictionaryFault, EngineError, ParseError, UnknownConfig, vectors,
};
#[cfg(feature = "opencc")]
pub use jianti_reference::Reference;
pub use jianti_repair as repair;
pub use jianti_text::{Language, Outside, Script, ScriptCount, encoding};
pub use normalizer::Normalizer;
pub use options::{Bom, Engine, Options, Punctuation, Repair};
pub use outcome::{Common, Comparison, MemberCounts, Outcome};
pub use records::{RecordError, RecordOutcome};
