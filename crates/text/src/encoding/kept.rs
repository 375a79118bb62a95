//! Bytes that do not belong to the encoding and are written again as they are: marks stand for them in the text meanwhile.
//!
//! A mark is made of noncharacters and of digits that are drawn anew for each document, so that no text that comes from
//! elsewhere holds it.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::Range;

const BEGIN: char = '\u{FFFF}';
const END: char = '\u{FFFE}';
const DIGITS: usize = 16;

/// What marks of one document stand for.
pub(super) struct Kept {
    mark: String,
    /// Of those that are not restored yet, in order.
    bytes: VecDeque<Vec<u8>>,
}

impl Kept {
    /// Nothing yet.
    pub fn new() -> Kept {
        let number = RandomState::new().build_hasher().finish();
        Kept {
            mark: format!("{BEGIN}{number:0DIGITS$x}{END}"),
            bytes: VecDeque::new(),
        }
    }

    /// Writes a mark that stands for these bytes.
    pub fn keep(&mut self, bytes: Vec<u8>, text: &mut String) {
        self.bytes.push_back(bytes);
        text.push_str(&self.mark);
    }

    /// Puts bytes in the place of their marks; `None` if `text`, which goes on, has none.
    pub fn restore(&mut self, text: &[u8]) -> Option<Vec<u8>> {
        if self.bytes.is_empty() {
            return None;
        }
        let mut out = Vec::with_capacity(text.len());
        let mut done = 0;
        for at in memchr::memmem::find_iter(text, &self.mark) {
            out.extend(&text[done..at]);
            out.extend(self.bytes.pop_front().unwrap_or_default());
            done = at + self.mark.len();
        }
        if done == 0 {
            return None;
        }
        out.extend(&text[done..]);
        Some(out)
    }
}

/// Where in a text the first mark is that stands for malformed bytes ([`super::Decoder::keep_malformed`]); bytes.
pub fn kept_at(text: &str) -> Option<Range<usize>> {
    let mut room = [0; 4];
    let begin = BEGIN.encode_utf8(&mut room);
    memchr::memmem::find_iter(text.as_bytes(), begin).find_map(|at| {
        let start = at + begin.len();
        let inner = text.get(start..start + DIGITS)?;
        let ends = text[start + DIGITS..].starts_with(END);
        let is_mark = ends && inner.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_mark.then(|| at..start + DIGITS + END.len_utf8())
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Decoder, Encoding, kept_at};

    #[test]
    fn what_is_malformed_comes_back_wherever_the_text_is_cut() {
        let bytes = b"\xFF\xE5\x9C\x96\xE6\x9B\n\xEF\xBF\xBF\xED\xA0\x80\xE5";
        for cut in 0..bytes.len() {
            let mut decoder = Decoder::new(Encoding::Utf8, false, 0);
            decoder.keep_malformed();
            let mut text = String::new();
            decoder.push(&bytes[..cut], false, &mut text).unwrap();
            decoder.push(&bytes[cut..], true, &mut text).unwrap();
            assert_eq!(kept_at(&text).unwrap().start, 0);
            assert!(text.contains('圖'));
            assert_eq!(decoder.restore(text.as_bytes()).unwrap(), bytes);
            assert_eq!(decoder.restore("圖\u{FFFF}".as_bytes()), None);
        }
        assert_eq!(kept_at("圖\u{FFFF}書\u{FFFE}"), None);
    }
}
