//! Bytes to text: which encoding a document is in, and what it says.

mod content;
mod declared;
mod decoder;
mod detect;
mod encoding;
mod pairs;

pub(crate) use decoder::decode_at;
pub use decoder::{DecodeError, Decoder, decode};
pub use detect::{Detection, Evidence, Undetected, detect, is_binary};
pub use encoding::{Encoding, UnknownEncoding};
