//! Encoded words (RFC 2047): `=?big5?B?...?=`, text in a header that holds only ASCII.

use std::ops::Range;

use data_encoding::{BASE64, BASE64_NOPAD, HEXUPPER};

use super::charset::{self, Text};
use super::transfer::decode_quoted;

/// The longest encoded word, characters.
const LONGEST: usize = 75;

/// An encoded word, or several that are one because a character is cut between them.
#[derive(Debug)]
pub(super) struct Word<'d> {
    /// Where it stands.
    pub range: Range<usize>,
    /// The name of its encoding of characters, perhaps with a language behind `*`.
    charset: &'d [u8],
    /// `B` or `Q`, in its case.
    transfer: u8,
    /// What it encodes.
    bytes: Vec<u8>,
}

impl<'d> Word<'d> {
    /// The encoded word at `at`, if there is one.
    pub fn at(document: &'d [u8], at: usize, end: usize) -> Option<Word<'d>> {
        let text = document[at..end].strip_prefix(b"=?")?;
        let mut pieces = text.splitn(4, |byte| *byte == b'?');
        let (charset, transfer, encoded) = (pieces.next()?, pieces.next()?, pieces.next()?);
        if !pieces.next()?.starts_with(b"=") {
            return None;
        }
        let all = [charset, transfer, encoded];
        // Blanks are not allowed in encoded text, but are written there.
        let is_inside = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
        if charset.is_empty() || !all.iter().all(|piece| piece.iter().all(is_inside)) {
            return None;
        }
        let mut bytes = Vec::new();
        match transfer {
            b"B" | b"b" => {
                let packed: Vec<u8> = encoded
                    .iter()
                    .copied()
                    .filter(|byte| !b"= ".contains(byte))
                    .collect();
                bytes = BASE64_NOPAD.decode(&packed).ok()?;
            }
            b"Q" | b"q" => {
                let spaced: Vec<u8> = encoded
                    .iter()
                    .map(|byte| if *byte == b'_' { b' ' } else { *byte })
                    .collect();
                decode_quoted(&spaced, &mut bytes)?;
            }
            _ => return None,
        }
        let length = all.iter().map(|piece| piece.len()).sum::<usize>()
            + "=?".len()
            + "??".len()
            + "?=".len();
        Some(Word {
            range: at..at + length,
            charset,
            transfer: transfer[0],
            bytes,
        })
    }

    /// An empty word in UTF-8 in this place, which says what is written with [`Word::encode`].
    pub fn in_utf8(range: Range<usize>) -> Word<'static> {
        Word {
            range,
            charset: b"utf-8",
            transfer: b'B',
            bytes: Vec::new(),
        }
    }

    /// What it says; `None` if it cannot be read.
    pub fn text(&self) -> Option<Text> {
        let name = self.charset.split(|byte| *byte == b'*').next()?;
        charset::read(&self.bytes, Some(&String::from_utf8_lossy(name)))
    }

    /// Takes the word behind it to it, if both are encoded alike.
    pub fn join(&mut self, next: Word) -> Result<(), ()> {
        if !self.charset.eq_ignore_ascii_case(next.charset)
            || !self.transfer.eq_ignore_ascii_case(&next.transfer)
        {
            return Err(());
        }
        self.range.end = next.range.end;
        self.bytes.extend(next.bytes);
        Ok(())
    }

    /// Words that say something else; `old` is what this one says, `fold` what stands between two of them.
    pub fn encode(&self, old: &Text, new: &str, fold: &[u8]) -> Vec<u8> {
        let fits = old.encode(new).is_some();
        let charset = if fits { self.charset } else { b"utf-8" };
        let encoded = |text: &str| {
            let bytes = if fits { old.encode(text) } else { None };
            let bytes = bytes.unwrap_or_else(|| text.as_bytes().to_vec());
            self.packed(&bytes)
        };
        let room = LONGEST
            .saturating_sub(charset.len() + "=??B??=".len())
            .max(12);
        let mut out = Vec::new();
        let mut rest = new;
        while !rest.is_empty() {
            let mut word = String::new();
            let mut length = 0;
            for (at, character) in rest.char_indices() {
                let longer = at + character.len_utf8();
                let packed = encoded(&rest[..longer]);
                if packed.len() > room && length > 0 {
                    break;
                }
                (word, length) = (packed, longer);
            }
            if !out.is_empty() {
                out.extend(fold);
            }
            out.extend(b"=?");
            out.extend(charset);
            out.extend([b'?', self.transfer, b'?']);
            out.extend(word.bytes());
            out.extend(b"?=");
            rest = &rest[length..];
        }
        out
    }

    fn packed(&self, bytes: &[u8]) -> String {
        if self.transfer.eq_ignore_ascii_case(&b'B') {
            return BASE64.encode(bytes);
        }
        // What may stand unencoded anywhere, in names too (RFC 2047, 5).
        let quoted = |byte: &u8| match byte {
            b' ' => "_".to_owned(),
            byte if byte.is_ascii_alphanumeric() || b"!*+-/".contains(byte) => {
                char::from(*byte).to_string()
            }
            byte => format!("={}", HEXUPPER.encode(&[*byte])),
        };
        bytes.iter().map(quoted).collect()
    }
}
