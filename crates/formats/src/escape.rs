//! What must be escaped where text is written.

/// Where text is written, which tells what must be escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between tags.
    Element,
    /// In an attribute, within these quotes if any.
    Attribute(Option<u8>),
    /// In a string of JSON; whether all else in it is ASCII.
    Json { ascii: bool },
    /// In a cell with quotes.
    Cell,
    /// Between single quotes, which are doubled where they are text.
    DoubledQuote,
    /// In a paragraph of Markdown.
    Markdown,
    /// Where nothing is escaped.
    Verbatim,
}

/// Writes characters so that they are text in this place.
pub(crate) fn escape(text: &str, place: Place, out: &mut String) {
    if !holds_special(text.as_bytes(), place) {
        return out.push_str(text);
    }
    // In strings of JSON hardly anything but lines' ends.
    for line in text.split_inclusive('\n') {
        let (line, end) = line.split_at(line.len() - usize::from(line.ends_with('\n')));
        match holds_special(line.as_bytes(), place) {
            true => escape_characters(line, place, out),
            false => out.push_str(line),
        }
        escape_characters(end, place, out);
    }
}

/// [`escape`], character by character.
fn escape_characters(text: &str, place: Place, out: &mut String) {
    for c in text.chars() {
        match (c, place) {
            (_, Place::Verbatim | Place::Markdown) => out.push(c),
            ('"', Place::Cell) => out.push_str("\"\""),
            ('\'', Place::DoubledQuote) => out.push_str("''"),
            (_, Place::Cell | Place::DoubledQuote) => out.push(c),
            ('"', Place::Json { .. }) => out.push_str("\\\""),
            ('\\', Place::Json { .. }) => out.push_str("\\\\"),
            ('\n', Place::Json { .. }) => out.push_str("\\n"),
            (_, Place::Json { ascii }) if c < ' ' || ascii && !c.is_ascii() => {
                json_escape(c, true, out)
            }
            (_, Place::Json { .. }) => out.push(c),
            ('&', _) => out.push_str("&amp;"),
            ('<', _) => out.push_str("&lt;"),
            ('>', _) => out.push_str("&gt;"),
            ('"', Place::Attribute(Some(b'"'))) => out.push_str("&quot;"),
            ('\'', Place::Attribute(Some(b'\''))) => out.push_str("&#39;"),
            (' ' | '\t' | '\n' | '\r' | '"' | '\'' | '=' | '`', Place::Attribute(None)) => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
}

/// Whether text holds anything that may have to be escaped in this place. Most holds nothing, and is looked at with
/// vectors.
#[multiversion::multiversion(targets("x86_64+avx2"))]
pub(crate) fn holds_special(text: &[u8], place: Place) -> bool {
    let any = |special: fn(u8) -> bool| {
        // No loop stops early. The last bytes are looked at twice, and few are filled up, rather than looked at one by one.
        let (chunks, rest) = text.as_chunks::<32>();
        let mut few = [b'a'; 32];
        let last = text.last_chunk().unwrap_or_else(|| {
            few[..rest.len()].copy_from_slice(rest);
            &few
        });
        let mut found = [0; 32];
        for chunk in chunks.iter().chain([last]) {
            for (found, byte) in found.iter_mut().zip(chunk) {
                *found |= u8::from(special(*byte));
            }
        }
        found != [0; 32]
    };
    match place {
        Place::Verbatim => false,
        Place::Markdown => any(|byte| byte.is_ascii_punctuation()),
        Place::Cell => any(|byte| byte == b'"'),
        Place::DoubledQuote => any(|byte| byte == b'\''),
        Place::Json { ascii: true } | Place::Attribute(None) => true,
        Place::Json { ascii: false } => any(|byte| byte < b' ' || byte == b'"' || byte == b'\\'),
        Place::Element | Place::Attribute(Some(_)) => {
            any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\''))
        }
    }
}

/// Writes a character as JSON escapes it: by its UTF-16 code units.
pub(crate) fn json_escape(c: char, lower: bool, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.push_str(&if lower {
            format!("\\u{unit:04x}")
        } else {
            format!("\\u{unit:04X}")
        });
    }
}
