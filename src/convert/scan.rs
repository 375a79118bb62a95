//! The scan loop: longest match over the tables, left to right.

use super::phrase::Phrases;
use super::tables::{SPECIAL, Tables};

/// Converts `text` and appends the result to `out`; returns how many bytes of `text` it has converted.
///
/// With `last` that is all of it. Without, `text` is the front of a longer text: what hangs on characters after its end
/// stays for the next call, which must begin with the rest.
pub fn convert(tables: &Tables, text: &str, last: bool, out: &mut String) -> usize {
    let mut phrases = Phrases::new(tables, text, last);
    let bytes = text.as_bytes();
    // Bytes `copied..at` are converted and unchanged, but not yet in `out`.
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        let lead = bytes[at];
        let (c, length) = match lead {
            0x00..0x80 => (lead as u32, 1),
            0x80..0xE0 => (point(lead & 0x1F, &bytes[at + 1..at + 2]), 2),
            0xE0..0xF0 => (point(lead & 0x0F, &bytes[at + 1..at + 3]), 3),
            _ => (point(lead & 0x07, &bytes[at + 1..at + 4]), 4),
        };
        if let Ok(code) = u16::try_from(c) {
            let result = tables.plain(code);
            if result == code {
                at += length;
                continue;
            }
            if result != SPECIAL {
                out.push_str(&text[copied..at]);
                out.push(char::from_u32(result.into()).expect("a plain result is a character"));
                at += length;
                copied = at;
                continue;
            }
        }
        let c = char::from_u32(c).expect("text is UTF-8");
        let Some(special) = tables.special(c) else {
            at += length;
            continue;
        };
        let next = text[at + length..].chars().next();
        if next.is_none() && !last {
            break;
        }
        if special.may_begin_phrase(next) {
            out.push_str(&text[copied..at]);
            copied = at;
            match phrases.convert(at, out) {
                Some(end) => at = end,
                None => break,
            }
            copied = at;
        } else {
            if special.result != &bytes[at..at + length] {
                out.push_str(&text[copied..at]);
                out.push_str(str::from_utf8(special.result).expect("results are UTF-8"));
                copied = at + length;
            }
            at += length;
        }
    }
    out.push_str(&text[copied..at]);
    at
}

/// The code point whose leading bits and trail bytes these are.
fn point(lead: u8, trail: &[u8]) -> u32 {
    trail
        .iter()
        .fold(lead.into(), |c, byte| c << 6 | u32::from(byte & 0x3F))
}
