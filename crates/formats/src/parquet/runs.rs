//! Small numbers in runs, as Parquet has levels and places in a dictionary: one value many times, or values in as many bits
//! each (its RLE / bit-packing hybrid).

use super::thrift::{Cause, varint};
use crate::fault::ParquetFault;

const CUT: Cause = ParquetFault::RunCut;

/// How many bits the numbers up to `most` take.
pub(super) fn width(most: u32) -> u32 {
    32 - most.leading_zeros()
}

/// Numbers in runs: yields a number, and how many times it stands there.
#[derive(Clone, Debug)]
pub(super) struct Runs<'a> {
    bytes: &'a [u8],
    width: u32,
    /// How many numbers are to come.
    left: u64,
    /// Of the current packed run: its bytes, the next of its numbers, and how many it has.
    packed: &'a [u8],
    at: u64,
    count: u64,
}

impl<'a> Runs<'a> {
    /// `count` numbers of `width` bits, 32 at most.
    pub fn new(bytes: &'a [u8], width: u32, count: u64) -> Runs<'a> {
        Runs {
            bytes,
            width,
            left: count,
            packed: &[],
            at: 0,
            count: 0,
        }
    }

    fn read(&mut self) -> Result<(u32, u64), Cause> {
        if self.at == self.count {
            let header = varint(&mut self.bytes)?;
            if header & 1 == 0 {
                return self.same((header >> 1).min(self.left));
            }
            let groups = header >> 1;
            let length = groups.checked_mul(self.width.into()).ok_or(CUT)?;
            // The last run may end before its padding.
            let length = (length as usize).min(self.bytes.len());
            (self.packed, self.bytes) = self.bytes.split_at(length);
            (self.at, self.count) = (0, groups.checked_mul(8).ok_or(CUT)?.min(self.left));
            if self.count == 0 || self.packed.len() as u64 * 8 < self.count * u64::from(self.width)
            {
                return Err(CUT);
            }
        }
        let value = packed(self.packed, self.width, self.at) as u32;
        self.at += 1;
        Ok((value, 1))
    }

    fn same(&mut self, count: u64) -> Result<(u32, u64), Cause> {
        let length = self.width.div_ceil(8) as usize;
        let (value, rest) = self.bytes.split_at_checked(length).ok_or(CUT)?;
        self.bytes = rest;
        let mut bytes = [0; 4];
        bytes[..length].copy_from_slice(value);
        match count {
            0 => Err(ParquetFault::EmptyRun),
            count => Ok((u32::from_le_bytes(bytes), count)),
        }
    }
}

impl Iterator for Runs<'_> {
    type Item = Result<(u32, u64), Cause>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        // Numbers of no bits are all 0.
        let next = match self.width {
            0 => Ok((0, self.left)),
            _ => self.read(),
        };
        self.left = match next {
            Ok((_, count)) => self.left - count,
            Err(_) => 0,
        };
        Some(next)
    }
}

/// Number `at` of those that are packed in `width` bits each, the lowest first; 64 bits at most. What the bytes lack is 0.
pub(super) fn packed(bytes: &[u8], width: u32, at: u64) -> u64 {
    let bit = at * u64::from(width);
    let from = (bytes.len() as u64).min(bit / 8) as usize;
    let mut window = [0; 16];
    let held = &bytes[from..bytes.len().min(from + 16)];
    window[..held.len()].copy_from_slice(held);
    let value = u128::from_le_bytes(window) >> (bit % 8);
    (value & ((1 << width) - 1)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(bytes: &[u8], width: u32, count: u64) -> Result<Vec<u32>, Cause> {
        let mut numbers = Vec::new();
        for run in Runs::new(bytes, width, count) {
            let (value, times) = run?;
            numbers.extend((0..times).map(|_| value));
        }
        Ok(numbers)
    }

    #[test]
    fn runs_are_read_as_the_format_describes_them() {
        // The format's own example: the numbers 0 to 7 in three bits each.
        let packed = [0x03, 0b1000_1000, 0b1100_0110, 0b1111_1010];
        assert_eq!(numbers(&packed, 3, 8), Ok((0..8).collect()));
        assert_eq!(numbers(&packed, 3, 5), Ok((0..5).collect()));
        assert_eq!(
            numbers(&[0x06, 0x2A, 0x04, 1], 6, 5),
            Ok(vec![42, 42, 42, 1, 1])
        );
        assert_eq!(
            numbers(&[0x04, 0x34, 0x12], 13, 2),
            Ok(vec![0x1234, 0x1234])
        );
        assert_eq!(numbers(&[], 0, 3), Ok(vec![0, 0, 0]));
        assert!(numbers(&packed, 3, 9).is_err());
        assert!(numbers(&packed[..3], 3, 8).is_err());
        assert!(numbers(&[0x00, 0x01], 1, 1).is_err());
    }

    #[test]
    fn widths_hold_the_largest_number() {
        assert_eq!([0, 1, 2, 3, 4, 255].map(width), [0, 1, 2, 2, 3, 8]);
    }
}
