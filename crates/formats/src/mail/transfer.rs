//! The encodings of bytes in mail (RFC 2045, 6): base64 and quoted-printable. What is written follows what it replaces: the
//! lengths of lines, their ends, and, in quoted-printable, every line that says the same.

use std::ops::Range;

use data_encoding::BASE64;

/// The longest line that mail has without an agreement, characters.
const LINE: usize = 76;

/// A body's bytes, decoded, and how to encode others in their place.
#[derive(Debug)]
pub(super) enum Transfer<'d> {
    /// They stand there as they are.
    Plain(&'d [u8]),
    /// base64.
    Base64 { raw: &'d [u8], decoded: Vec<u8> },
    /// quoted-printable.
    Quoted { raw: &'d [u8], decoded: Vec<u8> },
}

impl<'d> Transfer<'d> {
    /// Decodes a body by the encoding's name in lower case; `None` if the name is not known, or the body is damaged.
    pub fn decode(raw: &'d [u8], name: &str) -> Option<Transfer<'d>> {
        match name {
            "" | "7bit" | "8bit" | "binary" => Some(Transfer::Plain(raw)),
            "base64" => {
                let packed: Vec<u8> = raw
                    .iter()
                    .copied()
                    .filter(|byte| !byte.is_ascii_whitespace())
                    .collect();
                let decoded = BASE64.decode(&packed).ok()?;
                Some(Transfer::Base64 { raw, decoded })
            }
            "quoted-printable" => {
                let lines: Option<Vec<_>> = quoted_lines(raw).map(|(_, decoded)| decoded).collect();
                let decoded = lines?.concat();
                Some(Transfer::Quoted { raw, decoded })
            }
            _ => None,
        }
    }

    /// What the body says.
    pub fn decoded(&self) -> &[u8] {
        match self {
            Transfer::Plain(raw) => raw,
            Transfer::Base64 { decoded, .. } | Transfer::Quoted { decoded, .. } => decoded,
        }
    }

    /// Whether any byte can stand in it.
    pub fn takes_all_bytes(&self) -> bool {
        !matches!(self, Transfer::Plain(_))
    }

    /// Encodes other bytes in the same way.
    pub fn encode(&self, new: Vec<u8>) -> Vec<u8> {
        match self {
            Transfer::Plain(_) => new,
            Transfer::Base64 { raw, .. } => encode_base64(raw, &new),
            Transfer::Quoted { raw, decoded } => encode_quoted(raw, decoded, &new),
        }
    }
}

/// Where the line's end begins in `raw`, and the line's end; CRLF if there is none.
fn first_end(raw: &[u8]) -> (usize, &'static [u8]) {
    match memchr::memchr(b'\n', raw) {
        Some(at) if at > 0 && raw[at - 1] == b'\r' => (at - 1, b"\r\n"),
        Some(at) => (at, b"\n"),
        None => (raw.len(), b"\r\n"),
    }
}

fn encode_base64(raw: &[u8], new: &[u8]) -> Vec<u8> {
    let front = raw.len() - raw.trim_ascii_start().len();
    let packed = raw.trim_ascii();
    let (length, end) = first_end(packed);
    let is_one_line = length == packed.len();
    let limit = match (is_one_line, length > LINE) {
        (true, true) => usize::MAX,
        (true, false) => LINE,
        (false, _) => length.max(4),
    };
    let mut out = raw[..front].to_vec();
    let text = BASE64.encode(new).into_bytes();
    for (at, line) in text.chunks(limit).enumerate() {
        if at > 0 {
            out.extend(if is_one_line { first_end(raw).1 } else { end });
        }
        out.extend(line);
    }
    out.extend(&raw[front + packed.len()..]);
    out
}

/// The lines of text in quoted-printable, each with its end: where it stands, over soft line breaks, and what it says.
/// `None` instead if that is damaged.
fn quoted_lines(raw: &[u8]) -> impl Iterator<Item = (Range<usize>, Option<Vec<u8>>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let mut decoded = Vec::new();
        let mut is_sound = true;
        while at < raw.len() {
            let length = memchr::memchr(b'\n', &raw[at..]).map_or(raw.len() - at, |end| end + 1);
            let line = &raw[at..at + length];
            at += length;
            let end = line.len() - line_end(line).len();
            let text = line[..end].trim_ascii_end();
            // At the very end there is nothing that goes on.
            let soft = text.strip_suffix(b"=");
            // Some programs take no blank behind it.
            is_sound &= soft.is_none() || text.len() == end;
            is_sound &= decode_quoted(soft.unwrap_or(text), &mut decoded).is_some();
            if soft.is_none() {
                decoded.extend(&line[end..]);
                break;
            }
        }
        (at > start).then_some((start..at, is_sound.then_some(decoded)))
    })
}

/// The line's end: nothing, LF or CRLF.
fn line_end(line: &[u8]) -> &[u8] {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let text = match text.len() < line.len() {
        true => text.strip_suffix(b"\r").unwrap_or(text),
        false => text,
    };
    &line[text.len()..]
}

/// Decodes `=E5` and the like; `None` where a `=` begins no such thing, of which programs make this or that.
pub(super) fn decode_quoted(mut text: &[u8], out: &mut Vec<u8>) -> Option<()> {
    while let [first, behind @ ..] = text {
        text = behind;
        if *first == b'=' {
            let (high, low) = (digit(*behind.first()?)?, digit(*behind.get(1)?)?);
            out.push(high << 4 | low);
            text = &behind[2..];
        } else {
            out.push(*first);
        }
    }
    Some(())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// Writes the lines that changed anew.
fn encode_quoted(raw: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let count = |text: &[u8]| memchr::memchr_iter(b'\n', text).count();
    let style = Style::of(raw);
    let mut out = Vec::with_capacity(raw.len());
    if count(old) != count(new) {
        for line in new.split_inclusive(|byte| *byte == b'\n') {
            style.write(line, line_end(line), &mut out);
        }
        return out;
    }
    let mut rest = new;
    for (range, decoded) in quoted_lines(raw) {
        let decoded = decoded.unwrap_or_default();
        // A line may say several that are written in it.
        let end = match count(&decoded) {
            _ if range.end == raw.len() => rest.len(),
            0 => 0,
            ends => memchr::memchr_iter(b'\n', rest)
                .nth(ends - 1)
                .map_or(rest.len(), |at| at + 1),
        };
        let (line, behind) = rest.split_at(end);
        rest = behind;
        match line == decoded {
            true => out.extend(&raw[range]),
            false => {
                let end = line_end(&raw[range]);
                let end = if line.ends_with(end) { end } else { b"" };
                style.write(line, end, &mut out);
            }
        }
    }
    out
}

/// How a text is written in quoted-printable.
struct Style {
    /// The longest line, with the `=` of a soft line break.
    limit: usize,
    end: &'static [u8],
    is_lower: bool,
}

impl Style {
    fn of(raw: &[u8]) -> Style {
        let lines = || raw.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
        let soft = lines()
            .filter(|line| line.ends_with(b"="))
            .map(<[u8]>::len)
            .max();
        let longest = lines().map(<[u8]>::len).max().unwrap_or(0);
        let digits = |wanted: fn(&u8) -> bool| {
            memchr::memchr_iter(b'=', raw).any(|at| raw[at + 1..].iter().take(2).any(wanted))
        };
        Style {
            // A character of =F0=9F=98=80 is not cut where it can be helped.
            limit: soft.unwrap_or(longest.max(LINE)).max(16),
            end: first_end(raw).1,
            is_lower: digits(|byte| matches!(byte, b'a'..=b'f'))
                && !digits(|byte| matches!(byte, b'A'..=b'F')),
        }
    }

    /// Writes what a line says, with soft line breaks; `end` is the line's end if the line is to have one.
    fn write(&self, line: &[u8], end: &[u8], out: &mut Vec<u8>) {
        let text = line.strip_suffix(end).unwrap_or(line);
        let mut column = 0;
        for (at, byte) in text.iter().enumerate() {
            let rest = &text[at..];
            let literal = |column: usize| match byte {
                b'=' => false,
                b' ' | b'\t' => rest.len() > 1,
                // What would begin a message, a boundary, or end a mail on its way.
                b'F' | b'>' | b'-' | b'.' if column == 0 && at > 0 => false,
                b'F' if column == 0 => !rest.starts_with(b"From "),
                byte => byte.is_ascii_graphic(),
            };
            let width = if literal(column) { 1 } else { 3 };
            if column + width + usize::from(rest.len() > 1) > self.limit {
                out.push(b'=');
                out.extend(self.end);
                column = 0;
            }
            column += match literal(column) {
                true => {
                    out.push(*byte);
                    1
                }
                false => {
                    let digits: &[u8; 16] = match self.is_lower {
                        true => b"0123456789abcdef",
                        false => b"0123456789ABCDEF",
                    };
                    let digit = |digit: u8| digits[usize::from(digit)];
                    out.extend([b'=', digit(byte >> 4), digit(byte & 15)]);
                    3
                }
            };
        }
        out.extend(end);
    }
}
