//! A part of a book or an office document: it is read, and what becomes of it written, as a stream.

use std::borrow::Cow;
use std::io::{self, Read, Seek, Write};

use jianti_text::encoding::{self, Decoder, Encoding};

use crate::Error;
use crate::archive::members::{Spool, spool};

/// How much is read at a time, bytes.
const BLOCK: usize = 1 << 18;

/// Reads a part, which is XML: UTF-8 or UTF-16, or what it declares.
pub(super) struct PartReader<'r> {
    data: &'r mut dyn Read,
    block: &'r mut Vec<u8>,
    /// How much of the block is read, bytes.
    done: usize,
    /// `None` before the first block.
    decoder: Option<Decoder>,
}

impl<'r> PartReader<'r> {
    /// A part at its beginning, and room for a block of it, which serves one part behind the other.
    pub fn new(data: &'r mut dyn Read, block: &'r mut Vec<u8>) -> PartReader<'r> {
        block.clear();
        block.reserve(BLOCK);
        PartReader {
            data,
            block,
            done: 0,
            decoder: None,
        }
    }

    /// The next piece of its text, and whether that is the last one. UTF-8 comes with its BOM, if it has one.
    ///
    /// # Errors
    /// Its encoding cannot be told, it is not in it, or the archive is damaged.
    pub fn next(&mut self) -> Result<(Cow<'_, str>, bool), Error> {
        self.block.drain(..self.done);
        let last = fill(self.data, self.block)?;
        let mut start = 0;
        let decoder = match &mut self.decoder {
            Some(decoder) => decoder,
            None => {
                let found = encoding::detect(self.block, last)?;
                if found.encoding != Encoding::Utf8 {
                    start = found.bom_len;
                }
                let decoder = Decoder::new(found.encoding, false, start as u64);
                self.decoder.insert(decoder)
            }
        };
        self.done = match last {
            true => self.block.len(),
            // UTF-8 is read much faster if no character is cut.
            false => self.block.len() - cut_character(self.block),
        };
        match decoder.read(&self.block[start..self.done], last) {
            Ok(text) => Ok((text, last)),
            Err(mut error) => {
                // It tells of all places in the part.
                let mut rest = self.block[self.done..].to_vec();
                let mut ended = last;
                while !ended {
                    ended = fill(self.data, &mut rest)?;
                    if let Err(counted) = decoder.push(&rest, ended, &mut String::new()) {
                        error = counted;
                    }
                    rest.clear();
                }
                Err(error.into())
            }
        }
    }
}

/// Reads to the block's end; returns whether that is the end of all.
fn fill(data: &mut dyn Read, block: &mut Vec<u8>) -> io::Result<bool> {
    let wanted = BLOCK - block.len();
    Ok(data.take(wanted as u64).read_to_end(block)? < wanted)
}

/// How many bytes at the end of a block are of a character of UTF-8 that goes on behind it; 0 in other encodings or a few.
fn cut_character(block: &[u8]) -> usize {
    let begins = |byte: &u8| byte & 0xC0 != 0x80;
    let tail = &block[block.len().saturating_sub(3)..];
    match tail.iter().rposition(begins) {
        Some(at) => {
            let length = match tail[at] {
                0xC0..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xFF => 4,
                _ => 1,
            };
            let there = tail.len() - at;
            if there < length { there } else { 0 }
        }
        None => 0,
    }
}

/// Writes what becomes of a part; nothing, as long as that is what the part held.
pub(super) struct PartWriter<'w> {
    output: &'w mut dyn Write,
    /// What came in and did not come out yet, while all is equal.
    uncompared: String,
    /// What is equal so far; `None` once something has changed.
    equal: Option<Spool>,
    /// How much came in and went out, bytes of UTF-8.
    pub bytes_in: u64,
    pub bytes_out: u64,
}

impl<'w> PartWriter<'w> {
    /// A part at its beginning.
    pub fn new(output: &'w mut dyn Write) -> PartWriter<'w> {
        PartWriter {
            output,
            uncompared: String::new(),
            equal: Some(spool()),
            bytes_in: 0,
            bytes_out: 0,
        }
    }

    /// Takes the part's next piece, and what came of it so far.
    ///
    /// # Errors
    /// Those of writing.
    pub fn push(&mut self, old: &str, new: &str) -> io::Result<()> {
        self.bytes_in += old.len() as u64;
        self.bytes_out += new.len() as u64;
        let Some(equal) = &mut self.equal else {
            return self.output.write_all(new.as_bytes());
        };
        self.uncompared.push_str(old);
        if self.uncompared.starts_with(new) {
            self.uncompared.drain(..new.len());
            return equal.write_all(new.as_bytes());
        }
        self.differ()?;
        self.output.write_all(new.as_bytes())
    }

    /// Writes what was equal so far.
    fn differ(&mut self) -> io::Result<()> {
        self.uncompared = String::new();
        if let Some(mut equal) = self.equal.take() {
            equal.rewind()?;
            io::copy(&mut equal, self.output)?;
        }
        Ok(())
    }

    /// Whether the part has changed, after its last piece.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(&mut self) -> io::Result<bool> {
        if !self.uncompared.is_empty() {
            self.differ()?;
        }
        Ok(self.equal.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_alike_wherever_blocks_end() {
        for front in 0..5 {
            let text = format!(
                "<a>{}{}</a>",
                "x".repeat(front),
                "渡輪é𠂊靠岸".repeat(40_000)
            );
            let utf16: Vec<u8> = "\u{FEFF}"
                .chars()
                .chain(text.chars())
                .flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec())
                .flat_map(u16::to_le_bytes)
                .collect();
            for bytes in [text.as_bytes(), &utf16] {
                let mut data = bytes;
                let mut block = Vec::new();
                let mut reader = PartReader::new(&mut data, &mut block);
                let (mut read, mut pieces) = (String::new(), 0);
                loop {
                    let (piece, last) = reader.next().expect("well");
                    read.push_str(&piece);
                    pieces += 1;
                    if last {
                        break;
                    }
                }
                assert!(read == text && pieces > 1, "{front}");
            }
        }
    }

    #[test]
    fn all_that_is_malformed_is_counted() {
        let mut bytes = "渡輪靠岸".repeat(50_000).into_bytes();
        for at in [300_001, 300_007, 590_003] {
            bytes[at] = 0xFF;
        }
        let mut data = &bytes[..];
        let mut block = Vec::new();
        let mut reader = PartReader::new(&mut data, &mut block);
        let error = loop {
            match reader.next() {
                Ok((_, false)) => {}
                Ok((_, true)) => panic!("it is malformed"),
                Err(error) => break error,
            }
        };
        let whole = encoding::decode(&bytes, Encoding::Utf8, 0, false).expect_err("malformed");
        assert_eq!(error.to_string(), Error::from(whole).to_string());
    }

    #[test]
    fn what_stays_is_not_written() {
        for (pieces, changed) in [
            (&[("ab", "a"), ("cd", "bcd")][..], false),
            (&[("ab", "a"), ("cd", "bce")], true),
            (&[("ab", "ab"), ("cd", "c")], true),
            (&[("ab", "ab"), ("cd", "cde")], true),
            (&[("ab", "x"), ("cd", "cd")], true),
        ] {
            let mut output = Vec::new();
            let mut writer = PartWriter::new(&mut output);
            for (old, new) in pieces {
                writer.push(old, new).expect("written");
            }
            assert_eq!(writer.finish().expect("written"), changed);
            let new: String = pieces.iter().map(|(_, new)| *new).collect();
            assert_eq!(output, if changed { new.as_bytes() } else { b"" });
        }
    }
}
