//! Text to bytes.

use encoding_rs::EncoderResult;

use super::encoding::Encoding;
use super::own;

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

/// Writes text that comes in pieces. UTF-16 and UTF-32 begin with a BOM; nothing else does, unless it is asked for.
pub struct Encoder {
    encoding: Encoding,
    lossy: bool,
    /// `None` for Unicode's own encodings, and HZ.
    encoder: Option<encoding_rs::Encoder>,
    offset: u64,
    /// Whether there is to be a BOM, and whether it would be written by now.
    bom: bool,
    begun: bool,
    replaced: u64,
}

impl Encoder {
    /// With `lossy` it puts `?` in place of characters that the encoding lacks; otherwise they are an error.
    pub fn new(encoding: Encoding, lossy: bool) -> Encoder {
        let (mut encoder, mut bom) = (None, false);
        match encoding {
            Encoding::Utf8 => {}
            Encoding::Utf16Le | Encoding::Utf16Be => bom = true,
            _ => {
                let found = encoding.implementation();
                encoder = found.map(encoding_rs::Encoding::new_encoder);
                bom = matches!(encoding, Encoding::Utf32Le | Encoding::Utf32Be);
            }
        }
        Encoder {
            encoding,
            lossy,
            encoder,
            offset: 0,
            bom,
            begun: false,
            replaced: 0,
        }
    }

    /// The same, with or without a BOM, as far as the encoding has one.
    #[must_use]
    pub fn with_bom(self, bom: bool) -> Encoder {
        Encoder { bom, ..self }
    }

    /// Whether it writes text as it is: UTF-8, behind the BOM if there is one.
    pub fn is_verbatim(&self) -> bool {
        self.encoding == Encoding::Utf8 && (self.begun || !self.bom)
    }

    /// Writes the next piece of text and appends its bytes to `bytes`.
    ///
    /// # Errors
    /// The first character that the encoding lacks, unless the encoder is lossy.
    pub fn push(&mut self, text: &str, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        if !std::mem::replace(&mut self.begun, true) && self.bom {
            bytes.extend(self.encoding.mark());
        }
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to_bytes);
        match self.encoding {
            Encoding::Utf8 => bytes.extend(text.as_bytes()),
            Encoding::Utf16Le => bytes.extend(utf16(u16::to_le_bytes)),
            Encoding::Utf16Be => bytes.extend(utf16(u16::to_be_bytes)),
            _ => return self.push_table(text, bytes),
        }
        self.offset += text.len() as u64;
        Ok(())
    }

    /// The same in an encoding that may lack characters.
    fn push_table(&mut self, text: &str, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        let mut rest = text;
        while !rest.is_empty() {
            let (read, lacking) = self.front(rest, bytes);
            self.offset += read as u64;
            rest = &rest[read..];
            let Some(character) = lacking else {
                continue;
            };
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
        Ok(())
    }

    /// Writes up to a character that the encoding lacks; returns how much of the text was read with it, and itself.
    fn front(&mut self, text: &str, bytes: &mut Vec<u8>) -> (usize, Option<char>) {
        let Some(encoder) = &mut self.encoder else {
            return match own::write(self.encoding, text, bytes) {
                Ok(()) => (text.len(), None),
                Err((at, character)) => (at + character.len_utf8(), Some(character)),
            };
        };
        bytes.reserve(text.len() + 16);
        match encoder.encode_from_utf8_to_vec_without_replacement(text, bytes, false) {
            (EncoderResult::Unmappable(character), read) => (read, Some(character)),
            (_, read) => (read, None),
        }
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
