//! Numbers as differences from each one to the next, in blocks (Parquet's DELTA_BINARY_PACKED): the lengths of strings.

use super::runs::{pack, packed};
use super::thrift::{Cause, varint, write_varint, write_zigzag, zigzag};
use crate::fault::ParquetFault;

const WRONG: Cause = ParquetFault::LengthBlock;

/// What we write: numbers of a block, and of each of the parts that have a width of their own.
const BLOCK: usize = 128;
const PART: usize = 32;

/// Reads `count` numbers from the front of `bytes`, which is what follows afterwards.
///
/// # Errors
/// There are fewer or more, or what is there is nothing of the kind.
pub(super) fn read(bytes: &mut &[u8], count: u64) -> Result<Vec<i64>, Cause> {
    let block = varint(bytes)?;
    let parts = varint(bytes)?;
    let found = varint(bytes)?;
    let mut value = zigzag(bytes)?;
    if found != count || parts == 0 || block % parts != 0 || block / parts % 8 != 0 || block == 0 {
        return Err(WRONG);
    }
    let part = block / parts;
    let mut numbers = Vec::new();
    if count > 0 {
        numbers.push(value);
    }
    while (numbers.len() as u64) < count {
        let least = zigzag(bytes)?;
        let widths = bytes.split_off(..usize::try_from(parts).map_err(|_| WRONG)?);
        for width in widths.ok_or(WRONG)? {
            let left = count - numbers.len() as u64;
            if left == 0 {
                break;
            }
            let width = u32::from(*width);
            let length = part.checked_mul(width.into()).ok_or(WRONG)? / 8;
            let held = bytes.split_off(..usize::try_from(length).map_err(|_| WRONG)?);
            let held = held.filter(|_| width <= 64).ok_or(WRONG)?;
            for at in 0..part.min(left) {
                let delta = least.wrapping_add(packed(held, width, at) as i64);
                value = value.wrapping_add(delta);
                numbers.push(value);
            }
        }
    }
    Ok(numbers)
}

/// Writes numbers.
pub(super) fn write(numbers: &[i64], out: &mut Vec<u8>) {
    write_varint(BLOCK as u64, out);
    write_varint((BLOCK / PART) as u64, out);
    write_varint(numbers.len() as u64, out);
    write_zigzag(numbers.first().copied().unwrap_or(0), out);
    let deltas: Vec<i64> = numbers
        .windows(2)
        .map(|two| two[1].wrapping_sub(two[0]))
        .collect();
    for block in deltas.chunks(BLOCK) {
        let least = block.iter().copied().min().unwrap_or(0);
        write_zigzag(least, out);
        let rest = |delta: &i64| delta.wrapping_sub(least) as u64;
        let widths: Vec<u32> = block
            .chunks(PART)
            .map(|part| 64 - part.iter().map(rest).max().unwrap_or(0).leading_zeros())
            .collect();
        out.extend((0..BLOCK / PART).map(|at| widths.get(at).copied().unwrap_or(0) as u8));
        for (part, width) in block.chunks(PART).zip(widths) {
            let start = out.len();
            out.resize(start + PART * width as usize / 8, 0);
            for (at, delta) in part.iter().enumerate() {
                pack(&mut out[start..], width, at as u64, rest(delta));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_no_bytes_panic() {
        let mut random = fastrand::Rng::with_seed(2);
        for count in [0, 1, 2, 31, 32, 33, 128, 129, 130, 1_000] {
            for most in [1, 300, i64::MAX] {
                let numbers: Vec<i64> = (0..count).map(|_| random.i64(-most..most)).collect();
                let mut bytes = Vec::new();
                write(&numbers, &mut bytes);
                for end in [bytes.len() / 2, bytes.len() - 1] {
                    let _ = read(&mut &bytes[..end], count);
                }
                let changed = random.usize(..bytes.len());
                let mut other = bytes.clone();
                other[changed] ^= random.u8(1..);
                let _ = read(&mut &other[..], count);
                bytes.push(7);
                let mut rest = &bytes[..];
                assert_eq!(read(&mut rest, count), Ok(numbers));
                assert_eq!(rest, [7]);
            }
        }
        // A block of more parts than there are bytes, and of none.
        assert!(
            read(
                &mut &b"\x80\x80\x80\x80\x08\x80\x80\x80\x08\x02\x00\x00"[..],
                2
            )
            .is_err()
        );
        assert!(read(&mut &b"\x08\x00\x02\x00\x00"[..], 2).is_err());
    }

    #[test]
    fn the_format_s_own_example_is_read() {
        // 7, 5, 3, 1, 2, 3, 4, 5 in one block of 8 in one part: differences -2 -2 -2 1 1 1 1, least -2, two bits each.
        let bytes = [8, 1, 8, 14, 3, 2, 0b1100_0000, 0b0011_1111];
        let mut rest = &bytes[..];
        assert_eq!(read(&mut rest, 8), Ok(vec![7, 5, 3, 1, 2, 3, 4, 5]));
        assert!(rest.is_empty());
    }
}
