//! A character of text in RTF, and how another is written in its place.

use std::collections::HashMap;
use std::ops::Range;

use encoding_rs::Encoding;

/// A character of text.
#[derive(Debug)]
pub(super) struct Unit {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it says.
    pub text: String,
    /// How it is written.
    pub form: Form,
}

/// The bytes of characters that were encoded; encoding_rs looks each up in a long table.
pub(super) type Encoded = HashMap<(&'static str, char), Option<Vec<u8>>>;

/// How a character is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The encoding that bytes are read in here.
    pub encoding: &'static Encoding,
    /// How many characters behind `\u` stand for it in programs that do not know it.
    pub fallback: usize,
    /// Whether it is written as `\u`.
    pub is_unicode: bool,
}

impl Form {
    /// Writes text in this form.
    pub fn write(self, text: &str, known: &mut Encoded, out: &mut Vec<u8>) {
        for character in text.chars() {
            match character {
                '\\' | '{' | '}' => out.extend([b'\\', character as u8]),
                ' '..='~' => out.push(character as u8),
                '\u{A0}' => out.extend(br"\~"),
                _ => {
                    let key = (self.encoding.name(), character);
                    let bytes = known.entry(key).or_insert_with(|| self.encoded(character));
                    match bytes {
                        Some(bytes) if !self.is_unicode => hex(bytes, out),
                        bytes => self.unicode(character, bytes.as_deref(), out),
                    }
                }
            }
        }
    }

    /// The character's bytes in the encoding, if that has it.
    fn encoded(self, character: char) -> Option<Vec<u8>> {
        let text = character.to_string();
        let (bytes, _, unmappable) = self.encoding.encode(&text);
        (!unmappable).then(|| bytes.into_owned())
    }

    /// Writes `\u22270` and what stands for it elsewhere.
    fn unicode(self, character: char, encoded: Option<&[u8]>, out: &mut Vec<u8>) {
        for unit in character.encode_utf16(&mut [0; 2]) {
            out.extend(format!("\\u{}", unit.cast_signed()).bytes());
            match encoded {
                _ if self.fallback == 0 => out.push(b' '),
                Some(bytes) if bytes.len() == self.fallback => hex(bytes, out),
                _ => out.extend(std::iter::repeat_n(b'?', self.fallback)),
            }
        }
    }
}

fn hex(bytes: &[u8], out: &mut Vec<u8>) {
    let digit = |digit: u8| b"0123456789abcdef"[usize::from(digit)];
    for byte in bytes {
        out.extend([b'\\', b'\'', digit(byte >> 4), digit(byte & 15)]);
    }
}
