//! The tokens of JSON: strings, their escapes, numbers.

use std::borrow::Cow;

use jianti_text::lines;

use crate::DocumentFault;
use crate::piece::{self, Form, LONGEST_PASSAGE, Piece};

/// The longest escape sequence: two halves of a character. Bytes.
pub(crate) const LONGEST_ESCAPE: usize = 12;

pub(crate) fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The length of a string up to its closing quote, bytes, of which so many were passed before.
///
/// # Errors
/// It does not end; how many bytes are passed now.
pub(crate) fn string_length(text: &str, passed: usize) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let mut at = passed;
    loop {
        at += memchr::memchr2(b'"', b'\\', &bytes[at..]).ok_or(bytes.len())?;
        if bytes[at] == b'"' {
            return Ok(at);
        }
        if at + 2 > bytes.len() {
            return Err(at);
        }
        at += 2;
    }
}

/// Where the content of a long string is cut, bytes: behind a line's end or a sentence that is escaped, or else as other
/// text; never in an escape.
pub(crate) fn passage_end(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let (mut line, mut sentence) = (None, None);
    let mut front = lines::front(raw, LONGEST_PASSAGE);
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..LONGEST_PASSAGE]) {
        let start = at + found;
        let escape = escaped(&raw[start..]);
        at = start + escape.as_ref().map_or(2, |piece| piece.raw.len());
        if at > LONGEST_PASSAGE {
            front = &raw[..start];
            break;
        }
        match escape.map(|piece| piece.text) {
            Some(text) if at <= LONGEST_PASSAGE / 2 || text.is_empty() => {}
            Some(text) if text == "\n" => line = Some(at),
            Some(text) if text.ends_with(piece::ends_sentence) => sentence = Some(at),
            _ => {}
        }
    }
    line.or(sentence)
        .unwrap_or_else(|| piece::passage_end(front))
}

/// The length of the comment that a text begins with, which is no token of JSON, but which settings of programs have; `None` if its
/// end is yet to come.
///
/// # Errors
/// It is none, or does not end.
pub(crate) fn comment_length(text: &str, last: bool) -> Result<Option<usize>, DocumentFault> {
    /// No comment is longer, bytes.
    const LONGEST: usize = 1 << 20;
    let (end, may_end_here) = match text.as_bytes().get(1) {
        Some(b'/') => (memchr::memchr(b'\n', text.as_bytes()), true),
        Some(b'*') => (text[2..].find("*/").map(|end| end + 4), false),
        None if !last => (None, false),
        _ => return Err(DocumentFault::Misplaced),
    };
    match end {
        None if last && may_end_here => Ok(Some(text.len())),
        None if last || text.len() > LONGEST => Err(DocumentFault::Misplaced),
        end => Ok(end),
    }
}

/// What is wrong, and where: bytes from where the token begins.
pub(crate) type Wrong = (usize, DocumentFault);

/// Checks a number (RFC 8259, section 6).
///
/// # Errors
/// Where it is none, and why.
pub(crate) fn number(text: &[u8]) -> Result<(), Wrong> {
    let mut at = usize::from(text.first() == Some(&b'-'));
    let digits = |at: &mut usize| {
        let start = *at;
        while text.get(*at).is_some_and(u8::is_ascii_digit) {
            *at += 1;
        }
        match *at > start {
            true => Ok(()),
            false if start < 2 && text.len() > start => Err((start, DocumentFault::NoValue)),
            false => Err((start, DocumentFault::NoDigit)),
        }
    };
    if text.get(at) == Some(&b'0') {
        at += 1;
    } else {
        digits(&mut at)?;
    }
    if text.get(at) == Some(&b'.') {
        at += 1;
        digits(&mut at)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        digits(&mut at)?;
    }
    match at == text.len() {
        true => Ok(()),
        false => Err((at, DocumentFault::NotInNumber)),
    }
}

/// Makes sure that a string's content is as JSON has it.
///
/// # Errors
/// Where it has an escape that JSON has not, or a control character.
pub(crate) fn check(raw: &str) -> Result<(), Wrong> {
    let is_control = |byte: u8| byte < b' ';
    // With vectors, as it does not stop early; hardly any text has one.
    if raw.bytes().fold(false, |any, byte| any | is_control(byte)) {
        let at = raw.bytes().position(is_control).unwrap_or(0);
        return Err((at, DocumentFault::Control));
    }
    match has_escapes(raw) {
        true => each_piece(raw).try_for_each(|piece| piece.map(|_| ())),
        false => Ok(()),
    }
}

/// Whether a string's content has escapes.
pub(crate) fn has_escapes(raw: &str) -> bool {
    memchr::memchr(b'\\', raw.as_bytes()).is_some()
}

/// Cuts a string's content into pieces.
///
/// # Errors
/// Where it has an escape that JSON has not.
pub(crate) fn pieces(raw: &str) -> Result<Vec<Piece<'_>>, Wrong> {
    each_piece(raw).collect()
}

/// The same one by one, up to the first error.
fn each_piece(raw: &str) -> impl Iterator<Item = Result<Piece<'_>, Wrong>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = raw.get(at..).filter(|rest| !rest.is_empty())?;
        let literal = memchr::memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
        let piece = match literal {
            0 => escaped(rest).ok_or((at, DocumentFault::NoEscape)),
            _ => Ok(Piece {
                raw: &rest[..literal],
                text: Cow::Borrowed(&rest[..literal]),
                form: Form::Literal,
            }),
        };
        at += piece.as_ref().map_or(rest.len(), |piece| piece.raw.len());
        Some(piece)
    })
}

/// The escape that `raw` begins with.
fn escaped(raw: &str) -> Option<Piece<'_>> {
    let named = |text| {
        Some(Piece {
            raw: &raw[..2],
            text: Cow::Borrowed(text),
            form: Form::Named,
        })
    };
    match raw.as_bytes().get(1)? {
        b'"' => named("\""),
        b'\\' => named("\\"),
        b'/' => named("/"),
        b'b' => named("\u{8}"),
        b'f' => named("\u{C}"),
        b'n' => named("\n"),
        b'r' => named("\r"),
        b't' => named("\t"),
        b'u' => {
            let unit = |at: usize| {
                let escape = raw.get(at..at + 6)?.strip_prefix("\\u")?;
                let digits = escape.bytes().all(|byte| byte.is_ascii_hexdigit());
                digits.then(|| u16::from_str_radix(escape, 16).ok())?
            };
            let first = unit(0)?;
            let units = [
                Some(first),
                unit(6).filter(|_| (0xD800..0xDC00).contains(&first)),
            ];
            let units: Vec<u16> = units.into_iter().flatten().collect();
            let (raw, text) = match String::from_utf16(&units) {
                Ok(text) => (&raw[..6 * units.len()], text),
                // Half a character.
                Err(_) => (&raw[..6], String::new()),
            };
            let form = if text.is_empty() {
                Form::Unknown
            } else {
                let lower = raw.bytes().any(|byte| matches!(byte, b'a'..=b'f'));
                Form::Escape {
                    lower: lower || !raw.bytes().any(|byte| byte.is_ascii_uppercase()),
                }
            };
            let text = Cow::Owned(text);
            Some(Piece { raw, text, form })
        }
        _ => None,
    }
}

/// What a string's content stands for.
pub(crate) fn unescaped(raw: &str) -> Cow<'_, str> {
    if !has_escapes(raw) {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    for piece in each_piece(raw) {
        match piece {
            Ok(piece) => text.push_str(&piece.text),
            Err(_) => return Cow::Borrowed(raw),
        }
    }
    Cow::Owned(text)
}
