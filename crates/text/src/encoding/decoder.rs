//! Bytes to text, in one piece or in several.

use std::borrow::Cow;

use encoding_rs::DecoderResult;

use super::encoding::Encoding;
use super::kept::Kept;
use super::own::Reader;
use super::pairs::Pairs;
use super::step::Step;

/// The longest sequence of bytes, in any encoding, that an error may show.
const SHOWN: usize = 4;

/// Bytes that do not belong to the encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid {encoding} at byte offset {offset} ({}){}", shown(bytes), others(*count))]
pub struct DecodeError {
    /// The encoding that was being read.
    pub encoding: Encoding,
    /// Where the bytes begin, in bytes from the beginning of the document.
    pub offset: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many such places there are in what was read, with this first one.
    pub count: u64,
}

fn others(count: u64) -> String {
    match count {
        0..=1 => String::new(),
        count => format!(", the first of {count} such places"),
    }
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
    inner: Inner,
    /// Bytes read so far, counted from the beginning of the document.
    offset: u64,
    /// The last bytes before the current piece.
    before: Vec<u8>,
    replaced: u64,
    /// What does not belong to the encoding, if it is kept.
    kept: Option<Kept>,
    /// What did not belong to the encoding first, if that is an error.
    failed: Option<DecodeError>,
}

/// What reads the encoding.
enum Inner {
    Standard(encoding_rs::Decoder),
    Own(Reader),
}

impl Decoder {
    /// A decoder for what follows byte `offset` of a document, behind its BOM. With `lossy` it puts U+FFFD in place of
    /// what does not belong to the encoding; otherwise that is an error.
    pub fn new(encoding: Encoding, lossy: bool, offset: u64) -> Decoder {
        let inner = match (encoding.implementation(), Reader::of(encoding)) {
            (_, Some(reader)) => Inner::Own(reader),
            (Some(found), None) => Inner::Standard(found.new_decoder_without_bom_handling()),
            (None, None) => unreachable!("each is read by one"),
        };
        Decoder {
            encoding,
            lossy,
            inner,
            offset,
            before: Vec::new(),
            replaced: 0,
            kept: None,
            failed: None,
        }
    }

    /// From now on marks stand in the text for what does not belong to the encoding, which is no error: [`kept_at`] finds
    /// them, and [`Decoder::restore`] puts the bytes back.
    ///
    /// [`kept_at`]: super::kept_at
    pub fn keep_malformed(&mut self) {
        self.kept.get_or_insert_with(Kept::new);
    }

    /// Puts the bytes back that marks stand for in text that was read and goes on, in UTF-8; `None` if it has none.
    pub fn restore(&mut self, text: &[u8]) -> Option<Vec<u8>> {
        self.kept.as_mut()?.restore(text)
    }

    /// Reads the next piece and appends its text to `text`; `last` says that no other follows.
    ///
    /// # Errors
    /// The first bytes that do not belong to the encoding, unless the decoder is lossy, and how many such places there are
    /// in what was read so far. The text is of no use then; to count on, further pieces can be read, each with that error.
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
            let (malformed, read) = self.step(&rest[..step], last && ends, text);
            self.offset += read as u64;
            rest = &rest[read..];
            match malformed {
                Some((length, after)) if self.kept.is_some() => {
                    let error = self.error(bytes, start, length.into(), after.into());
                    if let Some(kept) = &mut self.kept {
                        kept.keep(error.bytes, text);
                    }
                }
                Some((length, after)) => {
                    if !self.lossy && self.failed.is_none() {
                        self.failed = Some(self.error(bytes, start, length.into(), after.into()));
                    }
                    if let Some(failed) = &mut self.failed {
                        failed.count += 1;
                    }
                    self.replaced += 1;
                    text.push(char::REPLACEMENT_CHARACTER);
                }
                None if rest.is_empty() && ends => break,
                None => {}
            }
        }
        self.remember(bytes);
        self.failed.clone().map_or(Ok(()), Err)
    }

    /// Reads up to what does not belong to the encoding: its length, and how many bytes behind it were read. Returns how
    /// many bytes were read in all, too.
    fn step(&mut self, bytes: &[u8], last: bool, text: &mut String) -> (Option<(u8, u8)>, usize) {
        let decoder = match &mut self.inner {
            Inner::Own(reader) => {
                let (step, read) = reader.read(bytes, last, text);
                return match step {
                    Step::Empty => (None, read),
                    Step::Malformed(length) => (Some((length, 0)), read),
                };
            }
            Inner::Standard(decoder) => decoder,
        };
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
        // The bound is three bytes for each; Chinese text needs half of that, so ask for less at first.
        let likely = bytes.len() * 3 / 2 + 16;
        text.reserve(room.map_or(bytes.len(), |room| room.min(likely)));
        let (result, read) = decoder.decode_to_string_without_replacement(bytes, text, last);
        match result {
            DecoderResult::Malformed(length, after) => (Some((length, after)), read),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => (None, read),
        }
    }

    /// Reads the next piece as [`Decoder::push`] does; borrowed if it is UTF-8.
    ///
    /// # Errors
    /// Those of [`Decoder::push`].
    pub fn read<'b>(&mut self, bytes: &'b [u8], last: bool) -> Result<Cow<'b, str>, DecodeError> {
        if self.encoding == Encoding::Utf8 && self.stands_between_characters() {
            let begun = if last { 0 } else { begun_character(bytes) };
            let (whole, begun) = bytes.split_at(bytes.len() - begun);
            if let Ok(text) = simdutf8::basic::from_utf8(whole) {
                self.offset += whole.len() as u64;
                self.remember(whole);
                if !begun.is_empty() {
                    self.push(begun, false, &mut String::new())?;
                }
                return Ok(Cow::Borrowed(text));
            }
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
        match &self.inner {
            Inner::Standard(decoder) => decoder.latin1_byte_compatible_up_to(b"").is_some(),
            Inner::Own(_) => false,
        }
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
            count: 0,
        }
    }
}

/// The length of the character of UTF-8 that begins at the end of a piece and goes on in the next; 0 if none does.
fn begun_character(piece: &[u8]) -> usize {
    let begun = (1..char::MAX_LEN_UTF8.min(piece.len() + 1)).find(|length| {
        let end = str::from_utf8(&piece[piece.len() - length..]);
        end.is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
    });
    begun.unwrap_or(0)
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
