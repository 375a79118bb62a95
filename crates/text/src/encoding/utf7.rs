//! UTF-7 (RFC 2152): UTF-16 in base64 between `+` and `-`, all else ASCII.

use super::step::Step;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Reads UTF-7.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// What was read behind a `+`, if that has not ended.
    shifted: Option<Shifted>,
}

#[derive(Debug, Default)]
struct Shifted {
    /// Whether a digit came.
    begun: bool,
    /// Bits that make no unit yet, and how many.
    bits: u32,
    count: u32,
    /// The first half of a character beyond U+FFFF.
    high: Option<u16>,
}

impl Shifted {
    /// Takes a digit; `None` if it makes half a character.
    fn take(&mut self, digit: u32, text: &mut String) -> Option<()> {
        self.begun = true;
        self.bits = self.bits << 6 | digit;
        self.count += 6;
        if self.count < 16 {
            return Some(());
        }
        self.count -= 16;
        let unit = (self.bits >> self.count) as u16;
        self.bits &= (1 << self.count) - 1;
        match (self.high.take(), unit) {
            (None, 0xD800..0xDC00) => self.high = Some(unit),
            (None, unit) => text.push(char::from_u32(unit.into())?),
            (Some(high), unit) => {
                let c = char::decode_utf16([high, unit]).next()?.ok()?;
                text.push(c);
            }
        }
        Some(())
    }

    /// Whether it may end here: no digit is missing, and nothing but zeros is left.
    fn is_complete(&self) -> bool {
        self.begun && self.count < 6 && self.bits == 0 && self.high.is_none()
    }
}

impl Reader {
    /// As [`super::own::Reader::read`].
    pub fn read(&mut self, bytes: &[u8], last: bool, text: &mut String) -> (Step, usize) {
        for (at, &byte) in bytes.iter().enumerate() {
            let Some(mut shifted) = self.shifted.take() else {
                match byte {
                    b'+' => self.shifted = Some(Shifted::default()),
                    0..0x80 => text.push(char::from(byte)),
                    _ => return (Step::Malformed(1), at + 1),
                }
                continue;
            };
            if let Some(digit) = DIGITS.iter().position(|known| *known == byte) {
                if shifted.take(digit as u32, text).is_none() {
                    return (Step::Malformed(1), at + 1);
                }
                self.shifted = Some(shifted);
            } else if byte == b'-' && !shifted.begun {
                text.push('+');
            } else if !shifted.is_complete() {
                return (Step::Malformed(1), at);
            } else if byte >= 0x80 {
                return (Step::Malformed(1), at + 1);
            } else if byte != b'-' {
                text.push(char::from(byte));
            }
        }
        match self.shifted.take_if(|_| last) {
            Some(shifted) if !shifted.is_complete() => (Step::Malformed(1), bytes.len()),
            _ => (Step::Empty, bytes.len()),
        }
    }
}

/// Writes text in UTF-7.
pub(super) fn write(text: &str, out: &mut Vec<u8>) {
    let is_direct =
        |c: char| matches!(c, ' '..='}' | '\t' | '\n' | '\r') && !matches!(c, '+' | '\\');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = rest.find(|c| !is_direct(c)).unwrap_or(rest.len());
        if length > 0 {
            out.extend(rest[..length].bytes());
            rest = &rest[length..];
            continue;
        }
        if c == '+' {
            out.extend(b"+-");
            rest = &rest[1..];
            continue;
        }
        let length = rest
            .find(|c| is_direct(c) || c == '+')
            .unwrap_or(rest.len());
        out.push(b'+');
        let (mut bits, mut count) = (0_u32, 0);
        for unit in rest[..length].encode_utf16() {
            bits = bits << 16 | u32::from(unit);
            count += 16;
            while count >= 6 {
                count -= 6;
                out.push(DIGITS[(bits >> count & 63) as usize]);
            }
            bits &= (1 << count) - 1;
        }
        if count > 0 {
            out.push(DIGITS[(bits << (6 - count) & 63) as usize]);
        }
        out.push(b'-');
        rest = &rest[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc_are_read() {
        for (bytes, said) in [
            ("A+ImIDkQ.", "A≢Α."),
            ("Hi Mom -+Jjo--!", "Hi Mom -☺-!"),
            ("+ZeVnLIqe-", "日本語"),
            ("Item 3 is +AKM-1.", "Item 3 is £1."),
            ("1 +- 1", "1 + 1"),
        ] {
            let mut text = String::new();
            let step = Reader::default().read(bytes.as_bytes(), true, &mut text);
            assert_eq!((step, &*text), ((Step::Empty, bytes.len()), said));
        }
        let said = "1 + 1 = 二\\~😀圖書館";
        let (mut bytes, mut text) = (Vec::new(), String::new());
        write(said, &mut bytes);
        assert!(bytes.is_ascii());
        Reader::default().read(&bytes, true, &mut text);
        assert_eq!(text, said);
        for bytes in ["+", "+A", "+AAB", "+2D0-", "a+=", "\u{E9}"] {
            let mut text = String::new();
            let (step, _) = Reader::default().read(bytes.as_bytes(), true, &mut text);
            assert_eq!(step, Step::Malformed(1), "{bytes}");
        }
    }
}
