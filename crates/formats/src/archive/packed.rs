//! A member's data on its way into a ZIP archive.

use std::io::{self, Write};

use super::compressed::{Compression, Pack};
use super::members::{Spool, spool};

/// Packs data, and takes its measure.
pub(super) struct Packed {
    compression: Compression,
    /// `None` before anything is written: most members stay.
    pack: Option<Pack<Spool>>,
    crc: flate2::Crc,
    size: u64,
}

impl Packed {
    /// Nothing yet.
    pub fn new(compression: Compression) -> Packed {
        Packed {
            compression,
            pack: None,
            crc: flate2::Crc::new(),
            size: 0,
        }
    }

    /// The packed data, and the checksum and length of what was written, bytes.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> io::Result<(Spool, u32, u64)> {
        self.pack()?;
        let pack = self.pack.expect("made by now");
        Ok((pack.finish()?, self.crc.sum(), self.size))
    }

    fn pack(&mut self) -> io::Result<&mut Pack<Spool>> {
        match &mut self.pack {
            Some(pack) => Ok(pack),
            pack => Ok(pack.insert(self.compression.pack(&[], spool())?)),
        }
    }
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.pack()?.write(bytes)?;
        self.crc.update(&bytes[..length]);
        self.size += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pack.as_mut().map_or(Ok(()), Write::flush)
    }
}
