//! Encodings that the WHATWG Encoding Standard has not, and old mail and news have: HZ, UTF-7; and UTF-32.

use super::encoding::Encoding;
use super::hz;
use super::step::Step;
use super::utf7;
use super::utf32;

/// Reads one of these encodings, piece by piece.
#[derive(Debug)]
pub(super) enum Reader {
    Hz(hz::Reader),
    Utf7(utf7::Reader),
    Utf32(utf32::Reader),
}

impl Reader {
    /// What reads the encoding, if it is one of these.
    pub fn of(encoding: Encoding) -> Option<Reader> {
        Some(match encoding {
            Encoding::Hz => Reader::Hz(hz::Reader::default()),
            Encoding::Utf7 => Reader::Utf7(utf7::Reader::default()),
            Encoding::Utf32Le => Reader::Utf32(utf32::Reader::new(u32::from_le_bytes)),
            Encoding::Utf32Be => Reader::Utf32(utf32::Reader::new(u32::from_be_bytes)),
            _ => return None,
        })
    }

    /// Reads as far as the bytes belong to the encoding, and appends their text; returns how many were read, too. `last`
    /// says that no others follow.
    pub fn read(&mut self, bytes: &[u8], last: bool, text: &mut String) -> (Step, usize) {
        match self {
            Reader::Hz(reader) => reader.read(bytes, last, text),
            Reader::Utf7(reader) => reader.read(bytes, last, text),
            Reader::Utf32(reader) => reader.read(bytes, last, text),
        }
    }
}

/// Writes text in one of these encodings and appends its bytes; each call ends where ASCII is ASCII.
///
/// # Errors
/// The first character that the encoding lacks, and where it begins, bytes; what is before it is written.
pub(super) fn write(
    encoding: Encoding,
    text: &str,
    out: &mut Vec<u8>,
) -> Result<(), (usize, char)> {
    match encoding {
        Encoding::Hz => hz::write(text, out)?,
        Encoding::Utf7 => utf7::write(text, out),
        Encoding::Utf32Le => out.extend(text.chars().flat_map(|c| u32::from(c).to_le_bytes())),
        Encoding::Utf32Be => out.extend(text.chars().flat_map(|c| u32::from(c).to_be_bytes())),
        _ => unreachable!("encoding_rs writes it"),
    }
    Ok(())
}
