//! What to do about the library's errors, by the options that this program has.

use std::fmt::Write as _;

use jianti::{Error, FormatError, LimitExceeded, ParquetRefusal};

/// An error's message, and what to do about it.
pub fn message(error: &Error) -> String {
    let mut message = error.to_string();
    if let Some(hint) = hint(error) {
        write!(message, "; {hint}").expect("a string can be written");
    }
    message
}

/// What to do about an error, if anything can be.
pub fn hint(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::Unsupported { kind: "Parquet" } if jianti::PARQUET => {
            "name its columns of text with --field"
        }
        Error::Undetected(_) => "name the encoding with --encoding",
        Error::Decode(_) => {
            "name the encoding with --encoding, or accept U+FFFD in its place with --lossy"
        }
        Error::Encode(_) => "choose another --to-encoding, or accept ? in its place with --lossy",
        Error::Format(FormatError::Document { .. }) => "name its format with --format",
        Error::Format(FormatError::TooMuch { .. }) => {
            "divide the file, or have it taken for plain text with --format text"
        }
        Error::Format(FormatError::Record { .. }) => {
            "correct the line, or have the others converted, without --strict"
        }
        Error::Format(FormatError::Parquet(ParquetRefusal::Row { .. })) => {
            "correct it, or have the others converted, without --strict"
        }
        Error::Format(FormatError::Refused { .. }) => {
            "unpack the archive with care, or leave it as it is, without --archives"
        }
        Error::Io(error) => match LimitExceeded::of(error)? {
            LimitExceeded::Ratio | LimitExceeded::Size => {
                "if you trust it, lift the limits with --no-limits"
            }
            LimitExceeded::Part => "lift the limits with --no-limits",
            _ => return None,
        },
        Error::Member { cause, .. } => return hint(cause),
        Error::Format(FormatError::Part { cause, .. }) => match &**cause {
            FormatError::Io(error) => match LimitExceeded::of(error)? {
                LimitExceeded::Part => "lift the limits with --no-limits",
                _ => "if you trust it, lift the limits with --no-limits",
            },
            _ => return None,
        },
        _ => return None,
    })
}
