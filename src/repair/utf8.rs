//! UTF-8 that was read as GBK: what of it survived on the page.

use super::gbk;

/// What survived of a line.
pub struct Survivors {
    /// The text, with U+FFFD for what fell out.
    pub text: String,
    /// How many characters beyond ASCII it has.
    pub count: usize,
    /// The bytes that they came from, in parts of all on the page that are not ASCII.
    pub share: f64,
}

impl Survivors {
    /// Takes a page's bytes back and reads them as UTF-8; `None` if it shows what GBK does not have.
    pub fn of(page: &str) -> Option<Survivors> {
        let mut bytes: Vec<Option<u8>> = Vec::with_capacity(page.len());
        for c in page.chars() {
            match c {
                // 80 stands alone.
                '€' => bytes.push(Some(0x80)),
                // One byte, or two.
                '\u{FFFD}' => bytes.push(None),
                _ if c.is_ascii() => bytes.push(Some(c as u8)),
                _ => {
                    let (lead, trail) = gbk::pair(c)?;
                    bytes.extend([Some(lead), Some(trail)]);
                }
            }
        }
        let (mut text, mut count, mut surviving, mut all) = (String::new(), 0, 0, 0);
        let mut at = 0;
        while at < bytes.len() {
            match character(&bytes[at..]) {
                Some(c) => {
                    at += c.len_utf8();
                    text.push(c);
                    if !c.is_ascii() {
                        count += 1;
                        surviving += c.len_utf8();
                        all += c.len_utf8();
                    }
                }
                None => {
                    // A page that drops bytes without a trace puts the front of one character and the end of another
                    // together: the rest of the other shows it.
                    let rest = matches!(bytes[at], Some(0x80..=0xBF));
                    if rest && text.ends_with(|c: char| !c.is_ascii() && c != '\u{FFFD}') {
                        let c = text.pop().expect("there is one");
                        count -= 1;
                        surviving -= c.len_utf8();
                    }
                    if !text.ends_with('\u{FFFD}') {
                        text.push('\u{FFFD}');
                    }
                    all += 1;
                    at += 1;
                }
            }
        }
        Some(Survivors {
            text,
            count,
            share: surviving as f64 / all.max(1) as f64,
        })
    }
}

/// The character whose bytes stand here.
fn character(bytes: &[Option<u8>]) -> Option<char> {
    let first = (*bytes.first()?)?;
    let length = match first {
        0..0x80 => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let found: Vec<u8> = bytes
        .get(..length)?
        .iter()
        .copied()
        .collect::<Option<_>>()?;
    str::from_utf8(&found).ok()?.chars().next()
}
