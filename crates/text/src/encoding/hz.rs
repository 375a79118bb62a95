//! HZ (RFC 1843): GB 2312 in ASCII, between `~{` and `~}`.

use super::step::Step;

/// Reads HZ.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// Whether pairs of bytes are characters.
    in_pairs: bool,
    /// A tilde, or the first byte of a pair, whose second byte has not come.
    first: Option<u8>,
}

impl Reader {
    /// As [`super::own::Reader::read`].
    pub fn read(&mut self, bytes: &[u8], last: bool, text: &mut String) -> (Step, usize) {
        for (at, &byte) in bytes.iter().enumerate() {
            match (self.first.take(), byte) {
                (Some(b'~'), b'~') if !self.in_pairs => text.push('~'),
                (Some(b'~'), b'{') if !self.in_pairs => self.in_pairs = true,
                (Some(b'~'), b'}') if self.in_pairs => self.in_pairs = false,
                // The line goes on.
                (Some(b'~'), b'\n') if !self.in_pairs => {}
                (Some(first @ 0x21..=0x77), 0x21..=0x7E) if self.in_pairs => {
                    match character(first, byte) {
                        Some(c) => text.push(c),
                        None => return (Step::Malformed(2), at + 1),
                    }
                }
                (Some(_), _) => return (Step::Malformed(1), at),
                (None, b'~') => self.first = Some(byte),
                (None, 0x21..=0x77) if self.in_pairs => self.first = Some(byte),
                (None, 0x78..=0x7D) if self.in_pairs => return (Step::Malformed(1), at + 1),
                (None, 0..0x80) => {
                    // Pairs end with the line.
                    self.in_pairs &= byte != b'\n';
                    text.push(char::from(byte));
                }
                (None, _) => return (Step::Malformed(1), at + 1),
            }
        }
        match self.first.take_if(|_| last) {
            Some(_) => (Step::Malformed(1), bytes.len()),
            None => (Step::Empty, bytes.len()),
        }
    }
}

/// The character of a pair of GB 2312.
fn character(first: u8, second: u8) -> Option<char> {
    let pair = [first | 0x80, second | 0x80];
    let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&pair)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// Writes text in HZ; pairs end with the text.
///
/// # Errors
/// As [`super::own::write`].
pub(super) fn write(text: &str, out: &mut Vec<u8>) -> Result<(), (usize, char)> {
    let mut in_pairs = false;
    let mut shift = |pairs: bool, out: &mut Vec<u8>| {
        if std::mem::replace(&mut in_pairs, pairs) != pairs {
            out.extend(if pairs { b"~{" } else { b"~}" });
        }
    };
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            shift(false, out);
            out.extend(std::iter::repeat_n(c as u8, if c == '~' { 2 } else { 1 }));
            continue;
        }
        let (bytes, _, unmappable) = encoding_rs::GBK.encode(&text[at..at + c.len_utf8()]);
        match *bytes {
            [first @ 0xA1..=0xF7, second @ 0xA1..=0xFE] if !unmappable => {
                shift(true, out);
                out.extend([first & 0x7F, second & 0x7F]);
            }
            _ => {
                shift(false, out);
                return Err((at, c));
            }
        }
    }
    shift(false, out);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc_is_read_and_written() {
        let bytes = b"This sentence is in ASCII.\nThe next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}Bye.\n~~ ~\nx";
        let mut text = String::new();
        let step = Reader::default().read(bytes, true, &mut text);
        assert_eq!(step, (Step::Empty, bytes.len()));
        let said =
            "This sentence is in ASCII.\nThe next sentence is in GB.己所不欲，勿施於人。Bye.\n~ x";
        assert_eq!(text.replace('于', "於"), said);
        let mut written = Vec::new();
        write(&text, &mut written).expect("in GB 2312");
        let mut again = String::new();
        Reader::default().read(&written, true, &mut again);
        assert_eq!(again, text);
        assert_eq!(write("a書", &mut written), Err((1, '書')));
    }
}
