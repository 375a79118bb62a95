//! How the pages of a column are packed.

use crate::fault::ParquetFault;
use std::io::{self, Read, Write};

use super::thrift::Cause;

/// How pages are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    Stored,
    Snappy,
    Gzip,
    Zstd,
    /// LZ4 blocks without a frame.
    Lz4,
}

/// The level of what is packed by Zstandard anew: what its own program takes.
const ZSTD_LEVEL: i32 = 3;

/// How many times their size blocks of Snappy and LZ4 unpack to at most: one byte of either stands for no more bytes.
const MOST_TIMES: usize = 256;

/// Why a page does not unpack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is damaged.
    Damaged(Cause),
    /// There is no memory for what it unpacks to.
    NoMemory,
}

impl From<Cause> for Failure {
    fn from(cause: Cause) -> Failure {
        Failure::Damaged(cause)
    }
}

impl Codec {
    /// The codec that the format gives this number.
    ///
    /// # Errors
    /// The name of one that is not read here.
    pub fn of(number: i32) -> Result<Codec, &'static str> {
        Ok(match number {
            0 => Codec::Stored,
            1 => Codec::Snappy,
            2 => Codec::Gzip,
            3 => return Err("LZO"),
            4 => return Err("Brotli"),
            5 => return Err("Hadoop's LZ4"),
            6 => Codec::Zstd,
            7 => Codec::Lz4,
            _ => return Err("a codec without a name"),
        })
    }

    /// Unpacks what is `size` bytes long.
    ///
    /// # Errors
    /// It is damaged, or has another length; there is no memory for it.
    pub fn unpack(self, bytes: &[u8], size: usize) -> Result<Vec<u8>, Failure> {
        const DAMAGED: Failure = Failure::Damaged(ParquetFault::PageUnpacking);
        let is_bomb = size > bytes.len().saturating_add(1).saturating_mul(MOST_TIMES);
        let mut out = Vec::new();
        let mut reserve = |size| {
            let reserved = out.try_reserve_exact(size);
            reserved.map_err(|_| Failure::NoMemory)
        };
        match self {
            Codec::Stored => {
                reserve(bytes.len())?;
                out.extend_from_slice(bytes);
            }
            Codec::Snappy | Codec::Lz4 if is_bomb => return Err(DAMAGED),
            Codec::Snappy if snap::raw::decompress_len(bytes) != Ok(size) => return Err(DAMAGED),
            Codec::Snappy | Codec::Lz4 => {
                reserve(size)?;
                out.resize(size, 0);
                let length = match self {
                    Codec::Snappy => snap::raw::Decoder::new().decompress(bytes, &mut out).ok(),
                    _ => lz4_flex::block::decompress_into(bytes, &mut out).ok(),
                };
                out.truncate(length.ok_or(DAMAGED)?);
            }
            // This gets memory as it reads.
            Codec::Gzip => {
                let input = flate2::read::MultiGzDecoder::new(bytes);
                let read = input.take(size as u64 + 1).read_to_end(&mut out);
                read.map_err(|error| match error.kind() {
                    io::ErrorKind::OutOfMemory => Failure::NoMemory,
                    _ => DAMAGED,
                })?;
            }
            Codec::Zstd => {
                reserve(size)?;
                let decompressor = zstd::bulk::Decompressor::new();
                let mut decompressor = decompressor.map_err(|_| Failure::NoMemory)?;
                let unpacked = decompressor.decompress_to_buffer(bytes, &mut out);
                unpacked.map_err(|_| DAMAGED)?;
            }
        }
        match out.len() == size {
            true => Ok(out),
            false => Err(ParquetFault::PageLength.into()),
        }
    }

    /// Packs.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        Ok(match self {
            Codec::Stored => bytes.to_vec(),
            Codec::Snappy => {
                let packed = snap::raw::Encoder::new().compress_vec(bytes);
                packed.map_err(io::Error::other)?
            }
            Codec::Lz4 => lz4_flex::block::compress(bytes),
            Codec::Gzip => {
                let level = flate2::Compression::default();
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
                encoder.write_all(bytes)?;
                encoder.finish()?
            }
            Codec::Zstd => zstd::stream::encode_all(bytes, ZSTD_LEVEL)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_unpacks_and_no_bytes_panic() {
        let text = "圖書館裏靜悄悄。".repeat(100);
        let mut random = fastrand::Rng::with_seed(4);
        for number in [0, 1, 2, 6, 7] {
            let codec = Codec::of(number).expect("one that is read");
            let size = text.len();
            let packed = codec.pack(text.as_bytes()).expect("packed");
            assert_eq!(codec.unpack(&packed, size), Ok(text.clone().into_bytes()));
            assert!(codec.unpack(&packed, size - 1).is_err());
            assert!(codec.unpack(&packed, 1 << 30).is_err());
            for at in 0..packed.len().min(100) {
                let mut other = packed.clone();
                other[at] ^= random.u8(1..);
                let _ = codec.unpack(&other, size);
                assert!(codec.unpack(&packed[..at], size).is_err());
            }
            // What no address space has.
            if matches!(codec, Codec::Zstd) {
                let unpacked = codec.unpack(&packed, usize::MAX / 2);
                assert_eq!(unpacked, Err(Failure::NoMemory));
            }
        }
    }
}
