//! Small numbers in runs, as Parquet has levels and places in a dictionary: one value many times, or values in as many bits
//! each (its RLE / bit-packing hybrid).

use super::thrift::{Cause, varint, write_varint};
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
            match run(&mut self.bytes, self.width, self.left)? {
                Run::Same(value, count) => return Ok((number(value), count)),
                Run::Packed(packed, count) => {
                    (self.packed, self.at, self.count) = (packed, 0, count)
                }
            }
        }
        let value = packed(self.packed, self.width, self.at) as u32;
        self.at += 1;
        Ok((value, 1))
    }
}

/// A run as it is in the file, and how many numbers are taken from it.
enum Run<'a> {
    /// One number, in whole bytes.
    Same(&'a [u8], u64),
    /// Numbers of so many bits each; behind the last one may be some that make its last byte full.
    Packed(&'a [u8], u64),
}

/// Takes a run from the front of `bytes`, of whose numbers `left` are to come.
///
/// # Errors
/// It ends too early, or has no numbers.
fn run<'a>(bytes: &mut &'a [u8], width: u32, left: u64) -> Result<Run<'a>, Cause> {
    let header = varint(bytes)?;
    if header & 1 == 0 {
        let value = bytes.split_off(..width.div_ceil(8) as usize).ok_or(CUT)?;
        return match (header >> 1).min(left) {
            0 => Err(ParquetFault::EmptyRun),
            count => Ok(Run::Same(value, count)),
        };
    }
    let groups = header >> 1;
    let length = groups.checked_mul(width.into()).ok_or(CUT)?;
    // The last run may end before its padding.
    let length = (length as usize).min(bytes.len());
    let count = groups.checked_mul(8).ok_or(CUT)?.min(left);
    let packed = bytes.split_off(..length).ok_or(CUT)?;
    match count > 0 && packed.len() as u64 * 8 >= count * u64::from(width) {
        true => Ok(Run::Packed(packed, count)),
        false => Err(CUT),
    }
}

fn number(bytes: &[u8]) -> u32 {
    let mut whole = [0; 4];
    whole[..bytes.len()].copy_from_slice(bytes);
    u32::from_le_bytes(whole)
}

/// The bytes of `count` numbers of `width` bits, 32 at most, once each number is the one that `new` has in its place: in the
/// same runs, so that they are as many bytes. No new number may be larger than the old one. Numbers behind the last that
/// counts are changed, too, as some readers look at them.
///
/// # Errors
/// The runs are damaged, or `new` lacks a number.
pub(super) fn renumbered(
    bytes: &[u8],
    width: u32,
    count: u64,
    new: &[u32],
) -> Result<Vec<u8>, Cause> {
    let mut out = bytes.to_vec();
    let (mut rest, mut left) = (bytes, count);
    let known = |number: u32| new.get(number as usize).copied();
    // Numbers of no bits are all 0.
    while left > 0 && width > 0 {
        let run = run(&mut rest, width, left)?;
        let end = bytes.len() - rest.len();
        match run {
            Run::Same(value, count) => {
                let new = known(number(value)).ok_or(ParquetFault::NotInDictionary)?;
                let length = value.len();
                out[end - length..end].copy_from_slice(&new.to_le_bytes()[..length]);
                left -= count;
            }
            Run::Packed(old, count) => {
                let out = &mut out[end - old.len()..end];
                for at in 0..old.len() as u64 * 8 / u64::from(width) {
                    match known(packed(old, width, at) as u32) {
                        Some(new) => pack(out, width, at, new.into()),
                        None if at < count => return Err(ParquetFault::NotInDictionary),
                        None => {}
                    }
                }
                left -= count;
            }
        }
    }
    Ok(out)
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

/// Puts a number among those that are packed in `width` bits each, in the place of the one that is there.
pub(super) fn pack(bytes: &mut [u8], width: u32, at: u64, value: u64) {
    let bit = at * u64::from(width);
    let mask = ((1_u128 << width) - 1) << (bit % 8);
    let value = u128::from(value) << (bit % 8);
    let length = (bit % 8 + u64::from(width)).div_ceil(8) as usize;
    let bytes = bytes[(bit / 8) as usize..].iter_mut();
    let new = value.to_le_bytes().into_iter().zip(mask.to_le_bytes());
    for (byte, (new, mask)) in bytes.zip(new).take(length) {
        *byte = *byte & !mask | new & mask;
    }
}

/// Writes numbers of `width` bits, 32 at most, each with how many times it stands there: eight times and more as one number,
/// others packed.
pub(super) fn write(runs: &[(u32, u64)], width: u32, out: &mut Vec<u8>) {
    let mut few: Vec<u32> = Vec::new();
    for &(number, times) in runs {
        // A packed run has a multiple of eight.
        let missing = (few.len().next_multiple_of(8) - few.len()) as u64;
        let taken = if few.is_empty() {
            0
        } else {
            missing.min(times)
        };
        let left = times - taken;
        let packed = if left < 8 { times } else { taken };
        few.extend((0..packed).map(|_| number));
        if left >= 8 {
            write_packed(&mut few, width, out);
            write_varint(left << 1, out);
            out.extend_from_slice(&number.to_le_bytes()[..width.div_ceil(8) as usize]);
        }
    }
    write_packed(&mut few, width, out);
}

/// Writes a packed run, if there is any number; it ends with zeros.
fn write_packed(numbers: &mut Vec<u32>, width: u32, out: &mut Vec<u8>) {
    if numbers.is_empty() {
        return;
    }
    let groups = numbers.len().div_ceil(8);
    write_varint((groups as u64) << 1 | 1, out);
    let from = out.len();
    out.resize(from + groups * width as usize, 0);
    for (at, number) in numbers.drain(..).enumerate() {
        pack(&mut out[from..], width, at as u64, number.into());
    }
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
    fn numbers_are_read_as_they_were_written() {
        let mut random = fastrand::Rng::with_seed(8);
        for width in [1, 2, 7, 8, 13, 32] {
            for _ in 0..200 {
                let runs: Vec<(u32, u64)> = (0..random.usize(..20))
                    .map(|_| {
                        let number = random.u32(..) >> (32 - width);
                        let most = [2, 9, 40][random.usize(..3)];
                        (number, random.u64(..most))
                    })
                    .collect();
                let expected: Vec<u32> = runs
                    .iter()
                    .flat_map(|(number, times)| (0..*times).map(|_| *number))
                    .collect();
                let mut bytes = Vec::new();
                write(&runs, width, &mut bytes);
                assert_eq!(numbers(&bytes, width, expected.len() as u64), Ok(expected));
            }
        }
        // A million equal ones are four bytes.
        let mut bytes = Vec::new();
        write(&[(1, 1_000_000)], 1, &mut bytes);
        assert_eq!(bytes.len(), 4);
    }

    #[test]
    fn widths_hold_the_largest_number() {
        assert_eq!([0, 1, 2, 3, 4, 255].map(width), [0, 1, 2, 2, 3, 8]);
    }

    /// Runs of numbers below `most`, of both kinds, in `width` bits each.
    fn random_runs(random: &mut fastrand::Rng, width: u32, most: u32) -> (Vec<u8>, u64) {
        let (mut bytes, mut count) = (Vec::new(), 0);
        for _ in 0..random.usize(1..6) {
            if random.bool() {
                let length = random.u64(1..300);
                write_varint(length << 1, &mut bytes);
                let number = random.u32(..most).to_le_bytes();
                bytes.extend(&number[..width.div_ceil(8) as usize]);
                count += length;
            } else {
                let groups = random.u64(1..5);
                write_varint(groups << 1 | 1, &mut bytes);
                let from = bytes.len();
                bytes.resize(from + (groups * u64::from(width)) as usize, 0);
                for at in 0..groups * 8 {
                    pack(&mut bytes[from..], width, at, random.u32(..most).into());
                }
                count += groups * 8;
            }
        }
        (bytes, count)
    }

    #[test]
    fn numbers_become_others_in_the_same_runs() {
        let mut random = fastrand::Rng::with_seed(6);
        for width in (1..=20).chain([31, 32]) {
            let most = 1 << width.min(10);
            let new: Vec<u32> = (0..most).map(|old| random.u32(..=old)).collect();
            for _ in 0..20 {
                let (bytes, count) = random_runs(&mut random, width, most);
                let old = numbers(&bytes, width, count).expect("runs");
                let expected: Vec<u32> = old.iter().map(|old| new[*old as usize]).collect();
                let result = renumbered(&bytes, width, count, &new).expect("runs");
                assert_eq!(result.len(), bytes.len());
                assert_eq!(numbers(&result, width, count), Ok(expected));
                // What counts decides what is an error, and what follows it stays.
                let most = *old.iter().max().expect("a number") as usize;
                assert!(renumbered(&bytes, width, count, &new[..=most]).is_ok());
                let lacks = renumbered(&bytes, width, count, &new[..most]);
                assert_eq!(lacks, Err(ParquetFault::NotInDictionary));
                let fewer = random.u64(1..=count);
                let followed = [&bytes[..], b"more"].concat();
                let result = renumbered(&followed, width, fewer, &new).expect("runs");
                assert_eq!(
                    numbers(&result, width, fewer).expect("runs"),
                    old[..fewer as usize]
                        .iter()
                        .map(|old| new[*old as usize])
                        .collect::<Vec<_>>()
                );
                assert!(result.ends_with(b"more"));
                let end = random.usize(..bytes.len());
                assert!(renumbered(&bytes[..end], width, count, &new).is_err());
            }
        }
        assert_eq!(renumbered(b"xyz", 0, 9, &[0]), Ok(b"xyz".to_vec()));
    }
}
