//! Strings as configuration and data files write them: between quotes with escapes, or over several lines.

use std::borrow::Cow;
use std::ops::Range;

use crate::Error;
use crate::TextSink;
use crate::characters::Characters;
use crate::escape::Place;
use crate::machine_read::is_of_pieces;
use crate::piece::{Form, Piece, Placed, apply_from, convert, placed};
use crate::placeholder;
use crate::whole::Edits;

/// How a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// As it is, over one line or several: what ends it must not come into it.
    Plain,
    /// Between single quotes; a quote in it is doubled.
    DoubledQuote,
    /// Between quotes, without any escape.
    Verbatim,
    /// In indented lines, without any escape.
    Block,
    /// Between double quotes, with escapes.
    Escaped,
}

/// The text of a string whose content stands in `range` of a document between double quotes, or as it is; escapes are as
/// C and Java have them. Strings may be put together: what is between them is left.
pub(crate) fn texts(document: &str, range: Range<usize>) -> Vec<Placed<'_>> {
    let raw = &document[range.clone()];
    let pieces = placeholder::kept(pieces(raw, Quoting::Escaped));
    let escaped = |piece: &Piece| matches!(piece.form, Form::Escape { .. });
    let place = Place::Json {
        ascii: raw.is_ascii() && pieces.iter().any(escaped),
    };
    placed(range.start, place, pieces).collect()
}

/// The characters of a string that is written with escapes; those that cannot be read stay.
pub(crate) fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let pieces = pieces(raw, Quoting::Escaped).into_iter();
    let text = pieces.map(|piece| match piece.form {
        Form::Unknown => Cow::Borrowed(piece.raw),
        _ => piece.text,
    });
    Cow::Owned(text.collect())
}

/// Normalises the string whose content stands in `range` of a document; appends what changes to `edits`.
pub(crate) fn convert_string(
    document: &str,
    range: Range<usize>,
    quoting: Quoting,
    passages: &mut dyn TextSink,
    edits: &mut Edits,
) -> Result<(), Error> {
    let raw = &document[range.clone()];
    let pieces = pieces(raw, quoting);
    let is_text = !is_of_pieces(&pieces);
    let pieces = placeholder::kept(pieces);
    let escaped = |piece: &Piece| matches!(piece.form, Form::Escape { .. });
    let place = match quoting {
        Quoting::Escaped => Place::Json {
            ascii: raw.is_ascii() && pieces.iter().any(escaped),
        },
        Quoting::DoubledQuote => Place::DoubledQuote,
        Quoting::Plain | Quoting::Verbatim | Quoting::Block => Place::Verbatim,
    };
    passages.at(range.start as u64);
    let texts: Vec<_> = placed(range.start, place, pieces).collect();
    let mut found = Edits::new();
    match is_text {
        true => convert(&texts, passages, &mut found),
        false => convert(&texts, &mut Characters(passages), &mut found),
    }
    if matches!(quoting, Quoting::Plain | Quoting::Verbatim) {
        let mut new = String::new();
        apply_from(raw, range.start, &found, &mut new);
        if brings_marks(raw, &new) {
            return Ok(());
        }
    }
    edits.append(&mut found);
    Ok(())
}

/// Whether `new` has more of an ASCII mark than `old`, which may mean something to the format, or has become ASCII and so
/// perhaps a number or a truth value.
pub(crate) fn brings_marks(old: &str, new: &str) -> bool {
    let count = |text: &str, mark: u8| text.bytes().filter(|byte| *byte == mark).count();
    let more = (b'!'..=b'~')
        .filter(u8::is_ascii_punctuation)
        .any(|mark| count(new, mark) > count(old, mark));
    let outer =
        |text: &str| text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    more || new.is_ascii() && !old.is_ascii() || outer(new) && !outer(old)
}

/// Cuts a string's content into pieces.
fn pieces(raw: &str, quoting: Quoting) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut at, mut from) = (0, 0);
    while at < raw.len() {
        let special = match (raw.as_bytes()[at], quoting) {
            (b'\n' | b'\r', _) => Some(line_end(raw, at)),
            (b'\'', Quoting::DoubledQuote) if raw[at..].starts_with("''") => {
                Some((at..at + 2, Cow::Borrowed("'"), Form::Named))
            }
            // Between three quotes one needs no escape.
            (b'"', Quoting::Escaped) => Some((at..at + 1, Cow::Borrowed("\""), Form::Named)),
            (b'\\', Quoting::Escaped) => {
                let (length, text, form) = escape(&raw[at..]);
                Some((at..at + length, text, form))
            }
            _ => None,
        };
        let Some((range, text, form)) = special else {
            at += 1;
            continue;
        };
        // Spaces in front of a line's end belong to it, but not what was taken already.
        let start = range.start.max(from);
        literal(&raw[from..start], &mut pieces);
        pieces.push(Piece {
            raw: &raw[start..range.end],
            text,
            form,
        });
        (at, from) = (range.end, range.end);
    }
    literal(&raw[from..], &mut pieces);
    pieces
}

fn literal<'t>(raw: &'t str, pieces: &mut Vec<Piece<'t>>) {
    if !raw.is_empty() {
        pieces.push(Piece {
            raw,
            text: Cow::Borrowed(raw),
            form: Form::Literal,
        });
    }
}

/// A line's end with all blanks and empty lines around it.
fn line_end(raw: &str, at: usize) -> (Range<usize>, Cow<'_, str>, Form) {
    let blank = [' ', '\t', '\n', '\r'];
    let start = raw[..at].trim_end_matches(blank).len();
    let end = raw.len() - raw[at..].trim_start_matches(blank).len();
    (start..end, Cow::Borrowed("\n"), Form::Named)
}

/// The escape that `raw` begins with: its length, bytes, and what it stands for.
fn escape(raw: &str) -> (usize, Cow<'_, str>, Form) {
    let named = |text| (2, Cow::Borrowed(text), Form::Named);
    let unknown = |length: usize| {
        let length = raw.ceil_char_boundary(length);
        (length, Cow::Borrowed(""), Form::Unknown)
    };
    let Some(byte) = raw.as_bytes().get(1) else {
        return unknown(1);
    };
    match byte {
        b'"' => named("\""),
        b'\'' => named("'"),
        b'\\' => named("\\"),
        b'/' => named("/"),
        // As calendars have them, and a line's end that they may write so.
        b',' => named(","),
        b';' => named(";"),
        b'n' | b'N' => named("\n"),
        b'r' => named("\r"),
        b't' => named("\t"),
        b' ' => named(" "),
        b'_' => named("\u{A0}"),
        b'u' => code_unit(raw).unwrap_or_else(|| unknown(2)),
        b'x' => unknown(4),
        b'U' => unknown(10),
        _ => unknown(2),
    }
}

/// `\u5716`; half a character, and a pair of halves, is left.
fn code_unit(raw: &str) -> Option<(usize, Cow<'_, str>, Form)> {
    let digits = raw.get(2..6)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let Some(c) = char::from_u32(u32::from_str_radix(digits, 16).ok()?) else {
        return Some((6, Cow::Borrowed(""), Form::Unknown));
    };
    let lower = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let form = Form::Escape {
        lower: lower || !digits.bytes().any(|byte| byte.is_ascii_uppercase()),
    };
    Some((6, Cow::Owned(c.to_string()), form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_cut_where_they_are_no_text() {
        for (raw, quoting, expected) in [
            ("頭髮", Quoting::Plain, &["頭髮"][..]),
            ("頭 \n\n  髮", Quoting::Plain, &["頭", " \n\n  ", "髮"]),
            ("頭''髮", Quoting::DoubledQuote, &["頭", "''", "髮"]),
            (
                "頭\\\"\\u9AEE",
                Quoting::Escaped,
                &["頭", "\\\"", "\\u9AEE"],
            ),
            ("頭\\x髮\\", Quoting::Escaped, &["頭", "\\x髮", "\\"]),
            ("頭\\髮", Quoting::Verbatim, &["頭\\髮"]),
        ] {
            let found = pieces(raw, quoting);
            let raws: Vec<_> = found.iter().map(|piece| piece.raw).collect();
            assert_eq!(raws, expected, "{raw}");
        }
    }
}
