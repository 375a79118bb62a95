//! Web archives (WARC 1.1, ISO 28500): records one after another, each perhaps a gzip member of its own. Pages in them
//! are text; lengths and digests follow, and everything else stays.

mod body;
mod digest;
pub(crate) mod magic;
mod page;
mod record;
mod records;

use std::io::{self, BufRead, BufReader, Read, Seek, Write};

use super::compressed::{Compression, unpack_member};
use super::limits::Limits;
use super::members::spool;
pub use magic::begins;
use record::Archive;
pub use records::{Kept, Page, Records};

/// How much of a gzip member tells how it is packed, bytes.
const LOOK: usize = 512;

/// Whether a file that begins with `head` is one whose records are gzip members.
pub fn begins_packed(head: &[u8]) -> bool {
    let mut front = Vec::new();
    // Only the front is there, and no more is wanted.
    let _ = flate2::bufread::GzDecoder::new(head)
        .take(LOOK as u64)
        .read_to_end(&mut front);
    begins(&front)
}

/// Rewrites an archive's pages.
///
/// # Errors
/// [`Damaged`](crate::Error::Damaged), [`Io`](crate::Error::Io), and what `records` fails with.
pub fn rewrite<R: Records>(
    input: &mut dyn Read,
    records: &mut R,
    output: &mut dyn Write,
) -> Result<(), R::Error> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut archive = Archive::new(records);
    archive.records(&mut input, output)?;
    Ok(())
}

/// Rewrites the pages of an archive of gzip members, which are kept apart; one in which nothing changes stays as it is.
///
/// # Errors
/// Those of [`rewrite`].
pub fn rewrite_packed<R: Records>(
    input: &mut dyn Read,
    limits: &Limits,
    records: &mut R,
    output: &mut dyn Write,
) -> Result<(), R::Error> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut archive = Archive::new(records);
    let mut start = 0;
    loop {
        let front = input.fill_buf()?;
        if front.is_empty() {
            return Ok(());
        }
        let front = front[..front.len().min(LOOK)].to_vec();
        let mut raw = spool();
        let mut plain = spool();
        let mut taken = Copied::new(&mut input, &mut raw);
        let unpacked = unpack_member(&mut taken, start, limits);
        let mut unpacked = BufReader::with_capacity(1 << 16, unpacked);
        let changed = archive.records(&mut unpacked, &mut plain)?;
        drop(unpacked);
        start += taken.finish()?;
        if changed {
            plain.rewind()?;
            let mut packed = Compression::Gzip.pack(&front, &mut *output)?;
            io::copy(&mut plain, &mut packed)?;
            packed.finish()?;
        } else {
            raw.rewind()?;
            io::copy(&mut raw, output)?;
        }
    }
}

/// Input of which all that is used is copied too.
struct Copied<'c, R, W> {
    input: &'c mut R,
    copy: &'c mut W,
    length: u64,
    /// Why the copy failed, if it did.
    failure: Option<io::Error>,
}

impl<'c, R, W> Copied<'c, R, W> {
    fn new(input: &'c mut R, copy: &'c mut W) -> Self {
        Copied {
            input,
            copy,
            length: 0,
            failure: None,
        }
    }

    /// How much was used, bytes.
    fn finish(self) -> io::Result<u64> {
        self.failure.map_or(Ok(self.length), Err)
    }
}

impl<R: BufRead, W: Write> Read for Copied<'_, R, W> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut front = self.fill_buf()?;
        let length = front.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead, W: Write> BufRead for Copied<'_, R, W> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, length: usize) {
        // It is there already: nothing is read.
        let used = self.input.fill_buf();
        let copied = used.and_then(|used| self.copy.write_all(&used[..length]));
        self.failure = copied.err().or(self.failure.take());
        self.length += length as u64;
        self.input.consume(length);
    }
}
