//! Bytes to text and back: which encoding a document is in, what it says, and how text is written.

mod content;
mod declared;
mod decoder;
mod detect;
mod encoder;
#[allow(clippy::module_inception, reason = "the type that the module is about")]
mod encoding;
mod hz;
mod kept;
mod own;
mod pairs;
mod step;
mod utf32;
mod utf7;

pub use decoder::{DecodeError, Decoder, decode};
pub use detect::{
    Detection, Evidence, Undetected, detect, detect_validated, is_binary, is_binary_with, seven_bit,
};
pub use encoder::{EncodeError, Encoder};
pub use encoding::{Encoding, UnknownEncoding};
pub use kept::kept_at;
