//! The strings of a page, in the encodings that strings have.

use crate::fault::ParquetFault;
use std::borrow::Cow;

use super::delta;
use super::thrift::Cause;

/// How strings stand one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Each behind its length.
    Plain,
    /// All lengths, then all strings.
    DeltaLength,
    /// Each as what it shares with the one before and what follows.
    DeltaStrings,
}

const CUT: Cause = ParquetFault::StringCut;
const WRONG: Cause = ParquetFault::Lengths;

/// Reads `count` strings. `held` is asked before bytes are held that the page does not hold itself: it fails if they are too
/// many.
///
/// # Errors
/// There are fewer strings, or more; and those of `held`.
pub(super) fn read<'p, E: From<Cause>>(
    encoding: Encoding,
    mut bytes: &'p [u8],
    count: u64,
    held: &mut dyn FnMut(u64) -> Result<(), E>,
) -> Result<Vec<Cow<'p, [u8]>>, E> {
    let mut strings = Vec::new();
    match encoding {
        Encoding::Plain => {
            for _ in 0..count {
                let length = bytes.split_off(..4).ok_or(CUT)?;
                let length = u32::from_le_bytes(length.try_into().expect("four bytes"));
                let string = bytes.split_off(..length as usize).ok_or(CUT)?;
                strings.push(string.into());
            }
        }
        Encoding::DeltaLength => {
            held(count.saturating_mul(8))?;
            for length in delta::read(&mut bytes, count)? {
                strings.push(string(&mut bytes, length)?.into());
            }
        }
        Encoding::DeltaStrings => {
            held(count.saturating_mul(16))?;
            let shared = delta::read(&mut bytes, count)?;
            let lengths = delta::read(&mut bytes, count)?;
            let mut before: &[u8] = &[];
            let mut whole: Vec<Vec<u8>> = Vec::new();
            for (shared, length) in shared.into_iter().zip(lengths) {
                let shared = usize::try_from(shared).map_err(|_| WRONG)?;
                let front = before.get(..shared).ok_or(WRONG)?;
                let rest = string(&mut bytes, length)?;
                held((front.len() + rest.len()) as u64)?;
                whole.push([front, rest].concat());
                before = whole.last().expect("just pushed");
            }
            strings.extend(whole.into_iter().map(Cow::Owned));
        }
    }
    match bytes.is_empty() {
        true => Ok(strings),
        false => Err(WRONG.into()),
    }
}

fn string<'p>(bytes: &mut &'p [u8], length: i64) -> Result<&'p [u8], Cause> {
    let length = usize::try_from(length).map_err(|_| WRONG)?;
    bytes.split_off(..length).ok_or(CUT)
}

/// Writes strings.
pub(super) fn write(encoding: Encoding, strings: &[&[u8]], out: &mut Vec<u8>) {
    match encoding {
        Encoding::Plain => {
            for string in strings {
                out.extend((string.len() as u32).to_le_bytes());
                out.extend_from_slice(string);
            }
        }
        Encoding::DeltaLength => {
            let lengths: Vec<i64> = strings.iter().map(|string| string.len() as i64).collect();
            delta::write(&lengths, out);
            strings
                .iter()
                .for_each(|string| out.extend_from_slice(string));
        }
        Encoding::DeltaStrings => {
            let mut before: &[u8] = &[];
            let mut shared = Vec::with_capacity(strings.len());
            for string in strings {
                let same = before.iter().zip(*string).take_while(|(a, b)| a == b);
                shared.push(same.count());
                before = string;
            }
            let numbers: Vec<i64> = shared.iter().map(|length| *length as i64).collect();
            delta::write(&numbers, out);
            let ends = strings.iter().zip(shared);
            let ends: Vec<&[u8]> = ends.map(|(string, shared)| &string[shared..]).collect();
            write(Encoding::DeltaLength, &ends, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENCODINGS: [Encoding; 3] = [
        Encoding::Plain,
        Encoding::DeltaLength,
        Encoding::DeltaStrings,
    ];

    fn read_all(encoding: Encoding, bytes: &[u8], count: u64) -> Result<Vec<Vec<u8>>, Cause> {
        let read = read(encoding, bytes, count, &mut |_| Ok::<_, Cause>(()))?;
        Ok(read.into_iter().map(Cow::into_owned).collect())
    }

    #[test]
    fn strings_come_back_and_no_bytes_panic() {
        let mut random = fastrand::Rng::with_seed(3);
        for count in [0_usize, 1, 2, 40, 300] {
            let strings: Vec<Vec<u8>> = (0..count)
                .map(|_| {
                    "圖書館裏靜悄悄。"
                        .bytes()
                        .take(random.usize(..25))
                        .collect()
                })
                .collect();
            let slices: Vec<&[u8]> = strings.iter().map(Vec::as_slice).collect();
            for encoding in ENCODINGS {
                let mut bytes = Vec::new();
                write(encoding, &slices, &mut bytes);
                assert_eq!(
                    read_all(encoding, &bytes, count as u64),
                    Ok(strings.clone())
                );
                assert!(read_all(encoding, &bytes, count as u64 + 1).is_err());
                for at in 0..bytes.len().min(200) {
                    let mut other = bytes.clone();
                    other[at] ^= random.u8(1..);
                    let _ = read_all(encoding, &other, count as u64);
                    let _ = read_all(encoding, &other[..at], count as u64);
                }
            }
        }
    }

    #[test]
    fn strings_that_share_all_are_not_held_without_end() {
        let strings: Vec<&[u8]> = vec![&[b'x'; 1_000]; 10_000];
        let mut bytes = Vec::new();
        write(Encoding::DeltaStrings, &strings, &mut bytes);
        assert!(bytes.len() < 5_000);
        let mut total = 0;
        let mut held = |length| {
            total += length;
            match total < 1_000_000 {
                true => Ok(()),
                false => Err(ParquetFault::Lengths),
            }
        };
        let refused = read(Encoding::DeltaStrings, &bytes, 10_000, &mut held);
        assert_eq!(refused, Err(ParquetFault::Lengths));
    }
}
