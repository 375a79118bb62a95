//! Runs of ASCII and of characters of two bytes in GBK and Big5, by table; encoding_rs reads what else there is.

use std::sync::OnceLock;

use super::encoding::Encoding;

/// How many bytes are read at a time.
const PIECE: usize = 1 << 12;

/// The characters that two bytes stand for in an encoding.
pub struct Pairs {
    /// By the pair (its lead byte lowest): the character's two or three bytes in UTF-8, the first one lowest, and their
    /// number in the highest byte; 0 for all other pairs.
    characters: Box<[u32; 0x1_0000]>,
}

impl Pairs {
    /// The pairs of an encoding that has such characters. Made when first asked for, which takes half a millisecond.
    pub fn of(encoding: Encoding) -> Option<&'static Pairs> {
        static TABLES: [OnceLock<Pairs>; 2] = [const { OnceLock::new() }; 2];
        let number = match encoding {
            Encoding::Gbk | Encoding::Gb18030 => 0,
            Encoding::Big5 => 1,
            _ => return None,
        };
        Some(
            TABLES[number]
                .get_or_init(|| Pairs::new(encoding.implementation().expect("one of encoding_rs"))),
        )
    }

    /// As encoding_rs decodes them.
    fn new(encoding: &'static encoding_rs::Encoding) -> Pairs {
        let pairs =
            || (0x81..=0xFE_u8).flat_map(|lead| (0x40..=0xFE).map(move |trail| [lead, trail]));
        let lines: Vec<u8> = pairs()
            .flat_map(|[lead, trail]| [lead, trail, b'\n'])
            .collect();
        let (text, _) = encoding.decode_without_bom_handling(&lines);
        let mut characters = vec![0; 0x1_0000];
        for (pair, line) in pairs().zip(text.lines()) {
            let mut found = line.chars();
            if let (Some(c), None) = (found.next(), found.next())
                && c != char::REPLACEMENT_CHARACTER
                && let length @ 2..=3 = c.len_utf8()
            {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes);
                bytes[3] = length as u8;
                characters[u16::from_le_bytes(pair) as usize] = u32::from_le_bytes(bytes);
            }
        }
        let characters = characters.into_boxed_slice().try_into();
        Pairs {
            characters: characters.expect("as many as pairs"),
        }
    }

    /// Reads the front of `bytes` as far as it is ASCII and pairs, and appends it to `text`; returns its length.
    pub fn read(&self, bytes: &[u8], text: &mut String) -> usize {
        let mut done = 0;
        while done < bytes.len() {
            let piece = &bytes[done..bytes.len().min(done + PIECE)];
            let read = self.piece(piece, text);
            done += read;
            // The piece's end may cut a pair.
            if read + 1 < piece.len() || read == 0 {
                break;
            }
        }
        done
    }

    fn piece(&self, piece: &[u8], text: &mut String) -> usize {
        // A character of four bytes is put down for each pair, and the last overwritten by the next.
        let mut out = [0; PIECE / 2 * 3 + 4];
        let (mut read, mut written) = (0, 0);
        loop {
            while let Some(characters) = self.four(&piece[read..]) {
                let room: &mut [u8; 13] = (&mut out[written..written + 13])
                    .try_into()
                    .expect("of this size");
                for (index, character) in characters.into_iter().enumerate() {
                    room[3 * index..3 * index + 4].copy_from_slice(&character.to_le_bytes());
                }
                (read, written) = (read + 8, written + 12);
            }
            let Some(&[lead, trail]) = piece[read..].first_chunk() else {
                break;
            };
            if lead < 0x80 {
                let rest = &piece[read..];
                let length = rest.iter().position(|byte| *byte >= 0x80);
                let length = length.unwrap_or(rest.len());
                out[written..written + length].copy_from_slice(&rest[..length]);
                (read, written) = (read + length, written + length);
                continue;
            }
            let character = self.characters[u16::from_le_bytes([lead, trail]) as usize];
            if character == 0 {
                break;
            }
            out[written..written + 4].copy_from_slice(&character.to_le_bytes());
            (read, written) = (read + 2, written + (character >> 24) as usize);
        }
        let out = &out[..written];
        text.push_str(simdutf8::basic::from_utf8(out).expect("characters are UTF-8"));
        read
    }

    /// The first four pairs, if each stands for a character of three bytes in UTF-8, as nearly all do.
    #[inline(always)]
    fn four(&self, bytes: &[u8]) -> Option<[u32; 4]> {
        let bytes: &[u8; 8] = bytes.first_chunk()?;
        let characters: [u32; 4] = std::array::from_fn(|pair| {
            let pair = u16::from_le_bytes([bytes[2 * pair], bytes[2 * pair + 1]]);
            self.characters[pair as usize]
        });
        let lengths = characters.iter().fold(u32::MAX, |all, one| all & one);
        (lengths >> 24 == 3).then_some(characters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::Decoder;

    const ENCODINGS: [Encoding; 3] = [Encoding::Gbk, Encoding::Gb18030, Encoding::Big5];

    /// All of `bytes` by our decoder, in pieces of this size, and by encoding_rs.
    fn both(encoding: Encoding, bytes: &[u8], size: usize) -> [String; 2] {
        let mut text = String::new();
        let mut decoder = Decoder::new(encoding, true, 0);
        for piece in bytes.chunks(size) {
            decoder.push(piece, false, &mut text).expect("lossy");
        }
        decoder.push(b"", true, &mut text).expect("lossy");
        let (expected, _) = encoding
            .implementation()
            .expect("one of encoding_rs")
            .decode_without_bom_handling(bytes);
        [text, expected.into_owned()]
    }

    #[test]
    fn all_pairs_are_read_as_encoding_rs_reads_them() {
        for encoding in ENCODINGS {
            for lead in 0..=0xFF_u8 {
                // Between other characters, and at the end of a line.
                let bytes: Vec<u8> = (0..=0xFF_u8)
                    .flat_map(|trail| [0xA4, 0xA4, lead, trail, b'\n', lead, trail, 0xA4, 0xA4])
                    .collect();
                let [ours, theirs] = both(encoding, &bytes, bytes.len());
                assert_eq!(ours, theirs, "{encoding}, lead {lead:X}");
            }
        }
    }

    #[test]
    fn random_bytes_are_read_as_encoding_rs_reads_them() {
        let mut random = fastrand::Rng::with_seed(7);
        for round in 0..600 {
            let encoding = ENCODINGS[round % 3];
            let length = random.usize(..3 * PIECE);
            let bytes: Vec<u8> = (0..length)
                .map(|_| match random.u8(..4 + round as u8 % 60) {
                    0 => random.u8(..),
                    1 => random.u8(0x20..0x7F),
                    2 => random.u8(0x30..0x3A),
                    _ => random.u8(0xA1..=0xC6),
                })
                .collect();
            for size in [1, 7, PIECE + 1, bytes.len().max(1)] {
                let [ours, theirs] = both(encoding, &bytes, size);
                assert!(
                    ours == theirs,
                    "{encoding}, round {round}, pieces of {size}"
                );
            }
        }
    }
}
