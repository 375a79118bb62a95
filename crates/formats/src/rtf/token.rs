//! The tokens of RTF.

use std::ops::Range;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'d> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word and its number, with the blank that ends it.
    Word(&'d [u8], Option<i32>),
    /// `\` and a character that is no letter.
    Symbol(u8),
    /// `\'b9`: a byte of text.
    Hex(u8),
    /// A byte of text that stands for itself.
    Literal(u8),
    /// An end of a line, which is not text.
    Break,
    /// Bytes of a picture, or what is left of a document that ends early.
    Opaque,
}

/// A token and where it stands.
pub(super) type Token<'d> = (Range<usize>, Kind<'d>);

/// The tokens of a document; put together they are the document.
pub(super) fn tokens(document: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = document.get(at..).filter(|rest| !rest.is_empty())?;
        let (length, kind) = token(rest);
        let range = at..at + length;
        at = range.end;
        Some((range, kind))
    })
}

fn token(rest: &[u8]) -> (usize, Kind<'_>) {
    match rest {
        [b'{', ..] => (1, Kind::Open),
        [b'}', ..] => (1, Kind::Close),
        [b'\r' | b'\n', ..] => (1, Kind::Break),
        [b'\\', b'\'', high, low, ..] => match (digit(*high), digit(*low)) {
            (Some(high), Some(low)) => (4, Kind::Hex(high << 4 | low)),
            _ => (2, Kind::Opaque),
        },
        [b'\\', b'\'', ..] | [b'\\'] => (rest.len(), Kind::Opaque),
        [b'\\', first, ..] if first.is_ascii_alphabetic() => word(rest),
        [b'\\', symbol, ..] => (2, Kind::Symbol(*symbol)),
        [byte, ..] => (1, Kind::Literal(*byte)),
        [] => (0, Kind::Opaque),
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

fn word(rest: &[u8]) -> (usize, Kind<'_>) {
    let count = |from: usize, wanted: fn(&u8) -> bool| {
        rest[from..].iter().take_while(|byte| wanted(byte)).count()
    };
    let name = 1..1 + count(1, u8::is_ascii_alphabetic);
    let sign = usize::from(rest.get(name.end) == Some(&b'-'));
    let digits = count(name.end + sign, u8::is_ascii_digit);
    let mut end = name.end;
    let mut number = None;
    if digits > 0 {
        end += sign + digits;
        number = str::from_utf8(&rest[name.end..end])
            .ok()
            .and_then(|text| text.parse().ok());
    }
    end += usize::from(rest.get(end) == Some(&b' '));
    if let (b"bin", Some(length)) = (&rest[name.clone()], number) {
        let length = usize::try_from(length).unwrap_or(0);
        return (rest.len().min(end.saturating_add(length)), Kind::Opaque);
    }
    (end, Kind::Word(&rest[name], number))
}
