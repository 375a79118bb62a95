//! Why a document could not be normalised.

use jianti_formats::Format;
use jianti_opencc::EngineError;
use jianti_text::encoding::{DecodeError, EncodeError, Undetected};

/// Why a document could not be normalised. The messages do not name the file: the caller knows it. Nothing is left out of a match:
/// whoever tells of errors in another language has the compiler say which one is missing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The document is not text.
    #[error("this is a binary file, not text")]
    Binary,
    /// The document is of a kind that is known and not read.
    #[error("this is a file of the kind {kind}, which is not supported")]
    Unsupported {
        /// What it is called, such as `PDF`.
        kind: &'static str,
    },
    /// No encoding fits.
    #[error(transparent)]
    Undetected(#[from] Undetected),
    /// Bytes that do not belong to the input's encoding.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// A character that the output's encoding lacks.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A document that is not what its format says, or an archive that is damaged or would do harm where it is unpacked.
    #[error(transparent)]
    Format(jianti_formats::Error),
    /// A member of an archive that could not be normalised.
    #[error("{name}: {cause}")]
    Member {
        /// The member's name; bytes that are not UTF-8 show as U+FFFD.
        name: String,
        /// Why.
        cause: Box<Error>,
    },
    /// An engine that is not ours failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Error {
    /// What a document is called that is left as it is, if that is no failure: it is of a kind that is not supported, or it
    /// is called YAML or TOML and is neither, as templates that become some are.
    pub fn kind_left_alone(&self) -> Option<&'static str> {
        match self {
            Error::Unsupported { kind } => Some(kind),
            Error::Format(jianti_formats::Error::Document { format, .. }) => match format {
                Format::Yaml => Some("invalid YAML"),
                Format::Toml => Some("invalid TOML"),
                _ => None,
            },
            _ => None,
        }
    }

    /// How many places could not be decoded, if that is what failed.
    pub fn undecodable(&self) -> Option<u64> {
        match self {
            Error::Decode(error) => Some(error.count),
            Error::Member { cause, .. } => cause.undecodable(),
            _ => None,
        }
    }
}

impl From<jianti_formats::Error> for Error {
    fn from(error: jianti_formats::Error) -> Self {
        match error {
            jianti_formats::Error::Undetected(error) => Error::Undetected(error),
            jianti_formats::Error::Decode(error) => Error::Decode(error),
            jianti_formats::Error::Io(error) => Error::Io(error),
            error => Error::Format(error),
        }
    }
}
