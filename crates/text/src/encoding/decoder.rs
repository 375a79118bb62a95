//! Bytes to text, in one piece or in several.

use std::borrow::Cow;

use encoding_rs::DecoderResult;

use super::encoding::Encoding;
use super::pairs::Pairs;

/// The longest sequence of bytes, in any encoding, that an error may show.
const SHOWN: usize = 4;

/// Bytes that do not belong to the encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid {encoding} at byte offset {offset} ({})", shown(bytes))]
pub struct DecodeError {
    /// The encoding that was being read.
    pub encoding: Encoding,
    /// Where the bytes begin, in bytes from the beginning of the document.
    pub offset: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

fn shown(bytes: &[u8]) -> String {
    let hex: Vec<_> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!(
        "byte{} {}",
        if hex.len() == 1 { "" } else { "s" },
        hex.join(" ")
    )
}

/// Reads text from bytes that come in pieces. The result does not depend on where the pieces are cut.
pub struct Decoder {
    encoding: Encoding,
    lossy: bool,
    decoder: encoding_rs::Decoder,
    /// Bytes read so far, counted from the beginning of the document.
    offset: u64,
    /// The last bytes before the current piece.
    before: Vec<u8>,
    replaced: u64,
}

impl Decoder {
    /// A decoder for what follows byte `offset` of a document, behind its BOM. With `lossy` it puts U+FFFD in place of
    /// what does not belong to the encoding; otherwise that is an error.
    pub fn new(encoding: Encoding, lossy: bool, offset: u64) -> Decoder {
        Decoder {
            encoding,
            lossy,
            decoder: encoding.implementation().new_decoder_without_bom_handling(),
            offset,
            before: Vec::new(),
            replaced: 0,
        }
    }

    /// Reads the next piece and appends its text to `text`; `last` says that no other follows.
    ///
    /// # Errors
    /// The first bytes that do not belong to the encoding, unless the decoder is lossy. `text` then holds what comes
    /// before them.
    pub fn push(&mut self, bytes: &[u8], last: bool, text: &mut String) -> Result<(), DecodeError> {
        let start = self.offset;
        let mut rest = bytes;
        let pairs = Pairs::of(self.encoding);
        loop {
            let step = match pairs {
                None => rest.len(),
                // To the end of a sequence that has begun.
                Some(_) if !self.stands_between_characters() => rest.len().min(1),
                Some(pairs) => {
                    text.reserve(rest.len() * 3 / 2 + 16);
                    let read = pairs.read(rest, text);
                    self.offset += read as u64;
                    rest = &rest[read..];
                    // The longest sequence; behind it there may be pairs again.
                    rest.len().min(SHOWN)
                }
            };
            let ends = step == rest.len();
            let room = self
                .decoder
                .max_utf8_buffer_length_without_replacement(step);
            // The bound is three bytes for each; Chinese text needs half of that, so ask for less at first.
            text.reserve(room.map_or(step, |room| room.min(step * 3 / 2 + 16)));
            let (result, read) = self.decoder.decode_to_string_without_replacement(
                &rest[..step],
                text,
                last && ends,
            );
            self.offset += read as u64;
            rest = &rest[read..];
            match result {
                DecoderResult::InputEmpty if ends => break,
                DecoderResult::InputEmpty => {}
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    if !self.lossy {
                        return Err(self.error(bytes, start, length.into(), after.into()));
                    }
                    self.replaced += 1;
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
        self.remember(bytes);
        Ok(())
    }

    /// Reads the next piece as [`Decoder::push`] does; borrowed if it is UTF-8.
    ///
    /// # Errors
    /// Those of [`Decoder::push`].
    pub fn read<'b>(&mut self, bytes: &'b [u8], last: bool) -> Result<Cow<'b, str>, DecodeError> {
        if self.encoding == Encoding::Utf8
            && self.stands_between_characters()
            && let Ok(text) = simdutf8::basic::from_utf8(bytes)
        {
            self.offset += bytes.len() as u64;
            self.remember(bytes);
            return Ok(Cow::Borrowed(text));
        }
        let mut text = String::new();
        self.push(bytes, last, &mut text)?;
        Ok(Cow::Owned(text))
    }

    /// Keeps the last bytes of a piece, for errors in the next one.
    fn remember(&mut self, piece: &[u8]) {
        let kept = piece.len().saturating_sub(SHOWN);
        self.before.extend(&piece[kept..]);
        self.before.drain(..self.before.len().saturating_sub(SHOWN));
    }

    /// Takes note of whole lines that were read elsewhere, and how many times U+FFFD was put in there.
    pub fn pass_over(&mut self, lines: &[u8], replaced: u64) {
        self.offset += lines.len() as u64;
        self.replaced += replaced;
    }

    /// Whether no sequence of bytes has begun that the next piece goes on with.
    fn stands_between_characters(&self) -> bool {
        self.decoder.latin1_byte_compatible_up_to(b"").is_some()
    }

    /// How many times U+FFFD was put in.
    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// The error for `length` bytes, `after` bytes before the current offset, in the piece that begins at `start`.
    fn error(&self, piece: &[u8], start: u64, length: u64, after: u64) -> DecodeError {
        let offset = self.offset - after - length;
        let known = [&self.before[..], piece].concat();
        let first = (offset + self.before.len() as u64 - start) as usize;
        DecodeError {
            encoding: self.encoding,
            offset,
            bytes: known[first..first + length as usize].to_vec(),
        }
    }
}

/// Reads a whole document, whose BOM is `bom_len` bytes long. Returns its text (borrowed if the bytes are UTF-8) and how
/// many times U+FFFD was put in (only with `lossy`).
///
/// # Errors
/// The first bytes that do not belong to the encoding, unless `lossy`.
pub fn decode(
    bytes: &[u8],
    encoding: Encoding,
    bom_len: usize,
    lossy: bool,
) -> Result<(Cow<'_, str>, u64), DecodeError> {
    let mut decoder = Decoder::new(encoding, lossy, bom_len as u64);
    let text = decoder.read(&bytes[bom_len..], true)?;
    Ok((text, decoder.replaced()))
}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoder")
            .field("encoding", &self.encoding)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
