//! The encodings of texts in mail: what a name says, and whether changed text still fits.

use jianti_text::encoding::{Encoder, Encoding, decode, detect};

/// A text that was read.
#[derive(Debug)]
pub(super) struct Text {
    /// What it says.
    pub text: String,
    /// How it was read.
    pub encoding: Encoding,
    /// Whether it holds to a narrower repertoire than its encoding's: all of GB 2312 has both bytes above A0.
    narrow: bool,
    /// Whether its declared encoding is another one, under which it could not be read.
    mislabelled: bool,
}

/// Reads bytes by the name of their encoding, if there is one. `None` if the name is not known, or they cannot be read.
pub(super) fn read(bytes: &[u8], name: Option<&str>) -> Option<Text> {
    let name = name.map(|name| name.trim().to_ascii_lowercase());
    let declared = match name.as_deref() {
        None | Some("") => None,
        Some(name) => Some(name.parse::<Encoding>().ok()?),
    };
    let western = encoding_rs::WINDOWS_1252;
    let is_western = matches!(declared, Some(Encoding::Other(encoding)) if encoding == western);
    let encoding = match declared {
        Some(encoding) if !is_western => encoding,
        // Programs that know no better say so of any text.
        _ if simdutf8::basic::from_utf8(bytes).is_ok() => Encoding::Utf8,
        Some(encoding) => encoding,
        None => detect(bytes, true).ok()?.encoding,
    };
    let (text, _) = decode(bytes, encoding, 0, false).ok()?;
    let is_gb2312 = name.is_some_and(|name| name.contains("2312"));
    Some(Text {
        text: text.into_owned(),
        encoding,
        narrow: is_gb2312 && is_narrow(bytes),
        mislabelled: is_western && encoding == Encoding::Utf8 && !bytes.is_ascii(),
    })
}

/// Whether all characters beyond ASCII are of two bytes above A0.
fn is_narrow(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        match rest {
            [] => return true,
            [byte, behind @ ..] if byte.is_ascii() => rest = behind,
            [0xA1..=0xFF, 0xA1..=0xFF, behind @ ..] => rest = behind,
            _ => return false,
        }
    }
}

impl Text {
    /// Another text in the encoding of this one; `None` if it does not fit, or if the encoding is declared wrong.
    pub fn encode(&self, new: &str) -> Option<Vec<u8>> {
        if self.mislabelled {
            return None;
        }
        let mut bytes = Vec::with_capacity(new.len());
        Encoder::new(self.encoding, false)
            .push(new, &mut bytes)
            .ok()?;
        if matches!(self.encoding, Encoding::Utf16Le | Encoding::Utf16Be) {
            // The encoder begins with a BOM; the text holds one already, if there was one.
            bytes.drain(..2);
        }
        (!self.narrow || is_narrow(&bytes)).then_some(bytes)
    }
}
