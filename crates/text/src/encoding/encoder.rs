//! Text to bytes.

use encoding_rs::EncoderResult;

use super::encoding::Encoding;

/// A character that the output's encoding lacks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{encoding} has no {character} (U+{:04X}), at byte {offset} of the text in UTF-8",
    u32::from(*character)
)]
pub struct EncodeError {
    /// The encoding that was being written.
    pub encoding: Encoding,
    /// The character.
    pub character: char,
    /// Where it stands: bytes of the output in UTF-8 before it.
    pub offset: u64,
}

/// Writes text that comes in pieces. UTF-16 begins with a BOM; nothing else does.
pub struct Encoder {
    encoding: Encoding,
    lossy: bool,
    /// `None` for UTF-8 and UTF-16.
    encoder: Option<encoding_rs::Encoder>,
    offset: u64,
    /// Whether the BOM is written, where there is one.
    begun: bool,
    replaced: u64,
}

impl Encoder {
    /// With `lossy` it puts `?` in place of characters that the encoding lacks; otherwise they are an error.
    pub fn new(encoding: Encoding, lossy: bool) -> Encoder {
        let encoder = match encoding {
            Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => None,
            _ => Some(encoding.implementation().new_encoder()),
        };
        Encoder {
            encoding,
            lossy,
            encoder,
            offset: 0,
            begun: false,
            replaced: 0,
        }
    }

    /// Writes the next piece of text and appends its bytes to `bytes`.
    ///
    /// # Errors
    /// The first character that the encoding lacks, unless the encoder is lossy.
    pub fn push(&mut self, text: &str, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        let utf16 = |to_bytes: fn(u16) -> [u8; 2], mark: bool| {
            let mark = mark.then_some(0xFEFF);
            mark.into_iter()
                .chain(text.encode_utf16())
                .flat_map(to_bytes)
        };
        let first = !std::mem::replace(&mut self.begun, true);
        match &mut self.encoder {
            Some(encoder) => {
                let mut rest = text;
                while !rest.is_empty() {
                    bytes.reserve(rest.len() + 16);
                    let (result, read) =
                        encoder.encode_from_utf8_to_vec_without_replacement(rest, bytes, false);
                    rest = &rest[read..];
                    self.offset += read as u64;
                    if let EncoderResult::Unmappable(character) = result {
                        if !self.lossy {
                            return Err(EncodeError {
                                encoding: self.encoding,
                                character,
                                offset: self.offset - character.len_utf8() as u64,
                            });
                        }
                        bytes.push(b'?');
                        self.replaced += 1;
                    }
                }
                return Ok(());
            }
            None if self.encoding == Encoding::Utf8 => bytes.extend(text.as_bytes()),
            None if self.encoding == Encoding::Utf16Le => {
                bytes.extend(utf16(u16::to_le_bytes, first))
            }
            None => bytes.extend(utf16(u16::to_be_bytes, first)),
        }
        self.offset += text.len() as u64;
        Ok(())
    }

    /// Takes note of text that was written elsewhere, and how many characters were replaced there.
    pub fn pass_over(&mut self, text: &str, replaced: u64) {
        self.begun = true;
        self.offset += text.len() as u64;
        self.replaced += replaced;
    }

    /// How many characters were replaced.
    pub fn replaced(&self) -> u64 {
        self.replaced
    }
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encoder")
            .field("encoding", &self.encoding)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}
