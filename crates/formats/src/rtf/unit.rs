//! A character of text in RTF, and how another is written in its place.

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
    pub fn write(self, text: &str, out: &mut Vec<u8>) {
        for character in text.chars() {
            match character {
                '\\' | '{' | '}' => out.extend([b'\\', character as u8]),
                ' '..='~' => out.push(character as u8),
                '\u{A0}' => out.extend(br"\~"),
                _ => match self.encoded(character).filter(|_| !self.is_unicode) {
                    Some(bytes) => hex(&bytes, out),
                    None => self.unicode(character, out),
                },
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
    fn unicode(self, character: char, out: &mut Vec<u8>) {
        let encoded = self.encoded(character);
        for unit in character.encode_utf16(&mut [0; 2]) {
            out.extend(format!("\\u{}", unit.cast_signed()).bytes());
            match &encoded {
                _ if self.fallback == 0 => out.push(b' '),
                Some(bytes) if bytes.len() == self.fallback => hex(bytes, out),
                _ => out.extend(std::iter::repeat_n(b'?', self.fallback)),
            }
        }
    }
}

fn hex(bytes: &[u8], out: &mut Vec<u8>) {
    for byte in bytes {
        out.extend(format!("\\'{byte:02x}").bytes());
    }
}
