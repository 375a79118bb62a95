//! Compressed data: unpacked and packed again as streams, with limits against decompression bombs.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read, Write};
use std::rc::Rc;

use super::limits::Limits;

/// How data is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Compression {
    /// Not at all: a member of an archive that is stored.
    Stored,
    /// DEFLATE without a frame: a member of a ZIP archive.
    Deflate,
    /// gzip (RFC 1952), of one or several members.
    Gzip,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
    /// Zstandard (RFC 8878).
    Zstd,
}

/// The most memory that unpacking xz may take, KiB: presets up to 9 take 64 MiB, a file may ask for 4 GiB.
const XZ_MEMORY: u32 = 256 << 10;

impl Compression {
    /// The compression of a file that begins with `head`, if it is one that files have.
    pub fn of(head: &[u8]) -> Option<Compression> {
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Compression::Gzip),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]
                if rest.starts_with(b"1AY&SY") || rest.starts_with(b"\x17\x72\x45\x38\x50\x90") =>
            {
                Some(Compression::Bzip2)
            }
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Compression::Xz),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Compression::Zstd),
            _ => None,
        }
    }

    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Compression::Stored => "stored",
            Compression::Deflate => "deflate",
            Compression::Gzip => "gzip",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
            Compression::Zstd => "zstd",
        }
    }

    /// The endings that names of such files have.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Compression::Stored | Compression::Deflate => &[],
            Compression::Gzip => &["gz", "gzip"],
            Compression::Bzip2 => &["bz2"],
            Compression::Xz => &["xz"],
            Compression::Zstd => &["zst", "zstd"],
        }
    }

    /// Unpacks what `input` holds.
    ///
    /// # Errors
    /// The compression cannot be begun with, e.g. for lack of memory.
    pub fn unpack<'a>(
        self,
        input: impl BufRead + 'a,
        limits: &'a Limits,
    ) -> io::Result<Unpack<'a>> {
        let taken = Rc::new(Cell::new(0));
        let broken = Rc::new(Cell::new(false));
        let input = Counted {
            input,
            taken: taken.clone(),
            broken: broken.clone(),
        };
        let decoder: Box<dyn Read + 'a> = match self {
            Compression::Stored => Box::new(input),
            Compression::Deflate => Box::new(flate2::bufread::DeflateDecoder::new(input)),
            Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(input)),
            Compression::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
            Compression::Xz => {
                Box::new(lzma_rust2::XzReader::new_mem_limit(input, true, XZ_MEMORY))
            }
            Compression::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(input)?),
        };
        Ok(Unpack {
            compression: self,
            decoder,
            taken,
            broken,
            limits,
        })
    }

    /// Packs what is written to it, into `output`. `head` is the beginning of the file that is written anew: names, times
    /// and levels that it tells of are kept.
    ///
    /// # Errors
    /// The compression cannot be begun with, e.g. for lack of memory.
    pub fn pack<W: Write>(self, head: &[u8], output: W) -> io::Result<Pack<W>> {
        Ok(match self {
            Compression::Stored => Pack::Stored(output),
            Compression::Deflate => Pack::Deflate(flate2::write::DeflateEncoder::new(
                output,
                flate2::Compression::default(),
            )),
            Compression::Gzip => Pack::Gzip(gzip(head, output)),
            Compression::Bzip2 => {
                let level = match head.get(3) {
                    Some(level @ b'1'..=b'9') => u32::from(level - b'0'),
                    _ => 9,
                };
                Pack::Bzip2(bzip2::write::BzEncoder::new(
                    output,
                    bzip2::Compression::new(level),
                ))
            }
            Compression::Xz => {
                let options = lzma_rust2::XzOptions::with_preset(6);
                Pack::Xz(Box::new(lzma_rust2::XzWriter::new(output, options)?))
            }
            Compression::Zstd => {
                let mut encoder = zstd::stream::write::Encoder::new(output, 0)?;
                encoder.include_checksum(true)?;
                Pack::Zstd(encoder)
            }
        })
    }
}

/// Unpacks one gzip member, of which `input` holds more behind it; it begins at byte `start` of its file.
pub(crate) fn unpack_member<'a>(
    input: impl BufRead + 'a,
    start: u64,
    limits: &'a Limits,
) -> Unpack<'a> {
    let taken = Rc::new(Cell::new(start));
    let broken = Rc::new(Cell::new(false));
    let input = Counted {
        input,
        taken: taken.clone(),
        broken: broken.clone(),
    };
    Unpack {
        compression: Compression::Gzip,
        decoder: Box::new(flate2::bufread::GzDecoder::new(input)),
        taken,
        broken,
        limits,
    }
}

/// A gzip writer with the first member's name, time and comment.
fn gzip<W: Write>(head: &[u8], output: W) -> flate2::write::GzEncoder<W> {
    let mut builder = flate2::GzBuilder::new();
    // XFL, byte 8: 2 for the slowest and best compression, 4 for the fastest.
    let level = match head.get(8) {
        Some(2) => flate2::Compression::best(),
        Some(4) => flate2::Compression::fast(),
        _ => flate2::Compression::default(),
    };
    let old = flate2::bufread::GzDecoder::new(head);
    if let Some(header) = old.header() {
        builder = builder
            .mtime(header.mtime())
            .operating_system(header.operating_system());
        if let Some(name) = header.filename() {
            builder = builder.filename(name);
        }
        if let Some(comment) = header.comment() {
            builder = builder.comment(comment);
        }
        if let Some(extra) = header.extra() {
            builder = builder.extra(extra);
        }
    }
    builder.write(output, level)
}

/// What a compressed stream unpacks to.
pub struct Unpack<'a> {
    compression: Compression,
    decoder: Box<dyn Read + 'a>,
    /// Compressed bytes that were used.
    taken: Rc<Cell<u64>>,
    /// Whether reading the compressed bytes failed, not unpacking them.
    broken: Rc<Cell<bool>>,
    limits: &'a Limits,
}

impl fmt::Debug for Unpack<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Unpack")
            .field("compression", &self.compression)
            .field("taken", &self.taken)
            .finish_non_exhaustive()
    }
}

/// Compressed data that is damaged.
#[derive(Debug, thiserror::Error)]
#[error(
    "{compression} data is cut off or damaged at byte offset {offset}: {cause}; get a sound copy"
)]
pub struct Damaged {
    /// How it is compressed.
    pub compression: &'static str,
    /// Where it shows, bytes from its beginning.
    pub offset: u64,
    /// Whether it ends too early.
    pub is_cut_off: bool,
    /// What the decoder says.
    pub cause: String,
}

impl Damaged {
    /// The damage that an error of reading is about, if it is about any.
    pub fn of(error: &io::Error) -> Option<&Damaged> {
        error.get_ref()?.downcast_ref()
    }
}

impl Read for Unpack<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.decoder.read(buffer).map_err(|error| {
            if self.broken.get() || error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            let damaged = Damaged {
                compression: self.compression.name(),
                offset: self.taken.get(),
                is_cut_off: error.kind() == io::ErrorKind::UnexpectedEof,
                cause: error.to_string(),
            };
            io::Error::new(io::ErrorKind::InvalidData, damaged)
        })?;
        self.limits.count(length as u64)?;
        Ok(length)
    }
}

/// Compressed input, and how much of it was used.
struct Counted<R> {
    input: R,
    taken: Rc<Cell<u64>>,
    broken: Rc<Cell<bool>>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.input.read(buffer);
        match &result {
            Ok(length) => self.taken.set(self.taken.get() + *length as u64),
            Err(_) => self.broken.set(true),
        }
        result
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let broken = &self.broken;
        self.input.fill_buf().inspect_err(|_| broken.set(true))
    }

    fn consume(&mut self, length: usize) {
        self.taken.set(self.taken.get() + length as u64);
        self.input.consume(length);
    }
}

/// Packs what is written to it.
pub enum Pack<W: Write> {
    Stored(W),
    Deflate(flate2::write::DeflateEncoder<W>),
    Gzip(flate2::write::GzEncoder<W>),
    Bzip2(bzip2::write::BzEncoder<W>),
    Xz(Box<lzma_rust2::XzWriter<W>>),
    Zstd(zstd::stream::write::Encoder<'static, W>),
}

impl<W: Write> fmt::Debug for Pack<W> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let name = match self {
            Pack::Stored(_) => "Stored",
            Pack::Deflate(_) => "Deflate",
            Pack::Gzip(_) => "Gzip",
            Pack::Bzip2(_) => "Bzip2",
            Pack::Xz(_) => "Xz",
            Pack::Zstd(_) => "Zstd",
        };
        f.debug_tuple(name).finish_non_exhaustive()
    }
}

impl<W: Write> Pack<W> {
    /// Writes what is left, and returns the output.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Pack::Stored(output) => Ok(output),
            Pack::Deflate(encoder) => encoder.finish(),
            Pack::Gzip(encoder) => encoder.finish(),
            Pack::Bzip2(encoder) => encoder.finish(),
            Pack::Xz(encoder) => encoder.finish(),
            Pack::Zstd(encoder) => encoder.finish(),
        }
    }

    fn encoder(&mut self) -> &mut dyn Write {
        match self {
            Pack::Stored(output) => output,
            Pack::Deflate(encoder) => encoder,
            Pack::Gzip(encoder) => encoder,
            Pack::Bzip2(encoder) => encoder,
            Pack::Xz(encoder) => encoder,
            Pack::Zstd(encoder) => encoder,
        }
    }
}

impl<W: Write> Write for Pack<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.encoder().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.encoder().flush()
    }
}
