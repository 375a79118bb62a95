//! Bytes to text: which encoding a document is in, and what it says.

mod content;
mod declared;
mod decoder;
mod detect;
mod encoding;
mod pairs;

pub(crate) use decoder::decode_at;
pub use decoder::{DecodeError, Decoder, decode};
pub(crate) use detect::detect_validated;
pub use detect::{Detection, Evidence, Undetected, detect, is_binary};
pub use encoding::{Encoding, UnknownEncoding};
