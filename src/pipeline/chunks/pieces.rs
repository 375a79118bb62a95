//! A document in pieces of whole lines.

use std::io::{self, Read};

use jianti_text::encoding::Encoding;

use crate::context::BLOCK;
use crate::pipeline::stream::Stream;

/// How a document is cut, bytes. Even, for the sake of UTF-16.
#[derive(Clone, Copy)]
pub struct Cut {
    /// How much a thread works on at a time.
    pub piece: usize,
    /// How much before a piece is gone through to guess what it leaves behind.
    pub run_up: usize,
    /// How much is taken at a time of what has to go in order.
    pub block: usize,
}

/// The usual cut.
pub const CUT: Cut = Cut {
    piece: 1 << 18,
    run_up: 1 << 12,
    block: BLOCK,
};

/// A part of a document.
pub struct Piece {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The document's encoding.
    pub encoding: Encoding,
    /// Whether it begins and ends where lines do.
    pub whole_lines: bool,
    /// Whether it ends the document.
    pub last: bool,
    /// The last lines before it, if it begins where one does.
    pub run_up: Vec<u8>,
}

/// Reads a document in pieces of whole lines, as far as these are not too long.
pub struct Pieces<'i> {
    input: &'i mut dyn Read,
    encoding: Encoding,
    cut: Cut,
    /// What is read and in no piece yet.
    rest: Vec<u8>,
    /// The last lines of the last piece; `None` if it did not end in a line's end.
    before: Option<Vec<u8>>,
    /// Buffers to be used again.
    pub spare: Vec<Vec<u8>>,
}

impl<'i> Pieces<'i> {
    /// The pieces that follow what `stream` has.
    pub fn new(input: &'i mut dyn Read, stream: &Stream, cut: Cut) -> Self {
        Pieces {
            input,
            encoding: stream.encoding().expect("known by now"),
            cut,
            rest: Vec::new(),
            before: None,
            spare: Vec::new(),
        }
    }

    /// The next piece; a small one if it can go in parallel.
    pub fn next(&mut self, parallel: bool) -> io::Result<Piece> {
        let size = if parallel {
            self.cut.piece
        } else {
            self.cut.block
        };
        let mut bytes = self.spare.pop().unwrap_or_default();
        bytes.resize(size.max(self.rest.len()), 0);
        let mut filled = self.rest.len();
        bytes[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        let mut last = false;
        while filled < bytes.len() && !last {
            match self.input.read(&mut bytes[filled..]) {
                Ok(length) => {
                    filled += length;
                    last = length == 0;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        bytes.truncate(filled);
        let run_up = self.before.take();
        if !last && let Some(end) = last_line_end(self.encoding, &bytes) {
            self.rest.extend(&bytes[end..]);
            bytes.truncate(end);
            let tail = &bytes[end.saturating_sub(self.cut.run_up)..];
            let start = first_line_end(self.encoding, tail).expect("at its end");
            self.before = Some(tail[start..].to_vec());
        }
        Ok(Piece {
            bytes,
            encoding: self.encoding,
            whole_lines: run_up.is_some() && (last || self.before.is_some()),
            last,
            run_up: run_up.unwrap_or_default(),
        })
    }
}

/// Where the first line ends, bytes. No byte before it changes what those behind it mean.
fn first_line_end(encoding: Encoding, bytes: &[u8]) -> Option<usize> {
    let pair = |pair: [u8; 2]| bytes.chunks_exact(2).position(|found| found == pair);
    match encoding {
        Encoding::Utf16Le => pair([b'\n', 0]).map(|at| at * 2 + 2),
        Encoding::Utf16Be => pair([0, b'\n']).map(|at| at * 2 + 2),
        _ if encoding.keeps_ascii() => memchr::memchr(b'\n', bytes).map(|at| at + 1),
        _ => None,
    }
}

/// Where the last line ends, bytes.
fn last_line_end(encoding: Encoding, bytes: &[u8]) -> Option<usize> {
    let pair = |pair: [u8; 2]| bytes.chunks_exact(2).rposition(|found| found == pair);
    match encoding {
        Encoding::Utf16Le => pair([b'\n', 0]).map(|at| at * 2 + 2),
        Encoding::Utf16Be => pair([0, b'\n']).map(|at| at * 2 + 2),
        _ if encoding.keeps_ascii() => memchr::memrchr(b'\n', bytes).map(|at| at + 1),
        _ => None,
    }
}
