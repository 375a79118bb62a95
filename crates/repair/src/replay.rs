//! The damage itself: what a program that takes every two adjacent bytes of GBK for a character makes of a text.
//!
//! It inserted glosses after pairs of bytes, cut the text in front of pairs that look like full-width punctuation, decoded
//! each piece alone, and joined the pieces. A repair counts only if this, done to its result, gives back what
//! the page shows.

use crate::gbk;

/// Something that was done to the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// `(reading)` was put in front of this byte.
    Gloss(usize, String),
    /// The text was cut in front of the two bytes of a mark that begin here.
    Cut(usize),
}

/// Does the damage to the GBK bytes of a text. `events` are in the order of their places.
pub fn replay(bytes: &[u8], events: &[Event]) -> String {
    let mut shown = String::new();
    let mut piece = Vec::new();
    let mut done = 0;
    for event in events {
        match event {
            Event::Gloss(at, reading) => {
                piece.extend(&bytes[done..*at]);
                piece.push(b'(');
                piece.extend(gbk::encode(reading));
                piece.push(b')');
                done = *at;
            }
            Event::Cut(at) => {
                piece.extend(&bytes[done..*at]);
                decode(&piece, &mut shown);
                piece.clear();
                done = *at;
            }
        }
    }
    piece.extend(&bytes[done..]);
    decode(&piece, &mut shown);
    shown
}

/// Decodes one piece as the program did: a lead byte and a byte that cannot follow it are one `?` together.
fn decode(bytes: &[u8], shown: &mut String) {
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        rest = after;
        match (byte, after.first()) {
            (0..0x80, _) => shown.push(char::from(*byte)),
            (0x80, _) => shown.push('€'),
            (lead, Some(trail)) => {
                rest = &after[1..];
                shown.push(gbk::character(*lead, *trail).unwrap_or('?'));
            }
            (_, None) => shown.push('?'),
        }
    }
}

/// Whether a page may show `shown` as `page`, after what else happens to pages: private-use characters and € dropped, `?` as
/// ？ or U+FFFD, full-width marks, letters and spaces as ASCII.
pub fn may_show_as(shown: &str, page: &str) -> bool {
    let mut page = page.chars();
    let mut next = page.next();
    for c in shown.chars() {
        let fits = next.is_some_and(|found| {
            found == c || ascii_form(c) == Some(found) || c == '?' && is_question_mark(found)
        });
        if fits {
            next = page.next();
        } else if !may_be_dropped(c) {
            return false;
        }
    }
    next.is_none()
}

/// Whether a page may lack this.
fn may_be_dropped(c: char) -> bool {
    c == '€' || gbk::pair(c).is_some_and(|(lead, trail)| gbk::may_be_dropped(lead, trail))
}

/// Whether a character may stand for bytes that could not be decoded.
pub fn is_question_mark(c: char) -> bool {
    matches!(c, '?' | '？' | '\u{FFFD}')
}

/// The ASCII character that a page may show for a full-width one.
pub fn ascii_form(c: char) -> Option<char> {
    match c {
        '\u{3000}' => Some(' '),
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0),
        _ => None,
    }
}
