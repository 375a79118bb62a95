//! Where the pages of a column lie in a file, and how much memory they take.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::page::{Header, Kind};
use super::thrift::Cause;
use crate::{Error, Format};

/// How many bytes a page's header takes mostly, and at most.
const HEADER: u64 = 512;
const LONGEST_HEADER: u64 = 16 << 20;

/// Reads so much of the pages that end at `end` that the header of the one at `at` is in it.
pub(super) fn front(input: &mut (impl Read + Seek), at: u64, end: u64) -> io::Result<Vec<u8>> {
    let mut length = HEADER;
    loop {
        let to = end.min(at + length);
        let front = read(input, at..to)?;
        if to == end || length >= LONGEST_HEADER || Header::read(&mut &front[..]).is_ok() {
            return Ok(front);
        }
        length *= 8;
    }
}

pub(super) fn read(input: &mut (impl Read + Seek), place: Range<u64>) -> io::Result<Vec<u8>> {
    input.seek(SeekFrom::Start(place.start))?;
    let length = place.end - place.start;
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    match bytes.len() as u64 == length {
        true => Ok(bytes),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// How many bytes more a string takes in memory than in its page, and one of a dictionary; a sixth of that, as a page is
/// weighed by six times its size.
const MORE: u64 = 16;
const MORE_IN_DICTIONARY: u64 = 24;

/// How many bytes the pages of a column in a group of rows unpack to that are held at a time: its dictionary and another;
/// with what their strings take beside that.
///
/// # Errors
/// They are damaged, or cannot be read.
pub(super) fn held(input: &mut (impl Read + Seek), place: Range<u64>) -> Result<u64, Error> {
    let mut at = place.start;
    let (mut dictionary, mut largest) = (0, 0);
    while at < place.end {
        let front = front(input, at, place.end)?;
        let mut rest = &front[..];
        let header = Header::read(&mut rest).map_err(|cause| damaged(at, cause))?;
        match header.kind {
            Kind::Dictionary => {
                dictionary = weight(header.unpacked, header.count, MORE_IN_DICTIONARY);
            }
            _ => largest = largest.max(weight(header.unpacked, header.count, MORE)),
        }
        at += (front.len() - rest.len()) as u64 + header.packed;
    }
    Ok(dictionary.saturating_add(largest))
}

fn weight(unpacked: usize, strings: u64, more: u64) -> u64 {
    (unpacked as u64).saturating_add(strings.saturating_mul(more))
}

/// The error for a file that is damaged at this byte.
pub(super) fn damaged(offset: u64, cause: Cause) -> Error {
    Error::Damaged {
        format: Format::Parquet,
        offset,
        cause: cause.into(),
    }
}
